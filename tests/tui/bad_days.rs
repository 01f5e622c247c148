//! A journal that another program truncates, empties or replaces with an older copy, and the
//! message about it.

use leadby::app::Msg;
use leadby::failure::{Failure, FailureKind};
use leadby::journal::Body;

use crate::play::{Play, item};

/// A journal of three problems, and the lines of its file.
fn three() -> (Play, Vec<String>) {
    let mut play = Play::new();
    for title in [
        "Nobody owns the release",
        "Alerts nobody reads",
        "Laptops take days",
    ] {
        play.others_save(&[item("problems", title)]);
    }
    let lines: Vec<String> = play
        .lines()
        .lines()
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(lines.len(), 3);
    (play, lines)
}

#[track_caller]
fn check(left: impl Fn(&[String]) -> String, gone: &str) {
    let (mut play, lines) = three();
    play.keys("n").keys("Half a sen");
    play.others_replace(&left(&lines));
    play.shows(&format!("✗ {gone} gone from the journal · F9 restores"));
    play.shows("F9 restore lines").shows("Half a sen");
    // The offer stays while typing, and takes no letter.
    play.keys("tence").shows("F9 restore lines").keys("<F9>");
    play.shows("back in the journal")
        .hides("F9")
        .shows("Half a sentence");
    let text = play.lines();
    for line in &lines {
        assert_eq!(text.matches(line).count(), 1, "{line} in {text}");
    }
    play.keys("<Esc>").keys("p").shows("Nobody owns");
}

#[test]
fn a_journal_that_shrinks_is_reported_and_restored_by_one_key() {
    check(|lines| lines[..2].concat(), "1 line is");
    check(|lines| lines[..1].concat(), "2 lines are");
    check(|_| String::new(), "3 lines are");
    // Cut off in the middle of a line.
    check(
        |lines| lines.concat()[..lines[0].len() + 10].to_owned(),
        "2 lines are",
    );
}

#[test]
fn a_journal_that_is_complete_again_gets_no_offer() {
    let (mut play, lines) = three();
    play.others_replace("").shows("3 lines are gone");
    play.others_replace(&lines.concat());
    play.keys("<F1><Esc>").hides("F9 restore lines");
    play.keys("<F9>");
    assert_eq!(play.lines(), lines.concat());
}

#[test]
fn a_save_on_a_journal_that_shrank_says_so() {
    let (mut play, lines) = three();
    play.keys("nFewer meetings");
    play.others_replace_unseen(&lines[..1].concat());
    play.keys("<C-s>")
        .shows("2 lines are gone from the journal");
    play.keys("<F9>").shows("2 lines are back");
    assert_eq!(play.lines().lines().count(), 4);
    assert_eq!(play.titles("problems").len(), 3);
}

#[test]
fn restoring_brings_back_the_forgetting_but_not_the_text() {
    let (mut play, _) = three();
    play.others_forget("Alerts nobody reads");
    play.hides("gone from the journal").hides("F9");
    let after = play.lines();
    // An older copy: it lacks the line that records the forgetting.
    let (old, _) = three();
    let forgotten: Vec<_> = play.entries();
    let mark = forgotten.iter().find(|entry| entry.body == Body::Forgotten);
    assert!(mark.is_some());
    drop(old);
    play.others_replace("")
        .shows("3 lines are gone")
        .keys("<F9>");
    assert!(!play.lines().contains("Alerts nobody reads"));
    let mut before: Vec<&str> = after.lines().collect();
    let now = play.lines();
    let mut now: Vec<&str> = now.lines().collect();
    before.sort_unstable();
    now.sort_unstable();
    assert_eq!(now, before);
}

#[test]
fn an_old_copy_with_forgotten_text_learns_that_it_is_forgotten() {
    let (mut play, lines) = three();
    play.others_forget("Alerts nobody reads");
    play.others_replace(&lines.concat());
    play.shows("1 line is gone").keys("<F9>");
    assert!(!play.lines().contains("Alerts nobody reads"));
    assert_eq!(play.titles("problems").len(), 2);
}

#[test]
fn a_line_edited_by_hand_is_not_lost() {
    let (mut play, lines) = three();
    let edited = lines
        .concat()
        .replace("Laptops take days", "Laptops take weeks");
    play.others_replace(&edited);
    play.hides("gone from the journal").hides("F9");
}

#[test]
fn a_page_that_cannot_be_saved_can_be_left() {
    let mut play = Play::new();
    play.keys("1Own it").break_disk().keys("<Esc>");
    play.shows("not saved, draft kept")
        .shows("1 of 8")
        .keys("<Esc>");
    play.shows("not saved, draft kept")
        .hides("1 of 8")
        .mend_disk();
    // The draft waits, and later pages are saved again.
    play.keys("d").shows("Own it").keys("<Esc>").hides("1 of 8");
    assert_eq!(play.answer("audit", "influence"), "Own it");
}

#[test]
fn a_paste_that_nothing_takes_is_told() {
    let mut play = Play::new();
    play.paste("some text")
        .shows("Nothing here takes pasted text.");
    play.keys("2")
        .paste("some text")
        .shows("Nothing here takes pasted text.");
    play.keys("<Tab>").paste("some text").hides("pasted text");
}

#[test]
fn the_help_shows_the_whole_message() {
    let mut play = Play::new();
    play.keys("1Own it").break_disk().keys("<C-s>");
    play.shows("✗ not saved, draft kept: disk full · make some room, then save again");
    play.keys("<F1>").shows("The message");
    play.shows("cannot be written:").shows("the disk is full");
    play.keys("<Esc>")
        .shows("Own it")
        .keys("<F1>")
        .hides("The message");
    // A message that is cut off names the key for the help.
    play.keys("<Esc>").size(60, 20);
    let long = "a failure of which there is more to be told than one row has room for";
    play.tell(Msg::Failed(
        Failure::new(FailureKind::Journal, long).hint("a way out"),
    ));
    play.shows("… F1").keys("<F1>").shows("a way out");
}
