//! `sandtable lsp`

use lsp_server::Connection;

use super::{EXIT_FINDINGS, EXIT_FINE, Trouble};
use crate::lsp;

/// Serves one editor over standard input and output. As the protocol asks, the exit code is 1 if the editor left
/// without asking the server to shut down.
pub fn lsp() -> Result<u8, Trouble> {
    let (connection, threads) = Connection::stdio();
    let well = lsp::serve(&connection);
    // The writing thread ends when the last sender is gone.
    drop(connection);
    threads.join().map_err(|error| {
        Trouble::new(
            format!("the connection to the editor broke: {error}"),
            "This command is started by an editor; `docs/editors.md` says how.",
        )
    })?;
    Ok(if well { EXIT_FINE } else { EXIT_FINDINGS })
}
