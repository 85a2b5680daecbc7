//! Text to tokens. Every token has its place; the list always ends with [`TokenKind::End`].

use std::ops::Range;

use super::{Assign, Binary, LENGTH_BYTES_MAX, NUMBER_MAX, SyntaxError};

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

/// What a token is. The letters of a name are in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Number(i64),
    Truth(bool),
    Name,
    In,
    /// `-` is always [`Binary::Subtract`] here; the parser knows which one is meant.
    Operator(Binary),
    Not,
    Assign(Assign),
    Question,
    Colon,
    Comma,
    Dot,
    Open,
    Close,
    OpenList,
    CloseList,
    /// Just after the last token.
    End,
}

/// Longer symbols come before the shorter ones that they begin with.
const SYMBOLS: [(&str, TokenKind); 25] = [
    ("<=", TokenKind::Operator(Binary::LessOrEqual)),
    (">=", TokenKind::Operator(Binary::GreaterOrEqual)),
    ("==", TokenKind::Operator(Binary::Equal)),
    ("!=", TokenKind::Operator(Binary::NotEqual)),
    ("&&", TokenKind::Operator(Binary::And)),
    ("||", TokenKind::Operator(Binary::Or)),
    ("+=", TokenKind::Assign(Assign::Add)),
    ("-=", TokenKind::Assign(Assign::Subtract)),
    ("=", TokenKind::Assign(Assign::Set)),
    ("<", TokenKind::Operator(Binary::Less)),
    (">", TokenKind::Operator(Binary::Greater)),
    ("*", TokenKind::Operator(Binary::Multiply)),
    ("/", TokenKind::Operator(Binary::Divide)),
    ("%", TokenKind::Operator(Binary::Remainder)),
    ("+", TokenKind::Operator(Binary::Add)),
    ("-", TokenKind::Operator(Binary::Subtract)),
    ("!", TokenKind::Not),
    ("?", TokenKind::Question),
    (":", TokenKind::Colon),
    (",", TokenKind::Comma),
    (".", TokenKind::Dot),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
    ("[", TokenKind::OpenList),
    ("]", TokenKind::CloseList),
];

/// What people write, and what they mean. These are tried before [`SYMBOLS`], so no symbol may begin with one.
const MISWRITTEN: [(&str, &str); 10] = [
    ("===", "=="),
    ("=<", "<="),
    ("=>", ">="),
    ("<>", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("−", "-"),
    ("–", "-"),
    ("×", "*"),
];

/// Half of a symbol. These are tried after [`SYMBOLS`].
const HALVES: [(&str, &str); 2] = [("&", "&&"), ("|", "||")];

/// The letter of a duration, and its minutes.
const UNITS: [(&str, i64); 4] = [("m", 1), ("h", 60), ("d", 24 * 60), ("w", 7 * 24 * 60)];

const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '«'];

/// All tokens of `text`, or the first thing in it that is not a token.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    if text.len() > LENGTH_BYTES_MAX {
        return Err(SyntaxError::new(
            format!("the expression is longer than {LENGTH_BYTES_MAX} bytes"),
            0..text.len(),
            "Split it into smaller expressions.",
        ));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut end = 0;
    while let Some(first) = text[at..].chars().next() {
        if matches!(first, ' ' | '\t' | '\r' | '\n') {
            at += 1;
            continue;
        }
        let token = token(text, at, first)?;
        at = token.range.end;
        end = at;
        tokens.push(token);
    }
    tokens.push(Token {
        kind: TokenKind::End,
        range: end..end,
    });
    Ok(tokens)
}

/// The token that begins at `at` with the character `first`.
fn token(text: &str, at: usize, first: char) -> Result<Token, SyntaxError> {
    let rest = &text[at..];
    if first.is_ascii_digit() {
        return number(text, at);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        return word(text, at);
    }
    if let Some((wrong, right)) = MISWRITTEN.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
        return Err(miswritten(wrong, right, at..at + wrong.len()));
    }
    if let Some((symbol, kind)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
        return Ok(Token {
            kind: *kind,
            range: at..at + symbol.len(),
        });
    }
    if let Some((wrong, right)) = HALVES.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
        return Err(miswritten(wrong, right, at..at + wrong.len()));
    }
    Err(foreign(text, at, first))
}

