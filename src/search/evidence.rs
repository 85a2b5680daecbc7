//! The shortest play that shows something, found breadth first from STARTEX.
//!
//! States with the same future are merged, as everywhere in the search. A seeker may keep a note beside each state (since
//! when something is owed, say); states with different notes then count as different.

use crate::engine::luck::Luck;
use crate::engine::{self, Event, Move, Observer, State, start, step};
use crate::program::ids::{ChanceId, PhaseId};
use crate::program::{Chance, Program};
use crate::scenario::Minutes;
use crate::search::branches::Branches;
use crate::search::narrow::Narrows;
use crate::search::table::{InsertRefused, Insertion, StateHandle, StateTable, Writer};
use crate::search::walk::{Progress, Tell};

/// How many states are expanded between two reports.
const TELL_EVERY: usize = 1 << 12;

/// Moves from STARTEX, with the rolls that they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Rolls of the first moment.
    pub rolls: Vec<ForcedRoll>,
    /// Moves, each with its rolls.
    pub legs: Vec<Leg>,
}

/// A move and its rolls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The move.
    pub made: Move,
    /// Its rolls, in order.
    pub rolls: Vec<ForcedRoll>,
}

/// A roll that falls on a certain outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForcedRoll {
    /// The chance.
    pub chance: ChanceId,
    /// The position of its outcome.
    pub outcome: usize,
}

/// A stretch of an exercise: from one state in which the team may move to the next.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'a> {
    /// Where it began; `None` for STARTEX.
    pub before: Option<&'a State>,
    /// Where it ended: the team may move again, or ENDEX has come.
    pub state: &'a State,
    /// The outcomes of its rolls, in order.
    pub outcomes: &'a [usize],
}

impl Stretch<'_> {
    /// The state at a minute of a wait, after everything that was due in that minute.
    #[must_use]
    pub fn state_at(&self, program: &Program, minute: Minutes) -> Option<State> {
        let mut state = self.before?.clone();
        let luck = &mut FallenLuck::new(self.outcomes);
        engine::advance(program, &mut state, minute, luck, &mut ());
        Some(state)
    }
}

/// One step of the search.
#[derive(Debug)]
pub struct Sight<'a> {
    /// From where to where.
    pub stretch: Stretch<'a>,
    /// The note of the state where it began; 0 at STARTEX.
    pub note: u64,
    /// What happened in it.
    pub events: &'a [(Minutes, Event)],
}

/// Seeks several things, which have numbers, and adds the numbers of those that it finds.
pub trait Seek {
    /// Looks at a step. Returns the note for where it led, or `None` if nothing beyond is of interest.
    fn step(&mut self, sight: &Sight, found: &mut Vec<usize>) -> Option<u64> {
        let _ = (sight, found);
        Some(0)
    }

    /// Looks at a state in which the team may move. Called once for each.
    fn state(&mut self, state: &State, found: &mut Vec<usize>) {
        let _ = (state, found);
    }
}

/// The result of [`shortest`].
#[derive(Clone, Debug)]
pub struct EvidenceFound {
    /// The shortest way to each thing, by number.
    pub ways: Vec<Option<Witness>>,
    /// Whether it looked everywhere, so that what it did not find does not exist.
    pub whole: bool,
}

/// Looks for several things at once, until all are found, everything was seen, there are more than `states_max` states, or
/// `tell` stops it. States that `narrows` packs alike are one.
pub fn shortest(
    program: &Program,
    narrows: &Narrows,
    states_max: usize,
    sought: usize,
    seek: &mut dyn Seek,
    tell: &mut Tell,
) -> EvidenceFound {
    // One more word for the note and the phase.
    let table = StateTable::new(narrows.longest() + 1);
    let mut breadth = Breadth {
        program,
        narrows,
        table: table.writer(),
        nodes: Vec::new(),
        hits: vec![None; sought],
        left: sought,
        states_max,
        whole: true,
        events: Vec::new(),
        packed: Vec::new(),
        found: Vec::new(),
    };
    breadth.run(seek, tell);
    let hits = std::mem::take(&mut breadth.hits);
    EvidenceFound {
        ways: hits.into_iter().map(|hit| breadth.way(hit?)).collect(),
        whole: breadth.whole,
    }
}

/// A step, by where it began.
#[derive(Clone, Copy, Debug)]
struct SearchEdge {
    /// The number of the state; `None` for STARTEX.
    from: Option<u32>,
    made: Move,
    /// The number of the way in which its rolls fall.
    branch: u32,
}

/// A state, and the step that found it.
struct FoundState {
    edge: SearchEdge,
    handle: StateHandle,
}

