//! The same keys for the program in a pseudo-terminal and for the screen in memory: both must show the same.

use std::path::Path;

use ratatui::Terminal as Drawn;
use ratatui::backend::TestBackend;
use sandtable::engine::look::Viewer;
use sandtable::front::{MoveById, PlaySetup, Request, Room};
use sandtable::local::LocalRoom;
use sandtable::play::line_of;
use sandtable::room::RoomSettings;
use sandtable::tui::theme::Theme;
use sandtable::tui::{Key, Tui};

use crate::pty::{Size, Terminal, tidy};

/// Both of them.
pub struct Twin {
    pub terminal: Terminal,
    tui: Tui,
    pub room: LocalRoom,
    size: Size,
}

impl Twin {
    /// Starts `sandtable` with arguments that open what `setup` says.
    pub fn start(arguments: &[&str], setup: PlaySetup, folder: &Path, size: Size) -> Twin {
        let mut program = vec![env!("CARGO_BIN_EXE_sandtable")];
        program.extend(arguments);
        // What is worked out in the background comes when it comes.
        program.push("--no-hindsight");
        let mut twin = Twin {
            terminal: Terminal::start(&program, folder, size, &[]),
            tui: Tui::new(Theme::default()),
            room: LocalRoom::new(RoomSettings::new(Vec::new(), || 0)),
            size,
        };
        twin.serve(Request::Open(setup));
        twin.settle(1);
        twin
    }

    /// Presses a key in both and waits until both have taken it and show the same. A frame is waited for even where it
    /// shows what was there before: a later change of the window must not overtake the key, and two keys must not become
    /// one.
    pub fn press(&mut self, key: Key) {
        let typed = match key {
            Key::Char(letter) => letter.to_string(),
            Key::Enter => "\r".to_owned(),
            Key::Esc => "\u{1b}".to_owned(),
            Key::Tab => "\t".to_owned(),
            Key::Down => "\u{1b}[B".to_owned(),
            other => panic!("{other:?} is not typed in any test"),
        };
        let frames = self.terminal.drawn() + 1;
        self.terminal.send(&typed);
        match self.tui.key(key) {
            Some(Request::Quit) => {}
            Some(request) => {
                self.serve(request);
                self.settle(frames);
            }
            None => self.settle(frames),
        }
    }

    /// Makes a move by the keys that a person would use: turns to the question, marks, and takes.
    pub fn make(&mut self, wanted: &MoveById) {
        let exercise = self.room.exercise().expect("it began");
        let view = exercise.view(&Viewer::all(exercise.program()));
        match wanted {
            MoveById::Wait => {
                let moves = exercise.moves().len();
                self.press(Key::Char('w'));
                // Before a deadline it says first what that takes.
                if self.room.exercise().expect("it began").moves().len() == moves {
                    self.press(Key::Char('w'));
                }
            }
            MoveById::Take(action) => {
                // What can be done now is listed first.
                let mut possible = view.actions.iter().filter(|it| it.barred.is_none());
                let place = possible.position(|it| it.id == *action);
                self.press(Key::Char('a'));
                for _ in 0..=place.expect("it is listed") {
                    self.press(Key::Down);
                }
                self.press(Key::Enter);
            }
            MoveById::Choose(decision, option) => {
                let decision = view.decisions.iter().find(|it| it.id == *decision);
                let decision = decision.expect("it is open");
                // The whole question, which must be the one on screen before it is answered.
                let letters = decision.question.chars().filter(|letter| *letter != '*');
                let begins: String = letters.take(30).collect();
                let mut turns = 0;
                loop {
                    self.press(Key::Char('d'));
                    if self.overlay_begins_with(&begins) {
                        break;
                    }
                    self.press(Key::Esc);
                    self.press(Key::Tab);
                    turns += 1;
                    assert!(turns < 20, "{begins} is nowhere\n{}", self.text());
                }
                let place = decision.options.iter().position(|it| it.id == *option);
                let digit = char::from(b'1' + place.expect("it is listed") as u8);
                self.press(Key::Char(digit));
                self.press(Key::Enter);
            }
        }
        let exercise = self.room.exercise().expect("it began");
        let made = exercise
            .moves()
            .last()
            .map(|it| line_of(exercise.program(), it));
        assert_eq!(made, Some(as_line(wanted)), "{}", self.text());
    }

    /// Whether the first line under the title of what is open over the screen begins so.
    fn overlay_begins_with(&self, text: &str) -> bool {
        let shown = self.text();
        let mut lines = shown
            .lines()
            .skip_while(|line| !line.contains("Decide    Esc: back"));
        let column = lines.next().and_then(|line| {
            line.find("Decide    Esc: back")
                .map(|at| line[..at].chars().count())
        });
        match (column, lines.next()) {
            (Some(column), Some(line)) => {
                let inside: String = line.chars().skip(column).collect();
                inside.starts_with(text)
            }
            _ => false,
        }
    }

    /// Makes the window larger or smaller.
    pub fn resize(&mut self, size: Size) {
        // The program hears of a change alone.
        let frames = self.terminal.drawn() + usize::from(size != self.size);
        self.size = size;
        self.terminal.resize(size);
        self.settle(frames);
    }

    /// What the screen in memory shows.
    pub fn text(&self) -> String {
        let (columns, rows) = self.size;
        let mut drawn =
            Drawn::new(TestBackend::new(columns, rows)).expect("memory takes everything");
        drawn
            .draw(|frame| self.tui.render(frame))
            .expect("memory takes everything");
        let buffer = drawn.backend().buffer();
        let mut text = String::new();
        for row in 0..rows {
            for column in 0..columns {
                text.push_str(buffer[(column, row)].symbol());
            }
            text.push('\n');
        }
        tidy(&text)
    }

    fn settle(&mut self, frames: usize) {
        let wanted = self.text();
        self.terminal
            .until_drawn(frames, &wanted, |screen| tidy(&screen.contents()) == wanted);
    }

    fn serve(&mut self, request: Request) {
        let mut requests = std::collections::VecDeque::from([request]);
        while let Some(request) = requests.pop_front() {
            for msg in self.room.ask(request) {
                requests.extend(self.tui.update(msg));
            }
        }
    }
}

/// A move as the play grammar has it.
fn as_line(wanted: &MoveById) -> String {
    match wanted {
        MoveById::Wait => "wait".to_owned(),
        MoveById::Take(action) => format!("take {action}"),
        MoveById::Choose(decision, option) => format!("choose {decision} {option}"),
    }
}
