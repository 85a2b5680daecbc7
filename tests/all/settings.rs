//! The settings file: what it sets, what comes before it, and that nothing in it stops an exercise.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::colours::styles;
use crate::journal::{PROGRAM, run, stderr, stdout};
use crate::program::{Call, SILENT, Text, command, folder, starter};
use crate::pty::Terminal;
use crate::terminal::SMALL;

const PATH: &str = ".config/sandtable/settings.yaml";

/// Makes the folder of the file, and says where the file belongs.
fn place(home: &Path) -> std::path::PathBuf {
    let path = home.join(PATH);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
    path
}

fn set(home: &Path, text: &str) {
    fs::write(place(home), text).expect("it can be written");
}

#[test]
fn config_says_where_the_file_is_what_is_set_and_what_may_be() {
    let folder = folder();
    let home = folder.path();
    let path = home.join(PATH);
    let path = path.display();
    // The tests' own environment sets NO_COLOR.
    let nothing = format!(
        "Settings: {path} (not there)\n\n\
         SETTING  VALUE  FROM      MAY BE\n\
         colours  none   NO_COLOR  auto, dark, light, none\n\
         wait     ask    default   ask, at-once\n"
    );
    let config = Call {
        arguments: &["config"],
        ..SILENT
    };
    Call {
        stdout: Text::Is(&nothing),
        ..config
    }
    .run(home);
    set(home, "# mine\r\nwait: at-once\r\ncolours: light\r\n");
    let written = command(PROGRAM, home)
        .arg("config")
        .env_remove("NO_COLOR")
        .output()
        .expect("it runs");
    let all = format!(
        "Settings: {path}\n\n\
         SETTING  VALUE    FROM    MAY BE\n\
         colours  light    line 3  auto, dark, light, none\n\
         wait     at-once  line 2  ask, at-once\n"
    );
    assert_eq!(stdout(&written), all);
    assert_eq!(
        (stderr(&written), written.status.code()),
        (String::new(), Some(0))
    );
    set(home, "wiat: at-once\n");
    let findings = [
        "warning[unknown-field]: unknown key `wiat`",
        "settings.yaml:1:1",
        "The keys are `colours` and `wait`.",
        "wait: at-once",
    ];
    Call {
        code: 1,
        stdout: Text::Holds(&["wait     ask    default"]),
        stderr: Text::Holds(&findings),
        ..config
    }
    .run(home);
    for help in ["colours: ", "wait: ", "exit code 1"] {
        Call {
            arguments: &["config", "--help"],
            stdout: Text::Holds(&[help]),
            ..SILENT
        }
        .run(home);
    }
}

#[test]
fn the_folder_of_settings_is_the_one_that_the_environment_names() {
    let folder = folder();
    let home = folder.path();
    let cases: [(&[(&str, &str)], &str); 5] = [
        (
            &[("XDG_CONFIG_HOME", "/x")],
            "Settings: /x/sandtable/settings.yaml (not there)\n",
        ),
        (
            &[("HOME", "/h"), ("XDG_CONFIG_HOME", "x")],
            "Settings: /h/.config/sandtable/settings.yaml (not there)\n",
        ),
        (
            &[("HOME", ""), ("APPDATA", "/a")],
            "There is no place for settings: neither XDG_CONFIG_HOME nor HOME is set.\n",
        ),
        (
            &[("HOME", "/h"), ("APPDATA", "/a")],
            "Settings: /h/.config/sandtable/settings.yaml (not there)\n",
        ),
        (
            &[("HOME", "")],
            "There is no place for settings: neither XDG_CONFIG_HOME nor HOME is set.\n",
        ),
    ];
    for (environment, expected) in cases {
        let mut config = command(PROGRAM, home);
        config.arg("config").envs(environment.iter().copied());
        let written = config.output().expect("it runs");
        assert!(
            stdout(&written).starts_with(expected),
            "{environment:?} {}",
            stdout(&written)
        );
        assert_eq!(written.status.code(), Some(0));
    }
}

#[test]
fn a_bad_file_is_said_once_and_the_exercise_goes_on() {
    let folder = folder();
    let home = folder.path();
    let usual = stdout(&run(home, &starter(&[]), "wait\nquit\n"));
    for (text, said) in [
        ("colours: drak\n", "`colours` cannot be `drak`"),
        ("theme: dark\n", "unknown key `theme`"),
        ("wait: [", "`[` is never closed"),
        ("wait: \u{1b}[31m\n", "control character U+001B"),
        ("light", "expected keys with words, found text"),
    ] {
        set(home, text);
        let played = run(home, &starter(&[]), "wait\nquit\n");
        assert_eq!(stdout(&played), usual, "{text:?}");
        assert_eq!(played.status.code(), Some(0), "{text:?}");
        let stderr = stderr(&played);
        assert_eq!(stderr.matches(said).count(), 1, "{stderr}");
        assert!(stderr.contains("settings.yaml:1:"), "{stderr}");
        assert!(!stderr.contains('\u{1b}'), "{stderr:?}");
    }
    set(home, "wait: ask");
    let played = run(home, &starter(&[]), "wait\nquit\n");
    assert_eq!((stdout(&played), stderr(&played)), (usual, String::new()));
}

