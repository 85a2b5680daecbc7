//! Numbers, durations, lists and plurals as correct English; the names of the months; *did you mean*; visible
//! substitutes for what a terminal must not see; paths of Windows as URIs write them.

mod meant;
mod odd;
mod path;
mod screen;
mod unit;

pub use meant::did_you_mean;
pub use odd::{OddCharacter, is_tag, odd_character};
pub use path::{file_scheme, slashed};
pub use screen::{clipped, forbidden, one_line, visible};
pub use unit::{article, unit};

/// The names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A whole number with thousands separators, as in `12,340`.
#[must_use]
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of minutes, as in `20 min`, `1 h 30 min` or `2 d 4 h`. A day is always 24 hours.
#[must_use]
pub fn duration(minutes: i64) -> String {
    let whole = minutes.unsigned_abs();
    let parts = [
        (whole / 1440, "d"),
        (whole / 60 % 24, "h"),
        (whole % 60, "min"),
    ];
    let mut text = String::new();
    for (count, unit) in parts {
        if count == 0 {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend([&number(count as i64), " ", unit]);
    }
    if text.is_empty() {
        return "0 min".to_owned();
    }
    let sign = if minutes < 0 { "-" } else { "" };
    format!("{sign}{text}")
}

/// A text as lines of at most `characters_max`, broken between words; a longer word has a line of its own.
#[must_use]
pub fn folded(text: &str, characters_max: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in text.split_whitespace() {
        let long = current.chars().count() + 1 + word.chars().count() > characters_max;
        if long && !current.is_empty() {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// A list with commas and a last "and", as in `a, b and c`; empty for no items.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

/// A list with commas and a last "or", as in `a, b or c`; empty for no items.
#[must_use]
pub fn choice<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "or")
}

fn joined<S: AsRef<str>>(items: &[S], last_word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {last_word} {last}", first.join(", ")),
    }
}

/// A number with the word for what it counts, as in `1 point` or `1,200 points`.
#[must_use]
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{} {}", self::number(number), plural(number, one, many))
}

/// The word for a number of things: `one` for 1 and -1, otherwise `many`.
#[must_use]
pub fn plural<'a>(number: i64, one: &'a str, many: &'a str) -> &'a str {
    if number.unsigned_abs() == 1 {
        one
    } else {
        many
    }
}

#[cfg(test)]
mod tests {
    use super::{choice, count, duration, folded, list, number};

    #[test]
    fn thousands_are_separated_by_commas() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-12340, "-12,340"),
            (1_234_567, "1,234,567"),
            (i64::MIN, "-9,223,372,036,854,775,808"),
        ];
        for (given, expected) in cases {
            assert_eq!(number(given), expected);
        }
    }

    #[test]
    fn folded_text_has_short_lines_and_every_word() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[""]),
            ("one two", &["one two"]),
            ("one two three", &["one two", "three"]),
            ("a  b\nc", &["a b c"]),
            ("longer_than_a_line is", &["longer_than_a_line", "is"]),
        ];
        for (given, expected) in cases {
            assert_eq!(folded(given, 7), *expected);
        }
    }

    #[test]
    fn durations_name_only_the_units_that_count() {
        let cases = [
            (0, "0 min"),
            (20, "20 min"),
            (90, "1 h 30 min"),
            (1440, "1 d"),
            (3120, "2 d 4 h"),
            (1441, "1 d 1 min"),
            (-90, "-1 h 30 min"),
            (1440 * 1000, "1,000 d"),
        ];
        for (given, expected) in cases {
            assert_eq!(duration(given), expected);
        }
    }

    #[test]
    fn lists_end_with_a_word() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(choice(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn one_takes_the_singular_whatever_its_sign() {
        assert_eq!(count(1, "point", "points"), "1 point");
        assert_eq!(count(-1, "point", "points"), "-1 point");
        assert_eq!(count(0, "point", "points"), "0 points");
        assert_eq!(count(1200, "point", "points"), "1,200 points");
    }
}
