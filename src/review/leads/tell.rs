//! Events as sentences for whoever runs the room: what is hidden is said too.

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

/// Tells events to somebody who knows the move that they come from.
pub struct EventTeller<'p> {
    /// Everything that can be said.
    pub program: &'p Program,
    /// The question whether somebody agrees to the move, where that comes first.
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
            } => Some(self.wrote(value, before, after)),
            Event::Saturated { value, .. } => {
                let value = &script.values[value.index()];
                Some(format!("{} stops at its bound.", value.title))
            }
            Event::Scored {
                objective,
                points,
                because,
                ..
            } => Some(self.scored(objective, points, because)),
            Event::Told { text, .. } => Some(self.told(text)),
            Event::Began(course) => {
                let feedback = script.course(course).feedback?;
                Some(self.told(feedback))
            }
            Event::Rolled { block, .. } => {
                // With points the reason stands beside them.
                let block = program.block(block);
                let because = block.because.filter(|_| block.scores.is_empty())?;
                Some(self.whole(because))
            }
            Event::Came(id) => self.came(id),
            Event::Asked(id) => Some(self.asked(id)),
            Event::Chosen {
                decision,
                option,
                by_default: true,
            } => Some(self.by_default(decision, option)),
            Event::Withdrawn(id) => {
                let of = program.decisions[id.index()].consent_to?;
                Some(format!(
                    "Nobody need agree to “{}” any more.",
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

    /// Says what a course brings only some time after all else that it brings. When it comes, it may find another
    /// state: so it is read from the scenario, not played.
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
            self.read(block, lines);
        }
    }

    /// What a block says that it will do.
    fn read(&self, block: &Block, lines: &mut Vec<String>) {
        let (program, script) = (self.program, &self.program.script);
        let effects = program.effects[range(&block.effects)].iter();
        lines.extend(effects.map(|effect| {
            let value = &script.values[effect.value.index()];
            let hidden = if value.hidden { " (hidden)" } else { "" };
            format!("{} is set{hidden}.", value.title)
        }));
        for score in &program.scores[range(&block.scores)] {
            lines.push(self.scored(score.objective, score.points, block.because));
        }
        lines.extend(block.text.map(|text| self.told(text)));
        let brings = program.brings[range(&block.brings)].iter();
        lines.extend(brings.filter_map(|inject| self.came(*inject)));
        if block.chance.is_some() {
            lines.push("Luck then decides what else.".into());
        }
    }

    fn scored(&self, objective: ObjectiveId, points: i64, because: Option<TextId>) -> String {
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

    fn told(&self, text: TextId) -> String {
        format!("Told: {}", self.first_sentence(text))
    }

    fn wrote(&self, id: ValueId, before: i64, after: i64) -> String {
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

    /// News that a person reads; what nobody sees is told by what it does.
    fn came(&self, id: InjectId) -> Option<String> {
        let message = self.program.script.inject(id).message.as_ref()?;
        Some(format!(
            "Brings: {} ({})",
            message.title.value, message.by.value
        ))
    }

    fn asked(&self, id: DecisionId) -> String {
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

    fn by_default(&self, id: DecisionId, option: u8) -> String {
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

/// Up to the first full stop, question or exclamation mark after which no word goes on in lower case.
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

/// Of everything that happened until a course came to its end, what that end brought; none where it did not come.
///
/// An effect is told without what caused it. So the events after the end count until the first that this course cannot
/// bring: a write to a value that it does not write, or anything of another cause.
pub fn brought<'e>(
    program: &Program,
    events: &'e [(Minutes, Event)],
    course: CourseId,
) -> Option<&'e [(Minutes, Event)]> {
    let finished = Event::Finished(course);
    let at = events.iter().rposition(|(_, event)| *event == finished)?;
    let events = &events[at + 1..];
    let mut reach = Reach::default();
    reach.blocks(program, &program.courses[course.index()].then);
    let is_of = |cause: Cause| match cause {
        Cause::Course(id) => id == course,
        Cause::Inject(id) => reach.injects.contains(&id),
        Cause::Phase(_) | Cause::Endex => false,
    };
    let strange = events.iter().position(|(_, event)| match *event {
        Event::Wrote { value, .. } | Event::Saturated { value, .. } => {
            !reach.values.contains(&value)
        }
        Event::Scored { cause, .. } | Event::Told { cause, .. } => !is_of(cause),
        Event::Rolled { block, .. } => !is_of(program.block(block).cause),
        Event::Came(id) => !reach.injects.contains(&id),
        Event::Asked(id) => !reach.asks.contains(&id),
        _ => true,
    });
    Some(&events[..strange.unwrap_or(events.len())])
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

fn range(of: &Range<u16>) -> Range<usize> {
    usize::from(of.start)..usize::from(of.end)
}
