//! A figure, date or day that differs from the one in the record.
//!
//! A *documented* mark says what its entries say: each of its figures stands in one of them. So does each figure of a text
//! whose marks are all documented or inferred, or in what a mark says. Where a mark is invented, other figures are meant;
//! then only one that looks like a slip is found. What an inferred mark says was worked out: of its figures only a weekday is
//! held against the record. A weekday beside its date is held against the calendar everywhere.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Weekday;

use super::figures::{Day, FigureKind, Number, TextFigure, figures};
use super::subject::Subject;
use crate::finding::{Finding, Findings, Place};
use crate::scenario::read::place_inside;
use crate::scenario::{Fact, Mark, Placed, Provenance};

pub(super) const NAME: &str = "figure-mismatch";

/// In texts with an invented mark smaller numbers are not compared: rooms are full of small numbers.
const COMPARED_MIN: i128 = 1_000 * 1_000;

/// A slip of a shorter number cannot be told from another number.
const SLIP_MIN_DIGITS: usize = 3;

/// More letters than this between a weekday and a date, and they do not belong together.
const BESIDE_MAX_BYTES: usize = 20;

/// In a mark with a weekday, these say that it is another day than one of the record, or many days.
const AWAY: [&str; 14] = [
    "after",
    "before",
    "following",
    "until",
    "by",
    "since",
    "next",
    "last",
    "previous",
    "later",
    "earlier",
    "every",
    "each",
    "another",
];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let entries = &subject.scenario.record.entries;
    let entries: BTreeMap<&str, &Fact> = entries
        .iter()
        .map(|entry| (entry.id.value.as_str(), entry))
        .collect();
    let mut texts: Vec<(&Placed<String>, Vec<&Mark>)> = Vec::new();
    for mark in &subject.marks {
        texts.push((&mark.says, vec![mark]));
    }
    texts.extend(
        subject
            .texts
            .iter()
            .map(|text| (text.text, text.marks.iter().collect())),
    );
    // The record itself is held against the calendar.
    let of_record = subject.scenario.record.entries.iter();
    let of_record = of_record.flat_map(|entry| entry.date.iter().chain([&entry.says]));
    texts.extend(of_record.map(|text| (text, Vec::new())));
    for (text, marks) in texts {
        let found = figures(&text.value);
        if found.is_empty() {
            continue;
        }
        let cited = marks.iter().flat_map(|mark| &mark.cites);
        let cited: Vec<Option<&Fact>> = cited
            .map(|id| entries.get(id.value.as_str()).copied())
            .collect();
        // What an unknown entry would say is not known, and neither is what a mark rests on that lacks its citation.
        let is_whole = cited.iter().all(Option::is_some)
            && marks
                .iter()
                .all(|mark| mark.standing.value == Provenance::Invented || !mark.cites.is_empty());
        let cited: Vec<&Fact> = cited.into_iter().flatten().collect();
        let mut look = FigureComparison {
            subject,
            text,
            known: RecordFigures::default(),
            findings,
        };
        look.known.read(&cited, &marks, text);
        look.weekdays(&found);
        if !cited.is_empty() && is_whole {
            look.figures(&found, &marks);
        }
    }
}

