//! Stored values: computed by a command, stored beside the scenario, and valid only for its present text.

use std::path::Path;

use sandtable::program::ProgramSetup;
use sandtable::{journal, library, room, values};

use crate::program::{Call, SILENT, Text, folder};

/// What was stored of a shipped scenario belongs to the text that ships.
#[test]
fn what_is_stored_of_a_shipped_scenario_is_of_its_text() {
    for id in library::embedded() {
        let found = library::find(id).expect("it is in the binary");
        let anew = format!(
            "make them anew, with a release build, as the last step: sandtable explore scenarios/{id} --store"
        );
        let bytes = found
            .values
            .as_ref()
            .unwrap_or_else(|| panic!("{id} has no stored values: {anew}"));
        let stored = values::read(bytes).unwrap_or_else(|error| panic!("{id}: {error}: {anew}"));
        let setup = ProgramSetup::default();
        let program = library::load(&found.folder, &setup)
            .expect("it has no mistakes")
            .program;
        let fitted = stored.fit(&journal::fingerprint(&found.folder), &program, &setup);
        let fitted = fitted.unwrap_or_else(|error| panic!("{id}: {error}: {anew}"));
        assert!(!fitted.is_empty());
        assert!(bytes.len() <= values::VALUES_MAX_BYTES);
    }
}

/// Git on Windows may have changed the line ends of somebody's scenario, but stored values are bytes.
#[test]
fn stored_values_fit_a_text_that_was_checked_out_with_cr_lf() {
    let folder = folder();
    for id in library::embedded() {
        let found = library::find(id).expect("it is in the binary");
        let path = folder.path().join(id);
        std::fs::create_dir_all(path.join("phases")).expect("a folder");
        for (name, bytes) in &found.folder.files {
            let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
            std::fs::write(path.join(name), text).expect("it can be written");
        }
        let values = found.values.expect("they are in the binary");
        std::fs::write(path.join("values.bin"), values).expect("it can be written");

        let checked_out = library::find(path.to_str().expect("a path")).expect("it is there");
        let loaded = library::load(&checked_out.folder, &ProgramSetup::default());
        let program = loaded.expect("it has no mistakes").program;
        let stored = room::stored_values(&checked_out.folder, &program);
        stored.expect("there are some").expect("they fit");
    }
}

fn new(folder: &Path) {
    Call {
        arguments: &["new", "mine"],
        stdout: Text::Holds(&[]),
        ..SILENT
    }
    .run(folder);
}

#[test]
fn values_are_stored_beside_the_scenario_and_fit_until_it_is_edited() {
    let folder = folder();
    new(folder.path());
    let store = Call {
        arguments: &["explore", "mine", "--store"],
        stdout: Text::Holds(&["wrote mine/values.bin: ", " of 3 setups, ", " bytes\n"]),
        ..SILENT
    };
    store.run(folder.path());
    let file = folder.path().join("mine/values.bin");
    let first = std::fs::read(&file).expect("it was written");
    store.run(folder.path());
    assert!(
        first == std::fs::read(&file).expect("it was written"),
        "the same text gives the same bytes"
    );
    let text = folder.path().join("mine/scenario.yaml");
    let lines = std::fs::read_to_string(&text).expect("it is there");
    std::fs::write(&text, lines.replace('\n', "\r\n")).expect("it can be written");
    store.run(folder.path());
    assert!(
        first == std::fs::read(&file).expect("it was written"),
        "and so does the same text with CR LF"
    );
    std::fs::write(&text, lines).expect("it can be written");

    let open = |setup: &ProgramSetup| {
        let path = folder.path().join("mine");
        let found = library::find(path.to_str().expect("a path")).expect("it is there");
        let program = library::load(&found.folder, setup)
            .expect("it has no mistakes")
            .program;
        let bytes = found.values.expect("they were stored");
        values::open(
            &bytes,
            &journal::fingerprint(&found.folder),
            &program,
            setup,
            7,
        )
    };
    let cut = ProgramSetup {
        variant: None,
        cut: Some("the_week".to_owned()),
    };
    let both = ProgramSetup {
        variant: Some("alone".to_owned()),
        ..cut.clone()
    };
    assert!(open(&ProgramSetup::default()).is_ok_and(|values| !values.is_empty()));
    assert!(open(&cut).is_ok());
    assert_eq!(open(&both), Err(values::ValuesError::NoSetup));
    let scenario = folder.path().join("mine/scenario.yaml");
    let text = std::fs::read_to_string(&scenario).expect("it is there");
    std::fs::write(&scenario, format!("{text}\n# Edited.\n")).expect("it can be written");
    assert_eq!(
        open(&ProgramSetup::default()),
        Err(values::ValuesError::OtherText)
    );
}

#[test]
fn what_cannot_be_stored_is_said() {
    let folder = folder();
    new(folder.path());
    std::fs::copy(
        folder.path().join("mine/scenario.yaml"),
        folder.path().join("single.yaml"),
    )
    .expect("it can be copied");
    let cases = [
        (
            vec!["explore", "starter", "--store"],
            "error: `starter` is built in, not on disk\n",
        ),
        (
            vec!["explore", "single.yaml", "--store"],
            "error: single.yaml is not a folder\n",
        ),
        (vec!["explore", "nothing/here", "--store"], "error: "),
    ];
    for (arguments, said) in cases {
        Call {
            arguments: &arguments,
            code: 2,
            stderr: Text::Holds(&[said]),
            ..SILENT
        }
        .run(folder.path());
    }
    assert!(!folder.path().join("values.bin").exists());
}
