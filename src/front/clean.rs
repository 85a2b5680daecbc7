//! Takes what a terminal must not see out of every text of a message.
//!
//! Each face passes each message through [`msg`] first, so nothing behind it has to think of this.
//! Ids that go back in a request are left as they are; a face that shows one passes it through [`line()`].

use std::time::Duration;

use crate::engine::view::{Choice, InboxMessage, MarkView, Stamp, View};
use crate::front::facilitate::{OptionLead, Panel};
use crate::front::seats::{Reason, Vote};
use crate::front::{AccountProgress, Briefing, Msg, Request, Room, ScenarioOffer};
use crate::review::Scorecard;
use crate::review::account::onward::Onward;
use crate::review::account::{Account, BestMove};
use crate::words::visible;

/// The message with every shown text made safe.
#[must_use]
pub fn msg(mut msg: Msg) -> Msg {
    each_text(&mut msg, &mut |text, kind| {
        *text = match kind {
            LineBreaks::Line => line(text),
            LineBreaks::Lines => lines(text),
        };
    });
    msg
}

/// Writes the typographic quotes, dashes and ellipses of every shown text in ASCII, and puts a comma between two
/// costs; nothing else changes.
pub fn plain_signs(msg: &mut Msg) {
    if let Msg::View(view) = msg {
        let options = view.decisions.iter_mut().flat_map(|it| &mut it.options);
        for choice in options.chain(&mut view.actions) {
            choice.cost = choice.cost.replace(" · ", ", ");
        }
    }
    each_text(msg, &mut |text, _| {
        if !text.is_ascii() {
            *text = in_ascii(text);
        }
    });
}

/// The text with its quotes, dashes and ellipses in ASCII.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '“' | '”' | '„' | '‟' | '«' | '»' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' => out.push('\''),
            '‐'..='―' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            other => out.push(other),
        }
    }
    out
}

/// A room that answers with [`plain_signs`], for a face that does not do that itself.
pub struct InAscii<'a>(pub &'a mut dyn Room);

impl Room for InAscii<'_> {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        let mut answer = self.0.ask(request);
        answer.iter_mut().for_each(plain_signs);
        answer
    }

    fn wakes(&self) -> Option<Duration> {
        self.0.wakes()
    }

    fn wake(&mut self) -> Vec<Msg> {
        let mut news = self.0.wake();
        news.iter_mut().for_each(plain_signs);
        news
    }
}

/// The text as one word of a shell: in quotes if it holds anything but letters, digits and a few safe signs.
#[must_use]
pub fn word(text: &str) -> String {
    let text = line(text);
    let safe = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(safe) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// The text on one line, with visible substitutes for what a terminal must not see.
#[must_use]
pub fn line(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The same on several lines: their breaks stay, and tabs become spaces.
#[must_use]
pub fn lines(text: &str) -> String {
    let tidy = text.replace("\r\n", "\n").replace('\t', "    ");
    visible(&tidy).into_owned()
}

/// Whether a text may have several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineBreaks {
    Line,
    Lines,
}

/// What is done with each text.
type Each<'a> = &'a mut dyn FnMut(&mut String, LineBreaks);

/// Each of these texts, which have one line.
fn each_line<'t>(texts: impl IntoIterator<Item = &'t mut String>, each: Each) {
    for text in texts {
        each(text, LineBreaks::Line);
    }
}

