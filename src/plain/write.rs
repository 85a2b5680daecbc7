//! Every event as labelled lines of at most eighty columns.

use crate::front::sentences;
use crate::front::text::{markdown, wrap};
use crate::front::view::{
    Choice, InboxMessage, IndicatorForm, IndicatorReading, MarkView, MessageKind, OpenDecision,
    RECORD_LEGEND, Stamp, Tone, UnderWay, View,
};
use crate::front::{Briefing, ScenarioOffer, Unrecorded, clean};
use crate::plain::grammar::decision_name;
use crate::words;

/// Columns of a line, whatever the terminal.
const COLUMNS: usize = 80;

/// A label and a sentence; what follows the first line is indented.
pub(super) fn labelled(label: &str, text: &str) -> String {
    indented(&format!("{label} {text}"), "", "  ")
}

/// One of several things under a label, indented.
pub(super) fn item(text: &str) -> String {
    indented(text, "  ", "    ")
}

/// The same for many, each in lines of its own.
pub(super) fn items<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> String {
    texts.into_iter().map(|it| item(it.as_ref())).collect()
}

/// Lines of text, the first and the others each with their own indent.
pub(super) fn indented(text: &str, first: &str, others: &str) -> String {
    let mut out = String::new();
    for line in wrap(text, COLUMNS - others.len().max(first.len())) {
        out += if out.is_empty() { first } else { others };
        out.extend([line.trim_end(), "\n"]);
    }
    out
}

/// A date and a time.
pub(super) fn dated(at: &Stamp) -> String {
    format!("{} {}", at.date, at.time)
}

/// A time, its zone, and the date.
fn zoned(at: &Stamp) -> String {
    format!("{} {}, {}", at.time, at.zone, at.date)
}

/// Limited Markdown without its signs, indented.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::new();
    for line in markdown(text, COLUMNS - 2) {
        let line: String = line.into_iter().map(|run| run.text).collect();
        let indent = if line.is_empty() { "" } else { "  " };
        out.extend([indent, line.trim_end(), "\n"]);
    }
    out
}

pub(super) fn offers(offers: &[ScenarioOffer]) -> String {
    let mut out = labelled("EXERCISE", "sandtable: tabletop incident exercises");
    for offer in offers {
        let id = clean::line(&offer.id);
        out += &labelled("SCENARIO", &format!("{id}: {}", offer.title));
        out += &prose(&offer.summary);
        out += &item(&format!("To play it: play {id}"));
        if offer.history {
            out += &item(&format!("What really happened: history {id}"));
        }
    }
    out
}

pub(super) fn briefing(briefing: &Briefing) -> String {
    let mut out = labelled("EXERCISE", &briefing.title);
    out += "BRIEFING\n";
    out += &prose(&briefing.text);
    for role in &briefing.roles {
        let (title, brief) = (&role.title, &role.brief);
        out += &labelled(
            "ROLE",
            format!("{title}: {brief}").trim_end_matches([':', ' ']),
        );
    }
    for (title, worth) in &briefing.objectives {
        out += &labelled(
            "OBJECTIVE",
            &format!("{title}, worth {}", words::count(*worth, "point", "points")),
        );
    }
    if !briefing.team.is_empty() {
        out += &labelled("TEAM", &briefing.team);
    }
    out += &labelled("SEED", &briefing.seed.to_string());
    let is_record = briefing.history && !briefing.replay && !briefing.follow;
    let record = format!("The record, step by step. {}", sentences::INVENTED);
    out += &labelled(
        "STARTEX",
        if briefing.follow {
            "This is played elsewhere; what happens is shown here."
        } else if briefing.replay {
            "This was played before: an empty line, or `next`, shows its next step."
        } else if is_record {
            &record
        } else {
            "Type `choose DECISION OPTION`, `take ACTION` or `wait`; `help` lists the rest."
        },
    );
    if is_record {
        out += &prose(RECORD_LEGEND);
    }
    out + "\n"
}

/// One message; with its whole date if asked for.
pub(super) fn message(message: &InboxMessage, dated: bool) -> String {
    let label = match message.kind {
        MessageKind::Phase => "PHASE",
        MessageKind::Inject | MessageKind::Improvised => "INJECT",
        MessageKind::Feedback => "FEEDBACK",
        MessageKind::Result => "RESULT",
        MessageKind::Notice => "NOTICE",
    };
    let at = &message.at;
    let when = if dated { zoned(at) } else { at.time.clone() };
    let mut out = labelled(
        label,
        format!("{when}: {}", message.title).trim_end_matches([':', ' ']),
    );
    let mut parts = Vec::new();
    if !message.from.is_empty() {
        parts.push(format!("From {}", message.from));
    }
    if !message.via.is_empty() {
        parts.push(format!("by {}", message.via));
    }
    if !message.to.is_empty() {
        parts.push(format!("to {}", message.to.join(", ")));
    }
    if !parts.is_empty() {
        if message.from.is_empty() {
            parts[0] = parts[0].replacen("to ", "To ", 1).replacen("by ", "By ", 1);
        }
        out += &item(&format!("{}.", parts.join(", ")));
    }
    out + &prose(&message.text)
}

