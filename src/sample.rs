//! A sample year of a journal, for `leadby demo`, for screenshots and for tests.
//!
//! Its texts are in `assets/sample/`, written by hand; here they get their days, counted back from
//! the present, and their ids. Pure: the same catalog at the same time gives the same entries.
//! Knows no clock, no disk and no screen, and no practice by name.

mod moment;
mod seed;

use std::collections::BTreeMap;

use crate::calendar::{Now, Timestamp, Week};
use crate::journal::{Answer, Body, Commitment, DatedLine, Entry, Id, Item, Value, period_for};
use crate::practice::{Ask, Catalog, FieldKind, Register};

use moment::Moment;
use seed::{SampleData, SeedValue};

/// The entries of the sample year that ends `now`, oldest first, with all their versions.
///
/// The year is a real one: gaps, edits, a date moved twice. This week is half done, one commitment
/// is due on its Friday and one is overdue. What `catalog` does not ask for is left out.
pub fn entries(catalog: &Catalog, now: Now) -> Vec<Entry> {
    let seed = seed::load();
    let mut year = YearBuilder {
        catalog,
        now,
        entries: Vec::new(),
        id_count: 0,
        named: BTreeMap::new(),
    };
    year.add_answers(&seed);
    year.add_items(&seed);
    year.add_commitments(&seed);
    // The sort is stable, so versions of the same second stay in order.
    year.entries.sort_by_key(|entry| entry.at);
    let mut revisions: BTreeMap<Id, u64> = BTreeMap::new();
    for entry in &mut year.entries {
        let rev = revisions.entry(entry.id.clone()).or_default();
        *rev += 1;
        entry.rev = *rev;
    }
    year.entries
}

/// The year while it is built.
struct YearBuilder<'a> {
    catalog: &'a Catalog,
    now: Now,
    /// The versions, not numbered yet.
    entries: Vec<Entry>,
    /// How many ids were made.
    id_count: u64,
    /// What a commitment can come from, by `register/key`.
    named: BTreeMap<String, Id>,
}

