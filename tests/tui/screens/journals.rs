//! The journals to show the screens with.

use leadby::journal::{
    Answer, Body, Closing, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Item, Period,
};
use leadby::journal::{Move, Value};
use leadby::practice::{Ask, Cadence, FieldKind, Practice, builtin};
use leadby::sample;

use crate::play::{TUESDAY, moment};

/// Text that is hard to show: long, wide, combining, right to left, invisible, and with control
/// characters.
const HARD: [&str; 8] = [
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandssitzungsprotokoll",
    "リリース手順の責任者を一人に決める。毎週金曜日に全員へ短い報告を書き、質問には同じ日に答える。",
    "👩‍👩‍👧‍👦 family 👨🏽‍🚀 astronaut 🏳️‍🌈 flag 🇩🇪 region ❤️ heart, all at once 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
    "שלום לכולם, זה משפט ארוך מימין לשמאל שצריך להיות מוצג בבטחה גם אם אין לו סוף נראה לעין",
    "zero\u{200b}width\u{200d}joined\u{feff}marked\u{ad}soft and a\u{301}\u{302}\u{303}\u{304} stack of accents",
    "clear \u{1b}[2J\u{1b}]0;title\u{7} ring \u{7} back\u{8} C1 \u{9b}31m red \u{85} null \u{0} del \u{7f}",
    "over \u{202e}desrever\u{202c} and \u{2066}isolated\u{2069} \u{2028} line",
    "tabs\there\tand\nlines\nof\nits own\r\nand more",
];

pub(crate) fn entries(journal: &str) -> Vec<Entry> {
    match journal {
        "empty" => Vec::new(),
        "sample" => sample::entries(&builtin(), moment(TUESDAY)),
        "words" => Hard::default().entries(),
        other => panic!("no journal is called {other}"),
    }
}

/// A journal with hard-to-show text in every text field.
#[derive(Default)]
struct Hard {
    entries: Vec<Entry>,
    next: usize,
    /// Whether one answer is already as long as a chapter.
    chapter: bool,
}

impl Hard {
    fn entries(mut self) -> Vec<Entry> {
        let catalog = builtin();
        for practice in catalog.practices() {
            self.answer(practice);
            // Joined, fewer names would be hard to show.
            let registers = practice.registers.iter();
            for register in registers.filter(|one| one.joins.is_none()) {
                for number in 0..4 {
                    let mut item = Item::new(&register.id);
                    for field in &register.fields {
                        item.set(&field.id, self.value(&field.kind));
                    }
                    for stage in register.stages.iter().take(number) {
                        item.set_reached(&stage.id, day("2026-11-20"));
                    }
                    let id = Id::new(format!("{}-{number}", register.id));
                    self.push(id, Body::Item(item));
                }
            }
        }
        for number in 0..5 {
            let better = self.words();
            self.commit(number, better);
        }
        self.entries
    }

    fn answer(&mut self, practice: &Practice) {
        let now = moment(TUESDAY);
        let periods = match practice.cadence {
            Cadence::Standing => vec![Period::Standing],
            Cadence::Monthly => vec![
                Period::Month(now.month()),
                Period::Month(now.month().previous()),
            ],
            Cadence::Weekly => vec![
                Period::Week(now.week()),
                Period::Week(now.week().minus_weeks(1)),
            ],
        };
        for period in periods {
            for step in &practice.steps {
                if let Ask::Answer(kind) = &step.ask {
                    let answer = Answer {
                        period,
                        practice: practice.id.clone(),
                        step: step.id.clone(),
                        value: self.value(kind),
                    };
                    let id = Id::answer(period, &practice.id, &step.id);
                    self.push(id, Body::Answer(answer));
                }
            }
        }
    }

    fn commit(&mut self, number: usize, better: String) {
        let due = day("2026-11-20");
        let mut commitment = Commitment {
            better,
            area: self.words(),
            due,
            made: day("2026-11-16"),
            moves: Vec::new(),
            closing: None,
            origin: None,
        };
        let weeks_before = |weeks: usize| due - chrono::Days::new(weeks as u64 * 7);
        for left in (0..number).rev() {
            commitment.moves.push(Move {
                on: due,
                from: weeks_before(left + 1),
                to: weeks_before(left),
                why: self.words(),
            });
        }
        commitment.closing = (number > 2).then(|| Closing {
            how: CommitmentOutcome::Kept,
            on: due,
            evidence: self.words(),
        });
        self.push(
            Id::new(format!("commitment-{number}")),
            Body::Commitment(commitment),
        );
    }

    fn value(&mut self, kind: &FieldKind) -> Value {
        match kind {
            FieldKind::Line | FieldKind::Person | FieldKind::Link | FieldKind::Choice(_) => {
                Value::Text(self.words())
            }
            FieldKind::Prose if !self.chapter => {
                self.chapter = true;
                let chapter = self.words().repeat(60_000);
                Value::Text(chapter.chars().take(60_000).collect())
            }
            FieldKind::Prose => Value::Text(format!("{}\n\n{}", self.words(), self.words())),
            FieldKind::Date | FieldKind::NearDate => Value::Text("2026-02-30".to_owned()),
            FieldKind::Scale(_) => Value::Text("a mark of an older leadby".to_owned()),
            FieldKind::Checklist(_) | FieldKind::Choices(_) => {
                Value::List(vec![self.words(), self.words()])
            }
            FieldKind::Log => Value::Log(vec![
                DatedLine {
                    on: day("2026-11-20"),
                    text: self.words(),
                };
                12
            ]),
        }
    }

    fn words(&mut self) -> String {
        self.next += 1;
        HARD[self.next % HARD.len()].to_owned()
    }

    fn push(&mut self, id: Id, body: Body) {
        self.entries.push(Entry {
            lineage: Default::default(),
            id,
            rev: 1,
            at: moment("2026-11-20T10:00:00+01:00").timestamp(),
            body,
        });
    }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}
