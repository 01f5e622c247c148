//! Journals of any size for the benchmarks, in two shapes: the weeks of a diligent user, and one
//! long list.
//!
//! The same shape and size give the same journal. Each week has its answers, one commitment and two
//! new items, so a journal grows as a real one does: by getting older.

use leadby::calendar::{Month, Now, Timestamp, Week};
use leadby::journal::{
    Answer, Body, Commitment, CommitmentOutcome, Entry, Id, Item, Period, Value,
};
use leadby::practice::{Ask, Cadence, Catalog, Choice, FieldKind};

/// Commitments that are still open, whatever the size of the journal.
const OPEN: u32 = 3;

/// The moment of every benchmark.
pub(crate) fn now() -> Now {
    Now::new(
        "2026-11-24T09:15:02+01:00"
            .parse()
            .expect("it is an instant"),
    )
}

/// What a journal consists of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Weeks, mostly answers.
    Years,
    /// Problems only, one an hour, each with a paragraph.
    OneList,
}

/// `count` entries, the last of them of this week.
pub(crate) fn entries(catalog: &Catalog, shape: Shape, count: usize) -> Vec<Entry> {
    let mut journal = Writer {
        catalog,
        entries: Vec::with_capacity(count),
        minted: 0,
    };
    let mut back = 0;
    while journal.entries.len() < count {
        match shape {
            Shape::Years => journal.week(back),
            Shape::OneList => journal.problem(back),
        }
        back += 1;
    }
    journal.entries.truncate(count);
    // Oldest first, as they would have been written.
    journal.entries.reverse();
    journal.entries
}

struct Writer<'a> {
    catalog: &'a Catalog,
    entries: Vec<Entry>,
    minted: u64,
}

impl Writer<'_> {
    /// What is written in the week that many weeks ago.
    fn week(&mut self, back: u32) {
        let week = now().week().minus_weeks(back);
        let days = chrono::Duration::weeks(i64::from(back));
        let at = now().timestamp() - days;
        self.commitment(back, week, at);
        self.items(back, at);
        for practice in self.catalog.walk() {
            for step in &practice.steps {
                if let Ask::Answer(kind) = &step.ask
                    && practice.cadence == Cadence::Weekly
                {
                    let answer = Answer::new(
                        Period::Week(week),
                        practice.id.clone(),
                        step.id.clone(),
                        said(kind, self.entries.len()),
                    );
                    let id = Id::answer(answer.period, &answer.practice, &answer.step);
                    self.push(id, at, Body::Answer(answer));
                }
            }
        }
    }

    fn commitment(&mut self, back: u32, week: Week, at: Timestamp) {
        let mut commitment = Commitment {
            area: "process".to_owned(),
            ..Commitment::new(
                sentence(self.entries.len(), 60),
                at.date_naive(),
                week.friday(),
            )
        };
        if back >= OPEN {
            commitment.close(
                CommitmentOutcome::Kept,
                week.friday(),
                sentence(self.entries.len(), 40),
            );
        }
        let id = self.mint(at);
        self.push(id, at, Body::Commitment(commitment));
    }

    /// A problem each month, and something in another list each week.
    fn items(&mut self, back: u32, at: Timestamp) {
        let today = at.date_naive();
        let monthly = self.catalog.monthly().map(|(register, _)| register);
        let others = self
            .catalog
            .registers()
            .filter(|register| register.monthly.is_none());
        let others: Vec<_> = others.collect();
        let other = others.get(back as usize % others.len().max(1)).copied();
        let first_week = Month::of(today) != Month::of(today - chrono::Duration::weeks(1));
        let registers = monthly.filter(|_| first_week).into_iter().chain(other);
        for register in registers {
            let mut item = Item::new(&register.id);
            item.set("title", Value::Text(sentence(self.entries.len(), 50)));
            for stage in &register.stages {
                item.set_reached(&stage.id, today);
            }
            let id = self.mint(at);
            self.push(id, at, Body::Item(item));
        }
    }

    /// A problem spotted that many hours ago, about 400 bytes long.
    fn problem(&mut self, back: u32) {
        let at = now().timestamp() - chrono::Duration::hours(i64::from(back));
        let (register, _) = self.catalog.monthly().expect("problems are monthly");
        let mut item = Item::new(&register.id);
        item.set("title", Value::Text(sentence(self.entries.len(), 50)));
        let prose = register
            .fields
            .iter()
            .find(|field| field.kind == FieldKind::Prose)
            .expect("a problem has a field for a paragraph");
        item.set(&prose.id, Value::Text(sentence(self.entries.len(), 350)));
        let spotted = register.stages.first().expect("a problem has stages");
        item.set_reached(&spotted.id, at.date_naive());
        // Every other one is solved, and so on the page of its year.
        if let Some(solved) = register
            .monthly
            .as_deref()
            .filter(|_| back.is_multiple_of(2))
        {
            item.set_reached(solved, at.date_naive());
        }
        let id = self.mint(at);
        self.push(id, at, Body::Item(item));
    }

    fn push(&mut self, id: Id, at: Timestamp, body: Body) {
        self.entries.push(Entry::new(id, 1, at, body));
    }

    /// An id shaped like those of the store: the milliseconds, then a counter.
    fn mint(&mut self, at: Timestamp) -> Id {
        self.minted += 1;
        let millis = at.timestamp_millis().max(0).cast_unsigned();
        Id::new(format!(
            "{:08x}-{:04x}-7000-8000-{:012x}",
            millis >> 16,
            millis & 0xffff,
            self.minted,
        ))
    }
}

fn said(kind: &FieldKind, seed: usize) -> Value {
    match kind.choices() {
        [] => Value::Text(sentence(seed, 120)),
        choices if matches!(kind, FieldKind::Choices(_) | FieldKind::Checklist(_)) => {
            let some = |(at, choice): (usize, &Choice)| {
                (at + seed).is_multiple_of(2).then(|| choice.id.clone())
            };
            Value::List(choices.iter().enumerate().filter_map(some).collect())
        }
        choices => Value::Text(choices[seed % choices.len()].id.clone()),
    }
}

/// Words of about this many letters, others for another seed.
fn sentence(seed: usize, letters: usize) -> String {
    const WORDS: [&str; 12] = [
        "the",
        "release",
        "has",
        "one",
        "owner",
        "who",
        "asks",
        "früh",
        "and",
        "writes",
        "down",
        "“why”",
    ];
    let mut text = format!("{seed}");
    let mut at = seed;
    while text.len() < letters {
        text.push(' ');
        text.push_str(WORDS[at % WORDS.len()]);
        at = at * 7 + 3;
        at %= 1_000_003;
    }
    text
}
