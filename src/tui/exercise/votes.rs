//! Hidden votes: who has voted is seen at once, what they voted only when it is shown to everybody.

use std::collections::BTreeSet;

use crate::front::Request;
use crate::front::seats::{Ballot, Vote};
use crate::front::view::{Deed, View};
use crate::tui::Key;
use crate::tui::exercise::{ExerciseScreen, Layer, quoted};
use crate::tui::form::{Form, FormAnswer, FormEntry, FormRow};
use crate::words;

/// Every vote that was told and is still of use.
#[derive(Debug, Default)]
pub(super) struct Votes {
    held: Vec<HeldVote>,
    /// Told before the view that they are of.
    early: Vec<Vote>,
    /// Another seat's view, or one of an earlier moment, is still to come.
    turning: bool,
    /// Moves were taken back, and the view that follows has not come yet.
    back: bool,
}

/// One vote.
#[derive(Debug)]
struct HeldVote {
    vote: Vote,
    /// How many deeds had answered its question when it was told first.
    before: usize,
    /// The seats that hear its question, by their place: only their views tell that it has closed.
    heard: BTreeSet<usize>,
    /// The deed that answered; none as long as the question is open.
    deed: Option<Answered>,
}

/// A deed, told apart from others that answered a question in the same words.
#[derive(Clone, Copy, Debug)]
struct Answered {
    /// How many deeds answered that question before.
    number: usize,
    minute: i64,
}

