//! What must hold, however it is played.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::node::YamlNode;
use crate::finding::Finding;
use crate::scenario::schema::RULE;
use crate::scenario::{AuthorRule, Demand, Placed};

/// What a rule may be: one of these.
const FORMS: [&str; 4] = ["always", "never", "eventually", "within"];

/// Reads the rules.
pub(super) fn rules(reader: &mut Decoder, fields: &Fields) -> Vec<AuthorRule> {
    let read = |reader: &mut Decoder, id: Placed<String>, node: &YamlNode| rule(reader, id, node);
    let rules = fields.named(reader, "rules", read);
    rules.into_iter().flatten().collect()
}

/// Reads a rule; none where it says nothing that could be looked for.
fn rule(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Option<AuthorRule> {
    let before = reader.findings.len();
    let fields = Fields::of(reader, node, Some(id.place), &RULE);
    let forms: Vec<&str> = FORMS.into_iter().filter(|name| fields.has(name)).collect();
    let form = forms.first().copied().unwrap_or("");
    if form.is_empty() && reader.findings.len() == before {
        let headline = "a rule needs `always`, `never`, `eventually` or `within`";
        reader.report(Finding::error("missing-field", fields.head, headline));
    }
    if let Some((key, _)) = forms.get(1).and_then(|name| fields.entry(name)) {
        let finding = Finding::error("excess-field", key.place, "a rule is of one form");
        reader.report(finding.hint("Write a second rule for the other."));
    }
    let timed = ["after", "holds"]
        .into_iter()
        .find_map(|name| fields.entry(name));
    if let Some((key, _)) = timed.filter(|_| !["within", ""].contains(&form)) {
        let headline = format!("`{}` belongs to a rule with `within`", key.value);
        reader.report(Finding::error("excess-field", key.place, headline));
    }
    let mut condition = |name: &str| fields.may(reader, name, Decoder::words);
    let demand = match form {
        "always" => condition("always").map(Demand::Always),
        "never" => condition("never").map(Demand::Never),
        "eventually" => condition("eventually").map(Demand::Eventually),
        "within" => Some(Demand::Within {
            within: fields
                .may(reader, "within", Decoder::period)
                .unwrap_or_else(|| Placed::blank(fields.head)),
            after: fields.must(reader, "after", Decoder::words),
            holds: fields.must(reader, "holds", Decoder::words),
        }),
        _ => None,
    };
    let because = fields.may(reader, "because", Decoder::line);
    let sound = reader.findings.len() == before;
    demand.filter(|_| sound).map(|demand| AuthorRule {
        id,
        demand,
        because,
    })
}
