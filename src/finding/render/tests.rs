use super::{Colour, Finding, Sources};
use crate::finding::{FileId, Place};

fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add("dir/scenario.yaml", text);
    sources
}

fn place_of(sources: &Sources, needle: &str) -> Place {
    let start = sources.files[0]
        .text
        .find(needle)
        .expect("the needle is in the text");
    Place::new(FileId(0), start..start + needle.len())
}

#[test]
fn a_finding_shows_its_place_its_hints_and_a_correction() {
    let sources = sources("values:\n  citrix: false\nwhen: citrx == mfa\n");
    let finding = Finding::error(
        "unknown-name",
        place_of(&sources, "citrx"),
        "unknown value `citrx`",
    )
    .label("not defined")
    .related(place_of(&sources, "citrix"), "defined here")
    .hint("Values are defined under `values`.")
    .instead("citrix");
    let expected = "\
error[unknown-name]: unknown value `citrx`
 --> dir/scenario.yaml:3:7
  |
3 | when: citrx == mfa
  |       ^^^^^ not defined
  |
 ::: dir/scenario.yaml:2:3
  |
2 |   citrix: false
  |   ------ defined here
  |
  = help: Values are defined under `values`.
help: did you mean `citrix`?
  |
3 | when: citrix == mfa
  |           +";
    assert_eq!(finding.full(&sources, Colour::Plain), expected);
    assert_eq!(
        finding.short(&sources),
        "dir/scenario.yaml:3:7: error[unknown-name] unknown value `citrx`"
    );
    assert!(finding.full(&sources, Colour::Styled).contains("\u{1b}["));
}

#[test]
fn controls_of_the_source_are_shown_and_move_nothing() {
    let sources = sources("a: \u{1b}[2J\u{202e} oops \u{9b}\r\n");
    let finding =
        Finding::error("r", place_of(&sources, "oops"), "bad\u{1b}\nline").label("here\u{1b}");
    let text = finding.full(&sources, Colour::Plain);
    assert!(!text.chars().any(crate::words::forbidden), "{text:?}");
    let lines: Vec<&str> = text.lines().collect();
    let column = |line: &str, what| line.split(what).next().map(|before| before.chars().count());
    assert_eq!(column(lines[3], "oops"), column(lines[4], "^"), "{text}");
    assert!(lines[4].contains("^^^^ here␛"), "{text}");
    assert_eq!(
        finding.short(&sources),
        "dir/scenario.yaml:1:10: error[r] bad␛␊line"
    );
}

#[test]
fn a_very_long_line_is_cut_around_the_place() {
    let long = format!("{}needle{}", "a".repeat(500_000), "é".repeat(500_000));
    let sources = sources(&long);
    let finding = Finding::warning("r", place_of(&sources, "needle"), "long").instead("thread");
    let text = finding.full(&sources, Colour::Plain);
    assert!(text.len() < 2_000, "{}", text.len());
    assert!(text.contains("dir/scenario.yaml:1:500001"), "{text}");
    assert!(text.contains("^^^^^^"), "{text}");
    let whole = Finding::warning("r", Place::new(FileId(0), 0..long.len()), "all");
    assert!(whole.full(&sources, Colour::Plain).len() < 2_000);
}

#[test]
fn a_place_may_lie_anywhere() {
    for text in ["", "a", "a\n", "é: x\n\nb", "\u{feff}a: b"] {
        let sources = sources(text);
        for start in 0..8 {
            for end in 0..9 {
                let place = Place {
                    file: FileId(0),
                    start,
                    end,
                };
                let finding = Finding::error("r", place, "h")
                    .instead("x")
                    .related(place, "y");
                assert!(
                    finding
                        .full(&sources, Colour::Plain)
                        .contains("dir/scenario.yaml")
                );
            }
        }
        let nowhere = Finding::error("r", Place::start_of(FileId(9)), "h").instead("x");
        assert!(
            nowhere
                .full(&sources, Colour::Plain)
                .starts_with("error[r]: h")
        );
        assert_eq!(nowhere.short(&sources), ":1:1: error[r] h");
    }
}
