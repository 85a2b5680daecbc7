//! Which moves can be made now, and why the others cannot.

use crate::engine::{Move, agenda};
use crate::program::ids::{ActionId, CourseId, DecisionId, ValueId};
use crate::program::{Owner, Program};
use crate::words;

/// Why a move was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The exercise is over.
    Over,
    /// The decision is not open.
    NotOpen(DecisionId),
    /// The decision has no such option.
    NoSuchOption(DecisionId),
    /// What the course needs does not hold.
    NotPossible(CourseId),
    /// Too little of a value is free.
    NotEnough {
        /// The value.
        value: ValueId,
        /// How much it takes.
        needs: i64,
        /// How much there is.
        free: i64,
    },
    /// The action is for other phases.
    NotNow(ActionId),
    /// The action has been used as often as it may be.
    UsedUp(ActionId),
    /// Somebody has been asked to agree, and has not answered.
    Asked(DecisionId),
    /// Somebody refused.
    Refused(CourseId),
}

impl Refusal {
    /// The sentence for a person.
    #[must_use]
    pub fn sentence(self, program: &Program) -> String {
        let script = &program.script;
        match self {
            Self::Over => "The exercise is over.".into(),
            Self::NotOpen(id) => format!("`{}` is not open.", script.decision(id).id),
            Self::NoSuchOption(id) => format!("`{}` has no such option.", script.decision(id).id),
            Self::NotPossible(id) => format!("“{}” is not possible now.", script.course(id).label),
            Self::NotEnough { value, needs, free } => {
                let title = &script.values[value.index()].title;
                format!(
                    "{title}: it takes {}, {} left.",
                    words::number(needs),
                    words::number(free)
                )
            }
            Self::NotNow(id) => {
                let label = &script.course(program.actions[id.index()].course).label;
                format!("“{label}” is not for this phase.")
            }
            Self::UsedUp(id) => {
                let label = &script.course(program.actions[id.index()].course).label;
                format!("“{label}” was used already.")
            }
            Self::Asked(id) => {
                let to = script.decision(id).to.first();
                let who = to.map_or("Somebody", |role| {
                    script.scenario.roles[role.index()].title.value.as_str()
                });
                format!("{who} has been asked to agree.")
            }
            Self::Refused(id) => format!("“{}” was refused.", script.course(id).label),
        }
    }

    /// The same for a place beside the label, which is not repeated.
    #[must_use]
    pub fn reason(self, program: &Program) -> String {
        match self {
            Self::NotPossible(_) => "Not possible yet.".into(),
            Self::NotNow(_) => "Not in this phase.".into(),
            Self::UsedUp(id) => {
                let times = i64::from(program.actions[id.index()].repeats);
                match times {
                    1 => "Used already.".into(),
                    times => format!("Used {} times already.", words::number(times)),
                }
            }
            Self::Refused(_) => "It was refused.".into(),
            Self::Over
            | Self::NotOpen(_)
            | Self::NoSuchOption(_)
            | Self::NotEnough { .. }
            | Self::Asked(_) => self.sentence(program),
        }
    }
}

/// Whether a move can be made.
#[inline]
pub fn check(program: &Program, words: &[u64], wanted: Move) -> Result<(), Refusal> {
    if program.ended(words).is_some() {
        return Err(Refusal::Over);
    }
    check_under_way(program, words, wanted)
}

/// The same, when ENDEX has not come.
#[inline]
pub fn check_under_way(program: &Program, words: &[u64], wanted: Move) -> Result<(), Refusal> {
    match wanted {
        Move::Wait => Ok(()),
        Move::Choose(id, option) => {
            if id.index() >= program.decisions.len()
                || !agenda::is_set(program, words, program.deadline(id))
            {
                return Err(Refusal::NotOpen(id));
            }
            let options = &program.decisions[id.index()].options;
            let course = *options
                .get(usize::from(option))
                .ok_or(Refusal::NoSuchOption(id))?;
            check_course(program, words, course)
        }
        Move::Take(id) => {
            let phase = program.phase.get(words) as usize;
            let action = program.actions.get(id.index()).ok_or(Refusal::NotNow(id))?;
            if !action.stands.get(phase).copied().unwrap_or(false) {
                return Err(Refusal::NotNow(id));
            }
            if action.used.get(words) >= i64::from(action.repeats) {
                return Err(Refusal::UsedUp(id));
            }
            check_course(program, words, action.course)
        }
    }
}

/// Whether a course can begin, or its consent can be asked for.
#[inline]
pub fn check_course(program: &Program, words: &[u64], id: CourseId) -> Result<(), Refusal> {
    let course = &program.courses[id.index()];
    if let Owner::Answer(decision, 0) = course.owner
        && let Some(waiting) = program.decisions[decision.index()].consent_to
    {
        return check_needs(program, words, waiting);
    }
    if let Some(consent) = &course.consent {
        if consent.refused.get(words) != 0 {
            return Err(Refusal::Refused(id));
        }
        if agenda::is_set(program, words, program.deadline(consent.decision)) {
            return Err(Refusal::Asked(consent.decision));
        }
    }
    check_needs(program, words, id)
}

#[inline]
fn check_needs(program: &Program, words: &[u64], id: CourseId) -> Result<(), Refusal> {
    let course = &program.courses[id.index()];
    if course
        .needs
        .is_some_and(|needs| !program.operations.holds(needs, words))
    {
        return Err(Refusal::NotPossible(id));
    }
    for held in program.uses_of(course) {
        let value = &program.values[held.value.index()];
        let free = value.slot.get(words);
        if free - held.number < value.min {
            if program.script.values[held.value.index()].hidden {
                // Nobody may know how much there is.
                return Err(Refusal::NotPossible(id));
            }
            return Err(Refusal::NotEnough {
                value: held.value,
                needs: held.number,
                free: free - value.min,
            });
        }
    }
    Ok(())
}