/// The record marks of a message; with what they cite if asked for, since that gives away how things went on.
pub(super) fn marks(marks: &[MarkView], with_cites: bool) -> String {
    let mut out = String::new();
    for mark in marks {
        let standing = match mark.standing {
            "documented" => "Documented",
            "inferred" => "Inferred",
            "invented" => "Invented",
            other => other,
        };
        out += &item(&format!("{standing}: {}", mark.says));
        for cite in mark.cites.iter().filter(|_| with_cites) {
            let mut text = format!("Source {} ({}): {}", cite.id, cite.confidence, cite.says);
            let origin = cite.origin();
            if !origin.is_empty() {
                text.extend([" [", &origin, "]"]);
            }
            out += &item(&text);
        }
    }
    out
}

/// What a message rests on; the record itself is shown only in history.
pub(super) fn sources(message: Option<&InboxMessage>, history: bool) -> String {
    let Some(it) = message else {
        return labelled("NOTE", sentences::NO_MESSAGE);
    };
    if it.marks.is_empty() {
        let none = format!("{}: it {}", it.title, sentences::UNMARKED);
        return labelled("SOURCES", &none);
    }
    let out = labelled("SOURCES", &it.title) + &marks(&it.marks, history);
    let foot = if history {
        RECORD_LEGEND
    } else {
        "What the record says about it is for afterwards: `sandtable history` shows it."
    };
    out + &prose(foot)
}

/// One decision with its options, each with the number by which it can be chosen. Its id is for whoever wrote it: a
/// player might read a verdict in it.
pub(super) fn decision(decision: &OpenDecision, number: usize, of: usize, today: &str) -> String {
    let mut out = labelled(
        "DECISION",
        &format!("{number} of {of}: {}", decision_name(&decision.id)),
    );
    out += &prose(&decision.question);
    if !decision.to.is_empty() {
        out += &item(&format!("Asked of {}.", decision.to.join(", ")));
    }
    let until = match &decision.closes {
        Some(at) if at.date == today => format!("Closes {}, {} left.", at.time, decision.left),
        Some(at) => format!("Closes {}, {}, {} left.", at.time, at.date, decision.left),
        None => format!("Open {}.", decision.left),
    };
    let default = full(&decision.default);
    out += &item(&format!("{until} If nobody answers: {default}"));
    out + &choices(&decision.options)
}

fn choices(choices: &[Choice]) -> String {
    items((1..).zip(choices).map(choice))
}

fn choice((number, choice): (usize, &Choice)) -> String {
    let mut parts = vec![format!("{number} {}", full(&choice.label))];
    if !choice.cost.is_empty() {
        parts.push(format!("Cost: {}.", choice.cost.replace(" · ", ", ")));
    }
    match choice.used {
        // The reason why it is barred says it too.
        _ if choice.barred.is_some() => {}
        0 => {}
        1 => parts.push("Used once.".to_owned()),
        times => parts.push(format!("Used {times} times.")),
    }
    parts.extend(choice.barred.clone());
    parts.join(" ")
}

/// A label as a sentence.
fn full(label: &str) -> String {
    if label.ends_with(['.', '?', '!', '…']) {
        label.to_owned()
    } else {
        format!("{label}.")
    }
}

pub(super) fn decisions(decisions: &[OpenDecision], today: &str) -> String {
    if decisions.is_empty() {
        return labelled("DECISIONS", "none open");
    }
    let numbered = (1..).zip(decisions);
    numbered
        .map(|(number, it)| decision(it, number, decisions.len(), today))
        .collect()
}

pub(super) fn actions(actions: &[Choice]) -> String {
    if actions.is_empty() {
        return labelled("ACTIONS", "none in this phase");
    }
    "ACTIONS\n".to_owned() + &choices(actions)
}

