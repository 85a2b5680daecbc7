//! Expressions: from text to typed code.

use std::ops::Range;

use crate::finding::{Finding, Place};
use crate::program::code::{Arithmetic, Code, Comparison, Operation, WordMask};
use crate::program::compile::Compiler;
use crate::program::compile::names::{Happening, unknown};
use crate::program::expression::{Assign, Binary, Expr, ExprKind, Unary, parse, parse_effect};
use crate::program::ids::{ActionId, DecisionId, InjectId, ValueId};
use crate::program::{Effect, Value};
use crate::scenario::read::{TEXT_MAX_BYTES, place_inside};
use crate::scenario::{Placed, ValueKind};

/// What no expression may reach: four times less than where 64 bits end.
const NUMBER_MAX: i64 = 1 << 61;

/// Numbers that an expression may come to, both included.
type NumberRange = (i64, i64);

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// True or false.
    Truth,
    /// A number between bounds.
    Number(NumberRange),
    /// One of a list of words.
    Word(WordList),
}

/// Which list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordList {
    /// A value's.
    Value(ValueId),
    /// The phases.
    Phase,
    /// A decision's options, after `none`.
    Chosen(DecisionId),
}

/// A compiled expression with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    pub code: Code,
    pub of: Type,
    /// It changes as time goes by.
    pub moves: bool,
}

/// One expression being compiled: what the text is, and how to point into it.
struct Scope<'c, 'a> {
    compiler: &'c mut Compiler<'a>,
    source: &'c Placed<String>,
}

impl Compiler<'_> {
    /// A condition that is tested when something else happens.
    pub fn condition(&mut self, source: &Placed<String>) -> Option<Code> {
        self.typed_condition(source).map(|typed| typed.code)
    }

    /// A condition, with whether it changes as time goes by.
    pub fn typed_condition(&mut self, source: &Placed<String>) -> Option<Typed> {
        let node = self.parsed(source)?;
        let mut scope = Scope {
            compiler: self,
            source,
        };
        let typed = scope.node(&node, None)?;
        if typed.of == Type::Truth {
            return Some(typed);
        }
        let what = scope.describe(typed.of);
        scope.wrong(
            &node.range,
            format!("a condition must be true or false, this is {what}"),
        );
        None
    }

    /// A number.
    pub fn number(&mut self, source: &Placed<String>) -> Option<Typed> {
        let node = self.parsed(source)?;
        let mut scope = Scope {
            compiler: self,
            source,
        };
        let typed = scope.node(&node, None)?;
        scope.bounds(&typed, &node.range)?;
        Some(typed)
    }

    /// An effect.
    pub fn effect(&mut self, source: &Placed<String>) -> Option<Effect> {
        if is_reported(source) {
            return None;
        }
        let effect = match parse_effect(&source.value) {
            Ok(effect) => effect,
            Err(error) => {
                self.report_syntax(source, &error);
                return None;
            }
        };
        let place = self.inside(source, effect.name_range.clone());
        if self.names.lost(&effect.name) {
            return None;
        }
        let Some(number) = self.names.values().get(&effect.name) else {
            let finding = self.names.values().unknown(&effect.name, place);
            self.findings.push(finding);
            return None;
        };
        let value = ValueId::at(number);
        let wanted = self.type_of_value(value);
        let mut scope = Scope {
            compiler: self,
            source,
        };
        let typed = scope.node(&effect.expression, scope_words(wanted))?;
        scope.check_effect(&effect, value, wanted, typed)
    }

    fn parsed(&mut self, source: &Placed<String>) -> Option<Expr> {
        if is_reported(source) {
            return None;
        }
        match parse(&source.value) {
            Ok(node) => Some(node),
            Err(error) => {
                self.report_syntax(source, &error);
                None
            }
        }
    }

    fn report_syntax(
        &mut self,
        source: &Placed<String>,
        error: &crate::program::expression::SyntaxError,
    ) {
        let place = self.inside(source, error.range.clone());
        let finding = Finding::error("expression-syntax", place, &error.headline);
        let finding = if error.hint.is_empty() {
            finding
        } else {
            finding.hint(&error.hint)
        };
        self.findings.push(finding);
    }

    /// The place of some bytes of an expression.
    pub fn inside(&self, source: &Placed<String>, range: Range<usize>) -> Place {
        place_inside(&self.scenario.sources, source, range)
    }

    /// What a value may hold, as a type.
    pub fn type_of_value(&self, id: ValueId) -> Type {
        match &self.scenario.values[id.index()].kind {
            ValueKind::Truth { .. } => Type::Truth,
            ValueKind::Number { min, max, .. } => Type::Number((min.value, max.value)),
            ValueKind::Word { .. } => Type::Word(WordList::Value(id)),
        }
    }

    fn value(&self, id: ValueId) -> Value {
        self.values[id.index()]
    }

    /// The words of a list, in the order of their numbers.
    pub fn words(&self, words: WordList) -> Vec<&str> {
        match words {
            WordList::Value(id) => match &self.scenario.values[id.index()].kind {
                ValueKind::Word { words, .. } => {
                    words.iter().map(|word| word.value.as_str()).collect()
                }
                ValueKind::Truth { .. } | ValueKind::Number { .. } => Vec::new(),
            },
            WordList::Phase => self
                .scenario
                .phases
                .iter()
                .map(|phase| phase.id.value.as_str())
                .collect(),
            WordList::Chosen(id) => {
                let options = self.names.options_of(id);
                std::iter::once("none")
                    .chain(options.iter().map(|option| option.id.value.as_str()))
                    .collect()
            }
        }
    }
}

