//! The names in a file of YAML, those inside expressions too.

use std::collections::BTreeSet;
use std::ops::Range;

use super::names::{Mention, Symbol};
use crate::program::expression::{Binary, Expr, ExprKind, parse, parse_effect};
use crate::scenario::Placed;
use crate::scenario::read::outline::{Outline, Seen};
use crate::scenario::read::place_inside;
use crate::scenario::schema::NameKind;

/// A name, and everything that it may stand for: the first that is given counts.
#[derive(Debug)]
pub struct NameAtCursor {
    /// The mention, with what it stands for if nothing of it is given.
    pub mention: Mention,
    /// What else it may stand for, and before it.
    pub rather: Vec<Symbol>,
}

impl std::ops::Deref for NameAtCursor {
    type Target = Mention;

    fn deref(&self) -> &Mention {
        &self.mention
    }
}

/// A use of a name.
pub fn used(file: usize, range: Range<usize>, rather: Vec<Symbol>, symbol: Symbol) -> NameAtCursor {
    let mention = Mention {
        file,
        whole: range.clone(),
        range,
        symbol,
        gives: false,
        title: String::new(),
        shape: None,
    };
    NameAtCursor { mention, rather }
}

/// The names with what they stand for.
pub fn resolved(found: Vec<NameAtCursor>, given: &BTreeSet<Symbol>) -> Vec<Mention> {
    let resolve = |found: NameAtCursor| {
        let mut mention = found.mention;
        let mut rather = found.rather.into_iter();
        if let Some(symbol) = rather.find(|symbol| given.contains(symbol)) {
            mention.symbol = symbol;
        }
        mention
    };
    found.into_iter().map(resolve).collect()
}

/// The names of an outline.
pub fn of_outline(file: usize, outline: &Outline) -> Vec<NameAtCursor> {
    let mut found = Vec::new();
    let range_of = |text: &Placed<String>, range: Range<usize>| {
        let place = place_inside(&outline.sources, text, range);
        place.start as usize..place.end as usize
    };
    for seen in &outline.seen {
        match seen {
            Seen::Name(it) => {
                let range = range_of(&it.name, 0..it.name.value.len());
                let text = &it.name.value;
                let (of, rather) = match it.of {
                    NameKind::PhaseOrEndex if text == "endex" => continue,
                    NameKind::PhaseOrEndex => (NameKind::Phase, None),
                    NameKind::InjectOrAction => {
                        (NameKind::Inject, Some(Symbol::new(NameKind::Action, text)))
                    }
                    of => (of, None),
                };
                let symbol = Symbol {
                    of,
                    within: it.within.clone(),
                    name: text.clone(),
                };
                let mut one = used(file, range, rather.into_iter().collect(), symbol);
                if it.gives {
                    one.mention.gives = true;
                    one.mention.whole = it.whole.start as usize..it.whole.end as usize;
                    one.mention.title.clone_from(&it.title);
                    one.mention.shape = it.shape;
                }
                found.push(one);
            }
            Seen::Code { text, effect } => {
                let mut add = |range: Range<usize>, rather, symbol| {
                    found.push(used(file, range_of(text, range), rather, symbol));
                };
                code(&text.value, *effect, &mut add);
            }
            _ => {}
        }
    }
    found
}

type Add<'a> = dyn FnMut(Range<usize>, Vec<Symbol>, Symbol) + 'a;

/// The names of an expression or an effect; none where it does not parse.
fn code(text: &str, effect: bool, add: &mut Add) {
    if effect {
        if let Ok(effect) = parse_effect(text) {
            add(
                effect.name_range,
                Vec::new(),
                Symbol::new(NameKind::Value, &effect.name),
            );
            let expected = Side::Words(NameKind::Word, effect.name);
            walk(&effect.expression, Some(&expected), add);
        }
    } else if let Ok(node) = parse(text) {
        walk(&node, None, add);
    }
}

/// What a bare word means beside something.
enum Side {
    /// A word of this value, or an option of this decision.
    Words(NameKind, String),
    /// A phase.
    Phases,
}

fn side(node: &Expr) -> Option<Side> {
    match &node.kind {
        ExprKind::Name(name) if name == "phase" => Some(Side::Phases),
        ExprKind::Name(name) => Some(Side::Words(NameKind::Word, name.clone())),
        ExprKind::Field(what, of, _) if what == "chosen" => {
            Some(Side::Words(NameKind::Option, of.clone()))
        }
        _ => None,
    }
}

fn walk(node: &Expr, expected: Option<&Side>, add: &mut Add) {
    match &node.kind {
        ExprKind::Number(_) | ExprKind::Truth(_) => {}
        ExprKind::Name(name) => {
            let rather = match expected {
                Some(Side::Phases) => vec![Symbol::new(NameKind::Phase, name)],
                Some(Side::Words(of, within)) => vec![Symbol::inside(*of, within, name)],
                None => Vec::new(),
            };
            if !["phase", "none"].contains(&name.as_str()) || !rather.is_empty() {
                add(
                    node.range.clone(),
                    rather,
                    Symbol::new(NameKind::Value, name),
                );
            }
        }
        ExprKind::Field(what, of, range) => {
            let kind = match what.as_str() {
                "taken" => NameKind::Action,
                _ => NameKind::Inject,
            };
            add(range.clone(), Vec::new(), Symbol::new(kind, of));
        }
        ExprKind::Call(name, _, arguments) => {
            for argument in arguments {
                match (&argument.kind, name.as_str()) {
                    (ExprKind::Name(of), "since") => add(
                        argument.range.clone(),
                        vec![Symbol::new(NameKind::Action, of)],
                        Symbol::new(NameKind::Inject, of),
                    ),
                    _ => walk(argument, None, add),
                }
            }
        }
        ExprKind::Unary(_, operand) => walk(operand, None, add),
        ExprKind::Binary(Binary::Equal | Binary::NotEqual, left, right) => {
            walk(left, side(right).as_ref(), add);
            walk(right, side(left).as_ref(), add);
        }
        ExprKind::Binary(_, left, right) => {
            walk(left, None, add);
            walk(right, None, add);
        }
        ExprKind::In(element, list) => {
            walk(element, None, add);
            let expected = side(element);
            for item in list {
                walk(item, expected.as_ref(), add);
            }
        }
        ExprKind::If(condition, yes, no) => {
            walk(condition, None, add);
            walk(yes, expected, add);
            walk(no, expected, add);
        }
    }
}
