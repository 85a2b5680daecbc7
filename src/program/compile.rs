//! From an authored scenario to a program: names become numbers, texts become code, and all mistakes are reported at once.

mod blocks;
mod board;
mod courses;
mod expressions;
mod limits;
mod memory;
mod names;
mod phases;
mod rules;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use names::{is_reserved, is_unreadable};

use crate::finding::{Finding, Place, Severity};
use crate::program::calendar::Calendar;
use crate::program::code::Operations;
use crate::program::compile::memory::Memory;
use crate::program::compile::names::Names;
use crate::program::ids::{InjectId, TextId};
use crate::program::layout::{Layout, Slot};
use crate::program::script::{CourseScript, DecisionScript, InjectScript, Prose, Script};
use crate::program::{
    Block, Chance, Course, Decision, Due, Effect, Inject, Program, Score, Use, Value,
};
use crate::scenario::read::DURATION_MAX_MINUTES;
use crate::scenario::{self, MARGIN_POINTS, Minutes, Placed, Scenario};

/// Which part of a scenario is played, and from which initial values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProgramSetup {
    /// A variant's id.
    pub variant: Option<String>,
    /// A cut's id.
    pub cut: Option<String>,
}

/// Compiles a scenario. There is a program only if no finding is an error.
///
/// A scenario that was read only in part gives findings too, but none about the part that could not be read.
#[must_use]
pub fn compile(scenario: &Arc<Scenario>, setup: &ProgramSetup) -> (Option<Program>, Vec<Finding>) {
    let mut compiler = Compiler::new(scenario);
    let program = compiler.run(scenario, setup);
    let findings = compiler.findings;
    let sound = findings
        .iter()
        .all(|finding| finding.severity != Severity::Error);
    (program.filter(|_| sound), findings)
}

/// What is built while compiling.
struct Compiler<'a> {
    scenario: &'a Scenario,
    names: Names<'a>,
    findings: Vec<Finding>,
    layout: Layout,
    operations: Operations,
    memory: Memory,
    clock: Slot,
    phase: Slot,
    calendar: Option<Calendar>,
    values: Vec<Value>,
    injects: Vec<Inject>,
    inject_scripts: Vec<InjectScript>,
    decisions: Vec<Decision>,
    decision_scripts: Vec<DecisionScript>,
    courses: Vec<Course>,
    course_scripts: Vec<CourseScript>,
    blocks: Vec<Block>,
    effects: Vec<Effect>,
    scores: Vec<Score>,
    brings: Vec<InjectId>,
    uses: Vec<Use>,
    chances: Vec<Chance>,
    chance_places: Vec<Place>,
    chance_numbers: BTreeMap<String, usize>,
    dues: Vec<Due>,
    texts: Vec<Prose>,
}

