//! The month wrap-up: offered from the first start after a month ends, until done or dismissed.

use leadby::app::route::Route;
use leadby::journal::{Answer, Body, Entry, Id, Item, Period, Value};

use crate::play::{Play, moment};

const FIRST_OF_DECEMBER: &str = "2026-12-01T08:40:00+01:00";

fn entry(id: Id, body: Body) -> Entry {
    Entry {
        id,
        rev: 1,
        lineage: Default::default(),
        at: moment("2026-11-24T09:00:00+01:00").timestamp(),
        body,
    }
}

fn answer(period: Period, practice: &str, step: &str, words: &str) -> Entry {
    let body = Body::Answer(Answer {
        period,
        practice: practice.to_owned(),
        step: step.to_owned(),
        value: Value::Text(words.to_owned()),
    });
    entry(Id::answer(period, practice, step), body)
}

fn problem(title: &str, days: &[(&str, &str)]) -> Entry {
    let mut item = Item::new("problems");
    item.set("title", Value::Text(title.to_owned()));
    for (stage, day) in days {
        item.set_reached(stage, day.parse().expect("a day"));
    }
    entry(Id::new(format!("0192-{title}")), Body::Item(item))
}

/// The entries of November.
fn november() -> Vec<Entry> {
    let week = Period::Week("2026-W48".parse().expect("a week"));
    vec![
        answer(week, "audit", "influence", "The release steps"),
        problem(
            "Six alerts for one fault",
            &[("spotted", "2026-11-03"), ("solved", "2026-11-19")],
        ),
        problem("Steps without an owner", &[("spotted", "2026-11-10")]),
    ]
}

fn month(text: &str) -> Period {
    Period::Month(text.parse().expect("a month"))
}

/// The sentence saved for November, if any.
fn said(play: &Play) -> Option<String> {
    let journal = play.journal();
    let answer = journal.answer(month("2026-11"), "month", "sentence")?;
    answer.as_text().map(str::to_owned)
}

fn december() -> Play {
    Play::with(&november(), FIRST_OF_DECEMBER)
}

#[test]
fn the_first_start_in_a_month_offers_a_wrap_up_in_three_steps() {
    let mut play = december();
    play.shows("November is over. o wrap up  X dismiss");
    play.keys("o").shows("November 2026 wrap-up");
    play.size(60, 20).shows("the one\n  sentence is enough.");
    play.size(80, 24);
    play.shows("▌  Problems            1 solved, 1 carried on")
        .shows("■ Six alerts for one fault")
        .shows("▪ Steps without an owner")
        .shows("□ Mirror")
        .shows("optional, private")
        .shows("□ In one sentence     What was the month about?");
    // The problems; coming back opens the next step.
    play.keys("<Enter>").shows("Problems · November 2026");
    play.keys("<Esc>").shows("▌□ Mirror");
    // The mirror of November; none of its text shows on the way back.
    play.keys("<Enter>").shows("Mirror · November 2026");
    play.keys("<Tab> <C-s>").hides("managing tasks");
    play.shows("▪ Mirror").shows("▌□ In one sentence");
    // The sentence, for November.
    play.keys("<Enter>").shows("Month · November 2026");
    play.keys("One alert for one fault.<C-s>");
    assert_eq!(said(&play).as_deref(), Some("One alert for one fault."));
    play.shows("November is wrapped up.")
        .shows("“One alert for one fault.”");
    play.keys("<Esc>").shows("This week").hides("is over");
    let mut play = play.restart();
    play.hides("is over");
    // December has its own mirror.
    play.shelf("Mirror: two short")
        .shows("Mirror · December 2026");
}

#[test]
fn one_key_dismisses_a_month_and_undo_restores_it() {
    let mut play = december();
    play.keys("X")
        .shows("November dismissed. u")
        .hides("is over");
    assert_eq!(said(&play).as_deref(), Some(""));
    let mut play = play.restart();
    play.hides("is over").keys("X").hides("dismissed");
    play.keys("uy").shows("November is over.");
    assert_eq!(said(&play), None);
    play.keys("<C-r>").hides("November is over.");
}

#[test]
fn the_month_before_is_wrapped_up_by_its_name_at_any_time() {
    let mut play = december();
    for offer in ["", "X"] {
        play.keys(offer).keys(":mirror");
        play.shows("wrap up November · Mirror").keys("<Enter>");
        let month = "2026-11".parse().expect("a month");
        assert_eq!(play.model.state().route(), Route::MonthWrapUp(month));
        play.keys("<Esc>");
    }
    play.keys("o");
    assert_eq!(play.model.state().route(), Route::Home, "it is dismissed");
}

#[test]
fn a_wrap_up_on_another_machine_counts_here_too() {
    let mut play = december();
    let Body::Answer(elsewhere) = answer(month("2026-11"), "month", "sentence", "").body else {
        unreachable!("it was made above");
    };
    play.shows("November is over")
        .others_save(&[elsewhere.into_change()]);
    play.hides("November is over");
}