/// What the entries say, and the marks of a text.
#[derive(Default)]
struct RecordFigures<'a> {
    numbers: Vec<(Number, &'a Placed<String>, String)>,
    days: Vec<(Day, &'a Placed<String>, String)>,
    years: Vec<i16>,
    weekdays: Vec<Weekday>,
    times: Vec<u32>,
}

impl<'a> RecordFigures<'a> {
    fn read(&mut self, cited: &[&'a Fact], marks: &[&'a Mark], text: &Placed<String>) {
        for entry in cited {
            let texts = entry.figures.iter().chain(entry.date.iter());
            for text in texts.chain([&entry.says]) {
                self.add(text);
            }
        }
        // The mark's own words are compared with the record; a text also with what its marks say.
        for mark in marks.iter().filter(|mark| mark.says.place != text.place) {
            self.add(&mark.says);
        }
    }

    fn add(&mut self, text: &'a Placed<String>) {
        for figure in figures(&text.value) {
            let written = text.value[figure.range.clone()].to_owned();
            match figure.what {
                FigureKind::Number(number) => self.numbers.push((number, text, written)),
                FigureKind::Date(day) => {
                    self.years.extend(day.year);
                    self.weekdays.extend(day.weekday(None));
                    self.days.push((day, text, written));
                }
                FigureKind::Year(year) => self.years.push(year),
                FigureKind::Weekday(day) => self.weekdays.push(day),
                FigureKind::Time(minutes) => self.times.push(minutes),
            }
        }
    }

    fn has_number(&self, number: &Number) -> bool {
        self.numbers.iter().any(|(known, _, _)| {
            let range = number
                .about
                .map(|(low, high)| (number.value * low / 1_000)..=(number.value * high / 1_000));
            // A rounded number has fewer digits that count: 685 is no rounding of 658.
            let is_rounder = significant(number.value) < significant(known.value);
            known.value == number.value
                || minutes(known).is_some_and(|known| Some(known) == minutes(number))
                || is_rounder && range.is_some_and(|range| range.contains(&known.value))
        }) || self.days.iter().any(|(day, _, _)| {
            // The fourth, and the eighth month.
            let is = |part: i8| i128::from(part) * 1_000 == number.value;
            day.number.is_some_and(is)
        }) || self
            .times
            .iter()
            .any(|time| i128::from(time / 60) * 1_000 == number.value)
            || self
                .years
                .iter()
                .any(|year| i128::from(*year) * 1_000 == number.value)
    }

    fn has_day(&self, day: Day) -> bool {
        self.days.iter().any(|(known, _, _)| {
            known.month == day.month
                && (known.number.is_none() || day.number.is_none() || known.number == day.number)
                && (known.year.is_none() || day.year.is_none() || known.year == day.year)
        })
    }

    fn has_time(&self, time: u32) -> bool {
        let half_day = 12 * 60;
        self.times
            .iter()
            .any(|known| known % half_day == time % half_day)
            || time.is_multiple_of(60)
                && self.numbers.iter().any(|(number, _, _)| {
                    let hour = number.value / 1_000;
                    hour == i128::from(time / 60) || hour + 12 == i128::from(time / 60)
                })
    }
}

/// How many digits of a number count: all but the zeros at its end.
fn significant(value: i128) -> usize {
    value.to_string().trim_end_matches('0').len()
}

/// A number of hours, days or weeks, in minutes.
fn minutes(number: &Number) -> Option<i128> {
    let unit = match number.unit.as_str() {
        "minute" | "minutes" | "min" => 1,
        "hour" | "hours" | "h" => 60,
        "day" | "days" => 24 * 60,
        "week" | "weeks" => 7 * 24 * 60,
        _ => return None,
    };
    Some(number.value * unit)
}

struct FigureComparison<'s, 'a, 'f> {
    subject: &'s Subject<'a>,
    text: &'s Placed<String>,
    known: RecordFigures<'s>,
    findings: &'f mut Findings,
}

