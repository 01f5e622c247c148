//! What the sample year promises, at several times.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::*;
use crate::calendar::Month;
use crate::insight::{self, MonthBox, Progress};
use crate::journal::{Journal, Period, stage_of};
use crate::practice::builtin;

/// A Tuesday, days around New Year, a leap day, Fridays, a Sunday, a Monday's first minute, a
/// month's first and last days.
const PRESENTS: [&str; 9] = [
    "2026-11-24T09:15:02+01:00",
    "2027-01-02T12:00:00+01:00",
    "2028-02-29T18:30:00-08:00",
    "2026-11-27T15:40:00+01:00",
    "2026-11-29T20:00:00+13:00",
    "2026-11-30T00:00:00+01:00",
    "2026-10-01T00:00:30+02:00",
    "2027-03-31T23:59:59+02:00",
    "2027-02-28T07:05:00-03:30",
];

fn for_each_present(check: impl Fn(&Catalog, Now, &[Entry], &Journal)) {
    let catalog = builtin();
    for present in PRESENTS {
        let now = Now::new(present.parse().expect("a stamp"));
        let entries = entries(&catalog, now);
        let journal = Journal::fold(entries.clone());
        check(&catalog, now, &entries, &journal);
    }
}

fn months_ago(now: Now, months: u32) -> Month {
    (0..months).fold(now.month(), |month, _| month.previous())
}

/// Every text in any version of `entries`.
fn all_texts(entries: &[Entry]) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let mut take = |value: &Value| match value {
        Value::Text(text) => texts.extend([text.clone()]),
        Value::List(list) => texts.extend(list.iter().cloned()),
        Value::Log(lines) => texts.extend(lines.iter().map(|line| line.text.clone())),
    };
    for entry in entries {
        match &entry.body {
            Body::Answer(answer) => take(&answer.value),
            Body::Item(item) => item.values.values().for_each(&mut take),
            Body::Commitment(commitment) => {
                take(&Value::Text(commitment.better.clone()));
                if let Some(closing) = &commitment.closing {
                    take(&Value::Text(closing.evidence.clone()));
                }
                for moved in &commitment.moves {
                    take(&Value::Text(moved.why.clone()));
                }
            }
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => {}
        }
    }
    texts
}

#[test]
fn the_same_time_gives_the_same_year() {
    for_each_present(|catalog, now, given, _| assert_eq!(given, entries(catalog, now)));
}

#[test]
fn no_two_entries_are_the_same_version_of_one() {
    for_each_present(|_, _, entries, journal| {
        let mut last: BTreeMap<&Id, &Entry> = BTreeMap::new();
        for entry in entries {
            let before = last.insert(&entry.id, entry);
            assert_eq!(
                entry.rev,
                before.map_or(1, |before| before.rev + 1),
                "{}",
                entry.id
            );
        }
        for (id, entry) in &last {
            assert_eq!(journal.current(id), Some(*entry));
        }
        assert_eq!(journal.entries().count(), last.len());
    });
}

#[test]
fn nothing_is_dated_after_now() {
    for_each_present(|catalog, now, entries, journal| {
        let today = now.today();
        assert!(entries.is_sorted_by_key(|entry| entry.at));
        assert!(entries.iter().all(|entry| entry.at <= now.timestamp()));
        for (_, commitment) in journal.commitments() {
            assert!(commitment.made <= today);
            assert!(commitment.moves.iter().all(|moved| moved.on <= today));
            assert!(commitment.closing.iter().all(|closing| closing.on <= today));
        }
        for register in catalog.registers() {
            for (_, item) in journal.items(&register.id) {
                let stages: Vec<NaiveDate> = register
                    .stages
                    .iter()
                    .filter_map(|stage| item.day(&stage.id))
                    .collect();
                assert!(stages.iter().all(|day| *day <= today), "{}", item.title());
                assert!(stages.is_sorted(), "{}", item.title());
            }
        }
    });
}

#[test]
fn ids_are_natural_or_look_like_uuids_of_version_7() {
    for_each_present(|_, _, entries, _| {
        for entry in entries {
            let id = entry.id.as_str();
            if id.starts_with("answer/") || id.starts_with("item/") {
                continue;
            }
            let groups: Vec<&str> = id.split('-').collect();
            let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert!(
                groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{id}"
            );
            assert!(
                groups[2].starts_with('7') && "89ab".contains(&groups[3][..1]),
                "{id}"
            );
        }
    });
}

#[test]
fn seventeen_of_twenty_one_commitments_are_kept_the_last_five_in_a_row() {
    for_each_present(|_, now, _, journal| {
        let record = journal.record(now.today());
        assert_eq!((record.kept, record.missed, record.streak), (17, 4, 5));
        assert_eq!(journal.commitments().len(), 24);
    });
}

