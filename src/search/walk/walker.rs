//! One thread of the walk.

use crate::engine::{self, Move, State, make, refusal, start};
use crate::program::ids::PhaseId;
use crate::search::branches::Branches;
use crate::search::notes::{Notes, course_of};
use crate::search::sync::Ordering;
use crate::search::table::{Sought, StateHandle};
use crate::search::walk::writers::Writers;
use crate::search::walk::{Budget, Fold, Gathered, Progress, Tell, Transition, Walked};

/// How many states a thread expands before it looks at what the others have found.
const LOOK_EVERY: usize = 1_024;

/// How many times it looks before it reports how far the walk has got.
const TELL_EVERY: usize = 64;

/// One thread of the walk.
pub(super) struct Walker<'w, 'p, F: Fold> {
    walk: &'w Walked<'p, F>,
    tables: Writers<'w, F::Value>,
    number: usize,
    /// States from the root to where it is.
    stack: Vec<Frame<F::Seen>>,
    /// The transitions from the states on the stack, one state after another.
    steps: Vec<Transition<F::Value>>,
    tally: F::Tally,
    notes: Notes,
    state: State,
    next: State,
    packed: Vec<u64>,
    /// The states to which the transitions from one state lead, until they are put in together.
    arrivals: Vec<Arrival>,
    /// Their packed words.
    arrived: Vec<u64>,
    candidates: Vec<Move>,
    branches: Branches,
    /// How many states all threads had found when it last looked.
    before: usize,
    /// How many it has found since.
    found: usize,
    /// The budget is spent, so no more states are added.
    full: bool,
    expanded: usize,
}

/// A state whose value is being worked out.
struct Frame<S> {
    phase: PhaseId,
    /// `None` for the root.
    handle: Option<StateHandle>,
    seen: Option<S>,
    /// Where its transitions begin.
    first: usize,
    /// How many of them lead to a known value, in this thread's order.
    known: usize,
}

/// A state to which a transition leads.
struct Arrival {
    /// The position of the transition.
    step: usize,
    phase: PhaseId,
    /// Where its packed words end.
    end: usize,
    sought: Sought,
}

impl<'w, 'p, F: Fold> Walker<'w, 'p, F> {
    pub fn new(walk: &'w Walked<'p, F>, number: usize) -> Self {
        let state = State::from_words(walk.program, &walk.program.initial);
        Self {
            walk,
            tables: Writers::new(&walk.waiting, &walk.tables, &walk.entering, &walk.finals),
            number,
            stack: Vec::new(),
            steps: Vec::new(),
            tally: F::Tally::default(),
            notes: Notes::counting(walk.program, walk.fold.counted()),
            next: state.clone(),
            state,
            packed: Vec::new(),
            arrivals: Vec::new(),
            arrived: Vec::new(),
            candidates: Vec::new(),
            branches: Branches::default(),
            before: 0,
            found: 0,
            full: false,
            expanded: 0,
        }
    }

    /// Arrives at every state with which an exercise may begin. False if a table is full.
    pub fn start(&mut self) -> bool {
        let mut branches = Branches::default();
        let mut room = true;
        loop {
            self.notes.points = 0;
            self.next = start(self.walk.program, &mut branches, &mut self.notes);
            room &= self.arrive(Move::Wait, branches.odds(), None);
            if !branches.turn() {
                return self.put_in() && room;
            }
        }
    }

    /// Arrives at one state. False if a table is full.
    pub fn start_from(&mut self, state: &State) -> bool {
        self.next = state.clone();
        let room = self.arrive(Move::Wait, 1.0, Some(state.phase(self.walk.program)));
        self.put_in() && room
    }

    /// The transitions that it has made.
    pub fn take_steps(&mut self) -> Vec<Transition<F::Value>> {
        std::mem::take(&mut self.steps)
    }

    pub fn gathered(self, value: Option<F::Value>) -> Gathered<F> {
        Gathered {
            value,
            tally: self.tally,
            hits: self.notes.hits,
        }
    }

