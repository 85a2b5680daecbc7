//! Operations before and after they are shortened.

use crate::program::code::{Arithmetic, Code, Comparison, Operation, Operations, WordMask};
use crate::program::layout::{Layout, Slot};

#[test]
fn a_shortened_comparison_comes_to_the_same() {
    let hows = [
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
        Comparison::Equal,
        Comparison::NotEqual,
    ];
    let mut layout = Layout::default();
    let slot = layout.slot(-130, 130);
    let read = [Operation::Slot(slot), Operation::Grown(slot, 60)];
    for against in [i64::MIN, -131, -3, -2, -1, 0, 1, 2, 3, 131, i64::MAX] {
        for (how, read) in hows.iter().flat_map(|how| read.map(|read| (*how, read))) {
            for mirrored in [false, true] {
                let mut long = Operations::new(slot);
                let (value, constant) = (long.push(read), long.push(Operation::Constant(against)));
                let sides = if mirrored {
                    (constant, value)
                } else {
                    (value, constant)
                };
                let code = long.push(Operation::Compare(how, sides.0, sides.1));
                let mut short = long.clone();
                short.shorten();
                assert_eq!(long.reads(code), short.reads(code));
                if against.abs_diff(0) <= 3 {
                    assert!(matches!(short.root(code), Operation::Within(_)));
                }
                for number in -130..=130 {
                    let mut words = vec![0; layout.words()];
                    slot.set(&mut words, number);
                    assert_eq!(
                        long.holds(code, &words),
                        short.holds(code, &words),
                        "{read:?} {number} {how:?} {against}, mirrored: {mirrored}"
                    );
                }
            }
        }
    }
}

#[test]
fn arithmetic_on_constants_is_done_at_once() {
    let mut layout = Layout::default();
    let slot = layout.slot(0, 9);
    let mut operations = Operations::new(slot);
    let [seven, three, zero] = [7, 3, 0].map(|it| operations.push(Operation::Constant(it)));
    let read = operations.push(Operation::Slot(slot));
    let minus = |left, right| Operation::Calculate(Arithmetic::Subtract, left, right);
    let cases = [
        (Operation::Negate(seven), Some(-7)),
        (minus(seven, three), Some(4)),
        // No scenario that compiles divides by zero.
        (
            Operation::Calculate(Arithmetic::Divide, seven, zero),
            Some(0),
        ),
        (
            Operation::Calculate(Arithmetic::Remainder, seven, zero),
            Some(0),
        ),
        (minus(read, three), None),
        (minus(seven, read), None),
        (Operation::Negate(read), None),
    ];
    for (operation, number) in cases {
        let code = operations.push(operation);
        let wanted = number.map_or(operation, Operation::Constant);
        assert_eq!(operations.root(code), wanted);
    }
}

/// Three numbers of two bits in one word and a fourth in another, with an operation for each that says what it holds.
struct FourNumbers {
    operations: Operations,
    slots: [Slot; 4],
    words: usize,
}

impl FourNumbers {
    fn new() -> Self {
        let mut layout = Layout::default();
        let near = [(); 3].map(|()| layout.slot(0, 3));
        layout.add_words(1);
        let far = layout.slot(0, 3);
        Self {
            operations: Operations::new(far),
            slots: [near[0], near[1], near[2], far],
            words: layout.words(),
        }
    }

    fn is(&mut self, number: usize, value: u64) -> Code {
        let mask = WordMask::new(self.slots[number], value);
        self.operations.push(Operation::Bits(mask))
    }

    /// Checks a condition whatever the numbers are.
    fn check(&self, code: Code, wanted: impl Fn([i64; 4]) -> bool) {
        for all in 0..256 {
            let numbers = [0, 2, 4, 6].map(|shift| all >> shift & 3);
            let mut words = vec![0; self.words];
            for (slot, number) in self.slots.iter().zip(numbers) {
                slot.set(&mut words, number);
            }
            assert_eq!(
                self.operations.holds(code, &words),
                wanted(numbers),
                "{numbers:?}"
            );
        }
    }
}

