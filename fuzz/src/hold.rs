//! What holds for every finding.

use sandtable::check;
use sandtable::finding::{Colour, Finding, Place, Sources};

/// So many findings are drawn: the others cost time and show nothing new.
const DRAWN_MAX: usize = 5;

/// Each finding has a rule, words and a place within the text, and can be drawn.
pub fn findings(findings: &[Finding], sources: &Sources) {
    for (number, finding) in findings.iter().enumerate() {
        assert!(check::rule(finding.rule).is_some(), "no rule: {finding:?}");
        assert!(!finding.headline.is_empty(), "no words: {finding:?}");
        place(sources, finding.place, finding);
        if let Some((related, _)) = &finding.related {
            place(sources, *related, finding);
        }
        if number < DRAWN_MAX {
            harmless(&finding.short(sources));
            harmless(&finding.full(sources, Colour::Plain));
        }
    }
}

fn place(sources: &Sources, place: Place, finding: &Finding) {
    let text = sources.get(place.file).map(|it| it.text.as_str());
    let text = text.unwrap_or_else(|| panic!("no file: {finding:?}"));
    within(text, place.start as usize..place.end as usize, finding);
}

/// A range lies within a text, and begins and ends between characters.
pub fn within(text: &str, range: std::ops::Range<usize>, what: &impl std::fmt::Debug) {
    assert!(
        text.get(range.clone()).is_some(),
        "{range:?} is no piece of {} bytes: {what:?}",
        text.len()
    );
}

/// Nothing that a terminal obeys.
pub fn harmless(text: &str) {
    let obeyed = |it: char| {
        it.is_control() && it != '\n'
            || matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(obeyed), "{text:?}");
}
