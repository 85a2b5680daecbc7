//! What a room of several people says and hears, as lines: seats, votes, notes, and the facilitator.

use crate::front::facilitate::{
    About, Countdown, Facilitate, Improvised, Observation, OptionLead, Panel,
};
use crate::front::seats::{Note, Rating, Reason, SeatView, Seats, Vote};
use crate::front::view::View;
use crate::front::{Request, TakenBack, Unfinished, clean};
use crate::plain::grammar::{
    decision_name, find_decision, find_option, first_decision, position, running,
};
use crate::plain::write::{dated, indented, item, items, labelled, prose};
use crate::words;

/// Reads a line about seats, votes, notes or the room as a whole; none if it is about something else.
pub(super) fn order(line: &str, view: Option<&View>) -> Option<Result<RoomOrder, String>> {
    let line = line.trim();
    let verb = line.split(char::is_whitespace).next().unwrap_or_default();
    let typed = ["by", "because", "note", "inject", "observe", "stop"];
    // What others read is taken as it is; elsewhere a comment may follow.
    let line = if typed.contains(&verb) {
        line
    } else {
        line.split('#').next().unwrap_or_default().trim()
    };
    let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let ask = |request| Ok(RoomOrder::Ask(request));
    let facilitate = |it| Ok(RoomOrder::Ask(Request::Facilitate(it)));
    let form = |form: &str| Err(format!("Write `{form}`."));
    Some(match (verb, rest) {
        ("by", "") => form("by NAME"),
        ("by", who) => Ok(RoomOrder::By(who.to_owned())),
        ("because", "") => form("because REASON"),
        ("because", why) => Ok(RoomOrder::Because(why.to_owned())),
        ("sure", percent) => match percent.trim_end_matches([' ', '%']).parse() {
            Ok(percent @ 0..=100) => Ok(RoomOrder::Sure(percent)),
            _ => form("sure PERCENT"),
        },
        ("seat", number) => match position(number) {
            Some(place) => ask(Request::Seat(place)),
            None => form("seat NUMBER"),
        },
        ("vote", rest) => vote(rest, view),
        ("reveal", "") => match view.and_then(|it| it.decisions.first()) {
            Some(first) => ask(Request::Reveal(first.id.clone())),
            None => form("reveal DECISION"),
        },
        ("reveal", decision) => ask(Request::Reveal(decision.to_owned())),
        ("note", "") => form("note TEXT"),
        ("note", text) => ask(Request::Note(text.to_owned())),
        ("facilitator", "") => facilitate(Facilitate::Panel),
        ("leads", "") => facilitate(Facilitate::Leads),
        ("pause", "") => facilitate(Facilitate::Pause),
        ("go", "on") => facilitate(Facilitate::GoOn),
        ("pass", "") => facilitate(Facilitate::Wait),
        ("countdown", rest) => countdown(rest),
        ("inject", rest) => inject(rest),
        ("observe", rest) => observe(rest),
        ("take", "back") if !view.is_some_and(|it| it.actions.iter().any(|it| it.id == "back")) => {
            ask(Request::TakeBack)
        }
        ("take", rest) if rest.starts_with("back ") => match to_remain(rest) {
            Some(to) => facilitate(Facilitate::TakeBack(to)),
            None => Err("Write `take back to NUMBER`.".to_owned()),
        },
        ("stop", why) => facilitate(Facilitate::Stop(why.to_owned())),
        _ => return None,
    })
}

/// What such a line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RoomOrder {
    Ask(Request),
    /// Who takes the next decision.
    By(String),
    /// Why.
    Because(String),
    /// How sure, in percent.
    Sure(u8),
}

