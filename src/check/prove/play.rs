//! Plays that show findings, as text.

use std::fmt::Write as _;

use crate::check::prove::goals::{Goal, ways};
use crate::check::prove::{Claim, Evidence, Proof};
use crate::engine::{Event, Move, State};
use crate::play::{date, line_of};
use crate::program::Program;
use crate::program::code::Code;
use crate::program::ids::{InjectId, ValueId};
use crate::scenario::Minutes;
use crate::search::evidence::{ForcedRoll, Witness, outlast};
use crate::search::weigh::weigh;
use crate::words;

/// Characters of a line of a comment, without the `# ` that begins it.
const COMMENT_MAX: usize = 76;

/// For each claim the play that shows it, if one was found.
pub(super) fn find_plays(proof: &Proof, claims: &[Claim]) -> Vec<Option<Evidence>> {
    let goals: Vec<Goal> = claims.iter().filter_map(|it| it.goal.clone()).collect();
    let mut ways = ways(proof, &goals).into_iter();
    let play = |claim: &Claim| {
        let way = claim.goal.as_ref().and_then(|_| ways.next()?)?;
        let beside = |state: &State| compare_options(proof, claim, state);
        write_play(proof.program, claim, &way, &beside)
    };
    claims.iter().map(play).collect()
}

/// A play that goes a way. `beside` gives comments on the state in which it ends.
pub(super) fn write_play(
    program: &Program,
    claim: &Claim,
    way: &Witness,
    beside: &dyn Fn(&State) -> String,
) -> Option<Evidence> {
    let (state, events) = way.play(program)?;
    let mut text = String::new();
    let headline = format!("{}: {}", claim.finding.rule, claim.finding.headline);
    for sentence in [&headline].into_iter().chain(&claim.finding.hints) {
        comment(sentence, &mut text);
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
    let reads = expect_reads(program, &claim.reads, &state, &events);
    expect_state(program, &state, &claim.expects, &reads, &mut text);
    text.extend(wait_for_endex(program, claim, &state));
    Some(Evidence {
        name: name_of(claim.finding.rule, &claim.id),
        text,
    })
}

/// The name of a play: the rule, and what it is about.
pub(super) fn name_of(rule: &str, id: &str) -> String {
    format!("{rule}-{id}")
}

/// A sentence for the reader of a play.
fn comment(sentence: &str, text: &mut String) {
    if sentence.is_empty() {
        return;
    }
    for line in words::folded(&words::one_line(sentence), COMMENT_MAX) {
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

/// What each option of the question is worth, or each move if the claim is about an action.
fn compare_options(proof: &Proof, claim: &Claim, state: &State) -> String {
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
    let title =
        format!("What {what} are worth from here, on average and with best play after them:");
    comment(&title, &mut text);
    for worth in worths {
        let made = line_of(program, worth.made);
        let points = format!("{:+.2}", worth.best);
        let _ = writeln!(text, "#   {made}: {points} points");
    }
    text
}

/// How the exercise goes on once none of the ends of its phase can come any more.
fn wait_for_endex(program: &Program, claim: &Claim, state: &State) -> Option<String> {
    let Some(Goal::Stuck(phase)) = claim.goal else {
        return None;
    };
    let (_, fallen, after) = outlast(program, state, phase)?;
    let mut text = "\n".to_owned();
    comment(
        "Whatever anybody does from here on, only `lasts` ends the exercise:",
        &mut text,
    );
    rolls(program, &fallen, &mut text);
    let date = date(program, after.now(program));
    text.extend(["wait until ", &date, "\n"]);
    expect_state(program, &after, &[], &[], &mut text);
    Some(text)
}

/// Expects the phase, the time and the ending of a state, after some lines and before others.
fn expect_state(
    program: &Program,
    state: &State,
    before: &[String],
    after: &[String],
    text: &mut String,
) {
    let scenario = &program.script.scenario;
    let phase = &scenario.phases[state.phase(program).index()].id.value;
    let mut lines = before.to_vec();
    lines.push(format!("expect phase {phase}"));
    let now = date(program, state.now(program));
    lines.push(format!("expect time {now}"));
    let ended = state.ended(program);
    let ending = ended.map(|id| &scenario.endings[id.index()].id.value);
    lines.extend(ending.map(|ending| format!("expect ending {ending}")));
    lines.extend_from_slice(after);
    lines.extend(ended.map(|_| "end".to_owned()));
    text.extend(lines.iter().flat_map(|line| [line.as_str(), "\n"]));
}

/// Expects what some conditions read, as it is in a state.
fn expect_reads(
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
        if inject.came.into_iter().chain(inject.came_at).any(is_read) {
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
                .chain(decision.chosen_at)
                .any(is_read)
        {
            let line = line_of(program, made);
            lines.push(line.replacen("choose", "expect chosen", 1));
        }
    }
    lines
}
