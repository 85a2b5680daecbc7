//! The account of an exercise that is over: worked out in a thread of its own, which the room looks at now and then.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

use crate::engine::Move;
use crate::exercise::Exercise;
use crate::front::{AccountProgress, Msg};
use crate::journal::EntryKind;
use crate::program::Program;
use crate::review::account::{Account, priced_account};
use crate::room::ExerciseRoom;
use crate::room::stored::stored_values;
use crate::room::table::TableUse;
use crate::scenario::read::Folder;
use crate::search::Budget;
use crate::search::pricing::Pricer;
use crate::search::worth::KnownWorths;

/// How often the room looks how far the account is.
const LOOK: Duration = Duration::from_millis(250);

/// An account under way or done. Dropping it stops the work.
pub(super) struct AccountWork {
    program: Arc<Program>,
    moves: Vec<Move>,
    stop: Arc<AtomicBool>,
    /// How many different states were looked at so far.
    states: Arc<AtomicUsize>,
    /// The number that the faces heard last.
    states_heard: usize,
    /// None once the account has come.
    result: Option<Receiver<Account>>,
}

impl AccountWork {
    fn start(exercise: &Exercise, folder: Folder, budget: Budget) -> Self {
        let program = exercise.shared_program();
        let moves: Vec<Move> = exercise.moves().collect();
        let luck = exercise.luck().again();
        let stop = Arc::new(AtomicBool::new(false));
        let states = Arc::new(AtomicUsize::new(0));
        let (send, result) = mpsc::channel();
        let work = Self {
            program: Arc::clone(&program),
            moves: moves.clone(),
            stop: Arc::clone(&stop),
            states: Arc::clone(&states),
            states_heard: 0,
            result: Some(result),
        };
        thread::spawn(move || {
            // Without stored values that fit this text, everything is solved here.
            let values = stored_values(&folder, &program).and_then(Result::ok);
            let known = values.as_ref().map(|it| it as &dyn KnownWorths);
            let blameless = values.as_ref().map_or(&[][..], |it| &it.needs_hindsight);
            let pricer = Pricer::new(&program, known, budget);
            let played = (&luck, &moves[..]);
            let account = priced_account(&program, &pricer, played, blameless, &mut |progress| {
                states.store(progress.states, Ordering::Relaxed);
                if stop.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            // Nobody may be waiting for it any more.
            let _ = send.send(account);
        });
        work
    }

    /// Whether it is the account of this exercise as it stands.
    fn is_for(&self, exercise: &Exercise) -> bool {
        Arc::ptr_eq(&self.program, &exercise.shared_program())
            && exercise.moves().eq(self.moves.iter().copied())
    }

    /// How far it is, if that has changed since the last look.
    fn news(&mut self) -> Option<AccountProgress> {
        match self.result.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => {
                let states = self.states.load(Ordering::Relaxed);
                let before = std::mem::replace(&mut self.states_heard, states);
                (before != states).then_some(AccountProgress::Working { states })
            }
            // If the thread has failed, nothing is known.
            result => {
                self.result = None;
                Some(AccountProgress::Done(Box::new(result.unwrap_or_default())))
            }
        }
    }
}

impl Drop for AccountWork {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl ExerciseRoom {
    /// Starts the account of an exercise that has come to its end, and drops that of one which goes on.
    pub(super) fn start_or_drop_account(&mut self) {
        let Some(budget) = self.settings.account else {
            return;
        };
        let table = self.table.as_ref();
        let table = table.filter(|it| !matches!(it.used, TableUse::Following(_)));
        let over = table.and_then(|it| Some((it, it.exercise.as_ref().filter(|it| is_over(it))?)));
        let Some((table, exercise)) = over else {
            self.account = None;
            return;
        };
        if !self.account.as_ref().is_some_and(|it| it.is_for(exercise)) {
            self.account = Some(AccountWork::start(exercise, table.folder.clone(), budget));
            self.tell_account(AccountProgress::Working { states: 0 });
        }
    }

    /// How long until the room looks again how far the account is.
    pub(super) fn next_look_at_account(&self) -> Option<Duration> {
        self.account.as_ref()?.result.as_ref().map(|_| LOOK)
    }

    pub(super) fn look_at_account(&mut self) {
        if let Some(news) = self.account.as_mut().and_then(AccountWork::news) {
            self.tell_account(news);
        }
    }

    /// A record does not hear of it: it did not happen in the exercise.
    fn tell_account(&mut self, news: AccountProgress) {
        self.faces.tell_people(&[Msg::Account(news)]);
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
