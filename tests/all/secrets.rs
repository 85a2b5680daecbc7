//! What one role must not read: the texts that a program addresses to others, and its hidden values.

use std::collections::{BTreeMap, BTreeSet};

use sandtable::program::Program;
use sandtable::program::ids::RoleId;
use sandtable::scenario::{Block, Course};

use crate::random::whispered;

/// The number of words in a row that cannot be a coincidence.
const RUN: usize = 6;

/// A text, and the roles that may read it. An empty list means everybody.
type Addressed = (Vec<RoleId>, String);

/// The words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    let word = |it: &str| {
        let letters = it.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let words = text.split(|it: char| it.is_whitespace() || "-–—/_".contains(it));
    words.map(word).filter(|it| !it.is_empty()).collect()
}

/// Every run of six words in a text, or the whole of a shorter text.
fn runs(text: &str, least: usize) -> BTreeSet<String> {
    let words = words(text);
    let run = words.len().min(RUN);
    if run < least {
        return BTreeSet::new();
    }
    words.windows(run).map(|it| it.join(" ")).collect()
}

/// The runs that begin at a word, shorter ones first.
fn runs_from(words: &[String], at: usize) -> impl Iterator<Item = String> {
    let most = RUN.min(words.len() - at);
    (1..=most).map(move |length| words[at..at + length].join(" "))
}

/// Every text of a program, and who may read it.
fn addressed(program: &Program) -> Vec<Addressed> {
    let script = &program.script;
    let scenario = &script.scenario;
    let mut texts: Vec<Addressed> = Vec::new();
    for (id, inject) in script.injects.iter().enumerate() {
        let authored = script.inject(sandtable::program::ids::InjectId::at(id));
        if let Some(message) = &authored.message {
            texts.push((inject.to.clone(), message.title.value.clone()));
            texts.push((inject.to.clone(), message.text.text.value.clone()));
        }
        // What an inject brings is everybody's news.
        block(&authored.block, &[], &mut texts);
    }
    for (id, decision) in script.decisions.iter().enumerate() {
        let to = &decision.to;
        texts.push((to.clone(), script.text(decision.question).text.clone()));
        texts.extend(decision.discuss.iter().map(|it| (to.clone(), it.clone())));
        let options = &program.decisions[id].options;
        for course in options {
            let course = script.course(*course);
            // The role that must agree reads what it agrees to.
            let agrees = course.consent_of.filter(|_| !to.is_empty());
            let readers = to.iter().copied().chain(agrees).collect();
            texts.push((readers, course.label.clone()));
            let feedback = course.feedback.map(|it| script.text(it).text.clone());
            texts.extend(feedback.map(|it| (to.clone(), it)));
        }
        let asked = decision
            .inject
            .and_then(|it| script.inject(it).asks.as_ref());
        for option in asked.iter().flat_map(|it| &it.options) {
            add_results(option, to, &mut texts);
        }
    }
    for (action, authored) in script.actions.iter().zip(&scenario.actions) {
        let course = &authored.course;
        texts.push((action.to.clone(), course.label.value.clone()));
        let feedback = course.feedback.iter();
        texts.extend(feedback.map(|it| (action.to.clone(), it.text.value.clone())));
        add_results(course, &action.to, &mut texts);
    }
    let everybody = scenario.phases.iter().flat_map(|phase| {
        for it in &phase.begins {
            block(it, &[], &mut texts);
        }
        [
            Some(phase.title.value.clone()),
            phase.text.as_ref().map(|it| it.text.value.clone()),
        ]
    });
    let mut everybody: Vec<Option<String>> = everybody.collect();
    for it in &scenario.endings {
        everybody.push(Some(it.title.value.clone()));
        everybody.push(Some(it.text.text.value.clone()));
    }
    for role in &scenario.roles {
        everybody.push(Some(role.title.value.clone()));
        everybody.push(role.brief.as_ref().map(|it| it.text.value.clone()));
    }
    everybody.push(scenario.briefing.as_ref().map(|it| it.text.value.clone()));
    everybody.push(Some(scenario.title.value.clone()));
    everybody.extend(
        scenario
            .objectives
            .iter()
            .map(|it| Some(it.title.value.clone())),
    );
    everybody.extend(
        scenario
            .cuts
            .iter()
            .map(|it| Some(it.text.as_ref()?.text.value.clone())),
    );
    texts.extend(everybody.into_iter().flatten().map(|it| (Vec::new(), it)));
    // What may be read in the record, and what stands on the board.
    let marks = scenario.endings.iter().flat_map(|it| &it.text.marks);
    let said = marks.map(|it| &it.says.value);
    let said = said.chain(scenario.record.entries.iter().map(|it| &it.says.value));
    let shown = script.values.iter().filter(|it| !it.hidden);
    let said = said.chain(shown.flat_map(|it| it.words.iter().chain([&it.unit, &it.title])));
    texts.extend(said.map(|it| (Vec::new(), it.clone())));
    for it in &script.board {
        texts.push((it.to.clone(), it.title.clone()));
    }
    texts
}

