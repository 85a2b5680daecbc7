//! A layer of the ATT&CK Navigator, format 4.5: which techniques a scenario rehearses, and where.

use serde_json::{Value, json};

use crate::program::Program;
use crate::scenario::Provenance;
use crate::words;

use super::attack::AttackDomain;
use super::techniques::{TechniqueUse, techniques};
use super::{phrase, table};

/// The version of the layer format, which is not that of the Navigator.
const LAYER_VERSION: &str = "4.5";

/// The oldest Navigator that the layer format names.
const NAVIGATOR_VERSION: &str = "4.9.0";

/// Documented, inferred, or neither. The colours differ in print too, and every comment says it in words.
const COLOURS: [(&str, &str); 3] = [
    ("documented for this incident", "#66b1ff"),
    ("inferred", "#ffd966"),
    ("invented, or no source is cited", "#d9d9d9"),
];

/// A layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigatorLayer {
    /// JSON, with a newline at its end.
    pub text: String,
    /// How many techniques it holds.
    pub techniques: usize,
    /// The techniques that it leaves out, because the Navigator would: by domain, those that are in none last.
    pub left_out: Vec<(Option<AttackDomain>, Vec<String>)>,
}

/// The layer of a scenario in one domain. A technique's score is the number of places that name it.
///
/// # Panics
/// Never: the layer only holds texts and numbers.
#[must_use]
pub fn layer(program: &Program, domain: AttackDomain) -> NavigatorLayer {
    let scenario = &*program.script.scenario;
    let mut found = techniques(scenario);
    let mut left_out = Vec::new();
    let others = AttackDomain::ALL.into_iter().filter(|it| *it != domain);
    for other in others.map(Some).chain([None]) {
        let is_here = |id: &String| AttackDomain::of_technique(id) == other;
        let ids: Vec<String> = found.keys().filter(|id| is_here(id)).cloned().collect();
        found.retain(|id, _| !is_here(id));
        if !ids.is_empty() {
            left_out.push((other, ids));
        }
    }
    let most = found.values().map(Vec::len).max().unwrap_or(0);
    let entries = found.iter().map(|(id, places)| technique(id, places));
    let entries: Vec<Value> = entries.collect();
    let legend = COLOURS.map(|(label, color)| json!({"label": label, "color": color}));
    let description = "Where the scenario names techniques, for an exercise. The score counts the places; the comment \
                       names them, and says what is documented, inferred or invented.";
    let layer = json!({
        "name": table::cell(&format!("EXERCISE: {}", scenario.title.value)),
        // A scenario does not name a version of ATT&CK, so the Navigator uses its own.
        "versions": {"navigator": NAVIGATOR_VERSION, "layer": LAYER_VERSION},
        "domain": domain.name(),
        "description": description,
        "sorting": 3,
        "layout": {"layout": "side", "showID": true, "showName": true, "expandedSubtechniques": "annotated"},
        "hideDisabled": false,
        "techniques": entries,
        "gradient": {"colors": ["#ffffff", "#66b1ff"], "minValue": 0, "maxValue": most.max(1)},
        "legendItems": legend,
    });
    let text = serde_json::to_string_pretty(&layer).expect("texts and numbers are JSON");
    NavigatorLayer {
        text: text + "\n",
        techniques: found.len(),
        left_out,
    }
}

fn technique(id: &str, places: &[TechniqueUse]) -> Value {
    let lines: Vec<String> = places.iter().map(line).collect();
    // One place that documents it is enough.
    let shade = places.iter().map(|place| match place.standing {
        Some(Provenance::Documented) => 0,
        Some(Provenance::Inferred) => 1,
        Some(Provenance::Invented) | None => 2,
    });
    json!({
        "techniqueID": id,
        "score": places.len(),
        "color": COLOURS[shade.min().unwrap_or(2)].1,
        "comment": table::cell(&lines.join("\n")),
        "enabled": true,
        "showSubtechniques": true,
    })
}

fn line(named: &TechniqueUse) -> String {
    let place = words::one_line(&named.place);
    match named.standing {
        None => format!("{place}: named by the scenario, no source cited"),
        Some(standing) => {
            let standing = phrase::standing(standing);
            format!("{place}: {standing}: {}", words::one_line(&named.says))
        }
    }
}
