//! Our language beside somebody else's CEL: what we read, CEL reads, and it means the same.
//!
//! One deviation is left out: CEL's `&&` and `||` swallow an error of either side when the other side decides, ours look at the
//! right side only when the left one leaves it open. Only results where neither errs are compared.
//!
//! A quarter of the texts is made without regard to types, so that the strengths of operators meet in every way; most of those err.

use cel::{Context, Program, Value};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::{Binary, Expr, ExprKind, Unary, parse};

const TEXTS: usize = 3_000;

/// Durations, and what CEL reads for them.
const DURATIONS: [(&str, &str); 4] = [("5m", "5"), ("2h", "120"), ("1d", "1440"), ("1w", "10080")];

/// The values of one run: names of numbers `a b c`, of truths `p q`.
#[derive(Clone, Debug)]
struct OracleValues {
    numbers: [i64; 3],
    truths: [bool; 2],
}

#[test]
fn what_we_read_cel_reads_and_it_means_the_same() {
    let mut luck = TextGenerator(ChaCha8Rng::seed_from_u64(1));
    let (mut read, mut brackets_compared, mut values_compared) = (0, 0, 0);
    for _ in 0..TEXTS {
        let tokens = luck.text();
        let values = luck.values();
        let text = tokens.join(" ");
        let cel_text = tokens
            .iter()
            .map(|token| cel_token(token))
            .collect::<Vec<_>>()
            .join(" ");
        let node = match parse(&text) {
            Ok(node) => node,
            Err(error) => {
                let chain = second_in_a_row(&text[..error.range.start]);
                assert!(chain, "{text}: {error:?}");
                continue;
            }
        };
        read += 1;
        let theirs = cel_value(&cel_text, &values);
        let brackets = cel_value(&node.to_string(), &values);
        assert_eq!(
            theirs.is_some(),
            brackets.is_some(),
            "{text} becomes {node}"
        );
        if let (Some(theirs), Some(brackets)) = (&theirs, &brackets) {
            brackets_compared += 1;
            assert_eq!(theirs, brackets, "{text} becomes {node} with {values:?}");
        }
        if let (Some(theirs), Some(ours)) = (&theirs, our_value(&node, &values)) {
            values_compared += 1;
            assert_eq!(theirs, &ours, "{text} with {values:?}");
        }
    }
    // Without these, a generator gone wrong would leave a test that cannot fail.
    assert!(read > TEXTS / 2, "{read} of {TEXTS} were read");
    assert!(
        brackets_compared > TEXTS / 4,
        "{brackets_compared} of {TEXTS} had a value in CEL"
    );
    assert!(
        values_compared > TEXTS / 4,
        "{values_compared} of {TEXTS} had a value in both"
    );
}

/// Whether a relation behind `before` would follow another one: all that we refuse here and CEL allows.
fn second_in_a_row(before: &str) -> bool {
    let mut closed = 0;
    for token in before.split_whitespace().rev() {
        match token {
            ")" | "]" => closed += 1,
            "(" | "[" if closed > 0 => closed -= 1,
            _ if closed > 0 => {}
            "(" | "[" | "," | "?" | ":" | "&&" | "||" => return false,
            token if token == "in" || RELATIONS.contains(&token) => return true,
            _ => {}
        }
    }
    false
}

fn cel_token(token: &str) -> &str {
    let duration = DURATIONS.iter().find(|(ours, _)| *ours == token);
    duration.map_or(token, |(_, cel)| cel)
}

/// `None` where CEL errs in running; that it can read the text is asserted.
fn cel_value(text: &str, values: &OracleValues) -> Option<Value> {
    let program = Program::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut context = Context::default();
    for (name, number) in ["a", "b", "c"].into_iter().zip(values.numbers) {
        context.add_variable_from_value(name, number);
    }
    for (name, truth) in ["p", "q"].into_iter().zip(values.truths) {
        context.add_variable_from_value(name, truth);
    }
    program.execute(&context).ok()
}