/// Whether reading has said that the text is no use: it is empty, or too long for any text.
fn is_reported(source: &Placed<String>) -> bool {
    source.value.trim().is_empty() || source.value.len() > TEXT_MAX_BYTES
}

fn scope_words(wanted: Type) -> Option<WordList> {
    match wanted {
        Type::Word(words) => Some(words),
        Type::Truth | Type::Number(_) => None,
    }
}

impl Scope<'_, '_> {
    fn push(&mut self, operation: Operation) -> Code {
        self.compiler.operations.push(operation)
    }

    fn typed(&mut self, operation: Operation, of: Type, moves: bool) -> Typed {
        Typed {
            code: self.push(operation),
            of,
            moves,
        }
    }

    fn wrong(&mut self, range: &Range<usize>, headline: impl Into<String>) -> &mut Finding {
        let place = self.compiler.inside(self.source, range.clone());
        self.compiler.error("wrong-type", place, headline)
    }

    fn report(&mut self, finding: Finding) {
        self.compiler.findings.push(finding);
    }

    fn place(&self, range: &Range<usize>) -> Place {
        self.compiler.inside(self.source, range.clone())
    }

    fn describe(&self, of: Type) -> String {
        match of {
            Type::Truth => "a truth".into(),
            Type::Number(_) => "a number".into(),
            Type::Word(words) => {
                let list = self.compiler.words(words);
                format!("one of the words {}", crate::words::list(&list))
            }
        }
    }

    /// Compiles a node. `words` is the list that a bare word belongs to, where the other side says so.
    fn node(&mut self, node: &Expr, words: Option<WordList>) -> Option<Typed> {
        match &node.kind {
            ExprKind::Number(number) => Some(self.typed(
                Operation::Constant(*number),
                Type::Number((*number, *number)),
                false,
            )),
            ExprKind::Truth(truth) => {
                Some(self.typed(Operation::Constant(i64::from(*truth)), Type::Truth, false))
            }
            ExprKind::Name(name) => self.name(name, &node.range, words),
            ExprKind::Field(of, name, range) => self.field(of, name, range, &node.range),
            ExprKind::Call(name, range, arguments) => {
                self.call(name, range, arguments, &node.range)
            }
            ExprKind::Unary(Unary::Not, inner) => {
                let truth = self.truth(inner)?;
                let code = self.compiler.operations.not(truth.code);
                Some(Typed { code, ..truth })
            }
            ExprKind::Unary(Unary::Negate, inner) => {
                let typed = self.node(inner, None)?;
                let (low, high) = self.bounds(&typed, &inner.range)?;
                let of = Type::Number((high.saturating_neg(), low.saturating_neg()));
                Some(self.typed(Operation::Negate(typed.code), of, typed.moves))
            }
            ExprKind::Binary(how, left, right) => self.binary(*how, left, right),
            ExprKind::In(left, list) => self.membership(left, list),
            ExprKind::If(condition, yes, no) => self.either(condition, yes, no, words, &node.range),
        }
    }

