//! Hidden votes: who has voted is seen at once, what they voted only when it is shown to everybody.

use std::collections::BTreeSet;

use crate::front::seats::{Ballot, Vote};
use crate::front::view::{MoveView, View};

/// Every vote that the room reported and that is still of use.
#[derive(Debug, Default)]
pub(super) struct Votes {
    reported: Vec<KnownVote>,
    /// Reported before the view they belong to.
    early: Vec<Vote>,
    /// The view of another seat, or of an earlier moment, is still to come.
    turning: bool,
}

/// One vote.
#[derive(Debug)]
struct KnownVote {
    vote: Vote,
    /// The latest move that had answered its question when it was first reported, by number; 0 if there was none.
    before: usize,
    /// The seats that are asked its question, by their place: only their views show that it has closed.
    asked: BTreeSet<usize>,
    /// The move that answered, by number, once the question has closed.
    answer: Option<usize>,
}

impl KnownVote {
    /// Whether its question is open, and whether it was asked again after an answer.
    fn is_open(&self, view: &View) -> (bool, bool) {
        let question = &self.vote.question;
        let alike = view.decisions.iter().filter(|it| it.question == *question);
        let open = view.decisions.iter().any(|it| it.id == self.vote.decision);
        let more = answers(view, question).any(|number| number > self.before);
        (open, open && more && alike.count() == 1)
    }
}

/// The moves that answered a question, by number, in order.
fn answers<'a>(view: &'a View, question: &'a str) -> impl Iterator<Item = usize> {
    let asked = move |it: &&MoveView| !question.is_empty() && it.question == question;
    view.moves.iter().filter(asked).map(|it| it.number)
}

impl Votes {
    /// The vote on a question that is open.
    pub(super) fn open_vote(&self, decision: &str) -> Option<&Vote> {
        let open = |it: &&KnownVote| it.answer.is_none() && it.vote.decision == decision;
        self.reported.iter().rfind(open).map(|it| &it.vote)
    }

    /// Votes that are reported from now on belong to the view that follows.
    pub(super) fn turn(&mut self) {
        self.turning = true;
    }

    /// Only so many moves remain: votes on open questions are reported again as far as they stand.
    pub(super) fn take_back(&mut self, to: usize) {
        self.turning = true;
        self.early.clear();
        let stands = |it: &KnownVote| it.answer.is_some_and(|number| number <= to);
        self.reported.retain(stands);
    }

    /// Takes a vote, or a new state of one that is known.
    pub(super) fn hear(&mut self, vote: Vote, view: &View, seat: usize) {
        if self.turning {
            self.early.push(vote);
            return;
        }
        let open = view.decisions.iter().any(|it| it.id == vote.decision);
        let same = |it: &&mut KnownVote| it.vote.decision == vote.decision;
        let known = self.reported.iter_mut().rfind(same);
        // If its question was answered and is open, it was asked again.
        if let Some(known) = known.filter(|it| !open || it.answer.is_none()) {
            known.vote = vote;
            known.asked.insert(seat);
            return;
        }
        let answers = answers(view, &vote.question);
        let (before, answer) = if open {
            (answers.last().unwrap_or(0), None)
        } else {
            (0, answers.filter(|it| self.is_free(*it)).last())
        };
        self.reported.push(KnownVote {
            before,
            asked: BTreeSet::from([seat]),
            answer,
            vote,
        });
    }

    /// Whether no vote belongs to the move with this number.
    fn is_free(&self, number: usize) -> bool {
        self.reported.iter().all(|it| it.answer != Some(number))
    }

    /// Takes a seat's new view: a vote whose question has closed belongs to the move that answered it, or to none.
    pub(super) fn settle(&mut self, view: &View, seat: usize) {
        self.turning = false;
        let all = std::mem::take(&mut self.reported).into_iter();
        let (answered, open): (Vec<KnownVote>, Vec<KnownVote>) =
            all.partition(|it| it.answer.is_some());
        self.reported = answered;
        for mut known in open {
            let (asked, anew) = known.is_open(view);
            if asked {
                known.asked.insert(seat);
            }
            if known.asked.contains(&seat) && (!asked || anew) {
                let mut later = answers(view, &known.vote.question);
                known.answer = later.find(|it| *it > known.before && self.is_free(*it));
                if known.answer.is_none() {
                    continue;
                }
            }
            self.reported.push(known);
        }
        for vote in std::mem::take(&mut self.early) {
            self.hear(vote, view, seat);
        }
    }

    /// The ballots for something else than what was done.
    pub(super) fn dissent(&self, made: &MoveView) -> Vec<&Ballot> {
        let mut reported = self.reported.iter();
        let vote = reported.find(|it| it.answer == Some(made.number));
        let ballots = vote.and_then(|it| it.vote.ballots.as_deref());
        let ballots = ballots.unwrap_or_default().iter();
        ballots.filter(|it| it.label != made.what).collect()
    }
}
