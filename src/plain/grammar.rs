//! One line of a team as an order: the play grammar, and what else a reader can ask for.

use crate::front::sentences;
use crate::front::view::{Choice, OpenDecision, View};
use crate::front::{MoveById, Recording, ScenarioOffer};
use crate::words;

/// What a line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Move(MoveById),
    /// A line of the play grammar that is not exactly one move.
    Line(String),
    Open {
        scenario: String,
        history: bool,
    },
    /// In history: the next step.
    Next,
    /// A message by its position in the inbox, from 0.
    Read(usize),
    /// What to do with a move that could not be recorded.
    Record(Recording),
    /// An exercise to go on with, by name.
    Resume(String),
    Help,
    Status,
    Actions,
    Decisions,
    Inbox,
    Sources,
    Quit,
}

/// The first words of all orders.
const VERBS: [&str; 38] = [
    "by",
    "because",
    "sure",
    "seat",
    "vote",
    "reveal",
    "note",
    "facilitator",
    "leads",
    "pause",
    "pass",
    "countdown",
    "inject",
    "observe",
    "resume",
    "choose",
    "take",
    "wait",
    "help",
    "status",
    "actions",
    "decisions",
    "inbox",
    "read",
    "sources",
    "quit",
    "next",
    "play",
    "history",
    "retry",
    "record",
    "go",
    "roll",
    "expect",
    "end",
    "seed",
    "variant",
    "cut",
];

/// The first words of the lines that the room reads itself.
const OF_PLAYS: [&str; 7] = ["roll", "expect", "end", "seed", "variant", "cut", "wait"];

/// Whether a line of a play can still be read after ENDEX, because it makes no move.
pub(super) fn says_after_endex(line: &str) -> bool {
    let verb = line.split_whitespace().next();
    verb.is_some_and(|verb| verb != "wait" && OF_PLAYS.contains(&verb))
}

/// Reads one line that is not empty. The error is a sentence.
pub(super) fn read(
    line: &str,
    view: Option<&View>,
    offers: &[ScenarioOffer],
) -> Result<Order, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let order = match words[..] {
        [] | ["help" | "?"] => Order::Help,
        ["status"] => Order::Status,
        ["actions"] => Order::Actions,
        ["decisions"] => Order::Decisions,
        ["inbox"] => Order::Inbox,
        ["sources"] => Order::Sources,
        ["quit" | "exit"] => Order::Quit,
        ["next"] => Order::Next,
        ["retry"] => Order::Record(Recording::Retry),
        ["record", "in", _, ..] => Order::Record(Recording::In(words[2..].join(" "))),
        ["go", "on", "unrecorded"] => Order::Record(Recording::Off),
        ["wait"] => running(view).map(|_| Order::Move(MoveById::Wait))?,
        ["play", id] => open(id, false, offers)?,
        ["history", id] => open(id, true, offers)?,
        ["resume", name] => Order::Resume(name.to_owned()),
        ["read", number] => message(number, view)?,
        ["take", action] => Order::Move(take(action, running(view)?)?),
        ["choose", option] => Order::Move(choose_first(option, running(view)?)?),
        ["choose", decision, option] => Order::Move(choose(decision, option, running(view)?)?),
        [verb, ..] if OF_PLAYS.contains(&verb) => {
            running(view).map(|_| Order::Line(line.into()))?
        }
        [number] if is_number(number) => Order::Move(choose_first(number, running(view)?)?),
        [verb, ..] if VERBS.contains(&verb) => return Err(form(verb)),
        [verb, ..] => {
            let near = words::did_you_mean(verb, VERBS);
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`help` lists them.".to_owned(),
            };
            return Err(format!("There is no command `{verb}`; {hint}"));
        }
    };
    Ok(order)
}

