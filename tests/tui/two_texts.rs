//! Conflicting texts from two machines, and undo of changes from before this session.

use leadby::app::route::Route;
use leadby::journal::{Answer, Body, Closing, CommitmentOutcome, Entry, Id, Item, Period, Value};

use crate::play::{Play, TUESDAY, commitment, moment};

/// The first version of an entry, as one machine wrote it.
fn first(id: Id, at: &str, body: Body) -> Entry {
    let mut entry = Entry {
        id,
        rev: 1,
        lineage: Default::default(),
        at: moment(at).timestamp(),
        body,
    };
    entry.lineage.after = Some(Box::default());
    entry
}

fn influence(at: &str, words: &str) -> Entry {
    let period = Period::Week("2026-W48".parse().expect("a week"));
    let answer = Answer {
        period,
        practice: "audit".to_owned(),
        step: "influence".to_owned(),
        value: Value::Text(words.to_owned()),
    };
    let id = Id::answer(period, "audit", "influence");
    first(id, at, Body::Answer(answer))
}

/// A long paragraph from one machine and a short note from another; the note counts.
fn two_answers() -> Play {
    let train = influence("2026-11-23T08:00:00+01:00", "A long paragraph on the train");
    let desk = influence("2026-11-23T18:00:00+01:00", "Quick note at the desk");
    Play::with(&[train, desk], TUESDAY)
}

#[test]
fn both_texts_are_on_home_on_the_page_and_found_by_search() {
    let mut play = two_answers();
    play.shows("≠ 1 field has two texts: “Quick note at the desk”  = settle");
    play.size(60, 20).shows("“Quick note at the …”  = settle");
    play.size(80, 24)
        .keys("1<S-Tab>")
        .shows("Quick note at the desk")
        .shows("≠ On another machine")
        .shows("A long paragraph on the");
    play.keys("<Esc>/train")
        .shows("A long paragraph on the train");
}

#[test]
fn a_check_in_that_was_only_looked_at_settles_nothing() {
    let ended = |at: &str, how, evidence: &str| {
        let mut entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
        if let Body::Commitment(commitment) = &mut entry.body {
            commitment.closing = Some(Closing {
                how,
                on: "2026-11-20".parse().expect("a day"),
                evidence: evidence.to_owned(),
            });
        }
        first(entry.id, at, entry.body)
    };
    let entries = [
        ended(
            "2026-11-20T08:00:00+01:00",
            CommitmentOutcome::Kept,
            "One says",
        ),
        ended(
            "2026-11-20T18:00:00+01:00",
            CommitmentOutcome::Missed,
            "The other says",
        ),
    ];
    let mut play = Play::with(&entries, TUESDAY);
    let lines = play.lines();
    play.keys("m<Enter>")
        .shows("Did you keep it?")
        .keys("<C-s>")
        .shows("Nothing changed.");
    assert_eq!(play.lines(), lines);
    // The record leaves room for the panel beside the form.
    play.size(120, 40)
        .keys("<Enter>")
        .shows("0 of 1 kept")
        .shows("Ctrl+L uses it here.");
}

#[test]
fn long_texts_are_shown_where_they_differ_and_scroll() {
    let lines: String = (1..20).map(|n| format!("Line {n} of the week\n")).collect();
    let one = influence(
        "2026-11-23T08:00:00+01:00",
        &format!("{lines}Ana owns step 3"),
    );
    let other = influence(
        "2026-11-23T18:00:00+01:00",
        &format!("{lines}Ben owns step 3"),
    );
    let mut play = Play::with(&[one, other], TUESDAY);
    play.keys("=")
        .shows("Ana owns step 3")
        .shows("Ben owns step 3")
        .hides("Line 4 of");
    play.look().keys("<PgUp>").look().keys("<PgUp><PgUp><PgUp>");
    play.shows("Line 4 of").hides("Ana owns step 3");
    play.keys("<PgDn>").hides("Line 4 of");
}

#[test]
fn each_text_names_the_key_that_takes_it() {
    let mut play = two_answers().with_keys("[settle]\ntake_1 = \"z\"\n");
    play.keys("=").shows("z shown now").keys("z");
    assert_eq!(play.answer("audit", "influence"), "Quick note at the desk");
}

