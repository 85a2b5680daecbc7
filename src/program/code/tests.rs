//! Operations before and after they are shortened.

use crate::program::code::{Comparison, Operation, Operations};
use crate::program::layout::Layout;

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
