//! Links between practices: both ends show the link, and a key leads from one to the other.

use leadby::app::route::{CommitSource, Route};
use leadby::journal::{Answer, Change, Period, Value};
use leadby::practice::ORIGIN_KEY;

use crate::play::{Play, TUESDAY, item, moment};

/// An answer about what is tolerated, `back` weeks ago.
fn tolerated(back: u32, words: &str) -> Change {
    Answer {
        period: Period::Week(moment(TUESDAY).week().minus_weeks(back)),
        practice: "audit".to_owned(),
        step: "tolerating".to_owned(),
        value: Value::Text(words.to_owned()),
    }
    .into_change()
}

/// Makes a commitment with `key` and checks both ends of the link.
#[track_caller]
fn committed(play: &mut Play, key: &str, words: &str, place: &str, due: &str) {
    play.keys(key);
    let route = play.model.state().route();
    assert!(
        matches!(route, Route::Commit(CommitSource::Entry(_))),
        "{play}"
    );
    // If there is text to copy, it is already in the form.
    if play.screen().contains(words) {
        play.keys("<C-s>");
    } else {
        play.keys("<Tab>").paste(words).keys("<C-s>");
    }
    let made = play.commitments().remove(0);
    assert_eq!(made.better, words, "{play}");
    assert_eq!(made.due.to_string(), due, "{play}");
    assert!(made.origin.is_some());
    // The source shows what it became, and the commitment shows its source.
    play.shows(&format!("→ {words}"));
    while !matches!(play.model.state().route(), Route::Home) {
        play.keys("<Esc>");
    }
    play.keys("m")
        .shows(place)
        .keys("o")
        .shows(&format!("→ {words}"));
}

const FRIDAY: &str = "2026-11-27";
const TODAY: &str = "2026-11-24";

#[test]
fn an_answer_can_become_a_commitment_and_says_so() {
    let mut play = Play::new();
    play.keys("1<Tab>The flaky test");
    committed(
        &mut play,
        "<C-f>",
        "The flaky test",
        "Audit · Tolerating, week 48",
        FRIDAY,
    );
}

#[test]
fn an_item_of_every_practice_can_become_a_commitment_and_says_so() {
    for (register, shelf, named, due) in [
        ("bolts", "Techniques", "technique", FRIDAY),
        ("problems", "Problems", "problem", FRIDAY),
        ("loops", "Follow-ups", "follow-up", FRIDAY),
        ("systems", "Systems/Systems", "system", FRIDAY),
        ("heroes", "Hero moments", "hero moment", FRIDAY),
        ("complaints", "Complaints", "complaint", TODAY),
    ] {
        let mut play = Play::new();
        play.others_save(&[item(register, "A word with Noor")]);
        play.shelf(shelf);
        let place = format!("{named} “A word with Noor”");
        committed(&mut play, "f", "A word with Noor", &place, due);
    }
}

#[test]
fn the_next_step_of_a_skill_can_become_a_commitment() {
    let mut play = Play::new();
    play.shelf("Skills of the next").keys("<Enter>");
    play.keys("<Tab>Map one process with Ana");
    let place = "skill “Conflict resolution”";
    committed(
        &mut play,
        "<C-f>",
        "Map one process with Ana",
        place,
        FRIDAY,
    );
}

#[test]
fn a_complaints_next_action_is_due_today() {
    let mut play = Play::new();
    play.others_save(&[item("complaints", "Plans change")]);
    play.shelf("Complaints")
        .keys("<Enter><Tab><Tab>Ask on Monday");
    play.shows("Ask on Monday");
    let place = "complaint “Plans change”";
    committed(&mut play, "<C-f>", "Ask on Monday", place, TODAY);
}

#[test]
fn what_you_tolerate_can_become_the_problem_of_an_empty_month() {
    let mut play = Play::new();
    play.others_save(&[tolerated(1, "The lift, again\nand nobody rings")]);
    play.shows("November still has room")
        .shows("The lift, again")
        .size(100, 24)
        .shows("from week 47");
    play.keys("s").shows("Also added as a problem.");
    let problems = play.items("problems");
    assert_eq!(problems[0].title(), "The lift, again");
    assert_eq!(
        problems[0].text("wrong"),
        "The lift, again\nand nobody rings"
    );
    assert_eq!(
        problems[0].text(ORIGIN_KEY),
        "answer/2026-W47/audit/tolerating"
    );
    // There and back.
    play.shows("from Audit · Tolerating, week 47").keys("<C-o>");
    play.shows("→ problem “The lift, again”");
    play.keys("<Esc><Esc>").hides("still has room").keys("s");
    assert_eq!(play.items("problems").len(), 1);
    play.keys("u")
        .shows("still has room")
        .shows("The lift, again");
}

#[test]
fn before_the_twentieth_or_with_nothing_tolerated_there_is_no_suggestion() {
    let mut play = Play::new();
    play.others_save(&[item("bolts", "Anything")]);
    play.shows("November still has room")
        .shows("A small one counts.");
    let mut play = Play::new();
    play.others_save(&[tolerated(1, "The lift")]);
    play.at("2026-11-20T09:00:00+01:00")
        .hides("The lift")
        .keys("s");
    assert_eq!(play.items("problems"), []);
}

#[test]
fn a_suggestion_shows_how_often_it_came_up() {
    let mut play = Play::new();
    let answers = ["Slow reviews", "slow reviews, still", "The slow reviews"];
    let answers = answers
        .iter()
        .zip(1..)
        .map(|(words, back)| tolerated(back, words));
    play.others_save(&answers.collect::<Vec<Change>>());
    play.size(100, 24)
        .shows("in 3 of your last 8 weeks")
        .size(80, 24)
        .click("“Slow reviews”");
    assert_eq!(play.titles("problems"), ["Slow reviews"]);
}

#[test]
fn follow_ups_with_a_person_are_gathered_for_the_meeting() {
    let mut play = Play::new();
    play.shelf("Follow-ups")
        .keys("aThe dates<Tab>Noor<C-s>")
        .keys("aThe room<Tab>noor<C-s>");
    play.keys("aThe bill<Tab>Ana<C-s><Esc><Esc>w/noor<Enter><Enter>");
    play.shows("2 things open between you")
        .shows("The dates")
        .shows("The room")
        .hides("The bill");
    play.keys("<Space>")
        .shows("Now closed.")
        .shows("1 thing open between you");
}

fn to_first_field(play: &mut Play) {
    while play
        .model
        .state()
        .form()
        .is_some_and(|form| form.focus != 0)
    {
        play.keys("<S-Tab>");
    }
}

#[test]
fn a_changed_role_shows_when_it_was_held() {
    let mut play = Play::new();
    play.keys("gPlatform engineer<C-s><Esc><Esc>");
    play.at("2026-12-15T09:00:00+01:00").keys("g");
    to_first_field(&mut play);
    play.shows("since 24 Nov 2026")
        .keys(&"<BS>".repeat(20))
        .keys("Team lead<Esc>")
        .keys("g");
    to_first_field(&mut play);
    play.shows("since 15 Dec 2026");
    play.shows("before: Platform engineer, 24 Nov")
        .shows("2026 to 15 Dec 2026");
    play.keys("<Esc>uu").keys("g").hides("before:");
}
