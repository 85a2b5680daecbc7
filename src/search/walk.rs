//! The walk through everything that can be reached, depth first: a state is expanded once, and what is known of it is
//! worked out from what follows as soon as all of that is known. So no step need be kept, and nothing is visited twice.
//!
//! Several threads walk at once over the same tables, from different ends. One that meets a state that another is
//! still at work on goes into it as well, and finds most of what follows known already; since time only goes forward,
//! nobody waits for a state. What is worked out does not depend on who came first.

mod writers;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::engine::{self, Move, State, make, refusal, start};
use crate::program::Program;
use crate::program::ids::{ObjectiveId, PhaseId};
use crate::search::branches::Branches;
use crate::search::narrow::{Narrow, Narrows};
use crate::search::notes::{Notes, Occurrences};
use crate::search::table::{AsWords, Sought, StateHandle, StateTable};
use crate::search::walk::writers::Writers;

/// How many states a thread expands before it looks what the others found.
const LOOK_EVERY: usize = 1_024;

/// How many times it looks before it tells how far it is.
const TELL_EVERY: usize = 64;

/// What is worked out for each state from what follows it.
pub trait Fold: Sync {
    /// What is kept for each state.
    type Value: AsWords + Send + Sync + Default;
    /// What is seen of a state when it is expanded, and needed again when its value is worked out.
    type Seen: Copy + Send;
    /// What is counted over all states.
    type Tally: Default + Send;

    /// Looks at a state before the team moves.
    fn look(&self, state: &State) -> Self::Seen;
    /// The value of a state after ENDEX.
    fn ended(&self, state: &State) -> Self::Value;
    /// The value of a state in which the team may move, from every step that may follow: move by move, in order. Two threads
    /// may work it out at once, and must come to the same bits; what cannot walks on one thread.
    fn fold(&self, seen: Self::Seen, steps: &[Transition<Self::Value>]) -> Self::Value;
    /// The value of STARTEX, from every state with which an exercise may begin.
    fn root(&self, steps: &[Transition<Self::Value>]) -> Self::Value;
    /// Counts a state: called once for each, in no certain order.
    fn count(
        &self,
        tally: &mut Self::Tally,
        seen: Self::Seen,
        steps: &[Transition<Self::Value>],
        value: &Self::Value,
    );
    /// Counts what another thread has counted.
    fn join(&self, tally: &mut Self::Tally, other: Self::Tally);
    /// The value of a state that enters a phase, where it is known beforehand.
    fn known(&self, phase: PhaseId, packed: &[u64]) -> Option<Self::Value> {
        let _ = (phase, packed);
        None
    }
    /// The objective whose points count; none counts all.
    fn counted(&self) -> Option<ObjectiveId> {
        None
    }
    /// Leaves those moves that are to be tried, of those that might be made.
    fn allow(&self, state: &State, moves: &mut Vec<Move>) {
        let _ = (state, moves);
    }
    /// The value of a state that the budget has no room for. None where the walk must stop there.
    fn beyond(&self, phase: PhaseId) -> Option<Self::Value> {
        let _ = phase;
        None
    }
}

/// One step from a state: a move with one way in which all its rolls may fall.
#[derive(Clone, Copy, Debug)]
pub struct Transition<V> {
    /// The move.
    pub made: Move,
    /// How likely the rolls fall so: from 0 to 1.
    pub odds: f64,
    /// The points that the step gives.
    pub points: f64,
    /// Whether it leaves the phase.
    pub leaves: bool,
    /// The value of the state it leads to.
    pub to: V,
    open: Option<(PhaseId, StateHandle)>,
}

/// How far the walk is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The phase that the telling thread is in.
    pub phase: PhaseId,
    /// Different states so far.
    pub states: usize,
    /// Bytes they take so far.
    pub bytes: usize,
    /// States between STARTEX and where the telling thread is.
    pub depth: usize,
}

/// How much may be spent.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Threads that walk at once.
    pub threads: usize,
    /// The most different states.
    pub states_max: usize,
}

