//! Placeholder of `play`.
