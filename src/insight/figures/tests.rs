//! Every figure compared with the recount in `recount.rs`, which looks at every entry.

mod recount;

use std::collections::BTreeMap;

use chrono::Days;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::calendar::{Length, Month};
use crate::insight::{MonthBox, items_of_month, month_box};
use crate::journal::{
    Answer, Body, Closing, Commitment, CommitmentOutcome, Entry, Id, Item, Lineage, Move, Period,
    UndoTarget, Value, VersionName,
};
use crate::practice::{self, Practice};
use recount::{Recount, is_work, percent};

const DEFINITIONS: &str = include_str!("../../../assets/figures.md");

/// One save: which entry, on which day, and what.
type Writing = (u32, NaiveDate, SavedBody);

#[derive(Clone, Debug)]
enum SavedBody {
    Commitment(Commitment),
    Item(Item),
    /// Answers to a practice of the walk for a week; each step may be left out.
    Answers(usize, Week, Vec<bool>),
    Deletion,
    /// Undoes the version so many before the last of the entry: an undo, or a redo.
    Undo(u64),
}

fn day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day");
    (0_u64..140).prop_map(move |days| first + Days::new(days))
}

fn commitment() -> impl Strategy<Value = Commitment> {
    let moved = (day(), day(), day()).prop_map(|(on, from, to)| Move {
        on,
        from,
        to,
        why: String::new(),
    });
    let how = select(vec![
        CommitmentOutcome::Kept,
        CommitmentOutcome::Kept,
        CommitmentOutcome::Missed,
        CommitmentOutcome::LetGo,
    ]);
    let closing = (how, day()).prop_map(|(how, on)| Closing {
        how,
        on,
        evidence: String::new(),
    });
    let area = select(vec!["", " ", "inbox", "inbox ", "calendar", "Inbox"]);
    let rest = (vec(moved, 0..3), option::weighted(0.8, closing));
    (area, day(), day(), rest).prop_map(|(area, due, made, (moves, closing))| Commitment {
        better: "x".to_owned(),
        area: area.to_owned(),
        due,
        made,
        moves,
        closing,
        origin: None,
    })
}

fn item() -> impl Strategy<Value = Item> {
    let registers = practice::builtin();
    let mut registers: Vec<Register> = registers.registers().cloned().collect();
    // Days off matter to every figure, so they come often enough.
    let off = registers.iter().find(|register| register.off.is_some());
    registers.extend(vec![off.expect("a list of days off").clone(); 3]);
    let names = registers.iter().find(|register| register.joins.is_some());
    registers.push(names.expect("a list of joined names").clone());
    let name = select(vec!["", "Ada", "bo", "Bo", "CLEO", "Dan"]);
    let people = select(vec!["", "Ada", "ada, Bo", "Bo, bo", "Cleo", " ADA , Cleo"]);
    let days = vec(option::of(day()), 5);
    let off = (option::weighted(0.9, day()), option::of(0_u64..30));
    let all = (select(registers), people, name, days, off);
    all.prop_map(|(register, people, name, days, (from, long))| {
        let mut item = Item::new(&register.id);
        if let (Some(fields), Some(from)) = (&register.off, from) {
            item.set(&fields.from, Value::Text(from.to_string()));
            let to = long.map(|long| from + Days::new(long));
            let to = to.map(|to| Value::Text(to.to_string()));
            if let Some(to) = to {
                item.set(&fields.to, to);
            }
        }
        for (stage, day) in register.stages.iter().zip(days) {
            if let Some(day) = day {
                item.set_reached(&stage.id, day);
            }
        }
        if let Some(field) = &register.joins {
            item.set("title", Value::from(people));
            item.set(field, Value::from(name));
        }
        if let Some(field) = &register.helps {
            item.set(field, Value::from(people));
        }
        item
    })
}

fn writing() -> impl Strategy<Value = Writing> {
    let answers = (0_usize..8, day(), vec(any::<bool>(), 4))
        .prop_map(|(practice, day, said)| SavedBody::Answers(practice, Week::of(day), said));
    let what = prop_oneof![
        4 => commitment().prop_map(SavedBody::Commitment),
        4 => item().prop_map(SavedBody::Item),
        3 => answers,
        1 => Just(SavedBody::Deletion),
        3 => (0_u64..3).prop_map(SavedBody::Undo),
    ];
    (0_u32..40, day(), what)
}

fn span() -> impl Strategy<Value = Span> {
    let length = select(Length::ALL.to_vec());
    prop_oneof![
        4 => (length, day()).prop_map(|(length, day)| Span::of(length, day)),
        1 => (day(), day()).prop_map(|(first, today)| Span::since(first, today)),
    ]
}

