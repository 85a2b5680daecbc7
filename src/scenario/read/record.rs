//! `record.yaml`.

use super::decode::Decoder;
use super::fields::Fields;
use super::node::YamlNode;
use crate::finding::Place;
use crate::scenario::schema::{CONFIDENCES, ENTRY, RECORD};
use crate::scenario::{Fact, Placed, Record};

/// Reads the record.
pub(super) fn record(decoder: &mut Decoder, root: &YamlNode) -> Record {
    if super::top::newer_format(decoder, root) {
        decoder.lost.any = true;
        return Record::default();
    }
    let head = Place::start_of(root.place.file);
    let fields = Fields::read(decoder, root, Some(head), &RECORD);
    super::top::check_format(decoder, &fields);
    Record {
        organisations: fields.many(decoder, "organisations", Decoder::line),
        sources: coded(decoder, &fields, "sources", |decoder, code, node| {
            (code, decoder.citation(node))
        }),
        entries: coded(decoder, &fields, "entries", |decoder, id, node| {
            let name = id.value.clone();
            decoder.read_or_lose(&name, |decoder| entry(decoder, id, node))
        }),
    }
}

/// Entries whose names are codes such as `T-10`.
fn coded<T>(
    decoder: &mut Decoder,
    fields: &Fields,
    name: &str,
    read: impl Fn(&mut Decoder, Placed<String>, &YamlNode) -> T,
) -> Vec<T> {
    let all = fields.may(decoder, name, |decoder, node| {
        decoder.entries(node, |decoder, code, value| {
            decoder.check_code(code);
            read(decoder, code.clone(), value)
        })
    });
    all.unwrap_or_default()
}

fn entry(decoder: &mut Decoder, id: Placed<String>, node: &YamlNode) -> Fact {
    let fields = Fields::read(decoder, node, Some(id.place), &ENTRY);
    Fact {
        date: fields.may(decoder, "date", Decoder::line),
        says: fields.must(decoder, "says", Decoder::prose),
        figures: fields.many(decoder, "figures", Decoder::line),
        source: fields.many(decoder, "source", Decoder::code),
        rests_on: fields.many(decoder, "rests_on", Decoder::code),
        confidence: fields.must(decoder, "confidence", |decoder, node| {
            decoder.one_of(node, "bad-confidence", "confidence", &CONFIDENCES)
        }),
        id,
    }
}
