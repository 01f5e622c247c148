//! A career ladder as a table: Markdown, or cells between commas, semicolons or tabs.
//!
//! A table of areas by levels, or with a column for the level and one for the expectation. Ids are
//! made from its words, so the same table always gives the same ones; an expectation that is imported
//! again keeps the one it has.

use super::csv_table::{line_of, table_reader};
use crate::ladder::{Expectation, Ladder, Named};
use crate::text::one_line;

/// What a table says, and what of it was not understood.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct LadderReading {
    pub ladder: Ladder,
    /// The line, and why it was left out.
    pub left_out: Vec<(usize, String)>,
}

/// The names of the columns that tables give them.
const LEVEL: [&str; 5] = ["level", "levels", "grade", "step", "stage"];
const AREA: [&str; 9] = [
    "area",
    "areas",
    "track",
    "dimension",
    "category",
    "competency",
    "theme",
    "pillar",
    "skill",
];
const TEXT: [&str; 7] = [
    "expectation",
    "expectations",
    "text",
    "description",
    "behaviour",
    "behavior",
    "what is expected",
];

/// What is written in a cell without an expectation.
const NOTHING: [&str; 6] = ["-", "–", "—", "n/a", "none", "tbd"];

/// The name of a ladder without a heading, and of an area that has none.
const UNNAMED: &str = "Career ladder";
const NO_AREA: &str = "General";

/// A row and its line in the file.
struct TableRow {
    line: usize,
    cells: Vec<String>,
}

/// How the columns of a table are meant.
enum Layout {
    /// The columns of the level, the area and the expectation.
    List(usize, Option<usize>, usize),
    /// Areas by levels.
    Areas,
    /// Levels by areas.
    Levels,
}

/// Reads a table; without an expectation in it, the ladder has none.
pub fn read_ladder(text: &str) -> LadderReading {
    let text = text.trim_start_matches('\u{feff}');
    let mut reading = LadderReading::default();
    if text.lines().any(is_separator) {
        reading.read_markdown(text);
    } else {
        reading.read_cells(text);
    }
    if reading.ladder.name.is_empty() {
        UNNAMED.clone_into(&mut reading.ladder.name);
    }
    reading.left_out.sort_by_key(|(line, _)| *line);
    reading
}

/// Whether a line is the one below the header of a Markdown table: `|---|:--|`.
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.chars().all(|it| "|-: ".contains(it))
}

/// The cells of a row of Markdown, in which a bar is written `\|`.
fn markdown_cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let cell = cells.last_mut().expect("there is always a cell");
        match character {
            '\\' if characters.peek() == Some(&'|') => cell.extend(characters.next()),
            '|' => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    // What is behind the last bar is no cell.
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells
}