/// The versions that saves leave behind, numbered in order for each entry.
fn versions(writings: &[Writing], catalog: &Catalog) -> Vec<Entry> {
    let walk: Vec<&Practice> = catalog.walk().collect();
    let mut revisions: BTreeMap<Id, u64> = BTreeMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    // Versions with names, or as they were written before names existed.
    let named = writings.first().is_some_and(|(number, ..)| number % 2 == 0);
    let mut write = |id: Id, on: NaiveDate, body: Body, undoes: Option<u64>| {
        let rev = revisions.entry(id.clone()).or_default();
        // An undo undoes an earlier version and says what was there before it; where versions have
        // names, it undoes the last one, as leadby itself undoes no other.
        let undoes = undoes.map(|back| if named { 0 } else { back });
        let undoes = undoes
            .and_then(|back| rev.checked_sub(back))
            .filter(|rev| *rev > 0);
        let body = match undoes {
            None => body,
            Some(undone) => entries
                .iter()
                .rfind(|entry| entry.id == id && entry.rev < undone)
                .map_or(Body::Deleted, |entry| entry.body.clone()),
        };
        let name =
            |rev: u64| VersionName::from_checksum(u32::try_from(rev).expect("a small number"));
        let before = *rev;
        *rev += 1;
        let lineage = if named {
            let after = (before > 0).then(|| name(before));
            Lineage {
                name: name(*rev),
                after: Some(after.into_iter().collect()),
                undoes: undoes.map(|rev| UndoTarget::Name(name(rev)).into()),
                ..Lineage::default()
            }
        } else {
            Lineage {
                undoes: undoes.map(|rev| UndoTarget::Revision(rev).into()),
                ..Lineage::default()
            }
        };
        entries.push(Entry {
            id,
            rev: *rev,
            lineage,
            at: format!("{on}T09:15:00+01:00").parse().expect("an instant"),
            body,
        });
    };
    for (number, on, what) in writings {
        let id = Id::new(format!("entry/{number:02}"));
        match what {
            SavedBody::Commitment(commitment) => {
                write(id, *on, Body::Commitment(commitment.clone()), None);
            }
            SavedBody::Item(item) => write(id, *on, Body::Item(item.clone()), None),
            SavedBody::Deletion => write(id, *on, Body::Deleted, None),
            SavedBody::Undo(back) => write(id, *on, Body::Deleted, Some(*back)),
            SavedBody::Answers(at, week, said) => {
                for (step, said) in walk[*at].steps.iter().zip(said) {
                    let answer = Answer::new(
                        Period::Week(*week),
                        walk[*at].id.clone(),
                        step.id.clone(),
                        Value::Text(if *said { "yes" } else { " " }.to_owned()),
                    );
                    let id = Id::answer(answer.period, &answer.practice, &answer.step);
                    write(id, *on, Body::Answer(answer), None);
                }
            }
        }
    }
    entries
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_figure_is_what_a_look_at_every_entry_counts(
        writings in vec(writing(), 0..80),
        spans in vec((span(), day()), 1..4),
    ) {
        let catalog = practice::builtin();
        let entries = versions(&writings, &catalog);
        let journal = Journal::fold(entries.iter().cloned().rev());
        for (span, today) in spans {
            let recount = Recount { entries: &entries, catalog: &catalog, span, today };
            let figures = Figures::of(&journal, &catalog, span, today);
            recount.check(&figures)?;
            prop_assert_eq!(Tally::of(&journal, span, today), figures.commitments);
        }
    }

    #[test]
    fn a_box_is_what_a_look_at_every_item_of_its_month_says(
        writings in vec(writing(), 0..80),
        today in day(),
    ) {
        let catalog = practice::builtin();
        let (builtin, stage) = catalog.monthly().expect("one register has boxes");
        // Without a stage that counts, nothing is ever solved.
        let stageless = Register { monthly: None, ..builtin.clone() };
        let entries = versions(&writings, &catalog);
        let work = entries.iter().filter(|entry| is_work(&entries, entry));
        let began = work.map(|entry| entry.at.date_naive()).min();
        let journal = Journal::fold(entries.into_iter().rev());
        let off = OffDays::of(&journal, &catalog);
        for register in [builtin, &stageless] {
            let last = Month::of("2027-02-01".parse().expect("a day"));
            let months = std::iter::successors(Some(last), |month| Some(month.previous())).take(8);
            for month in months {
                let items = items_of_month(&journal, register, month, today);
                let is_solved = |item: &Item| register.monthly.is_some() && item.day(stage).is_some_and(|day| day <= today);
                let solved = items.iter().filter(|(_, item)| is_solved(item)).count();
                let expected = match (solved, items.len()) {
                    _ if month > Month::of(today) => MonthBox::Future,
                    (0, 0) if month < Month::of(began.unwrap_or(today)) => MonthBox::BeforeJournal,
                    (0, 0) if off.is_month_off(month) => MonthBox::Off,
                    (0, 0) if month == Month::of(today) => MonthBox::Open,
                    (0, 0) => MonthBox::Empty,
                    (0, _) => MonthBox::UnderWay,
                    _ => MonthBox::Solved(solved),
                };
                prop_assert_eq!(month_box(&journal, &catalog, register, month, today), expected, "{}", month);
            }
        }
    }

    #[test]
    fn spans_side_by_side_add_up(writings in vec(writing(), 0..60), today in day()) {
        let catalog = practice::builtin();
        let journal = Journal::fold(versions(&writings, &catalog));
        let year = Span::of(Length::Year, today);
        let of_year = Figures::of(&journal, &catalog, year, today);
        for length in [Length::Month, Length::Quarter] {
            let mut parts = vec![Figures::of(&journal, &catalog, Span::of(length, year.first()), today)];
            while let Some(next) = parts.last().map(|part| part.span.next())
                && next.first() <= year.last()
            {
                parts.push(Figures::of(&journal, &catalog, next, today));
            }
            for figure in [
                Figure::Made,
                Figure::Kept,
                Figure::Missed,
                Figure::LetGo,
                Figure::KeptByFirstDate,
                Figure::PracticesDone,
                Figure::Weeks,
                Figure::ProblemsSolved,
            ] {
                let sum: usize = parts.iter().filter_map(|part| part.value_of(figure)).sum();
                prop_assert_eq!(Some(sum), of_year.value_of(figure), "{}", figure.id());
            }
        }
    }

    #[test]
    fn a_rate_is_the_nearest_per_cent(part in 0_usize..400, whole in 0_usize..400) {
        let share = Share { part: part.min(whole), whole };
        prop_assert_eq!(share.percent(), percent(share.part, whole));
    }
}