#[test]
fn one_commitment_is_overdue_since_last_friday_and_one_due_this_friday() {
    for_each_present(|_, now, _, journal| {
        let open = journal.open_commitments();
        let due: Vec<NaiveDate> = open.iter().map(|(_, open)| open.due).collect();
        assert_eq!(
            due,
            [now.week().minus_weeks(1).friday(), now.week().friday()]
        );
        assert_eq!(open[0].1.first_due(), now.week().minus_weeks(2).friday());
    });
}

#[test]
fn a_date_moved_twice_keeps_both_moves_and_all_versions() {
    for_each_present(|_, now, _, journal| {
        let commitments = journal.commitments();
        let moved = commitments
            .iter()
            .filter(|(_, moved)| !moved.moves.is_empty());
        assert_eq!(moved.count(), 5);
        let (entry, twice) = commitments
            .iter()
            .find(|(_, moved)| moved.moves.len() == 2)
            .expect("a commitment moved twice");
        assert_eq!(twice.first_due(), now.week().minus_weeks(32).friday());
        assert_eq!(twice.due, now.week().minus_weeks(28).friday());
        assert_eq!(journal.versions(&entry.id).len(), 4);
    });
}

#[test]
fn every_origin_of_a_commitment_is_in_the_journal() {
    for_each_present(|_, _, _, journal| {
        let mut origins = 0;
        for (_, commitment) in journal.commitments() {
            if let Some(origin) = &commitment.origin {
                assert!(journal.current(origin).is_some(), "{origin}");
                let written = journal.first_written_day(origin).expect("a first version");
                assert!(written <= commitment.made, "{}", commitment.better);
                origins += 1;
            }
        }
        assert_eq!(origins, 20);
    });
}

#[test]
fn two_months_have_no_problem_and_the_present_one_has_one_under_way() {
    for_each_present(|catalog, now, _, journal| {
        let (problems, _) = catalog.monthly().expect("a monthly register");
        let boxes: Vec<MonthBox> = (0..12)
            .rev()
            .map(|months| {
                insight::month_box(
                    journal,
                    catalog,
                    problems,
                    months_ago(now, months),
                    now.today(),
                )
            })
            .collect();
        let one = MonthBox::Solved(1);
        assert_eq!(
            boxes,
            [
                one,
                one,
                one,
                MonthBox::Empty,
                one,
                MonthBox::Solved(2),
                one,
                MonthBox::Empty,
                one,
                one,
                one,
                MonthBox::UnderWay,
            ],
            "{}",
            now.today()
        );
    });
}

#[test]
fn problems_are_in_every_stage_but_one_and_one_took_more_than_a_month() {
    for_each_present(|catalog, _, _, journal| {
        let (problems, _) = catalog.monthly().expect("a monthly register");
        let mut stages: BTreeMap<&str, usize> = BTreeMap::new();
        let mut long = 0;
        for (_, item) in journal.items(&problems.id) {
            let stage = stage_of(problems, item).expect("a stage");
            *stages.entry(&stage.id).or_default() += 1;
            let months = ["spotted", "solved"].map(|stage| item.day(stage).map(Month::of));
            long += usize::from(months[1].is_some() && months[0] != months[1]);
        }
        let expected = [
            ("communicated", 4),
            ("documented", 2),
            ("shared", 3),
            ("solved", 1),
            ("spotted", 1),
        ];
        assert_eq!(stages, BTreeMap::from(expected));
        assert_eq!(long, 1);
    });
}

#[test]
fn this_week_is_done_up_to_the_third_practice() {
    for_each_present(|catalog, now, _, journal| {
        let progress: Vec<Progress> = catalog
            .walk()
            .map(|practice| insight::progress(journal, practice, now.week()))
            .collect();
        let (done, later) = progress.split_at(3);
        assert_eq!(done, [Progress::Done; 3]);
        assert_eq!(later, [Progress::NotStarted; 5]);
    });
}

#[test]
fn most_weeks_are_answered_and_a_few_are_not() {
    for_each_present(|catalog, now, _, journal| {
        let audit = catalog.practice("audit").expect("the audit");
        let progress = |weeks| insight::progress(journal, audit, now.week().minus_weeks(weeks));
        let of = |wanted| (0..52).filter(|weeks| progress(*weeks) == wanted).count();
        let counts = [Progress::Done, Progress::Partial, Progress::NotStarted].map(of);
        assert_eq!(counts, [41, 5, 6]);
        assert_eq!(progress(52), Progress::NotStarted);
    });
}

#[test]
fn every_register_has_items_and_every_choice_is_on_offer() {
    for_each_present(|catalog, _, _, journal| {
        for register in catalog.registers() {
            let items = journal.items(&register.id);
            assert!(items.len() >= 2, "{}", register.id);
            for (_, item) in items {
                assert!(!item.title().is_empty());
                for field in &register.fields {
                    if let Some(value) = item.values.get(&field.id) {
                        assert_fits(&field.kind, value);
                    }
                }
            }
        }
        for practice in catalog.practices() {
            for step in &practice.steps {
                if let Ask::Answer(kind) = &step.ask {
                    let answers = journal.answers(&practice.id, &step.id);
                    assert!(!answers.is_empty(), "{}", step.id);
                    for (_, value) in answers {
                        assert_fits(kind, value);
                    }
                }
            }
        }
    });
}

