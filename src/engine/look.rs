//! From an exercise so far to the view of one seat.

mod history;
mod inbox;
mod present;

pub use history::{History, ImprovisedInject, Interjection, MadeMove};

use crate::engine::Move;
use crate::engine::view::{
    Choice, Citation, EndingView, InboxMessage, MarkView, MessageKind, OpenDecision, PhaseView,
    Since, Stamp, UnderWay, View,
};
use crate::engine::{Refusal, State, agenda, refusal};
use crate::program::ids::{ActionId, CourseId, DecisionId, RoleId};
use crate::program::{Action, Cause, DueKind, Owner, Program};
use crate::scenario::{Mark, Minutes, Provenance};
use crate::words;

/// Who looks: one seat, or several together, of which each must be allowed to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    each: Vec<Vec<RoleId>>,
}

impl Viewer {
    /// A seat that holds every role: one person alone, or a whole room at one screen.
    #[must_use]
    pub fn all(program: &Program) -> Self {
        let roles = program.script.scenario.roles.len();
        Self::with_roles((0..roles).map(RoleId::at).collect())
    }

    /// A seat that holds some roles.
    #[must_use]
    pub fn with_roles(roles: Vec<RoleId>) -> Self {
        Self { each: vec![roles] }
    }

    /// A shared screen: it shows what all of these seats may see.
    #[must_use]
    pub fn shared<'a>(seats: impl IntoIterator<Item = &'a Viewer>) -> Self {
        let each = seats.into_iter().flat_map(|seat| seat.each.iter().cloned());
        Self {
            each: each.collect(),
        }
    }

    /// Whether something addressed to these roles reaches the viewer; no roles means everybody.
    #[must_use]
    pub fn hears(&self, to: &[RoleId]) -> bool {
        let held = |roles: &Vec<RoleId>| to.iter().any(|role| roles.contains(role));
        to.is_empty() || self.each.iter().all(held)
    }
}

/// A place in a history: what one viewer was shown until there, and will not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct HistoryPlace {
    events: usize,
    interjections: usize,
    /// Messages that come from these.
    messages: usize,
    moves: usize,
    /// Those of the moves that the viewer knows of.
    seen: usize,
    samples: usize,
}

impl HistoryPlace {
    /// Whether the history is at least as long. After a take-back it may be shorter.
    #[must_use]
    pub fn is_in(&self, history: &History) -> bool {
        self.events <= history.events.len()
            && self.interjections <= history.interjections.len()
            && self.moves <= history.moves.len()
            && self.samples <= history.samples.len()
    }

    /// The same place, from which courses are shown from their beginning.
    #[must_use]
    pub fn with_whole_courses(self) -> Self {
        Self { samples: 0, ..self }
    }
}

/// What a viewer may know now.
#[must_use]
pub fn look(program: &Program, history: &History, viewer: &Viewer) -> View {
    look_on(program, history, viewer, HistoryPlace::default()).0
}

/// The same for a viewer who knows what came before a place in this history, and the place from which to look on.
#[must_use]
pub fn look_on(
    program: &Program,
    history: &History,
    viewer: &Viewer,
    from: HistoryPlace,
) -> (View, HistoryPlace) {
    let state = &history.state;
    let phase = state.phase(program);
    let (inbox, moves, settled) = inbox::messages_and_moves(program, history, viewer, from);
    let to = HistoryPlace {
        samples: history.samples.len(),
        ..settled
    };
    let view = View {
        since: Since {
            messages: from.messages,
            moves: from.seen,
            samples: from.samples,
        },
        title: program.script.scenario.title.value.clone(),
        now: stamp(program, state.now(program)),
        phase: PhaseView {
            number: phase.index() - program.first.index() + 1,
            of: program.last.index() - program.first.index() + 1,
            title: program.script.scenario.phases[phase.index()]
                .title
                .value
                .clone(),
        },
        inbox,
        moves,
        board: present::board(program, history, viewer, from.samples),
        decisions: decisions(program, state, viewer),
        actions: actions(program, state, viewer),
        under_way: under_way(program, state, viewer),
        ending: state.ended(program).map(|id| {
            let ending = &program.script.scenario.endings[id.index()];
            EndingView {
                id: ending.id.value.clone(),
                title: ending.title.value.clone(),
                text: ending.text.text.value.clone(),
                marks: marks(program, &ending.text.marks),
            }
        }),
    };
    (view, to)
}