/// The board, or only what changed on it.
pub(super) fn board(board: &[IndicatorReading], changed: bool) -> String {
    let shown: Vec<&IndicatorReading> = board.iter().filter(|it| it.changed || !changed).collect();
    if shown.is_empty() {
        return String::new();
    }
    let mut out = "SITUATION".to_owned() + if changed { " changed\n" } else { "\n" };
    for it in shown {
        let more = match (it.form, it.tone, it.number) {
            (IndicatorForm::Lamp, Tone::Good, _) => ", good".to_owned(),
            (IndicatorForm::Lamp, Tone::Bad, _) => ", bad".to_owned(),
            (IndicatorForm::Gauge, _, Some((_, _, most))) => {
                format!(", of at most {}", words::number(most))
            }
            (IndicatorForm::Trend, _, _) => course(&it.course).to_owned(),
            _ => String::new(),
        };
        out += &item(&format!("{}: {}{more}", it.title, it.text));
    }
    out
}

/// Where a number is going, in a word.
fn course(points: &[(i64, i64)]) -> &'static str {
    match points {
        [.., (_, before), (_, now)] if now > before => ", rising",
        [.., (_, before), (_, now)] if now < before => ", falling",
        [_, _, ..] => ", steady",
        _ => "",
    }
}

fn under_way(work: &[UnderWay], today: &str) -> String {
    let line = |it: &UnderWay| {
        let mut until = it.until.time.clone();
        if it.until.date != today {
            until.extend([", ", &it.until.date]);
        }
        let text = format!("until {until}, {} left: {}", it.left, it.label);
        labelled("UNDER WAY", &text)
    };
    work.iter().map(line).collect()
}

pub(super) fn status(view: &View) -> String {
    board(&view.board, false) + &under_way(&view.under_way, &view.now.date) + &now(view)
}

/// Where the exercise stands, in one line.
pub(super) fn now(view: &View) -> String {
    let open = match view.decisions.len() {
        0 => "no decision".to_owned(),
        many => words::count(many as i64, "decision", "decisions"),
    };
    let usable = view.actions.iter().filter(|it| it.barred.is_none()).count();
    let actions = words::count(usable as i64, "action", "actions");
    let phase = format!(
        "phase {} of {}, {}",
        view.phase.number, view.phase.of, view.phase.title
    );
    let at = zoned(&view.now);
    let text = format!("{at}: {phase}; {open} open, {actions} possible.");
    labelled("NOW", &text)
}

pub(super) fn inbox(view: &View) -> String {
    if view.inbox.is_empty() {
        return labelled("INBOX", "empty");
    }
    let line = |(number, it): (usize, &InboxMessage)| {
        let mut text = format!("{number} {}, {}: {}", it.at.time, it.at.date, it.title);
        if !it.from.is_empty() {
            text.extend([" (from ", &it.from, ")"]);
        }
        text
    };
    let messages = (1..).zip(&view.inbox);
    labelled("INBOX", "`read N` shows one") + &items(messages.map(line))
}

/// A move that could not be recorded, and what can be done.
pub(super) fn unrecorded(it: &Unrecorded) -> String {
    let what = format!(
        "Your move could not be saved, so it was not made. {}",
        it.why
    );
    let another = format!(
        "record in FOLDER: go on in another folder, such as {}",
        it.folder
    );
    let ways = [
        "retry: try again, once there is room",
        &another,
        "go on unrecorded: go on without saving; if anything stops, what follows is lost",
    ];
    labelled("UNRECORDED", &what) + &items(ways)
}

pub(super) fn ending(view: &View) -> String {
    let Some(ending) = &view.ending else {
        return String::new();
    };
    let text = format!("{}: {}", zoned(&view.now), ending.title);
    labelled("ENDEX", &text) + &prose(&ending.text) + &marks(&ending.marks, true)
}

pub(super) fn help(history: bool) -> String {
    let lines: &[&str] = if history {
        &["next, or an empty line: the next step of the record"]
    } else {
        &[
            "choose DECISION OPTION: answer, by numbers",
            "choose NUMBER, or just a number: answer the first open decision",
            "take NUMBER: do something without being asked",
            "take back: your last move, while nothing has come of it, if that was allowed at the start",
            "wait: let time pass until something happens",
            "wait until DATE, wait for NAME: let time pass until then, as in plays",
            "by NAME, because REASON, sure PERCENT: before a choice, say who makes it, why, and how sure they are",
            "note TEXT: write something down",
            "seat NUMBER: bring another seat to the screen; with several, `wait` means that yours is ready",
            "vote DECISION OPTION, reveal DECISION: vote in secret, then show the votes",
            "facilitator: what the facilitator can do",
            "roll, expect, end, seed, variant, cut: as in plays; refused if they do not hold",
        ]
    };
    let common = [
        "decisions, actions, status, inbox: show these again",
        "read N: show a message again",
        "sources: what the last message shown rests on",
        "quit: stop here and show the points",
        "# begins a comment",
    ];
    "HELP\n".to_owned() + &items(lines.iter().chain(&common))
}
