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
    assert!(!agenda.contains("Since "), "{agenda}");
}

#[test]
fn a_name_is_found_without_its_accents_and_counts_once() {
    let here = TestEnvironment::new();
    for with in ["Zoë", "Zoe", "Ana Sørensen", "Łukasz"] {
        here.ok(&["add", "assist", "Release", "--set", &format!("with={with}")]);
    }
    let helped = here.ok(&["review"]);
    assert!(helped.contains("People helped 3: "), "{helped}");
    for name in ["zoe", "ZOË", "Ana Sorensen", "lukasz"] {
        here.ok(&["portfolio", "--person", name]);
    }
}

#[test]
fn a_longer_name_is_of_someone_else() {
    let here = TestEnvironment::new();
    here.ok(&["add", "assist", "Showed @Jean-Luc the release"]);
    here.ok(&["add", "assist", "Another", "--set", "with=Jean"]);
    let people = here.ok(&["list", "people"]);
    assert!(people.contains("Jean-Luc  1 time "), "{people}");
    assert_eq!(people.lines().count(), 2, "{people}");
}

#[test]
fn all_days_begin_with_the_first_entry() {
    let here = TestEnvironment::new();
    assert!(
        !here
            .run(&["portfolio", "--all"])
            .errors
            .contains("portfolio --all"),
        "it was asked for"
    );
    let here = here.at("2026-09-02T09:00:00+01:00");
    here.ok(&["add", "problem", "Mail"]);
    let here = here.at("2026-10-05T09:00:00+01:00");
    here.ok(&["advance", "0"]);
    let here = here.at("2026-11-24T09:00:00+01:00");
    let page = here.ok(&["portfolio", "--all", "--format", "json"]);
    let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(page["first"], "2026-09-02");
    let year = here.ok(&["portfolio", "--format", "json"]);
    let year: serde_json::Value = serde_json::from_str(&year).expect("JSON");
    assert_eq!(year["first"], "2026-09-02", "as in every other format");
    assert_eq!(page["figures"]["months"][0]["month"], "2026-09");
}

#[test]
fn what_was_missed_is_in_json_only_if_it_is_included() {
    let here = TestEnvironment::filled();
    here.ok(&["check-in", "bb04", "--missed"]);
    let figures = || {
        let page = here.ok(&["portfolio", "--format", "json"]);
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        page["figures"].clone()
    };
    let told = figures();
    for figure in ["missed", "let_go", "first_dates"] {
        assert!(told[figure].is_null(), "{figure}: {told}");
    }
    assert!(told["months"][0]["missed"].is_null(), "{told}");
    here.ok(&["portfolio", "--include", "bb04"]);
    let told = figures();
    assert_eq!(told["missed"], 2, "{told}");
    assert_eq!(told["first_dates"], 4, "{told}");
    assert_eq!(told["months"][0]["missed"], 2, "{told}");
}

#[test]
fn what_is_put_back_is_where_it_was() {
    let here = TestEnvironment::filled();
    let pages = || {
        let page = |audience| here.run(&["portfolio", "--for", audience]).output;
        ["promotion", "manager", "cv"].map(page)
    };
    let before = pages();
    // An open commitment, a kept one, and a result of the first page.
    for id in ["bb04", "aa01", "cc05"] {
        here.ok(&["portfolio", "--leave-out", id]);
        assert_ne!(pages(), before, "{id}");
        let said = here.ok(&["portfolio", "--include", id]);
        assert!(said.starts_with("Included: "), "{said}");
        assert_eq!(pages(), before, "{id}");
    }
    let again = here.ok(&["portfolio", "--include", "bb04"]);
    assert_eq!(again, "Nothing changed: it is so already.\n");
    here.ok(&["check-in", "bb04", "--missed"]);
    assert!(!pages()[0].contains("missed"), "{}", pages()[0]);
}

#[test]
fn an_agenda_has_every_day_that_was_promised_and_nothing_later_than_its_days() {
    let mut here = TestEnvironment::new().at("2026-11-02T09:00:00+01:00");
    here.ok(&["commit", "Rules", "--by", "2026-11-06"]);
    for (on, to) in [("2026-11-06", "2026-11-13"), ("2026-11-13", "2026-11-20")] {
        here = here.at(&format!("{on}T09:00:00+01:00"));
        here.ok(&["check-in", "--moved", to]);
    }
    let here = here.at("2026-11-24T09:00:00+01:00");
    here.ok(&["add", "problem", "Mail"]);
    let agenda = here.ok(&["portfolio", "--for", "manager"]);
    assert!(
        agenda.contains(
            "- **Rules** · was due 20 November 2026 · moved twice, first due 6 November 2026, \
             then 13 November 2026\n"
        ),
        "{agenda}"
    );
    assert!(agenda.contains("**Mail**"), "{agenda}");
    let call = ["portfolio", "--for", "manager", "--quarter", "2026-Q1"];
    let before = here.run(&call);
    assert!(!before.output.contains("Rules"), "{before:?}");
    assert!(!before.output.contains("Mail"), "{before:?}");
}

