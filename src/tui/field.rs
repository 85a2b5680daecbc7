//! A text that somebody types: one type for names, notes and whole messages.
//!
//! The cursor moves by what a reader calls one character, however many code points that is. Nothing here knows where
//! on the screen the text stands.

use std::cell::Cell;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::front::text::width;
use crate::tui::Key;
use crate::words::{one_line, visible};

/// The longest name of a person, a sender or a subject, in characters.
pub(super) const NAME_MAX_CHARACTERS: usize = 80;

/// The longest note, reason or message, in characters: what is read aloud in a minute.
pub(super) const TEXT_MAX_CHARACTERS: usize = 600;

/// When no more than this many characters are left, the field says how many.
const NEARLY_FULL_CHARACTERS: usize = 40;

/// A text and a cursor in it.
#[derive(Clone, Debug)]
pub(super) struct TextField {
    text: String,
    /// The byte before which the cursor stands; never inside what a reader calls one character.
    cursor: usize,
    /// Whether Enter begins another line.
    multiline: bool,
    characters_max: usize,
    /// The columns of the last frame, for going up and down.
    columns: Cell<usize>,
}

impl TextField {
    /// One line, shown on several if it is long.
    pub(super) fn line(characters_max: usize) -> TextField {
        TextField {
            text: String::new(),
            cursor: 0,
            multiline: false,
            characters_max,
            columns: Cell::new(60),
        }
    }

    /// A text of several lines.
    pub(super) fn lines(characters_max: usize) -> TextField {
        TextField {
            multiline: true,
            ..TextField::line(characters_max)
        }
    }

    /// The same with this text in it, and the cursor at its end.
    pub(super) fn with_text(mut self, text: &str) -> TextField {
        text.clone_into(&mut self.text);
        self.cursor = self.text.len();
        self
    }

    /// Exactly what was typed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing but space was typed.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Empties the field and returns what was typed.
    pub(super) fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// How many more characters fit, once there are few.
    pub(super) fn room_left(&self) -> Option<usize> {
        let left = self.characters_max.saturating_sub(self.characters());
        (left <= NEARLY_FULL_CHARACTERS.min(self.characters_max / 4)).then_some(left)
    }

    fn characters(&self) -> usize {
        self.text.chars().count()
    }