/// Is told how far the walk is, and may stop it.
pub type Tell<'t> = dyn FnMut(Progress) -> ControlFlow<()> + 't;

/// Everything that was found.
#[derive(Debug)]
pub struct Walked<'p, F: Fold> {
    program: &'p Program,
    fold: F,
    narrows: Narrows,
    tables: Vec<StateTable<F::Value>>,
    entering: Vec<StateTable<()>>,
    finals: StateTable<()>,
    states: AtomicUsize,
    stopped: AtomicBool,
    interrupted: AtomicBool,
    done: AtomicBool,
    /// How many threads wait for a table to grow. They wait until all others have left it.
    waiting: AtomicUsize,
}

/// What the threads have worked out, counted and seen.
#[derive(Debug)]
pub struct Gathered<F: Fold> {
    /// The value of the root; none where the walk was stopped.
    pub value: Option<F::Value>,
    /// Counts over all states.
    pub tally: F::Tally,
    /// What ever happened.
    pub hits: Occurrences,
}

impl<'p, F: Fold> Walked<'p, F> {
    /// Nothing is explored yet.
    #[must_use]
    pub fn new(program: &'p Program, fold: F) -> Self {
        let narrows = Narrows::new(program);
        let phases = || (0..program.phases.len()).map(|it| narrows.of(PhaseId::at(it)));
        Self {
            program,
            fold,
            tables: phases().map(|it| StateTable::new(it.longest())).collect(),
            entering: phases().map(|it| StateTable::new(it.longest())).collect(),
            finals: StateTable::new(program.initial.len()),
            narrows,
            states: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            interrupted: AtomicBool::new(false),
            done: AtomicBool::new(false),
            waiting: AtomicUsize::new(0),
        }
    }

    /// Explores everything that STARTEX leads to, and works out its values. `progress` is told now and then, and may stop it.
    pub fn whole(&self, budget: Budget, progress: &mut Tell) -> Gathered<F> {
        let mut branches = Branches::default();
        let mut walker = Walker::new(self);
        let mut room = true;
        loop {
            walker.notes.points = 0;
            walker.next = start(self.program, &mut branches, &mut walker.notes);
            room &= walker.arrive(Move::Wait, branches.odds(), None);
            if !branches.turn() {
                break;
            }
        }
        self.below(walker, room, budget, progress)
    }

    /// The same from a state.
    pub fn after(&self, state: &State, budget: Budget, progress: &mut Tell) -> Gathered<F> {
        let mut walker = Walker::new(self);
        walker.next = state.clone();
        let room = walker.arrive(Move::Wait, 1.0, Some(state.phase(self.program)));
        self.below(walker, room, budget, progress)
    }