    fn truth(&mut self, node: &Expr) -> Option<Typed> {
        let typed = self.node(node, None)?;
        if typed.of == Type::Truth {
            let code = self.compiler.operations.condition(typed.code);
            return Some(Typed { code, ..typed });
        }
        let what = self.describe(typed.of);
        self.wrong(
            &node.range,
            format!("this must be true or false, it is {what}"),
        );
        None
    }

    fn bounds(&mut self, typed: &Typed, range: &Range<usize>) -> Option<NumberRange> {
        if let Type::Number(bounds) = typed.of {
            return Some(bounds);
        }
        let what = self.describe(typed.of);
        self.wrong(range, format!("this must be a number, it is {what}"));
        None
    }

    fn name(&mut self, name: &str, range: &Range<usize>, words: Option<WordList>) -> Option<Typed> {
        if self.compiler.names.lost(name) {
            return None;
        }
        let value = self.compiler.names.values().get(name).map(ValueId::at);
        let word = words.and_then(|words| {
            Some((
                words,
                self.compiler
                    .words(words)
                    .iter()
                    .position(|word| *word == name)?,
            ))
        });
        match (value, word) {
            (Some(_), Some(_)) => {
                let place = self.place(range);
                let headline = format!("`{name}` is a value and also a word of the other side");
                self.compiler
                    .error("ambiguous-word", place, headline)
                    .hints
                    .push("Give the value or the word another name.".into());
                None
            }
            (Some(id), None) => Some(self.read(id)),
            (None, Some((words, position))) => Some(self.typed(
                Operation::Constant(position as i64),
                Type::Word(words),
                false,
            )),
            (None, None) if name == "phase" => {
                let slot = self.compiler.phase;
                Some(self.typed(Operation::Slot(slot), Type::Word(WordList::Phase), false))
            }
            (None, None) => {
                self.unknown_name(name, range, words);
                None
            }
        }
    }

    fn unknown_name(&mut self, name: &str, range: &Range<usize>, words: Option<WordList>) {
        let place = self.place(range);
        let compiler = &*self.compiler;
        let finding = match words {
            Some(words) => {
                let list = compiler.words(words);
                let values = compiler.names.values();
                let finding = values.unknown_among("word", name, place, list.iter().copied());
                finding.hint(format!("The words here are {}.", crate::words::list(&list)))
            }
            None => compiler.names.values().unknown(name, place),
        };
        self.report(finding);
    }

    fn read(&mut self, id: ValueId) -> Typed {
        let (value, of) = (self.compiler.value(id), self.compiler.type_of_value(id));
        let grows = !self.compiler.scenario.values[id.index()].grows.is_empty();
        let operation = if grows {
            Operation::Grown(value.slot, value.per)
        } else {
            Operation::Slot(value.slot)
        };
        self.typed(operation, of, grows)
    }

    fn field(
        &mut self,
        of: &str,
        name: &str,
        name_range: &Range<usize>,
        range: &Range<usize>,
    ) -> Option<Typed> {
        if self.compiler.names.lost(name) {
            return None;
        }
        let place = self.place(name_range);
        match of {
            "chosen" => {
                let Some(id) = self
                    .compiler
                    .names
                    .decisions()
                    .get(name)
                    .map(DecisionId::at)
                else {
                    let finding = self.compiler.names.decisions().unknown(name, place);
                    self.report(finding);
                    return None;
                };
                let options = self.compiler.names.options_of(id).len();
                let slot = self.compiler.chosen(id, options);
                Some(self.typed(
                    Operation::Slot(slot),
                    Type::Word(WordList::Chosen(id)),
                    false,
                ))
            }
            "taken" => {
                let Some(id) = self.compiler.names.actions().get(name).map(ActionId::at) else {
                    let finding = self.compiler.names.actions().unknown(name, place);
                    self.report(finding);
                    return None;
                };
                let slot = self.compiler.used(id);
                Some(self.positive(slot))
            }
            "came" => {
                let Some(id) = self.compiler.names.injects().get(name).map(InjectId::at) else {
                    let finding = self.compiler.names.injects().unknown(name, place);
                    self.report(finding);
                    return None;
                };
                let slot = self.compiler.came(id);
                Some(self.positive(slot))
            }
            _ => {
                let place = self.place(range);
                self.report(unknown(
                    "field",
                    of,
                    place,
                    ["chosen", "taken", "came"].into_iter(),
                ));
                None
            }
        }
    }

