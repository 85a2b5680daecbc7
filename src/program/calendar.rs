//! Minutes since STARTEX as dates.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Disambiguation, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::finding::{Finding, Place};
use crate::scenario::Minutes;

/// STARTEX and the zone of a scenario.
#[derive(Clone, Debug)]
pub struct Calendar {
    startex: Timestamp,
    zone: TimeZone,
}

/// A local time in the hour that a change of clocks skips or repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// There is no such time. It is taken as this one, later by as much as clocks go forward.
    Skipped(Zoned),
    /// It comes twice. It is taken as the first.
    Repeated {
        /// The one that is meant.
        first: Zoned,
        /// The one that is not.
        second: Zoned,
    },
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

    /// What a change of clocks does to a date, if it falls on one.
    #[must_use]
    pub fn clock_change(&self, date: DateTime) -> Option<ClockChange> {
        let written = self.zone.clone().into_ambiguous_zoned(date);
        match written.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => Some(ClockChange::Skipped(written.later().ok()?)),
            AmbiguousOffset::Fold { .. } => Some(ClockChange::Repeated {
                first: written.clone().earlier().ok()?,
                second: written.later().ok()?,
            }),
        }
    }

    /// Minutes from STARTEX to a date whose zone is written with it: an abbreviation, as in `GMT`, or an offset, as in
    /// `+01:00`. `None` if that is not in force then.
    #[must_use]
    pub fn minutes_in(&self, date: DateTime, zone: &str) -> Option<Minutes> {
        let written = self.zone.clone().into_ambiguous_zoned(date);
        let both = [written.clone().earlier(), written.later()];
        let mut both = both.into_iter().filter_map(Result::ok);
        // A time that does not exist has no zone.
        let found = both.find(|it| it.datetime() == date && is_zone(it, zone))?;
        Some(found.timestamp().duration_since(self.startex).as_mins())
    }

    /// What tells a local time from another one that clocks show as the same: its zone, if a change of clocks repeats it.
    #[must_use]
    pub fn telling(&self, local: &Zoned) -> Option<String> {
        let change = self.clock_change(local.datetime());
        matches!(change, Some(ClockChange::Repeated { .. })).then(|| self.zone_of(local))
    }

    /// The zone of a local time: its abbreviation, or its offset in an hour that comes twice under one abbreviation.
    #[must_use]
    pub fn zone_of(&self, local: &Zoned) -> String {
        let name = |it: &Zoned| it.strftime("%Z").to_string();
        match self.clock_change(local.datetime()) {
            Some(ClockChange::Repeated { first, second }) if name(&first) == name(&second) => {
                local.strftime("%:z").to_string()
            }
            _ => name(local),
        }
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

impl ClockChange {
    /// The finding for a date that falls on it: what the date is taken as.
    #[must_use]
    pub fn finding(&self, calendar: &Calendar, place: Place) -> Finding {
        let shown = |it: &Zoned| {
            let zone = calendar.zone_of(it);
            format!("{} {zone}", it.strftime("%H:%M"))
        };
        let headline = match self {
            Self::Skipped(taken) => {
                format!("clocks skip this time; it is taken as {}", shown(taken))
            }
            Self::Repeated { first, second } => format!(
                "this time comes twice; it is taken as the first, {}, not {}",
                shown(first),
                shown(second)
            ),
        };
        Finding::warning("clock-change", place, headline)
    }
}

/// Whether a word names the zone of a local time.
fn is_zone(local: &Zoned, word: &str) -> bool {
    let forms = ["%Z", "%:z", "%z", "%:::z"].map(|form| local.strftime(form).to_string());
    let is_utc = local.offset().seconds() == 0
        && ["Z", "UTC", "GMT"]
            .iter()
            .any(|it| word.eq_ignore_ascii_case(it));
    is_utc || forms.iter().any(|it| it.eq_ignore_ascii_case(word))
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
    use super::{Calendar, ClockChange};
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

    /// A zone, a date, and the minutes of what it is taken as, with how that is told; then what else it may mean.
    #[test]
    fn an_hour_that_comes_twice_or_never_is_told() {
        let cases = [
            (
                "Europe/London",
                date(2024, 10, 27).at(1, 30, 0, 0),
                "BST",
                Some("GMT"),
            ),
            (
                "Europe/London",
                date(2024, 3, 31).at(1, 30, 0, 0),
                "02:30 BST",
                None,
            ),
            (
                "America/New_York",
                date(2024, 11, 3).at(1, 0, 0, 0),
                "EDT",
                Some("EST"),
            ),
            // Both hours have one abbreviation.
            (
                "Europe/Moscow",
                date(2014, 10, 26).at(1, 30, 0, 0),
                "+04:00",
                Some("+03:00"),
            ),
            // Half an hour.
            (
                "Australia/Lord_Howe",
                date(2024, 4, 7).at(1, 45, 0, 0),
                "+11",
                Some("+1030"),
            ),
            (
                "Australia/Lord_Howe",
                date(2024, 10, 6).at(2, 15, 0, 0),
                "02:45 +11",
                None,
            ),
            // A whole day.
            (
                "Pacific/Apia",
                date(2011, 12, 30).at(8, 0, 0, 0),
                "08:00 +14",
                None,
            ),
        ];
        for (zone, written, taken, other) in cases {
            let calendar = Calendar::new(
                written.date().yesterday().expect("a day").at(0, 0, 0, 0),
                zone,
            )
            .expect("a zone");
            let minute = calendar.minutes(written).expect("a minute");
            let local = calendar.local(minute);
            match (calendar.clock_change(written), other) {
                (Some(ClockChange::Skipped(found)), None) => {
                    assert_eq!(
                        format!("{} {}", found.strftime("%H:%M"), calendar.zone_of(&found)),
                        taken
                    );
                    assert_eq!(found.timestamp(), local.timestamp());
                    assert_eq!(calendar.telling(&local), None);
                    assert_eq!(
                        calendar.minutes_in(written, &calendar.zone_of(&found)),
                        None
                    );
                }
                (Some(ClockChange::Repeated { first, second }), Some(other)) => {
                    assert_eq!(first.timestamp(), local.timestamp());
                    let later = minute + second.duration_since(&first).as_mins();
                    for (zone, minute) in [(taken, minute), (other, later)] {
                        assert_eq!(
                            calendar.telling(&calendar.local(minute)).as_deref(),
                            Some(zone)
                        );
                        assert_eq!(calendar.minutes_in(written, zone), Some(minute), "{zone}");
                        assert_eq!(
                            calendar.minutes_in(written, &zone.to_lowercase()),
                            Some(minute)
                        );
                    }
                    assert_eq!(calendar.minutes_in(written, "XYZ"), None);
                }
                (found, _) => panic!("{zone} {written}: {found:?}"),
            }
        }
        let calendar =
            Calendar::new(date(2024, 10, 27).at(0, 0, 0, 0), "Europe/London").expect("a zone");
        let noon = date(2024, 10, 27).at(12, 0, 0, 0);
        for (zone, minutes) in [
            ("GMT", Some(780)),
            ("+00:00", Some(780)),
            ("+0000", Some(780)),
            ("Z", Some(780)),
            ("BST", None),
        ] {
            assert_eq!(calendar.minutes_in(noon, zone), minutes, "{zone}");
        }
        assert_eq!(calendar.clock_change(noon), None);
    }

    #[test]
    fn an_unknown_zone_is_none() {
        assert!(Calendar::new(date(2022, 8, 2).at(21, 0, 0, 0), "Europe/Lundon").is_none());
    }
}