#[test]
fn conditions_on_one_word_become_one_operation() {
    let mut numbers = FourNumbers::new();
    for (one, other) in [(0, 0), (1, 1), (3, 3), (1, 2), (3, 1)] {
        let [a, b] = [numbers.is(0, 2), numbers.is(1, one)];
        let left = numbers.operations.both(a, b);
        let [b, c] = [numbers.is(1, other), numbers.is(2, 1)];
        let right = numbers.operations.both(b, c);
        let code = numbers.operations.both(left, right);
        numbers.check(code, |[a, b, c, _]| {
            a == 2 && b == one as i64 && b == other as i64 && c == 1
        });
        // Unless they contradict each other.
        let root = numbers.operations.root(code);
        assert_eq!(matches!(root, Operation::Bits(_)), one == other);
        let marks = numbers.slots[..3].iter().map(|slot| slot.mark());
        assert_eq!(
            numbers.operations.reads(code),
            marks.fold(0, |all, it| all | it)
        );
    }
    // Not on two words.
    let [a, far] = [numbers.is(0, 2), numbers.is(3, 2)];
    let code = numbers.operations.both(a, far);
    assert_eq!(numbers.operations.root(code), Operation::And(a, far));
    numbers.check(code, |[a, _, _, far]| a == 2 && far == 2);
}

#[test]
fn opposites_stay_as_short_as_they_can() {
    let mut numbers = FourNumbers::new();
    let [a, b] = [numbers.is(0, 2), numbers.is(1, 1)];
    let either = numbers.operations.either(a, b);
    assert_eq!(numbers.operations.root(either), Operation::Or(a, b));
    let [not_a, not_b] = [a, b].map(|it| numbers.operations.not(it));
    assert_eq!(numbers.operations.root(not_a), Operation::Not(a));
    let either = numbers.operations.either(not_a, not_b);
    numbers.check(either, |[a, b, ..]| a != 2 || b != 1);
    // The opposite of both, which are one operation.
    let Operation::Not(both) = numbers.operations.root(either) else {
        panic!("{:?}", numbers.operations.root(either));
    };
    assert!(matches!(numbers.operations.root(both), Operation::Bits(_)));

    // A truth has one bit, so its opposite is as short.
    let mut layout = Layout::default();
    let truth = layout.slot(0, 1);
    let mut operations = Operations::new(truth);
    let read = operations.push(Operation::Slot(truth));
    let holds = operations.condition(read);
    let opposite = operations.not(holds);
    for code in [holds, opposite] {
        assert!(matches!(operations.root(code), Operation::Bits(_)));
    }
    for number in [0, 1] {
        let mut words = vec![0; layout.words()];
        truth.set(&mut words, number);
        assert_eq!(operations.holds(holds, &words), number == 1);
        assert_eq!(operations.holds(opposite, &words), number == 0);
        assert_eq!(operations.value(read, &words), number);
    }
}

#[test]
fn an_expression_reads_all_that_its_parts_read() {
    let FourNumbers {
        mut operations,
        slots,
        ..
    } = FourNumbers::new();
    let read = slots.map(|slot| operations.push(Operation::Slot(slot)));
    for [a, b, c] in [[0, 1, 2], [0, 0, 1], [0, 1, 0], [1, 0, 0]] {
        let choice = operations.push(Operation::If(read[a], read[b], read[c]));
        let sum = operations.push(Operation::Calculate(Arithmetic::Add, read[a], read[b]));
        let of_sum = slots[a].mark() | slots[b].mark();
        assert_eq!(operations.reads(sum), of_sum, "{a} {b}");
        let of_choice = of_sum | slots[c].mark();
        assert_eq!(operations.reads(choice), of_choice, "{a} {b} {c}");
    }
}
