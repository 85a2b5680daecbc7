//! Every system but Windows.

/// Nothing is prepared.
#[derive(Debug)]
pub struct PreparedConsole(());

impl PreparedConsole {
    /// Prepares nothing.
    #[must_use]
    pub fn prepare() -> Self {
        Self(())
    }
}

/// Every terminal is one.
#[must_use]
pub fn has_console() -> bool {
    true
}

/// The variable alone says it.
#[must_use]
pub fn colour_term() -> Option<String> {
    None
}
