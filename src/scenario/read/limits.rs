//! How much a scenario's files and texts may hold. Going over a limit is a finding. How many things a scenario may have is
//! in `src/program/compile/limits.rs`.

/// Bytes of one file. A scenario of 10,000 lines has about half a megabyte; places are 32 bits wide.
pub const FILE_MAX_BYTES: usize = 4 << 20;

/// Bytes of all files of a folder: no effort for a small machine.
pub const FOLDER_MAX_BYTES: usize = 32 << 20;

/// Files that are read. A [`crate::finding::FileId`] has 16 bits; nobody plays 500 phases.
pub const FILES_MAX: usize = 512;

/// Lists and mappings inside one another. The format itself needs about 15.
pub const DEPTH_MAX: usize = 32;

/// Values and keys of one file: more than there are in 4 MiB of honest text.
pub const NODES_MAX: usize = 200_000;

/// Findings of one reading. Nobody reads more, and each costs memory.
pub const FINDINGS_MAX: usize = 1_000;

/// Bytes of one text: about three pages, more than a room will listen to.
pub const TEXT_MAX_BYTES: usize = 8 << 10;

/// Characters of a name, which is shown in columns and used in file names.
pub const ID_MAX_CHARACTERS: usize = 48;

/// Characters of an inject's title: the width of the inbox at 80 columns.
pub const SUBJECT_MAX_CHARACTERS: usize = 34;

/// Characters of an option's or action's label: the width of the decision pane at 80 columns.
pub const LABEL_MAX_CHARACTERS: usize = 52;

/// Characters of a text that is quoted in a headline.
pub(super) const QUOTED_MAX_CHARACTERS: usize = 40;

/// Minutes of any duration: five years, which keeps sums of times far from overflow.
pub const DURATION_MAX_MINUTES: i64 = 5 * 366 * 24 * 60;

/// Numbers are between this and its negative, so that their products with times fit 128 bits and their sums 64.
pub const NUMBER_MAX: i64 = 1 << 40;
