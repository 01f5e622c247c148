//! Which entry an id on the command line means; its beginning or its end is enough.

use crate::calendar::Now;
use crate::failure::{Failure, Kind};
use crate::journal::{Entry, Journal};
use crate::practice::Catalog;
use crate::report;
use crate::words::quoted;

/// The entry that `text` names among all, those that a register starts with included.
pub(super) fn entry(
    text: &str,
    journal: &Journal,
    catalog: &Catalog,
    now: Now,
) -> Result<Entry, Failure> {
    let presets = catalog
        .registers()
        .flat_map(|register| report::preset_entries(register, journal, now));
    let entries: Vec<Entry> = journal.entries().cloned().chain(presets).collect();
    among(text, entries, journal, catalog)
}

/// The entry that `text` names among all that were ever written, deleted ones included; as the last
/// version that says anything.
pub(super) fn ever(text: &str, journal: &Journal, catalog: &Catalog) -> Result<Entry, Failure> {
    let said = journal
        .newest()
        .map(|entry| report::last_said(journal.versions(&entry.id)).unwrap_or(entry));
    among(text, said.cloned().collect(), journal, catalog)
}

/// The entry of `entries` that `text` names.
pub(super) fn among(
    text: &str,
    entries: Vec<Entry>,
    journal: &Journal,
    catalog: &Catalog,
) -> Result<Entry, Failure> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(Failure::new(Kind::Usage, "the id is empty").hint(HINT));
    }
    let mut fitting = Vec::new();
    for entry in entries {
        let id = entry.id.as_str().to_lowercase();
        if id == text {
            return Ok(entry);
        }
        if id.starts_with(&text) || id.ends_with(&text) {
            fitting.push(entry);
        }
    }
    let shown = quoted(&text);
    if fitting.len() > 1 {
        let message = format!(
            "“{shown}” fits {} entries; one more character may do",
            fitting.len()
        );
        let failure = Failure::new(Kind::Usage, message);
        return Err(choices(failure, &fitting, journal, catalog));
    }
    fitting.pop().ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("nothing has the id “{shown}”")).hint(HINT)
    })
}

/// `failure` with the entries to choose from, a few of them.
pub(super) fn choices(
    mut failure: Failure,
    entries: &[Entry],
    journal: &Journal,
    catalog: &Catalog,
) -> Failure {
    const SHOWN: usize = 8;
    for entry in entries.iter().take(SHOWN) {
        let id = report::short_id(&entry.id, journal);
        let words = report::words(entry, catalog);
        failure = failure.hint(format!("{id}  {}", quoted(&words)));
    }
    if entries.len() > SHOWN {
        failure = failure.hint(format!("and {} more", entries.len() - SHOWN));
    }
    failure
}

const HINT: &str = "`leadby list` shows the ids; the beginning or the end of one is enough";
