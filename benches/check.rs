//! How fast a scenario is checked, without the search: 10,000, 30,000 and 100,000 lines.
//!
//! `cargo bench --bench check` prints the times; they should grow as the lines do. Nothing here fails because a machine is
//! slow.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use sandtable::check::check_with;
use sandtable::scenario::read::Folder;

/// Lines of all files together.
const LINES: [usize; 3] = [10_000, 30_000, 100_000];

/// Phases, each in a file of its own.
const PHASES: usize = 10;

fn main() {
    divan::main();
}

/// A scenario without a mistake.
#[divan::bench(args = LINES)]
fn clean(bencher: Bencher, lines: usize) {
    measure(bencher, &scenario(lines, false));
}

/// The same with an unknown name in every tenth message.
#[divan::bench(args = LINES)]
fn wrong(bencher: Bencher, lines: usize) {
    measure(bencher, &scenario(lines, true));
}

fn measure(bencher: Bencher, folder: &Folder) {
    let bytes: usize = folder.files.values().map(Vec::len).sum();
    let newlines = folder
        .files
        .values()
        .flatten()
        .filter(|byte| **byte == b'\n');
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(newlines.count()))
        .bench(|| check_with(folder, Some(&["history"])));
}

/// About this many lines in the style of a real scenario: messages with a question, two options, and marks.
fn scenario(lines: usize, wrong: bool) -> Folder {
    let injects = lines / LINES_OF_INJECT;
    let mut main = String::from(
        "format: 1\nid: large\ntitle: Large\nzone: Europe/London\nstartex: 2022-08-02 21:00\nlasts: 90d\n\
         roles:\n  lead: {title: Incident lead}\n  tech: {title: Technical lead}\n\
         objectives:\n  contain: {title: Contain it, worth: 100}\nvalues:\n",
    );
    let values = injects / 10 + 1;
    for value in 0..values {
        let _ = writeln!(
            main,
            "  value_{value}: {{min: 0, max: 9, initial: 1, saturates: true}}"
        );
    }
    main.push_str("phases:\n");
    for phase in 0..PHASES {
        let _ = writeln!(main, "  phase_{phase}: {{}}");
    }
    main.push_str("endings:\n  over: {title: Over, text: It is over.}\n");
    let mut record = String::from("format: 1\nsources: {NEWS: a newspaper}\nentries:\n");
    let mut files = BTreeMap::new();
    for phase in 0..PHASES {
        let mut text = format!(
            "title: Phase {}\nrecord: [{{says: the number, is: invented}}]\ninjects:\n",
            phase + 1
        );
        for number in (0..injects).filter(|number| number * PHASES / injects == phase) {
            inject(
                &mut text,
                number,
                number % values,
                wrong && number % 10 == 0,
            );
            let _ = writeln!(
                record,
                "  T-{number}: {{says: \"It began with {number} servers.\", figures: [\"{number}\"], source: [NEWS], confidence: V}}"
            );
        }
        let to = if phase + 1 < PHASES {
            format!("phase_{}", phase + 1)
        } else {
            "endex".to_owned()
        };
        let _ = writeln!(text, "ends:\n  - {{at: 8d, to: {to}}}");
        files.insert(format!("phases/phase_{phase}.yaml"), text.into_bytes());
    }
    files.insert("scenario.yaml".to_owned(), main.into_bytes());
    files.insert("record.yaml".to_owned(), record.into_bytes());
    Folder {
        path: "large".into(),
        files,
        single: false,
    }
}

/// The lines of one message with everything that belongs to it, including its entry in the record.
const LINES_OF_INJECT: usize = 28;

fn inject(text: &mut String, number: usize, value: usize, wrong: bool) {
    let role = if wrong { "leed" } else { "lead" };
    let minutes = number % 9_000;
    let _ = write!(
        text,
        "  message_{number}:
    at: {minutes}m
    to: [{role}, tech]
    by: Somebody
    via: phone
    title: A message
    text: |
      On that morning {number} servers did not answer. Nobody in the room can say whether they were switched off,
      or who did it, and the telephone does not stop ringing.
    record:
      - {{says: \"{number} servers\", is: documented, cites: [T-{number}]}}
      - {{says: the telephone, is: invented}}
    asks:
      question: What do you do about it?
      within: 2h
      default: wait
      options:
        wait: {{label: Wait and see, feedback: You wait.}}
        act:
          label: Send somebody
          needs: value_{value} >= 1 && chosen.message_{number} == none
          feedback: Somebody goes.
          do:
            - value_{value} -= 1
          then:
            - {{when: value_{value} == 0, score: {{contain: 1}}, because: Nobody was left.}}
"
    );
}
