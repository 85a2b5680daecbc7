//! What a phase keeps: bits that something may still read.

use super::live;
use crate::program::compile::tests::{compiled, written};
use crate::program::ids::PhaseId;
use crate::program::layout::Slot;
use crate::program::{DueKind, Program, ProgramSetup};

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

/// The phases of three in which `x` is live, where the second and the third overwrite it when they begin; so it is live
/// only in a phase that may still read it itself. `$READ` is a block that reads it.
fn phases_that_read_x(actions: &str, second: &str) -> [bool; 3] {
    let text = format!(
        "
values: {{x: {{min: 0, max: 9, initial: 0}}, y: false}}
actions: {{set: {{label: Set, do: [x = 5]}}{actions}}}
phases:
  one: {{title: One, ends: [{{at: 1h, to: two}}]}}
  two:
    title: Two
    begins: [{{do: [x = 1]}}]
{second}
    ends: [{{at: 1h, to: three}}]
  three: {{title: Three, begins: [{{do: [x = 1]}}], ends: [{{when: y, to: endex}}, {{at: 1h, to: endex}}]}}
"
    );
    let program = program(&text.replace("$READ", "{when: x > 3, text: Told.}"));
    let slot = program.values[program.value_named("x").expect("it is there").index()].slot;
    let (word, mask, _) = slot.pattern(0);
    let live = live(&program, &[], &[]);
    [0, 1, 2].map(|phase| live[phase][usize::from(word)] & mask != 0)
}

#[test]
fn what_is_under_way_may_read_in_its_phase_and_later_ones_but_not_before() {
    let cases = [
        ("", "", [false, false, false]),
        // At once: only while its action stands, or its question may be open.
        (
            ", act: {label: Act, in: [two], then: [$READ]}",
            "",
            [false, true, false],
        ),
        (", act: {label: Act, then: [$READ]}", "", [true, true, true]),
        (
            ", act: {label: Act, in: [one], takes: 9h, then: [$READ]}",
            "",
            [true, true, true],
        ),
        (
            ", act: {label: Act, in: [two], takes: 9h, then: [$READ]}",
            "",
            [false, true, true],
        ),
        (
            "",
            "    decisions: {ask: {at: 0m, ASK, default: a, options: {a: {label: A, takes: 9h, then: [$READ]}}}}",
            [false, true, true],
        ),
        (
            "",
            "    decisions: {ask: {at: 0m, ASK, default: a, options: {a: {label: A}, b: {label: B, consent: {of: exec, question: Well?, within: 1h, default: agree, refused: [$READ]}}}}}",
            [false, true, false],
        ),
        (
            ", act: {label: Act, in: [two], needs: x > 3}",
            "",
            [false, true, false],
        ),
        (
            ", act: {label: Act, in: [two], uses: {x: 1}, takes: 9h}",
            "",
            [false, true, false],
        ),
        (
            "",
            "    injects: {news: {at: 0m, MSG, do: [y = x > 3]}}",
            [false, true, false],
        ),
        (
            "",
            "    injects: {news: {at: 0m, MSG, chance: c, outcomes: [{odds: 1}, {odds: 1, do: [y = x > 3]}]}}",
            [false, true, false],
        ),
        // Nothing reads what it writes.
        (
            "",
            "    injects: {news: {at: 0m, MSG, do: ['x = x > 3 ? 2 : 1']}}",
            [false, false, false],
        ),
    ];
    for (actions, second, wanted) in cases {
        assert_eq!(
            phases_that_read_x(actions, second),
            wanted,
            "{actions}{second}"
        );
    }
}

#[test]
fn an_entry_of_the_agenda_is_live_up_to_the_last_phase_in_which_it_may_be_set() {
    // More entries than a word has bits.
    let later = "{after: 9h, text: Later.}, ".repeat(70);
    let text = format!(
        "
actions: {{act: {{label: Act, in: [two], takes: 9h}}}}
phases:
  one:
    title: One
    begins: [{later}]
    injects: {{ask: {{at: 5m, MSG, asks: {{ASK, default: a, options: {{a: {{label: A}}}}}}}}}}
    ends: [{{at: 1h, to: two}}]
  two:
    title: Two
    injects: {{often: {{when: taken.act, repeats: 3, every: 5m, MSG}}}}
    ends: [{{at: 1h, to: three}}]
  three: {{title: Three, ends: [{{at: 1h, to: endex}}]}}
"
    );
    let program = program(&text);
    let live = live(&program, &[], &[]);
    let mut seen = [0; 4];
    for (index, due) in program.dues.iter().enumerate() {
        let (kind, phases) = match due.kind {
            DueKind::Finish(_) => (0, [true, true, true]),
            DueKind::Later(_) => (1, [true, true, true]),
            DueKind::Deadline(_) => (2, [true, false, false]),
            DueKind::Again(_) => (3, [true, true, false]),
        };
        seen[kind] += 1;
        let (word, bit) = (program.agenda.start + index / 64, 1 << (index % 64));
        let lives = [0, 1, 2].map(|phase: usize| live[phase][word] & bit != 0);
        assert_eq!(lives, phases, "{index}: {:?}", due.kind);
    }
    assert_eq!(seen, [1, 70, 1, 1]);
}

#[test]
fn what_is_remembered_is_live_up_to_the_last_phase_that_may_ask_for_it() {
    let program = program(
        "
actions: {act: {label: Act, in: [two], consent: {of: exec, question: Well?, within: 1h, default: agree}}}
phases:
  one: {title: One, ends: [{at: 1h, to: two}]}
  two:
    title: Two
    injects: {once: {when: now() > 70, MSG}}
    ends: [{at: 1h, to: three}]
  three: {title: Three, ends: [{at: 1h, to: endex}]}
",
    );
    let live = live(&program, &[], &[]);
    let lives = |slot: Slot| {
        let (word, mask, _) = slot.pattern(0);
        [0, 1, 2].map(|phase: usize| live[phase][usize::from(word)] & mask != 0)
    };
    let action = &program.actions[0];
    assert_eq!(lives(action.used), [true, true, false]);
    let consent = program.courses[action.course.index()].consent.as_ref();
    let refused = consent.expect("it needs consent").refused;
    assert_eq!(lives(refused), [true, true, false]);
    let came = program.injects[0].came.expect("it comes once");
    assert_eq!(lives(came), [true, true, false]);
    assert_eq!(lives(program.clock), [true, true, true]);
}
