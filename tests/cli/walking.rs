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
    assert_snapshot!(called.seen(), @"
    Week 48 · Tue 24 Nov
    An empty line skips a question, and ends a text of several lines.
    Ctrl-D leaves the walk; each answer is saved at once.

    ! Inbox rules · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov
    How did it go?
      1  kept
      2  missed
      3  moved to another day
      4  let go
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
    assert_snapshot!(called.seen(), @"
    Week 48 · Tue 24 Nov
    An empty line skips a question, and ends a text of several lines.
    Ctrl-D leaves the walk; each answer is saved at once.

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
    let called = empty.run_with(&["walk", "--plain"], b"three\n\nfour\xff\n");
    assert_eq!(called.code, Some(2), "{called:?}");
    assert_eq!(empty.listed("answers").len(), 2);
    assert_snapshot!(called.errors, @"
    leadby: the answer cannot be read: stream did not contain valid UTF-8.
      the answers before it are saved
    ");
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
    let moved = "3\nAna is ill\n20 nov\n2026-11-19\nnext fri\n";
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
