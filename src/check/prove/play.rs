//! Plays that show findings, as text.

use std::fmt::Write as _;

use crate::check::prove::goals::{Goal, ways};
use crate::check::prove::{Claim, Evidence, Proof, Proven};
use crate::engine::{Event, Move, State};
use crate::play::{date, line_of};
use crate::program::Program;
use crate::program::code::Code;
use crate::program::ids::{InjectId, ValueId};
use crate::scenario::Minutes;
use crate::search::evidence::{ForcedRoll, Witness, outlast};
use crate::search::weigh::weigh;
use crate::words;

/// Characters of a comment's line, without the sign that begins it.
const COMMENT_MAX: usize = 76;

/// The findings, each with the play that shows it where one was found.
pub(super) fn shown(proof: &Proof, claims: Vec<Claim>) -> Vec<Proven> {
    let with_goal = claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.goal.is_some());
    let numbers: Vec<usize> = with_goal.map(|(number, _)| number).collect();
    let goals: Vec<Goal> = claims
        .iter()
        .filter_map(|claim| claim.goal.clone())
        .collect();
    let mut plays: Vec<Option<Evidence>> = vec![None; claims.len()];
    for (number, way) in numbers.into_iter().zip(ways(proof, &goals)) {
        let claim = &claims[number];
        let beside = |state: &State| options(proof, claim, state);
        plays[number] = way.and_then(|way| written(proof.program, claim, &way, &beside));
    }
    joined(claims.into_iter().zip(plays))
}

/// The findings alone.
pub(super) fn told(claims: Vec<Claim>) -> Vec<Proven> {
    joined(claims.into_iter().map(|claim| (claim, None)))
}

/// Two claims of one finding are told once.
fn joined(claims: impl Iterator<Item = (Claim, Option<Evidence>)>) -> Vec<Proven> {
    let mut proven: Vec<Proven> = Vec::new();
    for (claim, play) in claims {
        match proven.last_mut() {
            Some(last) if last.finding == claim.finding => last.plays.extend(play),
            _ => proven.push(Proven {
                finding: claim.finding,
                plays: play.into_iter().collect(),
            }),
        }
    }
    proven
}

/// A play that goes a way. `beside` is told, as comments, of where it ends.
pub(super) fn written(
    program: &Program,
    claim: &Claim,
    way: &Witness,
    beside: &dyn Fn(&State) -> String,
) -> Option<Evidence> {
    let (state, events) = way.gone(program)?;
    let mut text = String::new();
    let headline = format!("{}: {}", claim.finding.rule, claim.finding.headline);
    for said in [&headline].into_iter().chain(&claim.finding.hints) {
        comment(said, &mut text);
    }
    let script = &program.script;
    if let Some(variant) = &script.variant {
        let _ = writeln!(text, "variant {variant}");
    }
    if let Some(cut) = script.cut {
        let _ = writeln!(text, "cut {}", script.scenario.cuts[cut].id.value);
    }
    text.push('\n');
    rolls(program, &way.rolls, &mut text);
    for leg in &way.legs {
        rolls(program, &leg.rolls, &mut text);
        let _ = writeln!(text, "{}", line_of(program, leg.made));
    }
    text.push('\n');
    text.push_str(&beside(&state));
    let read = read(program, &claim.reads, &state, &events);
    for line in claim
        .expects
        .iter()
        .chain(&standing(program, &state))
        .chain(&read)
    {
        let _ = writeln!(text, "{line}");
    }
    if state.ended(program).is_some() {
        text.push_str("end\n");
    }
    text.extend(outlasted(program, claim, &state));
    Some(Evidence {
        name: name_of(claim.finding.rule, &claim.id),
        text,
    })
}

/// The name of a play: the rule, and what it is about.
pub(super) fn name_of(rule: &str, id: &str) -> String {
    format!("{rule}-{id}")
}

/// A sentence for whoever reads the play.
fn comment(said: &str, text: &mut String) {
    if said.is_empty() {
        return;
    }
    for line in words::folded(&words::one_line(said), COMMENT_MAX) {
        let _ = writeln!(text, "# {line}");
    }
}

/// How rolls fall, and how likely that is.
fn rolls(program: &Program, rolls: &[ForcedRoll], text: &mut String) {
    for roll in rolls {
        let chance = &program.chances[roll.chance.index()];
        let percent = f64::from(chance.odds[roll.outcome]) * 100.0 / chance.total as f64;
        let likely = if percent < 0.1 {
            "under 0.1".to_owned()
        } else {
            format!("{percent:.1}")
        };
        let (name, number) = (&chance.name, roll.outcome + 1);
        let _ = writeln!(text, "roll {name} {number}  # {likely} % likely");
    }
}