fn vote(rest: &str, view: Option<&View>) -> Result<RoomOrder, String> {
    let rest = clean::line(rest);
    let mut words: Vec<&str> = rest.split_whitespace().collect();
    let percent = words.last().and_then(|it| it.strip_suffix('%'));
    let sure = percent
        .and_then(|it| it.parse().ok())
        .filter(|it| *it <= 100);
    if sure.is_some() {
        words.pop();
    }
    let (decision, option) = match words[..] {
        [option] => (first_decision(running(view)?)?, option),
        [decision, option] => (find_decision(decision, running(view)?)?, option),
        _ => return Err("Write `vote DECISION OPTION` or `vote OPTION 70%`.".into()),
    };
    let option = find_option(option, decision)?;
    Ok(RoomOrder::Ask(Request::Vote {
        decision: decision.id.clone(),
        option: option.id.clone(),
        sure,
    }))
}

/// `countdown 5`, `countdown 5 DECISION`, `countdown 0`.
fn countdown(rest: &str) -> Result<RoomOrder, String> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let form = || "Write `countdown MINUTES` or `countdown MINUTES DECISION`.";
    let (minutes, decision) = match words[..] {
        [minutes] => (minutes, None),
        [minutes, decision] => (minutes, Some(decision.to_owned())),
        _ => return Err(form().to_owned()),
    };
    let minutes: u32 = minutes.parse().map_err(|_| form().to_owned())?;
    Ok(RoomOrder::Ask(Request::Facilitate(Facilitate::Countdown {
        decision,
        seconds: minutes.saturating_mul(60),
    })))
}

/// `inject FROM: TEXT`, `inject to ROLE,ROLE FROM: TEXT`.
fn inject(rest: &str) -> Result<RoomOrder, String> {
    let form = "Write `inject FROM: TEXT` or `inject to ROLE,ROLE FROM: TEXT`.";
    let (to, rest) = match rest.strip_prefix("to ") {
        Some(rest) => rest.trim().split_once(char::is_whitespace).ok_or(form)?,
        None => ("", rest),
    };
    let (from, text) = rest.split_once(':').ok_or(form)?;
    let roles = to.split(',').map(str::trim).filter(|it| !it.is_empty());
    Ok(RoomOrder::Ask(Request::Facilitate(Facilitate::Inject(
        Improvised {
            to: roles.map(str::to_owned).collect(),
            from: from.trim().to_owned(),
            title: String::new(),
            text: text.trim().to_owned(),
        },
    ))))
}

/// `observe TEXT`, `observe S TEXT`, `observe role ID S TEXT`, `observe objective ID TEXT`.
fn observe(rest: &str) -> Result<RoomOrder, String> {
    let split = |text: &str| {
        let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        (first.to_owned(), rest.trim().to_owned())
    };
    let (first, after) = split(rest);
    let (about, mut text) = match first.as_str() {
        "role" | "objective" => {
            let (id, after) = split(&after);
            let about = if first == "role" {
                About::Role(id)
            } else {
                About::Objective(id)
            };
            (about, after)
        }
        _ => (About::Room, rest.to_owned()),
    };
    let (letter, after) = split(&text);
    let mut letters = letter.chars();
    let rating = match (letters.next(), letters.next()) {
        (Some(letter @ ('P' | 'S' | 'M' | 'U')), None) => Rating::from_letter(letter),
        _ => None,
    };
    if rating.is_some() {
        text = after;
    }
    if text.is_empty() && rating.is_none() {
        let form = "Write `observe TEXT`, `observe role ROLE P TEXT` or \
                    `observe objective OBJECTIVE P TEXT`; P, S, M or U may be left out.";
        return Err(form.to_owned());
    }
    Ok(RoomOrder::Ask(Request::Facilitate(Facilitate::Observe(
        Observation {
            about,
            rating,
            text,
        },
    ))))
}

fn to_remain(rest: &str) -> Option<usize> {
    match rest.split_whitespace().collect::<Vec<_>>()[..] {
        ["back", "to", number] => number.parse().ok(),
        _ => None,
    }
}

