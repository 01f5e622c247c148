//! Drafts resumed after a kill: saved once, and offered only while they are still new.

use leadby::journal::{Body, Change, CommitmentOutcome, Id, Value};
use leadby::store::Drafts;

use crate::play::{Play, TUESDAY, commitment, item};

/// A draft from before drafts recorded what they are about.
const OLD: &str = include_str!("../fixtures/drafts/before-about.draft");

/// The commitment of the old draft.
fn of_old() -> leadby::journal::Entry {
    let mut entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    entry.id = Id::new("0192f3a0-0000-7000-8000-000000000001");
    entry
}

/// Closes the only commitment, as another program would.
fn close(play: &mut Play, outcome: CommitmentOutcome, evidence: &str) {
    let journal = play.journal();
    let (entry, commitment) = journal.commitments()[0];
    let (id, mut commitment) = (entry.id.clone(), commitment.clone());
    let friday = "2026-11-20".parse().expect("a day");
    commitment.close(outcome, friday, evidence);
    play.others_save(&[Change::of(id, Body::Commitment(commitment))]);
}

#[test]
fn a_kill_between_a_save_and_clearing_its_draft_saves_only_once() {
    for (typed, saves) in [
        ("nFewer meetings<Tab>Fewer meetings", "<C-s>"),
        ("paLaptops take days<Tab>Everyone waited", "<C-s>"),
        ("3Laptops take days", "<C-s>"),
        ("1Own it<Tab>Slow tests", "<C-s>"),
        ("g<C-s><C-s>on-call", "<C-s>"),
    ] {
        let mut play = Play::new();
        play.keys(typed).pause();
        // The last text was typed after the draft was written.
        let mut play = play.kill_once_saved(&format!("!{saves}"));
        play.hides("✎").keys("d<C-s>");
        let journal = play.journal();
        assert!(journal.commitments().len() <= 1, "{typed}");
        assert!(play.items("problems").len() <= 1, "{typed}");
        // The draft is gone after a restart.
        let mut play = play.restart();
        play.hides("✎");
    }
}

#[test]
fn the_id_in_the_draft_is_the_one_that_is_saved() {
    for typed in [
        "nFewer meetings<Tab>Fewer meetings",
        "paLaptops",
        "3Laptops",
    ] {
        let mut play = Play::new();
        play.keys(typed).pause();
        let about = |play: &Play| play.model.draft().expect("a draft").about;
        let ids: Vec<Id> = about(&play).into_values().map(|about| about.id).collect();
        assert!(
            !ids.is_empty() && ids.iter().all(|id| *id == ids[0]),
            "{ids:?}"
        );
        // It survives a kill and leaving the form.
        let mut play = play.kill();
        play.keys("d!").pause();
        assert!(about(&play).into_values().all(|about| about.id == ids[0]));
        play.keys("<C-s>");
        assert_eq!(play.entries()[0].id, ids[0]);
        // The next item gets a new id.
        let mut play = play.restart();
        play.keys(typed).pause();
        assert!(about(&play).into_values().all(|about| about.id != ids[0]));
    }
}

#[test]
fn a_check_in_done_elsewhere_is_no_longer_offered() {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck ").pause();
    let mut play = play.kill();
    play.shows("✎ Draft, check-in of “Every step has an owner”: “kept”");
    // The same change was made elsewhere: the draft is dropped.
    close(&mut play, CommitmentOutcome::Kept, "");
    play.hides("✎");
    let before = play.commitments();
    let mut play = play.restart();
    play.hides("✎").keys("d<C-s>");
    assert_eq!(play.commitments(), before);
}

#[test]
fn a_draft_that_is_months_old_neither_reopens_nor_redates_a_commitment() {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck <Tab>Ana did it").pause();
    let mut play = play.kill();
    close(&mut play, CommitmentOutcome::Missed, "It was late");
    let before = play.commitments();
    let mut play = play.restart();
    // The text is not lost: it is shown, and the commitment stays as it is.
    play.at("2027-01-08T10:00:00+01:00")
        .shows("✎ Older draft, check-in of “Every step ha")
        .shows("d show  ")
        .hides("resume draft")
        .shows("show  x discard");
    play.keys("d").shows("missed");
    play.shows("Your older draft, not saved")
        .shows("Ana did it");
    play.keys("<C-s>");
    assert_eq!(play.commitments(), before);
    play.keys("<Esc>").keys("xy").hides("✎");
}

