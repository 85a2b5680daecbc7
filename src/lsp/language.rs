//! The words of the language itself: what expressions and plays know without any scenario.

/// What may stand in an expression, beside the names of values.
pub const EXPRESSION: [Word; 8] = [
    Word(
        "phase",
        "The phase of the exercise, as in `phase == outage`.",
    ),
    Word(
        "chosen.",
        "The option that was taken in a decision, or `none`, as in `chosen.odd_logon == cut`.",
    ),
    Word(
        "taken.",
        "Whether an action was used, as in `taken.call_ncsc`.",
    ),
    Word("came.", "Whether an inject came, as in `came.ransom_note`."),
    Word(
        "since(",
        "Minutes since an inject came (if it asks a decision: since that was answered) or an action was used, as in `since(odd_logon) > 2h`; -1 before that.",
    ),
    Word("now()", "Minutes since STARTEX."),
    Word(
        "min(",
        "The lesser of two numbers, as in `min(engineers, 3)`.",
    ),
    Word(
        "max(",
        "The greater of two numbers, as in `max(engineers, 3)`.",
    ),
];

/// Other words of expressions, which are explained but not offered.
pub const BESIDE: [Word; 2] = [
    Word(
        "in",
        "Whether something is one of a list, as in `citrix in [mfa, isolated]`.",
    ),
    Word("none", "No option yet, as in `chosen.odd_logon == none`."),
];

/// The first words of a play's lines.
pub const VERBS: [Word; 9] = [
    Word("choose", "`choose DECISION OPTION` answers a question."),
    Word("take", "`take ACTION` uses an action."),
    Word(
        "wait",
        "`wait` lets time pass until something shows; `wait until 2022-08-04 07:00` until a date; `wait for NAME` until an inject or a question comes.",
    ),
    Word(
        "expect",
        "Says what must be true now: `expect VALUE WORD`, `expect VALUE >= 3`, `expect inject NAME`, `expect no inject NAME`, `expect chosen DECISION OPTION`, `expect score OBJECTIVE 3`, `expect total >= 10`, `expect phase NAME`, `expect ending NAME`, `expect time DATE`.",
    ),
    Word(
        "roll",
        "`roll CHANCE 2` makes the next roll fall on the second outcome.",
    ),
    Word("end", "ENDEX must have come."),
    Word(
        "seed",
        "`seed 7` sets the seed of all rolls; before the first move.",
    ),
    Word(
        "variant",
        "`variant NAME` starts with the initial values of a variant; before the first move.",
    ),
    Word(
        "cut",
        "`cut NAME` plays part of the scenario; before the first move.",
    ),
];

/// What may follow `expect`, besides the name of a value.
pub const EXPECTED: [Word; 8] = [
    Word("inject", "`expect inject NAME`: it has come."),
    Word("no", "`expect no inject NAME`: it has not come."),
    Word(
        "chosen",
        "`expect chosen DECISION OPTION`: what was chosen.",
    ),
    Word(
        "score",
        "`expect score OBJECTIVE 3`, `>= 3`: the points of an objective.",
    ),
    Word("total", "`expect total >= 10`: all points."),
    Word("phase", "`expect phase NAME`: where the exercise stands."),
    Word("ending", "`expect ending NAME`: how it came out."),
    Word(
        "time",
        "`expect time 2022-08-04 07:00`: what the clock shows.",
    ),
];

/// What may follow `wait`.
pub const WAITED: [Word; 2] = [
    Word("until", "`wait until 2022-08-04 07:00`: until a date."),
    Word(
        "for",
        "`wait for NAME`: until an inject or a question comes.",
    ),
];

/// The answers to a consent's question.
pub const ANSWERS: [Word; 2] = [
    Word(
        "agree",
        "The other role agrees, and the option or action is taken.",
    ),
    Word(
        "refuse",
        "The other role refuses, and the option or action is gone.",
    ),
];

/// What stands in place of a phase that follows.
pub const ENDEX: Word = Word("endex", "The end of the exercise.");

/// The last part of the name of a consent's question.
pub const CONSENT: Word = Word(
    "consent",
    "The question whether another role agrees: `DECISION.OPTION.consent`, `ACTION.consent`. The answer is `agree` or `refuse`.",
);

/// A word as it is written, up to a name or an argument that follows, and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Word(pub &'static str, pub &'static str);

impl Word {
    /// The word without a dot or brackets.
    pub fn bare(self) -> &'static str {
        self.0.trim_end_matches(['.', '(', ')'])
    }
}

/// What one of these words means.
pub fn meaning<'w>(words: impl IntoIterator<Item = &'w Word>, word: &str) -> Option<String> {
    let found = words.into_iter().find(|it| it.bare() == word)?;
    Some(format!("`{}`\n\n{}", found.bare(), found.1))
}

#[cfg(test)]
mod tests {
    use super::{ANSWERS, BESIDE, CONSENT, ENDEX, EXPECTED, EXPRESSION, VERBS, WAITED};
    use crate::finding::FileId;
    use crate::play;
    use crate::program::expression;

    /// What stands in quotes in an explanation, with a name for each word in capitals.
    fn examples(about: &str) -> Vec<String> {
        let quoted = about.split('`').skip(1).step_by(2);
        let filled = quoted.map(|it| {
            let words = it.split(' ').map(|word| match word {
                "DATE" => "2022-08-04".to_owned(),
                word => word.to_lowercase(),
            });
            words.collect::<Vec<_>>().join(" ")
        });
        filled.collect()
    }

    #[test]
    fn examples_in_explanations_are_of_the_language() {
        for word in EXPRESSION.iter().chain(&BESIDE) {
            for example in examples(word.1).iter().filter(|it| *it != "none") {
                assert!(expression::parse(example).is_ok(), "{example}");
            }
        }
        for word in VERBS.iter().chain(&EXPECTED).chain(&WAITED) {
            for example in examples(word.1)
                .iter()
                .filter(|it| !it.starts_with(['>', '.']))
            {
                let (_, findings) = play::parse(example, FileId(0));
                assert!(findings.is_empty(), "{example}: {findings:?}");
            }
        }
        for word in ANSWERS.iter().chain([&ENDEX, &CONSENT]) {
            assert!(word.1.ends_with('.'), "{}", word.0);
        }
    }
}
