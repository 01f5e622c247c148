//! The rule of talks: a page that was written for one is remembered with its day.

use super::Basis;
use crate::journal::{Body, Change, Item, Value};
use crate::practice::TITLE;

/// The change that remembers today as the day of a page for a talk, under `title`; `None` if no list
/// keeps talks, or one on this day is in it already.
#[must_use]
pub fn remembered_talk(title: &str, basis: Basis<'_>) -> Option<Change> {
    let (register, field) = basis.catalog.talks()?;
    let items = basis.journal.items(&register.id);
    if items
        .iter()
        .any(|(_, item)| item.day(field) == Some(basis.today))
    {
        return None;
    }
    let mut item = Item::new(&register.id);
    item.set(TITLE, Value::from(title));
    item.set(field, Value::Text(basis.today.to_string()));
    Some(Change::new(Body::Item(item)))
}
