//! The monthly problem, the lists, and how to reach them: palette, help and mouse.

use leadby::app::route::Route;
use leadby::app::{Msg, keys};
use leadby::journal::{Body, Item};

use crate::play::{Play, TUESDAY, item};
use crate::screens::{SCREENS, entries, open};

fn day(item: &Item, stage: &str) -> String {
    item.day(stage)
        .map(|day| day.to_string())
        .unwrap_or_default()
}

/// The month boxes from January to December, as Home shows them in a large window.
fn boxes(play: &mut Play) -> String {
    let screen = play.size(120, 35).screen();
    play.size(80, 24);
    let mut lines = screen
        .lines()
        .skip_while(|line| !line.contains("Jan  Feb  Mar  Apr"));
    let signs = lines.nth(1).expect("the boxes");
    signs
        .chars()
        .filter(|sign| "■▪□·".contains(*sign))
        .take(12)
        .collect()
}

#[test]
fn a_problem_spotted_in_october_and_solved_in_november_counts_in_november() {
    let mut play = Play::with(&[], "2026-10-20T09:00:00+02:00");
    play.keys("paLaptops take days<Tab>Everyone new waits<C-s><Esc>");
    assert_eq!(boxes(&mut play), "·········▪··");
    play.at(TUESDAY);
    assert_eq!(boxes(&mut play), "·········▪▪·");

    play.keys("p<Enter>")
        .shows("Laptops take days")
        .keys("<Enter>");
    play.keys("20 nov<Tab>A script<Tab>An hour each<Tab>4 days → 1 hour<Tab>4<Tab>0,5<Tab>days")
        .shows("4 → 0,5 days · 88 % less");
    play.keys("<Tab>23 Nov<Tab>today<Tab>Ana and the team<Tab>today<Tab>The wiki<C-s>");
    play.shows("results shared 24 Nov");
    play.keys("<Esc><Esc>").size(120, 35).shows("── one ╮");
    assert_eq!(boxes(&mut play), "··········■·");

    let item = &play.items("problems")[0];
    assert_eq!(item.text("wrong"), "Everyone new waits");
    assert_eq!(item.text("did"), "A script");
    assert_eq!(item.text("improved"), "An hour each");
    assert_eq!(item.text("measure"), "4 days → 1 hour");
    assert_eq!(day(item, "spotted"), "2026-10-20");
    assert_eq!(day(item, "solved"), "2026-11-20");
    assert_eq!(day(item, "documented"), "2026-11-23");
    assert_eq!(day(item, "communicated"), "2026-11-24");
    assert_eq!(item.text("to"), "Ana and the team");
    assert_eq!(day(item, "shared"), "2026-11-24");
    assert_eq!(item.text("where"), "The wiki");
}

#[test]
fn a_key_shows_the_months_of_other_years() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("p").shows("[ earlier").hides("] later");
    play.size(60, 20).hides("] later");
    play.size(80, 24);
    play.keys("[")
        .shows("Problems solved · November 2025")
        .size(120, 40)
        .shows("] later")
        .size(80, 24)
        .keys("<Right>")
        .shows("December 2025");
    play.keys("]")
        .shows("Problems solved · December · Week 48")
        // Nothing was spotted in a year to come.
        .keys("]<Right>")
        .shows("Problems solved · December · Week 48");
    play.keys("gk")
        .shows("Problems solved · January")
        .keys("G")
        .shows("Problems solved · December");
    play.keys("[<PgUp>")
        .shows("2024")
        .keys("<Enter>")
        .shows("December 2024");
}

#[test]
fn space_moves_an_item_to_its_next_stage() {
    let mut play = Play::new();
    play.others_save(&[item("problems", "Laptops")]);
    play.shelf("Problems");
    for stage in ["spotted", "solved", "documented", "communicated", "shared"] {
        play.keys("<Space>");
        assert_eq!(day(&play.items("problems")[0], stage), "2026-11-24");
    }
    let before = play.entries().len();
    play.keys("<Space>");
    assert_eq!(play.entries().len(), before);
}

