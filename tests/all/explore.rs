//! `sandtable explore`: the same bytes whatever the threads, and what is documented.

use serde_json::Value;

use crate::docs::document;
use crate::program::{folder, written};

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let of = |more: &[&str], threads: &str| {
        let mut arguments = vec!["explore", "starter", "--json", "--threads", threads];
        arguments.extend(more);
        written(folder().path(), &arguments, 0)
    };
    let kinds: [&[&str]; 4] = [
        &["--sample", "3000"],
        &["--sample", "0", "--states-max", "60"],
        &["--plays", "2500", "--seed", "3"],
        &["--cut", "the_week", "--sample", "10"],
    ];
    for kind in kinds {
        let alone = of(kind, "1");
        for threads in ["2", "3"] {
            assert_eq!(of(kind, threads), alone, "{kind:?} with {threads}");
        }
    }
}

#[test]
fn every_key_is_documented() {
    let text = document("docs/explore.md");
    for more in [["--sample", "100"], ["--plays", "100"]] {
        let mut arguments = vec!["explore", "starter", "--json"];
        arguments.extend(more);
        let read: Value =
            serde_json::from_str(&written(folder().path(), &arguments, 0)).expect("it is JSON");
        for key in read.as_object().expect("an object").keys() {
            assert!(text.contains(&format!("`{key}`")), "{key}");
        }
    }
}

#[test]
fn what_never_came_is_marked_and_what_is_beyond_the_budget_is_said() {
    let played = written(
        folder().path(),
        &["explore", "starter", "--plays", "200"],
        0,
    );
    assert!(played.contains("option or action"), "{played}");
    let partial = written(
        folder().path(),
        &["explore", "starter", "--states-max", "50", "--sample", "0"],
        0,
    );
    assert!(partial.contains("these are bounds"), "{partial}");
    assert!(
        partial.contains("Partial: there are more than 50 states"),
        "{partial}"
    );
}
