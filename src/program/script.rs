//! What a person reads: titles, texts and record marks, by the numbers of the program. The engine does not use it.

use std::sync::Arc;

use crate::program::ids::{ActionId, CourseId, DecisionId, InjectId, RoleId, TextId, ValueId};
use crate::scenario::{IndicatorForm, Mark, Scenario};

/// Everything that a face may need to show.
#[derive(Clone, Debug)]
pub struct Script {
    /// The scenario, as the author wrote it.
    pub scenario: Arc<Scenario>,
    /// The name of the variant played.
    pub variant: Option<String>,
    /// The position of the cut played.
    pub cut: Option<usize>,
    /// Texts of blocks, feedback, questions and phases, by [`TextId`].
    pub texts: Vec<Prose>,
    /// Values, by id.
    pub values: Vec<ValueScript>,
    /// Injects, by id.
    pub injects: Vec<InjectScript>,
    /// Decisions, by id.
    pub decisions: Vec<DecisionScript>,
    /// Options and actions, by id.
    pub courses: Vec<CourseScript>,
    /// Actions, by id.
    pub actions: Vec<ActionScript>,
    /// The board.
    pub board: Vec<IndicatorScript>,
}

/// A text with its record marks.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text, in limited Markdown.
    pub text: String,
    /// What it rests on.
    pub marks: Vec<Mark>,
}

/// The name of a value, and the meaning of its numbers.
#[derive(Clone, Debug)]
pub struct ValueScript {
    /// Its name in files.
    pub id: String,
    /// Its name on screen.
    pub title: String,
    /// What it counts; may be empty.
    pub unit: String,
    /// The words of a truth or a list; empty for a number.
    pub words: Vec<String>,
    /// No view shows it.
    pub hidden: bool,
}

/// Where an inject is in the scenario.
#[derive(Clone, Debug)]
pub struct InjectScript {
    /// Its name in files.
    pub id: String,
    /// The position of its phase, and its own position in the phase.
    pub place: (usize, usize),
    /// Receivers; empty means all.
    pub to: Vec<RoleId>,
}

/// What a decision says.
#[derive(Clone, Debug)]
pub struct DecisionScript {
    /// Its name in files; that of a consent has dots.
    pub id: String,
    /// The inject that asks it; `None` for a consent.
    pub inject: Option<InjectId>,
    /// The question.
    pub question: TextId,
    /// Roles asked; empty means all.
    pub to: Vec<RoleId>,
    /// A question for the room.
    pub discuss: Option<String>,
}

/// What a course says.
#[derive(Clone, Debug)]
pub struct CourseScript {
    /// Its name in files.
    pub id: String,
    /// Its name on screen.
    pub label: String,
    /// What the team reads at once.
    pub feedback: Option<TextId>,
    /// The role that must agree.
    pub consent_of: Option<RoleId>,
}

/// Who may use an action.
#[derive(Clone, Debug)]
pub struct ActionScript {
    /// Roles; empty means all.
    pub to: Vec<RoleId>,
}

/// An entry of the board.
#[derive(Clone, Debug)]
pub struct IndicatorScript {
    /// How it looks.
    pub form: IndicatorForm,
    /// What it shows.
    pub shows: IndicatorSource,
    /// Its name on screen.
    pub title: String,
    /// The positions of the good words of a lamp.
    pub good: Vec<i64>,
    /// The positions of the bad words of a lamp.
    pub bad: Vec<i64>,
    /// Whether it is shown, by phase.
    pub phases: Vec<bool>,
    /// Roles it is shown to; empty means all.
    pub to: Vec<RoleId>,
}

/// What an entry of the board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorSource {
    /// A value.
    Value(ValueId),
    /// The time since an inject came.
    SinceInject(InjectId),
    /// The time since a decision was taken.
    SinceDecision(DecisionId),
    /// The time since an action was used.
    SinceAction(ActionId),
}

impl Script {
    /// The text with this number.
    #[must_use]
    pub fn text(&self, id: TextId) -> &Prose {
        &self.texts[id.index()]
    }

    /// An inject, as the author wrote it.
    #[must_use]
    pub fn inject(&self, id: InjectId) -> &crate::scenario::Inject {
        let (phase, inject) = self.injects[id.index()].place;
        &self.scenario.phases[phase].injects[inject]
    }

    /// What a course says.
    #[must_use]
    pub fn course(&self, id: CourseId) -> &CourseScript {
        &self.courses[id.index()]
    }

    /// What a decision says.
    #[must_use]
    pub fn decision(&self, id: DecisionId) -> &DecisionScript {
        &self.decisions[id.index()]
    }
}
