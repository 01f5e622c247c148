//! By Friday: making a commitment and following it to its end.

use leadby::journal::{Commitment, CommitmentOutcome};

use crate::play::{Play, TUESDAY, commitment};
use crate::screens::entries;

/// One commitment, made a week ago and due last Friday.
fn overdue() -> Play {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    Play::with(&[entry], TUESDAY)
}

#[track_caller]
fn due(play: &Play) -> Vec<String> {
    let all = play.commitments().into_iter();
    all.map(|commitment| commitment.due.to_string()).collect()
}

#[test]
fn a_sign_typed_at_the_question_marks_nothing() {
    for sign in ["?", "/", ":", ".", "+"] {
        let mut play = overdue();
        play.keys("c").keys(sign).keys("<C-s>");
        assert_eq!(play.commitments()[0].closing, None, "{sign}");
    }
}

#[test]
fn the_answers_side_by_side_are_reached_sideways() {
    let mut play = overdue();
    play.keys("c<Right><Right><Left><Space><C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(closing.how, CommitmentOutcome::Missed);
}

#[test]
fn what_was_added_is_chosen_in_its_list() {
    let mut play = overdue();
    play.keys("nFewer meetings<C-s>mjaAsk Ana first<C-s>");
    play.keys("x")
        .hides("Ask Ana first")
        .shows("Fewer meetings");
    play.keys("u")
        .shows("Ask Ana first")
        .keys("x")
        .hides("Ask Ana first");
}

#[test]
fn a_missed_commitment_comes_first_and_can_be_moved_and_then_kept() {
    let mut play = overdue();
    play.shows("how did it go?")
        .shows("Fri 20 ◎")
        .shows("today, 4 days over");
    play.keys("c").shows("Did you keep it?");
    play.keys("<Down><Down><Enter>Ana was away<Enter>fri<C-s>");
    play.shows("Moved to Fri 27 Nov.").shows("Fri 20 »");
    play.hides("how did it go?");

    let moved = &play.commitments()[0];
    assert_eq!(moved.due.to_string(), "2026-11-27");
    assert_eq!(moved.first_due().to_string(), "2026-11-20");
    assert_eq!(moved.moves[0].why, "Ana was away");

    play.at("2026-11-27T08:00:00+01:00").shows("how did it go?");
    play.keys("c<Space><Tab>The page says who<C-s>");
    play.shows("Kept. The first one.")
        .shows("1 of 1")
        .shows("Nothing open.");
    let kept = &play.commitments()[0];
    let closing = kept.closing.as_ref().expect("an end");
    assert_eq!(
        (closing.how, closing.evidence.as_str()),
        (CommitmentOutcome::Kept, "The page says who")
    );
    assert_eq!(kept.moves.len(), 1);
}

#[test]
fn a_line_typed_for_another_answer_is_not_lost() {
    let mut play = overdue();
    play.keys("ckAna was away<S-Tab>v<C-s>");
    let moved = play.commitments()[0].clone();
    assert_eq!(moved.moves[0].why, "Ana was away");
    let mut play = overdue();
    play.keys("cvAna was away<S-Tab>m<C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(
        (closing.how, closing.evidence.as_str()),
        (CommitmentOutcome::Missed, "Ana was away")
    );
}

#[test]
fn a_line_that_goes_with_another_answer_is_asked_about() {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let mut play = Play::with(std::slice::from_ref(&entry), TUESDAY);
    play.others_run(&["note", "Seen by Ana"]);
    let note = play.entries()[1].id.to_string();
    play.others_run(&["place", &note, "--evidence", entry.id.as_str()]);
    // The note is its evidence, so the reason cannot become that.
    play.keys("cvBen is away<S-Tab>k<C-s>");
    play.shows("Save again to leave out the reason “Ben is away”.");
    assert_eq!(play.commitments()[0].closing, None);
    play.keys("<C-s>");
    assert!(play.commitments()[0].closing.is_some());
}

#[test]
fn the_keys_stay_with_the_question_when_a_draft_is_discarded() {
    let mut play = overdue();
    play.keys("cvToo early<Tab><Esc>xyck<C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(closing.how, CommitmentOutcome::Kept);
    // Nor does the field it was left at come back, in this session or another.
    let mut play = overdue();
    play.keys("ck<Tab><Tab><Esc>xyc").shows("Did you keep it?");
    play.keys("<Esc>").keys("ck<Tab><Tab><Esc>xy");
    let mut play = play.restart();
    play.keys("ck<C-s>");
    assert!(!play.commitments()[0].is_open());
}

#[test]
fn what_was_not_kept_is_asked_for_a_reason_and_not_for_evidence() {
    let mut play = overdue();
    play.keys("c").shows("Again").keys("l").hides("Again");
    play.keys("<Tab>").shows("Why?").hides("evidence");
    play.keys("The team was split<C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(closing.how, CommitmentOutcome::LetGo);
    assert_eq!(closing.evidence, "The team was split");
    // A correction begins with what was said, whichever answer it goes with.
    play.keys("m<Down><Enter>").keys("m<Tab>").shows("Why?");
    play.keys("<C-e>, again<S-Tab>k").hides("Why?");
    play.keys("<C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(closing.how, CommitmentOutcome::Kept);
    assert_eq!(closing.evidence, "The team was split, again");
}

#[test]
fn a_day_changed_in_the_form_is_said() {
    let mut play = overdue();
    play.keys("c<F6><Tab><Tab><C-u>4 Dec<C-s>")
        .shows("Moved to Fri 4 Dec.");
}

#[test]
fn a_check_in_says_how_late_today_is_before_it_is_saved() {
    overdue().keys("ck").shows("today, 4 days late");
    let mut moved = commitment("Rules", "2026-11-02", "2026-11-20");
    if let leadby::journal::Body::Commitment(it) = &mut moved.body {
        let day = |text: &str| text.parse().expect("a day");
        it.move_to(day("2026-11-27"), day("2026-11-20"), "");
    }
    let mut moved = Play::with(&[moved], TUESDAY);
    moved.keys("ck").shows("today, 4 days after first date");
    let in_time = commitment("Rules", "2026-11-02", "2026-11-24");
    Play::with(&[in_time], TUESDAY).keys("ck").hides("late");
}

#[test]
fn what_was_due_on_a_day_off_is_due_on_one_day_on_every_screen() {
    let entry = commitment("Backups are checked", "2026-12-21", "2026-12-25");
    let mut play = Play::with(&[entry], "2026-12-21T09:00:00+01:00");
    play.keys("t").shows("Fri 25 Dec");
    // The days of what is listed follow the days off.
    play.others_run(&["off", "24 dec to 25 dec"]);
    play.shows("Mon 28 Dec").keys("<Esc>");
    play.at("2026-12-29T09:00:00+01:00").keys("ck<Tab><Tab>");
    play.shows("today, 1 day late")
        .shows("Mon 28 Dec, the day it was due");
    play.keys("<Down><Enter><C-s>").keys("m");
    play.shows("✓ Mon 28 Dec  kept").hides("Fri 25 Dec");
}

#[test]
fn a_check_in_without_a_draft_opens_at_its_question() {
    let mut play = overdue();
    play.keys("ck<Tab><Tab><Esc>xyck<C-s>");
    let closing = play.commitments()[0].closing.clone().expect("an end");
    assert_eq!(closing.how, CommitmentOutcome::Kept);
}

#[test]
fn a_blank_is_no_day_and_no_answer_is_not_today() {
    let on = |keys: &str| {
        let mut play = overdue();
        play.keys("ck<Tab><Tab>").keys(keys).keys("<C-s>");
        let closing = play.commitments()[0].closing.clone();
        (play, closing.map(|closing| closing.on.to_string()))
    };
    // One row too far: the marked day stays.
    let (_, day) = on("<Down><Space><Down><Space>");
    assert_eq!(day.as_deref(), Some("2026-11-20"));
    // The mark was taken off.
    let (mut play, day) = on("<Space>");
    assert_eq!(day, None);
    play.shows("✗ On which day?");
}

#[test]
fn a_check_in_keeps_its_day_over_midnight_and_as_a_draft() {
    let typed = || {
        let entry = commitment("Every step has an owner", "2026-11-24", "2026-11-27");
        let mut play = Play::with(&[entry], "2026-11-27T23:50:00+01:00");
        play.keys("ck<Tab>The page says who");
        play
    };
    let closed_on = |play: &Play| {
        let closing = play.commitments()[0].closing.clone().expect("an end");
        closing.on.to_string()
    };
    let mut open = typed();
    open.at("2026-11-28T00:10:00+01:00")
        .shows("Fri 27 Nov")
        .hides("Saved meanwhile");
    open.keys("<C-s>").hides("in the history");
    assert_eq!(closed_on(&open), "2026-11-27");
    let mut draft = typed().kill();
    draft.at("2026-11-30T08:00:00+01:00").keys("d<C-s>");
    assert_eq!(closed_on(&draft), "2026-11-27");
}

#[test]
fn a_day_typed_behind_the_letter_for_moved_is_the_new_day() {
    let mut play = overdue();
    play.keys("cv2w<Enter>").shows("= Tue 8 Dec").keys("<C-s>");
    play.shows("Moved to Tue 8 Dec.");
    let moved = &play.commitments()[0];
    assert_eq!(moved.due.to_string(), "2026-12-08");
    assert_eq!(moved.moves[0].why, "");
}

#[test]
fn a_commitment_that_moved_twice_still_says_when_it_was_first_due() {
    let mut play = overdue();
    play.keys("c<Down><Down><Enter>Ana was away<Enter>27 Nov<C-s>");
    play.at("2026-11-28T09:00:00+01:00");
    play.keys("c<Down><Down><Enter>Still away<Enter>+3d<C-s>");
    let days = "Fri 20 »━━━━━━━━━━━ Fri 27 »━━◆╌╌╌╌╌◎ Tue 1 Dec in 3 days";
    play.shows(days);
    let mut play = play.restart();
    play.shows(days).keys("c");
    play.shows("Ana was away").shows("Still away");
}

#[test]
fn missed_and_let_go_are_reported_without_blame() {
    for (keys, how, said) in [
        ("<Down><Space>", CommitmentOutcome::Missed, "Noted."),
        (
            "<Down><Down><Down><Space>",
            CommitmentOutcome::LetGo,
            "Let go.",
        ),
    ] {
        let mut play = overdue();
        play.keys("c").keys(keys).keys("<C-s>").shows(said);
        let closing = play.commitments().remove(0).closing.expect("an end");
        assert_eq!(closing.how, how);
    }
}

#[test]
fn a_check_in_asks_how_it_went() {
    let mut play = overdue();
    play.keys("c<Tab>Words<C-s>")
        .shows("✗ Choose one")
        .shows("Words");
    assert!(play.commitments()[0].is_open());
    play.keys("<Esc>")
        .shows("Draft, check-in of “Every step has an owner”: “Words”")
        .keys("d")
        .shows("Words");
}

#[test]
fn several_open_commitments_are_listed_to_choose_from() {
    let mut play = Play::with(
        &[
            commitment("Owners", "2026-11-16", "2026-11-20"),
            commitment("Meetings", "2026-11-16", "2026-11-23"),
            commitment("Mails", "2026-11-16", "2026-11-27"),
        ],
        TUESDAY,
    );
    play.shows("! Owners").shows("! Meetings").shows("▸ Mails");
    play.keys("m")
        .shows("Commitments")
        .keys("<Down><Enter>")
        .shows("Meetings");
    // The check-in continues with the other one that is due; Esc leaves that for later.
    play.keys("<Space><C-s>").shows("Check in").shows("Owners");
    play.keys("<Esc><Esc>")
        .hides("! Meetings")
        .shows("! Owners");
    play.keys("c").shows("Owners").shows("Did you keep it?");
}

#[test]
fn another_commitment_can_be_made_while_one_is_open() {
    let mut play = overdue();
    play.keys("n")
        .shows("Already yours")
        .shows("Every step has an owner");
    play.keys("Fewer meetings<C-s>");
    assert_eq!(due(&play), ["2026-11-20", "2026-11-27"]);
    play.shows("Every step has an owner")
        .shows("Fewer meetings");
}

#[test]
fn an_area_can_be_in_own_words() {
    let mut play = Play::new();
    play.keys("nQuieter nights<Tab><Down><Down><Down><Down><Down><Down>on-call<C-s>");
    assert_eq!(play.commitments()[0].area, "on-call");
}

#[test]
fn a_blank_is_no_area() {
    let mut play = overdue();
    // From the marked area to the last row, which is for another one.
    play.keys("nSecond one<Tab><Space>");
    play.keys(&"<Down>".repeat(9)).keys("<Space><C-s>");
    let second = play.commitments().into_iter();
    let second = second.filter(|it| it.better == "Second one");
    let areas: Vec<String> = second.map(|it| it.area).collect();
    assert_eq!(areas, ["process"], "{play}");
    let mut play = Play::new();
    play.others_run(&["commit", "Third", "--area", " "]);
    assert_eq!(play.commitments()[0].area, "");
}

#[test]
fn a_day_can_be_typed_in_many_ways() {
    for (said, day) in [
        ("fri", "2026-11-27"),
        ("tomorrow", "2026-11-25"),
        ("+3d", "2026-11-27"),
        ("2026-12-04", "2026-12-04"),
        ("4 Dec", "2026-12-04"),
    ] {
        let mut play = Play::new();
        play.keys("nFewer meetings<Tab><Tab>")
            .keys(said)
            .keys("<C-s>");
        assert_eq!(due(&play), [day], "{said}");
    }
}

#[test]
fn an_invalid_day_is_reported_beside_its_field() {
    for said in ["30 Feb", "fryday"] {
        let mut play = Play::new();
        play.keys("nFewer meetings<Tab><Tab>")
            .keys(said)
            .keys("<C-s>");
        play.shows("✗").shows(said).shows("Fewer meetings");
        assert_eq!(play.commitments(), []);
        for _ in 0..said.len() {
            play.keys("<BS>");
        }
        play.hides("✗").keys("4 Dec<C-s>");
        assert_eq!(due(&play), ["2026-12-04"], "{said}");
    }
}

#[test]
fn a_past_day_is_questioned_and_then_accepted() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Tab><Tab>2026-11-20<C-s>");
    play.shows("That was 4 days ago. Save again");
    assert_eq!(play.commitments(), []);
    play.keys("<C-s>");
    assert_eq!(due(&play), ["2026-11-20"]);

    let mut play = overdue();
    play.keys("c<Down><Down><Enter>Why<Enter>2026-11-23<C-s>")
        .shows("Save again");
    play.keys("<C-s>");
    assert_eq!(due(&play), ["2026-11-23"]);
}

#[test]
fn the_offered_friday_is_the_next_one_with_time_left() {
    for (at, day) in [
        ("2026-11-23T09:00:00+01:00", "2026-11-27"),
        ("2026-11-27T11:59:00+01:00", "2026-11-27"),
        ("2026-11-27T13:00:00+01:00", "2026-12-04"),
        ("2026-11-28T09:00:00+01:00", "2026-12-04"),
        ("2026-11-29T23:00:00+01:00", "2026-12-04"),
    ] {
        let mut play = Play::with(&[], at);
        play.keys("nFewer meetings<C-s>");
        assert_eq!(due(&play), [day], "{at}");
    }
}

#[test]
fn deleting_a_commitment_can_be_undone() {
    let mut play = overdue();
    play.keys("mx")
        .shows("Deleted. u to undo.")
        .hides("Every step");
    play.keys("u").shows("Every step has an owner");
    play.keys("<C-r>").shows("Redone: commitment");
    assert_eq!(play.commitments(), []);
    play.keys("u");
    assert_eq!(play.commitments().len(), 1);
    assert_eq!(play.entries().len(), 5);
}

#[test]
fn a_commitment_needs_what_better_looks_like() {
    let mut play = Play::new();
    play.keys("n<Tab><Space><C-s>")
        .shows("✗ Say what better looks like")
        .keys("<Esc>");
    assert_eq!(play.commitments(), []);
}

#[test]
fn the_day_it_is_already_due_is_not_a_move() {
    let mut play = Play::with(&[commitment("Owners", "2026-11-16", "2026-11-27")], TUESDAY);
    play.keys("c<Down><Down><Space><Tab><Tab>27 Nov<C-s>")
        .shows("✗ It is due on Fri 27 Nov already.");
    assert_eq!(play.commitments()[0].moves, []);
}

#[test]
fn an_ended_commitment_is_not_moved_and_keeps_its_evidence_and_day() {
    let mut play = overdue();
    play.keys("c<Space><Tab>The page says who<C-s>");
    play.at("2026-12-01T09:00:00+01:00");
    play.keys("m<Enter><Down><Down><Space><Tab>")
        .hides("The page says who");
    play.keys("<Tab>4 Dec<C-s>")
        .shows("✗ It ended on Tue 24 Nov");
    play.keys("<Up><Up><Space><Tab> and when<C-s>");
    let closing = play.commitments().remove(0).closing.expect("an end");
    assert_eq!(closing.evidence, "The page says who and when");
    assert_eq!(closing.on.to_string(), "2026-11-24");
    assert_eq!(play.commitments()[0].moves, []);
}

#[test]
fn a_check_in_counts_on_the_day_it_was_done() {
    for (keys, day) in [
        ("", "2026-11-24"),
        ("<Tab><Tab><Down><Space>", "2026-11-20"),
        ("<Tab><Tab><Down><Down>yesterday", "2026-11-23"),
        ("<Tab><Tab><Down><Down>thu", "2026-11-19"),
    ] {
        let mut play = overdue();
        play.keys("c<Space>").keys(keys).keys("<C-s>");
        let closing = play.commitments().remove(0).closing.expect("an end");
        assert_eq!(closing.on.to_string(), day, "{keys}");
    }
    for (said, why) in [
        ("tomorrow", "is in the future"),
        ("2026-11-13", "It was made on Mon 16 Nov"),
        ("soonish", "is not a day"),
    ] {
        let mut play = overdue();
        play.keys("c<Space><Tab><Tab><Down><Down>")
            .keys(said)
            .keys("<C-s>");
        play.shows(why);
        assert!(play.commitments()[0].is_open());
    }
}

#[test]
fn a_check_in_continues_with_the_next_one_due_and_then_closes() {
    let all = [
        commitment("Owners", "2026-11-16", "2026-11-18"),
        commitment("Meetings", "2026-11-16", "2026-11-20"),
        commitment("Mails", "2026-11-16", "2026-11-23"),
        commitment("Later", "2026-11-16", "2026-11-27"),
    ];
    let mut play = Play::with(&all, TUESDAY);
    play.keys("c").shows("Owners").keys("<Space><C-s>");
    play.shows("Meetings").keys("<Down><Space><C-s>");
    play.shows("Mails").keys("<Space><C-s>");
    play.shows("By Friday").shows("Kept.");
    let mut all = play.commitments().into_iter();
    assert_eq!(
        all.next_back().map(|last| last.better).as_deref(),
        Some("Later")
    );
    assert!(all.all(|one| !one.is_open()));
}

#[test]
fn text_area_and_day_can_be_edited_in_place() {
    let mut play = overdue();
    play.keys("me").shows("Every step has an owner");
    play.keys(" now<Tab><Up><Up><Space><Tab>4 Dec<C-s>");
    let changed = &play.commitments()[0];
    assert_eq!(changed.better, "Every step has an owner now");
    assert_eq!(changed.area, "inbox");
    assert_eq!(changed.first_due().to_string(), "2026-11-20");
    assert_eq!(due(&play), ["2026-12-04"]);
    // Saving unchanged text adds no line.
    let lines = play.entries().len();
    play.keys("e<C-s>");
    assert_eq!(play.entries().len(), lines);
}

#[test]
fn the_last_answer_is_shown_and_one_key_uses_it() {
    let mut play = Play::new();
    play.keys("1The page<Tab>Slow tests<Tab><Tab><C-s>");
    play.shows("You just wrote")
        .shows("Influence: The page")
        .shows("Tolerating: Slow tests");
    // Each press uses the next answer.
    play.keys("<C-l><C-l><C-s>");
    let made = play.commitments().remove(0);
    assert_eq!(made.better, "Slow tests");
    let origin = made.origin.expect("the answer");
    assert_eq!(origin.as_str(), "answer/2026-W48/audit/tolerating");
}

#[test]
fn own_words_are_never_replaced_by_an_answer() {
    let mut play = Play::new();
    play.keys("1The page<Tab><Tab><Tab><C-s>One owner<Tab><Space><C-s>");
    let made = play.commitments().remove(0);
    assert_eq!(made.better, "One owner");
    assert!(made.origin.is_some());
}

#[test]
fn overdue_commitments_can_be_checked_in_during_the_walk() {
    let mut play = overdue();
    play.keys("1<C-s>").shows("F8 check in");
    play.keys("One owner<F8>")
        .shows("Check in")
        .keys("<Space><C-s>");
    // The new one is still open, and the kept one is not asked about again.
    play.shows("One owner")
        .hides("Already yours")
        .hides("F8 check in");
    play.keys("<C-s>");
    let kept = play.commitments().into_iter().filter(|one| !one.is_open());
    assert_eq!((kept.count(), play.commitments().len()), (1, 2));
}

#[test]
fn the_same_can_be_promised_again_from_its_check_in() {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck<Enter>All six have one<Enter><Enter>")
        .shows("The same again?")
        .keys(" <Enter>")
        .shows("Kept. The first one. The same again is due Fri 27 Nov · in 3 days.");
    let [kept, again]: [Commitment; 2] = play.commitments().try_into().expect("two");
    assert_eq!(kept.closing.expect("an end").evidence, "All six have one");
    assert_eq!((again.better, again.closing), (kept.better, None));
    assert_eq!(again.due.to_string(), "2026-11-27");
    // The newest change is undone first.
    play.keys("u");
    assert_eq!(play.commitments().len(), 1);
    play.keys("u");
    assert!(play.commitments().iter().all(Commitment::is_open), "{play}");
}

#[test]
fn open_promises_have_a_row_each_where_there_is_no_room_for_more() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(60, 20).keys("nFewer alarms<Tab>");
    play.shows("2 open")
        .shows("! No rule files a mail where I do not l…  »  4 days over");
    play.shows("▸ One owner for every release step             in 3 days")
        .hides("more");
}
