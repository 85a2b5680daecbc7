//! The arguments of the command line. Their doc comments are the help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::Format;
use super::budget::SpendArgs;
use super::format::LeastSeverity;
use crate::export::AttackDomain;
use crate::export::drn::STATES_MAX;
use crate::scenario::schema::Document;

/// Tabletop incident exercises in the terminal. Without a command, opens the start screen.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 success, 1 findings or a failed expectation, 2 the command failed or was stopped\n\
                  with a partial result, 130 and 143 ended by a signal."
)]
pub struct ProgramArgs {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play an exercise
    Play(PlayArgs),
    /// Continue an exercise where it was left
    Resume(ResumeArgs),
    /// List recorded exercises
    Exercises(ExercisesArgs),
    /// Show a recorded exercise again, step by step
    Replay(ReplayArgs),
    /// Show an exercise that is being played in another terminal, for a projector
    Follow(FollowArgs),
    /// Show what really happened, step by step
    History(HistoryArgs),
    /// Check scenarios and report every mistake with its place
    Check(CheckArgs),
    /// Run plays and report every expectation that fails
    Test(TestArgs),
    /// Explain a rule that a finding names
    Explain(ExplainArgs),
    /// Count every state that moves and chance can reach
    Explore(ExploreArgs),
    /// Say what each move of a recorded exercise cost, and what each roll of luck gave
    Account(AccountArgs),
    /// Export a scenario to a spreadsheet, a drawing program, the ATT&CK Navigator or a model checker
    Export(ExportArgs),
    /// Write a starter scenario into a new folder
    New(NewArgs),
    /// Print the JSON Schema of a scenario's files, for editors
    Schema(SchemaArgs),
    /// Run the language server for an editor, over standard input and output: findings, explanations,
    /// completion, renaming
    Lsp(LspArgs),
    /// Show where settings are kept, what they are, and what they may be
    #[command(long_about = CONFIG_HELP)]
    Config,
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, in roff
    Man,
}

/// The help of `config`.
const CONFIG_HELP: &str = "\
Show where settings are kept, what they are, and what they may be.

The file is YAML with a line for each setting, and any of them may be left out:

  colours: light    the colours of the full screen, as with `--colours`
  wait: at-once     `w` waits, and does not say first what passing a deadline takes

An option of the command line comes before NO_COLOR, NO_COLOR before the file, and the file before what \
the terminal says. What is wrong in the file is said and left out; `config` then ends with exit code 1, \
and with 2 if the file cannot be read.";

/// How to show an exercise.
#[derive(Debug, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, and none depends on another"
)]
pub struct FaceArgs {
    /// Show lines of text: for screen readers, pipes and scripts
    #[arg(long)]
    pub plain: bool,
    /// Draw borders and symbols in ASCII only. The default on consoles and in locales without UTF-8
    #[arg(long)]
    pub ascii: bool,
    /// Colours for a dark or a light background, or none. Without it, those of the settings (see
    /// `sandtable config`), else `auto`
    #[arg(long, value_enum, value_name = "WHICH", alias = "colors")]
    pub colours: Option<ColourChoice>,
    /// Leave the mouse to the terminal, so that it selects text as usual
    #[arg(long)]
    pub no_mouse: bool,
    /// After ENDEX show only the points, and not what the moves cost with hindsight
    #[arg(long)]
    pub no_hindsight: bool,
    /// Also write the exercise as lines of text to this new file
    #[arg(long, value_name = "FILE")]
    pub transcript: Option<PathBuf>,
}

/// The colours of the full screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColourChoice {
    /// None if `NO_COLOR` is set, else for the background that the terminal says it has, else for the
    /// one that COLORFGBG names, else for a dark one
    #[default]
    Auto,
    /// For a dark background
    Dark,
    /// For a light background
    Light,
    /// No colours: bold, underlined and reversed only
    None,
}

