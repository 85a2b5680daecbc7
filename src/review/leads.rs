//! What each open option would lead to, by asking the step function on a copy.
//!
//! Nothing is guessed. Every outcome of every chance is tried, with its odds as exact fractions; ways that read the same
//! are one. For something that takes time, its end is shown as well, if nobody does anything in between.

mod odds;
mod tell;

use crate::engine::luck::Luck;
use crate::engine::{Event, Move, State, advance, refusal, step};
use crate::program::ids::{ChanceId, CourseId, DecisionId};
use crate::program::{Chance, Owner, Program};
use crate::scenario::Minutes;
use crate::search::branches::Branches;
use crate::words;
use odds::Odds;
use tell::EventTeller;

/// The most ways that are listed for one option: what a facilitator can take in at a glance.
pub const BRANCHES_MAX: usize = 16;

/// The most ways that are tried for one option. Other rolls on the way multiply them; beyond this the odds are given as
/// *at least*.
pub const RUNS_MAX: usize = 512;

/// One option of an open decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionLead {
    /// The decision, by id.
    pub decision: String,
    /// The question, limited Markdown.
    pub question: String,
    /// The option, by id.
    pub option: String,
    /// Its label.
    pub label: String,
    /// Why it cannot be chosen now, if so; then nothing else is known.
    pub barred: Option<String>,
    /// Every way that luck can go, in the order of the scenario.
    pub branches: Vec<Branch>,
    /// How many more ways there are than are listed; at least this many, if there are more than [`RUNS_MAX`] to try.
    pub more: usize,
}

/// One way that it can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// How likely, as in `70 %`; `certain` without luck, `at least 70 %` if not every way was tried.
    pub odds: String,
    /// What then happens, in order, a sentence each: values that change, points with their reason, news, what is due later.
    pub lines: Vec<String>,
}

/// What each option of each open decision leads to from here, in the order in which a view shows them.
#[must_use]
pub fn leads(program: &Program, state: &State) -> Vec<OptionLead> {
    let mut open: Vec<DecisionId> = (0..program.decisions.len())
        .map(DecisionId::at)
        .filter(|id| state.is_open(program, *id))
        .collect();
    open.sort_by_key(|id| (state.closes(program, *id).unwrap_or(Minutes::MAX), *id));
    open.iter()
        .flat_map(|id| {
            let count = program.decisions[id.index()].options.len() as u8;
            (0..count).map(|option| lead(program, state, *id, option))
        })
        .collect()
}

fn lead(program: &Program, state: &State, decision: DecisionId, option: u8) -> OptionLead {
    let script = program.script.decision(decision);
    let asked = LeadQuestion::new(program, decision, option);
    let course = program.script.course(asked.course);
    let refused = refusal(program, state, asked.wanted).err();
    let mut lead = OptionLead {
        decision: script.id.clone(),
        question: program.script.text(script.question).text.clone(),
        option: course.id.clone(),
        label: course.label.clone(),
        barred: refused.map(|refusal| refusal.reason(program)),
        branches: Vec::new(),
        more: 0,
    };
    if lead.barred.is_none() {
        let ways = asked.ways(program, state);
        let text = if ways.whole {
            Odds::exactly
        } else {
            Odds::at_least
        };
        lead.more = ways.ways.len().saturating_sub(BRANCHES_MAX) + usize::from(!ways.whole);
        let first = ways.ways.into_iter().take(BRANCHES_MAX);
        let branches = first.map(|(odds, lines)| Branch {
            odds: text(odds),
            lines,
        });
        lead.branches = branches.collect();
    }
    lead
}

/// An option that is asked about.
struct LeadQuestion {
    wanted: Move,
    /// What the move names.
    course: CourseId,
    /// What it begins, at once or after consent; `None` for a refusal of consent.
    begins: Option<CourseId>,
    /// The question whether somebody agrees, if that comes first.
    consent: Option<DecisionId>,
}

/// Ways that it can go, each with its odds and its lines.
struct Ways {
    ways: Vec<(Odds, Vec<String>)>,
    /// Whether every way was tried.
    whole: bool,
}

/// One way that the choice itself can go.
struct Chosen {
    state: State,
    lines: Vec<String>,
    /// What has begun, and takes time.
    under_way: Option<CourseId>,
}

impl LeadQuestion {
    fn new(program: &Program, decision: DecisionId, option: u8) -> Self {
        let of = &program.decisions[decision.index()];
        let course = of.options[usize::from(option)];
        let begins = match program.courses[course.index()].owner {
            Owner::Answer(..) => of.consent_to.filter(|_| option == 0),
            Owner::Option(..) | Owner::Action(_) => Some(course),
        };
        let consent = program.courses[course.index()].consent.as_ref();
        Self {
            wanted: Move::Choose(decision, option),
            course,
            begins,
            consent: consent.map(|consent| consent.decision),
        }
    }

