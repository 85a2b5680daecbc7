//! The commands that show an exercise: `play`, `resume`, `replay`, `follow`, `history`, and the start screen.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::SystemTime;

use super::arguments::{
    ColourChoice, FaceArgs, FollowArgs, HistoryArgs, PlayArgs, RecordArgs, ReplayArgs, ResumeArgs,
};
use super::exercises::{self, typed};
use super::settings::{SettingsFile, WaitChoice};
use super::{EXIT_FINDINGS, EXIT_FINE, EXIT_TROUBLE, Trouble, check_roles, check_setup_of};
use crate::files::{Existing, Named, OutputFile};
use crate::front::clean::InAscii;
use crate::front::seats::SeatRequest;
use crate::front::{PlaySetup, Request, Room};
use crate::journal::{self, Recorded};
use crate::library;
use crate::local::{
    LineSource, LocalRoom, MouseUse, ScreenSetup, colour_term, has_console, run_plain, run_screen,
};
use crate::room::{
    ExerciseRoom, HISTORY, JournalPlace, RecordedExercise, Recorder, RoomSettings, SEED_MAX,
};
use crate::scenario::read::read;
use crate::search::{Budget, STATE_BYTES};
use crate::tui::theme::Ground;
use crate::tui::theme::terminal::{Look, Variables, Wish};
use crate::words;

/// The budget for the account that the ending shows: about a gigabyte, on one core. `sandtable account` may spend more.
const ENDING_BUDGET: Budget = Budget {
    threads: 1,
    states_max: (1 << 30) / STATE_BYTES,
};

/// `sandtable` alone.
pub fn start_screen() -> Result<u8, Trouble> {
    if !is_screen() {
        return Err(Trouble::new(
            "the start screen needs a terminal",
            "Try `sandtable play advanced-2022 --plain` for lines of text, or `sandtable --help`.",
        ));
    }
    let face = FaceArgs {
        plain: false,
        ascii: false,
        colours: None,
        no_hindsight: false,
        no_mouse: false,
        transcript: None,
    };
    let record = RecordArgs {
        journal: None,
        no_journal: false,
    };
    show(Request::Home, &face, recorder(&record)?)
}

/// `sandtable play`
pub fn play(chosen: &PlayArgs) -> Result<u8, Trouble> {
    let opened = library::open(&chosen.scenario)?;
    // A scenario with mistakes is reported when it is compiled.
    let scenario = opened.read.scenario.as_deref();
    if let Some(scenario) = scenario {
        check_setup_of(scenario, chosen.variant.as_deref(), chosen.cut.as_deref())?;
    }
    let seats: Vec<SeatRequest> = chosen.role.iter().map(|it| parse_seat(it)).collect();
    let roles: Vec<String> = seats.iter().flat_map(|it| it.roles.clone()).collect();
    if let Some(scenario) = scenario {
        check_roles(scenario, &roles)?;
    }
    if seats.iter().any(|it| it.roles.is_empty()) {
        return Err(Trouble::new(
            "a seat must have a role",
            "Write `--role ROLE=NAME`.",
        ));
    }
    let mut twice = roles.iter().enumerate();
    if let Some((_, role)) = twice.find(|(place, role)| roles[..*place].contains(role)) {
        return Err(Trouble::new(
            format!("the role `{role}` was given twice"),
            "A role has only one seat; a seat may hold several roles, as in `--role tech,comms`.",
        ));
    }
    let setup = PlaySetup {
        scenario: chosen.scenario.clone(),
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
        seed: chosen.seed,
        history: false,
        seats,
        team: chosen.team.clone().unwrap_or_default(),
        allow_take_back: chosen.allow_take_back,
    };
    if !chosen.watch {
        let mut settings = settings(&chosen.face);
        settings.recorder = recorder(&chosen.record)?;
        let mut room = ExerciseRoom::new(settings);
        room.take_opened(opened);
        return show_in(LocalRoom::with(room), Request::Open(setup), &chosen.face);
    }
    if !library::is_on_disk(&chosen.scenario) {
        return Err(Trouble::new(
            format!("`{}` is built in, so it never changes", chosen.scenario),
            "With `--watch`, name the folder of a scenario.",
        ));
    }
    // What is piped in is read to its end before anything could have been saved.
    if !is_screen() {
        return Err(Trouble::new(
            "with `--watch`, somebody must be at a terminal",
            "Start it without a pipe; with `--plain` too, it shows lines of text.",
        ));
    }
    let mut settings = settings(&chosen.face);
    settings.reloads = true;
    show_in(LocalRoom::new(settings), Request::Open(setup), &chosen.face)
}

