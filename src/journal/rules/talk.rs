//! The rule of talks: a page that was written for one is remembered with its day.

use super::Basis;
use crate::journal::{Body, Change, Item};
use crate::practice::TITLE;

/// The change that remembers today as the day of a page for a talk, under `title`; `None` if no list
/// keeps talks, or one on this day is in it already.
pub fn remembered_talk(title: &str, basis: Basis<'_>) -> Option<Change> {
    let (register, field) = basis.catalog.talks()?;
    let items = basis.journal.items(&register.id);
    if items
        .iter()
        .any(|(_, item)| item.day(field) == Some(basis.today))
    {
        return None;
    }
    let day = basis.today.to_string();
    let item = Item::of_texts(&register.id, [(TITLE, title), (field, &day)]);
    Some(Change::new(Body::Item(item)))
}
