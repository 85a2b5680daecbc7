//! Disks that are full, locked or cannot be written while an exercise is recorded.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Call, Text, command, folder, starter};

use crate::journal::{PROGRAM, piped, run, since_startex, stderr, stdout};

#[test]
fn a_full_disk_refuses_moves_until_the_team_says_what_to_do() {
    let folder = folder();
    let home = folder.path();
    let free = run(home, &starter(&["--journal", "free.jsonl"]), "");
    assert!(free.status.success());
    let text = std::fs::read(home.join("free.jsonl")).expect("it was written");
    let head = text.iter().position(|byte| *byte == b'\n').expect("a head");
    std::fs::write(home.join("file"), "").expect("it can be written");
    // So many blocks of 1,024 bytes hold the head and a move or more, and not ten. The signal would kill it.
    let limit = (head + 400).div_ceil(1024);
    let line = format!(
        "trap '' XFSZ; ulimit -f {limit}; exec {PROGRAM} {} --journal a.jsonl",
        starter(&[]).join(" ")
    );
    let mut child = piped(command("bash", home).args(["-c", &line]));
    // Another folder on the same disk is as full; a pipe cannot become one.
    let input = "wait\n".repeat(10) + "retry\nrecord in file\ngo on unrecorded\nstatus\nwait\n";
    let mut stdin = child.stdin.take().expect("it was asked for");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let shown = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(
        shown.contains("\nUNRECORDED Your move could not be saved"),
        "{shown}"
    );
    let (before, after) = shown.split_at(shown.find("\nUNRECORDED").expect("one"));
    assert!(after.contains("\nNOW "), "it goes on unrecorded: {after}");
    let told = stderr(&output);
    assert!(
        told.starts_with("Recorded only in part in a.jsonl\n"),
        "{told}"
    );
    // What is on disk is what was shown before the first refusal.
    let resumed = run(home, &["resume", "a.jsonl"], "");
    assert!(stdout(&resumed).starts_with(before), "{}", stdout(&resumed));
}

/// A disk in memory, of a few blocks of 4,096 bytes. There is none if this process may not mount anything.
struct Disk<'a> {
    place: &'a Path,
}

impl<'a> Disk<'a> {
    fn mount(place: &'a Path, options: &str) -> Option<Self> {
        std::fs::create_dir_all(place).expect("it can be made");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(place)
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|it| it.success())
            .then_some(Self { place })
    }

    fn set(&self, options: &str) {
        let set = Command::new("mount")
            .args(["-o", &format!("remount,{options}")])
            .arg(self.place)
            .status();
        assert!(set.is_ok_and(|it| it.success()), "it was mounted");
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.place).status();
    }
}

/// Plays a line, lets something happen to the disk, plays the other lines, and returns everything that was shown.
fn while_playing(home: &Path, first: &str, meanwhile: impl FnOnce(), rest: &str) -> String {
    let mut child = piped(command(PROGRAM, home).args(starter(&["--journal", "disk/a.jsonl"])));
    let mut stdin = child.stdin.take().expect("it was asked for");
    let mut output = BufReader::new(child.stdout.take().expect("it was asked for"));
    stdin.write_all(first.as_bytes()).expect("it reads");
    let mut shown = String::new();
    // The answer to the first line.
    while !shown.contains("\nNOW 09:00 ") {
        assert!(
            output.read_line(&mut shown).expect("it writes") > 0,
            "{shown}"
        );
    }
    meanwhile();
    stdin.write_all(rest.as_bytes()).expect("it reads");
    drop(stdin);
    output.read_to_string(&mut shown).expect("it writes");
    child.wait().expect("it ends");
    shown
}

#[test]
fn a_real_disk_that_fills_refuses_moves_until_there_is_room() {
    let folder = folder();
    let home = folder.path();
    let place = home.join("disk");
    let Some(_disk) = Disk::mount(&place, "size=1m") else {
        // Only root may mount; the limit above stands in for it.
        return;
    };
    let fill = || {
        let mut ballast = std::fs::File::create(place.join("ballast")).expect("there is room");
        while ballast.write_all(&[0; 512]).is_ok() {}
    };
    // The last page of the journal has room: notes fill it.
    let notes = format!("note {}\n", "x".repeat(3000)).repeat(3);
    let shown = while_playing(home, "wait\n", fill, &(notes + "wait\nretry\n"));
    let refused = shown.find("\nUNRECORDED Your move could not be saved");
    let before = &shown[..refused.unwrap_or_else(|| panic!("it had room: {shown}"))];
    std::fs::remove_file(place.join("ballast")).expect("it is there");
    let resumed = run(home, &["resume", "disk/a.jsonl"], "wait\n");
    assert!(stdout(&resumed).starts_with(before), "{}", stdout(&resumed));
}

#[test]
fn a_disk_that_is_locked_can_be_read_and_not_gone_on_with() {
    let folder = folder();
    let home = folder.path();
    let place = home.join("disk");
    let Some(disk) = Disk::mount(&place, "size=1m") else {
        // Only root may mount, and only root can write to a read-only folder.
        return;
    };
    let shown = while_playing(home, "wait\n", || {}, "");
    disk.set("ro");
    let locked = run(home, &["resume", "disk/a.jsonl", "--plain"], "wait\n");
    assert_eq!(locked.status.code(), Some(2), "{}", stdout(&locked));
    assert!(
        stdout(&locked).starts_with("TROUBLE "),
        "{}",
        stdout(&locked)
    );
    let replayed = run(home, &["replay", "disk/a.jsonl", "--plain"], "");
    assert!(replayed.status.success(), "{}", stderr(&replayed));
    assert_eq!(since_startex(&stdout(&replayed)), since_startex(&shown));
    let begun = run(home, &starter(&["--journal", "disk/b.jsonl"]), "wait\n");
    assert!(
        stdout(&begun).contains("\nUNRECORDED Your move"),
        "{begun:?}"
    );
}

#[test]
fn where_nothing_can_be_made_another_folder_does() {
    let folder = folder();
    let home = folder.path();
    std::fs::write(home.join("file"), "").expect("it can be written");
    for place in ["file/a.jsonl", "/sys/a.jsonl"] {
        let call = Call {
            arguments: &starter(&["--journal", place]),
            input: "wait\nrecord in other\nwait\nquit\n",
            code: 1,
            stdout: Text::Holds(&[
                "UNRECORDED Your move could not be saved",
                "\n  record in FOLDER: ",
                "\nNOW ",
                "\nMOVE wait\n",
                "\nNOW ",
                "\nSTOP ",
            ]),
            stderr: Text::Holds(&[
                "Recorded in other/starter-",
                "sandtable resume other/starter-",
            ]),
        };
        call.run(home);
    }
}
