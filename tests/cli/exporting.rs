//! Commands that move the journal elsewhere and back: export, import.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// The files in a folder, with their content.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let files = entries.map(|entry| {
        let entry = entry.expect("a file");
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read_to_string(entry.path()).expect("text"))
    });
    files.collect()
}

#[test]
fn a_copy_imported_elsewhere_is_the_same_journal() {
    let here = TestEnvironment::filled();
    let _ = here.ok(&["check-in", "bb03", "--kept"]);
    let _ = here.ok(&["undo"]);
    assert_eq!(
        here.ok(&["export", "json", "-o", "copy.json"]),
        "8 versions → copy.json\n"
    );
    let copy = here.home().join("copy.json");
    assert_eq!(
        copy.metadata().expect("a file").permissions().mode() & 0o777,
        0o600
    );
    let document = fs::read(&copy).expect("a file");
    assert_eq!(here.ok(&["export", "json"]).as_bytes(), document);

    let there = TestEnvironment::new();
    let copy = copy.to_str().expect("it is text");
    assert_snapshot!(there.run(&["import", copy]).seen().replace(copy, "copy.json"), @"
    new    8 lines
           6 entries not in this journal yet
    same   0 lines
    -- standard error --
    leadby: nothing was changed: no terminal to ask on.
      `leadby import copy.json --yes` skips the question
    -- exit code 2 --
    ");
    assert!(there.bytes().is_empty(), "no confirmation was given");
    assert_snapshot!(there.run(&["import", copy, "--yes"]).seen(), @"
    new    8 lines
           6 entries not in this journal yet
    same   0 lines
    Imported: 8 lines.
    ");
    assert_eq!(there.bytes(), here.bytes());
    assert_snapshot!(there.run(&["import", copy, "--yes"]).seen(), @"
    new    nothing; all of it is here already
    same   8 lines
    ");
    assert_eq!(there.bytes(), here.bytes());

    let third = TestEnvironment::new();
    let called = third.run_with(&["import", "-", "--yes"], &document);
    assert_eq!(called.code, Some(0), "{called:?}");
    assert_eq!(third.bytes(), here.bytes());
    // A journal can be imported too, and adds what is new.
    let _ = here.ok(&["commit", "one more"]);
    let journal = here.journal();
    let journal = journal.to_str().expect("it is text");
    assert_snapshot!(third.run(&["import", journal, "--yes"]).seen(), @"
    new    1 line
           1 entry not in this journal yet
    same   8 lines
    Imported: 1 line.
    ");
}

#[test]
fn a_bad_import_changes_nothing_and_says_where_it_fails() {
    let here = TestEnvironment::filled();
    let before = here.bytes();
    let document = here.ok(&["export", "json"]);
    // No version in it is complete.
    let cut = &document.as_bytes()[..100];
    let bad = |input: &[u8]| {
        let called = here.run_with(&["import", "-", "--yes"], input);
        assert_eq!(called.code, Some(2), "{called:?}");
        called.errors
    };
    assert_snapshot!(bad(cut), @"
    leadby: nothing was imported: it is cut off at line 2, column 22.
      `leadby import --help` lists what it reads
    ");
    assert_snapshot!(bad(b""), @"
    leadby: nothing was imported: it is empty.
      `leadby import --help` lists what it reads
    ");
    assert_snapshot!(bad(&before[..60]), @"leadby: nothing was imported: it has no journal entries.");
    assert_snapshot!(bad(here.ok(&["list", "--json"]).as_bytes()), @"
    leadby: nothing was imported: it is JSON, but not an export or a journal; output of list and show has no history.
      `leadby import --help` lists what it reads
    ");
    assert_snapshot!(here.run(&["import", "nowhere.json"]).seen(), @"
    -- standard error --
    leadby: nothing was imported: no file at nowhere.json.
      check the path
    -- exit code 2 --
    ");
    assert_snapshot!(here.run(&["import", "."]).seen(), @"
    -- standard error --
    leadby: nothing was imported: . cannot be read: it is a folder.
      `leadby import -` reads standard input
    -- exit code 3 --
    ");
    assert_eq!(here.bytes(), before);
}

#[test]
fn a_table_file_is_marked_as_utf_8_and_its_separator_can_be_set() {
    let here = TestEnvironment::filled();
    let _ = here.ok(&["commit", "--", "x;=1+1"]);
    let table = ["export", "csv", "--table", "commitments"];
    let printed = here.ok(&table);
    assert!(printed.starts_with("id,better,area,"), "{printed}");
    assert!(printed.contains(",x;'=1+1,"), "{printed}");
    let printed = here.ok(&[&table[..], &["--separator", ";"]].concat());
    assert!(printed.starts_with("id;better;area;"), "{printed}");
    assert!(printed.contains(";\"x;'=1+1\";"), "{printed}");
    let printed = here.ok(&[&table[..], &["--separator", "tab"]].concat());
    assert!(printed.starts_with("id\tbetter\tarea\t"), "{printed}");
    let _ = here.ok(&[&table[..], &["-o", "one.csv"]].concat());
    let _ = here.ok(&["export", "csv", "-o", "tables", "--separator", ";"]);
    let mut written = files(&here.home().join("tables"));
    let one = fs::read_to_string(here.home().join("one.csv")).expect("a file");
    written.insert("one.csv".to_owned(), one);
    for (name, table) in &written {
        assert!(table.starts_with("\u{feff}id"), "{name}: {table}");
        assert_eq!(table.matches('\u{feff}').count(), 1, "{name}");
    }
    let called = here.run(&["export", "md", "--separator", ";"]);
    assert_eq!(called.code, Some(2), "{called:?}");
}

#[test]
fn tables_go_into_a_folder_and_overwrite_nothing() {
    let here = TestEnvironment::filled();
    let called = here.run(&["export", "csv", "-o", "tables"]);
    assert_snapshot!(called.seen(), @"18 tables → tables");
    let tables = here.home().join("tables");
    let written = files(&tables);
    let commitments = written["commitments.csv"].trim_start_matches('\u{feff}');
    assert_snapshot!(commitments.replace("\r\n", "\n"), @r#"
    id,better,area,due,first_due,made,state,moves,closed,evidence,origin,written
    0193c0de-0000-7000-8000-00000000aa01,Stand-up starts on time,small team,2026-11-06,2026-11-06,2026-11-02,kept,,2026-11-06,five days of five,,2026-11-24
    0193c0de-0000-7000-8000-00000000aa02,Tidy the wiki,tools,2026-11-13,2026-11-13,2026-11-02,missed,,2026-11-14,,,2026-11-24
    0193c0de-0000-7000-8000-00000000bb03,Inbox rules,inbox,2026-11-20,2026-11-06,2026-11-02,open,"2026-11-06: 2026-11-06 → 2026-11-13, waiting for Ana
    2026-11-13: 2026-11-13 → 2026-11-20",,,,2026-11-24
    0193c0de-0000-7000-8000-00000000bb04,One owner for every release step,process,2026-11-27,2026-11-27,2026-11-02,open,,,,,2026-11-24
    "#);
    assert!(written["answers.csv"].contains("\"The release checklist.\nNobody owns it.\""));
    assert!(written.len() > 10, "{:?}", written.keys());
    for table in written.keys() {
        let mode = tables.join(table).metadata().expect("a file").permissions();
        assert_eq!(mode.mode() & 0o777, 0o600, "{table}");
    }

    fs::remove_file(tables.join("acts.csv")).expect("it was there");
    let refused = here.run(&["export", "csv", "-o", "tables"]);
    assert_snapshot!(refused.seen(), @"
    -- standard error --
    leadby: tables/commitments.csv already exists; nothing was written.
      --force overwrites it
    -- exit code 2 --
    ");
    assert!(
        !tables.join("acts.csv").exists(),
        "no part of it was written"
    );
    let _ = here.ok(&["export", "csv", "-o", "tables", "--force"]);
    assert_eq!(files(&tables), written);

    let one = here.ok(&["export", "csv", "--table", "problem"]);
    here.ok(&["note", "a private thought"]);
    let told = here.run(&["export", "csv", "--table", "problems", "-o", "p.csv"]);
    assert_eq!(told.errors, "");
    assert!(told.output.starts_with("Table problems → "), "{told:?}");
    assert_eq!(format!("\u{feff}{one}"), written["problems.csv"]);
    assert_snapshot!(here.run(&["export", "csv", "--table", "poems"]).seen(), @"
    -- standard error --
    leadby: no table called “poems”.
      tables: commitments, answers, choices, techniques, problems, skills, follow-ups, decisions, systems, heroes, assists, handovers, complaints, responsibilities, off, aliases, said, talks
    -- exit code 2 --
    ");
    assert_snapshot!(here.run(&["export", "csv"]).seen(), @"
    -- standard error --
    leadby: csv is several tables.
      `-o FOLDER` writes a file for each of them
      `--table NAME` writes one of: commitments, answers, choices, techniques, problems, skills, follow-ups, decisions, systems, heroes, assists, handovers, complaints, responsibilities, off, aliases, said, talks
    -- exit code 2 --
    ");
    assert_snapshot!(here.run(&["export", "csv", "-o", "all.csv"]).seen(), @"
    -- standard error --
    leadby: csv is several tables, so -o takes a folder.
      with --table NAME it is a file; tables: commitments, answers, choices, techniques, problems, skills, follow-ups, decisions, systems, heroes, assists, handovers, complaints, responsibilities, off, aliases, said, talks
    -- exit code 2 --
    ");
}

#[test]
fn python_reads_the_tables_back() {
    let here = TestEnvironment::filled();
    let formula = "=HYPERLINK(\"http://x\",\"y\")";
    let _ = here.ok(&[
        "add",
        "problem",
        formula,
        "--set",
        "wrong=-2, \"quoted\"\n@x",
    ]);
    let _ = here.ok(&["export", "csv", "-o", "tables"]);
    let script = "import csv, json, sys\n\
                  rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))\n\
                  json.dump([r for r in rows], sys.stdout)";
    let path = here.home().join("tables/problems.csv");
    let python = Command::new("python3")
        .args(["-c", script])
        .arg(path)
        .output();
    let Ok(python) = python else {
        eprintln!("skipped: there is no python3 here");
        return;
    };
    assert!(python.status.success(), "{python:?}");
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_slice(&python.stdout).expect("JSON");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1]["title"], format!("'{formula}"));
    assert_eq!(rows[1]["wrong"], "'-2, \"quoted\"\n'@x");
    assert_eq!(rows[0]["improved"], "Łódź と 東京 know; back\\slash");
    assert_eq!(rows[0]["solved"], "2026-11-19");
}

/// Parses the calendar as another program does.
fn read(calendar: &str) -> icalendar::Calendar {
    calendar.parse().expect("a calendar")
}

#[test]
fn a_calendar_contains_open_commitments() {
    use icalendar::Component;

    let here = TestEnvironment::filled();
    let words = "Łódź, 東京; a \\ and “quotes” that go on for longer than any line may, \
                 and on and on, 👩‍👩‍👧 by 👩‍👩‍👧";
    let _ = here.ok(&["commit", words, "--area", "a, b"]);
    let text = here.ok(&["export", "ics"]);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let calendar = read(&text);
    let events: Vec<&icalendar::Event> = calendar
        .components
        .iter()
        .filter_map(|it| it.as_event())
        .collect();
    let summaries: Vec<&str> = events.iter().filter_map(|it| it.get_summary()).collect();
    assert_eq!(
        summaries,
        ["Inbox rules", "One owner for every release step", words]
    );
    let due = "2026-11-27".parse().expect("a day");
    assert_eq!(
        events[1].get_start(),
        Some(icalendar::DatePerhapsTime::Date(due))
    );
    assert_eq!(
        events[1].get_uid(),
        Some("0193c0de-0000-7000-8000-00000000bb04")
    );
    assert_eq!(
        events[0].get_description(),
        Some(
            "Moved from 2026-11-06 to 2026-11-13: waiting for Ana\n\
              Moved from 2026-11-13 to 2026-11-20"
        )
    );
    // The same output again: it does not contain the current time.
    assert_eq!(here.ok(&["export", "ics"]), text);
    let all = read(&here.ok(&["export", "ics", "--all"]));
    assert_eq!(all.components.len(), 5);
    let later = here.ok(&["export", "ics", "--since", "2026-11-27"]);
    assert_eq!(read(&later).components.len(), 2);
}

#[test]
fn the_markdown_export_is_ordered_by_week() {
    let here = TestEnvironment::filled();
    let called = here.run(&["export", "md"]);
    assert_snapshot!(called.seen(), @r"
    # Leadership journal

    ## Week 48 · 23 November 2026 to 29 November 2026

    ### Commitments

    #### One owner for every release step

    - Area: process
    - Made: 2 November 2026
    - Due: 27 November 2026
    - State: open

    ### Audit

    **What is already within your influence that you don't fully own yet?**

    > The release checklist.  
    > Nobody owns it.

    ## Week 47 · 16 November 2026 to 22 November 2026

    ### Commitments

    #### Inbox rules

    - Area: inbox
    - Made: 2 November 2026
    - Due: 20 November 2026
    - State: open
    - Moved: on 6 November 2026 from 6 November 2026 to 13 November 2026: waiting for Ana
    - Moved: on 13 November 2026 from 13 November 2026 to 20 November 2026

    ### Problem

    #### Nobody knows who may restart the build

    - Kind: problem
    - spotted: 12 October 2026
    - solved: 19 November 2026
    - What improved: Łódź と 東京 know; back\\slash

    **What was wrong**

    > Two hours lost,  
    >     every week ␛\[2J␦31m ⟨RLO⟩oops

    ## Week 46 · 9 November 2026 to 15 November 2026

    ### Commitments

    #### Tidy the wiki

    - Area: tools
    - Made: 2 November 2026
    - Due: 13 November 2026
    - State: missed on 14 November 2026

    ## Week 45 · 2 November 2026 to 8 November 2026

    ### Commitments

    #### Stand-up starts on time

    - Area: small team
    - Made: 2 November 2026
    - Due: 6 November 2026
    - State: kept on 6 November 2026
    - Evidence: five days of five
    ");
    let since = here.ok(&["export", "md", "--since", "23 nov"]);
    assert!(
        since.contains("Week 48") && !since.contains("Week 46"),
        "{since}"
    );
}

#[test]
fn private_entries_are_not_exported() {
    let here = TestEnvironment::filled();
    let mirror = b"{\"v\":1,\"id\":\"answer/2026-11/mirror/signs\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\
                   \"kind\":\"answer\",\"month\":\"2026-11\",\"practice\":\"mirror\",\"step\":\"signs\",\"value\":[\"between us\"]}\n";
    here.damage(mirror);
    for format in [
        &["export", "md"][..],
        &["export", "csv", "--table", "answers"],
    ] {
        let called = here.run(format);
        assert!(!called.output.contains("between us"), "{called:?}");
        assert_eq!(
            called.errors,
            "leadby: 1 private entry is left out; --private includes it.\n"
        );
        let called = here.run(&[format, &["--private"]].concat());
        assert!(called.output.contains("between us"), "{called:?}");
        assert_eq!(called.errors, "");
    }
    assert!(here.ok(&["export", "json"]).contains("between us"));
}

#[test]
fn a_file_is_never_overwritten_unasked_and_never_half_written() {
    let here = TestEnvironment::filled();
    for format in ["json", "ics", "md"] {
        let name = format!("x.{format}");
        let path = here.home().join(&name);
        let _ = here.ok(&["export", format, "-o", &name]);
        let written = fs::read(&path).expect("a file");
        let called = here.run(&["export", format, "-o", &name]);
        assert_eq!(called.code, Some(2), "{called:?}");
        assert!(
            called.errors.contains("--force overwrites it"),
            "{called:?}"
        );
        let _ = here.ok(&["commit", "one more"]);
        let _ = here.ok(&["export", format, "-o", &name, "--force"]);
        assert_ne!(fs::read(&path).expect("a file"), written);
        for place in ["/dev/full", ".", "none/x"] {
            let called = here.run(&["export", format, "-o", place, "--force"]);
            assert_eq!(called.code, Some(5), "{called:?}");
        }
    }
}

#[test]
fn options_without_effect_are_refused() {
    let here = TestEnvironment::filled();
    let seen = |arguments: &[&str]| here.run(&[&["export"], arguments].concat()).seen();
    assert_snapshot!(seen(&["json", "--since", "1 oct"]), @"
    -- standard error --
    leadby: json is always complete; it takes no days.
      csv, ics and md take them; so does `leadby list --since WHEN --json`
    -- exit code 2 --
    ");
    assert_snapshot!(seen(&["md", "--all"]), @"
    -- standard error --
    leadby: --all is for ics; the others have what ended anyway.
    -- exit code 2 --
    ");
    assert_snapshot!(seen(&["ics", "--table", "answers"]), @"
    -- standard error --
    leadby: --table is for csv, which has several.
    -- exit code 2 --
    ");
    assert_snapshot!(seen(&["ics", "--since", "fryday"]), @r#"
    -- standard error --
    leadby: “fryday” is not a day or a span; try 6w, last-month, W48, "4 Dec" or 2026-12-04.
    -- exit code 2 --
    "#);
    assert!(seen(&["pdf"]).contains("choices: json, csv, ics, md"));
    assert!(seen(&["md", "--force"]).contains("needs --output PATH"));
}

#[test]
fn damage_is_left_out_and_reported() {
    let here = TestEnvironment::filled();
    here.damage(b"damage\n");
    let called = here.run(&["export", "json"]);
    assert_eq!(called.code, Some(0), "{called:?}");
    assert_snapshot!(called.errors, @"leadby: 1 line unreadable, not exported; `leadby doctor` lists them.");
}

#[test]
fn a_closed_reader_is_fine_and_a_full_disk_is_reported() {
    let here = TestEnvironment::filled();
    for format in [
        &["json"][..],
        &["ics"],
        &["md"],
        &["csv", "--table", "answers"],
    ] {
        let arguments = [&["export"], format].concat();
        let full = fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("it");
        let child = here.command(&arguments).stdout(Stdio::from(full)).spawn();
        let called: Called = here.finish(child.expect("the program starts"));
        assert_eq!(called.code, Some(5), "{called:?}");
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let child = here.command(&arguments).stdout(Stdio::from(writer)).spawn();
        let called = here.finish(child.expect("the program starts"));
        assert_eq!((called.code, called.errors.as_str()), (Some(0), ""));
    }
}

#[test]
fn a_dash_is_standard_output() {
    let here = TestEnvironment::filled();
    for call in [
        &["export", "md"][..],
        &["export", "csv", "--table", "problems"],
        &["review", "--format", "md"],
        &["portfolio", "--for", "promotion"],
    ] {
        let printed = here.ok(call);
        let lines = here.bytes();
        for output in ["-", "/dev/stdout"] {
            assert_eq!(here.ok(&[call, &["-o", output]].concat()), printed);
        }
        here.journal_is(&lines);
    }
}

#[test]
fn no_export_replaces_the_journal() {
    let here = TestEnvironment::filled();
    let lines = here.bytes();
    let journal = here.journal();
    let journal = journal.to_str().expect("a name");
    for call in [
        &["export", "json"][..],
        &["export", "md"],
        &["review", "--format", "md"],
        &["portfolio", "--format", "html"],
    ] {
        let refused = here.run(&[call, &["-o", journal, "--force"]].concat());
        assert_eq!(refused.code, Some(5), "{refused:?}");
        assert!(
            refused.seen().contains("belongs to the journal"),
            "{refused:?}"
        );
        here.journal_is(&lines);
    }
}

#[test]
fn a_calendar_counts_only_the_commitments_it_leaves_out() {
    let environment = TestEnvironment::new();
    let _ = environment.ok(&["commit", "In the open"]);
    let _ = environment.ok(&["answer", "mirror/moment", "--month", "nov", "secret"]);
    let left = |options: &[&str]| {
        let arguments = [&["export", "ics"], options].concat();
        environment.run(&arguments).errors
    };
    assert_eq!(left(&[]), "");
    let from_private = ["commit", "x", "--from", "2026-11/mirror/moment"];
    let _ = environment.ok(&from_private);
    let one = "leadby: 1 private entry is left out; --private includes it.\n";
    assert_eq!(left(&[]), one);
    assert_eq!(left(&["--private"]), "");
}
