//! The question on screen: which of the open ones it is, the option that is marked, and the keys that answer.

use std::collections::BTreeSet;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::front::sentences;
use crate::front::text::width;
use crate::front::view::{OpenDecision, View};
use crate::front::{MoveById, Request};
use crate::tui::Key;
use crate::tui::draw::{hanging, indented, paragraph};
use crate::tui::exercise::ballot::{how_it_stands, votes_for};
use crate::tui::exercise::choices::{ChoiceLines, Detail, choice_lines};
use crate::tui::exercise::facts::{LitScene, Scene};
use crate::tui::exercise::outcome::{KeyOutcome, MarkedOption, Opening};
use crate::tui::exercise::phrases::{
    TypedNumber, clock, countdown_style, key_line, quoted, short_time, takes,
};
use crate::tui::theme::Theme;

/// Which question is shown, and what is marked in it.
#[derive(Debug, Default)]
pub(super) struct QuestionPane {
    /// Its place among the open decisions.
    shown: usize,
    /// The option that is marked and waits for Enter.
    picked: Option<usize>,
    /// What is being typed to mark one.
    number: TypedNumber,
}

impl QuestionPane {
    /// The decision on screen.
    pub(super) fn decision<'a>(&self, view: &'a View) -> Option<&'a OpenDecision> {
        view.decisions.get(self.shown)
    }

    /// The place of the decision on screen among the open ones.
    pub(super) fn place(&self) -> usize {
        self.shown
    }

    pub(super) fn picked(&self) -> Option<usize> {
        self.picked
    }

    pub(super) fn unmark(&mut self) {
        self.picked = None;
    }

    /// Shows another of the open decisions.
    pub(super) fn show(&mut self, place: usize) {
        if place != self.shown {
            *self = QuestionPane {
                shown: place,
                ..QuestionPane::default()
            };
        }
    }

    /// Takes the keys that answer a question, or go to another one.
    pub(super) fn key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        let count = scene.view.decisions.len();
        let turn = match key {
            Key::Tab | Key::Right => 1,
            Key::BackTab | Key::Left => count.saturating_sub(1),
            _ if scene.playing() => return self.answer_key(key, scene),
            _ => return KeyOutcome::Stay,
        };
        if count > 1 {
            self.show((self.shown + turn) % count);
        }
        KeyOutcome::Stay
    }

    fn answer_key(&mut self, key: Key, scene: Scene) -> KeyOutcome {
        let mut number = std::mem::take(&mut self.number);
        match key {
            Key::Char(digit @ '0'..='9') => {
                let options = self.decision(scene.view).map_or(0, |it| it.options.len());
                let place = number.place(digit, options);
                self.number = number;
                place.map_or(KeyOutcome::Stay, |place| self.pick(place, scene.view))
            }
            Key::Enter => self.commit(scene.view),
            Key::Esc => {
                self.picked = None;
                KeyOutcome::Stay
            }
            Key::Char('y') => match self.marked(scene.view) {
                Some(marked) => KeyOutcome::Open(Opening::Reason(marked)),
                None => KeyOutcome::say("Mark an option with its number first."),
            },
            Key::Char('b') => self.vote(scene),
            Key::Char('B') => self.reveal(scene),
            _ => KeyOutcome::Stay,
        }
    }

    /// A click marks an option, and never takes it.
    pub(super) fn click(&mut self, option: usize, view: &View) -> KeyOutcome {
        // A digit that follows begins a number.
        self.number = TypedNumber::default();
        if self.picked == Some(option) {
            return KeyOutcome::Stay;
        }
        self.pick(option, view)
    }

    /// Marks an option; one that is barred says why instead.
    fn pick(&mut self, option: usize, view: &View) -> KeyOutcome {
        self.picked = None;
        let Some(decision) = self.decision(view) else {
            return KeyOutcome::say("Nothing is asked of you now. Use w to wait, or a to act.");
        };
        let Some(choice) = decision.options.get(option) else {
            let last = decision.options.len();
            return KeyOutcome::Say(format!("This question has options 1 to {last}."));
        };
        if let Some(why) = &choice.barred {
            return KeyOutcome::Say(format!("{}: {why}", quoted(&choice.label)));
        }
        self.picked = Some(option);
        KeyOutcome::Stay
    }

    /// The option that is marked, and its decision.
    fn marked(&self, view: &View) -> Option<MarkedOption> {
        let decision = self.decision(view)?;
        let option = decision.options.get(self.picked?)?;
        Some(MarkedOption {
            decision: decision.id.clone(),
            option: option.id.clone(),
        })
    }

    fn commit(&self, view: &View) -> KeyOutcome {
        match self.marked(view) {
            Some(it) => KeyOutcome::Ask(Request::Move(MoveById::Choose(it.decision, it.option))),
            None if self.decision(view).is_some() => {
                KeyOutcome::say("Mark an option with its number first; then Enter takes it.")
            }
            None => KeyOutcome::Stay,
        }
    }

    fn vote(&self, scene: Scene) -> KeyOutcome {
        let Some(marked) = self.marked(scene.view) else {
            return KeyOutcome::say("Mark an option with its number first.");
        };
        if !scene.facts.several() {
            return KeyOutcome::say(
                "A vote needs several seats; here everybody sits at one. Enter takes what is marked.",
            );
        }
        let vote = scene.facts.votes.open_vote(&marked.decision);
        if vote.is_some_and(|it| it.ballots.is_some()) {
            return KeyOutcome::say("The votes on this question are shown already.");
        }
        KeyOutcome::Open(Opening::Ballot(marked))
    }

    /// Asks for the votes on the question on screen; if some are missing, once more.
    fn reveal(&self, scene: Scene) -> KeyOutcome {
        let Some(decision) = self.decision(scene.view) else {
            return KeyOutcome::Stay;
        };
        match scene.facts.votes.open_vote(&decision.id) {
            None => KeyOutcome::say(
                "Nobody has voted on this question. Mark an option; then b votes, hidden.",
            ),
            Some(vote) if vote.ballots.is_some() => KeyOutcome::Stay,
            Some(vote) if vote.waiting.is_empty() => {
                KeyOutcome::Ask(Request::Reveal(decision.id.clone()))
            }
            Some(_) => KeyOutcome::Open(Opening::Reveal(decision.id.clone())),
        }
    }

    /// What Enter takes, above the keys.
    pub(super) fn says(&self, view: &View) -> Option<String> {
        let option = self.decision(view)?.options.get(self.picked?)?;
        let what = format!("option {}", self.picked? + 1);
        Some(takes(&what, &option.cost))
    }

    /// The decision on screen; after ENDEX, and in history, what comes next.
    pub(super) fn lines(&self, scene: LitScene, columns: usize, detail: Detail) -> ChoiceLines {
        let theme = scene.theme;
        if !scene.playing() {
            return self.aside(scene, columns).into();
        }
        let Some(decision) = self.decision(scene.view) else {
            return unasked(scene.view, theme, columns).into();
        };
        let mut all: ChoiceLines = question_lines(decision, scene, columns, detail).into();
        for (number, option) in decision.options.iter().enumerate() {
            let here = self.picked == Some(number);
            let mut lines = choice_lines(option, number, here, theme, columns, detail);
            if let Some(votes) = votes_for(scene.facts, &decision.id, &option.id) {
                let room = columns.saturating_sub(5);
                lines.extend(indented(&votes, 5, room, Style::new()));
            }
            all.push(lines, here);
        }
        if detail == Detail::Full {
            all.lines.push(Line::default());
            let default = format!("If nobody answers: {}", decision.default);
            all.lines.extend(plain(&default, columns));
            if let Some(discuss) = &decision.discuss {
                all.lines.push(Line::default());
                all.lines
                    .extend(plain(&format!("To discuss: {discuss}"), columns));
            }
        }
        all
    }

    /// After ENDEX, and in history: what comes next, and what was asked.
    fn aside(&self, scene: LitScene, columns: usize) -> Vec<Line<'static>> {
        let theme = scene.theme;
        if let Some(ending) = &scene.view.ending {
            let mut lines = paragraph(&ending.title, columns, theme.strong());
            lines.push(Line::default());
            lines.push(key_line(theme, "Enter", "how it came out, point by point"));
            return lines;
        }
        let mut lines = paragraph(sentences::INVENTED, columns, theme.quiet());
        match &scene.facts.next {
            Some(step) => {
                lines.extend(paragraph(step, columns, theme.strong()));
                lines.push(key_line(theme, "Enter", "make this step"));
            }
            None => lines.extend(plain(sentences::LAST_STEP, columns)),
        }
        if let Some(decision) = self.decision(scene.view) {
            lines.push(Line::default());
            lines.extend(question_lines(decision, scene, columns, Detail::Short));
            for option in &decision.options {
                let dash = Span::raw("- ");
                lines.extend(hanging(dash, &option.label, columns, Style::new()));
            }
        }
        lines
    }
}

