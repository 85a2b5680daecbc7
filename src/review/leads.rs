//! What each open option would lead to: the step function is asked, on a copy.

/// One option of an open decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The decision, by id.
    pub decision: String,
    /// The question, limited Markdown.
    pub question: String,
    /// The option, by id.
    pub option: String,
    /// Its label.
    pub label: String,
    /// Why it cannot be chosen now; then nothing else is known.
    pub barred: Option<String>,
    /// Every way that luck can fall, in the order of the scenario.
    pub branches: Vec<Branch>,
    /// How many more ways there are than are told.
    pub more: usize,
}

/// One way that it can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// How likely, as in `70 %`; `certain` where luck has no part.
    pub odds: String,
    /// What then happens, in order, a sentence each: values that change, points with their reason, news that comes, what
    /// is due later.
    pub lines: Vec<String>,
}
