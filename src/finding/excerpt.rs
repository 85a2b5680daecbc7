//! The source line of a place, safe to show.

use std::ops::Range;

use super::Place;
use super::sources::whole_characters;
use crate::words;

/// Characters shown on either side of a place in a long line: about the width of a terminal in all.
const AROUND_MAX_CHARACTERS: usize = 60;

/// Characters of the place itself that are shown.
const WITHIN_MAX_CHARACTERS: usize = 120;

/// One line of source, or a piece of it, with visible substitutes.
pub(super) struct Excerpt {
    /// What is shown.
    pub text: String,
    /// The place, in bytes of `text`.
    pub range: Range<usize>,
    /// Whether the place goes on beyond what is shown.
    pub shortened: bool,
}

impl Excerpt {
    /// Cuts the first line of a place out of the whole text.
    pub fn cut(text: &str, place: Place) -> Self {
        let place = whole_characters(text, place);
        let line_start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[place.start..]
            .find('\n')
            .map_or(text.len(), |at| place.start + at);
        let end = place.end.min(line_end);
        let before = last_characters(&text[line_start..place.start], AROUND_MAX_CHARACTERS);
        let within = first_characters(&text[place.start..end], WITHIN_MAX_CHARACTERS);
        let shortened = place.start + within.len() < place.end;
        let after = first_characters(
            &text[place.start + within.len()..line_end],
            AROUND_MAX_CHARACTERS,
        );
        let cut_before = before.len() < place.start - line_start;
        let cut_after = place.start + within.len() + after.len() < line_end;

        let mut shown = String::new();
        shown.push_str(if cut_before { "… " } else { "" });
        shown.push_str(&words::visible(before.trim_start_matches('\u{feff}')));
        let start = shown.len();
        shown.push_str(&words::visible(within.trim_end_matches('\r')));
        let range = start..shown.len();
        shown.push_str(&words::visible(after.trim_end_matches('\r')));
        shown.push_str(if cut_after { " …" } else { "" });
        Self {
            text: shown,
            range,
            shortened,
        }
    }
}

fn first_characters(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn last_characters(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}
