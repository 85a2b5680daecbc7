//! What a terminal must not see, and what it sees instead.

use std::borrow::Cow;

/// Whether a terminal must not see this character: C0 controls except newline and tab, DEL, C1 controls, and the
/// controls of writing direction, which can make a text look like another one.
#[must_use]
pub fn forbidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    }
}

/// The text with every [`forbidden`] character replaced by something visible: the picture of a C0 control (`␛`), or the
/// code of any other (`<U+202E>`).
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, forbidden)
}

/// As [`visible`], but for a single line: newlines and tabs become pictures too.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    replaced(text, |character| {
        forbidden(character) || matches!(character, '\n' | '\t')
    })
}

/// The text, cut after `characters_max` characters with `…` if it is longer.
#[must_use]
pub fn clipped(text: &str, characters_max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters_max) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

fn replaced(text: &str, unwanted: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&unwanted) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if unwanted(character) {
            push_substitute(&mut shown, character);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn push_substitute(shown: &mut String, character: char) {
    let code = u32::from(character);
    let picture = match code {
        0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    };
    match picture {
        Some(picture) => shown.push(picture),
        None => shown.extend(["<U+", &format!("{code:04X}"), ">"]),
    }
}

#[cfg(test)]
mod tests {
    use super::{clipped, forbidden, one_line, visible};
    use std::borrow::Cow;

    #[test]
    fn what_a_terminal_must_not_see_is_replaced() {
        let cases = [
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\0\r\u{7f}", "a␀␍␡"),
            ("\u{9b}1m", "<U+009B>1m"),
            ("\u{202e}x\u{61c}", "<U+202E>x<U+061C>"),
        ];
        for (given, expected) in cases {
            assert_eq!(visible(given), expected);
            assert!(!visible(given).chars().any(forbidden));
        }
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        let text = "Ärzte,\n\tnaïve – 漢字 🚑";
        assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn a_clipped_text_says_that_it_goes_on() {
        assert_eq!(clipped("été", 3), "été");
        assert_eq!(clipped("étés", 3), "été…");
    }

    #[test]
    fn one_line_shows_newlines_too() {
        assert_eq!(one_line("a\nb\tc"), "a␊b␉c");
    }
}
