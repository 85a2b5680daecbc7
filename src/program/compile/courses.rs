//! Decisions, their options, consents and standing actions.

use crate::program::compile::Compiler;
use crate::program::compile::blocks::Surroundings;
use crate::program::compile::memory::repeats;
use crate::program::ids::{ActionId, BlockId, CourseId, DecisionId, InjectId, PhaseId, RoleId};
use crate::program::script::{ActionScript, CourseScript, DecisionScript};
use crate::program::{Action, Cause, Closes, Consent, Course, Decision, DueKind, Owner, Use};
use crate::scenario::{self, Placed, TimePoint, ValueKind};

impl Compiler<'_> {
    /// Compiles the standing actions, but not their consents, whose numbers follow those of all decisions.
    pub fn compile_actions(&mut self) -> Vec<(Action, ActionScript)> {
        let scenario = self.scenario;
        let actions = scenario.actions.iter().enumerate();
        actions
            .map(|(index, action)| self.action(ActionId::at(index), action))
            .collect()
    }

    fn action(&mut self, id: ActionId, action: &scenario::Action) -> (Action, ActionScript) {
        let stands = self.phase_set(&action.phases);
        let runs = repeats(action.repeats.as_ref());
        let phases = standing(&stands);
        let around = Surroundings::within(Cause::Endex, phases, runs);
        let course = self.course(&action.course, Owner::Action(id), &around);
        let to = self.roles(&action.to);
        let used = self.used_count(id);
        (
            Action {
                course,
                stands,
                used,
                repeats: runs,
                used_at: None,
            },
            ActionScript { to },
        )
    }

    /// The phases that a list names, as flags; all if it is empty.
    pub fn phase_set(&mut self, names: &[Placed<String>]) -> Vec<bool> {
        let mut set = vec![names.is_empty(); self.scenario.phases.len()];
        for name in names {
            if let Some(phase) = self.names.phase(name, &mut self.findings) {
                set[phase.index()] = true;
            }
        }
        set
    }

    /// The numbers of a list of roles.
    pub fn roles(&mut self, names: &[Placed<String>]) -> Vec<RoleId> {
        names
            .iter()
            .filter_map(|name| self.names.role(name, &mut self.findings))
            .collect()
    }

    /// Compiles the decision that an inject asks, and the consents of its options after it.
    pub fn decision(
        &mut self,
        inject: &scenario::Inject,
        decision: &scenario::Decision,
        asked_by: InjectId,
        around: &Surroundings,
    ) -> DecisionId {
        let id = DecisionId::at(self.decisions.len());
        let closes = self.closes(decision);
        let to = match (&inject.message, decision.to.is_empty()) {
            (Some(message), true) => self.roles(&message.to),
            _ => self.roles(&decision.to),
        };
        let default = self.default_option(decision);
        let question = self.text(&decision.question);
        self.decisions.push(Decision {
            closes,
            default,
            chosen: None,
            chosen_at: None,
            options: Vec::new(),
            consented: Vec::new(),
            consent_to: None,
        });
        self.decision_scripts.push(DecisionScript {
            id: inject.id.value.clone(),
            inject: Some(asked_by),
            question,
            to,
            discuss: decision.discuss.as_ref().map(|text| text.value.clone()),
        });
        let (mut options, mut consented) = (Vec::new(), Vec::new());
        for option in &decision.options {
            self.findings
                .extend(super::names::unreadable(&option.id, true));
        }
        for (number, option) in decision.options.iter().enumerate() {
            let course = self.course(option, Owner::Option(id, number as u8), around);
            if let Some(consent) = &option.consent {
                self.consent(
                    consent,
                    course,
                    &format!("{}.{}.consent", inject.id.value, option.id.value),
                    around,
                );
                consented.push(course);
            }
            options.push(course);
        }
        let compiled = &mut self.decisions[id.index()];
        (compiled.options, compiled.consented) = (options, consented);
        id
    }

    fn closes(&mut self, decision: &scenario::Decision) -> Closes {
        match &decision.within {
            None => Closes::WithPhase,
            Some(Placed {
                value: TimePoint::After(minutes),
                ..
            }) => Closes::After(*minutes),
            Some(Placed {
                value: TimePoint::On(date),
                place,
            }) => Closes::On(self.minute(&Placed {
                value: *date,
                place: *place,
            })),
        }
    }

    fn default_option(&mut self, decision: &scenario::Decision) -> usize {
        let default = &decision.default;
        let Some(number) = decision
            .options
            .iter()
            .position(|option| option.id.value == default.value)
        else {
            if decision.options.is_empty() || self.names.lost(&default.value) {
                return 0;
            }
            let names = decision
                .options
                .iter()
                .map(|option| option.id.value.as_str());
            self.findings.push(super::names::unknown(
                "option",
                &default.value,
                default.place,
                names,
            ));
            return 0;
        };
        let option = &decision.options[number];
        if option.needs.is_some() || option.consent.is_some() || !option.uses.is_empty() {
            self.error(
                "default-needs",
                default.place,
                "a default may not need, use or ask consent for anything",
            )
            .hints
            .push("It is what happens when nobody answers, so it must always be possible.".into());
        }
        number
    }

    fn course(
        &mut self,
        course: &scenario::Course,
        owner: Owner,
        around: &Surroundings,
    ) -> CourseId {
        let id = CourseId::at(self.courses.len());
        let needs = course
            .needs
            .as_ref()
            .and_then(|needs| self.condition(needs));
        let uses = self.uses(course);
        self.course_scripts.push(CourseScript {
            id: course.id.value.clone(),
            label: course.label.value.clone(),
            feedback: None,
            consent_of: None,
        });
        // Its number is taken before its blocks are compiled.
        self.courses.push(Course {
            owner,
            needs,
            uses,
            takes: course.takes.as_ref().map_or(0, |takes| takes.value),
            dues: 0..0,
            block: BlockId(0),
            then: 0..0,
            consent: None,
        });
        if let Some(takes) = &course.takes {
            self.courses[id.index()].dues = self.dues(DueKind::Finish(id), around.runs, takes);
        }
        let around = &around.for_course(id);
        let feedback = course.feedback.as_ref().map(|text| self.text(text));
        self.course_scripts[id.index()].feedback = feedback;
        let block = self.block(&course.block, around);
        let after = if course.takes.is_some() {
            around.later()
        } else {
            around.clone()
        };
        let then = self.blocks(&course.then, &after);
        let compiled = &mut self.courses[id.index()];
        (compiled.block, compiled.then) = (block, then);
        id
    }

    fn uses(&mut self, course: &scenario::Course) -> std::ops::Range<u16> {
        let first = self.uses.len();
        for (name, number) in &course.uses {
            let Some(value) = self.names.value(name, &mut self.findings) else {
                continue;
            };
            let authored = &self.scenario.values[value.index()];
            let is_lost = self.names.lost(&name.value);
            let is_number = matches!(authored.kind, ValueKind::Number { .. });
            if (!is_number || !authored.grows.is_empty()) && !is_lost {
                let headline = format!(
                    "`{}` cannot be used up: it is not a number, or it grows",
                    name.value
                );
                self.error("wrong-type", name.place, headline);
            }
            if course.takes.is_none() {
                let hint = "Say how long it `takes`, or write an effect such as `engineers -= 1`.";
                self.error("uses-without-takes", name.place, "this is held for no time")
                    .hints
                    .push(hint.into());
            }
            if let ValueKind::Number { max, .. } = &authored.kind
                && number.value > max.value
                && !is_lost
            {
                let headline = format!(
                    "`{}` is never more than {}: this can never be chosen",
                    name.value,
                    crate::words::number(max.value)
                );
                self.error("outside-bounds", number.place, headline)
                    .hints
                    .push("Use less, or raise its `max`.".into());
            }
            self.uses.push(Use {
                value,
                number: number.value,
            });
        }
        first as u16..self.uses.len() as u16
    }

    /// Adds the consents of actions, once all decisions have their numbers.
    pub fn compile_consents_of_actions(&mut self, actions: &[(Action, ActionScript)]) {
        let scenario = self.scenario;
        for (action, authored) in actions.iter().zip(&scenario.actions) {
            let Some(consent) = &authored.course.consent else {
                continue;
            };
            let around =
                Surroundings::within(Cause::Endex, standing(&action.0.stands), action.0.repeats);
            self.consent(
                consent,
                action.0.course,
                &format!("{}.consent", authored.course.id.value),
                &around,
            );
        }
    }

    fn consent(
        &mut self,
        consent: &scenario::Consent,
        course: CourseId,
        name: &str,
        around: &Surroundings,
    ) {
        let id = DecisionId::at(self.decisions.len());
        let role = self.names.role(&consent.of, &mut self.findings);
        self.course_scripts[course.index()].consent_of = role;
        let question = self.text(&consent.question);
        self.decisions.push(Decision {
            closes: Closes::After(consent.within.value),
            default: usize::from(!consent.default_agrees.value),
            chosen: None,
            chosen_at: None,
            options: Vec::new(),
            consented: Vec::new(),
            consent_to: Some(course),
        });
        self.decision_scripts.push(DecisionScript {
            id: name.to_owned(),
            inject: None,
            question,
            to: role.into_iter().collect(),
            discuss: None,
        });
        let then = self.blocks(&consent.refused, &around.for_course(course));
        let refused = self.layout.slot(0, 1);
        self.courses[course.index()].consent = Some(Consent {
            decision: id,
            refused,
            then,
        });
        let answers = [("agree", "Agree"), ("refuse", "Refuse")];
        self.decisions[id.index()].options = (0..2)
            .map(|number| self.answer(id, number, answers[usize::from(number)], around))
            .collect();
    }

    fn answer(
        &mut self,
        decision: DecisionId,
        number: u8,
        (id, label): (&str, &str),
        around: &Surroundings,
    ) -> CourseId {
        let block = self.block(&scenario::Block::default(), around);
        self.course_scripts.push(CourseScript {
            id: id.to_owned(),
            label: label.to_owned(),
            feedback: None,
            consent_of: None,
        });
        self.courses.push(Course {
            owner: Owner::Answer(decision, number),
            needs: None,
            uses: 0..0,
            takes: 0,
            dues: 0..0,
            block,
            then: 0..0,
            consent: None,
        });
        CourseId::at(self.courses.len() - 1)
    }
}

/// The phases of a set.
fn standing(set: &[bool]) -> Vec<PhaseId> {
    (0..set.len())
        .filter(|index| set[*index])
        .map(PhaseId::at)
        .collect()
}
