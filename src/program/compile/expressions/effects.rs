//! Effects: `NAME = EXPR`, `NAME += EXPR` and `NAME -= EXPR`.

use crate::program::Effect;
use crate::program::compile::Compiler;
use crate::program::compile::expressions::{Scope, Type, Typed};
use crate::program::expression::{Assign, EffectExpr, parse_effect};
use crate::program::ids::ValueId;
use crate::scenario::Placed;

impl Compiler<'_> {
    pub fn effect(&mut self, source: &Placed<String>) -> Option<Effect> {
        let effect = self.parsed(source, parse_effect)?;
        if self.names.lost(&effect.name) {
            return None;
        }
        let Some(number) = self.names.values.get(&effect.name) else {
            let place = self.inside(source, effect.name_range);
            let finding = self.names.values.unknown(&effect.name, place);
            self.findings.push(finding);
            return None;
        };
        let value = ValueId::at(number);
        let wanted = self.type_of_value(value);
        let mut scope = self.scope(source);
        let typed = scope.node(&effect.expression, wanted.words())?;
        scope.effect(&effect, value, wanted, typed)
    }
}

impl Scope<'_, '_> {
    fn effect(
        &mut self,
        effect: &EffectExpr,
        value: ValueId,
        wanted: Type,
        typed: Typed,
    ) -> Option<Effect> {
        let (name, range) = (&effect.name, &effect.expression.range);
        if effect.assign != Assign::Set && !matches!(wanted, Type::Number(_)) {
            let headline = format!("`{name}` is not a number: nothing can be added to it");
            self.wrong(&effect.name_range, headline)
                .hints
                .push(format!("Write `{name} = …`."));
            return None;
        }
        if !self.same_type(wanted, typed.kind) {
            let (what, wanted) = (self.describe(typed.kind), self.describe(wanted));
            self.wrong(
                range,
                format!("`{name}` holds {wanted}, but this is {what}"),
            );
            return None;
        }
        if let (Type::Number((min, max)), Type::Number((low, high)), Assign::Set) =
            (wanted, typed.kind, effect.assign)
            && (high < min || low > max)
        {
            let place = self.place(range);
            let headline = format!("`{name}` lies between {min} and {max}");
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
