//! Who may do what with a file: its mode, its owner, and its access list.

use std::fs::File;
use std::io;

/// Gives a new file the owner, the access list and the mode of the one that it replaces. Where the owner cannot be kept, the
/// mode is: what a group may do that is now another one falls to what everybody may.
#[cfg(unix)]
pub(super) fn keep(old: &File, new: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let (was, is) = (old.metadata()?, new.metadata()?);
    let mut mode = was.mode() & 0o7777;
    let (owner, group) = (Some(was.uid()), Some(was.gid()));
    let is_owner_kept = was.uid() == is.uid() || fchown(new, owner, None).is_ok();
    let is_group_kept = was.gid() == is.gid() || fchown(new, None, group).is_ok();
    if !is_owner_kept || !is_group_kept {
        mode &= 0o777;
    }
    if !keep_list(old, new, is_group_kept) || !is_group_kept {
        mode = mode & !0o070 | (mode & 0o007) << 3;
    }
    new.set_permissions(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn keep(old: &File, new: &File) -> io::Result<()> {
    new.set_permissions(old.metadata()?.permissions())
}

/// Keeps the access list, of which the mode of the group is only the most that it gives. Without a list, that of the folder
/// must go, or the mode would open it. False if the file had a list that could not be kept.
#[cfg(target_os = "linux")]
fn keep_list(old: &File, new: &File, is_group_kept: bool) -> bool {
    use rustix::fs::{XattrFlags, fgetxattr, fremovexattr, fsetxattr};
    const NAME: &str = "system.posix_acl_access";
    /// As long as an attribute may be.
    const BYTES_MAX: usize = 1 << 16;
    let mut list = vec![0; BYTES_MAX];
    let had = fgetxattr(old, NAME, list.as_mut_slice());
    if let Ok(bytes) = had
        && is_group_kept
        && fsetxattr(new, NAME, &list[..bytes], XattrFlags::empty()).is_ok()
    {
        return true;
    }
    // A disk without such lists refuses this, and has none.
    let _ = fremovexattr(new, NAME);
    had.is_err()
}

#[cfg(all(unix, not(target_os = "linux")))]
fn keep_list(_: &File, _: &File, _: bool) -> bool {
    true
}
