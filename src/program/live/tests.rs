//! What a phase keeps: bits that something may still read.

use super::live;
use crate::program::compile::tests::{compiled, written};
use crate::program::ids::PhaseId;
use crate::program::{Program, ProgramSetup};

fn program(text: &str) -> Program {
    let (program, findings) = compiled(&written(text), &ProgramSetup::default());
    program.unwrap_or_else(|| panic!("{findings:?}"))
}

/// Whether the value `x` is live in the first phase of two; `begins` is what happens when the second begins.
fn x_lives_before(begins: &str, read: &str) -> bool {
    let text = format!(
        "
values: {{x: {{min: 0, max: 9, initial: 0}}, y: false}}
actions: {{set: {{label: Set, do: [x = 5, y = true]}}}}
phases:
  one: {{title: One, ends: [{{at: 1h, to: two}}]}}
  two: {{title: Two, begins: [{begins}], injects: {{news: {{at: 2h, when: {read}, MSG}}}}, ends: [{{at: 3h, to: endex}}]}}
"
    );
    let program = program(&text);
    let slot = program.values[program.value_named("x").expect("it is there").index()].slot;
    let (word, mask, _) = slot.pattern(0);
    live(&program, &[], &[])[PhaseId::at(0).index()][usize::from(word)] & mask != 0
}

#[test]
fn a_value_is_live_until_something_certainly_overwrites_it() {
    let cases = [
        // Nothing overwrites it.
        ("", true),
        ("{do: [y = true]}", true),
        ("{do: [x = 1]}", false),
        // Perhaps it is not overwritten.
        ("{when: y, do: [x = 1]}", true),
        // It is overwritten, but later, and may be read before.
        ("{after: 10m, do: [x = 1]}", true),
        // What is written depends on what was there.
        ("{do: [x += 1]}", true),
        ("{do: ['x = x > 3 ? 1 : 0']}", true),
        // Read first, or overwritten first.
        ("{do: [y = x > 3, x = 1]}, {when: y, text: Told.}", true),
        ("{do: [x = 1, x += 1]}", false),
        ("{do: [x = 1]}, {do: [x += 1]}", false),
        ("{when: x > 3, text: Told.}, {do: [x = 1]}", true),
        ("{do: [x = 1]}, {when: x > 3, text: Told.}", false),
        // Only luck overwrites it.
        (
            "{chance: c, outcomes: [{odds: 1, do: [x = 1]}, {odds: 1}]}",
            true,
        ),
    ];
    for (begins, lives) in cases {
        assert_eq!(x_lives_before(begins, "x >= 5"), lives, "{begins}");
    }
    assert!(!x_lives_before("", "y"), "nothing reads it");
}

#[test]
fn what_a_value_is_set_from_at_endex_is_live_where_a_rule_reads_the_value() {
    let text = "
values: {x: {min: 0, max: 9, initial: 0}, y: {min: 0, max: 9, initial: 0}}
actions: {set: {label: Set, do: [y = 5]}}
phases: {one: {title: One, ends: [{at: 1h, to: endex}]}}
endex: [{do: [x = y]}]
RULES";
    let is_live = |rules: &str| {
        let program = program(&text.replace("RULES", rules));
        let y = program.value_named("y").expect("it is there");
        let (word, mask, _) = program.values[y.index()].slot.pattern(0);
        program.live()[0][usize::from(word)] & mask != 0
    };
    assert!(is_live("rules: {low: {always: x < 3}}"));
    assert!(!is_live(""), "nothing reads it");
}
