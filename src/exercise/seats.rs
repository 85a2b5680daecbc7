//! Seats, and who may do what.

use crate::engine::Move;
use crate::engine::look::Viewer;
use crate::exercise::{Barred, Exercise, role_named};
use crate::journal::RecordedSeat;
use crate::program::Program;
use crate::program::ids::RoleId;
use crate::words;

/// A seat of an exercise: its roles, and who sits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The roles.
    pub roles: Vec<RoleId>,
    /// Who, as typed; may be empty.
    pub person: String,
}

impl Seat {
    /// Every role in one seat.
    #[must_use]
    pub fn all(program: &Program) -> Self {
        let roles = program.script.scenario.roles.len();
        Self {
            roles: (0..roles).map(RoleId::at).collect(),
            person: String::new(),
        }
    }

    /// A seat as a journal records it.
    ///
    /// # Errors
    /// [`Barred::Unknown`], [`Barred::Twice`], and [`Barred::Empty`] if it holds no role.
    pub fn from_recorded(program: &Program, recorded: &RecordedSeat) -> Result<Self, Barred> {
        let role = |id: &String| role_named(program, id);
        let roles: Vec<RoleId> = recorded.roles.iter().map(role).collect::<Result<_, _>>()?;
        let twice = roles
            .iter()
            .enumerate()
            .find(|(place, role)| roles[..*place].contains(role));
        if let Some((_, twice)) = twice {
            return Err(Barred::Twice(*twice));
        }
        if roles.is_empty() {
            return Err(Barred::Empty("A seat needs a role."));
        }
        Ok(Self {
            roles,
            person: recorded.person.clone(),
        })
    }

    /// Seats as a journal records them.
    ///
    /// # Errors
    /// As [`Self::from_recorded`], and [`Barred::Twice`] if two seats hold one role.
    pub fn from_all_recorded(
        program: &Program,
        recorded: &[RecordedSeat],
    ) -> Result<Vec<Self>, Barred> {
        let mut seats: Vec<Self> = Vec::new();
        for recorded in recorded {
            let seat = Self::from_recorded(program, recorded)?;
            let mut held = seats.iter().flat_map(|it| &it.roles);
            if let Some(twice) = held.find(|role| seat.roles.contains(role)) {
                return Err(Barred::Twice(*twice));
            }
            seats.push(seat);
        }
        Ok(seats)
    }

    /// As a journal records it.
    #[must_use]
    pub fn recorded(&self, program: &Program) -> RecordedSeat {
        let roles = &program.script.scenario.roles;
        let id = |role: &RoleId| roles[role.index()].id.value.clone();
        RecordedSeat {
            roles: self.roles.iter().map(id).collect(),
            person: self.person.clone(),
        }
    }

    /// The titles of its roles, as in `Technical lead and Clinical safety officer`.
    #[must_use]
    pub fn title(&self, program: &Program) -> String {
        let roles = &program.script.scenario.roles;
        if self.roles.len() == roles.len() && roles.len() > 1 {
            return "All roles".to_owned();
        }
        let title = |role: &RoleId| roles[role.index()].title.value.as_str();
        words::list(&self.roles.iter().map(title).collect::<Vec<_>>())
    }

    /// Its title, and who sits there, as in `Technical lead (Anna)`.
    #[must_use]
    pub fn name(&self, program: &Program) -> String {
        let title = self.title(program);
        if self.person.is_empty() {
            title
        } else {
            format!("{title} ({})", self.person)
        }
    }

    /// Who looks from this seat.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer::with_roles(self.roles.clone())
    }
}

impl Exercise {
    /// Whether a seat may make a move: one of its roles has the decision or action, or it waits.
    pub(super) fn may(&self, seat: usize, wanted: Move) -> Result<(), Barred> {
        let seat = self.seats.get(seat).ok_or(Barred::NotSeated)?;
        let roles = self.roles_of(wanted);
        if seat.viewer().hears(roles) {
            Ok(())
        } else {
            Err(Barred::NotYours(roles.to_vec()))
        }
    }

    /// Roles that nobody plays: their decisions take the defaults.
    #[must_use]
    pub fn absent(&self) -> Vec<RoleId> {
        let roles = self.program.script.scenario.roles.len();
        let held = |role: &RoleId| self.seats.iter().any(|it| it.roles.contains(role));
        (0..roles).map(RoleId::at).filter(|it| !held(it)).collect()
    }
}
