//! Many random exercises, each with its own seed, on several threads; the result does not depend on how many threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::luck::Stream;
use crate::engine::{Event, Observer};
use crate::program::Program;
use crate::program::rules::CompiledRule;
use crate::scenario::Minutes;
use crate::search::evidence::Witness;
use crate::search::monitors::{Monitors, breaking_way};
use crate::search::random::RandomPlayer;
use crate::search::threads::{Flag, joined};

/// How many exercises a thread plays before it reports how far it has got.
const TELL_EVERY: u64 = 1_000;

/// What many random exercises came to. What happens twice in an exercise counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Exercises played.
    pub plays: u64,
    /// How many ended with each score.
    pub scores: BTreeMap<i64, u64>,
    /// In how many each inject came.
    pub injects: Vec<u64>,
    /// In how many each option, answer and action was taken, by choice or by default.
    pub courses: Vec<u64>,
    /// How many reached each ending.
    pub endings: Vec<u64>,
    /// Moves: fewest and most.
    pub moves: (usize, usize),
    /// How each rule that was watched fared.
    pub rules: Vec<Breaks>,
}

/// How a rule fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks {
    /// How many exercises break it.
    pub plays: u64,
    /// The number of the first that does, from 1.
    pub first: Option<u64>,
    /// That exercise, up to where it breaks the rule.
    pub way: Option<Witness>,
}

impl Sample {
    fn new(program: &Program, rules: &[CompiledRule]) -> Self {
        Self {
            rules: vec![Breaks::default(); rules.len()],
            injects: vec![0; program.injects.len()],
            courses: vec![0; program.courses.len()],
            endings: vec![0; program.endings.len()],
            moves: (usize::MAX, 0),
            ..Self::default()
        }
    }

    fn join(&mut self, other: &Self) {
        self.plays += other.plays;
        for (score, count) in &other.scores {
            *self.scores.entry(*score).or_insert(0) += count;
        }
        let lists = [
            (&mut self.injects, &other.injects),
            (&mut self.courses, &other.courses),
            (&mut self.endings, &other.endings),
        ];
        for (here, there) in lists {
            for (here, there) in here.iter_mut().zip(there) {
                *here += there;
            }
        }
        self.moves.0 = self.moves.0.min(other.moves.0);
        self.moves.1 = self.moves.1.max(other.moves.1);
        for (here, there) in self.rules.iter_mut().zip(&other.rules) {
            here.plays += there.plays;
            here.first = here.first.into_iter().chain(there.first).min();
        }
    }

    /// The number of the first exercise that breaks a rule, and the first rule that it breaks.
    #[must_use]
    pub fn first_broken(&self) -> Option<(u64, usize)> {
        let rules = self.rules.iter().enumerate();
        rules
            .filter_map(|(rule, breaks)| Some((breaks.first?, rule)))
            .min()
    }

    /// The mean score; 0 if nothing was played.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let sum: f64 = self
            .scores
            .iter()
            .map(|(score, count)| *score as f64 * *count as f64)
            .fold(0.0, |sum, of| sum + of);
        sum / self.plays.max(1) as f64
    }

    /// Half the width of the 99 % confidence interval of the mean, by the normal approximation.
    #[must_use]
    pub fn within(&self) -> f64 {
        let mean = self.mean();
        let squares: f64 = self
            .scores
            .iter()
            .map(|(score, count)| (*score as f64 - mean).powi(2) * *count as f64)
            .fold(0.0, |sum, of| sum + of);
        let plays = self.plays.max(2) as f64;
        2.576 * (squares / (plays - 1.0) / plays).sqrt()
    }

    /// The least score that at least so many per cent of the exercises do not exceed.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<i64> {
        let wanted = (self.plays * percent).div_ceil(100).max(1);
        let mut passed = 0;
        self.scores.iter().find_map(|(score, count)| {
            passed += count;
            (passed >= wanted).then_some(*score)
        })
    }

    /// The percentage of exercises that score less than this.
    #[must_use]
    pub fn below(&self, score: i64) -> f64 {
        let less: u64 = self.scores.range(..score).map(|(_, count)| count).sum();
        less as f64 * 100.0 / self.plays.max(1) as f64
    }
}

