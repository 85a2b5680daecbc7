//! `sandtable account`

mod json;

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::arguments::{AccountArgs, ThenWith};
use super::historical::Historical;
use super::progress::Bar;
use super::{EXIT_FINE, EXIT_TROUBLE, Trouble, exercises};
use crate::engine::Move;
use crate::exercise::Exercise;
use crate::front::clean;
use crate::journal;
use crate::library;
use crate::plain::account as text;
use crate::play::{self, PlayLine};
use crate::program::Program;
use crate::program::ids::DecisionId;
use crate::review::account::onward::{Onward, onward};
use crate::review::account::{Account, priced_account};
use crate::room::{HISTORY, stored_values};
use crate::search::Budget;
use crate::search::pricing::lines::{Deviation, NoLine, Onwards, TimedMove, timed};
use crate::search::pricing::{PlayedExercise, Pricer};
use crate::search::walk::Progress;
use crate::search::worth::KnownWorths;
use crate::words;

/// `sandtable account`
pub fn account(chosen: &AccountArgs) -> Result<u8, Trouble> {
    let path = journal::find(exercises::folder().as_deref(), Some(&chosen.exercise))?;
    let recorded = journal::look(&path)?.recorded;
    let exercise = exercises::restored(&recorded)?;
    let program = exercise.program();
    let values = match stored_values(&recorded.head.folder, program) {
        None => None,
        Some(Ok(values)) => Some(values),
        Some(Err(error)) => {
            let hint = error.hint(&recorded.head.scenario);
            writeln!(io::stderr(), "note: {error}. {hint}")?;
            None
        }
    };
    let known = values.as_ref().map(|it| it as &dyn KnownWorths);
    let budget = chosen.spend.budget();
    let pricer = Pricer::new(program, known, budget);
    let asked = AccountedExercise {
        blameless: values.as_ref().map_or(&[], |it| &it.needs_hindsight),
        exercise: &exercise,
        scenario: &recorded.head.scenario,
        pricer: &pricer,
        bar: Bar::new()?,
        budget,
    };
    let written = if let Some(number) = chosen.best_from {
        let title =
            format!("The best line from before move {number}, with the luck of this exercise");
        let onward = asked.onward(number, Deviation::Nothing, Onwards::Best)?;
        asked.line(&title, &onward, chosen.json)
    } else if let Some(wanted) = &chosen.what_if {
        asked.what_if(wanted, chosen.then, chosen.json)?
    } else {
        asked.account(chosen.json)
    };
    let mut output = super::output();
    output.write_all(written.as_bytes())?;
    output.flush()?;
    Ok(if asked.bar.stopped() {
        EXIT_TROUBLE
    } else {
        EXIT_FINE
    })
}

/// The exercise that the questions are about.
struct AccountedExercise<'a> {
    exercise: &'a Exercise,
    scenario: &'a str,
    pricer: &'a Pricer<'a>,
    /// Shows the progress of the search, and can stop it.
    bar: Bar,
    budget: Budget,
    /// Decisions whose best option differs between states that look alike.
    blameless: &'a [DecisionId],
}

