//! Every rule by name, with its page.
//!
//! The pages are the files of `docs/rules`; they are tests too, see `src/check/tests/pages.rs`.

/// A rule: what a finding of this name is about.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, as in `unknown-name`; it reads well after "allow".
    pub name: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
}

impl Rule {
    /// The sentence below the title of the page.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let below = self.page.split_once("\n\n").map_or("", |(_, below)| below);
        below.split_once("\n\n").map_or(below, |(line, _)| line)
    }
}

macro_rules! rules {
    ($($name:literal)*) => {
        [$(Rule { name: $name, page: include_str!(concat!("../../docs/rules/", $name, ".md")) }),*]
    };
}

/// Every rule, by name.
pub static RULES: &[Rule] = &rules! {
    "after-endex"
    "always-right"
    "ambiguous-word"
    "bad-allow"
    "bad-channel"
    "bad-confidence"
    "bad-date"
    "bad-default"
    "bad-duration"
    "bad-id"
    "bad-line"
    "bad-map"
    "bad-number"
    "bad-standing"
    "bad-zone"
    "broken-rule"
    "clock-change"
    "confidence-mismatch"
    "constant-comparison"
    "control-character"
    "cut-short-by-comment"
    "dead-end"
    "deadline-before-opening"
    "default-needs"
    "default-never-better"
    "defined-twice"
    "division-by-zero"
    "empty-field"
    "empty-text"
    "endless-phase"
    "excess-field"
    "expression-syntax"
    "figure-mismatch"
    "hidden-on-board"
    "invented-cites"
    "late-inject"
    "leaves-bounds"
    "limit-exceeded"
    "misplaced-line"
    "missing-feedback"
    "missing-field"
    "missing-file"
    "missing-history"
    "needs-hindsight"
    "never-came"
    "never-comes"
    "never-right"
    "newer-format"
    "no-expectation"
    "no-last-ending"
    "not-one-line"
    "not-proven"
    "not-seen"
    "not-utf8"
    "number-out-of-range"
    "odd-character"
    "one-option"
    "outside-bounds"
    "outside-calendar"
    "outside-exercise"
    "placeholder-text"
    "pointless-decision"
    "rate-reads-time"
    "refused-move"
    "repeated-key"
    "reserved-name"
    "ring-of-injects"
    "score-without-because"
    "self-consent"
    "split-at-comma"
    "text-too-long"
    "thoughtless-bot"
    "title-too-long"
    "too-deep"
    "too-large"
    "too-many-findings"
    "uncited-fact"
    "uncited-mark"
    "unforeseeable"
    "unknown-fact"
    "unknown-field"
    "unknown-name"
    "unknown-source"
    "unmarked-text"
    "unmet-expectation"
    "unreachable-action"
    "unreachable-ending"
    "unreachable-inject"
    "unreachable-option"
    "unreachable-phase"
    "unread-value"
    "unscored-objective"
    "unused-allow"
    "unused-file"
    "unused-name"
    "unused-roll"
    "unwanted-markup"
    "uses-without-takes"
    "worth-total"
    "wrong-bands"
    "wrong-kind"
    "wrong-order"
    "wrong-type"
    "yaml-alias"
    "yaml-boolean"
    "yaml-number"
    "yaml-syntax"
    "yaml-tag"
    "zero-duration"
};

/// The rule with this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// The page of a rule, in Markdown.
#[must_use]
pub fn page(rule: &str) -> Option<&'static str> {
    self::rule(rule).map(|rule| rule.page)
}
