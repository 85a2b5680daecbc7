//! `sandtable schema`

use std::io::Write;

use super::arguments::SchemaArgs;
use super::{EXIT_FINE, Trouble, output};
use crate::scenario::schema;

/// Writes the JSON Schema of one file of a scenario.
pub fn schema(chosen: &SchemaArgs) -> Result<u8, Trouble> {
    let mut output = output();
    output.write_all(schema::json(chosen.file.into()).as_bytes())?;
    output.flush()?;
    Ok(EXIT_FINE)
}
