//! Expressions whose types fit.

use super::{Author, WORDS};

const LITERALS: [&str; 12] = [
    "1", "0", "2", "3", "7", "-1", "-9", "16", "100", "30m", "2h", "1000",
];

const RELATIONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

impl Author<'_, '_> {
    /// A number that does not change with time.
    pub fn number(&mut self, depth: usize) -> String {
        self.number_of(depth, false)
    }

    /// A number that may change with time.
    pub fn number_in_time(&mut self, depth: usize) -> String {
        self.number_of(depth, true)
    }

    /// Something true or false that does not change with time.
    pub fn truth(&mut self, depth: usize) -> String {
        self.truth_of(depth, false)
    }

    /// The same, where it may change with time.
    pub fn truth_in_time(&mut self, depth: usize) -> String {
        self.truth_of(depth, true)
    }

    /// A condition whose minute can be foreseen.
    pub fn watched(&mut self, depth: usize) -> String {
        if depth == 0 || self.spent() {
            return self.crossing();
        }
        let depth = depth - 1;
        match self.choices.below(7) {
            0 => self.truth(depth),
            1 | 2 => self.crossing(),
            3 => format!("({} && {})", self.watched(depth), self.watched(depth)),
            4 => format!("({} || {})", self.watched(depth), self.watched(depth)),
            5 => format!("!({})", self.watched(depth)),
            _ => {
                let condition = self.watched(depth);
                format!(
                    "({condition} ? {} : {})",
                    self.watched(depth),
                    self.watched(depth)
                )
            }
        }
    }

    /// A comparison of what moves with what does not.
    fn crossing(&mut self) -> String {
        let (moving, still) = (self.moving(), self.number(1));
        let relation = self.choices.one(&RELATIONS);
        if self.choices.once_in(4) {
            format!("({still} {relation} {moving})")
        } else {
            format!("({moving} {relation} {still})")
        }
    }

    fn moving(&mut self) -> String {
        let grown = self.names.numbers.iter().position(|it| it.grows);
        match (self.choices.below(3), grown) {
            (0, Some(index)) => format!("n{index}"),
            (1, _) => "now()".to_owned(),
            _ => format!("since({})", self.happening()),
        }
    }

    fn happening(&mut self) -> String {
        if self.names.actions > 0 && self.choices.once_in(3) {
            return format!("a{}", self.choices.below(self.names.actions));
        }
        self.any_inject()
    }

    fn any_inject(&mut self) -> String {
        let phase = self.choices.below(self.names.phases.len());
        format!(
            "i{phase}_{}",
            self.choices.below(self.names.phases[phase].len())
        )
    }

    fn number_of(&mut self, depth: usize, moves: bool) -> String {
        if depth == 0 || self.spent() {
            return self.leaf(moves);
        }
        let depth = depth - 1;
        let mut part = || self.number_of(depth, moves);
        let (left, right) = (part(), part());
        match self.choices.below(9) {
            0 => left,
            1 => format!("({left} + {right})"),
            2 => format!("({left} - {right})"),
            // Two wide numbers might come to more than a number can hold.
            3 => format!("({left} % 7 * {right})"),
            4 => format!("({left} / max(1, {right}))"),
            5 => format!("({left} % 7)"),
            6 => format!("min({left}, {right})"),
            7 => format!("-({left})"),
            _ => format!("({} ? {left} : {right})", self.truth_of(depth, moves)),
        }
    }

    fn leaf(&mut self, moves: bool) -> String {
        if moves && self.choices.once_in(3) {
            return self.moving();
        }
        let still: Vec<usize> = self
            .names
            .numbers
            .iter()
            .enumerate()
            .filter(|(_, it)| moves || !it.grows)
            .map(|(index, _)| index)
            .collect();
        if still.is_empty() || self.choices.once_in(3) {
            self.choices.one(&LITERALS).to_owned()
        } else {
            format!("n{}", still[self.choices.below(still.len())])
        }
    }

    fn truth_of(&mut self, depth: usize, moves: bool) -> String {
        if depth == 0 || self.spent() {
            return self.fact();
        }
        let depth = depth - 1;
        match self.choices.below(9) {
            0 => self.fact(),
            1 => format!("!{}", self.fact()),
            2 => format!(
                "({} && {})",
                self.truth_of(depth, moves),
                self.truth_of(depth, moves)
            ),
            3 => format!(
                "({} || {})",
                self.truth_of(depth, moves),
                self.truth_of(depth, moves)
            ),
            4 => {
                let condition = self.truth_of(depth, moves);
                format!(
                    "({condition} ? {} : {})",
                    self.truth_of(depth, moves),
                    self.truth_of(depth, moves)
                )
            }
            5 => {
                let left = self.number_of(depth, moves);
                format!(
                    "({left} in [{}, {}])",
                    self.number_of(depth, moves),
                    self.number_of(depth, moves)
                )
            }
            6 => format!(
                "({} == {})",
                self.truth_of(depth, moves),
                self.truth_of(depth, moves)
            ),
            _ => {
                let left = self.number_of(depth, moves);
                let relation = self.choices.one(&RELATIONS);
                format!("({left} {relation} {})", self.number_of(depth, moves))
            }
        }
    }

    /// A truth, or something that has happened or is so.
    fn fact(&mut self) -> String {
        match self.choices.below(7) {
            0 => format!("t{}", self.choices.below(self.names.truths)),
            1 => {
                let value = self.choices.below(self.names.words.len());
                let list = WORDS[self.names.words[value]];
                let word = self.choices.one(list);
                let relation = self.choices.one(&["==", "!="]);
                format!("(w{value} {relation} {word})")
            }
            2 => {
                let value = self.choices.below(self.names.words.len());
                let list = WORDS[self.names.words[value]];
                let (one, other) = (self.choices.one(list), self.choices.one(list));
                format!("(w{value} in [{one}, {other}])")
            }
            3 => format!(
                "(phase == p{})",
                self.choices.below(self.names.phases.len())
            ),
            4 => format!("came.{}", self.any_inject()),
            5 if self.names.actions > 0 => {
                format!("taken.a{}", self.choices.below(self.names.actions))
            }
            _ => self.chosen(),
        }
    }

    fn chosen(&mut self) -> String {
        let phase = self.choices.below(self.names.phases.len());
        let inject = self.choices.below(self.names.phases[phase].len());
        match self.names.phases[phase][inject] {
            Some(options) => {
                let option = self.choices.below(options + 1);
                match option {
                    0 => format!("(chosen.i{phase}_{inject} == none)"),
                    option => format!("(chosen.i{phase}_{inject} == o{})", option - 1),
                }
            }
            None => format!("came.i{phase}_{inject}"),
        }
    }

    /// Whether enough has been written. Counts what is asked.
    pub fn spent(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left == 0
    }
}