/// A whole number, or a duration in minutes.
fn number(text: &str, at: usize) -> Result<Token, SyntaxError> {
    let end = word_end(text, at);
    let digits_end = at + prefix_bytes(&text[at..], |byte| byte.is_ascii_digit());
    if text[end..].starts_with('.') {
        let fraction_end = word_end(text, end + 1);
        return Err(SyntaxError::new(
            "only whole numbers are allowed",
            at..fraction_end,
            "Count in a smaller unit, as in `90m` instead of `1.5h`.",
        ));
    }
    let unit = &text[digits_end..end];
    let Some(minutes) = (if unit.is_empty() {
        Some(1)
    } else {
        UNITS
            .iter()
            .find(|(letter, _)| *letter == unit)
            .map(|(_, minutes)| *minutes)
    }) else {
        return Err(SyntaxError::new(
            format!("`{}` is neither a number nor a duration", &text[at..end]),
            at..end,
            "Durations are `90m`, `2h`, `3d` and `1w`; add them up, as in `1h + 30m`.",
        ));
    };
    let value = text[at..digits_end]
        .parse::<i64>()
        .ok()
        .and_then(|count| count.checked_mul(minutes))
        .filter(|value| *value <= NUMBER_MAX)
        .ok_or_else(|| {
            SyntaxError::new(
                "this number is too large",
                at..end,
                format!("The largest is {NUMBER_MAX}."),
            )
        })?;
    Ok(Token {
        kind: TokenKind::Number(value),
        range: at..end,
    })
}

/// A name or one of the words of the language.
fn word(text: &str, at: usize) -> Result<Token, SyntaxError> {
    let range = at..word_end(text, at);
    let word = &text[range.clone()];
    let lower = word.to_ascii_lowercase();
    let kind = match lower.as_str() {
        "and" => return Err(miswritten(word, "&&", range)),
        "or" => return Err(miswritten(word, "||", range)),
        "not" => return Err(miswritten(word, "!", range)),
        "true" | "false" | "in" if word != lower => return Err(miswritten(word, &lower, range)),
        "true" => TokenKind::Truth(true),
        "false" => TokenKind::Truth(false),
        "in" => TokenKind::In,
        _ => TokenKind::Name,
    };
    Ok(Token { kind, range })
}

/// The error for a character that begins no token.
fn foreign(text: &str, at: usize, first: char) -> SyntaxError {
    let behind = at + first.len_utf8();
    if QUOTES.contains(&first) {
        let end = text[behind..]
            .char_indices()
            .find(|(_, letter)| QUOTES.contains(letter) || *letter == '»')
            .map_or(text.len(), |(offset, letter)| {
                behind + offset + letter.len_utf8()
            });
        return SyntaxError::new(
            "words are written without quotes",
            at..end,
            "Write the word alone, as in `citrix == mfa`.",
        );
    }
    if first.is_alphanumeric() {
        return SyntaxError::new(
            format!("`{first}` cannot stand in a name"),
            at..behind,
            "Names hold the letters `a` to `z`, digits and `_`.",
        );
    }
    // Escaped, because the character may be one that drives a terminal.
    let shown = first.escape_debug();
    SyntaxError::new(format!("`{shown}` has no meaning here"), at..behind, "")
}

fn miswritten(wrong: &str, right: &str, range: Range<usize>) -> SyntaxError {
    SyntaxError::new(format!("`{wrong}` is written `{right}`"), range, "")
}

/// One past the last letter, digit or `_` from `at` on.
fn word_end(text: &str, at: usize) -> usize {
    at + prefix_bytes(&text[at..], |byte| {
        byte.is_ascii_alphanumeric() || byte == b'_'
    })
}

fn prefix_bytes(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| belongs(*byte)).count()
}
