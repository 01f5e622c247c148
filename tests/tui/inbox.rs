//! The inbox on the screens: a thought is caught in a breath, and placed on the next walk.

use leadby::app::route::Route;
use leadby::journal::{Body, Entry, Id, Item, Journal, Value};

use crate::play::{Play, TUESDAY, commitment, moment};

fn thing(register: &str, title: &str) -> Entry {
    let mut item = Item::new(register);
    item.set("title", Value::Text(title.to_owned()));
    Entry {
        lineage: Default::default(),
        id: Id::new(format!("0193-{title}")),
        rev: 1,
        at: moment(TUESDAY).timestamp(),
        body: Body::Item(item),
    }
}

fn note(title: &str) -> Entry {
    thing("inbox", title)
}

fn route(play: &Play) -> Route {
    play.model.state().route()
}

#[test]
fn a_long_note_has_more_rows_and_then_an_arrow() {
    let mut play = Play::new();
    play.keys(
        "iAsk Ana about the release page and who may change it before Friday then tell Jonas",
    );
    play.shows("Ask Ana about the release page")
        .shows("then tell Jonas");
    play.paste(&" and the others who asked".repeat(40));
    play.shows("↑│");
    // So it is in a list.
    play.keys("<Esc>7");
    play.keys("Ask Ana about the release page and who may change it before Friday then tell Jonas");
    play.shows("+ Ask Ana").shows("tell Jonas");
    play.paste(&" and the others who asked".repeat(40));
    play.shows("↑").hides("Ask Ana").shows("Handovers");
}

/// The titles of the notes that wait.
fn waiting(play: &Play) -> Vec<String> {
    let notes = play.items("inbox").into_iter();
    let open = notes.filter(|note| note.day("placed").is_none() && note.day("let-go").is_none());
    open.map(|note| note.title().to_owned()).collect()
}

#[test]
fn a_thought_is_two_keys_beside_its_words_on_every_screen_that_is_no_form() {
    for there in [
        "",
        "l",
        "m",
        "p",
        "w",
        "P",
        "r",
        "t",
        "A",
        "lG<Enter>",
        "p<Up>",
        "I",
        "?<Esc>",
        "/<F2>",
        "m/x<F2>",
    ] {
        let mut play = Play::with(&[commitment("Owners", "2026-11-24", "2026-11-27")], TUESDAY);
        play.keys(there);
        let before = route(&play);
        if before != Route::Note {
            play.keys("i");
        }
        assert_eq!(route(&play), Route::Note, "{there}:\n{play}");
        play.keys("What if? :q<Enter>").shows("In the inbox.");
        assert_eq!(waiting(&play), ["What if? :q"], "{there}");
        if before == Route::Note {
            // It leads back to a text field, where `u` would be typed.
            play.hides("u to undo.");
        } else {
            assert_eq!(route(&play), before, "{there}");
            play.shows("u to undo.").keys("u");
            assert_eq!(waiting(&play), [""; 0], "{there}");
        }
    }
}

#[test]
fn a_note_that_is_not_saved_is_a_draft() {
    let mut play = Play::new();
    play.keys("iSlow bui<Esc>")
        .shows("Kept as a draft")
        .shows("✎ Draft, note: “Slow bui”");
    assert_eq!(waiting(&play), [""; 0]);
    // It is there the next time, here and after a crash.
    play.keys("i").shows("Slow bui").keys("l").pause();
    let mut play = play.kill();
    play.shows("✎ Draft, note: “Slow buil”")
        .keys("d")
        .shows("A note for the inbox");
    play.keys("ds<Enter>").hides("✎");
    assert_eq!(waiting(&play), ["Slow builds"]);
    // Saved, and then killed before the draft was gone: once is enough.
    play.keys("iFewer meetings").pause();
    let mut play = play.kill_once_saved("<Enter>");
    play.hides("✎");
    assert_eq!(waiting(&play), ["Slow builds", "Fewer meetings"]);
    // Nothing typed is nothing.
    play.keys("i<Enter>").hides("In the inbox.");
    play.keys("i  <Enter>").keys("i<Esc>").hides("Kept");
    assert_eq!(waiting(&play).len(), 2);
}

#[test]
fn leaving_the_program_saves_the_note() {
    let mut play = Play::new();
    play.keys("iSlow builds<C-c>");
    assert_eq!(waiting(&play), ["Slow builds"]);
}

