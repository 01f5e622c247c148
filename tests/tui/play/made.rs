//! Entries to put in a journal before a test starts.

use leadby::journal::{Body, Change, Commitment, Entry, Id, Item, Value};

use super::moment;

/// A new item of a register, as another program would write it.
pub(crate) fn item(register: &str, title: &str) -> Change {
    let mut item = Item::new(register);
    item.set("title", Value::Text(title.to_owned()));
    Change::new(Body::Item(item))
}

/// A new commitment in the area `process`.
pub(crate) fn commitment(better: &str, made: &str, due: &str) -> Entry {
    let day = |text: &str| text.parse().expect("a day");
    Entry {
        lineage: Default::default(),
        id: Id::new(format!("0192-{better}")),
        rev: 1,
        at: moment(&format!("{made}T09:00:00+01:00")).timestamp(),
        body: Body::Commitment(Commitment {
            better: better.to_owned(),
            area: "process".to_owned(),
            due: day(due),
            made: day(made),
            moves: Vec::new(),
            closing: None,
            origin: None,
        }),
    }
}
