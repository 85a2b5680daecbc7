//! Placeholder of `tui`.