impl LadderReading {
    /// Gives the expectations that are also in `before`, the ladder that is replaced, the ids they have
    /// there, and the others new ones, so that evidence stays with its text. Returns those that are gone.
    pub fn keep_ids<'a>(&mut self, before: &'a Ladder) -> Vec<&'a Expectation> {
        let mut taken: Vec<String> = before.expectations.iter().map(|it| it.id.clone()).collect();
        let ladder = self.ladder.clone();
        for (one, words) in self.ladder.expectations.iter_mut().zip(words_of(&ladder)) {
            let known = words_of(before).position(|it| it == words);
            one.id = match known {
                Some(at) => taken[at].clone(),
                None => {
                    let id = format!("{}-{}", one.level, one.area);
                    let id = free_id(&id, |id| taken.iter().any(|it| it == id));
                    taken.push(id.clone());
                    id
                }
            };
        }
        let now = &self.ladder.expectations;
        let gone = before.expectations.iter();
        gone.filter(|old| now.iter().all(|it| it.id != old.id))
            .collect()
    }

    fn leave_out(&mut self, line: usize, why: impl Into<String>) {
        self.left_out.push((line, why.into()));
    }

    fn read_markdown(&mut self, text: &str) {
        let mut heading = None;
        let mut table: Vec<TableRow> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.contains('|') {
                if !is_separator(line) {
                    let cells = markdown_cells(line);
                    let row = TableRow {
                        line: number,
                        cells,
                    };
                    table.push(row);
                }
                continue;
            }
            self.read_table(std::mem::take(&mut table), heading);
            if let Some(rest) = line.strip_prefix('#') {
                let words = rest.trim_start_matches('#').trim();
                if rest.starts_with(' ') && self.ladder.name.is_empty() {
                    self.ladder.name = plain(words);
                } else {
                    heading = Some(words);
                }
            } else if !line.is_empty() {
                self.leave_out(number, "not in a table");
            }
        }
        self.read_table(table, heading);
    }

    fn read_cells(&mut self, text: &str) {
        let mut table = table_reader(text, false);
        let mut rows = Vec::new();
        for row in table.records() {
            match row {
                Ok(row) => rows.push(TableRow {
                    line: line_of(row.position()),
                    cells: row.iter().map(str::to_owned).collect(),
                }),
                Err(error) => {
                    self.leave_out(line_of(error.position()), "not a row of the table");
                }
            }
        }
        self.read_table(rows, None);
    }

    /// Reads a table; `heading` is the one above it, and the area of a table that has no other.
    fn read_table(&mut self, rows: Vec<TableRow>, heading: Option<&str>) {
        let mut rows = rows.into_iter();
        let Some(header) = rows.next() else {
            return;
        };
        if header.cells.len() < 2 {
            self.leave_out(header.line, "a table with one column");
            return;
        }
        let names: Vec<String> = header.cells.iter().map(|cell| plain(cell)).collect();
        let layout = layout(&names);
        if let Layout::Areas = layout {
            // The levels in their order, also where the first row has none of one.
            for name in names.iter().skip(1).filter(|name| !name.is_empty()) {
                id_of(&mut self.ladder.levels, name);
            }
        }
        let mut first = String::new();
        for row in rows {
            match layout {
                Layout::List(level, area, text) => {
                    let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
                    let area = area.map_or(heading.unwrap_or(NO_AREA), cell);
                    self.read_cell(row.line, cell(level), area, cell(text));
                }
                Layout::Areas | Layout::Levels => {
                    // A merged cell is empty in all rows but its first.
                    match row.cells.first().map(|cell| plain(cell)) {
                        Some(cell) if !cell.is_empty() => first = cell,
                        _ => {}
                    }
                    self.read_matrix_row(&row, &names, &first, &layout);
                }
            }
        }
    }

    fn read_matrix_row(&mut self, row: &TableRow, names: &[String], first: &str, layout: &Layout) {
        let cells = row.cells.iter().enumerate().skip(1);
        let cells: Vec<(usize, &String)> =
            cells.filter(|(_, cell)| !points(cell).is_empty()).collect();
        if cells.is_empty() {
            self.leave_out(row.line, "nothing is expected in this row");
        }
        for (at, cell) in cells {
            let column = names.get(at).map_or("", String::as_str);
            match layout {
                Layout::Levels => self.read_cell(row.line, first, column, cell),
                Layout::Areas | Layout::List(..) => self.read_cell(row.line, column, first, cell),
            }
        }
    }

    /// Takes the expectations of one cell.
    fn read_cell(&mut self, line: usize, level: &str, area: &str, cell: &str) {
        let (level, area) = (plain(level), plain(area));
        let points = points(cell);
        if points.is_empty() {
            return self.leave_out(line, "no expectation");
        }
        if level.is_empty() {
            return self.leave_out(line, "no level for it");
        }
        if area.is_empty() {
            return self.leave_out(line, "no area for it");
        }
        let level = id_of(&mut self.ladder.levels, &level);
        let area = id_of(&mut self.ladder.areas, &area);
        for text in points {
            let mut present = self.ladder.expectations.iter();
            if present.any(|it| it.level == level && it.area == area && it.text == text) {
                self.leave_out(line, "the same again");
                continue;
            }
            let expectations = &self.ladder.expectations;
            let id = free_id(&format!("{level}-{area}"), |id| {
                expectations.iter().any(|it| it.id == id)
            });
            self.ladder.expectations.push(Expectation {
                id,
                level: level.clone(),
                area: area.clone(),
                text,
                from: Vec::new(),
            });
        }
    }
}

/// The names of the level and the area of each expectation, and its text.
fn words_of(ladder: &Ladder) -> impl Iterator<Item = [&str; 3]> {
    ladder.expectations.iter().map(|it| {
        let [level, area] = [ladder.level(&it.level), ladder.area(&it.area)];
        let [level, area] = [level, area].map(|it| it.map_or("", |it| it.name.as_str()));
        [level, area, &it.text]
    })
}

/// The id of the one with this name, which is added if there is none.
fn id_of(all: &mut Vec<Named>, name: &str) -> String {
    if let Some(one) = all.iter().find(|one| one.name == name) {
        return one.id.clone();
    }
    let id = free_id(&slug(name), |id| all.iter().any(|it| it.id == id));
    all.push(Named {
        id: id.clone(),
        name: name.to_owned(),
    });
    id
}

fn layout(names: &[String]) -> Layout {
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let find = |known: &[&str]| lower.iter().position(|name| known.contains(&name.as_str()));
    match (find(&LEVEL), find(&TEXT)) {
        (Some(level), Some(text)) => Layout::List(level, find(&AREA), text),
        (Some(0), None) => Layout::Levels,
        _ => Layout::Areas,
    }
}

/// The expectations in a cell: its lines or points, each on one line.
fn points(cell: &str) -> Vec<String> {
    let mut cell = cell.to_owned();
    for pause in ["<br>", "<br/>", "<br />"] {
        cell = cell.replace(pause, "\n");
    }
    let mut points: Vec<String> = Vec::new();
    for line in cell.lines() {
        let line = line.trim();
        let marks = ["- ", "* ", "• ", "– ", "· "];
        let point = marks.iter().find_map(|mark| line.strip_prefix(mark));
        let text = plain(point.unwrap_or(line));
        if text.is_empty() || NOTHING.contains(&text.to_lowercase().as_str()) {
            continue;
        }
        match points.last_mut() {
            // A line that was wrapped.
            Some(last) if point.is_none() && text.starts_with(char::is_lowercase) => {
                last.push(' ');
                last.push_str(&text);
            }
            _ => points.push(text),
        }
    }
    points
}