    /// Walks until the value of the root is known here or elsewhere, or the walk is stopped.
    pub fn walk(
        &mut self,
        roots: &[Transition<F::Value>],
        budget: Budget,
        progress: &mut Tell,
    ) -> Option<F::Value> {
        self.steps.extend_from_slice(roots);
        self.stack.push(Frame {
            phase: self.walk.program.first,
            handle: None,
            seen: None,
            first: 0,
            known: 0,
        });
        let mut looked = 0;
        let value = loop {
            if self.expanded >= (looked + 1) * LOOK_EVERY {
                looked += 1;
                let tell = looked % TELL_EVERY == 1;
                self.look_around(tell.then_some(&mut *progress));
            }
            self.tables.make_way();
            if self.before + self.found > budget.states_max {
                self.full = true;
                if self.walk.fold.beyond(self.walk.program.first).is_none() {
                    self.walk.stopped.raise();
                }
            }
            if self.walk.stopped() || self.walk.done.is_raised() {
                break None;
            }
            if let Some((phase, handle)) = self.next_open() {
                if !self.expand(phase, handle) {
                    self.walk.stopped.raise();
                    break None;
                }
            } else if let Some(value) = self.close() {
                self.walk.done.raise();
                break Some(value);
            }
        };
        // Relaxed: it is a count, and read after this thread is joined.
        self.walk.states.fetch_add(self.found, Ordering::Relaxed);
        value
    }

    /// Exchanges with the other threads how many states were found, and reports how far the walk has got.
    fn look_around(&mut self, progress: Option<&mut Tell>) {
        let found = std::mem::take(&mut self.found);
        // Relaxed: it is a count, and a thread that sees it late adds a few states more.
        self.before = self.walk.states.fetch_add(found, Ordering::Relaxed) + found;
        if let Some(progress) = progress.filter(|_| self.number == 0) {
            // It may take long, and looks into the tables itself.
            self.tables.leave();
            self.tell(progress);
            self.tables.enter();
        }
    }

    fn tell(&self, progress: &mut Tell) {
        let now = Progress {
            phase: self
                .stack
                .last()
                .map_or(self.walk.program.first, |it| it.phase),
            states: self.before,
            bytes: self.walk.bytes(),
            depth: self.stack.len(),
        };
        if progress(now).is_break() {
            self.walk.interrupted.raise();
            self.walk.stopped.raise();
        }
    }

    /// The next state after the one on top whose value is not known, in this thread's order.
    fn next_open(&mut self) -> Option<(PhaseId, StateHandle)> {
        let frame = self.stack.last_mut()?;
        let count = self.steps.len() - frame.first;
        while frame.known < count {
            // Every other thread goes from the end, and later threads begin further in.
            let turned = match frame.known + self.number / 2 {
                turned if turned < count => turned,
                beyond => beyond % count,
            };
            let at = if self.number.is_multiple_of(2) {
                turned
            } else {
                count - 1 - turned
            };
            let step = &mut self.steps[frame.first + at];
            if let Some((phase, handle)) = step.open {
                match self.tables.states[phase.index()].value(handle) {
                    Some(value) => {
                        step.to = value;
                        step.open = None;
                    }
                    None => return Some((phase, handle)),
                }
            }
            frame.known += 1;
        }
        None
    }

    /// Makes every transition from a state. False if a table is full.
    fn expand(&mut self, phase: PhaseId, handle: StateHandle) -> bool {
        let (walk, program) = (self.walk, self.walk.program);
        let narrow = walk.narrow(phase);
        let packed = &mut self.packed;
        self.tables.states[phase.index()].copy(handle, packed);
        self.state
            .fill(|words| narrow.unpack(program, packed, words));
        self.stack.push(Frame {
            phase,
            handle: Some(handle),
            seen: Some(walk.fold.look(&self.state)),
            first: self.steps.len(),
            known: 0,
        });
        self.expanded += 1;
        let mut candidates = std::mem::take(&mut self.candidates);
        engine::candidates(program, &self.state, &mut candidates);
        walk.fold.allow(&self.state, &mut candidates);
        let mut room = true;
        for made in &candidates {
            if refusal(program, &self.state, *made).is_err() {
                continue;
            }
            if let Some(course) = course_of(program, *made) {
                self.notes.hits.offered[course.index()] = true;
            }
            loop {
                self.next.copy_from(self.state.words());
                self.notes.points = 0;
                make(
                    program,
                    &mut self.next,
                    *made,
                    &mut self.branches,
                    &mut self.notes,
                );
                room &= self.arrive(*made, self.branches.odds(), Some(phase));
                if !self.branches.turn() {
                    break;
                }
            }
        }
        self.candidates = candidates;
        self.put_in() && room
    }

