//! The colours of the page, light and dark, as its style names them.
//!
//! A test holds every pair that carries meaning to WCAG 2.2, level AA. Knows nothing of the page.

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Color(u8, u8, u8);

/// The colours of one scheme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scheme {
    /// Behind everything.
    background: Color,
    /// Behind what is set apart.
    panel: Color,
    text: Color,
    /// Secondary text.
    quiet: Color,
    /// Headings of fields, links and numbers.
    accent: Color,
    /// Bars and lines of a chart.
    mark: Color,
    /// Rules between things, which carry no meaning.
    rule: Color,
}

/// For paper, and for light mode.
pub(super) const LIGHT: Scheme = Scheme {
    background: Color(0xff, 0xff, 0xff),
    panel: Color(0xf4, 0xf3, 0xef),
    text: Color(0x1f, 0x1d, 0x1a),
    quiet: Color(0x5c, 0x57, 0x50),
    accent: Color(0x0f, 0x5c, 0x63),
    mark: Color(0x1b, 0x7a, 0x83),
    rule: Color(0xd9, 0xd5, 0xcc),
};

/// For dark mode.
pub(super) const DARK: Scheme = Scheme {
    background: Color(0x17, 0x18, 0x1a),
    panel: Color(0x22, 0x24, 0x27),
    text: Color(0xec, 0xe9, 0xe3),
    quiet: Color(0xb0, 0xab, 0xa3),
    accent: Color(0x7f, 0xcf, 0xd6),
    mark: Color(0x4f, 0xb3, 0xbc),
    rule: Color(0x3d, 0x40, 0x44),
};

impl Scheme {
    /// The colours as variables of a style sheet.
    pub(super) fn variables(&self) -> String {
        let colors = [
            ("ground", self.background),
            ("panel", self.panel),
            ("text", self.text),
            ("quiet", self.quiet),
            ("accent", self.accent),
            ("mark", self.mark),
            ("rule", self.rule),
        ];
        let variables = colors.map(|(name, Color(red, green, blue))| {
            format!("--{name}:#{red:02x}{green:02x}{blue:02x};")
        });
        variables.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(Color(red, green, blue): Color) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The contrast ratio of WCAG 2.2.
    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        let ratio = contrast(Color(0, 0, 0), Color(255, 255, 255));
        assert!((ratio - 21.0).abs() < 1e-9, "{ratio}");
        let ratio = contrast(Color(0x77, 0x77, 0x77), Color(255, 255, 255));
        assert!((4.47..4.49).contains(&ratio), "{ratio}");
    }

    #[test]
    fn words_have_the_contrast_of_level_aa_and_charts_that_of_graphics() {
        for scheme in [LIGHT, DARK] {
            for behind in [scheme.background, scheme.panel] {
                for word in [scheme.text, scheme.quiet, scheme.accent] {
                    let ratio = contrast(word, behind);
                    assert!(ratio >= 4.5, "{word:?} on {behind:?}: {ratio:.2}");
                }
                let ratio = contrast(scheme.mark, behind);
                assert!(ratio >= 3.0, "{:?} on {behind:?}: {ratio:.2}", scheme.mark);
            }
        }
    }
}