    /// Whether a count is above zero.
    fn positive(&mut self, slot: crate::program::layout::Slot) -> Typed {
        let zero = self.push(Operation::Bits(WordMask::of(slot, 0)));
        let code = self.compiler.operations.not(zero);
        Typed {
            code,
            of: Type::Truth,
            moves: false,
        }
    }

    fn call(
        &mut self,
        name: &str,
        name_range: &Range<usize>,
        arguments: &[Expr],
        range: &Range<usize>,
    ) -> Option<Typed> {
        match (name, arguments) {
            ("now", []) => {
                let lasts = self.compiler.scenario.lasts.value;
                Some(self.typed(Operation::Now, Type::Number((0, lasts)), true))
            }
            (
                "since",
                [
                    Expr {
                        kind: ExprKind::Name(of),
                        range,
                    },
                ],
            ) => self.since(of, range),
            ("min" | "max", [left, right]) => {
                let how = if name == "min" {
                    Arithmetic::Min
                } else {
                    Arithmetic::Max
                };
                self.arithmetic(how, left, right)
            }
            ("now" | "since" | "min" | "max", _) => {
                let form = match name {
                    "now" => "now()",
                    "since" => "since(x), with the name of an inject, decision or action",
                    other => {
                        if other == "min" {
                            "min(a, b)"
                        } else {
                            "max(a, b)"
                        }
                    }
                };
                self.wrong(range, format!("`{name}` is written {form}"));
                None
            }
            _ => {
                let place = self.place(name_range);
                self.report(unknown(
                    "function",
                    name,
                    place,
                    ["now", "since", "min", "max"].into_iter(),
                ));
                None
            }
        }
    }

    fn since(&mut self, of: &str, range: &Range<usize>) -> Option<Typed> {
        let slot = match self.compiler.names.happening(of) {
            Some(Happening::Inject(id)) => self.compiler.came_when(id),
            Some(Happening::Decision(id)) => self.compiler.chosen_when(id),
            Some(Happening::Action(id)) => self.compiler.used_when(id),
            None if self.compiler.names.lost(of) => return None,
            None => {
                let place = self.place(range);
                let finding = self.compiler.names.unknown_happening(of, place);
                self.report(finding);
                return None;
            }
        };
        let lasts = self.compiler.scenario.lasts.value;
        Some(self.typed(Operation::Since(slot), Type::Number((-1, lasts)), true))
    }

    fn binary(&mut self, how: Binary, left: &Expr, right: &Expr) -> Option<Typed> {
        match how {
            Binary::And | Binary::Or => {
                let (left, right) = both(self.truth(left), self.truth(right))?;
                let operations = &mut self.compiler.operations;
                let code = if how == Binary::And {
                    operations.both(left.code, right.code)
                } else {
                    operations.either(left.code, right.code)
                };
                let moves = left.moves || right.moves;
                Some(Typed {
                    code,
                    of: Type::Truth,
                    moves,
                })
            }
            Binary::Multiply => self.arithmetic(Arithmetic::Multiply, left, right),
            Binary::Divide => self.arithmetic(Arithmetic::Divide, left, right),
            Binary::Remainder => self.arithmetic(Arithmetic::Remainder, left, right),
            Binary::Add => self.arithmetic(Arithmetic::Add, left, right),
            Binary::Subtract => self.arithmetic(Arithmetic::Subtract, left, right),
            Binary::Less => self.order(Comparison::Less, left, right),
            Binary::LessOrEqual => self.order(Comparison::LessOrEqual, left, right),
            Binary::Greater => self.order(Comparison::Greater, left, right),
            Binary::GreaterOrEqual => self.order(Comparison::GreaterOrEqual, left, right),
            Binary::Equal => self.equality(true, left, right),
            Binary::NotEqual => self.equality(false, left, right),
        }
    }

