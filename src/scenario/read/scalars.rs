//! Single values: texts, names, numbers, truths.

use super::decode::{Blank, Decoder};
use super::limits::{ID_MAX_CHARACTERS, NUMBER_MAX, QUOTED_MAX_CHARACTERS, TEXT_MAX_BYTES};
use super::node::{YamlKind, YamlNode};
use crate::finding::Finding;
use crate::scenario::Placed;
use crate::words;

impl Decoder {
    /// Any text that is not empty, exactly as written: an expression, or a value by name.
    pub fn words(&mut self, node: &YamlNode) -> Placed<String> {
        let YamlKind::Text { text, .. } = &node.kind else {
            self.wrong_kind(node, "text", "");
            return Placed::blank(node.place);
        };
        if text.trim().is_empty() {
            self.error("empty-text", node.place, "the text is empty");
        }
        if text.len() > TEXT_MAX_BYTES {
            let headline = format!(
                "the text has {} bytes; at most {} are allowed",
                words::number(text.len() as i64),
                words::number(TEXT_MAX_BYTES as i64)
            );
            let finding = Finding::error("text-too-long", node.place, headline);
            self.report(finding.hint("Make it shorter: a room will not listen to that much."));
        }
        Placed::new(text.clone(), node.place)
    }

    /// Prose of several paragraphs.
    pub fn prose(&mut self, node: &YamlNode) -> Placed<String> {
        let text = self.words(node);
        self.check_markup(&text, false);
        text
    }

    /// Prose that says where something was found: the only text that may hold a web address.
    pub fn citation(&mut self, node: &YamlNode) -> Placed<String> {
        let text = self.words(node);
        self.check_markup(&text, true);
        text
    }

    /// Prose on one line.
    pub fn line(&mut self, node: &YamlNode) -> Placed<String> {
        let text = self.prose(node);
        if text.value.contains('\n') {
            let headline = "this must be one line";
            self.error("not-one-line", node.place, headline);
        }
        text
    }

    /// Prose on one line of a limited width.
    pub fn short_line(&mut self, node: &YamlNode, characters_max: usize) -> Placed<String> {
        let text = self.line(node);
        let characters = text.value.chars().count();
        if characters > characters_max && text.value.len() <= TEXT_MAX_BYTES {
            let headline =
                format!("{characters} characters; at most {characters_max} fit on the screen");
            self.error("text-too-long", node.place, headline);
        }
        text
    }

    /// A name.
    pub fn id(&mut self, node: &YamlNode) -> Placed<String> {
        if !matches!(node.kind, YamlKind::Text { .. }) {
            self.wrong_kind(node, "a name", "");
            return Placed::blank(node.place);
        }
        let id = self.words(node);
        if !id.value.is_empty() {
            self.check_id(&id);
        }
        id
    }

    /// Checks that a name is `snake_case`.
    pub fn check_id(&mut self, id: &Placed<String>) {
        self.check_name(
            id,
            "_",
            "Names are lower-case letters, digits and `_`, and begin with a letter.",
        );
    }

    /// Checks the name of a scenario, which is also that of its folder.
    pub fn check_scenario_id(&mut self, id: &Placed<String>) {
        self.check_name(id, "_-", "Names of scenarios are lower-case letters, digits, `-` and `_`, and begin with a letter.");
    }

    fn check_name(&mut self, id: &Placed<String>, joiners: &str, rule: &'static str) {
        let good = |character: char| {
            character.is_ascii_lowercase()
                || character.is_ascii_digit()
                || joiners.contains(character)
        };
        let name = &id.value;
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(good) {
            let tamed = tame(name).filter(|tamed| tamed != name);
            let shown = words::clipped(name, QUOTED_MAX_CHARACTERS);
            // Elsewhere it may be written in any of these ways.
            self.lost.names.insert(name.clone());
            self.lost
                .names
                .insert(name.chars().filter(|it| good(*it)).collect());
            self.lost.names.extend(tamed.clone());
            self.report(
                Finding::error("bad-id", id.place, format!("`{shown}` is not a name"))
                    .hint(rule)
                    .instead_if(tamed),
            );
        } else if name.len() > ID_MAX_CHARACTERS {
            let headline = format!("the name has more than {ID_MAX_CHARACTERS} characters");
            self.error("bad-id", id.place, headline);
        }
    }

    /// A code of the record, as in `T-10`: no spaces, and no longer than a name.
    pub fn code(&mut self, node: &YamlNode) -> Placed<String> {
        let code = self.line(node);
        self.check_code(&code);
        code
    }

