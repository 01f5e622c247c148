//! Text stays text: whatever characters are saved, no control character leaves the program.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use leadby::calendar::Week;
use leadby::journal::{
    Answer, Body, Closing, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Item, Move, Period,
    Value,
};
use leadby::practice::builtin;
use leadby::store::encode_line;

use super::{Home, moment};

/// Every control character: C0, DEL, C1, the line separators of Unicode, and those that change the
/// text direction.
fn acting() -> Vec<char> {
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    let others = ['\u{2028}', '\u{2029}'].into_iter();
    let turns = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
    controls.chain(others).chain(turns).collect()
}

/// A text with all of them, and with what they start: colours, titles, links.
fn hostile(name: &str) -> String {
    let all: String = acting().into_iter().flat_map(|it| [it, 'x']).collect();
    format!("{name} \u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{1b}]8;;http://x\u{1b}\\ {all} end")
}

fn text(name: &str) -> Value {
    Value::Text(hostile(name))
}

/// A journal with such text in every text of every kind of entry, and an unknown member in every
/// item.
fn journal() -> String {
    let today = moment().today();
    let week = Week::of(today);
    let mut bodies: Vec<(String, Body)> = Vec::new();
    let mut commitment = Commitment {
        better: hostile("better"),
        area: hostile("area"),
        due: today,
        made: today,
        moves: vec![Move {
            on: today,
            from: today,
            to: today,
            why: hostile("why"),
        }],
        closing: None,
        origin: Some(Id::new(hostile("origin"))),
    };
    bodies.push(("c1".to_owned(), Body::Commitment(commitment.clone())));
    commitment.closing = Some(Closing {
        how: CommitmentOutcome::Kept,
        on: today,
        evidence: hostile("evidence"),
    });
    bodies.push((hostile("id"), Body::Commitment(commitment)));
    let dated = |name: &str| DatedLine {
        on: today,
        text: hostile(name),
    };
    let catalog = builtin();
    for register in catalog.registers() {
        let values = register.fields.iter().enumerate().map(|(number, field)| {
            let value = match number % 3 {
                _ if field.id == "title" => text("title"),
                0 => text(&field.id),
                1 => Value::List(vec![hostile(&field.id), hostile("more")]),
                _ => Value::Log(vec![dated(&field.id), dated("more")]),
            };
            (field.id.clone(), value)
        });
        let mut values: BTreeMap<String, Value> = values.collect();
        values.insert(hostile("member"), text("unknown"));
        for stage in &register.stages {
            values.insert(stage.id.clone(), text("no day"));
        }
        let item = Item::with_values(&register.id, values);
        bodies.push((format!("item-{}", register.id), Body::Item(item)));
    }
    let values = BTreeMap::from([("title".to_owned(), text("title"))]);
    let item = Item::with_values(hostile("register"), values);
    bodies.push(("i1".to_owned(), Body::Item(item)));
    for practice in catalog.practices() {
        for step in &practice.steps {
            for period in [Period::Week(week), Period::Standing] {
                bodies.push((
                    Id::answer(period, &practice.id, &step.id).to_string(),
                    Body::Answer(Answer::new(
                        period,
                        practice.id.clone(),
                        step.id.clone(),
                        text("answer"),
                    )),
                ));
            }
        }
    }
    let unknown = Answer::new(
        Period::Week(week),
        hostile("practice"),
        hostile("step"),
        Value::List(vec![hostile("a"), hostile("b")]),
    );
    bodies.push(("a1".to_owned(), Body::Answer(unknown)));
    // Conflicting texts from two machines, in a list that is not known.
    for said in ["one", "other"] {
        let field = hostile("field");
        let values = BTreeMap::from([("title".to_owned(), text("both")), (field, text(said))]);
        let item = Item::with_values(hostile("register"), values);
        bodies.push(("both".to_owned(), Body::Item(item)));
    }
    let entry = |(id, body)| Entry::new(Id::new(id), 1, moment().timestamp(), body);
    let mut lines: Vec<String> = bodies
        .into_iter()
        .map(|body| encode_line(&entry(body)))
        .collect();
    // Damage with such bytes in it, and an unknown kind.
    lines.push("\u{1b}[2J{\u{9b}".to_owned());
    let kind = serde_json::json!({ "v": 1, "kind": hostile("kind"), "id": "x" });
    lines.push(kind.to_string());
    lines.join("\n") + "\n"
}

