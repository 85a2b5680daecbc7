//! The same keys for the program in a pseudo-terminal and for the screen in memory: both must show the same.

use std::path::Path;

use ratatui::Terminal as Drawn;
use ratatui::backend::TestBackend;
use sandtable::front::{Request, Room, Setup};
use sandtable::local::LocalRoom;
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
    pub fn start(arguments: &[&str], setup: Setup, folder: &Path, size: Size) -> Twin {
        let mut program = vec![env!("CARGO_BIN_EXE_sandtable")];
        program.extend(arguments);
        let mut twin = Twin {
            terminal: Terminal::start(&program, folder, size, &[]),
            tui: Tui::new(Theme::default()),
            room: LocalRoom::new(Vec::new(), || 0),
            size,
        };
        twin.serve(Request::Open(setup));
        twin.settle();
        twin
    }

    /// Presses a key in both and waits until both show the same.
    pub fn press(&mut self, key: Key) {
        let typed = match key {
            Key::Char(letter) => letter.to_string(),
            Key::Enter => "\r".to_owned(),
            Key::Esc => "\u{1b}".to_owned(),
            Key::Tab => "\t".to_owned(),
            Key::Down => "\u{1b}[B".to_owned(),
            other => panic!("{other:?} is not typed in any test"),
        };
        self.terminal.send(&typed);
        match self.tui.key(key) {
            Some(Request::Quit) => {}
            Some(request) => {
                self.serve(request);
                self.settle();
            }
            None => self.settle(),
        }
    }

    /// Makes the window larger or smaller.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.terminal.resize(size);
        self.settle();
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

    fn settle(&mut self) {
        let wanted = self.text();
        self.terminal
            .until(&wanted, |screen| tidy(&screen.contents()) == wanted);
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
