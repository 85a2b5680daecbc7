//! Comparisons: by order, by equality and with a list.

use crate::finding::Finding;
use crate::program::code::{Comparison, Operation, WordMask};
use crate::program::compile::expressions::{Scope, Type, Typed, WordList, both};
use crate::program::expression::{Expr, ExprKind};
use crate::words;

impl Scope<'_, '_> {
    /// `<`, `<=`, `>` and `>=`.
    pub(super) fn order(&mut self, how: Comparison, left: &Expr, right: &Expr) -> Option<Typed> {
        let ((first, a), (second, b)) = self.numbers(left, right)?;
        let always = match how {
            Comparison::Less => decided(a.1 < b.0, a.0 >= b.1),
            Comparison::LessOrEqual => decided(a.1 <= b.0, a.0 > b.1),
            Comparison::Greater => decided(a.0 > b.1, a.1 <= b.0),
            Comparison::GreaterOrEqual => decided(a.0 >= b.1, a.1 < b.0),
            Comparison::Equal | Comparison::NotEqual => None,
        };
        let same = matches!(how, Comparison::LessOrEqual | Comparison::GreaterOrEqual);
        self.warn_constant(always, same, (left, first.kind), (right, second.kind));
        Some(self.compare(how, first, second))
    }

    /// `==`, or `!=` where `equal` is false.
    pub(super) fn equality(&mut self, equal: bool, left: &Expr, right: &Expr) -> Option<Typed> {
        let words = self.word_list(left).or_else(|| self.word_list(right));
        let first = self.node(left, words);
        if first.is_none() && matches!(right.kind, ExprKind::Name(_)) {
            // Without the left side, nothing says which list the word on the right belongs to.
            return None;
        }
        let (first, second) = both(first, self.node(right, words))?;
        if !self.same_type(first.kind, second.kind) {
            let (one, other) = (self.describe(first.kind), self.describe(second.kind));
            self.wrong(&right.range, format!("{other} cannot equal {one}"));
            return None;
        }
        let apart = match (first.kind, second.kind) {
            (Type::Number(a), Type::Number(b)) => a.1 < b.0 || a.0 > b.1,
            _ => false,
        };
        let always = apart.then_some(!equal);
        self.warn_constant(always, equal, (left, first.kind), (right, second.kind));
        Some(self.equal(equal, first, second))
    }

    /// Warns of a comparison that always comes out the same. `same` is how it comes out for equal sides.
    fn warn_constant(
        &mut self,
        always: Option<bool>,
        same: bool,
        left: (&Expr, Type),
        right: (&Expr, Type),
    ) {
        let is_same = std::mem::discriminant(&left.0.kind) == std::mem::discriminant(&right.0.kind)
            && left.0.to_string() == right.0.to_string();
        let Some(always) = always.or(is_same.then_some(same)) else {
            return;
        };
        let place = self.place(&(left.0.range.start..right.0.range.end));
        let headline = format!("this comparison is always {always}");
        let mut finding = Finding::warning("constant-comparison", place, headline);
        let named = [left, right].into_iter().find_map(|side| match side {
            (node, Type::Number(bounds)) if !matches!(node.kind, ExprKind::Number(_)) => {
                Some((node, bounds))
            }
            _ => None,
        });
        if let Some((node, (low, high))) = named.filter(|_| !is_same) {
            let text = &self.source.value[node.range.clone()];
            let (low, high) = (words::number(low), words::number(high));
            finding = finding.hint(format!("`{text}` lies between {low} and {high}."));
        }
        self.report(finding.hint("Correct one side, or leave the comparison out."));
    }

    fn compare(&mut self, how: Comparison, first: Typed, second: Typed) -> Typed {
        let operation = Operation::Compare(how, first.code, second.code);
        self.typed(operation, Type::Truth, first.moves || second.moves)
    }

    fn equal(&mut self, equal: bool, first: Typed, second: Typed) -> Typed {
        let operations = &mut self.compiler.operations;
        let (slot, number) = match (operations.root(first.code), operations.root(second.code)) {
            (Operation::Slot(slot), Operation::Constant(number))
            | (Operation::Constant(number), Operation::Slot(slot))
                if slot.holds(number) =>
            {
                (slot, number)
            }
            _ if equal => return self.compare(Comparison::Equal, first, second),
            _ => return self.compare(Comparison::NotEqual, first, second),
        };
        let raw = number.wrapping_sub(slot.min) as u64;
        let mut code = operations.push(Operation::Bits(WordMask::new(slot, raw)));
        if !equal {
            code = operations.not(code);
        }
        Typed::truth(code, first.moves || second.moves)
    }

    /// `x in [a, b]`
    pub(super) fn membership(&mut self, left: &Expr, list: &[Expr]) -> Option<Typed> {
        let words = self.word_list(left);
        let element = self.node(left, words)?;
        let mut any: Option<Typed> = None;
        for (index, item) in list.iter().enumerate() {
            let is_name = matches!(item.kind, ExprKind::Name(_));
            if is_name && list[..index].iter().any(|other| other.kind == item.kind) {
                let place = self.place(&item.range);
                let headline = format!("`{item}` is listed twice");
                let finding = Finding::warning("constant-comparison", place, headline);
                let hint = "Leave one of them out, or write the word that was meant.";
                self.report(finding.hint(hint));
            }
            let typed = self.node(item, words)?;
            if !self.same_type(element.kind, typed.kind) {
                let (what, wanted) = (self.describe(typed.kind), self.describe(element.kind));
                self.wrong(&item.range, format!("{what} cannot equal {wanted}"));
                return None;
            }
            let equal = self.equal(true, element, typed);
            any = Some(match any {
                None => equal,
                Some(before) => {
                    let operation = Operation::Or(before.code, equal.code);
                    self.typed(operation, Type::Truth, before.moves || equal.moves)
                }
            });
        }
        if let (Type::Word(_), Some(set)) = (element.kind, self.constant_set(list, words)) {
            let operation = Operation::AnyOf(element.code, set);
            return Some(self.typed(operation, Type::Truth, element.moves));
        }
        Some(any.unwrap_or_else(|| self.typed(Operation::Constant(0), Type::Truth, false)))
    }

    /// The positions of a list of words as bits, if all are words of the list and every position fits.
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
}

/// What is certain of a comparison, if anything is.
fn decided(is_true: bool, is_false: bool) -> Option<bool> {
    (is_true || is_false).then_some(is_true)
}
