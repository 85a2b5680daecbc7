//! A figure, date or day that differs from the one in the record.
//!
//! What is compared depends on the marks of a text. If none is invented, each of its figures stands in a cited entry or in
//! what a mark says. If one is, only a figure that looks like a slip is reported. A documented mark only says what its
//! entries say; an inferred one was worked out, so only its weekdays are compared. A weekday beside its date is compared
//! with the calendar everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Weekday;

use super::figures::{Day, FigureKind, Number, TextFigure, figures};
use super::subject::Subject;
use crate::finding::{Finding, Findings, Place};
use crate::scenario::read::place_inside;
use crate::scenario::{Fact, Mark, Placed, Provenance};
use crate::words;

pub(super) const NAME: &str = "figure-mismatch";

/// In texts with an invented mark smaller numbers are not compared: rooms are full of small numbers.
const COMPARED_MIN: i128 = 1_000 * 1_000;

/// In a shorter number a slip looks like any other number.
const SLIP_MIN_DIGITS: usize = 3;

/// More than this between a weekday and a date, and they do not belong together.
const BESIDE_MAX_BYTES: usize = 20;

/// Between a weekday and a date, these say that they are two days.
const APART: &str = "after before following to until and or not by from then since";

/// In a mark with a weekday, these say that it is another day than one of the record, or many days.
const AWAY: &str =
    "after before following until by since next last previous later earlier every each another";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let entries = &subject.scenario.record.entries;
    let by_id = entries.iter().map(|it| (it.id.value.as_str(), it));
    let by_id: BTreeMap<&str, &Fact> = by_id.collect();
    let own = subject.marks.iter().map(|mark| (&mark.says, vec![*mark]));
    let texts = subject.parts.texts.iter();
    let texts = texts.map(|it| (it.text, it.marks.iter().collect::<Vec<&Mark>>()));
    // The record itself is compared with the calendar.
    let record = entries.iter();
    let record = record.flat_map(|it| it.date.iter().chain([&it.says]));
    let record = record.map(|text| (text, Vec::new()));
    for (text, marks) in own.chain(texts).chain(record) {
        let figures = figures(&text.value);
        if figures.is_empty() {
            continue;
        }
        let cites = marks.iter().flat_map(|mark| &mark.cites);
        let cited = cites.map(|id| by_id.get(id.value.as_str()).copied());
        let cited: Vec<Option<&Fact>> = cited.collect();
        let mut comparison = FigureComparison {
            subject,
            text,
            known: RecordFigures::new(cited.iter().flatten().copied(), &marks, text),
            figures,
            findings,
        };
        let compared = comparison.compare_weekdays();
        // What an unknown entry says is not known, nor what a mark without its citation rests on.
        let lacks_cites =
            |mark: &&Mark| mark.standing.value != Provenance::Invented && mark.cites.is_empty();
        let is_complete = cited.iter().all(Option::is_some) && !marks.iter().any(lacks_cites);
        if !cited.is_empty() && is_complete {
            comparison.compare(&marks, &compared);
        }
    }
}

/// A figure as it is written, and the text of the record that it stands in.
struct Written {
    figure: String,
    place: Place,
}

/// The figures of the cited entries, and of what the marks of a text say.
#[derive(Default)]
struct RecordFigures {
    numbers: Vec<(Number, Written)>,
    days: Vec<(Day, Written)>,
    years: Vec<i16>,
    weekdays: Vec<Weekday>,
    times: Vec<u32>,
}

