//! The semantics, tested from the design: scenarios and what must happen in them, as text.

mod chance;
mod conditions;
mod consent;
mod courses;
mod decisions;
mod growth;
mod injects;
mod phases;
mod properties;
mod rolls;
mod time;
mod views;

use crate::engine::luck::Keyed;
use crate::engine::{self, Event, Move, State};
use crate::program::compile::tests::{compiled, written};
use crate::program::ids::ValueId;
use crate::program::{Program, ProgramSetup};
use crate::scenario::Minutes;

/// The program of a scenario in short form; see [`written`].
fn program(text: &str) -> Program {
    program_of(text, &ProgramSetup::default())
}

fn program_of(text: &str, setup: &ProgramSetup) -> Program {
    let (program, mut findings) = compiled(&written(text), setup);
    // How such a comparison runs is tested too.
    findings.retain(|finding| !finding.contains("constant-comparison"));
    assert_eq!(findings, Vec::<String>::new());
    program.expect("a scenario without findings compiles")
}

/// Plays a scenario in short form and compares everything that happens.
///
/// A line of the script that starts with `>` is done, and the lines after it are what must happen: the minute,
/// then the event. `start` is STARTEX, `until 90` lets time pass to a minute, `choose d a`, `take a` and `wait`
/// are moves, `no choose d a` is a move that is refused, `force c 1` forces a roll, `? x` reads a value.
fn check(text: &str, script: &str) {
    check_setup(text, &ProgramSetup::default(), script);
}

fn check_setup(text: &str, setup: &ProgramSetup, script: &str) {
    let program = program_of(text, setup);
    let mut exercise = ScriptedExercise::new(&program, 1);
    let mut seen = Vec::new();
    for line in script.lines().map(str::trim) {
        if let Some(done) = line.strip_prefix('>') {
            seen.push(line.to_owned());
            seen.extend(exercise.act(done.trim()));
        }
    }
    let wanted: Vec<&str> = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        seen.join("\n"),
        wanted.join("\n"),
        "what happened, and what was to happen"
    );
}

/// A scenario being played by lines of text.
struct ScriptedExercise<'p> {
    program: &'p Program,
    luck: Keyed,
    state: State,
}

impl<'p> ScriptedExercise<'p> {
    fn new(program: &'p Program, seed: u64) -> Self {
        let state = State::from_words(program, &program.initial);
        Self {
            program,
            luck: Keyed::new(seed),
            state,
        }
    }

    fn act(&mut self, line: &str) -> Vec<String> {
        let program = self.program;
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut events = Vec::new();
        match words.as_slice() {
            ["start"] => self.state = engine::start(program, &mut self.luck, &mut events),
            ["until", minute] => {
                let minute: Minutes = minute.parse().expect("a minute");
                engine::advance(
                    program,
                    &mut self.state,
                    minute,
                    &mut self.luck,
                    &mut events,
                );
            }
            ["force", chance, outcome] => {
                let id = program.chance_named(chance).expect("a chance");
                self.luck.force(id, outcome.parse().expect("an outcome"));
            }
            ["?", name] => {
                let value = program.value_named(name).expect("a value");
                return vec![format!("{name} is {}", self.state.value(program, value))];
            }
            ["no", wanted @ ..] => {
                let (before, wanted) = (self.state.clone(), move_named(program, wanted));
                let refusal = engine::step(
                    program,
                    &mut self.state,
                    wanted,
                    &mut self.luck,
                    &mut events,
                );
                assert_eq!(
                    self.state, before,
                    "a refused move leaves the state as it was"
                );
                assert!(events.is_empty());
                let sentence = refusal.expect_err("the move is refused").sentence(program);
                return vec![sentence];
            }
            wanted => {
                let wanted = move_named(program, wanted);
                engine::step(
                    program,
                    &mut self.state,
                    wanted,
                    &mut self.luck,
                    &mut events,
                )
                .unwrap_or_else(|refusal| panic!("{line}: {}", refusal.sentence(program)));
            }
        }
        events
            .iter()
            .filter_map(|(at, event)| Some(format!("{at} {}", shown(program, *event)?)))
            .collect()
    }
}

fn move_named(program: &Program, words: &[&str]) -> Move {
    match words {
        ["wait"] => Move::Wait,
        ["take", action] => Move::Take(program.action_named(action).expect("an action")),
        ["choose", decision, option] => {
            let decision = program.decision_named(decision).expect("a decision");
            Move::Choose(
                decision,
                program.option_named(decision, option).expect("an option"),
            )
        }
        other => panic!("no move: {other:?}"),
    }
}

/// An event as a line; none for the beginnings of courses and ends of phases, which follow from the others.
fn shown(program: &Program, event: Event) -> Option<String> {
    let script = &program.script;
    let value = |id: ValueId| &script.values[id.index()].id;
    let decision = |id| &script.decision(id).id;
    Some(match event {
        Event::Began(_) | Event::PhaseEnded(_) => return None,
        Event::PhaseBegan(id) => format!("phase {}", script.scenario.phases[id.index()].id.value),
        Event::Came(id) => format!("came {}", script.injects[id.index()].id),
        Event::Asked(id) => format!("asked {}", decision(id)),
        Event::Chosen {
            decision: id,
            option,
            by_default,
        } => {
            let course = program.decisions[id.index()].options[usize::from(option)];
            let how = if by_default { "default" } else { "chosen" };
            format!("{how} {} {}", decision(id), script.course(course).id)
        }
        Event::Withdrawn(id) => format!("withdrawn {}", decision(id)),
        Event::Taken(id) => format!(
            "taken {}",
            script.course(program.actions[id.index()].course).id
        ),
        Event::Finished(id) => format!("finished {}", script.course(id).id),
        Event::Rolled {
            chance, outcome, ..
        } => format!("rolled {} {outcome}", program.chances[chance.index()].name),
        Event::Read { text, .. } => format!("told {}", script.text(text).text.trim_end()),
        Event::Scored { points, lucky, .. } => {
            format!("points {points}{}", if lucky { " by luck" } else { "" })
        }
        Event::Wrote {
            value: id,
            before,
            after,
        } => format!("{} {before} -> {after}", value(id)),
        Event::Saturated { value: id, wanted } => format!("{} stops, wanted {wanted}", value(id)),
        Event::Ended(id) => format!("ended {}", script.scenario.endings[id.index()].id.value),
    })
}