/// What the room says of a decision, before it is known what comes of it.
pub(super) fn reason(reason: &Reason) -> String {
    let mut out = String::new();
    if !reason.by.is_empty() {
        out += &labelled("BY", &reason.by);
    }
    if !reason.why.is_empty() {
        out += &labelled("BECAUSE", &reason.why);
    }
    if let Some(sure) = reason.sure {
        out += &labelled("SURE", &format!("{sure} %"));
    }
    out
}

pub(super) fn unfinished(them: &[Unfinished]) -> String {
    let mut out = String::new();
    for it in them {
        let moves = words::count(it.moves as i64, "move", "moves");
        let mut parts = vec![it.scenario.clone()];
        if !it.team.is_empty() {
            parts.push(format!("team {}", it.team));
        }
        parts.extend([moves, format!("written {} UTC", it.written)]);
        out += &labelled("UNFINISHED", &format!("{}: {}", it.name, parts.join(", ")));
        out += &item(&format!("To go on: resume {}", it.name));
    }
    out
}

fn name(seat: &SeatView) -> String {
    if seat.person.is_empty() {
        seat.title.clone()
    } else {
        format!("{} ({})", seat.title, seat.person)
    }
}

/// Who sits where, after what was known before.
pub(super) fn seats(before: Option<&Seats>, now: &Seats) -> String {
    let several = now.seats.len() > 1;
    let mut out = String::new();
    if before.is_none() {
        for (place, seat) in now.seats.iter().enumerate() {
            out += &labelled("SEAT", &format!("{}: {}", place + 1, name(seat)));
        }
        if !now.absent.is_empty() {
            let absent = words::list(&now.absent);
            let text = format!("{absent}: nobody plays this, so defaults are taken.");
            out += &labelled("ABSENT", &text);
        }
    }
    let current = now.seats.get(now.current);
    if several && before.is_none_or(|it| it.current != now.current) {
        let who = current.map(name).unwrap_or_default();
        out += &labelled("AT THE SCREEN", &format!("{}: {who}", now.current + 1));
    }
    let ready = |seats: &Seats| seats.seats.iter().map(|it| it.ready).collect::<Vec<_>>();
    if before.is_some_and(|it| ready(it) != ready(now)) && now.seats.iter().any(|it| it.ready) {
        let (ready, others): (Vec<&SeatView>, Vec<&SeatView>) =
            now.seats.iter().partition(|it| it.ready);
        let names =
            |seats: Vec<&SeatView>| words::list(&seats.into_iter().map(name).collect::<Vec<_>>());
        let text = format!("{}. Still to say `wait`: {}.", names(ready), names(others));
        out += &labelled("READY", &text);
    }
    out
}

/// The moves that were taken back; nothing is said if the scenario was changed under all of them.
pub(super) fn taken_back(it: &TakenBack) -> String {
    if it.moves.is_empty() {
        return String::new();
    }
    let moves = words::count(it.moves.len() as i64, "move", "moves");
    let text = format!(
        "{moves}: {}. Moves that remain: {}.",
        it.moves.join("; "),
        it.to
    );
    format!("\n{}", labelled("TAKEN BACK", &text))
}

pub(super) fn note(note: &Note) -> String {
    let label = if note.observation { "OBSERVED" } else { "NOTE" };
    let mut who = vec![note.at.time.clone()];
    if !note.observation {
        who.push(note.by.clone());
    }
    if !note.about.is_empty() {
        who.push(note.about.clone());
    }
    if let Some(rating) = note.rating {
        who.push(format!("{}, {}", rating.letter(), rating.words()));
    }
    let text = format!("{}: {}", who.join(" "), clean::line(&note.text));
    labelled(label, text.trim_end_matches([':', ' ']))
}