impl HeldVote {
    /// Whether its question is open, and whether that is so anew, after an answer.
    fn asked(&self, view: &View) -> (bool, bool) {
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

/// What answered a question, in order.
fn answers<'a>(view: &'a View, question: &'a str) -> impl Iterator<Item = &'a Deed> {
    let asked = move |it: &&Deed| !question.is_empty() && it.question == question;
    view.deeds.iter().filter(asked)
}

impl Votes {
    /// The vote on a question that is open.
    pub(super) fn of(&self, decision: &str) -> Option<&Vote> {
        let open = |it: &&HeldVote| it.deed.is_none() && it.vote.decision == decision;
        self.held.iter().rfind(open).map(|it| &it.vote)
    }

    /// What is told from now on is of the view that follows.
    pub(super) fn turn(&mut self) {
        self.turning = true;
    }

    /// Moves were taken back: what was voted on open questions is told again, as far as it stands.
    pub(super) fn taken_back(&mut self) {
        (self.turning, self.back) = (true, true);
        self.early.clear();
        self.held.retain(|it| it.deed.is_some());
    }

    /// Takes a vote; one that was told before is the same vote.
    fn hear(&mut self, vote: Vote, view: &View, seat: usize) {
        if self.turning {
            self.early.push(vote);
            return;
        }
        let count = answers(view, &vote.question).count();
        let open = view.decisions.iter().any(|it| it.id == vote.decision);
        let same = |it: &&mut HeldVote| it.vote.decision == vote.decision;
        let known = self.held.iter_mut().rfind(same);
        // An answered question that is open is asked anew.
        if let Some(held) = known.filter(|it| !open || it.deed.is_none()) {
            held.vote = vote;
            held.heard.insert(seat);
            return;
        }
        let mut held = HeldVote {
            before: if open { count } else { 0 },
            heard: BTreeSet::from([seat]),
            deed: None,
            vote,
        };
        if !open {
            held.deed = self.answer(&held, view, true);
        }
        self.held.push(held);
    }

    /// The first deed that answered the question of a vote after it was told, or the last.
    fn answer(&self, held: &HeldVote, view: &View, last: bool) -> Option<Answered> {
        let question = &held.vote.question;
        let free = |number: usize| !self.held.iter().any(|it| it.is(question, number));
        let mut deeds = answers(view, question)
            .enumerate()
            .skip(held.before)
            .filter(|(number, _)| free(*number))
            .map(|(number, deed)| Answered {
                number,
                minute: deed.at.minute,
            });
        if last { deeds.last() } else { deeds.next() }
    }

    /// Takes what a seat's new view says of what was voted on: a vote whose question has closed belongs to the deed
    /// that answered it, or to none.
    pub(super) fn settle(&mut self, view: &View, seat: usize) {
        self.turning = false;
        if std::mem::take(&mut self.back) {
            // What a seat does not hear stands for certain where it is earlier than now.
            self.held.retain(|it| {
                it.deed.is_none_or(|deed| {
                    if it.heard.contains(&seat) {
                        deed.number < answers(view, &it.vote.question).count()
                    } else {
                        deed.minute < view.now.minute
                    }
                })
            });
        }
        let all = std::mem::take(&mut self.held).into_iter();
        let (answered, open): (Vec<HeldVote>, Vec<HeldVote>) =
            all.partition(|it| it.deed.is_some());
        self.held = answered;
        for mut held in open {
            let (asked, anew) = held.asked(view);
            if asked {
                held.heard.insert(seat);
            }
            if held.heard.contains(&seat) && (!asked || anew) {
                held.deed = self.answer(&held, view, false);
                if held.deed.is_none() {
                    continue;
                }
            }
            self.held.push(held);
        }
        for vote in std::mem::take(&mut self.early) {
            self.hear(vote, view, seat);
        }
    }

    /// Who voted for something else than what was done.
    fn dissent(&self, deed: &Deed, view: &View) -> Vec<&Ballot> {
        let number = answers(view, &deed.question).position(|it| std::ptr::eq(it, deed));
        let vote = number.and_then(|number| {
            let mut held = self.held.iter();
            held.find(|it| it.is(&deed.question, number))
        });
        let ballots = vote.and_then(|it| it.vote.ballots.as_deref());
        let ballots = ballots.unwrap_or_default().iter();
        ballots.filter(|it| it.label != deed.what).collect()
    }
}

impl ExerciseScreen {
    /// A ballot in words: `Anna 80 %`.
    fn said(&self, ballot: &Ballot) -> String {
        let sure = ballot.sure.map_or(String::new(), |it| format!(" {it} %"));
        format!("{}{sure}", self.person_at(&ballot.who))
    }

    fn people(&self, titles: &[String]) -> String {
        let people: Vec<&str> = titles.iter().map(|it| self.person_at(it)).collect();
        words::list(&people)
    }

    pub(super) fn voted(&mut self, vote: Vote) {
        if vote.ballots.is_none() && std::mem::take(&mut self.told.voting) {
            let hidden = "Your vote is in. Nobody sees it before all votes are shown.";
            self.notice = Some(hidden.to_owned());
        }
        let seat = self.told.seats.current;
        self.told.votes.hear(vote, &self.view, seat);
    }

    /// Opens the ballot for what is marked.
    pub(super) fn ballot(&mut self) {
        let Some((decision, option)) = self.marked_ids() else {
            return;
        };
        if !self.several() {
            let alone = "A vote needs several seats; here everybody sits at one. Enter takes what is marked.";
            self.notice = Some(alone.to_owned());
            return;
        }
        let shown = self.told.votes.of(&decision);
        if shown.is_some_and(|it| it.ballots.is_some()) {
            self.notice = Some("The votes on this question are shown already.".to_owned());
            return;
        }
        let form = Form::new(vec![FormRow::new("How sure", "", FormEntry::Percent(None))]);
        self.layer = Some(Layer::Ballot {
            decision,
            option,
            form,
        });
    }

    pub(super) fn ballot_key(&mut self, key: Key) -> Option<Request> {
        let Some(Layer::Ballot { form, .. }) = &mut self.layer else {
            return None;
        };
        let answer = form.key(key);
        if answer == FormAnswer::Stay {
            return None;
        }
        let Some(Layer::Ballot {
            decision,
            option,
            form,
        }) = self.layer.take()
        else {
            return None;
        };
        (answer == FormAnswer::Send).then(|| {
            // What is marked would tell the next one at this screen.
            self.picked = None;
            self.told.voting = true;
            Request::Vote {
                decision,
                option,
                sure: form.percent(0),
            }
        })
    }

    /// Asks for the votes on the question on screen; where some are missing, once more.
    pub(super) fn reveal(&mut self) -> Option<Request> {
        let decision = self.shown()?.id.clone();
        let Some(vote) = self.told.votes.of(&decision) else {
            let none = "Nobody has voted on this question. Mark an option; then b votes, hidden.";
            self.notice = Some(none.to_owned());
            return None;
        };
        if vote.ballots.is_some() {
            return None;
        }
        if vote.waiting.is_empty() {
            return Some(Request::Reveal(decision));
        }
        self.layer = Some(Layer::Reveal { decision });
        None
    }

    pub(super) fn reveal_key(&mut self, key: Key) -> Option<Request> {
        let Some(Layer::Reveal { decision }) = self.layer.take() else {
            return None;
        };
        (key == Key::Enter).then_some(Request::Reveal(decision))
    }

    /// How the vote on a decision stands; nothing of what was voted.
    pub(super) fn vote_says(&self, decision: &str) -> Option<String> {
        let vote = self.told.votes.of(decision)?;
        if vote.ballots.is_some() {
            return None;
        }
        if vote.waiting.is_empty() {
            return Some("All have voted. B: show the votes".to_owned());
        }
        let waiting = self.people(&vote.waiting);
        let cast = self.people(&vote.cast);
        Some(if vote.cast.is_empty() {
            format!("No vote yet from {waiting}.")
        } else {
            format!("Voted: {cast}. Not yet: {waiting}.")
        })
    }

    /// Who voted for an option, once it is shown.
    pub(super) fn votes_for(&self, decision: &str, option: &str) -> Option<String> {
        let ballots = self.told.votes.of(decision)?.ballots.as_ref()?;
        let them: Vec<String> = ballots
            .iter()
            .filter(|it| it.option == option)
            .map(|it| self.said(it))
            .collect();
        let votes = words::count(them.len() as i64, "vote", "votes");
        (!them.is_empty()).then(|| format!("{votes}: {}", them.join(", ")))
    }

    /// What the others wanted, for the timeline.
    pub(super) fn dissent(&self, deed: &Deed) -> Option<String> {
        let others = self.told.votes.dissent(deed, &self.view);
        let each = |it: &&Ballot| format!("{} for {}", self.said(it), quoted(&it.label));
        let others: Vec<String> = others.iter().map(each).collect();
        (!others.is_empty()).then(|| format!("Voted otherwise: {}", others.join("; ")))
    }
}
