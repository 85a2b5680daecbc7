//! What may stand where a file is written or read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::files::{
    Existing, Named, OutputFile, create_folder, is_unsupported, open_regular, write,
};

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it can be read");
    let names = entries.map(|it| it.expect("it can be read").file_name());
    let mut names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_old_file_is_whole_until_the_new_one_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("it.txt");
    write(&path, Named::ByUser, Existing::Keep, b"old").expect("nothing stands there");
    let again = write(&path, Named::ByUser, Existing::Keep, b"new").expect_err("it stands there");
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
    let mut file =
        OutputFile::begin(&path, Named::ByUs, Existing::Replace).expect("it can be made");
    file.write_all(b"ne").expect("there is room");
    assert_eq!(fs::read(&path).expect("it is there"), b"old");
    drop(file);
    assert_eq!(
        names(folder.path()),
        ["it.txt"],
        "nothing is left of what was given up"
    );
    let mut file =
        OutputFile::begin(&path, Named::ByUs, Existing::Replace).expect("it can be made");
    file.write_all(b"new").expect("there is room");
    file.finish().expect("it has its name");
    assert_eq!(fs::read(&path).expect("it is there"), b"new");
    assert_eq!(names(folder.path()), ["it.txt"]);
}

#[test]
fn a_name_that_was_taken_meanwhile_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("it.txt");
    let file = OutputFile::begin(&path, Named::ByUser, Existing::Keep).expect("it can be made");
    fs::write(&path, "theirs").expect("it can be written");
    let error = file.finish().expect_err("somebody was quicker");
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).expect("it is there"), b"theirs");
    assert_eq!(names(folder.path()), ["it.txt"]);
}

