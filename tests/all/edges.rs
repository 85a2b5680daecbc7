//! Where authors' files lie: folders of any name, and some that cannot be read.

use crate::program::{Call, SILENT, Text, command, folder, written};

/// The current folder, an empty one, and one whose name a shell must be told of.
#[test]
fn a_new_scenario_is_written_where_it_is_wanted() {
    let disk = folder();
    let at = |name: &str| disk.path().join(name);
    for name in ["drill", "empty", "my drills", "it's here", "$HOME", "full"] {
        std::fs::create_dir(at(name)).expect("a folder");
    }
    std::fs::create_dir(at("drill/.git")).expect("a folder");
    std::fs::write(at("full/notes.md"), "x").expect("a file");
    let cases = [
        ("drill", ".", "."),
        (".", "empty", "empty"),
        (".", "./empty/../other/", "./empty/../other/"),
        (".", "my drills/first", "'my drills/first'"),
        (".", "it's here/first", "'it'\\''s here/first'"),
        (".", "$HOME/first", "'$HOME/first'"),
    ];
    for (within, name, shown) in cases {
        let here = at(within).canonicalize().expect("it is there");
        let wrote = if name == "." {
            here.display().to_string()
        } else {
            name.to_owned()
        };
        let wrote = format!(
            "Wrote {wrote}. Next:\n  sandtable check {shown}\n  sandtable test {shown}\n  sandtable play {shown}\n"
        );
        let new = Call {
            arguments: &["new", name],
            stdout: Text::Is(&wrote),
            ..SILENT
        };
        new.run(&at(within));
        let check = Call {
            arguments: &["check", name],
            stderr: Text::Is("1 scenario checked, 0 findings\n"),
            ..SILENT
        };
        check.run(&at(within));
    }
    let refused = [
        (
            ".",
            "full",
            "error: full already exists\nhint: Nothing was changed. ",
        ),
        (
            "my drills",
            ".",
            "error: `my drills` cannot be the name of a scenario\n",
        ),
        (
            ".",
            "full/My Drill",
            "in all.\nTry `sandtable new full/my-drill`.\n",
        ),
        (
            ".",
            "9 Lives of É",
            "in all.\nTry `sandtable new lives-of`.\n",
        ),
    ];
    for (within, name, stderr) in refused {
        let call = Call {
            arguments: &["new", name],
            code: 2,
            stderr: Text::Holds(&[stderr]),
            ..SILENT
        };
        call.run(&at(within));
    }
}

/// A folder that cannot be read is said, and the others are looked at.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_does_not_hide_the_rest() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let disk = folder();
    let at = |name: &str| disk.path().join(name);
    let program = at("sandtable");
    std::fs::copy(env!("CARGO_BIN_EXE_sandtable"), &program).expect("a copy");
    set_permissions(disk.path(), Permissions::from_mode(0o755)).expect("its own folder");
    let new = Call {
        arguments: &["new", "p/b"],
        stdout: Text::Holds(&[]),
        ..SILENT
    };
    new.run(disk.path());
    let is_root = written(disk.path(), &["check", "p/b"], 0).is_empty()
        && std::fs::metadata("/proc/self")
            .is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0);
    for name in ["p/f", "p/g"] {
        let new = Call {
            arguments: &["new", name],
            stdout: Text::Holds(&[]),
            ..SILENT
        };
        new.run(disk.path());
    }
    for name in ["p/a", "p/c/d", "p/e"] {
        std::fs::create_dir_all(at(name).join("inside")).expect("a folder");
    }
    let unreadable = [
        ("p/a", 0o000),
        ("p/c/d", 0o000),
        ("p/e", 0o444),
        ("p/f/plays", 0o000),
        ("p/g/plays/first.play", 0o000),
    ];
    for (name, mode) in unreadable {
        set_permissions(at(name), Permissions::from_mode(mode)).expect("its own folder");
    }
    let run = |arguments: &[&str]| {
        let mut command = command(program.to_str().expect("a path"), disk.path());
        command.args(arguments);
        if is_root {
            // Root may read everything.
            command.uid(65534).gid(65534);
        }
        let output = command.output().expect("it starts");
        let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let checked = run(&["check", "p"]);
    let tested = run(&["test", "p"]);
    for (name, _) in unreadable {
        set_permissions(at(name), Permissions::from_mode(0o755)).expect("its own folder");
    }
    for (code, _, stderr) in [&checked, &tested] {
        assert_eq!(*code, Some(2));
        for (path, _) in unreadable {
            assert!(
                stderr.contains(&format!("error: cannot read {path}: Permission denied")),
                "{stderr}"
            );
        }
    }
    assert!(
        checked.2.ends_with("3 scenarios checked, 0 findings\n"),
        "{}",
        checked.2
    );
    assert!(tested.1.ends_with("3 plays, 0 failed\n"), "{}", tested.1);
}