#[test]
fn each_text_or_both_can_be_kept_with_one_key() {
    for (keys, said) in [
        ("=1", "Quick note at the desk"),
        ("=2", "A long paragraph on the train"),
        (
            "=b",
            "Quick note at the desk\nA long paragraph on the train",
        ),
    ] {
        let mut play = two_answers();
        play.keys(keys).hides("two texts");
        assert_eq!(play.answer("audit", "influence"), said, "{keys}");
        // The other texts stay in the history, and undo reopens the conflict.
        play.keys("u").shows("≠ 1 field has two texts");
    }
}

#[test]
fn the_page_leads_to_both_texts_side_by_side() {
    let mut play = two_answers();
    play.keys("1<S-Tab><F7>")
        .shows("Two texts")
        .shows("1 shown now")
        .shows("A long paragraph on the train");
    play.keys("2").shows("A long paragraph on the train");
    assert_eq!(
        play.answer("audit", "influence"),
        "A long paragraph on the train"
    );
    play.hides("On another machine");
}

#[test]
fn the_history_draws_the_fork() {
    let mut play = two_answers();
    play.keys("1<S-Tab><C-t>")
        .shows("●")
        .shows("A long paragraph");
}

/// A commitment as created, and a version that deletes it.
const MADE: &str = r#"{"v":1,"id":"c","rev":1,"after":[],"at":"2026-11-16T09:00:00+01:00","kind":"commitment","better":"Inbox rules","area":"inbox","due":"2026-11-20","made":"2026-11-16","crc":"aaaaaaaa"}"#;
const DELETED: &str = r#"{"v":1,"id":"c","rev":2,"after":["aaaaaaaa"],"at":"2026-11-17T10:00:00+01:00","kind":"deleted"}"#;

/// A change of that commitment: `better` and `area` as in the text form.
fn changed(better: &str, at: &str) -> String {
    MADE.replace(
        "\"rev\":1,\"after\":[]",
        "\"rev\":2,\"after\":[\"aaaaaaaa\"]",
    )
    .replace("2026-11-16T09:00:00+01:00", at)
    .replace("Inbox rules", better)
    .replace(",\"crc\":\"aaaaaaaa\"", "")
}

#[test]
fn every_form_says_that_one_side_deleted_the_entry() {
    let kept = changed("No rule hides a mail", "2026-11-17T09:00:00+01:00");
    let mut play = Play::reading(&[MADE, DELETED, &kept], TUESDAY);
    play.keys("c").size(60, 20);
    play.shows("≠ Deleted on one side, changed on the other: F7 settles");
    let mark = "≠ Deleted on one side";
    play.size(80, 24).shows(mark);
    // Whichever field has the focus, a date field too.
    play.keys("<F6>").shows(mark).keys("<Tab>").shows(mark);
    play.keys("<Tab>").shows("= Fri 20 Nov").shows(mark);
    play.keys("<F7>").shows("Two texts").keys("1").hides(mark);
    let item = r#"{"v":1,"id":"i","rev":1,"after":[],"at":"2026-11-16T09:00:00+01:00","kind":"item","register":"problems","values":{"title":"Builds"},"crc":"aaaaaaaa"}"#;
    let other = item
        .replace(
            "\"rev\":1,\"after\":[]",
            "\"rev\":2,\"after\":[\"aaaaaaaa\"]",
        )
        .replace(",\"crc\":\"aaaaaaaa\"", "")
        .replace("Builds", "Slow builds");
    let gone = DELETED.replace("\"c\"", "\"i\"");
    let mut play = Play::reading(&[item, &gone, &other], TUESDAY);
    play.keys("p<Enter>").shows("≠").keys("<Enter>").shows(mark);
}

#[test]
fn both_texts_of_a_commitment_are_beside_its_form() {
    let (here, there) = (
        changed("Written here", "2026-11-17T09:00:00+01:00"),
        changed("Written there", "2026-11-17T10:00:00+01:00"),
    );
    let mut play = Play::reading(&[MADE, &here, &there], TUESDAY);
    play.keys("c<F6>")
        .shows("≠ On another machine")
        .shows("Written here")
        .shows("F7 settles which one counts")
        .hides("Already yours");
    play.keys("<F7>2<Esc>");
    assert_eq!(play.commitments()[0].better, "Written here");
}

