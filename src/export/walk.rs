//! Through the blocks of a scenario: what may happen, and on what it hangs.

use crate::scenario::{Block, Consent, Course, Inject, Mark, Scenario, Text};
use crate::words;

/// Calls for every block, outcomes of luck as well, with the steps that lead to it, as in `after 2 h` or `70 in 100`.
pub fn blocks<'s>(
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

/// Everything an option or an action does.
pub fn of_course(course: &Course) -> impl Iterator<Item = &Block> {
    std::iter::once(&course.block)
        .chain(&course.then)
        .chain(refused(course))
}

/// What happens when consent is refused.
pub fn refused(course: &Course) -> impl Iterator<Item = &Block> {
    course.consent.iter().flat_map(|consent| &consent.refused)
}

/// Everything an inject and the answers to its question do.
pub fn of_inject(inject: &Inject) -> impl Iterator<Item = &Block> {
    let options = inject.asks.iter().flat_map(|asks| &asks.options);
    std::iter::once(&inject.block).chain(options.flat_map(of_course))
}

/// An inject that blocks bring, and the steps to it.
#[derive(Debug)]
pub struct InjectLead<'s> {
    /// Its id.
    pub inject: &'s str,
    /// The steps, joined; empty where it comes at once.
    pub how: String,
}

/// The injects that blocks bring.
pub fn leads<'s>(from: impl IntoIterator<Item = &'s Block>) -> Vec<InjectLead<'s>> {
    let mut leads = Vec::new();
    blocks(from, &mut |block, steps| {
        leads.extend(block.injects.iter().map(|inject| InjectLead {
            inject: &inject.value,
            how: steps.join(", "),
        }));
    });
    leads
}

/// The titles of the objectives that blocks score, in the scenario's order.
pub fn scored<'s>(
    scenario: &'s Scenario,
    from: impl IntoIterator<Item = &'s Block>,
) -> Vec<&'s str> {
    let mut ids: Vec<&str> = Vec::new();
    blocks(from, &mut |block, _| {
        ids.extend(block.score.iter().map(|(id, _)| id.value.as_str()));
    });
    let objectives = scenario.objectives.iter();
    objectives
        .filter(|it| ids.contains(&it.id.value.as_str()))
        .map(|it| it.title.value.as_str())
        .collect()
}

/// Every mark of an inject: of its news, its question, the answers and what they bring.
pub fn marks_of_inject(inject: &Inject) -> Vec<&Mark> {
    let mut marks: Vec<&Mark> = Vec::new();
    marks.extend(inject.message.iter().flat_map(|it| &it.text.marks));
    marks_of_blocks([&inject.block], &mut marks);
    if let Some(asks) = &inject.asks {
        marks.extend(&asks.question.marks);
        asks.options
            .iter()
            .for_each(|option| marks_of_course_into(option, &mut marks));
    }
    marks
}

/// The marks that a row of the list shows: of what is said and asked, and of the answers offered.
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
    let mut marks = Vec::new();
    marks_of_course_into(course, &mut marks);
    marks
}

fn marks_of_course_into<'s>(course: &'s Course, marks: &mut Vec<&'s Mark>) {
    marks.extend(&course.marks);
    marks.extend(course.feedback.iter().flat_map(|it| &it.marks));
    let consent = |it: &'s Consent| &it.question.marks;
    marks.extend(course.consent.iter().flat_map(consent));
    marks_of_blocks(of_course(course), marks);
}

/// Every mark of blocks.
pub fn marks_of_blocks<'s>(from: impl IntoIterator<Item = &'s Block>, marks: &mut Vec<&'s Mark>) {
    blocks(from, &mut |block, _| {
        let texts: [&Option<Text>; 2] = [&block.because, &block.text];
        marks.extend(texts.into_iter().flatten().flat_map(|text| &text.marks));
    });
}
