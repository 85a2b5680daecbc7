use std::fs;
use std::path::{Path, PathBuf};

use super::embedded::in_order;
use super::{WatchedFiles, embedded, find, load, scenarios};
use crate::program::ProgramSetup;
use crate::scenario::read::{FILE_MAX_BYTES, Folder, RECORD_FILE};

/// A folder on disk with these files.
fn on_disk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// What a path gives: files, then plays with their texts; or the error.
fn found(path: &Path) -> String {
    match find(path.to_str().expect("a readable path")) {
        Ok(found) => {
            let files: Vec<&str> = found.folder.files.keys().map(String::as_str).collect();
            let plays: Vec<String> = found
                .plays
                .iter()
                .map(|play| format!("{}={}", play.name, play.text))
                .collect();
            format!("{}; {}", files.join(" "), plays.join(" "))
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_path_gives_what_belongs_to_its_scenario() {
    let disk = on_disk(&[
        ("a/scenario.yaml", "x"),
        ("a/record.yaml", "x"),
        ("a/notes.md", "x"),
        ("a/phases/one.yaml", "x"),
        ("a/phases/one.md", "x"),
        ("a/plays/b.play", "wait"),
        ("a/plays/a.play", "end"),
        ("a/plays/a.txt", "x"),
        ("single.yaml", "x"),
        ("stray.play", "x"),
        ("single.YML", "x"),
        ("notes.md", "x"),
        ("scenario.schema.json", "{}"),
        ("bare", "x"),
    ]);
    let root = disk.path();
    let no_scenario = |name: &str| format!("{} is not a scenario", root.join(name).display());
    let whole = "phases/one.yaml record.yaml scenario.yaml; a=end b=wait";
    let cases = [
        ("a", whole.to_owned()),
        ("a/", whole.to_owned()),
        ("a/scenario.yaml", whole.to_owned()),
        ("a/plays/b.play", whole.replace("a=end ", "")),
        ("a/record.yaml", whole.to_owned()),
        ("a/phases/one.yaml", whole.to_owned()),
        ("single.yaml", "scenario.yaml; ".to_owned()),
        (
            "stray.play",
            format!(
                "{} does not belong to a scenario",
                root.join("stray.play").display()
            ),
        ),
        ("single.YML", "scenario.yaml; ".to_owned()),
        ("notes.md", no_scenario("notes.md")),
        ("scenario.schema.json", no_scenario("scenario.schema.json")),
        ("bare", no_scenario("bare")),
        (
            "a/plays",
            format!(
                "there is no `scenario.yaml` in {}",
                root.join("a/plays").display()
            ),
        ),
        (
            "a/missing",
            format!("there is nothing at {}", root.join("a/missing").display()),
        ),
    ];
    for (path, expected) in cases {
        assert_eq!(found(&root.join(path)), expected, "{path}");
    }
}

#[test]
fn a_file_is_refused_by_its_size() {
    let disk = on_disk(&[("scenario.yaml", "x")]);
    let large = fs::File::create(disk.path().join("record.yaml")).expect("a file");
    large.set_len(FILE_MAX_BYTES as u64 + 1).expect("a size");
    let expected = format!(
        "{} is larger than 4 MiB",
        disk.path().join("record.yaml").display()
    );
    assert_eq!(found(disk.path()), expected);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_within_a_scenario() {
    let disk = on_disk(&[("a/scenario.yaml", "x"), ("secret.play", "x")]);
    fs::create_dir(disk.path().join("a/plays")).expect("a folder");
    let link = disk.path().join("a/plays/secret.play");
    std::os::unix::fs::symlink(disk.path().join("secret.play"), &link).expect("a link");
    assert_eq!(
        found(&disk.path().join("a")),
        format!("{} is not a regular file", link.display())
    );
}

#[test]
fn an_unknown_name_lists_what_there_is() {
    let error = find("advanced-2023").expect_err("there is none");
    assert_eq!(error.to_string(), "there is no scenario `advanced-2023`");
    let hint = error.hint();
    assert!(
        hint.starts_with("Did you mean `advanced-2022`? Built in are `advanced-2022`"),
        "{hint}"
    );
    let hint = find("zebra").expect_err("there is none").hint();
    assert!(hint.starts_with("Built in are `advanced-2022`"), "{hint}");
}

#[test]
fn the_shipped_scenario_comes_first_and_the_starter_last() {
    assert_eq!(
        in_order(vec!["starter", "a", "zoo", "advanced-2022"]),
        ["advanced-2022", "a", "zoo", "starter"]
    );
    assert_eq!(embedded().first(), Some(&"advanced-2022"));
    let found = find("advanced-2022").expect("it is in the binary");
    assert!(found.folder.files.contains_key(RECORD_FILE));
}

#[test]
fn findings_of_reading_and_compiling_come_together_by_place() {
    let text = "format: 1\nid: a\ntitle: A\nzone: Europe/London\nstartex: 2022-08-02\nlasts: 1d\nroles: {r: {title: R}}\n\
        objectives: {o: {title: O, worth: 1}}\nphases: {p: {title: P, ends: [{at: 1h, to: q}]}}\nendings: {e: {title: E, when: tru, text: T}}\n";
    let rejected = load(
        &Folder::single("a.yaml", text.into()),
        &ProgramSetup::default(),
    )
    .expect_err("it has mistakes");
    let lines: Vec<usize> = rejected
        .findings
        .iter()
        .map(|finding| rejected.sources.line_and_column(finding.place).0)
        .collect();
    assert!(
        lines.contains(&9) && lines.contains(&10) && lines.is_sorted(),
        "{lines:?}"
    );
}

#[test]
fn a_folder_is_searched_for_scenarios() {
    let disk = on_disk(&[
        ("b/scenario.yaml", "x"),
        ("b/phases/scenario.yaml", "x"),
        ("a/deep/er/scenario.yaml", "x"),
        (".hidden/scenario.yaml", "x"),
        (".git/c/scenario.yaml", "x"),
        ("target/package/scenario.yaml", "x"),
        ("1/2/3/4/5/6/7/scenario.yaml", "x"),
        ("notes.yaml", "x"),
    ]);
    let root = disk.path().to_str().expect("a readable path");
    let found = scenarios(root).expect("there are some");
    let expected = [".hidden", "a/deep/er", "b"].map(|name| format!("{root}/{name}"));
    assert_eq!(found.names, expected);
    assert!(found.troubles.is_empty(), "{:?}", found.troubles);
    let skipped: Vec<String> = found.skipped.iter().map(ToString::to_string).collect();
    let deep = format!("{root}/1/2/3/4/5/6, and what lies as deep, is not looked into");
    assert_eq!(skipped, [deep]);
}

/// What lies in the folder of a scenario, and what is said of it: a piece of the finding, or nothing.
#[test]
fn what_is_not_read_is_said() {
    let cases = [
        ("plays/first.play", None),
        ("plays/.first.play.swp", None),
        ("plays/README.md", None),
        (
            "plays/first.play.txt",
            Some("ends in `.play`; Rename it to `plays/first.play`"),
        ),
        (
            "plays/second.PLAY",
            Some("ends in `.play`; Rename it to `plays/second.play`"),
        ),
        (
            "plays/third.Play",
            Some("ends in `.play`; Rename it to `plays/third.play`"),
        ),
        ("plays/first.play.bak", Some("ends in `.play`")),
        ("plays/first.play~", Some("ends in `.play`")),
        (
            "plays/first (copy).play.old",
            Some("Rename it to `plays/first (copy).play`"),
        ),
        ("plays/player.txt", Some("is not a play, so it is not run")),
        ("plays/notes.md", Some("is not a play, so it is not run")),
        (
            "plays/more/a.play",
            Some("only files of `plays` itself are run"),
        ),
        ("phases/one.yaml", None),
        (
            "phases/two.yml",
            Some("ends in `.yaml`; Rename it to `phases/two.yaml`"),
        ),
        ("phases/two.YAML", Some("ends in `.yaml`")),
        ("phases/two.yaml.txt", Some("ends in `.yaml`")),
        (
            "phases/notes.docx",
            Some("is not a phase, so it is not read"),
        ),
        (
            "phases/old/one.yaml",
            Some("only files of `phases` itself are read"),
        ),
        ("record.yml", Some("must be called `record.yaml`")),
        ("Record.yaml", Some("must be called `record.yaml`")),
        ("scenario.yaml.txt", Some("must be called `scenario.yaml`")),
        (
            "three.yaml",
            Some("files of phases are in the folder `phases/`; Move it to `phases/three.yaml`"),
        ),
        ("three.yml", Some("Move it to `phases/three.yaml`")),
        ("compose.yaml", None),
        ("notes.md", None),
        ("a.play", Some("Move it to `plays/a.play`")),
        ("a.play.txt", Some("Move it to `plays/a.play`")),
        ("play/a.play", Some("must be called `plays`")),
        ("Phases/a.yaml", Some("must be called `phases`")),
        ("schema/scenario.schema.json", None),
    ];
    for (path, expected) in cases {
        let text = if path == "compose.yaml" {
            "services: {}\n"
        } else {
            "title: A\nends: []\n"
        };
        let disk = on_disk(&[("scenario.yaml", "x"), (path, text)]);
        let found = find(disk.path().to_str().expect("a readable path")).expect("it is there");
        let mut sources = crate::finding::Sources::default();
        let said = found.unused(&mut sources);
        let said: Vec<String> = said
            .iter()
            .map(|it| format!("{}; {}", it.headline, it.hints[0]))
            .collect();
        match expected {
            None => assert!(said.is_empty(), "{path}: {said:?}"),
            Some(expected) => {
                assert!(
                    said.len() == 1 && said[0].contains(expected),
                    "{path}: {said:?}"
                );
                let folder = path.split('/').take(
                    if path.starts_with("play/") || path.starts_with("Phases/") {
                        1
                    } else {
                        2
                    },
                );
                let named = format!("/{}", folder.collect::<Vec<_>>().join("/"));
                assert!(
                    sources.files[0].path.ends_with(&named),
                    "{path}: {}",
                    sources.files[0].path
                );
            }
        }
    }
}

#[test]
fn a_scenario_under_another_name_is_said() {
    let disk = on_disk(&[
        ("a/scenario.yml", "x"),
        ("b/scenario.yaml", "x"),
        ("c/Scenario.yaml.txt", "x"),
    ]);
    let root = disk.path().display();
    for (name, file) in [("a", "scenario.yml"), ("c", "Scenario.yaml.txt")] {
        let expected =
            format!("{root}/{name}/{file} is not read: it must be called `scenario.yaml`");
        let path = disk.path().join(name);
        assert_eq!(found(&path), expected);
        let list = scenarios(path.to_str().expect("a readable path")).expect("it is there");
        let troubles: Vec<String> = list.troubles.iter().map(ToString::to_string).collect();
        assert_eq!((list.names.len(), troubles), (0, vec![expected]));
    }
    let found = scenarios(disk.path().to_str().expect("a readable path")).expect("there is one");
    assert_eq!((found.names.len(), found.skipped.len()), (1, 2));
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_odd_names_are_said() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let disk = on_disk(&[("a/scenario.yaml", "x"), ("b/notes", "x")]);
    let at = |name: &str| disk.path().join(name);
    symlink("nowhere", at("gone")).expect("a link");
    symlink("loop", at("loop")).expect("a link");
    symlink("gone.yaml", at("b/scenario.yaml")).expect("a link");
    symlink("../b", at("a/plays")).expect("a link");
    fs::create_dir(at("a/phases")).expect("a folder");
    fs::write(at("a/phases").join(OsStr::from_bytes(b"\xff.yaml")), "x").expect("a file");
    let root = disk.path().to_str().expect("a readable path");
    let list = scenarios(root).expect("there are some");
    assert_eq!(list.names, [format!("{root}/a"), format!("{root}/b")]);
    let skipped: Vec<String> = list.skipped.iter().map(ToString::to_string).collect();
    let expected =
        ["gone", "loop"].map(|name| format!("{root}/{name} is a link that leads nowhere"));
    assert_eq!(skipped, expected);
    assert_eq!(
        found(&at("b")),
        format!("{root}/b/scenario.yaml is not a regular file")
    );
    let whole = find(&list.names[0]).expect("it is there");
    let why: Vec<&str> = whole.leftovers.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(
        why,
        [
            "this is not read: `plays` must be a folder, not a link or a file",
            "this is not read: its name is not UTF-8"
        ]
    );
}

#[test]
fn what_changed_is_seen_from_outside() {
    let disk = on_disk(&[
        ("a/scenario.yaml", "x"),
        ("a/plays/a.play", "x"),
        ("a/notes.md", "x"),
    ]);
    let at = |name: &str| disk.path().join(name);
    let folder = at("a").to_str().expect("a readable path").to_owned();
    let mut watched = WatchedFiles::new(vec![folder]);
    assert_eq!(watched.changed(), Vec::<PathBuf>::new());
    fs::write(at("a/notes.md"), "more").expect("a file");
    assert_eq!(watched.changed(), Vec::<PathBuf>::new());
    fs::write(at("a/scenario.yaml"), "more").expect("a file");
    fs::create_dir(at("a/phases")).expect("a folder");
    fs::write(at("a/phases/p.yaml"), "x").expect("a file");
    assert_eq!(
        watched.changed(),
        [at("a/phases/p.yaml"), at("a/scenario.yaml")]
    );
    // Many editors write another file and give it the name.
    fs::write(at("a/new"), "eros").expect("a file");
    fs::rename(at("a/new"), at("a/scenario.yaml")).expect("a name");
    assert_eq!(watched.changed(), [at("a/scenario.yaml")]);
    fs::remove_file(at("a/plays/a.play")).expect("it was there");
    assert_eq!(watched.changed(), [at("a/plays/a.play")]);
    assert_eq!(watched.changed(), Vec::<PathBuf>::new());
}
