//! Numbers, dates, weekdays and times in a text, as a reader understands them.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use crate::words::MONTHS;

/// A figure, and where it stands in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextFigure {
    pub range: Range<usize>,
    pub what: FigureKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    Number(Number),
    /// A day of a month, or a month.
    Date(Day),
    /// A year alone.
    Year(i16),
    Weekday(Weekday),
    /// A time of day, in minutes.
    Time(u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// In thousandths.
    pub value: i128,
    /// The word after it, in lower case: what is counted. May be empty.
    pub unit: String,
    /// If a word says that the number is rounded: the lowest and the highest true number, in thousandths of this one.
    pub about: Option<(i128, i128)>,
    /// Whether it is part of a name, as in `NHS 111` or `Article 33`.
    pub in_name: bool,
    /// Whether it is written as a word, as in `nine`.
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
    /// The weekday, if the whole date is known; `year` is for a date without one.
    pub fn weekday(self, year: Option<i16>) -> Option<Weekday> {
        let date = Date::new(self.year.or(year)?, self.month, self.number?).ok()?;
        Some(date.weekday())
    }
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

const NUMBERS: [&str; 21] = [
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

/// Words of rounding, with the lowest and the highest true number in thousandths of the written one.
const ROUNDING: [(&str, (i128, i128)); 6] = [
    (
        "about around roughly approximately circa some just or to only near estimated",
        (900, 1_100),
    ),
    ("nearly almost towards", (850, 1_000)),
    ("under below most", (800, 1_000)),
    ("than", (800, 1_250)),
    ("least over above past exceeding", (1_000, 1_250)),
    ("so more", (900, 1_250)),
];

/// The number after one of these is a name or a position, and counts nothing.
const NAMING: &str = "article articles art section schedule regulation part annex chapter rule phase step day days week \
                      level priority version room ward ticket page line no";

const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];

/// The names of the months, then those of the weekdays.
pub(super) fn names_of_dates() -> impl Iterator<Item = &'static str> {
    MONTHS.into_iter().chain(WEEKDAYS)
}

/// Where a name first stands with no letter or digit on either side.
pub(super) fn whole_word(text: &str, name: &str) -> Option<Range<usize>> {
    let is_apart = |beside: Option<char>| beside.is_none_or(|it| !it.is_alphanumeric());
    let mut places = text.match_indices(name).map(|(at, _)| at..at + name.len());
    places.find(|range| {
        let before = text[..range.start].chars().next_back();
        !name.is_empty() && is_apart(before) && is_apart(text[range.end..].chars().next())
    })
}

/// Everything in a text that counts or dates, in order.
pub(super) fn figures(text: &str) -> Vec<TextFigure> {
    let tokens = TextTokens::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.ranges.len() {
        let taken = (tokens.dates(at))
            .or_else(|| tokens.time(at))
            .or_else(|| tokens.weekday(at))
            .or_else(|| tokens.number_word(at))
            .or_else(|| tokens.number(at));
        let (next, kinds) = taken.unwrap_or((at + 1, Vec::new()));
        let range = tokens.ranges[at].start..tokens.ranges[next - 1].end;
        found.extend(kinds.into_iter().map(|what| TextFigure {
            range: range.clone(),
            what,
        }));
        at = next;
    }
    found
}

/// The first token after some figures, and the figures: several for days of one month.
type Taken = (usize, Vec<FigureKind>);

/// The words of a text, and its numbers with the marks between their digits.
struct TextTokens<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
}

