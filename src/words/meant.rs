//! *Did you mean*.

/// Longer words are not compared: the comparison takes time by the product of both lengths.
const COMPARED_MAX_BYTES: usize = 200;

/// The candidate that was probably meant by `word`: the nearest one within a third of the word's length
/// (at least one letter), the first of several that are equally near. A candidate equal to the word is no answer.
#[must_use]
pub fn did_you_mean<'a, I>(word: &str, candidates: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    if word.len() > COMPARED_MAX_BYTES {
        return None;
    }
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= COMPARED_MAX_BYTES && *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