#[test]
fn changes_are_undone_and_redone_step_by_step() {
    let mut play = Play::new();
    play.others_save(&[item("bolts", "Canary"), item("bolts", "Restore")]);
    play.shelf("Techniques").keys("<Space>x").shows("Deleted.");
    assert_eq!(play.titles("bolts").len(), 1);
    play.keys("u").shows("Undone: technique · ");
    assert_eq!(play.titles("bolts").len(), 2);
    play.keys("u");
    assert!(
        play.items("bolts")
            .iter()
            .all(|item| day(item, "to-learn").is_empty())
    );
    play.keys("<C-r>")
        .shows("Redone: technique · ")
        .keys("<C-r>");
    assert_eq!(play.titles("bolts").len(), 1);
    // Each change adds a version; no line leaves the file.
    assert_eq!(play.entries().len(), 8);
}

#[test]
fn undo_does_not_revert_an_item_that_others_changed() {
    let mut play = Play::new();
    play.others_save(&[item("problems", "Laptops")]);
    play.shelf("Problems").keys("<Enter>Everyone waits");
    let (id, mut theirs) = {
        let journal = play.journal();
        let (entry, item) = journal.items("problems")[0];
        (entry.id.clone(), item.clone())
    };
    theirs.set("did", leadby::journal::Value::Text("A script".to_owned()));
    play.others_save(&[leadby::journal::Change::of(
        id,
        leadby::journal::Body::Item(theirs),
    )]);
    play.keys("<C-s>");
    let item = &play.items("problems")[0];
    assert_eq!(
        (item.text("wrong"), item.text("did")),
        ("Everyone waits", "A script")
    );
}

#[test]
fn a_filter_takes_any_accent_any_order_and_missing_letters() {
    let mut play = Play::new();
    play.others_save(&[
        item("problems", "Zoë owns the release"),
        item("problems", "Laptops"),
    ]);
    play.shelf("Problems");
    for typed in ["zoe", "ZOË", "release zoe", "relese"] {
        play.keys(&format!("/{typed}"))
            .shows("Zoë owns the release")
            .hides("Laptops")
            .keys("<Esc>");
    }
    play.keys("/zoe laptops").shows("0 of 2");
}

#[test]
fn the_palette_finds_and_runs_a_command() {
    let mut play = Play::new();
    play.keys(":commit<Enter>")
        .shows("One area, led better by Friday.")
        .keys("<Esc>");
    play.keys(":mastery<Enter>").shows("2 of 8").keys("<Esc>");
    play.keys(":zzz")
        .shows("No command by that name.")
        .keys("<Enter>")
        .shows("Lead what is already");
    play.keys(":list<Down><Up><Enter>")
        .shows("Everything you keep");
    // A page further and back is where it began.
    play.keys(":<PgDn>");
    let further = play.screen();
    assert_ne!(play.keys("<PgUp>").screen(), further);
    assert_eq!(
        play.keys("<PgDn><PgDn><PgDn><PgUp><PgUp><PgUp><PgDn>")
            .screen(),
        further
    );
}

#[test]
fn the_help_lists_exactly_the_keys_of_the_table() {
    let known = |text: &str| {
        let names = keys::TABLE
            .iter()
            .flat_map(|row| row.keys.iter().map(|key| key.name()));
        let labels = keys::TABLE.iter().map(|row| row.label.to_owned());
        names.chain(labels).any(|name| text.contains(&name))
    };
    for (screen, keys) in SCREENS {
        let Some(mut play) = open("sample", screen, keys) else {
            continue;
        };
        play.keys("<F1>").size(100, 45);
        let shown = play.screen();
        let place = |line: &str| {
            let at = line.find("╭ Keys")?;
            Some(line[..at].chars().count())
        };
        let Some(left) = shown.lines().find_map(place) else {
            continue;
        };
        let lines = shown.lines().map(|line| line.chars().skip(left));
        let inside = |line: &String| line.starts_with('│');
        let lines = lines.map(Iterator::collect::<String>).filter(inside);
        let lines = lines.filter_map(|line| Some(line.split(['│', '┃']).nth(1)?.to_owned()));
        // The text editor's own keys are not in the table: they edit the text.
        let lines = lines.filter(|line| line.starts_with(' ') && line.contains("   "));
        for line in lines.filter(|line| !line.contains("Alt+") && !line.trim().is_empty()) {
            assert!(
                known(&line) || line.contains("the line") || line.contains("1 – 9"),
                "{line}"
            );
        }
    }
}