    fn ways(&self, program: &Program, state: &State) -> Ways {
        let mut chosen = Vec::new();
        let mut whole = every_way(
            RUNS_MAX,
            Odds::CERTAIN,
            |luck| self.choose(program, state, luck),
            |odds, next| chosen.extend(next.map(|next| (odds, next))),
        );
        let runs = (RUNS_MAX / chosen.len().max(1)).max(1);
        let mut ways = Vec::new();
        for (odds, chosen) in chosen {
            let Some(course) = chosen.under_way else {
                add(&mut ways, odds, or_nothing(chosen.lines));
                continue;
            };
            whole &= every_way(
                runs,
                odds,
                |luck| finish(program, &chosen.state, course, luck),
                |odds, lines| add(&mut ways, odds, [&chosen.lines[..], &lines].concat()),
            );
        }
        Ways { ways, whole }
    }

    /// The choice itself, and the agreement to it; `None` if the engine refuses, which was asked before.
    fn choose(&self, program: &Program, state: &State, luck: &mut Rolls) -> Option<Chosen> {
        let mut state = state.clone();
        let mut events = Vec::new();
        step(program, &mut state, self.wanted, luck, &mut events).ok()?;
        let mut lines = Vec::new();
        let teller = EventTeller {
            program,
            consent: self.consent,
        };
        teller.tell(&events, &mut lines);
        if let Some(consent) = self.consent.filter(|id| state.is_open(program, *id)) {
            let agreed = Move::Choose(consent, 0);
            let mut then = Vec::new();
            match step(program, &mut state, agreed, luck, &mut then) {
                Ok(()) => {
                    lines.push("If they agree:".into());
                    let said = lines.len();
                    teller.tell(&then, &mut lines);
                    events.append(&mut then);
                    if lines.len() == said && !self.takes_time(program, &events) {
                        lines.push(NOTHING.into());
                    }
                }
                Err(refused) => {
                    lines.push(format!("They cannot agree: {}", refused.reason(program)));
                }
            }
        }
        let under_way = self.begins.filter(|_| self.takes_time(program, &events));
        let began = self.begins.filter(|id| began_among(&events, *id));
        if let Some(course) = began.filter(|_| under_way.is_none()) {
            teller.later(course, &mut lines);
        }
        Some(Chosen {
            state,
            lines,
            under_way,
        })
    }

    /// Whether the course has begun, and is not over at once.
    fn takes_time(&self, program: &Program, events: &[(Minutes, Event)]) -> bool {
        let begins = self.begins.filter(|id| began_among(events, *id));
        begins.is_some_and(|id| program.courses[id.index()].takes > 0)
    }
}

fn began_among(events: &[(Minutes, Event)], course: CourseId) -> bool {
    let began = Event::Began(course);
    events.iter().any(|(_, event)| *event == began)
}

/// What the end of a course brings, if it has just begun.
fn finish(program: &Program, state: &State, course: CourseId, luck: &mut Rolls) -> Vec<String> {
    let takes = program.courses[course.index()].takes;
    let until = state.now(program) + takes;
    let after = words::duration(takes);
    let mut state = state.clone();
    let mut events = Vec::new();
    advance(program, &mut state, until, luck, &mut events);
    let Some(consequences) = tell::consequences(program, &events, course) else {
        return vec![format!("It takes {after}; ENDEX comes before that.")];
    };
    let mut lines = vec![format!("After {after}:")];
    let teller = EventTeller {
        program,
        consent: None,
    };
    teller.tell(consequences, &mut lines);
    teller.later(course, &mut lines);
    if lines.len() == 1 {
        lines.push(NOTHING.into());
    }
    lines
}

const NOTHING: &str = "Nothing to tell.";

fn or_nothing(mut lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        lines.push(NOTHING.into());
    }
    lines
}

/// Adds a way, or its odds to one that reads the same.
fn add(ways: &mut Vec<(Odds, Vec<String>)>, odds: Odds, lines: Vec<String>) {
    match ways.iter_mut().find(|(_, other)| *other == lines) {
        Some((sum, _)) => *sum = sum.plus(odds),
        None => ways.push((odds, lines)),
    }
}

/// Luck that goes a given way, and notes how likely that was.
struct Rolls<'a> {
    branches: &'a mut Branches,
    odds: Odds,
}

impl Luck for Rolls<'_> {
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let outcome = self.branches.roll(id, chance);
        self.odds = self.odds.times(chance.odds[outcome], chance.total);
        outcome
    }
}

/// Runs something for every way that luck can go in it, at most `runs_max` times. Whether that was every way.
fn every_way<T>(
    runs_max: usize,
    from: Odds,
    mut run: impl FnMut(&mut Rolls) -> T,
    mut take: impl FnMut(Odds, T),
) -> bool {
    let mut branches = Branches::default();
    for _ in 0..runs_max {
        let mut luck = Rolls {
            branches: &mut branches,
            odds: from,
        };
        let result = run(&mut luck);
        take(luck.odds, result);
        if !branches.turn() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
