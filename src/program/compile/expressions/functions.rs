//! Calls: `now()`, `since(x)`, `min(a, b)` and `max(a, b)`.

use std::ops::Range;

use crate::program::code::{Arithmetic, Operation};
use crate::program::compile::expressions::{Scope, Type, Typed};
use crate::program::compile::names::{Happening, unknown};
use crate::program::expression::{Expr, ExprKind};

/// Every function, and how a call of it is written.
const FUNCTIONS: [(&str, &str); 4] = [
    ("now", "now()"),
    (
        "since",
        "since(x), with the name of an inject, decision or action",
    ),
    ("min", "min(a, b)"),
    ("max", "max(a, b)"),
];

impl Scope<'_, '_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        name_range: &Range<usize>,
        arguments: &[Expr],
        range: &Range<usize>,
    ) -> Option<Typed> {
        match (name, arguments) {
            ("now", []) => {
                let lasts = self.compiler.scenario.lasts.value;
                return Some(self.typed(Operation::Now, Type::Number((0, lasts)), true));
            }
            ("since", [node]) => {
                if let ExprKind::Name(of) = &node.kind {
                    return self.since(of, &node.range);
                }
            }
            ("min", [left, right]) => return self.arithmetic(Arithmetic::Min, left, right),
            ("max", [left, right]) => return self.arithmetic(Arithmetic::Max, left, right),
            _ => {}
        }
        if let Some((_, form)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
            self.wrong(range, format!("`{name}` is written {form}"));
        } else {
            let names = FUNCTIONS.iter().map(|(known, _)| *known);
            let finding = unknown("function", name, self.place(name_range), names);
            self.report(finding);
        }
        None
    }

    fn since(&mut self, of: &str, range: &Range<usize>) -> Option<Typed> {
        let slot = match self.compiler.names.happening(of) {
            Some(Happening::Inject(id)) => self.compiler.came_at(id),
            Some(Happening::Decision(id)) => self.compiler.chosen_at(id),
            Some(Happening::Action(id)) => self.compiler.used_at(id),
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
}
