//! Items that become others, are let go, or wait.

use leadby::app::route::Route;
use leadby::journal::Item;
use leadby::practice::ORIGIN_KEY;

use crate::play::{Play, item};

const HERO: &str = "Restored the price list by hand";

fn heroes() -> Play {
    let mut play = Play::new();
    play.others_save(&[item("heroes", HERO)]);
    play.shelf("Hero moments");
    play
}

#[track_caller]
fn system(play: &Play) -> Item {
    let systems = play.items("systems");
    assert_eq!(systems.len(), 1, "{play}");
    systems[0].clone()
}

#[test]
fn a_hero_moment_becomes_a_planned_system_with_one_key() {
    let mut play = heroes();
    play.shows("make system").keys("t");
    let made = system(&play);
    assert_eq!(made.title(), HERO);
    assert_eq!(made.text("planned"), "2026-11-24");
    // It becomes a system only once, and links both ways.
    play.hides("make system").keys("t");
    system(&play);
    play.shows(&format!("→ system “{HERO}”")).keys("o");
    play.shows(&format!("from hero moment “{HERO}”"));
    play.keys("<C-o>").shows(&format!("→ system “{HERO}”"));
    play.keys("<Esc><Esc><Esc><Esc>").shelf("Systems/Systems");
    play.shows("from hero moment").keys("o").shows("→ system");
}

#[test]
fn unsaved_text_becomes_the_title() {
    let mut play = heroes();
    play.keys("<Enter><Tab>Nightly backup<C-g>");
    assert_eq!(
        play.items("heroes")[0].text("system"),
        "Nightly backup",
        "{play}"
    );
    let made = system(&play);
    assert_eq!(made.title(), "Nightly backup");
    let journal = play.journal();
    let hero = journal.items("heroes")[0].0;
    assert_eq!(made.text(ORIGIN_KEY), hero.id.as_str());
    play.shows("→ system “Nightly backup”");
}

#[test]
fn undoing_the_system_frees_the_hero_moment() {
    let mut play = heroes();
    play.keys("tu").shows("make system").keys("t");
    system(&play);
}

#[test]
fn a_panel_converts_and_lets_go_too() {
    let mut play = Play::new();
    play.others_save(&[item("heroes", HERO), item("complaints", "Plans change")]);
    play.keys("6<Tab><Up>t");
    assert_eq!(system(&play).title(), HERO);
    play.keys("<Esc>8<Up>").shows("L let go").keys("L");
    assert_eq!(play.items("complaints")[0].text("let-go"), "2026-11-24");
    play.shows("Now let go.");
}

#[test]
fn a_complaint_can_become_a_problem_or_be_let_go() {
    let mut play = Play::new();
    play.others_save(&[
        item("complaints", "Rain"),
        item("complaints", "Plans change"),
    ]);
    play.shelf("Complaints").keys("L").shows("let go 24 Nov");
    assert_eq!(play.items("complaints")[1].text("let-go"), "2026-11-24");
    // A finished one cannot be let go again.
    let before = play.entries().len();
    play.keys("L");
    assert_eq!(play.entries().len(), before);
    play.keys("<Up><Space><Space><Space>").shows("acted 24 Nov");
    play.keys("L").hides("L let go");
    assert_eq!(play.items("complaints")[0].text("let-go"), "");
    play.keys("uu").shows("let go").keys("bL");
    assert_eq!(play.items("complaints")[0].text("let-go"), "2026-11-24");
}

#[test]
fn only_lists_with_two_endings_offer_let_go() {
    let mut play = Play::new();
    play.others_save(&[item("problems", "Laptops")]);
    play.shelf("Problems").hides("let go").keys("L");
    assert_eq!(play.items("problems")[0].values.len(), 1);
}

#[test]
fn a_skill_untouched_for_six_weeks_says_so() {
    let mut play = Play::with(&[], "2026-10-01T09:00:00+02:00");
    play.shelf("Skills of the next").keys("<Space>");
    play.at("2026-11-11T09:00:00+01:00").hides("untouched");
    play.at("2026-11-20T09:00:00+01:00")
        .shows("untouched for 7 weeks");
    play.keys("<Enter>").shows("untouched for 7 weeks");
    assert!(matches!(play.model.state().route(), Route::Item { .. }));
    play.keys("<Esc><Esc><Esc>4").shows("untouched for 7 weeks");
    play.keys("<Up><Enter>").keys("<Esc>");
}

#[test]
fn open_follow_ups_show_their_age_oldest_first() {
    let mut play = Play::with(&[], "2026-11-12T09:00:00+01:00");
    play.keys("5<Tab>Tell Ana<C-s>");
    play.at("2026-11-23T09:00:00+01:00")
        .keys("<Esc>5<Tab>Tell Ben<C-s>");
    play.at("2026-11-24T09:00:00+01:00").keys("<Esc>5<Tab>");
    play.shows("open 12 days").shows("open 1 day");
    let screen = play.screen();
    assert!(screen.find("Tell Ana") < screen.find("Tell Ben"), "{play}");
    for name in ["C", "D", "E", "F", "G", "H"] {
        play.keys(&format!("{name}<C-s><C-p><Esc>5<Tab>"));
    }
    play.shows("Tell Ana").shows("H").shows("open today");
}
