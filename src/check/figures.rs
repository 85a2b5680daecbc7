//! Numbers, dates, days and times in a text, as a reader takes them.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

/// A figure of a text, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextFigure {
    pub range: Range<usize>,
    pub what: FigureKind,
}

/// What a figure says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    /// How many, in thousandths.
    Number(Number),
    /// A day of a month, or a month.
    Date(Day),
    /// A year alone.
    Year(i16),
    /// A day of the week.
    Weekday(Weekday),
    /// A time of day, in minutes.
    Time(u32),
}

/// How many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// In thousandths.
    pub value: i128,
    /// The word after it: what is counted. In small letters; may be empty.
    pub unit: String,
    /// Between how many thousandths of the number the true one may lie, where a word says that it is rounded.
    pub about: Option<(i128, i128)>,
    /// Whether it is part of a name, as in `NHS 111` or `Article 33`.
    pub in_name: bool,
    /// Whether it is a word, as in `nine`.
    pub is_word: bool,
}

/// A date as far as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub number: Option<i8>,
    pub month: i8,
    pub year: Option<i16>,
}

impl Day {
    /// The day of the week, where the whole date is known.
    pub fn weekday(self, year: Option<i16>) -> Option<Weekday> {
        let date = Date::new(self.year.or(year)?, self.month, self.number?).ok()?;
        Some(date.weekday())
    }
}

const MONTHS: [&str; 12] = [
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

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// The names of the months, then those of the weekdays.
pub(super) fn names_of_dates() -> impl Iterator<Item = &'static str> {
    MONTHS
        .into_iter()
        .chain(WEEKDAYS.iter().map(|(name, _)| *name))
}

const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words of rounding, with the least and the most of the true number, in thousandths of the written one.
const ABOUT: [(&str, (i128, i128)); 24] = [
    ("about", (900, 1_100)),
    ("around", (900, 1_100)),
    ("roughly", (900, 1_100)),
    ("approximately", (900, 1_100)),
    ("circa", (900, 1_100)),
    ("some", (900, 1_100)),
    ("just", (900, 1_100)),
    ("or", (900, 1_100)),
    ("to", (900, 1_100)),
    ("nearly", (850, 1_000)),
    ("almost", (850, 1_000)),
    ("under", (800, 1_000)),
    ("below", (800, 1_000)),
    ("than", (800, 1_250)),
    ("least", (1_000, 1_250)),
    ("over", (1_000, 1_250)),
    ("above", (1_000, 1_250)),
    ("most", (800, 1_000)),
    ("only", (900, 1_100)),
    ("near", (900, 1_100)),
    ("estimated", (900, 1_100)),
    ("towards", (850, 1_000)),
    ("past", (1_000, 1_250)),
    ("exceeding", (1_000, 1_250)),
];

/// Words before a number that is a name or a place in a row, and counts nothing.
const NAMING: [&str; 24] = [
    "article",
    "articles",
    "art",
    "section",
    "schedule",
    "regulation",
    "part",
    "annex",
    "chapter",
    "rule",
    "phase",
    "step",
    "day",
    "days",
    "week",
    "level",
    "priority",
    "version",
    "room",
    "ward",
    "ticket",
    "page",
    "line",
    "no",
];

/// Days of one month are not listed over more than this.
const DAYS_MAX_BYTES: usize = 60;

/// A word, a number, or something between.
#[derive(Clone, Copy)]
struct TextToken<'t> {
    start: usize,
    text: &'t str,
}

impl TextToken<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_number(&self) -> bool {
        self.text.starts_with(|first: char| first.is_ascii_digit())
    }

    /// A whole number of at most four digits.
    fn small(&self) -> Option<i16> {
        let is_plain = self.text.len() <= 4 && self.text.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| self.text.parse().ok()).flatten()
    }

    fn month(&self) -> Option<i8> {
        let is_short = self.text == "Sept" || self.text.len() == 3;
        let is_month =
            |name: &str| self.text == name || is_short && name.starts_with(&self.text[..3]);
        if self.text.len() < 3 || !self.text.is_char_boundary(3) {
            return None;
        }
        let at = MONTHS.iter().position(|name| is_month(name))?;
        i8::try_from(at + 1).ok()
    }
}

