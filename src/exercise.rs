//! Placeholder of `exercise`.
