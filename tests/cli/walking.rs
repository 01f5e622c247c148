//! The weekly walk in plain lines: what it asks, what it accepts, and that every answer is saved.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Stdio;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn the_walk_asks_what_is_not_answered_this_week() {
    let filled = TestEnvironment::filled();
    // The check-in of what is due is left for later.
    let typed = "\nA wall of notes.\nNobody reads it.\n\n\n\nthe wiki\nowner\n\n3\n";
    let called = filled.run_with(&["walk", "--plain"], typed.as_bytes());
    assert_snapshot!(called.seen(), @r"
    Week 48 · Tue 24 Nov
    An empty line skips a question, and ends a text of several lines.
    A line of only < goes back one question; \< is that text.
    Ctrl-D leaves the walk; each answer is saved at once.

    ! Inbox rules · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov
    Moved twice: make it smaller, or let it go.
    How did it go?
      1  kept
      2  missed
      3  moved to another day
      4  let go
      5  make it smaller
    > 
    1 of 8 · Personal leadership audit

    What are you putting up with that could be better?
    > > > 
    Where have you stopped being curious?
    > 
    Which of your routines is ready to be reinvented?
    > 
    One thing to lead better; a number uses what you just wrote:
      1  Influence: The release checklist.
      2  Tolerating: A wall of notes.
    > 
    Which area is it about?
      1  inbox
      2  small team
      3  process
      4  customer list
      5  tools
      6  calendar
    > 
    By when? An empty line means Fri 27 Nov.
    >   Committed, due Fri 27 Nov

    2 of 8 · Best in the building at your core function

    At your core function, how good was this week's work?
      1  average
      2  competent
      3  exceptional
    > 
    What did you see or hear that tells you so?
    > 
    W48 1/8 · ! Inbox rules (Fri 20 Nov) +2
    ");
    let answers = filled.listed("answers");
    let of = |step: &str| {
        answers
            .iter()
            .find(|it| it["step"] == step)
            .map(|it| &it["value"])
    };
    assert_eq!(
        of("tolerating").expect("it"),
        "A wall of notes.\nNobody reads it."
    );
    assert_eq!(of("curiosity"), None);
    // It continues at the last position.
    let called = filled.run_with(&["walk", "--plain"], b"\n");
    assert!(
        called.output.contains("stopped being curious"),
        "{called:?}"
    );
    assert!(!called.output.contains("putting up with"), "{called:?}");
}

