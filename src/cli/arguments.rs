//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::Format;
use super::budget::Spend;
use super::format::Least;
use crate::export::drn::STATES_MAX;
use crate::scenario::schema::Document;

/// Tabletop incident exercises in the terminal. Alone, it opens the start screen.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 findings or a failed expectation, 2 could not be carried out or was\n\
                  stopped with a partial result, 130 and 143 ended by a signal."
)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play an exercise
    Play(PlayArgs),
    /// Go on with an exercise where it was left
    Resume(ResumeArgs),
    /// List the exercises that were recorded
    Exercises(ExercisesArgs),
    /// Show a recorded exercise again, step by step
    Replay(ReplayArgs),
    /// Look at an exercise that is being played in another terminal: a projector's view
    Follow(FollowArgs),
    /// Show what really happened, step by step
    History(HistoryArgs),
    /// Check scenarios and report every mistake with its place
    Check(CheckArgs),
    /// Run plays and report what they did not meet
    Test(TestArgs),
    /// Explain a rule that findings name
    Explain(ExplainArgs),
    /// Count every state that moves and chance can reach
    Explore(ExploreArgs),
    /// Say what each move of a recorded exercise cost and each roll of luck gave
    Account(AccountArgs),
    /// Write a scenario for a spreadsheet, a drawing program, the ATT&CK Navigator or a model checker
    Export(ExportArgs),
    /// Write out a starter scenario
    New(NewArgs),
    /// Write the JSON Schema of a scenario's files, for editors
    Schema(SchemaArgs),
    /// Serve an editor over standard input and output: findings, explanations, names (the Language
    /// Server Protocol)
    Lsp(LspArgs),
    /// Write what a shell needs to complete commands
    Completions(CompletionsArgs),
    /// Write the page of the manual, in roff
    Man,
}

/// How to show an exercise.
#[derive(Debug, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, and none depends on another"
)]
pub struct Face {
    /// As lines of text: for screen readers, pipes and scripts
    #[arg(long)]
    pub plain: bool,
    /// Borders and symbols in ASCII only. By itself on consoles, and where the locale is not UTF-8
    #[arg(long)]
    pub ascii: bool,
    /// Colours for a dark or for a light background, or none
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = ColourChoice::Auto, alias = "colors")]
    pub colours: ColourChoice,
    /// Leave the mouse to the terminal, so that it selects text as everywhere else
    #[arg(long)]
    pub no_mouse: bool,
    /// Leave out, after ENDEX, what the moves cost with hindsight: the points stand alone
    #[arg(long)]
    pub no_hindsight: bool,
    /// Also write the exercise as lines of text to this new file
    #[arg(long, value_name = "FILE")]
    pub transcript: Option<PathBuf>,
}

/// What the full screen is painted with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColourChoice {
    /// None where `NO_COLOR` is set; for the background that COLORFGBG tells, else for a dark one
    #[default]
    Auto,
    /// For a dark background
    Dark,
    /// For a light background
    Light,
    /// None: bold, underlined and reversed only
    None,
}

/// `play`
#[derive(Debug, Args)]
pub struct PlayArgs {
    /// A scenario's name, or its folder
    #[arg(default_value = "advanced-2022")]
    pub scenario: String,
    /// The seed of all luck: the same seed and moves give the same exercise
    #[arg(long)]
    pub seed: Option<u64>,
    /// Other initial values, by name
    #[arg(long)]
    pub variant: Option<String>,
    /// A part of the scenario, by name, for a shorter meeting
    #[arg(long)]
    pub cut: Option<String>,
    /// A seat: a role by id, several joined by commas, and who plays it, as in `tech=Anna`. Once for
    /// each seat. Without it one seat holds every role; with it, roles that nobody plays take their
    /// defaults
    #[arg(long, value_name = "ROLE[=NAME]")]
    pub role: Vec<String>,
    /// The team's name, to tell several teams apart
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,
    /// A rehearsal: whenever the scenario is saved, go on in the new one, where every move so far still
    /// holds in it. Nothing is recorded, as with `--no-journal`
    #[arg(long, conflicts_with = "journal")]
    pub watch: bool,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub face: Face,
}