/// What each option of the question comes to, or each move where an action is meant.
fn options(proof: &Proof, claim: &Claim, state: &State) -> String {
    let mut text = String::new();
    let program = proof.program;
    let Some(goal @ (Goal::Asked(_) | Goal::Choice(_) | Goal::Better(_) | Goal::State(..))) =
        &claim.goal
    else {
        return text;
    };
    let Some(mut worths) = weigh(proof.solver, state) else {
        return text;
    };
    let decision = goal.decision(program);
    let what = match decision {
        Some(asked) => {
            worths.retain(|it| matches!(it.made, Move::Choose(of, _) if of == asked));
            format!("the options of `{}`", program.script.decision(asked).id)
        }
        None => "the moves".to_owned(),
    };
    let title = format!("What {what} come to from here, on average and with best play after them:");
    comment(&title, &mut text);
    for worth in worths {
        let made = line_of(program, worth.made);
        let points = format!("{:+.2}", worth.best);
        let _ = writeln!(text, "#   {made}: {points} points");
    }
    text
}

/// How the exercise goes on, from where no end of its phase can come any more.
fn outlasted(program: &Program, claim: &Claim, state: &State) -> Option<String> {
    let Some(Goal::Stuck(phase)) = claim.goal else {
        return None;
    };
    let (waits, fallen, after) = outlast(program, state, phase)?;
    let mut text = "\n".to_owned();
    comment(
        "Whatever is done from here on, only `lasts` ends the exercise:",
        &mut text,
    );
    rolls(program, &fallen, &mut text);
    match plain_date(program, after.now(program)) {
        Some(date) => text.extend(["wait until ", &date, "\n"]),
        None => text.push_str(&"wait\n".repeat(waits)),
    }
    for line in standing(program, &after) {
        let _ = writeln!(text, "{line}");
    }
    if after.ended(program).is_some() {
        text.push_str("end\n");
    }
    Some(text)
}

/// Where the exercise stands.
fn standing(program: &Program, state: &State) -> Vec<String> {
    let scenario = &program.script.scenario;
    let phase = &scenario.phases[state.phase(program).index()].id.value;
    let mut lines = vec![format!("expect phase {phase}")];
    lines.extend(plain_date(program, state.now(program)).map(|date| format!("expect time {date}")));
    if let Some(id) = state.ended(program) {
        lines.push(format!(
            "expect ending {}",
            scenario.endings[id.index()].id.value
        ));
    }
    lines
}

/// A minute as plays have it. None where a change of clocks repeats the hour, and a play would mean the first.
fn plain_date(program: &Program, minute: Minutes) -> Option<String> {
    let local = program.calendar.local(minute).datetime();
    let meant = program.calendar.minutes(local);
    (meant == Some(minute)).then(|| date(program, minute))
}

/// What some conditions read, as it is.
fn read(
    program: &Program,
    codes: &[Code],
    state: &State,
    events: &[(Minutes, Event)],
) -> Vec<String> {
    let mut bits = vec![0_u64; state.words().len()];
    for code in codes {
        let operations = &program.operations;
        operations.each_read(*code, &mut |word, mask| bits[word] |= mask);
    }
    let is_read = |slot: crate::program::layout::Slot| {
        let (word, mask, _) = slot.pattern(0);
        mask != 0 && bits[usize::from(word)] & mask == mask
    };
    let mut lines = Vec::new();
    for (index, value) in program.values.iter().enumerate() {
        if is_read(value.slot) {
            let script = &program.script.values[index];
            let holds = state.value(program, ValueId::at(index));
            let word = script.words.get(holds as usize).cloned();
            let holds = word.unwrap_or_else(|| holds.to_string());
            lines.push(format!("expect {} {holds}", script.id));
        }
    }
    for (index, inject) in program.injects.iter().enumerate() {
        if inject.came.into_iter().chain(inject.when).any(is_read) {
            let came = Event::Came(InjectId::at(index));
            let came = events.iter().any(|(_, event)| *event == came);
            let no = if came { "" } else { "no " };
            lines.push(format!(
                "expect {no}inject {}",
                program.script.injects[index].id
            ));
        }
    }
    for (index, decision) in program.decisions.iter().enumerate() {
        let chosen = events.iter().rev().find_map(|(_, event)| match event {
            Event::Chosen {
                decision, option, ..
            } if decision.index() == index => Some(Move::Choose(*decision, *option)),
            _ => None,
        });
        if let Some(made) = chosen
            && decision
                .chosen
                .into_iter()
                .chain(decision.when)
                .any(is_read)
        {
            let line = line_of(program, made);
            lines.push(line.replacen("choose", "expect chosen", 1));
        }
    }
    lines
}
