//! Durations, dates and moments.

use jiff::civil::DateTime;

use super::decode::{Blank, Decoder};
use super::limits::{DURATION_MAX_MINUTES, QUOTED_MAX_CHARACTERS};
use super::node::YamlNode;
use crate::finding::{Finding, Place};
use crate::scenario::{Minutes, Placed, TimePoint};
use crate::words;

impl Decoder {
    /// A duration in minutes, from zero to the longest.
    pub fn duration(&mut self, node: &YamlNode) -> Placed<Minutes> {
        let written = self.words(node);
        let value = self.minutes(&written.value, node.place).unwrap_or(1);
        Placed::new(value, node.place)
    }

    /// A duration of at least a minute.
    pub fn period(&mut self, node: &YamlNode) -> Placed<Minutes> {
        let written = self.words(node);
        let place = node.place;
        let minutes = self.minutes(&written.value, place);
        if minutes == Some(0) {
            let finding = Finding::error("bad-duration", place, "this must be at least a minute");
            self.report(finding.instead("1m"));
        }
        Placed::new(minutes.unwrap_or(1), place)
    }

    /// Reports a wrong duration; an empty text was reported before.
    fn minutes(&mut self, text: &str, place: Place) -> Option<Minutes> {
        if text.is_empty() {
            return None;
        }
        match minutes_of(text) {
            Some(minutes) if minutes <= i128::from(DURATION_MAX_MINUTES) => Some(minutes as i64),
            Some(_) => {
                let longest = words::duration(DURATION_MAX_MINUTES);
                let finding = Finding::error("bad-duration", place, "the duration is too long");
                self.report(finding.hint(format!("The longest is {longest}.")));
                None
            }
            None => {
                let shown = words::clipped(text, QUOTED_MAX_CHARACTERS);
                let lower = text.to_lowercase();
                let unit = lower.trim_start_matches(|letter: char| !letter.is_alphabetic());
                let hint = if lower.contains("month") || lower.contains("year") {
                    "Months and years differ in length: write days, as in `30d`."
                } else if text.contains(':') {
                    "A time of day needs its date, as in `2022-08-04 04:30`; a duration is `90m` or `2h`."
                } else if ["s", "sec", "secs", "second", "seconds"].contains(&unit) {
                    "The smallest unit is a minute. Durations are `90m`, `2h`, `3d`, `1w` or sums such as `2d 12h`."
                } else {
                    "Durations are `90m`, `2h`, `3d`, `1w` or sums such as `2d 12h`."
                };
                let finding = Finding::error(
                    "bad-duration",
                    place,
                    format!("`{shown}` is not a duration"),
                )
                .hint(hint)
                .instead_if(meant(text));
                self.report(finding);
                None
            }
        }
    }

    /// A date, with or without a time.
    pub fn date(&mut self, node: &YamlNode) -> Placed<DateTime> {
        let written = self.words(node);
        Placed::new(
            self.date_of(&written.value, node.place).unwrap_or_default(),
            node.place,
        )
    }

    fn date_of(&mut self, text: &str, place: Place) -> Option<DateTime> {
        if text.is_empty() {
            return None;
        }
        let date = date_time(text);
        if date.is_none() {
            let shown = words::clipped(text, QUOTED_MAX_CHARACTERS);
            let meant = meant_date(text).filter(|meant| date_time(meant).is_some());
            self.report(
                Finding::error("bad-date", place, format!("`{shown}` is not a date"))
                    .hint("Dates are `2022-08-04 04:30` or `2022-08-04`, in local time of `zone`.")
                    .instead_if(meant),
            );
        }
        date
    }

    /// A duration or a date.
    pub fn moment(&mut self, node: &YamlNode) -> Placed<TimePoint> {
        let written = self.words(node);
        let place = node.place;
        let value = if looks_like_date(&written.value) {
            self.date_of(&written.value, place).map(TimePoint::On)
        } else {
            self.minutes(&written.value, place).map(TimePoint::After)
        };
        Placed::new(value.unwrap_or(TimePoint::After(1)), place)
    }
}

impl Blank for Placed<TimePoint> {
    fn blank(place: Place) -> Self {
        Placed::new(TimePoint::After(1), place)
    }
}

/// Whether a moment was written as a date: with a year, the name of a month, or two separators.
fn looks_like_date(text: &str) -> bool {
    meant_date(text).is_some()
        || text
            .split(['-', '/', '.'])
            .filter(|part| !part.is_empty())
            .count()
            > 2
}

