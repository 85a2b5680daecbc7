//! The account of an exercise that is over: worked out in a thread of its own, which the room looks at now and then.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError, TrySendError};
use std::thread;
use std::time::Duration;

use crate::engine::Move;
use crate::exercise::Exercise;
use crate::front::{AccountProgress, Msg};
use crate::journal::EntryKind;
use crate::program::Program;
use crate::review::account::priced_account;
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
    /// How far it is; none once the account has come.
    progress: Option<Receiver<AccountProgress>>,
}

impl AccountWork {
    fn start(exercise: &Exercise, folder: Folder, budget: Budget) -> Self {
        let program = exercise.shared_program();
        let moves: Vec<Move> = exercise.moves().collect();
        let luck = exercise.luck().again();
        // The work goes on while one number waits to be read.
        let (send, progress) = mpsc::sync_channel(1);
        let work = Self {
            program: Arc::clone(&program),
            moves: moves.clone(),
            progress: Some(progress),
        };
        thread::spawn(move || {
            // Without stored values that fit this text, everything is solved here.
            let values = stored_values(&folder, &program).and_then(Result::ok);
            let known = values.as_ref().map(|it| it as &dyn KnownWorths);
            let blameless = values.as_ref().map_or(&[][..], |it| &it.needs_hindsight);
            let pricer = Pricer::new(&program, known, budget);
            let played = (&luck, &moves[..]);
            let account = priced_account(&program, &pricer, played, blameless, &mut |progress| {
                let states = progress.states;
                match send.try_send(AccountProgress::Working { states }) {
                    Err(TrySendError::Disconnected(_)) => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                }
            });
            // Nobody may be waiting for it any more.
            let _ = send.send(AccountProgress::Done(Box::new(account)));
        });
        work
    }

    /// Whether it is the account of this exercise as it stands.
    fn is_for(&self, exercise: &Exercise) -> bool {
        Arc::ptr_eq(&self.program, &exercise.shared_program())
            && exercise.moves().eq(self.moves.iter().copied())
    }

    /// How far it is, if anything has come since the last look.
    fn news(&mut self) -> Option<AccountProgress> {
        let news = match self.progress.as_ref()?.try_recv() {
            Ok(news) => news,
            Err(TryRecvError::Empty) => return None,
            // If the thread has failed, nothing is known.
            Err(TryRecvError::Disconnected) => AccountProgress::Done(Box::default()),
        };
        if matches!(news, AccountProgress::Done(_)) {
            self.progress = None;
        }
        Some(news)
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
        self.account.as_ref()?.progress.as_ref().map(|_| LOOK)
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
