//! What is known where a condition holds, against going through everything that the values may hold.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::check::known::{Everything, Knowledge};
use crate::program::compile::tests::written;
use crate::program::expression::{Expr, parse};
use crate::program::rules::CompiledRule;
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::Scenario;
use crate::scenario::read::{Folder, read};

/// Conditions over a few values, compiled.
struct Conditions {
    scenario: Arc<Scenario>,
    program: Program,
    nodes: Vec<Expr>,
    /// Every state that the values allow.
    states: Vec<Vec<u64>>,
}

impl Conditions {
    fn new(texts: &[String]) -> Self {
        let mut text = "
values: {k: {min: 0, max: 3, initial: 0}, l: {min: -2, max: 2, initial: 0}, v: false, w: {one_of: [red, green, blue], initial: red}}
phases: {one: {title: One}}
rules:
"
        .to_owned();
        for (number, condition) in texts.iter().enumerate() {
            writeln!(text, "  r{number}: {{always: '{condition}'}}").expect("a text takes all");
        }
        let folder = Folder::single("test.yaml", written(&text).into_bytes());
        let (scenario, _, _) = read(&folder);
        let scenario = Arc::new(scenario.expect("it can be read"));
        let (program, findings) = compile(&scenario, &ProgramSetup::default());
        let program = program.unwrap_or_else(|| panic!("{findings:?}"));
        let mut states = vec![program.initial.to_vec()];
        for value in &program.values {
            let each = |state: Vec<u64>| {
                let numbers = value.min..=value.max;
                numbers.map(move |number| {
                    let mut state = state.clone();
                    value.slot.set(&mut state, number);
                    state
                })
            };
            states = states.into_iter().flat_map(each).collect();
        }
        assert_eq!(states.len(), 4 * 5 * 2 * 3);
        Self {
            nodes: texts
                .iter()
                .map(|it| parse(it).expect("it parses"))
                .collect(),
            scenario,
            program,
            states,
        }
    }

    /// Whether a condition holds in a state.
    fn holds(&self, condition: usize, state: &[u64]) -> bool {
        let CompiledRule::Always(code) = self.program.rules[condition] else {
            panic!("all of them are such");
        };
        self.program.operations.holds(code, state)
    }

    /// For each pair: what is decided of the second where the first holds or not, and what it comes to in every such state.
    fn each_pair(&self, mut call: impl FnMut(String, bool, Option<bool>, BTreeSet<bool>)) {
        let all = Everything::new(&self.scenario);
        let steps = Cell::new(0);
        for (first, one) in self.nodes.iter().enumerate() {
            for holds in [true, false] {
                let states = self.states.iter();
                let states: Vec<_> = states.filter(|it| self.holds(first, it) == holds).collect();
                for (second, other) in self.nodes.iter().enumerate() {
                    let known = Knowledge::new(&all, &steps).with(one, holds);
                    let comes_to = states.iter().map(|it| self.holds(second, it)).collect();
                    let pair = format!("{one} is {holds}, {other}");
                    call(pair, known.is_impossible(), known.decided(other), comes_to);
                }
            }
        }
    }
}

fn comparisons(name: &str, numbers: std::ops::RangeInclusive<i64>) -> Vec<String> {
    let signs = ["<", "<=", ">", ">=", "==", "!="];
    let each = |number| signs.map(|sign| format!("{name} {sign} {number}"));
    numbers.flat_map(each).collect()
}

#[test]
fn of_one_value_everything_is_known_that_follows() {
    let mut texts = comparisons("k", -1..=4);
    texts.extend(
        [
            "1 < k",
            "2 >= k",
            "k in [1, 2]",
            "k in [0, 3]",
            "1 <= k && k <= 2",
        ]
        .map(str::to_owned),
    );
    texts.extend(
        [
            "k < 1 || k > 2",
            "!(k == 2)",
            "k + 1 > 2",
            "2 - k > 0",
            "k * 2 >= 4",
        ]
        .map(str::to_owned),
    );
    let calculated = texts
        .iter()
        .position(|it| it == "k + 1 > 2")
        .expect("it is there");
    Conditions::new(&texts[..calculated]).each_pair(|pair, impossible, decided, comes_to| {
        assert_eq!(impossible, comes_to.is_empty(), "{pair}");
        let wanted = (comes_to.len() == 1).then(|| comes_to.contains(&true));
        assert_eq!(decided, wanted, "{pair}");
    });
    let sound =
        |pair: String, impossible: bool, decided: Option<bool>, comes_to: BTreeSet<bool>| {
            assert!(!impossible || comes_to.is_empty(), "{pair}");
            assert!(decided.is_none_or(|it| !comes_to.contains(&!it)), "{pair}");
        };
    Conditions::new(&texts).each_pair(sound);
}

#[test]
fn nothing_is_known_that_does_not_follow() {
    let texts = [
        "v",
        "!v",
        "v && k >= 2",
        "v || k >= 2",
        "!(v && k >= 2)",
        "!(v || k < 1)",
        "k < l",
        "k <= l",
        "k > l",
        "k >= l",
        "k == l",
        "k != l",
        "l == 2",
        "l <= -1",
        "k - l > 3",
        "k + l < 1",
        "k * l > 4",
        "k % 2 == 1",
        "l / 2 == 1",
        "min(k, l) > 0",
        "max(k, l) < 2",
        "-l > k",
        "(v ? k : l) < 0",
        "v ? k > 1 : l > 1",
        "w == red",
        "w != blue",
        "w in [green, blue]",
        "w == red && v || w == blue && !v",
        "k in [l, 3]",
        "v == (w == red)",
    ];
    let texts = texts.map(str::to_owned);
    let mut certain = 0;
    Conditions::new(&texts).each_pair(|pair, impossible, decided, comes_to| {
        assert!(!impossible || comes_to.is_empty(), "{pair}");
        assert!(decided.is_none_or(|it| !comes_to.contains(&!it)), "{pair}");
        certain += usize::from(decided.is_some());
    });
    assert!(certain >= 139, "something is not seen any more: {certain}");
}
