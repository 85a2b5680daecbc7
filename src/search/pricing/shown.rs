//! The prices of an exercise in figures that a person can add up: tenths of a point, rounded so that every sum is right.

use crate::search::pricing::Priced;

/// A figure closer than this to a whole tenth is that tenth: it was summed in another order.
const SAME: f64 = 1e-6;

/// Figures in tenths of a point. `start + luck - cost = points + left`, the parts of luck and cost add up to them, and each
/// value is the sum up to there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundedFigures {
    /// The number of the first step whose price is known; 0 if all are.
    pub from: usize,
    /// What the exercise was worth before that step, with the points so far.
    pub start: i64,
    /// All luck from that step on.
    pub luck: i64,
    /// All cost from that step on.
    pub cost: i64,
    /// Points in the end.
    pub points: i64,
    /// Points still to come; 0 after ENDEX.
    pub left: i64,
    /// What each step cost, if that is known.
    pub costs: Vec<Option<i64>>,
    /// What each roll of each step gave, if that is known.
    pub lucks: Vec<Vec<Option<i64>>>,
    /// What the exercise was worth before each step and in the end, with the points so far: `start + luck - cost` up to there.
    /// `None` if that is not known.
    pub values: Vec<Option<i64>>,
}

impl RoundedFigures {
    /// Rounds the prices of an exercise. `None` if not even the value at the end is known.
    #[must_use]
    pub fn new(priced: &Priced) -> Option<Self> {
        let left = priced.left?;
        let from = priced
            .steps
            .iter()
            .take_while(|step| step.price.is_none())
            .count();
        let earlier: i64 = priced.steps[..from].iter().map(|step| step.points).sum();
        let known = &priced.steps[from..];
        let first = known.first().and_then(|step| step.price.as_ref());
        let costs: Vec<f64> = known
            .iter()
            .map(|step| step.price.as_ref().map_or(0.0, super::Price::cost))
            .collect();
        let rolls = known.iter().flat_map(|step| &step.rolls);
        let lucks: Vec<f64> = rolls.map(|roll| roll.luck.unwrap_or(0.0)).collect();
        let points = priced.points() * 10;
        let parts = [
            first.map_or(priced.points() as f64 + left, |price| {
                earlier as f64 + price.before
            }),
            lucks.iter().sum(),
            -costs.iter().sum::<f64>(),
            -left,
        ];
        let parts = tenths(&parts, points);
        let mut costs = in_order(&costs, -parts[2]).into_iter();
        let mut lucks = in_order(&lucks, parts[1]).into_iter();
        let mut shown = Self {
            from,
            start: parts[0],
            luck: parts[1],
            cost: -parts[2],
            points,
            left: -parts[3],
            costs: vec![None; from],
            lucks: Vec::new(),
            values: vec![None; from],
        };
        for step in &priced.steps[..from] {
            shown.lucks.push(vec![None; step.rolls.len()]);
        }
        let mut value = shown.start;
        for step in known {
            let cost = costs.next().unwrap_or(0);
            let given: Vec<i64> = lucks.by_ref().take(step.rolls.len()).collect();
            shown.values.push(Some(value));
            value += given.iter().sum::<i64>() - cost;
            shown.costs.push(Some(cost));
            shown.lucks.push(given.into_iter().map(Some).collect());
        }
        shown.values.push(Some(value));
        Some(shown)
    }
}

/// A figure as the nearest number of tenths.
#[must_use]
pub fn tenth(value: f64) -> i64 {
    (value * 10.0).round() as i64
}

/// Figures as tenths that add up to `total`: each is rounded down, and the rest goes to those that lost most by it.
fn tenths(values: &[f64], total: i64) -> Vec<i64> {
    let exact: Vec<f64> = values.iter().map(|value| snapped(value * 10.0)).collect();
    let mut shown: Vec<i64> = exact.iter().map(|it| it.floor() as i64).collect();
    let mut lost: Vec<usize> = (0..exact.len()).collect();
    let loss = |index: &usize| exact[*index] - exact[*index].floor();
    lost.sort_by(|one, other| loss(other).total_cmp(&loss(one)));
    let over = total - shown.iter().sum::<i64>();
    for index in lost.into_iter().take(usize::try_from(over).unwrap_or(0)) {
        shown[index] += 1;
    }
    shown
}

