//! How likely something is, as an exact fraction.

/// A fraction of at most 1. It is exact while both its numbers fit 128 bits in lowest terms, which is enough for some forty
/// rolls of ten outcomes; beyond that both lose their last bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odds {
    over: u128,
    under: u128,
}

impl Odds {
    /// It cannot go any other way.
    pub const CERTAIN: Self = Self { over: 1, under: 1 };

    /// This, and then an outcome with `odds` of `total`.
    pub fn times(self, odds: u32, total: u64) -> Self {
        let (odds, total) = (u128::from(odds), u128::from(total.max(1)));
        let (first, second) = (gcd(self.over, total), gcd(odds, self.under));
        let (odds, total) = (odds / second, total / first);
        let (mut over, mut under) = (self.over / first, self.under / second);
        loop {
            if let (Some(over), Some(under)) = (over.checked_mul(odds), under.checked_mul(total)) {
                return Self { over, under }.lowest();
            }
            (over, under) = (over >> 1, under >> 1);
        }
    }

    /// Either this or that, if they exclude each other.
    pub fn plus(self, that: Self) -> Self {
        let (mut one, mut two) = (self, that);
        loop {
            let shared = gcd(one.under, two.under).max(1);
            let sum = (one.over.checked_mul(two.under / shared))
                .zip(two.over.checked_mul(one.under / shared))
                .and_then(|(first, second)| first.checked_add(second))
                .zip(one.under.checked_mul(two.under / shared));
            if let Some((over, under)) = sum {
                return Self { over, under }.lowest();
            }
            (one, two) = (one.coarser(), two.coarser());
        }
    }

    /// In words, as in `70 %`.
    pub fn exactly(self) -> String {
        if self.over == self.under {
            return "certain".into();
        }
        let (over, under) = self.small();
        match (over * 200 / under).div_ceil(2) {
            _ if over * 100 < under => "under 1 %".into(),
            _ if over * 100 > under * 99 => "over 99 %".into(),
            percent => format!("{percent} %"),
        }
    }

    /// The same if there may be more, as in `at least 70 %`.
    pub fn at_least(self) -> String {
        let (over, under) = self.small();
        match over * 100 / under {
            0 => "possible".into(),
            percent => format!("at least {percent} %"),
        }
    }

    fn lowest(self) -> Self {
        let shared = gcd(self.over, self.under).max(1);
        Self {
            over: self.over / shared,
            under: self.under / shared,
        }
    }

    fn coarser(self) -> Self {
        Self {
            over: self.over >> 1,
            under: (self.under >> 1).max(1),
        }
    }

    /// Both numbers, small enough to be multiplied by 200.
    fn small(self) -> (u128, u128) {
        let bits = 9_u32.saturating_sub(self.under.leading_zeros());
        (self.over >> bits, (self.under >> bits).max(1))
    }
}

fn gcd(mut one: u128, mut two: u128) -> u128 {
    while two != 0 {
        (one, two) = (two, one % two);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::Odds;

    fn odds(odds: u32, total: u64) -> Odds {
        Odds::CERTAIN.times(odds, total)
    }

    #[test]
    fn odds_are_shown_as_whole_percent() {
        let cases = [
            (odds(1, 1), "certain"),
            (odds(70, 100), "70 %"),
            (odds(1, 3), "33 %"),
            (odds(2, 3), "67 %"),
            (odds(1, 200), "under 1 %"),
            (odds(1, 100), "1 %"),
            (odds(99, 100), "99 %"),
            (odds(999, 1000), "over 99 %"),
            (odds(1, 2).times(1, 4), "13 %"),
            (odds(1, 3).plus(odds(2, 3)), "certain"),
        ];
        for (odds, shown) in cases {
            assert_eq!(odds.exactly(), shown, "{odds:?}");
        }
    }

    #[test]
    fn odds_that_may_be_more_are_rounded_down() {
        let cases = [
            (odds(2, 3), "at least 66 %"),
            (odds(999, 1000), "at least 99 %"),
            (odds(1, 1000), "possible"),
        ];
        for (odds, shown) in cases {
            assert_eq!(odds.at_least(), shown, "{odds:?}");
        }
    }

    #[test]
    fn many_rolls_neither_overflow_nor_lose_their_size() {
        let mut rare = Odds::CERTAIN;
        let mut sum = Odds::CERTAIN.times(0, 1);
        for _ in 0..200 {
            sum = sum.plus(rare.times(1, 4_294_967_291));
            rare = rare.times(4_294_967_290, 4_294_967_291);
        }
        assert_eq!(rare.exactly(), "over 99 %");
        assert_eq!(sum.exactly(), "under 1 %");
    }
}
