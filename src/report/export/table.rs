//! One table per kind as comma-separated values: RFC 4180, UTF-8.
//!
//! # Cells that a spreadsheet would run
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, which can send its
//! neighbours elsewhere. So a cell gets an apostrophe before it if its first visible character is
//! one of these (or its full-width twin), and also if its first character is an apostrophe. Quotes
//! do not keep a cell together if the spreadsheet expects another separator than the file has: a
//! new cell begins there after a `;`, a `|`, a newline, or a comma or a tab in a file without these
//! between its cells, so the same is done after each of them. To undo it, remove one apostrophe wherever
//! one was added.
//!
//! # Rows
//!
//! Choices appear by their labels, separated by commas; a dated list has a line per day. Days are
//! ISO 8601. Control characters but the tab are shown as signs, as everywhere.

use std::iter::once;

use super::ExportScope;
use crate::journal::{Body, Commitment, Entry, Id, Inclusion, Item, stage_label};
use crate::practice::{ORIGIN_KEY, Register};
use crate::report::describe;
use crate::text::{escape_controls, width};

const COMMITMENTS: &str = "commitments";
const ANSWERS: &str = "answers";
/// The table of the choices for the portfolio.
const CHOICES: &str = "choices";
/// The table of items whose list is unknown.
const OTHER: &str = "other";

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Separator {
    /// A comma, as RFC 4180 has it.
    #[default]
    Comma,
    /// A semicolon, as spreadsheets expect where numbers have a decimal comma.
    Semicolon,
    Tab,
}

impl Separator {
    fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }
}

/// One table of an export.
#[derive(Clone, Copy, Debug)]
pub struct ExportTable<'a>(TableKind<'a>);

#[derive(Clone, Copy, Debug)]
enum TableKind<'a> {
    Commitments,
    Answers,
    Choices,
    Items(&'a Register),
    /// Items of lists that no practice has any more.
    UnknownItems,
}

/// The tables of an export: of the commitments, of the answers, and of each list.
pub fn tables(scope: ExportScope<'_>) -> Vec<ExportTable<'_>> {
    let practices = scope.catalog.practices().iter();
    let registers = practices
        .filter(|practice| scope.include_private || !practice.private)
        .flat_map(|practice| &practice.registers);
    let mut kinds = vec![
        TableKind::Commitments,
        TableKind::Answers,
        TableKind::Choices,
    ];
    kinds.extend(registers.map(TableKind::Items));
    if scope
        .entries()
        .any(|entry| is_in_table(TableKind::UnknownItems, entry, scope))
    {
        kinds.push(TableKind::UnknownItems);
    }
    kinds.into_iter().map(ExportTable).collect()
}

impl<'a> ExportTable<'a> {
    /// Its name, also that of its file: `commitments`, `answers`, the id of a list.
    pub fn name(&self) -> String {
        match self.0 {
            TableKind::Commitments => COMMITMENTS.to_owned(),
            TableKind::Answers => ANSWERS.to_owned(),
            TableKind::Choices => CHOICES.to_owned(),
            TableKind::UnknownItems => OTHER.to_owned(),
            TableKind::Items(register)
                if [COMMITMENTS, ANSWERS, CHOICES, OTHER].contains(&&*register.id) =>
            {
                format!("list-{}", register.id)
            }
            TableKind::Items(register) => register.id.clone(),
        }
    }

    /// How many private entries are left out of it.
    pub fn private_count(self, scope: ExportScope<'_>) -> usize {
        let private = scope.private_entries();
        private
            .filter(|entry| is_in_table(self.0, entry, scope))
            .count()
    }

    /// Its rows, the column names first; each ends in CRLF.
    pub fn csv_rows(
        self,
        scope: ExportScope<'a>,
        separator: Separator,
    ) -> impl Iterator<Item = String> + 'a {
        let kind = self.0;
        let entries = scope
            .entries()
            .filter(move |entry| is_in_table(kind, entry, scope));
        let rows = entries.flat_map(move |entry| rows_of_entry(kind, entry, scope));
        let rows = once(column_names(kind)).chain(rows);
        rows.map(move |cells| csv_row(&cells, separator))
    }
}

fn is_in_table(kind: TableKind<'_>, entry: &Entry, scope: ExportScope<'_>) -> bool {
    match (kind, &entry.body) {
        (TableKind::Commitments, Body::Commitment(_))
        | (TableKind::Answers, Body::Answer(_))
        | (TableKind::Choices, Body::Choice(_)) => true,
        (TableKind::Items(register), Body::Item(item)) => item.register == register.id,
        (TableKind::UnknownItems, Body::Item(item)) => {
            scope.catalog.register(&item.register).is_none()
        }
        _ => false,
    }
}

