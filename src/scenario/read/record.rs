//! `record.yaml`.

use super::decode::Reader;
use super::fields::Fields;
use super::tree::Node;
use crate::finding::Place;
use crate::scenario::schema::{CONFIDENCES, ENTRY, RECORD};
use crate::scenario::{Entry, Placed, Record};

/// Reads the record.
pub(super) fn record(reader: &mut Reader, root: &Node) -> Record {
    if super::top::newer_format(reader, root) {
        reader.lost.any = true;
        return Record::default();
    }
    let head = Place::start_of(root.place.file);
    let fields = Fields::of(reader, root, Some(head), &RECORD);
    super::top::check_format(reader, &fields);
    Record {
        organisations: fields.many(reader, "organisations", Reader::line),
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
    reader: &mut Reader,
    fields: &Fields,
    name: &str,
    read: impl Fn(&mut Reader, Placed<String>, &Node) -> T,
) -> Vec<T> {
    let all = fields.may(reader, name, |reader, node| {
        reader.entries(node, |reader, code, value| {
            reader.check_code(code);
            read(reader, code.clone(), value)
        })
    });
    all.unwrap_or_default()
}

fn entry(reader: &mut Reader, id: Placed<String>, node: &Node) -> Entry {
    let fields = Fields::of(reader, node, Some(id.place), &ENTRY);
    Entry {
        date: fields.may(reader, "date", Reader::line),
        says: fields.must(reader, "says", Reader::prose),
        figures: fields.many(reader, "figures", Reader::line),
        source: fields.many(reader, "source", Reader::code),
        rests_on: fields.many(reader, "rests_on", Reader::code),
        confidence: fields.must(reader, "confidence", |reader, node| {
            reader.one_of(node, "bad-confidence", "confidence", &CONFIDENCES)
        }),
        id,
    }
}
