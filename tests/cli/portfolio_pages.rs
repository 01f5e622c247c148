//! The pages for other readers on the command line: what they are about, the last look at them, and
//! the talk they are remembered for.

use crate::environment::TestEnvironment;

/// Some work with Ana Lee.
fn with_ana() -> TestEnvironment {
    let here = TestEnvironment::filled();
    for call in [
        &[
            "add",
            "follow-up",
            "Dates for June",
            "--set",
            "with=Ana Lee",
        ][..],
        &[
            "add",
            "assist",
            "Ana ran the release",
            "--set",
            "with=Ana Lee",
        ],
        &[
            "add",
            "quote",
            "Very clear, thank you",
            "--set",
            "by=Ana Lee",
        ],
    ] {
        here.ok(call);
    }
    here
}

#[test]
fn a_page_about_a_person_takes_any_of_their_names() {
    let here = with_ana();
    let page = here.ok(&["portfolio", "--person", "ana LEE"]);
    assert!(page.starts_with("# My work with Ana Lee\n"), "{page}");
    assert_eq!(here.ok(&["portfolio", "--person", "ana"]), page);
    here.ok(&["add", "joined-name", "Annie", "--set", "person=Ana Lee"]);
    assert_eq!(here.ok(&["portfolio", "--person", "Annie"]), page);
    here.ok(&["add", "assist", "Another", "--set", "with=Ana Ray"]);
    let called = here.run(&["portfolio", "--person", "Ana"]);
    assert_eq!(called.code, Some(2));
    assert!(
        called.errors.contains("can be Ana Lee or Ana Ray"),
        "{called:?}"
    );
    let called = here.run(&["portfolio", "--person", "Nobody"]);
    assert_eq!(called.code, Some(1));
    assert!(
        called.errors.contains("no one called “Nobody”"),
        "{called:?}"
    );
    let called = here.run(&["portfolio", "--person", "Ana Lee", "--for", "cv"]);
    assert_eq!(called.code, Some(2));
}

#[test]
fn the_last_look_lists_every_piece_and_takes_one_out() {
    let here = with_ana();
    let list = here.ok(&["portfolio", "--person", "Ana", "--check"]);
    assert!(
        list.starts_with("3 things are on this page, and 1 name: Ana Lee.\n\nFollow-ups\n"),
        "{list}"
    );
    assert!(list.contains("  Dates for June\n"), "{list}");
    let ids: Vec<String> = here
        .listed("loops")
        .iter()
        .map(|entry| entry["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.len(), 1);
    let plain = here.ok(&["list", "loops"]);
    let short = plain.split_whitespace().next().expect("an id");
    here.ok(&["portfolio", "--leave-out", short]);
    let page = here.ok(&["portfolio", "--person", "Ana"]);
    assert!(!page.contains("Dates for June"), "{page}");
    here.ok(&["undo"]);
    let page = here.ok(&["portfolio", "--person", "Ana", "--initials"]);
    assert!(
        page.contains("Dates for June") && !page.contains("Ana"),
        "{page}"
    );
    assert!(page.contains("# My work with A. L."), "{page}");
    assert!(page.contains("A. ran the release"), "{page}");
    let list = here.ok(&["portfolio", "--person", "Ana", "--check", "--initials"]);
    assert!(list.contains("no one you know by name"), "{list}");
    let written = here.run(&["portfolio", "--check", "-o", "page.md"]);
    assert_eq!(written.code, Some(2));
}

#[test]
fn a_page_for_a_talk_is_remembered_once_a_day() {
    let here = TestEnvironment::filled();
    let before = here.bytes();
    here.ok(&["portfolio", "--for", "manager"]);
    here.ok(&["portfolio", "--for", "cv", "-o", "cv.md"]);
    assert_eq!(here.bytes(), before, "nothing is written to the journal");
    let called = here.run(&["review", "--since", "last-talk"]);
    assert_eq!(called.code, Some(1));
    assert!(
        called.errors.contains("no talk is remembered yet"),
        "{called:?}"
    );
    let said = here.ok(&["portfolio", "--for", "manager", "-o", "one.md"]);
    assert!(
        said.starts_with("The portfolio is in one.md.\nToday is remembered as your last page"),
        "{said}"
    );
    let said = here.ok(&["portfolio", "-o", "two.html"]);
    assert!(!said.contains("remembered"), "{said}");
    assert_eq!(here.listed("talks").len(), 1);
    let here = here.at("2026-12-02T09:00:00+01:00");
    let agenda = here.ok(&["portfolio", "--for", "manager", "--format", "json"]);
    let agenda: serde_json::Value = serde_json::from_str(&agenda).expect("JSON");
    assert_eq!(agenda["last_talk"], "2026-11-24");
    assert_eq!(agenda["first"], "2026-11-24");
    let review = here.ok(&["review", "--since", "last-talk", "--json"]);
    let review: serde_json::Value = serde_json::from_str(&review).expect("JSON");
    assert_eq!(review["first"], "2026-11-24");
    here.ok(&["undo"]);
    assert_eq!(here.run(&["list", "talks"]).code, Some(1), "none is left");
    let agenda = here.ok(&["portfolio", "--for", "manager", "--all"]);
    assert!(!agenda.contains("our last talk"), "{agenda}");
}
