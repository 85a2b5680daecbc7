//! Phases, their injects and their ends.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::program::code::{Code, Comparison, Operation};
use crate::program::compile::Compiler;
use crate::program::compile::blocks::Surroundings;
use crate::program::compile::memory::repeats;
use crate::program::ids::{ActionId, BlockId, DecisionId, DueId, InjectId, PhaseId, ValueId};
use crate::program::layout::TIME_MARK;
use crate::program::script::{ActionScript, InjectScript};
use crate::program::{
    Action, Banding, Cause, Crossing, Inject, Moment, Moving, Phase, PhaseExit, RepeatPause,
    TimedInject, WatchedInject,
};
use crate::scenario::{self, Bands, Placed, ValueKind};

impl Compiler<'_> {
    pub fn compile_phases(&mut self, actions: &[(Action, ActionScript)]) -> Vec<Phase> {
        let scenario = self.scenario;
        let phases = scenario.phases.iter().enumerate();
        let mut phases: Vec<Phase> = phases
            .map(|(index, phase)| self.phase(PhaseId::at(index), phase))
            .collect();
        for (index, phase) in phases.iter_mut().enumerate() {
            let stands = actions
                .iter()
                .enumerate()
                .filter(|(_, (action, _))| action.stands[index]);
            phase.actions = stands.map(|(number, _)| ActionId::at(number)).collect();
        }
        let asked = self.decisions.len();
        self.compile_consents_of_actions(actions);
        let by_course: BTreeMap<_, _> = actions
            .iter()
            .map(|(action, _)| (action.course, &action.stands))
            .collect();
        for id in (asked..self.decisions.len()).map(DecisionId::at) {
            let waiting = self.decisions[id.index()].consent_to;
            let Some(stands) = waiting.and_then(|course| by_course.get(&course)) else {
                continue;
            };
            for (phase, _) in phases
                .iter_mut()
                .zip(*stands)
                .filter(|(_, stands)| **stands)
            {
                phase.decisions.push(id);
            }
        }
        phases
    }

    fn phase(&mut self, id: PhaseId, phase: &scenario::Phase) -> Phase {
        let begins = self.blocks(
            &phase.begins,
            &Surroundings::within(Cause::Phase(id), vec![id], 1),
        );
        let first_decision = self.decisions.len();
        let mut compiled = Phase {
            begins,
            ..Phase::default()
        };
        for (index, inject) in phase.injects.iter().enumerate() {
            self.inject(id, index, inject, &mut compiled);
        }
        list_timed(&mut compiled);
        compiled.decisions = (first_decision..self.decisions.len())
            .map(DecisionId::at)
            .collect();
        for end in &phase.ends {
            self.end(id, end, &mut compiled);
        }
        let watched = compiled.watched.iter().map(|watched| watched.reads);
        let ends = compiled.ends.iter().map(|end| end.reads);
        compiled.reads = watched.chain(ends).fold(0, |all, reads| all | reads);
        let counts = |end: &PhaseExit| match end.at {
            Some(Moment::After(_)) => true,
            Some(Moment::On(_)) => end.when.is_some(),
            None => false,
        };
        compiled.remembers_beginning = !compiled.relative.is_empty()
            || !compiled.shifted.is_empty()
            || compiled.ends.iter().any(counts);
        compiled.bands = phase
            .bands
            .iter()
            .filter_map(|band| self.band(band))
            .collect();
        compiled
    }

    fn inject(
        &mut self,
        phase: PhaseId,
        index: usize,
        inject: &scenario::Inject,
        into: &mut Phase,
    ) {
        let id = InjectId::at(self.injects.len());
        let repeats = repeats(inject.trigger.repeats.as_ref());
        let around = Surroundings::within(Cause::Inject(id), vec![phase], repeats);
        self.trigger(id, inject, repeats, into);
        let to = inject
            .message
            .as_ref()
            .map(|message| self.roles(&message.to))
            .unwrap_or_default();
        self.inject_scripts.push(InjectScript {
            id: inject.id.value.clone(),
            place: (phase.index(), index),
            to,
        });
        self.injects.push(Inject {
            phase,
            came: None,
            repeats,
            // `plan_agenda` sets the number of the entry in the agenda.
            again: (inject.trigger.at.is_none() && inject.trigger.when.is_some() && repeats > 1)
                .then_some(RepeatPause {
                    due: DueId(0),
                    every: inject.trigger.every.as_ref().map_or(0, |every| every.value),
                }),
            came_at: None,
            shows: inject.message.is_some(),
            block: BlockId(0),
            asks: None,
        });
        let block = self.block(&inject.block, &around);
        let asks = inject
            .asks
            .as_ref()
            .map(|decision| self.decision(inject, decision, id, &around));
        let compiled = &mut self.injects[id.index()];
        (compiled.block, compiled.asks) = (block, asks);
    }

    fn trigger(&mut self, id: InjectId, inject: &scenario::Inject, repeats: u32, into: &mut Phase) {
        let trigger = &inject.trigger;
        let every = trigger.every.as_ref().map_or(0, |every| every.value);
        match (&trigger.at, &trigger.when) {
            (Some(at), when) => {
                let typed = when.as_ref().and_then(|when| self.typed_condition(when));
                let (when, moves) = (
                    typed.map(|typed| typed.code),
                    typed.is_some_and(|typed| typed.moves),
                );
                let at = self.moment(at);
                for number in 0..i64::from(repeats) {
                    into.timed.push(TimedInject {
                        at,
                        later: number * every,
                        when,
                        moves,
                        inject: id,
                    });
                }
            }
            (None, Some(when)) => {
                let Some(code) = self.watched_condition(when, Some(id), into) else {
                    return;
                };
                into.watched.push(WatchedInject {
                    when: code,
                    reads: self.marks(code),
                    inject: id,
                });
            }
            (None, None) => {}
        }
    }

    /// The marks of what a condition reads. If it reads nothing, the mark of the clock, so that it is tested at all.
    fn marks(&self, code: Code) -> u64 {
        match self.operations.reads(code) {
            0 => TIME_MARK,
            marks => marks,
        }
    }

    fn moment(&mut self, at: &Placed<scenario::TimePoint>) -> Moment {
        match at.value {
            scenario::TimePoint::After(minutes) => Moment::After(minutes),
            scenario::TimePoint::On(date) => Moment::On(self.minute(&Placed {
                value: date,
                place: at.place,
            })),
        }
    }

    /// A condition that makes something happen by itself: the minute when it becomes true must be foreseeable.
    fn watched_condition(
        &mut self,
        source: &Placed<String>,
        brings: Option<InjectId>,
        into: &mut Phase,
    ) -> Option<Code> {
        let typed = self.typed_condition(source)?;
        let first = into.crossings.len();
        let is_foreseeable = self.crossings(typed.code, &mut into.crossings);
        for crossing in &mut into.crossings[first..] {
            crossing.brings = brings;
        }
        if !is_foreseeable {
            let hint = "Put the growing value, `since` or `now` alone on one side of a comparison, and nothing that changes with time on the other.";
            self.error(
                "unforeseeable",
                source.place,
                "the minute at which this becomes true cannot be worked out",
            )
            .hints
            .push(hint.into());
        }
        Some(typed.code)
    }

    /// Collects comparisons with what moves. Returns false if something moves outside of them.
    fn crossings(&self, code: Code, into: &mut Vec<Crossing>) -> bool {
        let operations = &self.operations;
        let still = |code: Code| operations.reads(code) & TIME_MARK == 0;
        match operations.root(code) {
            Operation::Compare(how, left, right) => match (still(left), still(right)) {
                (true, true) => true,
                (false, true) => self.crossing(left, how, right, into),
                (true, false) => self.crossing(right, how.mirrored(), left, into),
                (false, false) => false,
            },
            Operation::And(left, right) | Operation::Or(left, right) => {
                self.crossings(left, into) & self.crossings(right, into)
            }
            Operation::Not(inner) => self.crossings(inner, into),
            Operation::If(condition, yes, no) => {
                self.crossings(condition, into)
                    & self.crossings(yes, into)
                    & self.crossings(no, into)
            }
            _ => still(code),
        }
    }

    fn crossing(
        &self,
        moving: Code,
        how: Comparison,
        against: Code,
        into: &mut Vec<Crossing>,
    ) -> bool {
        let moving = match self.operations.root(moving) {
            Operation::Grown(slot, _) => {
                let grown = self
                    .scenario
                    .values
                    .iter()
                    .enumerate()
                    .filter(|(_, value)| !value.grows.is_empty());
                let number = grown
                    .map(|(index, _)| index)
                    .position(|index| self.values[index].slot == slot);
                number.map(Moving::Grown)
            }
            Operation::Since(slot) => Some(Moving::Since(slot)),
            Operation::Now => Some(Moving::Clock),
            _ => None,
        };
        let Some(moving) = moving else { return false };
        into.push(Crossing {
            moving,
            how,
            against,
            brings: None,
        });
        true
    }

    fn end(&mut self, phase: PhaseId, end: &scenario::PhaseEnd, into: &mut Phase) {
        let at = end.at.as_ref().map(|at| self.moment(at));
        let when = match (&end.when, at) {
            (None, _) => None,
            (Some(when), Some(_)) => self.condition(when),
            (Some(when), None) => self.watched_condition(when, None, into),
        };
        let to = if end.to.value == "endex" {
            None
        } else {
            let to = self.names.phase(&end.to, &mut self.findings);
            if to.is_some_and(|to| to <= phase) {
                self.error("wrong-order", end.to.place, "phases only go forward")
                    .hints
                    .push("Name a later phase, or `endex`.".into());
            }
            to
        };
        let reads = when.map_or(TIME_MARK, |code| self.marks(code));
        into.ends.push(PhaseExit {
            at,
            when,
            reads,
            to,
        });
    }

    fn band(&mut self, band: &scenario::Band) -> Option<Banding> {
        let value = self.names.value(&band.of, &mut self.findings)?;
        let ValueKind::Number { min, max, .. } = &self.scenario.values[value.index()].kind else {
            self.error(
                "wrong-type",
                band.of.place,
                format!("`{}` is not a number", band.of.value),
            );
            return None;
        };
        let sound = match &band.marks.value {
            // Reading has checked that a step is positive and that marks rise.
            Bands::Step(_) => true,
            Bands::List(list) => list
                .iter()
                .all(|mark| (min.value..=max.value).contains(mark)),
        };
        if !sound {
            self.error(
                "wrong-bands",
                band.marks.place,
                "bands are a step of 1 or more, or rising marks within the bounds",
            );
        }
        Some(Banding {
            value: ValueId::at(value.index()),
            marks: band.marks.value.clone(),
        })
    }

    /// What is scored at ENDEX.
    pub fn compile_endex(&mut self) -> Range<u16> {
        let scenario = self.scenario;
        let around = Surroundings {
            endex: true,
            ..Surroundings::within(Cause::Endex, Vec::new(), 1)
        };
        self.blocks(&scenario.endex, &around)
    }

    /// The conditions of the endings. The last one may not have one.
    pub fn compile_endings(&mut self) -> Vec<Option<Code>> {
        let scenario = self.scenario;
        let last = scenario.endings.last().and_then(|last| last.when.as_ref());
        if let Some(when) = last.filter(|_| scenario.lost.is_empty()) {
            self.error(
                "no-last-ending",
                when.place,
                "the last ending has a condition",
            )
            .hints
            .push("Leave out its `when`, so that every exercise has an ending.".into());
        }
        scenario
            .endings
            .iter()
            .map(|ending| ending.when.as_ref().and_then(|when| self.condition(when)))
            .collect()
    }
}

/// Sorts the timed injects of a phase into those of a date, of a repeat of a date, and of a time since the phase began.
fn list_timed(phase: &mut Phase) {
    for (position, timed) in phase.timed.iter().enumerate() {
        let position = position as u16;
        match timed.at {
            Moment::On(minute) if timed.later == 0 => phase.dated.push((minute, position)),
            Moment::On(_) => phase.shifted.push(position),
            Moment::After(minutes) => phase.relative.push((minutes + timed.later, position)),
        }
    }
    // The sort is stable: what comes in the same minute stays in source order.
    phase.dated.sort_by_key(|(minute, _)| *minute);
    phase.relative.sort_by_key(|(minutes, _)| *minutes);
}
