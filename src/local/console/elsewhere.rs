//! Every system but Windows.

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