#[test]
fn a_disk_without_room_loses_no_note() {
    let mut play = Play::new();
    play.break_disk()
        .keys("iSlow builds<Enter>")
        .shows("not saved");
    play.shows("Slow builds")
        .mend_disk()
        .keys("<Enter>")
        .shows("In the inbox.");
    assert_eq!(waiting(&play), ["Slow builds"]);
    play.break_disk()
        .others_note("call Ana\n")
        .shows("not saved")
        .wake();
    assert_eq!(waiting(&play).len(), 1);
    play.mend_disk().wake();
    assert_eq!(waiting(&play), ["Slow builds", "call Ana"]);
}

#[test]
fn home_says_how_many_wait() {
    let mut play = Play::with(&[note("one")], TUESDAY);
    play.shows("I 1 note waits in the inbox");
    play.others_note("two\nhalf")
        .shows("I 2 notes wait in the inbox");
    play.size(60, 20).shows("I 2 notes wait in the inbox");
    play.click("2 notes wait").shows("Where does it belong?");
    play.keys("LL").hides("wait");
}

#[test]
fn notes_that_arrive_while_something_is_typed_change_nothing_of_it() {
    let mut play = Play::new();
    play.keys("1Slow bui")
        .others_note("call Ana\n")
        .keys("lds<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Slow builds");
    assert_eq!(waiting(&play), ["call Ana"]);
    let mut play = Play::new();
    play.keys("iSlow bui")
        .others_note("call Ana\n")
        .keys("lds<Enter>");
    assert_eq!(waiting(&play), ["Slow builds", "call Ana"]);
    // What undo takes back is what the user did.
    play.keys("u");
    assert_eq!(waiting(&play), ["call Ana"]);
}

#[test]
fn the_walk_offers_the_notes_first_and_then_goes_on() {
    let mut play = Play::with(&[note("a"), note("b")], TUESDAY);
    play.keys("<Enter>")
        .shows("Where does it belong?")
        .shows("▌  a");
    play.keys("a2")
        .shows("Added to “Tolerating”. u to undo.")
        .shows("▌  b");
    play.keys("l2").shows("Placed as a problem.");
    // Nothing but notes was written, so it begins with the first steps.
    let Route::Page { practice, .. } = route(&play) else {
        panic!("not on a page:\n{play}");
    };
    assert_eq!(practice, "ground");
    play.keys("<C-s><C-s><C-s>").shows("■ Tolerating");
    assert_eq!(play.answer("audit", "tolerating"), "a");
    assert_eq!(play.titles("problems"), ["b"]);
    // Left alone, they wait; they are offered once in a session.
    let mut play = Play::with(&[note("a")], TUESDAY);
    play.keys("<Enter>").shows("Esc go on").keys("<Esc>");
    assert!(matches!(route(&play), Route::Page { .. }), "{play}");
    play.keys("<Esc><Enter>");
    assert!(matches!(route(&play), Route::Page { .. }), "{play}");
    assert_eq!(waiting(&play), ["a"]);
}

#[test]
fn the_last_note_leads_on_whatever_becomes_of_it() {
    for keys in ["a1", "l2", "c<C-s>", "e1", "L", "<Enter><C-t><Esc><Esc>L"] {
        let mut play = Play::with(&[note("a")], TUESDAY);
        play.keys("<Enter>").shows("Where does it belong?");
        play.keys(keys);
        assert!(
            matches!(route(&play), Route::Page { .. }),
            "{keys}:\n{play}"
        );
        // Opened by its key, it leads back to where it was opened.
        play = Play::with(&[note("a")], TUESDAY);
        play.keys("I").keys(keys);
        assert_eq!(route(&play), Route::Home, "{keys}:\n{play}");
        play.keys("I");
        assert_eq!(route(&play), Route::Inbox);
    }
}

#[test]
fn a_thought_before_anything_else_keeps_the_welcome() {
    let mut play = Play::new();
    play.keys("iAsk Ana<Enter>")
        .shows("Lead what is already")
        .shows("I 1 note waits in the inbox");
    insta::assert_snapshot!("welcome-note", play.screen());
    play.click("1 note waits").keys("<Esc>");
    // The walk still begins with the first steps, after the note.
    play.keys("<Enter>")
        .shows("Where does it belong?")
        .keys("L");
    let Route::Page { practice, .. } = route(&play) else {
        panic!("not on a page:\n{play}");
    };
    assert_eq!(practice, "ground");
}

