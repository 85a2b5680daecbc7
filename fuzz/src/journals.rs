use std::sync::Arc;

use sandtable::exercise::{Exercise, Seat, recall};
use sandtable::journal::{OpenedJournal, Recorded, read};
use sandtable::library;
use sandtable::program::{Program, ProgramSetup};

use super::seal::sealed;

/// Reads an input: as it is, and as text whose hashes are made to fit.
pub fn run(bytes: &[u8]) {
    if let Some(reading) = looked(bytes) {
        recalled(&reading.recorded);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Some(reading) = looked(sealed(text).as_bytes())
    {
        recalled(&reading.recorded);
    }
}

/// What the bytes hold. What is whole of them holds the same alone.
pub fn looked(bytes: &[u8]) -> Option<OpenedJournal> {
    let reading = match read(bytes) {
        Ok(reading) => reading,
        Err(fault) => {
            assert!(!fault.to_string().is_empty());
            return None;
        }
    };
    assert!(reading.whole_bytes <= bytes.len());
    assert_eq!(reading.torn, reading.whole_bytes < bytes.len());
    let whole = read(&bytes[..reading.whole_bytes]).expect("what is whole can be read");
    assert!(!whole.torn);
    assert_eq!(whole.recorded.entries, reading.recorded.entries);
    Some(reading)
}

/// The program of the text in a journal.
pub fn program(recorded: &Recorded) -> Option<Arc<Program>> {
    let head = &recorded.head;
    let setup = ProgramSetup {
        variant: head.variant.clone(),
        cut: head.cut.clone(),
    };
    library::load(&head.folder, &setup)
        .ok()
        .map(|it| it.program)
}

/// The exercise of a journal, or a sentence why there is none; and what every face is shown of it.
pub fn recalled(recorded: &Recorded) -> Option<Exercise> {
    let program = program(recorded)?;
    let exercise = match recall(&program, recorded) {
        Ok(exercise) => exercise,
        Err(why) => {
            assert!(why.ends_with('.'), "no sentence: {why}");
            return None;
        }
    };
    assert_eq!(exercise.moves().len(), recorded.moves());
    for place in exercise.seats().iter().map(Seat::viewer) {
        let _ = exercise.view(&place);
    }
    let _ = exercise.as_play();
    Some(exercise)
}
