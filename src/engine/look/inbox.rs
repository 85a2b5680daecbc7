//! From events to the messages that a seat reads.

use crate::engine::Event;
use crate::engine::look::{Seat, marks, message, origin, owners, stamp, titles};
use crate::engine::view::{Message, MessageKind};
use crate::program::ids::{CourseId, DecisionId, InjectId, TextId};
use crate::program::{Cause, Program};
use crate::scenario::Minutes;

/// What stands in the message of a course that brings no words of its own.
const DONE: &str = "Done.";

/// Every message so far, oldest first.
pub fn messages(program: &Program, events: &[(Minutes, Event)], seat: &Seat) -> Vec<Message> {
    let mut inbox = Inbox {
        program,
        seat,
        messages: Vec::new(),
        finished: None,
    };
    for (at, event) in events {
        inbox.take(*at, *event);
    }
    inbox.messages
}

struct Inbox<'a> {
    program: &'a Program,
    seat: &'a Seat,
    messages: Vec<Message>,
    /// The course whose end is the latest message and has no words yet.
    finished: Option<CourseId>,
}

impl Inbox<'_> {
    fn take(&mut self, at: Minutes, event: Event) {
        let finished = self.finished.take();
        match event {
            Event::PhaseBegan(id) => {
                let phase = &self.program.script.scenario.phases[id.index()];
                let mut message = message(self.program, at, MessageKind::Phase);
                message.title.clone_from(&phase.title.value);
                message.id.clone_from(&phase.id.value);
                if let Some(text) = &phase.text {
                    message.text.clone_from(&text.text.value);
                    message.marks = marks(self.program, &text.marks);
                }
                self.messages.push(message);
            }
            Event::Came(id) => self.came(at, id),
            Event::Chosen {
                decision,
                option,
                by_default,
            } => self.chosen(at, decision, option, by_default),
            Event::Withdrawn(id) => self.withdrawn(at, id),
            Event::Began(id) => self.began(at, id),
            Event::Finished(id) => {
                self.of_course(at, id, MessageKind::Result, DONE.to_owned(), None);
                self.finished = Some(id);
            }
            Event::Told { text, cause } => self.told(at, text, cause, finished),
            Event::PhaseEnded(_)
            | Event::Asked(_)
            | Event::Taken(_)
            | Event::Rolled { .. }
            | Event::Scored { .. }
            | Event::Wrote { .. }
            | Event::Saturated { .. }
            | Event::Ended(_) => self.finished = finished,
        }
    }

    fn came(&mut self, at: Minutes, id: InjectId) {
        let (script, authored) = (
            &self.program.script.injects[id.index()],
            self.program.script.inject(id),
        );
        let Some(news) = &authored.message else {
            return;
        };
        if !self.seat.hears(&script.to) {
            return;
        }
        let mut message = message(self.program, at, MessageKind::Inject);
        message.id.clone_from(&script.id);
        message.from.clone_from(&news.by.value);
        message.to = titles(self.program, &script.to);
        message.via.clone_from(&news.via.value);
        message.title.clone_from(&news.title.value);
        message.text.clone_from(&news.text.text.value);
        message.marks = marks(self.program, &news.text.marks);
        if authored.asks.is_some() {
            message.asks.clone_from(&script.id);
        }
        self.messages.push(message);
    }

    fn chosen(&mut self, at: Minutes, id: DecisionId, option: u8, by_default: bool) {
        let (script, decision) = (
            self.program.script.decision(id),
            &self.program.decisions[id.index()],
        );
        let label = &self
            .program
            .script
            .course(decision.options[usize::from(option)])
            .label;
        let refused = decision.consent_to.is_some() && option != 0;
        // Whoever asked for a consent hears what came of it, as well as whoever was asked.
        let asked = decision.consent_to.map(|of| owners(self.program, of));
        let heard =
            self.seat.hears(&script.to) || asked.is_some_and(|roles| self.seat.hears(roles));
        if !(by_default || refused) || !heard {
            return;
        }
        let mut message = message(self.program, at, MessageKind::Notice);
        message.id.clone_from(&script.id);
        message.to = titles(self.program, &script.to);
        if let Some(of) = decision.consent_to {
            let title = if refused {
                "Consent refused"
            } else {
                "Consent by silence"
            };
            title.clone_into(&mut message.title);
            let how = if by_default {
                "nobody answered in time."
            } else {
                "they refused."
            };
            message.text = format!("“{}”: {how}", self.program.script.course(of).label);
        } else {
            message.title = "Nobody decided in time".into();
            let question = self.program.script.text(script.question).text.trim_end();
            message.text = format!("{question}\n\nWithout an answer it is: **{label}**.");
        }
        self.messages.push(message);
    }

    fn withdrawn(&mut self, at: Minutes, id: DecisionId) {
        let script = self.program.script.decision(id);
        let Some(of) = self.program.decisions[id.index()].consent_to else {
            return;
        };
        if !self.seat.hears(&script.to) {
            return;
        }
        let mut message = message(self.program, at, MessageKind::Notice);
        message.id.clone_from(&script.id);
        message.to = titles(self.program, &script.to);
        message.title = "Consent no longer asked".into();
        message.text = format!(
            "“{}” is off the table.",
            self.program.script.course(of).label
        );
        self.messages.push(message);
    }

    fn began(&mut self, at: Minutes, id: CourseId) {
        let feedback = self.program.script.course(id).feedback;
        let takes = self.program.courses[id.index()].takes;
        let mut text = feedback.map_or_else(String::new, |text| {
            self.program.script.text(text).text.trim_end().to_owned()
        });
        if takes > 0 {
            let until = stamp(self.program, at + takes);
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            for piece in ["Under way until ", &until.date, " ", &until.time, "."] {
                text.push_str(piece);
            }
        } else if text.is_empty() {
            DONE.clone_into(&mut text);
        }
        self.of_course(at, id, MessageKind::Feedback, text, feedback);
        if feedback.is_none() && takes == 0 {
            self.finished = Some(id);
        }
    }

    fn told(&mut self, at: Minutes, text: TextId, cause: Cause, finished: Option<CourseId>) {
        let prose = self.program.script.text(text);
        // The course's message is waiting for just these words.
        if let (Cause::Course(id), Some(last)) = (cause, self.messages.last_mut())
            && finished == Some(id)
            && last.text == DONE
        {
            last.text.clone_from(&prose.text);
            last.marks = marks(self.program, &prose.marks);
            return;
        }
        if let Cause::Course(id) = cause {
            self.of_course(at, id, MessageKind::Result, prose.text.clone(), Some(text));
            return;
        }
        let mut message = message(self.program, at, MessageKind::Result);
        message.title = match cause {
            // The result is everybody's news, but the message before it was for others.
            Cause::Inject(id) if !self.seat.hears(&self.program.script.injects[id.index()].to) => {
                "The course of events".into()
            }
            _ => origin(self.program, cause),
        };
        message.text.clone_from(&prose.text);
        message.marks = marks(self.program, &prose.marks);
        self.messages.push(message);
    }

    fn of_course(
        &mut self,
        at: Minutes,
        id: CourseId,
        kind: MessageKind,
        text: String,
        marked: Option<TextId>,
    ) {
        let roles = owners(self.program, id);
        if !self.seat.hears(roles) {
            return;
        }
        let script = self.program.script.course(id);
        let mut message = message(self.program, at, kind);
        message.id.clone_from(&script.id);
        message.to = titles(self.program, roles);
        message.title.clone_from(&script.label);
        message.text = text;
        if let Some(marked) = marked {
            message.marks = marks(self.program, &self.program.script.text(marked).marks);
        }
        self.messages.push(message);
    }
}
