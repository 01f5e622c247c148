//! `leadby search`: finds entries, best match first.

use super::context::CommandContext;
use super::failures::{not_found, usage};
use super::listing::ListingFormat;
use super::look_back::LookBack;
use crate::journal::Entry;
use crate::journal::search::{Query, SearchIndex};
use crate::report::{self, EntryRow, ListedEntry};

const HELP: &str = "\
Words are searched in everything you wrote, in any case, with or without
accents; missing letters are fine: ownr finds owner. All words must match. The
best match comes first, then the newest.

  \"one owner\"        an exact phrase, signs too: \"C++\", \"10:30\"
  -draft, -area:ops  excludes what it would find
  kind:problem       commitment, answer, a list, or a practice like audit
  area:process       commitments in an area
  person:ana         what names someone
  is:open            or done, overdue
  state:kept         a state or stage: open, missed, let-go, solved, …
  due:this-week      commitments due then: fri, next-week, 4-Dec, 2026-12
  since:3w           and until: a day or more: 1-Oct, 3w, last-month, 2025
  week:48            a week: this, last, a number, or 2026-W48

A value with a space in it needs quotes: person:\"Ana Sørensen\". The same filter
twice finds what either does. Up to 32 different words are searched. Your shell
removes quotes, so put others around them; words that begin with - need --
before them.

Examples:
  leadby search release ownr
  leadby search is:overdue
  leadby search '\"one owner\" kind:commitment since:last-year'
  leadby search 'person:\"Ana Sørensen\" week:this'
  leadby search -- release -draft
  leadby search kind:problem until:2025 --plain | cut -f 1,5

--plain and --json write what they write for leadby list.";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// What to search for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    format: ListingFormat,
    /// At most this many, the best ones
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    days: LookBack,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let catalog = context.catalog.clone();
        let span = self.days.span(context)?;
        let query = Query::parse(&self.words.join(" "), &catalog, context.now);
        // A script must not get more than it asked for.
        if let Some(error) = query.errors().first() {
            return Err(usage(error.clone())
                .hint("`leadby search --help` shows words and filters")
                .into());
        }
        let opened = context.open()?;
        let journal = &opened.journal;
        let mut index = SearchIndex::new(journal, &catalog);
        let mut hits = index.best(&query, journal, &catalog);
        hits.retain(|hit| span.is_none_or(|span| span.contains(index.day(*hit))));
        hits.truncate(self.limit.unwrap_or(usize::MAX));
        let rows = hits.iter().filter_map(|hit| {
            Some(EntryRow {
                entry: ListedEntry::Saved(journal.current(index.id(*hit))?),
                day: index.day(*hit),
            })
        });
        let rows: Vec<EntryRow<'_>> = rows.collect();
        let unmatched = index
            .unmatched(&query, journal, &catalog)
            .into_iter()
            .next();
        if let Some(filter) = unmatched.filter(|_| rows.is_empty()) {
            return Err(not_found(filter).into());
        }
        let nothing = not_found("no matches");
        self.format
            .print(&rows, journal, context, nothing, |context| {
                let (today, columns) = (context.now.today(), context.columns);
                let text = |entry: &Entry, room: usize| {
                    let unsettled = journal.unsettled(&entry.id);
                    let marked = report::excerpt(entry, unsettled, &query, &catalog, room);
                    let pieces = marked.segments().into_iter();
                    let shown = |(piece, looked_for): (&str, bool)| {
                        if looked_for && context.shows_colour {
                            format!("\u{1b}[1;4m{piece}\u{1b}[0m")
                        } else {
                            piece.to_owned()
                        }
                    };
                    pieces.map(shown).collect()
                };
                report::entry_table_with(&rows, journal, &catalog, today, columns, text)
            })
    }
}