#[test]
fn notes_come_after_what_is_due_and_before_the_pages() {
    let overdue = commitment("Owners", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[overdue, note("a")], TUESDAY);
    play.keys("<Enter>");
    assert!(matches!(route(&play), Route::CheckIn(_)), "{play}");
    play.keys("<Space><C-s>")
        .shows("Where does it belong?")
        .keys("L");
    assert!(matches!(route(&play), Route::Page { .. }), "{play}");
    // A week later they are offered again.
    let mut play = Play::with(&[note("a")], TUESDAY);
    play.keys("<Enter><Esc><Esc>")
        .at("2026-12-01T09:00:00+01:00");
    play.keys("<Enter>").shows("Where does it belong?");
}

#[test]
fn five_notes_go_to_five_places_and_each_is_undone_at_once() {
    let open = commitment("Owners", "2026-11-24", "2026-11-27");
    for (keys, told) in [
        ("a1", "Added to “Influence”"),
        ("l2", "Placed as a problem"),
        ("c<C-s>", ""),
        ("e1", "Evidence of “Owners”"),
        ("e<Down><Down><Enter>", "Evidence of"),
        ("L", "Now let go"),
    ] {
        let mut play = Play::with(&[open.clone(), note("a"), note("b")], TUESDAY);
        let before = play.journal();
        play.keys("I").keys(keys).shows(told);
        assert_eq!(waiting(&play), ["b"], "{keys}");
        play.keys("u");
        assert_eq!(waiting(&play), ["a", "b"], "{keys}");
        let texts = |journal: &Journal| -> Vec<Body> {
            journal.entries().map(|entry| entry.body.clone()).collect()
        };
        assert_eq!(texts(&play.journal()), texts(&before), "{keys}");
        play.keys("<C-r>");
        assert_eq!(waiting(&play), ["b"], "{keys}");
    }
}

#[test]
fn an_answer_and_evidence_keep_what_they_had() {
    let skill = thing("skills", "Reviews");
    let mut play = Play::with(&[note("a"), note("b"), note("c"), skill], TUESDAY);
    play.keys("1Owners<C-s><Esc><Esc>");
    play.keys("Ia1a1");
    assert_eq!(play.answer("audit", "influence"), "Owners\na\nb");
    // The skill is the last of those that are open.
    play.keys("Ie<End><Enter>");
    let skills = play.items("skills");
    let skill = skills.iter().find(|skill| skill.title() == "Reviews");
    let Some(Value::Log(lines)) = skill.and_then(|skill| skill.values.get("evidence")) else {
        panic!("no evidence: {skills:?}");
    };
    assert_eq!(lines[0].text, "c");
}

#[test]
fn evidence_of_a_commitment_waits_for_its_check_in() {
    let mut play = Play::with(
        &[
            commitment("Owners", "2026-11-16", "2026-11-20"),
            note("Ana said so"),
        ],
        TUESDAY,
    );
    play.keys("Ie1")
        .keys("c")
        .shows("Ana said so")
        .keys("<Space><C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(closing.evidence, "Ana said so");
}

#[test]
fn a_note_that_comes_back_is_chosen() {
    let mut play = Play::new();
    play.keys("iOne<Enter>iTwo<Enter>iThree<Enter>I");
    let before = waiting(&play);
    play.keys("jL");
    assert_eq!(waiting(&play).len(), 2);
    play.keys("uL");
    let left: Vec<String> = before
        .iter()
        .filter(|it| **it != before[1])
        .cloned()
        .collect();
    assert_eq!(waiting(&play), left, "the same is let go once more");
}

#[test]
fn another_place_is_one_key_away() {
    let mut play = Play::with(&[note("a")], TUESDAY);
    play.keys("Ia")
        .shows("Which question")
        .keys("<Esc>")
        .shows("Where does it belong?");
    play.keys("l")
        .shows("Which list")
        .keys("q")
        .shows("Where does it belong?");
    play.keys("<Esc>");
    assert_eq!(route(&play), Route::Home);
    play.keys("I<Enter>").shows("Note").keys("<C-s>");
    assert_eq!(waiting(&play), ["a"]);
}

#[test]
fn the_inbox_is_whole_at_every_size() {
    let long = "A thought that is longer than the screen is wide, and so is wrapped below the list";
    for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
        let mut play = Play::with(&[note(long), note("b"), note("c")], TUESDAY);
        play.size(columns, rows).keys("I");
        play.shows("Where does it belong?")
            .shows("L let it go")
            .shows("wrapped");
        insta::assert_snapshot!(format!("inbox@{columns}x{rows}"), play.screen());
        play.keys("l");
        insta::assert_snapshot!(format!("inbox-lists@{columns}x{rows}"), play.screen());
        play.keys("<Esc>i").shows("A note for the inbox");
        insta::assert_snapshot!(format!("note@{columns}x{rows}"), play.screen());
    }
}
