//! Limited Markdown as paragraphs and entries of lists.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::front::text::fold::fold;
use crate::front::text::{Stress, TextLine, TextRun, width};

/// Markdown (paragraphs, lists, emphasis) as lines of at most `columns`. Anything else is shown as plain text.
#[must_use]
pub fn markdown(text: &str, columns: usize) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for block in blocks(text) {
        if block.apart && !lines.is_empty() {
            lines.push(Vec::new());
        }
        let indent = width(&block.lead);
        let wrapped = fold(&block.runs, columns.saturating_sub(indent).max(1));
        for (number, mut line) in wrapped.into_iter().enumerate() {
            if indent > 0 {
                let lead = if number == 0 {
                    block.lead.clone()
                } else {
                    " ".repeat(indent)
                };
                line.insert(
                    0,
                    TextRun {
                        text: lead,
                        stress: Stress::None,
                    },
                );
            }
            lines.push(line);
        }
    }
    lines
}

/// A paragraph or an entry of a list.
struct TextBlock {
    /// Comes before the first line; the others are indented as far.
    lead: String,
    /// Whether an empty line stands before it.
    apart: bool,
    runs: Vec<TextRun>,
}

fn blocks(text: &str) -> Vec<TextBlock> {
    let mut reader = ParagraphReader::default();
    for event in Parser::new(text) {
        reader.take(event);
    }
    reader.finish(false);
    reader.blocks
}

/// Gathers the events of one text.
#[derive(Default)]
struct ParagraphReader {
    blocks: Vec<TextBlock>,
    runs: Vec<TextRun>,
    /// For each open list the number of its next entry; none for one with dashes.
    lists: Vec<Option<u64>>,
    lead: String,
    fresh_list: bool,
    strong: usize,
    emphasis: usize,
}

impl ParagraphReader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(from)) => {
                self.finish(false);
                self.fresh_list = self.lists.is_empty();
                self.lists.push(from);
            }
            Event::End(TagEnd::List(_)) => {
                self.finish(true);
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.finish(true);
                self.lead = self.next_lead();
            }
            Event::End(TagEnd::Item) => self.finish(true),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock,
            ) => {
                self.finish(!self.lists.is_empty());
            }
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis = self.emphasis.saturating_sub(1),
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                self.add(&words);
            }
            Event::SoftBreak => self.add(" "),
            Event::HardBreak => self.add("\n"),
            Event::Rule => self.finish(false),
            _ => {}
        }
    }

    fn next_lead(&mut self) -> String {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let lead = format!("{indent}{number}. ");
                *number += 1;
                lead
            }
            _ => format!("{indent}- "),
        }
    }

    fn add(&mut self, text: &str) {
        let stress = match (self.strong, self.emphasis) {
            (0, 0) => Stress::None,
            (0, _) => Stress::Emphasis,
            _ => Stress::Strong,
        };
        self.runs.push(TextRun {
            text: text.to_owned(),
            stress,
        });
    }

    fn finish(&mut self, in_list: bool) {
        if self.runs.is_empty() {
            return;
        }
        let lead = std::mem::take(&mut self.lead);
        // Later paragraphs of an entry are indented like its first.
        let indent = " ".repeat(2 * self.lists.len());
        self.blocks.push(TextBlock {
            apart: !in_list || std::mem::take(&mut self.fresh_list),
            lead: if lead.is_empty() { indent } else { lead },
            runs: std::mem::take(&mut self.runs),
        });
    }
}
