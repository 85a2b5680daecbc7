//! From events to the messages that a seat reads.

use crate::engine::look::{
    History, HistoryPlace, Interjection, MadeMove, Viewer, course_marks, marks, message, origin,
    owners, stamp, titles,
};
use crate::engine::view::{InboxMessage, MarkView, MessageKind, MoveView};
use crate::engine::{Event, Move};
use crate::program::ids::{CourseId, DecisionId, InjectId, RoleId, TextId};
use crate::program::{Cause, Program};
use crate::scenario::Minutes;
use crate::words;

/// A message of a course that has no text of its own. A text that the course brings in the same minute goes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wordless {
    course: CourseId,
    at: Minutes,
    /// The position of the message.
    place: usize,
    /// Whether the text is added to the message, or replaces it.
    appends: bool,
}

/// The messages and moves after a place, oldest first, and the place to read on from.
pub fn messages_and_moves(
    program: &Program,
    history: &History,
    viewer: &Viewer,
    from: HistoryPlace,
) -> (Vec<InboxMessage>, Vec<MoveView>, HistoryPlace) {
    let mut inbox = Inbox {
        program,
        viewer,
        messages: Vec::new(),
        wordless: None,
        defaulted: None,
    };
    let mut seen = Vec::new();
    let mut here = from;
    let mut settled = from;
    for number in from.events..=history.events.len() {
        here.events = number;
        // A move comes before its events, and after the news that was typed before it.
        let typed = history.interjections[here.interjections..].iter();
        for it in typed.take_while(|it| it.events == number) {
            inbox.add_interjection(it);
            here.interjections += 1;
        }
        here.messages = from.messages + inbox.messages.len();
        if inbox.is_settled(here.messages - from.messages) {
            settled = here;
        }
        // News that is typed now would come before a move that nothing has followed.
        (settled.moves, settled.seen) = (here.moves, here.seen);
        let made = history.moves[here.moves..].iter();
        for it in made.take_while(|it| it.events == number) {
            here.moves += 1;
            seen.extend(move_view(program, (here.moves, it), viewer, here.messages));
            here.seen = from.seen + seen.len();
        }
        if let Some((at, event)) = history.events.get(number) {
            inbox.add_event(*at, *event);
            if inbox.is_settled(here.messages - from.messages) {
                settled = here;
            }
        }
    }
    (inbox.messages, seen, settled)
}

/// A move, if the seat may know of it: it was asked the question, or has the action itself.
fn move_view(
    program: &Program,
    (number, made): (usize, &MadeMove),
    viewer: &Viewer,
    after: usize,
) -> Option<MoveView> {
    let (course, question) = match made.what {
        Move::Wait => (None, String::new()),
        Move::Take(id) => (Some(program.actions[id.index()].course), String::new()),
        Move::Choose(id, option) => {
            let script = program.script.decision(id);
            let course = program.decisions[id.index()].options[usize::from(option)];
            (
                Some(course),
                program.script.text(script.question).text.clone(),
            )
        }
    };
    let roles = course.map_or(&[][..], |id| owners(program, id));
    let label = course.map(|id| program.script.course(id).label.clone());
    viewer.hears(roles).then(|| MoveView {
        number,
        at: stamp(program, made.at),
        after,
        what: label.unwrap_or_else(|| "Wait".into()),
        question,
        by: titles(program, roles),
        reason: made.reason.clone(),
    })
}

struct Inbox<'a> {
    program: &'a Program,
    viewer: &'a Viewer,
    messages: Vec<InboxMessage>,
    wordless: Option<Wordless>,
    /// The course that was taken by default, and the position of the message that says so: its feedback goes there too.
    defaulted: Option<(CourseId, usize)>,
}

