//! The errors of the YAML parser, in our words.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::limits::DEPTH_MAX;
use super::split;
use crate::finding::{FileId, Finding, Place};

/// Where a mistake begins, and whether the whole line there is out of place.
pub(super) type Anchor = (usize, bool);

/// How far back to look for a line that is out of place.
const LOOKED_BACK_MAX_LINES: usize = 200;

/// The finding for a syntax error, and where the mistake begins; no place if the whole file depends on it. `from` is the
/// end of what was read before, and `flow` holds the positions of the outermost and the innermost open bracket.
pub(super) fn finding(
    error: &ScanError,
    file: FileId,
    text: &str,
    from: usize,
    flow: Option<(usize, usize)>,
) -> (Finding, Option<Anchor>) {
    let mut start = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let next = text[start..].chars().next().filter(|next| *next != '\n');
    let place = Place::new(file, start..start + next.map_or(0, char::len_utf8));
    let outermost = flow.map_or(start, |(outermost, _)| outermost);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return (too_deep(place), None);
    }
    if *error.kind() == ErrorKind::DirectiveDisallowed {
        let (headline, hint) = words(error.kind());
        return (
            Finding::error("yaml-syntax", place, headline).hint(hint),
            None,
        );
    }
    if let Some(tab) = tab_indentation(text, start) {
        let tabs = text[tab..].len() - text[tab..].trim_start_matches('\t').len();
        let place = Place::new(file, tab..tab + tabs);
        let finding = Finding::error("yaml-syntax", place, "a tab in the indentation");
        return (
            finding
                .hint("Indent with spaces.")
                .instead(INDENT.repeat(tabs)),
            Some((tab.min(outermost), false)),
        );
    }
    if let Some((at, length, headline, hint)) = earlier(error.kind(), text, from, start, flow) {
        let place = Place::new(file, at..at + length);
        let finding = Finding::error("yaml-syntax", place, headline).hint(hint);
        let is_line = finding.headline.ends_with(OUTDENTED);
        return (finding, Some((at.min(outermost), is_line)));
    }
    let (headline, hint) = if is_colon_in_brackets(error.kind(), text, start) {
        (words(&ErrorKind::MappingValueNotAllowed).0, IN_BRACKETS)
    } else {
        words(error.kind())
    };
    let finding = Finding::error("yaml-syntax", place, headline).hint(hint);
    let is_split = matches!(
        error.kind(),
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator
    );
    let whole = flow
        .filter(|_| is_split)
        .and_then(|(_, innermost)| split::whole_value(text, innermost, start));
    let finding = match whole {
        Some(whole) => split::bracket(file, text, whole),
        None => finding,
    };
    (finding, Some((start.min(outermost), false)))
}

/// What stands in place of a tab.
const INDENT: &str = "  ";

/// The finding for lists and mappings that lie deeper than [`DEPTH_MAX`].
pub(super) fn too_deep(place: Place) -> Finding {
    let headline = format!("more than {DEPTH_MAX} lists and mappings inside one another");
    Finding::error("too-deep", place, headline)
        .hint("Close what is open: nothing in a scenario is nested anywhere near as deeply.")
}

/// What to do about a colon inside brackets.
const IN_BRACKETS: &str =
    "Inside `{}` and `[]`, quote a text that holds `: `. If a key is meant, put a comma before it.";

/// Whether a comma was expected where the text goes on with a colon.
fn is_colon_in_brackets(kind: &ErrorKind, text: &str, at: usize) -> bool {
    use ErrorKind as E;
    let expects_comma = matches!(
        kind,
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator
    );
    expects_comma && text[at..].starts_with(':')
}

/// What is wrong with a key that is further out than the lines around it.
const OUTDENTED: &str = "is indented less than the lines around it";