    /// Walks from where steps have arrived at the first states.
    fn below(
        &self,
        mut first: Walker<'_, 'p, F>,
        room: bool,
        budget: Budget,
        progress: &mut Tell,
    ) -> Gathered<F> {
        if !(first.put_in() && room) {
            self.stopped.store(true, Ordering::Relaxed);
        }
        self.done.store(false, Ordering::Relaxed);
        let roots = std::mem::take(&mut first.steps);
        let roots = roots.as_slice();
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..budget.threads)
                .map(|number| {
                    scope.spawn(move || {
                        let mut walker = Walker::new(self);
                        walker.number = number;
                        let value = walker.walk(roots, budget, &mut |_| ControlFlow::Continue(()));
                        walker.gathered(value)
                    })
                })
                .collect();
            let value = first.walk(roots, budget, progress);
            // The walker is dropped here, and so leaves the tables: others may wait for that, and joining would wait for them.
            let mut gathered = first.gathered(value);
            for other in others {
                let other = other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                gathered.value = gathered.value.or(other.value);
                self.fold.join(&mut gathered.tally, other.tally);
                gathered.hits.join(&other.hits);
            }
            // Threads that were done before they looked what the others had found may have found too many together.
            let is_over = self.states.load(Ordering::Relaxed) > budget.states_max;
            if is_over && self.fold.beyond(self.program.first).is_none() {
                self.stopped.store(true, Ordering::Relaxed);
                gathered.value = None;
            }
            gathered
        })
    }

    /// Whether a budget was reached or somebody stopped it: then not everything was seen.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Whether somebody stopped it.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Calls with the words of each state of a phase, in no order that means anything. Of several parts of the states,
    /// one: `(number, of)`.
    pub fn each_state(
        &self,
        phase: PhaseId,
        part: (usize, usize),
        state: &mut State,
        mut call: impl FnMut(&[u64]),
    ) {
        self.each_packed(phase, part, state, |_, state| call(state.words()));
    }

    /// The same with the packed words as well.
    pub fn each_packed(
        &self,
        phase: PhaseId,
        part: (usize, usize),
        state: &mut State,
        mut call: impl FnMut(&[u64], &State),
    ) {
        let narrow = self.narrow(phase);
        self.tables[phase.index()].each_part(part, |packed, _| {
            state.fill(|words| narrow.unpack(self.program, packed, words));
            call(packed, state);
        });
    }

    /// The states of a phase that were found.
    #[must_use]
    pub fn table(&self, phase: PhaseId) -> &StateTable<F::Value> {
        &self.tables[phase.index()]
    }

    /// The states of a phase that enter it from another, or begin the exercise.
    #[must_use]
    pub fn entering(&self, phase: PhaseId) -> &StateTable<()> {
        &self.entering[phase.index()]
    }

    /// Different states after ENDEX.
    #[must_use]
    pub fn finals(&self) -> &StateTable<()> {
        &self.finals
    }

    /// How the states of a phase are packed.
    #[must_use]
    pub fn narrow(&self, phase: PhaseId) -> &Narrow {
        self.narrows.of(phase)
    }

    /// Packs a state; its phase, without which the packed words say nothing.
    pub fn pack(&self, state: &State, into: &mut Vec<u64>) -> PhaseId {
        self.narrows.pack(self.program, state, into)
    }

    /// Bytes that all tables take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let tables: usize = self.tables.iter().map(StateTable::bytes).sum();
        let entering: usize = self.entering.iter().map(StateTable::bytes).sum();
        tables + entering + self.finals.bytes()
    }

    /// The value of a state, where it was explored.
    #[must_use]
    pub fn value(&self, state: &State) -> Option<F::Value> {
        if state.ended(self.program).is_some() {
            return Some(self.fold.ended(state));
        }
        let mut packed = Vec::new();
        let phase = self.pack(state, &mut packed);
        self.tables[phase.index()].value_of(&packed)
    }
}

/// One thread of the walk.
struct Walker<'w, 'p, F: Fold> {
    walk: &'w Walked<'p, F>,
    tables: Writers<'w, F::Value>,
    number: usize,
    /// States from the root to where it is.
    stack: Vec<Frame<F::Seen>>,
    /// The steps of the states on the stack, one state after another.
    steps: Vec<Transition<F::Value>>,
    tally: F::Tally,
    notes: Notes,
    state: State,
    next: State,
    packed: Vec<u64>,
    /// The states to which the steps of one state led, until they are put in together.
    arrivals: Vec<Arrival>,
    /// Their packed words.
    arrived: Vec<u64>,
    candidates: Vec<Move>,
    branches: Branches,
    /// States that all threads had found when it last looked.
    before: usize,
    /// What it found since.
    found: usize,
    /// The budget is spent: no state is added any more.
    full: bool,
    expanded: usize,
}

/// A state whose value is being worked out.
struct Frame<S> {
    phase: PhaseId,
    /// None for the root of all.
    place: Option<StateHandle>,
    seen: Option<S>,
    /// Where its steps begin.
    first: usize,
    /// How many of them are known, in this thread's order.
    known: usize,
}

/// A state to which a step led.
struct Arrival {
    /// The position of the step.
    step: usize,
    phase: PhaseId,
    /// Where its packed words end.
    end: usize,
    sought: Sought,
}

