//! What was checked, and what was found in it.

use std::sync::Arc;

use super::{Finding, Severity, Sources};

/// A scenario or a play that was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its name or path, as it was given.
    pub name: String,
    /// In order of file and place.
    pub findings: Vec<Finding>,
    /// Every file that was checked; the findings point into them.
    pub sources: Arc<Sources>,
}

impl Checked {
    /// Drops the findings that are less bad than this.
    #[must_use]
    pub fn at_least(mut self, least: Severity) -> Self {
        self.findings
            .retain(|finding| finding.severity.is_at_least(least));
        self
    }

    /// Whether a finding is at least as bad as this.
    #[must_use]
    pub fn fails(&self, least: Severity) -> bool {
        self.count(least) > 0
    }

    /// How many findings are at least as bad as this.
    #[must_use]
    pub fn count(&self, least: Severity) -> usize {
        let bad = |finding: &&Finding| finding.severity.is_at_least(least);
        self.findings.iter().filter(bad).count()
    }
}

impl Severity {
    /// Whether it is as bad as another or worse.
    #[must_use]
    pub fn is_at_least(self, least: Severity) -> bool {
        // The worst stands first.
        self <= least
    }
}

#[cfg(test)]
mod tests {
    use super::Severity;
    use crate::finding::fixture::hostile;

    #[test]
    fn a_threshold_leaves_out_what_is_less_bad() {
        let all = hostile();
        assert_eq!(
            (all.count(Severity::Error), all.count(Severity::Warning)),
            (2, 3)
        );
        let errors = all.at_least(Severity::Error);
        assert_eq!(errors.findings.len(), 2);
        assert!(errors.fails(Severity::Error));
    }
}
