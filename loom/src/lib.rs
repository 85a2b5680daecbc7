//! The files of the table as they stand in `src/search`, over loom's atomics and locks.

#[path = "../../src/search"]
pub mod search {
    #[path = "../../loom/src/sync.rs"]
    pub mod sync;
    pub mod table;
    pub mod walk {
        pub mod writers;
    }
}
