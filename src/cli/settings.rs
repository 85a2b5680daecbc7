//! What somebody has set for all exercises: a small file that the program reads and never writes. Whatever is wrong in it is
//! said and left out, and never stops an exercise.

use std::fs::OpenOptions;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::arguments::ColourChoice;
use super::format::{Format, write_findings};
use super::{Trouble, folders};
use crate::files;
use crate::finding::{Finding, Sources};
use crate::scenario::read::{KeyWords, words_by_key};
use crate::words;

/// The name of the file.
const NAME: &str = "settings.yaml";

/// Bytes of the file: room for every key, with a page about each.
const SETTINGS_MAX_BYTES: usize = 64 << 10;

/// Findings that are written before an exercise, in case it is another kind of file; `sandtable config` writes all.
const SAID_MAX: usize = 5;

/// The keys, in the order of their fields.
pub(super) const KEYS: [&str; 2] = ["colours", "wait"];

/// What `w` does first where a deadline may pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WaitChoice {
    /// Say once what waiting takes
    #[default]
    Ask,
    /// Wait
    AtOnce,
}

/// A value, and the line of the file that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OnLine<T> {
    pub value: T,
    pub line: usize,
}

/// What decided about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decider {
    /// An option of the command line.
    Option,
    /// The variable `NO_COLOR`.
    NoColor,
    /// A line of the file.
    Line(usize),
    /// Nothing, so that it is as usual.
    Default,
}

/// The file and what it says.
#[derive(Debug, Default)]
pub(super) struct SettingsFile {
    /// Where it is, or would be; none if the environment names no folder.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub is_there: bool,
    /// Why it could not be read.
    pub trouble: Option<Trouble>,
    colours: Option<OnLine<ColourChoice>>,
    wait: Option<OnLine<WaitChoice>>,
    findings: Vec<Finding>,
    sources: Sources,
}

impl SettingsFile {
    /// Reads the file, if there is one.
    pub fn read() -> Self {
        folders::settings().map_or_else(Self::default, |folder| Self::at(folder.join(NAME)))
    }

    fn at(path: PathBuf) -> Self {
        let (is_there, read) = match bounded(&path) {
            Ok(None) => (false, Self::default()),
            Ok(Some(bytes)) => (true, Self::parse(&path.to_string_lossy(), &bytes)),
            Err(trouble) => {
                let read = Self {
                    trouble: Some(trouble),
                    ..Self::default()
                };
                (true, read)
            }
        };
        Self {
            path: Some(path),
            is_there,
            ..read
        }
    }

    /// Reads what the file says.
    fn parse(path: &str, bytes: &[u8]) -> Self {
        let known = KEYS.map(|key| KeyWords {
            key,
            words: words_of(key),
        });
        let read = words_by_key(path, bytes, &known);
        let sources = &read.sources;
        let [colours, wait] = [0, 1].map(|place| {
            let found = read.words[place].as_ref()?;
            let (line, _) = sources.line_and_column(found.place);
            Some((found.value.as_str(), line))
        });
        Self {
            colours: colours.and_then(chosen),
            wait: wait.and_then(chosen),
            findings: read.findings,
            sources: read.sources,
            ..Self::default()
        }
    }

    /// The colours, and what decided about them: the option, else `NO_COLOR` if it is set, else the file.
    pub fn colours(
        &self,
        option: Option<ColourChoice>,
        no_color: Option<&str>,
    ) -> (ColourChoice, Decider) {
        if let Some(option) = option {
            return (option, Decider::Option);
        }
        if no_color.is_some_and(|it| !it.is_empty()) {
            return (ColourChoice::None, Decider::NoColor);
        }
        decided(self.colours)
    }

    /// What `w` does first, and what decided about it.
    pub fn wait(&self) -> (WaitChoice, Decider) {
        decided(self.wait)
    }

    /// Whether there is nothing to say about the file.
    pub fn is_fine(&self) -> bool {
        self.trouble.is_none() && self.findings.is_empty()
    }

    /// Writes what is wrong in the file.
    pub fn write_findings(&self, output: &mut impl Write) -> io::Result<()> {
        write_findings(&self.findings, &self.sources, Format::Full, output)
    }

    /// Says what is wrong before an exercise. If there is nobody to read it, that is fine.
    pub fn warn(&self) {
        let mut output = anstream::AutoStream::auto(io::stderr().lock());
        let _ = self.write_warnings(&mut output);
    }

    fn write_warnings(&self, output: &mut impl Write) -> io::Result<()> {
        if let Some(Trouble { what, hint, .. }) = &self.trouble {
            let (what, hint) = (words::visible(what), words::visible(hint));
            return write!(output, "warning: {what}\nhint: {hint}\n");
        }
        let said = self.findings.len().min(SAID_MAX);
        write_findings(&self.findings[..said], &self.sources, Format::Full, output)?;
        let more = self.findings.len() - said;
        if more > 0 {
            let warnings = words::plural(more as i64, "warning", "warnings");
            writeln!(output, "{more} more {warnings}: see `sandtable config`\n")?;
        }
        Ok(())
    }
}