/// What is asked, until when, of whom, and how the vote stands.
fn question_lines(
    decision: &OpenDecision,
    scene: LitScene,
    columns: usize,
    detail: Detail,
) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let question = theme.markdown(&decision.question, columns).into_iter();
    let mut lines: Vec<Line> = question
        .map(|line| line.patch_style(theme.strong()))
        .collect();
    let dot = theme.dot();
    let mut whole = match &decision.closes {
        None => decision.left.clone(),
        Some(at) => {
            let time = short_time(at, &scene.view.now);
            format!("until {time} {dot} {} left", decision.left)
        }
    };
    if !decision.to.is_empty() {
        let with_roles = format!("{whole} {dot} {}", decision.to.join(", "));
        if detail == Detail::Full || width(&with_roles) <= columns {
            whole = with_roles;
        }
    }
    lines.extend(paragraph(&whole, columns, theme.quiet()));
    if let Some(seconds) = scene.facts.countdown(&decision.id) {
        lines.push(Line::from(vec![
            Span::styled(clock(seconds), countdown_style(seconds, theme)),
            Span::styled("  then the default is taken", theme.quiet()),
        ]));
    }
    if let Some(vote) = how_it_stands(scene.facts, &decision.id) {
        lines.extend(plain(&vote, columns));
    }
    lines
}

