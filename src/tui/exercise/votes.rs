//! Hidden votes: who has voted is seen at once, what they voted only when it is shown to everybody.

use std::collections::BTreeMap;

use crate::front::Request;
use crate::front::seats::{Ballot, Vote};
use crate::front::view::{Deed, Stamp};
use crate::tui::Key;
use crate::tui::exercise::{Exercise, Layer, quoted};
use crate::tui::form::{Answer, Entry, Form, Row};
use crate::words;

/// Every vote that was told.
#[derive(Debug, Default)]
pub(super) struct Votes {
    /// By decision, as long as it is open.
    open: BTreeMap<String, Vote>,
    /// Those that were shown, with when.
    shown: Vec<(Stamp, Vote)>,
}

impl Votes {
    pub(super) fn of(&self, decision: &str) -> Option<&Vote> {
        self.open.get(decision)
    }

    /// Only the votes on these decisions are still of use.
    pub(super) fn keep(&mut self, decisions: &[&str]) {
        self.open.retain(|id, _| decisions.contains(&id.as_str()));
    }

    /// Who voted for something else than what was done.
    pub(super) fn dissent(&self, deed: &Deed) -> Vec<&Ballot> {
        let asked = |(at, vote): &&(Stamp, Vote)| {
            at.minute <= deed.at.minute
                && !deed.question.is_empty()
                && vote.question == deed.question
        };
        let vote = self.shown.iter().rfind(asked);
        let ballots = vote.and_then(|(_, vote)| vote.ballots.as_deref());
        let ballots = ballots.unwrap_or_default().iter();
        ballots.filter(|it| it.label != deed.what).collect()
    }
}

impl Exercise {
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
        let now = self.view.now.clone();
        if vote.ballots.is_some() {
            let same = |(at, old): &(Stamp, Vote)| *at == now && old.decision == vote.decision;
            self.told.votes.shown.retain(|it| !same(it));
            self.told.votes.shown.push((now, vote.clone()));
        } else if std::mem::take(&mut self.told.voting) {
            let hidden = "Your vote is in. Nobody sees it before all votes are shown.";
            self.notice = Some(hidden.to_owned());
        }
        self.told.votes.open.insert(vote.decision.clone(), vote);
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
        let form = Form::new(vec![Row::new("How sure", "", Entry::Percent(None))]);
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
        if answer == Answer::Stay {
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
        (answer == Answer::Send).then(|| {
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
        let others = self.told.votes.dissent(deed);
        let each = |it: &&Ballot| format!("{} for {}", self.said(it), quoted(&it.label));
        let others: Vec<String> = others.iter().map(each).collect();
        (!others.is_empty()).then(|| format!("Voted otherwise: {}", others.join("; ")))
    }
}
