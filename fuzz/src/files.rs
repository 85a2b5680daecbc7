//! Several files in one input.

use sandtable::scenario::read::{Folder, SCENARIO_FILE};

/// What begins a line that names the file which follows it. It is a comment to a reader of YAML.
const BEGINS: &str = "#=== ";

/// A folder of the files in an input: what stands before the first name is `scenario.yaml`. None where nothing is named.
pub fn folder(bytes: &[u8]) -> Option<Folder> {
    let mut folder = Folder::default();
    let mut path = SCENARIO_FILE.to_owned();
    let mut file = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let named = std::str::from_utf8(line)
            .ok()
            .and_then(|it| it.strip_prefix(BEGINS));
        if let Some(named) = named {
            let before = std::mem::replace(&mut path, named.trim().to_owned());
            folder.files.insert(before, std::mem::take(&mut file));
        } else {
            file.extend_from_slice(line);
        }
    }
    let named = !folder.files.is_empty();
    folder.files.insert(path, file);
    named.then_some(folder)
}