impl<'a> Compiler<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let mut layout = Layout::default();
        let lasts = scenario.lasts.value;
        let clock = layout.slot(0, lasts);
        let phase = layout.slot(0, scenario.phases.len().saturating_sub(1) as i64);
        let mut findings = Vec::new();
        let names = Names::new(scenario, &mut findings);
        Self {
            scenario,
            memory: Memory::default(),
            names,
            findings,
            layout,
            operations: Operations::new(clock),
            clock,
            phase,
            calendar: Calendar::new(scenario.startex.value, &scenario.zone.value),
            values: Vec::new(),
            injects: Vec::new(),
            inject_scripts: Vec::new(),
            decisions: Vec::new(),
            decision_scripts: Vec::new(),
            courses: Vec::new(),
            course_scripts: Vec::new(),
            blocks: Vec::new(),
            effects: Vec::new(),
            scores: Vec::new(),
            brings: Vec::new(),
            uses: Vec::new(),
            chances: Vec::new(),
            chance_places: Vec::new(),
            chance_numbers: BTreeMap::new(),
            dues: Vec::new(),
            texts: Vec::new(),
        }
    }

    fn run(&mut self, scenario: &Arc<Scenario>, setup: &ProgramSetup) -> Option<Program> {
        self.require_dates();
        if !self.within_limits() {
            return None;
        }
        self.declare_values();
        let growing = self.compile_growth();
        let actions = self.compile_actions();
        let phases = self.compile_phases(&actions);
        let endex = self.compile_endex();
        let endings = self.compile_endings();
        let rules = self.compile_rules();
        let board = self.compile_board();
        self.refuse_rings_of_injects();
        let start = self.compile_start(setup)?;
        let calendar = self.calendar.clone()?;
        if self
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
        {
            return None;
        }
        let (actions, action_scripts) = actions.into_iter().unzip();
        self.operations.shorten();
        let mut program = Program {
            calendar,
            initial: Box::default(),
            agenda: 0..0,
            clock: self.clock,
            phase: self.phase,
            began: self.layout.slot(0, scenario.lasts.value),
            ending: self.layout.slot(0, scenario.endings.len() as i64),
            starts: start.at,
            lasts: scenario.lasts.value,
            first: start.first,
            last: start.last,
            values: std::mem::take(&mut self.values),
            growing,
            phases,
            injects: std::mem::take(&mut self.injects),
            decisions: std::mem::take(&mut self.decisions),
            actions,
            courses: std::mem::take(&mut self.courses),
            blocks: std::mem::take(&mut self.blocks),
            effects: std::mem::take(&mut self.effects),
            scores: std::mem::take(&mut self.scores),
            brings: std::mem::take(&mut self.brings),
            uses: std::mem::take(&mut self.uses),
            chances: std::mem::take(&mut self.chances),
            dues: std::mem::take(&mut self.dues),
            first_deadline: 0,
            deadlines: Vec::new(),
            endex,
            endings,
            rules,
            margin: scenario
                .margin
                .as_ref()
                .map_or(MARGIN_POINTS, |margin| margin.value),
            operations: std::mem::take(&mut self.operations),
            script: Script {
                scenario: Arc::clone(scenario),
                variant: setup.variant.clone(),
                cut: start.cut,
                texts: std::mem::take(&mut self.texts),
                values: self.value_scripts(),
                injects: std::mem::take(&mut self.inject_scripts),
                decisions: std::mem::take(&mut self.decision_scripts),
                courses: std::mem::take(&mut self.course_scripts),
                actions: action_scripts,
                board,
            },
        };
        self.remember(&mut program);
        self.plan_agenda(&mut program);
        let mut words = vec![0; self.layout.words()].into_boxed_slice();
        for (value, initial) in program.values.iter().zip(&start.initial) {
            value.slot.set(&mut words, initial * value.per);
        }
        program.initial = words;
        Some(program)
    }

    /// Every minute that a face may show must have a date: up to ENDEX, and whatever is due after it.
    fn require_dates(&mut self) {
        let latest = self.scenario.lasts.value + DURATION_MAX_MINUTES;
        if let Some(calendar) = &self.calendar
            && !calendar.reaches(latest)
        {
            let place = self.scenario.startex.place;
            self.error(
                "outside-calendar",
                place,
                "the exercise ends too near the year 9999",
            );
        }
    }

    /// Adds an error, and returns it so that hints can be added.
    fn error(
        &mut self,
        rule: &'static str,
        place: Place,
        headline: impl Into<String>,
    ) -> &mut Finding {
        self.findings.push(Finding::error(rule, place, headline));
        self.findings.last_mut().expect("one was just added")
    }

    fn text(&mut self, text: &scenario::Text) -> TextId {
        self.texts.push(Prose {
            text: text.text.value.clone(),
            marks: text.marks.clone(),
        });
        TextId::at(self.texts.len() - 1)
    }

    /// A written date as minutes after STARTEX.
    fn minute(&mut self, date: &Placed<jiff::civil::DateTime>) -> Minutes {
        let minute = self
            .calendar
            .as_ref()
            .and_then(|calendar| calendar.minutes(date.value));
        let lasts = self.scenario.lasts.value;
        match minute {
            Some(minute) if (0..=lasts).contains(&minute) => minute,
            _ => {
                if self.calendar.is_some() {
                    let when = if minute.is_some_and(|minute| minute < 0) {
                        "before STARTEX"
                    } else {
                        "after ENDEX"
                    };
                    self.error(
                        "outside-exercise",
                        date.place,
                        format!("this date is {when}"),
                    )
                    .hints
                    .push("The exercise runs from `startex` for as long as `lasts` says.".into());
                }
                0
            }
        }
    }

    fn compile_start(&mut self, setup: &ProgramSetup) -> Option<values::StartPoint> {
        let start = self.start_point(setup);
        // Every other start is checked too, so that a mistake in it is found before somebody plays it.
        let scenario = self.scenario;
        let mut initial = vec![0; scenario.values.len()];
        for variant in &scenario.variants {
            self.override_initial(&mut initial, &variant.initial);
        }
        for cut in &scenario.cuts {
            self.override_initial(&mut initial, &cut.initial);
            self.cut_span(cut);
        }
        start
    }
}

#[cfg(test)]
pub(crate) mod tests;