/// Whether and where an exercise is recorded.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Record the exercise in this new file, not among those that `sandtable exercises` lists
    #[arg(long, value_name = "FILE", conflicts_with = "no_journal")]
    pub journal: Option<PathBuf>,
    /// Record nothing: what is left is lost. Where neither input nor output is a terminal, this is
    /// the default
    #[arg(long)]
    pub no_journal: bool,
}

/// `resume`
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// The exercise: its name, as much of its name as no other has, or the path of its journal. The
    /// unfinished one that was played last, where none is named
    pub exercise: Option<String>,
    #[command(flatten)]
    pub face: Face,
}

/// `exercises`
#[derive(Debug, Args)]
pub struct ExercisesArgs {
    /// Remove the journal of this exercise, for good
    #[arg(long, value_name = "NAME")]
    pub forget: Option<String>,
}

/// `replay`
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The exercise: its name, as much of its name as no other has, or the path of its journal
    pub exercise: String,
    /// Do not show it, but write it as a play that `sandtable test` passes
    #[arg(long)]
    pub as_play: bool,
    #[command(flatten)]
    pub face: Face,
}

/// `follow`
#[derive(Debug, Args)]
pub struct FollowArgs {
    /// The exercise: its name, as much of its name as no other has, or the path of its journal. The
    /// one that is in play, where none is named
    pub exercise: Option<String>,
    /// Show what a role sees, by id; without it what every seat may see
    #[arg(long, value_name = "ROLE")]
    pub role: Vec<String>,
    #[command(flatten)]
    pub face: Face,
}

/// `history`
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// A scenario's name, or its folder
    #[arg(default_value = "advanced-2022")]
    pub scenario: String,
    #[command(flatten)]
    pub face: Face,
}

/// `check`
#[derive(Debug, Args)]
#[command(mut_group("Spend", |it| it.requires("prove")))]
pub struct CheckArgs {
    /// Scenarios: names, folders, files, or folders to search for scenarios; `-` reads one from
    /// standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// How to write findings
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub format: Format,
    /// The least severity that is shown and that gives exit code 1. Without it all findings are
    /// shown, and errors give 1
    #[arg(long, value_enum, value_name = "LEAST")]
    pub severity: Option<Least>,
    /// Check again whenever a file is saved, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// Search every way through the exercise too: what is never reached, what no choice changes, and
    /// the scenario's own rules
    #[arg(long)]
    pub prove: bool,
    /// Write a play for each finding of the search that a play can show, into this folder. Of several
    /// scenarios, each has a folder of its own in it
    #[arg(long, value_name = "DIR", requires = "prove")]
    pub plays: Option<PathBuf>,
    #[command(flatten)]
    pub spend: Spend,
}

/// `test`
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Scenarios or plays: names, folders, `.play` files, or folders to search for scenarios
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// How to write what failed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub format: Format,
    /// Write into the plays what was found, where an `expect` line expected something else. Moves are
    /// never changed
    #[arg(long)]
    pub accept: bool,
}

/// `explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A rule, as findings name it; without it, all rules are listed
    pub rule: Option<String>,
}