/// Figures as tenths that add up to `total`, which is their sum rounded up or down. The sum up to each figure is that of
/// the exact figures, also rounded up or down, and a figure of 0 stays 0.
fn in_order(values: &[f64], total: i64) -> Vec<i64> {
    let sum = snapped(values.iter().sum::<f64>() * 10.0);
    let part = sum - sum.floor();
    // The fraction from which on a sum is rounded up: a half, unless the total asks for another.
    let up = if total > sum.floor() as i64 {
        part.min(0.5)
    } else {
        part.midpoint(1.0).max(0.5)
    };
    let (mut exact, mut before) = (0.0, 0);
    let shown = values.iter().map(|value| {
        exact += value * 10.0;
        let whole = exact.floor();
        let rounded = whole as i64 + i64::from(exact - whole + SAME / 10.0 >= up);
        rounded - std::mem::replace(&mut before, rounded)
    });
    shown.collect()
}

/// A number, made whole if it is all but whole.
fn snapped(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < SAME {
        whole
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{SAME, in_order, snapped, tenth, tenths};

    #[test]
    fn rounded_figures_add_up_to_their_sum() {
        let cases: &[(&[f64], i64, &[i64])] = &[
            (&[], 0, &[]),
            (&[1.0, 2.0], 30, &[10, 20]),
            (&[0.333_333, 0.333_333, 0.333_334], 10, &[3, 3, 4]),
            (&[14.25, -1.15, -3.1], 100, &[143, -12, -31]),
            (&[0.0, 0.05, 0.05], 1, &[0, 1, 0]),
            (&[0.1 + 0.2, -0.3], 0, &[3, -3]),
            // The rest goes to what lost most, however large the others are.
            (&[5.01, 0.09], 51, &[50, 1]),
            (&[1.09, 0.01], 11, &[11, 0]),
        ];
        for (values, total, expected) in cases {
            let shown = tenths(values, *total);
            assert_eq!(shown, *expected, "{values:?}");
            assert_eq!(shown.iter().sum::<i64>(), *total);
        }
    }

    #[test]
    fn figures_rounded_in_order_stay_near_their_sum_all_along() {
        let cases: &[(&[f64], i64, &[i64])] = &[
            (&[], 0, &[]),
            (&[1.0, 0.0, 2.0], 30, &[10, 0, 20]),
            (&[0.333_333, 0.333_333, 0.333_334], 10, &[3, 4, 3]),
            (&[0.05, 0.0, 0.05, 0.05, 0.05], 2, &[1, 0, 0, 1, 0]),
            (&[0.1 + 0.2, -0.3], 0, &[3, -3]),
            // A total that is rounded the other way than its part would be.
            (&[0.04, 0.04], 0, &[0, 0]),
            (&[0.01, 0.01], 1, &[0, 1]),
            (&[-0.04, -0.04], 0, &[0, 0]),
            (&[-0.02, 4.2, -0.01], 41, &[-1, 42, 0]),
        ];
        for (values, total, expected) in cases {
            let shown = in_order(values, *total);
            assert_eq!(shown, *expected, "{values:?}");
            let (mut exact, mut sum) = (0.0, 0);
            for (value, shown) in values.iter().zip(&shown) {
                exact += value * 10.0;
                sum += shown;
                assert!((sum as f64 - exact).abs() < 1.0, "{values:?}: {shown:?}");
            }
            assert_eq!(sum, *total);
        }
    }

    #[test]
    fn a_figure_is_shown_as_the_nearest_tenth() {
        let cases = [(2.0, 20), (1.24, 12), (1.26, 13), (-0.04, 0), (-0.06, -1)];
        for (value, tenths) in cases {
            assert_eq!(tenth(value), tenths, "{value}");
        }
    }

    #[test]
    fn only_what_is_all_but_whole_is_made_whole() {
        let cases = [
            (3.0 - SAME / 2.0, 3.0),
            (3.0 + SAME / 2.0, 3.0),
            (-SAME / 2.0, 0.0),
            (3.0 + SAME * 2.0, 3.0 + SAME * 2.0),
            (2.5, 2.5),
        ];
        for (value, whole) in cases {
            assert!((snapped(value) - whole).abs() < SAME / 4.0, "{value}");
        }
    }
}
