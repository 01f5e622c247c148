//! `leadby search`: finds entries, best match first.

use std::process::ExitCode;

use super::context::CommandContext;
use super::list::{fail_if_empty, print_json};
use crate::failure::{Failure, FailureKind};
use crate::journal::search::{Query, SearchIndex};
use crate::report::{self, EntryRow, ListedEntry};

const HELP: &str = "\
Words are searched in everything you wrote, in any case, with or without accents; missing letters
are fine: ownr finds owner. All words must match. The best match comes first, then the newest.

  \"one owner\"        an exact phrase, signs too: \"C++\", \"10:30\"
  -draft, -area:ops  excludes what it would find
  kind:problem       a kind: commitment, answer, a list, or a practice like audit
  area:process       commitments in an area
  person:ana         what names someone
  since:3w           and until: a day or more, like 1-Oct, 3w, last-month, 2026-11 or 2025
  week:48            a week: this, last, a number, or 2026-W48

A value with a space in it needs quotes: person:\"Ana Sørensen\". The same filter twice finds what
either does. Up to 32 different words are searched. Your shell removes quotes, so put others around
them; words that begin with - need -- before them.

Examples:
  leadby search release ownr
  leadby search '\"one owner\" kind:commitment since:last-year'
  leadby search 'person:\"Ana Sørensen\" week:this'
  leadby search -- release -draft
  leadby search kind:problem until:2025 --plain | cut -f 1,5

--plain and --json write what they write for leadby list.";

/// Search: words, "exact phrases", filters like kind:problem or since:3w
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// What to search for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// One entry per line, with tabs between columns
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// A JSON list of objects
    #[arg(long)]
    json: bool,
    /// At most this many, the best ones
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let catalog = &context.catalog;
        let query = Query::parse(&self.words.join(" "), catalog, context.now);
        // A script must not get more than it asked for.
        if let Some(error) = query.errors().first() {
            return Err(Failure::new(FailureKind::Usage, error.clone())
                .hint("`leadby search --help` shows words and filters")
                .into());
        }
        let opened = context.open()?;
        let journal = &opened.journal;
        let mut index = SearchIndex::new(journal, catalog);
        let mut hits = index.best(&query, journal, catalog);
        hits.truncate(self.limit.unwrap_or(usize::MAX));
        let rows = hits.iter().filter_map(|hit| {
            Some(EntryRow {
                entry: ListedEntry::Saved(journal.current(index.id(*hit))?),
                day: index.day(*hit),
            })
        });
        let rows: Vec<EntryRow<'_>> = rows.collect();
        if self.json {
            let entries = rows
                .iter()
                .map(|row| report::entry_json(&row.entry, journal, catalog));
            print_json(entries, context.output)?;
        } else if self.plain {
            for row in &rows {
                context
                    .output
                    .write_line(&report::plain_row(row, journal, catalog))?;
            }
        } else {
            let text = |entry: &crate::journal::Entry, room: usize| {
                let marked =
                    report::excerpt(entry, journal.unsettled(&entry.id), &query, catalog, room);
                if !context.shows_colour {
                    return marked.as_str().to_owned();
                }
                let pieces = marked.segments().into_iter();
                pieces
                    .map(|(piece, looked_for)| {
                        if looked_for {
                            format!("\u{1b}[1;4m{piece}\u{1b}[0m")
                        } else {
                            piece.to_owned()
                        }
                    })
                    .collect()
            };
            let (today, columns) = (context.now.today(), context.columns);
            for line in report::entry_table_with(&rows, journal, catalog, today, columns, text) {
                context.output.write_line(&line)?;
            }
        }
        let unmatched = index.unmatched(&query).into_iter().next();
        if let Some(filter) = unmatched.filter(|_| rows.is_empty()) {
            return Err(Failure::new(FailureKind::NotFound, filter).into());
        }
        fail_if_empty(rows.is_empty(), journal.is_empty())
    }
}
