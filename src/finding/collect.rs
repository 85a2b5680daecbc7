//! Collects findings, and puts them in order.

use super::{Finding, Severity};

/// A collection of findings.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Adds all of another collection.
    pub fn append(&mut self, other: Findings) {
        self.found.extend(other.found);
    }

    /// Drops all but the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.found.truncate(count);
    }

    /// All of them, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.found.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many there are, duplicates included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// All of them by file and place, without exact duplicates. Those at one place stay in the order they were added.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.found
            .sort_by_key(|finding| (finding.place.file, finding.place.start));
        let mut sorted: Vec<Finding> = Vec::with_capacity(self.found.len());
        for finding in self.found {
            let same = sorted
                .iter()
                .rev()
                .take_while(|earlier| earlier.place.start == finding.place.start)
                .any(|earlier| *earlier == finding);
            if !same {
                sorted.push(finding);
            }
        }
        sorted
    }

    /// As [`Findings::into_sorted`], of a copy.
    #[must_use]
    pub fn sorted(&self) -> Vec<Finding> {
        self.clone().into_sorted()
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self {
            found: findings.into_iter().collect(),
        }
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.found.extend(findings);
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, Findings};
    use crate::finding::{FileId, Place};

    #[test]
    fn findings_come_by_file_and_place_without_duplicates() {
        let at = |file, start| Place::new(FileId(file), start..start + 1);
        let mut findings = Findings::default();
        for (file, start) in [(1, 0), (0, 9), (0, 2), (0, 9), (1, 0)] {
            findings.push(Finding::warning("rule", at(file, start), "headline"));
        }
        assert!(!findings.has_errors());
        findings.push(Finding::error("rule", at(0, 9), "headline"));
        assert!(findings.has_errors());
        let order: Vec<_> = findings
            .into_sorted()
            .iter()
            .map(|finding| (finding.place.file.0, finding.place.start, finding.severity))
            .map(|(file, start, severity)| format!("{file}:{start} {severity:?}"))
            .collect();
        assert_eq!(
            order,
            ["0:2 Warning", "0:9 Warning", "0:9 Error", "1:0 Warning"]
        );
    }
}
