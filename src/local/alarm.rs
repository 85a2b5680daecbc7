//! When to wake a room: keys and lines that come before do not put it off.

use std::time::{Duration, Instant};

/// The moment at which a room is to be woken.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    at: Option<Instant>,
}

impl Alarm {
    /// How long until the room is to be woken, if it now wants to be woken after `wakes`.
    pub(super) fn left(&mut self, wakes: Option<Duration>) -> Option<Duration> {
        let Some(after) = wakes else {
            self.at = None;
            return None;
        };
        let now = Instant::now();
        let at = *self.at.get_or_insert(now + after);
        Some(at.saturating_duration_since(now))
    }

    /// The room is being woken: the next moment is set anew.
    pub(super) fn reset(&mut self) {
        self.at = None;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Alarm;

    #[test]
    fn asking_again_does_not_put_it_off() {
        let mut alarm = Alarm::default();
        let hour = Duration::from_hours(1);
        let first = alarm.left(Some(hour)).expect("it is set");
        assert!(first <= hour);
        assert!(alarm.left(Some(2 * hour)).expect("it is set") <= first);
        alarm.reset();
        assert!(alarm.left(Some(2 * hour)).expect("it is set") > hour);
        assert_eq!(alarm.left(None), None);
    }
}
