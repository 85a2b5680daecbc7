//! What somebody meant by a time zone that is not in the IANA list.
//!
//! A correction is one key in an editor, so it must never lead to another time of day: short names are never compared by
//! their letters, because `BST` is as near to `EST` as to anything.

mod windows;

use crate::words;
use windows::WINDOWS;

/// What people call a zone, in capitals, and the zone.
const KNOWN_AS: [(&str, &str); 82] = [
    ("BST", "Europe/London"),
    ("WEST", "Europe/Lisbon"),
    ("CEST", "Europe/Paris"),
    ("MEZ", "Europe/Berlin"),
    ("MESZ", "Europe/Berlin"),
    ("EEST", "Europe/Athens"),
    ("MSK", "Europe/Moscow"),
    ("TRT", "Europe/Istanbul"),
    ("ET", "America/New_York"),
    ("EDT", "America/New_York"),
    ("CT", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("MDT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("AKST", "America/Anchorage"),
    ("AKDT", "America/Anchorage"),
    ("ADT", "America/Halifax"),
    ("NST", "America/St_Johns"),
    ("NDT", "America/St_Johns"),
    ("BRT", "America/Sao_Paulo"),
    ("SAST", "Africa/Johannesburg"),
    ("EAT", "Africa/Nairobi"),
    ("WAT", "Africa/Lagos"),
    ("CAT", "Africa/Maputo"),
    ("PKT", "Asia/Karachi"),
    ("SGT", "Asia/Singapore"),
    ("HKT", "Asia/Hong_Kong"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("AEDT", "Australia/Sydney"),
    ("ACDT", "Australia/Adelaide"),
    ("AWST", "Australia/Perth"),
    ("NZST", "Pacific/Auckland"),
    ("NZDT", "Pacific/Auckland"),
    ("Z", "UTC"),
    ("UK", "Europe/London"),
    ("ENGLAND", "Europe/London"),
    ("SCOTLAND", "Europe/London"),
    ("WALES", "Europe/London"),
    ("BRITAIN", "Europe/London"),
    ("GREAT BRITAIN", "Europe/London"),
    ("UNITED KINGDOM", "Europe/London"),
    ("BIRMINGHAM", "Europe/London"),
    ("BRISTOL", "Europe/London"),
    ("CARDIFF", "Europe/London"),
    ("EDINBURGH", "Europe/London"),
    ("GLASGOW", "Europe/London"),
    ("LEEDS", "Europe/London"),
    ("LIVERPOOL", "Europe/London"),
    ("MANCHESTER", "Europe/London"),
    ("IRELAND", "Europe/Dublin"),
    ("FRANCE", "Europe/Paris"),
    ("GERMANY", "Europe/Berlin"),
    ("COLOGNE", "Europe/Berlin"),
    ("FRANKFURT", "Europe/Berlin"),
    ("HAMBURG", "Europe/Berlin"),
    ("MUNICH", "Europe/Berlin"),
    ("NETHERLANDS", "Europe/Amsterdam"),
    ("THE HAGUE", "Europe/Amsterdam"),
    ("BELGIUM", "Europe/Brussels"),
    ("SPAIN", "Europe/Madrid"),
    ("BARCELONA", "Europe/Madrid"),
    ("ITALY", "Europe/Rome"),
    ("MILAN", "Europe/Rome"),
    ("SWITZERLAND", "Europe/Zurich"),
    ("GENEVA", "Europe/Zurich"),
    ("AUSTRIA", "Europe/Vienna"),
    ("SWEDEN", "Europe/Stockholm"),
    ("NORWAY", "Europe/Oslo"),
    ("DENMARK", "Europe/Copenhagen"),
    ("FINLAND", "Europe/Helsinki"),
    ("BOSTON", "America/New_York"),
    ("WASHINGTON", "America/New_York"),
    ("SAN FRANCISCO", "America/Los_Angeles"),
    ("SEATTLE", "America/Los_Angeles"),
    ("INDIA", "Asia/Kolkata"),
    ("DELHI", "Asia/Kolkata"),
    ("MUMBAI", "Asia/Kolkata"),
    ("BEIJING", "Asia/Shanghai"),
];

/// Abbreviations with several meanings, hours apart.
const AMBIGUOUS: [(&str, &str); 9] = [
    (
        "EASTERN",
        "Several countries have an eastern time: write `America/New_York`, `Australia/Sydney` or another place.",
    ),
    (
        "IST",
        "`IST` has three meanings: write `Asia/Kolkata`, `Europe/Dublin` or `Asia/Jerusalem`.",
    ),
    (
        "CST",
        "`CST` has three meanings: write `America/Chicago`, `Asia/Shanghai` or `America/Havana`.",
    ),
    (
        "AST",
        "`AST` has two meanings: write `America/Halifax` or `Asia/Riyadh`.",
    ),
    (
        "GST",
        "`GST` has two meanings: write `Asia/Dubai` or `Atlantic/South_Georgia`.",
    ),
    (
        "ECT",
        "`ECT` has several meanings: write `Europe/Paris`, `America/Guayaquil` or another place.",
    ),
    (
        "AMT",
        "`AMT` has two meanings: write `America/Manaus` or `Asia/Yerevan`.",
    ),
    (
        "AEST",
        "`AEST` is that of `Australia/Sydney`, where clocks change in summer, and of `Australia/Brisbane`, where they do not.",
    ),
    (
        "ACST",
        "`ACST` is that of `Australia/Adelaide`, where clocks change in summer, and of `Australia/Darwin`, where they do not.",
    ),
];

/// The areas whose zones are named after cities.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

const USUAL: &str = "Use an IANA name, as in `Europe/London`.";

/// Longer words are not compared: characters.
const COMPARED_MAX: usize = 40;

/// The letters of the longest abbreviation.
const ABBREVIATION_MAX: usize = 4;

/// What to do about a zone that does not exist, and the zone that was meant if that is certain enough.
pub(super) fn advice(written: &str) -> (String, Option<String>) {
    let word = written.trim().to_uppercase().replace('_', " ");
    if let Some((_, hint)) = AMBIGUOUS.iter().find(|(name, _)| *name == word) {
        return ((*hint).to_owned(), None);
    }
    let windows = WINDOWS.iter().find(|(name, _)| is_windows(name, &word));
    if let Some((_, zone)) = windows {
        let hint = format!("That is what Windows calls it; the IANA name is `{zone}`.");
        return (hint, Some((*zone).to_owned()));
    }
    if let Some(advice) = offset(&word) {
        return advice;
    }
    let (area, city) = word.rsplit_once(['/', '\\']).unwrap_or(("", &word));
    // Abbreviations stand alone. A city may stand in its area.
    let is_known = |name: &str| {
        if area.is_empty() {
            name == word
        } else {
            name == city && name.len() > ABBREVIATION_MAX
        }
    };
    let is_area = area.is_empty() || AREAS.iter().any(|it| it.eq_ignore_ascii_case(area));
    let known = KNOWN_AS.iter().find(|(name, _)| is_area && is_known(name));
    let meant = known.map(|(_, zone)| (*zone).to_owned());
    (
        USUAL.to_owned(),
        meant.or_else(|| place(area, city, is_area)),
    )
}

/// A name of Windows, in standard or in summer time.
fn is_windows(name: &str, word: &str) -> bool {
    let name = name.to_uppercase();
    name == word || name.replace("STANDARD", "DAYLIGHT") == word
}

/// Advice on `GMT+1`, `UTC-05:30`, `+01:00` and the like: a fixed offset. The signs of the zones `Etc/GMT…` are reversed.
fn offset(word: &str) -> Option<(String, Option<String>)> {
    let bare = ["UTC", "GMT", "ETC/GMT", "ETC/UTC", "Z"]
        .iter()
        .find_map(|it| word.strip_prefix(it));
    let bare = bare.unwrap_or(word).replace('\u{2212}', "-");
    let bare = bare.trim();
    let sign = bare.chars().next().filter(|it| ['+', '-'].contains(it))?;
    let (hours, minutes) = match bare[1..].split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if bare.len() == "+0100".len() => bare[1..].split_at_checked(2)?,
        None => (&bare[1..], "0"),
    };
    let (hours, minutes): (u8, u8) = (hours.trim().parse().ok()?, minutes.parse().ok()?);
    if (hours, minutes) == (0, 0) {
        let hint = "That is the zone `UTC`; in Britain clocks change in summer, so for a place there write `Europe/London`.";
        return Some((hint.to_owned(), Some("UTC".to_owned())));
    }
    let hint = "A fixed offset does not follow changes of clocks: name a place, as in `Europe/London` or `Europe/Paris`.";
    let most = if sign == '+' { 14 } else { 12 };
    if minutes != 0 || hours > most {
        return Some((hint.to_owned(), None));
    }
    let reversed = if sign == '+' { '-' } else { '+' };
    let ahead = if sign == '+' { "ahead of" } else { "behind" };
    let always = words::count(i64::from(hours), "hour", "hours");
    let hint = format!(
        "{hint} For always {always} {ahead} UTC, write `Etc/GMT{reversed}{hours}`; its sign is reversed."
    );
    Some((hint, None))
}

/// The zone of a place: by its city alone, or with a letter or two amiss. Zones of other areas, as in `US/Eastern`, are
/// compared among themselves.
fn place(area: &str, city: &str, is_area: bool) -> Option<String> {
    let length = city.chars().count();
    if length > COMPARED_MAX {
        return None;
    }
    let names = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned());
    let names: Vec<(String, String)> = names
        .filter_map(|name| {
            let (of, rest) = name.split_once('/')?;
            let has_cities = AREAS.contains(&of) && !["North", "South", "West"].contains(&rest);
            let own = of.eq_ignore_ascii_case(area);
            let city = name.rsplit('/').next()?.to_uppercase().replace('_', " ");
            (has_cities || own && of != "Etc").then_some((city, name))
        })
        .collect();
    let of_area = |name: &str| area.is_empty() || name.to_uppercase().starts_with(area);
    let is_group = !is_area
        && names
            .iter()
            .any(|(_, name)| name.to_uppercase().starts_with(&format!("{area}/")));
    if !is_group && let Some((_, name)) = names.iter().find(|(of, _)| of == city) {
        return Some(name.clone());
    }
    // A wrong letter or two in a long name is a slip. In a short one, it is another place.
    let most = match length {
        0..=4 => return None,
        5..=6 => 1,
        _ => 2,
    };
    let near = names
        .iter()
        .filter(|(_, name)| of_area(name))
        .filter_map(|(of, name)| {
            let distance = strsim::damerau_levenshtein(of, city);
            let same_first = of.chars().next() == city.chars().next();
            (same_first && distance <= most).then_some((distance, name))
        });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.clone())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    use super::{AMBIGUOUS, KNOWN_AS, WINDOWS, advice};

    /// What is written, what is offered, and a piece of the hint.
    const CASES: &[(&str, Option<&str>, &str)] = &[
        ("BST", Some("Europe/London"), "IANA"),
        ("bst", Some("Europe/London"), ""),
        ("CEST", Some("Europe/Paris"), ""),
        ("EDT", Some("America/New_York"), ""),
        ("PST", Some("America/Los_Angeles"), ""),
        ("IST", None, "three meanings"),
        ("CST", None, "three meanings"),
        ("Z", Some("UTC"), ""),
        ("UTC+0", Some("UTC"), "Europe/London"),
        ("+00:00", Some("UTC"), ""),
        ("GMT+1", None, "`Etc/GMT-1`"),
        ("UTC+1", None, "1 hour ahead of UTC, write `Etc/GMT-1`"),
        ("UTC-5", None, "5 hours behind UTC, write `Etc/GMT+5`"),
        ("+0100", None, "`Etc/GMT-1`"),
        ("GMT +01:00", None, "`Etc/GMT-1`"),
        ("UTC+05:30", None, "fixed offset"),
        ("UTC+99", None, "fixed offset"),
        ("London", Some("Europe/London"), ""),
        ("london", Some("Europe/London"), ""),
        ("Londn", Some("Europe/London"), ""),
        ("Eastern", None, "Several countries"),
        ("US/Easter", Some("US/Eastern"), ""),
        ("Etc/MT", None, ""),
        ("North", None, ""),
        ("Europe/Londn", Some("Europe/London"), ""),
        ("Europe/Lodnon", Some("Europe/London"), ""),
        ("Europ/London", Some("Europe/London"), ""),
        ("Europe\\London", Some("Europe/London"), ""),
        ("Paris", Some("Europe/Paris"), ""),
        ("New York", Some("America/New_York"), ""),
        ("America/New York", Some("America/New_York"), ""),
        ("Europe/Manchester", Some("Europe/London"), ""),
        ("Asia/Delhi", Some("Asia/Kolkata"), ""),
        ("GMT Standard Time", Some("Europe/London"), "Windows"),
        ("GMT Daylight Time", Some("Europe/London"), "Windows"),
        ("W. Europe Standard Time", Some("Europe/Berlin"), "Windows"),
        ("Middle Earth", None, "IANA"),
        ("XYZ", None, "IANA"),
        ("", None, "IANA"),
        ("-", None, "IANA"),
        ("+é1", None, "IANA"),
    ];

    #[test]
    fn people_are_offered_the_zone_that_they_mean() {
        for (written, offered, hint) in CASES {
            let (told, meant) = advice(written);
            assert_eq!(meant.as_deref(), *offered, "{written}");
            assert!(told.contains(hint), "{written}: {told}");
        }
    }

    #[test]
    fn every_zone_that_is_offered_exists() {
        let known = KNOWN_AS.iter().chain(&WINDOWS).map(|(_, zone)| *zone);
        for zone in known {
            assert!(TimeZone::get(zone).is_ok(), "{zone}");
        }
        for (name, hint) in AMBIGUOUS {
            for zone in hint.split('`').filter(|it| it.contains('/')) {
                assert!(TimeZone::get(zone).is_ok(), "{name}: {zone}");
            }
        }
    }

    /// With a letter missing, two swapped or one doubled, whatever is offered shows the same time as what was meant, in
    /// winter and in summer.
    #[test]
    fn a_slip_never_leads_hours_away() {
        let mut names: Vec<String> = jiff::tz::db()
            .available()
            .map(|it| it.as_str().to_owned())
            .collect();
        names.sort();
        let times = [
            date(2024, 1, 15).at(12, 0, 0, 0),
            date(2024, 7, 15).at(12, 0, 0, 0),
        ];
        let shows = |zone: &str| {
            let zone = TimeZone::get(zone).expect("it exists");
            times.map(|it| zone.to_timestamp(it).expect("a time"))
        };
        let mut wrong = Vec::new();
        for name in names
            .iter()
            .filter(|it| it.contains('/') && it.is_ascii())
            .step_by(5)
        {
            for at in 0..name.len() {
                let without = format!("{}{}", &name[..at], &name[at + 1..]);
                let twice = format!("{}{}", &name[..=at], &name[at..]);
                for slip in [without, twice] {
                    if TimeZone::get(&slip).is_ok() {
                        continue;
                    }
                    if let (_, Some(offered)) = advice(&slip)
                        && shows(&offered) != shows(name)
                    {
                        wrong.push(format!("{slip} for {name}: {offered}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
