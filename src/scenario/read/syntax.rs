//! What the YAML parser cannot read, in our words.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::finding::{FileId, Finding, Place};

/// The finding for a syntax error.
pub(super) fn finding(error: &ScanError, file: FileId, text: &str) -> Finding {
    let mut start = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let next = text[start..].chars().next().filter(|next| *next != '\n');
    let place = Place::new(file, start..start + next.map_or(0, char::len_utf8));
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        let headline = format!(
            "more than {} lists and mappings within one another",
            super::DEPTH_MAX
        );
        return Finding::error("too-deep", place, headline).hint(super::tree::TOO_DEEP);
    }
    if let Some(tab) = tab_indentation(text, start) {
        let place = Place::new(file, tab..tab + 1);
        return Finding::error("yaml-syntax", place, "a tab in the indentation")
            .hint("Indent with spaces.");
    }
    let (headline, hint) = words(error.kind());
    Finding::error("yaml-syntax", place, headline).hint(hint)
}

/// A tab that indents the line of an error or the next one: the parser stumbles somewhere near it.
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
                format!("no text may begin with `{}`", character.escape_default()),
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
            "Indent it like the keys or items it stands beside; quote an expression that begins with `[`, `{` or a quote.",
        ),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => (
            "a list item where none can stand",
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