struct Breadth<'p, 't> {
    program: &'p Program,
    narrows: &'p Narrows,
    /// Packed states, each followed by its note and its phase in one word.
    table: Writer<'t, ()>,
    /// In the order in which they were found, and so by distance.
    nodes: Vec<FoundState>,
    hits: Vec<Option<SearchEdge>>,
    left: usize,
    states_max: usize,
    whole: bool,
    events: Vec<(Minutes, Event)>,
    packed: Vec<u64>,
    found: Vec<usize>,
}

impl Breadth<'_, '_> {
    fn run(&mut self, seek: &mut dyn Seek, tell: &mut Tell) {
        let program = self.program;
        let mut branches = Branches::default();
        for branch in 0.. {
            self.events.clear();
            let state = start(program, &mut branches, &mut self.events);
            let outcomes: Vec<usize> = branches.outcomes().collect();
            let edge = SearchEdge {
                from: None,
                made: Move::Wait,
                branch,
            };
            self.arrive(seek, edge, (None, 0), &state, &outcomes);
            if !branches.turn() {
                break;
            }
        }
        let mut state = State::from_words(program, &program.initial);
        let mut next = state.clone();
        let mut candidates = Vec::new();
        let (mut at, mut depth, mut deeper) = (0, 0, 0);
        while at < self.nodes.len() && self.left > 0 && self.whole {
            let note = self.unpack(at, &mut state);
            if at == deeper {
                (depth, deeper) = (depth + 1, self.nodes.len());
            }
            if at % TELL_EVERY == TELL_EVERY - 1 {
                let now = self.progress(&state, depth);
                self.whole &= tell(now).is_continue();
            }
            engine::candidates(program, &state, &mut candidates);
            for made in &candidates {
                for branch in 0.. {
                    next.copy_from(state.words());
                    self.events.clear();
                    if step(program, &mut next, *made, &mut branches, &mut self.events).is_err() {
                        break;
                    }
                    let outcomes: Vec<usize> = branches.outcomes().collect();
                    let edge = SearchEdge {
                        from: Some(at as u32),
                        made: *made,
                        branch,
                    };
                    self.arrive(seek, edge, (Some(&state), note), &next, &outcomes);
                    if !branches.turn() {
                        break;
                    }
                }
            }
            at += 1;
        }
    }

    fn progress(&self, state: &State, depth: usize) -> Progress {
        Progress {
            phase: state.phase(self.program),
            states: self.nodes.len(),
            bytes: self.table.bytes() + self.nodes.len() * size_of::<FoundState>(),
            depth,
        }
    }

    /// Fills in a state by its number, and returns its note.
    fn unpack(&mut self, at: usize, state: &mut State) -> u64 {
        self.table.copy(self.nodes[at].handle, &mut self.packed);
        let last = self.packed.pop().unwrap_or_default();
        let narrow = self.narrows.in_phase(PhaseId(last as u16));
        state.fill(|words| narrow.unpack(self.program, &self.packed, words));
        last >> 16
    }

    fn arrive(
        &mut self,
        seek: &mut dyn Seek,
        edge: SearchEdge,
        (before, note): (Option<&State>, u64),
        state: &State,
        outcomes: &[usize],
    ) {
        let program = self.program;
        let sight = Sight {
            stretch: Stretch {
                before,
                state,
                outcomes,
            },
            note,
            events: &self.events,
        };
        let mut found = std::mem::take(&mut self.found);
        let goes_on = seek.step(&sight, &mut found);
        if let Some(note) = goes_on
            && state.ended(program).is_none()
        {
            let phase = self.narrows.pack(program, state, &mut self.packed);
            self.packed.push(note << 16 | u64::from(phase.0));
            match self.put_in() {
                Some(it) if it.new && self.nodes.len() < self.states_max => {
                    self.nodes.push(FoundState {
                        edge,
                        handle: it.handle,
                    });
                    seek.state(state, &mut found);
                }
                Some(it) if !it.new => {}
                _ => self.whole = false,
            }
        }
        for number in found.drain(..) {
            if self.hits[number].is_none() {
                self.hits[number] = Some(edge);
                self.left -= 1;
            }
        }
        self.found = found;
    }

    /// Puts in the packed state. `None` if there is no room.
    fn put_in(&mut self) -> Option<Insertion<()>> {
        let sought = self.table.seek(&self.packed);
        loop {
            match self.table.insert(&self.packed, sought) {
                Ok(found) => return Some(found),
                Err(InsertRefused::Full) => return None,
                Err(InsertRefused::Crowded) => self.table.grow(),
            }
        }
    }

