//! Readers that close and outputs that fail: no panic, and every loss is reported.

use std::fs::File;
use std::process::Stdio;

use super::{Home, finish};

/// More than any pipe can buffer.
fn filled() -> Home {
    let home = Home::in_memory();
    let long = "words ".repeat(10_000);
    for number in 0..6 {
        home.ok(&["add", "problem", &format!("{number} {long}")]);
    }
    home
}

const PRINTING: [&[&str]; 13] = [
    &["list"],
    &["list", "--plain"],
    &["list", "--json"],
    &["status"],
    &["status", "--json"],
    &["where"],
    &["doctor"],
    &["export", "json"],
    &["export", "csv", "--table", "problems"],
    &["export", "ics"],
    &["export", "md"],
    &["--help"],
    &["man"],
];

#[test]
fn a_reader_that_closes_early_is_not_a_failure() {
    let home = filled();
    for call in PRINTING {
        let script = "{ \"$@\"; echo \"code $?\" >&2; } | head -c 1";
        let called = finish(&mut home.shell(script, call));
        assert_eq!(called.output.len(), 1, "{call:?} {called:?}");
        let code = called.errors.strip_prefix("code ").map(str::trim);
        assert!(matches!(code, Some("0" | "1")), "{call:?} {called:?}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_reported_as_a_failure() {
    let home = filled();
    for call in PRINTING {
        let full = File::options().write(true).open("/dev/full").expect("it");
        let called = finish(home.command(call).stdout(Stdio::from(full)));
        assert_eq!(called.code, Some(5), "{call:?} {called:?}");
        assert!(
            called.errors.contains("could not be written"),
            "{call:?} {called:?}"
        );
    }
    // The save is complete; only its message is lost.
    let full = File::options().write(true).open("/dev/full").expect("it");
    let called = finish(home.command(&["commit", "kept"]).stdout(Stdio::from(full)));
    assert_eq!(called.code, Some(5), "{called:?}");
    assert!(called.errors.contains("your text is saved"), "{called:?}");
    assert_eq!(home.listed().len(), 7);
}

#[test]
fn closed_inputs_and_outputs_stop_no_command() {
    let home = filled();
    for closing in [
        ">&-",
        "2>&-",
        "<&-",
        "<&- >&- 2>&-",
        ">/dev/full 2>/dev/full",
    ] {
        for call in PRINTING {
            let script = format!("\"$@\" {closing}; echo \"code $?\" >&3");
            let script = format!("exec 3>&1; {script}");
            let called = finish(&mut home.shell(&script, call));
            let code = called.output.rsplit("code ").next().map(str::trim);
            assert!(
                matches!(code, Some("0" | "1" | "5")),
                "{closing} {call:?} {called:?}"
            );
        }
        let script = format!("\"$@\" {closing}");
        let _ = finish(&mut home.shell(&script, &["commit", closing]));
    }
    // Each one was saved, even when its message was lost.
    assert_eq!(home.listed().len(), 6 + 5);
    // Without standard input there is no text, and nothing is saved.
    let called = finish(&mut home.shell("\"$@\" <&-", &["commit", "-"]));
    assert_eq!(called.code, Some(2), "{called:?}");
}

#[test]
fn a_confirmed_change_is_made_even_if_the_reader_closes() {
    let other = Home::in_memory();
    other.ok(&["commit", "from elsewhere"]);
    let export = other.path().join("export.json");
    other.ok(&["export", "json", "-o", export.to_str().expect("text")]);
    let other = other.journal();
    let other = other.to_str().expect("text");
    let export = export.to_str().expect("text");

    let holds = |home: &Home, words: &str| String::from_utf8_lossy(&home.bytes()).contains(words);
    let calls: [(&[&str], &str, bool); 6] = [
        (&["forget", "ID", "--yes"], "words of mine", false),
        (
            &["forget", "ID", "--yes", "--backups"],
            "words of mine",
            false,
        ),
        (&["merge", other, "--yes"], "from elsewhere", true),
        (&["import", export, "--yes"], "from elsewhere", true),
        (&["doctor", "--repair"], "junk", false),
        (&["edit", "ID", "--set", "better=changed"], "changed", true),
    ];
    for (call, words, is_there) in calls {
        // The first write meets a closed reader or a full disk.
        for sink in ["| { exec <&-; sleep 0.2; }", ">/dev/full"] {
            let home = Home::in_memory();
            home.ok(&["commit", "words of mine"]);
            let mut bytes = home.bytes();
            bytes.extend_from_slice(b"junk\n");
            home.put(&bytes);
            let id = home.listed()[0]["id"].as_str().expect("an id").to_owned();
            let call: Vec<&str> = call
                .iter()
                .map(|word| if *word == "ID" { id.as_str() } else { word })
                .collect();
            let script = format!("{{ sleep 0.1; \"$@\"; echo \"code $?\" >&2; }} {sink}");
            let called = finish(&mut home.shell(&script, &call));
            let lost = called.errors.contains("code 5") && sink.starts_with('>');
            let told = lost || called.errors.contains("code 0") || call[0] == "doctor";
            assert!(told, "{sink} {call:?} {called:?}");
            assert_eq!(holds(&home, words), is_there, "{sink} {call:?} {called:?}");
        }
    }

    let home = Home::in_memory();
    let script = "{ sleep 0.1; printf 'typed\\n\\n' | \"$@\"; echo \"code $?\" >&2; } | true";
    let called = finish(&mut home.shell(script, &["walk", "--plain"]));
    assert!(called.errors.contains("code 0"), "{called:?}");
    assert!(holds(&home, "typed"), "{called:?}");
}
