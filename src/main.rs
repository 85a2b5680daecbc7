//! The command `sandtable`.

fn main() -> std::process::ExitCode {
    sandtable::cli::run()
}
