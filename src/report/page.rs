//! A page for other readers, before it is written: its blocks, in the order they are read.
//!
//! What a page says is in its builder; how a block looks is in `html.rs` and `markdown.rs`. All text is
//! as stored. Knows no markup.

use chrono::NaiveDate;

use crate::insight::{Progress, PublicPage, PublicValue, ScaleByWeek};

/// A page for other readers.
pub(super) struct Page {
    /// What the document is called.
    pub(super) title: String,
    pub(super) heading: Run,
    /// What is below the heading.
    pub(super) under: Vec<Under>,
    /// Who wrote it, by label.
    pub(super) about: Vec<(String, String)>,
    pub(super) blocks: Vec<Block>,
    /// The day it is as of, at its foot.
    pub(super) as_of: Option<NaiveDate>,
}

/// A line below the heading, in the program's own words.
pub(super) enum Under {
    /// What the page covers.
    Span(String),
    /// The days it covers, as plain text.
    Days(String),
    /// A quieter line below.
    Quiet(String),
    /// A sentence that holds on the day of the page; Markdown, which has no foot, adds that day.
    Summary(String),
}

/// The name of a text or a list in the style sheet, or nothing.
pub(super) type StyleName = &'static str;

/// A part of a page. An id is unique in the page.
pub(super) enum Block {
    /// Its id, its heading, and what is under it.
    Section(String, String, Vec<Block>),
    /// What is on the first sheet of paper.
    First(Vec<Block>),
    /// What follows it.
    Behind(Vec<Block>),
    /// A paragraph in the program's own words.
    Text(StyleName, String),
    /// The user's words about themselves, of any length.
    Summary(String),
    List(StyleName, Vec<PageRow>),
    /// Names of people.
    Names(Vec<String>),
    /// The user's texts, each behind its name.
    Terms(Vec<(Run, String)>),
    /// A table under a heading: names, each with how many titles there are and which.
    Counts(String, Vec<(String, Vec<String>)>),
    /// An item, and the level of its heading; at the first level, that of the page is its heading.
    Item(Box<PublicPage>, usize),
    /// A statement, and what is said about it.
    Statement(String, Vec<Block>),
    /// What the user's words are about, their day, and the words.
    Quote(String, NaiveDate, String),
    Chart(Chart),
    /// Charts side by side; where there are none, a table of the same months, with these columns.
    Months(Vec<Chart>, Vec<&'static str>, Vec<(String, Vec<usize>)>),
}

/// A row of a list.
pub(super) enum PageRow {
    /// What its runs say, and the facts that follow.
    Line(Vec<Run>, Vec<String>),
    /// The same, of the user's own words.
    Paragraph(Vec<Run>, Vec<String>),
    /// How many there are beyond the rows.
    More(String),
    /// A number, and what it counts in the user's words.
    Figure(String, String),
    /// A name of a person.
    Name(String),
    /// A result: its title, its day, and what it changed, in a number and in words.
    Result(String, String, String, String),
    /// An entry: its title, the facts about it, and a text of any length, which may be empty.
    Entry(String, Vec<Fact>, String),
}

/// A fact about an entry.
pub(super) enum Fact {
    Text(String),
    /// A field, by its heading.
    Field(Option<String>, PublicValue),
}

/// A part of a line.
pub(super) enum Run {
    /// The program's own words.
    Own(String),
    /// The same, set back.
    Quiet(String),
    /// The user's words, as they were typed.
    Text(String),
    /// The user's words, as they marked them.
    Marked(String),
    /// What stands out.
    Strong(String),
}

/// A chart under its title.
pub(super) struct Chart {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) shape: Shape,
}

/// What a chart shows.
pub(super) enum Shape {
    /// Bars; only says again what is in words beside it.
    Bars(Vec<Bar>),
    /// A bar for each name.
    BarRows(Vec<BarRow>),
    /// The weeks in words, what is below the squares, each at that number, and a row of squares for each
    /// name.
    Weeks(String, Vec<(usize, String)>, Vec<WeekRow>),
    /// A scale over weeks, and each degree with its weeks in words.
    Scale(ScaleByWeek, Vec<(String, String)>),
}

/// One bar: its label, how many, and how many on top of them.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) full: usize,
    pub(super) hollow: usize,
}

/// A row with a bar, and the count in words.
pub(super) struct BarRow {
    pub(super) name: String,
    pub(super) count: usize,
    pub(super) told: String,
}

/// A row of squares, and the same in words; `None` is a week that is off.
pub(super) struct WeekRow {
    pub(super) name: String,
    pub(super) weeks: Vec<Option<Progress>>,
    pub(super) told: String,
}

impl Block {
    /// A section, unless there is nothing in it.
    pub(super) fn section(
        id: &str,
        heading: &str,
        blocks: impl IntoIterator<Item = Block>,
    ) -> Option<Self> {
        let blocks: Vec<Block> = blocks.into_iter().collect();
        (!blocks.is_empty()).then(|| Self::Section(id.to_owned(), heading.to_owned(), blocks))
    }

    /// A section that is one list, unless it has no rows.
    pub(super) fn list(
        id: &str,
        heading: &str,
        style: StyleName,
        rows: impl Iterator<Item = PageRow>,
    ) -> Option<Self> {
        let rows: Vec<PageRow> = rows.collect();
        Self::section(
            id,
            heading,
            (!rows.is_empty()).then_some(Self::List(style, rows)),
        )
    }
}

impl Run {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Own(text)
            | Self::Quiet(text)
            | Self::Text(text)
            | Self::Marked(text)
            | Self::Strong(text) => text,
        }
    }
}

impl WeekRow {
    /// In how many of its weeks it was done.
    pub(super) fn done(&self) -> usize {
        Progress::count_asked(&self.weeks).0
    }
}
