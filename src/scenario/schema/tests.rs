use std::collections::BTreeSet;

use super::{Document, FieldKind, KeyRule, Shape, shapes};

fn all() -> impl Iterator<Item = &'static Shape> {
    Document::ALL.into_iter().flat_map(shapes)
}

#[test]
fn every_field_is_explained_in_sentences_and_shown_by_an_example() {
    for shape in all() {
        assert!(shape.about.ends_with('.'), "{}", shape.id);
        for field in shape.fields() {
            let name = format!("{}.{}", shape.id, field.name);
            assert!(field.about.ends_with('.'), "{name}: {}", field.about);
            let parts = matches!(
                field.kind,
                FieldKind::Named(_) | FieldKind::Part(_) | FieldKind::Parts(_)
            );
            assert!(parts || !field.example.is_empty(), "{name} has no example");
        }
    }
}

#[test]
fn no_two_shapes_share_a_name_and_no_shape_names_a_field_twice() {
    for document in Document::ALL {
        let mut names = BTreeSet::new();
        assert!(shapes(document).iter().all(|shape| names.insert(shape.id)));
    }
    for shape in all() {
        let mut fields = BTreeSet::new();
        assert!(
            shape.fields().all(|field| fields.insert(field.name)),
            "{}",
            shape.id
        );
    }
}

#[test]
fn rules_name_fields_that_are_there() {
    for shape in all() {
        for rule in shape.rules {
            let names = match rule {
                KeyRule::With(some, others) => [*some, *others].concat(),
                KeyRule::Some(names) | KeyRule::One(names) => names.to_vec(),
            };
            assert!(
                names.iter().all(|name| shape.field(name).is_some()),
                "{}: {rule:?}",
                shape.id
            );
        }
    }
}
