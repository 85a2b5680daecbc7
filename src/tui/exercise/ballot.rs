//! A hidden vote, the question whether to show the votes, and what is said of votes.

use ratatui::style::Style;

use crate::front::Request;
use crate::front::seats::Ballot;
use crate::front::view::MoveView;
use crate::tui::Key;
use crate::tui::draw::paragraph;
use crate::tui::exercise::facts::{LitScene, RoomFacts};
use crate::tui::exercise::outcome::{KeyOutcome, MarkedOption};
use crate::tui::exercise::phrases::quoted;
use crate::tui::form::{CursorLines, Form, FormAnswer, FormEntry, FormRow, headed};
use crate::words;

/// A hidden vote for one option.
#[derive(Debug)]
pub(super) struct BallotDialog {
    pub(super) marked: MarkedOption,
    form: Form,
}

impl BallotDialog {
    pub(super) fn new(marked: MarkedOption) -> BallotDialog {
        let form = Form::new(vec![FormRow::new("How sure", "", FormEntry::Percent(None))]);
        BallotDialog { marked, form }
    }

    pub(super) fn key(&mut self, key: Key) -> KeyOutcome {
        match self.form.key(key) {
            FormAnswer::Stay => KeyOutcome::Stay,
            FormAnswer::Close => KeyOutcome::Close,
            FormAnswer::Send => KeyOutcome::CloseAsking(Request::Vote {
                decision: self.marked.decision.clone(),
                option: self.marked.option.clone(),
                sure: self.form.percent(0),
            }),
        }
    }

    pub(super) fn lines(&self, scene: LitScene, columns: usize) -> CursorLines {
        let label = quoted(scene.label(&self.marked.decision, &self.marked.option));
        let form = self.form.lines(scene.theme, columns);
        headed(&label, form, scene.theme, columns)
    }
}

/// Not all have voted: shall the votes be shown all the same?
#[derive(Debug)]
pub(super) struct RevealDialog {
    pub(super) decision: String,
}

impl RevealDialog {
    pub(super) fn key(&self, key: Key) -> KeyOutcome {
        if key == Key::Enter {
            KeyOutcome::CloseAsking(Request::Reveal(self.decision.clone()))
        } else {
            KeyOutcome::Close
        }
    }

    pub(super) fn lines(&self, facts: &RoomFacts, columns: usize) -> CursorLines {
        let votes = how_it_stands(facts, &self.decision).unwrap_or_default();
        CursorLines::plain(paragraph(&votes, columns, Style::new()))
    }
}

/// A ballot in words: `Anna 80 %`.
fn ballot_words(ballot: &Ballot, facts: &RoomFacts) -> String {
    let sure = ballot.sure.map_or(String::new(), |it| format!(" {it} %"));
    format!("{}{sure}", facts.person_in(&ballot.who))
}

/// How the vote on a decision stands; nothing of what was voted.
pub(super) fn how_it_stands(facts: &RoomFacts, decision: &str) -> Option<String> {
    let vote = facts.votes.open_vote(decision)?;
    if vote.ballots.is_some() {
        return None;
    }
    if vote.waiting.is_empty() {
        return Some("All have voted. B: show the votes".to_owned());
    }
    let people = |titles: &[String]| {
        let people: Vec<&str> = titles.iter().map(|it| facts.person_in(it)).collect();
        words::list(&people)
    };
    let waiting = people(&vote.waiting);
    Some(if vote.cast.is_empty() {
        format!("No vote yet from {waiting}.")
    } else {
        format!("Voted: {}. Not yet: {waiting}.", people(&vote.cast))
    })
}

/// Who voted for an option, once the votes are shown.
pub(super) fn votes_for(facts: &RoomFacts, decision: &str, option: &str) -> Option<String> {
    let ballots = facts.votes.open_vote(decision)?.ballots.as_ref()?;
    let for_it = ballots.iter().filter(|it| it.option == option);
    let voters: Vec<String> = for_it.map(|it| ballot_words(it, facts)).collect();
    let votes = words::count(voters.len() as i64, "vote", "votes");
    (!voters.is_empty()).then(|| format!("{votes}: {}", voters.join(", ")))
}

/// What the others wanted, for the timeline.
pub(super) fn dissent(facts: &RoomFacts, made: &MoveView) -> Option<String> {
    let others = facts.votes.dissent(made);
    let words = |it: &&Ballot| {
        let ballot = ballot_words(it, facts);
        format!("{ballot} for {}", quoted(&it.label))
    };
    let others: Vec<String> = others.iter().map(words).collect();
    (!others.is_empty()).then(|| format!("Voted otherwise: {}", others.join("; ")))
}
