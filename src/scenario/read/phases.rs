//! Phases, in `scenario.yaml` or in files of their own.

use super::decode::Decoder;
use super::fields::Fields;
use super::node::{YamlKind, YamlNode};
use super::tree;
use super::{Folder, PHASES_FOLDER, phase_of};
use crate::finding::{Finding, Place};
use crate::scenario::schema::{END, PHASE};
use crate::scenario::{Band, Bands, Phase, PhaseEnd, Placed};

/// Reads all phases.
pub(super) fn phases(decoder: &mut Decoder, fields: &Fields, folder: &Folder) -> Vec<Phase> {
    let phases = fields.must_named(decoder, "phases", |decoder, id, node| {
        phase(decoder, id, node, folder)
    });
    for path in folder.files.keys() {
        let Some(id) = phase_of(path) else { continue };
        let listed = phases.iter().any(|phase| phase.id.value == id);
        if !listed && fields.has("phases") {
            let file = decoder.sources.add(folder.shown_path(path), "");
            let headline = format!("`scenario.yaml` lists no phase `{id}`");
            let finding = Finding::warning("unused-file", Place::start_of(file), headline);
            decoder.report(finding.hint(format!("List it under `phases`, as in `{id}: {{}}`.")));
        }
    }
    phases
}

/// Reads the files of the phases when `scenario.yaml` could not be read, to find the mistakes in them.
pub(super) fn without_scenario(decoder: &mut Decoder, folder: &Folder) {
    for (path, bytes) in &folder.files {
        let Some(id) = phase_of(path) else { continue };
        let Some(root) = tree::parse_file(decoder, folder.shown_path(path), bytes) else {
            continue;
        };
        let head = Place::start_of(root.place.file);
        let id = Placed::new(id.to_owned(), head);
        filled(decoder, id, &root, head);
    }
}

fn phase(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode, folder: &Folder) -> Phase {
    let path = format!("{PHASES_FOLDER}{}.yaml", id.value);
    let bytes = folder.files.get(&path);
    let empty = matches!(&node.kind, YamlKind::Map(entries) if entries.is_empty());
    match bytes {
        Some(bytes) if empty => {
            let root = tree::parse_file(decoder, folder.shown_path(&path), bytes);
            match root {
                Some(root) => {
                    let head = Place::start_of(root.place.file);
                    filled(decoder, id, &root, head)
                }
                None => unreadable(id),
            }
        }
        Some(_) => {
            let headline = format!("the phase is both here and in `{path}`");
            let finding = Finding::error("repeated-key", id.place, headline);
            decoder.report(finding.hint(format!(
                "Write `{}: {{}}` here, or remove the file.",
                id.value
            )));
            filled(decoder, id.clone(), node, id.place)
        }
        None if empty => {
            let headline = format!("there is no file `{path}`");
            let finding = Finding::error("missing-file", id.place, headline);
            decoder.report(finding.hint("Write the phase there, or here."));
            decoder.lost.any = true;
            unreadable(id)
        }
        None => filled(decoder, id.clone(), node, id.place),
    }
}

/// A placeholder for a phase whose file could not be read, which has been reported.
fn unreadable(id: Placed<String>) -> Phase {
    Phase {
        title: id.clone(),
        id,
        text: None,
        begins: Vec::new(),
        injects: Vec::new(),
        ends: Vec::new(),
        bands: Vec::new(),
    }
}

fn filled(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode, head: Place) -> Phase {
    let fields = Fields::read(decoder, node, Some(head), &PHASE);
    let marks = decoder.marks(&fields);
    let mut injects = fields.named(decoder, "injects", Decoder::inject);
    injects.extend(fields.named(decoder, "decisions", Decoder::timed_decision));
    injects.sort_by_key(|inject| inject.id.place.start);
    Phase {
        title: fields.must(decoder, "title", Decoder::line),
        text: decoder.may_text(&fields, "text", &marks),
        begins: fields.many(decoder, "begins", Decoder::block),
        injects,
        ends: fields.many(decoder, "ends", end),
        bands: fields.named(decoder, "bands", band),
        id,
    }
}

fn end(decoder: &mut Decoder, node: &YamlNode) -> PhaseEnd {
    let fields = Fields::read(decoder, node, None, &END);
    let when = fields.may(decoder, "when", Decoder::words);
    let before = decoder.findings.len();
    let at = fields.may(decoder, "at", Decoder::moment);
    // A moment that could not be read may be any, so nothing comes too late for it.
    let is_read = decoder.findings.len() == before && !fields.is_broken("at");
    let end = PhaseEnd {
        when,
        at: at.filter(|_| is_read),
        to: fields.must(decoder, "to", Decoder::id),
    };
    if !fields.has("when") && !fields.has("at") {
        let hint = "Say when it ends: `when` a condition holds, or `at` a moment.";
        fields.missing(decoder, "when", hint);
    }
    end
}

fn band(decoder: &mut Decoder, of: Placed<String>, node: &YamlNode) -> Band {
    let value = match &node.kind {
        YamlKind::List(_) => {
            let marks = decoder.list(node, Decoder::number);
            if marks.is_empty() {
                let headline = "bands need at least one mark";
                decoder.error("missing-field", node.place, headline);
            }
            if let Some(pair) = marks.windows(2).find(|pair| pair[0].value >= pair[1].value) {
                let headline = "marks must rise";
                decoder.error("number-out-of-range", pair[1].place, headline);
            }
            Bands::List(marks.iter().map(|mark| mark.value).collect())
        }
        YamlKind::Text { .. } => Bands::Step(decoder.positive(node).value),
        _ => {
            decoder.wrong_kind(node, "a step or a list of marks", "");
            Bands::Step(1)
        }
    };
    Band {
        of,
        marks: Placed::new(value, node.place),
    }
}
