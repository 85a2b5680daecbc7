//! `record.yaml`.

use super::decode::Decoder;
use super::fields::Fields;
use super::node::YamlNode;
use crate::finding::Place;
use crate::scenario::schema::{CONFIDENCES, ENTRY, RECORD};
use crate::scenario::{Fact, Placed, Record};

/// Reads the record.
pub(super) fn record(reader: &mut Decoder, root: &YamlNode) -> Record {
    if super::top::newer_format(reader, root) {
        reader.lost.any = true;
        return Record::default();
    }
    let head = Place::start_of(root.place.file);
    let fields = Fields::of(reader, root, Some(head), &RECORD);
    super::top::check_format(reader, &fields);
    Record {
        organisations: fields.many(reader, "organisations", Decoder::line),
        sources: coded(reader, &fields, "sources", |reader, code, node| {
            (code, reader.citation(node))
        }),
        entries: coded(reader, &fields, "entries", |reader, id, node| {
            let name = id.value.clone();
            reader.kept(&name, |reader| entry(reader, id, node))
        }),
    }
}

/// Entries whose names are codes such as `T-10`.
fn coded<T>(
    reader: &mut Decoder,
    fields: &Fields,
    name: &str,
    read: impl Fn(&mut Decoder, Placed<String>, &YamlNode) -> T,
) -> Vec<T> {
    let all = fields.may(reader, name, |reader, node| {
        reader.entries(node, |reader, code, value| {
            reader.check_code(code);
            read(reader, code.clone(), value)
        })
    });
    all.unwrap_or_default()
}

fn entry(reader: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Fact {
    let fields = Fields::of(reader, node, Some(id.place), &ENTRY);
    Fact {
        date: fields.may(reader, "date", Decoder::line),
        says: fields.must(reader, "says", Decoder::prose),
        figures: fields.many(reader, "figures", Decoder::line),
        source: fields.many(reader, "source", Decoder::code),
        rests_on: fields.many(reader, "rests_on", Decoder::code),
        confidence: fields.must(reader, "confidence", |reader, node| {
            reader.one_of(node, "bad-confidence", "confidence", &CONFIDENCES)
        }),
        id,
    }
}
