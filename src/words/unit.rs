//! Units that authors write in the plural, and articles.

use std::borrow::Cow;

/// Plurals that have a singular of their own.
const IRREGULAR: [(&str, &str); 25] = [
    ("people", "person"),
    ("staff", "member of staff"),
    ("personnel", "member of personnel"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("leaves", "leaf"),
    ("lives", "life"),
    ("movies", "movie"),
    ("viruses", "virus"),
    ("buses", "bus"),
    ("bonuses", "bonus"),
    ("campuses", "campus"),
    ("statuses", "status"),
    ("analyses", "analysis"),
    ("crises", "crisis"),
    ("diagnoses", "diagnosis"),
    ("lenses", "lens"),
    ("caches", "cache"),
    ("headaches", "headache"),
    ("taxis", "taxi"),
    ("gases", "gas"),
    ("indices", "index"),
    ("criteria", "criterion"),
    ("heroes", "hero"),
];

/// Words that end in `s` and mean one as well as many, or that are not counted.
const SAME: [&str; 12] = [
    "series",
    "species",
    "news",
    "means",
    "headquarters",
    "premises",
    "crossroads",
    "kbps",
    "mbps",
    "gbps",
    "celsius",
    "apparatus",
];

/// The unit of a number: the author's plural, or the singular for 1 and -1.
#[must_use]
pub fn unit(number: i64, plural: &str) -> Cow<'_, str> {
    if number.unsigned_abs() != 1 {
        return Cow::Borrowed(plural);
    }
    // In `hours of work`, the first word is counted; in `call handlers` the last; in `patients waiting`, the first.
    let head = plural.split_once(" of ").map_or(plural, |(head, _)| head);
    let words: Vec<(usize, &str)> = head
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .collect();
    let found = words
        .iter()
        .rev()
        .find_map(|(at, word)| Some((*at, *word, singular(word)?)));
    match found {
        Some((at, word, one)) => Cow::Owned(format!(
            "{}{one}{}",
            &plural[..at],
            &plural[at + word.len()..]
        )),
        None => Cow::Borrowed(plural),
    }
}

/// The singular of a plural; `None` if the word is not a plural.
fn singular(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == lower) {
        return Some((*one).to_owned());
    }
    let stem = word.strip_suffix('s')?;
    let is_short = stem.chars().count() < 3 && !stem.chars().all(char::is_uppercase);
    if is_short || SAME.contains(&lower.as_str()) || stem.ends_with(['s', 'u', 'i']) {
        return None;
    }
    if let Some(stem) = stem
        .strip_suffix("ie")
        .filter(|stem| stem.chars().count() > 1)
    {
        return Some(format!("{stem}y"));
    }
    let sibilant = ["xe", "che", "she", "sse", "zze"]
        .iter()
        .any(|end| stem.ends_with(end));
    let one = if sibilant {
        &stem[..stem.len() - 1]
    } else {
        stem
    };
    Some(one.to_owned())
}

/// A noun with its article, as in `an inject`. For words that are spelt as they are spoken.
#[must_use]
pub fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::{article, unit};

    #[test]
    fn one_of_a_unit_is_in_the_singular() {
        let cases = [
            ("people", "person"),
            ("staff", "member of staff"),
            ("minutes", "minute"),
            ("hours", "hour"),
            ("days", "day"),
            ("accounts", "account"),
            ("doses", "dose"),
            ("nurses", "nurse"),
            ("boxes", "box"),
            ("branches", "branch"),
            ("losses", "loss"),
            ("batteries", "battery"),
            ("caches", "cache"),
            ("crises", "crisis"),
            ("women", "woman"),
            ("PCs", "PC"),
            ("pounds", "pound"),
            ("call handlers", "call handler"),
            ("patients waiting", "patient waiting"),
            ("hours of work", "hour of work"),
            ("members of staff", "member of staff"),
            ("people on site", "person on site"),
            // Not plurals.
            ("GB", "GB"),
            ("%", "%"),
            ("ms", "ms"),
            ("Mbps", "Mbps"),
            ("series", "series"),
            ("status", "status"),
            ("stress", "stress"),
            ("kg", "kg"),
            ("", ""),
        ];
        for (many, one) in cases {
            assert_eq!(unit(1, many), one);
            assert_eq!(unit(-1, many), one);
            assert_eq!(unit(0, many), many);
            assert_eq!(unit(21, many), many);
        }
    }

    #[test]
    fn an_article_fits_its_noun() {
        let cases = [
            ("inject", "an inject"),
            ("option", "an option"),
            ("value", "a value"),
            ("entry", "an entry"),
        ];
        for (noun, expected) in cases {
            assert_eq!(article(noun), expected);
        }
    }
}
