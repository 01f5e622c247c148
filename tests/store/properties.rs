//! Properties of the fold and of the file, for any input.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;

use chrono::NaiveDate;
use leadby::calendar::{Month, Now, Timestamp, Week};
use leadby::journal::{
    Answer, Body, Closing, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Inclusion, Item,
    Journal, Lineage, Member, Move, Period, PortfolioChoice, UndoTarget, Value, VersionName,
};
use leadby::report::StatusLine;
use leadby::store::{LineFilter, Loaded, Store, encode_line};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{answer, home, item, merge, now, open, read, save};

fn text() -> impl Strategy<Value = String> {
    let odd = select(vec![
        '\0', '\n', '\r', '\t', '"', '\\', '\u{7f}', '\u{85}', '\u{2028}',
    ]);
    vec(prop_oneof![3 => any::<char>(), 1 => odd], 0..30)
        .prop_map(|characters| characters.into_iter().collect())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_i32..3_000_000).prop_map(|days| {
        NaiveDate::from_num_days_from_ce_opt(days + 366).expect("a day of the years 1 to 9999")
    })
}

fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        Just(Period::Standing),
        day().prop_map(|day| Period::Week(Week::of(day))),
        day().prop_map(|day| Period::Month(Month::of(day))),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let dated = (day(), text()).prop_map(|(on, text)| DatedLine { on, text });
    prop_oneof![
        text().prop_map(Value::Text),
        vec(text(), 0..4).prop_map(Value::List),
        vec(dated, 1..4).prop_map(Value::Log),
    ]
}

fn commitment() -> impl Strategy<Value = Commitment> {
    let moved =
        (day(), day(), day(), text()).prop_map(|(on, from, to, why)| Move { on, from, to, why });
    let how = select(vec![
        CommitmentOutcome::Kept,
        CommitmentOutcome::Missed,
        CommitmentOutcome::LetGo,
    ]);
    let closing =
        (how, day(), text()).prop_map(|(how, on, evidence)| Closing { how, on, evidence });
    let days = (day(), day());
    let rest = (vec(moved, 0..3), option::of(closing), option::of(text()));
    (text(), text(), days, rest).prop_map(
        |(better, area, (due, made), (moves, closing, origin))| Commitment {
            better,
            area,
            due,
            made,
            moves,
            closing,
            origin: origin.map(Id::new),
        },
    )
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        Just(Body::Deleted),
        (period(), text(), text(), value()).prop_map(|(period, practice, step, value)| {
            Body::Answer(Answer::new(period, practice, step, value))
        }),
        (text(), btree_map(text(), value(), 0..4))
            .prop_map(|(register, values)| Body::Item(Item::with_values(register, values))),
        commitment().prop_map(Body::Commitment),
        (
            text(),
            option::of(select(Inclusion::ALL.to_vec())),
            option::of(any::<u32>()),
            vec(text(), 0..3),
            vec(text(), 0..3),
        )
            .prop_map(|(entry, portfolio, place, ladder, refused)| {
                Body::Choice(PortfolioChoice {
                    entry: Id::new(entry),
                    portfolio,
                    place,
                    ladder,
                    refused,
                })
            }),
    ]
}

/// Few ids, revisions and times, so that versions compete.
pub(super) fn entry() -> impl Strategy<Value = Entry> {
    let at = select(vec![
        "2026-11-24T09:15:02+01:00",
        "2026-11-24T08:15:02Z",
        "2026-11-24T08:15:02.25-03:30",
    ]);
    let names = (select(vec!["a", "b", "ü\n"]), 1_u64..4, lineage());
    (names, at, body()).prop_map(|((id, rev, lineage), at, body)| {
        named(Entry {
            id: Id::new(id),
            rev,
            lineage,
            at: at.parse::<Timestamp>().expect("an instant"),
            body,
        })
    })
}

/// The entry with the id that its line gives it.
pub(super) fn named(mut entry: Entry) -> Entry {
    let line = encode_line(&entry);
    entry.lineage.name = VersionName::new(&line[line.len() - 10..line.len() - 2]);
    entry
}

/// Few names, so that some lead to another version.
fn lineage() -> impl Strategy<Value = Lineage> {
    let name = || select(vec!["00000000", "9f1c02aa", "no checksum"]);
    let undoes = prop_oneof![
        (1_u64..4).prop_map(UndoTarget::Revision),
        name().prop_map(|name| UndoTarget::Name(VersionName::new(name))),
    ];
    let open = vec(select(vec!["due", "values.did"]), 0..2);
    let unknown = btree_map(
        "x[a-z]{1,3}",
        select(vec!["1.5", "{\"a\":[]}", "\"é\""]),
        0..2,
    );
    (
        option::of(vec(name(), 0..3)),
        option::of(undoes),
        open,
        unknown,
    )
        .prop_map(|(after, undoes, open, unknown)| Lineage {
            after: after.map(|names| names.into_iter().map(VersionName::new).collect()),
            undoes: undoes.map(Box::new),
            open: open.into_iter().map(Box::from).collect(),
            unknown: (!unknown.is_empty()).then(|| {
                let members = unknown.into_iter();
                Box::new(
                    members
                        .map(|(name, json)| (name, Member::One(json.to_owned())))
                        .collect(),
                )
            }),
            ..Lineage::default()
        })
}

/// An answer with this text.
pub(super) fn plain_entry(words: &str) -> Entry {
    let change = answer(words);
    Entry::new(
        change.id.expect("an answer has one"),
        1,
        super::now().timestamp(),
        change.body,
    )
}

