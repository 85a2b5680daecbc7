//! A line of `maps` that names something its framework does not have.

use super::parts::injects;
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::scenario::Placed;
use crate::words;

pub(super) const NAME: &str = "bad-map";

/// A framework whose ids have a fixed form: its name in `maps`, and what an id looks like.
struct Framework {
    name: &'static str,
    is_id: fn(&str) -> bool,
    ids: &'static str,
}

const FRAMEWORKS: [Framework; 3] = [
    Framework {
        name: "ATT&CK",
        is_id: is_attack,
        ids: "Techniques are written `ATT&CK T1133` or `ATT&CK T1021.001`, tactics `ATT&CK TA0040`.",
    },
    Framework {
        name: "CAF",
        is_id: is_caf,
        ids: "Principles are written `CAF D1`, outcomes `CAF B5.a`.",
    },
    Framework {
        name: "CSF",
        is_id: is_csf,
        ids: "Functions are written `CSF RS`, categories `CSF RS.MI`, outcomes `CSF RS.MI-01`.",
    },
];

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let scenario = subject.scenario;
    let mut maps: Vec<&Placed<String>> = Vec::new();
    maps.extend(scenario.objectives.iter().flat_map(|it| &it.maps));
    maps.extend(injects(scenario).flat_map(|inject| &inject.maps));
    maps.extend(subject.parts.courses.iter().flat_map(|course| &course.maps));
    for map in maps {
        if let Some((framework, meant)) = mistake(&map.value) {
            let shown = words::clipped(&map.value, 40);
            let headline = format!("`{shown}` is not a place in {}", framework.name);
            let finding = Finding::error(NAME, map.place, headline);
            findings.push(finding.hint(framework.ids).instead_if(meant));
        }
    }
}

/// What is wrong with a line of `maps`: the framework it means, and the line that was probably meant.
fn mistake(line: &str) -> Option<(&'static Framework, Option<String>)> {
    let line = line.trim();
    let (name, id) = line.rsplit_once([' ', ':']).unwrap_or(("", line));
    let bare: String = name
        .to_uppercase()
        .replace("MITRE", "")
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    let framework = match bare.as_str() {
        "ATTCK" | "ATTACK" | "ATTANDCK" | "ATCK" | "ATTK" => &FRAMEWORKS[0],
        "CAF" => &FRAMEWORKS[1],
        "CSF" => &FRAMEWORKS[2],
        // A technique alone says what it is.
        "" if is_attack(&id.to_uppercase()) || FRAMEWORKS.iter().any(|it| it.name == line) => {
            FRAMEWORKS
                .iter()
                .find(|it| it.name == line)
                .unwrap_or(&FRAMEWORKS[0])
        }
        _ => return None,
    };
    let rest = line.strip_prefix("MITRE ").unwrap_or(line);
    let written = rest
        .strip_prefix(framework.name)
        .and_then(|rest| rest.strip_prefix(' '));
    if written
        .or((name.is_empty()).then_some(line))
        .is_some_and(framework.is_id)
    {
        return None;
    }
    let upper = id.to_uppercase();
    let with_letter = format!("T{upper}");
    let ids = [upper, with_letter];
    let meant = ids.into_iter().find(|id| (framework.is_id)(id));
    Some((
        framework,
        meant.map(|id| format!("{} {id}", framework.name)),
    ))
}

/// A technique, sub-technique or tactic; a group, a program, a countermeasure, a campaign or a data source.
fn is_attack(id: &str) -> bool {
    let (main, sub) = id
        .split_once('.')
        .map_or((id, None), |(main, sub)| (main, Some(sub)));
    let digits = main.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = &main[..main.len() - digits.len()];
    let is_number = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_number(digits, 4)
        && match sub {
            None => ["T", "TA", "G", "S", "M", "C", "DS"].contains(&letters),
            Some(sub) => letters == "T" && is_number(sub, 3),
        }
}

/// An objective (`D`), a principle (`D1`) or an outcome (`D1.a`).
fn is_caf(id: &str) -> bool {
    matches!(
        id.as_bytes(),
        [b'A'..=b'D'] | [b'A'..=b'D', b'1'..=b'9'] | [b'A'..=b'D', b'1'..=b'9', b'.', b'a'..=b'z']
    )
}

/// A function (`RS`), a category (`RS.MI`) or an outcome (`RS.MI-01`).
fn is_csf(id: &str) -> bool {
    let (function, rest) = id.split_once('.').map_or((id, None), |(a, b)| (a, Some(b)));
    let category = rest.map(|rest| {
        rest.split_once('-')
            .map_or((rest, None), |(a, b)| (a, Some(b)))
    });
    ["GV", "ID", "PR", "DE", "RS", "RC"].contains(&function)
        && category.is_none_or(|(category, outcome)| {
            category.len() == 2
                && category.bytes().all(|byte| byte.is_ascii_uppercase())
                && outcome.is_none_or(|it| {
                    (1..=2).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_digit())
                })
        })
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn ids_have_the_shapes_of_their_frameworks() {
        let good = [
            "ATT&CK T1133",
            "ATT&CK T1021.001",
            "ATT&CK TA0040",
            "CAF D1",
            "CAF B5.a",
            "CAF C1",
            "CSF RS.MI",
            "CSF GV",
            "CSF RS.MI-01",
            "CSF PR.AC-1",
            "UK GDPR Art 33",
            "DCB0160",
            "ISO 27001 A.5.24",
            "T1133",
            "MITRE ATT&CK T1133",
            "NIST SP 800-61",
            "T1 of our plan",
        ];
        for line in good {
            assert!(mistake(line).is_none(), "{line}");
        }
        let bad = [
            ("ATT&CK T99", None),
            ("ATT&CK", None),
            ("ATT&CK T1021.1", None),
            ("ATT&CK 1133", Some("ATT&CK T1133")),
            ("ATT&CK t1133", Some("ATT&CK T1133")),
            ("ATTACK T1133", Some("ATT&CK T1133")),
            ("ATT&CK:T1133", Some("ATT&CK T1133")),
            ("t1133", Some("ATT&CK T1133")),
            ("CAF E1", None),
            ("CSF RX.MI", None),
        ];
        for (line, meant) in bad {
            let found = mistake(line).map(|(_, meant)| meant);
            assert_eq!(found, Some(meant.map(str::to_owned)), "{line}");
        }
    }
}
