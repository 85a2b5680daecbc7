//! Events as sentences for the facilitator, hidden ones included.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event as Mark, Parser, TagEnd};

use crate::engine::Event;
use crate::program::ids::{
    BlockId, CourseId, DecisionId, InjectId, ObjectiveId, RoleId, TextId, ValueId,
};
use crate::program::{Block, Cause, Program};
use crate::scenario::Minutes;
use crate::words;

/// Puts events into sentences, for a reader who knows the move that they come from.
pub struct EventTeller<'p> {
    pub program: &'p Program,
    /// The question whether somebody agrees to the move, if that comes first.
    pub consent: Option<DecisionId>,
}

impl EventTeller<'_> {
    /// Adds a line for each event that says something, in order.
    pub fn tell(&self, events: &[(Minutes, Event)], lines: &mut Vec<String>) {
        lines.extend(events.iter().filter_map(|(_, event)| self.line(*event)));
    }

    fn line(&self, event: Event) -> Option<String> {
        let (program, script) = (self.program, &self.program.script);
        match event {
            Event::Wrote {
                value,
                before,
                after,
            } => Some(self.change(value, before, after)),
            Event::Saturated { value, .. } => {
                let value = &script.values[value.index()];
                Some(format!("{} stops at its bound.", value.title))
            }
            Event::Scored {
                objective,
                points,
                because,
                ..
            } => Some(self.score(objective, points, because)),
            Event::Read { text, .. } => Some(self.says(text)),
            Event::Began(course) => {
                let feedback = script.course(course).feedback?;
                Some(self.says(feedback))
            }
            Event::Rolled { block, .. } => {
                // Points have the reason beside them.
                let block = program.block(block);
                let because = block.because.filter(|_| block.scores.is_empty())?;
                Some(self.whole(because))
            }
            Event::Came(id) => self.inject(id),
            Event::Asked(id) => Some(self.question(id)),
            Event::Chosen {
                decision,
                option,
                by_default: true,
            } => Some(self.default(decision, option)),
            Event::Withdrawn(id) => {
                let of = program.decisions[id.index()].consent_to?;
                Some(format!(
                    "Nobody needs to agree to “{}” any more.",
                    script.course(of).label
                ))
            }
            Event::PhaseBegan(id) => {
                let title = &script.scenario.phases[id.index()].title.value;
                Some(format!("The phase “{title}” begins."))
            }
            Event::Ended(id) => {
                let title = &script.scenario.endings[id.index()].title.value;
                Some(format!("ENDEX: {title}."))
            }
            // The move itself, and what follows from other events.
            Event::Chosen { .. } | Event::PhaseEnded(_) | Event::Taken(_) | Event::Finished(_) => {
                None
            }
        }
    }

    /// Adds what a course brings only some time after everything else. The state may be different by then, so it is read
    /// from the scenario instead of played.
    pub fn later(&self, course: CourseId, lines: &mut Vec<String>) {
        let then = &self.program.courses[course.index()].then;
        let mut latest = String::new();
        for block in &self.program.blocks[range(then)] {
            if block.after == 0 {
                continue;
            }
            let after = words::duration(block.after);
            let heading = match block.when {
                Some(_) => format!("{after} later, if it then applies:"),
                None => format!("{after} later:"),
            };
            if heading != latest {
                lines.push(heading.clone());
                latest = heading;
            }
            self.read_block(block, lines);
        }
    }

    /// Adds what a block says that it will do.
    fn read_block(&self, block: &Block, lines: &mut Vec<String>) {
        let (program, script) = (self.program, &self.program.script);
        let effects = program.effects[range(&block.effects)].iter();
        lines.extend(effects.map(|effect| {
            let value = &script.values[effect.value.index()];
            let hidden = if value.hidden { " (hidden)" } else { "" };
            format!("{} is set{hidden}.", value.title)
        }));
        for score in &program.scores[range(&block.scores)] {
            lines.push(self.score(score.objective, score.points, block.because));
        }
        lines.extend(block.text.map(|text| self.says(text)));
        let brings = program.brings[range(&block.brings)].iter();
        lines.extend(brings.filter_map(|inject| self.inject(*inject)));
        if block.chance.is_some() {
            lines.push("Luck then decides what else happens.".into());
        }
    }

    fn score(&self, objective: ObjectiveId, points: i64, because: Option<TextId>) -> String {
        let title = &self.program.script.scenario.objectives[objective.index()]
            .title
            .value;
        let points = words::number(points);
        let sign = if points.starts_with('-') { "" } else { "+" };
        match because.map(|text| self.whole(text)) {
            Some(because) => format!("{sign}{points} {title}: {because}"),
            None => format!("{sign}{points} {title}"),
        }
    }

    fn says(&self, text: TextId) -> String {
        format!("Says: {}", self.first_sentence(text))
    }

    fn change(&self, id: ValueId, before: i64, after: i64) -> String {
        let value = &self.program.script.values[id.index()];
        let word = |number: i64| match value.words.get(number as usize).map(String::as_str) {
            Some("true") => "yes".into(),
            Some("false") => "no".into(),
            Some(word) => word.replace('_', " "),
            None => words::number(number),
        };
        let hidden = if value.hidden { " (hidden)" } else { "" };
        format!(
            "{}: {}, was {}{hidden}",
            value.title,
            word(after),
            word(before)
        )
    }

    /// An inject that somebody reads; one that nobody sees shows by what it does.
    fn inject(&self, id: InjectId) -> Option<String> {
        let message = self.program.script.inject(id).message.as_ref()?;
        Some(format!(
            "Brings: {} ({})",
            message.title.value, message.by.value
        ))
    }

    fn question(&self, id: DecisionId) -> String {
        let script = self.program.script.decision(id);
        let who = self.who(&script.to);
        if self.consent == Some(id) {
            return format!("Asks {who} to agree first.");
        }
        match self.program.decisions[id.index()].consent_to {
            Some(of) => format!(
                "Asks {who} to agree to “{}”.",
                self.program.script.course(of).label
            ),
            None => format!("Asks {who}: {}", self.first_sentence(script.question)),
        }
    }

    fn default(&self, id: DecisionId, option: u8) -> String {
        let decision = &self.program.decisions[id.index()];
        let label = |course| &self.program.script.course(course).label;
        let taken = label(decision.options[usize::from(option)]);
        match decision.consent_to {
            Some(of) => format!(
                "Nobody answers; to “{}” they {}.",
                label(of),
                taken.to_lowercase()
            ),
            None => format!("Nobody decides; the default is “{taken}”."),
        }
    }

    fn who(&self, roles: &[RoleId]) -> String {
        let all = &self.program.script.scenario.roles;
        let titles = roles
            .iter()
            .map(|role| all[role.index()].title.value.as_str());
        match titles.collect::<Vec<_>>().as_slice() {
            [] => "everybody".into(),
            titles => words::list(titles),
        }
    }

    fn whole(&self, text: TextId) -> String {
        plain(&self.program.script.text(text).text)
    }

    fn first_sentence(&self, text: TextId) -> String {
        first_sentence(&self.whole(text)).into()
    }
}