#[track_caller]
fn check_harmless(what: &str, text: &str, tabs: bool) {
    let acting = acting();
    let acts = |character: &char| match character {
        '\n' => false,
        '\t' => !tabs,
        other => acting.contains(other),
    };
    let found = text.char_indices().find(|(_, it)| acts(it));
    let (place, found) = found.unwrap_or((0, '\n'));
    let around: Vec<char> = text[..place].chars().rev().take(60).collect();
    let around: String = around.into_iter().rev().collect();
    assert!(!acts(&found), "{what} prints {found:?} after {around:?}");
}

#[test]
fn no_command_output_controls_a_terminal() {
    let home = Home::with(journal().as_bytes());
    check_commands(&home);
}

/// Puts a config file whose sources of evidence print such characters, in every format.
fn put_evidence(home: &Home, more: &str) {
    let text = hostile("words");
    let quoted = |text: &str| {
        let quoted = serde_json::to_string(text).expect("a text");
        quoted.replace('\u{7f}', "\\u007f")
    };
    let lines = format!("2026-11-24\t{text}\t{text}\n{text}\n");
    let event = format!("BEGIN:VEVENT\nDTSTART:20261124\nSUMMARY:{text}\nURL:{text}\nEND:VEVENT\n");
    let object = serde_json::json!([{ "day": text, "text": text, "link": text }]).to_string();
    let sources = [("lines", lines), ("ics", event), ("json", object)].map(|(format, output)| {
        let file = home.path().join(format);
        fs::write(&file, output).expect("a file");
        let name = quoted(&format!("{format} {text}"));
        let columns = match format {
            "json" => "columns = [\"day\", \"text\", \"link\"]\n",
            _ => "",
        };
        format!(
            "[[evidence]]\nname = {name}\nfile = \"{}\"\nformat = \"{format}\"\n{columns}",
            file.display()
        )
    });
    let failing = format!(
        "[[evidence]]\nname = \"failing\"\nshell = \"cat {}/lines >&2; exit 3\"\n\
         [[evidence]]\nname = \"gone\"\nrun = [{}]\n",
        home.path().display(),
        quoted(&text)
    );
    let folder = home.path().join("config/leadby");
    fs::create_dir_all(&folder).expect("a folder");
    let editor = format!("editor = {}\n{more}\n", quoted(&text));
    fs::write(
        folder.join("config.toml"),
        editor + &sources.concat() + &failing,
    )
    .expect("a file");
}

#[test]
fn no_text_of_a_command_or_a_config_file_controls_a_terminal() {
    let home = Home::with(journal().as_bytes());
    put_evidence(&home, "");
    let plain = home.run(&["evidence", "--plain"]);
    assert!(plain.output.lines().count() >= 4, "{plain:?}");
    check_harmless("plain", &plain.output, true);
    let calls: [&[&str]; 4] = [
        &["evidence"],
        &["evidence", "--text"],
        &["evidence", "--json"],
        &["config"],
    ];
    for call in calls {
        let called = home.run(call);
        assert!(called.output.lines().count() > 3, "{called:?}");
        check_harmless(&format!("{call:?}"), &called.output, false);
        check_harmless(&format!("{call:?} (errors)"), &called.errors, false);
    }
    put_evidence(&home, "\"\\u001b[2J\\u009b\" = 1");
    let checked = home.run(&["config", "check"]);
    assert_eq!(checked.code, Some(1));
    check_harmless("config check", &checked.output, false);
    check_harmless("config", &home.run(&["config"]).errors, false);
}

