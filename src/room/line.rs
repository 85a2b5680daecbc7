//! One line of the play grammar, carried out in a running exercise.

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::view::Reason;
use crate::exercise::{Exercise, NotMade};
use crate::finding::{Finding, Place, Sources};
use crate::journal::{EntryKind, Forced, JournalError};
use crate::play::{
    LineError, PlacedLine, Play, PlayLine, PlayStep, Stepper, WrittenName, parse_line,
};
use crate::room::faces::capitalised;
use crate::words;

/// Reads a line; none if it is empty. The error is a sentence.
pub(super) fn read(text: &str) -> Result<Option<PlayLine>, String> {
    parse_line(text).map_err(|error| error_sentence(&error))
}

/// What did not come out as a line says.
#[derive(Debug, Default)]
pub(super) struct LineOutcome {
    /// What was refused, as sentences.
    pub(super) refused: Vec<String>,
    /// What could not be recorded: a move, or without one the line itself. The rest of the line was not carried out.
    pub(super) unrecorded: Option<(Option<Move>, JournalError)>,
}

impl From<Vec<String>> for LineOutcome {
    fn from(refused: Vec<String>) -> Self {
        Self {
            refused,
            unrecorded: None,
        }
    }
}

/// Carries out a line, at this time on the wall. `moved` is called after every move.
pub(super) fn walk(
    exercise: &mut Exercise,
    line: PlayLine,
    at: Timestamp,
    mut moved: impl FnMut(&Exercise),
) -> LineOutcome {
    match &line {
        PlayLine::Seed(_) | PlayLine::Variant(_) | PlayLine::Cut(_) => {
            let differs: Vec<String> = differs(exercise, &line).into_iter().collect();
            return differs.into();
        }
        PlayLine::Roll { .. } => return force(exercise, line, at),
        _ => {}
    }
    let is_end = line == PlayLine::End;
    let play = alone(line);
    let mut stepper = Stepper::new(&play);
    let mut refused = Vec::new();
    loop {
        let (program, history) = (exercise.program(), exercise.history());
        let mut luck = exercise.luck().clone();
        match stepper.next(program, &history.state, &mut luck, &history.events) {
            PlayStep::Done => break,
            PlayStep::Failed(finding) => refused.push(finding_sentence(&finding)),
            PlayStep::Move(chosen) => match exercise.submit(Some(0), chosen, Reason::default(), at)
            {
                Ok(()) => moved(exercise),
                Err(NotMade::Unrecorded(error)) => {
                    return LineOutcome {
                        refused,
                        unrecorded: Some((Some(chosen), error)),
                    };
                }
                Err(why) => {
                    refused.extend(why.sentence(exercise.program()));
                    break;
                }
            },
        }
    }
    if is_end && exercise.is_over() {
        let chances = &exercise.program().chances;
        let never = exercise
            .luck()
            .pending()
            .map(|id| &chances[id.index()].name);
        refused.extend(never.map(|name| format!("The forced roll of `{name}` never came.")));
    }
    refused.into()
}

/// Forces the next roll of a chance.
fn force(exercise: &mut Exercise, line: PlayLine, at: Timestamp) -> LineOutcome {
    let PlayLine::Roll {
        chance, outcome, ..
    } = &line
    else {
        return LineOutcome::default();
    };
    let begun = exercise.moves().len() > 0;
    let (program, mut luck) = (exercise.program(), exercise.luck().clone());
    if let Some(id) = program.chance_named(&chance.text)
        && !begun
        && luck.count(id) > 0
    {
        // Before the first move a play means the first roll, but STARTEX is over here.
        let what = format!("`{}` was rolled at STARTEX already.", chance.text);
        return vec![what].into();
    }
    let forced = EntryKind::Roll(Forced {
        chance: chance.text.clone(),
        outcome: *outcome,
    });
    let play = alone(line);
    let findings = Stepper::new(&play).prepare(program, &mut luck);
    if !findings.is_empty() {
        return findings
            .iter()
            .map(finding_sentence)
            .collect::<Vec<_>>()
            .into();
    }
    match exercise.enter(forced, at) {
        Ok(()) => LineOutcome::default(),
        Err(NotMade::Unrecorded(error)) => LineOutcome {
            refused: Vec::new(),
            unrecorded: Some((None, error)),
        },
        Err(why) => Vec::from_iter(why.sentence(exercise.program())).into(),
    }
}

/// Why a line that says how to start does not fit the exercise.
fn differs(exercise: &Exercise, line: &PlayLine) -> Option<String> {
    let script = &exercise.program().script;
    let scenario = &script.scenario;
    let cut = script.cut.map(|at| scenario.cuts[at].id.value.as_str());
    let first = scenario.variants.first().map(|it| it.id.value.as_str());
    let (name, wanted, played) = match line {
        PlayLine::Seed(seed) if *seed == exercise.seed() => return None,
        PlayLine::Seed(seed) => ("seed", seed.to_string(), Some(exercise.seed().to_string())),
        PlayLine::Variant(WrittenName { text, .. }) => {
            let played = script.variant.as_deref().or(first);
            ("variant", text.clone(), played.map(str::to_owned))
        }
        PlayLine::Cut(WrittenName { text, .. }) => ("cut", text.clone(), cut.map(str::to_owned)),
        _ => return None,
    };
    if played.as_ref() == Some(&wanted) {
        return None;
    }
    let wanted = words::one_line(&wanted).into_owned();
    let played = played.map_or_else(|| format!("no {name}"), |it| format!("{name} {it}"));
    Some(format!(
        "This exercise runs with {played}. Start it with `--{name} {wanted}` to play this."
    ))
}

/// A play of one line.
fn alone(line: PlayLine) -> Play {
    let mut sources = Sources::default();
    let place = Place::new(sources.add("line", ""), 0..0);
    Play {
        lines: vec![PlacedLine { line, place }],
        end: place,
    }
}

fn finding_sentence(finding: &Finding) -> String {
    in_words(
        &finding.headline,
        finding.instead.as_deref(),
        &finding.hints,
    )
}

fn error_sentence(error: &LineError) -> String {
    let hint = Some(error.hint.clone()).filter(|it| !it.is_empty());
    in_words(&error.headline, error.instead.as_deref(), hint.as_slice())
}

fn in_words(headline: &str, meant: Option<&str>, hints: &[String]) -> String {
    let mut parts = vec![capitalised(headline) + "."];
    parts.extend(meant.map(|it| format!("Did you mean `{it}`?")));
    parts.extend(hints.iter().cloned());
    parts.join(" ")
}
