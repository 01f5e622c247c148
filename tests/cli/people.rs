//! People on the command line: everyone you name, and where each is mentioned.

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

fn filled() -> TestEnvironment {
    let filled = TestEnvironment::filled();
    filled.ok(&[
        "add",
        "follow-up",
        "Tell Ana about June",
        "--set",
        "with=Ana Sørensen, Priya",
    ]);
    filled.ok(&[
        "add",
        "assist",
        "Taught the release",
        "--set",
        "with=ana sørensen",
    ]);
    filled
}

#[test]
fn everyone_is_listed_with_count_and_last_date() {
    let filled = filled();
    assert_snapshot!(filled.run(&["list", "people"]).seen(), @r"
    ana sørensen  2 times  last Tue 24 Nov  1 open
    Priya         1 time   last Tue 24 Nov  1 open
    ");
    assert_snapshot!(filled.run(&["list", "person", "--plain"]).seen(), @r"
    ana sørensen	2	1	2026-11-24	communication=1,multiplier=1
    Priya	1	1	2026-11-24	communication=1
    ");
    let json = filled.ok(&["list", "people", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(read[0]["name"], "ana sørensen");
    assert_eq!(read[0]["mentions"].as_array().map(Vec::len), Some(2));
    assert_eq!(read[0]["open"].as_array().map(Vec::len), Some(1));
    assert_eq!(read[0]["last"], "2026-11-24");
    assert_eq!(read[0]["practices"]["multiplier"], 1);
    assert_eq!(read[0]["open"][0], read[0]["mentions"][1]);
}

#[test]
fn a_person_is_listed_with_every_mention() {
    let filled = filled();
    let titles = |kind: &str| -> Vec<String> {
        let plain = filled.ok(&["list", kind, "--plain"]);
        let title = |line: &str| line.split('\t').nth(4).unwrap_or_default().to_owned();
        plain.lines().map(title).collect()
    };
    assert_eq!(titles("people/ANA  sørensen").len(), 2);
    assert_eq!(titles("person/priya"), ["Tell Ana about June"]);
    assert_eq!(
        filled
            .ok(&["list", "people/Priya", "--json"])
            .lines()
            .count(),
        3
    );
}

#[test]
fn two_names_are_joined_and_parted() {
    let filled = filled();
    let join = [
        "add",
        "joined-name",
        "Priya",
        "--set",
        "person=Ana Sørensen",
    ];
    filled.ok(&join);
    assert_snapshot!(filled.run(&["list", "people"]).seen(), @"Ana Sørensen  2 times  last Tue 24 Nov  1 open");
    let found = filled.ok(&["search", "person:priya", "--plain"]);
    assert_eq!(found.lines().count(), 2, "{found}");
    let named = filled.ok(&["list", "people/Priya", "--plain"]);
    assert_eq!(named.lines().count(), 2, "{named}");
    let listed = filled.ok(&["list", "--person", "priya", "--plain"]);
    assert_eq!(listed.lines().count(), 2, "{listed}");
    filled.ok(&["undo"]);
    assert_eq!(filled.ok(&["list", "people", "--plain"]).lines().count(), 2);
}

#[test]
fn a_name_without_mentions_is_reported() {
    let filled = filled();
    assert_snapshot!(filled.run(&["list", "people/Zoë"]).seen(), @"
    -- standard error --
    leadby: no one called “Zoë” in the journal.
      `leadby list people` lists everyone named
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["list", "people", "--since", "+1d"]).seen(), @"
    -- standard error --
    leadby: no matches.
    -- exit code 1 --
    ");
    assert_snapshot!(TestEnvironment::filled().run(&["list", "people"]).seen(), @"
    -- standard error --
    leadby: no people yet.
      a name in a field for people is listed, and @name in any text
    -- exit code 1 --
    ");
}

#[test]
fn a_note_counts_where_it_was_placed() {
    let home = TestEnvironment::new();
    home.ok(&["note", "ask @Ana about the release page"]);
    let counted = || home.ok(&["list", "people", "--plain"]);
    assert!(counted().starts_with("Ana\t1\t"), "{}", counted());
    home.ok(&["place", &home.id_of("ask @Ana"), "--list", "follow-up"]);
    assert!(counted().starts_with("Ana\t1\t"), "{}", counted());
}
