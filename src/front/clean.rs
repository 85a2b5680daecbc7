//! What a message may show: every text of it without what a terminal must not see.
//!
//! Each face passes each message through [`msg`] first, so that nothing behind it has to remember.
//! Ids that go back in a request are left as they are; a face that shows one passes it through [`line()`].

use std::time::Duration;

use crate::engine::view::{Choice, Citation, InboxMessage, MarkView, Stamp, View};
use crate::front::facilitate::{OptionLead, Panel};
use crate::front::seats::{Reason, Vote};
use crate::front::{Briefing, Msg, Reckoning, Request, Room, ScenarioOffer, Unfinished};
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

/// Typographic quotes, dashes and ellipses of every shown text as ASCII has them, and a comma between two costs;
/// nothing else changes.
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

/// The text with quotes, dashes and ellipses as ASCII has them.
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

/// A room whose answers hold no typographic quotes, dashes and ellipses, for a face that does not see to it itself.
pub struct InAscii<'a>(pub &'a mut dyn Room);

impl Room for InAscii<'_> {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        let mut told = self.0.ask(request);
        told.iter_mut().for_each(plain_signs);
        told
    }

    fn wakes(&self) -> Option<Duration> {
        self.0.wakes()
    }

    fn wake(&mut self) -> Vec<Msg> {
        let mut told = self.0.wake();
        told.iter_mut().for_each(plain_signs);
        told
    }
}

/// A word for a shell to read again: quoted where it holds anything but letters, digits and a few safe signs.
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

