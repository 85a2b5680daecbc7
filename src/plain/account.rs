//! The account as lines: what the score is made of, what cost most, what luck gave; and every move with its figures.

use crate::front::review::account::onward::Onward;
use crate::front::review::account::{Account, Figure, MoveLine, hints};
use crate::front::text::{pad, wrap};
use crate::plain::write::{dated, indented, item, items, labelled};
use crate::words;

/// Columns of what was done, in the table of moves.
const WHAT: usize = 34;

/// What the score is made of, what cost most, and what luck gave.
#[must_use]
pub fn summary(account: &Account) -> String {
    let Some(sum) = &account.sum else {
        return labelled("ACCOUNT", hints::UNKNOWN);
    };
    let mut out = "ACCOUNT\n".to_owned();
    for (figure, what) in hints::equation(account, sum) {
        out += &figured(&figure, &what);
    }
    out += &labelled("NOTE", hints::HINDSIGHT);
    if let Some(curve) = hints::curve(account) {
        out += &labelled("CURVE", &curve);
    }
    for it in &account.costly {
        let (cost, at) = (it.cost.text(), dated(&it.at));
        let text = format!("{cost} move {}, {at}: {}", it.number, it.what);
        out += &labelled("COST", &text);
        out += &items(hints::why(it));
    }
    if account.moves.iter().any(|it| it.needs_hindsight) {
        out += &labelled("NOTE", hints::ALIKE);
    }
    for it in &account.rolls {
        let luck = it.luck.map_or_else(|| "?".to_owned(), Figure::signed);
        let (what, because) = hints::rolled(it);
        out += &labelled("LUCK", &format!("{luck} {}: {what}", dated(&it.at)));
        out += &items(because);
    }
    out
}

/// The curve in words: a line for each move that changed what the position was worth.
#[must_use]
pub fn curve(account: &Account) -> String {
    let (Some(first), Some(_)) = (account.curve.first(), account.lowest()) else {
        return String::new();
    };
    let mut out = labelled("CURVE", hints::CURVE);
    let text = format!(
        "{}: {} {}",
        dated(&first.at),
        first.value.text(),
        first.when()
    );
    out += &item(&text);
    for (place, now) in account.curve.iter().enumerate().skip(1) {
        let Some(step) = account.step(place - 1) else {
            continue;
        };
        let mut parts = Vec::new();
        if let Some(cost) = step.marked() {
            parts.push(hints::cost_of(cost));
        } else if let Some(cost) = step.cost.filter(|it| !it.is_nothing()) {
            parts.push(format!("cost {}, not marked", cost.text()));
        }
        let luck = step.luck.filter(|it| !it.is_nothing());
        parts.extend(luck.map(|it| format!("luck {}", it.signed())));
        if parts.is_empty() {
            continue;
        }
        let after = match step.number {
            0 => "after STARTEX".to_owned(),
            number => format!("after move {number}"),
        };
        let why = words::list(&parts);
        let text = format!("{}: {} {after}: {why}", dated(&now.at), now.value.text());
        out += &item(&text);
    }
    out
}

fn figured(figure: &str, what: &str) -> String {
    let lead = format!("{figure:>9}  ");
    indented(what, &lead, &" ".repeat(lead.len()))
}

/// A line for each move, and their sums.
#[must_use]
pub fn moves(account: &Account) -> String {
    let mut out = row(["", "TIME", "MOVE", "VALUE", "POINTS", "COST", "LUCK", ""]);
    let mut date = "";
    for it in &account.moves {
        if it.at.date != date {
            out.extend(["  ", &it.at.date, "\n"]);
            date = &it.at.date;
        }
        out += &of_move(account, it);
    }
    let known = |figure: Option<Figure>| figure.map_or_else(|| "?".to_owned(), Figure::text);
    let luck = account.sum.map(|it| it.luck.signed());
    let end = if account.ended {
        "In the end, and together"
    } else {
        "Where it stopped, and together"
    };
    out + &row([
        "",
        "",
        end,
        &known(account.curve.last().map(|it| it.value)),
        &account.points.to_string(),
        &known(account.sum.map(|it| it.cost)),
        &luck.unwrap_or_else(|| "?".to_owned()),
        "",
    ])
}

