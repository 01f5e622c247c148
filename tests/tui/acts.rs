//! Every action writes the same lines by keys, by command and by `walk --plain`, for the same
//! journal and clock.

use std::fs;
use std::process::Command;

use leadby::journal::rules::ActKind;
use leadby::journal::{Answer, Body, Entry, Id, Item, Period, Value};
use leadby::store;
use serde_json::Value as Json;

use crate::play::{Play, TUESDAY, commitment, fed, moment};

/// One action on one journal, in every way it can be done.
struct Ways {
    /// The journal before the action.
    before: Vec<Entry>,
    /// Keys, starting at Home.
    keys: &'static str,
    /// Commands, run in order.
    commands: &'static [&'static [&'static str]],
    /// What is typed into `walk --plain`, and the practices it asks; `None` if another arm of the
    /// act has it, or [`BY_COMMAND_ALONE`] names the act.
    plain: Option<(&'static str, &'static str)>,
}

/// How to do each action: a new one does not compile without an arm here.
#[expect(clippy::too_many_lines, reason = "an arm for every action")]
fn ways(act: ActKind) -> Vec<Ways> {
    match act {
        ActKind::Commit => vec![
            Ways {
                before: Vec::new(),
                keys: "nOne owner<Tab><Space><C-s>",
                commands: &[&["commit", "One owner", "--area", "Inbox"]],
                plain: Some(("", "\n\n\n\nOne owner\n1\n\n")),
            },
            // One of the new answers is used and named as the origin.
            Ways {
                before: vec![answer("2026-W48", "Slow builds")],
                keys: "1<C-s><C-l><C-s>",
                commands: &[&[
                    "commit",
                    "Slow builds",
                    "--from",
                    "2026-W48/audit/tolerating",
                ]],
                plain: Some(("", "\n\n\n1\n\n\n")),
            },
            // From an item, with the text and the day that its list gives.
            Ways {
                before: vec![item("complaints", "Plans change", &[])],
                keys: "8<Up><C-f><C-s>",
                commands: &[&["commit", "Plans change", "--from", "0193", "--by", "today"]],
                plain: Some(("influence", "1?\n7\n\n\n\n\n\n")),
            },
            // A commitment made from a note places it.
            Ways {
                before: vec![note()],
                keys: "Ic<C-s>",
                commands: &[&["place", "0193", "--commit"]],
                plain: Some(("", "3\n\n\n\n")),
            },
            Ways {
                before: vec![note()],
                keys: "Ic<C-s>",
                commands: &[&["commit", "Ask Ana", "--from", "0193"]],
                plain: None,
            },
            // Without using one there is no origin.
            Ways {
                before: vec![answer("2026-W48", "Slow builds")],
                keys: "1<C-s>One owner<Enter><Enter><C-s>",
                commands: &[&["commit", "One owner"]],
                plain: Some(("", "\n\n\nOne owner\n\n\n")),
            },
        ],
        ActKind::CheckIn => vec![
            Ways {
                before: vec![overdue()],
                keys: "c<Space><Tab>Seen by all<C-s>",
                commands: &[&["check-in", "--kept", "--note", "Seen by all"]],
                plain: Some(("", "1\nSeen by all\n\n")),
            },
            Ways {
                before: vec![overdue()],
                keys: "c<Space><Tab><Tab><Down><Space><C-s>",
                commands: &[&["check-in", "--kept", "--on", "fri"]],
                plain: Some(("", "kept\n\n1\n")),
            },
            Ways {
                before: vec![overdue()],
                keys: "c<Down><Space><Tab><Tab><Down><Down>yesterday<C-s>",
                commands: &[&["check-in", "--missed", "--on", "yesterday"]],
                plain: Some(("", "2\n\nyesterday\n")),
            },
            // The same again.
            Ways {
                before: vec![overdue()],
                keys: "c<Space><Tab><Tab><Tab><Space><C-s>",
                commands: &[&["check-in", "--kept", "--again"]],
                plain: Some(("", "kept\n\n\n1\n")),
            },
            // A note that was placed as its evidence is its line.
            Ways {
                before: vec![note(), overdue()],
                keys: "Ie1c<Space><C-s>",
                commands: &[
                    &["place", "0193", "--evidence", "0192"],
                    &["check-in", "--kept"],
                ],
                plain: None,
            },
            // Better evidence does not change the day.
            Ways {
                before: vec![kept()],
                keys: "m<Enter><Tab>, by all<C-s>",
                commands: &[&["check-in", "0192", "--kept", "--note", "seen, by all"]],
                plain: None,
            },
        ],
        ActKind::Move => vec![
            Ways {
                before: vec![overdue()],
                keys: "c<Down><Down><Space><Tab>Ana is ill<Tab>4 Dec<C-s>",
                commands: &[&["check-in", "--moved", "4 dec", "--note", "Ana is ill"]],
                plain: Some(("", "3\nAna is ill\n4 dec\n")),
            },
            // Corrected on the day it was saved.
            Ways {
                before: vec![commitment("Owners", "2026-11-24", "2026-11-27")],
                keys: "c<Down><Down><Space><Tab><Tab>4 Dec<C-s>",
                commands: &[&["check-in", "--moved", "4 dec"]],
                plain: None,
            },
        ],
        ActKind::Reword => vec![
            Ways {
                before: vec![overdue()],
                keys: "me now<C-s>",
                commands: &[&["edit", "0192", "--set", "better=Owners now"]],
                plain: None,
            },
            Ways {
                before: vec![overdue()],
                keys: "c<F6><Tab><Up><Up><Space><Tab>4 Dec<C-s>",
                commands: &[&["edit", "0192", "--set", "area=inbox", "--set", "due=4 dec"]],
                plain: None,
            },
        ],
        ActKind::Add => vec![
            Ways {
                before: Vec::new(),
                keys: "3Laptops<C-s>",
                commands: &[&["add", "problem", "Laptops"]],
                plain: Some(("", "\n\n\n\n\n\n\n\nLaptops\n\n")),
            },
            Ways {
                before: Vec::new(),
                keys: "iAsk Ana<Enter>",
                commands: &[&["note", "Ask", "Ana"]],
                plain: None,
            },
            Ways {
                before: Vec::new(),
                keys: "iAsk Ana<Enter>",
                commands: &[&["add", "Ask", "Ana"]],
                plain: None,
            },
        ],
        ActKind::Edit => vec![Ways {
            before: vec![item("problems", "Laptops", &[("spotted", "2026-10-05")])],
            keys: "3<Up><Enter>Everyone waits<C-s>",
            commands: &[&["edit", "0193", "--set", "wrong=Everyone waits"]],
            plain: Some(("problem", "1?\n2\nEveryone waits\n\n\n\n")),
        }],
        ActKind::Advance => vec![Ways {
            before: vec![item("problems", "Laptops", &[("spotted", "2026-10-05")])],
            keys: "3<Up><Space>",
            commands: &[&["advance", "0193"]],
            plain: Some(("", "\n\n\n\n\n\n\n\n1\n\n")),
        }],
        ActKind::StepBack => vec![Ways {
            before: vec![item(
                "problems",
                "Laptops",
                &[("spotted", "2026-10-05"), ("solved", "2026-10-06")],
            )],
            keys: "l<Down><Down><Enter><BS>",
            commands: &[&["advance", "0193", "--back"]],
            plain: Some(("problem", "1?\n14\n\n\n")),
        }],
        ActKind::LetGo => vec![
            Ways {
                before: vec![overdue()],
                keys: "c<Down><Down><Down><Space><C-s>",
                commands: &[&["let-go", "0192"]],
                plain: Some(("", "4\n\n\n")),
            },
            Ways {
                before: vec![item("complaints", "Plans change", &[])],
                keys: "8<Up>L",
                commands: &[&["let-go", "0193"]],
                plain: Some(("influence", "1?\n6\n\n\n")),
            },
            Ways {
                before: vec![note()],
                keys: "IL",
                commands: &[&["place", "0193", "--let-go"]],
                plain: Some(("", "5\n")),
            },
        ],
        ActKind::Place => vec![
            Ways {
                before: vec![note()],
                keys: "Ia1",
                commands: &[&["place", "0193", "--answer", "audit/influence"]],
                plain: Some(("", "1\n1\n")),
            },
            Ways {
                before: vec![note()],
                keys: "Il2",
                commands: &[&["place", "0193", "--list", "problem"]],
                plain: Some(("", "list\nproblem\n")),
            },
            Ways {
                before: vec![note(), overdue()],
                keys: "Ie1",
                commands: &[&["place", "0193", "--evidence", "0192"]],
                plain: Some(("", "\n4\n1\n")),
            },
            Ways {
                before: vec![note()],
                keys: "Ie<Down><Enter>",
                commands: &[&["place", "0193", "--evidence", "skills/resource-planning"]],
                plain: None,
            },
        ],
        ActKind::TurnInto => vec![Ways {
            before: vec![item("heroes", "Saved the demo", &[])],
            keys: "6<Tab><Up>t",
            commands: &[&["turn-into", "0193"]],
            plain: Some(("systems", "\n1?\n5\n\n\n")),
        }],
        ActKind::TakeUp => vec![Ways {
            before: vec![answer("2026-W47", "Slow builds\nand nobody looks")],
            keys: "s",
            commands: &[&["turn-into", "2026-W47/audit/tolerating"]],
            plain: Some(("problem", "1\n\n")),
        }],
        ActKind::Answer => vec![
            Ways {
                before: Vec::new(),
                keys: "1The release page<C-s>",
                commands: &[&["answer", "audit/influence", "The release page"]],
                plain: Some(("", "The release page\n\n")),
            },
            // Choices, by number and by name.
            Ways {
                before: Vec::new(),
                keys: "5<Space><Down><Down><Space><C-s>",
                commands: &[&["answer", "communication/habits", "1,report progress"]],
                plain: Some(("communication", "1 3\n\n\n")),
            },
            // What is asked once.
            Ways {
                before: Vec::new(),
                keys: "gStaff engineer<C-s>",
                commands: &[&["answer", "profile/role", "Staff engineer"]],
                plain: Some(("profile", "Staff engineer\n")),
            },
            // Of a month, on a private page.
            Ways {
                before: vec![answer("2026-W40", "Slow builds")],
                keys: "o<Down><Enter><Down><Space><C-s>",
                commands: &[&["answer", "mirror/signs", "--month", "last", "permission"]],
                plain: Some(("mirror --month last", "2\n")),
            },
        ],
        ActKind::Delete => vec![
            Ways {
                before: vec![overdue()],
                keys: "mx",
                commands: &[&["delete", "0192"]],
                plain: None,
            },
            Ways {
                before: vec![item("problems", "Laptops", &[("spotted", "2026-10-05")])],
                keys: "l<Down><Down><Enter>x",
                commands: &[&["delete", "0193"]],
                plain: Some(("problem", "1?\n15\n\n")),
            },
        ],
        ActKind::TakeOff => vec![Ways {
            before: vec![overdue()],
            keys: "0",
            commands: &[&["off", "this", "week"]],
            plain: None,
        }],
        ActKind::ComeBack => vec![
            Ways {
                before: vec![overdue(), days_off("2026-11-23", "2026-11-29")],
                keys: "0",
                commands: &[&["off", "--back", "this week"]],
                plain: None,
            },
            // Out of the middle: what is before and after stays off.
            Ways {
                before: vec![overdue(), days_off("2026-11-16", "2026-12-04")],
                keys: "0",
                commands: &[&["off", "--back", "23 nov to 29 nov"]],
                plain: None,
            },
        ],
        ActKind::Settle => vec![
            Ways {
                before: two_answers(),
                keys: "=2",
                commands: &[&["settle", "2026-W48/audit/tolerating", "--take", "2"]],
                plain: None,
            },
            Ways {
                before: two_answers(),
                keys: "=b",
                commands: &[&["settle", "2026-W48/audit/tolerating", "--take", "both"]],
                plain: None,
            },
        ],
        ActKind::Undo => vec![
            Ways {
                before: vec![overdue()],
                keys: "mxu",
                commands: &[&["delete", "0192"], &["undo"]],
                plain: None,
            },
            // A note and where it was placed are undone at once.
            Ways {
                before: vec![note(), overdue()],
                keys: "Ia1u",
                commands: &[&["place", "0193", "--answer", "audit/influence"], &["undo"]],
                plain: None,
            },
        ],
        ActKind::Redo => vec![Ways {
            before: vec![overdue()],
            keys: "mxu<C-r>",
            commands: &[&["delete", "0192"], &["undo"], &["redo"]],
            plain: None,
        }],
    }
}

/// Made on Monday 16, due on Friday 20.
fn overdue() -> Entry {
    commitment("Owners", "2026-11-16", "2026-11-20")
}

fn days_off(from: &str, to: &str) -> Entry {
    item("off", "Summer", &[("first", from), ("last", to)])
}

fn kept() -> Entry {
    let mut entry = overdue();
    if let Body::Commitment(commitment) = &mut entry.body {
        let friday = "2026-11-20".parse().expect("a day");
        commitment.close(leadby::journal::CommitmentOutcome::Kept, friday, "seen");
    }
    entry
}

fn entry(id: Id, body: Body) -> Entry {
    Entry {
        lineage: Default::default(),
        id,
        rev: 1,
        at: moment("2026-10-05T09:00:00+02:00").timestamp(),
        body,
    }
}

fn answer(week: &str, words: &str) -> Entry {
    let period = Period::Week(week.parse().expect("a week"));
    let answer = Answer {
        period,
        practice: "audit".to_owned(),
        step: "tolerating".to_owned(),
        value: Value::Text(words.to_owned()),
    };
    let id = Id::answer(period, "audit", "tolerating");
    entry(id, Body::Answer(answer))
}

/// Conflicting answers from two machines.
fn two_answers() -> Vec<Entry> {
    let mut later = answer("2026-W48", "Slow builds");
    later.at = moment("2026-11-23T18:00:00+01:00").timestamp();
    vec![answer("2026-W48", "Meetings without an end"), later]
}

/// A note that waits.
fn note() -> Entry {
    item("inbox", "Ask Ana", &[])
}

fn item(register: &str, title: &str, stages: &[(&str, &str)]) -> Entry {
    let mut item = Item::new(register);
    item.set("title", Value::Text(title.to_owned()));
    for (stage, day) in stages {
        item.set_reached(stage, day.parse().expect("a day"));
    }
    entry(Id::new("0193-item"), Body::Item(item))
}

/// The added lines, without ids and times that differ each run.
fn written(lines: &str, before: &[Entry]) -> Vec<Json> {
    let added = lines.lines().skip(before.len());
    added
        .map(|line| {
            let mut line: Json = serde_json::from_str(line).expect("a line");
            let members = line.as_object_mut().expect("an object");
            for member in ["id", "at", "crc", "after"] {
                members.remove(member);
            }
            line
        })
        .collect()
}

fn by_keys(ways: &Ways) -> Vec<Json> {
    let mut play = Play::with(&ways.before, TUESDAY);
    play.keys(ways.keys);
    written(&play.lines(), &ways.before)
}

fn by_command(ways: &Ways, calls: &[&[&str]], input: &str) -> Vec<Json> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("journal.jsonl");
    if !ways.before.is_empty() {
        store::create_journal(&path, &ways.before).expect("a journal");
    }
    for call in calls {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
        command.env_clear().env("HOME", home.path()).args(*call);
        command
            .env("LEADBY_JOURNAL", &path)
            .env("LEADBY_NOW", TUESDAY);
        let done = fed(&mut command, input);
        let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{call:?}: {complaint}");
    }
    written(&fs::read_to_string(&path).unwrap_or_default(), &ways.before)
}