/// `play`
#[derive(Debug, Args)]
pub struct PlayArgs {
    /// A scenario's name, or its folder
    #[arg(default_value = "advanced-2022")]
    pub scenario: String,
    /// The seed of all luck: the same seed and the same moves give the same exercise
    #[arg(long)]
    pub seed: Option<u64>,
    /// A variant of the scenario, by name: other initial values
    #[arg(long)]
    pub variant: Option<String>,
    /// A cut of the scenario, by name: part of it, for a shorter meeting
    #[arg(long)]
    pub cut: Option<String>,
    /// A seat: one or more roles by id, separated by commas, and who plays them, as in `tech=Anna`.
    /// Repeat it for each seat. Without it one seat holds every role; with it, questions to roles that
    /// nobody plays take their defaults
    #[arg(long, value_name = "ROLE[=NAME]")]
    pub role: Vec<String>,
    /// The team's name, to tell several teams apart
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,
    /// Players may take back their own last choice or action, while no time has passed, no luck fell in
    /// it and only notes followed. The journal keeps that it was taken back
    #[arg(long)]
    pub allow_take_back: bool,
    /// Rehearse: whenever the scenario is saved, continue in the new version, as long as every move so
    /// far is still possible in it. Nothing is recorded, as with `--no-journal`
    #[arg(long, conflicts_with = "journal")]
    pub watch: bool,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub face: FaceArgs,
}

/// Whether and where an exercise is recorded.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Record the exercise in this new file instead of the folder that `sandtable exercises` lists
    #[arg(long, value_name = "FILE", conflicts_with = "no_journal")]
    pub journal: Option<PathBuf>,
    /// Record nothing, so the exercise cannot be resumed. The default if neither input nor output is a
    /// terminal
    #[arg(long)]
    pub no_journal: bool,
}

/// `resume`
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// The exercise: its name, the beginning of its name if no other begins so, or the path of its
    /// journal. Without it, the unfinished one that was played last
    pub exercise: Option<String>,
    #[command(flatten)]
    pub face: FaceArgs,
}

/// `exercises`
#[derive(Debug, Args)]
pub struct ExercisesArgs {
    /// Delete the journal of this exercise
    #[arg(long, value_name = "NAME")]
    pub forget: Option<String>,
}

/// `replay`
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The exercise: its name, the beginning of its name if no other begins so, or the path of its
    /// journal
    pub exercise: String,
    /// Print it as a play that passes `sandtable test`, instead of showing it
    #[arg(long)]
    pub as_play: bool,
    #[command(flatten)]
    pub face: FaceArgs,
}

/// `follow`
#[derive(Debug, Args)]
pub struct FollowArgs {
    /// The exercise: its name, the beginning of its name if no other begins so, or the path of its
    /// journal. Without it, the one that is in play
    pub exercise: Option<String>,
    /// Show what this role sees, by id. Without it, what every seat may see
    #[arg(long, value_name = "ROLE")]
    pub role: Vec<String>,
    #[command(flatten)]
    pub face: FaceArgs,
}

/// `history`
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// A scenario's name, or its folder
    #[arg(default_value = "advanced-2022")]
    pub scenario: String,
    #[command(flatten)]
    pub face: FaceArgs,
}

/// `check`
#[derive(Debug, Args)]
#[command(mut_group("SpendArgs", |it| it.requires("prove")))]
pub struct CheckArgs {
    /// Scenarios: names, folders, files, or folders to search for scenarios; `-` reads one from
    /// standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// How to write findings
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub format: Format,
    /// The least severity that is shown and that gives exit code 1. Without it, all findings are shown
    /// and only errors give 1
    #[arg(long, value_enum, value_name = "LEAST")]
    pub severity: Option<LeastSeverity>,
    /// Check again whenever a file is saved, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// Also search every way through the exercise: for what is never reached, for choices that change
    /// nothing, and for ways that break the scenario's own rules
    #[arg(long)]
    pub prove: bool,
    /// Write into this folder a play for each finding of the search that a play can show. With several
    /// scenarios, each gets a folder of its own inside it
    #[arg(long, value_name = "DIR", requires = "prove")]
    pub plays: Option<PathBuf>,
    #[command(flatten)]
    pub spend: SpendArgs,
}

/// `test`
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Scenarios or plays: names, folders, `.play` files, or folders to search for scenarios
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// How to write failures
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub format: Format,
    /// Correct the `expect` lines that failed in the plays' files. Moves are never changed
    #[arg(long)]
    pub accept: bool,
}

/// `explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A rule, as findings name it. Without it, all rules are listed
    pub rule: Option<String>,
}