    /// Takes a key; returns whether it means anything here.
    pub(super) fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) => self.insert(c),
            Key::Enter if self.multiline => self.insert('\n'),
            Key::Backspace => self.delete(self.before(self.cursor)..self.cursor),
            Key::Delete => self.delete(self.cursor..self.after(self.cursor)),
            Key::Left => self.cursor = self.before(self.cursor),
            Key::Right => self.cursor = self.after(self.cursor),
            Key::Home => self.cursor = self.row_of(self.cursor).1.start,
            Key::End => self.cursor = self.row_of(self.cursor).1.end,
            Key::Up => return self.go(-1),
            Key::Down => return self.go(1),
            _ => return false,
        }
        true
    }

    fn insert(&mut self, c: char) {
        // A control character would be stored and never seen.
        let breaks = c == '\n' && self.multiline;
        if (c.is_control() && !breaks) || self.characters() >= self.characters_max {
            return;
        }
        self.text.insert(self.cursor, c);
        self.cursor += c.len_utf8();
        self.leave_character();
    }

    /// After an edit, what stands before and after the cursor may have become one character.
    fn leave_character(&mut self) {
        if self.cursor > 0 && !self.ends().contains(&self.cursor) {
            self.cursor = self.after(self.cursor);
        }
    }

    fn delete(&mut self, range: Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
        self.leave_character();
    }

    /// Puts a text in at the cursor; in a field of one line its line breaks become spaces. Returns whether all of it fits.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        let text = text.trim_end_matches('\n').replace('\t', " ");
        for c in text.chars() {
            let room = self.characters() < self.characters_max;
            if !room && !c.is_control() {
                return false;
            }
            self.insert(if c == '\n' && !self.multiline { ' ' } else { c });
        }
        true
    }

    /// Where each character ends.
    fn ends(&self) -> Vec<usize> {
        clusters(&self.text).map(|it| it.end).collect()
    }

    fn before(&self, at: usize) -> usize {
        clusters(&self.text)
            .map(|it| it.start)
            .take_while(|start| *start < at)
            .last()
            .unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let mut ends = self.ends().into_iter();
        ends.find(|end| *end > at).unwrap_or(self.text.len())
    }

    /// Goes up or down by rows of the last frame; returns whether there is such a row.
    fn go(&mut self, by: isize) -> bool {
        let (row, range) = self.row_of(self.cursor);
        let column = width(&shown(&self.text[range.start..self.cursor]));
        let rows = self.rows(self.columns.get());
        let Some(next) = row.checked_add_signed(by).and_then(|row| rows.get(row)) else {
            return false;
        };
        let text = &self.text[next.clone()];
        let within = clusters(text)
            .map(|it| it.end)
            .take_while(|end| width(&shown(&text[..*end])) <= column)
            .last()
            .unwrap_or(0);
        self.cursor = next.start + within;
        true
    }

    fn row_of(&self, at: usize) -> (usize, Range<usize>) {
        let rows = self.rows(self.columns.get());
        let row = rows.iter().rposition(|row| row.start <= at).unwrap_or(0);
        (row, rows[row].clone())
    }

    /// The text as rows, broken after spaces where possible. At least one.
    fn rows(&self, columns: usize) -> Vec<Range<usize>> {
        // The cursor needs a column after a full row.
        let room = columns.saturating_sub(1).max(2);
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let mut row = start;
            let mut taken = 0;
            let mut space = None;
            for it in clusters(line) {
                let cluster = &line[it.clone()];
                let wide = width(&shown(cluster));
                let here = start + it.start;
                if taken + wide > room && here > row {
                    let cut = space.filter(|cut| *cut > row).unwrap_or(here);
                    rows.push(row..cut);
                    taken = width(&shown(&self.text[cut..here]));
                    row = cut;
                    space = None;
                }
                taken += wide;
                if cluster == " " {
                    space = Some(start + it.end);
                }
            }
            rows.push(row..start + line.len());
            start += line.len() + 1;
        }
        rows
    }

    /// The rows to draw, without what a terminal must not see.
    pub(super) fn visible_rows(&self, columns: usize) -> Vec<String> {
        self.columns.set(columns);
        let rows = self.rows(columns).into_iter();
        rows.map(|row| shown(&self.text[row])).collect()
    }

    /// The row and column of the cursor among [`TextField::visible_rows`].
    pub(super) fn cursor_in(&self, columns: usize) -> (usize, usize) {
        self.columns.set(columns);
        let (row, range) = self.row_of(self.cursor);
        (row, width(&shown(&self.text[range.start..self.cursor])))
    }
}

/// A row as it is shown.
fn shown(text: &str) -> String {
    one_line(&visible(text)).into_owned()
}

/// What a reader calls characters: a letter with its accents, an emoji with all that it is joined to.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let all = text.grapheme_indices(true);
    all.map(|(at, cluster)| at..at + cluster.len())
}

#[cfg(test)]
mod tests {
    use super::TextField;
    use crate::tui::Key;

    /// The field after these keys: `<` left, `>` right, `^` up, `v` down, `#` Backspace, `%` Delete, `[` Home, `]` End, `/` Enter.
    fn typed(keys: &str, mut field: TextField) -> TextField {
        for c in keys.chars() {
            field.key(match c {
                '<' => Key::Left,
                '>' => Key::Right,
                '^' => Key::Up,
                'v' => Key::Down,
                '#' => Key::Backspace,
                '%' => Key::Delete,
                '[' => Key::Home,
                ']' => Key::End,
                '/' => Key::Enter,
                other => Key::Char(other),
            });
        }
        field
    }

