//! Trends: weeks and months side by side, areas, hero moments and systems.

use leadby::journal::{Answer, Body, Change, Commitment, CommitmentOutcome, Period, Value};

use crate::play::{Play, TUESDAY, commitment, item};

/// A mirror answer in a month.
fn mirror(month: &str, step: &str, value: Value) -> Change {
    Answer {
        period: Period::Month(month.parse().expect("a month")),
        practice: "mirror".to_owned(),
        step: step.to_owned(),
        value,
    }
    .into_change()
}

/// An item that reached these stages on these days.
fn staged(register: &str, title: &str, days: &[(&str, &str)]) -> Change {
    let mut change = item(register, title);
    if let Body::Item(item) = &mut change.body {
        for (stage, day) in days {
            item.set(stage, Value::Text((*day).to_owned()));
        }
    }
    change
}

#[test]
fn a_mirror_month_is_beside_the_one_before() {
    let signs = |ids: &[&str]| Value::List(ids.iter().map(|id| (*id).to_owned()).collect());
    let text = |id: &str| Value::Text(id.to_owned());
    let mut play = Play::new();
    play.others_save(&[
        mirror("2026-10", "signs", signs(&["underused", "unlock"])),
        mirror("2026-10", "gap-outcomes", text("tasks")),
        mirror("2026-11", "signs", signs(&["unlock", "permission"])),
        mirror("2026-11", "gap-outcomes", text("outcomes")),
    ]);
    play.size(100, 30).shelf("Mirror: two short").keys("<C-o>");
    insta::assert_snapshot!(play.screen());
    // There is no later month.
    play.hides("] later").keys("]").shows("November 2026");
    play.keys("[").shows("October 2026").shows("] later");
    play.shows("Marked  ").hides("New  ").hides("No longer");
    play.keys("]").shows("November 2026").shows("No longer");
    // What was written then, and the question that follows.
    play.others_save(&[mirror("2026-11", "moment", text("In the planning round"))]);
    play.shows("In the planning round").shows("For December");
    play.keys("[").hides("In the planning round").keys("]");
    play.keys("[<Enter>")
        .shows("I feel underused")
        .shows("managing tasks");
}

#[test]
fn what_was_not_asked_in_a_month_is_not_gone() {
    let text = |id: &str| Value::Text(id.to_owned());
    let mut play = Play::new();
    play.others_save(&[mirror("2026-10", "gap-function", text("function"))]);
    play.others_run(&["answer", "month/sentence", "--month", "nov", "A calm month"]);
    play.shelf("Mirror: two short").keys("<C-o>");
    play.shows("A calm month").hides("No longer");
}

#[test]
fn areas_show_when_they_were_last_led_if_ever() {
    let mut led = commitment("Fewer mails", "2026-11-02", "2026-11-06");
    let mut missed = commitment("No rule left", "2026-11-09", "2026-11-13");
    let close = |body: &mut Body, area: &str, how: CommitmentOutcome, on: &str| {
        if let Body::Commitment(commitment) = body {
            area.clone_into(&mut commitment.area);
            Commitment::close(commitment, how, on.parse().expect("a day"), "");
        }
    };
    close(
        &mut led.body,
        "process",
        CommitmentOutcome::Kept,
        "2026-11-06",
    );
    close(
        &mut missed.body,
        "inbox",
        CommitmentOutcome::Missed,
        "2026-11-13",
    );
    let mut play = Play::with(&[led, missed], TUESDAY);
    play.keys("1<C-o><Down><Down>");
    insta::assert_snapshot!(play.screen());
}

#[test]
fn hero_moments_are_beside_the_systems_that_were_built() {
    let mut play = Play::new();
    play.others_save(&[
        staged("heroes", "Restored the list", &[("happened", "2026-08-03")]),
        staged("heroes", "Called everybody", &[("happened", "2026-08-20")]),
        staged("heroes", "Stayed until two", &[("happened", "2026-10-05")]),
        staged(
            "systems",
            "Backup",
            &[("planned", "2026-08-21"), ("built", "2026-09-02")],
        ),
        staged("systems", "Phone tree", &[("planned", "2026-09-01")]),
    ]);
    play.keys("6<C-o><Down>").shows("· 3 of 3");
    insta::assert_snapshot!(play.screen());
}

#[test]
fn a_long_name_beside_marks_can_be_read() {
    let mut play = Play::new();
    play.keys("5<C-o>").shows("Clarified expectation…");
    play.hides("] later").keys("[").shows("] later");
    play.size(120, 40).shows("Reported progress without being");
}

#[test]
fn a_suggested_day_that_follows_midnight_was_saved_by_no_one() {
    let mut play = Play::with(&[], "2026-11-24T23:50:00+01:00");
    play.keys("paSlow builds<Tab><Tab><C-u>20 Nov")
        .at("2026-11-25T00:10:00+01:00")
        .hides("Saved meanwhile")
        .keys("<C-s>")
        .hides("in the history");
}
