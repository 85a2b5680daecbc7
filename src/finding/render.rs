//! A finding as text: drawn over its source, or on one line.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use super::excerpt::Excerpt;
use super::{Finding, Place, Severity, Sources};
use crate::words;

/// Whether a rendering uses colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Text only.
    Plain,
    /// With escape codes of our own; those in the source are replaced.
    Styled,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Finding {
    /// On one line: `file:line:column: severity[rule] headline`.
    #[must_use]
    pub fn short(&self, sources: &Sources) -> String {
        let (line, column) = sources.line_and_column(self.place);
        let path = sources.get(self.place.file).map_or("", |file| &file.path);
        format!(
            "{}:{line}:{column}: {}[{}] {}",
            words::one_line(path),
            self.severity.word(),
            self.rule,
            words::one_line(&self.headline),
        )
    }

    /// In full: the source with the place underlined, the related place, hints and a correction, without a last newline.
    #[must_use]
    pub fn full(&self, sources: &Sources, colour: Colour) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level
            .primary_title(words::one_line(&self.headline))
            .id(self.rule);
        let mut main = title.elements(drawn(sources, self.place, &self.label, true));
        if let Some((place, label)) = &self.related {
            main = main.elements(drawn(sources, *place, label, false));
        }
        for hint in &self.hints {
            main = main.element(Level::HELP.message(words::visible(hint)));
        }
        let mut report = vec![main];
        if let Some(instead) = &self.instead {
            report.push(correction(sources, self.place, instead));
        }
        let drawing = match colour {
            Colour::Plain => Renderer::plain().render(&report),
            Colour::Styled => Renderer::styled().render(&report),
        };
        let drawing = with_true_column(drawing, sources, self.place);
        match &self.related {
            Some((place, _)) => with_true_column(drawing, sources, *place),
            None => drawing,
        }
    }
}

/// The path, and the source line with the place underlined.
fn drawn<'a>(sources: &'a Sources, place: Place, label: &'a str, main: bool) -> Vec<Element<'a>> {
    let Some(source) = sources.get(place.file) else {
        return Vec::new();
    };
    let (line, column) = sources.line_and_column(place);
    let path = words::one_line(&source.path);
    if source.text.is_empty() {
        let origin = Origin::path(path).line(line).char_column(column);
        return vec![origin.into()];
    }
    let excerpt = Excerpt::cut(&source.text, place);
    let kind = if main {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let mut annotation = kind.span(excerpt.range);
    if !label.is_empty() {
        annotation = annotation.label(words::one_line(label));
    }
    let snippet = Snippet::source(excerpt.text)
        .line_start(line)
        .path(path)
        .annotation(annotation);
    vec![snippet.into()]
}

/// The renderer saw only an excerpt: replaces the column that it wrote by the column in the source.
fn with_true_column(drawing: String, sources: &Sources, place: Place) -> String {
    let Some(source) = sources.get(place.file) else {
        return drawing;
    };
    let (line, column) = sources.line_and_column(place);
    let excerpt = Excerpt::cut(&source.text, place);
    let shown = excerpt.text[..excerpt.range.start].chars().count() + 1;
    if shown == column || source.text.is_empty() {
        return drawing;
    }
    let path = words::one_line(&source.path);
    drawing.replacen(
        &format!("{path}:{line}:{shown}"),
        &format!("{path}:{line}:{column}"),
        1,
    )
}

/// The source line with the correction in it; only the words for a place over several lines.
fn correction<'a>(sources: &'a Sources, place: Place, instead: &'a str) -> Group<'a> {
    let offer = Finding::offer(&words::one_line(instead));
    // A headline has no capital and no full stop.
    let offer = offer.trim_end_matches('.');
    let title =
        Level::HELP.secondary_title(format!("{}{}", offer[..1].to_lowercase(), &offer[1..]));
    let Some(source) = sources.get(place.file) else {
        return Group::with_title(title);
    };
    let excerpt = Excerpt::cut(&source.text, place);
    if excerpt.shortened || source.text.is_empty() {
        return Group::with_title(title);
    }
    let (line, _) = sources.line_and_column(place);
    title.element(
        Snippet::source(excerpt.text)
            .line_start(line)
            .patch(Patch::new(excerpt.range, words::one_line(instead))),
    )
}

#[cfg(test)]
mod tests;
