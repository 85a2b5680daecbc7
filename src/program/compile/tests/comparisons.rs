//! Comparisons that always come out one way are found, and no others.

use super::{compiled, written};
use crate::program::ProgramSetup;

/// The least and the most that a value may hold.
type Bounds = (i64, i64);

/// A way to write a comparison, and what it means.
type Sign = (&'static str, fn(i64, i64) -> bool);

const SIGNS: [Sign; 6] = [
    ("<", |left, right| left < right),
    ("<=", |left, right| left <= right),
    (">", |left, right| left > right),
    (">=", |left, right| left >= right),
    ("==", |left, right| left == right),
    ("!=", |left, right| left != right),
];

/// What compiling says of each way to compare two values with these bounds.
fn warnings(left: Bounds, right: Bounds) -> Vec<Option<bool>> {
    let conditions = SIGNS.map(|(sign, _)| format!("{{when: x {sign} y, to: endex}}"));
    let text = format!(
        "
values: {{x: {{min: {}, max: {}, initial: {}}}, y: {{min: {}, max: {}, initial: {}}}}}
phases:
  one:
    title: One
    ends:
      - {}
",
        left.0,
        left.1,
        left.0,
        right.0,
        right.1,
        right.0,
        conditions.join("\n      - ")
    );
    let text = written(&text);
    let (program, found) = compiled(&text, &ProgramSetup::default());
    assert!(program.is_some(), "{found:?}");
    let line = |sign: &str| {
        let condition = format!("when: x {sign} y,");
        text.lines().position(|line| line.contains(&condition))
    };
    let warning = |sign: &str| {
        let start = format!("{}:", line(sign).expect("it is there") + 1);
        let said = found.iter().find(|finding| finding.starts_with(&start))?;
        assert!(said.contains("constant-comparison"), "{said}");
        Some(said.ends_with("always true"))
    };
    SIGNS.iter().map(|(sign, _)| warning(sign)).collect()
}

/// What a comparison comes to for every pair of numbers within bounds, where that is always the same.
fn constant(holds: fn(i64, i64) -> bool, left: Bounds, right: Bounds) -> Option<bool> {
    let mut all = (left.0..=left.1).flat_map(|x| (right.0..=right.1).map(move |y| holds(x, y)));
    let first = all.next()?;
    all.all(|it| it == first).then_some(first)
}

#[test]
fn a_comparison_is_called_constant_exactly_where_its_bounds_decide_it() {
    let left = (0, 2);
    for right in [(-3, -1), (-2, 0), (-1, 1), (0, 2), (1, 3), (2, 4), (3, 5)] {
        let wanted: Vec<_> = SIGNS
            .iter()
            .map(|(_, holds)| constant(*holds, left, right))
            .collect();
        assert_eq!(warnings(left, right), wanted, "{left:?} and {right:?}");
    }
}
