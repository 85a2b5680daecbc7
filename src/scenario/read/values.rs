//! Values and the board.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::node::{YamlKind, YamlNode};
use crate::finding::{Finding, Place};
use crate::scenario::schema::{GROWTH, INDICATOR, NUMBER, TRUTH, WORD};
use crate::scenario::{Growth, Indicator, IndicatorForm, Placed, Value, ValueKind};
use crate::words;

/// Reads one value.
pub(super) fn value(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Value {
    if let YamlKind::Text { text, .. } = &node.kind {
        let truths = ["true", "false", "yes", "no", "on", "off"];
        let initial = if truths.contains(&text.as_str()) {
            decoder.truth(node)
        } else {
            decoder.wrong_kind(
                node,
                "`true`, `false` or a mapping",
                "A number is `{min: 0, max: 9, initial: 0}`, a word `{one_of: [a, b], initial: a}`.",
            );
            Placed::blank(node.place)
        };
        return Value {
            id,
            title: None,
            kind: ValueKind::Truth { initial },
            hidden: false,
            saturates: false,
            grows: Vec::new(),
        };
    }
    let head = Some(id.place);
    let (fields, kind) = if looks_like(node, &["one_of"]) {
        let fields = Fields::read(decoder, node, head, &WORD);
        let kind = word(decoder, &fields);
        (fields, kind)
    } else if looks_like(node, &["min", "max", "unit", "saturates", "grows"])
        || starts_as_number(node)
    {
        let fields = Fields::read(decoder, node, head, &NUMBER);
        let kind = number(decoder, &fields);
        (fields, kind)
    } else {
        let fields = Fields::read(decoder, node, head, &TRUTH);
        let initial = fields.must(decoder, "initial", initial_truth);
        (fields, ValueKind::Truth { initial })
    };
    Value {
        id,
        title: fields.may(decoder, "title", Decoder::line),
        kind,
        hidden: fields.flag(decoder, "hidden"),
        saturates: fields.flag(decoder, "saturates"),
        grows: fields.many(decoder, "grows", growth),
    }
}

/// Whether a mapping has one of these fields, perhaps misspelt. Only one kind of value has them.
fn looks_like(node: &YamlNode, fields: &[&str]) -> bool {
    let YamlKind::Map(entries) = &node.kind else {
        return false;
    };
    let all = WORD.fields().chain(NUMBER.fields());
    let all: Vec<&str> = all.map(|field| field.name).collect();
    entries.iter().any(|(key, _)| {
        let key = key.value.as_str();
        fields.contains(&key)
            || (!all.contains(&key)
                && words::did_you_mean(key, all.iter().copied())
                    .is_some_and(|meant| fields.contains(&meant)))
    })
}

fn starts_as_number(node: &YamlNode) -> bool {
    let YamlKind::Map(entries) = &node.kind else {
        return false;
    };
    entries.iter().any(|(key, value)| {
        key.value == "initial"
            && matches!(&value.kind, YamlKind::Text { text, .. } if text.parse::<i64>().is_ok())
    })
}

fn initial_truth(decoder: &mut Decoder, node: &YamlNode) -> Placed<bool> {
    match &node.kind {
        YamlKind::Text { text, .. } if !["true", "false", "yes", "no"].contains(&text.as_str()) => {
            let finding = Finding::error("wrong-kind", node.place, "expected `true` or `false`");
            decoder.report(
                finding.hint("A word needs `one_of: [...]` beside it, a number `min` and `max`."),
            );
            Placed::blank(node.place)
        }
        _ => decoder.truth(node),
    }
}

fn word(decoder: &mut Decoder, fields: &Fields) -> ValueKind {
    fields.need(decoder, "one_of", "");
    let words = fields.many(decoder, "one_of", Decoder::id);
    let initial = fields.must(decoder, "initial", Decoder::id);
    if words.is_empty()
        && let Some(node) = fields.get("one_of")
        && matches!(node.kind, YamlKind::List(_))
    {
        let finding = Finding::error(
            "missing-field",
            node.place,
            "`one_of` needs at least one word",
        );
        decoder.report(finding);
        decoder.lost.names.insert(initial.value.clone());
    }
    ValueKind::Word { words, initial }
}

fn number(decoder: &mut Decoder, fields: &Fields) -> ValueKind {
    let before = decoder.findings.len();
    let min = fields.must(decoder, "min", Decoder::number);
    let max = fields.must(decoder, "max", Decoder::number);
    let initial = fields.must(decoder, "initial", Decoder::number);
    let whole = decoder.findings.len() == before
        && ["min", "max", "initial"]
            .iter()
            .all(|name| fields.has(name) && !fields.is_broken(name));
    if whole && min.value > max.value {
        let finding = Finding::error("number-out-of-range", max.place, "`max` is less than `min`");
        decoder.report(finding.related(min.place, "the least"));
    } else if whole && !(min.value..=max.value).contains(&initial.value) {
        let headline = format!(
            "`initial` is not between {} and {}",
            words::number(min.value),
            words::number(max.value)
        );
        decoder.error("number-out-of-range", initial.place, headline);
    }
    // What has been reported is not another mistake.
    let all = [min.value, max.value, initial.value];
    let (least, most) = all
        .iter()
        .fold((min.value, max.value), |(least, most), it| {
            (least.min(*it), most.max(*it))
        });
    ValueKind::Number {
        min: Placed {
            value: least,
            ..min
        },
        max: Placed { value: most, ..max },
        initial,
        unit: fields.may(decoder, "unit", Decoder::line),
    }
}

fn growth(decoder: &mut Decoder, node: &YamlNode) -> Growth {
    let fields = Fields::read(decoder, node, None, &GROWTH);
    Growth {
        add: fields.must(decoder, "add", Decoder::words),
        every: fields.must(decoder, "every", Decoder::period),
        when: fields.may(decoder, "when", Decoder::words),
    }
}

const FORMS: [(&str, IndicatorForm); 4] = [
    ("lamp", IndicatorForm::Lamp),
    ("gauge", IndicatorForm::Gauge),
    ("trend", IndicatorForm::Trend),
    ("clock", IndicatorForm::Clock),
];

/// Reads one entry of the board.
pub(super) fn indicator(decoder: &mut Decoder, node: &YamlNode) -> Indicator {
    let fields = Fields::read(decoder, node, None, &INDICATOR);
    let mut found = FORMS
        .into_iter()
        .filter_map(|(name, form)| Some((form, fields.entry(name)?)));
    let (form, of) = if let Some((form, (_, of))) = found.next() {
        (form, decoder.id(of))
    } else {
        if matches!(node.kind, YamlKind::Map(_)) {
            let headline = "an entry of the board needs `lamp`, `gauge`, `trend` or `clock`";
            decoder.error("missing-field", fields.head, headline);
        }
        (IndicatorForm::Lamp, Placed::blank(fields.head))
    };
    if let Some((_, (key, _))) = found.next() {
        decoder.report(excess(key.place, "an entry of the board shows one thing"));
    }
    if form != IndicatorForm::Lamp
        && let Some((key, _)) = fields.entry("good").or_else(|| fields.entry("bad"))
    {
        decoder.report(excess(key.place, "only a lamp can be good or bad"));
    }
    Indicator {
        form,
        of,
        title: fields.may(decoder, "title", Decoder::line),
        good: fields.many(decoder, "good", Decoder::words),
        bad: fields.many(decoder, "bad", Decoder::words),
        phases: fields.some_or_all(decoder, "in", Decoder::id),
        to: fields.some_or_all(decoder, "to", Decoder::id),
    }
}

fn excess(place: Place, headline: &str) -> Finding {
    Finding::error("excess-field", place, headline)
}