pub(super) fn write(path: &Path, entries: &[Entry]) {
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| encode_line(entry) + "\n")
        .collect();
    fs::write(path, lines.concat()).expect("a journal");
}

pub(super) fn lines(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// Journals merged one after the other.
fn merged(parts: &[&[Entry]]) -> (BTreeSet<String>, Journal) {
    let (home, path) = home();
    for (number, part) in parts.iter().enumerate() {
        let other = home.path().join(format!("{number}.jsonl"));
        write(&other, part);
        let (mut store, _) = open(&path);
        merge(&mut store, &other);
    }
    (lines(&path), Journal::fold(read(&path).entries))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_written_line_is_read_again(entries in vec(entry(), 1..6)) {
        let (_home, path) = home();
        write(&path, &entries);
        let loaded = read(&path);
        prop_assert_eq!(loaded.findings, []);
        prop_assert_eq!(loaded.entries, entries);
        let text = fs::read_to_string(&path).expect("the journal");
        let acts = |character: char| character.is_control() && character != '\n';
        prop_assert!(!text.contains(acts));
    }

    #[test]
    fn the_order_of_lines_does_not_matter(
        (entries, shuffled) in vec(entry(), 1..12)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
    ) {
        let (_home, path) = home();
        write(&path, &entries);
        let journal = Journal::fold(read(&path).entries);
        write(&path, &shuffled);
        prop_assert_eq!(Journal::fold(read(&path).entries), journal);
    }

    #[test]
    fn merging_is_a_union(
        a in vec(entry(), 1..6),
        b in vec(entry(), 1..6),
        c in vec(entry(), 1..6),
    ) {
        let all = merged(&[&a, &b, &c]);
        prop_assert_eq!(&merged(&[&b, &a, &c]), &all);
        prop_assert_eq!(&merged(&[&c, &a, &b]), &all);
        prop_assert_eq!(&merged(&[&a, &[b, c].concat()]), &all);
        prop_assert_eq!(&merged(&[&a, &a]), &merged(&[&a]));
    }

    #[test]
    fn a_partial_read_has_all_versions_of_its_entries(
        entries in vec(entry(), 1..8),
        damage in vec((any::<Index>(), any::<u8>()), 0..4),
    ) {
        let (_home, path) = home();
        write(&path, &entries);
        let mut bytes = fs::read(&path).expect("the journal");
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        fs::write(&path, &bytes).expect("a damaged journal");
        let all = read(&path);
        let (_, some) = Store::open_filtered(&path, now(), LineFilter::IdPrefix("a")).expect("a reading");
        let versions = |loaded: &Loaded| {
            let entries = loaded.entries.iter().filter(|entry| entry.id.as_str() == "a");
            entries.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(versions(&some), versions(&all));
        prop_assert_eq!(some.findings, all.findings);
    }

    #[test]
    fn no_bytes_crash_the_reader(bytes in vec(any::<u8>(), 0..300)) {
        let (_home, path) = home();
        fs::write(&path, &bytes).expect("some bytes");
        let (mut store, loaded) = open(&path);
        prop_assert_eq!(loaded.entries, []);
        if !store.is_foreign() {
            save(&mut store, &mut Journal::default(), &[answer("x")]);
            prop_assert_eq!(read(&path).entries.len(), 1);
        }
    }
}

#[test]
fn a_single_flipped_bit_is_noticed_and_hides_no_other_line() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let changes = [item("first"), answer("é “flipped” \u{1b}"), item("last")];
    let saved = save(&mut store, &mut Journal::default(), &changes);
    let whole = fs::read(&path).expect("the journal");
    let file = fs::File::options()
        .write(true)
        .open(&path)
        .expect("the journal");
    let start = encode_line(&saved[0]).len() + 1;
    let end = start + encode_line(&saved[1]).len();
    for index in start..end {
        for bit in 0..8 {
            let flipped = [whole[index] ^ 1 << bit];
            let offset = index as u64;
            file.write_all_at(&flipped, offset).expect("a flipped bit");
            let loaded = read(&path);
            assert!(!loaded.findings.is_empty(), "byte {index} bit {bit}");
            for other in [&saved[0], &saved[2]] {
                assert!(loaded.entries.contains(other), "byte {index} bit {bit}");
            }
        }
        file.write_all_at(&whole[index..=index], index as u64)
            .expect("the byte as it was");
    }
}

#[test]
fn long_texts_are_kept_to_the_last_byte() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let text = "🙂\t\u{0}\u{202e}שלום\r\n".repeat(6_000);
    let mut journal = Journal::default();
    save(&mut store, &mut journal, &[answer(&text)]);
    let loaded = read(&path);
    assert_eq!(Journal::fold(loaded.entries), journal);
    let Body::Answer(answer) = &read(&path).entries[0].body else {
        panic!("an answer");
    };
    assert_eq!(answer.value, Value::Text(text));
}

#[test]
fn the_status_line_is_the_same_from_a_partial_read() {
    let catalog = leadby::practice::builtin();
    let (_home, path) = home();
    let year = leadby::sample::entries(&catalog, now());
    leadby::store::create_journal(&path, &year).expect("a journal");
    let all = Journal::fold(read(&path).entries);
    for days in 0..370 {
        let now = Now::new(now().timestamp() - chrono::Duration::days(days));
        let part = Store::open_filtered(&path, now, LineFilter::EntriesOf(now.week(), &[], "off"));
        let (_, part) = part.expect("a reading");
        assert!(part.entries.len() < year.len() / 2);
        let part = Journal::fold(part.entries);
        let line = |journal| StatusLine::new(now, journal, &catalog).text();
        assert_eq!(line(&part), line(&all), "{days} days before");
    }
}
