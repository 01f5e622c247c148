//! Whether an entry is private: one rule for everything that others may see.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fold::is_origin;
use super::{Body, Entry, Id, Journal};
use crate::practice::{Catalog, ORIGIN_KEY, Register};

/// Whether others may see an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Privacy {
    Open,
    /// It belongs to a private practice, or came from an entry that does.
    Private,
    /// It may be private: its practice, or the entry it came from, is missing here.
    Unknown,
}

impl Journal {
    /// Whether others may see an entry: not if it belongs to a private practice, or came from an
    /// entry that does, at any distance. What a note of the inbox was placed as is not private
    /// because the note is.
    pub fn privacy(&self, entry: &Entry, catalog: &Catalog) -> Privacy {
        let mut privacy = Privacy::Open;
        self.visit_origins(entry, |step| {
            let mut practices = catalog.with_hidden();
            let practice = match step {
                OriginStep::Entry(of) => match &of.body {
                    Body::Answer(answer) => practices.find(|it| it.id == answer.practice),
                    Body::Item(item) => {
                        let keeper =
                            practices.find_map(|it| Some((it, it.register(&item.register)?)));
                        let is_note = keeper.is_some_and(|(_, register)| register.inbox.is_some());
                        // A note is private; what it was placed as is not: placing it is the decision.
                        if is_note && of.id != entry.id {
                            return true;
                        }
                        keeper.map(|(practice, _)| practice)
                    }
                    Body::Commitment(_) | Body::Choice(_) => return true,
                    Body::Deleted | Body::Forgotten | Body::Newer => None,
                },
                // A preset is not in the journal until it is changed.
                OriginStep::Missing(id) => {
                    let has_it = |register: &Register| {
                        let mut presets = register.presets.iter();
                        presets.any(|preset| Id::preset(&register.id, &preset.id) == *id)
                    };
                    practices.find(|it| it.registers.iter().any(has_it))
                }
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
    pub fn is_private(&self, entry: &Entry, catalog: &Catalog) -> bool {
        self.privacy(entry, catalog) != Privacy::Open
    }

    /// The entry that this one came from, at any distance, that has no version here: it has to be
    /// read before [`Journal::privacy`] can tell.
    pub fn missing_origin(&self, entry: &Entry) -> Option<Id> {
        let mut missing = None;
        self.visit_origins(entry, |step| {
            if let OriginStep::Missing(id) = step {
                missing = Some(id.clone());
            }
            true
        });
        missing
    }

    /// The part of the journal that others may see, with all versions; and the items of lists that
    /// are [only counted with](Register::is_only_counted_with). It is folded anew only if it lacks some.
    pub fn public_part(&self, catalog: &Catalog) -> Cow<'_, Self> {
        let is_counted_with = |entry: &Entry| match &entry.body {
            Body::Item(item) => catalog
                .register(&item.register)
                .is_some_and(Register::is_only_counted_with),
            _ => false,
        };
        // A deleted entry is as private as it was, since others can have come from it.
        let is_shown = |id: &Id| {
            let last = self.last_with_content(id);
            last.is_some_and(|it| is_counted_with(it) || !self.is_private(it, catalog))
        };
        let shown: Vec<&Id> = self.entries.keys().filter(|id| is_shown(id)).collect();
        if shown.len() == self.entries.len() {
            return Cow::Borrowed(self);
        }
        let versions = shown.into_iter().flat_map(|id| self.versions(id).to_vec());
        Cow::Owned(Self::fold(versions))
    }

    /// Visits an entry, what it came from, what that came from, and so on, each once, while `go_on`
    /// returns true. Entries deleted since are visited too, and all origins where it is unsettled
    /// which one counts.
    fn visit_origins(&self, entry: &Entry, mut go_on: impl FnMut(OriginStep<'_>) -> bool) {
        if !go_on(OriginStep::Entry(entry)) {
            return;
        }
        let mut seen = BTreeSet::from([entry.id.clone()]);
        let mut waiting = self.origins(entry);
        while let Some(id) = waiting.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let found = self.current(&id).or_else(|| self.last_with_content(&id));
            if !go_on(found.map_or(OriginStep::Missing(&id), OriginStep::Entry)) {
                return;
            }
            waiting.extend(found.into_iter().flat_map(|entry| self.origins(entry)));
        }
    }

    /// What an entry came from; several if that is unsettled.
    fn origins(&self, entry: &Entry) -> Vec<Id> {
        let fields = self.unsettled(&entry.id).iter();
        let others = fields
            .filter(|unsettled| is_origin(&unsettled.field))
            .flat_map(|unsettled| unsettled.texts.iter().flatten())
            .map(|text| Id::new(text.text()));
        origin(entry).into_iter().chain(others).collect()
    }

    /// The last version of an entry that has content.
    fn last_with_content(&self, id: &Id) -> Option<&Entry> {
        let says = |entry: &&Entry| !matches!(entry.body, Body::Deleted | Body::Newer);
        self.versions(id).iter().rfind(says)
    }
}

/// One step on the way to where an entry came from.
#[derive(Clone, Copy)]
enum OriginStep<'a> {
    Entry(&'a Entry),
    /// An entry without a version here.
    Missing(&'a Id),
}

/// What an entry came from.
pub(super) fn origin(entry: &Entry) -> Option<Id> {
    match &entry.body {
        Body::Commitment(commitment) => commitment.origin.clone(),
        Body::Item(item) => Some(item.text(ORIGIN_KEY))
            .filter(|from| !from.is_empty())
            .map(Id::new),
        Body::Choice(choice) => Some(choice.entry.clone()),
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Answer(_) => None,
    }
}