#[test]
fn every_figure_is_defined_by_its_name() {
    let defined: Vec<&str> = DEFINITIONS
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    for figure in Figure::ALL {
        let times = defined.iter().filter(|name| **name == figure.id()).count();
        assert_eq!(times, 1, "{}", figure.id());
    }
    let known: Vec<&str> = Figure::ALL.iter().map(|figure| figure.id()).collect();
    let others = defined.iter().filter(|name| !known.contains(name));
    assert_eq!(others.collect::<Vec<_>>(), [&"registers"]);
}

#[test]
fn every_public_part_of_the_figures_is_defined() {
    let source = include_str!("../figures.rs");
    let source = source
        .split("\nimpl ")
        .next()
        .expect("there is a first part");
    let fields = source.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix("pub ")?.split_once(':')?;
        (!name.contains(' ')).then_some(name)
    });
    // Fields that name a row, or the parts of a share.
    let rows = [
        "span",
        "commitments",
        "part",
        "whole",
        "area",
        "practice",
        "progress",
        "register",
    ];
    let mut count = 0;
    for name in fields.filter(|name| !rows.contains(name)) {
        count += 1;
        assert!(DEFINITIONS.contains(&format!("`{name}`")), "{name}");
    }
    assert!(count > 15, "found only {count}");
}

#[test]
fn nothing_is_asked_of_a_week_before_the_first_word() {
    let catalog = practice::builtin();
    let asked = |entries: &[Entry], span: &str| {
        let span = span.parse().expect("a span");
        let today = "2026-11-24".parse().expect("a day");
        let journal = Journal::fold(entries.iter().cloned());
        let figures = Figures::of(&journal, &catalog, span, today);
        let share = figures.practices_done();
        (share.part, share.whole, figures.weeks.len())
    };
    let written = |day: &str, what: SavedBody| (0, day.parse().expect("a day"), what);
    let of_week = |week: &str| {
        let week = week.parse().expect("a week");
        SavedBody::Answers(0, week, vec![true; 4])
    };
    // A Sunday is the last day of its week.
    let began = [written("2026-10-11", of_week("2026-W41"))];
    let began = versions(&began, &catalog);
    assert_eq!(asked(&began, "2026"), (1, 64, 8));
    assert_eq!(asked(&began, "2026-10"), (1, 32, 4));
    assert_eq!(asked(&began, "2026-Q3"), (0, 0, 0));
    // A week that was answered afterwards counts from there on.
    let made_up = [written("2026-10-11", of_week("2026-W39"))];
    assert_eq!(asked(&versions(&made_up, &catalog), "2026"), (1, 80, 10));
    // What was solved before the journal began does not add a week.
    let mut solved = Item::new("problems");
    solved.set_reached("solved", "2026-02-03".parse().expect("a day"));
    let solved = [written("2026-11-24", SavedBody::Item(solved))];
    assert_eq!(asked(&versions(&solved, &catalog), "2026"), (1, 8, 1));
    assert_eq!(asked(&[], "2026"), (0, 8, 1));
}

#[test]
fn nearly_all_is_not_all_and_hardly_any_is_not_none() {
    let percent = |part, whole| Share { part, whole }.percent();
    assert_eq!(percent(1, 300), Some(1));
    assert_eq!(percent(299, 300), Some(99));
    assert_eq!(percent(1, 8), Some(13));
    assert_eq!(
        (percent(0, 3), percent(3, 3), percent(0, 0)),
        (Some(0), Some(100), None)
    );
}
