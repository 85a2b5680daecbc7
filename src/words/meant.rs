//! *Did you mean*.

/// Longer words are not compared: the time it takes grows with the product of both lengths.
const COMPARED_MAX_BYTES: usize = 200;

/// A shorter beginning says too little.
const BEGINNING_MIN_CHARACTERS: usize = 4;

/// The candidate that was probably meant by `word`: the nearest one within a third of the word's length (at least one
/// letter), the first of several that are equally near. Otherwise the only one that begins with the word, or that the word
/// begins with. A candidate equal to the word does not count.
#[must_use]
pub fn did_you_mean<'a, I>(word: &str, candidates: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    if word.len() > COMPARED_MAX_BYTES {
        return None;
    }
    let all: Vec<&'a str> = candidates.into_iter().collect();
    let limit = (word.chars().count() / 3).max(1);
    all.iter()
        .copied()
        .filter(|candidate| candidate.len() <= COMPARED_MAX_BYTES && *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
        .or_else(|| beginning(word, &all))
}

/// The only candidate that begins with the word, or that the word begins with.
fn beginning<'a>(word: &str, all: &[&'a str]) -> Option<&'a str> {
    let is_long = |text: &str| text.chars().count() >= BEGINNING_MIN_CHARACTERS;
    let mut alike = all.iter().copied().filter(|candidate| {
        let begins = candidate.starts_with(word) || word.starts_with(candidate);
        *candidate != word && begins && is_long(word) && is_long(candidate)
    });
    let first = alike.next()?;
    alike.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn the_nearest_candidate_within_a_third_is_meant() {
        let cases = [
            ("citrx", Some("citrix")),
            ("ctirix", Some("citrix")),
            ("too", Some("to")),
            ("zebra", None),
            ("citr", Some("citrix")),
            ("citrix_farm", Some("citrix")),
            ("citrix", None),
            ("x", None),
        ];
        for (word, expected) in cases {
            assert_eq!(did_you_mean(word, ["citrix", "to"]), expected, "{word}");
        }
    }

    #[test]
    fn a_very_long_word_is_not_compared() {
        let word = "a".repeat(100_000);
        assert_eq!(did_you_mean(&word, ["aaa"]), None);
    }
}