#[test]
fn the_offer_appears_at_midnight_and_ends_after_the_next_month() {
    let mut play = Play::with(&november(), "2026-11-30T23:50:00+01:00");
    play.hides("is over").at("2026-12-01T00:00:05+01:00");
    play.shows("November is over")
        .at("2026-12-31T23:59:00+01:00");
    play.shows("November is over")
        .at("2027-01-01T00:01:00+01:00");
    // December is empty, and November is too long ago to be offered.
    play.hides("is over");
}

#[test]
fn an_empty_month_is_not_offered() {
    let mut play = Play::with(&[], FIRST_OF_DECEMBER);
    play.hides("is over");
    let week = Period::Week("2026-W49".parse().expect("a week"));
    let begun = answer(week, "audit", "influence", "The release steps");
    Play::with(&[begun], FIRST_OF_DECEMBER).hides("is over");
}

#[test]
fn the_offer_is_below_a_waiting_draft() {
    let mut play = december();
    play.keys("nFewer questions twice<Esc>")
        .shows("✎ Draft, new commitment: “Fewer questions twice”  d resume  x discard")
        .shows("November is over. o wrap up  X dismiss");
    // Each has its own key.
    play.keys("o").shows("wrap-up").keys("<Esc>");
    play.keys("X").shows("✎").hides("is over");
    play.keys("u").shows("November is over");
    play.keys("x").shows("Discard this draft?").keys("y");
    play.hides("✎").shows("November is over");
    assert_eq!(said(&play), None);
}

#[test]
fn an_older_month_is_wrapped_up_from_its_box() {
    let mut play = december();
    play.keys("xp").hides("wrap up");
    play.keys("<Left>").shows("o wrap up").keys("o");
    play.shows("November 2026 wrap-up").keys("<End><Enter>");
    play.keys("Late, and said all the same.<C-s>");
    assert_eq!(said(&play).as_deref(), Some("Late, and said all the same."));
    play.keys("<Esc>").shows("Problems solved · November");
}

#[test]
fn all_sentences_are_listed_in_one_column() {
    let mut entries = november();
    entries.push(answer(
        month("2026-07"),
        "month",
        "sentence",
        "Five hours, not two",
    ));
    entries.push(answer(
        month("2026-10"),
        "month",
        "sentence",
        "A rota for the inbox",
    ));
    let mut play = Play::with(&entries, FIRST_OF_DECEMBER);
    play.keys("o<End><Enter>")
        .shows("October 2026")
        .shows("A rota for the inbox");
    play.keys("One alert.<C-s><Up><Down><Enter><F2>")
        .shows("3 answers");
    play.shows("November").shows("One alert.").shows("October");
    play.shows("2 months without an answer")
        .shows("Five hours, not two");
}

#[test]
fn the_offer_and_a_month_with_many_problems_read_well() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let mut entries = november();
        for number in 1..=14 {
            let title =
                format!("Problem {number} that nobody was asked to put right, and somebody did");
            entries.push(problem(
                &title,
                &[("spotted", "2026-11-12"), ("solved", "2026-11-25")],
            ));
        }
        let mut play = Play::with(&entries, FIRST_OF_DECEMBER);
        for (columns, rows) in [(80, 24), (120, 40)] {
            play.size(columns, rows);
            insta::assert_snapshot!(format!("home-month-over@{columns}x{rows}"), play.screen());
            play.keys("o");
            insta::assert_snapshot!(format!("guide-crowded@{columns}x{rows}"), play.screen());
            play.keys("<Esc>");
        }
    });
}

#[test]
fn a_month_before_the_first_entry_cannot_be_wrapped_up() {
    let mut entries = november();
    // A problem solved before the journal began is still in its box.
    entries.push(problem(
        "A spring without lists",
        &[("solved", "2025-04-07")],
    ));
    let mut play = Play::with(&entries, FIRST_OF_DECEMBER);
    play.keys("p").shows("solved · December").hides("wrap up");
    play.keys("<Left>")
        .shows("solved · November")
        .shows("wrap up");
    play.keys("<Left>")
        .shows("solved · October")
        .hides("wrap up");
    let before = play.screen();
    play.keys("o");
    assert_eq!(play.screen(), before, "there is nothing to wrap up");
    play.shows("· before you began").hides("to come");
    play.keys("[[").shows("October 2024").hides("wrap up");
    play.keys("]<Up><Up>").shows("April 2025").shows("wrap up");
    play.keys("<Right>").shows("May 2025").hides("wrap up");
    // An empty journal has no month to wrap up either.
    let mut play = Play::new();
    play.keys("p<Left>")
        .shows("solved · October")
        .hides("wrap up");
}
