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
    /// Moves were taken back, and the view that follows has not come yet.
    back: bool,
}

/// One vote.
#[derive(Debug)]
struct KnownVote {
    vote: Vote,
    /// How many deeds had answered its question when it was first reported.
    before: usize,
    /// The seats that are asked its question, by their place: only their views show that it has closed.
    asked: BTreeSet<usize>,
    /// The deed that answered, once the question has closed.
    deed: Option<AnswerDeed>,
}

/// A deed, distinguished from others that answered a question with the same words.
#[derive(Clone, Copy, Debug)]
struct AnswerDeed {
    /// How many deeds answered that question before.
    number: usize,
    minute: i64,
}

impl KnownVote {
    /// Whether its question is open, and whether it was asked again after an answer.
    fn is_open(&self, view: &View) -> (bool, bool) {
        let question = &self.vote.question;
        let alike = view.decisions.iter().filter(|it| it.question == *question);
        let open = view.decisions.iter().any(|it| it.id == self.vote.decision);
        let more = answers(view, question).count() > self.before;
        (open, open && more && alike.count() == 1)
    }

    fn is(&self, question: &str, number: usize) -> bool {
        let deed = self.deed.filter(|it| it.number == number);
        deed.is_some() && self.vote.question == question
    }
}

/// The deeds that answered a question, in order.
fn answers<'a>(view: &'a View, question: &'a str) -> impl Iterator<Item = &'a MoveView> {
    let asked = move |it: &&MoveView| !question.is_empty() && it.question == question;
    view.moves.iter().filter(asked)
}

impl Votes {
    /// The vote on a question that is open.
    pub(super) fn on(&self, decision: &str) -> Option<&Vote> {
        let open = |it: &&KnownVote| it.deed.is_none() && it.vote.decision == decision;
        self.reported.iter().rfind(open).map(|it| &it.vote)
    }

    /// Votes that are reported from now on belong to the view that follows.
    pub(super) fn turn(&mut self) {
        self.turning = true;
    }

    /// Moves were taken back: votes on open questions are reported again as far as they stand.
    pub(super) fn taken_back(&mut self) {
        (self.turning, self.back) = (true, true);
        self.early.clear();
        self.reported.retain(|it| it.deed.is_some());
    }

    /// Takes a vote, or a new state of one that is known.
    pub(super) fn hear(&mut self, vote: Vote, view: &View, seat: usize) {
        if self.turning {
            self.early.push(vote);
            return;
        }
        let count = answers(view, &vote.question).count();
        let open = view.decisions.iter().any(|it| it.id == vote.decision);
        let same = |it: &&mut KnownVote| it.vote.decision == vote.decision;
        let known = self.reported.iter_mut().rfind(same);
        // If its question was answered and is open, it was asked again.
        if let Some(known) = known.filter(|it| !open || it.deed.is_none()) {
            known.vote = vote;
            known.asked.insert(seat);
            return;
        }
        let mut known = KnownVote {
            before: if open { count } else { 0 },
            asked: BTreeSet::from([seat]),
            deed: None,
            vote,
        };
        if !open {
            known.deed = self.answer(&known, view, true);
        }
        self.reported.push(known);
    }

    /// The first deed that answered the question of a vote after it was reported, or the last.
    fn answer(&self, known: &KnownVote, view: &View, last: bool) -> Option<AnswerDeed> {
        let question = &known.vote.question;
        let free = |number: usize| !self.reported.iter().any(|it| it.is(question, number));
        let mut deeds = answers(view, question)
            .enumerate()
            .skip(known.before)
            .filter(|(number, _)| free(*number))
            .map(|(number, deed)| AnswerDeed {
                number,
                minute: deed.at.minute,
            });
        if last { deeds.last() } else { deeds.next() }
    }

    /// Takes a seat's new view: a vote whose question has closed belongs to the deed that answered it, or to none.
    pub(super) fn settle(&mut self, view: &View, seat: usize) {
        self.turning = false;
        if std::mem::take(&mut self.back) {
            // An answer to a question that this seat is not asked surely stands if it is earlier than now.
            self.reported.retain(|it| {
                it.deed.is_none_or(|deed| {
                    if it.asked.contains(&seat) {
                        deed.number < answers(view, &it.vote.question).count()
                    } else {
                        deed.minute < view.now.minute
                    }
                })
            });
        }
        let all = std::mem::take(&mut self.reported).into_iter();
        let (answered, open): (Vec<KnownVote>, Vec<KnownVote>) =
            all.partition(|it| it.deed.is_some());
        self.reported = answered;
        for mut known in open {
            let (asked, anew) = known.is_open(view);
            if asked {
                known.asked.insert(seat);
            }
            if known.asked.contains(&seat) && (!asked || anew) {
                known.deed = self.answer(&known, view, false);
                if known.deed.is_none() {
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
    pub(super) fn dissent(&self, deed: &MoveView, view: &View) -> Vec<&Ballot> {
        let number = answers(view, &deed.question).position(|it| std::ptr::eq(it, deed));
        let vote = number.and_then(|number| {
            let mut known = self.reported.iter();
            known.find(|it| it.is(&deed.question, number))
        });
        let ballots = vote.and_then(|it| it.vote.ballots.as_deref());
        let ballots = ballots.unwrap_or_default().iter();
        ballots.filter(|it| it.label != deed.what).collect()
    }
}
