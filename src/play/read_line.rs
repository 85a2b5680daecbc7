//! From the text of a line to its meaning.

use std::ops::Range;

use jiff::civil::DateTime;

use super::line::{Expectation, LineError, PlayLine, WrittenDate, WrittenName};
use crate::program::code::Comparison;
use crate::words;

/// The most that is shown of a wrong word.
const SHOWN_MAX_CHARACTERS: usize = 40;

const VERBS: [&str; 9] = [
    "choose", "take", "wait", "expect", "roll", "end", "seed", "variant", "cut",
];

const OPERATORS: [(&str, Comparison); 7] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<", Comparison::Less),
    ("<=", Comparison::LessOrEqual),
    (">", Comparison::Greater),
    (">=", Comparison::GreaterOrEqual),
    ("=", Comparison::Equal),
];

/// Reads one line; `None` if it is blank or only a comment.
pub fn parse_line(text: &str) -> Result<Option<PlayLine>, LineError> {
    let mut words = LineWords::new(text);
    let Some(verb) = words.next() else {
        return Ok(None);
    };
    let line = match verb.text.as_str() {
        "seed" => PlayLine::Seed(words.number("the seed")?.0),
        "variant" => PlayLine::Variant(words.name("a variant")?),
        "cut" => PlayLine::Cut(words.name("a cut")?),
        "choose" => PlayLine::Choose {
            decision: words.name("a decision")?,
            option: words.name("an option")?,
        },
        "take" => PlayLine::Take(words.name("an action")?),
        "wait" => wait(&mut words)?,
        "roll" => roll(&mut words)?,
        "expect" => PlayLine::Expect(expectation(&mut words)?),
        "end" => PlayLine::End,
        _ => return Err(unknown_verb(&verb)),
    };
    words.nothing_more()?;
    Ok(Some(line))
}

/// What was written, shortened and safe to show on a terminal.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().take(SHOWN_MAX_CHARACTERS).collect();
    words::one_line(&short).into_owned()
}

/// The bytes of a line without indentation and comment.
pub(super) fn content_range(text: &str) -> Range<usize> {
    let text = LineWords::new(text).text;
    text.len() - text.trim_start().len()..text.len()
}

fn unknown_verb(verb: &WrittenName) -> LineError {
    let meant = words::did_you_mean(&verb.text, VERBS);
    let headline = format!("a line cannot begin with `{}`", shown(&verb.text));
    let verbs = words::choice(&VERBS.map(|verb| format!("`{verb}`")));
    LineError {
        instead: meant.map(Into::into),
        ..LineError::new(
            headline,
            verb.range.clone(),
            format!("A line begins with {verbs}."),
        )
    }
}

fn wait(words: &mut LineWords) -> Result<PlayLine, LineError> {
    match words.next() {
        None => Ok(PlayLine::Wait),
        Some(word) if word.text == "until" => Ok(PlayLine::WaitUntil(words.date()?)),
        Some(word) if word.text == "for" => {
            Ok(PlayLine::WaitFor(words.name("an inject or a decision")?))
        }
        Some(word) => {
            let headline = format!("`{}` does not belong after `wait`", shown(&word.text));
            let hint = "Write `wait`, `wait until 2022-08-04 07:00` or `wait for NAME`.";
            Err(LineError {
                instead: words::did_you_mean(&word.text, ["until", "for"]).map(Into::into),
                ..LineError::new(headline, word.range, hint)
            })
        }
    }
}

fn roll(words: &mut LineWords) -> Result<PlayLine, LineError> {
    let chance = words.name("a chance")?;
    let (outcome, range): (usize, _) = words.number("the number of an outcome")?;
    if outcome == 0 {
        let hint = "The first outcome is number 1.";
        return Err(LineError::new("outcomes are counted from 1", range, hint));
    }
    Ok(PlayLine::Roll {
        chance,
        outcome,
        range,
    })
}

