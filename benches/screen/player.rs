//! Somebody at a screen in memory, who does anything that a view allows.

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sandtable::engine::luck::Stream;
use sandtable::engine::view::View;
use sandtable::front::{MoveById, Msg, PlaySetup, Request, Room};
use sandtable::local::LocalRoom;
use sandtable::tui::theme::Theme;
use sandtable::tui::{Key, Tui};

/// A screen, the room behind it, and what was shown last.
pub struct Player {
    tui: Tui,
    room: LocalRoom,
    terminal: Terminal<TestBackend>,
    view: Option<Box<View>>,
    choices: Stream,
}

impl Player {
    /// A player at STARTEX.
    pub fn new(room: LocalRoom, (width, height): (u16, u16), seed: u64) -> Self {
        let terminal = Terminal::new(TestBackend::new(width, height));
        let mut player = Self {
            tui: Tui::new(Theme::default()),
            room,
            terminal: terminal.expect("a screen in memory cannot fail"),
            view: None,
            choices: Stream(seed),
        };
        player.again();
        player
    }

    /// From ENDEX over the start screen to STARTEX, with another seed.
    pub fn again(&mut self) {
        self.view = None;
        let setup = PlaySetup {
            scenario: "advanced-2022".into(),
            seed: Some(self.choices.below(1_000_000)),
            ..PlaySetup::default()
        };
        for request in [Request::Home, Request::Open(setup), Request::Begin] {
            self.ask(request);
        }
        assert!(self.view.is_some(), "the exercise begins");
    }

    /// Whether ENDEX has come.
    pub fn is_over(&self) -> bool {
        self.view().ending.is_some()
    }

    /// How many messages lie in the inbox.
    pub fn messages(&self) -> usize {
        self.view().inbox.len()
    }

    /// Presses a key and draws; what it asks for is not done.
    pub fn press(&mut self, key: Key) {
        let _ = self.tui.key(key);
        self.draw();
    }

    /// Makes any move that the view allows: how long the room took, and then the screen.
    pub fn make_any(&mut self) -> (Duration, Duration) {
        let view = self.view();
        let mut possible = vec![MoveById::Wait];
        for decision in &view.decisions {
            let open = decision.options.iter().filter(|it| it.barred.is_none());
            possible.extend(open.map(|it| MoveById::Choose(decision.id.clone(), it.id.clone())));
        }
        let open = view.actions.iter().filter(|it| it.barred.is_none());
        possible.extend(open.map(|it| MoveById::Take(it.id.clone())));
        let drawn = self.choices.below(possible.len() as u64) as usize;
        self.ask(Request::Move(possible.swap_remove(drawn)))
    }

    fn ask(&mut self, request: Request) -> (Duration, Duration) {
        let begun = Instant::now();
        let told = self.room.ask(request);
        let answer = begun.elapsed();
        for msg in &told {
            match msg {
                Msg::View(view) => {
                    let mut view = view.clone();
                    if let Some(before) = &mut self.view {
                        view.follow(before);
                    }
                    self.view = Some(view);
                }
                Msg::Refused(why) | Msg::Trouble(why) => panic!("{why}"),
                Msg::Unrecorded(it) => panic!("{}", it.why),
                _ => {}
            }
        }
        let begun = Instant::now();
        for msg in told {
            let _ = self.tui.update(msg);
        }
        self.draw();
        (answer, begun.elapsed())
    }

    fn draw(&mut self) {
        let tui = &self.tui;
        let drawn = self.terminal.draw(|frame| tui.render(frame));
        drawn.expect("a screen in memory cannot fail");
    }

    fn view(&self) -> &View {
        self.view.as_deref().expect("the exercise has begun")
    }
}
