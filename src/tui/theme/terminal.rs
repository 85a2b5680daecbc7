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

/// The theme of a terminal. With `ascii`, ASCII only even where it could show more.
#[must_use]
pub fn theme(variables: &Variables, wish: Wish, ascii: bool) -> Theme {
    Theme {
        colours: colours(variables, wish),
        ascii: ascii || needs_ascii(variables),
    }
}

/// Colours: what is wished; else none where `NO_COLOR` is set, and those for the ground that `COLORFGBG` names, else
/// for a dark one.
fn colours(variables: &Variables, wish: Wish) -> Colours {
    let ground = match wish {
        Wish::None => return Colours::None,
        Wish::On(ground) => ground,
        Wish::Auto if set(variables.no_color.as_ref()).is_some() => return Colours::None,
        Wish::Auto => ground(variables),
    };
    match variables.colorterm.as_deref() {
        Some("truecolor" | "24bit") => Colours::Exact(ground),
        _ => Colours::Sixteen(ground),
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
    let term = variables.term.as_deref().unwrap_or_default();
    if term == "linux" || term.starts_with("vt") {
        return true;
    }
    let locale = [&variables.lc_all, &variables.lc_ctype, &variables.lang]
        .into_iter()
        .find_map(|it| set(it.as_ref()));
    locale.is_some_and(|locale| {
        // As in `cy_GB.UTF-8@euro`.
        let locale = locale.split('@').next().unwrap_or_default();
        let code = locale.split_once('.').map_or("", |(_, code)| code);
        !["utf-8", "utf8"].contains(&code.to_ascii_lowercase().as_str())
    })
}

/// A variable that is set to nothing is not set.
fn set(variable: Option<&String>) -> Option<&str> {
    variable.map(String::as_str).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Variables, Wish, needs_ascii, theme};
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
        let cases: [(&[(&str, &str)], bool); 17] = [
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
            let found = theme(&variables(set), wish, false).colours;
            assert_eq!(found, expected, "{set:?} {wish:?}");
        }
    }
}
