//! How much a program may hold. Its numbers are narrow, so that states stay small. Exceeding a limit is a finding. The
//! limits of files and texts are in `src/scenario/read/limits.rs`, those of expressions in `src/program/expression.rs`.

use crate::finding::Place;
use crate::program::compile::Compiler;
use crate::program::compile::memory::repeats;
use crate::scenario::{Block, Consent, Course, Placed, Scenario};

/// Things that each have a slot in a state (values, injects, decisions, actions, entries of the agenda): the words of a
/// state have 16-bit numbers.
const REMEMBERED_MAX: usize = 10_000;

/// Everything else (blocks, effects, texts…): positions, and the ends of ranges, have 16 bits.
const LISTED_MAX: usize = 65_535;

/// Options of one decision: with `none`, they fit into a set of 64 bits.
const OPTIONS_MAX: usize = 63;

/// Outcomes of one chance: their positions have 8 bits.
const OUTCOMES_MAX: usize = 255;

/// How often something may happen: a list holds each time of a timed inject.
const REPEATS_MAX: i64 = 1_000;

/// How often the injects of one phase come at a moment, all together.
const TIMES_MAX: usize = 10_000;

/// The largest weight of an outcome: the sum stays far below 64 bits.
const ODDS_MAX: i64 = 1_000_000_000;

/// How often one course or delayed block may be under way at once.
pub(super) const INSTANCES_MAX: u32 = 16;

/// The longest list of words.
pub(super) const WORDS_MAX: usize = 64;

/// The longest chain of injects that bring one another within a moment.
pub(super) const CHAIN_MAX: usize = 32;

/// How many things of each kind a scenario holds.
#[derive(Default)]
struct ThingCounts {
    injects: usize,
    decisions: usize,
    courses: usize,
    blocks: usize,
    effects: usize,
    scores: usize,
    brings: usize,
    uses: usize,
    texts: usize,
    dues: usize,
    /// Where a limit of one thing is exceeded.
    excess: Vec<(Place, String)>,
}

impl Compiler<'_> {
    /// Whether the scenario is within all limits; otherwise that is reported.
    pub fn within_limits(&mut self) -> bool {
        let scenario = self.scenario;
        let mut counts = ThingCounts::default();
        counts.scenario(scenario);
        let remembered = [
            ("values", scenario.values.len()),
            ("injects and decisions", counts.injects),
            ("decisions and consents", counts.decisions),
            ("actions", scenario.actions.len()),
            ("things that may be due", counts.dues),
        ];
        let listed = [
            ("roles", scenario.roles.len()),
            ("objectives", scenario.objectives.len()),
            ("phases", scenario.phases.len()),
            ("endings", scenario.endings.len()),
            ("rules", scenario.rules.len()),
            ("options and actions", counts.courses),
            ("blocks", counts.blocks),
            ("effects", counts.effects),
            ("scores", counts.scores),
            ("injects that blocks bring", counts.brings),
            ("numbers that are used", counts.uses),
            ("texts", counts.texts),
        ];
        let remembered = remembered.iter().map(|kind| (kind, REMEMBERED_MAX));
        let all = remembered.chain(listed.iter().map(|kind| (kind, LISTED_MAX)));
        for ((what, count), most) in all.filter(|((_, count), most)| count > most) {
            let headline = format!("a scenario holds at most {most} {what}; this one has {count}");
            counts.excess.push((scenario.id.place, headline));
        }
        let sound = counts.excess.is_empty();
        for (place, headline) in counts.excess {
            self.error("limit-exceeded", place, headline);
        }
        sound
    }
}

impl ThingCounts {
    fn scenario(&mut self, scenario: &Scenario) {
        for action in &scenario.actions {
            self.repeats(action.repeats.as_ref());
            self.course(&action.course, repeats(action.repeats.as_ref()));
        }
        for phase in &scenario.phases {
            self.blocks(&phase.begins, 1);
            let mut times = 0;
            for inject in &phase.injects {
                self.repeats(inject.trigger.repeats.as_ref());
                if inject.trigger.at.is_some() {
                    times += repeats(inject.trigger.repeats.as_ref()) as usize;
                }
                let runs = repeats(inject.trigger.repeats.as_ref());
                self.injects += 1;
                self.dues += 1;
                self.block(&inject.block, runs);
                if let Some(decision) = &inject.asks {
                    self.decisions += 1;
                    self.dues += 1;
                    self.texts += 1;
                    if let Some(option) = decision.options.get(OPTIONS_MAX) {
                        let headline = format!("a decision has at most {OPTIONS_MAX} options");
                        self.excess.push((option.id.place, headline));
                    }
                    for option in &decision.options {
                        self.course(option, runs);
                    }
                }
            }
            if times > TIMES_MAX {
                let headline = format!(
                    "the injects of a phase may come at most {TIMES_MAX} times by date; these come {times} times"
                );
                self.excess.push((phase.id.place, headline));
            }
        }
        self.blocks(&scenario.endex, 1);
    }

    fn repeats(&mut self, repeats: Option<&Placed<i64>>) {
        if let Some(repeats) = repeats.filter(|repeats| repeats.value > REPEATS_MAX) {
            let headline = format!("nothing repeats more than {REPEATS_MAX} times");
            self.excess.push((repeats.place, headline));
        }
    }

    fn course(&mut self, course: &Course, runs: u32) {
        self.courses += 1;
        self.uses += course.uses.len();
        self.texts += usize::from(course.feedback.is_some());
        if course.takes.is_some() {
            self.due(runs);
        }
        self.block(&course.block, runs);
        self.blocks(&course.then, runs);
        if let Some(consent) = &course.consent {
            self.consent(consent, runs);
        }
    }

    /// A consent is a decision with two options, each with a block.
    fn consent(&mut self, consent: &Consent, runs: u32) {
        self.decisions += 1;
        self.dues += 1;
        self.texts += 1;
        self.courses += 2;
        self.blocks += 2;
        self.blocks(&consent.refused, runs);
    }

    fn due(&mut self, runs: u32) {
        self.dues += runs.min(INSTANCES_MAX) as usize;
    }

    fn blocks(&mut self, blocks: &[Block], runs: u32) {
        for block in blocks {
            self.block(block, runs);
        }
    }

    fn block(&mut self, block: &Block, runs: u32) {
        self.blocks += 1;
        self.effects += block.effects.len();
        self.scores += block.score.len();
        self.brings += block.injects.len();
        self.texts += usize::from(block.because.is_some()) + usize::from(block.text.is_some());
        if block.after.is_some() {
            self.due(runs);
        }
        let Some(chance) = &block.chance else { return };
        if chance.outcomes.len() > OUTCOMES_MAX {
            let headline = format!("a chance has at most {OUTCOMES_MAX} outcomes");
            self.excess.push((chance.name.place, headline));
        }
        for outcome in &chance.outcomes {
            if outcome.odds.value > ODDS_MAX {
                let headline = format!("odds are at most {ODDS_MAX}");
                self.excess.push((outcome.odds.place, headline));
            }
            self.block(&outcome.block, runs);
        }
    }
}
