//! Walks the blocks of a scenario: what may happen, and what it depends on.

use crate::scenario::{Block, Course, Inject, Mark, Scenario};
use crate::words;

/// Calls `visit` for every block, outcomes of chances included, with the steps that lead to it: `after 2 h`, `70 in 100`.
pub fn each_block<'s>(
    blocks: impl IntoIterator<Item = &'s Block>,
    visit: &mut impl FnMut(&'s Block, &[String]),
) {
    for block in blocks {
        descend(block, &mut Vec::new(), visit);
    }
}

fn descend<'s>(
    block: &'s Block,
    steps: &mut Vec<String>,
    visit: &mut impl FnMut(&'s Block, &[String]),
) {
    let above = steps.len();
    if let Some(after) = &block.after {
        steps.push(format!("after {}", words::duration(after.value)));
    }
    if let Some(when) = &block.when {
        steps.push(format!("if {}", when.value.trim()));
    }
    visit(block, steps);
    if let Some(chance) = &block.chance {
        let odds = chance.outcomes.iter().map(|it| it.odds.value);
        let all = odds.fold(0, i64::saturating_add);
        for outcome in &chance.outcomes {
            steps.push(format!("{} in {all}", outcome.odds.value));
            descend(&outcome.block, steps, visit);
            steps.pop();
        }
    }
    steps.truncate(above);
}

/// Everything that an option or an action does.
pub fn course_blocks(course: &Course) -> impl Iterator<Item = &Block> {
    std::iter::once(&course.block)
        .chain(&course.then)
        .chain(refusal_blocks(course))
}

/// What happens when consent is refused.
pub fn refusal_blocks(course: &Course) -> impl Iterator<Item = &Block> {
    course.consent.iter().flat_map(|consent| &consent.refused)
}

/// Everything that an inject and the answers to its question do.
pub fn inject_blocks(inject: &Inject) -> impl Iterator<Item = &Block> {
    let options = inject.asks.iter().flat_map(|asks| &asks.options);
    std::iter::once(&inject.block).chain(options.flat_map(course_blocks))
}

/// An inject that a block brings, and the steps to it.
#[derive(Debug)]
pub struct InjectLead<'s> {
    /// Its id.
    pub inject: &'s str,
    /// The steps, joined; empty if it comes at once.
    pub how: String,
}

/// The injects that blocks bring.
pub fn leads<'s>(from: impl IntoIterator<Item = &'s Block>) -> Vec<InjectLead<'s>> {
    let mut leads = Vec::new();
    each_block(from, &mut |block, steps| {
        leads.extend(block.injects.iter().map(|inject| InjectLead {
            inject: &inject.value,
            how: steps.join(", "),
        }));
    });
    leads
}

/// The titles of the objectives that blocks score, in the scenario's order.
pub fn scored_objectives<'s>(
    scenario: &'s Scenario,
    from: impl IntoIterator<Item = &'s Block>,
) -> Vec<&'s str> {
    let mut ids: Vec<&str> = Vec::new();
    each_block(from, &mut |block, _| {
        ids.extend(block.score.iter().map(|(id, _)| id.value.as_str()));
    });
    let objectives = scenario.objectives.iter();
    objectives
        .filter(|it| ids.contains(&it.id.value.as_str()))
        .map(|it| it.title.value.as_str())
        .collect()
}

/// Every mark of an inject: of its message, its question, the answers and what they bring.
pub fn marks_of_inject(inject: &Inject) -> Vec<&Mark> {
    let mut marks: Vec<&Mark> = Vec::new();
    marks.extend(inject.message.iter().flat_map(|it| &it.text.marks));
    marks_of_blocks([&inject.block], &mut marks);
    if let Some(asks) = &inject.asks {
        marks.extend(&asks.question.marks);
        let options = asks.options.iter();
        marks.extend(options.flat_map(marks_of_course));
    }
    marks
}

/// The marks that a row of the list shows: of the message, the question, and the labels of its options.
pub fn marks_offered(inject: &Inject) -> impl Iterator<Item = &Mark> {
    let news = inject.message.iter().flat_map(|it| &it.text.marks);
    let asked = inject.asks.iter().flat_map(|asks| {
        let options = asks.options.iter().flat_map(|option| &option.marks);
        asks.question.marks.iter().chain(options)
    });
    news.chain(asked)
}

/// Every mark of an option or an action.
pub fn marks_of_course(course: &Course) -> Vec<&Mark> {
    let mut marks: Vec<&Mark> = course.marks.iter().collect();
    marks.extend(course.feedback.iter().flat_map(|it| &it.marks));
    let consent = course.consent.iter();
    marks.extend(consent.flat_map(|it| &it.question.marks));
    marks_of_blocks(course_blocks(course), &mut marks);
    marks
}

/// Adds every mark of some blocks.
pub fn marks_of_blocks<'s>(from: impl IntoIterator<Item = &'s Block>, marks: &mut Vec<&'s Mark>) {
    each_block(from, &mut |block, _| {
        let texts = block.because.iter().chain(&block.text);
        marks.extend(texts.flat_map(|text| &text.marks));
    });
}
