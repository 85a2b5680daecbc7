//! Rolls, held against numbers worked out elsewhere.

use crate::engine::luck::{below, keyed_roll, outcome};
use crate::program::Chance;

/// Seed, name, count, total, and the roll: from a separate SHA-256 and a `ChaCha8` written from its specification.
#[rustfmt::skip]
const VECTORS: &[(u64, &str, u32, u64, u64)] = &[
    (0, "eviction", 0, 100, 38),
    (0, "eviction", 1, 100, 99),
    (0, "eviction", 4_000_000_000, 100, 2),
    (0, "a", 0, 100, 51),
    (0, "a", 1, 100, 28),
    (0, "a", 4_000_000_000, 100, 94),
    (0, "überlast", 0, 100, 69),
    (0, "überlast", 1, 100, 87),
    (0, "überlast", 4_000_000_000, 100, 1),
    (1, "eviction", 0, 100, 57),
    (1, "eviction", 1, 100, 65),
    (1, "eviction", 4_000_000_000, 100, 64),
    (1, "a", 0, 100, 64),
    (1, "a", 1, 100, 28),
    (1, "a", 4_000_000_000, 100, 63),
    (1, "überlast", 0, 100, 68),
    (1, "überlast", 1, 100, 49),
    (1, "überlast", 4_000_000_000, 100, 79),
    (7, "eviction", 0, 100, 56),
    (7, "eviction", 1, 100, 54),
    (7, "eviction", 4_000_000_000, 100, 69),
    (7, "a", 0, 100, 73),
    (7, "a", 1, 100, 69),
    (7, "a", 4_000_000_000, 100, 25),
    (7, "überlast", 0, 100, 18),
    (7, "überlast", 1, 100, 3),
    (7, "überlast", 4_000_000_000, 100, 67),
    (18_446_744_073_709_551_615, "eviction", 0, 100, 8),
    (18_446_744_073_709_551_615, "eviction", 1, 100, 59),
    (18_446_744_073_709_551_615, "eviction", 4_000_000_000, 100, 84),
    (18_446_744_073_709_551_615, "a", 0, 100, 25),
    (18_446_744_073_709_551_615, "a", 1, 100, 65),
    (18_446_744_073_709_551_615, "a", 4_000_000_000, 100, 65),
    (18_446_744_073_709_551_615, "überlast", 0, 100, 93),
    (18_446_744_073_709_551_615, "überlast", 1, 100, 71),
    (18_446_744_073_709_551_615, "überlast", 4_000_000_000, 100, 86),
    (7, "eviction", 0, 1, 0),
    (7, "eviction", 0, 9_223_372_036_854_775_809, 7_729_830_805_226_426_456),
    (7, "eviction", 1, 9_223_372_036_854_775_809, 1_148_959_252_341_838_554),
    (7, "eviction", 2, 9_223_372_036_854_775_809, 7_480_341_261_207_680_786),
    (7, "eviction", 3, 9_223_372_036_854_775_809, 2_436_064_466_237_511_139), // the first number is left out
    (1, "eviction", 0, 18_446_744_073_709_551_615, 13_275_286_392_713_140_957),
    (7, "eviction", 0, 3, 2),
];

#[test]
fn keyed_rolls_are_those_of_the_description() {
    for (seed, name, count, total, roll) in VECTORS {
        assert_eq!(
            keyed_roll(*seed, name, *count, *total),
            *roll,
            "{seed} {name} {count} {total}"
        );
    }
}

#[test]
fn below_keeps_no_number_that_would_make_another_likelier() {
    // 2^64 = 3 * 6148914691236517205 + 1, so the greatest number alone is left out.
    let mut given = [u64::MAX, u64::MAX, u64::MAX - 1].into_iter();
    assert_eq!(below(3, || given.next().expect("three numbers")), 2);
    assert_eq!(given.next(), None);
    assert_eq!(below(1 << 63, || u64::MAX), (1 << 63) - 1);
    assert_eq!(below(1, || 5), 0);
    assert_eq!(below(0, || 5), 0);
    assert_eq!(below(u64::MAX, || u64::MAX - 1), u64::MAX - 1);
}

#[test]
fn below_is_even() {
    for total in [2_u64, 3, 7, 10, 100] {
        let mut counts = vec![0_u64; total as usize];
        let rolls = 2_000 * total;
        for count in 0..rolls {
            counts[keyed_roll(11, "even", count as u32, total) as usize] += 1;
        }
        // Five standard deviations of a binomial count with a mean of 2,000 stay within 230.
        assert!(
            counts.iter().all(|count| count.abs_diff(2_000) < 230),
            "{counts:?}"
        );
    }
}

#[test]
fn an_outcome_takes_as_many_numbers_as_its_odds() {
    let chance = Chance {
        name: "c".into(),
        odds: vec![2, 1, 4],
        total: 7,
    };
    let outcomes: Vec<usize> = (0..8).map(|number| outcome(&chance, number)).collect();
    assert_eq!(outcomes, [0, 0, 1, 2, 2, 2, 2, 2]);
}
