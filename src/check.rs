//! Placeholder of `check`.
