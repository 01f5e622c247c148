//! A quarter of realistic use, told once and lived twice: at the screens, and by line alone. Both end
//! in the same journal.
//!
//! The story is data; `quarter/by_keys.rs` and `quarter/by_line.rs` know how each thing is done.

mod by_keys;
mod by_line;

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use leadby::practice::{Catalog, Practice, Step};
use serde_json::Value as Json;
use tempfile::TempDir;

use self::Day::{Again, Offered, To, WhenDue};
use self::Said::{
    Added, CommittedTo, Filled, Found, Further, LetGo, Marked, Placed, Promised, TurnedInto, Went,
    Words,
};
use self::Scene::{
    At, LastMonth, LastWeek, Note, NoteByFile, NoteByShell, Off, Profile, Undo, Walk, WeekOff,
};
use self::by_keys::AtScreens;
use self::by_line::ByLine;
use crate::play::output;

/// Something that happens in the quarter.
enum Scene {
    /// It is this moment now.
    At(&'static str),
    /// The pages about who someone is.
    Profile(&'static [Said]),
    /// The walk of this week.
    Walk(&'static [Said]),
    /// A page of the week before.
    LastWeek(&'static str, &'static [Said]),
    /// The pages of the month before.
    LastMonth(&'static [Said]),
    /// A note, by the program itself.
    Note(&'static str),
    /// A note from a shell beside it.
    NoteByShell(&'static str),
    /// A line in `inbox.txt`.
    NoteByFile(&'static str),
    /// This week is off.
    WeekOff,
    /// First day, last day, what for.
    Off(&'static str, &'static str, &'static str),
    /// The last thing is undone.
    Undo,
}

/// Something that is said on a page.
enum Said {
    /// How the commitment that is due went, with a line of evidence or a reason, and its day.
    Went(&'static str, &'static str, Day),
    /// Where a note belongs: a kind of place, and one of its places.
    Placed(&'static str, &'static str),
    /// Text for a step, or the choice with this name.
    Words(&'static str, &'static str),
    /// The choices of a step that are marked.
    Marked(&'static str, &'static [&'static str]),
    /// The line of evidence with these words, for a step.
    Found(&'static str, &'static str),
    /// A commitment, in an area, by a day; both may be empty.
    Promised(&'static str, &'static str, &'static str),
    /// A new line on the list of a step, with a name and a choice if its list asks for them.
    Added(
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
    ),
    /// A line of a list, one stage further, with what that stage asks for.
    Further(
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
    ),
    /// A field of a line of a list.
    Filled(&'static str, &'static str, &'static str, &'static str),
    LetGo(&'static str, &'static str),
    TurnedInto(&'static str, &'static str),
    CommittedTo(&'static str, &'static str),
}

/// The day of a check-in.
enum Day {
    /// The one that is offered.
    Offered,
    /// It was done on the day it was due.
    WhenDue,
    /// The one that is offered, and the same is promised again.
    Again,
    /// It moves to this one.
    To(&'static str),
}

const QUARTER: &[Scene] = &[
    // Week 37: the first one, on a Friday.
    At("2026-09-11T15:30:00+02:00"),
    Profile(&[
        Words("role", "Platform engineer"),
        Added("responsibilities", "The release", &[]),
        Words("core", "Deploys nobody notices"),
        Marked("tracks", &["Architecture or strategy"]),
        Marked("areas", &["process", "tools"]),
    ]),
    Walk(&[
        Words("influence", "The release checklist\nand who owns its steps"),
        Words("tolerating", "Slow tests"),
        Words("routines", "The Monday status mail"),
        Promised("Every release step has an owner", "process", ""),
        Words("mark", "competent"),
        Words("evidence", "Two releases without a call"),
        Added("bolts", "Canary releases", &[]),
        Added("problems", "New laptops take four days", &[]),
        Filled(
            "problems",
            "New laptops take four days",
            "What was wrong",
            "Everyone new waited",
        ),
        Further("skills", "Systems thinking", &[]),
        Marked("habits", &["Closed loops", "Documented decisions"]),
        Added(
            "loops",
            "Tell Ana whether the June dates hold",
            &[("With", "Ana")],
        ),
        Added("decisions", "We release on Tuesdays", &[]),
        Added("systems", "A release checklist", &[]),
        Added("heroes", "Saved the demo at night", &[]),
        TurnedInto("heroes", "Saved the demo at night"),
        Added(
            "acts",
            "Showed the build",
            &[("With", "Ana, Priya"), ("Way", "Teach others")],
        ),
        Added("knowledge", "How the year-end figures are made", &[]),
        Added("complaints", "Plans change on Thursdays", &[]),
    ]),
    // Week 38: a thought on Tuesday, and the first check-in.
    At("2026-09-15T11:00:00+02:00"),
    Note("What if the build told who broke it?"),
    NoteByShell("Priya has an idea for the release page"),
    At("2026-09-18T16:00:00+02:00"),
    Walk(&[
        Went("kept", "All nine steps have a name", Offered),
        Placed("list", "System"),
        Placed("answer", "Influence"),
        Words("curiosity", "Support mail"),
        Promised("The status mail is three lines", "process", ""),
        Words("mark", "exceptional"),
        Found("evidence", "Retry the upload"),
        Further("problems", "New laptops take four days", &[]),
        Marked("habits", &["Closed loops"]),
        Further("loops", "Tell Ana whether the June dates hold", &[]),
        Further(
            "knowledge",
            "How the year-end figures are made",
            &[("Handed over to", "Priya"), ("How", "A page and a pairing")],
        ),
    ]),
    // Week 39: a note is evidence; what it is about is moved, with a reason.
    At("2026-09-22T11:00:00+02:00"),
    Note("Two people thanked me for the short mail"),
    Walk(&[Placed("evidence", "The status mail is three lines")]),
    At("2026-09-25T16:00:00+02:00"),
    Walk(&[
        Went("moved", "Ana is ill", To("2 oct")),
        Words("tolerating", "Slow tests, still"),
        Promised("Tests run in ten minutes", "tools", "9 oct"),
        Words("mark", "average"),
        Further("problems", "New laptops take four days", &[]),
        Filled("skills", "Systems thinking", "Next step", "Draw the queue"),
        Marked("habits", &["Reported progress without being chased"]),
        LetGo("complaints", "Plans change on Thursdays"),
    ]),
    // Week 40: something that was due is let go; the problem is told.
    At("2026-10-02T16:30:00+02:00"),
    Walk(&[
        Went("let go", "", Offered),
        Words("mark", "competent"),
        Further("bolts", "Canary releases", &[]),
        Further(
            "problems",
            "New laptops take four days",
            &[("Told to", "the team, Noor")],
        ),
        Further("systems", "A release checklist", &[]),
    ]),
    // Week 41: the Friday is missed. Week 42: a late check-in, and last week's page.
    At("2026-10-13T09:00:00+02:00"),
    Walk(&[Went("missed", "Only the unit tests", Offered)]),
    LastWeek(
        "audit",
        &[
            Words("tolerating", "Meetings without an end"),
            Promised("Meetings end at five to", "", ""),
        ],
    ),
    LastWeek("mastery", &[Words("mark", "average")]),
    LastMonth(&[
        Marked("signs", &["I am waiting for permission to grow"]),
        Words("gap-status", "improving it"),
        Words("sentence", "The release is no longer a night"),
    ]),
    At("2026-10-16T17:00:00+02:00"),
    Walk(&[
        Went("kept", "Four of five", Offered),
        Added("complaints", "Nobody reads the status page", &[]),
        CommittedTo("complaints", "Nobody reads the status page"),
    ]),
    // Week 43 is a holiday, and another one is planned.
    At("2026-10-19T08:00:00+02:00"),
    WeekOff,
    Off("24 dec", "2 jan", "Winter"),
    // Week 44: what was due meanwhile is asked on the first day back.
    At("2026-10-26T09:00:00+01:00"),
    NoteByFile("call the insurance"),
    At("2026-10-26T09:01:00+01:00"),
    NoteByFile("Noor said the laptops work on day one"),
    Walk(&[
        Went("kept", "A line a day", Offered),
        Placed("let go", ""),
        Placed("evidence", "New laptops take four days"),
        Words("influence", "The status page"),
        Promised("The status page is read", "", "30 oct"),
    ]),
    At("2026-10-30T16:00:00+01:00"),
    Walk(&[
        Went("kept", "Ten readers", Offered),
        Words("tolerating", "Tests that fail on Mondays"),
        Words("mark", "exceptional"),
        Further("complaints", "Nobody reads the status page", &[]),
    ]),
    // That was too early.
    Undo,
    // Week 45: a promise, and the month that is over.
    At("2026-11-06T16:00:00+01:00"),
    Walk(&[
        Words("routines", "The Tuesday release call"),
        Promised("No test fails on Monday", "tools", ""),
        Words("mark", "competent"),
    ]),
    LastMonth(&[Words("sentence", "A week away, and nothing broke")]),
    // Week 46: only a note. Week 47: late, but kept on its day; the note becomes a promise.
    At("2026-11-11T12:00:00+01:00"),
    NoteByShell("Let Sam lead the release"),
    At("2026-11-16T08:30:00+01:00"),
    Walk(&[
        Went("kept", "No red Monday", WhenDue),
        Placed("commitment", ""),
        Words("influence", "The release, all of it"),
        Further("skills", "Systems thinking", &[]),
        Added("decisions", "The build names who broke it", &[]),
        Filled(
            "decisions",
            "The build names who broke it",
            "Why",
            "Nobody looks otherwise",
        ),
    ]),
    At("2026-11-20T16:00:00+01:00"),
    Walk(&[
        Went("moved", "No release this week", To("27 nov")),
        Words("curiosity", "The price list"),
        Further(
            "problems",
            "New laptops take four days",
            &[("Results are at", "https://wiki.example/laptops")],
        ),
        Marked("habits", &["Asked better questions", "Closed loops"]),
    ]),
    // Week 48: the last one.
    At("2026-11-27T16:00:00+01:00"),
    Note("Ask Sam how it was"),
    Walk(&[
        Went("kept", "Sam led it; I had coffee", Again),
        Placed("list", "Follow-up"),
        Words("mark", "exceptional"),
        Words("evidence", "I was not needed"),
        Added(
            "acts",
            "Let Sam lead",
            &[("With", "Sam"), ("Way", "Coach the new hire")],
        ),
        LetGo("complaints", "Nobody reads the status page"),
    ]),
];

#[test]
fn a_quarter_at_the_screens_and_by_line_ends_in_the_same_journal() {
    let git = repository();
    let config = format!(
        "[[evidence]]\nrecipe = \"git\"\nfolders = [\"{}\"]\nauthor = \"Ada\"\n",
        git.path().display()
    );
    let mut screens = AtScreens::new(&config);
    let mut line = ByLine::new(&config);
    for (at, scene) in QUARTER.iter().enumerate() {
        screens.live(scene);
        line.live(scene);
        if matches!(scene, At(_) | NoteByFile(_)) {
            // By line, what the file says is taken in with the next thing that is written.
            continue;
        }
        let (seen, heard) = (last_words(&screens.lines()), last_words(&line.lines()));
        for (seen, heard) in seen.iter().zip(&heard) {
            assert_eq!(seen, heard, "after scene {at}: at the screens, and by line");
        }
        assert_eq!(seen.len(), heard.len(), "after scene {at}");
    }
}

/// What each entry says in the end, in the order of their first lines, without ids and times.
fn last_words(lines: &str) -> Vec<Json> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut entries: Vec<Json> = Vec::new();
    for line in lines.lines() {
        let mut line: Json = serde_json::from_str(line).expect("a line");
        let members = line.as_object_mut().expect("an object");
        let id = members.remove("id").expect("an id");
        let id = id.as_str().expect("a text").to_owned();
        for member in ["rev", "at", "crc", "after", "undoes"] {
            members.remove(member);
        }
        let next = numbers.len();
        let number = *numbers.entry(id).or_insert(next);
        if number == entries.len() {
            entries.push(line);
        } else {
            entries[number] = line;
        }
    }
    // What names an entry names its number.
    for entry in &mut entries {
        let mut text = entry.to_string();
        for (id, number) in &numbers {
            text = text.replace(&format!("\"{id}\""), &format!("\"entry {number}\""));
        }
        *entry = serde_json::from_str(&text).expect("the same, renamed");
    }
    entries
}

/// A repository with two commits of Ada's.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    git(folder.path(), "2026-09-01", &["init", "--quiet"]);
    for (day, subject) in [
        ("2026-09-08", "Name an owner for every release step"),
        ("2026-09-16", "Retry the upload"),
    ] {
        let commit = ["commit", "--quiet", "--allow-empty", "-m", subject];
        git(folder.path(), day, &commit);
    }
    folder
}

fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    let when = format!("{day}T12:00:00+02:00");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Ada");
        command.env(format!("GIT_{role}_EMAIL"), "ada@example.org");
        command.env(format!("GIT_{role}_DATE"), &when);
    }
    let done = output(&mut command);
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {complaint}");
}

/// The practice that asks a step, and the step.
fn asked<'a>(step: &str, catalog: &'a Catalog) -> (&'a Practice, &'a Step) {
    let practices = catalog.practices().iter();
    let mut steps =
        practices.flat_map(|practice| practice.steps.iter().map(move |it| (practice, it)));
    let found = steps.find(|(_, one)| one.id == step);
    found.unwrap_or_else(|| panic!("no step {step}"))
}