/// Plays so many exercises, and watches these rules in them. `tell` is called with how many are done, and may stop it; then
/// fewer are counted.
pub fn sample(
    program: &Program,
    rules: &[CompiledRule],
    plays: u64,
    seed: u64,
    threads: usize,
    tell: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Sample {
    let threads = threads.max(1) as u64;
    let (done, stopped) = (AtomicU64::new(0), Flag::default());
    let part = |first: u64, tell: &mut dyn FnMut(u64) -> ControlFlow<()>| {
        let mut sample = Sample::new(program, rules);
        let mut monitors = Monitors::new(program, rules);
        let mut counter = Counter::new(program);
        let mut player = RandomPlayer::new(program, 0);
        for number in (first..plays).step_by(threads as usize) {
            counter.begin();
            player.reseed(seed_of(seed, number));
            let moves = if rules.is_empty() {
                player.play(&mut counter)
            } else {
                player.play_with(&mut counter, &mut monitors)
            };
            counter.count(&mut sample, moves);
            for (breaks, broken) in sample.rules.iter_mut().zip(monitors.broken()) {
                if broken {
                    breaks.plays += 1;
                    breaks.first.get_or_insert(number + 1);
                }
            }
            if sample.plays.is_multiple_of(TELL_EVERY) {
                // Relaxed: it is a count, and only shown.
                let all = done.fetch_add(TELL_EVERY, Ordering::Relaxed) + TELL_EVERY;
                if tell(all).is_break() {
                    stopped.raise();
                }
                if stopped.is_raised() {
                    break;
                }
            }
        }
        sample
    };
    std::thread::scope(|scope| {
        let part = &part;
        let others: Vec<_> = (1..threads)
            .map(|first| scope.spawn(move || part(first, &mut |_| ControlFlow::Continue(()))))
            .collect();
        let mut sample = part(0, tell);
        for other in others {
            sample.join(&joined(other));
        }
        for (rule, breaks) in rules.iter().zip(&mut sample.rules) {
            let first = breaks.first.map(|first| seed_of(seed, first - 1));
            breaks.way = first.and_then(|seed| breaking_way(program, *rule, seed));
        }
        sample
    })
}

/// The seed of one exercise of a sample.
fn seed_of(seed: u64, number: u64) -> u64 {
    let mut stream = Stream(seed ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03));
    stream.number()
}

/// Notes what happened in one exercise.
struct Counter<'p> {
    program: &'p Program,
    score: i64,
    injects: Vec<bool>,
    courses: Vec<bool>,
    ending: Option<usize>,
}

impl<'p> Counter<'p> {
    fn new(program: &'p Program) -> Self {
        Self {
            program,
            score: 0,
            injects: vec![false; program.injects.len()],
            courses: vec![false; program.courses.len()],
            ending: None,
        }
    }

    fn begin(&mut self) {
        self.score = 0;
        self.injects.fill(false);
        self.courses.fill(false);
        self.ending = None;
    }

    fn count(&self, sample: &mut Sample, moves: usize) {
        sample.plays += 1;
        *sample.scores.entry(self.score).or_insert(0) += 1;
        for (count, here) in sample.injects.iter_mut().zip(&self.injects) {
            *count += u64::from(*here);
        }
        for (count, here) in sample.courses.iter_mut().zip(&self.courses) {
            *count += u64::from(*here);
        }
        if let Some(ending) = self.ending {
            sample.endings[ending] += 1;
        }
        sample.moves = (sample.moves.0.min(moves), sample.moves.1.max(moves));
    }
}

impl Observer for Counter<'_> {
    fn see(&mut self, _at: Minutes, event: Event) {
        match event {
            Event::Scored { points, .. } => self.score += points,
            Event::Came(id) => self.injects[id.index()] = true,
            Event::Began(id) => self.courses[id.index()] = true,
            // An answer to a question of consent begins no course.
            Event::Chosen {
                decision, option, ..
            } => {
                let options = &self.program.decisions[decision.index()].options;
                self.courses[options[usize::from(option)].index()] = true;
            }
            Event::Ended(id) => self.ending = Some(id.index()),
            _ => {}
        }
    }
}