#[test]
fn every_act_writes_the_same_lines_in_every_way() {
    for act in ActKind::ALL {
        for ways in ways(*act) {
            let keys = by_keys(&ways);
            assert!(!keys.is_empty(), "{act:?}: {} writes nothing", ways.keys);
            let commands = by_command(&ways, ways.commands, "");
            assert_eq!(keys, commands, "{act:?}: {} and the commands", ways.keys);
            if let Some((practices, input)) = ways.plain {
                let mut call = vec!["walk", "--plain"];
                call.extend(practices.split_whitespace());
                let plain = by_command(&ways, &[&call], input);
                assert_eq!(keys, plain, "{act:?}: {} and walk --plain", ways.keys);
            }
        }
    }
}

/// What the plain walk leaves to commands: it asks about what is due and what a week has no answer
/// to, and these are about something else.
const BY_COMMAND_ALONE: [ActKind; 6] = [
    ActKind::TakeOff,
    ActKind::ComeBack,
    ActKind::Reword,
    ActKind::Settle,
    ActKind::Undo,
    ActKind::Redo,
];

#[test]
fn one_undo_takes_back_all_of_a_save() {
    let in_off_days = || vec![overdue(), days_off("2026-11-16", "2026-12-04")];
    for (before, keys) in [
        (vec![overdue()], "c<Space><Tab><Tab><Tab><Space><C-s>"),
        (in_off_days(), "0"),
        (vec![note(), overdue()], "Ia1"),
    ] {
        let mut play = Play::with(&before, TUESDAY);
        let texts = |play: &Play| -> Vec<Body> {
            let journal = play.journal();
            journal.entries().map(|entry| entry.body.clone()).collect()
        };
        let at_first = texts(&play);
        play.keys(keys);
        let done = texts(&play);
        assert_ne!(done, at_first, "{keys}");
        play.keys("u");
        assert_eq!(texts(&play), at_first, "{keys}");
        play.keys("<C-r>");
        assert_eq!(texts(&play), done, "{keys}");
    }
}

#[test]
fn every_act_has_keys_a_command_and_a_plain_question() {
    for act in ActKind::ALL {
        let ways = ways(*act);
        let all = |has: fn(&Ways) -> bool| !ways.is_empty() && ways.iter().all(has);
        assert!(all(|one| !one.keys.is_empty()), "{act:?} has no keys");
        assert!(all(|one| !one.commands.is_empty()), "{act:?} no command");
        let is_asked = ways.iter().any(|one| one.plain.is_some());
        let is_left = BY_COMMAND_ALONE.contains(act);
        assert_eq!(is_asked, !is_left, "{act:?} in walk --plain");
    }
}