/// `sandtable resume`
pub fn resume(chosen: &ResumeArgs) -> Result<u8, Trouble> {
    let folder = exercises::folder();
    let path = journal::find(folder.as_deref(), chosen.exercise.as_deref())?;
    if journal::look(&path)?.recorded.has_ended() {
        return Err(Trouble::new(
            format!("{} has ended", path.display()),
            format!("`sandtable replay {}` shows it again.", typed(&path)),
        ));
    }
    reopen(&path, false, &chosen.face)
}

/// `sandtable replay`
pub fn replay(chosen: &ReplayArgs) -> Result<u8, Trouble> {
    let folder = exercises::folder();
    let path = journal::find(folder.as_deref(), Some(&chosen.exercise))?;
    let reading = journal::look(&path)?;
    let code = if chosen.as_play {
        if let Some(what) = reading.end_trouble() {
            writeln!(io::stderr(), "note: {what}")?;
        }
        as_play(&reading.recorded)?
    } else {
        reopen(&path, true, &chosen.face)?
    };
    Ok(if reading.damaged && code == EXIT_FINE {
        EXIT_FINDINGS
    } else {
        code
    })
}

/// Writes a recorded exercise as a play.
fn as_play(recorded: &Recorded) -> Result<u8, Trouble> {
    let exercise = exercises::restored(recorded)?;
    let mut output = super::output();
    output.write_all(exercise.as_play().as_bytes())?;
    output.flush()?;
    Ok(EXIT_FINE)
}

fn reopen(path: &Path, replay: bool, face: &FaceArgs) -> Result<u8, Trouble> {
    let request = Request::Reopen {
        exercise: path_text(path)?,
        replay,
    };
    show(request, face, None)
}

fn path_text(path: &Path) -> Result<String, Trouble> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| {
        Trouble::new(
            format!("the path {} is not UTF-8", path.display()),
            "Give the journal a name in UTF-8.",
        )
    })
}

/// `sandtable follow`
pub fn follow(chosen: &FollowArgs) -> Result<u8, Trouble> {
    let folder = exercises::folder();
    let path = match &chosen.exercise {
        Some(wanted) => journal::find(folder.as_deref(), Some(wanted))?,
        None => journal::in_play(folder.as_deref())?,
    };
    let head = journal::look(&path)?.recorded.head;
    if !chosen.role.is_empty()
        && let (Some(scenario), _, _) = read(&head.folder)
    {
        check_roles(&scenario, &chosen.role)?;
    }
    let request = Request::Follow {
        exercise: path_text(&path)?,
        roles: chosen.role.clone(),
    };
    show(request, &chosen.face, None)
}

/// Reads a seat as it is typed: `tech`, `tech,clinical`, `tech=Anna`.
fn parse_seat(typed: &str) -> SeatRequest {
    let (roles, person) = typed.split_once('=').unwrap_or((typed, ""));
    let roles = roles.split(',').map(str::trim).filter(|it| !it.is_empty());
    SeatRequest {
        roles: roles.map(str::to_owned).collect(),
        person: person.trim().to_owned(),
    }
}

/// `sandtable history`
pub fn history(chosen: &HistoryArgs) -> Result<u8, Trouble> {
    let found = library::find(&chosen.scenario)?;
    if found.plays.iter().all(|play| play.name != HISTORY) {
        return Err(Trouble::new(
            format!("the scenario has no `plays/{HISTORY}.play`"),
            "Only a play of that name says what really happened.",
        ));
    }
    let setup = PlaySetup {
        scenario: chosen.scenario.clone(),
        history: true,
        ..PlaySetup::default()
    };
    show(Request::Open(setup), &chosen.face, None)
}

/// Where a new exercise is recorded, if at all.
fn recorder(record: &RecordArgs) -> Result<Option<Recorder>, Trouble> {
    let place = if let Some(path) = &record.journal {
        exercises::check_new(path)?;
        JournalPlace::File(path.clone())
    } else if record.no_journal || !(io::stdin().is_terminal() || io::stdout().is_terminal()) {
        return Ok(None);
    } else {
        let folder = exercises::folder().ok_or_else(|| {
            let home = if cfg!(windows) { "LOCALAPPDATA" } else { "HOME" };
            Trouble::new(
                format!(
                    "there is no folder to record exercises in: neither XDG_STATE_HOME nor {home} is set"
                ),
                "Name a file with `--journal FILE`, or record nothing with `--no-journal`.",
            )
        })?;
        JournalPlace::Folder(folder)
    };
    Ok(Some(Recorder {
        place,
        number: random_number,
    }))
}

/// Says where exercises were recorded, once the terminal is restored.
fn report_recorded(recorded: &[RecordedExercise]) {
    let lines: String = recorded.iter().map(recorded_lines).collect();
    // If there is nobody to read it, that is fine.
    let _ = io::stderr().write_all(lines.as_bytes());
}