fn each_text(msg: &mut Msg, each: Each) {
    match msg {
        Msg::Offers(offers) => offers.iter_mut().for_each(|it| offer(it, each)),
        Msg::Briefing(it) => briefing(it, each),
        Msg::View(it) => view(it, each),
        Msg::Scorecard(it) => scorecard(it, each),
        Msg::Account(AccountProgress::Done(it)) => each_of_account(it, each),
        Msg::Refused(text)
        | Msg::Saved(text)
        | Msg::Trouble(text)
        | Msg::Next(Some(text))
        | Msg::Stopped(text) => each(text, LineBreaks::Line),
        Msg::Unrecorded(it) => each_line([&mut it.why, &mut it.folder], each),
        // The ids of a move are shown only where a face looks up their titles in a view.
        Msg::Made(_, it) => reason(it, each),
        Msg::Unfinished(them) => {
            for it in them {
                let texts = [
                    &mut it.name,
                    &mut it.scenario,
                    &mut it.team,
                    &mut it.written,
                ];
                each_line(texts, each);
            }
        }
        Msg::Seats(it) => {
            for seat in &mut it.seats {
                each_line([&mut seat.title, &mut seat.person], each);
            }
            each_line(&mut it.absent, each);
        }
        Msg::TakenBack(it) => each_line(&mut it.moves, each),
        Msg::Note(it) => {
            stamp(&mut it.at, each);
            each_line([&mut it.by, &mut it.about], each);
            each(&mut it.text, LineBreaks::Lines);
        }
        Msg::Vote(it) => vote(it, each),
        Msg::Panel(it) => panel(it, each),
        Msg::Leads(leads) => leads.iter_mut().for_each(|it| lead(it, each)),
        Msg::Next(None)
        | Msg::Paused(_)
        | Msg::MayTakeBack(_)
        | Msg::Countdowns(_)
        | Msg::Account(AccountProgress::Working { .. }) => {}
    }
}

/// An account that comes in no message, with every text made safe.
#[must_use]
pub fn account(mut account: Account) -> Account {
    each_of_account(&mut account, &mut |text, _| *text = line(text));
    account
}

/// The same for an exercise played on from one of its moves.
#[must_use]
pub fn onward(mut onward: Onward) -> Onward {
    let moves = onward.moves.iter_mut();
    let texts = moves.flat_map(|it| {
        let rolls = it.rolls.iter_mut().map(|(name, _)| name);
        [&mut it.line, &mut it.what].into_iter().chain(rolls)
    });
    let objectives = onward.objectives.iter_mut().map(|(title, _)| title);
    let texts = texts.chain(&mut onward.left_out).chain(objectives);
    texts.for_each(|it| *it = line(it));
    onward
}

fn each_of_account(account: &mut Account, each: Each) {
    for it in &mut account.moves {
        stamp(&mut it.at, each);
        each_line([&mut it.line, &mut it.what], each);
        it.best.iter_mut().for_each(|it| best(it, each));
    }
    for it in &mut account.curve {
        stamp(&mut it.at, each);
    }
    for it in &mut account.rolls {
        stamp(&mut it.at, each);
        each_line([&mut it.chance, &mut it.because], each);
    }
    for it in &mut account.costly {
        stamp(&mut it.at, each);
        each(&mut it.what, LineBreaks::Line);
        best(&mut it.best, each);
        let gains = it.gains.iter_mut().chain(&mut it.spares);
        each_line(gains.map(|it| &mut it.because), each);
    }
}

fn best(it: &mut BestMove, each: Each) {
    each_line([&mut it.line, &mut it.what], each);
}

fn reason(reason: &mut Reason, each: Each) {
    each_line([&mut reason.by, &mut reason.why], each);
}

fn vote(vote: &mut Vote, each: Each) {
    each(&mut vote.question, LineBreaks::Lines);
    each_line(vote.cast.iter_mut().chain(&mut vote.waiting), each);
    for ballot in vote.ballots.iter_mut().flatten() {
        each_line([&mut ballot.who, &mut ballot.label], each);
    }
}

fn panel(panel: &mut Panel, each: Each) {
    for (at, what) in &mut panel.moves {
        stamp(at, each);
        each(what, LineBreaks::Line);
    }
    let named = panel.roles.iter_mut().chain(&mut panel.objectives);
    each_line(named.map(|(_, title)| title), each);
    if let Some(left) = &mut panel.left {
        stamp(&mut left.endex.0, each);
        stamp(&mut left.endex.1, each);
    }
}

fn lead(lead: &mut OptionLead, each: Each) {
    each(&mut lead.question, LineBreaks::Lines);
    each(&mut lead.label, LineBreaks::Line);
    each_line(&mut lead.barred, each);
    for branch in &mut lead.branches {
        each(&mut branch.odds, LineBreaks::Line);
        each_line(&mut branch.lines, each);
    }
}

fn offer(offer: &mut ScenarioOffer, each: Each) {
    each_line([&mut offer.title, &mut offer.summary], each);
    for (_, title, sentence) in &mut offer.variants {
        each_line([title, sentence], each);
    }
    each_line(offer.cuts.iter_mut().map(|(_, title, _)| title), each);
}

