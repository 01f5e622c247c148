//! Evidence beside a page: shown when asked for, chosen and taken by keys.

use leadby::journal::Value;
use leadby::ui::ColorDepth;

use crate::play::Play;

/// Two sources: one with two lines of this week, one that fails.
const SOURCES: &str = r#"
[[evidence]]
name = "commits"
shell = "printf '{from}\tName an owner\thttps://example.org/1\n{to}\tRetry the upload\t9f1c02a\n'"

[[evidence]]
name = "tickets"
shell = "echo not logged in >&2; exit 4"
"#;

/// On the first page of the walk, with the evidence shown.
fn shown() -> Play {
    let mut play = Play::new().with_evidence(SOURCES);
    play.keys("1<F10>").wait_for_commands();
    play
}

#[test]
fn evidence_is_beside_the_page() {
    let mut play = shown();
    play.keys("The release page");
    insta::assert_snapshot!("evidence-80x24", play.screen());
    insta::assert_snapshot!(
        "evidence-60x20",
        play.picture_of((60, 20), ColorDepth::None).text()
    );
    insta::assert_snapshot!(
        "evidence-120x40",
        play.picture_of((120, 40), ColorDepth::None).text()
    );
}

#[test]
fn typing_goes_on_while_commands_run() {
    let mut play = Play::new().with_evidence(SOURCES);
    play.keys("1<F10>")
        .shows("commits · running")
        .keys("Words first");
    play.shows("Words first")
        .wait_for_commands()
        .shows("Name an owner")
        .shows("Words first");
    play.keys("<C-s>").shows("Name an owner");
    assert_eq!(play.answer("audit", "influence"), "Words first");
}

#[test]
fn a_line_is_taken_into_the_field_once() {
    let mut play = shown();
    play.keys("First:<Enter>")
        .shows("First:")
        .shows("Name an owner https://example.org/1");
    play.keys("<Enter>").shows("Taken already.");
    play.keys("<Down><Enter><C-s>");
    assert_eq!(
        play.answer("audit", "influence"),
        "First:\nName an owner https://example.org/1\nRetry the upload (9f1c02a)"
    );
    // One undo of typing takes one line back.
    let mut play = shown();
    play.keys("First:<Enter><C-_><C-s>");
    assert_eq!(play.answer("audit", "influence"), "First:");
}

#[test]
fn a_line_is_added_as_an_item() {
    let mut play = Play::new().with_evidence(SOURCES);
    play.keys("3<F10>").wait_for_commands();
    play.keys("<A-i>");
    let items = play.items("problems");
    assert_eq!(items[0].title(), "Name an owner");
    let link = Value::Text("https://example.org/1".to_owned());
    assert!(items[0].values.values().any(|value| *value == link));
    play.keys("<A-i>").shows("Taken already.");
    assert_eq!(play.titles("problems").len(), 1);
}

#[test]
fn a_line_whose_item_cannot_be_saved_can_be_taken_again() {
    let mut play = Play::new().with_evidence(SOURCES);
    play.keys("3<F10>").wait_for_commands();
    play.break_disk().keys("<A-i>").mend_disk().keys("<A-i>");
    assert_eq!(play.titles("problems").len(), 1);
}

#[test]
fn a_line_is_kept_as_a_note() {
    let mut play = shown();
    play.keys("Words<Down><A-n>").shows("Words");
    assert_eq!(play.titles("inbox"), ["Retry the upload (9f1c02a)"]);
    play.keys("<A-n>").shows("Taken already.");
}

#[test]
fn a_long_list_goes_by_pages_and_to_its_ends() {
    let long = r#"
[[evidence]]
name = "commits"
shell = "for i in $(seq 1 25); do printf '{from}\tline %02d\n' $i; done"
"#;
    let mut play = Play::new().with_evidence(long);
    play.keys("1<F10>").wait_for_commands();
    for (keys, chosen) in [
        ("<PgDn>", "line 11"),
        ("<PgDn><PgDn>", "line 25"),
        ("<Down>", "line 25"),
        ("<PgUp>", "line 15"),
        ("<C-Home>", "line 01"),
        ("<C-End>", "line 25"),
        ("<C-Home><PgUp>", "line 01"),
    ] {
        play.keys(keys).shows(&format!("▌  Mon {chosen}"));
    }
}

#[test]
fn escape_closes_it_and_then_the_page() {
    let mut play = shown();
    play.keys("<Esc>").hides("Evidence · Week").shows("1 Audit");
    play.keys("<F10>")
        .shows("running")
        .keys("<F10>")
        .hides("Evidence · Week");
    play.wait_for_commands().hides("Name an owner");
    play.keys("<Esc>").hides("1 of 8");
}

#[test]
fn leaving_the_forms_hides_it() {
    let mut play = shown();
    play.keys("<C-o>")
        .hides("Evidence · Week")
        .keys("<Esc>")
        .hides("Evidence · Week");
}

#[test]
fn without_sources_it_says_where_they_are_named() {
    let mut play = Play::new();
    play.keys("1<F10>")
        .shows("No source of evidence yet: leadby config init writes examples.")
        .keys("<F1>")
        .shows("your config file names no source");
    Play::new()
        .without_config()
        .keys("1<F10>")
        .shows("Your config file has mistakes: leadby config check lists them.")
        .hides("names no source");
}

#[test]
fn a_click_chooses_a_line_and_takes_it() {
    let mut play = shown();
    play.click("Retry the upload")
        .click("Retry the upload")
        .keys("<C-s>");
    assert_eq!(
        play.answer("audit", "influence"),
        "Retry the upload (9f1c02a)"
    );
}

#[test]
fn the_first_line_is_chosen_until_a_key_moves() {
    let sources = r#"
[[evidence]]
name = "slow"
shell = "sleep 0.2; printf '{from}\tthe first line\n'"

[[evidence]]
name = "fast"
shell = "printf '{from}\tthe last line\n'"
"#;
    let mut play = Play::new().with_evidence(sources);
    play.keys("1<F10>").wait_for_commands();
    play.shows("▌  Mon the first line");
}