    #[test]
    fn keys_edit_where_the_cursor_stands() {
        for (keys, text) in [
            ("abc<<x", "axbc"),
            ("abc[x]y", "xabcy"),
            ("abc#", "ab"),
            ("#a", "a"),
            ("abc[%", "bc"),
            ("abc%", "abc"),
            ("a👩\u{200d}🚒b<<%", "ab"),
            ("ab/cd[<%", "abcd"),
            ("ab>>c", "abc"),
            ("a/b", "a\nb"),
            ("ab/cd^x", "abx\ncd"),
            ("ab/cd[^x", "xab\ncd"),
            ("ab/c^v^]x", "abx\nc"),
            ("日本<x", "日x本"),
            ("日本##", ""),
            ("e\u{301}#", ""),
            ("ae\u{301}<x", "axe\u{301}"),
            ("👩\u{200d}🚒#", ""),
            ("👍🏽b<<x", "x👍🏽b"),
            ("a\u{7}\u{9b}\tb", "ab"),
        ] {
            let field = TextField::lines(600);
            field.cursor_in(40);
            assert_eq!(typed(keys, field).text(), text, "{keys:?}");
        }
    }

    #[test]
    fn rows_break_after_spaces_and_the_cursor_is_inside() {
        for (text, columns, rows, cursor) in [
            ("", 10, vec![""], (0, 0)),
            ("one two three", 9, vec!["one two ", "three"], (1, 5)),
            ("abcdefghij", 5, vec!["abcd", "efgh", "ij"], (2, 2)),
            ("ab\n", 5, vec!["ab", ""], (1, 0)),
            ("日本語", 5, vec!["日本", "語"], (1, 2)),
            ("e\u{301}e\u{301}", 5, vec!["e\u{301}e\u{301}"], (0, 2)),
            ("a\u{202e}b", 20, vec!["a<U+202E>b"], (0, 10)),
        ] {
            let field = TextField::lines(600).with_text(text);
            assert_eq!(field.visible_rows(columns), rows, "{text:?}");
            assert_eq!(field.cursor_in(columns), cursor, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_typed_past_the_limit_and_little_room_is_announced() {
        let field = typed(&"x".repeat(100), TextField::line(80));
        assert_eq!((field.text().len(), field.room_left()), (80, Some(0)));
        assert_eq!(typed("ab", TextField::line(80)).room_left(), None);
        assert_eq!(typed("a/b", TextField::line(80)).text(), "ab");
    }

    #[test]
    fn a_paste_stays_within_its_field() {
        for (mut field, pasted, text, fits) in [
            (TextField::line(80), "a\nb\tc\n", "a b c", true),
            (TextField::lines(80), "a\nb", "a\nb", true),
            (TextField::line(80), "a\x1b[2Jb\u{9b}", "a[2Jb", true),
            (TextField::line(3), "abcd", "abc", false),
            (TextField::line(3), "abc\n\n", "abc", true),
        ] {
            assert_eq!(
                (field.paste(pasted), field.text()),
                (fits, text),
                "{pasted:?}"
            );
        }
        let mut field = TextField::line(80).with_text("ad");
        field.key(Key::Left);
        assert!(field.paste("bc"));
        assert_eq!(field.text(), "abcd");
    }

    #[test]
    fn up_and_down_leave_a_field_at_its_ends() {
        let mut field = TextField::lines(80).with_text("a\nb");
        assert_eq!(
            [Key::Down, Key::Up, Key::Up].map(|key| field.key(key)),
            [false, true, false]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_keys_leave_the_cursor_between_characters(keys in "[a-c<>^v#%\\[\\]/ 日e\u{301}\u{200d}👩🏽\u{202e}]{0,60}", columns in 0_usize..12) {
            let mut field = TextField::lines(40);
            for c in keys.chars() {
                field = typed(&c.to_string(), field);
                proptest::prop_assert!(field.cursor == 0 || field.ends().contains(&field.cursor));
                let (row, column) = field.cursor_in(columns);
                let rows = field.visible_rows(columns);
                proptest::prop_assert!(row < rows.len() && column <= crate::front::text::width(&rows[row]));
            }
        }
    }
}