#[test]
fn a_draft_of_an_earlier_program_is_offered_as_before() {
    let mut play = Play::with(&[of_old()], TUESDAY).with_draft(OLD.as_bytes());
    play.shows("✎ Draft, check-in of “Every step")
        .shows("“Words” and 2 more");
    play.keys("d").shows("kept").shows("Words").keys("<C-s>");
    let kept = play.commitments().remove(0).closing.expect("an end");
    assert_eq!(
        (kept.how, kept.evidence.as_str()),
        (CommitmentOutcome::Kept, "Words")
    );
    play.shows("✎ Draft, new commitment: “Fewer meetings”");
    play.keys("d<C-s>")
        .shows("✎ Draft, Audit · Influence: “Own i”");
    play.keys("d<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Own i");
    assert_eq!(play.commitments().len(), 2);
    assert!(!play.has_draft());
}

#[test]
fn an_older_draft_about_an_ended_commitment_is_only_shown() {
    let mut play = Play::with(&[of_old()], TUESDAY);
    close(&mut play, CommitmentOutcome::LetGo, "");
    let mut play = play.with_draft(OLD.as_bytes());
    play.shows("✎ Draft, new commitment: “Fewer meetings”");
    play.keys("d<C-s>d<C-s><Esc>")
        .shows("✎ Older draft, check-in of");
    let before = play.commitments();
    play.keys("d<C-s>");
    assert_eq!(play.commitments(), before);
}

#[test]
fn an_outdated_draft_is_shown_beside_the_saved_text() {
    let mut play = Play::new();
    play.keys("1Own the page").pause();
    let mut play = play.kill();
    play.shows("✎ Draft, Audit · Influence: “Own the page”");
    let mut other = Play::new();
    other.keys("1Own the meeting<C-s>");
    let theirs = other.entries().remove(0);
    play.others_save(&[Change::of(theirs.id, theirs.body)]);
    play.shows("✎ Older draft, Audit · Influence: “Own the page”");
    play.keys("d<End>")
        .shows("Own the meeting")
        .shows("Own the page");
    play.keys("<C-l><C-s>");
    assert_eq!(
        play.answer("audit", "influence"),
        "Own the meeting\nOwn the page"
    );
    play.keys("<Esc>").hides("✎");
    assert!(!play.has_draft());
}

#[test]
fn another_field_changed_elsewhere_leaves_a_draft_unchanged() {
    let mut play = Play::new();
    play.others_save(&[item("problems", "Release steps")]);
    play.keys("3<Up><Enter>Everyone waited").pause();
    let mut play = play.kill();
    let id = play.entries()[0].id.clone();
    let mut theirs = play.items("problems").remove(0);
    theirs.set_reached("solved", "2026-11-23".parse().expect("a day"));
    play.others_save(&[Change::of(id, Body::Item(theirs))]);
    play.shows("✎ Draft, problem “Release steps”: “Everyone waited”");
    play.keys("d<C-s>");
    let saved = play.items("problems").remove(0);
    assert!(saved.day("solved").is_some());
    let text = |value: &leadby::journal::Value| value.as_text() == Some("Everyone waited");
    assert!(saved.values.values().any(text));
}

#[test]
fn a_draft_of_last_weeks_page_says_so() {
    let mut play = Play::with(&[], "2026-11-27T18:00:00+01:00");
    play.keys("1The release").pause();
    let mut play = play.kill();
    play.at("2026-11-30T09:00:00+01:00")
        .shows("✎ Draft, Audit · Week 48, last week: “The release”");
    play.at("2026-12-14T09:00:00+01:00")
        .shows("Audit · Week 48, 3 weeks ago: “The release”");
}

#[test]
fn the_draft_named_on_home_is_the_one_resumed() {
    let mut play = Play::new();
    play.keys("nFewer meetings, and shorter ones<Tab>Fewer meetings, and shorter ones<Esc>");
    play.keys("1Own").pause();
    let mut play = play.kill();
    play.shows("✎ Draft, Audit · Influence: “Own”").keys("d");
    play.shows("1 of 8").keys("<C-s><Esc>");
    play.shows("✎ Draft, new commitment: “Fewer meetings, and sh")
        .keys("d");
    play.shows("By Friday");
}

