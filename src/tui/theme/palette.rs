//! Which colour means what. Good and bad differ as blue and orange do, which nearly everybody can distinguish; their
//! symbols say the same.

use ratatui::style::{Color, Modifier, Style};

/// The background of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
}

/// Which colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// None: bold, underlined and reversed only.
    None,
    /// The sixteen that every terminal has, in its own shades.
    Sixteen(Ground),
    /// Exact ones.
    Exact(Ground),
}

/// The colours of one ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    pub(super) heading: Color,
    pub(super) quiet: Color,
    /// Lines of boxes: nobody has to read them.
    pub(super) frame: Color,
    pub(super) fresh: Color,
    pub(super) good: Color,
    pub(super) bad: Color,
}

/// The colours of Okabe and Ito: bluish green (lightened, to be legible on grey too), yellow, sky blue, orange.
const EXACT_DARK: Palette = Palette {
    heading: Color::Rgb(0x2f, 0xc4, 0x9c),
    quiet: Color::Rgb(0xa8, 0xa8, 0xa8),
    frame: Color::Rgb(0x6c, 0x6c, 0x6c),
    fresh: Color::Rgb(0xf0, 0xe4, 0x42),
    good: Color::Rgb(0x56, 0xb4, 0xe9),
    bad: Color::Rgb(0xe6, 0x9f, 0x00),
};

/// The same hues, darkened until they are legible on white; instead of yellow, which never is, their purple.
const EXACT_LIGHT: Palette = Palette {
    heading: Color::Rgb(0x00, 0x66, 0x4b),
    quiet: Color::Rgb(0x55, 0x55, 0x55),
    frame: Color::Rgb(0x8a, 0x8a, 0x8a),
    fresh: Color::Rgb(0x8c, 0x3b, 0x6c),
    good: Color::Rgb(0x00, 0x5f, 0x95),
    bad: Color::Rgb(0xa2, 0x46, 0x00),
};

/// No dark blue and no dark grey, which are illegible on black.
const SIXTEEN_DARK: Palette = Palette {
    heading: Color::Cyan,
    quiet: Color::Gray,
    frame: Color::DarkGray,
    fresh: Color::LightYellow,
    good: Color::LightBlue,
    bad: Color::Yellow,
};

/// No yellow, cyan or green, which are illegible on white.
const SIXTEEN_LIGHT: Palette = Palette {
    heading: Color::Blue,
    quiet: Color::DarkGray,
    frame: Color::DarkGray,
    fresh: Color::Magenta,
    good: Color::Blue,
    bad: Color::Red,
};

impl Colours {
    pub(super) fn palette(self) -> Option<Palette> {
        match self {
            Colours::None => None,
            Colours::Sixteen(Ground::Dark) => Some(SIXTEEN_DARK),
            Colours::Sixteen(Ground::Light) => Some(SIXTEEN_LIGHT),
            Colours::Exact(Ground::Dark) => Some(EXACT_DARK),
            Colours::Exact(Ground::Light) => Some(EXACT_LIGHT),
        }
    }

    /// The style in the colour that `which` picks from the palette; unchanged without a palette.
    pub(super) fn paint(self, style: Style, which: impl Fn(Palette) -> Color) -> Style {
        match self.palette() {
            Some(palette) => style.fg(which(palette)),
            None => style,
        }
    }
}

/// Bold.
pub(super) const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::{EXACT_DARK, EXACT_LIGHT, Palette, SIXTEEN_DARK, SIXTEEN_LIGHT};

    type Rgb = (u8, u8, u8);

    /// Those of the sixteen that the palettes use, as xterm and as the console of a PC show them.
    fn painted(colour: Color) -> Vec<Rgb> {
        match colour {
            Color::Rgb(r, g, b) => vec![(r, g, b)],
            Color::Red => vec![(205, 0, 0), (170, 0, 0)],
            Color::Yellow => vec![(205, 205, 0), (170, 85, 0)],
            Color::Blue => vec![(0, 0, 238), (0, 0, 170)],
            Color::Magenta => vec![(205, 0, 205), (170, 0, 170)],
            Color::Cyan => vec![(0, 205, 205), (0, 170, 170)],
            Color::Gray => vec![(229, 229, 229), (170, 170, 170)],
            Color::DarkGray => vec![(127, 127, 127), (85, 85, 85)],
            Color::LightYellow => vec![(255, 255, 0), (255, 255, 85)],
            Color::LightBlue => vec![(92, 92, 255), (85, 85, 255)],
            other => panic!("{other:?} is in no palette"),
        }
    }

    fn luminance((r, g, b): Rgb) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    /// The contrast of the Web Content Accessibility Guidelines.
    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn read(palette: Palette) -> [Color; 5] {
        let Palette {
            heading,
            quiet,
            frame: _,
            fresh,
            good,
            bad,
        } = palette;
        [heading, quiet, fresh, good, bad]
    }

    #[test]
    fn everything_that_is_read_stands_out_from_its_ground() {
        // Exact colours keep the contrast for text even on greys; the sixteen differ from terminal to terminal.
        for (palette, grounds, least) in [
            (EXACT_DARK, [(0, 0, 0), (40, 40, 40)], 4.5),
            (EXACT_LIGHT, [(255, 255, 255), (238, 232, 213)], 4.5),
            (SIXTEEN_DARK, [(0, 0, 0); 2], 3.5),
            (SIXTEEN_LIGHT, [(255, 255, 255); 2], 3.9),
        ] {
            for colour in read(palette) {
                for ground in grounds {
                    for painted in painted(colour) {
                        let found = contrast(painted, ground);
                        assert!(found >= least, "{colour:?} on {ground:?}: {found:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn good_is_blue_and_bad_is_not() {
        let blue = |colour| painted(colour).into_iter().all(|(r, _, b)| b > r);
        for palette in [EXACT_DARK, EXACT_LIGHT, SIXTEEN_DARK, SIXTEEN_LIGHT] {
            assert!(blue(palette.good), "{palette:?}");
            let warm = painted(palette.bad).into_iter().all(|(r, _, b)| r > b);
            assert!(warm, "{palette:?}");
        }
    }
}
