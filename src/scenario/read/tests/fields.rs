//! What reading looks for is what the tables of the schema say.

use super::{found, harbour};
use crate::scenario::read::fields::asked;
use crate::scenario::schema::{Document, KeyRule, shapes};

#[test]
fn every_described_field_is_read_and_is_needed_where_it_says_so() {
    let _ = asked::take();
    assert_eq!(found(&harbour()), Vec::<String>::new());
    let mut asked = asked::take();
    let mut seen = Vec::new();
    for shape in Document::ALL.into_iter().flat_map(shapes) {
        if seen.contains(&shape.id) {
            continue;
        }
        seen.push(shape.id);
        for field in shape.fields() {
            let name = (shape.id, field.name.to_owned());
            let needed = asked.get(&name).copied();
            let sometimes = shape
                .rules
                .iter()
                .any(|rule| matches!(rule, KeyRule::With(_, names) if names.contains(&field.name)));
            let expected = if sometimes {
                needed
            } else {
                Some(field.needed)
            };
            assert_eq!(
                needed, expected,
                "{name:?}: what reading needs, and what the table says"
            );
            assert!(needed.is_some(), "{name:?} is described but never read");
        }
        asked
            .retain(|(id, name), needed| *id != shape.id || shape.field(name).is_none() && *needed);
    }
    assert!(asked.is_empty(), "needed but not described: {asked:?}");
}
