//! `leadby import` with files of other programs.
//!
//! `jrnl.txt`, `jrnl.json` (jrnl 4.6) and `taskwarrior.json` (taskwarrior 2.6) were written by these
//! programs; the others by hand, as the formats are documented.

use std::path::PathBuf;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

const FILES: [&str; 9] = [
    "jrnl.txt",
    "jrnl.json",
    "tui-journal.json",
    "taskwarrior.json",
    "todo.txt",
    "work.org",
    "day-one.json",
    "list.md",
    "table.csv",
];

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    folder.join(name).display().to_string()
}

/// What the import says, and what is in the journal then.
fn imported(name: &str) -> String {
    let home = TestEnvironment::new();
    let said = home.ok(&["import", &fixture(name), "--yes"]);
    let mut seen = format!("{said}\n");
    for entry in home.listed("all") {
        let member = |name: &str| entry[name].as_str().unwrap_or("–").to_owned();
        seen.push_str(&format!("{} · {}\n", member("kind"), entry));
    }
    seen
}

#[test]
fn each_program_s_file_is_recognised_and_read() {
    for name in FILES {
        assert_snapshot!(format!("import_{name}"), imported(name));
    }
}

#[test]
fn twice_is_once_and_undo_takes_it_back_in_one_step() {
    for name in FILES {
        let home = TestEnvironment::new();
        home.ok(&["note", "mine"]);
        home.ok(&["import", &fixture(name), "--yes"]);
        let bytes = home.bytes();
        let again = home.ok(&["import", &fixture(name), "--yes"]);
        assert!(again.contains("all of it is here already"), "{again}");
        assert_eq!(home.bytes(), bytes, "{name}");
        home.ok(&["undo"]);
        assert_eq!(home.listed("all").len(), 1, "{name}");
        // What was removed here is not brought back.
        home.ok(&["import", &fixture(name), "--yes"]);
        assert_eq!(home.listed("all").len(), 1, "{name}");
    }
}

#[test]
fn an_import_before_the_last_is_undone_at_once_too() {
    let home = TestEnvironment::new();
    home.ok(&["commit", "Mine"]);
    home.ok(&[
        "import",
        &fixture("todo.txt"),
        "--from",
        "todo.txt",
        "--yes",
    ]);
    let first = home.listed("all").len();
    home.ok(&["import", &fixture("jrnl.txt"), "--yes"]);
    home.ok(&["undo"]);
    assert_eq!(home.listed("all").len(), first);
    home.ok(&["undo"]);
    assert_eq!(home.listed("all").len(), 1);
}

#[test]
fn text_and_json_of_jrnl_are_the_same_entries() {
    let home = TestEnvironment::new();
    home.ok(&["import", &fixture("jrnl.txt"), "--yes"]);
    let again = home.ok(&["import", &fixture("jrnl.json"), "--yes"]);
    assert!(again.contains("all of it is here already"), "{again}");
}

#[test]
fn without_a_yes_nothing_is_imported() {
    let home = TestEnvironment::new();
    let asked = home.run(&["import", &fixture("todo.txt")]);
    assert_eq!(asked.code, Some(2));
    assert!(
        asked.errors.contains("todo.txt --yes` skips"),
        "{}",
        asked.errors
    );
    assert!(home.bytes().is_empty());
}

#[test]
fn our_tables_go_back_to_their_lists() {
    let from = TestEnvironment::filled();
    from.ok(&[
        "add",
        "skill",
        "Listening",
        "--set",
        "next=ask =first, then; 'answer",
    ]);
    let why = "waiting for Ana\nand Ben, who is away";
    from.ok(&["check-in", "bb04", "--moved", "11 dec", "--note", why]);
    from.ok(&["export", "csv", "-o", "tables", "--private"]);
    let to = TestEnvironment::new();
    for name in ["commitments", "answers", "problems", "skills"] {
        let table = from.home().join(format!("tables/{name}.csv"));
        to.ok(&["import", &table.display().to_string(), "--yes"]);
    }
    let before = from.ok(&["list", "commitments", "--json"]);
    let before = before.replace("\"rev\":2", "\"rev\":1");
    assert_eq!(to.ok(&["list", "commitments", "--json"]), before);
    let tables = |home: &TestEnvironment, name: &str| home.ok(&["export", "csv", "--table", name]);
    for name in ["commitments", "answers", "problems", "skills"] {
        assert_eq!(tables(&to, name), tables(&from, name), "{name}");
    }
}

