//! Whether a comment was meant as the rest of the value before it.

/// Operators that need something on their right.
const WANTS_RIGHT: [&str; 15] = [
    "&&", "||", "==", "!=", ">=", "<=", ">", "<", "+", "-", "*", "/", "(", "=", ",",
];

/// Operators that need something on their left, so no sentence begins with them.
const WANTS_LEFT: [&str; 6] = ["&&", "||", "==", "!=", ">=", "<="];

/// Whether a plain value goes on in the comment after it. `gap` is the text between them, and `comment` what follows the
/// `#`.
///
/// A real comment is set apart: two spaces before it, and one after its `#`. If it is not, its words and those of the
/// value decide.
pub(super) fn cuts(value: &str, gap: &str, comment: &str) -> bool {
    if gap.is_empty() || !gap.bytes().all(|byte| byte == b' ') {
        return false;
    }
    let words = comment.trim();
    if words.is_empty() || words.starts_with("allow ") || is_ruler(words) {
        return false;
    }
    let is_near = gap.len() == 1;
    let is_glued = !comment.starts_with(char::is_whitespace);
    let value = value.trim_end();
    let is_open = WANTS_RIGHT.iter().any(|sign| value.ends_with(sign))
        || value.matches('(').count() > value.matches(')').count()
        || value.ends_with(" in") && !value.contains(". ");
    let goes_on = WANTS_LEFT.iter().any(|sign| words.starts_with(sign));
    is_near && is_glued || is_open || goes_on || is_near && is_half_a_sentence(value, words)
}

/// `-----` and the like.
fn is_ruler(words: &str) -> bool {
    let mut letters = words.chars();
    let first = letters.next();
    words.len() > 2 && letters.all(|letter| Some(letter) == first)
}

/// Prose of several words that does not end, and goes on in the comment with a number or to its end.
fn is_half_a_sentence(value: &str, words: &str) -> bool {
    let ends = |text: &str| text.ends_with(['.', '!', '?', ';', ')', '"']);
    let is_prose = value.split_whitespace().count() > 2 && !value.contains(['=', '<', '>', '&']);
    let last = value.chars().next_back();
    is_prose
        && !ends(value)
        && last.is_some_and(char::is_alphabetic)
        && (words.starts_with(|first: char| first.is_ascii_digit()) || ends(words))
}

#[cfg(test)]
mod tests {
    use super::cuts;

    #[test]
    fn a_comment_that_stands_apart_is_one() {
        let meant = [
            ("5d", "                 ", " ENDEX at the latest"),
            ("helpers >= 1", "   ", "only then"),
            ("helpers >= 1", " ", " one is enough"),
            ("Practice manager", " ", " who runs the day"),
            ("starter", "   ", " allow missing-history: it is invented"),
            ("starter", " ", "allow missing-history: it is invented"),
            ("true", " ", "-----"),
            ("true", " ", ""),
            ("Nobody came.", " ", " 4 of them were ill."),
            ("a", "\n  ", "b"),
        ];
        let cut = [
            ("Works on ticket", " ", "12 and says so."),
            ("Works on ticket", " ", " 12 and says so."),
            ("Posts to the channel", " ", "-ops"),
            ("Posts to the channel", " ", "\"fail\""),
            ("Posts in ticket", " ", "(12)"),
            ("helpers >=", "  ", " one"),
            ("helpers >= 1", "  ", " && network == cut"),
            ("max(1, helpers", "  ", " or so)"),
            ("The patients are in room", " ", " four, all of them."),
        ];
        for (cases, expected) in [(&meant[..], false), (&cut[..], true)] {
            for (value, gap, comment) in cases {
                assert_eq!(
                    cuts(value, gap, comment),
                    expected,
                    "{value}{gap}#{comment}"
                );
            }
        }
    }
}
