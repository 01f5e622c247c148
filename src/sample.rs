//! A stand-in for the sample year until it is merged.

use crate::calendar::Now;
use crate::journal::{Body, Commitment, Entry, Id};
use crate::practice::Catalog;

/// The entries of the sample journal.
#[must_use]
pub fn entries(catalog: &Catalog, now: Now) -> Vec<Entry> {
    let _ = catalog;
    let commitment = Commitment {
        better: "One owner for every release step".to_owned(),
        area: "process".to_owned(),
        due: now.week().friday(),
        made: now.today(),
        moves: Vec::new(),
        closing: None,
        origin: None,
    };
    vec![Entry {
        id: Id::new("0193c000-0000-7000-8000-0000000000aa"),
        rev: 1,
        at: now.stamp(),
        body: Body::Commitment(commitment),
    }]
}
