//! Charts as SVG inside the page: bars by month, a scale over weeks.
//!
//! Each has a title and a description for people who cannot see it. Coordinates are whole numbers
//! of its own unit, ten to a pixel. Knows nothing of where the figures come from.

use std::fmt::Write;

/// The width in units, scaled to the width there is.
const WIDTH: usize = 4_000;
const HEIGHT: usize = 1_450;
/// The edges of the plot: values are above it, labels below.
const TOP: usize = 220;
const BOTTOM: usize = 1_230;
/// How many characters of a degree's name fit beside the line.
pub(in crate::report) const MAX_LABEL: usize = 20;

/// A chart, before it is drawn.
#[derive(Clone, Debug)]
pub(in crate::report) struct Chart<'a> {
    /// Unique in the page.
    pub(in crate::report) id: &'a str,
    /// Escaped for HTML.
    pub(in crate::report) title: &'a str,
    /// What it shows, in words, escaped for HTML.
    pub(in crate::report) description: &'a str,
}

/// One bar: its label, how many, and how many on top of them.
#[derive(Clone, Debug)]
pub(in crate::report) struct Bar {
    pub(in crate::report) label: String,
    pub(in crate::report) full: usize,
    pub(in crate::report) hollow: usize,
}

impl Bar {
    /// "Jan 2026: 3 of 4", "Feb: 2".
    pub(in crate::report) fn describe(&self) -> String {
        let Self {
            label,
            full,
            hollow,
        } = self;
        if *hollow > 0 {
            format!("{label}: {full} of {}", full + hollow)
        } else {
            format!("{label}: {full}")
        }
    }
}

impl Chart<'_> {
    /// Bars, the first part full, the second hollow on top of it.
    pub(in crate::report) fn bars(&self, bars: &[Bar]) -> String {
        let most = bars
            .iter()
            .map(|bar| bar.full + bar.hollow)
            .max()
            .unwrap_or(0)
            .max(1);
        let step = WIDTH / bars.len().max(1);
        let wide = (step * 3 / 5).clamp(8, 260);
        let every = 1 + bars.len() / 13;
        let mut drawn = svg_rule(BOTTOM);
        for (at, bar) in bars.iter().enumerate() {
            let middle = at * step + step / 2;
            let left = middle - wide / 2;
            let full = (BOTTOM - TOP) * bar.full / most;
            let hollow = (BOTTOM - TOP) * bar.hollow / most;
            if bar.full > 0 {
                let top = BOTTOM - full;
                let _ = write!(
                    drawn,
                    "<rect class=\"bar\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{full}\"/>"
                );
            }
            if bar.hollow > 0 {
                // Half of the stroke is outside.
                let top = BOTTOM - full - hollow + 7;
                let height = hollow.saturating_sub(14).max(1);
                let (left, wide) = (left + 7, wide.saturating_sub(14).max(1));
                let _ = write!(
                    drawn,
                    "<rect class=\"hollow\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{height}\"/>"
                );
            }
            if bar.full + bar.hollow > 0 && every == 1 {
                let top = BOTTOM - full - hollow - 45;
                let number = if bar.hollow > 0 {
                    format!("{}/{}", bar.full, bar.full + bar.hollow)
                } else {
                    bar.full.to_string()
                };
                drawn.push_str(&svg_text(middle, top, "middle", "number", &number));
            }
            if at % every == 0 {
                drawn.push_str(&svg_text(middle, BOTTOM + 150, "middle", "", &bar.label));
            }
        }
        self.svg(&drawn)
    }

    /// A line through degrees, from 0, with a gap where there is none. `degrees` are their names,
    /// escaped for HTML, lowest first; `labels` are below, each at the point with that number.
    pub(in crate::report) fn scale_line(
        &self,
        degrees: &[String],
        points: &[Option<usize>],
        labels: &[(usize, String)],
    ) -> String {
        let highest = degrees.len().saturating_sub(1).max(1);
        let height = |degree: usize| BOTTOM - 90 - (BOTTOM - 90 - TOP) * degree / highest;
        let last = points.len().saturating_sub(1).max(1);
        let longest = degrees.iter().map(|name| name.chars().count()).max();
        let left = longest.unwrap_or(0).min(MAX_LABEL) * 72 + 120;
        let across = |at: usize| left + (WIDTH - left - 60) * at / last;
        let mut drawn = String::new();
        for (degree, name) in degrees.iter().enumerate() {
            drawn.push_str(&svg_rule(height(degree)));
            drawn.push_str(&svg_text(0, height(degree) - 40, "start", "", name));
        }
        let mut path = String::new();
        let mut dots = String::new();
        let mut is_drawn = false;
        for (at, degree) in points.iter().enumerate() {
            let Some(degree) = degree else {
                is_drawn = false;
                continue;
            };
            let (x, y) = (across(at), height(*degree));
            let _ = write!(path, "{}{x} {y}", if is_drawn { "L" } else { "M" });
            let _ = write!(
                dots,
                "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"32\"/>"
            );
            is_drawn = true;
        }
        let _ = write!(drawn, "<path class=\"line\" d=\"{path}\"/>{dots}");
        for (at, label) in labels {
            drawn.push_str(&svg_text(across(*at), BOTTOM + 150, "start", "", label));
        }
        self.svg(&drawn)
    }

    fn svg(&self, drawn: &str) -> String {
        let Self {
            id,
            title,
            description: told,
        } = self;
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{told}</desc>{drawn}</svg>"
        )
    }
}

fn svg_rule(y: usize) -> String {
    format!("<line class=\"rule\" x1=\"0\" y1=\"{y}\" x2=\"{WIDTH}\" y2=\"{y}\"/>")
}

/// A text that is escaped for HTML.
fn svg_text(x: usize, y: usize, anchor: &str, class: &str, text: &str) -> String {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    format!("<text{class} x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>")
}
