//! Charts as SVG inside the page: bars by month, bars by name, squares by week, a scale over weeks.
//!
//! Each has a title and a description for people who cannot see it. Coordinates are whole numbers
//! of its own unit, ten to a pixel. Knows nothing of where the figures come from.

use std::fmt::Write;

use super::escape::escape_line;
use crate::insight::{Progress, ScaleByWeek};
use crate::report::days::month_labels;
use crate::report::page::{Bar, BarRow, Chart, Shape, WeekRow};
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
const MAX_LABEL: usize = 20;

/// A chart under its caption.
pub(super) fn figure(chart: &Chart) -> String {
    let title = escape_line(&chart.title);
    let told = match &chart.shape {
        Shape::Bars(bars) => bars.iter().map(describe_bar).collect(),
        Shape::BarRows(rows) => told(rows.iter().map(|row| (&row.name, &row.told))),
        Shape::Weeks(_, _, rows) => told(rows.iter().map(|row| (&row.name, &row.told))),
        Shape::Scale(_, degrees) => told(degrees.iter().map(|(degree, weeks)| (degree, weeks))),
    };
    let between = match &chart.shape {
        Shape::BarRows(_) => "; ",
        _ => ", ",
    };
    let svg = Svg {
        id: &chart.id,
        title: &title,
        description: &told.join(between),
    };
    let drawing = match &chart.shape {
        Shape::Bars(bars) => svg.bars(bars),
        Shape::BarRows(rows) => svg.bar_rows(rows),
        Shape::Weeks(_, below, rows) => svg.square_rows(rows, below),
        // Its heading is its caption.
        Shape::Scale(scale, _) => return format!("<figure>\n{}\n</figure>\n", svg.scale(scale)),
    };
    format!("<figure>\n<figcaption>{title}</figcaption>\n{drawing}\n</figure>\n")
}

fn told<'a>(rows: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<String> {
    rows.map(|(name, told)| format!("{}: {told}", escape_line(name)))
        .collect()
}

/// A drawing that is also described.
struct Svg<'a> {
    /// Unique in the page.
    id: &'a str,
    /// Escaped for HTML.
    title: &'a str,
    /// What it shows, in words, escaped for HTML.
    description: &'a str,
}

/// What is before a row.
struct RowLabel {
    /// Clipped, and escaped for HTML.
    text: String,
    columns: usize,
}

impl RowLabel {
    /// A label of user text.
    fn new(text: &str) -> Self {
        let text = clip(&one_line(text), MAX_LABEL);
        Self {
            columns: width(&text),
            text: escape_line(&text),
        }
    }
}

/// "Jan 2026: 3 of 4", "Feb: 2".
fn describe_bar(bar: &Bar) -> String {
    let Bar {
        label,
        full,
        hollow,
    } = bar;
    if *hollow > 0 {
        format!("{label}: {full} of {}", full + hollow)
    } else {
        format!("{label}: {full}")
    }
}

impl Svg<'_> {
    /// Bars, the first part full, the second hollow on top of it.
    fn bars(&self, bars: &[Bar]) -> String {
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

    /// A line through degrees, with a gap in a week without one, and the months below it.
    fn scale(&self, scale: &ScaleByWeek) -> String {
        let degrees: Vec<String> = scale
            .degrees
            .iter()
            .map(|it| escape_line(&clip(it, MAX_LABEL)))
            .collect();
        let points = scale.weeks.iter().map(|(_, degree)| *degree);
        let labels = month_labels(scale.weeks.iter().map(|(week, _)| *week));
        let highest = degrees.len().saturating_sub(1).max(1);
        let height = |degree: usize| BOTTOM - 90 - (BOTTOM - 90 - TOP) * degree / highest;
        let last = scale.weeks.len().saturating_sub(1).max(1);
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
        for (at, degree) in points.enumerate() {
            let Some(degree) = degree else {
                is_drawn = false;
                continue;
            };
            let (x, y) = (across(at), height(degree));
            let _ = write!(path, "{}{x} {y}", if is_drawn { "L" } else { "M" });
            let _ = write!(
                dots,
                "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"32\"/>"
            );
            is_drawn = true;
        }
        let _ = write!(drawn, "<path class=\"line\" d=\"{path}\"/>{dots}");
        for (at, label) in &labels {
            drawn.push_str(&svg_text(across(*at), BOTTOM + 150, "start", "", label));
        }
        self.svg(HEIGHT, &drawn)
    }

    /// Horizontal bars, each with its label before it, and its number and what more there is to say
    /// behind it.
    fn bar_rows(&self, rows: &[BarRow]) -> String {
        let labels: Vec<RowLabel> = rows.iter().map(|row| RowLabel::new(&row.name)).collect();
        let left = label_width(labels.iter().map(|label| label.columns));
        let right = label_width(rows.iter().map(|row| row.told.chars().count()));
        let most = rows.iter().map(|row| row.count).max().unwrap_or(0).max(1);
        let mut drawn = String::new();
        for (at, (row, label)) in rows.iter().zip(&labels).enumerate() {
            let middle = ROW * at + ROW / 2;
            let wide = WIDTH.saturating_sub(left + right) * row.count / most;
            drawn.push_str(&svg_text(0, middle + 45, "start", "", &label.text));
            let _ = write!(
                drawn,
                "<rect class=\"bar\" x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"110\"/>",
                middle - 55
            );
            let after = left + wide + 60;
            drawn.push_str(&svg_text(after, middle + 45, "start", "number", &row.told));
        }
        self.svg(ROW * rows.len(), &drawn)
    }

    /// A row of squares for each name, with how many are full at its end; `below` are labels, each at the
    /// square with that number.
    fn square_rows(&self, rows: &[WeekRow], below: &[(usize, String)]) -> String {
        let labels: Vec<RowLabel> = rows.iter().map(|row| RowLabel::new(&row.name)).collect();
        let left = label_width(labels.iter().map(|label| label.columns));
        let notes: Vec<String> = rows.iter().map(|row| row.done().to_string()).collect();
        let right = label_width(notes.iter().map(String::len));
        let squares = rows.iter().map(|row| row.weeks.len()).max();
        let step = (WIDTH.saturating_sub(left + right) / squares.unwrap_or(0).max(1)).min(ROW);
        let side = (step * 4 / 5).min(140);
        let bottom = ROW * rows.len();
        let mut drawn = String::new();
        for (at, ((row, label), note)) in rows.iter().zip(&labels).zip(&notes).enumerate() {
            let middle = ROW * at + ROW / 2;
            drawn.push_str(&svg_text(0, middle + 45, "start", "", &label.text));
            for (at, square) in row.weeks.iter().enumerate() {
                let (x, y) = (left + at * step, middle - side / 2);
                drawn.push_str(&svg_square(*square, x, y, side));
            }
            let after = left + step * row.weeks.len() + 60;
            drawn.push_str(&svg_text(after, middle + 45, "start", "number", note));
        }
        for (at, label) in below {
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
