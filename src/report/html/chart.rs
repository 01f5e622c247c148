//! Charts as SVG inside the page: bars by month, bars by name, squares by week, a scale over weeks.
//!
//! Each has a title and a description for people who cannot see it. Coordinates are whole numbers
//! of its own unit, ten to a pixel. Knows nothing of where the figures come from.

use std::fmt::Write;

use super::escape::escape_line;
use crate::insight::Progress;
use crate::text::{clip, one_line, width};

/// The width in units, scaled to the width there is.
const WIDTH: usize = 4_000;
const HEIGHT: usize = 1_450;
/// The edges of the plot: values are above it, labels below.
const TOP: usize = 220;
const BOTTOM: usize = 1_230;
/// The height of a row with a label.
const ROW: usize = 210;
/// How many columns of a label fit beside what it is about.
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

/// A row with a bar.
#[derive(Clone, Debug)]
pub(in crate::report) struct BarRow {
    pub(in crate::report) label: RowLabel,
    pub(in crate::report) count: usize,
    /// What is behind it: the count in words.
    pub(in crate::report) note: String,
}

/// A row of squares.
#[derive(Clone, Debug)]
pub(in crate::report) struct SquareRow {
    pub(in crate::report) label: RowLabel,
    /// `None` for a week that is off.
    pub(in crate::report) squares: Vec<Option<Progress>>,
    /// What is behind them: how many are full.
    pub(in crate::report) note: String,
}

/// What is before a row.
#[derive(Clone, Debug)]
pub(in crate::report) struct RowLabel {
    /// Clipped, and escaped for HTML.
    text: String,
    columns: usize,
}

impl RowLabel {
    /// A label of user text.
    pub(in crate::report) fn new(text: &str) -> Self {
        let text = clip(&one_line(text), MAX_LABEL);
        Self {
            columns: width(&text),
            text: escape_line(&text),
        }
    }
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
        self.svg(HEIGHT, &drawn)
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
        let left = label_width(degrees.iter().map(|name| name.chars().count()));
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
        self.svg(HEIGHT, &drawn)
    }

    /// Bars that lie, each with its label before it, and its number and what more there is to say
    /// behind it.
    pub(in crate::report) fn bar_rows(&self, rows: &[BarRow]) -> String {
        let left = label_width(rows.iter().map(|row| row.label.columns));
        let right = label_width(rows.iter().map(|row| row.note.chars().count()));
        let most = rows.iter().map(|row| row.count).max().unwrap_or(0).max(1);
        let mut drawn = String::new();
        for (at, row) in rows.iter().enumerate() {
            let middle = ROW * at + ROW / 2;
            let wide = WIDTH.saturating_sub(left + right) * row.count / most;
            drawn.push_str(&svg_text(0, middle + 45, "start", "", &row.label.text));
            let _ = write!(
                drawn,
                "<rect class=\"bar\" x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"110\"/>",
                middle - 55
            );
            let after = left + wide + 60;
            drawn.push_str(&svg_text(after, middle + 45, "start", "number", &row.note));
        }
        self.svg(ROW * rows.len(), &drawn)
    }

    /// A row of squares for each label, with a note at its end; `labels` are below, each at the
    /// square with that number.
    pub(in crate::report) fn square_rows(
        &self,
        rows: &[SquareRow],
        labels: &[(usize, String)],
    ) -> String {
        let left = label_width(rows.iter().map(|row| row.label.columns));
        let right = label_width(rows.iter().map(|row| row.note.chars().count()));
        let squares = rows.iter().map(|row| row.squares.len()).max();
        let step = (WIDTH.saturating_sub(left + right) / squares.unwrap_or(0).max(1)).min(ROW);
        let side = (step * 4 / 5).min(140);
        let bottom = ROW * rows.len();
        let mut drawn = String::new();
        for (at, row) in rows.iter().enumerate() {
            let middle = ROW * at + ROW / 2;
            drawn.push_str(&svg_text(0, middle + 45, "start", "", &row.label.text));
            for (at, square) in row.squares.iter().enumerate() {
                let (x, y) = (left + at * step, middle - side / 2);
                drawn.push_str(&svg_square(*square, x, y, side));
            }
            let after = left + step * row.squares.len() + 60;
            drawn.push_str(&svg_text(after, middle + 45, "start", "number", &row.note));
        }
        for (at, label) in labels {
            let x = left + at * step;
            drawn.push_str(&svg_text(x, bottom + 110, "start", "", label));
        }
        self.svg(bottom + 160, &drawn)
    }

    /// A drawing of the full width.
    fn svg(&self, height: usize, drawn: &str) -> String {
        let Self {
            id,
            title,
            description: told,
        } = self;
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
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

/// How wide a column of labels is, from the columns each takes in text.
fn label_width(columns: impl Iterator<Item = usize>) -> usize {
    columns.max().unwrap_or(0).min(MAX_LABEL) * 72 + 120
}

/// A square with its corner at `x` and `y`: full for what is done, hollow for what is begun. A week that
/// is off has a sign.
fn svg_square(progress: Option<Progress>, x: usize, y: usize, side: usize) -> String {
    // Half of the stroke is outside; of nothing there is a small mark.
    let (class, inset) = match progress {
        Some(Progress::Done) => ("bar", 0),
        Some(Progress::Partial) => ("hollow", 7),
        Some(Progress::NotStarted) => ("nothing", side * 2 / 5),
        None => return svg_text(x + side / 2, y + side, "middle", "", "~"),
    };
    let (x, y, side) = (x + inset, y + inset, side.saturating_sub(2 * inset).max(1));
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"/>")
}
