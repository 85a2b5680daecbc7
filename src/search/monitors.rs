//! The author's rules in random exercises, judged as the search judges them.

use crate::engine::{Move, State};
use crate::program::Program;
use crate::program::rules::CompiledRule;
use crate::search::broken::{Judged, judge};
use crate::search::evidence::{ForcedRoll, Leg, Stretch, Witness};
use crate::search::random::{RandomPlayer, StateObserver};

/// Watches the rules of a scenario in one exercise after another.
#[derive(Debug)]
pub struct Monitors<'p> {
    program: &'p Program,
    rules: &'p [CompiledRule],
    /// How each stands.
    judged: Vec<Judged>,
    before: State,
    after: State,
    outcomes: Vec<usize>,
}

impl<'p> Monitors<'p> {
    /// Watches these rules.
    #[must_use]
    pub fn new(program: &'p Program, rules: &'p [CompiledRule]) -> Self {
        Self {
            program,
            rules,
            judged: Vec::new(),
            before: State::from_words(program, &program.initial),
            after: State::from_words(program, &program.initial),
            outcomes: Vec::new(),
        }
    }

    /// Whether the latest exercise breaks each rule.
    pub fn broken(&self) -> impl Iterator<Item = bool> {
        self.judged.iter().map(|it| *it == Judged::Broken)
    }
}

impl StateObserver for Monitors<'_> {
    fn before(&mut self, words: &[u64]) {
        self.before.copy_from(words);
    }

    fn rolled(&mut self, roll: ForcedRoll) {
        self.outcomes.push(roll.outcome);
    }

    fn after(&mut self, made: Option<Move>, words: &[u64]) {
        self.after.copy_from(words);
        if made.is_none() {
            self.judged.clear();
            self.judged.resize(self.rules.len(), Judged::Open(0));
        }
        let stretch = Stretch {
            before: made.map(|_| &self.before),
            state: &self.after,
            outcomes: &self.outcomes,
        };
        for (rule, judged) in self.rules.iter().zip(&mut self.judged) {
            if let Judged::Open(note) = *judged {
                *judged = judge(self.program, *rule, &stretch, note);
            }
        }
        self.outcomes.clear();
    }
}

/// Records an exercise up to where it breaks a rule.
struct RuleWatcher<'p> {
    monitors: Monitors<'p>,
    rolls: Vec<ForcedRoll>,
    way: Witness,
}

impl RuleWatcher<'_> {
    fn is_broken(&self) -> bool {
        self.monitors.broken().any(|it| it)
    }
}

impl StateObserver for RuleWatcher<'_> {
    fn before(&mut self, words: &[u64]) {
        self.monitors.before(words);
    }

    fn rolled(&mut self, roll: ForcedRoll) {
        self.rolls.push(roll);
        self.monitors.rolled(roll);
    }

    fn after(&mut self, made: Option<Move>, words: &[u64]) {
        if self.is_broken() {
            return;
        }
        let rolls = std::mem::take(&mut self.rolls);
        match made {
            None => self.way.rolls = rolls,
            Some(made) => self.way.legs.push(Leg { made, rolls }),
        }
        self.monitors.after(made, words);
    }
}

/// The random exercise of a seed up to where it breaks a rule; `None` if it does not.
#[must_use]
pub fn breaking_way(program: &Program, rule: CompiledRule, seed: u64) -> Option<Witness> {
    let rules = [rule];
    let mut watcher = RuleWatcher {
        monitors: Monitors::new(program, &rules),
        rolls: Vec::new(),
        way: Witness {
            rolls: Vec::new(),
            legs: Vec::new(),
        },
    };
    let mut player = RandomPlayer::new(program, 0);
    player.reseed(seed);
    player.play_with(&mut (), &mut watcher);
    watcher.is_broken().then_some(watcher.way)
}
