//! What always holds, whatever is written and typed.

use proptest::prelude::*;

use super::*;
use crate::practice::Catalog;

/// Words of many scripts, some of which are the beginnings of others.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-d]{1,5}",
        "[ÄöüßéŁ]{1,3}",
        "[責任者一]{1,4}",
        "[שלום]{1,3}",
        Just("👩‍👩‍👧".to_owned()),
        Just("e\u{301}a".to_owned()),
        Just("don't, v1.2—x".to_owned()),
        "\\PC{1,4}",
    ];
    prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

fn some_journal() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..12_u32, 1..4_u64, 0..4_u32, text(), text());
    prop::collection::vec(one, 1..16).prop_map(|entries| {
        let entries = entries.into_iter();
        let entry = |(id, rev, kind, one, other): (u32, u64, u32, String, String)| {
            let on = format!("2026-11-{:02}", id + 1);
            let name = format!("id{id}");
            let mut entry = match kind {
                0 => commitment(&name, &on, &one, &other),
                1 => item(
                    &name,
                    &on,
                    "problems",
                    &[("title", &one), ("wrong", &other)],
                ),
                2 => answer("2026-W47", &on, "audit", "influence", &one),
                _ => entry_on(&name, &on, Body::Deleted),
            };
            entry.rev = rev;
            entry
        };
        entries.map(entry).collect()
    })
}

fn ids(
    index: &mut SearchIndex,
    text: &str,
    journal: &Journal,
    catalog: &Catalog,
) -> Vec<(Id, u32)> {
    let hits = index.best(&Query::parse(text, catalog, now()), journal, catalog);
    let found = hits.iter().map(|hit| (index.id(*hit).clone(), hit.score));
    found.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_entry_is_found_by_each_of_its_own_words(entries in some_journal()) {
        let catalog = practice::builtin();
        let journal = Journal::fold(entries);
        let mut index = SearchIndex::new(&journal, &catalog);
        for entry in journal.entries() {
            for passage in passages(entry, &[], &catalog) {
                for word in passage.text.split_whitespace() {
                    let quoted = format!("\"{}\"", word.replace(['"', '“', '”', '„'], " "));
                    let found = ids(&mut index, &quoted, &journal, &catalog);
                    prop_assert!(found.iter().any(|(id, _)| *id == entry.id), "{quoted}");
                    let query = Query::parse(&quoted, &catalog, now());
                    if query.has_words() {
                        prop_assert!(!query.places(&passage.text).is_empty(), "{quoted}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_renewed_finds_what_a_new_one_finds(
        before in some_journal(),
        after in some_journal(),
        queries in prop::collection::vec(text(), 1..4),
    ) {
        let catalog = practice::builtin();
        let mut journal = Journal::fold(before);
        let mut renewed = SearchIndex::new(&journal, &catalog);
        for entry in after {
            let id = entry.id.clone();
            journal.insert(entry);
            renewed.renew(&id, &journal, &catalog);
        }
        let mut fresh = SearchIndex::new(&journal, &catalog);
        prop_assert_eq!(renewed.count(), fresh.count());
        for query in queries.iter().map(String::as_str).chain(["", "kind:problem", "a"]) {
            prop_assert_eq!(ids(&mut renewed, query, &journal, &catalog), ids(&mut fresh, query, &journal, &catalog));
        }
    }

    #[test]
    fn typing_on_finds_what_looking_afresh_finds(entries in some_journal(), typed in text()) {
        let catalog = practice::builtin();
        let journal = Journal::fold(entries);
        let mut typing = SearchIndex::new(&journal, &catalog);
        for (end, _) in typed.char_indices() {
            let mut fresh = SearchIndex::new(&journal, &catalog);
            let found = ids(&mut typing, &typed[..end], &journal, &catalog);
            prop_assert_eq!(&found, &ids(&mut fresh, &typed[..end], &journal, &catalog));
            // The best first, and of the same the newest.
            prop_assert!(found.is_sorted_by(|(_, one), (_, other)| one >= other));
        }
    }

    #[test]
    fn no_query_and_no_text_is_too_much(query in "\\PC{0,24}", text in "\\PC{0,40}") {
        let query = Query::parse(&query, &practice::builtin(), now());
        let mut last = 0;
        for place in query.places(&text) {
            prop_assert!(place.start >= last && place.start < place.end);
            prop_assert!(text.get(place.clone()).is_some());
            last = place.end;
        }
    }
}
