//! Finds the entry an id on the command line means; its first or last part is enough.

use super::context::CommandContext;
use super::failures::{not_found, usage};
use crate::failure::Failure;
use crate::insight;
use crate::journal::{Entry, Journal, folded_name};
use crate::practice::Catalog;
use crate::report::{self, find_practice, find_register};
use crate::text::{self, quoted, shell_quote};

/// The entry that `text` names among all, presets included.
pub(super) fn entry_by_id(
    text: &str,
    journal: &Journal,
    context: &CommandContext<'_>,
) -> Result<Entry, Failure> {
    let catalog = &context.catalog;
    let presets = catalog
        .registers()
        .flat_map(|register| report::preset_entries(register, journal, context.now));
    let entries: Vec<Entry> = journal.entries().cloned().chain(presets).collect();
    entry_among(text, &entries, journal, catalog).map_err(|failure| {
        match any_entry_by_id(text, journal, catalog) {
            Ok(entry) if journal.current(&entry.id).is_none() => {
                let id = shell_quote(report::short_id(&entry.id, journal));
                let call = &context.invocation;
                not_found(format!("“{}” was deleted", quoted(text.trim())))
                    .hint(format!("`{call} history {id}` shows what it said"))
            }
            _ => failure,
        }
    })
}

/// The name of the person that `name` means: theirs in any spelling, or one word of it that only
/// they have.
pub(super) fn person(name: &str, journal: &Journal, catalog: &Catalog) -> Result<String, Failure> {
    if let Some(person) = insight::person(journal, name, catalog) {
        return Ok(person.name);
    }
    let wanted = folded_name(name);
    let mut fitting: Vec<String> = insight::people(journal, catalog)
        .into_iter()
        .map(|person| person.name)
        .filter(|name| {
            name.split_whitespace()
                .any(|word| folded_name(word) == wanted)
        })
        .collect();
    let shown = quoted(name);
    if fitting.len() > 1 {
        let people = text::one_line(&fitting.join(" or "));
        return Err(usage(format!("“{shown}” can be {people}")));
    }
    fitting.pop().ok_or_else(|| unknown_person(name))
}

/// The error about a name that no one has.
pub(super) fn unknown_person(name: &str) -> Failure {
    let message = format!("no one called “{}” in the journal", quoted(name));
    not_found(message).hint("`leadby list people` lists everyone named")
}

/// The entry that `text` names among all that were ever written, deleted ones included, in its last
/// version with content.
pub(super) fn any_entry_by_id(
    text: &str,
    journal: &Journal,
    catalog: &Catalog,
) -> Result<Entry, Failure> {
    let entries: Vec<Entry> = journal
        .latest_versions()
        .map(|entry| report::last_with_content(journal.versions(&entry.id)).unwrap_or(entry))
        .cloned()
        .collect();
    entry_among(text, &entries, journal, catalog)
}

/// The entry of `entries` that `text` names.
pub(super) fn entry_among(
    text: &str,
    entries: &[Entry],
    journal: &Journal,
    catalog: &Catalog,
) -> Result<Entry, Failure> {
    let shown = quoted(text.trim());
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(usage("the id is empty").hint(ID_HINT));
    }
    let mut fitting = entries_matching(&text, entries);
    if fitting.is_empty() && text.contains('/') {
        fitting = entries_matching(&with_ids(&text, catalog), entries);
    }
    if fitting.len() > 1 {
        // Ids made at about the same time begin alike.
        let begins = |entry: &Entry| entry.id.as_str().to_lowercase().starts_with(&text);
        let ends = |entry: &Entry| entry.id.as_str().to_lowercase().ends_with(&text);
        let way = if fitting.iter().all(begins) {
            "the end of an id tells them apart"
        } else if fitting.iter().all(ends) {
            "add what is before it"
        } else {
            "add a character"
        };
        let number = fitting.len();
        let failure = usage(format!("“{shown}” matches {number} entries; {way}"));
        return Err(hint_entries(failure, &fitting, journal, catalog));
    }
    fitting.pop().ok_or_else(|| {
        let failure = not_found(format!("no entry with id “{shown}”"));
        let says_it = |entry: &&Entry| {
            let words = report::entry_text(entry, catalog).to_lowercase();
            words.contains(&text)
        };
        let said: Vec<Entry> = entries.iter().filter(says_it).cloned().collect();
        if said.is_empty() || text.chars().count() < 3 {
            return failure.hint(ID_HINT);
        }
        hint_entries(failure, &said, journal, catalog)
    })
}

/// The entry with this id, or else those whose id begins or ends with it.
fn entries_matching(text: &str, entries: &[Entry]) -> Vec<Entry> {
    let mut found = Vec::new();
    for entry in entries {
        let id = entry.id.as_str().to_lowercase();
        if id == text {
            return vec![entry.clone()];
        }
        if id.starts_with(text) || id.ends_with(text) {
            found.push(entry.clone());
        }
    }
    found
}

/// Replaces names of practices and lists by their ids: `profile/role` is `ground/role`.
fn with_ids(text: &str, catalog: &Catalog) -> String {
    let parts: Vec<&str> = text
        .split('/')
        .map(|part| {
            find_practice(part, catalog)
                .map(|practice| practice.id.as_str())
                .or_else(|| find_register(part, catalog).map(|register| register.id.as_str()))
                .unwrap_or(part)
        })
        .collect();
    parts.join("/")
}

/// `failure` with the entries to choose from, a few of them.
pub(super) fn hint_entries(
    mut failure: Failure,
    entries: &[Entry],
    journal: &Journal,
    catalog: &Catalog,
) -> Failure {
    const SHOWN: usize = 8;
    for entry in entries.iter().take(SHOWN) {
        let id = report::short_id(&entry.id, journal);
        let words = report::entry_text(entry, catalog);
        failure = failure.hint(format!("{id}  {}", quoted(&words)));
    }
    if entries.len() > SHOWN {
        failure = failure.hint(format!("and {} more", entries.len() - SHOWN));
    }
    failure
}

const ID_HINT: &str = "`leadby list` shows ids; the first or last part is enough";