impl Inbox<'_> {
    /// Whether nothing can be added any more to the first messages, as many as this.
    fn is_settled(&self, messages: usize) -> bool {
        let open = [
            self.wordless.map(|it| it.place),
            self.defaulted.map(|(_, place)| place),
        ];
        open.into_iter().flatten().all(|place| place >= messages)
    }

    fn add_event(&mut self, at: Minutes, event: Event) {
        let wordless = self.wordless.take().filter(|it| it.at == at);
        let defaulted = self.defaulted.take();
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
            Event::Came(id) => self.add_inject(at, id),
            Event::Chosen {
                decision,
                option,
                by_default,
            } => self.add_answer(at, decision, option, by_default),
            Event::Withdrawn(id) => {
                self.add_withdrawal(at, id);
                self.defaulted = defaulted;
            }
            Event::Began(id) => {
                let joins = defaulted.filter(|(course, _)| *course == id);
                self.add_start(at, id, joins.map(|(_, place)| place));
            }
            Event::Finished(id) => {
                let text = format!(
                    "Finished: {}",
                    sentence(&self.program.script.course(id).label)
                );
                let place = self.add_course_message(at, id, MessageKind::Result, text, Vec::new());
                self.wordless = place.map(|place| Wordless::new(id, at, place));
            }
            Event::Read { text, cause } => self.add_text(at, text, cause, wordless),
            Event::PhaseEnded(_)
            | Event::Asked(_)
            | Event::Taken(_)
            | Event::Rolled { .. }
            | Event::Scored { .. }
            | Event::Wrote { .. }
            | Event::Saturated { .. }
            | Event::Ended(_) => (self.wordless, self.defaulted) = (wordless, defaulted),
        }
    }

    fn add_interjection(&mut self, it: &Interjection) {
        if !self.viewer.hears(&it.inject.to) {
            return;
        }
        let mut message = message(self.program, it.at, MessageKind::Improvised);
        message.from.clone_from(&it.inject.from);
        message.to = titles(self.program, &it.inject.to);
        message.title.clone_from(&it.inject.title);
        message.text = as_typed(&it.inject.text);
        self.messages.push(message);
    }

    fn add_inject(&mut self, at: Minutes, id: InjectId) {
        let script = &self.program.script.injects[id.index()];
        let authored = self.program.script.inject(id);
        let Some(news) = &authored.message else {
            return;
        };
        if !self.viewer.hears(&script.to) {
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

    fn add_answer(&mut self, at: Minutes, id: DecisionId, option: u8, by_default: bool) {
        let program = self.program;
        let (script, decision) = (program.script.decision(id), &program.decisions[id.index()]);
        let course = decision.options[usize::from(option)];
        let refused = decision.consent_to.is_some() && option != 0;
        // The roles that asked for consent hear the answer too.
        let asking = decision.consent_to.map(|waiting| owners(program, waiting));
        let heard =
            self.viewer.hears(&script.to) || asking.is_some_and(|roles| self.viewer.hears(roles));
        if !(by_default || refused) || !heard {
            return;
        }
        let mut message = message(program, at, MessageKind::Notice);
        message.id.clone_from(&script.id);
        message.to = titles(program, &both(&script.to, asking));
        if let Some(waiting) = decision.consent_to {
            let title = if refused {
                "Consent refused"
            } else {
                "Consent by silence"
            };
            title.clone_into(&mut message.title);
            let who = titles(program, &script.to);
            let how = match (by_default, who.as_slice()) {
                (true, _) => "nobody answered in time".to_owned(),
                (false, []) => "the answer is no".to_owned(),
                (false, who) => format!("{} said no", words::list(who)),
            };
            message.text = format!("“{}”: {how}.", program.script.course(waiting).label);
        } else {
            message.title = "Nobody decided in time".into();
            let question = program.script.text(script.question).text.trim_end();
            let taken = strong(&program.script.course(course).label);
            message.text = format!("{question}\n\nThe default was taken: {taken}");
            self.defaulted = Some((course, self.messages.len()));
        }
        self.messages.push(message);
    }

    fn add_withdrawal(&mut self, at: Minutes, id: DecisionId) {
        let script = self.program.script.decision(id);
        let Some(waiting) = self.program.decisions[id.index()].consent_to else {
            return;
        };
        if !self.viewer.hears(&script.to) && !self.viewer.hears(owners(self.program, waiting)) {
            return;
        }
        let mut message = message(self.program, at, MessageKind::Notice);
        message.id.clone_from(&script.id);
        message.to = titles(self.program, &script.to);
        message.title = "Consent no longer asked".into();
        let label = &self.program.script.course(waiting).label;
        message.text = format!("“{label}” is off the table.");
        self.messages.push(message);
    }

    /// A course began. If it was taken by default, this goes into the message at `joins`.
    fn add_start(&mut self, at: Minutes, id: CourseId, joins: Option<usize>) {
        let script = &self.program.script;
        let feedback = script.course(id).feedback.map(|text| script.text(text));
        let takes = self.program.courses[id.index()].takes;
        let mut parts = Vec::new();
        parts.extend(feedback.map(|prose| prose.text.trim_end().to_owned()));
        if takes > 0 {
            let until = stamp(self.program, at + takes);
            parts.push(format!("Under way until {} {}.", until.date, until.time));
        }
        let wordless = parts.is_empty();
        let mut rests_on = marks(self.program, course_marks(self.program, id));
        // A mark of both the label and the feedback is shown once.
        let more = feedback.map_or_else(Vec::new, |prose| marks(self.program, &prose.marks));
        for mark in more {
            if !rests_on.contains(&mark) {
                rests_on.push(mark);
            }
        }
        if let Some(place) = joins {
            let notice = &mut self.messages[place];
            for part in parts {
                add_paragraph(&mut notice.text, &part);
            }
            notice.marks.extend(rests_on);
            self.wordless = wordless.then_some(Wordless {
                appends: true,
                ..Wordless::new(id, at, place)
            });
            return;
        }
        if wordless {
            parts.push(format!(
                "Done: {}",
                sentence(&self.program.script.course(id).label)
            ));
        }
        let text = parts.join("\n\n");
        let place = self.add_course_message(at, id, MessageKind::Feedback, text, rests_on);
        self.wordless = place
            .filter(|_| wordless)
            .map(|place| Wordless::new(id, at, place));
    }

    fn add_text(&mut self, at: Minutes, text: TextId, cause: Cause, wordless: Option<Wordless>) {
        let prose = self.program.script.text(text);
        let rests_on = marks(self.program, &prose.marks);
        // The message of the course is waiting for this text.
        if let (Cause::Course(id), Some(waiting)) = (cause, wordless)
            && id == waiting.course
        {
            let last = &mut self.messages[waiting.place];
            if waiting.appends {
                add_paragraph(&mut last.text, &prose.text);
            } else {
                last.text.clone_from(&prose.text);
            }
            last.marks.extend(rests_on);
            return;
        }
        if let Cause::Course(id) = cause {
            self.add_course_message(at, id, MessageKind::Result, prose.text.clone(), rests_on);
            return;
        }
        let mut message = message(self.program, at, MessageKind::Result);
        message.title = match cause {
            // The result is news for everybody, but the inject was for others.
            Cause::Inject(id)
                if !self
                    .viewer
                    .hears(&self.program.script.injects[id.index()].to) =>
            {
                "The course of events".into()
            }
            _ => origin(self.program, cause),
        };
        message.text.clone_from(&prose.text);
        message.marks = rests_on;
        self.messages.push(message);
    }

    /// Adds a message of a course. Returns its position, or `None` if the seat does not hear it.
    fn add_course_message(
        &mut self,
        at: Minutes,
        id: CourseId,
        kind: MessageKind,
        text: String,
        rests_on: Vec<MarkView>,
    ) -> Option<usize> {
        let roles = owners(self.program, id);
        if !self.viewer.hears(roles) {
            return None;
        }
        let script = self.program.script.course(id);
        let mut message = message(self.program, at, kind);
        message.id.clone_from(&script.id);
        message.to = titles(self.program, roles);
        message.title.clone_from(&script.label);
        message.text = text;
        message.marks = rests_on;
        self.messages.push(message);
        Some(self.messages.len() - 1)
    }
}

impl Wordless {
    fn new(course: CourseId, at: Minutes, place: usize) -> Self {
        Self {
            course,
            at,
            place,
            appends: false,
        }
    }
}

fn add_paragraph(text: &mut String, paragraph: &str) {
    text.truncate(text.trim_end().len());
    text.push_str("\n\n");
    text.push_str(paragraph);
}

/// The roles of both groups, each once. An empty group means everybody.
fn both(first: &[RoleId], second: Option<&[RoleId]>) -> Vec<RoleId> {
    let Some(second) = second else {
        return first.to_vec();
    };
    if first.is_empty() || second.is_empty() {
        return Vec::new();
    }
    let mut roles = first.to_vec();
    roles.extend(second.iter().filter(|role| !first.contains(role)));
    roles
}

/// Typed text as limited Markdown that shows it unchanged: signs are escaped, and every line is a paragraph.
fn as_typed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        for letter in line.chars() {
            if letter.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(letter);
        }
    }
    out
}

/// A label as a sentence.
fn sentence(label: &str) -> String {
    let full = label.ends_with(['.', '?', '!', '…']);
    format!("{label}{}", if full { "" } else { "." })
}

/// A label as a strong sentence; plain if it contains a `*`, which would end the emphasis.
fn strong(label: &str) -> String {
    if label.contains('*') {
        sentence(label)
    } else {
        format!("**{}**", sentence(label))
    }
}
