//! The start screen: what can be played, how, and what the keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::{PlaySetup, Request, ScenarioOffer, Unfinished};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll, Section};
use crate::tui::hits::{Hits, Mouse, MouseAction};
use crate::tui::theme::Theme;

const HOW: &str = "\
You are the people to whom an incident happens. Messages come in on the left; the situation is on the right, above what you are asked.

- A **number** marks an option; its cost stands beside it. **Enter** takes it. **Esc** leaves it.
- **w** waits until something happens. Only waiting lets time pass.
- **a** shows what you can do without being asked.
- **i** goes to the next new message, **m** shows what in it is documented and what is invented.
- **?** shows every key, **q** leaves.

A question that nobody answers in time takes its default, which is shown with it. There is no right answer on the screen: what an option leads to is shown after you take it.

At the end, ENDEX, every point that you won or lost is listed with its reason. Luck is marked as luck.

This is an exercise, not the real thing. The same scenario and the same seed give the same luck.";

/// What the start screen knows.
#[derive(Debug)]
pub(super) struct StartScreen {
    offers: Vec<ScenarioOffer>,
    /// Exercises to go on with, the latest first.
    unfinished: Vec<Unfinished>,
    offer: usize,
    variant: usize,
    /// 0 is the whole exercise.
    cut: usize,
    row: usize,
    help: Option<Scroll>,
    scroll: Scroll,
    /// Scrolls the list of what can be done, which may be longer than the screen.
    rows_scroll: Scroll,
    hits: Hits<StartTarget>,
}

/// What can be clicked or scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StartTarget {
    Key(Key),
    Row(usize),
    Summary,
    Rows,
    Help,
}

/// Rows that the summary of a scenario keeps if the rest of the screen is full.
const SUMMARY_ROWS: usize = 5;

/// What was chosen on the start screen, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StartChoice {
    scenario: String,
    variant: Option<String>,
    cut: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StartRow {
    Scenario,
    Variant,
    Part,
    Play,
    Watch,
    /// Go on with an exercise, by its place in their list.
    GoOn(usize),
    How,
    Leave,
}

impl StartScreen {
    /// The start screen, with what was chosen there before.
    pub(super) fn new(
        offers: Vec<ScenarioOffer>,
        unfinished: Vec<Unfinished>,
        before: Option<&StartChoice>,
    ) -> StartScreen {
        let mut start = StartScreen {
            offers,
            unfinished,
            offer: 0,
            variant: 0,
            cut: 0,
            row: 0,
            help: None,
            scroll: Scroll::default(),
            rows_scroll: Scroll::default(),
            hits: Hits::default(),
        };
        if let Some(before) = before {
            start.choose(before);
        }
        start.row = start
            .rows()
            .iter()
            .position(|&row| row == StartRow::Play)
            .unwrap_or(0);
        start
    }

    /// What is chosen now.
    pub(super) fn choice(&self) -> Option<StartChoice> {
        let offer = self.chosen()?;
        let cut = self.cut.checked_sub(1).and_then(|at| offer.cuts.get(at));
        Some(StartChoice {
            scenario: offer.id.clone(),
            variant: offer.variants.get(self.variant).map(|it| it.0.clone()),
            cut: cut.map(|it| it.0.clone()),
        })
    }

    /// Chooses again what is still offered.
    fn choose(&mut self, before: &StartChoice) {
        let Some(place) = self.offers.iter().position(|it| it.id == before.scenario) else {
            return;
        };
        self.offer = place;
        let offer = &self.offers[place];
        let variant = |id: &String| offer.variants.iter().position(|it| it.0 == *id);
        let cut = |id: &String| offer.cuts.iter().position(|it| it.0 == *id);
        self.variant = before.variant.as_ref().and_then(variant).unwrap_or(0);
        self.cut = before.cut.as_ref().and_then(cut).map_or(0, |at| at + 1);
    }

    fn chosen(&self) -> Option<&ScenarioOffer> {
        self.offers.get(self.offer)
    }

    fn rows(&self) -> Vec<StartRow> {
        let mut rows = Vec::new();
        if self.offers.len() > 1 {
            rows.push(StartRow::Scenario);
        }
        if let Some(offer) = self.chosen() {
            if offer.variants.len() > 1 {
                rows.push(StartRow::Variant);
            }
            if !offer.cuts.is_empty() {
                rows.push(StartRow::Part);
            }
            rows.push(StartRow::Play);
            if offer.history {
                rows.push(StartRow::Watch);
            }
        }
        rows.extend((0..self.unfinished.len()).map(StartRow::GoOn));
        rows.extend([StartRow::How, StartRow::Leave]);
        rows
    }