impl YearBuilder<'_> {
    fn add_answers(&mut self, seed: &SampleData) {
        for sitting in &seed.sittings {
            let mut at = sitting.at.timestamp(self.now);
            for practice in self.catalog.practices() {
                for step in &practice.steps {
                    let answers = sitting.answers.get(&practice.id);
                    if let Some(said) = answers.and_then(|answers| answers.get(&step.id))
                        && matches!(step.ask, Ask::Answer(_))
                    {
                        let period = period_for(practice.cadence, Week::of(at.date_naive()));
                        let id = Id::answer(period, &practice.id, &step.id);
                        let said = said.to_value();
                        let answer = Answer::new(period, &*practice.id, &*step.id, said);
                        self.push(&id, at, Body::Answer(answer));
                        at = (at + MINUTE).min(self.now.timestamp());
                    }
                }
            }
        }
    }

    fn push(&mut self, id: &Id, at: Timestamp, body: Body) {
        self.entries.push(Entry::new(id.clone(), 0, at, body));
    }

    fn add_items(&mut self, seed: &SampleData) {
        let catalog = self.catalog;
        for register in catalog.registers() {
            for item in seed.items.get(&register.id).into_iter().flatten() {
                self.add_item(register, item);
            }
        }
    }

    fn add_item(&mut self, register: &Register, seed: &seed::SeedItem) {
        let (id, mut item) = match &seed.preset {
            Some(preset) => {
                let Some(preset) = register.presets.iter().find(|known| known.id == *preset) else {
                    return;
                };
                let id = Id::preset(&register.id, &preset.id);
                (id, Item::of_preset(&register.id, preset))
            }
            None => {
                let id = self.new_id(seed.first.at.timestamp(self.now));
                (id, Item::new(&register.id))
            }
        };
        if let Some(key) = seed.key.as_ref().or(seed.preset.as_ref()) {
            let name = format!("{}/{key}", register.id);
            self.named.insert(name, id.clone());
        }
        let mut at = seed.first.at.timestamp(self.now);
        for version in std::iter::once(&seed.first).chain(&seed.then) {
            // Never before the version before it.
            at = at.max(version.at.timestamp(self.now));
            self.apply_version(register, &mut item, version, at);
            self.push(&id, at, Body::Item(item.clone()));
        }
    }

    /// Adds to `item` what `version` contains, if its register has such stages and fields.
    fn apply_version(
        &self,
        register: &Register,
        item: &mut Item,
        version: &seed::SeedVersion,
        at: Timestamp,
    ) {
        let today = at.date_naive();
        if let Some(stage) = version
            .reach
            .as_ref()
            .filter(|stage| register.stage(stage).is_some())
        {
            item.set_reached(stage, today);
        }
        for (id, said) in &version.fields {
            let Some(field) = register.field(id) else {
                continue;
            };
            let value = match (&field.kind, said) {
                (FieldKind::Log, SeedValue::Text(text)) => {
                    let mut lines = match item.values.get(id) {
                        Some(Value::Log(lines)) => lines.clone(),
                        _ => Vec::new(),
                    };
                    lines.push(DatedLine {
                        on: today,
                        text: text.clone(),
                    });
                    Value::Log(lines)
                }
                (FieldKind::Date | FieldKind::NearDate, SeedValue::Text(text)) => {
                    match Moment::try_from(text.clone()) {
                        Ok(moment) => Value::Text(moment.day(self.now).to_string()),
                        Err(_) => continue,
                    }
                }
                _ => said.to_value(),
            };
            item.set(id, value);
        }
    }

    fn add_commitments(&mut self, seed: &SampleData) {
        for seed in &seed.commitments {
            let made = seed.made.timestamp(self.now);
            let mut commitment = Commitment {
                area: seed.area.clone(),
                origin: seed.from.as_ref().and_then(|from| self.origin(from, made)),
                ..Commitment::new(
                    seed.better.clone(),
                    made.date_naive(),
                    seed.due.day(self.now),
                )
            };
            let id = self.new_id(made);
            self.push(&id, made, Body::Commitment(commitment.clone()));
            for moved in &seed.moved {
                let at = moved.at.timestamp(self.now);
                commitment.move_to(moved.to.day(self.now), at.date_naive(), &moved.why);
                self.push(&id, at, Body::Commitment(commitment.clone()));
            }
            if let Some(ended) = &seed.ended {
                let at = ended.at.timestamp(self.now);
                commitment.close(ended.how, at.date_naive(), &ended.evidence);
                self.push(&id, at, Body::Commitment(commitment.clone()));
            }
        }
    }

    /// The entry that a commitment made at `made` came from.
    fn origin(&self, from: &str, made: Timestamp) -> Option<Id> {
        if let Some(id) = self.named.get(from) {
            return Some(id.clone());
        }
        let (practice, step) = from.split_once('/')?;
        let practice = self.catalog.practice(practice)?;
        let step = practice.step(step)?;
        let period = period_for(practice.cadence, Week::of(made.date_naive()));
        Some(Id::answer(period, &practice.id, &step.id))
    }

    /// An id shaped like a UUID of version 7 (RFC 9562): the milliseconds of `at`, then a counter in
    /// place of random bits.
    fn new_id(&mut self, at: Timestamp) -> Id {
        self.id_count += 1;
        let millis = at.timestamp_millis().max(0).cast_unsigned() & 0xffff_ffff_ffff;
        let noise = pseudo_random(self.id_count);
        Id::new(format!(
            "{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}",
            millis >> 16,
            millis & 0xffff,
            self.id_count & 0xfff,
            0x8000 | (noise >> 50),
            noise & 0xffff_ffff_ffff,
        ))
    }
}

impl SeedValue {
    fn to_value(&self) -> Value {
        match self {
            Self::Text(text) => Value::Text(text.clone()),
            Self::List(list) => Value::List(list.clone()),
        }
    }
}

/// How long one answer takes.
const MINUTE: std::time::Duration = std::time::Duration::from_mins(1);

/// Bits that look random and are the same every time (the last step of `SplitMix64`).
fn pseudo_random(number: u64) -> u64 {
    let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests;
