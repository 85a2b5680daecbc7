//! Placeholder of `words`.
