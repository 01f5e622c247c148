//! No text is lost: leaving, coming back, a kill, failing saves and other programs.

use leadby::app::Msg;
use leadby::journal::{Answer, Period, Value};

use crate::play::{Play, TUESDAY, item, moment};
use crate::screens::entries;

#[test]
fn a_sentence_left_with_quit_continues_in_place() {
    let mut play = Play::new();
    play.keys("1One<Tab>The slow te<Left><Left><C-c>");
    assert!(play.left);
    let mut play = play.restart();
    assert_eq!(play.answer("audit", "tolerating"), "The slow te");
    play.keys("<Enter>").keys("X<C-s>");
    assert_eq!(play.answer("audit", "tolerating"), "The slow Xte");
}

#[test]
fn a_sentence_left_with_escape_continues_in_place() {
    let mut play = Play::new();
    play.keys("1One<Tab>The slow te<Left><Left><Esc><Enter>X<C-s>");
    assert_eq!(play.answer("audit", "tolerating"), "The slow Xte");
}

#[test]
fn a_sentence_is_offered_again_after_a_kill() {
    let mut play = Play::new();
    play.keys("1One<Tab>The slow te<Left><Left>").pause();
    let mut play = play.kill();
    assert_eq!(play.entries(), []);
    play.shows("Draft, Audit · Tolerating: “The slow te”");
    play.keys("dX<C-s>");
    assert_eq!(play.answer("audit", "tolerating"), "The slow Xte");
    assert_eq!(play.answer("audit", "influence"), "One");
    assert!(!play.has_draft());
    play.keys("<Esc>").hides("✎");
}

#[test]
fn the_walk_resumes_drafts_too() {
    let mut play = Play::new();
    play.keys("2<Tab>A reaction").pause();
    let mut play = play.kill();
    play.keys("<Enter><C-s>");
    assert_eq!(play.answer("mastery", "evidence"), "A reaction");
    assert!(!play.has_draft());
}

#[test]
fn drafts_on_two_screens_are_offered_one_after_the_other() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Esc>");
    play.keys("1Own it").pause();
    let mut play = play.kill();
    play.keys("d<C-s><Esc>")
        .shows("Draft, new commitment: “Fewer meetings”");
    play.keys("d<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Own it");
    assert_eq!(play.commitments()[0].better, "Fewer meetings");
    assert!(!play.has_draft());
}

#[test]
fn changing_the_page_loses_no_text() {
    let mut play = Play::new();
    play.keys("1One thing<PgDn>").keys("Fewer meetings<Esc>");
    play.keys("2<Tab>Nobody called<S-Tab><F4>communication<Enter>")
        .keys("<Tab>Tell Ana<Esc>");
    assert_eq!(play.answer("audit", "influence"), "One thing");
    assert_eq!(play.answer("mastery", "evidence"), "Nobody called");
    assert_eq!(play.titles("loops"), ["Tell Ana"]);
    play.shows("“Fewer meetings”");
}

#[test]
fn a_new_item_without_a_name_keeps_its_text() {
    let mut play = Play::new();
    play.keys("pa<Tab>Everyone waited<C-s>")
        .shows("Give it a name");
    play.keys("<Esc><Esc>").shows("“Everyone waited”");
    let mut play = play.restart();
    play.keys("d").shows("Everyone waited").keys("Laptops<C-s>");
    assert_eq!(play.items("problems")[0].text("wrong"), "Everyone waited");
    assert!(!play.has_draft());
}

#[test]
fn text_on_a_covered_screen_is_kept_too() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Tab><F4>about<Enter>")
        .shows("Your journal");
    assert!(play.has_draft());
    let mut play = play.kill();
    play.shows("“Fewer meetings”")
        .keys("d")
        .shows("Fewer meetings");
    play.keys("<Esc>1x<Esc>");
    let mut play = play.restart();
    play.shows("“Fewer meetings”");
}

#[test]
fn drafts_survive_the_end_of_the_walk() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Esc>8<C-s>");
    play.shows(", summary")
        .keys("<Esc>")
        .shows("“Fewer meetings”");
    assert!(play.has_draft());
    play.kill()
        .shows("“Fewer meetings”")
        .keys("d")
        .shows("ewer meetings");
}

#[test]
fn drafts_are_discarded_only_after_confirmation() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Esc>x")
        .shows("Discard this draft?");
    play.keys("n")
        .shows("“Fewer meetings”")
        .keys("x<Esc>")
        .shows("“Fewer meetings”");
    assert!(play.has_draft());
    play.keys("xy").hides("Fewer meetings");
    assert!(!play.has_draft());
    let mut play = play.restart();
    play.hides("Fewer meetings");
}

#[test]
fn the_draft_that_is_shown_is_discarded_and_the_others_stay() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Esc>iAsk Ana<Esc>");
    play.shows("“Ask Ana” and 1 more")
        .keys("x")
        .hides("of it")
        .keys("y");
    play.shows("“Fewer meetings”").hides("Ask Ana");
    assert!(play.has_draft());
    play.keys("xy").hides("✎");
    assert!(!play.has_draft());
}

#[test]
fn what_is_saved_in_a_form_is_said_where_it_leads() {
    let mut play = Play::new();
    play.keys("gPlatform engineer<Esc>")
        .shows("Saved. u to undo.");
    play.keys("u");
    assert!(play.model.journal().entries().next().is_none());
}

