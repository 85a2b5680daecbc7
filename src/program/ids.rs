//! Numbers for the things of a scenario, one type each so that they cannot be mixed up.

/// Declares a number that names one kind of thing.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The position in the program's list of such things.
            #[inline]
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// The number for a position.
            ///
            /// # Panics
            /// Above 65,535; the limits of a scenario are lower.
            #[inline]
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(u16::try_from(index).expect("reading limits how many things a scenario holds"))
            }
        }
    };
}

id! {
    /// A role.
    RoleId
}
id! {
    /// An objective.
    ObjectiveId
}
id! {
    /// A value.
    ValueId
}
id! {
    /// A phase.
    PhaseId
}
id! {
    /// An inject.
    InjectId
}
id! {
    /// A decision, or a consent.
    DecisionId
}
id! {
    /// A standing action.
    ActionId
}
id! {
    /// An option of a decision, or what an action does.
    CourseId
}
id! {
    /// A block of effects.
    BlockId
}
id! {
    /// A named point of chance.
    ChanceId
}
id! {
    /// An ending.
    EndingId
}
id! {
    /// A text that the team may read.
    TextId
}
id! {
    /// An entry of the agenda.
    DueId
}