#[track_caller]
fn assert_fits(kind: &FieldKind, value: &Value) {
    let known = |id: &String| kind.choices().iter().any(|choice| choice.id == *id);
    let fits = match (kind, value) {
        (FieldKind::Line | FieldKind::Person | FieldKind::Link, Value::Text(text)) => {
            !text.contains('\n')
        }
        (FieldKind::Prose, Value::Text(_)) | (FieldKind::Log, Value::Log(_)) => true,
        (FieldKind::Date | FieldKind::NearDate, Value::Text(text)) => {
            text.parse::<NaiveDate>().is_ok()
        }
        (FieldKind::Scale(_), Value::Text(id)) => known(id),
        (FieldKind::Choice(options), Value::Text(id)) => options.open || known(id),
        (FieldKind::Checklist(_), Value::List(ids)) => ids.iter().all(known),
        (FieldKind::Choices(options), Value::List(ids)) => options.open || ids.iter().all(known),
        _ => false,
    };
    assert!(fits, "{value:?} is not a {kind:?}");
}

#[test]
fn every_text_of_the_sample_is_in_the_year() {
    let seed = seed::load();
    let mut wanted = Vec::new();
    let mut want = |said: &SeedValue| match said {
        SeedValue::Text(text) => wanted.push(text.clone()),
        SeedValue::List(list) => wanted.extend(list.iter().cloned()),
    };
    let answers = seed
        .sittings
        .iter()
        .flat_map(|sitting| sitting.answers.values());
    answers.flat_map(BTreeMap::values).for_each(&mut want);
    for item in seed.items.values().flatten() {
        for version in std::iter::once(&item.first).chain(&item.then) {
            // Days are not text.
            let is_text = |field: &str| !["since", "first", "last", "on"].contains(&field);
            let fields = version.fields.iter().filter(|(field, _)| is_text(field));
            fields.for_each(|(_, said)| want(said));
        }
    }
    wanted.extend(seed.commitments.iter().map(|seed| seed.better.clone()));
    assert!(wanted.len() > 600, "{}", wanted.len());
    for_each_present(|_, _, entries, _| {
        let texts = all_texts(entries);
        for text in &wanted {
            assert!(texts.contains(text), "{text}");
        }
    });
}

#[test]
fn the_texts_have_several_scripts_and_lengths() {
    for_each_present(|_, _, entries, _| {
        let texts = all_texts(entries);
        let has = |test: &dyn Fn(&str) -> bool| texts.iter().any(|text| test(text));
        let within = |script: std::ops::RangeInclusive<char>| {
            has(&|text| text.chars().any(|letter| script.contains(&letter)))
        };
        assert!(within('\u{4e00}'..='\u{9fff}'), "Chinese or Japanese");
        assert!(within('\u{0600}'..='\u{06ff}'), "Arabic");
        assert!(within('\u{1f300}'..='\u{1faff}'), "emoji");
        assert!(within('\u{200d}'..='\u{200d}'), "a joined emoji");
        assert!(within('é'..='é'), "accents");
        let long = |text: &str| text.len() > 900 && text.contains("\n\n");
        assert!(has(&long), "prose of several paragraphs");
        let endless = |word: &str| word.chars().count() > 60;
        assert!(has(&|text| text.split(' ').any(endless)), "a long word");
        assert!(has(&|text| text.len() > 160 && text.starts_with("https://")));
    });
}

#[test]
fn some_answers_were_edited() {
    for_each_present(|_, _, entries, _| {
        let edits = entries.iter().filter(|entry| {
            entry.rev == 2
                && matches!(&entry.body, Body::Answer(answer) if answer.period != Period::Standing)
        });
        assert_eq!(edits.count(), 2);
    });
}

#[test]
fn the_year_holds_on_any_day() {
    let catalog = builtin();
    let (problems, _) = catalog.monthly().expect("a monthly register");
    let first: NaiveDate = "2026-01-01".parse().expect("a date");
    for day in (0..800).step_by(13) {
        let date = first.checked_add_days(Days::new(day)).expect("a date");
        let now = Now::new(format!("{date}T07:30:00+02:00").parse().expect("a stamp"));
        let journal = Journal::fold(entries(&catalog, now));
        assert_eq!(journal.record(date).streak, 5, "{date}");
        let empty = (0..12).filter(|months| {
            insight::month_box(&journal, &catalog, problems, months_ago(now, *months), date)
                == MonthBox::Empty
        });
        assert_eq!(empty.collect::<Vec<_>>(), [4, 8], "{date}");
        let walk = catalog
            .walk()
            .map(|practice| insight::progress(&journal, practice, now.week()));
        let done = walk.filter(|progress| *progress == Progress::Done);
        assert_eq!(done.count(), 3, "{date}");
    }
}