/// A minute as a reader sees it.
#[must_use]
pub fn stamp(program: &Program, minute: Minutes) -> Stamp {
    let local = program.calendar.local(minute);
    Stamp {
        minute,
        date: local.strftime("%a %-d %b %Y").to_string(),
        time: local.strftime("%H:%M").to_string(),
        zone: program.calendar.zone_of(&local),
    }
}

/// Record marks, ready to show.
fn marks(program: &Program, marks: &[Mark]) -> Vec<MarkView> {
    let record = &program.script.scenario.record;
    let source = |code: &str| {
        let named = record.sources.iter().find(|(id, _)| id.value == code);
        named.map_or_else(|| code.to_owned(), |(_, name)| name.value.clone())
    };
    let citation = |id: &str| {
        let entry = record.entries.iter().find(|entry| entry.id.value == id)?;
        Some(Citation {
            id: id.to_owned(),
            says: entry.says.value.clone(),
            sources: entry
                .source
                .iter()
                .map(|code| source(&code.value))
                .collect(),
            rests_on: entry.rests_on.iter().map(|it| it.value.clone()).collect(),
            confidence: entry.confidence.value.clone(),
        })
    };
    let view = |mark: &Mark| MarkView {
        says: mark.says.value.clone(),
        standing: match mark.standing.value {
            Provenance::Documented => "documented",
            Provenance::Inferred => "inferred",
            Provenance::Invented => "invented",
        },
        cites: mark
            .cites
            .iter()
            .filter_map(|id| citation(&id.value))
            .collect(),
    };
    marks.iter().map(view).collect()
}

/// The marks of a course's label.
fn course_marks(program: &Program, id: CourseId) -> &[Mark] {
    let script = &program.script;
    match program.courses[id.index()].owner {
        Owner::Option(decision, option) => {
            let asked = script.decision(decision).inject.map(|it| script.inject(it));
            let options = asked.and_then(|it| it.asks.as_ref()).map(|it| &it.options);
            let authored = options.and_then(|it| it.get(usize::from(option)));
            authored.map_or(&[], |it| it.marks.as_slice())
        }
        Owner::Action(action) => &script.scenario.actions[action.index()].course.marks,
        Owner::Answer(..) => &[],
    }
}

fn titles(program: &Program, roles: &[RoleId]) -> Vec<String> {
    let all = &program.script.scenario.roles;
    let titles = roles
        .iter()
        .map(|role| all[role.index()].title.value.clone());
    titles.collect()
}

fn decisions(program: &Program, state: &State, viewer: &Viewer) -> Vec<OpenDecision> {
    let mut open: Vec<DecisionId> = state.open(program);
    open.retain(|id| viewer.hears(&program.script.decision(*id).to));
    // What closes first comes first; what has no deadline comes last.
    open.sort_by_key(|id| (state.closes(program, *id).unwrap_or(Minutes::MAX), *id));
    open.into_iter()
        .map(|id| decision(program, state, id))
        .collect()
}

fn decision(program: &Program, state: &State, id: DecisionId) -> OpenDecision {
    let script = program.script.decision(id);
    let compiled = &program.decisions[id.index()];
    let closes = state.closes(program, id);
    let left = match closes {
        Some(minute) => words::duration((minute - state.now(program)).max(0)),
        None => "until the phase ends".into(),
    };
    let prose = program.script.text(script.question);
    let option = |(number, course): (usize, &CourseId)| {
        let wanted = Move::Choose(id, number as u8);
        choice(program, *course, refusal(program, state, wanted).err(), 0)
    };
    let mut question = prose.text.clone();
    if let Some(waiting) = compiled.consent_to {
        let label = &program.script.course(waiting).label;
        question = format!("*Consent to “{label}”.* {question}");
    }
    OpenDecision {
        id: script.id.clone(),
        question,
        to: titles(program, &script.to),
        closes: closes.map(|minute| stamp(program, minute)),
        left,
        default: program
            .script
            .course(compiled.options[compiled.default])
            .label
            .clone(),
        discuss: script.discuss.clone(),
        options: compiled.options.iter().enumerate().map(option).collect(),
        marks: marks(program, &prose.marks),
    }
}

