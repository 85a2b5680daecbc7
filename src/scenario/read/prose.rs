//! Prose with its record marks, and what it may not hold: raw HTML, links, web addresses and images.

use std::ops::Range;

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::node::YamlNode;
use super::place_inside;
use crate::finding::Finding;
use crate::scenario::Mark;
use crate::scenario::schema::{MARK, STANDINGS};
use crate::scenario::{Placed, Provenance, Text};

impl Decoder {
    /// Reports HTML, links and images in a text, and web addresses unless they are allowed.
    pub fn check_markup(&mut self, text: &Placed<String>, may_have_addresses: bool) {
        for (range, headline, hint) in unwanted(&text.value) {
            let is_address = text.value[range.start..].starts_with(char::is_alphanumeric);
            if is_address && may_have_addresses {
                continue;
            }
            let place = place_inside(&self.sources, text, range);
            self.report(Finding::error("unwanted-markup", place, headline).hint(hint));
        }
    }

    /// Reads the record marks beside texts.
    pub fn marks(&mut self, fields: &Fields) -> Vec<Mark> {
        let before = self.findings.len();
        let mut marks = fields.many(self, "record", Decoder::mark);
        let broken = fields.is_odd || fields.is_broken("record") || self.findings.len() > before;
        if marks.is_empty() && broken {
            // There were marks, but they cannot be read: that is one mistake, and not one more for each text.
            marks.push(Mark {
                says: Placed::blank(fields.head),
                standing: Placed::new(Provenance::Invented, fields.head),
                cites: Vec::new(),
            });
        }
        marks
    }

    fn mark(&mut self, node: &YamlNode) -> Mark {
        let fields = Fields::read(self, node, None, &MARK);
        let says = fields.must(self, "says", Decoder::prose);
        let word = fields.must(self, "is", |decoder, node| {
            decoder.one_of(node, "bad-standing", "standing", &STANDINGS)
        });
        let cites = fields.many(self, "cites", Decoder::code);
        let standing = match word.value.as_str() {
            "documented" => Provenance::Documented,
            "inferred" => Provenance::Inferred,
            "invented" => Provenance::Invented,
            // The word is wrong, which has been reported; take what fits the citations.
            _ if cites.is_empty() => Provenance::Invented,
            _ => Provenance::Inferred,
        };
        Mark {
            says,
            standing: Placed::new(standing, word.place),
            cites,
        }
    }

    /// A text that may be there, with the marks beside it.
    pub fn may_text(&mut self, fields: &Fields, name: &str, marks: &[Mark]) -> Option<Text> {
        let text = fields.may(self, name, Decoder::prose)?;
        Some(Text {
            text,
            marks: marks.to_vec(),
        })
    }

    /// A text that must be there, with the marks beside it.
    pub fn must_text(&mut self, fields: &Fields, name: &str, marks: &[Mark]) -> Text {
        Text {
            text: fields.must(self, name, Decoder::prose),
            marks: marks.to_vec(),
        }
    }
}

/// How a web address begins.
const ADDRESSES: [&str; 3] = ["https://", "http://", "www."];

type Unwanted = (Range<usize>, &'static str, &'static str);

/// Everything that is not plain prose, with headline and hint. A `<` is HTML only before a letter, `/`, `!` or `?`.
fn unwanted(text: &str) -> Vec<Unwanted> {
    let html = (
        "raw HTML",
        "Remove it, or put a space after the `<` if it is meant.",
    );
    let link = (
        "a link",
        "Write the words only: a terminal cannot follow a link.",
    );
    let image = ("an image", "Describe in words what it shows.");
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let (end, (headline, hint)) = match byte {
            b'<' if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') => {
                let rest = &text[at..];
                let stop = rest.find(['>', ' ', '\n']).unwrap_or(rest.len());
                let closing = usize::from(rest[stop..].starts_with('>'));
                (at + stop + closing, html)
            }
            b'!' if next == b'[' => (at + 2, image),
            b']' if matches!(next, b'(' | b'[') => (at + 2, link),
            b'h' | b'H' | b'w' | b'W' if !is_within(text, at, &found) => match address(text, at) {
                Some(end) => (end, link),
                None => continue,
            },
            _ => continue,
        };
        // `[https://…](…)` is one link.
        let tail_of_address = found.last().is_some_and(|(range, _, _)| range.end == at);
        let tail_of_image = headline == link.0
            && found.last().is_some_and(|(range, last, _): &Unwanted| {
                *last == image.0 && !text[range.end..at].contains(']')
            });
        let tail_of_html = next == b'/' && found.iter().any(|(_, last, _)| *last == html.0);
        if !tail_of_image && !tail_of_html && !tail_of_address {
            found.push((at..end, headline, hint));
        }
    }
    found
}

/// Whether a place is inside a link or after markup on the same line, so that an address there is not another mistake.
fn is_within(text: &str, at: usize, found: &[Unwanted]) -> bool {
    let is_target = text.as_bytes()[..at].ends_with(b"](");
    is_target
        || found.last().is_some_and(|(range, _, _)| {
            let is_address = text[range.start..].starts_with(char::is_alphanumeric);
            let is_behind = at >= range.end;
            !is_behind || !is_address && !text.as_bytes()[range.end..at].contains(&b'\n')
        })
}

/// Where a web address ends that begins at a letter, as in `https://example.org` or `www.example.org`.
fn address(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let begins = |name: &&&str| {
        let begins = rest.get(..name.len());
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(name))
    };
    let name = ADDRESSES.iter().find(begins)?;
    let is_word = !text[..at].ends_with(char::is_alphanumeric);
    if !is_word || !rest[name.len()..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let is_outside = |letter: char| letter.is_whitespace() || "<>()[]\"'`".contains(letter);
    let written = &rest[..rest.find(is_outside).unwrap_or(rest.len())];
    // The end of the sentence is not part of it.
    Some(
        at + written
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
            .len(),
    )
}

#[cfg(test)]
mod tests {
    use super::unwanted;

    #[test]
    fn markup_is_found_where_it_begins() {
        let cases = [
            ("a < b and 2 <3, [sic] (really) wow!", ""),
            ("*very* _good_\n\n- one\n- two", ""),
            ("a <b>bold</b> move", "2 <b>"),
            ("bold</b> move", "4 </b>"),
            ("<script src=x>", "0 <script"),
            ("<!-- x -->", "0 <!--"),
            ("see [this](http://x)", "9 ]("),
            ("see [this][1]", "9 ]["),
            ("![alt](x) and [l](y)", "0 ![, 16 ]("),
            ("é <é", ""),
            ("éhttps, http:// and www.", ""),
            ("é https://a.org/b?c=1.", "3 https://a.org/b?c=1"),
            (
                "*www.a.org* and (HTTP://b.org)",
                "1 www.a.org, 17 HTTP://b.org",
            ),
            ("<https://a.org>", "0 <https://a.org>"),
            ("<a href=\"https://a.org\">https://a.org</a>", "0 <a"),
            ("[https://a.org](https://a.org)", "1 https://a.org"),
            (
                "see [this][1]\n\n[1]: https://a.org",
                "9 ][, 20 https://a.org",
            ),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = unwanted(text)
                .into_iter()
                .map(|(range, _, _)| format!("{} {}", range.start, &text[range.clone()]))
                .collect();
            assert_eq!(found.join(", "), expected, "{text}");
        }
    }
}
