//! All answers to one question, and what changed between two of them.

use leadby::journal::{Answer, Body, Entry, Id, Period, Value};

use crate::play::{Play, TUESDAY, moment};

fn answer(week: &str, practice: &str, step: &str, value: Value) -> Entry {
    let period = Period::Week(week.parse().expect("a week"));
    Entry {
        id: Id::answer(period, practice, step),
        rev: 1,
        lineage: Default::default(),
        at: moment("2026-11-20T09:00:00+01:00").timestamp(),
        body: Body::Answer(Answer {
            period,
            practice: practice.to_owned(),
            step: step.to_owned(),
            value,
        }),
    }
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn list(marks: &[&str]) -> Value {
    Value::List(marks.iter().map(|mark| (*mark).to_owned()).collect())
}

fn year() -> Play {
    Play::with(
        &[
            answer("2026-W42", "audit", "influence", text("The inbox rules")),
            answer("2026-W46", "audit", "influence", text("The release steps")),
            answer("2026-W47", "audit", "influence", text("The release notes")),
            answer("2026-W46", "audit", "routines", text("Monday planning")),
            answer("2026-W45", "mastery", "mark", text("average")),
            answer("2026-W47", "mastery", "mark", text("exceptional")),
            answer(
                "2026-W46",
                "communication",
                "habits",
                list(&["clarify-first", "close-loops"]),
            ),
            answer(
                "2026-W47",
                "communication",
                "habits",
                list(&["clarify-first", "better-questions"]),
            ),
        ],
        TUESDAY,
    )
}

#[test]
fn all_answers_open_from_a_page_and_the_text_being_typed_stays() {
    let mut play = year();
    play.keys("1The hand-over<F2>");
    play.shows("Influence").shows("3 answers, question 1 of 4");
    let screen = play.screen();
    let at = |words: &str| {
        screen
            .find(words)
            .unwrap_or_else(|| panic!("{words}:\n{screen}"))
    };
    assert!(at("The release notes") < at("The release steps"));
    assert!(at("The release steps") < at("3 weeks without an answer"));
    assert!(at("3 weeks without an answer") < at("The inbox rules"));
    assert!(play.answer("audit", "influence").is_empty());
    play.keys("<Esc>").shows("The hand-over").keys("<C-s>");
    assert_eq!(play.answer("audit", "influence"), "The hand-over");
}

#[test]
fn changes_between_two_weeks_are_the_same_whichever_is_marked() {
    let mut play = year();
    play.keys("1<F2> ").shows("Marked: Week 47");
    play.keys("<Down>")
        .shows("Week 46 → Week 47")
        .shows("1 word out, 1 in")
        .shows("The release [-steps-]{+notes+}");
    // A week without an answer is skipped.
    play.keys("<Down>")
        .shows("Week 42 → Week 47")
        .shows("2 words out, 2 in")
        .shows("The [-inbox rules-]{+release notes+}");
    // The mark moves to the selected one; the other one is now the later one.
    play.keys(" ").shows("Marked: Week 42");
    play.keys("<Up>").shows("Week 42 → Week 46");
    // On the marked one, Space clears the mark.
    play.keys("<Down> ").hides("Marked").hides("■");
}

#[test]
fn choices_are_compared_as_sets_and_degrees_as_a_whole() {
    let mut play = year();
    play.shelf("Trends/Communication").keys("a <Down>");
    play.shows("Week 46 → Week 47")
        .shows("1 out, 1 in")
        .shows("- Closed loops")
        .shows("+ Asked better questions")
        .shows("  Clarified expectations");
    play.keys("<Esc><Esc><Esc>");
    play.shelf("Trends/Mastery").keys("a");
    play.shows("■■■ exceptional").shows("■□□ average");
    play.keys(" <Down>").shows("[-average-]{+exceptional+}");
}

#[test]
fn a_key_cycles_through_the_questions_of_a_practice() {
    let mut play = year();
    play.shelf("Trends/Audit").keys("a");
    play.shows("3 answers, question 1 of 4");
    play.keys("<Left>").shows("Monday planning");
    play.keys("<Left>").shows("No answers yet.");
    play.keys("<Right><Right>")
        .shows("3 answers, question 1 of 4");
}

#[test]
fn an_answer_opens_with_the_focus_in_its_field() {
    let mut play = year();
    play.shelf("Trends/Audit").keys("a<Left>");
    play.shows("Monday planning").shows("⏎ edit");
    play.keys("<Enter>!");
    play.shows("Monday planning!");
}

#[test]
fn the_week_of_an_answer_opens_and_the_answer_stays_selected_on_return() {
    let mut play = year();
    play.keys("1<F2><Down><Enter>").shows("1 Audit  □ 2");
    play.keys("<S-Tab><BS><BS><BS><BS><BS>plan<Esc>");
    play.shows("▌  The release plan");
    // An answer that arrives from another machine does not move the selection.
    let newest = answer("2026-W48", "audit", "influence", text("The rota")).body;
    let Body::Answer(newest) = newest else {
        unreachable!("it was made above");
    };
    play.others_save(&[newest.into_change()]);
    play.shows("The rota").keys(" <Up><Up>");
    play.shows("Week 46 → Week 48")
        .shows("The [-release plan-]{+rota+}");
}

#[test]
fn all_answers_open_from_the_history_of_one() {
    let mut play = year();
    play.keys("1One<Tab><S-Tab><C-s><Esc>1<S-Tab><C-t>")
        .shows("History");
    play.shows("a all answers").keys("a").shows("4 answers");
    play.keys("<Esc>").shows("History");
}

#[test]
fn profile_fields_have_no_answers_to_compare() {
    let mut play = year();
    play.keys("gEngineer<F2>")
        .shows("Engineer")
        .hides("answers");
    play.keys("<C-s><C-p><S-Tab><C-t>").shows("History");
    play.hides("all answers").keys("a").shows("History");
    // A list that a page asks for has none either.
    let mut play = year();
    play.keys("3<F2>").hides("all answers");
}

#[test]
fn a_long_comparison_can_be_scrolled() {
    let mut play = year();
    let words: Vec<String> = (0..400).map(|at| format!("new{at}")).collect();
    play.keys("1")
        .paste(&words.join(" "))
        .keys("<Esc>1<F2> <Down>");
    play.shows("[-The release notes-]{+new0 new1")
        .shows("┃")
        .hides("new399");
    for _ in 0..40 {
        play.keys("<PgDn>");
    }
    play.shows("new399");
    play.look().keys("<PgUp><PgUp><PgUp>").hides("new399");
}