#[test]
fn what_is_no_file_of_theirs_is_refused_by_line() {
    let home = TestEnvironment::new();
    let refused = home.run_with(&["import", "-", "--from", "taskwarrior", "--yes"], b"[{\n");
    assert_eq!(refused.code, Some(2));
    assert_snapshot!(refused.errors);
}

#[test]
fn our_markdown_is_read_back() {
    let from = TestEnvironment::filled();
    let words = "with `code\\n`, *stars*, a_b and [x]\n  two blanks\n\n- a list\n1. of two";
    from.ok(&["note", words]);
    from.ok(&["commit", "Twice\nmoved: 2 times", "--by", "4 Dec"]);
    for notes in ["2026-11-02 one", "2026-11-03 another: with a colon"] {
        let notes = format!("evidence={notes}");
        from.ok(&["add", "skill", "The same title", "--set", &notes]);
    }
    let markdown = |home: &TestEnvironment| home.ok(&["export", "md", "--private"]);
    from.ok(&["export", "md", "--private", "-o", "journal.md"]);
    let file = from.home().join("journal.md").display().to_string();
    let to = TestEnvironment::new();
    let said = to.ok(&["import", &file, "--yes"]);
    let without_origin = |text: String| {
        let kept = text.lines().filter(|line| !line.starts_with("- Came from"));
        kept.map(|line| format!("{line}\n")).collect::<String>()
    };
    assert_eq!(
        without_origin(markdown(&to)),
        without_origin(markdown(&from)),
        "{said}"
    );
    // It has no ids, and adds nothing where its entries are, also when they have changed since.
    let committed = from.ok(&["list", "commitments", "--open", "--json"]);
    let committed: serde_json::Value = serde_json::from_str(&committed).expect("JSON");
    let id = committed[0]["id"].as_str().expect("an id");
    from.ok(&["check-in", id, "--kept"]);
    for (home, others) in [(&from, true), (&to, false)] {
        let said = home.ok(&["import", &file, "--yes"]);
        assert!(said.contains("new    nothing"), "{said}");
        assert_eq!(said.contains("all of it is here already"), !others);
        assert_eq!(
            said.contains("other  1 changed, undone or deleted here"),
            others
        );
    }
}

const JRNL: &[u8] = b"[2026-10-05 08:30] Words to forget\n\n[2026-10-06 08:30] Others\n";

#[test]
fn what_was_forgotten_is_not_imported_again() {
    let home = TestEnvironment::new();
    home.ok(&["add", "skill", "Of our own"]);
    home.ok(&["export", "csv", "-o", "tables", "--private"]);
    let table = std::fs::read(home.home().join("tables/skills.csv")).expect("a table");
    for (file, text) in [(JRNL, "Words to forget"), (&table[..], "Of our own")] {
        let import = |code| {
            let done = home.run_with(&["import", "-", "--yes"], file);
            assert_eq!(done.code, Some(code), "{done:?}");
            done.output
        };
        import(0);
        home.ok(&["forget", &home.id_of(text), "--backups", "--yes"]);
        let bytes = home.bytes();
        let said = import(0);
        assert!(said.contains("out    1 entry forgotten here"), "{said}");
        assert!(!said.contains("all of it is here"), "{said}");
        assert_eq!(home.bytes(), bytes, "{said}");
        assert!(!String::from_utf8_lossy(&bytes).contains(text));
    }
}

