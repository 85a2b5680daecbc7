//! What the full screen writes to terminals of different abilities: colours, and ASCII alone.

use crate::program::folder;
use crate::pty::Terminal;
use crate::terminal::{SANDTABLE, SMALL};

/// The numbers of every sequence that sets colours or styles.
pub fn styles(written: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(written).into_owned();
    let mut numbers = Vec::new();
    for piece in text.split("\u{1b}[").skip(1) {
        let end = piece.find(|c: char| c.is_ascii_alphabetic());
        if let Some(end) = end.filter(|&end| piece[end..].starts_with('m')) {
            numbers.extend(
                piece[..end]
                    .split([';', ':'])
                    .filter_map(|it| it.parse::<u16>().ok()),
            );
        }
    }
    numbers
}

#[test]
fn no_color_means_no_colours() {
    let is_colour = |number: &u16| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107);
    for (environment, coloured) in [(&[][..], true), (&[("NO_COLOR", "1")][..], false)] {
        let folder = folder();
        let arguments = [SANDTABLE, "play", "starter", "--seed", "7"];
        let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, environment);
        terminal.shows("The note at reception");
        terminal.send("\r");
        terminal.shows("What do you do first?");
        terminal.send("1");
        terminal.shows("Enter takes option 1");
        terminal.send("q");
        terminal.shows("leave the program");
        terminal.send("q");
        assert_eq!(terminal.ends(), 0);
        let numbers = styles(&terminal.written);
        assert_eq!(numbers.iter().any(is_colour), coloured, "{numbers:?}");
        // Bold and reversed stay.
        assert!(numbers.contains(&1) && numbers.contains(&7), "{numbers:?}");
    }
}

/// Arguments, variables, and whether exact colours and the magenta of light backgrounds are seen.
type Colours<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], (bool, bool));

#[test]
fn colours_follow_the_terminal_or_what_is_asked_for() {
    let exact = |numbers: &[u16]| numbers.windows(2).any(|it| it == [38, 2]);
    let magenta = |numbers: &[u16]| numbers.windows(3).any(|it| it == [38, 5, 5]);
    let cases: [Colours; 5] = [
        (&[], &[], (false, false)),
        (&[], &[("COLORTERM", "truecolor")], (true, false)),
        (&[], &[("COLORFGBG", "0;15")], (false, true)),
        (&["--colours", "light"], &[("NO_COLOR", "1")], (false, true)),
        (
            &["--colors", "none"],
            &[("COLORTERM", "24bit")],
            (false, false),
        ),
    ];
    for (more, environment, expected) in cases {
        let folder = folder();
        let arguments = [&[SANDTABLE, "play", "starter"], more].concat();
        let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, environment);
        terminal.shows("The note at reception");
        terminal.send("\u{3}");
        terminal.ends();
        let numbers = styles(&terminal.written);
        let found = (exact(&numbers), magenta(&numbers));
        assert_eq!(found, expected, "{more:?} {environment:?} {numbers:?}");
    }
}

#[test]
fn a_terminal_that_shows_only_ascii_gets_nothing_else() {
    for (environment, ascii) in [
        (&[("TERM", "linux")][..], true),
        (&[("LC_ALL", "C")], true),
        (&[("LC_ALL", ""), ("LANG", "")], false),
    ] {
        let folder = folder();
        let arguments = [SANDTABLE, "play", "starter"];
        let mut terminal = Terminal::start(&arguments, folder.path(), SMALL, environment);
        terminal.shows("The note at reception");
        terminal.send("\u{3}");
        terminal.ends();
        assert_eq!(terminal.written.is_ascii(), ascii, "{environment:?}");
    }
}