/// `explore`
#[derive(Debug, Args)]
pub struct ExploreArgs {
    /// A scenario's name, or its folder
    pub scenario: String,
    /// A variant of the scenario, by name: other initial values
    #[arg(long)]
    pub variant: Option<String>,
    /// A cut of the scenario, by name: part of it
    #[arg(long)]
    pub cut: Option<String>,
    #[command(flatten)]
    pub spend: SpendArgs,
    /// Play this many exercises at random instead of exploring: for a quick look, or for a scenario that
    /// is too large to explore
    #[arg(long, value_name = "N")]
    pub plays: Option<u64>,
    /// With `--plays`: for each broken rule of the scenario, write the first exercise that breaks it into
    /// this folder
    #[arg(long, value_name = "DIR", requires = "plays")]
    pub plays_to: Option<PathBuf>,
    /// How many exercises to play at random beside the exploration, to show the spread of scores; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub sample: u64,
    /// The seed of the random exercises
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Solve the scenario, its variants and its cuts, and store beside it what the states are worth in
    /// which a phase begins
    #[arg(long, conflicts_with_all = ["variant", "cut"])]
    pub store: bool,
    /// Print one JSON object, which `docs/explore.md` describes
    #[arg(long)]
    pub json: bool,
}

/// `account`
#[derive(Debug, Args)]
pub struct AccountArgs {
    /// The exercise: its name, the beginning of its name if no other begins so, or the path of its
    /// journal
    pub exercise: String,
    /// Print the account as JSON, which `docs/account.md` describes
    #[arg(long)]
    pub json: bool,
    /// Print the best line from before this move on, and how it comes out
    #[arg(long, value_name = "MOVE", conflicts_with = "what_if")]
    pub best_from: Option<usize>,
    /// What if this move had been another one, as in `4: choose alarm cut`, or a roll in it had fallen
    /// differently, as in `4: roll eviction 2`
    #[arg(long, value_name = "MOVE: LINE")]
    pub what_if: Option<String>,
    /// How to continue after the change: with the best moves, with what really happened, or with the
    /// later moves of the exercise
    #[arg(long, value_enum, requires = "what_if", default_value_t = ThenWith::Best)]
    pub then: ThenWith,
    #[command(flatten)]
    pub spend: SpendArgs,
}

/// How an exercise continues after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThenWith {
    /// With the best move each time
    Best,
    /// With the moves of `plays/history.play`, as far as they are possible
    Historical,
    /// With the later moves of the exercise, as far as they are possible
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
    /// Write to this new file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite a file that already exists
    #[arg(long, requires = "output")]
    pub force: bool,
    /// With `--as navigator`: which matrix of ATT&CK; a layer shows one
    #[arg(long, value_enum, default_value_t = MatrixDomain::Enterprise)]
    pub domain: MatrixDomain,
    /// With `--as drn`: a variant of the scenario, by name
    #[arg(long)]
    pub variant: Option<String>,
    /// With `--as drn`: a cut of the scenario, by name
    #[arg(long)]
    pub cut: Option<String>,
    /// With `--as drn`: the most states to write; a larger process is refused
    #[arg(long, value_name = "COUNT", default_value_t = STATES_MAX)]
    pub states_max: usize,
}

/// A matrix of ATT&CK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MatrixDomain {
    /// Servers, desks, clouds and networks
    Enterprise,
    /// Industrial control systems
    Ics,
    /// Phones and tablets
    Mobile,
}

impl From<MatrixDomain> for AttackDomain {
    fn from(domain: MatrixDomain) -> Self {
        match domain {
            MatrixDomain::Enterprise => Self::Enterprise,
            MatrixDomain::Ics => Self::Ics,
            MatrixDomain::Mobile => Self::Mobile,
        }
    }
}

/// What a scenario can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportAs {
    /// The list of injects (MSEL) as comma-separated values
    MselCsv,
    /// The same as a workbook that prints well, with standing actions, roles and objectives
    MselXlsx,
    /// What leads to what, as a Mermaid flowchart
    Mermaid,
    /// What leads to what, for Graphviz
    Dot,
    /// The techniques that the scenario names, as a layer for the ATT&CK Navigator
    Navigator,
    /// Every state and every move, in the explicit format of the model checker Storm
    Drn,
}

/// `new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to create, or an empty one, as in `.`; its name becomes the scenario's id
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
    /// Accepted because editors pass it; there is no other way to connect
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: clap_complete::Shell,
}