    /// Checks a code of the record.
    pub fn check_code(&mut self, code: &Placed<String>) {
        let long = code.value.chars().count() > ID_MAX_CHARACTERS;
        if long || code.value.contains(char::is_whitespace) {
            let headline =
                format!("a code has no spaces and at most {ID_MAX_CHARACTERS} characters");
            self.error("bad-id", code.place, headline);
        }
    }

    /// One of a few words.
    pub fn one_of(
        &mut self,
        node: &YamlNode,
        rule: &'static str,
        what: &str,
        allowed: &[&'static str],
    ) -> Placed<String> {
        let word = self.words(node);
        if word.value.is_empty() || allowed.contains(&word.value.as_str()) {
            return word;
        }
        let lower = word.value.to_lowercase();
        let same = allowed.iter().find(|allowed| **allowed == lower).copied();
        let meant = same.or_else(|| words::did_you_mean(&word.value, allowed.iter().copied()));
        let quoted: Vec<String> = allowed.iter().map(|word| format!("`{word}`")).collect();
        let finding = Finding::error(
            rule,
            word.place,
            format!(
                "unknown {what} `{}`",
                words::clipped(&word.value, QUOTED_MAX_CHARACTERS)
            ),
        )
        .hint(format!("It is {}.", words::choice(&quoted)))
        .instead_if(meant);
        self.report(finding);
        word
    }

    /// `true` or `false`.
    pub fn truth(&mut self, node: &YamlNode) -> Placed<bool> {
        let value = match &node.kind {
            YamlKind::Text { text, plain: true } if text == "true" => true,
            YamlKind::Text { text, plain: true } if text == "false" => false,
            YamlKind::Text { text, .. } => {
                let meant = match text.to_ascii_lowercase().as_str() {
                    "true" | "yes" | "on" => Some("true"),
                    "false" | "no" | "off" => Some("false"),
                    _ => None,
                };
                let finding =
                    Finding::error("wrong-kind", node.place, "expected `true` or `false`");
                self.report(finding.instead_if(meant));
                false
            }
            _ => {
                self.wrong_kind(node, "`true` or `false`", "");
                false
            }
        };
        Placed::new(value, node.place)
    }

    /// A whole number between the bounds of the format.
    pub fn number(&mut self, node: &YamlNode) -> Placed<i64> {
        self.number_from(node, -NUMBER_MAX)
    }

    /// A whole number that is at least 1.
    pub fn positive(&mut self, node: &YamlNode) -> Placed<i64> {
        self.number_from(node, 1)
    }

    /// A whole number of at least this.
    pub fn number_from(&mut self, node: &YamlNode, least: i64) -> Placed<i64> {
        let place = node.place;
        let YamlKind::Text { text, plain } = &node.kind else {
            self.wrong_kind(node, "a whole number", "");
            return Placed::blank(place);
        };
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let has_zeros = digits.len() > 1 && digits.starts_with('0');
        if !is_number || !plain || has_zeros {
            let shown = words::clipped(text, QUOTED_MAX_CHARACTERS);
            let bare = text.replace([',', '_', ' ', '%', '£', '$', '€', '+'], "");
            let meant = bare.parse::<i64>().ok().map(|number| number.to_string());
            let (headline, hint) = if !is_number {
                (
                    format!("`{shown}` is not a whole number"),
                    "Write it with digits only, without quotes.",
                )
            } else if *plain {
                (
                    format!("`{shown}` begins with a zero"),
                    "Some readers of YAML take such a number for an octal one.",
                )
            } else {
                (
                    format!("`{shown}` is text, not a number, because of its quotes"),
                    "Write it without quotes.",
                )
            };
            let finding = Finding::error("bad-number", place, headline);
            self.report(finding.hint(hint).instead_if(meant));
            return Placed::blank(place);
        }
        match text.parse::<i64>() {
            Ok(value) if (least..=NUMBER_MAX).contains(&value) => Placed::new(value, place),
            _ => {
                let bounds = if least == -NUMBER_MAX {
                    format!("±{}", words::number(NUMBER_MAX))
                } else {
                    format!("{} to {}", words::number(least), words::number(NUMBER_MAX))
                };
                let finding =
                    Finding::error("number-out-of-range", place, "the number is out of range");
                self.report(finding.hint(format!("The range is {bounds}.")));
                Placed::blank(place)
            }
        }
    }
}

/// A valid name made of what was written, if anything is left of it.
fn tame(name: &str) -> Option<String> {
    let lower = name.trim().to_lowercase();
    let joined = lower.replace(|character: char| !character.is_ascii_alphanumeric(), "_");
    let tamed = joined.trim_matches('_');
    let fits = tamed.starts_with(|first: char| first.is_ascii_lowercase());
    (fits && tamed.len() <= ID_MAX_CHARACTERS).then(|| tamed.to_owned())
}