/// What stands in place of a question.
fn unasked(view: &View, theme: Theme, columns: usize) -> Vec<Line<'static>> {
    let mut lines = plain("Nothing is asked of you now.", columns);
    let possible = view.actions.iter().filter(|it| it.barred.is_none()).count();
    lines.push(key_line(theme, "w", "wait until something happens"));
    if possible > 0 {
        lines.push(key_line(theme, "a", &format!("act: {possible} possible")));
    }
    lines
}

/// The deadlines of which it was said what passing them takes. Each is said once.
#[derive(Debug, Default)]
pub(super) struct SaidDeadlines(BTreeSet<String>);

impl SaidDeadlines {
    /// What has to be said before a wait, if a deadline lies in its way for the first time.
    pub(super) fn before_wait(&mut self, scene: Scene) -> Option<String> {
        if scene.facts.waits_at_once || scene.facts.stands_still() {
            return None;
        }
        let passes = waiting_may_pass(scene.view)?;
        let said = format!("{passes} Press w again to wait.");
        self.0.insert(passes).then_some(said)
    }
}

/// What a wait may pass: the open decision that closes first, by its number if there are several.
pub(super) fn waiting_may_pass(view: &View) -> Option<String> {
    let count = view.decisions.len();
    let closing = |(place, it): (usize, &OpenDecision)| {
        let minute = it.closes.as_ref()?.minute;
        Some((minute, place))
    };
    let all = view.decisions.iter().enumerate();
    let (_, place) = all.filter_map(closing).min()?;
    let first = &view.decisions[place];
    let time = short_time(first.closes.as_ref()?, &view.now);
    let default = quoted(&first.default);
    let question = if count > 1 {
        format!(" for question {} of {count}", place + 1)
    } else {
        String::new()
    };
    Some(format!("Waiting past {time} takes {default}{question}."))
}

fn plain(text: &str, columns: usize) -> Vec<Line<'static>> {
    paragraph(text, columns, Style::new())
}
