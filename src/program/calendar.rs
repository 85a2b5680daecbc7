//! Minutes since STARTEX as dates.

use jiff::civil::DateTime;
use jiff::tz::{Disambiguation, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::scenario::Minutes;

/// STARTEX and the zone of a scenario.
#[derive(Clone, Debug)]
pub struct Calendar {
    startex: Timestamp,
    zone: TimeZone,
}

impl Calendar {
    /// A calendar; `None` if the zone is unknown or STARTEX is out of range.
    #[must_use]
    pub fn new(startex: DateTime, zone: &str) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        let startex = timestamp(&zone, startex)?;
        Some(Self { startex, zone })
    }

    /// Minutes from STARTEX to a date in the scenario's zone. A local time that a change of clocks repeats means its
    /// first occurrence; one that is skipped is moved forward by the length of the gap.
    #[must_use]
    pub fn minutes(&self, date: DateTime) -> Option<Minutes> {
        let moment = timestamp(&self.zone, date)?;
        Some(moment.duration_since(self.startex).as_mins())
    }

    /// Whether a minute after STARTEX has a date.
    #[must_use]
    pub fn reaches(&self, minute: Minutes) -> bool {
        self.startex
            .checked_add(SignedDuration::from_mins(minute))
            .is_ok()
    }

    /// The local date and time of a minute.
    ///
    /// # Panics
    /// Beyond the year 9999, which compiling refuses.
    #[must_use]
    pub fn local(&self, minute: Minutes) -> Zoned {
        let moment = self.startex.checked_add(SignedDuration::from_mins(minute));
        moment
            .expect("compiling refuses exercises that end so late")
            .to_zoned(self.zone.clone())
    }
}

fn timestamp(zone: &TimeZone, date: DateTime) -> Option<Timestamp> {
    let zoned = zone
        .clone()
        .into_ambiguous_zoned(date)
        .disambiguate(Disambiguation::Compatible)
        .ok()?;
    Some(zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use jiff::civil::date;

    #[test]
    fn minutes_are_real_minutes_across_changes_of_clocks() {
        let calendar =
            Calendar::new(date(2022, 8, 2).at(21, 0, 0, 0), "Europe/London").expect("a zone");
        let cases = [
            (date(2022, 8, 2).at(21, 0, 0, 0), 0, "2022-08-02 21:00 BST"),
            (
                date(2022, 8, 4).at(7, 0, 0, 0),
                34 * 60,
                "2022-08-04 07:00 BST",
            ),
            (
                date(2022, 10, 30).at(12, 0, 0, 0),
                (88 * 24 + 16) * 60,
                "2022-10-30 12:00 GMT",
            ),
        ];
        for (local, minutes, shown) in cases {
            assert_eq!(calendar.minutes(local), Some(minutes), "{shown}");
            assert_eq!(
                calendar
                    .local(minutes)
                    .strftime("%Y-%m-%d %H:%M %Z")
                    .to_string(),
                shown
            );
        }
    }

    #[test]
    fn an_unknown_zone_is_none() {
        assert!(Calendar::new(date(2022, 8, 2).at(21, 0, 0, 0), "Europe/Lundon").is_none());
    }
}