/// The column names. Those of a list are the ids of its fields and stages, which never
/// change, between columns that every list has.
fn column_names(kind: TableKind<'_>) -> Vec<String> {
    let names: &[&str] = match kind {
        TableKind::Commitments => &[
            "id",
            "better",
            "area",
            "due",
            "first_due",
            "made",
            "state",
            "moves",
            "closed",
            "evidence",
            "origin",
            "written",
        ],
        TableKind::Answers => &[
            "id", "period", "practice", "step", "question", "answer", "written",
        ],
        TableKind::Choices => &[
            "id",
            "entry",
            "portfolio",
            "place",
            "ladder",
            "refused",
            "written",
        ],
        TableKind::UnknownItems => &["id", "register", "name", "value", "written"],
        TableKind::Items(register) => {
            let fields = register.fields.iter().map(|field| &field.id);
            let stages = register.stages.iter().map(|stage| &stage.id);
            let mut names = vec!["id".to_owned(), "stage".to_owned()];
            for name in fields.chain(stages) {
                // A user's own list may name its fields anything.
                let taken = ["id", "stage", "more", "written"].contains(&&**name);
                names.push(if taken {
                    format!("field-{name}")
                } else {
                    name.clone()
                });
            }
            names.extend([ORIGIN_KEY, "more", "written"].map(str::to_owned));
            return names;
        }
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The rows of an entry: one, or one per value for an item whose list is unknown.
fn rows_of_entry(kind: TableKind<'_>, entry: &Entry, scope: ExportScope<'_>) -> Vec<Vec<String>> {
    let written = scope.journal.first_written_day(&entry.id);
    let written = written.map_or_else(String::new, |day| day.to_string());
    let id = entry.id.to_string();
    let cells = match (kind, &entry.body) {
        (TableKind::Items(register), Body::Item(item)) => item_cells(register, item, scope),
        (_, Body::Item(item)) => {
            let values = item.values.iter().map(|(name, value)| {
                let value = describe::value_text(value, None);
                vec![
                    id.clone(),
                    item.register.clone(),
                    name.clone(),
                    value,
                    written.clone(),
                ]
            });
            return values.collect();
        }
        (_, Body::Commitment(commitment)) => commitment_cells(commitment, scope),
        (_, Body::Answer(answer)) => {
            let step = describe::step_of(answer, scope.catalog);
            vec![
                describe::period_id(answer.period).unwrap_or_default(),
                answer.practice.clone(),
                answer.step.clone(),
                step.map(|step| step.prompt.clone()).unwrap_or_default(),
                describe::answer_text(answer, scope.catalog),
            ]
        }
        (_, Body::Choice(choice)) => {
            let portfolio = choice.portfolio.map_or("", Inclusion::id).to_owned();
            let place = choice.place.map_or_else(String::new, |it| it.to_string());
            let (ladder, refused) = (choice.ladder.join(", "), choice.refused.join(", "));
            let entry = choice.entry.to_string();
            vec![entry, portfolio, place, ladder, refused]
        }
        (_, Body::Deleted | Body::Forgotten | Body::Newer) => return Vec::new(),
    };
    vec![[vec![id], cells, vec![written]].concat()]
}

fn commitment_cells(commitment: &Commitment, scope: ExportScope<'_>) -> Vec<String> {
    let moves: Vec<String> = commitment
        .moves
        .iter()
        .map(|moved| {
            let why = if moved.why.is_empty() { "" } else { ", " };
            let days = format!("{}: {} → {}", moved.on, moved.from, moved.to);
            format!("{days}{why}{}", moved.why)
        })
        .collect();
    let closing = commitment.closing.as_ref();
    let origin = commitment.origin.as_ref();
    let origin = origin.filter(|origin| scope.names_origin(origin));
    vec![
        commitment.better.clone(),
        commitment.area.clone(),
        commitment.due.to_string(),
        commitment.first_due().to_string(),
        commitment.made.to_string(),
        describe::commitment_state_id(commitment).to_owned(),
        moves.join("\n"),
        closing.map_or_else(String::new, |closing| closing.on.to_string()),
        closing.map_or_else(String::new, |closing| closing.evidence.clone()),
        origin.map_or_else(String::new, Id::to_string),
    ]
}

fn item_cells(register: &Register, item: &Item, scope: ExportScope<'_>) -> Vec<String> {
    let mut cells = vec![stage_label(register, item).to_owned()];
    for field in &register.fields {
        let value = item
            .values
            .get(&field.id)
            .map(|value| describe::field_text(value, &field.kind));
        cells.push(value.unwrap_or_default());
    }
    let stages = register.stages.iter();
    cells.extend(stages.map(|stage| item.text(&stage.id).to_owned()));
    let origin = Id::new(item.text(ORIGIN_KEY));
    let named = scope.names_origin(&origin).then_some(origin.as_str());
    cells.push(named.unwrap_or_default().to_owned());
    let known = |name: &str| {
        name == ORIGIN_KEY || register.field(name).is_some() || register.stage(name).is_some()
    };
    let more: Vec<String> = item
        .values
        .iter()
        .filter(|(name, _)| !known(name))
        .map(|(name, value)| format!("{name}: {}", describe::value_text(value, None)))
        .collect();
    cells.push(more.join("\n"));
    cells
}

/// Cells as a line.
fn csv_row(cells: &[impl AsRef<str>], separator: Separator) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|text| csv_cell(text.as_ref(), separator))
        .collect();
    cells.join(separator.character().encode_utf8(&mut [0; 4])) + "\r\n"
}

