use std::collections::BTreeMap;
use std::sync::Arc;

use sandtable::check;
use sandtable::engine::luck::Stream;
use sandtable::engine::{self, Move, State};
use sandtable::finding::Severity;
use sandtable::library;
use sandtable::program::expression::{
    Expr, ExprKind, LENGTH_BYTES_MAX, SyntaxError, parse, parse_effect,
};
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::read::Folder;

use super::hold;
use super::tree;

/// A scenario with three places for an expression.
const AROUND: &str = include_str!("expression.yaml");

/// Moves of each exercise that is played with it.
const MOVES_MAX: usize = 60;

/// Reads a text as an expression and as an effect, and plays with it where it has a meaning.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let tree = parse(&text);
    match &tree {
        Ok(node) => {
            nodes(&text, node);
            let brackets = node.to_string();
            if brackets.len() <= LENGTH_BYTES_MAX {
                let again = parse(&brackets).map(|it| it.to_string());
                assert_eq!(again.as_ref(), Ok(&brackets));
            }
        }
        Err(error) => told(&text, error),
    }
    match parse_effect(&text) {
        Ok(effect) => {
            hold::within(&text, effect.name_range.clone(), &effect);
            nodes(&text, &effect.expression);
            with("effect", &text, None);
        }
        Err(error) => told(&text, &error),
    }
    if let Ok(node) = &tree {
        with("condition", &text, Some(node));
        with("number", &text, Some(node));
        with("watched", &text, None);
    }
}

/// What is wrong can be shown where it is.
fn told(text: &str, error: &SyntaxError) {
    hold::within(text, error.range.clone(), error);
    assert!(!error.headline.is_empty());
}

/// Each node lies within its text, and its parts within it.
fn nodes(text: &str, node: &Expr) {
    hold::within(text, node.range.clone(), node);
    assert!(!node.range.is_empty(), "{node:?}");
    let parts: Vec<&Expr> = match &node.kind {
        ExprKind::Number(_) | ExprKind::Truth(_) | ExprKind::Name(_) => Vec::new(),
        ExprKind::Field(_, _, range) => {
            hold::within(text, range.clone(), node);
            Vec::new()
        }
        ExprKind::Call(_, range, parts) => {
            hold::within(text, range.clone(), node);
            parts.iter().collect()
        }
        ExprKind::Unary(_, inner) => vec![inner],
        ExprKind::Binary(_, left, right) => vec![left, right],
        ExprKind::In(left, list) => std::iter::once(&**left).chain(list).collect(),
        ExprKind::If(condition, yes, no) => vec![condition, yes, no],
    };
    for part in parts {
        let (outer, inner) = (&node.range, &part.range);
        assert!(
            outer.start <= inner.start && inner.end <= outer.end,
            "{node:?}"
        );
        nodes(text, part);
    }
}

/// Puts the text where it stands for something, and plays where that compiles.
fn with(place: &str, text: &str, node: Option<&Expr>) {
    let Some(program) = program(place, text) else {
        return;
    };
    for seed in 0..2 {
        play(&program, seed, |state| {
            if let Some(node) = node {
                means(place, &program, node, state);
            }
        });
    }
}

fn program(place: &str, text: &str) -> Option<Arc<Program>> {
    // What JSON quotes, YAML reads.
    let text = match place {
        "number" => format!("made = {text}"),
        _ => text.to_owned(),
    };
    let quoted = serde_json::to_string(&text).expect("a text is JSON");
    let whole = AROUND.lines().map(|line| match line.split_once("# ") {
        Some((before, of)) if of == place => match before.split_once("IT") {
            Some((start, end)) => [start, &quoted, end, "\n"].concat(),
            None => [before, "\n"].concat(),
        },
        Some(_) => String::new(),
        None => [line, "\n"].concat(),
    });
    let folder = Folder::single("it.yaml", whole.collect::<String>().into_bytes());
    let loaded = library::load(&folder, &ProgramSetup::default());
    let (found, sources) = check::check(&folder);
    hold::findings(&found, &sources);
    match loaded {
        Ok(loaded) => Some(loaded.program),
        Err(rejected) => {
            hold::findings(&rejected.findings, &rejected.sources);
            assert!(found.iter().any(|it| it.severity == Severity::Error));
            None
        }
    }
}

/// Plays at random, and shows every state.
fn play(program: &Program, seed: u64, mut show: impl FnMut(&State)) {
    let (mut luck, mut pick) = (Stream(seed), Stream(!seed));
    let mut state = engine::start(program, &mut luck, &mut ());
    let mut legal = Vec::new();
    for _ in 0..MOVES_MAX {
        show(&state);
        engine::moves(program, &state, &mut legal);
        if legal.is_empty() {
            return;
        }
        let made = match pick.below(2) {
            0 => Move::Wait,
            _ => legal[pick.below(legal.len() as u64) as usize],
        };
        engine::step(program, &mut state, made, &mut luck, &mut ()).expect("it is legal");
    }
}

/// The compiled code comes to what the tree says.
fn means(place: &str, program: &Program, node: &Expr, state: &State) {
    let numbers = program
        .script
        .values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let id = sandtable::program::ids::ValueId::at(index);
            (value.id.as_str(), state.value(program, id))
        });
    let numbers: BTreeMap<&str, i64> = numbers.collect();
    let now = state.now(program);
    let Some(wanted) = tree::value(node, &|name| numbers.get(name).copied(), now) else {
        return;
    };
    let found = |code| program.operations.value(code, state.words());
    let (wanted, found) = if place == "condition" {
        let code = program.endings[0].expect("it is a condition");
        (i64::from(wanted != 0), i64::from(found(code) != 0))
    } else {
        let id = program.value_named("made").expect("it is there");
        let effect = program.effects.iter().find(|it| it.value == id);
        (wanted, found(effect.expect("it is written").code))
    };
    assert_eq!(wanted, found, "{node} at minute {now} with {numbers:?}");
}