#[test]
fn what_cannot_be_read_as_settings_holds_nothing_up() {
    let folder = folder();
    let home = folder.path();
    let path = place(home);
    let usual = stdout(&run(home, &starter(&[]), "wait\nquit\n"));
    let fifo = || {
        let made = command("mkfifo", home).arg(&path).status();
        assert!(made.expect("it runs").success());
    };
    let huge = || {
        let file = fs::File::create(&path).expect("it can be made");
        file.set_len(1 << 40).expect("it has no blocks");
    };
    let link = |to: &str| symlink(to, &path).expect("it can be made");
    let cases: [(&dyn Fn(), &str); 6] = [
        (&fifo, "is not a regular file, and is not read"),
        (&huge, "has more than 64 KiB, and is not read"),
        (
            &|| link("/dev/zero"),
            "is not a regular file, and is not read",
        ),
        (&|| link("nowhere"), "cannot read "),
        (&|| link("settings.yaml"), "cannot read "),
        (&|| link("/etc"), "is not a regular file, and is not read"),
    ];
    for (make, said) in cases {
        make();
        let played = run(home, &starter(&[]), "wait\nquit\n");
        assert_eq!(stdout(&played), usual, "{said}");
        assert_eq!(played.status.code(), Some(0), "{said}");
        let stderr = stderr(&played);
        let warned = stderr.starts_with("warning: ") && stderr.contains(said);
        assert!(warned, "{said} is not in {stderr}");
        let config = Call {
            arguments: &["config"],
            code: 2,
            stdout: Text::Holds(&["wait     ask    default"]),
            stderr: Text::Holds(&[
                "error: ",
                said,
                "\nhint: Everything it would set is as usual.\n",
            ]),
            ..SILENT
        };
        config.run(home);
        fs::remove_file(&path).expect("it is there");
    }
    // Somebody may keep their settings elsewhere.
    fs::write(home.join("mine.yaml"), "wait: at-once\n").expect("it can be written");
    link("../../mine.yaml");
    let config = Call {
        arguments: &["config"],
        stdout: Text::Holds(&["wait     at-once  line 1"]),
        ..SILENT
    };
    config.run(home);
}

/// The file, arguments, variables, and whether any colours and the magenta of light backgrounds are seen.
type Colours<'a> = (
    &'a str,
    &'a [&'a str],
    &'a [(&'a str, &'a str)],
    (bool, bool),
);

#[test]
fn colours_of_the_file_come_after_options_and_no_color_and_before_the_terminal() {
    let any = |numbers: &[u16]| {
        numbers
            .iter()
            .any(|it| matches!(it, 30..=38 | 40..=48 | 90..=97))
    };
    let magenta = |numbers: &[u16]| numbers.windows(3).any(|it| it == [38, 5, 5]);
    let cases: [Colours; 6] = [
        (
            "colours: light",
            &[],
            &[("COLORFGBG", "15;0")],
            (true, true),
        ),
        (
            "colours: dark",
            &[],
            &[("COLORFGBG", "0;15")],
            (true, false),
        ),
        (
            "colours: none",
            &[],
            &[("COLORTERM", "24bit")],
            (false, false),
        ),
        ("colours: light", &[], &[("NO_COLOR", "1")], (false, false)),
        ("colours: light", &["--colours", "dark"], &[], (true, false)),
        (
            "colours: dark",
            &["--colours", "auto"],
            &[("COLORFGBG", "0;15")],
            (true, true),
        ),
    ];
    for (text, more, environment, expected) in cases {
        let folder = folder();
        set(folder.path(), text);
        let arguments = [&[PROGRAM, "play", "starter"], more].concat();
        let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, environment);
        terminal.shows("The note at reception");
        terminal.send("\u{3}");
        terminal.ends();
        let numbers = styles(&terminal.written);
        let found = (any(&numbers), magenta(&numbers));
        assert_eq!(
            found, expected,
            "{text} {more:?} {environment:?} {numbers:?}"
        );
    }
}

#[test]
fn a_setting_lets_w_wait_at_once() {
    let folder = folder();
    set(folder.path(), "wait: at-once\nunknown: key\n");
    let play = [PROGRAM, "play", "starter", "--seed", "7"];
    let mut terminal = Terminal::start(&play, folder.path(), SMALL, &[]);
    terminal.shows("briefing");
    terminal.send("\r");
    terminal.shows("What do you do first?");
    terminal.send("w");
    terminal.shows("09:00 GMT");
    terminal.send("qq");
    // It was said before the terminal was taken, and stands there again.
    terminal.shows("unknown key `unknown`");
    assert_eq!(terminal.ends(), 0);
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    assert!(!written.contains("Press w again"), "{written}");
}