#[test]
fn what_was_undone_or_deleted_is_not_imported_again() {
    for away in ["undo", "delete"] {
        let home = TestEnvironment::new();
        let import = || home.run_with(&["import", "-", "--yes"], JRNL).output;
        let said = import();
        assert!(said.contains("Imported: 2 entries"), "{said}");
        match away {
            "undo" => home.ok(&["undo"]),
            _ => home.ok(&["delete", &home.id_of("Others")]),
        };
        let bytes = home.bytes();
        let said = import();
        let gone = if away == "undo" { 2 } else { 1 };
        let line = format!("other  {gone} changed, undone or deleted here since; they stay so");
        assert!(said.contains(&line), "{away}: {said}");
        assert_eq!(home.bytes(), bytes, "{away}");
    }
}

#[test]
fn a_task_that_was_done_is_kept_or_named() {
    let todo = "x due:2026-11-06 With a due day\nx Without a day\nOpen\n";
    let markdown =
        "# 2026-11-09\n\n- [x] with a heading\n- open\n\n# Later\n\n- [X] without a day\n";
    let org = "* DONE Created on a day\n:PROPERTIES:\n:CREATED: [2026-11-03 Tue]\n:END:\n\
               * DONE Without a day\n* An open one\n";
    let tasks = "[{\"description\":\"Ended on no day\",\"status\":\"completed\",\"uuid\":\"1\",\
                 \"entry\":\"20261103T090000Z\"},\n\
                 {\"description\":\"On none at all\",\"status\":\"completed\",\"uuid\":\"2\"}]\n";
    for (format, file, day, line, open) in [
        ("todo.txt", todo, "2026-11-06", 2, 1),
        ("markdown", markdown, "2026-11-09", 8, 1),
        ("org", org, "2026-11-03", 5, 1),
        ("taskwarrior", tasks, "2026-11-03", 2, 0),
    ] {
        let home = TestEnvironment::new();
        let called = home.run_with(&["import", "-", "--from", format, "--yes"], file.as_bytes());
        let left = format!("left   line {line}: done, but without a day");
        assert!(called.output.contains(&left), "{format}: {called:?}");
        let kept = home.listed("commitments");
        assert_eq!(kept.len(), 1, "{format}: {kept:?}");
        assert_eq!(kept[0]["closing"]["on"], day, "{format}: {kept:?}");
        assert_eq!(home.listed("all").len(), 1 + open, "{format}");
    }
}

#[test]
fn our_table_changes_nothing_where_it_came_from() {
    let from = TestEnvironment::filled();
    from.ok(&["portfolio", "--leave-out", "bb04"]);
    from.ok(&["note", "two\ttabs\t, and;\t=1, 'quoted,'too"]);
    for private in [&["--private"][..], &[]] {
        let call = [&["export", "csv", "-o", "tables", "--force"], private].concat();
        from.ok(&call);
        for table in std::fs::read_dir(from.home().join("tables")).expect("tables") {
            let table = table.expect("a table").path().display().to_string();
            let said = from.ok(&["import", &table, "--yes"]);
            assert!(!said.contains("other  "), "{table}: {said}");
        }
    }
    from.ok(&["export", "csv", "-o", "tables", "--force", "--private"]);
    let table = from.home().join("tables/inbox.csv").display().to_string();
    let to = TestEnvironment::new();
    to.ok(&["import", &table, "--yes"]);
    let titles = [&from, &to].map(|home| home.listed("inbox")[0]["values"]["title"].clone());
    assert_eq!(titles[0], titles[1]);
}

#[test]
fn a_text_that_begins_with_a_number_is_not_called_json() {
    let home = TestEnvironment::new();
    let text = "2026-10-05 A day\nwithout a list\n";
    let called = home.run_with(&["import", "-", "--yes"], text.as_bytes());
    assert_eq!(called.code, Some(2), "{called:?}");
    for why in ["what it is was not recognised", "`--from NAME`"] {
        assert!(called.errors.contains(why), "{called:?}");
    }
}