impl RecordFigures {
    fn new<'a>(
        cited: impl Iterator<Item = &'a Fact>,
        marks: &[&Mark],
        text: &Placed<String>,
    ) -> Self {
        let mut known = Self::default();
        for entry in cited {
            let texts = entry.figures.iter().chain(&entry.date);
            texts.chain([&entry.says]).for_each(|text| known.add(text));
        }
        // A mark is compared with the record alone, a text also with what its marks say.
        let others = marks.iter().filter(|mark| mark.says.place != text.place);
        others.for_each(|mark| known.add(&mark.says));
        known
    }

    fn add(&mut self, text: &Placed<String>) {
        for TextFigure { range, what } in figures(&text.value) {
            let written = Written {
                figure: text.value[range].to_owned(),
                place: text.place,
            };
            match what {
                FigureKind::Number(number) => self.numbers.push((number, written)),
                FigureKind::Date(day) => {
                    self.years.extend(day.year);
                    self.weekdays.extend(day.weekday(None));
                    self.days.push((day, written));
                }
                FigureKind::Year(year) => self.years.push(year),
                FigureKind::Weekday(day) => self.weekdays.push(day),
                FigureKind::Time(minutes) => self.times.push(minutes),
            }
        }
    }

    /// Whether a number is in the record: as a number, or as a part of a date or time.
    fn has_number(&self, number: &Number) -> bool {
        let is_same = |(known, _): &(Number, _)| {
            let duration = minutes(number);
            known.value == number.value
                || duration.is_some() && duration == minutes(known)
                || is_rounded(number, known.value)
        };
        let days = self.days.iter().filter_map(|(day, _)| day.number);
        let hours = self.times.iter().map(|time| i128::from(time / 60));
        let years = self.years.iter().map(|year| i128::from(*year));
        let mut parts = days.map(i128::from).chain(hours).chain(years);
        self.numbers.iter().any(is_same) || parts.any(|part| part * 1_000 == number.value)
    }

    fn has_day(&self, day: Day) -> bool {
        self.days.iter().any(|(known, _)| {
            known.month == day.month
                && (known.number.is_none() || day.number.is_none() || known.number == day.number)
                && (known.year.is_none() || day.year.is_none() || known.year == day.year)
        })
    }

    fn has_time(&self, time: u32) -> bool {
        let half_day = 12 * 60;
        let is_same = |known: &u32| known % half_day == time % half_day;
        let is_hour = |(number, _): &(Number, _)| {
            let hour = number.value / 1_000;
            [hour, hour + 12].contains(&i128::from(time / 60))
        };
        self.times.iter().any(is_same)
            || time.is_multiple_of(60) && self.numbers.iter().any(is_hour)
    }
}

/// Whether a number says that it is rounded, and may be this one rounded.
fn is_rounded(number: &Number, exact: i128) -> bool {
    // A rounded number has fewer digits that count: 685 is not 658 rounded.
    let digits = |value: i128| value.to_string().trim_end_matches('0').len();
    number.about.is_some_and(|(low, high)| {
        let range = number.value * low / 1_000..=number.value * high / 1_000;
        range.contains(&exact) && digits(number.value) < digits(exact)
    })
}

/// A number of minutes, hours, days or weeks, in thousandths of minutes.
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

/// A text whose figures are compared.
struct FigureComparison<'s, 'a, 'f> {
    subject: &'s Subject<'a>,
    text: &'s Placed<String>,
    figures: Vec<TextFigure>,
    known: RecordFigures,
    findings: &'f mut Findings,
}