/// A text as a cell that no spreadsheet runs, quoted if necessary.
fn csv_cell(text: &str, separator: Separator) -> String {
    let shown = shown(text);
    let parts = |it: char| match it {
        ',' | '\t' => separator.character() != it,
        _ => matches!(it, ';' | '|' | '\n'),
    };
    let mut text = String::with_capacity(shown.len());
    for part in shown.split_inclusive(parts) {
        if looks_like_formula(part) || part.starts_with('\'') {
            text.push('\'');
        }
        text.push_str(part);
    }
    // Some readers trim white space unless it is quoted.
    if text.contains([separator.character(), '"', '\n']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A text with signs for its control characters, but for newlines and tabs.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let parts: Vec<String> = text.split('\t').map(escape_controls).collect();
    parts.join("\t")
}

/// Whether a spreadsheet runs a text as a formula; it may drop quotes at its beginning.
fn looks_like_formula(text: &str) -> bool {
    let is_seen = |it: &char| {
        let columns = width(it.encode_utf8(&mut [0; 4]));
        columns > 0 && !it.is_whitespace() && *it != '"'
    };
    let first = text.chars().find(is_seen);
    first.is_some_and(|it| {
        let signs = [
            '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫',
        ];
        signs.contains(&it)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::samples;
    use super::*;
    use crate::journal::Journal;

    fn scope<'a>(journal: &'a Journal, catalog: &'a crate::practice::Catalog) -> ExportScope<'a> {
        ExportScope {
            journal,
            catalog,
            span: None,
            include_private: true,
        }
    }

    #[test]
    fn every_kind_has_its_table() {
        let (mut journal, catalog) = (samples::journal(), samples::catalog());
        let unknown = Item::of_texts("rumours", [("title", "=1+1")]);
        journal.insert(samples::entry("rumour", Body::Item(unknown)));
        let scope = scope(&journal, &catalog);
        let all: Vec<String> = tables(scope)
            .into_iter()
            .map(|table| {
                let rows: String = table.csv_rows(scope, Separator::Comma).collect();
                format!("{}\n{rows}", table.name())
            })
            .collect();
        insta::assert_snapshot!(all.join("\n").replace("\r\n", "\n"), @r#"
        commitments
        id,better,area,due,first_due,made,state,moves,closed,evidence,origin,written
        0193c000-0000-7000-8000-00000000aaaa,One owner for every release step,process,2026-11-27,2026-11-27,2026-11-02,open,,,,,2026-11-24
        0193c000-0000-7000-8000-00000000bbbb,Stand-up starts on time,process,2026-10-30,2026-10-30,2026-11-02,kept,,2026-10-30,five days of five,,2026-11-24
        0193c000-0000-7000-8000-00000001aaaa,Inbox rules,process,2026-11-20,2026-11-06,2026-11-02,open,"2026-11-06: 2026-11-06 → 2026-11-13, waiting for Ana
        2026-11-13: 2026-11-13 → 2026-11-20",,,,2026-11-24

        answers
        id,period,practice,step,question,answer,written
        answer/2026-W48/audit/scale,2026-W48,audit,scale,How was it?,Good work,2026-11-24

        choices
        id,entry,portfolio,place,ladder,refused,written

        problems
        id,stage,title,where,notes,spotted,solved,from,more,written
        0193c000-0000-7000-8000-00000000cccc,solved,"Nobody owned
        the runbook	日本","Right here, in \ Łódź",2026-11-03  found ␛[2J,2026-11-03,2026-11-19,,,2026-11-24

        skills
        id,stage,title,learning,from,more,written

        other
        id,register,name,value,written
        rumour,rumours,title,'=1+1,2026-11-24
        "#);
    }

    #[test]
    fn no_two_columns_of_a_table_have_the_same_name() {
        let (journal, catalog) = (Journal::default(), crate::practice::builtin());
        for table in tables(scope(&journal, &catalog)) {
            let names = column_names(table.0);
            let different: std::collections::BTreeSet<&String> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{}: {names:?}", table.name());
        }
    }

    #[track_caller]
    fn check(text: &str, with_commas: &str, with_semicolons: &str) {
        assert_eq!(csv_cell(text, Separator::Comma), with_commas);
        assert_eq!(csv_cell(text, Separator::Semicolon), with_semicolons);
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_disarmed() {
        for (text, disarmed) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5", "'-5"),
            ("\t=1", "\"\t'=1\""),
            ("\r=1", "␍=1"),
            ("\n+1", "\"\n'+1\""),
            ("＝1", "'＝1"),
            ("\u{301}=1", "'\u{301}=1"),
            ("\u{ad}=1", "⟨SHY⟩=1"),
            ("\u{2800}=1", "⟨U+2800⟩=1"),
            ("'quoted'", "''quoted'"),
            ("x;\"=1", "\"x;'\"\"=1\""),
            ("", ""),
        ] {
            check(text, disarmed, disarmed);
        }
        check("a=b, \"c\"", "\"a=b, \"\"c\"\"\"", "\"a=b, \"\"c\"\"\"");
    }

    #[test]
    fn no_cell_begins_with_a_formula_where_another_separator_is_expected() {
        check("x;=1+1", "x;'=1+1", "\"x;'=1+1\"");
        check("a; b|-1", "a; b|'-1", "\"a; b|'-1\"");
        check("a,=1", "\"a,=1\"", "a,'=1");
        check("one\n=1;two", "\"one\n'=1;two\"", "\"one\n'=1;two\"");
        assert_eq!(csv_cell("a,=1;+2", Separator::Tab), "a,'=1;'+2");
    }

    proptest! {
        #[test]
        fn a_table_is_read_back_as_it_was(
            rows in prop::collection::vec(prop::collection::vec("[ -~]{0,8}|.{0,20}|[=+@'\"\\n\\r\\t ,;|-]{0,9}", 3), 1..6),
            separator in prop::sample::select(vec![Separator::Comma, Separator::Semicolon, Separator::Tab]),
        ) {
            let head = csv_row(&["a", "b", "c"], separator);
            let text: String = std::iter::once(head)
                .chain(rows.iter().map(|cells| csv_row(cells, separator)))
                .collect();
            // Whatever the separator, nothing is a formula.
            for cut in [',', ';', '\t', '|'] {
                let is_right = cut == separator.character();
                let mut reader = csv::ReaderBuilder::new()
                    .delimiter(u8::try_from(cut).expect("ASCII"))
                    .flexible(!is_right)
                    .from_reader(text.as_bytes());
                for record in reader.records() {
                    for cell in &record.expect("a row") {
                        let first = cell.trim_start().chars().next();
                        prop_assert!(!first.is_some_and(|it| "=+-@".contains(it)), "{cell}");
                    }
                }
            }
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(u8::try_from(separator.character()).expect("ASCII"))
                .from_reader(text.as_bytes());
            let is_other = |it: char| matches!(it, ',' | '\t') && it != separator.character();
            let parts = |it: char| matches!(it, ';' | '|' | '\n') || is_other(it);
            let undone = |cell: &str| -> String {
                let parts = cell.split_inclusive(parts);
                parts.map(|part| part.strip_prefix('\'').unwrap_or(part)).collect()
            };
            let read: Vec<Vec<String>> = reader
                .records()
                .map(|record| record.expect("a row").iter().map(undone).collect())
                .collect();
            let shown: Vec<Vec<String>> = rows
                .iter()
                .map(|cells| cells.iter().map(|text| shown(text)).collect())
                .collect();
            prop_assert_eq!(read, shown);
        }
    }
}