/// The plainest evaluator of our language; `None` is an error.
fn our_value(node: &Expr, values: &OracleValues) -> Option<Value> {
    let number = |node| match our_value(node, values)? {
        Value::Int(number) => Some(number),
        _ => None,
    };
    let truth = |node| match our_value(node, values)? {
        Value::Bool(truth) => Some(truth),
        _ => None,
    };
    Some(match &node.kind {
        ExprKind::Number(number) => Value::Int(*number),
        ExprKind::Truth(truth) => Value::Bool(*truth),
        ExprKind::Name(name) => match name.as_str() {
            "a" => Value::Int(values.numbers[0]),
            "b" => Value::Int(values.numbers[1]),
            "c" => Value::Int(values.numbers[2]),
            "p" => Value::Bool(values.truths[0]),
            "q" => Value::Bool(values.truths[1]),
            _ => return None,
        },
        ExprKind::Field(..) | ExprKind::Call(..) => return None,
        ExprKind::Unary(Unary::Not, operand) => Value::Bool(!truth(operand)?),
        ExprKind::Unary(Unary::Negate, operand) => Value::Int(number(operand)?.checked_neg()?),
        ExprKind::Binary(Binary::And, left, right) => Value::Bool(truth(left)? && truth(right)?),
        ExprKind::Binary(Binary::Or, left, right) => Value::Bool(truth(left)? || truth(right)?),
        ExprKind::Binary(Binary::Equal, left, right) => {
            Value::Bool(same(&our_value(left, values)?, &our_value(right, values)?)?)
        }
        ExprKind::Binary(Binary::NotEqual, left, right) => Value::Bool(!same(
            &our_value(left, values)?,
            &our_value(right, values)?,
        )?),
        ExprKind::Binary(binary, left, right) => compute(*binary, number(left)?, number(right)?)?,
        ExprKind::In(element, list) => {
            let element = our_value(element, values)?;
            let mut found = false;
            for node in list {
                found |= same(&element, &our_value(node, values)?)?;
            }
            Value::Bool(found)
        }
        ExprKind::If(condition, yes, no) => {
            our_value(if truth(condition)? { yes } else { no }, values)?
        }
    })
}

/// Equal; an error when the types differ.
fn same(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => Some(left == right),
        (Value::Bool(left), Value::Bool(right)) => Some(left == right),
        _ => None,
    }
}

/// Operators of two numbers. Division rounds towards zero.
fn compute(binary: Binary, left: i64, right: i64) -> Option<Value> {
    Some(match binary {
        Binary::Multiply => Value::Int(left.checked_mul(right)?),
        Binary::Divide => Value::Int(left.checked_div(right)?),
        Binary::Remainder => Value::Int(left.checked_rem(right)?),
        Binary::Add => Value::Int(left.checked_add(right)?),
        Binary::Subtract => Value::Int(left.checked_sub(right)?),
        Binary::Less => Value::Bool(left < right),
        Binary::LessOrEqual => Value::Bool(left <= right),
        Binary::Greater => Value::Bool(left > right),
        Binary::GreaterOrEqual => Value::Bool(left >= right),
        Binary::Equal | Binary::NotEqual | Binary::And | Binary::Or => return None,
    })
}

const NUMBERS: [&str; 13] = [
    "a",
    "b",
    "c",
    "a",
    "b",
    "c",
    "0",
    "1",
    "7",
    "9007199254740992",
    "5m",
    "2h",
    "1w",
];
const TRUTHS: [&str; 6] = ["p", "q", "p", "q", "true", "false"];
const ARITHMETIC: [&str; 5] = ["*", "/", "%", "+", "-"];
const RELATIONS: [&str; 6] = ["<", "<=", ">", ">=", "==", "!="];
const JOINTS: [&str; 2] = ["&&", "||"];

/// Makes texts, as tokens. Half of the parts carry brackets, the others mix with their neighbours as the strengths say.
struct TextGenerator(ChaCha8Rng);

type Tokens = Vec<&'static str>;

impl TextGenerator {
    fn below(&mut self, bound: usize) -> usize {
        self.0.random_range(0..bound)
    }