#[test]
fn no_text_of_a_practice_file_controls_a_terminal() {
    let home = Home::with(journal().as_bytes());
    let folder = home.path().join("config/leadby/practices");
    fs::create_dir_all(&folder).expect("a folder");
    let practices = builtin();
    let starter = home.ok(&["practices", "starter"]);
    // Replaces every text in it; references by id stay.
    let quoted = serde_json::to_string(&hostile("words")).expect("a text");
    let quoted = quoted.replace('\u{7f}', "\\u007f");
    let is_text = |line: &&str| {
        let key = line.split(" = ").next().unwrap_or_default();
        [
            "name", "title", "label", "prompt", "help", "about", "example",
        ]
        .contains(&key)
    };
    let texts = starter.lines().filter(is_text).count();
    assert!(texts > 8, "{starter}");
    let hostile_words = starter.lines().map(|line| match line.split_once(" = ") {
        Some((key, _)) if is_text(&line) => format!("{key} = {quoted}\n"),
        _ => format!("{line}\n"),
    });
    fs::write(
        folder.join("thanks.toml"),
        hostile_words.collect::<String>(),
    )
    .expect("a file");
    let first = &practices.practices()[0].id;
    let mistakes = format!("id = \"{first}\"\n[[steps]]\nid = {quoted}\n\"\\u001b[2J\" = \u{9b}\n");
    let name = OsStr::from_bytes(b"j\x1b[2J\x9b\xc2\x9b\n.toml");
    fs::write(folder.join(name), mistakes).expect("a file");
    check_commands(&home);
}

/// Every command, with control characters wherever it takes or shows text.
const CALLS: &[&[&str]] = &[
    &["list"],
    &["list", "commitments"],
    &["list", "inbox"],
    &["note", "\u{1b}[2J\u{9b}31m"],
    &["place", "\u{1b}[2J", "--list", "\u{9b}"],
    &["list", "answers"],
    &["list", "problems"],
    &["status"],
    &["status", "--short"],
    &["status", "--json"],
    &["list", "--json"],
    &["show", "c1"],
    &["show", "c1", "--json"],
    &["show", "i1"],
    &["show", "a1"],
    &["show", "item-problems"],
    &["show", "item-skills"],
    &["history", "c1"],
    &["history", "item-problems"],
    &["where"],
    &["doctor"],
    &["check-in", "--kept"],
    &["edit", "c1", "--set", "better=x\u{1b}[2J"],
    &["undo"],
    &["redo"],
    &["edit", "item-problems", "--set", "\u{1b}[2J=x"],
    &["edit", "i1", "--set", "title=\u{9b}"],
    &["commit", "a\u{1b}[2J\u{202e}", "--area", "\u{7}"],
    &["add", "problem", "\u{1b}[2J"],
    &["add", "\u{1b}[2J", "x"],
    &["show", "\u{1b}[2J"],
    &["list", "\u{1b}[2J"],
    &["list", "--since", "\u{1b}[2J"],
    &["\u{1b}[2J"],
    &["list", "--\u{1b}[2J"],
    &["forget", "c1"],
    &["restore"],
    &["search", "end"],
    &["portfolio"],
    &["portfolio", "--format", "html"],
    &["portfolio", "--format", "md"],
    &["ladder"],
    &["ladder", "init"],
    &["ladder", "--all"],
    &["ladder", "--format", "md"],
    &["ladder", "--format", "json"],
    &["ladder", "--level", "\u{1b}[2J"],
    &["ladder", "check", "\u{1b}[2J"],
    &["ladder", "import", "\u{1b}[2J"],
    &["export", "csv"],
    &["export", "csv", "--table", "answers"],
    &["export", "csv", "--table", "commitments"],
    &["export", "csv", "--table", "problems", "--private"],
    &["export", "csv", "--table", "other", "--private"],
    &["export", "csv", "--table", "\u{1b}[2J"],
    &["export", "ics"],
    &["export", "ics", "--all", "--private"],
    &["export", "md", "--private"],
    &["export", "md"],
    &["export", "json"],
    &["remind"],
    &["walk", "--plain"],
    &["walk", "--plain", "\u{1b}[2J"],
    &["show", "item-problems", "--page"],
    &["off", "today", "--note", "\u{1b}[2J"],
    &["off", "\u{1b}[2J"],
    &["off"],
    &["sync"],
    &["completions", "bash"],
    &["man"],
    &["licences"],
    &["demo"],
    &["answers", "audit/influence"],
    &["answers", "audit/influence", "--json"],
    &[
        "answers",
        "audit/influence",
        "--diff",
        "2026-W48",
        "2026-W48",
    ],
    &["answers", "\u{1b}[2J/x"],
    &["trends"],
    &["trends", "--json"],
    &["trends", "audit"],
    &["trends", "mastery"],
    &["trends", "problem"],
    &["trends", "communication"],
    &["trends", "systems"],
    &["trends", "multiplier"],
    &["trends", "influence"],
    &["trends", "mirror"],
    &["trends", "thanks"],
    &["trends", "audit", "--json"],
    &["trends", "systems", "--json"],
    &["trends", "\u{1b}[2J"],
    &["review"],
    &["review", "--json"],
    &["review", "--year"],
    &["answer", "audit/influence", "\u{1b}[2J"],
    &["advance", "item-problems"],
    &["let-go", "c1"],
    &["turn-into", "item-heroes"],
    &["show", "both"],
    &["settle"],
    &["settle", "both"],
    &["settle", "both", "--take", "2"],
    &["settle", "both", "--take", "2", "--field", "\u{1b}[2J"],
    &["delete", "i1"],
    &["evidence"],
    &["evidence", "\u{1b}[2J"],
    &["evidence", "--week", "\u{1b}[2J"],
    &["config"],
    &["config", "check", "\u{1b}[2J"],
    &["practices"],
    &["practices", "check"],
    &["practices", "where"],
    &["practices", "starter", "\u{1b}[2J"],
];