#[test]
fn every_key_in_the_footer_does_what_a_click_on_it_does() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.click("p problems")
        .shows("Problems solved · November")
        .click("Esc back")
        .shows("This week");
    play.click("? help").shows("Keys").keys("<Esc>");
    play.click("5 Communication").shows("5 of 8");
}

#[test]
fn a_click_opens_the_item_under_it() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("4").shows("4 of 8").keys("<Esc>");
    play.click("what is due, then 4")
        .shows("Did you keep it?")
        .keys("<Esc>");
    play.keys("l").click("Decisions").click("Decisions");
    assert!(
        matches!(play.model.state().route(), Route::List { .. }),
        "{play}"
    );
    play.keys("<Esc><Esc>1")
        .click("Curiosity")
        .shows("Where have you stopped");
    play.keys("<Esc>5<S-Tab>");
    let mut play = Play::new();
    play.keys("5").click("Closed loops").shows("■ Closed loops");
    play.keys("<Esc>p")
        .click("╭ March")
        .shows("Problems solved · March")
        .click("╭ March");
    assert!(
        matches!(play.model.state().route(), Route::List { .. }),
        "{play}"
    );
}

#[test]
fn the_wheel_moves_the_selected_row() {
    let mut play = Play::new();
    play.keys("l");
    play.tell(Msg::Wheel { up: false }).hides("▌  Commitments");
    play.tell(Msg::Wheel { up: true }).shows("▌  Commitments");
    play.keys("?").tell(Msg::Wheel { up: false }).keys("<Esc>");
}

#[test]
fn the_help_is_read_page_by_page() {
    let mut play = Play::new();
    play.size(80, 24).keys("?").hides("Signs");
    let first = play.to_string();
    play.keys("<End>").shows("Signs").keys("<Home>");
    assert_eq!(play.to_string(), first);
    play.keys("<PgDn>");
    let second = play.to_string();
    assert_ne!(second, first);
    play.keys("<PgUp><Space>");
    assert_eq!(play.to_string(), second);
}

#[test]
fn an_empty_list_offers_no_item_actions() {
    for shelf in ["Techniques", "Commitments"] {
        let mut play = Play::new();
        play.shelf(shelf).shows("a add").hides("history");
        play.hides("by Friday  ")
            .hides("delete")
            .hides("next stage");
    }
}

#[test]
fn months_before_the_first_entry_have_no_empty_box() {
    let mut play = Play::new();
    play.others_save(&[item("bolts", "Anything")]);
    assert_eq!(boxes(&mut play), "··········□·");
    // A problem from a month before the journal still fills its box.
    let mut old = item("problems", "An old one");
    if let Body::Item(problem) = &mut old.body {
        problem.set_reached("spotted", "2026-03-02".parse().expect("a day"));
        problem.set_reached("solved", "2026-05-04".parse().expect("a day"));
    }
    play.others_save(&[old]);
    assert_eq!(boxes(&mut play), "····■·····□·");
    play.at("2027-01-08T09:00:00+01:00");
    assert_eq!(boxes(&mut play), "□···········");
}

