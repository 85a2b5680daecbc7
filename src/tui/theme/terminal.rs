//! What a terminal says of itself, and the theme that follows. Variables are arguments: one process may serve many
//! terminals.

use crate::tui::theme::{Colours, Ground, Theme};

/// The variables that say what a terminal can show; none where one is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    /// `TERM`
    pub term: Option<String>,
    /// `COLORTERM`
    pub colorterm: Option<String>,
    /// `COLORFGBG`
    pub colorfgbg: Option<String>,
    /// `NO_COLOR`
    pub no_color: Option<String>,
    /// `LC_ALL`
    pub lc_all: Option<String>,
    /// `LC_CTYPE`
    pub lc_ctype: Option<String>,
    /// `LANG`
    pub lang: Option<String>,
}

/// Which colours somebody wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// What the terminal says.
    #[default]
    Auto,
    /// Colours for this ground, whatever the terminal says.
    On(Ground),
    /// None.
    None,
}

/// What is known of a terminal, and what somebody wants of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What the terminal says of itself.
    pub variables: Variables,
    /// Which colours somebody wants.
    pub wish: Wish,
    /// ASCII only, even where the terminal could show more.
    pub ascii: bool,
}

impl Look {
    /// The theme, if the terminal has answered that its background is `answer`.
    #[must_use]
    pub fn theme(&self, answer: Option<Ground>) -> Theme {
        Theme {
            colours: self.colours(answer),
            ascii: self.ascii || needs_ascii(&self.variables),
        }
    }

    /// Whether it matters what the background is like, and the terminal may know.
    #[must_use]
    pub fn asks_for_background(&self) -> bool {
        let matters = self.wish == Wish::Auto && self.colours(None) != Colours::None;
        matters && !is_old(&self.variables)
    }

    /// Colours: what is wished; else none where `NO_COLOR` is set, and those for the background that the terminal
    /// answered, or `COLORFGBG` names, else for a dark one.
    fn colours(&self, answer: Option<Ground>) -> Colours {
        let variables = &self.variables;
        let ground = match self.wish {
            Wish::None => return Colours::None,
            Wish::On(ground) => ground,
            Wish::Auto if set(variables.no_color.as_ref()).is_some() => return Colours::None,
            Wish::Auto => answer.unwrap_or_else(|| ground(variables)),
        };
        match variables.colorterm.as_deref() {
            Some("truecolor" | "24bit") => Colours::Exact(ground),
            _ => Colours::Sixteen(ground),
        }
    }
}

/// `COLORFGBG` ends in the number of the background among the sixteen colours: `15;0`, `0;default;15`.
fn ground(variables: &Variables) -> Ground {
    let last = set(variables.colorfgbg.as_ref()).and_then(|it| it.rsplit(';').next());
    match last.and_then(|it| it.parse::<u8>().ok()) {
        Some(7 | 9..=15) => Ground::Light,
        _ => Ground::Dark,
    }
}

/// Whether a terminal shows nothing but ASCII for certain: the console of Linux and real ones of old, whose fonts are
/// small, and every one whose locale is not UTF-8. Where no locale is set, UTF-8 is what is used today.
#[must_use]
pub fn needs_ascii(variables: &Variables) -> bool {
    if is_old(variables) {
        return true;
    }
    let locale = [&variables.lc_all, &variables.lc_ctype, &variables.lang]
        .into_iter()
        .find_map(|it| set(it.as_ref()));
    locale.is_some_and(|locale| {
        // As in `cy_GB.UTF-8@euro`.
        let locale = locale.split('@').next().unwrap_or_default();
        // As in `UTF-8`, which macOS sets where language and region do not fit together.
        let code = locale.split_once('.').map_or(locale, |(_, code)| code);
        !["utf-8", "utf8"].contains(&code.to_ascii_lowercase().as_str())
    })
}

/// The console of Linux, or a real terminal of old.
fn is_old(variables: &Variables) -> bool {
    let term = variables.term.as_deref().unwrap_or_default();
    term == "linux" || term.starts_with("vt")
}