fn actions(program: &Program, state: &State, viewer: &Viewer) -> Vec<Choice> {
    if state.ended(program).is_some() {
        return Vec::new();
    }
    let phase = state.phase(program).index();
    let standing = program
        .actions
        .iter()
        .enumerate()
        .filter(|(index, action)| {
            action.stands[phase] && viewer.hears(&program.script.actions[*index].to)
        });
    let view = |(index, action): (usize, &Action)| {
        let barred = refusal(program, state, Move::Take(ActionId::at(index))).err();
        choice(
            program,
            action.course,
            barred,
            action.used.get(state.words()) as u32,
        )
    };
    standing.map(view).collect()
}

fn choice(program: &Program, course: CourseId, barred: Option<Refusal>, used: u32) -> Choice {
    let script = program.script.course(course);
    Choice {
        id: script.id.clone(),
        label: script.label.clone(),
        cost: cost(program, course),
        barred: barred.map(|refusal| refusal.reason(program)),
        used,
    }
}

/// What a course costs, in a few words.
fn cost(program: &Program, id: CourseId) -> String {
    let course = &program.courses[id.index()];
    let mut parts = Vec::new();
    if course.takes > 0 {
        parts.push(words::duration(course.takes));
    }
    for held in program.uses_of(course) {
        let value = &program.script.values[held.value.index()];
        if value.hidden {
            continue;
        }
        let unit = if value.unit.is_empty() {
            value.title.as_str().into()
        } else {
            words::unit(held.number, &value.unit)
        };
        parts.push(format!("{} {unit}", words::number(held.number)));
    }
    if let Some(role) = program.script.course(id).consent_of {
        parts.push(format!(
            "asks {}",
            program.script.scenario.roles[role.index()].title.value
        ));
    }
    parts.join(" · ")
}

fn under_way(program: &Program, state: &State, viewer: &Viewer) -> Vec<UnderWay> {
    let mut under_way: Vec<UnderWay> = agenda::entries(program, state.words())
        .filter_map(|id| {
            let DueKind::Finish(course) = program.dues[id.index()].kind else {
                return None;
            };
            let until = agenda::minute(program, state.words(), id)?;
            viewer.hears(owners(program, course)).then(|| UnderWay {
                label: program.script.course(course).label.clone(),
                until: stamp(program, until),
                left: words::duration(until - state.now(program)),
            })
        })
        .collect();
    under_way.sort_by_key(|work| work.until.minute);
    under_way
}

/// The roles that a course belongs to; empty means everybody.
fn owners(program: &Program, course: CourseId) -> &[RoleId] {
    match program.courses[course.index()].owner {
        Owner::Option(decision, _) | Owner::Answer(decision, _) => {
            &program.script.decision(decision).to
        }
        Owner::Action(action) => &program.script.actions[action.index()].to,
    }
}

/// What something came from, in a few words.
#[must_use]
pub fn origin(program: &Program, cause: Cause) -> String {
    match cause {
        Cause::Phase(id) => program.script.scenario.phases[id.index()]
            .title
            .value
            .clone(),
        Cause::Inject(id) => match &program.script.inject(id).message {
            Some(message) => message.title.value.clone(),
            None => "The course of events".into(),
        },
        Cause::Course(id) => program.script.course(id).label.clone(),
        Cause::Endex => "ENDEX".into(),
    }
}

/// A message from nobody, still empty.
fn message(program: &Program, at: Minutes, kind: MessageKind) -> InboxMessage {
    InboxMessage {
        kind,
        at: stamp(program, at),
        id: String::new(),
        from: String::new(),
        to: Vec::new(),
        via: String::new(),
        title: String::new(),
        text: String::new(),
        asks: String::new(),
        marks: Vec::new(),
    }
}
