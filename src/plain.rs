//! Placeholder of `plain`.