    fn arithmetic(&mut self, how: Arithmetic, left: &Expr, right: &Expr) -> Option<Typed> {
        let (first, second) = both(self.node(left, None), self.node(right, None))?;
        let (a, b) = both(
            self.bounds(&first, &left.range),
            self.bounds(&second, &right.range),
        )?;
        if matches!(how, Arithmetic::Divide | Arithmetic::Remainder) && b.0 <= 0 && b.1 >= 0 {
            let place = self.place(&right.range);
            self.compiler
                .error("division-by-zero", place, "this divisor may be zero")
                .hints
                .push("Divide by a constant, or by `max(1, x)`.".into());
            return None;
        }
        let (low, high) = result_bounds(how, a, b);
        if low <= -NUMBER_MAX || high >= NUMBER_MAX {
            let place = self.place(&(left.range.start..right.range.end));
            self.compiler
                .error(
                    "limit-exceeded",
                    place,
                    "this may come to more than a number can hold",
                )
                .hints
                .push("Use narrower bounds, or divide before multiplying.".into());
            return None;
        }
        let of = Type::Number((low, high));
        Some(self.typed(
            Operation::Calculate(how, first.code, second.code),
            of,
            first.moves || second.moves,
        ))
    }

    fn order(&mut self, how: Comparison, left: &Expr, right: &Expr) -> Option<Typed> {
        let (first, second) = both(self.node(left, None), self.node(right, None))?;
        let (a, b) = both(
            self.bounds(&first, &left.range),
            self.bounds(&second, &right.range),
        )?;
        let always = match how {
            Comparison::Less => decided(a.1 < b.0, a.0 >= b.1),
            Comparison::LessOrEqual => decided(a.1 <= b.0, a.0 > b.1),
            Comparison::Greater => decided(a.0 > b.1, a.1 <= b.0),
            Comparison::GreaterOrEqual => decided(a.0 >= b.1, a.1 < b.0),
            Comparison::Equal | Comparison::NotEqual => None,
        };
        let same = matches!(how, Comparison::LessOrEqual | Comparison::GreaterOrEqual);
        self.warn_constant(always, same, left, right, (first.of, second.of));
        Some(self.typed(
            Operation::Compare(how, first.code, second.code),
            Type::Truth,
            first.moves || second.moves,
        ))
    }

    fn equality(&mut self, equal: bool, left: &Expr, right: &Expr) -> Option<Typed> {
        let words = self.hint(left).or_else(|| self.hint(right));
        let first = self.node(left, words);
        if first.is_none() && matches!(right.kind, ExprKind::Name(_)) {
            // What the word on the right belongs to cannot be told.
            return None;
        }
        let (first, second) = both(first, self.node(right, words))?;
        if !self.same_type(first.of, second.of) {
            let (one, other) = (self.describe(first.of), self.describe(second.of));
            self.wrong(&right.range, format!("{other} cannot equal {one}"));
            return None;
        }
        let apart = match (first.of, second.of) {
            (Type::Number(a), Type::Number(b)) => a.1 < b.0 || a.0 > b.1,
            _ => false,
        };
        let always = apart.then_some(!equal);
        self.warn_constant(always, equal, left, right, (first.of, second.of));
        Some(self.equal(equal, first, second))
    }

    /// Warns of a comparison that comes out one way whatever happens. `same` is how it comes out for equal sides.
    fn warn_constant(
        &mut self,
        always: Option<bool>,
        same: bool,
        left: &Expr,
        right: &Expr,
        of: (Type, Type),
    ) {
        let is_same = std::mem::discriminant(&left.kind) == std::mem::discriminant(&right.kind)
            && left.to_string() == right.to_string();
        let Some(always) = always.or(is_same.then_some(same)) else {
            return;
        };
        let place = self.place(&(left.range.start..right.range.end));
        let headline = format!("this comparison is always {always}");
        let mut finding = Finding::warning("constant-comparison", place, headline);
        let sides = [(left, of.0), (right, of.1)];
        let named = sides.iter().find_map(|(node, of)| match (&node.kind, of) {
            (ExprKind::Number(_), _) | (_, Type::Truth | Type::Word(_)) => None,
            (_, Type::Number((low, high))) => Some((node, low, high)),
        });
        if let Some((node, low, high)) = named.filter(|_| !is_same) {
            let text = &self.source.value[node.range.clone()];
            let (low, high) = (crate::words::number(*low), crate::words::number(*high));
            finding = finding.hint(format!("`{text}` lies between {low} and {high}."));
        }
        self.report(finding.hint("Correct one side, or leave the comparison out."));
    }