type Earlier = (usize, usize, String, &'static str);

/// A mistake before the place where the parser noticed it: where, how long, headline and hint.
fn earlier(
    kind: &ErrorKind,
    text: &str,
    from: usize,
    at: usize,
    flow: Option<(usize, usize)>,
) -> Option<Earlier> {
    use ErrorKind as E;
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line_start..at];
    let indent = before.len() - before.trim_start_matches(' ').len();
    let word = before.trim_start_matches(' ');
    let is_key = !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_misplaced = matches!(
        kind,
        E::MappingValueNotAllowed
            | E::InvalidColonPlacement
            | E::InvalidMappingValueWhitespace
            | E::ExpectedBlockMappingKey
            | E::InvalidIndentation
    );
    if is_misplaced
        && (is_key || word.is_empty() && !text[at..].starts_with("- "))
        && flow.is_none()
        && let Some((at, length)) = outdented(text, line_start)
    {
        let headline = format!("`{}` {OUTDENTED}", &text[at..at + length]);
        let hint = "Indent it like the keys above it.";
        return Some((at, length, headline, hint));
    }
    match kind {
        E::UnclosedQuotedScalar
        | E::InvalidQuotedScalarIndent
        | E::DocumentIndicatorInQuotedScalar
        | E::InvalidTrailingSingleQuotedScalar
        | E::InvalidTrailingDoubleQuotedScalar => {
            let quote = opening_quote(text, from, at)?;
            let (_, hint) = words(&E::UnclosedQuotedScalar);
            let is_before = text[quote..at].contains('\n');
            is_before.then(|| (quote, 1, "a quoted text does not end".into(), hint))
        }
        E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::InvalidColonPlacement
        | E::MappingValueNotAllowed
        | E::InvalidMappingValueWhitespace
            if flow.is_some() =>
        {
            let (_, innermost) = flow?;
            // A key on a line of its own: the brackets should have been closed on the lines before.
            let above = text[..line_start].trim_end();
            let is_closed = above.ends_with([',', '{', '[']) || innermost >= line_start;
            let open = text[innermost..].chars().next()?;
            (is_key && !is_closed).then(|| {
                let (headline, hint) = words(&E::UnclosedFlowCollection { open });
                (innermost, 1, headline, hint)
            })
        }
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidMappingValueWhitespace => {
            let above = text[..line_start].trim_end();
            let above = &above[above.rfind('\n').map_or(0, |newline| newline + 1)..];
            let above_indent = above.len() - above.trim_start_matches(' ').len();
            let is_no_key = above_indent == indent && !above.contains(':') && !above.contains('#');
            if is_key && is_no_key && !above.trim_start().starts_with("- ") {
                // YAML takes the line above for the beginning of this key.
                let start = text[..line_start].trim_end().len() - above.len() + above_indent;
                let (headline, hint) = words(&E::SimpleKeyExpected);
                return Some((start, above.trim_start().len(), headline, hint));
            }
            (is_key && above_indent < indent).then(|| {
                let headline = format!("`{word}` is indented more than the line before it");
                let hint = "Indent it like the keys beside it. If it belongs to the text above, put the whole text under `|`.";
                (line_start + indent, word.len(), headline, hint)
            })
        }
        E::ExpectedBlockMappingKey | E::BlockSequenceEntryNotAllowed | E::InvalidIndentation => {
            let dash = before.trim_end();
            (dash.trim_start() == "-" || text[at..].starts_with("- ")).then(|| {
                let place = if dash.trim_start() == "-" {
                    line_start + dash.len() - 1
                } else {
                    at
                };
                let hint = "Remove the dash if the lines beside it are `name: …`, or begin the list on a line of its own, indented.";
                (place, 1, "a list item where a key is expected".into(), hint)
            })
        }
        _ => None,
    }
}

/// A key above a line that is further out than the line, although the keys before it are not: its place and length.
fn outdented(text: &str, line: usize) -> Option<(usize, usize)> {
    let indentation = |line: &str| {
        let bare = line.trim_start_matches(' ');
        let is_bare = bare.trim().is_empty() || bare.starts_with('#');
        (!is_bare).then_some(line.len() - bare.len())
    };
    let own = indentation(text[line..].split('\n').next()?)?;
    let mut end = line;
    let mut found: Option<(usize, usize)> = None;
    let mut left = LOOKED_BACK_MAX_LINES;
    while end > 0 && left > 0 {
        left -= 1;
        let start = text[..end - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let above = &text[start..end - 1];
        end = start;
        let Some(indent) = indentation(above) else {
            continue;
        };
        match found {
            None if indent < own => {
                let bare = above.trim_start_matches(' ');
                let length = bare.find(':')?;
                let is_key = bare[..length]
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || letter == '_');
                if !is_key || length == 0 {
                    return None;
                }
                found = Some((start + indent, length));
            }
            Some(_) if indent == own => return found,
            Some(_) if indent < own => return None,
            _ => {}
        }
    }
    None
}

