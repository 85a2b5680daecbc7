//! Placeholder of `local`.