/// The position in a list, from 0, of something that is shown with this number.
pub(super) fn position(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn form(verb: &str) -> String {
    let form = match verb {
        "choose" => "choose DECISION OPTION",
        "take" => "take ACTION",
        "read" => "read NUMBER",
        "record" => "record in FOLDER",
        "go" => "go on unrecorded",
        "play" => "play SCENARIO",
        "history" => "history SCENARIO",
        "resume" => "resume EXERCISE",
        other => other,
    };
    format!("Write `{form}`.")
}

pub(super) fn running(view: Option<&View>) -> Result<&View, String> {
    view.ok_or_else(|| "No exercise is running; `play SCENARIO` starts one.".to_owned())
}

fn open(id: &str, history: bool, offers: &[ScenarioOffer]) -> Result<Order, String> {
    let Some(offer) = offers.iter().find(|it| it.id == id) else {
        return Err(unknown(
            "scenario",
            id,
            offers.iter().map(|it| it.id.as_str()),
            "there are none here",
        ));
    };
    if history && !offer.history {
        return Err(format!(
            "{} has no play of what really happened.",
            offer.title
        ));
    }
    Ok(Order::Open {
        scenario: offer.id.clone(),
        history,
    })
}

fn message(number: &str, view: Option<&View>) -> Result<Order, String> {
    let count = running(view)?.inbox.len();
    match number.parse::<usize>() {
        Ok(number) if (1..=count).contains(&number) => Ok(Order::Read(number - 1)),
        _ if count == 0 => Err(sentences::NO_MESSAGE.to_owned()),
        _ => Err(format!(
            "There is no message {number}; they are numbered 1 to {count}."
        )),
    }
}

fn take(action: &str, view: &View) -> Result<MoveById, String> {
    let none = "none can be taken in this phase";
    let found = find_choice("action", action, &view.actions, none)?;
    usable(found).map(|id| MoveById::Take(id.to_owned()))
}

fn choose_first(option: &str, view: &View) -> Result<MoveById, String> {
    answer(first_decision(view)?, option)
}

fn choose(decision: &str, option: &str, view: &View) -> Result<MoveById, String> {
    answer(find_decision(decision, view)?, option)
}

fn answer(decision: &OpenDecision, option: &str) -> Result<MoveById, String> {
    let found = usable(find_option(option, decision)?)?;
    Ok(MoveById::Choose(decision.id.clone(), found.to_owned()))
}

/// The decision that was opened first.
pub(super) fn first_decision(view: &View) -> Result<&OpenDecision, String> {
    let none = "No decision is open; `wait` lets time pass, `actions` shows what you can do.";
    view.decisions.first().ok_or_else(|| none.to_owned())
}

/// What a player reads of the id of a decision. That of a request for consent names the option that asks.
pub(super) fn decision_name(decision: &str) -> &str {
    decision.rsplit('.').next().unwrap_or(decision)
}

/// An open decision, by id, name or number.
pub(super) fn find_decision<'v>(word: &str, view: &'v View) -> Result<&'v OpenDecision, String> {
    let by_id = view.decisions.iter().find(|it| it.id == word);
    let by_name = || {
        view.decisions
            .iter()
            .find(|it| decision_name(&it.id) == word)
    };
    let found = by_id
        .or_else(by_name)
        .or_else(|| view.decisions.get(position(word)?));
    let open = view.decisions.iter().map(|it| decision_name(&it.id));
    found.ok_or_else(|| unknown("open decision", word, open, "none is open"))
}

/// An option of a decision, by id or number.
pub(super) fn find_option<'d>(
    word: &str,
    decision: &'d OpenDecision,
) -> Result<&'d Choice, String> {
    let what = format!("option of {}", decision_name(&decision.id));
    find_choice(&what, word, &decision.options, "it has none")
}

/// One of some choices, by id or number. A player who is near an id knows it; others are shown none.
fn find_choice<'c>(
    what: &str,
    word: &str,
    choices: &'c [Choice],
    none: &str,
) -> Result<&'c Choice, String> {
    let by_id = choices.iter().find(|it| it.id == word);
    let found = by_id.or_else(|| choices.get(position(word)?));
    found.ok_or_else(|| {
        let near = words::did_you_mean(word, choices.iter().map(|it| it.id.as_str()));
        let rest = match (near, choices.len()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, 0) => format!("{none}."),
            (None, 1) => "there is only 1.".to_owned(),
            (None, count) => format!("they are numbered 1 to {count}."),
        };
        format!("There is no {what} `{word}`; {rest}")
    })
}

fn usable(choice: &Choice) -> Result<&str, String> {
    match &choice.barred {
        None => Ok(&choice.id),
        Some(why) => Err(format!("{}: {why}", choice.label)),
    }
}

/// `There is no WHAT x; did you mean y?`, or what there is.
fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>, none: &str) -> String {
    let known: Vec<&str> = known.collect();
    match words::did_you_mean(word, known.iter().copied()) {
        Some(near) => format!("There is no {what} `{word}`; did you mean `{near}`?"),
        None if known.is_empty() => format!("There is no {what} `{word}`; {none}."),
        None => format!(
            "There is no {what} `{word}`; there is {}.",
            words::list(&known)
        ),
    }
}
