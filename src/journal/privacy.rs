//! Whether an entry is for the user's eyes only: one rule, for everything that others may see.

use std::collections::BTreeSet;

use super::{Body, Entry, Id, Journal};
use crate::practice::{Catalog, FROM, Practice, Register};

/// Whether others may see an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Privacy {
    /// They may.
    Open,
    /// It belongs to a private practice, or came from something that does.
    Private,
    /// It may be private: its practice, or what it came from, is not here to say so.
    Unknown,
}

impl Journal {
    /// Whether others may see an entry: not if it belongs to a private practice, or came from
    /// something that does, at any distance.
    #[must_use]
    pub fn privacy(&self, entry: &Entry, catalog: &Catalog) -> Privacy {
        let mut privacy = Privacy::Open;
        self.trace(entry, |step| {
            let practice = match step {
                Step::Entry(entry) => match &entry.body {
                    Body::Answer(answer) => catalog.practice(&answer.practice),
                    Body::Item(item) => keeper(catalog, |register| register.id == item.register),
                    Body::Commitment(_) | Body::Choice(_) => return true,
                    Body::Deleted | Body::Forgotten | Body::Newer => None,
                },
                // The journal does not have what a list starts with, until it is changed.
                Step::Missing(id) => keeper(catalog, |register| {
                    let mut presets = register.presets.iter();
                    presets.any(|preset| Id::preset(&register.id, &preset.id) == *id)
                }),
            };
            match practice {
                Some(practice) if practice.private => privacy = Privacy::Private,
                Some(_) => {}
                None => privacy = Privacy::Unknown,
            }
            privacy != Privacy::Private
        });
        privacy
    }

    /// Whether an entry is private, or may be.
    #[must_use]
    pub fn is_private(&self, entry: &Entry, catalog: &Catalog) -> bool {
        self.privacy(entry, catalog) != Privacy::Open
    }

    /// What an entry came from, at any distance, that has no version here: it has to be read before
    /// [`Journal::privacy`] can tell.
    #[must_use]
    pub fn missing_origin(&self, entry: &Entry) -> Option<Id> {
        let mut missing = None;
        self.trace(entry, |step| {
            if let Step::Missing(id) = step {
                missing = Some(id.clone());
            }
            true
        });
        missing
    }

    /// Shows an entry, what it came from, what that came from, and so on, each once, as long as
    /// `go_on` says so. What was deleted since still came from where it came from.
    fn trace(&self, entry: &Entry, mut go_on: impl FnMut(Step<'_>) -> bool) {
        let mut seen = BTreeSet::from([entry.id.clone()]);
        let mut at = entry;
        while go_on(Step::Entry(at)) {
            let Some(origin) = origin(at).filter(|id| seen.insert(id.clone())) else {
                return;
            };
            let Some(next) = self.current(&origin).or_else(|| self.last_said(&origin)) else {
                go_on(Step::Missing(&origin));
                return;
            };
            at = next;
        }
    }

    /// The last version of an entry that says anything.
    fn last_said(&self, id: &Id) -> Option<&Entry> {
        let says = |entry: &&Entry| !matches!(entry.body, Body::Deleted | Body::Newer);
        self.versions(id).iter().rfind(says)
    }
}

/// One step of the way an entry came.
#[derive(Clone, Copy)]
enum Step<'a> {
    Entry(&'a Entry),
    /// An entry of which no version is here.
    Missing(&'a Id),
}

/// What an entry came from.
fn origin(entry: &Entry) -> Option<Id> {
    match &entry.body {
        Body::Commitment(commitment) => commitment.origin.clone(),
        Body::Item(item) => Some(item.text(FROM))
            .filter(|from| !from.is_empty())
            .map(Id::new),
        Body::Choice(choice) => Some(choice.entry.clone()),
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Answer(_) => None,
    }
}

/// The practice with a register of which this is true.
fn keeper(catalog: &Catalog, is: impl Fn(&Register) -> bool) -> Option<&Practice> {
    let mut practices = catalog.practices().iter();
    practices.find(|practice| practice.registers.iter().any(&is))
}