/// `explore`
#[derive(Debug, Args)]
pub struct ExploreArgs {
    /// A scenario's name, or its folder
    pub scenario: String,
    /// Other initial values, by name
    #[arg(long)]
    pub variant: Option<String>,
    /// A part of the scenario, by name
    #[arg(long)]
    pub cut: Option<String>,
    #[command(flatten)]
    pub spend: Spend,
    /// Play so many exercises at random instead of exploring: for a quick look, or for what is too large
    #[arg(long, value_name = "N")]
    pub plays: Option<u64>,
    /// With `--plays`: write into this folder, for each rule of the scenario that is broken, the first exercise that
    /// breaks it
    #[arg(long, value_name = "DIR", requires = "plays")]
    pub plays_to: Option<PathBuf>,
    /// How many exercises are played at random beside an exploration, for how their scores lie; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub sample: u64,
    /// The seed of the random exercises
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Solve the scenario, its variants and its cuts, and store beside it what the states are worth that enter a phase
    #[arg(long, conflicts_with_all = ["variant", "cut"])]
    pub store: bool,
    /// One JSON object, as docs/explore.md describes it
    #[arg(long)]
    pub json: bool,
}

/// `account`
#[derive(Debug, Args)]
pub struct AccountArgs {
    /// The exercise: its name, as much of its name as no other has, or the path of its journal
    pub exercise: String,
    /// Write the account as JSON, which `docs/account.md` describes
    #[arg(long)]
    pub json: bool,
    /// Write the best line from before this move on, and what comes of it
    #[arg(long, value_name = "MOVE", conflicts_with = "what_if")]
    pub best_from: Option<usize>,
    /// What if this move had been another, as in `4: choose alarm cut`, or a roll in it had fallen
    /// otherwise, as in `4: roll eviction 2`
    #[arg(long, value_name = "MOVE: LINE")]
    pub what_if: Option<String>,
    /// How it goes on after that: with the best moves, with what really happened, or with the later
    /// moves of the exercise
    #[arg(long, value_enum, requires = "what_if", default_value_t = ThenWith::Best)]
    pub then: ThenWith,
    #[command(flatten)]
    pub spend: Spend,
}

/// How an exercise goes on after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThenWith {
    /// With the best move, every time
    Best,
    /// With the moves of `plays/history.play`, where they can be made
    Historical,
    /// With the later moves of the exercise, where they can be made
    Same,
}

/// `export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A scenario's name, or its folder
    pub scenario: String,
    /// What to write
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: ExportAs,
    /// Write to this new file. Without it text goes to standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is already there
    #[arg(long, requires = "output")]
    pub force: bool,
    /// With `--as drn`: other initial values, by name
    #[arg(long)]
    pub variant: Option<String>,
    /// With `--as drn`: a part of the scenario, by name
    #[arg(long)]
    pub cut: Option<String>,
    /// With `--as drn`: the most states that are written; a larger process is refused
    #[arg(long, value_name = "COUNT", default_value_t = STATES_MAX)]
    pub states_max: usize,
}

/// What a scenario can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportAs {
    /// The list of injects (MSEL) as comma-separated values
    MselCsv,
    /// The same as a workbook to print, with standing actions, roles and objectives
    MselXlsx,
    /// What leads where, as a Mermaid flowchart
    Mermaid,
    /// What leads where, for Graphviz
    Dot,
    /// The techniques it names, as a layer of the ATT&CK Navigator
    Navigator,
    /// Every state and every move, for the model checker Storm: its explicit format
    Drn,
}

/// `new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make; its name becomes the scenario's
    pub folder: PathBuf,
}

/// `schema`
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Which file: `scenario.yaml`, one of `phases/`, or `record.yaml`
    #[arg(value_enum, default_value_t = SchemaOf::Scenario)]
    pub file: SchemaOf,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `scenario.yaml`
    Scenario,
    /// A file of `phases/`
    Phase,
    /// `record.yaml`
    Record,
}

impl From<SchemaOf> for Document {
    fn from(file: SchemaOf) -> Self {
        match file {
            SchemaOf::Scenario => Document::Scenario,
            SchemaOf::Phase => Document::Phase,
            SchemaOf::Record => Document::Record,
        }
    }
}

/// `lsp`
#[derive(Debug, Args)]
pub struct LspArgs {
    /// What editors say when they start a server; it is the only way
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: clap_complete::Shell,
}
