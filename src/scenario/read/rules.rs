//! Rules: what must hold, however the scenario is played.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::node::YamlNode;
use crate::finding::Finding;
use crate::scenario::schema::RULE;
use crate::scenario::{AuthorRule, Demand, Placed};

/// The forms of a rule.
const FORMS: [&str; 4] = ["always", "never", "eventually", "within"];

/// Reads the rules.
pub(super) fn rules(decoder: &mut Decoder, fields: &Fields) -> Vec<AuthorRule> {
    let rules = fields.named(decoder, "rules", rule);
    rules.into_iter().flatten().collect()
}

/// Reads a rule. None if it says nothing that the search could look for.
fn rule(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Option<AuthorRule> {
    let before = decoder.findings.len();
    let fields = Fields::read(decoder, node, Some(id.place), &RULE);
    let forms: Vec<&str> = FORMS.into_iter().filter(|name| fields.has(name)).collect();
    let form = forms.first().copied().unwrap_or("");
    if form.is_empty() && decoder.findings.len() == before {
        let headline = "a rule needs `always`, `never`, `eventually` or `within`";
        decoder.error("missing-field", fields.head, headline);
    }
    if let Some((key, _)) = forms.get(1).and_then(|name| fields.entry(name)) {
        let finding = Finding::error("excess-field", key.place, "a rule has only one form");
        decoder.report(finding.hint("Write a second rule for the other."));
    }
    let timed = ["after", "holds"]
        .into_iter()
        .find_map(|name| fields.entry(name));
    if let Some((key, _)) = timed.filter(|_| !["within", ""].contains(&form)) {
        let headline = format!("`{}` belongs to a rule with `within`", key.value);
        decoder.error("excess-field", key.place, headline);
    }
    let mut condition = |name: &str| fields.may(decoder, name, Decoder::words);
    let demand = match form {
        "always" => condition("always").map(Demand::Always),
        "never" => condition("never").map(Demand::Never),
        "eventually" => condition("eventually").map(Demand::Eventually),
        "within" => Some(Demand::Within {
            within: fields
                .may(decoder, "within", Decoder::period)
                .unwrap_or_else(|| Placed::blank(fields.head)),
            after: fields.must(decoder, "after", Decoder::words),
            holds: fields.must(decoder, "holds", Decoder::words),
        }),
        _ => None,
    };
    let because = fields.may(decoder, "because", Decoder::line);
    let sound = decoder.findings.len() == before;
    demand.filter(|_| sound).map(|demand| AuthorRule {
        id,
        demand,
        because,
    })
}