fn briefing(briefing: &mut Briefing, each: Each) {
    each_line([&mut briefing.title, &mut briefing.team], each);
    each(&mut briefing.text, LineBreaks::Lines);
    for role in &mut briefing.roles {
        each_line([&mut role.title, &mut role.brief], each);
    }
    each_line(briefing.seats.iter_mut().map(|it| &mut it.person), each);
    each_line(briefing.objectives.iter_mut().map(|(title, _)| title), each);
}

fn view(view: &mut View, each: Each) {
    each_line([&mut view.title, &mut view.phase.title], each);
    stamp(&mut view.now, each);
    for it in &mut view.inbox {
        message(it, each);
    }
    for reading in &mut view.board {
        each_line([&mut reading.title, &mut reading.text], each);
    }
    for decision in &mut view.decisions {
        each(&mut decision.question, LineBreaks::Lines);
        each_line([&mut decision.left, &mut decision.default], each);
        each_line(decision.to.iter_mut().chain(&mut decision.discuss), each);
        decision.closes.iter_mut().for_each(|it| stamp(it, each));
        decision.options.iter_mut().for_each(|it| choice(it, each));
        marks(&mut decision.marks, each);
    }
    view.actions.iter_mut().for_each(|it| choice(it, each));
    for it in &mut view.moves {
        stamp(&mut it.at, each);
        each(&mut it.what, LineBreaks::Line);
        each(&mut it.question, LineBreaks::Lines);
        each_line(&mut it.by, each);
        reason(&mut it.reason, each);
    }
    for work in &mut view.under_way {
        each_line([&mut work.label, &mut work.left], each);
        stamp(&mut work.until, each);
    }
    if let Some(ending) = &mut view.ending {
        each(&mut ending.title, LineBreaks::Line);
        each(&mut ending.text, LineBreaks::Lines);
        marks(&mut ending.marks, each);
    }
}

fn message(message: &mut InboxMessage, each: Each) {
    stamp(&mut message.at, each);
    each_line(
        [&mut message.from, &mut message.via, &mut message.title],
        each,
    );
    each_line(&mut message.to, each);
    each(&mut message.text, LineBreaks::Lines);
    marks(&mut message.marks, each);
}

fn marks(marks: &mut [MarkView], each: Each) {
    for mark in marks {
        each(&mut mark.says, LineBreaks::Line);
        for cite in &mut mark.cites {
            each_line([&mut cite.id, &mut cite.says, &mut cite.confidence], each);
            each_line(cite.sources.iter_mut().chain(&mut cite.rests_on), each);
        }
    }
}

fn choice(choice: &mut Choice, each: Each) {
    each_line([&mut choice.label, &mut choice.cost], each);
    each_line(&mut choice.barred, each);
}

fn stamp(stamp: &mut Stamp, each: Each) {
    each_line([&mut stamp.date, &mut stamp.time, &mut stamp.zone], each);
}

fn scorecard(scorecard: &mut Scorecard, each: Each) {
    for objective in &mut scorecard.objectives {
        each(&mut objective.title, LineBreaks::Line);
        for entry in &mut objective.lines {
            stamp(&mut entry.at, each);
            each_line([&mut entry.because, &mut entry.from], each);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{in_ascii, line, lines, word};

    #[test]
    fn controls_become_visible() {
        assert_eq!(
            line("a\x1b[31mb\u{9b}c\u{202e}d"),
            "a␛[31mb<U+009B>c<U+202E>d"
        );
        assert_eq!(lines("a\tb\r\nc\x07"), "a    b\nc␇");
    }

    #[test]
    fn ascii_changes_quotes_dashes_and_ellipses_only() {
        assert_eq!(
            in_ascii("“It’s” – well…\u{2003}£5 × é"),
            "\"It's\" - well...\u{2003}£5 × é"
        );
    }

    #[test]
    fn a_word_is_read_by_a_shell_as_it_was() {
        assert_eq!(word("advanced-2022"), "advanced-2022");
        assert_eq!(word("my dir/it's"), "'my dir/it'\\''s'");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(line("one\ntwo  three\n"), "one two three");
    }
}
