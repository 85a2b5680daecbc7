//! A scenario in good form, written piece by piece as an input says: most of them compile.
//!
//! What is hard to hit with bytes alone is made likely here: names that exist, types that fit, moments that meet, bounds
//! that are reached, and many things under way at once.

mod expressions;
mod happenings;

use std::fmt::Write as _;

use jiff::civil::{DateTime, datetime};

use super::choices::Choices;

const ZONES: [&str; 5] = [
    "Europe/London",
    "Asia/Kolkata",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

/// The first days of a summer and of a winter among them.
fn startex(choices: &mut Choices) -> DateTime {
    let all = [
        datetime(2022, 8, 2, 21, 0, 0, 0),
        datetime(2022, 10, 29, 23, 30, 0, 0),
        datetime(2023, 3, 26, 0, 30, 0, 0),
        datetime(2024, 2, 28, 12, 0, 0, 0),
    ];
    all[choices.below(all.len())]
}

/// With their minutes.
const LASTS: [(&str, i64); 5] = [
    ("10h", 600),
    ("1h", 60),
    ("2d 12h", 3_600),
    ("30d", 43_200),
    ("960d", 1_382_400),
];

const BOUNDS: [(i64, i64); 8] = [
    (0, 9),
    (-9, 9),
    (0, 3),
    (0, 100),
    (-20, 300),
    (5, 6),
    (0, 1 << 40),
    (-(1 << 40), 1 << 40),
];

const DURATIONS: [&str; 12] = [
    "30m", "1m", "7m", "10m", "20m", "55m", "1h", "90m", "2h", "5h", "2d", "0m",
];

/// Some that meet one another, and what values grow by: those have much in common.
const PERIODS: [&str; 6] = ["10m", "1m", "4m", "20m", "1h", "1d"];

const WORDS: [&[&str]; 3] = [
    &["open", "shut", "broken"],
    &["red", "green"],
    &["open", "shut"],
];

const ROLES: [&str; 3] = ["lead", "tech", "exec"];

/// A number of the scenario.
struct Number {
    min: i64,
    max: i64,
    grows: bool,
}

/// What a scenario holds, known before it is written so that everything can be named from everywhere.
#[derive(Default)]
struct Names {
    numbers: Vec<Number>,
    truths: usize,
    /// Each by its list of words.
    words: Vec<usize>,
    actions: usize,
    /// Of each phase: its injects, and how many options each asks about; none where it asks nothing.
    phases: Vec<Vec<Option<usize>>>,
    /// Decisions that a moment asks, with their options.
    timed: Vec<Vec<usize>>,
}

/// A scenario that is being written.
pub struct Author<'c, 'b> {
    choices: &'c mut Choices<'b>,
    names: Names,
    startex: DateTime,
    /// Minutes.
    lasts: i64,
    /// So much is left to write: blocks and parts of expressions.
    left: usize,
    /// The scenario, as YAML.
    pub text: String,
}

impl<'c, 'b> Author<'c, 'b> {
    /// Writes a scenario.
    pub fn of(choices: &'c mut Choices<'b>) -> Self {
        let mut names = Names::default();
        for _ in 0..=choices.below(4) {
            let (min, max) = BOUNDS[choices.below(BOUNDS.len())];
            let grows = choices.once_in(2);
            names.numbers.push(Number { min, max, grows });
        }
        names.truths = 1 + choices.below(3);
        names.words = (0..=choices.below(2))
            .map(|_| choices.below(WORDS.len()))
            .collect();
        names.actions = choices.below(4);
        for _ in 0..=choices.below(3) {
            let injects = 0..=choices.below(5);
            let asks = |_| choices.once_in(2).then(|| 1 + choices.below(3));
            names.phases.push(injects.map(asks).collect());
            let decisions = 0..choices.below(2);
            names
                .timed
                .push(decisions.map(|_| 1 + choices.below(2)).collect());
        }
        let (lasts, minutes) = LASTS[choices.below(LASTS.len())];
        let mut author = Self {
            startex: startex(choices),
            names,
            choices,
            lasts: minutes,
            left: 200,
            text: String::new(),
        };
        author.head(lasts);
        author.values();
        author.actions();
        author.line("phases:");
        for phase in 0..author.names.phases.len() {
            author.phase(phase);
        }
        author.end();
        author
    }

    fn line(&mut self, line: &str) {
        self.text.extend([line, "\n"]);
    }

    fn head(&mut self, lasts: &str) {
        let zone = self.choices.one(&ZONES);
        let startex = self.startex.strftime("%Y-%m-%d %H:%M");
        let _ = write!(
            self.text,
            "format: 1\nid: it\ntitle: It\nzone: {zone}\nstartex: {startex}\nlasts: {lasts}\n\
             roles: {{lead: {{title: Lead}}, tech: {{title: Tech}}, exec: {{title: Exec}}}}\n\
             objectives: {{points: {{title: Points, worth: 10}}, more: {{title: More, worth: 5}}}}\n\
             values:\n"
        );
    }

    fn values(&mut self) {
        let mut board = Vec::new();
        for index in 0..self.names.numbers.len() {
            let Number { min, max, grows } = self.names.numbers[index];
            let initial = match self.choices.below(4) {
                0 => min.max(0).min(max),
                1 => min,
                2 => max,
                _ => min + (max - min) / 2,
            };
            let _ = write!(
                self.text,
                "  n{index}: {{min: {min}, max: {max}, initial: {initial}"
            );
            if self.choices.once_in(2) {
                self.text.push_str(", saturates: true");
            }
            if grows {
                self.growth();
            }
            if self.choices.once_in(4) {
                self.text.push_str(", hidden: true");
            } else {
                board.push(format!(
                    "{{{}: n{index}}}",
                    self.choices.one(&["gauge", "trend"])
                ));
            }
            self.line("}");
        }
        for index in 0..self.names.truths {
            let initial = self.choices.one(&["false", "true"]);
            self.line(&format!("  t{index}: {initial}"));
            board.push(format!("{{lamp: t{index}, good: ['true']}}"));
        }
        for (index, list) in self.names.words.clone().into_iter().enumerate() {
            let list = WORDS[list];
            let initial = self.choices.one(list);
            self.line(&format!(
                "  w{index}: {{one_of: [{}], initial: {initial}}}",
                list.join(", ")
            ));
            board.push(format!(
                "{{lamp: w{index}, in: [p0], to: [tech], good: [{}]}}",
                list[0]
            ));
        }
        self.line(&format!("board: [{}]", board.join(", ")));
    }

    fn growth(&mut self) {
        self.text.push_str(", grows: [");
        for _ in 0..=self.choices.below(2) {
            let add = match self.choices.below(4) {
                0 => self
                    .choices
                    .one(&["1", "-1", "16", "0", "1000000"])
                    .to_owned(),
                _ => self.number(2),
            };
            let every = self.choices.one(&PERIODS);
            let _ = write!(self.text, "{{add: '{add}', every: {every}");
            if self.choices.once_in(2) {
                let when = self.truth(2);
                let _ = write!(self.text, ", when: '{when}'");
            }
            self.text.push_str("},");
        }
        self.text.push(']');
    }

    fn actions(&mut self) {
        if self.names.actions > 0 {
            self.line("actions:");
        }
        for index in 0..self.names.actions {
            let repeats = 1 + self.choices.below(4);
            let _ = write!(self.text, "  a{index}: {{label: Act, repeats: {repeats}");
            self.receivers();
            let within = self
                .choices
                .once_in(3)
                .then(|| self.choices.below(self.names.phases.len()));
            if let Some(phase) = within {
                let _ = write!(self.text, ", in: [p{phase}]");
            }
            let phase = within.unwrap_or_else(|| self.choices.below(self.names.phases.len()));
            self.course(phase, None, false);
            self.line("}");
        }
    }

    /// Either everybody or some roles.
    fn receivers(&mut self) {
        match self.choices.below(4) {
            0 | 1 => {}
            2 => {
                let role = self.choices.one(&ROLES);
                let _ = write!(self.text, ", to: [{role}]");
            }
            _ => self.text.push_str(", to: [lead, exec]"),
        }
    }

    fn phase(&mut self, phase: usize) {
        self.line(&format!("  p{phase}:\n    title: Phase"));
        if self.choices.once_in(2) {
            self.text.push_str("    begins: ");
            self.blocks(phase, None);
            self.line("");
        }
        self.line("    injects:");
        for inject in 0..self.names.phases[phase].len() {
            self.inject(phase, inject);
        }
        let decisions = self.names.timed[phase].clone();
        if !decisions.is_empty() {
            self.line("    decisions:");
        }
        for (index, options) in decisions.into_iter().enumerate() {
            let _ = write!(self.text, "      d{phase}_{index}: {{");
            self.trigger(true);
            self.text.push_str(", ");
            self.question(phase, None, options);
            self.line("}");
        }
        self.ends(phase);
        if self.choices.once_in(2) {
            let band = self.choices.below(self.names.numbers.len());
            let Number { min, max, .. } = self.names.numbers[band];
            let marks = match self.choices.below(3) {
                0 => "7".to_owned(),
                1 => "1000".to_owned(),
                _ if min < max => format!("[{min}, {max}]"),
                _ => "1".to_owned(),
            };
            self.line(&format!("    bands: {{n{band}: {marks}}}"));
        }
    }

    fn ends(&mut self, phase: usize) {
        self.text.push_str("    ends: [");
        for _ in 0..=self.choices.below(3) {
            let later = phase + 1 + self.choices.below(2);
            let to = match later {
                later if later < self.names.phases.len() => format!("p{later}"),
                _ => "endex".to_owned(),
            };
            match self.choices.below(4) {
                0 | 1 => {
                    let at = self.moment();
                    let _ = write!(self.text, "{{at: {at}, to: {to}}},");
                }
                2 => {
                    let (at, when) = (self.moment(), self.truth_in_time(3));
                    let _ = write!(self.text, "{{at: {at}, when: '{when}', to: {to}}},");
                }
                _ => {
                    let when = self.watched(3);
                    let _ = write!(self.text, "{{when: '{when}', to: {to}}},");
                }
            }
        }
        self.line("]");
    }

    fn end(&mut self) {
        if self.choices.once_in(2) {
            let when = self.truth_in_time(2);
            self.line(&format!("endex: [{{when: '{when}', score: {{points: 3}}, because: It held., chance: last, outcomes: [{{odds: 1, text: One.}}, {{odds: 2}}]}}]"));
        }
        self.line("endings:");
        if self.choices.once_in(2) {
            let when = self.truth_in_time(2);
            self.line(&format!(
                "  first: {{title: First, when: '{when}', text: First.}}"
            ));
        }
        self.line("  other: {title: Other, text: Other.}");
        self.line("variants:\n  other_way: {title: Other, initial: {t0: true}}");
        let last = self.names.phases.len() - 1;
        let from = self.choices.below(last + 1);
        let at = self.date();
        self.line(&format!(
            "cuts:\n  piece: {{title: Piece, minutes: 30, from: p{from}, at: {at}, to: p{last}}}"
        ));
    }

    /// A duration, or a date within the exercise.
    fn moment(&mut self) -> String {
        if self.choices.once_in(3) {
            self.date()
        } else {
            self.choices.one(&DURATIONS).to_owned()
        }
    }

    fn date(&mut self) -> String {
        let minutes = match self.choices.below(3) {
            0 => 30 * self.choices.below(20) as i64,
            1 => self.choices.below(self.lasts as usize + 1) as i64,
            _ => self.lasts,
        };
        // Where clocks change, the last hours are of another length.
        let span = jiff::Span::new().minutes(minutes.min(self.lasts - 120).max(0));
        let date = self.startex.checked_add(span).unwrap_or(self.startex);
        date.strftime("%Y-%m-%d %H:%M").to_string()
    }
}
