//! `sandtable explain`

use std::io::Write;

use super::arguments::ExplainArgs;
use super::{EXIT_FINE, Trouble, did_you_mean, output};
use crate::check::{RULES, rule};
use crate::words;

/// Writes the page of a rule, or the list of all rules.
pub fn explain(chosen: &ExplainArgs) -> Result<u8, Trouble> {
    let mut output = output();
    let Some(name) = &chosen.rule else {
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            writeln!(output, "{:width$}  {}", rule.name, rule.summary())?;
        }
        return Ok(EXIT_FINE);
    };
    let Some(rule) = rule(name) else {
        let hint = did_you_mean(name, RULES.iter().map(|rule| rule.name));
        let hint = hint.unwrap_or_else(|| "`sandtable explain` lists the rules.".to_owned());
        return Err(Trouble::new(
            format!("there is no rule `{}`", words::clipped(name, 40)),
            hint,
        ));
    };
    output.write_all(rule.page.as_bytes())?;
    Ok(EXIT_FINE)
}