/// Missed on one machine and kept on the other, on the same day.
fn two_endings() -> Play {
    let ended = |how: &str, evidence: &str, at: &str| {
        let closing =
            format!(r#","closing":{{"how":"{how}","on":"2026-11-20","evidence":"{evidence}"}}}}"#);
        let open = changed("Inbox rules", at);
        format!("{}{closing}", open.trim_end_matches('}'))
    };
    let kept = ended(
        "kept",
        "The rules are on the wall",
        "2026-11-20T10:00:00+01:00",
    );
    let missed = ended("missed", "Two rules left", "2026-11-20T11:00:00+01:00");
    Play::reading(&[MADE, &kept, &missed], TUESDAY)
}

#[test]
fn with_two_endings_each_field_shows_its_own_part() {
    let mut play = two_endings();
    play.keys("m<Enter>").shows("missed     ■ m");
    play.shows("≠ On another machine")
        .shows("Ctrl+L uses it here");
    play.keys("<C-l>").shows("kept      ■ k");
    play.keys("<Tab><C-l>").shows("The rules are on the wall");
    // Both have the same day.
    play.keys("<Tab>").hides("On another machine");
    let mut play = two_endings();
    play.keys("=")
        .shows("How it went")
        .shows("missed on Fri 20 Nov: Two rules")
        .shows("kept on Fri 20 Nov: The rules");
}

#[test]
fn a_deletion_and_a_change_cannot_both_be_kept() {
    let kept = changed("No rule hides a mail", "2026-11-17T09:00:00+01:00");
    let mut play = Play::reading(&[MADE, DELETED, &kept], TUESDAY);
    let before = play.entries().len();
    play.keys("=")
        .shows("1 first text")
        .hides("b both")
        .keys("b");
    assert_eq!(play.entries().len(), before);
    play.keys("2");
    assert!(play.commitments().is_empty());
}

#[test]
fn undo_asks_before_it_undoes_an_earlier_session() {
    let mut item = Item::new("problems");
    item.set("title", Value::Text("Release steps".to_owned()));
    let id = Id::new("0193c0de-0000-7000-8000-00000000bb09");
    let entry = first(id, "2026-11-21T09:00:00+01:00", Body::Item(item));
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("u")
        .shows("Undo this change?")
        .shows("problem · Release steps, of Sat 21 Nov")
        .shows("It was not made in this session. y undoes it.");
    play.keys("n");
    assert_eq!(play.titles("problems"), ["Release steps"]);
    play.keys("uy")
        .shows("Undone: problem · Release steps, of Sat 21 Nov.");
    assert_eq!(play.titles("problems"), [] as [&str; 0]);
    // Redoing a change from this session does not ask.
    play.keys("<C-r>").shows("Redone: problem · Release steps");
    assert_eq!(play.titles("problems"), ["Release steps"]);
}

#[test]
fn what_an_undo_question_is_about_is_checked_again_when_it_is_answered() {
    let mut play = Play::new();
    play.others_save(&[crate::play::item("problems", "First words")]);
    play.keys("u").shows("problem · First words");
    play.others_save(&[crate::play::item("problems", "Other words")]);
    play.keys("y")
        .shows("Undo this change?")
        .shows("problem · Other words");
    assert_eq!(play.titles("problems").len(), 2);
    play.keys("y");
    assert_eq!(play.titles("problems"), ["First words"]);
    // Undone elsewhere meanwhile, it is not undone twice.
    play.keys("u").shows("problem · First words");
    play.others_run(&["undo"]);
    let lines = play.lines();
    play.keys("y").shows("Nothing to undo");
    assert_eq!(play.lines(), lines);
}

#[test]
fn a_save_over_two_texts_says_where_they_are() {
    let (here, there) = (
        changed("Written here", "2026-11-17T09:00:00+01:00"),
        changed("Written there", "2026-11-17T10:00:00+01:00"),
    );
    let mut play = Play::reading(&[MADE, &here, &there], TUESDAY);
    // The key for the history in forms is none of the screen behind this one.
    play.keys("c<F6>!<C-s>")
        .shows("the text it replaced is in the history.")
        .hides("Ctrl+T.");
}

#[test]
fn the_search_opens_from_two_texts() {
    let mut play = two_answers();
    play.keys("=").shows("/ search").keys("/paragraph");
    assert_eq!(play.model.state().route(), Route::Search);
    play.shows("A long paragraph on the train");
}