fn recorded_lines(it: &RecordedExercise) -> String {
    let path = it.path.display().to_string();
    let (path, typed) = (words::one_line(&path), typed(&it.path));
    let typed = words::one_line(&typed);
    let what = if it.in_part { " only in part" } else { "" };
    let next = if it.ended && !it.in_part {
        "See it again with: sandtable replay"
    } else {
        "Go on with: sandtable resume"
    };
    format!("Recorded{what} in {path}\n{next} {typed}\n")
}

fn show(first: Request, face: &FaceArgs, recorder: Option<Recorder>) -> Result<u8, Trouble> {
    let mut settings = settings(face);
    settings.recorder = recorder;
    show_in(LocalRoom::new(settings), first, face)
}

fn settings(face: &FaceArgs) -> RoomSettings {
    let offered = library::embedded().into_iter().map(str::to_owned).collect();
    // Piped output says only what happened, and is the same every time.
    let accounts = is_screen() && !face.no_hindsight;
    RoomSettings {
        shelf: exercises::folder(),
        account: accounts.then_some(ENDING_BUDGET),
        ..RoomSettings::new(offered, random_seed)
    }
}

fn show_in(room: LocalRoom, first: Request, face: &FaceArgs) -> Result<u8, Trouble> {
    let set = SettingsFile::read();
    set.warn();
    let mut room = room.timed_by(now);
    let Some(path) = &face.transcript else {
        let end = run(&mut room, first, face, &set);
        report_recorded(&room.recorded());
        return end;
    };
    // Better an error before the exercise than after it. An existing file is never overwritten.
    let mut file = OutputFile::begin(path, Named::ByUser, Existing::Keep)
        .map_err(|error| cannot_write(path, &error))?;
    room = room.transcribed();
    let end = run(&mut room, first, face, &set);
    report_recorded(&room.recorded());
    file.write_all(room.transcript().as_bytes())
        .and_then(|()| file.finish())
        .map_err(|error| cannot_write(path, &error))?;
    end
}

fn cannot_write(path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(
        format!("cannot write {}: {error}", path.display()),
        "Name another file after `--transcript`.",
    )
}

fn run(
    room: &mut dyn Room,
    first: Request,
    face: &FaceArgs,
    set: &SettingsFile,
) -> Result<u8, Trouble> {
    if face.plain || !is_screen() || std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        let interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
        let output = io::BufWriter::new(io::stdout().lock());
        let mut in_ascii = InAscii(room);
        let room: &mut dyn Room = if face.ascii {
            &mut in_ascii
        } else {
            in_ascii.0
        };
        let end = if interactive {
            run_plain(room, first, LineSource::typed(), output)
        } else {
            run_plain(room, first, LineSource::Piped(io::stdin().lock()), output)
        };
        let end = end?;
        if end.trouble {
            return Ok(EXIT_TROUBLE);
        }
        return Ok(if end.refused && !interactive {
            EXIT_FINDINGS
        } else {
            EXIT_FINE
        });
    }
    Ok(run_screen(room, first, &screen(face, set))?.code())
}

/// What the terminal says about itself, and what the arguments and the settings ask for.
fn screen(face: &FaceArgs, set: &SettingsFile) -> ScreenSetup {
    let said = |name| std::env::var(name).ok();
    let variables = Variables {
        term: said("TERM"),
        colorterm: said("COLORTERM").or_else(colour_term),
        colorfgbg: said("COLORFGBG"),
        no_color: said("NO_COLOR"),
        lc_all: said("LC_ALL"),
        lc_ctype: said("LC_CTYPE"),
        lang: said("LANG"),
    };
    let (colours, _) = set.colours(face.colours, variables.no_color.as_deref());
    let wish = match colours {
        ColourChoice::Auto => Wish::Auto,
        ColourChoice::Dark => Wish::On(Ground::Dark),
        ColourChoice::Light => Wish::On(Ground::Light),
        ColourChoice::None => Wish::None,
    };
    let (wait, _) = set.wait();
    ScreenSetup {
        look: Look {
            variables,
            wish,
            ascii: face.ascii,
        },
        mouse: mouse(face),
        waits_at_once: wait == WaitChoice::AtOnce,
    }
}

fn mouse(face: &FaceArgs) -> MouseUse {
    if face.no_mouse {
        MouseUse::Terminal
    } else {
        MouseUse::Screen
    }
}

/// Whether both ends are a terminal.
fn is_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && has_console()
}

/// The time of the system's clock, or the last one that can be written down. A clock may be set to any year.
fn now() -> jiff::Timestamp {
    jiff::Timestamp::try_from(SystemTime::now()).unwrap_or(jiff::Timestamp::MAX)
}

/// A random seed. Randomness is the edge's business; from here on the seed is part of the exercise.
fn random_seed() -> u64 {
    random_number() % SEED_MAX
}

fn random_number() -> u64 {
    RandomState::new().hash_one("sandtable")
}