/// Adds the texts of a course's results, which its own roles may read.
fn add_results(course: &Course, to: &[RoleId], texts: &mut Vec<Addressed>) {
    let refused = course.consent.iter().flat_map(|it| &it.refused);
    let blocks = course.then.iter().chain(refused);
    for it in blocks.chain([&course.block]) {
        block(it, to, texts);
    }
}

fn block(it: &Block, to: &[RoleId], texts: &mut Vec<Addressed>) {
    texts.extend(
        it.text
            .iter()
            .map(|it| (to.to_vec(), it.text.value.clone())),
    );
    let outcomes = it.chance.iter().flat_map(|it| &it.outcomes);
    for outcome in outcomes {
        block(&outcome.block, to, texts);
    }
}

/// The titles, ids and words of hidden values.
fn hidden(program: &Program) -> Vec<String> {
    let values = program.script.values.iter().filter(|it| it.hidden);
    let names = values.flat_map(|it| it.words.iter().chain([&it.id, &it.title]));
    names.cloned().collect()
}

/// What one role must not read, as runs of words.
pub struct Secrets {
    /// Each run, with the text that it comes from.
    runs: BTreeMap<String, String>,
    /// The first words of the runs.
    begin: BTreeSet<String>,
}

impl Secrets {
    pub fn new(program: &Program, role: RoleId) -> Self {
        let (mine, others): (Vec<Addressed>, Vec<Addressed>) = addressed(program)
            .into_iter()
            .partition(|(to, _)| to.is_empty() || to.contains(&role));
        let mut secret = BTreeMap::new();
        for (_, text) in &others {
            for run in runs(text, 3) {
                secret.insert(run, text.clone());
            }
        }
        for name in hidden(program) {
            for run in runs(&name, 1) {
                secret.insert(run, format!("the hidden `{name}`"));
            }
        }
        let roles = &program.script.scenario.roles;
        for (place, other) in roles.iter().enumerate() {
            if RoleId::at(place) != role {
                let said = whispered(&other.id.value);
                secret.extend(runs(&said, 3).into_iter().map(|run| (run, said.clone())));
            }
        }
        let begin = |secret: &BTreeMap<String, String>| -> BTreeSet<String> {
            let first = |run: &String| words(run).swap_remove(0);
            secret.keys().map(first).collect()
        };
        // One run after another is looked up: looking for each secret in the whole text takes longer than the exercises.
        let begins = begin(&secret);
        let may: Vec<Vec<String>> = mine.iter().map(|(_, text)| words(text)).collect();
        for text in may.split(Vec::is_empty).map(<[Vec<String>]>::concat) {
            for at in (0..text.len()).filter(|at| begins.contains(&text[*at])) {
                for run in runs_from(&text, at) {
                    secret.remove(&run);
                }
            }
        }
        Self {
            begin: begin(&secret),
            runs: secret,
        }
    }

    /// The secret that a text contains, if any.
    pub fn found(&self, text: &str) -> Option<&str> {
        let words = words(text);
        let begins = |at: &usize| self.begin.contains(&words[*at]);
        (0..words.len()).filter(begins).find_map(|at| {
            let mut runs = runs_from(&words, at);
            runs.find_map(|run| self.runs.get(&run).map(String::as_str))
        })
    }
}

/// The secrets of each role, by its number.
pub fn secrets(program: &Program) -> Vec<Secrets> {
    let roles = 0..program.script.scenario.roles.len();
    let secrets: Vec<Secrets> = roles
        .map(|role| Secrets::new(program, RoleId::at(role)))
        .collect();
    for it in &secrets {
        // Else nothing could be found.
        assert!(it.runs.len() > 10, "{:?}", it.runs);
        let hidden = |text: &String| text.starts_with("the hidden ");
        assert!(it.runs.values().any(hidden), "{:?}", it.runs);
    }
    secrets
}