#[test]
fn folders_are_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    for named in [Named::ByUser, Named::ByUs] {
        let error = write(folder.path(), named, Existing::Replace, b"x").expect_err("a folder");
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
        let inside = folder.path().join("none/it.txt");
        let error = write(&inside, named, Existing::Replace, b"x").expect_err("no folder");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
    use std::process::Command;
    use std::thread;

    use rustix::io::Errno;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").mode() & 0o7777
    }

    #[test]
    fn a_link_that_the_user_named_is_followed_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("target"), "precious").expect("it can be written");
        fs::create_dir(at("below")).expect("it can be made");
        symlink("../target", at("below/link")).expect("it can be made");
        symlink("link", at("below/second")).expect("it can be made");
        symlink("nowhere", at("dangling")).expect("it can be made");
        symlink("ring", at("ring")).expect("it can be made");
        for existing in [Existing::Keep, Existing::Replace] {
            for link in ["below/link", "below/second", "dangling", "ring"] {
                let error = write(&at(link), Named::ByUs, existing, b"x").expect_err("a link");
                assert!(error.to_string().contains("symbolic link"), "{error}");
            }
        }
        assert_eq!(fs::read(at("target")).expect("it is there"), b"precious");
        write(
            &at("below/second"),
            Named::ByUser,
            Existing::Replace,
            b"mine",
        )
        .expect("followed");
        assert_eq!(fs::read(at("target")).expect("it is there"), b"mine");
        assert!(at("below/second").is_symlink() && at("below/link").is_symlink());
        write(&at("dangling"), Named::ByUser, Existing::Keep, b"made").expect("followed");
        assert_eq!(fs::read(at("nowhere")).expect("it is there"), b"made");
        let error = write(&at("ring"), Named::ByUser, Existing::Replace, b"x").expect_err("a ring");
        assert!(error.to_string().contains("ring"), "{error}");
        assert_eq!(
            names(folder.path()),
            ["below", "dangling", "nowhere", "ring", "target"]
        );
    }

    #[test]
    fn devices_and_pipes_that_the_user_named_are_written_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let null = Path::new("/dev/null");
        write(null, Named::ByUser, Existing::Keep, b"x").expect("it takes anything");
        write(null, Named::ByUs, Existing::Replace, b"x").expect_err("a device");
        let fifo = folder.path().join("fifo");
        let made = Command::new("mkfifo").arg(&fifo).status().expect("it runs");
        assert!(made.success());
        write(&fifo, Named::ByUs, Existing::Replace, b"x").expect_err("a pipe");
        let reader = thread::spawn({
            let fifo = fifo.clone();
            move || fs::read(fifo).expect("it can be read")
        });
        write(&fifo, Named::ByUser, Existing::Keep, b"through").expect("somebody reads");
        assert_eq!(reader.join().expect("it reads"), b"through");
        assert!(!fs::metadata(&fifo).expect("it is there").is_file());
        if let Ok(mut full) =
            OutputFile::begin(Path::new("/dev/full"), Named::ByUser, Existing::Keep)
        {
            full.write_all(b"x").expect_err("it is full");
        }
    }

    #[test]
    fn what_a_pipe_or_a_device_is_read_as_is_nothing_and_waits_for_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        let fifo = folder.path().join("fifo");
        let made = Command::new("mkfifo").arg(&fifo).status().expect("it runs");
        assert!(made.success());
        for path in [&fifo, Path::new("/dev/zero"), folder.path()] {
            let opened = open_regular(path, OpenOptions::new().read(true)).expect("it is there");
            assert!(opened.is_none(), "{}", path.display());
        }
        fs::write(folder.path().join("it"), "x").expect("it can be written");
        let opened = open_regular(&folder.path().join("it"), OpenOptions::new().read(true));
        assert!(opened.expect("it is there").is_some());
    }

    #[test]
    fn the_mode_is_that_of_the_old_file_or_of_any_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("usual"), "").expect("it can be written");
        write(&at("new"), Named::ByUser, Existing::Keep, b"x").expect("it can be made");
        assert_eq!(mode(&at("new")), mode(&at("usual")), "as the umask says");
        for kept in [0o600, 0o640, 0o664, 0o755, 0o4711] {
            fs::set_permissions(at("new"), Permissions::from_mode(kept)).expect("it is ours");
            write(&at("new"), Named::ByUser, Existing::Replace, b"y").expect("it is replaced");
            assert_eq!(mode(&at("new")), kept);
        }
        let private = OutputFile::begin_private(&at("private"), Named::ByUs);
        private
            .and_then(OutputFile::finish)
            .expect("it can be made");
        assert_eq!(mode(&at("private")), 0o600);
    }

    #[test]
    fn the_owner_is_kept_by_whoever_may() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("it");
        fs::write(&path, "").expect("it can be written");
        if chown(&path, Some(12_345), Some(54_321)).is_err() {
            // Only root may give files away.
            return;
        }
        fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("root may");
        write(&path, Named::ByUser, Existing::Replace, b"x").expect("it is replaced");
        let kept = fs::metadata(&path).expect("it is there");
        assert_eq!(
            (kept.uid(), kept.gid(), mode(&path)),
            (12_345, 54_321, 0o640)
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_access_list_is_kept_and_none_is_added() {
        use rustix::fs::{XattrFlags, getxattr, setxattr};
        const NAME: &str = "system.posix_acl_access";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("it");
        fs::write(&path, "").expect("it can be written");
        // The owner, one user, the group with nothing, the most that is given, the others.
        let entries: [(u16, u16, u32); 5] = [
            (1, 6, u32::MAX),
            (2, 6, 12_345),
            (4, 0, u32::MAX),
            (16, 6, u32::MAX),
            (32, 0, u32::MAX),
        ];
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, may, id) in entries {
            list.extend(tag.to_le_bytes());
            list.extend(may.to_le_bytes());
            list.extend(id.to_le_bytes());
        }
        if setxattr(&path, NAME, &list, XattrFlags::empty()).is_err() {
            // The disk has no access lists.
            return;
        }
        let found = |path: &Path| {
            let mut found = vec![0; 1024];
            let bytes = getxattr(path, NAME, found.as_mut_slice()).ok()?;
            found.truncate(bytes);
            Some(found)
        };
        let before = (mode(&path), found(&path));
        write(&path, Named::ByUser, Existing::Replace, b"x").expect("it is replaced");
        assert_eq!((mode(&path), found(&path)), before);
        // A folder gives its files a list; a file that had none gets none.
        setxattr(
            folder.path(),
            "system.posix_acl_default",
            &list,
            XattrFlags::empty(),
        )
        .expect("this disk has them");
        let plain = folder.path().join("plain");
        fs::write(&plain, "").expect("it can be written");
        rustix::fs::removexattr(&plain, NAME).expect("it had one");
        fs::set_permissions(&plain, Permissions::from_mode(0o640)).expect("it is ours");
        write(&plain, Named::ByUser, Existing::Replace, b"x").expect("it is replaced");
        assert_eq!((mode(&plain), found(&plain)), (0o640, None));
    }

    #[test]
    fn folders_are_made_with_those_above_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = folder.path().join("a/b/c");
        create_folder(&deep, true).expect("it can be made");
        create_folder(&deep, true).expect("it is there");
        for path in [&deep, &folder.path().join("a/b"), &folder.path().join("a")] {
            assert_eq!(mode(path), 0o700);
        }
        fs::write(folder.path().join("file"), "").expect("it can be written");
        create_folder(&folder.path().join("file/below"), true).expect_err("a file stands there");
    }

    #[test]
    fn a_disk_that_does_not_know_is_told_from_one_that_fails() {
        let is = |number: Errno| is_unsupported(&number.into());
        let unknown = [
            Errno::NOLCK,
            Errno::INVAL,
            Errno::BADF,
            Errno::OPNOTSUPP,
            Errno::NOTSUP,
            Errno::NOSYS,
        ];
        assert!(unknown.into_iter().all(is));
        let failed = [
            Errno::IO,
            Errno::NOSPC,
            Errno::DQUOT,
            Errno::ROFS,
            Errno::ACCESS,
            Errno::PERM,
            Errno::STALE,
            Errno::INTR,
        ];
        assert!(!failed.into_iter().any(is));
    }
}