#[test]
fn an_invalid_answer_is_asked_for_again() {
    let empty = TestEnvironment::new();
    // Past the four audit questions and the commitment, to the mastery scale.
    let typed = "\n\n\n\nOne owner\n1\n\nbrilliant\n9\n3\n";
    let called = empty.run_with(&["walk", "--plain"], typed.as_bytes());
    assert_snapshot!(called.seen(), @r"
    Week 48 · Tue 24 Nov
    An empty line skips a question, and ends a text of several lines.
    A line of only < goes back one question; \< is that text.
    Ctrl-D leaves the walk; each answer is saved at once.

    New here? leadby walk --plain profile asks first who you are.

    1 of 8 · Personal leadership audit

    What is already within your influence that you don't fully own yet?
    > 
    What are you putting up with that could be better?
    > 
    Where have you stopped being curious?
    > 
    Which of your routines is ready to be reinvented?
    > 
    One thing to lead better:
    > 
    Which area is it about?
      1  inbox
      2  small team
      3  process
      4  customer list
      5  tools
      6  calendar
    > 
    By when? An empty line means Fri 27 Nov.
    >   Committed, due Fri 27 Nov

    2 of 8 · Best in the building at your core function

    At your core function, how good was this week's work?
      1  average
      2  competent
      3  exceptional
    >   “brilliant” is not one of the choices
      choices: 1 average, 2 competent, 3 exceptional
    >   “9” is not one of the choices
      choices: 1 average, 2 competent, 3 exceptional
    > 
    What did you see or hear that tells you so?
    > 
    W48 0/8 · ▸ One owner (Fri 27 Nov)
    ");
    let listed = empty.listed("commitments");
    assert_eq!(listed[0]["better"], "One owner");
    assert_eq!(listed[0]["area"], "inbox");
    let answers = empty.listed("answers");
    assert_eq!(answers[0]["value"], "exceptional");
}

#[test]
fn answers_before_the_end_of_input_are_saved() {
    let empty = TestEnvironment::new();
    let called = empty.run_with(&["walk", "--plain"], b"one\ntwo");
    assert_eq!(called.code, Some(0), "{called:?}");
    assert_eq!(empty.listed("answers")[0]["value"], "one\ntwo");
}

#[test]
fn no_byte_ends_the_walk_or_loses_an_answer() {
    let empty = TestEnvironment::new();
    let mut typed = b"three\n\nfour\xff\n\n\x00\x08fivr\x08e\x1b[D\n\n".to_vec();
    let long = "a long line ".repeat(100_000);
    typed.extend(long.as_bytes());
    let called = empty.run_with(&["walk", "--plain"], &typed);
    assert_eq!(called.code, Some(0), "{called:?}");
    let answers = empty.listed("answers");
    let values: Vec<&str> = answers
        .iter()
        .filter_map(|it| it["value"].as_str())
        .collect();
    assert_eq!(values.len(), 4);
    for expected in ["three", "four\u{fffd}", "five", &long] {
        assert!(values.contains(&expected), "{expected:.20}");
    }
    let (_, path) = called
        .output
        .split_once("as it came is in ")
        .expect("a path");
    let path = path.lines().next().expect("a line").trim_end_matches('.');
    let path = path.replace("$HOME", &empty.home().to_string_lossy());
    assert_eq!(std::fs::read(path).expect("the line"), b"four\xff\n");
}

#[test]
fn a_line_of_only_a_sign_goes_back_one_question() {
    let empty = TestEnvironment::new();
    // Changed, kept, and the sign as a text.
    let typed = "<\nfirst\n\n<\nbetter\n\n<\n\n\\<\n\n< and text\n<\n\n";
    let called = empty.run_with(&["walk", "--plain"], typed.as_bytes());
    assert!(called.output.contains("That was the first question."));
    assert!(called.output.contains("now: better"), "{called:?}");
    let answers = empty.listed("answers");
    let of = |step: &str| {
        let mut answers = answers.iter();
        let found = answers.find(|it| it["step"] == step);
        found.and_then(|it| it["value"].as_str())
    };
    assert_eq!(of("influence"), Some("better"));
    assert_eq!(of("tolerating"), Some("<"));
    assert_eq!(of("curiosity"), Some("< and text\n<"));
}

#[test]
fn a_late_check_in_says_how_late_today_is() {
    let asked = TestEnvironment::filled().run_with(&["walk", "--plain"], b"kept\n\n1\n\n");
    let day = "On which day? Empty: today, Tue 24 Nov, 18 days after first date. \
               1: Fri 20 Nov, the day it was due.";
    assert!(asked.output.contains(day), "{asked:?}");
    let again = "The same again? Empty: no. 1: by Fri 27 Nov. Or another day.";
    assert!(asked.output.contains(again), "{asked:?}");
}

#[test]
fn a_month_says_how_many_of_its_problems_are_solved() {
    let november = ["walk", "--plain", "--month", "nov"];
    let new = TestEnvironment::new();
    let _ = new.ok(&["add", "problem", "Not solved"]);
    let new = new.at("2026-12-01T09:00:00+01:00");
    let asked = new.ok(&november);
    let carried = "Problems: none solved, 1 carried on\n  Not solved · spotted\n";
    assert!(asked.contains(carried), "{asked}");
    let asked = TestEnvironment::filled().ok(&november);
    assert!(asked.contains("Problems: 1 solved\n"), "{asked}");
}

#[test]
fn what_is_asked_once_or_monthly_or_of_another_week_is_asked_when_named() {
    let filled = TestEnvironment::filled();
    let profile = "Staff engineer\nThe release\n\n\n1,3\n1, onboarding\n";
    let asked = filled.run_with(&["walk", "--plain", "profile"], profile.as_bytes());
    assert_eq!(asked.code, Some(0), "{asked:?}");
    let month = filled.run_with(
        &["walk", "--plain", "--month", "oct"],
        b"2 permission\n1,2\noutcomes\n2\nimproving it\n\nGreen builds\n",
    );
    assert_snapshot!(month.seen(), @r"
    October 2026
    An empty line skips a question, and ends a text of several lines.
    A line of only < goes back one question; \< is that text.
    Ctrl-D leaves the walk; each answer is saved at once.

    Problems: none this time

    October 2026 · Mirror: two short lists, once a month

    Which of these rang true this month?
      1  I feel underused because my title is small
      2  I am waiting for permission to grow
      3  I believe someone else must unlock my potential
      4  I expect the organization to hand me the next step
      5  I assume a new title will fix my dissatisfaction
    >   “2 permission” is not one of the choices
      choices: 1 I feel underused because my title is small, 2 I am waiting for permission to grow, 3 I believe someone else must unlock my potential, 4 I expect the organization to hand me the next step, 5 I assume a new title will fix my dissatisfaction
    > 
    For most of this month, what were you doing?
      1  managing tasks
      2  leading outcomes
    > 
    And with the work you were handed?
      1  completing assignments
      2  elevating the function
    > 
    And with the way things are done around you?
      1  maintaining the status quo
      2  improving it
    > 
    When did it show? One moment is enough.
    > 
    October 2026 · One sentence for the month

    What was the month about?
    > 
    W48 1/8 · ! Inbox rules (Fri 20 Nov) +1
    ");
    let week = filled.run_with(&["walk", "--plain", "--week", "last"], b"The old queue\n");
    assert_snapshot!(week.seen(), @r"
    Week 47, last week
    An empty line skips a question, and ends a text of several lines.
    A line of only < goes back one question; \< is that text.
    Ctrl-D leaves the walk; each answer is saved at once.

    1 of 8 · Personal leadership audit

    What is already within your influence that you don't fully own yet?
    > > 
    What are you putting up with that could be better?
    > 
    W48 1/8 · ! Inbox rules (Fri 20 Nov) +1
    ");
    let answers = filled.listed("answers");
    let ids: Vec<&str> = answers.iter().filter_map(|it| it["id"].as_str()).collect();
    for id in [
        "answer/ground/role",
        "answer/ground/tracks",
        "answer/ground/areas",
        "answer/2026-10/mirror/signs",
        "answer/2026-10/mirror/gap-status",
        "answer/2026-10/month/sentence",
    ] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
    let refused = [
        &["walk", "--plain", "--week", "2026-W51"][..],
        &["walk", "--plain", "nothing"],
        &["walk", "--plain", "profile", "--week", "last"],
        &["walk", "--plain", "audit", "--month", "last"],
        &["walk", "profile"],
    ];
    let said: Vec<String> = refused.iter().map(|call| filled.run(call).seen()).collect();
    assert_snapshot!(said.join("\n"), @"
    -- standard error --
    leadby: Week 51 has not begun; it begins on Mon 14 Dec.
    -- exit code 2 --

    -- standard error --
    leadby: no practice called “nothing”.
      practices: audit, mastery, problem, next-level, communication, systems, multiplier, influence, profile, mirror, month, inbox, away, names, talk
    -- exit code 2 --

    -- standard error --
    leadby: profile is asked once, not per week or month.
      leave out the week or month
    -- exit code 2 --

    -- standard error --
    leadby: audit is asked every week, not per month.
      --week sets a week
    -- exit code 2 --

    -- standard error --
    leadby: `leadby walk` needs --plain.
      `leadby walk --help` shows what it takes
    -- exit code 2 --
    ");
}

#[test]
fn a_list_is_read_out_and_taken_further() {
    let empty = TestEnvironment::new();
    let typed = "Laptops\n4\n+ 4\n1\n1?\n2\nFour days\nof waiting\n\n11\n1 nov\n\n\n";
    let called = empty.run_with(&["walk", "--plain", "problem"], typed.as_bytes());
    assert_snapshot!(called.seen(), @r"
    Week 48 · Tue 24 Nov
    An empty line skips a question, and ends a text of several lines.
    A line of only < goes back one question; \< is that text.
    Ctrl-D leaves the walk; each answer is saved at once.

    3 of 8 · One problem a month, solved without being asked

    Which unassigned problem are you solving, and how far is it this week?
      a new problem, in a line
    >   Added problem
      1  Laptops · spotted · next: solved
      a new problem, in a line; a number for its next stage, 1? for all of it
    >   no number 4 here; + 4 adds it as text
      1  Laptops · spotted · next: solved
      a new problem, in a line; a number for its next stage, 1? for all of it
    >   Added problem
      1  Laptops · spotted · next: solved
      2  4 · spotted · next: solved
      a new problem, in a line; a number for its next stage, 1? for all of it
    >   Now solved
      1  Laptops · solved · next: documented
      2  4 · spotted · next: solved
      a new problem, in a line; a number for its next stage, 1? for all of it
    > 
    Laptops · solved
      1  Problem: Laptops
      2  What was wrong:
      3  What you did:
      4  What improved:
      5  In a number:
      6  Told to:
      7  Results are at:
      8  Before:
      9  After:
      10  Counted in:
      11  spotted: Tue 24 Nov
      12  solved: Tue 24 Nov
      13  make it documented
      14  back to before “solved”
      15  commit to it, by a day
      16  delete it
      a number or its words; an empty line goes back to the list
    >   Who felt it, how often, and what did it cost them?
    > > >   Changed

    Laptops · solved
      a number or its words; an empty line goes back to the list
    >   On which day was it spotted?
    >   Changed

    Laptops · solved
      a number or its words; an empty line goes back to the list
    >   1  Laptops · solved · next: documented
      2  4 · spotted · next: solved
      a new problem, in a line; a number for its next stage, 1? for all of it
    > 
    W48 1/8
    ");
    let helped = "Showed the build\nAna, Priya\n2\n\n";
    let asked = empty.run_with(&["walk", "--plain", "multiplier"], helped.as_bytes());
    assert_eq!(asked.code, Some(0), "{asked:?}");
    let acts = empty.listed("acts");
    assert_eq!(acts[0]["values"]["with"], "Ana, Priya");
    assert_eq!(acts[0]["values"]["way"], "document");
}

#[test]
fn an_answer_that_cannot_be_saved_is_kept_in_a_file() {
    let empty = TestEnvironment::new();
    let mut walk = empty
        .command(&["walk", "--plain"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut typed = walk.stdin.take().expect("its standard input");
    // Once the second question appears, the first answer has created the journal.
    typed.write_all(b"one\n\n").expect("to write to it");
    let mut seen = [0];
    let mut said = String::new();
    let output = walk.stdout.as_mut().expect("its output");
    while !said.contains("putting up with") {
        output.read_exact(&mut seen).expect("more of it");
        said.push(char::from(seen[0]));
    }
    std::fs::remove_file(empty.journal()).expect("it is there");
    std::fs::create_dir(empty.journal()).expect("a folder");
    typed
        .write_all(b"the only copy\n\n")
        .expect("to write to it");
    drop(typed);
    let called = empty.finish(walk);
    assert_eq!(called.code, Some(3), "{called:?}");
    let place = called
        .errors
        .split("is kept in $HOME/")
        .nth(1)
        .expect("a place");
    let kept = std::fs::read_to_string(empty.home().join(place.trim())).expect("the file");
    assert_eq!(kept, "the only copy");
    assert_eq!(kept_texts(&empty).len(), 1, "kept once");
}

#[test]
fn an_answer_that_is_saved_is_nowhere_else() {
    let empty = TestEnvironment::new();
    // The last question of this walk takes several lines.
    let typed = "\n\n\n\nsecret words\nand more\n\n";
    let called = empty.run_with(&["walk", "--plain", "mirror"], typed.as_bytes());
    assert_eq!(called.code, Some(0), "{called:?}");
    assert!(empty.bytes().windows(6).any(|it| it == b"secret"));
    assert_eq!(kept_texts(&empty), Vec::<String>::new());
}

#[test]
fn a_reason_or_evidence_that_goes_with_nothing_is_named() {
    let filled = TestEnvironment::filled();
    for (typed, expected) in [
        (
            "3\nwaiting for Bo\n",
            "the reason is not saved: waiting for Bo",
        ),
        (
            "3\nwaiting for Bo\n\n",
            "the reason is not saved: waiting for Bo",
        ),
        (
            "3\nwaiting for Bo\n<\n<\n",
            "the reason is not saved: waiting for Bo",
        ),
        (
            "1\na month of it\n<\n<\n",
            "the evidence is not saved: a month of it",
        ),
    ] {
        let before = filled.bytes();
        let called = filled.run_with(&["walk", "--plain"], typed.as_bytes());
        assert!(called.output.contains(expected), "{typed:?}: {called:?}");
        assert_eq!(filled.bytes(), before, "{typed:?}");
    }
}

#[test]
fn going_back_leads_to_the_question_asked_before() {
    let filled = TestEnvironment::filled();
    // The first page is done, so what is due is followed by the second.
    for step in ["tolerating", "curiosity", "routines"] {
        filled.ok(&["answer", &format!("audit/{step}"), "said"]);
    }
    filled.ok(&["commit", "One owner"]);
    let called = filled.run_with(&["walk", "--plain"], b"\n<\n<\n");
    let output = &called.output;
    assert_eq!(output.matches("! Inbox rules · due").count(), 3, "{output}");
    assert!(output.contains("That was the first question."), "{output}");
    assert!(!output.contains("1 of 8"), "{output}");
    // Where nothing was asked before, pages that are done come again.
    filled.ok(&["check-in", "bb03", "--kept"]);
    let called = filled.run_with(&["walk", "--plain"], b"<\n");
    assert!(called.output.contains("1 of 8"), "{called:?}");
}

#[test]
fn what_was_moved_twice_can_be_made_smaller() {
    let filled = TestEnvironment::filled();
    let typed = "smaller\nA rule for one sender\n3\nlater\nfri\n";
    let called = filled.run_with(&["walk", "--plain"], typed.as_bytes());
    let output = &called.output;
    let offered = "Moved twice: make it smaller, or let it go.";
    assert!(output.contains(offered), "{output}");
    assert!(output.contains("  5  make it smaller"), "{output}");
    assert!(output.contains("! A rule for one sender · due"), "{output}");
    assert!(output.contains("Moved to Fri 27 Nov"), "{output}");
    let listed = filled.listed("commitments");
    let moved = listed
        .iter()
        .find(|it| it["due"] == "2026-11-27" && it["moves"] != "[]");
    assert!(moved.is_some(), "{listed:?}");
    // What was not is not.
    filled.ok(&["commit", "Short", "--by", "today"]);
    let called = filled.run_with(&["walk", "--plain"], b"5\n");
    assert!(
        called
            .output
            .contains("choices: 1 kept, 2 missed, 3 moved to another day, 4 let go\n"),
        "{called:?}"
    );
}

/// The folders of texts that are kept outside the journal.
fn kept_texts(environment: &TestEnvironment) -> Vec<String> {
    let names = std::fs::read_dir(environment.home()).expect("the home");
    let names = names.map(|it| it.expect("a name").file_name());
    let names = names.map(|it| it.to_string_lossy().into_owned());
    names.filter(|it| it.starts_with("leadby-")).collect()
}

#[test]
fn a_walk_ends_when_its_reader_closes() {
    let empty = TestEnvironment::new();
    let full = File::options().write(true).open("/dev/full").expect("it");
    let child = empty
        .command(&["walk", "--plain"])
        .stdout(Stdio::from(full))
        .spawn();
    let called = empty.finish(child.expect("the program starts"));
    assert_eq!(called.code, Some(5), "{called:?}");
}

#[test]
fn a_due_day_that_has_passed_is_asked_for_again() {
    let filled = TestEnvironment::filled();
    // The one due on the 20th: moved to the day it was due, to an earlier one, to a later one.
    let moved = "3\nAna is ill\n20 nov\n2026-11-19\nnext week\n";
    let said = filled.run_with(&["walk", "--plain"], moved.as_bytes());
    let output = &said.output;
    assert!(
        output.contains("it is due on Fri 20 Nov already"),
        "{output}"
    );
    assert!(output.contains("that was 5 days ago"), "{output}");
    assert!(output.contains("Moved to Fri 4 Dec"), "{output}");
    // A commitment made in the walk.
    let made = "\n\n\nA page of my own\n\nyesterday\ntomorrow\n";
    let said = filled.run_with(&["walk", "--plain"], made.as_bytes());
    let output = &said.output;
    assert!(output.contains("that was yesterday"), "{output}");
    assert!(output.contains("Committed, due Wed 25 Nov"), "{output}");
}
