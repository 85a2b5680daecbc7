//! The names in a YAML file, including those in its expressions.

use std::ops::Range;

use crate::lsp::position::bytes_of;
use crate::lsp::symbol::{Candidate, Symbol};
use crate::program::expression::{Binary, Expr, ExprKind, parse, parse_effect};
use crate::scenario::Placed;
use crate::scenario::read::outline::{Outline, Seen};
use crate::scenario::read::place_inside;
use crate::scenario::schema::NameKind;

/// The names of an outline.
pub fn names(file: usize, outline: &Outline) -> Vec<Candidate> {
    let mut found = Vec::new();
    let range_of = |text: &Placed<String>, range: Range<usize>| {
        bytes_of(place_inside(&outline.sources, text, range))
    };
    for seen in &outline.seen {
        match seen {
            Seen::Name(it) => {
                let range = range_of(&it.name, 0..it.name.value.len());
                let text = &it.name.value;
                let (kind, other) = match it.of {
                    NameKind::PhaseOrEndex if text == "endex" => continue,
                    NameKind::PhaseOrEndex => (NameKind::Phase, None),
                    NameKind::InjectOrAction => {
                        (NameKind::Inject, Some(Symbol::new(NameKind::Action, text)))
                    }
                    kind => (kind, None),
                };
                let symbol = Symbol {
                    kind,
                    within: it.within.clone(),
                    name: text.clone(),
                };
                let mut found_name =
                    Candidate::used(file, range, other.into_iter().collect(), symbol);
                if it.gives {
                    let mention = &mut found_name.mention;
                    mention.defines = true;
                    mention.whole = bytes_of(it.whole);
                    mention.title.clone_from(&it.title);
                    mention.shape = it.shape;
                }
                found.push(found_name);
            }
            Seen::Code { text, effect } => {
                let mut add = |range: Range<usize>, others, symbol| {
                    found.push(Candidate::used(file, range_of(text, range), others, symbol));
                };
                add_code(&text.value, *effect, &mut add);
            }
            _ => {}
        }
    }
    found
}

type Add<'a> = dyn FnMut(Range<usize>, Vec<Symbol>, Symbol) + 'a;

/// Adds the names of an expression or an effect, if it parses.
fn add_code(text: &str, effect: bool, add: &mut Add) {
    if effect {
        if let Ok(effect) = parse_effect(text) {
            add(
                effect.name_range,
                Vec::new(),
                Symbol::new(NameKind::Value, &effect.name),
            );
            let expected = Side::Words(NameKind::Word, effect.name);
            add_expression(&effect.expression, Some(&expected), add);
        }
    } else if let Ok(node) = parse(text) {
        add_expression(&node, None, add);
    }
}

/// What a bare word means beside the other side of a comparison.
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

fn add_expression(node: &Expr, expected: Option<&Side>, add: &mut Add) {
    match &node.kind {
        ExprKind::Number(_) | ExprKind::Truth(_) => {}
        ExprKind::Name(name) => {
            let others = match expected {
                Some(Side::Phases) => vec![Symbol::new(NameKind::Phase, name)],
                Some(Side::Words(of, within)) => vec![Symbol::inside(*of, within, name)],
                None => Vec::new(),
            };
            if !["phase", "none"].contains(&name.as_str()) || !others.is_empty() {
                add(
                    node.range.clone(),
                    others,
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
                    _ => add_expression(argument, None, add),
                }
            }
        }
        ExprKind::Unary(_, operand) => add_expression(operand, None, add),
        ExprKind::Binary(Binary::Equal | Binary::NotEqual, left, right) => {
            add_expression(left, side(right).as_ref(), add);
            add_expression(right, side(left).as_ref(), add);
        }
        ExprKind::Binary(_, left, right) => {
            add_expression(left, None, add);
            add_expression(right, None, add);
        }
        ExprKind::In(element, list) => {
            add_expression(element, None, add);
            let expected = side(element);
            for item in list {
                add_expression(item, expected.as_ref(), add);
            }
        }
        ExprKind::If(condition, yes, no) => {
            add_expression(condition, None, add);
            add_expression(yes, expected, add);
            add_expression(no, expected, add);
        }
    }
}