/// Everything that a text counts or dates, in order.
pub(super) fn figures(text: &str) -> Vec<TextFigure> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let taken = dates(&pieces, at, text, &mut found)
            .or_else(|| time(&pieces, at, text, &mut found))
            .or_else(|| word(&pieces, at, &mut found))
            .or_else(|| number(&pieces, at, text, &mut found));
        at += taken.unwrap_or(1);
    }
    found
}

/// Words, and numbers with what stands between their digits.
fn pieces(text: &str) -> Vec<TextToken<'_>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        if bytes[at].is_ascii_digit() {
            let inner = |at: usize| {
                matches!(bytes.get(at), Some(b',' | b'.'))
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            };
            while at < bytes.len() && (bytes[at].is_ascii_digit() || inner(at)) {
                at += 1;
            }
        } else if bytes[at].is_ascii_alphabetic() || !bytes[at].is_ascii() {
            let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
            while at < bytes.len() && is_letter(bytes[at]) {
                at += 1;
            }
            // A pound sign is no part of a word.
            if text[start..at]
                .chars()
                .all(|letter| !letter.is_alphabetic())
            {
                continue;
            }
        } else {
            at += 1;
            continue;
        }
        pieces.push(TextToken {
            start,
            text: &text[start..at],
        });
    }
    pieces
}

fn between<'t>(text: &'t str, one: &TextToken, other: &TextToken) -> &'t str {
    text.get(one.end()..other.start).unwrap_or("")
}

/// One day or several before a month, a day after one, or a month alone, with a year if there is one.
fn dates(
    pieces: &[TextToken],
    at: usize,
    text: &str,
    found: &mut Vec<TextFigure>,
) -> Option<usize> {
    let mut days: Vec<i8> = Vec::new();
    let mut next = at;
    // `2 August`, `2 to 4 August`, `11, 12 and 13 August`, `the 4th of August`.
    while let Some(day) = pieces.get(next).and_then(TextToken::small) {
        if !(1..=31).contains(&day) || is_glued(text, pieces[next].start) {
            return None;
        }
        days.push(i8::try_from(day).ok()?);
        next += 1;
        while pieces.get(next).is_some_and(|piece| {
            ["st", "nd", "rd", "th", "of", "to", "and"].contains(&piece.text)
                && pieces[next - 1].end() + 1 >= piece.start
        }) {
            next += 1;
        }
        if days.len() > 1 && between(text, &pieces[at], &pieces[next - 1]).len() > DAYS_MAX_BYTES {
            return None;
        }
    }
    let month = pieces.get(next)?.month()?;
    let start = pieces[at].start;
    let mut end = pieces[next].end();
    let is_plain = |between: &str| between.trim().is_empty() || between.trim() == ",";
    next += 1;
    if days.is_empty()
        && let Some(piece) = pieces.get(next)
        && let Some(day) = piece.small().filter(|day| (1..=31).contains(day))
        && between(text, &pieces[next - 1], piece) == " "
        && !text[piece.end()..].starts_with([':', '%'])
    {
        days.push(i8::try_from(day).ok()?);
        end = piece.end();
        next += 1;
        while pieces
            .get(next)
            .is_some_and(|it| ["st", "nd", "rd", "th"].contains(&it.text))
        {
            next += 1;
        }
    }
    let year = pieces.get(next).and_then(|piece| {
        let year = piece.small().filter(|year| (1900..2100).contains(year))?;
        is_plain(between(text, &pieces[next - 1], piece)).then_some((year, piece.end()))
    });
    if let Some((_, after)) = year {
        end = after;
        next += 1;
    }
    let year = year.map(|(year, _)| year);
    let is_range = text[start..end].contains(" to ");
    if let (true, [first, last]) = (is_range, &days[..])
        && first < last
    {
        days = (*first..=*last).collect();
    }
    let days: Vec<Option<i8>> = if days.is_empty() {
        vec![None]
    } else {
        days.into_iter().map(Some).collect()
    };
    found.extend(days.into_iter().map(|day| TextFigure {
        range: start..end,
        what: FigureKind::Date(Day {
            number: day,
            month,
            year,
        }),
    }));
    Some(next - at)
}

