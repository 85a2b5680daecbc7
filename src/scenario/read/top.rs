//! The top of `scenario.yaml`.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::limits::{DURATION_MAX_MINUTES, QUOTED_MAX_CHARACTERS};
use super::node::{YamlKind, YamlNode};
use super::{Folder, values};
use crate::finding::{Finding, Place};
use crate::scenario::schema::{CUT, ENDING, OBJECTIVE, ROLE, SCENARIO, VARIANT};
use crate::scenario::{Cut, Ending, Objective, Placed, Record, Role, Scenario, Variant};
use crate::words;

/// The format that this program reads.
const FORMAT: i64 = 1;

/// Reads the whole scenario but its record.
pub(super) fn scenario(reader: &mut Decoder, root: &YamlNode, folder: &Folder) -> Option<Scenario> {
    if newer_format(reader, root) {
        return None;
    }
    let head = Place::start_of(root.place.file);
    let fields = Fields::of(reader, root, Some(head), &SCENARIO);
    check_format(reader, &fields);
    let marks = reader.marks(&fields);
    let id = fields.must(reader, "id", Decoder::words);
    if !id.value.is_empty() {
        reader.check_scenario_id(&id);
    }
    let before = reader.findings.len();
    let (zone, startex) = (
        fields.must(reader, "zone", zone),
        fields.must(reader, "startex", Decoder::date),
    );
    // Without both, no date can be told.
    let is_broken = ["zone", "startex"]
        .iter()
        .any(|name| fields.is_broken(name) || !fields.has(name));
    let zone = if reader.findings.len() == before && !is_broken {
        zone
    } else {
        Placed::blank(zone.place)
    };
    let before = reader.findings.len();
    let mut lasts = fields.must(reader, "lasts", Decoder::period);
    if reader.findings.len() > before || fields.is_broken("lasts") || !fields.has("lasts") {
        lasts.value = DURATION_MAX_MINUTES;
    }
    Some(Scenario {
        sources: std::sync::Arc::default(),
        lost: crate::scenario::Lost::default(),
        allows: Vec::new(),
        id,
        title: fields.must(reader, "title", Decoder::line),
        summary: reader.may_text(&fields, "summary", &marks),
        briefing: reader.may_text(&fields, "briefing", &marks),
        zone,
        startex,
        lasts,
        roles: fields.must_named(reader, "roles", role),
        objectives: fields.must_named(reader, "objectives", objective),
        values: fields.named(reader, "values", |reader, id, node| {
            let name = id.value.clone();
            reader.kept(&name, |reader| values::value(reader, id, node))
        }),
        board: fields.many(reader, "board", values::indicator),
        actions: fields.named(reader, "actions", Decoder::action),
        phases: super::phases::phases(reader, &fields, folder),
        endex: fields.many(reader, "endex", Decoder::block),
        endings: fields.must_named(reader, "endings", ending),
        variants: fields.named(reader, "variants", variant),
        cuts: fields.named(reader, "cuts", cut),
        rules: super::rules::rules(reader, &fields),
        margin: fields.may(reader, "margin", |reader, node| reader.number_from(node, 0)),
        record: Record::default(),
    })
}

/// Whether a file says that it needs a newer program. Then nothing else about it can be told, and that is the one finding.
pub(super) fn newer_format(reader: &mut Decoder, root: &YamlNode) -> bool {
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
        reader.report(finding.hint("Use a newer version of sandtable."));
    }
    newer
}

/// Checks that the format is there and is ours.
pub(super) fn check_format(reader: &mut Decoder, fields: &Fields) {
    if !fields.need(reader, "format", "Begin the file with `format: 1`.") {
        return;
    }
    let before = reader.findings.len();
    let Some(format) = fields.may(reader, "format", Decoder::number) else {
        return;
    };
    let is_read = reader.findings.len() == before && !fields.is_broken("format");
    if is_read && format.value != FORMAT {
        let headline = format!("there is no format {}", format.value);
        let finding = Finding::error("bad-number", format.place, headline);
        reader.report(finding.instead(FORMAT.to_string()));
    }
}

fn zone(reader: &mut Decoder, node: &YamlNode) -> Placed<String> {
    let zone = reader.words(node);
    if !zone.value.is_empty() && jiff::tz::TimeZone::get(&zone.value).is_err() {
        let shown = words::clipped(&zone.value, QUOTED_MAX_CHARACTERS);
        let known = jiff::tz::db()
            .available()
            .map(|name| name.as_str().to_owned());
        let known: Vec<String> = known.collect();
        let meant = words::did_you_mean(&zone.value, known.iter().map(String::as_str));
        let finding = Finding::error(
            "bad-zone",
            zone.place,
            format!("unknown time zone `{shown}`"),
        )
        .hint("Use an IANA name, as in `Europe/London`.")
        .instead_if(meant);
        reader.report(finding);
    }
    zone
}

fn role(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Role {
    let fields = Fields::of(reader, node, Some(id.place), &ROLE);
    let marks = reader.marks(&fields);
    Role {
        title: fields.must(reader, "title", Decoder::line),
        brief: reader.may_text(&fields, "brief", &marks),
        id,
    }
}

fn objective(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Objective {
    let fields = Fields::of(reader, node, Some(id.place), &OBJECTIVE);
    Objective {
        title: fields.must(reader, "title", Decoder::line),
        worth: fields.must(reader, "worth", |reader, node| reader.number_from(node, 0)),
        maps: fields.many(reader, "maps", Decoder::line),
        id,
    }
}

fn ending(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Ending {
    let fields = Fields::of(reader, node, Some(id.place), &ENDING);
    let marks = reader.marks(&fields);
    Ending {
        title: fields.must(reader, "title", Decoder::line),
        when: fields.may(reader, "when", Decoder::words),
        text: reader.must_text(&fields, "text", &marks),
        id,
    }
}

fn variant(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Variant {
    let fields = Fields::of(reader, node, Some(id.place), &VARIANT);
    let marks = reader.marks(&fields);
    Variant {
        title: fields.must(reader, "title", Decoder::line),
        text: reader.may_text(&fields, "text", &marks),
        initial: initial(reader, &fields),
        id,
    }
}

fn cut(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Cut {
    let fields = Fields::of(reader, node, Some(id.place), &CUT);
    let marks = reader.marks(&fields);
    Cut {
        title: fields.must(reader, "title", Decoder::line),
        minutes: fields.must(reader, "minutes", Decoder::positive),
        from: fields.must(reader, "from", Decoder::id),
        at: fields.must(reader, "at", Decoder::date),
        to: fields.must(reader, "to", Decoder::id),
        text: reader.may_text(&fields, "text", &marks),
        initial: initial(reader, &fields),
        id,
    }
}

fn initial(reader: &mut Decoder, fields: &Fields) -> Vec<(Placed<String>, Placed<String>)> {
    fields.named(reader, "initial", |reader, name, node| {
        (name, reader.words(node))
    })
}
