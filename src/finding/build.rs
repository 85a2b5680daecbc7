//! Builds a finding piece by piece.

use super::{Finding, Place, Severity};

impl Finding {
    /// A finding that stops the scenario from being run.
    #[must_use]
    pub fn error(rule: &'static str, place: Place, headline: impl Into<String>) -> Self {
        Self::new(Severity::Error, rule, place, headline.into())
    }

    /// A finding about something that is not as somebody expects.
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

    /// Adds a few words beside the underlined place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place that explains this one, with its own words.
    #[must_use]
    pub fn related(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related = Some((place, words.into()));
        self
    }

    /// Adds a sentence on what to do, or why it matters.
    #[must_use]
    pub fn hint(mut self, sentence: impl Into<String>) -> Self {
        self.hints.push(sentence.into());
        self
    }

    /// Adds the text that was probably meant.
    #[must_use]
    pub fn instead(mut self, text: impl Into<String>) -> Self {
        self.instead = Some(text.into());
        self
    }

    /// A sentence that offers a correction.
    #[must_use]
    pub fn offer(instead: &str) -> String {
        match instead {
            "" => "Leave it out.".to_owned(),
            _ if instead.trim().is_empty() => "Write plain spaces.".to_owned(),
            _ => format!("Did you mean `{instead}`?"),
        }
    }

    /// The same if there is such a text.
    #[must_use]
    pub fn instead_if(mut self, text: Option<impl Into<String>>) -> Self {
        self.instead = text.map(Into::into).or(self.instead);
        self
    }
}
