//! The balance of an exercise that is over: worked out in a thread of its own, and told as it comes.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

use crate::engine::Move;
use crate::exercise::Exercise;
use crate::front::{Msg, Reckoning};
use crate::journal::EntryKind;
use crate::local::room::LocalRoom;
use crate::local::stored::stored;
use crate::program::Program;
use crate::review::account::{Account, priced_account};
use crate::scenario::read::Folder;
use crate::search::Budget;
use crate::search::pricing::Pricer;
use crate::search::worth::KnownWorths;

/// How often it is looked at how far it is.
const LOOK: Duration = Duration::from_millis(250);

/// A balance that is being worked out, or was. Dropping it stops the work.
pub(super) struct Work {
    program: Arc<Program>,
    moves: Vec<Move>,
    stop: Arc<AtomicBool>,
    states: Arc<AtomicUsize>,
    /// How many states were told last.
    told: usize,
    /// None once it came.
    comes: Option<Receiver<Account>>,
}

impl Work {
    fn begin(exercise: &Exercise, folder: Folder, budget: Budget) -> Self {
        let program = exercise.shared_program();
        let moves: Vec<Move> = exercise.moves().collect();
        let (stop, states) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let (send, comes) = mpsc::channel();
        let work = Self {
            program: Arc::clone(&program),
            moves: moves.clone(),
            stop: Arc::clone(&stop),
            states: Arc::clone(&states),
            told: 0,
            comes: Some(comes),
        };
        let luck = exercise.luck().again();
        thread::spawn(move || {
            // Without stored values, or where they are of another text, everything is solved here.
            let values = stored(&folder, &program).and_then(Result::ok);
            let known = values.as_ref().map(|it| it as &dyn KnownWorths);
            let blameless = values.as_ref().map_or(&[][..], |it| &it.needs_hindsight);
            let pricer = Pricer::new(&program, known, budget);
            let played = (&luck, &moves[..]);
            let worked_out =
                priced_account(&program, &pricer, played, blameless, &mut |progress| {
                    states.store(progress.states, Ordering::Relaxed);
                    if stop.load(Ordering::Relaxed) {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                });
            // Whoever waited for it may be gone.
            let _ = send.send(worked_out);
        });
        work
    }

    /// Whether it is the balance of this exercise as it stands.
    fn is_of(&self, exercise: &Exercise) -> bool {
        Arc::ptr_eq(&self.program, &exercise.shared_program())
            && exercise.moves().eq(self.moves.iter().copied())
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl LocalRoom {
    /// Begins the balance of an exercise that has come to its end, and drops that of one which goes on.
    pub(super) fn reckon(&mut self) -> Vec<Msg> {
        let Some(budget) = self.reckons else {
            return Vec::new();
        };
        let follows = self.table.as_ref().is_some_and(|it| it.tail.is_some());
        let over = self.exercise().filter(|it| !follows && is_over(it));
        let Some(exercise) = over else {
            self.reckoning = None;
            return Vec::new();
        };
        if self.reckoning.as_ref().is_some_and(|it| it.is_of(exercise)) {
            return Vec::new();
        }
        let folder = self.table.as_ref().map(|it| it.folder.clone());
        self.reckoning = folder.map(|folder| Work::begin(exercise, folder, budget));
        vec![Msg::Account(Reckoning::Working { states: 0 })]
    }

    /// How long until it is looked at how far it is; none where nothing is under way.
    pub(super) fn reckons_on(&self) -> Option<Duration> {
        let work = self.reckoning.as_ref()?;
        work.comes.as_ref().map(|_| LOOK)
    }

    /// How far it is, where that is news. The transcript does not hear it: it is no part of what happened.
    pub(super) fn reckoned(&mut self) -> Vec<Msg> {
        let Some(work) = &mut self.reckoning else {
            return Vec::new();
        };
        let Some(comes) = &work.comes else {
            return Vec::new();
        };
        let come = comes.try_recv();
        if let Err(TryRecvError::Empty) = come {
            let states = work.states.load(Ordering::Relaxed);
            if std::mem::replace(&mut work.told, states) == states {
                return Vec::new();
            }
            return vec![Msg::Account(Reckoning::Working { states })];
        }
        work.comes = None;
        // Where the thread has failed nothing is known.
        let account = come.unwrap_or_default();
        vec![Msg::Account(Reckoning::Done(Box::new(account)))]
    }
}

/// Whether ENDEX has come, or the exercise was stopped and did not go on.
fn is_over(exercise: &Exercise) -> bool {
    let mut moving = exercise.entries().rev().map(|it| &it.what);
    let last = moving.find(|it| {
        matches!(
            it,
            EntryKind::Move(_) | EntryKind::Stopped(_) | EntryKind::Resumed
        )
    });
    exercise.is_over() || matches!(last, Some(EntryKind::Stopped(_)))
}