/// A line that goes on otherwise. `had` are the points of the exercise itself.
#[must_use]
pub fn onward(onward: &Onward, had: i64) -> String {
    let mut out = row(["", "TIME", "MOVE", "", "POINTS", "", "", ""]);
    let mut date = "";
    for it in &onward.moves {
        if it.at.date != date {
            out.extend(["  ", &it.at.date, "\n"]);
            date = &it.at.date;
        }
        let points = if it.points == 0 {
            "-".to_owned()
        } else {
            format!("{:+}", it.points)
        };
        out += &numbered(
            &it.number.to_string(),
            &it.at.time,
            &it.what,
            ["", &points, "", "", ""],
        );
    }
    out.push('\n');
    for what in &onward.left_out {
        out += &labelled("LEFT OUT", &format!("{what} could no longer be done."));
    }
    if let Some(value) = onward.value {
        let text = format!(
            "{} with best play from there, on average over luck",
            value.text()
        );
        out += &labelled("VALUE", &text);
    }
    for (title, points) in &onward.objectives {
        out += &labelled("OBJECTIVE", &format!("{title}: {points}"));
    }
    let points = words::count(onward.points, "point", "points");
    let more = onward.points - had;
    let against = match more {
        0 => "as many as in the exercise".to_owned(),
        1.. => format!("{} more than in the exercise", words::number(more)),
        ..0 => format!("{} fewer than in the exercise", words::number(-more)),
    };
    let left = match onward.left {
        Some(left) if !onward.ended => {
            format!("; {} could still be won when it stopped", left.text())
        }
        _ => String::new(),
    };
    out + &labelled("TOTAL", &format!("{points}, {against}{left}"))
}

fn of_move(account: &Account, it: &MoveLine) -> String {
    let nothing = || "-".to_owned();
    let unknown = || "?".to_owned();
    let points = if it.points == 0 {
        nothing()
    } else {
        format!("{:+}", it.points)
    };
    let cost = match it.cost {
        _ if it.number == 0 => nothing(),
        Some(cost) if cost.is_nothing() => nothing(),
        Some(cost) => cost.text(),
        None => unknown(),
    };
    let luck = match it.luck {
        Some(luck) if luck.is_nothing() => nothing(),
        Some(luck) => luck.signed(),
        None => unknown(),
    };
    let marked = account
        .costly
        .iter()
        .any(|costly| costly.number == it.number);
    let mark = match (marked, it.needs_hindsight) {
        (true, _) => "*",
        (false, true) => "~",
        (false, false) => "",
    };
    let value = it.value.map_or_else(unknown, Figure::text);
    let figures = [value.as_str(), &points, &cost, &luck, mark];
    numbered(&it.number.to_string(), &it.at.time, &it.what, figures)
}

/// A row whose text may take several lines.
fn numbered(number: &str, time: &str, what: &str, figures: [&str; 5]) -> String {
    let [value, points, cost, luck, mark] = figures;
    let mut out = String::new();
    for (line, text) in wrap(what, WHAT).iter().enumerate() {
        out += &if line == 0 {
            row([number, time, text, value, points, cost, luck, mark])
        } else {
            row(["", "", text, "", "", "", "", ""])
        };
    }
    out
}

fn row([number, time, what, value, points, cost, luck, mark]: [&str; 8]) -> String {
    let what = pad(what, WHAT);
    let line =
        format!("{number:>4}  {time:<5}  {what} {value:>7} {points:>6} {cost:>7} {luck:>7} {mark}");
    format!("{}\n", line.trim_end())
}
