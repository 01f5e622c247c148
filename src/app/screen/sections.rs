//! The rows of a list under headings, such as years: which line is what.
//!
//! Knows no rows: a heading stands wherever its value changes.

/// The headings of a list, each with the row it stands before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Sections<Heading> {
    starts: Vec<(usize, Heading)>,
    rows: usize,
}

/// One line of a list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SectionLine<Heading> {
    /// A heading, and how many rows are below it.
    Heading(Heading, usize),
    /// A row, from 0.
    Row(usize),
}

impl<Heading: Clone + PartialEq> Sections<Heading> {
    /// The headings of rows; a row without one is not below any, or below that of the row before.
    pub(super) fn of(headings: impl Iterator<Item = Option<Heading>>) -> Self {
        let mut sections = Self {
            starts: Vec::new(),
            rows: 0,
        };
        for heading in headings {
            let last = sections.starts.last().map(|(_, last)| last);
            if let Some(heading) = heading
                && last != Some(&heading)
            {
                sections.starts.push((sections.rows, heading));
            }
            sections.rows += 1;
        }
        sections
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.rows + self.starts.len()
    }

    /// The line of a row.
    pub(super) fn line_of(&self, row: usize) -> usize {
        row + self.starts.partition_point(|(first, _)| *first <= row)
    }

    /// What a line is.
    pub(super) fn line(&self, at: usize) -> Option<SectionLine<Heading>> {
        // The lines of the headings rise, since each has a row below it.
        let mut left = 0;
        let mut right = self.starts.len();
        while left < right {
            let middle = usize::midpoint(left, right);
            if self.starts[middle].0 + middle <= at {
                left = middle + 1;
            } else {
                right = middle;
            }
        }
        if let Some(number) = left.checked_sub(1)
            && let Some((first, heading)) = self.starts.get(number)
            && first + number == at
        {
            let next = self.starts.get(left).map_or(self.rows, |next| next.0);
            return Some(SectionLine::Heading(heading.clone(), next - first));
        }
        let row = at - left;
        (row < self.rows).then_some(SectionLine::Row(row))
    }

    /// The rows below each heading.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&Heading, std::ops::Range<usize>)> {
        self.starts
            .iter()
            .enumerate()
            .map(|(at, (first, heading))| {
                let next = self.starts.get(at + 1).map_or(self.rows, |next| next.0);
                (heading, *first..next)
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
        for at in 0..years.len() {
            assert_eq!(sections.line(sections.line_of(at)), row(at));
        }
    }
}
