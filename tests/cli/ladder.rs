//! The career ladder on the command line: begun, checked, imported, shown.

use std::fs;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[expect(clippy::disallowed_methods, reason = "the user writes these files")]
fn put(environment: &TestEnvironment, name: &str, text: &str) {
    fs::write(environment.home().join(name), text).expect("a file");
}

const TABLE: &str = "\
# Ladder of Acme

| | Senior | Staff |
|---|---|---|
| Delivery | Ships what was promised | Finds the problem<br>Solves it unasked |
| People | | Coaches two peers |
See the wiki.
";

#[test]
fn without_a_ladder_it_says_how_to_begin() {
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["ladder"]).seen(), @"
    -- standard error --
    leadby: no career ladder yet: what your company expects, with your evidence beside it.
      `leadby ladder init` writes an example to make your own
      `leadby ladder import FILE` reads a table that you have
    -- exit code 1 --
    ");
    assert_snapshot!(empty.ok(&["ladder", "check"]), @"no ladder file: no mistakes");
}

#[test]
fn an_example_is_begun_with_and_shows_what_stands_for_it() {
    let filled = TestEnvironment::filled();
    filled.ok(&["ladder", "init"]);
    assert_snapshot!(filled.ok(&["ladder"]), @"
    A ladder of scope · Lead
    0 of 7 expectations have evidence, 2 have something to add, 5 have nothing yet.

    Craft
      Sets the bar for the craft, and others work by it  (lead-craft)
        nothing yet
      Finds the problem nobody was asked to solve, and solves it  (lead-problems)
        proposed  Nobody knows who may restart the build · solved 5 days ago  (00cc05)

    Systems
      Builds what several teams rely on, and what works without them  (lead-systems)
        nothing yet

    People
      Makes others able to do what only they could do before  (lead-people)
        nothing yet

    Process
      Keeps what they promise across teams, and says early when it moves  (lead-process)
        proposed  Stand-up starts on time · kept 2 weeks ago  (00aa01)

    Influence
      Brings several teams to one decision that holds  (lead-direction)
        nothing yet
      Says in money and risk what a decision costs the organisation  (lead-money)
        nothing yet
    ");
    let all = filled.ok(&["ladder", "--all"]);
    assert!(all.contains("\nContributor · Craft\n") && all.contains("\nLead · Craft\n"));
    let senior = filled.ok(&["ladder", "--level", "SENIOR", "--format", "md"]);
    assert!(
        senior.starts_with("# A ladder of scope · Senior\n"),
        "{senior}"
    );
    assert!(
        !senior.contains("restart the build"),
        "only proposed: {senior}"
    );
    assert_snapshot!(filled.run(&["ladder", "--level", "boss"]).seen(), @"
    -- standard error --
    leadby: no level called “boss”.
      levels: contributor, senior, lead
    -- exit code 2 --
    ");
    let again = filled.run(&["ladder", "init", "--example", "matrix"]);
    assert!(again.errors.contains("--force overwrites it"), "{again:?}");
    filled.ok(&["ladder", "init", "--example", "matrix", "--force"]);
    assert!(
        filled
            .ok(&["ladder"])
            .starts_with("A ladder of tracks · Level 3\n")
    );
}

#[test]
fn private_entries_are_never_proposed() {
    let home = TestEnvironment::new();
    home.ok(&["ladder", "init"]);
    home.ok(&["answer", "mirror/gap-status", "improving"]);
    for (words, from) in [
        (
            "Sleep before I answer",
            &["--from", "mirror/gap-status"][..],
        ),
        ("Stand-up starts on time", &[]),
    ] {
        home.ok(&[&["commit", words][..], from].concat());
        home.ok(&["check-in", "--kept"]);
    }
    let text = home.ok(&["ladder", "--all", "--format", "json"]);
    assert!(
        text.contains("Stand-up") && !text.contains("Sleep"),
        "{text}"
    );
}

#[test]
fn a_wrong_file_stops_nothing_else() {
    let home = TestEnvironment::filled();
    home.ok(&["ladder", "init"]);
    let path = "config/leadby/ladder.toml";
    let text = fs::read_to_string(home.home().join(path)).expect("a file");
    put(
        &home,
        path,
        &text.replacen("\"problems\"", "\"problem-log\"", 1),
    );
    let called = home.run(&["ladder"]);
    assert_eq!(called.code, Some(2));
    assert!(
        called
            .errors
            .contains("no list called `problem-log`; lists: commitments")
    );
    assert!(
        called
            .errors
            .contains("`leadby ladder check` lists every mistake")
    );
    let checked = home.run(&["ladder", "check"]);
    assert_eq!((checked.code, checked.output.lines().count()), (Some(1), 1));
    assert!(home.run(&["status"]).errors.is_empty());
}

#[test]
fn a_table_is_imported_and_replaces_nothing_unasked() {
    let home = TestEnvironment::new();
    put(&home, "table.md", TABLE);
    assert_snapshot!(home.run(&["ladder", "import", "table.md"]).seen(), @"
    read   2 levels, 2 areas, 4 expectations
    left   line 7: not in a table
    -- standard error --
    leadby: nothing was changed: no terminal to ask on.
      `leadby ladder import table.md --yes` skips the question
    -- exit code 2 --
    ");
    home.ok(&["ladder", "import", "table.md", "--next", "staff", "--yes"]);
    assert_snapshot!(home.ok(&["ladder"]), @"
    Ladder of Acme · Staff
    0 of 3 expectations have evidence, 3 have nothing yet.

    Delivery
      Finds the problem  (staff-delivery)
        nothing yet
      Solves it unasked  (staff-delivery-2)
        nothing yet

    People
      Coaches two peers  (staff-people)
        nothing yet
    ");
    let asked = home.run(&["ladder", "import", "table.md"]);
    assert_eq!(asked.code, Some(2), "{asked:?}");
    // The one before is kept, unless it is the same.
    home.ok(&["ladder", "import", "table.md", "--next", "staff", "--yes"]);
    assert_snapshot!(home.ok(&["ladder", "import", "table.md", "--yes"]), @"
    read   2 levels, 2 areas, 4 expectations
    left   line 7: not in a table
    Kept: $HOME/config/leadby/ladder.1.toml, as it was
    Written: $HOME/config/leadby/ladder.toml
    ");
    put(&home, "prose.md", "Be kind.\n");
    assert_snapshot!(home.run(&["ladder", "import", "prose.md", "--yes"]).seen(), @"
    -- standard error --
    leadby: nothing was imported: no table of levels and areas in it.
      line 1: a table with one column
      `leadby ladder import --help` says what a table looks like
    -- exit code 2 --
    ");
    assert!(home.ok(&["ladder"]).starts_with("Ladder of Acme"));
}

#[test]
fn a_variable_names_another_file() {
    let home = TestEnvironment::new();
    let mut command = home.command(&["ladder"]);
    command.env("LEADBY_LADDER", "nowhere.toml");
    let called = home.finish(command.spawn().expect("the program starts"));
    assert_eq!(called.code, Some(2));
    assert!(
        called.errors.contains("nowhere.toml: no such file"),
        "{called:?}"
    );
}

#[test]
fn an_entry_is_tied_and_untied_by_line() {
    let home = TestEnvironment::filled();
    home.ok(&["ladder", "init"]);
    let tied = home.ok(&["ladder", "tie", "00cc05", "lead-problems"]);
    let said = "Evidence for lead-problems: Nobody knows who may restart the build";
    assert!(tied.starts_with(said), "{tied}");
    home.ok(&["ladder", "tie", "00bb04", "lead-proc"]);
    let shown = home.ok(&["ladder"]);
    for line in [
        "1 of 7 expectations has evidence, 1 has something to add, 5 have nothing yet.",
        "    evidence  Nobody knows who may restart the build · solved 5 days ago  (00cc05)",
        "    on its way  One owner for every release step · made 3 weeks ago  (00bb04)",
        "    proposed  Stand-up starts on time · kept 2 weeks ago  (00aa01)",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(!home.ok(&["ladder", "--gaps"]).contains("lead-problems"));
    let page = home.ok(&["ladder", "--format", "md"]);
    let evidence = "- Nobody knows who may restart the build · Łódź と 東京 know; back\\\\slash · \
                    solved 5 days ago\n";
    assert!(
        page.contains(evidence) && !page.contains("Stand-up"),
        "{page}"
    );
    home.ok(&["ladder", "-o", "ladder.html"]);
    let page = fs::read_to_string(home.home().join("ladder.html")).expect("a page");
    assert!(page.contains("<li>On its way: <bdi>One owner") && !page.contains("Stand-up"));
    let choice = "choice/0193c0de-0000-7000-8000-00000000cc05/ladder";
    assert!(
        home.ok(&["show", choice])
            .contains("evidence for lead-problems")
    );
    home.ok(&["ladder", "untie", "00cc05", "lead-problems"]);
    let shown = home.ok(&["ladder"]);
    assert!(
        !shown.contains("restart the build"),
        "untied, it stays out: {shown}"
    );
    let history = home.ok(&["history", choice]);
    assert!(
        history.contains("not evidence for lead-problems"),
        "{history}"
    );
    home.ok(&["undo"]);
    assert!(home.ok(&["ladder"]).contains("evidence  Nobody knows"));
}

#[test]
fn only_what_can_stand_for_something_is_tied() {
    let home = TestEnvironment::filled();
    home.ok(&["ladder", "init"]);
    home.ok(&["note", "ask Ana about the page"]);
    let journal = std::fs::read_to_string(home.journal()).expect("a journal");
    let last = journal.lines().last().expect("the note");
    let last: serde_json::Value = serde_json::from_str(last).expect("JSON");
    let note = last["id"].as_str().expect("an id");
    for (id, expectation, said) in [
        (
            "audit/influence",
            "lead-craft",
            "cannot be evidence for an expectation",
        ),
        (
            note,
            "lead-craft",
            "is private, and never evidence for others",
        ),
        (
            "00cc05",
            "lead-magic",
            "no expectation with id “lead-magic”",
        ),
        ("00cc05", "lead-p", "“lead-p” matches 3 expectations"),
    ] {
        let called = home.run(&["ladder", "tie", id, expectation]);
        assert!(called.errors.contains(said), "{said}: {called:?}");
    }
}

#[test]
fn a_ladder_that_could_not_be_read_again_is_not_written() {
    let empty = TestEnvironment::new();
    let long = "Leads what several teams rely on. ".repeat(2_000);
    put(
        &empty,
        "long.md",
        &format!("| | Lead |\n|---|---|\n| Craft | {long} |\n"),
    );
    assert_snapshot!(empty.run(&["ladder", "import", "long.md", "--yes"]).seen());
    assert_snapshot!(empty.ok(&["ladder", "check"]), @"no ladder file: no mistakes");
}

#[test]
fn someone_elses_words_are_theirs_on_the_ladder() {
    let empty = TestEnvironment::new();
    empty.ok(&["ladder", "init"]);
    empty.ok(&["add", "quote", "I read it once", "--set", "by=Priya"]);
    empty.ok(&["ladder", "tie", &empty.id_of("I read it"), "lead-people"]);
    for format in ["md", "html"] {
        let page = empty.ok(&["ladder", "--format", format]);
        assert!(page.contains("“I read it once” (Priya)"), "{page}");
    }
}

#[test]
fn what_was_missed_is_not_on_its_way() {
    let empty = TestEnvironment::new();
    empty.ok(&["ladder", "init"]);
    empty.ok(&["commit", "One owner for every step"]);
    empty.ok(&["ladder", "tie", &empty.id_of("One owner"), "lead-process"]);
    assert!(
        empty
            .ok(&["ladder", "--format", "md"])
            .contains("On its way: One owner")
    );
    empty.ok(&["check-in", "--missed"]);
    assert!(
        !empty
            .ok(&["ladder", "--format", "md"])
            .contains("One owner")
    );
}

#[test]
fn a_table_that_is_imported_again_keeps_the_ids_of_its_texts() {
    let empty = TestEnvironment::new();
    put(&empty, "one.csv", "Area,Senior\nPeople,Helps<br>Teaches\n");
    put(
        &empty,
        "two.csv",
        "Area,Senior\nPeople,Speaks up<br>Teaches\n",
    );
    empty.ok(&["ladder", "import", "one.csv", "--yes"]);
    let said = empty.ok(&["ladder", "import", "two.csv", "--yes"]);
    assert!(said.contains("gone   senior-people: Helps"), "{said}");
    let shown = empty.ok(&["ladder"]);
    assert!(shown.contains("Teaches  (senior-people-2)"), "{shown}");
    assert!(shown.contains("Speaks up  (senior-people-3)"), "{shown}");
}