impl<'t> TextTokens<'t> {
    fn new(text: &'t str) -> Self {
        let is_letter = |it: char| it.is_ascii_alphabetic() || !it.is_ascii();
        let mut ranges = Vec::new();
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            let end = if first.is_ascii_digit() {
                at + number_length(rest.as_bytes())
            } else {
                at + rest.find(|it| !is_letter(it)).unwrap_or(rest.len())
            };
            // A pound sign alone is not a word.
            if text[at..end].contains(char::is_alphanumeric) {
                ranges.push(at..end);
            }
            at = end.max(at + first.len_utf8());
        }
        Self { text, ranges }
    }

    /// The token at a position; empty after the last.
    fn word(&self, at: usize) -> &'t str {
        let range = self.ranges.get(at);
        range.map_or("", |range| &self.text[range.clone()])
    }

    /// What stands between a token and the one before it; empty before the first and after the last.
    fn gap(&self, at: usize) -> &'t str {
        let before = at.checked_sub(1).and_then(|before| self.ranges.get(before));
        let pair = before.zip(self.ranges.get(at));
        pair.map_or("", |(one, two)| &self.text[one.end..two.start])
    }

    /// The text after a token.
    fn after(&self, at: usize) -> &'t str {
        &self.text[self.ranges[at].end..]
    }

    /// A whole number of at most four digits within a range.
    fn whole(&self, at: usize, within: Range<i16>) -> Option<i16> {
        let word = self.word(at);
        let is_plain = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let number = word.parse().ok().filter(|number| within.contains(number));
        number.filter(|_| is_plain)
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.whole(at, 1..32).map(|day| day as i8)
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.whole(at, 1900..2100)
    }

    /// `August`, `Aug` or `Sept`.
    fn month(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let is_short = word.len() == 3 || word == "Sept";
        let is_month = |name: &str| name == word || is_short && name.starts_with(word);
        let month = MONTHS.into_iter().position(is_month)?;
        Some(month as i8 + 1)
    }

    /// Whether a number is part of a longer code, as in `T-10`, `CVE-2020-1472` or `b12`.
    fn is_glued(&self, at: usize) -> bool {
        let mut before = self.text[..self.ranges[at].start].chars().rev();
        match before.next() {
            Some('-') => before.next().is_some_and(char::is_alphanumeric),
            letter => letter.is_some_and(|it| it.is_alphabetic() || it == '_'),
        }
    }

    /// Days before a month, as in `2 August`, `2 to 4 August`, `11, 12 and 13 August` or `the 4th of August`; a month
    /// alone, or with a day after it. With the year, if there is one.
    fn dates(&self, at: usize) -> Option<Taken> {
        let is_near =
            |at: usize| self.gap(at).trim().len() <= 3 && !self.gap(at).contains(['.', ';', ':']);
        let mut next = at;
        let mut days = Vec::new();
        while let Some(day) = self.day(next) {
            if self.is_glued(next) {
                return None;
            }
            days.push(day);
            next += 1;
            while ORDINALS.contains(&self.word(next))
                || ["of", "to", "and"].contains(&self.word(next))
            {
                next += 1;
            }
            if !(at + 1..=next).all(is_near) {
                return None;
            }
        }
        let month = self.month(next)?;
        next += 1;
        if days.is_empty()
            && let Some(day) = self.day(next)
            && self.gap(next) == " "
            && !self.after(next).starts_with([':', '%'])
        {
            days.push(day);
            next += 1;
            while ORDINALS.contains(&self.word(next)) {
                next += 1;
            }
        }
        let year = self.year(next);
        let year = year.filter(|_| ["", ","].contains(&self.gap(next).trim()));
        next += usize::from(year.is_some());
        if let [first, last] = days[..]
            && first < last
            && (at..next).any(|at| self.word(at) == "to")
        {
            days = (first..=last).collect();
        }
        let date = |number| {
            FigureKind::Date(Day {
                number,
                month,
                year,
            })
        };
        let dates = days.iter().map(|day| date(Some(*day)));
        let month_alone = days.is_empty().then(|| date(None));
        Some((next, dates.chain(month_alone).collect()))
    }

    /// `07:00`, `7am`, `7.30 pm`.
    fn time(&self, at: usize) -> Option<Taken> {
        let is_clock = self.gap(at + 1) == ":";
        let (hours, minutes) = if is_clock {
            (self.word(at), self.word(at + 1))
        } else {
            self.word(at)
                .split_once('.')
                .unwrap_or((self.word(at), "00"))
        };
        let mut next = at + 1 + usize::from(is_clock);
        let half = self.word(next);
        let has_half = ["am", "pm"].contains(&half) && self.gap(next).len() <= 1;
        let (mut hour, minute): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        if hour > 24 || minute > 59 || !is_clock && (!has_half || minutes.len() != 2) {
            return None;
        }
        if has_half {
            hour = hour % 12 + if half == "pm" { 12 } else { 0 };
            next += 1;
        }
        Some((next, vec![FigureKind::Time(hour * 60 + minute)]))
    }

    /// `Thursday` or `Thursdays`.
    fn weekday(&self, at: usize) -> Option<Taken> {
        let word = self.word(at);
        let is_day = |name: &str| word.strip_suffix('s').unwrap_or(word) == name;
        let number = WEEKDAYS.into_iter().position(is_day)?;
        let day = Weekday::from_monday_zero_offset(number as i8).ok()?;
        Some((at + 1, vec![FigureKind::Weekday(day)]))
    }

    fn number_word(&self, at: usize) -> Option<Taken> {
        let word = self.word(at);
        let is_named = |name: &str| name.eq_ignore_ascii_case(word);
        let value = NUMBERS.into_iter().position(is_named)?;
        let number = Number {
            value: value as i128 * 1_000,
            unit: self.word(at + 1).to_lowercase(),
            about: None,
            in_name: false,
            is_word: true,
        };
        Some((at + 1, vec![FigureKind::Number(number)]))
    }

    fn number(&self, at: usize) -> Option<Taken> {
        let mut value = thousandths(self.word(at)).filter(|_| !self.is_glued(at))?;
        let mut next = at + 1;
        let (unit, gap) = (self.word(next), self.gap(next));
        let times = match unit {
            "m" | "million" => 1_000_000,
            "bn" | "billion" => 1_000_000_000,
            "k" | "thousand" => 1_000,
            _ => 1,
        };
        // `3 m` may be metres.
        if times > 1 && gap.trim().is_empty() && (gap.is_empty() || unit.len() > 2) {
            value *= times;
            next += 1;
        }
        let is_percent = self.after(next - 1).starts_with('%');
        if let Some(year) = self.year(at).filter(|_| next == at + 1 && !is_percent) {
            return Some((next, vec![FigureKind::Year(year)]));
        }
        let unit = self.word(next);
        let is_unit = !unit.starts_with(|first: char| first.is_ascii_digit())
            && self.gap(next).trim_matches(['-', ' ']).is_empty();
        let unit = match (is_percent, is_unit) {
            (true, _) => "%".to_owned(),
            (false, true) => unit.to_lowercase(),
            (false, false) => String::new(),
        };
        let number = Number {
            value,
            unit,
            about: self.rounding(at, next),
            in_name: self.is_in_name(at),
            is_word: false,
        };
        Some((next, vec![FigureKind::Number(number)]))
    }

    /// What a word of rounding allows, one or two words before the number or soon after it.
    fn rounding(&self, at: usize, next: usize) -> Option<(i128, i128)> {
        let (after, before) = ROUNDING.split_last()?;
        let has = |words: &str, word: &str| words.split(' ').any(|it| it == word);
        let before = (at.saturating_sub(2)..at).rev().find_map(|at| {
            let word = self.word(at).to_lowercase();
            before.iter().find(|(words, _)| has(words, &word))
        });
        // `2,340 or so`, `2,340 servers or more`.
        let is_after = |at: usize| self.word(at) == "or" && has(after.0, self.word(at + 1));
        let after = (next..next + 3).any(is_after).then_some(after);
        before.or(after).map(|(_, range)| *range)
    }

    /// Whether the word before makes a name of a number.
    fn is_in_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.gap(at) == " ") else {
            return false;
        };
        let word = self.word(before);
        let above = self.text[..self.ranges[before].start].trim_end();
        let is_first = above.is_empty() || above.ends_with(['.', '!', '?', ':', '\n']);
        let is_date = self.month(before).is_some() || WEEKDAYS.contains(&word);
        let is_naming = NAMING.split(' ').any(|it| it == word.to_lowercase());
        match word.chars().filter(|letter| letter.is_uppercase()).count() {
            0 => is_naming,
            1 => is_naming || !is_first && !is_date,
            _ => true,
        }
    }
}

/// How many bytes of a text are its first number, marks between digits included.
fn number_length(text: &[u8]) -> usize {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let is_mark = |at: usize| matches!(text.get(at), Some(b',' | b'.')) && is_digit(at + 1);
    (0..=text.len())
        .find(|at| !is_digit(*at) && !is_mark(*at))
        .unwrap_or(text.len())
}

/// A number in thousandths; `None` for something like `3.0.1`.
fn thousandths(text: &str) -> Option<i128> {
    let plain = text.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if part.len() > 3 || whole.len() > 24 {
        return None;
    }
    let part: i128 = format!("{part:0<3}").parse().ok()?;
    Some(whole.parse::<i128>().ok()? * 1_000 + part)
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