/// `07:00`, `7am`, `7.30 pm`.
fn time(pieces: &[TextToken], at: usize, text: &str, found: &mut Vec<TextFigure>) -> Option<usize> {
    let first = pieces.get(at).filter(|piece| piece.is_number())?;
    let (mut end, mut next) = (first.end(), at + 1);
    let (mut hour, mut minute) = (first.small().map(u32::try_from), 0);
    if text[end..].starts_with(':')
        && let Some(second) = pieces.get(next).filter(|second| second.start == end + 1)
    {
        minute = u32::try_from(second.small()?).ok()?;
        end = second.end();
        next += 1;
    } else if let Some((hours, minutes)) = first.text.split_once('.') {
        hour = Some(u32::try_from(hours.parse::<i16>().ok()?));
        minute = minutes.parse().ok().filter(|_| minutes.len() == 2)?;
    }
    let half = pieces
        .get(next)
        .filter(|half| ["am", "pm"].contains(&half.text));
    let half = half.filter(|half| half.start <= end + 1);
    if half.is_none() && !first.text.contains('.') && end == first.end()
        || half.is_none() && first.text.contains('.')
    {
        return None;
    }
    let mut hour = hour?.ok().filter(|hour| *hour < 25 && minute < 60)?;
    if let Some(half) = half {
        end = half.end();
        next += 1;
        hour = hour % 12 + if half.text == "pm" { 12 } else { 0 };
    }
    found.push(TextFigure {
        range: first.start..end,
        what: FigureKind::Time(hour * 60 + minute),
    });
    Some(next - at)
}

/// A weekday, or a number in words.
fn word(pieces: &[TextToken], at: usize, found: &mut Vec<TextFigure>) -> Option<usize> {
    let piece = pieces.get(at).filter(|piece| !piece.is_number())?;
    let range = piece.start..piece.end();
    let day = WEEKDAYS
        .iter()
        .find(|(name, _)| piece.text == *name || piece.text.strip_suffix('s') == Some(*name));
    if let Some((_, weekday)) = day {
        found.push(TextFigure {
            range,
            what: FigureKind::Weekday(*weekday),
        });
        return Some(1);
    }
    let lower = piece.text.to_ascii_lowercase();
    let value = WORDS.iter().position(|word| *word == lower)?;
    let unit = pieces.get(at + 1).map_or("", |unit| unit.text);
    found.push(TextFigure {
        range,
        what: FigureKind::Number(Number {
            value: value as i128 * 1_000,
            unit: unit.to_lowercase(),
            about: None,
            in_name: false,
            is_word: true,
        }),
    });
    Some(1)
}

/// Whether a number is part of a longer code, as in `T-10`, `CVE-2020-1472` or `b12`.
fn is_glued(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        Some(letter) if letter.is_alphabetic() || letter == '_' => true,
        Some('-') => before.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

fn number(
    pieces: &[TextToken],
    at: usize,
    text: &str,
    found: &mut Vec<TextFigure>,
) -> Option<usize> {
    let piece = pieces.get(at).filter(|piece| piece.is_number())?;
    if is_glued(text, piece.start) {
        return None;
    }
    let mut value = thousandths(piece.text)?;
    let (mut end, mut next) = (piece.end(), at + 1);
    if let Some(unit) = pieces.get(next) {
        let times = match unit.text {
            "m" | "million" => 1_000_000,
            "bn" | "billion" => 1_000_000_000,
            "k" | "thousand" => 1_000,
            _ => 1,
        };
        let is_near = between(text, piece, unit).trim().is_empty();
        // `3 m` may be metres.
        let is_times = times > 1 && is_near && (unit.text.len() > 2 || unit.start == piece.end());
        if is_times {
            value *= times;
            end = unit.end();
            next += 1;
        }
    }
    let year = piece.small().filter(|year| (1900..2100).contains(year));
    if let Some(year) = year.filter(|_| end == piece.end() && !text[end..].starts_with('%')) {
        found.push(TextFigure {
            range: piece.start..end,
            what: FigureKind::Year(year),
        });
        return Some(next - at);
    }
    let unit = match pieces.get(next) {
        _ if text[end..].starts_with('%') => "%".to_owned(),
        Some(unit)
            if !unit.is_number() && text[end..unit.start].trim_matches(['-', ' ']).is_empty() =>
        {
            unit.text.to_lowercase()
        }
        _ => String::new(),
    };
    found.push(TextFigure {
        range: piece.start..end,
        what: FigureKind::Number(Number {
            value,
            unit,
            about: about(pieces, at, next),
            in_name: is_in_name(pieces, at, text),
            is_word: false,
        }),
    });
    Some(next - at)
}

/// In thousandths, without the marks between thousands; none where it is no number but something like `3.0.1`.
fn thousandths(text: &str) -> Option<i128> {
    let plain = text.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if part.contains('.') || part.len() > 3 || whole.len() > 24 {
        return None;
    }
    let part: i128 = format!("{part:0<3}").parse().ok()?;
    Some(whole.parse::<i128>().ok()? * 1_000 + part)
}

/// What a word of rounding before the number, or after it, allows.
fn about(pieces: &[TextToken], at: usize, next: usize) -> Option<(i128, i128)> {
    let before = pieces[at.saturating_sub(2)..at].iter().rev();
    let mut words = before.map(|piece| piece.text.to_lowercase());
    let of = |word: &str| {
        ABOUT
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, about)| *about)
    };
    let found = words.find_map(|word| of(&word));
    let or_so = || {
        let after: Vec<&str> = pieces.iter().skip(next).take(4).map(|it| it.text).collect();
        after
            .windows(2)
            .any(|two| two == ["or", "so"] || two == ["or", "more"])
            .then_some((900, 1_250))
    };
    found.or_else(or_so)
}