/// The date that was meant, as the format writes it. The day comes first if the separators are slashes or dots, or the
/// month has a name.
fn meant_date(text: &str) -> Option<String> {
    let words = text.replace(['T', ',', ' '], " ");
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let time = words.iter().position(|word| word.contains(':'));
    let time = time.map(|at| words.remove(at).trim_end_matches('Z'));
    let joined = words.join(" ");
    let parts: Vec<&str> = joined
        .split([' ', '-', '/', '.'])
        .filter(|it| !it.is_empty())
        .collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    let (day, month, year) = if first.len() == 4 {
        (third, second, first)
    } else if month_of(first).is_some() {
        (second, first, third)
    } else {
        (first, second, third)
    };
    let day = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let (day, year): (u32, u32) = (day.parse().ok()?, year.parse().ok()?);
    let month = month_of(month).or_else(|| month.parse().ok())?;
    let is_date =
        year > 999 && year < 10_000 && (1..=31).contains(&day) && (1..=12).contains(&month);
    let time = match time {
        None => String::new(),
        Some(time) => {
            let mut parts = time.split(':');
            let (hour, minute): (u32, u32) =
                (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            format!(" {hour:02}:{minute:02}")
        }
    };
    is_date.then(|| format!("{year}-{month:02}-{day:02}{time}"))
}

/// The number of a month by its name, or by its first three letters or more.
fn month_of(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let mut months = (1..).zip(words::MONTHS);
    let month = months.find(|(_, month)| month.to_lowercase().starts_with(&name));
    month.filter(|_| name.len() >= 3).map(|(number, _)| number)
}

/// The sum of the parts; none if one of them is not a duration.
fn minutes_of(text: &str) -> Option<i128> {
    let mut sum = 0_i128;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().ok()?;
        let mut after = rest[digits..].chars();
        let unit = match after.next()? {
            'm' => 1,
            'h' => 60,
            'd' => 24 * 60,
            'w' => 7 * 24 * 60,
            _ => return None,
        };
        sum += i128::from(number) * unit;
        let next = after.as_str();
        rest = next.trim_start();
        if rest.len() == next.len()
            && !rest.is_empty()
            && !rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
    }
    Some(sum)
}

/// The duration that somebody meant by `30`, `30 min`, `1.5h` or `2 hours`.
fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (tenths, rest) = match text[digits..].strip_prefix('.') {
        Some(rest) => {
            let tenths = rest.get(..1)?.parse::<i64>().ok()?;
            (tenths, &rest[1..])
        }
        None => (0, &text[digits..]),
    };
    let (unit, minutes) = match rest.trim().to_ascii_lowercase().as_str() {
        "" | "m" | "min" | "mins" | "minute" | "minutes" => ('m', 1),
        "h" | "hr" | "hrs" | "hour" | "hours" => ('h', 60),
        "d" | "day" | "days" => ('d', 24 * 60),
        "w" | "week" | "weeks" => ('w', 7 * 24 * 60),
        _ => return None,
    };
    let number: i64 = text[..digits].parse().ok().filter(|it| *it < 1_000_000)?;
    let whole = number * minutes * 10 + tenths * minutes;
    if tenths == 0 {
        return Some(format!("{number}{unit}"));
    }
    (whole % 10 == 0).then(|| format!("{}m", whole / 10))
}

fn date_time(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    let shape = match bytes.len() {
        10 => "dddd-dd-dd",
        16 => "dddd-dd-dd dd:dd",
        _ => return None,
    };
    let fits = shape.bytes().zip(bytes).all(|(shape, byte)| match shape {
        b'd' => byte.is_ascii_digit(),
        other => other == *byte,
    });
    if !fits {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |from, to| i8::try_from(number(from, to)?).ok();
    let (hour, minute) = if bytes.len() == 16 {
        (small(11, 13)?, small(14, 16)?)
    } else {
        (0, 0)
    };
    DateTime::new(
        number(0, 4)?,
        small(5, 7)?,
        small(8, 10)?,
        hour,
        minute,
        0,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::{date_time, meant, meant_date, minutes_of};

    #[test]
    fn durations_are_sums_of_units() {
        let cases = [
            ("90m", Some(90)),
            ("2h", Some(120)),
            ("3d", Some(4320)),
            ("1w", Some(10080)),
            ("2d 12h", Some(3600)),
            ("1h30m", Some(90)),
            ("0m", Some(0)),
            ("30", None),
            ("30 min", None),
            ("-2h", None),
            ("2h,", None),
            ("é", None),
            ("99999999999999999999h", None),
        ];
        for (text, expected) in cases {
            assert_eq!(minutes_of(text), expected, "{text}");
        }
        assert_eq!(meant("30").as_deref(), Some("30m"));
        assert_eq!(meant("2 Hours").as_deref(), Some("2h"));
        assert_eq!(meant("1.5h").as_deref(), Some("90m"));
        assert_eq!(meant("1H").as_deref(), Some("1h"));
        assert_eq!(meant("soon"), None);
    }

    #[test]
    fn dates_of_other_shapes_are_understood() {
        let cases = [
            ("04/03/2024 08:00", Some("2024-03-04 08:00")),
            ("4.3.2024", Some("2024-03-04")),
            ("4 March 2024", Some("2024-03-04")),
            ("4th Mar 2024, 8:00", Some("2024-03-04 08:00")),
            ("March 4, 2024", Some("2024-03-04")),
            ("2024-3-5 9:00", Some("2024-03-05 09:00")),
            ("2024-03-05T09:00:00Z", Some("2024-03-05 09:00")),
            ("soon", None),
            ("2d 12h", None),
            ("1.5h", None),
        ];
        for (text, expected) in cases {
            assert_eq!(meant_date(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        let good = ["2022-08-04", "2022-08-04 04:30", "2024-02-29"];
        let bad = [
            "2022-02-29",
            "2022-8-4",
            "2022-08-04T04:30",
            "2022-08-04 24:00",
            "+022-08-04",
            "2022-08-04 4:30",
        ];
        assert!(good.iter().all(|text| date_time(text).is_some()));
        assert!(bad.iter().all(|text| date_time(text).is_none()));
    }
}