impl AccountedExercise<'_> {
    fn program(&self) -> &Program {
        self.exercise.program()
    }

    /// The first lines of every output.
    fn head(&self) -> String {
        let title = clean::line(&self.program().script.scenario.title.value);
        let team = clean::line(self.exercise.team());
        let of_team = if team.is_empty() {
            team
        } else {
            format!(", {team}")
        };
        format!(
            "EXERCISE {title}{of_team}, seed {}\n\n",
            self.exercise.seed()
        )
    }

    fn account(&self, json: bool) -> String {
        let (luck, moves) = (self.exercise.luck().again(), self.moves());
        let account = priced_account(
            self.program(),
            self.pricer,
            (&luck, &moves),
            self.blameless,
            &mut |now| self.tell(now),
        );
        self.bar.clear();
        let account: Account = clean::account(account);
        if json {
            return json::account(self.exercise, self.scenario, &account);
        }
        let mut out = self.head() + &text::moves(&account) + "\n";
        if !account.costly.is_empty() {
            out += "*  one of the costliest moves, explained below\n";
        }
        if account.moves.iter().any(|it| it.needs_hindsight) {
            out += "~  states that look alike have different best options, so the move is not marked\n";
        }
        if account.sum.is_none_or(|sum| sum.from > 0) {
            out += if self.bar.stopped() {
                "?  not known: the search was stopped\n"
            } else {
                "?  not known: more states follow than the search may look at; see --memory\n"
            };
        }
        out.push('\n');
        out + &text::summary(&account)
    }

    fn tell(&self, now: Progress) -> ControlFlow<()> {
        self.bar.phases(self.program(), now, self.budget)
    }

    fn moves(&self) -> Vec<Move> {
        self.exercise.moves().collect()
    }

    fn onward(&self, number: usize, change: Deviation, then: Onwards) -> Result<Onward, Trouble> {
        let (luck, moves) = (self.exercise.luck().again(), self.moves());
        let played = PlayedExercise {
            luck: &luck,
            moves: &moves,
        };
        let line = self
            .pricer
            .what_if(played, number, change, then, &mut |now| self.tell(now));
        self.bar.clear();
        let line = line.map_err(|why| self.no_line(number, &why))?;
        Ok(clean::onward(onward(self.program(), number, &line)))
    }

    fn no_line(&self, number: usize, why: &NoLine) -> Trouble {
        let program = self.program();
        match why {
            NoLine::NoSuchMove(count) => Trouble::new(
                format!("the exercise has no move {number}"),
                match count {
                    0 => "It has no moves.".to_owned(),
                    count => format!("Its moves are 1 to {count}."),
                },
            ),
            NoLine::Refused(refusal) => Trouble::new(
                format!("that cannot be done as move {number}"),
                refusal.sentence(program),
            ),
            NoLine::NotRolled(rolls) => {
                let names = rolls
                    .iter()
                    .map(|id| format!("`{}`", program.chances[id.index()].name));
                let names: Vec<String> = names.collect();
                Trouble::new(
                    format!("that chance is not rolled in move {number}"),
                    if names.is_empty() {
                        "Nothing is rolled in that move.".to_owned()
                    } else {
                        format!("That move rolls {}.", words::list(&names))
                    },
                )
            }
            NoLine::Unknown if self.bar.stopped() => Trouble::new(
                "the best move is not known: the search was stopped",
                "Let the search finish to find out.",
            ),
            NoLine::Unknown => Trouble::new(
                "the best move is not known: more states follow than the search may look at",
                "Allow more with `--memory` or `--states-max`.",
            ),
        }
    }

    fn line(&self, title: &str, onward: &Onward, json: bool) -> String {
        if json {
            return json::onward(self.exercise, self.scenario, onward);
        }
        let (luck, moves) = (self.exercise.luck().again(), self.moves());
        let happened = crate::search::pricing::again(self.program(), &moves, &mut { luck });
        let had = happened
            .iter()
            .map(crate::search::pricing::Happened::points)
            .sum();
        format!("{}{title}\n\n{}", self.head(), text::onward(onward, had))
    }

    fn what_if(&self, wanted: &str, then: ThenWith, json: bool) -> Result<String, Trouble> {
        let (number, change) = self.change(wanted)?;
        let history = match then {
            ThenWith::Historical => self.history()?,
            ThenWith::Best | ThenWith::Same => Vec::new(),
        };
        let (then, how) = match then {
            ThenWith::Best => (Onwards::Best, "the best moves after it"),
            ThenWith::Same => (Onwards::Same, "the same later moves"),
            ThenWith::Historical => (Onwards::Other(&history), "then what really happened"),
        };
        let onward = self.onward(number, change, then)?;
        let title = format!("What if: {}; {how}", clean::line(wanted));
        Ok(self.line(&title, &onward, json))
    }

    /// Reads a change as it was typed.
    fn change(&self, wanted: &str) -> Result<(usize, Deviation), Trouble> {
        let hint = "Write it as `4: choose DECISION OPTION`, `4: take ACTION`, `4: wait` or `4: roll CHANCE 2`.";
        let unread = || Trouble::new(format!("`{wanted}` is not a change to a move"), hint);
        let (number, line) = wanted.split_once(':').ok_or_else(unread)?;
        let number = number.trim().parse().map_err(|_| unread())?;
        let said = |error: play::LineError| Trouble::new(error.headline, error.hint);
        let line = play::parse_line(line.trim())
            .map_err(said)?
            .ok_or_else(unread)?;
        let program = self.program();
        if let PlayLine::Roll {
            chance, outcome, ..
        } = &line
        {
            let id = program.chance_named(&chance.text).ok_or_else(|| {
                let names = program.chances.iter().map(|it| it.name.as_str());
                Trouble::new(
                    format!("the scenario has no chance `{}`", chance.text),
                    super::did_you_mean(&chance.text, names).unwrap_or_default(),
                )
            })?;
            let outcomes = program.chances[id.index()].odds.len();
            if !(1..=outcomes).contains(outcome) {
                return Err(Trouble::new(
                    format!("`{}` has no outcome {outcome}", chance.text),
                    format!("Its outcomes are 1 to {outcomes}."),
                ));
            }
            return Ok((number, Deviation::Roll(id, outcome - 1)));
        }
        let made = line.to_move(program).map_err(said)?.ok_or_else(unread)?;
        Ok((number, Deviation::Move(made)))
    }

    /// What was really done, and when, as far as the exercise's own scenario has these moves.
    fn history(&self) -> Result<Vec<TimedMove>, Trouble> {
        let none = || {
            Trouble::new(
                format!("`{}` has no `plays/{HISTORY}.play`", self.scenario),
                "Only a play of that name says what really happened.",
            )
        };
        let found = library::find(self.scenario).map_err(|_| none())?;
        let historical = Historical::load(&found).ok_or_else(none)?;
        let program = &historical.program;
        let moves = timed(program, historical.played()).into_iter();
        let here = |it: TimedMove| {
            let line = play::line_of(program, it.made);
            let line = play::parse_line(&line).ok().flatten()?;
            let made = line.to_move(self.program()).ok().flatten()?;
            Some(TimedMove { made, ..it })
        };
        Ok(moves.filter_map(here).collect())
    }
}