impl<'w, 'p, F: Fold> Walker<'w, 'p, F> {
    fn new(walk: &'w Walked<'p, F>) -> Self {
        let state = State::from_words(walk.program, &walk.program.initial);
        Self {
            walk,
            tables: Writers::new(walk),
            number: 0,
            stack: Vec::new(),
            steps: Vec::new(),
            tally: F::Tally::default(),
            notes: Notes::of(walk.program, walk.fold.counted()),
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

    fn gathered(self, value: Option<F::Value>) -> Gathered<F> {
        Gathered {
            value,
            tally: self.tally,
            hits: self.notes.hits,
        }
    }

    fn walk(
        &mut self,
        roots: &[Transition<F::Value>],
        budget: Budget,
        progress: &mut Tell,
    ) -> Option<F::Value> {
        self.steps.extend_from_slice(roots);
        self.stack.push(Frame {
            phase: self.walk.program.first,
            place: None,
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
                    self.walk.stopped.store(true, Ordering::Relaxed);
                }
            }
            if self.walk.stopped() || self.walk.done.load(Ordering::Relaxed) {
                break None;
            }
            if let Some((phase, place)) = self.next_open() {
                if !self.expand(phase, place) {
                    self.walk.stopped.store(true, Ordering::Relaxed);
                    break None;
                }
            } else if let Some(value) = self.close() {
                self.walk.done.store(true, Ordering::Relaxed);
                break Some(value);
            }
        };
        self.walk.states.fetch_add(self.found, Ordering::Relaxed);
        value
    }

    /// Exchanges with the other threads how many states were found, and tells how far the walk is.
    fn look_around(&mut self, progress: Option<&mut Tell>) {
        let found = std::mem::take(&mut self.found);
        self.before = self.walk.states.fetch_add(found, Ordering::Relaxed) + found;
        if let Some(progress) = progress.filter(|_| self.number == 0) {
            // It may take long, and looks into the tables.
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
            self.walk.interrupted.store(true, Ordering::Relaxed);
            self.walk.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// The next step from the state on top whose value is not known, in this thread's order.
    fn next_open(&mut self) -> Option<(PhaseId, StateHandle)> {
        let frame = self.stack.last_mut()?;
        let count = self.steps.len() - frame.first;
        while frame.known < count {
            // Every other thread goes from the end, further ones begin further in.
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
            if let Some((phase, place)) = step.open {
                match self.tables.states[phase.index()].value(place) {
                    Some(value) => {
                        step.to = value;
                        step.open = None;
                    }
                    None => return Some((phase, place)),
                }
            }
            frame.known += 1;
        }
        None
    }

    /// Makes every step from a state. False where a table is full.
    fn expand(&mut self, phase: PhaseId, place: StateHandle) -> bool {
        let (walk, program) = (self.walk, self.walk.program);
        let narrow = walk.narrow(phase);
        let packed = &mut self.packed;
        self.tables.states[phase.index()].copy(place, packed);
        self.state
            .fill(|words| narrow.unpack(program, packed, words));
        self.stack.push(Frame {
            phase,
            place: Some(place),
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
            self.offered(*made);
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

    fn offered(&mut self, made: Move) {
        let program = self.walk.program;
        let course = match made {
            Move::Choose(decision, option) => {
                program.decisions[decision.index()].options[usize::from(option)]
            }
            Move::Take(action) => program.actions[action.index()].course,
            Move::Wait => return,
        };
        self.notes.hits.offered[course.index()] = true;
    }

    /// Notes a step and the state that it led to. False where there is no room for the state.
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

    /// Puts in the states that were arrived at. False where a table is full.
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
                None => step.open = Some((arrival.phase, found.place)),
            }
        }
        self.arrived.clear();
        room
    }

    /// Works out the value of the state on top, from which every step is known. The value of the root of all.
    fn close(&mut self) -> Option<F::Value> {
        let frame = self.stack.pop()?;
        let steps = &self.steps[frame.first..];
        let value = match frame.seen {
            Some(seen) => {
                let value = self.walk.fold.fold(seen, steps);
                let table = &self.tables.states[frame.phase.index()];
                let settled = frame.place.is_some_and(|place| table.settle(place, value));
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