#[test]
fn what_an_import_deletes_is_named() {
    let here = TestEnvironment::filled();
    here.ok(&["add", "problem", "Only here"]);
    let there = TestEnvironment::filled();
    let (ours, theirs) = (here.journal(), there.journal());
    let (ours, theirs) = (
        ours.to_str().expect("a name"),
        theirs.to_str().expect("a name"),
    );
    there.ok(&["import", ours, "--yes"]);
    let undone = there.ok(&["undo"]);
    assert!(
        undone.ends_with(&format!("{}\n", leadby::report::UNDONE_IMPORT)),
        "{undone}"
    );
    let again = there.ok(&["import", ours, "--yes"]);
    assert!(
        again.contains("1 entry of it undone or deleted here since"),
        "{again}"
    );
    let said = here.run_with(&["import", theirs], b"n\n").output;
    assert!(said.contains("gone   “Only here” ("), "{said}");
    assert!(!said.contains("will change here"), "{said}");
}

#[test]
fn a_day_that_is_not_certain_is_said_before_it_is_imported() {
    let home = TestEnvironment::new();
    let table = "date,title,status,due\n2026-10-05,two,done,2026-10-09\n\
                 2026-10-07,bad due,open,9/10/2026\n";
    let called = home.run_with(&["import", "-", "--yes"], table.as_bytes());
    assert_snapshot!(called.output, @"
    read   as csv
    new    1 note for the inbox
    new    1 commitment
    check  line 3: due not understood, so it stays in the text: 9/10/2026
    Imported: 2 entries.
    ");
    let kept = home.listed("commitments");
    assert_eq!(kept[0]["state"], "kept", "{kept:?}");
}

#[test]
fn tags_that_become_names_are_told_before_they_are_imported() {
    let home = TestEnvironment::new();
    let told = |from: &str, text: &str| {
        let called = home.run_with(&["import", "-", "--from", from], text.as_bytes());
        let names = called.output.lines().find(|line| line.starts_with("names"));
        names.map(str::to_owned)
    };
    let task = "(A) Call the bank @phone, ana@x.org due:2026-12-03\nAsk @Phone\n";
    let phone = "names  @Phone: a word with @ names a person here";
    assert_eq!(told("todo.txt", task).as_deref(), Some(phone));
    let org = "* TODO Call @home :@office:\n  DEADLINE: <2026-12-01 Tue>\n";
    let both = "names  @home, @office: a word with @ names a person here";
    assert_eq!(told("org", org).as_deref(), Some(both));
    let day = "[2026-11-01 09:00] Long day. @work\n";
    assert!(told("jrnl", day).is_some());
    assert_eq!(told("jrnl", "[2026-11-01 09:00] Long day.\n"), None);
    // There it is a name, too.
    assert_eq!(told("markdown", "- Ask @Ana\n"), None);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "another program writes these files"
)]
fn a_text_that_begins_with_a_bracket_is_not_taken_for_json() {
    let home = TestEnvironment::new();
    let import = |name: &str, text: &str| {
        std::fs::write(home.home().join(name), text).expect("a file");
        home.run(&["import", name, "--yes"])
    };
    let links = import("lk.md", "[A page](https://x.org)\n- note\n").seen();
    assert!(
        links.contains("read   as markdown\nnew    1 note"),
        "{links}"
    );
    let tasks = import("tk.txt", "[ ] Call Ana\n[x] Ask Ben done 2026-11-20\n").seen();
    let read = "read   as markdown\nnew    1 note for the inbox\nnew    1 commitment";
    assert!(tasks.contains(read), "{tasks}");
    let unknown = import("t.txt", "[A] word\n");
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.errors.contains("`--from NAME`"), "{unknown:?}");
}
