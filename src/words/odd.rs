//! Characters that look like plain ones, or like nothing.

use std::borrow::Cow;

/// What a character is taken for by whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddCharacter {
    /// What it is, in a phrase that begins with its code.
    pub name: String,
    /// What should stand there instead; empty if nothing should.
    pub plain: Cow<'static, str>,
}

/// Letters of other alphabets that look like those of names.
const LETTERS: [(char, &str); 14] = [
    ('а', "a"),
    ('е', "e"),
    ('о', "o"),
    ('р', "p"),
    ('с', "c"),
    ('х', "x"),
    ('у', "y"),
    ('і', "i"),
    ('ѕ', "s"),
    ('ј', "j"),
    ('һ', "h"),
    ('ԁ', "d"),
    ('ο', "o"),
    ('ν', "v"),
];

/// The character, if it is one that looks like a plain one or like nothing.
#[must_use]
pub fn odd_character(character: char) -> Option<OddCharacter> {
    let code = u32::from(character);
    let named = |what: &str, plain: &'static str| OddCharacter {
        name: format!("U+{code:04X}, {what},"),
        plain: plain.into(),
    };
    let looks = |plain: String| OddCharacter {
        name: format!("`{character}` (U+{code:04X})"),
        plain: plain.into(),
    };
    if let Some((_, plain)) = LETTERS.iter().find(|(letter, _)| *letter == character) {
        return Some(looks((*plain).to_owned()));
    }
    Some(match character {
        '\u{a0}' | '\u{202f}' => named("a no-break space", " "),
        '\u{3000}' => named("a full-width space", " "),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => named("a typographic space", " "),
        '\u{2028}' | '\u{2029}' => named("a line separator", " "),
        '\u{ad}' => named("a soft hyphen", ""),
        '\u{200b}' => named("a zero-width space", ""),
        '\u{200c}' | '\u{200d}' | '\u{2060}' => named("a zero-width joiner", ""),
        '\u{feff}' => named("a byte order mark", ""),
        '\u{34f}' | '\u{180e}' | '\u{2061}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' => {
            named("an invisible character", "")
        }
        _ if is_tag(character) => named("an invisible tag", ""),
        '\u{ff01}'..='\u{ff5e}' => looks(char::from_u32(code - 0xfee0)?.to_string()),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => looks("\"".to_owned()),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => looks("'".to_owned()),
        '‐' | '\u{2011}' | '‒' | '–' | '—' | '―' | '−' | '﹣' => looks("-".to_owned()),
        '∶' | '꞉' | '﹕' | 'ː' => looks(":".to_owned()),
        '、' | '،' | '﹐' => looks(",".to_owned()),
        '。' => looks(".".to_owned()),
        _ => return None,
    })
}

/// Whether nobody sees this character, and a program may read it as text.
#[must_use]
pub fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::odd_character;

    #[test]
    fn what_looks_plain_or_like_nothing_is_known() {
        let cases = [
            ('\u{a0}', " "),
            ('\u{3000}', " "),
            ('\u{200b}', ""),
            ('\u{feff}', ""),
            ('\u{e0041}', ""),
            ('：', ":"),
            ('，', ","),
            ('［', "["),
            ('＂', "\""),
            ('７', "7"),
            ('ａ', "a"),
            ('а', "a"),
            ('“', "\""),
            ('’', "'"),
            ('–', "-"),
            ('−', "-"),
        ];
        for (odd, plain) in cases {
            let found = odd_character(odd).map(|it| it.plain.into_owned());
            assert_eq!(found.as_deref(), Some(plain), "{odd:?}");
        }
        for plain in (' '..='~').chain(['é', 'ß', '漢', '🚑', '£', '€', '\n', '\t']) {
            assert_eq!(odd_character(plain), None, "{plain:?}");
        }
    }
}