/// One line: no line breaks, and visible substitutes for what a terminal must not see.
#[must_use]
pub fn line(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lines: breaks stay, tabs become spaces, the rest is made visible.
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

fn each_text(msg: &mut Msg, each: Each) {
    match msg {
        Msg::Offers(offers) => offers.iter_mut().for_each(|it| offer(it, each)),
        Msg::Briefing(it) => briefing(it, each),
        Msg::View(it) => view(it, each),
        Msg::Scorecard(it) => scorecard(it, each),
        Msg::Account(Reckoning::Done(it)) => each_of_account(it, each),
        Msg::Refused(text) | Msg::Saved(text) | Msg::Trouble(text) | Msg::Next(Some(text)) => {
            each(text, LineBreaks::Line);
        }
        Msg::Unrecorded(it) => {
            each(&mut it.why, LineBreaks::Line);
            each(&mut it.folder, LineBreaks::Line);
        }
        // A move holds ids, which go no further than to what is shown of a view.
        Msg::Made(_, it) => reason(it, each),
        Msg::Unfinished(them) => them.iter_mut().for_each(|it| unfinished(it, each)),
        Msg::Seats(it) => {
            for seat in &mut it.seats {
                each(&mut seat.title, LineBreaks::Line);
                each(&mut seat.person, LineBreaks::Line);
            }
            it.absent
                .iter_mut()
                .for_each(|it| each(it, LineBreaks::Line));
        }
        Msg::TakenBack(it) => it
            .moves
            .iter_mut()
            .for_each(|it| each(it, LineBreaks::Line)),
        Msg::Note(it) => {
            stamp(&mut it.at, each);
            each(&mut it.by, LineBreaks::Line);
            each(&mut it.about, LineBreaks::Line);
            each(&mut it.text, LineBreaks::Lines);
        }
        Msg::Vote(it) => vote(it, each),
        Msg::Panel(it) => panel(it, each),
        Msg::Leads(leads) => leads.iter_mut().for_each(|it| lead(it, each)),
        Msg::Stopped(why) => each(why, LineBreaks::Line),
        Msg::Next(None)
        | Msg::Paused(_)
        | Msg::Countdowns(_)
        | Msg::Account(Reckoning::Working { .. }) => {}
    }
}

/// The same for a balance that comes in no message.
#[must_use]
pub fn account(mut account: Account) -> Account {
    each_of_account(&mut account, &mut |text, _| *text = line(text));
    account
}

/// The same for a line that goes on otherwise.
#[must_use]
pub fn onward(mut onward: Onward) -> Onward {
    for it in &mut onward.moves {
        it.line = line(&it.line);
        it.what = line(&it.what);
        it.rolls.iter_mut().for_each(|(name, _)| *name = line(name));
    }
    onward.left_out.iter_mut().for_each(|it| *it = line(it));
    onward
        .objectives
        .iter_mut()
        .for_each(|(it, _)| *it = line(it));
    onward
}

fn each_of_account(account: &mut Account, each: Each) {
    for it in &mut account.moves {
        stamp(&mut it.at, each);
        each(&mut it.line, LineBreaks::Line);
        each(&mut it.what, LineBreaks::Line);
        it.best.iter_mut().for_each(|it| best(it, each));
    }
    account
        .curve
        .iter_mut()
        .for_each(|it| stamp(&mut it.at, each));
    for it in &mut account.rolls {
        stamp(&mut it.at, each);
        each(&mut it.chance, LineBreaks::Line);
        each(&mut it.because, LineBreaks::Line);
    }
    for it in &mut account.costly {
        stamp(&mut it.at, each);
        each(&mut it.what, LineBreaks::Line);
        best(&mut it.best, each);
        let gains = it.gains.iter_mut().chain(&mut it.spares);
        gains.for_each(|it| each(&mut it.because, LineBreaks::Line));
    }
}

fn best(it: &mut BestMove, each: Each) {
    each(&mut it.line, LineBreaks::Line);
    each(&mut it.what, LineBreaks::Line);
}

fn reason(reason: &mut Reason, each: Each) {
    each(&mut reason.by, LineBreaks::Line);
    each(&mut reason.why, LineBreaks::Line);
}

fn unfinished(it: &mut Unfinished, each: Each) {
    for text in [
        &mut it.name,
        &mut it.scenario,
        &mut it.team,
        &mut it.written,
    ] {
        each(text, LineBreaks::Line);
    }
}

fn vote(vote: &mut Vote, each: Each) {
    each(&mut vote.question, LineBreaks::Lines);
    for who in vote.cast.iter_mut().chain(&mut vote.waiting) {
        each(who, LineBreaks::Line);
    }
    for ballot in vote.ballots.iter_mut().flatten() {
        each(&mut ballot.who, LineBreaks::Line);
        each(&mut ballot.label, LineBreaks::Line);
    }
}

fn panel(panel: &mut Panel, each: Each) {
    for (at, what) in &mut panel.moves {
        stamp(at, each);
        each(what, LineBreaks::Line);
    }
    for (_, title) in panel.roles.iter_mut().chain(&mut panel.objectives) {
        each(title, LineBreaks::Line);
    }
    if let Some(left) = &mut panel.left {
        stamp(&mut left.endex.0, each);
        stamp(&mut left.endex.1, each);
    }
}

fn lead(lead: &mut OptionLead, each: Each) {
    each(&mut lead.question, LineBreaks::Lines);
    each(&mut lead.label, LineBreaks::Line);
    if let Some(why) = &mut lead.barred {
        each(why, LineBreaks::Line);
    }
    for branch in &mut lead.branches {
        each(&mut branch.odds, LineBreaks::Line);
        branch
            .lines
            .iter_mut()
            .for_each(|it| each(it, LineBreaks::Line));
    }
}

fn offer(offer: &mut ScenarioOffer, each: Each) {
    each(&mut offer.title, LineBreaks::Line);
    each(&mut offer.summary, LineBreaks::Line);
    for (_, title, sentence) in &mut offer.variants {
        each(title, LineBreaks::Line);
        each(sentence, LineBreaks::Line);
    }
    for (_, title, _) in &mut offer.cuts {
        each(title, LineBreaks::Line);
    }
}

fn briefing(briefing: &mut Briefing, each: Each) {
    each(&mut briefing.title, LineBreaks::Line);
    each(&mut briefing.text, LineBreaks::Lines);
    for role in &mut briefing.roles {
        each(&mut role.title, LineBreaks::Line);
        each(&mut role.brief, LineBreaks::Line);
    }
    each(&mut briefing.team, LineBreaks::Line);
    for seat in &mut briefing.seats {
        each(&mut seat.person, LineBreaks::Line);
    }
    for (title, _) in &mut briefing.objectives {
        each(title, LineBreaks::Line);
    }
}

fn view(view: &mut View, each: Each) {
    each(&mut view.title, LineBreaks::Line);
    stamp(&mut view.now, each);
    each(&mut view.phase.title, LineBreaks::Line);
    for it in &mut view.inbox {
        message(it, each);
    }
    for reading in &mut view.board {
        each(&mut reading.title, LineBreaks::Line);
        each(&mut reading.text, LineBreaks::Line);
    }
    for decision in &mut view.decisions {
        each(&mut decision.question, LineBreaks::Lines);
        for text in &mut decision.to {
            each(text, LineBreaks::Line);
        }
        if let Some(it) = &mut decision.closes {
            stamp(it, each);
        }
        each(&mut decision.left, LineBreaks::Line);
        each(&mut decision.default, LineBreaks::Line);
        if let Some(text) = &mut decision.discuss {
            each(text, LineBreaks::Line);
        }
        for it in &mut decision.options {
            choice(it, each);
        }
        for it in &mut decision.marks {
            mark(it, each);
        }
    }
    for it in &mut view.actions {
        choice(it, each);
    }
    for deed in &mut view.deeds {
        stamp(&mut deed.at, each);
        each(&mut deed.what, LineBreaks::Line);
        each(&mut deed.question, LineBreaks::Lines);
        deed.by.iter_mut().for_each(|it| each(it, LineBreaks::Line));
        reason(&mut deed.reason, each);
    }
    for work in &mut view.under_way {
        each(&mut work.label, LineBreaks::Line);
        stamp(&mut work.until, each);
        each(&mut work.left, LineBreaks::Line);
    }
    if let Some(ending) = &mut view.ending {
        each(&mut ending.title, LineBreaks::Line);
        each(&mut ending.text, LineBreaks::Lines);
        for it in &mut ending.marks {
            mark(it, each);
        }
    }
}

fn message(message: &mut InboxMessage, each: Each) {
    stamp(&mut message.at, each);
    each(&mut message.from, LineBreaks::Line);
    for text in &mut message.to {
        each(text, LineBreaks::Line);
    }
    each(&mut message.via, LineBreaks::Line);
    each(&mut message.title, LineBreaks::Line);
    each(&mut message.text, LineBreaks::Lines);
    for it in &mut message.marks {
        mark(it, each);
    }
}

fn mark(mark: &mut MarkView, each: Each) {
    each(&mut mark.says, LineBreaks::Line);
    for it in &mut mark.cites {
        citation(it, each);
    }
}

fn citation(citation: &mut Citation, each: Each) {
    each(&mut citation.id, LineBreaks::Line);
    each(&mut citation.says, LineBreaks::Line);
    for text in &mut citation.sources {
        each(text, LineBreaks::Line);
    }
    for text in &mut citation.rests_on {
        each(text, LineBreaks::Line);
    }
    each(&mut citation.confidence, LineBreaks::Line);
}

fn choice(choice: &mut Choice, each: Each) {
    each(&mut choice.label, LineBreaks::Line);
    each(&mut choice.cost, LineBreaks::Line);
    if let Some(text) = &mut choice.barred {
        each(text, LineBreaks::Line);
    }
}

fn stamp(stamp: &mut Stamp, each: Each) {
    each(&mut stamp.date, LineBreaks::Line);
    each(&mut stamp.time, LineBreaks::Line);
    each(&mut stamp.zone, LineBreaks::Line);
}

fn scorecard(scorecard: &mut Scorecard, each: Each) {
    for objective in &mut scorecard.objectives {
        each(&mut objective.title, LineBreaks::Line);
        for entry in &mut objective.lines {
            stamp(&mut entry.at, each);
            each(&mut entry.because, LineBreaks::Line);
            each(&mut entry.from, LineBreaks::Line);
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
