//! Placeholder of `library`.
