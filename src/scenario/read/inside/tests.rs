use proptest::prelude::*;

use super::{place_inside, range_inside};
use crate::scenario::read::{Folder, read};

/// Ways to write a value under `title`, of a role where the value is text and of a growth where it is an expression.
fn written(words: &[String], style: usize) -> String {
    let joined = |between: &str| words.join(between);
    match style {
        0 => joined(" "),
        1 => joined("\n        "),
        2 => format!("'{}'", joined(" ").replace('\'', "''")),
        3 => format!("'{}'", joined("\n        ").replace('\'', "''")),
        4 => format!(
            "\"{}\"",
            joined(" ")
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('é', "\\xe9")
        ),
        5 => format!(
            "\"{}\"",
            joined("\\\n        \\ ")
                .replace('é', "\\u00e9")
                .replace('🚑', "\\U0001F691")
        ),
        6 => format!("|\n        {}", joined("\n        ")),
        7 => format!("|- # a | b\n        {}", joined("\n\n        ")),
        8 => format!(">-\n        {}", joined("\n        ")),
        9 => format!("\"{}\"", joined(" ").replace('🚑', "\\ud83d\\ude91")),
        _ => format!(">\n\n        {}", joined("\n\n        ")),
    }
}

/// What the reader makes of it: an effect in the first block of `endex`.
fn check(words: &[String], style: usize) {
    let value = written(words, style);
    let text = format!(
        "format: 1\nid: a\ntitle: t\nzone: UTC\nstartex: 2024-01-01\nlasts: 1d\nroles: {{a: {{title: a}}}}\n\
         objectives: {{a: {{title: a, worth: 1}}}}\nphases: {{a: {{title: a}}}}\n\
         endings: {{a: {{title: a, text: a}}}}\nendex:\n  - when: x\n    do:\n      - {value}\n"
    );
    let (scenario, findings, sources) = read(&Folder::single("a.yaml", text.clone().into_bytes()));
    let Some(scenario) = scenario else {
        panic!("{findings:#?}\n{text}");
    };
    let effect = &scenario.endex[0].effects[0];
    let mut from = 0;
    for word in words {
        let start = effect.value[from..]
            .find(word.as_str())
            .map(|at| from + at)
            .expect("the value holds its words");
        let end = start + word.len();
        let place = place_inside(&sources, effect, start..end);
        let shown = sources.text(place);
        let plain = match style {
            2 | 3 => shown.replace("''", "'"),
            4 | 5 | 9 => shown
                .replace("\\xe9", "é")
                .replace("\\u00e9", "é")
                .replace("\\U0001F691", "🚑")
                .replace("\\ud83d\\ude91", "🚑"),
            _ => shown.to_owned(),
        };
        assert_eq!(&plain, word, "style {style}: {text}");
        from = end;
    }
}

#[test]
fn every_style_maps_back_to_the_word() {
    let words = [
        "x".to_owned(),
        "été🚑".to_owned(),
        "a'b".to_owned(),
        "last".to_owned(),
    ];
    for style in 0..=10 {
        check(&words, style);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_of_any_text_map_back(
        words in proptest::collection::vec("[a-z][a-zé🚑'=.]{0,6}", 1..8),
        style in 0..=10_usize,
    ) {
        check(&words, style);
    }

    #[test]
    fn any_raw_text_gives_a_range_within_it(raw in "\\PC{0,20}", value in "\\PC{0,20}", start in 0..20_usize, length in 0..9_usize) {
        if let Some(range) = range_inside(&raw, &value, start..start + length) {
            prop_assert!(raw.get(range).is_some());
        }
    }
}

#[test]
fn the_end_of_a_text_is_a_place_too() {
    assert_eq!(range_inside("abc", "abc", 3..3), Some(3..3));
    assert_eq!(range_inside("'a''c'", "a'c", 1..2), Some(2..4));
    assert_eq!(range_inside("\"a\"", "a", 1..1), Some(2..2));
    assert_eq!(range_inside("abc", "abc", 1..1), Some(1..1));
}