    fn equal(&mut self, equal: bool, first: Typed, second: Typed) -> Typed {
        let moves = first.moves || second.moves;
        let roots = (
            self.compiler.operations.root(first.code),
            self.compiler.operations.root(second.code),
        );
        let short = match roots {
            (Operation::Slot(slot), Operation::Constant(number))
            | (Operation::Constant(number), Operation::Slot(slot)) => slot
                .holds(number)
                .then(|| Operation::Bits(WordMask::of(slot, number.wrapping_sub(slot.min) as u64))),
            _ => None,
        };
        match (short, equal) {
            (Some(operation), true) => self.typed(operation, Type::Truth, moves),
            (Some(operation), false) => {
                let equal = self.push(operation);
                let code = self.compiler.operations.not(equal);
                Typed {
                    code,
                    of: Type::Truth,
                    moves,
                }
            }
            (None, _) => {
                let how = if equal {
                    Comparison::Equal
                } else {
                    Comparison::NotEqual
                };
                self.typed(
                    Operation::Compare(how, first.code, second.code),
                    Type::Truth,
                    moves,
                )
            }
        }
    }

    fn membership(&mut self, left: &Expr, list: &[Expr]) -> Option<Typed> {
        let words = self.hint(left);
        let of = self.node(left, words)?;
        let mut any: Option<Typed> = None;
        for (index, item) in list.iter().enumerate() {
            let is_twice = list[..index]
                .iter()
                .any(|other| other.kind == item.kind && matches!(item.kind, ExprKind::Name(_)));
            if is_twice {
                let place = self.place(&item.range);
                let headline = format!("`{item}` is listed twice");
                let finding = Finding::warning("constant-comparison", place, headline);
                self.report(
                    finding.hint("Leave one of them out, or write the word that was meant."),
                );
            }
            let typed = self.node(item, words)?;
            if !self.same_type(of.of, typed.of) {
                let (what, wanted) = (self.describe(typed.of), self.describe(of.of));
                self.wrong(&item.range, format!("{what} cannot equal {wanted}"));
                return None;
            }
            let equal = self.equal(true, of, typed);
            any = Some(match any {
                None => equal,
                Some(before) => self.typed(
                    Operation::Or(before.code, equal.code),
                    Type::Truth,
                    before.moves || equal.moves,
                ),
            });
        }
        if let (Type::Word(_), Some(set)) = (of.of, self.constant_set(list, words)) {
            return Some(self.typed(Operation::AnyOf(of.code, set), Type::Truth, of.moves));
        }
        Some(any.unwrap_or_else(|| self.typed(Operation::Constant(0), Type::Truth, false)))
    }

    /// The positions of a list of words as bits, where all are words of the list.
    fn constant_set(&self, list: &[Expr], words: Option<WordList>) -> Option<u64> {
        let names = self.compiler.words(words?);
        list.iter().try_fold(0, |set, item| match &item.kind {
            ExprKind::Name(name) => names
                .iter()
                .take(64)
                .position(|word| word == name)
                .map(|position| set | 1 << position),
            _ => None,
        })
    }

    fn either(
        &mut self,
        condition: &Expr,
        yes: &Expr,
        no: &Expr,
        words: Option<WordList>,
        range: &Range<usize>,
    ) -> Option<Typed> {
        let words = words.or_else(|| self.hint(yes)).or_else(|| self.hint(no));
        let condition = self.truth(condition);
        let (yes, no) = both(self.node(yes, words), self.node(no, words))?;
        let condition = condition?;
        if !self.same_type(yes.of, no.of) {
            let (one, other) = (self.describe(yes.of), self.describe(no.of));
            self.wrong(range, format!("one side is {one}, the other {other}"));
            return None;
        }
        let of = match (yes.of, no.of) {
            (Type::Number(a), Type::Number(b)) => Type::Number((a.0.min(b.0), a.1.max(b.1))),
            (of, _) => of,
        };
        let moves = condition.moves || yes.moves || no.moves;
        Some(self.typed(Operation::If(condition.code, yes.code, no.code), of, moves))
    }

