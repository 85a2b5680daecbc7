//! What wakes the loop of the full screen, and how it ends.

use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::local::terminal;
use crate::tui::input::Input;

/// How the full screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenEnd {
    /// Somebody left it.
    Left,
    /// Ctrl-C.
    Interrupted,
    /// A signal with this number.
    Signal(i32),
}

impl ScreenEnd {
    /// The exit code that a shell expects.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            ScreenEnd::Left => 0,
            ScreenEnd::Interrupted => 130,
            ScreenEnd::Signal(number) => 128_u8.saturating_add(u8::try_from(number).unwrap_or(0)),
        }
    }
}

/// SIGHUP: the terminal is gone.
pub(super) const HANG_UP: i32 = 1;

/// How long the screen may take to end after it was asked to. If the terminal takes no more output, it never does.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// What wakes the loop. In between nothing runs.
#[cfg_attr(not(unix), expect(dead_code, reason = "a console is not stopped"))]
pub(super) enum Wake {
    Input(Input),
    Resized,
    /// SIGTSTP.
    Stop,
    /// SIGCONT: the process goes on after it was stopped.
    Continued,
    /// The room wants to be woken.
    Room,
    Leave(ScreenEnd),
}

/// Hands over what was typed. False once nobody takes it any more.
pub(super) fn pass_on(wakes: &Sender<Wake>, inputs: Vec<Input>) -> bool {
    inputs.into_iter().all(|input| {
        if input == Input::Interrupt {
            // Even if the screen cannot draw any more.
            terminal::abandon_after(LEAVE_WITHIN, ScreenEnd::Interrupted.code());
        }
        wakes.send(Wake::Input(input)).is_ok()
    })
}

/// Asks the loop to end, and sees to it that the process does.
pub(super) fn leave(wakes: &Sender<Wake>, end: ScreenEnd) {
    // If nobody hears it, the loop has ended.
    let _ = wakes.send(Wake::Leave(end));
    terminal::abandon_after(LEAVE_WITHIN, end.code());
}

#[cfg(test)]
mod tests {
    use super::ScreenEnd;

    #[test]
    fn exit_codes_are_those_of_a_shell() {
        assert_eq!(ScreenEnd::Left.code(), 0);
        assert_eq!(ScreenEnd::Interrupted.code(), 130);
        assert_eq!(ScreenEnd::Signal(15).code(), 143);
        assert_eq!(ScreenEnd::Signal(1).code(), 129);
    }
}
