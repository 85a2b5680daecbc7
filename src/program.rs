//! A checked scenario compiled to numbered slots.

pub mod expression;