fn expectation(words: &mut LineWords) -> Result<Expectation, LineError> {
    let what = words.name("what to expect")?;
    Ok(match what.text.as_str() {
        "inject" => Expectation::Came(words.name("an inject")?),
        "no" => {
            let word = words.name("`inject`")?;
            if word.text != "inject" {
                let headline = format!("`{}` does not belong after `no`", shown(&word.text));
                return Err(LineError {
                    instead: Some("inject".into()),
                    ..LineError::new(headline, word.range, "Write `expect no inject NAME`.")
                });
            }
            Expectation::NotCame(words.name("an inject")?)
        }
        "chosen" => Expectation::Chosen {
            decision: words.name("a decision")?,
            option: words.name("an option")?,
        },
        "score" => {
            let objective = words.name("an objective")?;
            let how = words.operator();
            Expectation::Score {
                objective,
                how,
                points: words.number("a number of points")?.0,
            }
        }
        "total" => {
            let how = words.operator();
            Expectation::Total {
                how,
                points: words.number("a number of points")?.0,
            }
        }
        "phase" => Expectation::Phase(words.name("a phase")?),
        "ending" => Expectation::Ending(words.name("an ending")?),
        "time" => Expectation::Time(words.date()?),
        _ => {
            let how = words.operator();
            Expectation::Value {
                value: what,
                how,
                with: words.name("a word or a number")?,
            }
        }
    })
}

/// The words of a line, one after another.
struct LineWords<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> LineWords<'a> {
    /// The words before a comment. A `#` begins one at the start of a word.
    fn new(text: &'a str) -> Self {
        let starts_word = |at: usize| {
            text[..at]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace)
        };
        let comment = text
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| starts_word(*at));
        Self {
            text: text[..comment.unwrap_or(text.len())].trim_end(),
            at: 0,
        }
    }

    fn peek(&self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        let start = self.at + rest.find(|letter: char| !letter.is_whitespace())?;
        let length = self.text[start..].find(char::is_whitespace);
        Some(start..length.map_or(self.text.len(), |length| start + length))
    }

    fn next(&mut self) -> Option<WrittenName> {
        let range = self.peek()?;
        self.at = range.end;
        Some(WrittenName {
            text: self.text[range.clone()].to_owned(),
            range,
        })
    }

    fn name(&mut self, what: &str) -> Result<WrittenName, LineError> {
        let end = self.text.len();
        self.next()
            .ok_or_else(|| LineError::new(format!("{what} is missing"), end..end, ""))
    }

    fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<(T, Range<usize>), LineError> {
        let word = self.name(what)?;
        if let Ok(number) = word.text.parse() {
            return Ok((number, word.range));
        }
        let headline = format!("`{}` is not {what}", shown(&word.text));
        let hint = "Write a whole number in digits.";
        Err(LineError::new(headline, word.range, hint))
    }

    /// The comparison that comes next, or `==`.
    fn operator(&mut self) -> Comparison {
        let next = self
            .peek()
            .map(|range| (&self.text[range.clone()], range.end));
        let Some((word, end)) = next else {
            return Comparison::Equal;
        };
        let Some((_, how)) = OPERATORS.iter().find(|(operator, _)| *operator == word) else {
            return Comparison::Equal;
        };
        self.at = end;
        *how
    }

    /// A day, with or without a time, and with or without the zone of that.
    fn date(&mut self) -> Result<WrittenDate, LineError> {
        let day = self.name("a date")?;
        let time = self.next();
        let zone = time.as_ref().and_then(|_| self.next());
        let end = zone.as_ref().or(time.as_ref());
        let end = end.map_or(day.range.end, |last| last.range.end);
        let (range, clock) = (
            day.range.start..end,
            time.as_ref().map_or("00:00", |time| time.text.as_str()),
        );
        let written = format!("{} {clock}", day.text);
        let date = DateTime::strptime("%Y-%m-%d %H:%M", &written).ok();
        // The pattern would accept fewer digits, as the format of scenarios does not.
        if let Some(date) = date.filter(|_| written.len() == "2022-08-04 07:00".len()) {
            return Ok(WrittenDate { date, zone, range });
        }
        let headline = format!("`{}` is not a date", shown(&self.text[range.clone()]));
        let hint = "Dates are `2022-08-04 07:00` or `2022-08-04`; `2022-10-30 01:30 GMT` where a time comes twice.";
        Err(LineError::new(headline, range, hint))
    }

    fn nothing_more(&mut self) -> Result<(), LineError> {
        let Some(word) = self.next() else {
            return Ok(());
        };
        let headline = format!("`{}` is one word too many", shown(&word.text));
        let range = word.range.start..self.text.len();
        let hint = "One line says one thing; `#` begins a comment.";
        Err(LineError::new(headline, range, hint))
    }
}