impl FigureComparison<'_, '_, '_> {
    /// Compares weekdays with the dates beside them, and gives the ranges of both.
    fn compare_weekdays(&mut self) -> Vec<Range<usize>> {
        let mut compared = Vec::new();
        let text = &self.text.value;
        for pair in self.figures.windows(2) {
            let (written, weekday, day, date) = match (&pair[0].what, &pair[1].what) {
                (FigureKind::Weekday(written), FigureKind::Date(day)) => {
                    (*written, &pair[0].range, *day, &pair[1].range)
                }
                (FigureKind::Date(day), FigureKind::Weekday(written)) => {
                    (*written, &pair[1].range, *day, &pair[0].range)
                }
                _ => continue,
            };
            let between = &text[pair[0].range.end..pair[1].range.start];
            let is_apart = between.len() > BESIDE_MAX_BYTES
                || between.contains(['.', ';', ':', '\n'])
                || has_word(between, APART);
            if is_apart || day.number.is_none() {
                continue;
            }
            compared.extend([weekday.clone(), date.clone()]);
            let right = day.weekday(self.year_of(day));
            if let Some(right) = right.filter(|right| *right != written) {
                let (weekday_text, date) = (&text[weekday.clone()], &text[date.clone()]);
                let headline = format!("`{weekday_text}` is wrong: {date} was a {right:?}");
                self.findings.push(self.finding(weekday, headline, None));
            }
        }
        compared
    }

    /// The year of a date without one, if it can only be one.
    fn year_of(&self, day: Day) -> Option<i16> {
        let same = self.known.days.iter().filter(|(known, _)| {
            known.month == day.month && known.number.is_none_or(|it| Some(it) == day.number)
        });
        let mut years: Vec<i16> = same.filter_map(|(known, _)| known.year).collect();
        let scenario = self.subject.scenario;
        // Where no date can be placed, the scenario has no zone.
        if years.is_empty() && !scenario.zone.value.is_empty() {
            let first = scenario.startex.value;
            let lasts = jiff::Span::new().minutes(scenario.lasts.value);
            let last = first.checked_add(lasts).unwrap_or(first);
            years.extend(first.year()..=last.year());
        }
        years.dedup();
        let [year] = years[..] else { return None };
        Some(year)
    }

    /// Compares everything with the record, but for the figures at some ranges.
    fn compare(&mut self, marks: &[&Mark], compared: &[Range<usize>]) {
        let is_all = |standing| marks.iter().all(|mark| mark.standing.value == standing);
        let (documented, inferred) = (is_all(Provenance::Documented), is_all(Provenance::Inferred));
        let is_invented = |mark: &&Mark| mark.standing.value == Provenance::Invented;
        let is_own = marks.len() == 1 && marks[0].says.place == self.text.place;
        let is_strict = if is_own {
            documented
        } else {
            !marks.iter().any(is_invented)
        };
        let mut last = None;
        for TextFigure { range, what } in &self.figures {
            // Several days of one month share a range, and one finding is enough.
            if last.replace(range) == Some(range) || compared.contains(range) {
                continue;
            }
            let written = &self.text.value[range.clone()];
            let difference = match what {
                FigureKind::Number(number) if !number.is_word => {
                    self.compare_number(written, number, is_strict, documented)
                }
                FigureKind::Date(day) if is_strict => self.compare_date(written, *day),
                FigureKind::Year(year) if is_strict => self.compare_year(*year),
                FigureKind::Weekday(day)
                    if is_strict || is_own && inferred && self.is_of_the_record(written) =>
                {
                    self.compare_weekday(written, *day)
                }
                FigureKind::Time(time)
                    if is_strict && !self.known.times.is_empty() && !self.known.has_time(*time) =>
                {
                    Some((
                        format!("`{written}` is not a time of the cited entries"),
                        None,
                    ))
                }
                _ => None,
            };
            if let Some((headline, related)) = difference {
                self.findings.push(self.finding(range, headline, related));
            }
        }
    }

    fn finding(&self, range: &Range<usize>, headline: String, related: Option<Place>) -> Finding {
        let place = place_inside(&self.subject.scenario.sources, self.text, range.clone());
        let hint =
            "Correct the figure, cite the entry that it comes from, or give it a mark of its own.";
        let finding = Finding::error(NAME, place, headline).hint(hint);
        match related {
            Some(related) => finding.related(related, "in the record"),
            None => finding,
        }
    }

    fn compare_number(
        &self,
        written: &str,
        number: &Number,
        is_strict: bool,
        documented: bool,
    ) -> Option<FigureDifference> {
        if self.known.has_number(number) {
            return None;
        }
        let slip = self.slip(written, number, documented);
        match slip.or_else(|| self.similar(number, is_strict)) {
            Some(known) => Some(difference(written, known)),
            None if !is_strict || number.in_name => None,
            None => Some((format!("`{written}` is in none of the cited entries"), None)),
        }
    }

    /// A figure of the record that somebody may have mistyped like this.
    fn slip(&self, written: &str, number: &Number, documented: bool) -> Option<&Written> {
        let wrong = written.replace(',', "");
        let is_slip = |(known, text): &&(Number, Written)| {
            let right = text.figure.replace(',', "");
            let changed = strsim::damerau_levenshtein(&right, &wrong);
            let is_long =
                right.len() >= SLIP_MIN_DIGITS && (documented || wrong.len() > SLIP_MIN_DIGITS);
            let is_short =
                right.len() > 1 && right.len() == wrong.len() && is_same_unit(known, number);
            let changed_max = if right.len() > 4 { 2 } else { 1 };
            !known.is_word
                && (is_short && changed == 1
                    || is_long && right.len().abs_diff(wrong.len()) <= 1 && changed <= changed_max)
        };
        let (_, known) = self.known.numbers.iter().find(is_slip)?;
        Some(known)
    }

    /// A figure of the record that counts the same, or is not far off.
    fn similar(&self, number: &Number, is_strict: bool) -> Option<&Written> {
        let is_compared = |known: &Number| {
            is_strict || known.value >= COMPARED_MIN && number.value >= COMPARED_MIN
        };
        let is_near = |(known, _): &&(Number, Written)| {
            let (low, high) = (known.value.min(number.value), known.value.max(number.value));
            high <= low * 2 && !known.in_name
        };
        let near = || self.known.numbers.iter().filter(is_near);
        let same = near().find(|(known, _)| is_same_unit(known, number) && is_compared(known));
        let any = || near().find(|(known, _)| is_strict && !known.is_word);
        let (_, known) = same.or_else(any)?;
        Some(known)
    }

    fn compare_date(&self, written: &str, day: Day) -> Option<FigureDifference> {
        let days = &self.known.days;
        let same_month = days.iter().find(|(known, _)| known.month == day.month);
        let (_, nearest) = same_month.or(days.first())?;
        (!self.known.has_day(day)).then(|| difference(written, nearest))
    }

    fn compare_year(&self, year: i16) -> Option<FigureDifference> {
        let nearest = self
            .known
            .years
            .iter()
            .min_by_key(|it| (**it - year).abs())?;
        let value = i128::from(year) * 1_000;
        let is_number = self
            .known
            .numbers
            .iter()
            .any(|(number, _)| number.value == value);
        let headline = || format!("`{year}` differs from the record, which has `{nearest}`");
        (*nearest != year && !is_number).then(|| (headline(), None))
    }

    fn compare_weekday(&self, written: &str, day: Weekday) -> Option<FigureDifference> {
        let known = &self.known.weekdays;
        if known.is_empty() || known.contains(&day) {
            return None;
        }
        let names: BTreeSet<String> = known.iter().map(|day| format!("{day:?}")).collect();
        let names = words::list(&names.into_iter().collect::<Vec<_>>());
        Some((
            format!("`{written}` differs from the record, which has {names}"),
            None,
        ))
    }

    /// Whether a weekday of an inferred mark is meant as that of a date of its entries: not a habit, and not worked out
    /// from a date of the mark's own or from the day that one came after.
    fn is_of_the_record(&self, weekday: &str) -> bool {
        let is_date = |figure: &TextFigure| matches!(figure.what, FigureKind::Date(_));
        let is_habit = weekday.ends_with("days");
        let text = self.text.value.to_ascii_lowercase();
        !is_habit && !self.figures.iter().any(is_date) && !has_word(&text, AWAY)
    }
}

/// The headline, and the place in the record.
type FigureDifference = (String, Option<Place>);

fn difference(written: &str, known: &Written) -> FigureDifference {
    let headline = format!(
        "`{written}` differs from the record, which has `{}`",
        known.figure
    );
    (headline, Some(known.place))
}

fn is_same_unit(one: &Number, other: &Number) -> bool {
    !one.unit.is_empty() && one.unit == other.unit
}

/// Whether a text has one of some words.
fn has_word(text: &str, words: &str) -> bool {
    let mut found = text.split(|letter: char| !letter.is_alphabetic());
    found.any(|word| !word.is_empty() && words.split(' ').any(|it| it == word))
}