/// A text without the marks of Markdown around it.
fn plain(text: &str) -> String {
    let mut text = one_line(text).replace("**", "").replace("__", "");
    text = text.trim().to_owned();
    for mark in ['*', '_', '`'] {
        let inner = text.strip_prefix(mark).and_then(|it| it.strip_suffix(mark));
        if let Some(inner) = inner {
            text = inner.to_owned();
        }
    }
    text
}

/// The words in lower case, with hyphens: "Senior engineer" is `senior-engineer`.
fn slug(name: &str) -> String {
    const LONGEST: usize = 32;
    let mut slug = String::new();
    let words = name.split(|it: char| !it.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if !slug.is_empty() && slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().flat_map(char::to_lowercase));
    }
    if slug.is_empty() {
        slug.push('x');
    }
    slug
}

/// The id, with a number behind it if it is taken.
fn free_id(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(id) {
        return id.to_owned();
    }
    let mut ids = (2..).map(|number: usize| format!("{id}-{number}"));
    ids.find(|id| !is_taken(id)).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "level/area: text" of each expectation, and what was left out.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let reading = read_ladder(text);
        let said = |it: &Expectation| format!("{}: {}", it.id, it.text);
        let left = |(line, why): &(usize, String)| format!("{line}: {why}");
        (
            reading.ladder.expectations.iter().map(said).collect(),
            reading.left_out.iter().map(left).collect(),
        )
    }

    #[test]
    fn a_markdown_table_of_areas_by_levels_is_read() {
        let text = "# Ladder of *Acme*\n\nFor all of us.\n\n\
            | | Senior | **Staff engineer** |\n|---|:--|--:|\n\
            | Craft | Writes tests | Sets the bar \\| keeps it<br>- Reviews designs |\n\
            | People | – | Coaches two peers | extra |\n| Empty | | |\n";
        let (said, left) = read(text);
        assert_eq!(
            said,
            [
                "senior-craft: Writes tests",
                "staff-engineer-craft: Sets the bar | keeps it",
                "staff-engineer-craft-2: Reviews designs",
                "staff-engineer-people: Coaches two peers",
            ]
        );
        assert_eq!(
            left,
            [
                "3: not in a table",
                "8: no level for it",
                "9: nothing is expected in this row",
            ]
        );
        let ladder = read_ladder(text).ladder;
        assert_eq!(ladder.name, "Ladder of *Acme*");
        let levels: Vec<&str> = ladder.levels.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(levels, ["Senior", "Staff engineer"]);
    }

    #[test]
    fn a_list_with_a_column_for_the_level_is_read() {
        let (said, left) = read(
            "Level,Area,Expectation\nStaff,Craft,\"Sets the bar,\nand keeps it\"\n\
             Staff,Craft,Reviews\n,Craft,Lost\nStaff,Craft,Reviews\n",
        );
        assert_eq!(
            said,
            [
                "staff-craft: Sets the bar, and keeps it",
                "staff-craft-2: Reviews"
            ]
        );
        assert_eq!(left, ["5: no level for it", "6: the same again"]);
    }

    #[test]
    fn a_sheet_with_tabs_and_merged_cells_is_read() {
        let (said, left) = read("Area\tL4\tL5\nCraft\ta\tb\n\tc\t\n");
        assert_eq!(said, ["l4-craft: a", "l5-craft: b", "l4-craft-2: c"]);
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn levels_may_be_the_rows() {
        let (said, _) = read("| Level | Craft | People |\n|--|--|--|\n| L4 | a | b |\n");
        assert_eq!(said, ["l4-craft: a", "l4-people: b"]);
    }

    #[test]
    fn a_heading_is_the_area_of_a_table_without_one() {
        let text = "# Acme\n## Craft\n| Level | Expectation |\n|--|--|\n| L4 | a |\n\
                    ## People\n| Level | Expectation |\n|--|--|\n| L4 | b |\n";
        let (said, left) = read(text);
        assert_eq!(said, ["l4-craft: a", "l4-people: b"]);
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn an_unchanged_text_keeps_its_id_and_a_new_one_has_a_new_id() {
        let mut before = read_ladder("Area,Senior\nPeople,Helps<br>Teaches\n").ladder;
        before.expectations[0].id = "mine".to_owned();
        let mut after = read_ladder("Area,Senior\nPeople,Speaks up<br>Helps<br>Teaches all\n");
        let gone = after.keep_ids(&before);
        let gone: Vec<&str> = gone.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(gone, ["senior-people-2"]);
        let ids: Vec<&str> = after
            .ladder
            .expectations
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(ids, ["senior-people", "mine", "senior-people-3"]);
    }

    #[test]
    fn what_is_no_table_has_no_expectation() {
        for text in ["", "Hello.\nHow are you?\n", "|--|--|\n", "a,b\n"] {
            assert!(read(text).0.is_empty(), "{text}");
        }
    }
}
