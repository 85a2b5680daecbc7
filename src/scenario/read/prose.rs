//! What prose may not hold: raw HTML, links and images.

use std::ops::Range;

use super::decode::{Blank, Reader};
use super::fields::Fields;
use super::place_inside;
use super::tree::Node;
use crate::finding::Finding;
use crate::scenario::Mark;
use crate::scenario::schema::{MARK, STANDINGS};
use crate::scenario::{Placed, Standing, Text};

impl Reader {
    /// Reports HTML, links and images in a text.
    pub fn check_prose(&mut self, text: &Placed<String>) {
        for (range, headline, hint) in unwanted(&text.value) {
            let place = place_inside(&self.sources, text, range);
            self.report(Finding::error("unwanted-markup", place, headline).hint(hint));
        }
    }

    /// The record marks that stand beside texts.
    pub fn marks(&mut self, fields: &Fields) -> Vec<Mark> {
        let before = self.findings.len();
        let mut marks = fields.many(self, "record", Reader::mark);
        let broken = fields.is_odd || fields.is_broken("record") || self.findings.len() > before;
        if marks.is_empty() && broken {
            // Marks were meant: that they cannot be read is one mistake, not one for each text as well.
            marks.push(Mark {
                says: Placed::blank(fields.head),
                standing: Placed {
                    value: Standing::Invented,
                    place: fields.head,
                },
                cites: Vec::new(),
            });
        }
        marks
    }

    fn mark(&mut self, node: &Node) -> Mark {
        let fields = Fields::of(self, node, None, &MARK);
        let says = fields.must(self, "says", Reader::prose);
        let word = fields.must(self, "is", |reader, node| {
            reader.one_of(node, "bad-standing", "standing", &STANDINGS)
        });
        let cites = fields.many(self, "cites", Reader::code);
        let standing = match word.value.as_str() {
            "documented" => Standing::Documented,
            "inferred" => Standing::Inferred,
            "invented" => Standing::Invented,
            // What fits the citations: that the word is wrong has been said.
            _ if cites.is_empty() => Standing::Invented,
            _ => Standing::Inferred,
        };
        Mark {
            says,
            standing: Placed {
                value: standing,
                place: word.place,
            },
            cites,
        }
    }

    /// A text that may be there, with the marks beside it.
    pub fn may_text(&mut self, fields: &Fields, name: &str, marks: &[Mark]) -> Option<Text> {
        let text = fields.may(self, name, Reader::prose)?;
        Some(Text {
            text,
            marks: marks.to_vec(),
        })
    }

    /// A text that must be there, with the marks beside it.
    pub fn must_text(&mut self, fields: &Fields, name: &str, marks: &[Mark]) -> Text {
        Text {
            text: fields.must(self, name, Reader::prose),
            marks: marks.to_vec(),
        }
    }
}

type Unwanted = (Range<usize>, &'static str, &'static str);

/// Everything that is no plain prose, with headline and hint. A `<` is HTML only before a letter, `/`, `!` or `?`.
fn unwanted(text: &str) -> Vec<Unwanted> {
    let html = (
        "raw HTML",
        "Remove it; if a plain `<` is meant, put a space after it.",
    );
    let link = (
        "a link",
        "Write the words only: a terminal cannot follow a link.",
    );
    let image = ("an image", "Describe what is to be seen in words.");
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
            _ => continue,
        };
        let tail_of_image = headline == link.0
            && found.last().is_some_and(|(range, last, _): &Unwanted| {
                *last == image.0 && !text[range.end..at].contains(']')
            });
        let tail_of_html = next == b'/' && found.iter().any(|(_, last, _)| *last == html.0);
        if !tail_of_image && !tail_of_html {
            found.push((at..end, headline, hint));
        }
    }
    found
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