#[track_caller]
fn check_commands(home: &Home) {
    let hostile_file = hostile("no such file").replace(['\0', '/'], "");
    let named: &[&[&str]] = &[
        &["merge", &hostile_file],
        &["--journal", &hostile_file, "list"],
        &["--journal", &hostile_file, "where"],
        &["import", &hostile_file],
    ];
    let calls = || CALLS.iter().chain(named);
    for command in leadby::cli::command().get_subcommands() {
        let name = command.get_name();
        let called = calls().any(|call| call[0] == name);
        assert!(called || name == "help", "{name} is not among them");
    }
    for call in calls() {
        // A command that does not exist yet says so, without control characters.
        let called = home.run(call);
        check_harmless(
            &format!("{call:?}"),
            &called.output.replace("\r\n", "\n"),
            call.contains(&"csv"),
        );
        check_harmless(&format!("{call:?} (errors)"), &called.errors, false);
    }
    for call in [
        &["list", "--plain"][..],
        &["search", "end", "--plain"],
        &["review", "--plain"],
        &["answers", "audit/influence", "--plain"],
    ] {
        let called = home.run(call);
        assert!(!called.output.is_empty(), "{call:?}: {called:?}");
        check_harmless(&format!("{call:?}"), &called.output, true);
    }
}

#[test]
fn an_error_about_a_file_with_such_a_name_is_harmless() {
    let home = Home::in_memory();
    let name = OsStr::from_bytes(b"j\x1b[2J\x9b\xc2\x9b\n.jsonl");
    fs::create_dir(home.path().join(name)).expect("a folder");
    for call in ["list", "status", "doctor", "where"] {
        let called = home.run(&[OsStr::new("--journal"), name, OsStr::new(call)]);
        assert_eq!(called.code, Some(3), "{called:?}");
        check_harmless(call, &called.errors, false);
        check_harmless(call, &called.output, false);
    }
}

#[test]
fn text_is_kept_to_the_last_byte() {
    let home = Home::with(journal().as_bytes());
    let shown: serde_json::Value =
        serde_json::from_str(&home.ok(&["show", "c1", "--json"])).expect("JSON");
    assert_eq!(shown["better"], hostile("better"));
    assert_eq!(shown["area"], hostile("area"));
}