#[test]
fn what_is_written_is_kept_whatever_else_is_in_it() {
    let here = TestEnvironment::new();
    here.ok(&[
        "answer",
        "talk/summary",
        "R&D in List<String>: **huge**, see [page](https://a.example/b?c=\"d\")\n- <2 h *now*",
    ]);
    here.ok(&[
        "add",
        "problem",
        "Mail",
        "--set",
        "improved=Results: https://a.example/Bob",
        "--set",
        "solved=today",
    ]);
    let page = here.ok(&["portfolio"]);
    let summary = "R&D in List\\<String>: **huge**, see [page](https://a.example/b?c=\"d\")\n\n\
        - \\<2 h *now*\n";
    assert!(page.contains(summary), "{page}");
    assert!(page.contains("Results: https://a.example/Bob"), "{page}");
    let page = here.ok(&["portfolio", "--format", "html"]);
    let link = "<a href=\"https://a.example/b?c=%22d%22\" rel=\"noreferrer\">page</a>";
    let summary = format!("R&amp;D in List&lt;String&gt;: <strong>huge</strong>, see {link}");
    assert!(page.contains(&summary), "{page}");
}

#[test]
fn initials_leave_addresses_as_they_are() {
    let here = TestEnvironment::new();
    here.ok(&[
        "add",
        "assist",
        "Mailed kim@bob.com for Bob",
        "--set",
        "with=Bob",
    ]);
    let page = here.ok(&["portfolio", "--initials"]);
    assert!(page.contains("Mailed kim@bob.com for B."), "{page}");
}

#[test]
fn a_chart_is_left_out_by_its_question() {
    let here = TestEnvironment::filled();
    here.ok(&["answer", "mastery/mark", "average"]);
    let said = here.ok(&["portfolio", "--check"]);
    assert!(said.contains("mastery/mark  Chart of 1 week\n"), "{said}");
    let said = here.ok(&["portfolio", "--leave-out", "mastery/mark"]);
    assert_eq!(said, "Left out: How good the work was  (mastery/mark)\n");
    let called = here.run(&["portfolio"]);
    assert!(
        !called.output.contains("How good the work was"),
        "{called:?}"
    );
    let said = here.ok(&["undo"]);
    assert!(said.contains("mastery"), "{said}");
    assert!(here.ok(&["portfolio"]).contains("How good the work was"));
}

#[test]
fn your_own_words_on_an_agenda_are_left_out_and_put_back() {
    let here = with_ana();
    here.ok(&["answer", "talk/needs", "A say in hiring"]);
    let agenda = ["portfolio", "--for", "manager"];
    assert!(here.ok(&agenda).contains("- A say in hiring\n"));
    let said = here.ok(&["portfolio", "--leave-out", "talk/needs"]);
    assert!(said.starts_with("Left out: "), "{said}");
    assert!(!here.ok(&agenda).contains("A say in hiring"));
    let again = here.ok(&["portfolio", "--leave-out", "talk/needs"]);
    assert_eq!(again, "Nothing changed: it is so already.\n");
    let said = here.ok(&["portfolio", "--include", "talk/needs"]);
    assert!(said.starts_with("Included: "), "{said}");
    assert!(here.ok(&agenda).contains("- A say in hiring\n"));
    here.ok(&["answer", "talk/summary", "I keep the release calm."]);
    let called = here.run(&["portfolio", "--leave-out", "talk/summary"]);
    assert_eq!(called.code, Some(2), "{called:?}");
}