    fn one_of(&mut self, tokens: &[&'static str]) -> Tokens {
        vec![tokens[self.below(tokens.len())]]
    }

    fn values(&mut self) -> OracleValues {
        OracleValues {
            numbers: std::array::from_fn(|_| match self.below(12) {
                0 => i64::MIN,
                1 => self.0.random(),
                _ => self.0.random_range(-9..10),
            }),
            truths: self.0.random(),
        }
    }

    fn text(&mut self) -> Tokens {
        match self.below(4) {
            0 => self.mixed(4),
            1 => self.number(4),
            _ => self.truth(4),
        }
    }

    fn number(&mut self, depth: usize) -> Tokens {
        match self.below(if depth == 0 { 1 } else { 10 }) {
            0..3 => self.one_of(&NUMBERS),
            3 => [vec!["-"], bracketed("(", self.number(depth - 1), ")")].concat(),
            4 => {
                let condition = self.truth(depth - 1);
                self.choice(&condition, |luck| luck.number(depth - 1))
            }
            _ => self.joined(&ARITHMETIC, |luck| luck.number(depth - 1)),
        }
    }

    fn truth(&mut self, depth: usize) -> Tokens {
        match self.below(if depth == 0 { 1 } else { 12 }) {
            0..2 => self.one_of(&TRUTHS),
            2 => [vec!["!"], bracketed("(", self.truth(depth - 1), ")")].concat(),
            3 => {
                let condition = self.truth(depth - 1);
                self.choice(&condition, |luck| luck.truth(depth - 1))
            }
            4..6 => self.joined(&RELATIONS, |luck| luck.number(depth - 1)),
            6 => self.membership(|luck| luck.number(depth - 1)),
            _ => self.joined(&JOINTS, |luck| luck.truth(depth - 1)),
        }
    }

    /// Without regard to types.
    fn mixed(&mut self, depth: usize) -> Tokens {
        match self.below(if depth == 0 { 2 } else { 12 }) {
            0 => self.one_of(&TRUTHS),
            1 | 2 => self.one_of(&NUMBERS),
            3 => [
                self.one_of(&["!", "-"]),
                bracketed("(", self.mixed(depth - 1), ")"),
            ]
            .concat(),
            4 => {
                let condition = self.mixed(depth - 1);
                self.choice(&condition, |luck| luck.mixed(depth - 1))
            }
            5 => self.membership(|luck| luck.mixed(depth - 1)),
            _ => {
                let operators = [&ARITHMETIC[..], &RELATIONS, &JOINTS].concat();
                self.joined(&operators, |luck| luck.mixed(depth - 1))
            }
        }
    }

    fn joined(
        &mut self,
        operators: &[&'static str],
        part: impl Fn(&mut TextGenerator) -> Tokens,
    ) -> Tokens {
        [self.part(&part), self.one_of(operators), self.part(&part)].concat()
    }

    fn membership(&mut self, part: impl Fn(&mut TextGenerator) -> Tokens) -> Tokens {
        let list = [part(self), vec![","], part(self)].concat();
        [self.part(part), vec!["in"], bracketed("[", list, "]")].concat()
    }

    /// The middle takes no other choice, so it always carries brackets.
    fn choice(
        &mut self,
        condition: &Tokens,
        part: impl Fn(&mut TextGenerator) -> Tokens,
    ) -> Tokens {
        let condition = self.part(|_| condition.clone());
        let yes = bracketed("(", part(self), ")");
        [condition, vec!["?"], yes, vec![":"], self.part(part)].concat()
    }

    /// With brackets or without.
    fn part(&mut self, part: impl Fn(&mut TextGenerator) -> Tokens) -> Tokens {
        let tokens = part(self);
        if tokens.len() > 1 && self.0.random() {
            bracketed("(", tokens, ")")
        } else {
            tokens
        }
    }
}

fn bracketed(open: &'static str, tokens: Tokens, close: &'static str) -> Tokens {
    [vec![open], tokens, vec![close]].concat()
}