impl FigureComparison<'_, '_, '_> {
    fn report(&mut self, range: &Range<usize>, headline: String, related: Option<Place>) {
        let place = place_inside(&self.subject.scenario.sources, self.text, range.clone());
        let hint =
            "Correct the figure, cite the entry that it comes from, or give it a mark of its own.";
        let finding = Finding::error(NAME, place, headline).hint(hint);
        self.findings.push(match related {
            Some(related) => finding.related(related, "in the record"),
            None => finding,
        });
    }

    /// A weekday beside its date.
    fn weekdays(&mut self, found: &[TextFigure]) {
        for (weekday, date) in beside(&self.text.value, found) {
            let FigureKind::Weekday(written) = weekday.what else {
                continue;
            };
            let FigureKind::Date(day) = date.what else {
                continue;
            };
            let Some(right) = day.weekday(self.year_of(day)) else {
                continue;
            };
            if right != written {
                let value = &self.text.value;
                let headline = format!(
                    "`{}` is wrong: {} was a {right:?}",
                    &value[weekday.range.clone()],
                    &value[date.range.clone()]
                );
                self.report(&weekday.range, headline, None);
            }
        }
    }

    /// The year of a date that names none, if there is only one it can be.
    fn year_of(&self, day: Day) -> Option<i16> {
        let same = self.known.days.iter().filter(|(known, _, _)| {
            known.month == day.month && known.number.is_none_or(|it| Some(it) == day.number)
        });
        let mut years: Vec<i16> = same.filter_map(|(known, _, _)| known.year).collect();
        if years.is_empty() {
            let scenario = self.subject.scenario;
            let first = scenario.startex.value;
            let lasts = jiff::Span::new().minutes(scenario.lasts.value);
            let last = first
                .checked_add(lasts)
                .map_or(first.year(), jiff::civil::DateTime::year);
            years.extend(first.year()..=last);
        }
        years.dedup();
        match years[..] {
            [year] => Some(year),
            _ => None,
        }
    }

    fn figures(&mut self, found: &[TextFigure], marks: &[&Mark]) {
        let is = |standing| marks.iter().all(|mark| mark.standing.value == standing);
        let has_invented = marks
            .iter()
            .any(|mark| mark.standing.value == Provenance::Invented);
        // What an inferred mark says itself was worked out.
        let is_own = marks.len() == 1 && marks[0].says.place == self.text.place;
        let is_strict = if is_own {
            is(Provenance::Documented)
        } else {
            !has_invented
        };
        let by_calendar: Vec<Range<usize>> = beside(&self.text.value, found)
            .into_iter()
            .flat_map(|(weekday, date)| [weekday.range.clone(), date.range.clone()])
            .collect();
        let mut last = None;
        for figure in found {
            // Several days may stand on one range; one finding is enough.
            if last.as_ref() == Some(&figure.range) || by_calendar.contains(&figure.range) {
                continue;
            }
            last = Some(figure.range.clone());
            match &figure.what {
                FigureKind::Number(number) if !number.is_word => {
                    self.number(figure, number, is_strict, is(Provenance::Documented));
                }
                FigureKind::Date(day) if is_strict => self.date(figure, *day),
                FigureKind::Year(year) if is_strict => self.year(figure, *year),
                FigureKind::Weekday(day)
                    if is_strict
                        || is_own
                            && is(Provenance::Inferred)
                            && self.is_of_the_record(figure, found) =>
                {
                    let known = &self.known.weekdays;
                    if !known.is_empty() && !known.contains(day) {
                        let shown = &self.text.value[figure.range.clone()];
                        let days: Vec<String> = {
                            let mut days: Vec<String> =
                                known.iter().map(|day| format!("{day:?}")).collect();
                            days.sort();
                            days.dedup();
                            days
                        };
                        let headline = format!(
                            "`{shown}` differs from the record, which has {}",
                            crate::words::list(&days)
                        );
                        self.report(&figure.range, headline, None);
                    }
                }
                FigureKind::Time(time)
                    if is_strict && !self.known.times.is_empty() && !self.known.has_time(*time) =>
                {
                    let shown = &self.text.value[figure.range.clone()];
                    let headline = format!("`{shown}` is no time that the cited entries have");
                    self.report(&figure.range, headline, None);
                }
                _ => {}
            }
        }
    }

    /// Whether a weekday of an inferred mark is meant as that of a date of its entries: not a habit, and not worked out
    /// from a date of the mark's own or from the day that one came after.
    fn is_of_the_record(&self, weekday: &TextFigure, found: &[TextFigure]) -> bool {
        let value = &self.text.value;
        let is_habit = value[weekday.range.clone()].ends_with("days");
        let has_date = found
            .iter()
            .any(|figure| matches!(figure.what, FigureKind::Date(_)));
        let mut words = value.split(|letter: char| !letter.is_alphabetic());
        let is_away = words.any(|word| AWAY.iter().any(|it| it.eq_ignore_ascii_case(word)));
        !is_habit && !has_date && !is_away
    }

    fn number(&mut self, figure: &TextFigure, number: &Number, is_strict: bool, documented: bool) {
        if self.known.has_number(number) {
            return;
        }
        let written = self.text.value[figure.range.clone()].to_owned();
        let slip = self.slip(&written, number, documented);
        let alike = slip.or_else(|| self.alike(number, is_strict));
        if alike.is_none() && (!is_strict || number.in_name) {
            return;
        }
        let headline = match &alike {
            Some((_, known)) => format!("`{written}` differs from the record, which has `{known}`"),
            None => format!("`{written}` stands in no entry that is cited"),
        };
        self.report(&figure.range, headline, alike.map(|(place, _)| place));
    }

    /// A figure of the record that somebody who mistyped it would write so.
    fn slip(&self, written: &str, number: &Number, documented: bool) -> Option<(Place, String)> {
        let digits = |text: &str| text.replace(',', "");
        let wrong = digits(written);
        let near = self.known.numbers.iter().find(|(known, _, text)| {
            let right = digits(text);
            let is_long =
                right.len() >= SLIP_MIN_DIGITS && (documented || wrong.len() > SLIP_MIN_DIGITS);
            let is_same_unit = !number.unit.is_empty() && known.unit == number.unit;
            let is_short = right.len() > 1 && right.len() == wrong.len() && is_same_unit;
            let changed = strsim::damerau_levenshtein(&right, &wrong);
            !known.is_word
                && (is_long
                    && right.len().abs_diff(wrong.len()) <= 1
                    && changed <= if right.len() > 4 { 2 } else { 1 }
                    || is_short && changed == 1)
        });
        near.map(|(_, place, text)| (place.place, text.clone()))
    }

    /// A figure of the record that counts the same, or is not far off.
    fn alike(&self, number: &Number, is_strict: bool) -> Option<(Place, String)> {
        let is_near = |known: &Number| {
            let (low, high) = (known.value.min(number.value), known.value.max(number.value));
            high <= low * 2
        };
        let same =
            |known: &Number| !number.unit.is_empty() && known.unit == number.unit && is_near(known);
        let large = |known: &Number| known.value >= COMPARED_MIN && number.value >= COMPARED_MIN;
        let candidates = || {
            self.known
                .numbers
                .iter()
                .filter(|(known, _, _)| !known.in_name)
        };
        let found = candidates()
            .find(|(known, _, _)| same(known) && (is_strict || large(known)))
            .or_else(|| {
                candidates().find(|(known, _, _)| is_strict && is_near(known) && !known.is_word)
            });
        found.map(|(_, place, text)| (place.place, text.clone()))
    }

    fn date(&mut self, figure: &TextFigure, day: Day) {
        if self.known.days.is_empty() || self.known.has_day(day) {
            return;
        }
        let written = &self.text.value[figure.range.clone()];
        // The nearest: of the same month, or else any.
        let days = &self.known.days;
        let nearest = days
            .iter()
            .find(|(known, _, _)| known.month == day.month)
            .or_else(|| days.first());
        let Some((_, place, known)) = nearest else {
            return;
        };
        let headline = format!("`{written}` differs from the record, which has `{known}`");
        let place = place.place;
        self.report(&figure.range, headline, Some(place));
    }

    fn year(&mut self, figure: &TextFigure, year: i16) {
        let known = &self.known.years;
        let is_number = self
            .known
            .numbers
            .iter()
            .any(|(number, _, _)| number.value == i128::from(year) * 1_000);
        if known.is_empty() || known.contains(&year) || is_number {
            return;
        }
        let nearest = known.iter().min_by_key(|it| (**it - year).abs());
        let headline = format!(
            "`{year}` differs from the record, which has `{}`",
            nearest.copied().unwrap_or(year)
        );
        self.report(&figure.range, headline, None);
    }
}

/// Weekdays that stand beside their dates.
fn beside<'f>(text: &str, found: &'f [TextFigure]) -> Vec<(&'f TextFigure, &'f TextFigure)> {
    const APART: [&str; 12] = [
        "after",
        "before",
        "following",
        "to",
        "until",
        "and",
        "or",
        "not",
        "by",
        "from",
        "then",
        "since",
    ];
    let pairs = found.windows(2).filter_map(|pair| {
        let (weekday, date) = match (&pair[0].what, &pair[1].what) {
            (FigureKind::Weekday(_), FigureKind::Date(day)) if day.number.is_some() => {
                (&pair[0], &pair[1])
            }
            (FigureKind::Date(day), FigureKind::Weekday(_)) if day.number.is_some() => {
                (&pair[1], &pair[0])
            }
            _ => return None,
        };
        let between = text.get(pair[0].range.end..pair[1].range.start)?;
        let is_apart = between.len() > BESIDE_MAX_BYTES
            || between.contains(['.', ';', ':', '\n'])
            || between.split_whitespace().any(|word| APART.contains(&word));
        (!is_apart).then_some((weekday, date))
    });
    pairs.collect()
}
