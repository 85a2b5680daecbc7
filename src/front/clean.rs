//! What a message may show: every text of it without what a terminal must not see.
//!
//! Each face passes each message through [`msg`] first, so that nothing behind it has to remember.
//! Ids that go back in a request are left as they are; a face that shows one passes it through [`line()`].

use crate::engine::view::{Choice, Citation, MarkView, Message, Stamp, View};
use crate::front::{Briefing, Msg, Offer, Unrecorded};
use crate::review::Account;
use crate::words::visible;

/// The message with every shown text made safe.
#[must_use]
pub fn msg(msg: Msg) -> Msg {
    match msg {
        Msg::Offers(mut offers) => {
            offers.iter_mut().for_each(offer);
            Msg::Offers(offers)
        }
        Msg::Briefing(mut it) => {
            briefing(&mut it);
            Msg::Briefing(it)
        }
        Msg::View(mut it) => {
            view(&mut it);
            Msg::View(it)
        }
        Msg::Account(mut it) => {
            account(&mut it);
            Msg::Account(it)
        }
        Msg::Refused(why) => Msg::Refused(line(&why)),
        Msg::Next(step) => Msg::Next(step.map(|s| line(&s))),
        Msg::Trouble(what) => Msg::Trouble(line(&what)),
        Msg::Unrecorded(it) => Msg::Unrecorded(Unrecorded {
            why: line(&it.why),
            folder: line(&it.folder),
        }),
        // It holds ids, which go no further than to what is shown of a view.
        Msg::Made(made) => Msg::Made(made),
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

fn to_line(text: &mut String) {
    *text = line(text);
}

fn to_lines(text: &mut String) {
    *text = lines(text);
}

fn offer(offer: &mut Offer) {
    to_line(&mut offer.title);
    to_line(&mut offer.summary);
    for (_, title, sentence) in &mut offer.variants {
        to_line(title);
        to_line(sentence);
    }
    for (_, title, _) in &mut offer.cuts {
        to_line(title);
    }
}

fn briefing(briefing: &mut Briefing) {
    to_line(&mut briefing.title);
    to_lines(&mut briefing.text);
    for (title, brief) in &mut briefing.roles {
        to_line(title);
        to_line(brief);
    }
    for (title, _) in &mut briefing.objectives {
        to_line(title);
    }
}

fn view(view: &mut View) {
    to_line(&mut view.title);
    stamp(&mut view.now);
    to_line(&mut view.phase.title);
    view.inbox.iter_mut().for_each(message);
    for reading in &mut view.board {
        to_line(&mut reading.title);
        to_line(&mut reading.text);
    }
    for decision in &mut view.decisions {
        to_lines(&mut decision.question);
        decision.to.iter_mut().for_each(to_line);
        decision.closes.iter_mut().for_each(stamp);
        to_line(&mut decision.left);
        to_line(&mut decision.default);
        decision.discuss.iter_mut().for_each(to_line);
        decision.options.iter_mut().for_each(choice);
        decision.marks.iter_mut().for_each(mark);
    }
    view.actions.iter_mut().for_each(choice);
    for work in &mut view.under_way {
        to_line(&mut work.label);
        stamp(&mut work.until);
        to_line(&mut work.left);
    }
    if let Some(ending) = &mut view.ending {
        to_line(&mut ending.title);
        to_lines(&mut ending.text);
        ending.marks.iter_mut().for_each(mark);
    }
}

fn message(message: &mut Message) {
    stamp(&mut message.at);
    to_line(&mut message.from);
    message.to.iter_mut().for_each(to_line);
    to_line(&mut message.via);
    to_line(&mut message.title);
    to_lines(&mut message.text);
    message.marks.iter_mut().for_each(mark);
}

fn mark(mark: &mut MarkView) {
    to_line(&mut mark.says);
    mark.cites.iter_mut().for_each(citation);
}

fn citation(citation: &mut Citation) {
    to_line(&mut citation.id);
    to_line(&mut citation.says);
    citation.sources.iter_mut().for_each(to_line);
    to_line(&mut citation.confidence);
}

fn choice(choice: &mut Choice) {
    to_line(&mut choice.label);
    to_line(&mut choice.cost);
    choice.barred.iter_mut().for_each(to_line);
}

fn stamp(stamp: &mut Stamp) {
    to_line(&mut stamp.date);
    to_line(&mut stamp.time);
    to_line(&mut stamp.zone);
}

fn account(account: &mut Account) {
    for objective in &mut account.objectives {
        to_line(&mut objective.title);
        for entry in &mut objective.lines {
            stamp(&mut entry.at);
            to_line(&mut entry.because);
            to_line(&mut entry.from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{line, lines};

    #[test]
    fn controls_become_visible() {
        assert_eq!(
            line("a\x1b[31mb\u{9b}c\u{202e}d"),
            "a␛[31mb<U+009B>c<U+202E>d"
        );
        assert_eq!(lines("a\tb\r\nc\x07"), "a    b\nc␇");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(line("one\ntwo  three\n"), "one two three");
    }
}