#[test]
fn a_draft_about_a_deleted_commitment_is_saved_as_a_new_one() {
    // A better word for it, and how it went.
    for (typed, words) in [
        ("m<Enter><C-e><End>, all of them", "all of"),
        ("ck<Tab>Ana did", "Ana"),
    ] {
        let entry = commitment("Owners of steps", "2026-11-16", "2026-11-20");
        let id = entry.id.clone();
        let mut play = Play::with(&[entry], TUESDAY);
        play.keys(typed).pause();
        let mut play = play.kill();
        play.others_delete(&id);
        let mut play = play.restart();
        play.shows("✎ Draft").keys("d");
        play.shows("It was deleted. Saving adds this as a new one.")
            .shows(words);
        play.pause();
        // A second kill changes nothing.
        let mut play = play.kill();
        play.shows("✎ Draft").keys("d<C-s>");
        let [saved] = &*play.commitments() else {
            panic!("{typed}: one commitment")
        };
        let said = format!("{} {:?}", saved.better, saved.closing);
        assert!(said.starts_with("Owners of steps"), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(play.journal().commitment(&id).is_none());
        play.hides("✎");
    }
}

#[test]
fn a_day_in_words_is_the_same_day_when_its_draft_is_picked_up() {
    let entry = commitment("Owners of steps", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("cv<Tab>Too much<Tab><C-u>tomorrow").pause();
    let mut play = play.kill();
    play.at("2026-11-26T09:00:00+01:00").keys("d<C-s><C-s>");
    let day = |text: &str| -> chrono::NaiveDate { text.parse().expect("a day") };
    assert_eq!(play.commitments()[0].due, day("2026-11-25"));

    let entry = commitment("Owners of steps", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck<Tab>Ana did it<Tab><Down><Down>yesterday")
        .pause();
    let mut play = play.kill();
    play.at("2026-11-26T09:00:00+01:00").keys("d<C-s>");
    let closing = play.commitments().remove(0).closing.expect("an end");
    assert_eq!(closing.on, day("2026-11-23"));
}

#[test]
fn the_words_of_a_hidden_field_are_shown_too() {
    let entry = commitment("Owners of steps", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("cv<Tab>Ana is away<Tab><C-u>4 dec").pause();
    let mut play = play.kill();
    play.others_run(&["check-in", "--moved", "4 dec"]);
    let mut play = play.restart();
    play.shows("✎ Older draft").keys("d");
    play.shows("Your older draft, not saved")
        .shows("Ana is away");
}

#[test]
fn the_question_about_a_draft_quotes_words_and_no_id() {
    let mut play = Play::new();
    play.keys("1Influence<C-s>");
    // A commitment that comes from the answer just given.
    play.keys("My better words<Enter>").keys(" <Esc>");
    let mut play = play.kill();
    play.shows("✎ Draft").hides("answer/2026");
    play.keys("x")
        .shows("Discard this draft?")
        .hides("answer/2026");
    play.shows("“My better words”");
}

#[test]
fn a_draft_is_named_by_what_is_not_saved_of_it() {
    let mut play = Play::new();
    play.keys("1Somebody will run the smoke test<C-s><Esc>1<S-Tab>")
        .keys("<C-e> before each release")
        .pause();
    let mut play = play.kill();
    play.shows("“…the smoke test")
        .keys("x")
        .shows("“…the smoke test before each release”");
}

#[test]
fn a_draft_and_the_title_of_its_entry_share_the_row() {
    let entry = commitment(
        "Reviews are answered within a day",
        "2026-11-16",
        "2026-11-20",
    );
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck<Tab>Nine of ten were, I counted them<Esc>");
    play.shows("check-in of “Reviews are a…”: “Nine of ten w…”");
    play.keys("c<C-u><Esc>");
    play.shows("check-in of “Reviews are answered wi…”: “kept”");
}

#[test]
fn a_second_draft_is_offered_once_the_first_is_settled() {
    let mut play = Play::new();
    play.keys("1One of them").pause();
    let path = play.path();
    let mut first = Drafts::new(&path);
    // A second program types, and both are killed.
    let mut other = play.model.draft().expect("a draft");
    other
        .values
        .values_mut()
        .for_each(|text| *text = Value::Text("The other".to_owned()));
    first.write(&other).expect("a second draft");
    drop(first);
    let mut play = play.kill();
    play.shows("“One of them”").keys("xy").shows("“The other”");
    play.keys("xy").hides("✎");
    assert!(!play.has_draft());
    let mut play = play.restart();
    play.hides("✎");
}
