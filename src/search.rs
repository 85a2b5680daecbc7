//! Placeholder of `search`.
