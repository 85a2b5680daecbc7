//! Sentences that every face says in the same words.

/// During a pause.
pub const PAUSED: &str = "Nothing happens until the facilitator goes on.";

/// Above the record, which is shown step by step.
pub const INVENTED: &str = "Whatever is invented is marked as invented.";

/// At the end of a history or a replay.
pub const LAST_STEP: &str = "That was the last step.";

/// While the inbox is empty.
pub const NO_MESSAGE: &str = "No message has come yet.";

/// Of a message without marks; what it is about comes first.
pub const UNMARKED: &str = "makes no statement that the record could support.";

/// Of points that were given before ENDEX.
pub const NOT_REACHED: &str =
    "ENDEX was not reached; these points leave out what was still to come.";

/// Of an objective without points.
pub const NOTHING_SCORED: &str = "Nothing was won or lost.";