/// A variable that is set to nothing is not set.
fn set(variable: Option<&String>) -> Option<&str> {
    variable.map(String::as_str).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Look, Variables, Wish, needs_ascii};
    use crate::tui::theme::{Colours, Ground};

    fn variables(set: &[(&str, &str)]) -> Variables {
        let of = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Variables {
            term: of("TERM"),
            colorterm: of("COLORTERM"),
            colorfgbg: of("COLORFGBG"),
            no_color: of("NO_COLOR"),
            lc_all: of("LC_ALL"),
            lc_ctype: of("LC_CTYPE"),
            lang: of("LANG"),
        }
    }

    #[test]
    fn ascii_by_itself_only_where_nothing_else_can_be_shown() {
        let cases: [(&[(&str, &str)], bool); 20] = [
            (&[], false),
            (&[("TERM", "xterm-256color")], false),
            (&[("TERM", "linux")], true),
            (&[("TERM", "linux"), ("LANG", "en_GB.UTF-8")], true),
            (&[("TERM", "vt100")], true),
            (&[("TERM", "linux-truecolor")], false),
            (&[("LANG", "en_GB.UTF-8")], false),
            (&[("LANG", "cy_GB.utf8")], false),
            (&[("LANG", "de_DE.UTF-8@euro")], false),
            (&[("LANG", "C.UTF-8")], false),
            (&[("LANG", "C")], true),
            (&[("LANG", "POSIX")], true),
            (&[("LANG", "en_GB.ISO-8859-1")], true),
            (&[("LANG", "en_GB")], true),
            (&[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")], false),
            (&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")], true),
            (&[("LC_CTYPE", "en_GB.UTF-8"), ("LANG", "C")], false),
            (&[("LC_CTYPE", "UTF-8")], false),
            (&[("LC_CTYPE", "utf8"), ("LANG", "C")], false),
            (&[("LC_CTYPE", "UTF-16")], true),
        ];
        for (set, expected) in cases {
            assert_eq!(needs_ascii(&variables(set)), expected, "{set:?}");
        }
    }

    /// Variables, what is wished, and what comes of it.
    type Case<'a> = (&'a [(&'a str, &'a str)], Wish, Colours);

    #[test]
    fn colours_are_wished_or_else_what_the_terminal_says() {
        use Colours::{Exact, None, Sixteen};
        use Ground::{Dark, Light};
        let cases: [Case; 13] = [
            (&[], Wish::Auto, Sixteen(Dark)),
            (&[("COLORFGBG", "0;15")], Wish::Auto, Sixteen(Light)),
            (&[("COLORFGBG", "0;default;15")], Wish::Auto, Sixteen(Light)),
            (&[("COLORFGBG", "15;0")], Wish::Auto, Sixteen(Dark)),
            (&[("COLORFGBG", "15;8")], Wish::Auto, Sixteen(Dark)),
            (&[("COLORFGBG", "15;default")], Wish::Auto, Sixteen(Dark)),
            (&[("COLORTERM", "truecolor")], Wish::Auto, Exact(Dark)),
            (&[("COLORTERM", "24bit")], Wish::On(Light), Exact(Light)),
            (&[("COLORTERM", "yes")], Wish::On(Light), Sixteen(Light)),
            (
                &[("NO_COLOR", "1"), ("COLORFGBG", "0;15")],
                Wish::Auto,
                None,
            ),
            (&[("NO_COLOR", "")], Wish::Auto, Sixteen(Dark)),
            (&[("NO_COLOR", "1")], Wish::On(Dark), Sixteen(Dark)),
            (&[("COLORTERM", "truecolor")], Wish::None, None),
        ];
        for (set, wish, expected) in cases {
            let found = look(set, wish).theme(Option::None).colours;
            assert_eq!(found, expected, "{set:?} {wish:?}");
        }
    }

    fn look(set: &[(&str, &str)], wish: Wish) -> Look {
        Look {
            variables: variables(set),
            wish,
            ascii: false,
        }
    }

    #[test]
    fn an_answer_is_believed_before_a_variable_and_asked_for_only_where_it_matters() {
        use Ground::{Dark, Light};
        let says_dark = look(&[("COLORFGBG", "15;0")], Wish::Auto);
        assert!(says_dark.asks_for_background());
        assert_eq!(
            says_dark.theme(Some(Light)).colours,
            Colours::Sixteen(Light)
        );
        for (set, wish) in [
            (&[("TERM", "linux")], Wish::Auto),
            (&[("NO_COLOR", "1")], Wish::Auto),
            (&[("TERM", "xterm")], Wish::On(Dark)),
            (&[("TERM", "xterm")], Wish::None),
        ] {
            let wished = look(set, wish);
            assert!(!wished.asks_for_background(), "{set:?} {wish:?}");
            if wish != Wish::Auto {
                let colours = wished.theme(None).colours;
                assert_eq!(
                    wished.theme(Some(Light)).colours,
                    colours,
                    "{set:?} {wish:?}"
                );
            }
        }
    }
}
