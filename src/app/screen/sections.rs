//! The rows of a list under headings, such as years: which line is what.
//!
//! Knows no rows: a heading stands wherever its value changes.

/// The headings of a list, and the rows below them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sections<Heading> {
    starts: Vec<SectionStart<Heading>>,
    rows: usize,
}

/// A heading, its line, and the row it stands before.
#[derive(Clone, Debug, Eq, PartialEq)]
struct SectionStart<Heading> {
    heading: Heading,
    line: usize,
    row: usize,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SectionLine<Heading> {
    /// The blank line before a heading.
    Gap,
    /// A heading, and how many rows are below it.
    Heading(Heading, usize),
    /// A row, from 0.
    Row(usize),
}

impl<Heading: Clone + PartialEq> Sections<Heading> {
    /// The headings of rows; a row without one is not below any, or below that of the row before.
    pub(super) fn of(headings: impl Iterator<Item = Option<Heading>>) -> Self {
        Self::with_gaps(0, headings)
    }

    /// The same, with a blank line between two sections.
    pub(super) fn spaced(headings: impl Iterator<Item = Option<Heading>>) -> Self {
        Self::with_gaps(1, headings)
    }

    fn with_gaps(gap: usize, headings: impl Iterator<Item = Option<Heading>>) -> Self {
        let mut sections = Self {
            starts: Vec::new(),
            rows: 0,
        };
        for heading in headings {
            let last = sections.starts.last().map(|last| &last.heading);
            if let Some(heading) = heading
                && last != Some(&heading)
            {
                let above = sections.lines();
                sections.starts.push(SectionStart {
                    heading,
                    line: if above > 0 { above + gap } else { 0 },
                    row: sections.rows,
                });
            }
            sections.rows += 1;
        }
        sections
    }

    pub fn lines(&self) -> usize {
        self.line_of(self.rows)
    }

    pub fn line_of(&self, row: usize) -> usize {
        let above = self.starts.partition_point(|start| start.row <= row);
        match above.checked_sub(1).map(|at| &self.starts[at]) {
            Some(start) => start.line + 1 + row - start.row,
            None => row,
        }
    }

    pub fn line(&self, at: usize) -> Option<SectionLine<Heading>> {
        let above = self.starts.partition_point(|start| start.line <= at);
        let next = self.starts.get(above).map(|next| next.row);
        let end = next.unwrap_or(self.rows);
        let row = match above.checked_sub(1).map(|at| &self.starts[at]) {
            Some(start) if start.line == at => {
                let heading = start.heading.clone();
                return Some(SectionLine::Heading(heading, end - start.row));
            }
            Some(start) => start.row + at - start.line - 1,
            None => at,
        };
        if row < end {
            return Some(SectionLine::Row(row));
        }
        next.map(|_| SectionLine::Gap)
    }

    /// The rows below each heading.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&Heading, std::ops::Range<usize>)> {
        self.starts.iter().enumerate().map(|(at, start)| {
            let next = self.starts.get(at + 1).map_or(self.rows, |next| next.row);
            (&start.heading, start.row..next)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_stands_where_its_value_changes() {
        let years = [None, None, Some(2026), Some(2026), None, Some(2025)];
        let sections = Sections::of(years.into_iter());
        let lines: Vec<_> = (0..sections.lines()).map(|at| sections.line(at)).collect();
        let row = |at| Some(SectionLine::Row(at));
        let heading = |year, rows| Some(SectionLine::Heading(year, rows));
        assert_eq!(
            lines,
            [
                row(0),
                row(1),
                heading(2026, 3),
                row(2),
                row(3),
                row(4),
                heading(2025, 1),
                row(5),
            ]
        );
        assert_eq!(sections.line(sections.lines()), None);
        let spaced = Sections::spaced(years.into_iter());
        let is_gap = |at: &usize| spaced.line(*at) == Some(SectionLine::Gap);
        assert!((0..=spaced.lines()).filter(is_gap).eq([2, 7]));
        for at in 0..years.len() {
            assert_eq!(sections.line(sections.line_of(at)), row(at));
            assert_eq!(spaced.line(spaced.line_of(at)), row(at));
        }
    }
}