    pub(super) fn key(&mut self, key: Key) -> Option<Request> {
        if let Some(scroll) = &self.help {
            if !scroll.key(key) && matches!(key, Key::Esc | Key::Enter | Key::Char('q' | '?')) {
                self.help = None;
            }
            return None;
        }
        self.rows_scroll.follow();
        let rows = self.rows();
        let row = rows.get(self.row).copied().unwrap_or(StartRow::Leave);
        match key {
            Key::Up | Key::Char('k') => self.row = self.row.saturating_sub(1),
            Key::Down | Key::Char('j') => self.row = (self.row + 1).min(rows.len() - 1),
            Key::Left => self.change(row, false),
            Key::Right => self.change(row, true),
            Key::Enter | Key::Char(' ') => return self.act(row),
            Key::Char('p') => return self.act(StartRow::Play),
            Key::Char('h') => return self.act(StartRow::Watch),
            Key::Char('g') => return self.act(StartRow::GoOn(0)),
            Key::Char('?') => return self.act(StartRow::How),
            Key::Char('q') | Key::Esc => return Some(Request::Quit),
            other => {
                self.scroll.key(other);
            }
        }
        None
    }

    /// A click selects a row; a second one does what it says.
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        if mouse.action == MouseAction::Press {
            let clicked = |it| matches!(it, StartTarget::Key(_) | StartTarget::Row(_));
            return match self.hits.under(mouse, clicked)? {
                StartTarget::Key(key) => self.key(key),
                StartTarget::Row(row) if row == self.row => self.key(Key::Enter),
                StartTarget::Row(row) => {
                    self.row = row;
                    None
                }
                StartTarget::Summary | StartTarget::Rows | StartTarget::Help => None,
            };
        }
        let scrolls = |it| {
            matches!(
                it,
                StartTarget::Summary | StartTarget::Rows | StartTarget::Help
            )
        };
        match (self.hits.under(mouse, scrolls)?, &self.help) {
            (StartTarget::Summary, _) => self.scroll.wheel(mouse.action),
            (StartTarget::Rows, _) => self.rows_scroll.wheel(mouse.action),
            (StartTarget::Help, Some(help)) => help.wheel(mouse.action),
            _ => {}
        }
        None
    }

    pub(super) fn cursor(&self) -> Option<Position> {
        self.hits.cursor()
    }

    fn act(&mut self, row: StartRow) -> Option<Request> {
        match row {
            StartRow::Scenario | StartRow::Variant | StartRow::Part => self.change(row, true),
            StartRow::Play => return self.setup(false).map(Request::Open),
            StartRow::Watch => return self.setup(true).map(Request::Open),
            StartRow::GoOn(place) => {
                let exercise = self.unfinished.get(place)?.exercise.clone();
                let replay = false;
                return Some(Request::Reopen { exercise, replay });
            }
            StartRow::How => self.help = Some(Scroll::default()),
            StartRow::Leave => return Some(Request::Quit),
        }
        None
    }

    fn setup(&self, history: bool) -> Option<PlaySetup> {
        let offer = self.chosen()?;
        if history && !offer.history {
            return None;
        }
        // What really happened is a play of the scenario without variants.
        let variant = if history || self.variant == 0 {
            None
        } else {
            offer.variants.get(self.variant)
        };
        let cut = if history {
            None
        } else {
            self.cut.checked_sub(1).and_then(|at| offer.cuts.get(at))
        };
        Some(PlaySetup {
            seats: Vec::new(),
            team: String::new(),
            allow_take_back: false,
            scenario: offer.id.clone(),
            variant: variant.map(|it| it.0.clone()),
            cut: cut.map(|it| it.0.clone()),
            seed: None,
            history,
        })
    }

    fn change(&mut self, row: StartRow, forward: bool) {
        let turn = |place: usize, count: usize| {
            let step = if forward { 1 } else { count - 1 };
            (place + step) % count
        };
        let Some(offer) = self.offers.get(self.offer) else {
            return;
        };
        match row {
            StartRow::Scenario => {
                self.offer = turn(self.offer, self.offers.len());
                (self.variant, self.cut) = (0, 0);
                self.scroll.reset();
            }
            StartRow::Variant => self.variant = turn(self.variant, offer.variants.len()),
            StartRow::Part => self.cut = turn(self.cut, offer.cuts.len() + 1),
            StartRow::Play
            | StartRow::Watch
            | StartRow::GoOn(_)
            | StartRow::How
            | StartRow::Leave => {}
        }
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        draw::header(
            buf,
            area,
            theme,
            ["sandtable: tabletop incident exercises", "", ""],
        );
        self.hits.clear();
        let (menu, entries) = self.menu(theme, usize::from(area.width) - 4);
        let body = Rect::new(area.x, area.y + 1, area.width, area.height - 2);
        let title = self
            .chosen()
            .map_or("No scenarios", |offer| offer.title.as_str());
        let text = match self.chosen() {
            Some(offer) => offer.summary.as_str(),
            None => "There is no scenario here. `sandtable new DIR` writes a starter.",
        };
        let columns = usize::from(area.width).saturating_sub(4).min(96);
        let lines = draw::paragraph(text, columns, Style::new());
        let room = usize::from(body.height).saturating_sub(3);
        let most = room
            .saturating_sub(menu.len())
            .max(SUMMARY_ROWS.min(room / 2));
        let parts = [
            Section::new(title, lines.len().min(most)),
            Section::new("What now?", 0),
        ];
        let inside = draw::sections(buf, body, theme, &parts);
        draw::scrolled_above(buf, inside[0], theme, &lines, &self.scroll);
        let line = entries.get(self.row).map_or(0, |it| it.0);
        self.rows_scroll.show(line, inside[1].height.into());
        draw::scrolled(buf, inside[1], theme, &menu, &self.rows_scroll);
        let first = self.rows_scroll.first();
        self.hits.add(inside[0], StartTarget::Summary);
        self.hits.add(inside[1], StartTarget::Rows);
        self.hits.entries(inside[1], first, &entries);
        self.hits.focus(inside[1], first, line);
        let mut keys = vec![
            ("Enter", "do it"),
            ("up/down", "move"),
            ("left/right", "change"),
            ("?", "how to play"),
            ("q", "leave"),
        ];
        if !self.unfinished.is_empty() {
            keys.insert(1, ("g", "go on"));
        }
        self.hits
            .keys(draw::foot(buf, area, theme, &keys), StartTarget::Key);
        if let Some(scroll) = &self.help {
            self.hits.clear();
            let columns = (usize::from(area.width) - 8).min(72);
            let lines = theme.markdown(HOW, columns);
            let size = (columns, lines.len());
            let inside = draw::dialog(buf, area, theme, "How to play    Esc: back", size);
            draw::scrolled(buf, inside, theme, &lines, scroll);
            self.hits.add(inside, StartTarget::Help);
            self.hits.focus(inside, 0, 0);
        }
    }

    /// What can be done, as lines, and the lines of each entry.
    fn menu(
        &self,
        theme: Theme,
        columns: usize,
    ) -> (Vec<Line<'static>>, Vec<(usize, usize, StartTarget)>) {
        let mut lines = Vec::new();
        let mut entries = Vec::new();
        for (number, row) in self.rows().into_iter().enumerate() {
            let first = lines.len();
            let here = number == self.row;
            let mark = if here { "> " } else { "  " };
            let style = if here { theme.cursor() } else { theme.strong() };
            let (label, note) = self.words(row);
            let mut spans = vec![Span::raw(mark), Span::styled(label, style)];
            if !note.is_empty() {
                spans.push(Span::styled(format!("  {note}"), theme.quiet()));
            }
            let line = Line::from(spans);
            if line.width() <= columns {
                lines.push(line);
            } else {
                let kept = line.spans[..2].to_vec();
                lines.push(Line::from(kept));
                let note = line.spans[2].content.trim();
                let room = columns.saturating_sub(6);
                let below = draw::indented(note, 6, room, theme.quiet());
                lines.extend(below);
            }
            entries.push((first, lines.len() - first, StartTarget::Row(number)));
        }
        (lines, entries)
    }

    fn words(&self, row: StartRow) -> (String, String) {
        let offer = self.chosen();
        let variant = offer.and_then(|it| it.variants.get(self.variant));
        let cut = offer.and_then(|it| self.cut.checked_sub(1).and_then(|at| it.cuts.get(at)));
        match row {
            StartRow::Scenario => {
                let title = offer.map_or("", |it| it.title.as_str());
                let note = format!("{} of {}", self.offer + 1, self.offers.len());
                (format!("Scenario  < {title} >"), note)
            }
            StartRow::Variant => variant.map_or_else(Default::default, |(_, title, sentence)| {
                (format!("Variant   < {title} >"), sentence.clone())
            }),
            StartRow::Part => match cut {
                None => (
                    "Part      < The whole exercise >".to_owned(),
                    "all phases".to_owned(),
                ),
                Some((_, title, minutes)) => (
                    format!("Part      < {title} >"),
                    format!("about {minutes} min"),
                ),
            },
            StartRow::Play => ("Play".to_owned(), "you decide".to_owned()),
            StartRow::Watch => (
                "Watch what really happened".to_owned(),
                "all of it, step by step, with sources".to_owned(),
            ),
            StartRow::GoOn(place) => self
                .unfinished
                .get(place)
                .map_or_else(Default::default, go_on),
            StartRow::How => ("How to play".to_owned(), String::new()),
            StartRow::Leave => ("Leave".to_owned(), String::new()),
        }
    }
}

/// An exercise to go on with: what it is, and when its journal was last written.
fn go_on(it: &Unfinished) -> (String, String) {
    let mut label = format!("Go on with: {}", it.scenario);
    if !it.team.is_empty() {
        label.extend([", team ", &it.team]);
    }
    let moves = match it.moves {
        0 => "no move yet".to_owned(),
        1 => "1 move".to_owned(),
        many => format!("{many} moves"),
    };
    (
        format!("{label}, {moves}"),
        format!("written {}", short_date(&it.written)),
    )
}

/// `2022-08-04 07:20` as `4 Aug 2022 07:20 UTC`; anything else stays as it is.
fn short_date(written: &str) -> String {
    match jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", written) {
        Ok(at) => at.strftime("%-d %b %Y %H:%M UTC").to_string(),
        Err(_) => written.to_owned(),
    }
}