/// Up to the first full stop, question mark or exclamation mark that no word in lower case follows.
fn first_sentence(text: &str) -> &str {
    let closing = |it: &char| "”’\"')".contains(*it);
    for (at, mark) in text.char_indices() {
        if !".?!".contains(mark) {
            continue;
        }
        let after = &text[at + mark.len_utf8()..];
        let quotes: usize = after.chars().take_while(closing).map(char::len_utf8).sum();
        let mut rest = after[quotes..].chars();
        let ends = rest.next().is_none_or(char::is_whitespace);
        if ends && !rest.next().is_some_and(char::is_lowercase) {
            return &text[..at + mark.len_utf8() + quotes];
        }
    }
    text
}

/// The first paragraph of limited Markdown, without its marks.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for mark in Parser::new(markdown) {
        match mark {
            Mark::Text(piece) | Mark::Code(piece) => text.push_str(&piece),
            Mark::SoftBreak | Mark::HardBreak => text.push(' '),
            Mark::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    text.trim().into()
}

/// What the end of a course brought, among all events up to then; `None` if its end did not come.
///
/// Events of effects do not say what caused them. So the events after the end count up to the first that this course
/// cannot bring: a write to a value that it does not write, or anything with another cause.
pub fn consequences<'e>(
    program: &Program,
    events: &'e [(Minutes, Event)],
    course: CourseId,
) -> Option<&'e [(Minutes, Event)]> {
    let finished = Event::Finished(course);
    let at = events.iter().rposition(|(_, event)| *event == finished)?;
    let events = &events[at + 1..];
    let mut reach = Reach::default();
    reach.blocks(program, &program.courses[course.index()].then);
    let is_own = |cause: Cause| match cause {
        Cause::Course(id) => id == course,
        Cause::Inject(id) => reach.injects.contains(&id),
        Cause::Phase(_) | Cause::Endex => false,
    };
    let foreign = events.iter().position(|(_, event)| match *event {
        Event::Wrote { value, .. } | Event::Saturated { value, .. } => {
            !reach.values.contains(&value)
        }
        Event::Scored { cause, .. } | Event::Read { cause, .. } => !is_own(cause),
        Event::Rolled { block, .. } => !is_own(program.block(block).cause),
        Event::Came(id) => !reach.injects.contains(&id),
        Event::Asked(id) => !reach.asks.contains(&id),
        _ => true,
    });
    Some(&events[..foreign.unwrap_or(events.len())])
}

/// What blocks can bring about within a moment.
#[derive(Default)]
struct Reach {
    values: BTreeSet<ValueId>,
    injects: BTreeSet<InjectId>,
    asks: BTreeSet<DecisionId>,
}

impl Reach {
    fn blocks(&mut self, program: &Program, blocks: &Range<u16>) {
        for index in blocks.clone() {
            self.block(program, BlockId(index));
        }
    }

    fn block(&mut self, program: &Program, id: BlockId) {
        let block = program.block(id);
        let effects = &program.effects[range(&block.effects)];
        self.values
            .extend(effects.iter().map(|effect| effect.value));
        for inject in &program.brings[range(&block.brings)] {
            if self.injects.insert(*inject) {
                let inject = &program.injects[inject.index()];
                self.asks.extend(inject.asks);
                self.block(program, inject.block);
            }
        }
        if let Some((chance, first)) = block.chance {
            for outcome in 0..program.chances[chance.index()].odds.len() {
                self.block(program, BlockId::at(first.index() + outcome));
            }
        }
    }
}

fn range(ids: &Range<u16>) -> Range<usize> {
    usize::from(ids.start)..usize::from(ids.end)
}
