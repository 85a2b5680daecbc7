//! Every rule by name, with its page.
//!
//! The pages are the files of `docs/rules`; they are tests too, see `src/check/tests/pages.rs`.

/// A rule: what a finding of this name is about.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, as in `unknown-name`; it reads well after "allow".
    pub name: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
}

impl Rule {
    /// The sentence below the title of the page.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let below = self.page.split_once("\n\n").map_or("", |(_, below)| below);
        below.split_once("\n\n").map_or(below, |(line, _)| line)
    }
}

macro_rules! rules {
    ($($name:literal)*) => {
        [$(Rule { name: $name, page: include_str!(concat!("../../docs/rules/", $name, ".md")) }),*]
    };
}

/// Every rule, by name.
pub static RULES: &[Rule] = &rules! {
};

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// The page of a rule, in Markdown; none if there is no such rule.
#[must_use]
pub fn page(rule: &str) -> Option<&'static str> {
    self::rule(rule).map(|rule| rule.page)
}