#[test]
fn a_stage_date_cannot_be_tomorrow() {
    let mut play = Play::with(&[], "2026-11-18T09:15:00+01:00");
    play.keys("3Laptops<Enter><Up><Enter>").at(TUESDAY);
    let solved = |play: &Play| {
        let form = play.model.state().form().expect("a form");
        form.focused().is_some_and(|input| input.name == "solved")
    };
    while !solved(&play) {
        play.keys("<Tab>");
    }
    play.keys("tomorrow<C-s>")
        .shows("Wed 25 Nov is in the future");
    assert_eq!(play.items("problems")[0].day("solved"), None);
    // Not next year's either, nor before the previous stage.
    play.keys(&"<BS>".repeat(8))
        .keys("27 Nov<C-s>")
        .shows("“27 Nov” is in 3 days");
    play.keys(&"<BS>".repeat(6))
        .keys("17 Nov<C-s>")
        .shows("“solved” on Tue 17 Nov would be before");
    assert_eq!(play.items("problems")[0].day("solved"), None);
    // A weekday means the last one.
    play.keys(&"<BS>".repeat(6)).keys("fri<C-s>");
    let day = play.items("problems")[0].day("solved");
    assert_eq!(
        day.map(|day| day.to_string()).as_deref(),
        Some("2026-11-20")
    );
}

#[test]
fn the_lists_screen_counts_solved_problems() {
    let mut play = Play::new();
    let mut solved = item("problems", "Laptops");
    if let Body::Item(item) = &mut solved.body {
        item.set_reached("solved", "2026-11-20".parse().expect("a day"));
    }
    play.others_save(&[solved, item("problems", "Builds")]);
    play.keys("l").shows("2, 1 solved");
    play.hides("2 open");
}

#[test]
fn a_skill_with_evidence_is_begun() {
    let mut play = Play::new();
    play.keys("4<Up><Enter>");
    let evidence = |play: &Play| {
        let form = play.model.state().form().expect("a form");
        form.focused().is_some_and(|input| input.name == "evidence")
    };
    while !evidence(&play) {
        play.keys("<Tab>");
    }
    play.keys("Sat down with Jonas<C-s>");
    play.shows("learning 24 Nov");
}

#[test]
fn an_item_moves_a_stage_forward_and_back_and_keeps_the_focus() {
    let mut play = Play::new();
    play.others_save(&[item("systems", "Checklist"), item("systems", "Template")]);
    play.keys("l/systems<Enter><Enter>").shows("Template");
    let days = |play: &Play, at: usize| {
        let items = play.items("systems");
        ["planned", "built"].map(|stage| items[at].text(stage).to_owned())
    };
    let today = || "2026-11-24".to_owned();
    play.keys("<Space>").shows("Now planned.").keys("<Space>");
    assert_eq!(days(&play, 1), [today(), today()]);
    // The last stage: Space has no further one.
    let before = play.entries().len();
    play.keys("<Space>");
    assert_eq!(play.entries().len(), before);
    play.keys("<BS>").shows("Back to planned.");
    assert_eq!(days(&play, 1), [today(), String::new()]);
    play.keys("<BS>").shows("No longer planned.").keys("<BS>");
    assert_eq!(days(&play, 1), [String::new(), String::new()]);
    play.keys("u");
    assert_eq!(days(&play, 1), [today(), String::new()]);
    assert_eq!(days(&play, 0), [String::new(), String::new()]);
}

#[test]
fn a_form_asks_for_the_fields_of_its_stage_and_the_rest_behind_a_key() {
    let mut play = Play::new();
    play.keys("3Laptops take days<Enter><Up><Enter>");
    play.shows("What was wrong")
        .shows("Spotted")
        .shows("Solved")
        .hides("What you did")
        .hides("Documented")
        .shows("F2 all fields");
    play.keys("<F2>").shows("What you did");
    play.hides("F2 all fields").keys("<Esc>");
    // A day for the next stage asks for what belongs to it.
    play.keys("<Up><Enter><Tab><Tab>today")
        .shows("What you did");
    play.shows("F2 all fields");
}

#[test]
fn a_skill_with_a_next_step_is_begun() {
    let mut play = Play::new();
    play.keys("4<Up><Up><Enter>").shows("Next step");
    let on_next = |play: &Play| {
        let form = play.model.state().form().expect("a form");
        form.focused().is_some_and(|field| field.name == "next")
    };
    while !on_next(&play) {
        play.keys("<Tab>");
    }
    play.keys("Sit in on the planning<C-s>").shows("learning");
    let skills = play.items("skills");
    assert_eq!(
        skills[0]
            .day("learning")
            .map(|day| day.to_string())
            .as_deref(),
        Some("2026-11-24")
    );
}