/// Whether the word before makes a name of a number.
fn is_in_name(pieces: &[TextToken], at: usize, text: &str) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &pieces[at]) else {
        return false;
    };
    if between(text, before, &pieces[at]) != " " || before.is_number() {
        return false;
    }
    let lower = before.text.to_lowercase();
    let begins = text[..before.start].trim_end();
    let is_first = begins.is_empty() || begins.ends_with(['.', '!', '?', ':', '\n']);
    let capitals = before
        .text
        .chars()
        .filter(|letter| letter.is_uppercase())
        .count();
    let is_date = before.month().is_some() || WEEKDAYS.iter().any(|(name, _)| *name == before.text);
    NAMING.contains(&lower.as_str()) || capitals > 1 || capitals == 1 && !is_first && !is_date
}

#[cfg(test)]
mod tests {
    use super::{FigureKind, figures};

    /// Each figure as it is understood.
    fn shown(text: &str) -> String {
        let shown = figures(text).into_iter().map(|figure| match figure.what {
            FigureKind::Number(number) => {
                let name = if number.in_name { "name " } else { "" };
                let about = if number.about.is_some() { "~" } else { "" };
                format!("{name}{about}{} {}", number.value, number.unit)
            }
            FigureKind::Date(day) => format!("{:?}/{}/{:?}", day.number, day.month, day.year),
            FigureKind::Year(year) => format!("year {year}"),
            FigureKind::Weekday(day) => format!("{day:?}"),
            FigureKind::Time(minutes) => format!("at {minutes}"),
        });
        shown
            .collect::<Vec<_>>()
            .join(", ")
            .replace("Some(", "")
            .replace(')', "")
    }

    #[test]
    fn figures_are_read_as_a_reader_takes_them() {
        let cases = [
            ("295 endpoints", "295000 endpoints"),
            ("£3,076,320 in all", "3076320000 in"),
            ("£6.09m", "6090000000 "),
            ("40 million patients", "40000000000 patients"),
            ("about 79,000 people", "~79000000 people"),
            ("2,340 or so", "~2340000 or"),
            ("85% of it", "85000 %"),
            ("nine trusts", "9000 trusts"),
            ("NHS 111 and Article 33", "name 111000 and, name 33000 "),
            ("The 295 of them", "295000 of"),
            ("on day 29", "name 29000 "),
            ("T-10, CVE-2020-1472 and b12", ""),
            ("LockBit 3.0", "name 3000 "),
            ("2 August 2022", "2/8/2022"),
            ("2 to 4 Aug 2022", "2/8/2022, 3/8/2022, 4/8/2022"),
            ("August 4, 2022", "4/8/2022"),
            ("the 4th of August", "4/8/None"),
            ("in August 2022", "None/8/2022"),
            ("in 2025", "year 2025"),
            ("Thursday at 07:00", "Thursday, at 420"),
            ("7am, 7.30 pm", "at 420, at 1170"),
            ("in May or march", "None/5/None"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