/// The words that a key may have.
pub(super) fn words_of(key: &str) -> Vec<String> {
    match key {
        "colours" => names::<ColourChoice>(),
        _ => names::<WaitChoice>(),
    }
}

fn names<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(name).collect()
}

/// The word for a value, as on the command line.
pub(super) fn name<T: ValueEnum>(value: &T) -> String {
    let named = value.to_possible_value();
    named.map_or_else(String::new, |it| it.get_name().to_owned())
}

fn chosen<T: ValueEnum>((word, line): (&str, usize)) -> Option<OnLine<T>> {
    let value = T::from_str(word, false).ok()?;
    Some(OnLine { value, line })
}

fn decided<T: Copy + Default>(set: Option<OnLine<T>>) -> (T, Decider) {
    set.map_or((T::default(), Decider::Default), |it| {
        (it.value, Decider::Line(it.line))
    })
}

/// The bytes of the file; none if it is not there. Nothing is opened that a reader could wait for.
fn bounded(path: &Path) -> Result<Option<Vec<u8>>, Trouble> {
    let shown = path.display();
    let unused = "Everything it would set is as usual.";
    let cannot = |error: &io::Error| Trouble::new(format!("cannot read {shown}: {error}"), unused);
    let file = match files::open_regular(path, OpenOptions::new().read(true)) {
        Ok(Some(file)) => file,
        Ok(None) => {
            return Err(Trouble::new(
                format!("{shown} is not a regular file, and is not read"),
                unused,
            ));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
            return Ok(None);
        }
        Err(error) => return Err(cannot(&error)),
    };
    let mut bytes = Vec::new();
    file.take(SETTINGS_MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot(&error))?;
    if bytes.len() > SETTINGS_MAX_BYTES {
        let most = SETTINGS_MAX_BYTES >> 10;
        return Err(Trouble::new(
            format!("{shown} has more than {most} KiB, and is not read"),
            unused,
        ));
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::{Decider, SAID_MAX, SettingsFile, WaitChoice};
    use crate::cli::arguments::ColourChoice;

    fn file(text: &str) -> SettingsFile {
        SettingsFile::parse("settings.yaml", text.as_bytes())
    }

    #[test]
    fn an_option_comes_before_no_color_before_the_file_before_the_terminal() {
        use ColourChoice::{Auto, Dark, Light, None as NoColours};
        let light = "# mine\ncolours: light\n";
        let cases = [
            ("", None, None, (Auto, Decider::Default)),
            ("", None, Some(""), (Auto, Decider::Default)),
            ("", None, Some("1"), (NoColours, Decider::NoColor)),
            (light, None, None, (Light, Decider::Line(2))),
            (light, None, Some(""), (Light, Decider::Line(2))),
            (light, None, Some("1"), (NoColours, Decider::NoColor)),
            (light, Some(Dark), Some("1"), (Dark, Decider::Option)),
            (light, Some(Auto), None, (Auto, Decider::Option)),
            ("colours: lihgt", None, None, (Auto, Decider::Default)),
        ];
        for (text, option, no_color, expected) in cases {
            let found = file(text).colours(option, no_color);
            assert_eq!(found, expected, "{text:?} {option:?} {no_color:?}");
        }
    }

    #[test]
    fn what_is_wrong_leaves_the_rest() {
        let mixed = file("colours: drak\nwait: at-once\n");
        assert!(!mixed.is_fine());
        assert_eq!(mixed.wait(), (WaitChoice::AtOnce, Decider::Line(2)));
        let mut written = Vec::new();
        mixed.write_warnings(&mut written).expect("it is memory");
        let written = String::from_utf8(written).expect("it is text");
        let written = anstream::adapter::strip_str(&written).to_string();
        for piece in [
            "warning[unknown-name]: `colours` cannot be `drak`",
            "settings.yaml:1:10",
            "It is `auto`, `dark`, `light` or `none`.",
            "colours: dark",
        ] {
            assert!(written.contains(piece), "{piece} in\n{written}");
        }
        assert!(file("wait: ask").is_fine());
        assert_eq!(file("").wait(), (WaitChoice::Ask, Decider::Default));
    }

    #[test]
    fn another_kind_of_file_does_not_fill_the_screen() {
        let keys: Vec<String> = (0..100).map(|it| format!("key_{it}: 1")).collect();
        let mut written = Vec::new();
        let wrong = file(&keys.join("\n"));
        wrong.write_warnings(&mut written).expect("it is memory");
        let written = String::from_utf8(written).expect("it is text");
        assert_eq!(written.matches("unknown key").count(), SAID_MAX);
        assert!(written.contains("95 more warnings: see `sandtable config`"));
    }
}
