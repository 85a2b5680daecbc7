//! Making a finding, piece by piece.

use super::{Finding, Place, Severity};

impl Finding {
    /// A finding that keeps the scenario from being run.
    #[must_use]
    pub fn error(rule: &'static str, place: Place, headline: impl Into<String>) -> Self {
        Self::new(Severity::Error, rule, place, headline.into())
    }

    /// A finding about something that will surprise somebody.
    #[must_use]
    pub fn warning(rule: &'static str, place: Place, headline: impl Into<String>) -> Self {
        Self::new(Severity::Warning, rule, place, headline.into())
    }

    fn new(severity: Severity, rule: &'static str, place: Place, headline: String) -> Self {
        Self {
            rule,
            severity,
            headline,
            place,
            label: String::new(),
            related: None,
            hints: Vec::new(),
            instead: None,
        }
    }

    /// With a few words beside the underlined place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place that explains this one, and its words.
    #[must_use]
    pub fn related(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related = Some((place, words.into()));
        self
    }

    /// With one more sentence on what to do, or why it matters.
    #[must_use]
    pub fn hint(mut self, sentence: impl Into<String>) -> Self {
        self.hints.push(sentence.into());
        self
    }

    /// With the text that probably belongs at the place.
    #[must_use]
    pub fn instead(mut self, text: impl Into<String>) -> Self {
        self.instead = Some(text.into());
        self
    }

    /// With the text that probably belongs at the place, if there is one.
    #[must_use]
    pub fn instead_if(mut self, text: Option<impl Into<String>>) -> Self {
        self.instead = text.map(Into::into).or(self.instead);
        self
    }
}
