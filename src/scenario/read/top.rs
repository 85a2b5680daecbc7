//! The top of `scenario.yaml`.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::limits::{DURATION_MAX_MINUTES, QUOTED_MAX_CHARACTERS};
use super::node::{YamlKind, YamlNode};
use super::{Folder, values, zones};
use crate::finding::{Finding, Place};
use crate::scenario::schema::{CUT, ENDING, OBJECTIVE, ROLE, SCENARIO, VARIANT};
use crate::scenario::{Cut, Ending, Objective, Placed, Record, Role, Scenario, Variant};
use crate::words;

/// The format that this program reads.
const FORMAT: i64 = 1;

/// Reads everything but the record.
pub(super) fn scenario(
    decoder: &mut Decoder,
    root: &YamlNode,
    folder: &Folder,
) -> Option<Scenario> {
    if newer_format(decoder, root) {
        return None;
    }
    let head = Place::start_of(root.place.file);
    let fields = Fields::read(decoder, root, Some(head), &SCENARIO);
    check_format(decoder, &fields);
    let marks = decoder.marks(&fields);
    let id = fields.must(decoder, "id", Decoder::words);
    if !id.value.is_empty() {
        decoder.check_scenario_id(&id);
    }
    let before = decoder.findings.len();
    let (zone, startex) = (
        fields.must(decoder, "zone", zone),
        fields.must(decoder, "startex", Decoder::date),
    );
    // Without both, no date can be placed.
    let is_broken = ["zone", "startex"]
        .iter()
        .any(|name| fields.is_broken(name) || !fields.has(name));
    let zone = if decoder.findings.len() == before && !is_broken {
        zone
    } else {
        Placed::blank(zone.place)
    };
    let before = decoder.findings.len();
    let mut lasts = fields.must(decoder, "lasts", Decoder::period);
    if decoder.findings.len() > before || fields.is_broken("lasts") || !fields.has("lasts") {
        lasts.value = DURATION_MAX_MINUTES;
    }
    Some(Scenario {
        sources: std::sync::Arc::default(),
        lost: crate::scenario::Lost::default(),
        allows: Vec::new(),
        id,
        title: fields.must(decoder, "title", Decoder::line),
        summary: decoder.may_text(&fields, "summary", &marks),
        briefing: decoder.may_text(&fields, "briefing", &marks),
        zone,
        startex,
        lasts,
        roles: fields.must_named(decoder, "roles", role),
        objectives: fields.must_named(decoder, "objectives", objective),
        values: fields.named(decoder, "values", |decoder, id, node| {
            let name = id.value.clone();
            decoder.read_or_lose(&name, |decoder| values::value(decoder, id, node))
        }),
        board: fields.many(decoder, "board", values::indicator),
        actions: fields.named(decoder, "actions", Decoder::action),
        phases: super::phases::phases(decoder, &fields, folder),
        endex: fields.many(decoder, "endex", Decoder::block),
        endings: fields.must_named(decoder, "endings", ending),
        variants: fields.named(decoder, "variants", variant),
        cuts: fields.named(decoder, "cuts", cut),
        rules: super::rules::rules(decoder, &fields),
        margin: fields.may(decoder, "margin", |decoder, node| {
            decoder.number_from(node, 0)
        }),
        record: Record::default(),
    })
}

/// Whether a file says that it needs a newer program: that is then the only finding about it.
pub(super) fn newer_format(decoder: &mut Decoder, root: &YamlNode) -> bool {
    let YamlKind::Map(entries) = &root.kind else {
        return false;
    };
    let Some((_, format)) = entries.iter().find(|(key, _)| key.value == "format") else {
        return false;
    };
    let YamlKind::Text { text, plain: true } = &format.kind else {
        return false;
    };
    let newer = text.parse::<i64>().is_ok_and(|number| number > FORMAT);
    if newer {
        let headline = format!(
            "this file has format {}; this program reads format {FORMAT}",
            words::clipped(text, QUOTED_MAX_CHARACTERS)
        );
        let finding = Finding::error("newer-format", format.place, headline);
        decoder.report(finding.hint("Use a newer version of sandtable."));
    }
    newer
}

/// Checks that the format is there and is ours.
pub(super) fn check_format(decoder: &mut Decoder, fields: &Fields) {
    if !fields.need(decoder, "format", "Begin the file with `format: 1`.") {
        return;
    }
    let before = decoder.findings.len();
    let Some(format) = fields.may(decoder, "format", Decoder::number) else {
        return;
    };
    let is_read = decoder.findings.len() == before && !fields.is_broken("format");
    if is_read && format.value != FORMAT {
        let headline = format!("there is no format {}", format.value);
        let finding = Finding::error("bad-number", format.place, headline);
        decoder.report(finding.instead(FORMAT.to_string()));
    }
}

fn zone(decoder: &mut Decoder, node: &YamlNode) -> Placed<String> {
    let zone = decoder.words(node);
    if !zone.value.is_empty() && jiff::tz::TimeZone::get(&zone.value).is_err() {
        let shown = words::clipped(&zone.value, QUOTED_MAX_CHARACTERS);
        let headline = format!("unknown time zone `{shown}`");
        let (hint, meant) = zones::advice(&zone.value);
        let finding = Finding::error("bad-zone", zone.place, headline);
        decoder.report(finding.hint(hint).instead_if(meant));
    }
    zone
}

fn role(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Role {
    let fields = Fields::read(decoder, node, Some(id.place), &ROLE);
    let marks = decoder.marks(&fields);
    Role {
        title: fields.must(decoder, "title", Decoder::line),
        brief: decoder.may_text(&fields, "brief", &marks),
        id,
    }
}

fn objective(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Objective {
    let fields = Fields::read(decoder, node, Some(id.place), &OBJECTIVE);
    Objective {
        title: fields.must(decoder, "title", Decoder::line),
        worth: fields.must(decoder, "worth", |decoder, node| {
            decoder.number_from(node, 0)
        }),
        maps: fields.many(decoder, "maps", Decoder::line),
        id,
    }
}

fn ending(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Ending {
    let fields = Fields::read(decoder, node, Some(id.place), &ENDING);
    let marks = decoder.marks(&fields);
    Ending {
        title: fields.must(decoder, "title", Decoder::line),
        when: fields.may(decoder, "when", Decoder::words),
        text: decoder.must_text(&fields, "text", &marks),
        id,
    }
}

fn variant(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Variant {
    let fields = Fields::read(decoder, node, Some(id.place), &VARIANT);
    let marks = decoder.marks(&fields);
    Variant {
        title: fields.must(decoder, "title", Decoder::line),
        text: decoder.may_text(&fields, "text", &marks),
        initial: initial(decoder, &fields),
        id,
    }
}

fn cut(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Cut {
    let fields = Fields::read(decoder, node, Some(id.place), &CUT);
    let marks = decoder.marks(&fields);
    Cut {
        title: fields.must(decoder, "title", Decoder::line),
        minutes: fields.must(decoder, "minutes", Decoder::positive),
        from: fields.must(decoder, "from", Decoder::id),
        at: fields.must(decoder, "at", Decoder::date),
        to: fields.must(decoder, "to", Decoder::id),
        text: decoder.may_text(&fields, "text", &marks),
        initial: initial(decoder, &fields),
        id,
    }
}

fn initial(decoder: &mut Decoder, fields: &Fields) -> Vec<(Placed<String>, Placed<String>)> {
    fields.named(decoder, "initial", |decoder, name, node| {
        (name, decoder.words(node))
    })
}
