//! Tables with a header, separated by commas, semicolons or tabs.

use super::ending::{Ending, plain_word};
use super::{
    CommitmentOutcome, Now, Reading, Task, Written, full_date, joined, own_tables, time_of_day,
};
use crate::calendar::parse_iso_date;
use crate::practice::Catalog;

/// The columns that say what is known of each entry, by the names that tables give them.
const TEXT: [&str; 9] = [
    "text",
    "title",
    "note",
    "task",
    "description",
    "content",
    "body",
    "entry",
    "name",
];
const WRITTEN: [&str; 7] = [
    "date",
    "day",
    "created",
    "written",
    "when",
    "time",
    "timestamp",
];
const DUE: [&str; 3] = ["due", "deadline", "due date"];
const DONE: [&str; 4] = ["done", "completed", "closed", "end"];
const STATUS: [&str; 2] = ["status", "state"];
/// What says in a column of days that it is done, without one.
const FLAGS: [&str; 4] = ["yes", "true", "x", "1"];
/// The statuses that go before a day on which the row was closed; any other may say that it was.
const UNFINISHED: [&str; 17] = [
    "active",
    "backlog",
    "blocked",
    "doing",
    "in progress",
    "in review",
    "new",
    "next",
    "not started",
    "on hold",
    "open",
    "pending",
    "planned",
    "reopened",
    "to do",
    "todo",
    "waiting",
];
const AREA: [&str; 4] = ["area", "project", "list", "category"];

/// Whether a line is a header with a column for texts.
pub(super) fn is_marked(line: &str) -> bool {
    let separator = separator_of(line);
    let names: Vec<String> = line.split(separator).map(column_name).collect();
    names.len() > 1 && names.iter().any(|name| TEXT.contains(&name.as_str()))
}

/// The separator that a header has most of.
fn separator_of(header: &str) -> char {
    let count = |it: &char| header.matches(*it).count();
    [',', ';', '\t']
        .into_iter()
        .rev()
        .max_by_key(count)
        .unwrap_or(',')
}

/// The line of a row, or of what is wrong with it.
pub(super) fn line_of(position: Option<&csv::Position>) -> usize {
    position
        .and_then(|it| usize::try_from(it.line()).ok())
        .unwrap_or(1)
}

fn column_name(name: &str) -> String {
    name.trim_matches(['"', ' ', '\r']).to_lowercase()
}

/// The rows of a table, by the separator of its first line.
pub(super) fn table_reader(text: &str, has_headers: bool) -> csv::Reader<&[u8]> {
    let header = text.lines().next().unwrap_or_default();
    let separator = u8::try_from(separator_of(header)).unwrap_or(b',');
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(has_headers)
        .from_reader(text.as_bytes())
}

pub(super) fn read(text: &str, catalog: &Catalog, now: Now, reading: &mut Reading) {
    let mut table = table_reader(text, true);
    let columns: Vec<String> = match table.headers() {
        Ok(names) => names.iter().map(column_name).collect(),
        Err(error) => return reading.leave_out(1, error.to_string()),
    };
    let separator = separator_of(text.lines().next().unwrap_or_default());
    let own = own_tables::ExportedTable::of(&columns, catalog);
    let mut lines_in_last = None;
    for row in table.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                reading.leave_out(line_of(error.position()), "not a row of the table");
                continue;
            }
        };
        let line = line_of(row.position());
        let has_lines = row.iter().any(|cell| cell.contains('\n'));
        lines_in_last = has_lines.then_some(line);
        let cells: Vec<(&str, &str)> = columns.iter().map(String::as_str).zip(row.iter()).collect();
        match &own {
            Some(table) => table.read_row((&cells, separator), line, catalog, now, reading),
            None => read_row(&cells, line, now, reading),
        }
    }
    let is_unclosed = text.matches('"').count() % 2 == 1;
    if let Some(line) = lines_in_last.filter(|_| is_unclosed) {
        let what = "a quotation mark is not closed, so the rest of the file is in this row";
        reading.not_understood.push((line, what.to_owned()));
    }
}

fn read_row(cells: &[(&str, &str)], line: usize, now: Now, reading: &mut Reading) {
    let (mut task, mut written) = (Task::default(), None);
    let (mut more, mut unclear) = (Vec::new(), Vec::new());
    let ending = |column: &str, cell: &str| {
        let is_flag = DONE.contains(&column) && FLAGS.contains(&cell.to_lowercase().as_str());
        let kept = Ending::As(CommitmentOutcome::Kept);
        is_flag.then_some(kept).or_else(|| Ending::of(cell))
    };
    let is_open = cells.iter().any(|(column, cell)| {
        STATUS.contains(column) && UNFINISHED.contains(&plain_word(cell).as_str())
    });
    for (column, cell) in cells {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let is_done = DONE.contains(column);
        if TEXT.contains(column) {
            task.text = joined(&task.text, cell);
            continue;
        } else if AREA.contains(column) && task.area.is_empty() {
            cell.clone_into(&mut task.area);
            continue;
        } else if (is_done || STATUS.contains(column))
            && let Some(ending) = ending(column, cell)
        {
            match ending {
                // "closed: yes" does not undo "status: missed".
                Ending::As(CommitmentOutcome::Kept) if task.outcome.is_some() => {}
                Ending::As(outcome) => task.outcome = Some(outcome),
                Ending::Dropped => return reading.leave_out_dropped(line),
            }
            continue;
        } else if is_done || WRITTEN.contains(column) || DUE.contains(column) {
            match moment(cell, now) {
                None => unclear.push((column, cell)),
                Some(_) if is_done && is_open => {}
                Some(at) => {
                    if is_done {
                        task.done = Some(at.day());
                    } else if DUE.contains(column) {
                        task.due = Some(at.day());
                    } else {
                        written = Some(at);
                    }
                    continue;
                }
            }
        }
        more.push(format!("{column}: {cell}"));
    }
    if task.text.is_empty() {
        reading.leave_out(line, "no text");
        return;
    }
    for (column, cell) in unclear {
        task.not_understood(line, column, cell);
    }
    task.text = joined(&task.text, &more.join("\n"));
    reading.task(line, task, written, now.today());
}

/// A day, with its time if there is one.
fn moment(text: &str, now: Now) -> Option<Written> {
    if let Some(at) = Written::instant(text, now) {
        return Some(at);
    }
    let (first, rest) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    if let Some(day) = parse_iso_date(first) {
        let is_time = rest.is_empty() || rest.starts_with(|it: char| it.is_ascii_digit());
        return Written::local(day, time_of_day(rest).filter(|_| is_time), now).filter(|_| is_time);
    }
    let mut splits = text.match_indices(' ');
    let timed = splits.find_map(|(at, _)| Some((&text[..at], time_of_day(text[at..].trim())?)));
    let (day, time) = timed.map_or((text, None), |(day, time)| (day, Some(time)));
    Written::local(full_date(day, now)?, time, now)
}