    /// The way to a step and through it, made again to note the rolls.
    fn way(&self, last: SearchEdge) -> Option<Witness> {
        let mut edges = vec![last];
        while let Some(from) = edges.last().and_then(|edge| edge.from) {
            edges.push(self.nodes[from as usize].edge);
        }
        let mut edges = edges.into_iter().rev();
        let program = self.program;
        let mut state = None;
        let mut way = Witness {
            rolls: falls(edges.next()?.branch, |luck| {
                state = Some(start(program, luck, &mut ()));
                true
            })?,
            legs: Vec::new(),
        };
        let mut state = state?;
        for SearchEdge { made, branch, .. } in edges {
            let before = state.clone();
            let rolls = falls(branch, |luck| {
                state.copy_from(before.words());
                step(program, &mut state, made, luck, &mut ()).is_ok()
            })?;
            way.legs.push(Leg { made, rolls });
        }
        Some(way)
    }
}

/// Waits until a phase has ended, with every roll on its first outcome. Returns the number of waits, the rolls, and the
/// state; `None` if the exercise is over before that.
#[must_use]
pub fn outlast(
    program: &Program,
    state: &State,
    phase: PhaseId,
) -> Option<(usize, Vec<ForcedRoll>, State)> {
    let mut luck = ForkingLuck::default();
    let (mut state, mut events) = (state.clone(), Vec::new());
    let has_ended = |it: &(Minutes, Event)| it.1 == Event::PhaseEnded(phase);
    let mut waits = 0;
    while !events.iter().any(has_ended) {
        waits += 1;
        events.clear();
        luck.branches = Branches::default();
        step(program, &mut state, Move::Wait, &mut luck, &mut events).ok()?;
    }
    Some((waits, luck.rolls, state))
}

/// The rolls of a step in one of the ways in which they may fall. `None` if the step cannot be made.
fn falls(branch: u32, mut make: impl FnMut(&mut ForkingLuck) -> bool) -> Option<Vec<ForcedRoll>> {
    let mut luck = ForkingLuck::default();
    for number in 0..=branch {
        luck.rolls.clear();
        if !make(&mut luck) || number < branch && !luck.branches.turn() {
            return None;
        }
    }
    Some(luck.rolls)
}

/// Luck that falls every possible way, one after another, and notes it.
#[derive(Default)]
struct ForkingLuck {
    branches: Branches,
    rolls: Vec<ForcedRoll>,
}

impl Luck for ForkingLuck {
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let outcome = self.branches.roll(id, chance);
        self.rolls.push(ForcedRoll {
            chance: id,
            outcome,
        });
        outcome
    }
}

/// Luck that falls as it fell before.
struct FallenLuck<'o> {
    outcomes: std::slice::Iter<'o, usize>,
}

impl<'o> FallenLuck<'o> {
    fn new(outcomes: &'o [usize]) -> Self {
        let outcomes = outcomes.iter();
        Self { outcomes }
    }
}

impl Luck for FallenLuck<'_> {
    fn roll(&mut self, _id: ChanceId, _chance: &Chance) -> usize {
        self.outcomes.next().copied().unwrap_or_default()
    }
}

impl Witness {
    /// Plays the moves from STARTEX. Returns where they lead, and everything that happens.
    #[must_use]
    pub fn play(&self, program: &Program) -> Option<(State, Vec<(Minutes, Event)>)> {
        let mut events = Vec::new();
        let state = self.play_with(program, &mut events, &mut |_| {})?;
        Some((state, events))
    }

    /// Plays the moves and shows each stretch. Returns where they lead; `None` if a move cannot be made.
    pub fn play_with(
        &self,
        program: &Program,
        observer: &mut impl Observer,
        show: &mut dyn FnMut(&Stretch),
    ) -> Option<State> {
        let fell = |rolls: &[ForcedRoll]| rolls.iter().map(|it| it.outcome).collect::<Vec<_>>();
        let outcomes = fell(&self.rolls);
        let mut state = start(program, &mut FallenLuck::new(&outcomes), observer);
        show(&Stretch {
            before: None,
            state: &state,
            outcomes: &outcomes,
        });
        for leg in &self.legs {
            let (before, outcomes) = (state.clone(), fell(&leg.rolls));
            let luck = &mut FallenLuck::new(&outcomes);
            step(program, &mut state, leg.made, luck, observer).ok()?;
            show(&Stretch {
                before: Some(&before),
                state: &state,
                outcomes: &outcomes,
            });
        }
        Some(state)
    }
}