#[test]
fn a_failed_save_is_reported_and_keeps_the_text() {
    let mut play = Play::new();
    play.keys("1Own it").break_disk().keys("<C-s>");
    play.shows("✗").shows("Own it");
    assert!(play.entries().is_empty());
    play.pause();
    assert!(play.has_draft());
    play.mend_disk().keys("!<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Own it!");
    assert!(!play.has_draft());
}

#[test]
fn you_can_quit_when_saving_fails() {
    let mut play = Play::new();
    play.keys("1Own it").break_disk().keys("<C-c>");
    assert!(!play.left);
    play.keys("<C-c>");
    assert!(play.left);
    let mut play = play.restart();
    play.shows("“Own it”").keys("d<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Own it");
}

#[test]
fn escape_after_a_failed_save_keeps_the_text_on_the_page() {
    let mut play = Play::new();
    play.keys("1Own it")
        .break_disk()
        .keys("<Esc>")
        .shows("✗")
        .shows("Own it");
    play.mend_disk().keys("<Esc>");
    assert_eq!(play.answer("audit", "influence"), "Own it");
}

#[test]
fn changes_by_others_appear_and_typed_text_stays() {
    let mut play = Play::new();
    play.keys("3Laptops ta");
    play.others_save(&[item("problems", "Alerts nobody reads")]);
    play.shows("Alerts nobody reads")
        .shows("Laptops ta")
        .keys("ke days<C-s>");
    assert_eq!(
        play.titles("problems"),
        ["Alerts nobody reads", "Laptops take days"]
    );
}

#[test]
fn an_answer_of_another_program_does_not_replace_what_is_typed() {
    let mut play = Play::new();
    play.keys("1Mine, half wri");
    let theirs = Answer {
        period: Period::Week(moment(TUESDAY).week()),
        practice: "audit".to_owned(),
        step: "influence".to_owned(),
        value: Value::Text("Theirs".to_owned()),
    };
    play.others_save(&[theirs.into_change()]);
    play.shows("Mine, half wri").keys("tten<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Mine, half written");
    assert_eq!(play.entries().len(), 2);
}

#[test]
fn midnight_keeps_what_is_typed_in_its_week() {
    let mut play = Play::new();
    play.at("2026-11-29T23:59:00+01:00").keys("1Sunday ni");
    play.at("2026-11-30T00:00:00+01:00").keys("ght<C-s>");
    let week = moment("2026-11-29T12:00:00+01:00").week();
    let journal = play.journal();
    let said = journal.answer(Period::Week(week), "audit", "influence");
    assert_eq!(said, Some(&Value::Text("Sunday night".to_owned())));
    play.keys("<Esc>").shows("Week 49").shows("□ 1 Audit");
}

#[test]
fn week_53_is_a_week() {
    let mut play = Play::with(&[], "2026-12-31T10:00:00+01:00");
    play.shows("Week 53").keys("1Own it<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Own it");
    play.at("2027-01-04T10:00:00+01:00")
        .keys("<Esc>")
        .shows("Week 1");
    play.keys("1")
        .shows("Last week")
        .shows("Own it")
        .keys("<Esc>r[")
        .shows("Week 53 of 2026");
    play.keys("[").shows("Week 52 of 2026");
}

#[test]
fn pasted_text_of_every_kind_is_kept_byte_for_byte() {
    let hard = "tab\there\nESC \u{1b}[2J BEL \u{7} C1 \u{9b} RLO \u{202e} zwj 👩‍👩‍👧 日本 \u{200b}";
    let mut play = Play::new();
    play.keys("1").paste(hard).keys("<C-s>");
    assert_eq!(play.answer("audit", "influence"), hard);
    let long = "word ".repeat(12_000);
    play.keys("<Esc>2<Tab>").paste(&long).keys("<C-s>");
    assert_eq!(play.answer("mastery", "evidence"), long);
}

#[test]
fn a_small_window_loses_no_text() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("5<Tab>Tell A")
        .size(0, 0)
        .size(20, 5)
        .size(80, 24)
        .keys("na<Esc>");
    assert_eq!(
        play.titles("loops").last().map(String::as_str),
        Some("Tell Ana")
    );
}

#[test]
fn releasing_a_key_does_nothing() {
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
    let mut play = Play::new();
    play.keys("1a");
    let (code, none) = (KeyCode::Char('a'), KeyModifiers::NONE);
    play.tell(Msg::Key(KeyEvent::new_with_kind(
        code,
        none,
        KeyEventKind::Release,
    )));
    play.keys("<Esc>");
    assert_eq!(play.answer("audit", "influence"), "a");
}

#[test]
fn an_entry_forgotten_by_another_program_disappears_from_the_screens() {
    let mut play = Play::new();
    play.others_save(&[item("problems", "What is to be forgotten")]);
    play.others_save(&[item("problems", "What stays")]);
    play.others_forget("What is to be forgotten");
    play.keys("p<Enter>")
        .shows("What stays")
        .hides("What is to be forgotten");
}

#[test]
fn text_on_a_covered_page_continues_when_the_page_is_reopened() {
    let mut play = Play::new();
    play.keys("2<Enter>Half a sentence<S-Tab><F4>about<Enter>3<C-p>")
        .shows("Half a sentence");
    play.pause();
    let mut play = play.kill();
    play.keys("d").shows("Half a sentence");
}
