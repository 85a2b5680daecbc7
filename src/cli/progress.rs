//! The progress of a search, and how to stop it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use crate::cli::Trouble;
use crate::program::Program;
use crate::search::{Budget, Progress};
use crate::words;

/// A progress line on standard error, if that is a terminal. Ctrl-C stops the search.
pub struct Bar {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

impl Bar {
    pub fn new() -> Result<Self, Trouble> {
        let stop = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        {
            // A second Ctrl-C ends the program at once.
            signal_hook::flag::register_conditional_default(
                signal_hook::consts::SIGINT,
                Arc::clone(&stop),
            )?;
            signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop))?;
        }
        #[cfg(windows)]
        crate::local::stop_on_interrupt(&stop);
        let bar = ProgressBar::new(0);
        // The template is known to be right; otherwise the default style would do.
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {msg}") {
            bar.set_style(style);
        }
        Ok(Self { bar, stop })
    }

    /// Shows the progress of an exploration that goes phase by phase.
    pub fn phases(&self, program: &Program, now: Progress, budget: Budget) -> ControlFlow<()> {
        let phase = &program.script.scenario.phases[now.phase.index()].id.value;
        self.states(phase, now, budget)
    }

    /// Shows the progress of an exploration.
    pub fn states(&self, what: &str, now: Progress, budget: Budget) -> ControlFlow<()> {
        self.show(budget.states_max as u64, now.states as u64);
        self.bar.set_message(format!(
            "{what}: {} {}, {}/s, {}, depth {}",
            HumanCount(now.states as u64),
            words::plural(now.states as i64, "state", "states"),
            HumanCount(self.bar.per_sec() as u64),
            HumanBytes(now.bytes as u64),
            now.depth
        ));
        self.go_on()
    }

    /// Shows how many random exercises are done.
    pub fn plays(&self, done: u64, of: u64) -> ControlFlow<()> {
        self.show(of, done);
        self.bar.set_message(format!(
            "{} of {} random exercises, {}/s",
            HumanCount(done),
            HumanCount(of),
            HumanCount(self.bar.per_sec() as u64)
        ));
        self.go_on()
    }

    /// Whether it was stopped with Ctrl-C.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Removes the line.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&self, length: u64, position: u64) {
        if self.bar.is_finished() || self.bar.length() != Some(length) {
            self.bar.set_message("");
            self.bar.set_length(length);
            self.bar.reset();
        }
        self.bar.set_position(position);
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.stopped() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