pub(super) fn votes(vote: &Vote) -> String {
    let mut out = String::new();
    match &vote.ballots {
        None => {
            let waiting = match vote.waiting.as_slice() {
                [] => "all have voted".to_owned(),
                waiting => format!("still to vote: {}", words::list(waiting)),
            };
            let text = format!(
                "{}: voted: {}; {waiting}",
                decision_name(&vote.decision),
                words::list(&vote.cast)
            );
            out += &labelled("VOTE", &text);
        }
        Some(ballots) => {
            out += &labelled("REVEALED", decision_name(&vote.decision));
            for it in ballots {
                let sure = it.sure.map(|sure| format!(", {sure} % sure"));
                let text = format!("{}: {}{}", it.who, it.label, sure.unwrap_or_default());
                out += &item(&text);
            }
        }
    }
    out
}

/// Countdowns that were not there, or had less left.
pub(super) fn countdowns(before: &[Countdown], now: &[Countdown]) -> String {
    let mut out = String::new();
    for it in now {
        let known = before.iter().find(|old| old.decision == it.decision);
        if known.is_none_or(|old| old.seconds < it.seconds) {
            let minutes = words::duration(i64::from(it.seconds.div_ceil(60)));
            let text = format!("{minutes} of real time for {}", decision_name(&it.decision));
            out += &labelled("COUNTDOWN", &text);
        }
    }
    out
}

pub(super) fn panel(panel: &Panel) -> String {
    let mut out = "FACILITATOR\n".to_owned();
    for (number, (at, what)) in (1..).zip(&panel.moves) {
        out += &item(&format!("{number}: {} {what}", dated(at)));
    }
    if let Some(left) = &panel.left {
        let (fewest, most) = left.moves;
        let (first, last) = (dated(&left.endex.0), dated(&left.endex.1));
        let when = if first == last {
            format!("ENDEX {first}")
        } else {
            format!("ENDEX between {first} and {last}")
        };
        let tries = words::number(left.tries as i64);
        let text = format!(
            "Left: {fewest} to {most} moves, {when}, in {tries} exercises played on from here"
        );
        out += &item(&text);
    }
    if let Some(minutes) = panel.played_minutes {
        let text = format!(
            "Played: {} of real time",
            words::duration(i64::from(minutes))
        );
        out += &item(&text);
    }
    for (label, named) in [("Roles", &panel.roles), ("Objectives", &panel.objectives)] {
        let ids: Vec<&str> = named.iter().map(|(id, _)| id.as_str()).collect();
        out += &item(&format!("{label}: {}", words::list(&ids)));
    }
    out + &items(HELP)
}

/// What a facilitator can type.
const HELP: [&str; 9] = [
    "leads: SPOILER: what each open option leads to",
    "pause, go on: stop everything, and start again",
    "pass: let time pass, even if some seats are not ready",
    "countdown MINUTES, countdown MINUTES DECISION: at its end the default is taken; 0 removes it",
    "inject FROM: TEXT, inject to ROLE,ROLE FROM: TEXT: news typed on the spot",
    "observe TEXT, observe role ROLE P TEXT, observe objective OBJECTIVE P TEXT: rated P, S, M or U",
    "take back to NUMBER: take back moves until this many remain",
    "stop REASON: end the exercise here",
    "facilitator: show this again",
];

pub(super) fn leads(leads: &[OptionLead]) -> String {
    let mut out = labelled("SPOILER", "What each open option leads to.");
    let mut decision = "";
    for lead in leads {
        if lead.decision != decision {
            decision = &lead.decision;
            out += &labelled("DECISION", decision);
            out += &prose(&lead.question);
        }
        out += &labelled("OPTION", &format!("{}: {}", lead.option, lead.label));
        if let Some(why) = &lead.barred {
            out += &item(why);
        }
        for branch in &lead.branches {
            out += &item(&branch.odds);
            for line in &branch.lines {
                out += &indented(line, "    ", "      ");
            }
        }
        if lead.more > 0 {
            let ways = words::count(lead.more as i64, "way", "ways");
            let text = format!("and {ways} more");
            out += &item(&text);
        }
    }
    out
}