/// The quote that begins a text between two places, outside comments.
fn opening_quote(text: &str, from: usize, at: usize) -> Option<usize> {
    let mut in_comment = false;
    let mut before = b' ';
    for (index, byte) in text.as_bytes().get(from..at)?.iter().enumerate() {
        match byte {
            b'\n' => in_comment = false,
            b'#' if before.is_ascii_whitespace() => in_comment = true,
            b'"' | b'\'' if !in_comment => return Some(from + index),
            _ => {}
        }
        before = *byte;
    }
    None
}

/// A tab that indents the line of an error or the next one, since the parser stumbles somewhere near it.
fn tab_indentation(text: &str, at: usize) -> Option<usize> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let next_start = text[at..].find('\n').map(|newline| at + newline + 1);
    [Some(line_start), next_start]
        .into_iter()
        .flatten()
        .find_map(|start| {
            let line = &text[start..];
            let spaces = line.len() - line.trim_start_matches(' ').len();
            line[spaces..].starts_with('\t').then_some(start + spaces)
        })
}

/// Headline and hint.
fn words(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as E;
    let (headline, hint) = match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart => ("a tab in the indentation", "Indent with spaces."),
        E::UnclosedQuotedScalar
        | E::InvalidQuotedScalarIndent
        | E::DocumentIndicatorInQuotedScalar => (
            "a quoted text does not end",
            "Close the quote, here or in the lines before; a text of several lines is best written under `|`.",
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text after the closing quote",
            "Put the whole text or expression in quotes, or none of it.",
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidMappingValueWhitespace => {
            (
                "a colon that YAML takes for the end of a key",
                "Put the text in quotes or under `|`: it holds `: `. If a key is meant, indent it like the keys beside it.",
            )
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::UnpairedLowSurrogate
        | E::MissingLowSurrogate
        | E::InvalidLowSurrogate
        | E::InvalidLowSurrogateHexEscape => (
            "an escape that YAML does not know",
            "Use single quotes, or write `\\\\` for a backslash.",
        ),
        E::UnclosedFlowCollection { open } => {
            return (
                format!("`{open}` is never closed"),
                "Close it, or quote the text if no list or mapping is meant.",
            );
        }
        E::MismatchedFlowCollectionEnd { open, close } => {
            return (
                format!("`{open}` is closed by `{close}`"),
                "Use the bracket that belongs to it.",
            );
        }
        E::UnexpectedCharacter { character } => {
            return (
                format!("text cannot begin with `{}`", character.escape_default()),
                "Put the text in quotes.",
            );
        }
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => (
            "a comma or a closing bracket is missing",
            "Inside `{}` and `[]`, quote a text that holds `: `, a comma or a bracket.",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "a line that is neither a key nor part of a text",
            "Indent it more than the key it belongs to, or give it a key.",
        ),
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidIndentation
        | E::InvalidBlockScalarIndent => (
            "this does not fit the lines above",
            "Indent it like the keys or items beside it; quote an expression that begins with `[`, `{` or a quote.",
        ),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => (
            "a list item where none is allowed",
            "Begin the list on a line of its own, or quote the text.",
        ),
        E::MisplacedFlowCollectionEnd => (
            "a closing bracket without an opening one",
            "Remove it, or quote the text.",
        ),
        E::DirectiveDisallowed => ("a YAML directive", "Remove the line that begins with `%`."),
        E::MissingAnchorOrAliasName => (
            "`&` and `*` have a meaning of their own in YAML",
            "Put the text in quotes.",
        ),
        E::UndeclaredTagHandle
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::ExpectedTagBang
        | E::InvalidGlobalTagCharacter
        | E::InvalidTagEscape
        | E::UnclosedVerbatimTag => (
            "`!` begins a tag in YAML",
            "Put the whole expression in quotes, as in `when: \"!told && mfa\"`.",
        ),
        E::InvalidBlockScalarHeader => (
            "text after `|` or `>`",
            "Begin the text on the next line, or quote it.",
        ),
        _ => {
            return (
                format!("this is not YAML: {kind}"),
                "Look at the quotes, brackets and indentation here and in the line before.",
            );
        }
    };
    (headline.to_owned(), hint)
}
