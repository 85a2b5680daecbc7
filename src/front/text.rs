//! Limited Markdown as lines of a given width, and texts cut and measured by their width on screen.

mod fold;

mod paragraphs;

pub use paragraphs::markdown;

use unicode_width::UnicodeWidthStr;

/// How a stretch of text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stress {
    /// Not at all.
    #[default]
    None,
    /// `*emphasis*`
    Emphasis,
    /// `**strong**`
    Strong,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    /// Its words.
    pub text: String,
    /// How it stands out.
    pub stress: Stress,
}

/// One line of the screen.
pub type TextLine = Vec<TextRun>;

/// How many columns the text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most `columns`, with `…` if it was cut.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    format!("{}…", head(text, columns - 1).trim_end())
}

/// The text in exactly `columns`, cut or filled with spaces.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut text = cut(text, columns);
    let fill = columns.saturating_sub(width(&text));
    text.extend(std::iter::repeat_n(' ', fill));
    text
}

/// The longest beginning that fits `columns`.
#[must_use]
pub fn head(text: &str, columns: usize) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if width(&text[..next]) > columns {
            break;
        }
        end = next;
    }
    &text[..end]
}

/// The longest end that fits `columns`: the part that matters of a text that is being typed.
#[must_use]
pub fn tail(text: &str, columns: usize) -> &str {
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if width(&text[at..]) > columns {
            break;
        }
        start = at;
    }
    &text[start..]
}

/// Plain text as lines of at most `columns`; its own line breaks stay.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let run = TextRun {
        text: text.to_owned(),
        stress: Stress::None,
    };
    let flat = |line: TextLine| line.into_iter().map(|run| run.text).collect();
    fold::fold(&[run], columns).into_iter().map(flat).collect()
}

#[cfg(test)]
mod tests {
    use super::{Stress, cut, markdown, pad, tail, width, wrap};

    fn flat(text: &str, columns: usize) -> Vec<String> {
        let join = |line: Vec<super::TextRun>| line.into_iter().map(|run| run.text).collect();
        markdown(text, columns).into_iter().map(join).collect()
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("Staffplan Citrix", 10), "Staffplan…");
        assert_eq!(cut("Staffplan", 9), "Staffplan");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("x", 0), "");
    }

    #[test]
    fn the_end_of_a_text_is_what_fits() {
        assert_eq!(tail("Carenotes", 5), "notes");
        assert_eq!(tail("日本語", 5), "本語");
        assert_eq!(tail("x", 0), "");
        assert_eq!(tail("", 3), "");
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(width(&pad("日本語", 4)), 4);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("a\nb", 8), ["a", "b"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("日本語", 3), ["日", "本", "語"]);
        assert_eq!(wrap("日本", 1), ["日", "本"]);
    }

    #[test]
    fn paragraphs_stand_apart_and_lists_hang() {
        let text = "One two\nthree.\n\n- first of all\n- second\n\nLast.";
        assert_eq!(
            flat(text, 9),
            [
                "One two", "three.", "", "- first", "  of all", "- second", "", "Last."
            ]
        );
    }

    #[test]
    fn emphasis_is_kept_across_lines() {
        let lines = markdown("a **b c** *d*.", 3);
        let stress: Vec<_> = lines
            .concat()
            .into_iter()
            .map(|run| (run.text, run.stress))
            .collect();
        assert!(stress.contains(&("b".to_owned(), Stress::Strong)));
        assert!(stress.contains(&("d".to_owned(), Stress::Emphasis)));
    }
}
