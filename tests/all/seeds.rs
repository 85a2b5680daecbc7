//! The seeds of the fuzz targets: each goes once through its target, so that no seed is out of date and every `cargo test`
//! checks what the targets check.

#[allow(dead_code, reason = "of a package of its own, which has other callers")]
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

type Run = fn(&[u8]);

const TARGETS: [(&str, Run); 6] = [
    ("entries", fuzz::entries::run),
    ("expressions", fuzz::expressions::run),
    ("journals", fuzz::journals::run),
    ("plays", fuzz::plays::run),
    ("reading", fuzz::reading::run),
    ("scenarios", fuzz::scenarios::run),
];

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let files = fs::read_dir(&folder).expect("each target has seeds");
    let mut seeds: Vec<(String, Vec<u8>)> = files
        .map(|file| {
            let path = file.expect("the folder can be read").path();
            let bytes = fs::read(&path).expect("the seed can be read");
            (path.display().to_string(), bytes)
        })
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn every_seed_holds_what_its_target_holds() {
    for (target, run) in TARGETS {
        for (_, bytes) in seeds(target) {
            run(&bytes);
        }
    }
}

/// Seeds that are refused at the door would show nothing.
#[test]
fn seeds_reach_what_lies_behind() {
    let plays = seeds("scenarios").into_iter().filter(|(_, bytes)| {
        let text = fuzz::scenarios::written(bytes);
        fuzz::scenarios::plays(&text, 0)
    });
    assert!(plays.count() >= 4, "few of the scenarios compile");
    let journals = seeds("journals").into_iter().filter(|(_, bytes)| {
        let reading = fuzz::journals::looked(bytes);
        reading.is_some_and(|it| fuzz::journals::recalled(&it.recorded).is_some())
    });
    assert!(journals.count() >= 2, "few of the journals can be taken up");
}