    fn same_type(&self, left: Type, right: Type) -> bool {
        match (left, right) {
            (Type::Truth, Type::Truth) | (Type::Number(_), Type::Number(_)) => true,
            (Type::Word(a), Type::Word(b)) => {
                a == b || self.compiler.words(a) == self.compiler.words(b)
            }
            _ => false,
        }
    }

    /// The list of words that a node's value comes from, where its form says so.
    fn hint(&self, node: &Expr) -> Option<WordList> {
        match &node.kind {
            ExprKind::Name(name) => match self.compiler.names.values().get(name).map(ValueId::at) {
                Some(id) => scope_words(self.compiler.type_of_value(id)),
                None => (name == "phase").then_some(WordList::Phase),
            },
            ExprKind::Field(of, name, _) if of == "chosen" => self
                .compiler
                .names
                .decisions()
                .get(name)
                .map(|number| WordList::Chosen(DecisionId::at(number))),
            ExprKind::If(_, yes, no) => self.hint(yes).or_else(|| self.hint(no)),
            _ => None,
        }
    }

    fn check_effect(
        &mut self,
        effect: &crate::program::expression::EffectExpr,
        value: ValueId,
        wanted: Type,
        typed: Typed,
    ) -> Option<Effect> {
        let range = &effect.expression.range;
        if effect.assign != Assign::Set && !matches!(wanted, Type::Number(_)) {
            let hint = format!("Write `{} = …`.", effect.name);
            self.wrong(
                &effect.name_range,
                format!("`{}` is no number: nothing can be added to it", effect.name),
            )
            .hints
            .push(hint);
            return None;
        }
        if !self.same_type(wanted, typed.of) {
            let (what, wanted) = (self.describe(typed.of), self.describe(wanted));
            self.wrong(
                range,
                format!("`{}` holds {wanted}, this is {what}", effect.name),
            );
            return None;
        }
        if let (Type::Number((min, max)), Type::Number((low, high)), Assign::Set) =
            (wanted, typed.of, effect.assign)
            && (high < min || low > max)
        {
            let place = self.place(range);
            let headline = format!("`{}` lies between {min} and {max}", effect.name);
            self.compiler.error("outside-bounds", place, headline);
            return None;
        }
        Some(Effect {
            value,
            assign: effect.assign,
            code: typed.code,
        })
    }
}

/// What is certain of a comparison, if anything is.
fn decided(is_true: bool, is_false: bool) -> Option<bool> {
    match (is_true, is_false) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// Both, or neither: evaluated before, so that mistakes on either side are reported.
fn both<A, B>(left: Option<A>, right: Option<B>) -> Option<(A, B)> {
    Some((left?, right?))
}

fn result_bounds(how: Arithmetic, a: NumberRange, b: NumberRange) -> NumberRange {
    let corners = |of: fn(i64, i64) -> i64| {
        let all = [of(a.0, b.0), of(a.0, b.1), of(a.1, b.0), of(a.1, b.1)];
        all.iter()
            .fold((i64::MAX, i64::MIN), |(low, high), corner| {
                (low.min(*corner), high.max(*corner))
            })
    };
    match how {
        Arithmetic::Add => corners(i64::saturating_add),
        Arithmetic::Subtract => corners(i64::saturating_sub),
        Arithmetic::Multiply => corners(i64::saturating_mul),
        Arithmetic::Divide => corners(|left, right| left.checked_div(right).unwrap_or(i64::MAX)),
        Arithmetic::Remainder => {
            let most =
                b.0.saturating_abs()
                    .max(b.1.saturating_abs())
                    .saturating_sub(1);
            ((-most).min(0).max(a.0.min(0)), most.min(a.1.max(0)))
        }
        Arithmetic::Min => (a.0.min(b.0), a.1.min(b.1)),
        Arithmetic::Max => (a.0.max(b.0), a.1.max(b.1)),
    }
}
