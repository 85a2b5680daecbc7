//! `sandtable lsp`

use lsp_server::Connection;

use super::{EXIT_FINDINGS, EXIT_FINE, Trouble};
use crate::lsp;

/// Serves one editor over standard input and output. The protocol fixes the exit code: 1 where the editor went
/// without asking the server to shut down.
pub fn lsp() -> Result<u8, Trouble> {
    let (connection, threads) = Connection::stdio();
    let well = lsp::serve(&connection);
    // The thread that writes ends when nobody can send any more.
    drop(connection);
    threads.join().map_err(|error| {
        Trouble::new(
            format!("the conversation with the editor broke off: {error}"),
            "This command is started by an editor; the README says how.",
        )
    })?;
    Ok(if well { EXIT_FINE } else { EXIT_FINDINGS })
}
