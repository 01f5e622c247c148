//! Words picked up after a kill: saved once, and offered only while they are news.

use leadby::journal::{Body, Change, CommitmentOutcome, Id};

use crate::play::{Play, TUESDAY, commitment, item};

/// A draft as the program wrote it before a draft said what it is about.
const OLD: &str = include_str!("../fixtures/drafts/before-about.draft");

/// The commitment that the old draft is about.
fn of_old() -> leadby::journal::Entry {
    let mut entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    entry.id = Id::new("0192f3a0-0000-7000-8000-000000000001");
    entry
}

/// Closes the only commitment as another program does.
fn close(play: &mut Play, how: CommitmentOutcome, evidence: &str) {
    let journal = play.journal();
    let (entry, commitment) = journal.commitments()[0];
    let (id, mut commitment) = (entry.id.clone(), commitment.clone());
    let friday = "2026-11-20".parse().expect("a day");
    commitment.close(how, friday, evidence);
    play.others_save(&[Change::of(id, Body::Commitment(commitment))]);
}

#[test]
fn a_kill_between_the_save_and_the_end_of_its_draft_saves_nothing_twice() {
    for (typed, saves) in [
        ("nFewer meetings<Tab>Fewer meetings", "<C-s>"),
        ("paLaptops take days<Tab>Everyone waited", "<C-s>"),
        ("3Laptops take days", "<C-s>"),
        ("1Own it<Tab>Slow tests", "<C-s>"),
        ("g<C-s><C-s>on-call", "<C-s>"),
    ] {
        let mut play = Play::new();
        play.keys(typed).pause();
        // The last words were typed after the draft was put down.
        let mut play = play.kill_once_saved(&format!("!{saves}"));
        play.hides("✎").keys("d<C-s>");
        let journal = play.journal();
        assert!(journal.commitments().len() <= 1, "{typed}");
        assert!(play.items("problems").len() <= 1, "{typed}");
        // Nothing is left of it once it is looked at again.
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
        // It stays through a kill and through leaving the form.
        let mut play = play.kill();
        play.keys("d!").pause();
        assert!(about(&play).into_values().all(|about| about.id == ids[0]));
        play.keys("<C-s>");
        assert_eq!(play.entries()[0].id, ids[0]);
        // The next one gets its own.
        let mut play = play.restart();
        play.keys(typed).pause();
        assert!(about(&play).into_values().all(|about| about.id != ids[0]));
    }
}

#[test]
fn a_check_in_that_was_done_elsewhere_is_not_offered_any_more() {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck ").pause();
    let mut play = play.kill();
    play.shows("✎ Draft, check-in of “Every step has an owner”: “kept”");
    // The same was said elsewhere: nothing is left to say.
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
    // The words are not lost: they are shown, and what they are about stays as it is.
    play.at("2027-01-08T10:00:00+01:00")
        .shows("✎ Older draft, check-in of “Every step has")
        .shows("show   x discard");
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
    play.shows("✎ Draft, check-in of “Every step has an owner”: “Words”");
    play.keys("d").shows("kept").shows("Words").keys("<C-s>");
    let kept = play.commitments().remove(0).closing.expect("an end");
    assert_eq!((kept.how, kept.evidence.as_str()), (CommitmentOutcome::Kept, "Words"));
    play.shows("✎ Draft, new commitment: “Fewer meetings”");
    play.keys("d<C-s>")
        .shows("✎ Draft, Audit · Influence: “Own i”");
    play.keys("d<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Own i");
    assert_eq!(play.commitments().len(), 2);
    assert!(!play.has_draft());
}

#[test]
fn an_earlier_draft_about_what_has_ended_since_is_only_shown() {
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
fn words_that_the_journal_went_past_are_shown_beside_what_is_saved() {
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
fn another_field_changed_elsewhere_leaves_a_draft_of_an_item_as_it_is() {
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
fn the_words_named_are_the_ones_picked_up() {
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
