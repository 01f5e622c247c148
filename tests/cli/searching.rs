//! `leadby search`: the search of the screens as a command.

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn matches_are_a_table_with_the_matching_text() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["search", "relese", "ownr"]).seen(), @"00bb04  commitment · open  2026-11-27  One owner for every release step");
    assert_snapshot!(filled.run(&["search", "lodz"]).seen(), @r"00cc05  problem · solved  2026-11-19  Nobody knows who may restart the build · Łódź と 東京 know; back\slash");
    assert_snapshot!(filled.run(&["search", "--", "kind:commitment", "-area:inbox"]).seen(), @r"
    00bb04  commitment · open    2026-11-27  One owner for every release step
    00aa02  commitment · missed  2026-11-14  Tidy the wiki
    00aa01  commitment · kept    2026-11-06  Stand-up starts on time
    ");
}

#[test]
fn one_or_several_arguments_are_the_same_search() {
    let filled = TestEnvironment::filled();
    let plain = |words: &[&str]| filled.ok(&[&["search", "--plain"], words].concat());
    assert_eq!(plain(&["release", "owner"]), plain(&["release owner"]));
    assert_eq!(plain(&["\"release step\""]).lines().count(), 1);
    assert_eq!(
        plain(&["--", "release", "-checklist"]),
        plain(&["release -checklist"])
    );
}

#[test]
fn scripts_get_the_columns_and_objects_of_list() {
    let filled = TestEnvironment::filled();
    assert_eq!(
        filled.ok(&["search", "owner", "kind:commitment", "--plain"]),
        "0193c0de-0000-7000-8000-00000000bb04\tcommitment\t2026-11-27\topen\t\
         One owner for every release step\tprocess\n"
    );
    let json = filled.ok(&["search", "release", "--json"]);
    let found: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    let listed = filled.listed("all");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|entry| listed.contains(entry)));
    assert_eq!(found[0]["better"], "One owner for every release step");
    let first = filled.ok(&["search", "release", "--json", "--limit", "1"]);
    let first: Vec<serde_json::Value> = serde_json::from_str(&first).expect("JSON");
    assert_eq!(first, found[..1]);
}

#[test]
fn no_matches_are_reported_as_a_failure() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["search", "unicorn"]).seen(), @"
    -- standard error --
    leadby: no matches.
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["search", "person:karl"]).seen(), @r"
    -- standard error --
    leadby: no one called “karl” in the journal.
    -- exit code 1 --
    ");
    assert_snapshot!(TestEnvironment::new().run(&["search", "unicorn"]).seen(), @"
    -- standard error --
    leadby: the journal is empty.
      `leadby` opens the screens; `leadby commit TEXT` makes a first commitment
    -- exit code 1 --
    ");
    assert_eq!(filled.run(&["search", "unicorn", "--json"]).output, "[]\n");
}

#[test]
fn an_invalid_filter_is_refused() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["search", "knd:problem", "release"]).seen(), @"
    -- standard error --
    leadby: quote “knd:” or use kind, area, person, state, is, due, since, until, week.
      `leadby search --help` shows words and filters
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["search", "week:soon"]).seen(), @"
    -- standard error --
    leadby: week: takes this, last, a number like 48, or 2026-W48.
      `leadby search --help` shows words and filters
    -- exit code 2 --
    ");
    assert_eq!(filled.run(&["search"]).code, Some(2));
}

#[test]
fn deleted_entries_are_not_found() {
    let filled = TestEnvironment::filled();
    assert_eq!(filled.run(&["search", "wiki"]).code, Some(0));
    filled.ok(&["edit", "aa02", "--set", "better=Tidy the handbook"]);
    assert_eq!(filled.run(&["search", "wiki"]).code, Some(1));
    assert_eq!(filled.run(&["search", "handbook"]).code, Some(0));
}

#[test]
fn a_search_knows_states_and_due_days() {
    let filled = TestEnvironment::filled();
    let count = |query: &str| {
        let found = filled.run(&["search", "--plain", "--", query]);
        assert!(
            matches!(found.code, Some(0 | 1)),
            "{query}: {}",
            found.errors
        );
        found.output.lines().count()
    };
    for (query, expected) in [
        ("is:open", 3),
        ("is:done", 2),
        ("is:overdue", 1),
        ("is:open -is:overdue", 2),
        ("state:kept state:missed", 2),
        ("state:solved", 1),
        ("state:open due:fri", 1),
        ("due:2026-11 -state:open", 2),
        ("due:next-week", 0),
    ] {
        assert_eq!(count(query), expected, "{query}");
    }
    let refused = filled.run(&["search", "is:late"]);
    assert!(
        refused.errors.contains("is: takes open, done, overdue"),
        "{}",
        refused.errors
    );
}