    /// Notes a transition and the state that it leads to. False if there is no room for the state.
    fn arrive(&mut self, made: Move, odds: f64, from: Option<PhaseId>) -> bool {
        let (walk, program) = (self.walk, self.walk.program);
        let mut step = Transition {
            made,
            odds,
            points: self.notes.points as f64,
            leaves: false,
            to: F::Value::default(),
            open: None,
        };
        if self.next.ended(program).is_some() {
            step.to = walk.fold.ended(&self.next);
            step.leaves = self.next.now(program) < program.lasts;
            self.steps.push(step);
            let words = self.next.words();
            let sought = self.tables.finals.seek(words);
            return self
                .tables
                .put(|all| &mut all.finals, words, sought)
                .is_some();
        }
        let phase = walk.pack(&self.next, &mut self.packed);
        let packed = &self.packed;
        let mut known = None;
        if from != Some(phase) {
            step.leaves = true;
            let sought = self.tables.entering[phase.index()].seek(packed);
            let entered = self
                .tables
                .put(|all| &mut all.entering[phase.index()], packed, sought);
            if entered.is_none() {
                return false;
            }
            known = walk.fold.known(phase, packed);
        }
        let table = &self.tables.states[phase.index()];
        if self.full && known.is_none() {
            known = table.value_of(packed).or_else(|| walk.fold.beyond(phase));
            if known.is_none() {
                return false;
            }
        }
        if let Some(value) = known {
            step.to = value;
        } else {
            self.arrived.extend_from_slice(packed);
            self.arrivals.push(Arrival {
                step: self.steps.len(),
                phase,
                end: self.arrived.len(),
                sought: table.seek(packed),
            });
        }
        self.steps.push(step);
        true
    }

    /// Puts in the states that were arrived at. False if a table is full.
    fn put_in(&mut self) -> bool {
        for arrival in &self.arrivals {
            self.tables.states[arrival.phase.index()].approach(arrival.sought);
        }
        let mut begin = 0;
        let mut room = true;
        for arrival in self.arrivals.drain(..) {
            let words = &self.arrived[begin..arrival.end];
            begin = arrival.end;
            let index = arrival.phase.index();
            let found = self
                .tables
                .put(|all| &mut all.states[index], words, arrival.sought);
            let Some(found) = found else {
                room = false;
                break;
            };
            self.found += usize::from(found.new);
            let step = &mut self.steps[arrival.step];
            match found.value {
                Some(value) => step.to = value,
                None => step.open = Some((arrival.phase, found.handle)),
            }
        }
        self.arrived.clear();
        room
    }

    /// Works out the value of the state on top, now that all that follow are known. Returns the value of the root.
    fn close(&mut self) -> Option<F::Value> {
        let frame = self.stack.pop()?;
        let steps = &self.steps[frame.first..];
        let value = match frame.seen {
            Some(seen) => {
                let value = self.walk.fold.fold(seen, steps);
                let table = &self.tables.states[frame.phase.index()];
                let settled = frame
                    .handle
                    .is_some_and(|handle| table.settle(handle, value));
                if settled {
                    self.walk.fold.count(&mut self.tally, seen, steps, &value);
                }
                None
            }
            None => Some(self.walk.fold.root(steps)),
        };
        self.steps.truncate(frame.first);
        value
    }
}
