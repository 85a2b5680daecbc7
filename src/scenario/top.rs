//! What stands at the top of `scenario.yaml`: who plays, what is scored, how it ends, and how else it can begin.

use crate::scenario::{Minutes, Placed, Text};

/// A part that somebody plays.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// What this role answers for.
    pub brief: Option<Text>,
}

/// Something that the exercise rates.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// How many points best play should be able to win.
    pub worth: Placed<i64>,
    /// Places in other frameworks, as in `CAF D1`.
    pub maps: Vec<Placed<String>>,
}

/// How the exercise came out.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// The condition; the last ending needs none.
    pub when: Option<Placed<String>>,
    /// The story of it.
    pub text: Text,
}

/// A named set of initial values.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// A sentence for the start screen.
    pub text: Option<Text>,
    /// Values by name, as written.
    pub initial: Vec<(Placed<String>, Placed<String>)>,
}

/// A part of the scenario, for a shorter meeting.
#[derive(Clone, Debug)]
pub struct Cut {
    /// Its name in the files.
    pub id: Placed<String>,
    /// Its name on screen.
    pub title: Placed<String>,
    /// How long a meeting it fits, in minutes of wall clock.
    pub minutes: Placed<i64>,
    /// The first phase.
    pub from: Placed<String>,
    /// When it starts.
    pub at: Placed<jiff::civil::DateTime>,
    /// The last phase; ENDEX comes when it ends.
    pub to: Placed<String>,
    /// What has happened so far, as the team reads it.
    pub text: Option<Text>,
    /// Values by name, as written.
    pub initial: Vec<(Placed<String>, Placed<String>)>,
}

/// What must hold, however it is played. The search looks for a play that breaks it.
#[derive(Clone, Debug)]
pub struct AuthorRule {
    /// Its name in the files.
    pub id: Placed<String>,
    /// What must hold.
    pub demand: Demand,
    /// Why; shown with the play that breaks it.
    pub because: Option<Placed<String>>,
}

/// What a rule demands. Conditions are expressions, tested wherever the team may move, and at ENDEX.
#[derive(Clone, Debug)]
pub enum Demand {
    /// It holds everywhere.
    Always(Placed<String>),
    /// It holds nowhere.
    Never(Placed<String>),
    /// On every way through the exercise it holds somewhere.
    Eventually(Placed<String>),
    /// Whenever one thing holds, another does so soon enough.
    Within {
        /// How soon, in minutes.
        within: Placed<Minutes>,
        /// What begins the time.
        after: Placed<String>,
        /// What must hold before the time is over.
        holds: Placed<String>,
    },
}
