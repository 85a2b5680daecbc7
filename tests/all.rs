//! The integration tests: one binary, one module per concern.
#![allow(
    clippy::disallowed_methods,
    reason = "these tests stand outside the program: they read the sources and run the command"
)]

#[path = "all/arrows.rs"]
mod arrows;

#[path = "all/circles.rs"]
mod circles;

#[path = "all/names.rs"]
mod names;

#[path = "all/scanner.rs"]
mod scanner;

#[path = "all/limits.rs"]
mod limits;

#[path = "all/docs.rs"]
mod docs;

#[path = "all/program.rs"]
mod program;

#[path = "all/cli.rs"]
mod cli;

#[path = "all/edges.rs"]
mod edges;

#[path = "all/piped.rs"]
mod piped;

#[path = "all/shell.rs"]
mod shell;

#[path = "all/account.rs"]
mod account;

#[path = "all/export.rs"]
mod export;

#[path = "all/formats.rs"]
mod formats;

#[path = "all/plays.rs"]
mod plays;

#[path = "all/readme.rs"]
mod readme;

#[path = "all/recipes.rs"]
mod recipes;

#[path = "all/shipped.rs"]
mod shipped;

#[cfg(unix)]
#[path = "all/pty.rs"]
mod pty;

#[cfg(unix)]
#[path = "all/twin.rs"]
mod twin;

#[cfg(unix)]
#[path = "all/watch.rs"]
mod watch;

#[cfg(unix)]
#[path = "all/terminal.rs"]
mod terminal;

#[cfg(unix)]
#[path = "all/colours.rs"]
mod colours;

#[cfg(unix)]
#[path = "all/settings.rs"]
mod settings;

#[path = "all/same.rs"]
mod same;

#[cfg(unix)]
#[path = "all/typing.rs"]
mod typing;

#[cfg(unix)]
#[path = "all/journal.rs"]
mod journal;

#[cfg(target_os = "linux")]
#[path = "all/faults.rs"]
mod faults;

#[cfg(unix)]
#[path = "all/files.rs"]
mod files;

#[cfg(unix)]
#[path = "all/disk.rs"]
mod disk;

#[path = "all/kept.rs"]
mod kept;

#[path = "all/hostile.rs"]
mod hostile;

#[path = "all/scenario.rs"]
mod scenario;

#[path = "all/schema.rs"]
mod schema;

#[path = "all/random.rs"]
mod random;

#[path = "all/leaks.rs"]
mod leaks;

#[path = "all/secrets.rs"]
mod secrets;

#[cfg(unix)]
#[path = "all/kills.rs"]
mod kills;

#[cfg(unix)]
#[path = "all/room.rs"]
mod room;

#[cfg(unix)]
#[path = "all/follow.rs"]
mod follow;

#[cfg(unix)]
#[path = "all/countdowns.rs"]
mod countdowns;

#[cfg(unix)]
#[path = "all/pricing.rs"]
mod pricing;

#[path = "all/rules.rs"]
mod rules;

#[path = "all/explore.rs"]
mod explore;
#[path = "all/lsp.rs"]
mod lsp;
#[path = "all/reference.rs"]
mod reference;
#[path = "all/seeds.rs"]
mod seeds;
#[path = "all/values.rs"]
mod values;

#[path = "all/views.rs"]
mod views;