#[test]
fn a_choice_takes_the_options_of_every_command_but_not_those_of_a_page() {
    let here = TestEnvironment::filled();
    let journal = here.journal();
    let journal = journal.to_str().expect("a path");
    for choice in ["--first", "--include", "--up", "--down", "--leave-out"] {
        for option in [&["--journal", journal][..], &["-q"], &["--color", "never"]] {
            let said = here.ok(&[&["portfolio", choice, "bb03"], option].concat());
            assert_eq!(said.is_empty(), option == ["-q"], "{choice} {said}");
        }
        for option in [
            &["--week"][..],
            &["--until", "fri"],
            &["--all"],
            &["--for", "cv"],
            &["--person", "Ana"],
            &["--initials"],
            &["--check"],
            &["--format", "md"],
            &["-o", "page.md"],
            &["--pages", "1"],
            &["--sentences"],
        ] {
            let called = here.run(&[&["portfolio", choice, "bb03"], option].concat());
            assert_eq!(called.code, Some(2), "{choice} {option:?} {called:?}");
            assert!(called.errors.contains("does not go with"), "{called:?}");
        }
    }
    for (option, named) in [
        (&["--year"][..], "--year"),
        (&["--since=2026-10-01"], "--since"),
        (&["-opage.md"], "--output"),
    ] {
        let called = here.run(&[&["portfolio", "--include", "bb03"], option].concat());
        let clash = format!("--include does not go with {named}.");
        assert!(called.errors.contains(&clash), "{called:?}");
    }
    let called = here.run(&["portfolio", "--up", "bb03", "--down", "bb02"]);
    assert!(
        called.errors.contains("--up does not go with --down"),
        "{called:?}"
    );
}

#[test]
fn a_length_is_refused_where_it_would_not_be_held() {
    let here = with_ana();
    for page in [
        &["--for", "cv"][..],
        &["--for", "manager"],
        &["--person", "Ana"],
    ] {
        for option in [&["--pages", "1"][..], &["--sentences"]] {
            let called = here.run(&[&["portfolio"], page, option].concat());
            assert_eq!(called.code, Some(2), "{page:?} {option:?} {called:?}");
            let clash = format!("{} does not go with {}", option[0], page[0]);
            assert!(called.errors.contains(&clash), "{called:?}");
        }
    }
    here.ok(&["portfolio", "--for", "promotion", "--pages", "1"]);
}

#[test]
fn what_is_cut_on_the_first_page_is_said() {
    let here = with_ana();
    here.ok(&[
        "answer",
        "talk/summary",
        &"I keep the release calm. ".repeat(40),
    ]);
    let note = "leadby: cut to fit the first page: Summary. JSON has all of it.\n";
    for (arguments, expected) in [
        (&[][..], note),
        (&["--check"], note),
        (&["--pages", "1", "--format", "html"], note),
        (&["--format", "json"], ""),
        (&["--for", "cv"], ""),
    ] {
        let called = here.run(&[&["portfolio"], arguments].concat());
        assert_eq!(
            (called.code, &*called.errors),
            (Some(0), expected),
            "{arguments:?}"
        );
    }
}

#[test]
fn an_entry_of_another_year_changes_nothing_on_this_years_page() {
    let here = TestEnvironment::filled();
    let add = |title: &str, day: &str| {
        let solved = format!("solved={day}");
        here.ok(&["add", "problem", title, "--set", &solved]);
        here.id_of(title)
    };
    let old = add("Old", "2025-12-12");
    let new = ["One", "Two", "Three", "Four", "Five"].map(|title| add(title, "2026-11-05"));
    let results = |days: &[&str]| -> Vec<String> {
        let page = here.ok(&[&["portfolio", "--format", "json"], days].concat());
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        let results = page["results"].as_array().expect("results").iter();
        results.map(|it| it["title"].to_string()).collect()
    };
    let before = results(&[]);
    assert_eq!(before.len(), 5);
    let said = here.ok(&["portfolio", "--first", &old]);
    assert!(
        said.starts_with("On the first page of 2025: Old  ("),
        "{said}"
    );
    assert_eq!(results(&[]), before);
    let old_title = "\"Old\"".to_owned();
    assert!(results(&["--all"]).contains(&old_title));
    assert!(results(&["--year", "2025"]).contains(&old_title));
    let again = here.ok(&["portfolio", "--first", &old]);
    assert_eq!(again, "Nothing changed: it is so already.\n");
    // The page of all years has room for five of six; each can still be taken off.
    for id in &new {
        here.ok(&["portfolio", "--first", id]);
    }
    let said = here.ok(&["portfolio", "--include", &old]);
    assert!(said.starts_with("Off the first page: Old"), "{said}");
    assert_eq!(results(&[]).len(), 5);
    assert!(!results(&["--all"]).contains(&old_title));
    let again = here.ok(&["portfolio", "--include", &old]);
    assert_eq!(again, "Nothing changed: it is so already.\n");
}

#[test]
fn what_is_only_begun_is_no_result_even_if_it_is_included() {
    let home = TestEnvironment::new();
    home.ok(&["add", "technique", "Read a flame graph"]);
    home.ok(&["portfolio", "--include", &home.id_of("flame graph")]);
    let bullets = home.run(&["portfolio", "--for", "cv"]);
    assert!(!bullets.output.contains("flame graph"), "{bullets:?}");
    assert!(home.ok(&["portfolio"]).contains("flame graph"));
}
