//! What people are told about the file of a journal, as sentences.

use std::path::Path;

use crate::journal::JournalLoss;
use crate::journal::disk::JournalFile;
use crate::journal::error::shown;
use crate::journal::lock::JournalLock;

/// What this disk does not guarantee; none if it guarantees everything.
pub(super) fn unguaranteed(path: &Path, lock: &JournalLock, file: &JournalFile) -> Option<String> {
    let locks = "it has no file locks, so nothing keeps a second sandtable from going on with this exercise at the same \
                 time, and `sandtable exercises` cannot say that it is in play";
    let syncs =
        "it does not say when a file is safe, so the latest moves could be lost if the power fails";
    let what = match (lock.is_known(), file.syncs) {
        (true, true) => return None,
        (false, true) => locks.to_owned(),
        (true, false) => syncs.to_owned(),
        (false, false) => format!("{locks}; {syncs}"),
    };
    Some(format!(
        "The exercise is recorded, but the disk of {} does not guarantee everything: {what}.",
        shown(path)
    ))
}

/// Where the bytes of a damaged line are kept.
pub(super) fn kept(path: &Path) -> String {
    format!("What stood in the damaged line is kept in {}.", shown(path))
}

/// That a journal was lost and written again.
pub(super) fn again(old: &Path, loss: JournalLoss, new: &Path) -> String {
    format!(
        "The journal {} {loss} while it was played. Everything so far was written again in {}, and the exercise goes on there.",
        shown(old),
        shown(new)
    )
}
