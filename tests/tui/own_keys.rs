//! Keys of one's own: presets, and every text that names a key.

use std::collections::BTreeSet;

use leadby::app::keys::{Action, KeyContext, TABLE};

use crate::play::{Play, TUESDAY};
use crate::screens::{SCREENS, entries, go};

/// Contexts that no screen of the snapshots has.
const MORE: [(&str, &str); 5] = [
    ("chosen-week", "<Left>"),
    ("inbox", "iA thought<Enter>I"),
    ("note", "i"),
    ("place", "iA thought<Enter>Ia"),
    ("versions", "{Problems}H"),
];

/// Contexts in which a page is scrolled.
const SCROLLING: [KeyContext; 4] = [
    KeyContext::Help,
    KeyContext::Preview,
    KeyContext::Settle,
    KeyContext::Compare,
];

/// A keys file that gives every action one more key, another for each, to be shown first.
fn one_more_key_each() -> String {
    let letters = ('\u{1e00}'..='\u{1eff}').chain('\u{100}'..='\u{17f}');
    let mut rows: Vec<_> = TABLE.iter().zip(letters).collect();
    assert_eq!(rows.len(), TABLE.len());
    rows.sort_by_key(|(row, _)| row.context.name());
    let mut file = String::new();
    let mut table = String::new();
    for (row, letter) in rows {
        let name = row.context.name();
        if name != table {
            file += &format!("[{name}]\n");
            table = name;
        }
        let keys = row.keys.iter().map(|key| format!(", {:?}", key.word()));
        let keys: String = keys.collect();
        file += &format!("{} = [\"alt+{letter}\"{keys}]\n", row.action.name());
    }
    file
}

#[test]
fn footer_and_help_show_the_keys_that_hold() {
    let file = one_more_key_each();
    let mut seen: Vec<KeyContext> = Vec::new();
    for (screen, keys) in SCREENS.iter().chain(&MORE) {
        let mut play = Play::with(&entries("sample"), TUESDAY).with_keys(&file);
        go(&mut play, keys);
        play.size(500, 170);
        seen.extend(play.model.contexts());
        let footer = play.screen().lines().last().unwrap_or_default().to_owned();
        let mut labels = BTreeSet::new();
        for binding in play.model.bindings() {
            let label = play.model.label(binding);
            let key = binding.key_to_show(true).expect("one that does not type");
            assert!(key.name().starts_with("Alt+"), "{binding:?}");
            // In such a window nothing is left to scroll to.
            let scrolls = [Action::Up, Action::Down, Action::Earlier, Action::Later]
                .contains(&binding.action)
                && SCROLLING.contains(&binding.context);
            if binding.weight > 0 && !scrolls && labels.insert(label.clone()) {
                let hint = format!("{} {label}", key.name());
                assert!(footer.contains(&hint), "{screen}: no “{hint}” in\n{footer}");
            }
        }
        if play.model.overlay().is_some() {
            continue;
        }
        let contexts = play.model.state().contexts();
        let rows = play.model.keys().bindings(&contexts).cloned();
        // What does nothing here is not in the help.
        let rows: Vec<_> = rows
            .filter(|row| play.model.is_enabled_on_screen(row.action))
            .collect();
        let help = play.keys("<F1>").screen();
        for row in &rows {
            let is_practice = row.label.starts_with("practice ");
            let name = row.keys[0].name();
            assert!(
                is_practice || help.contains(&name),
                "{screen}: {row:?} in\n{help}"
            );
        }
    }
    let missing = TABLE.iter().filter(|row| !seen.contains(&row.context));
    let missing: BTreeSet<String> = missing.map(|row| row.context.name()).collect();
    // These need a ladder, commands, another machine, another day or another window.
    let expected = [
        "evidence",
        "expectations",
        "ladder",
        "proofs",
        "settle",
        "too_small",
        "wrap_up_offer",
    ];
    assert_eq!(missing, BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn the_help_names_no_key_that_does_something_else_here() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(120, 100);
    play.shelf("Problems").keys("?");
    play.shows("filter").hides("search").keys("<Esc><Esc><Esc>");
    play.keys("w<Enter>?").shows("search").hides("filter");
}

#[test]
fn a_week_is_walked_with_each_preset() {
    for (preset, down, up) in [
        ("default", "<Down>", "<Up>"),
        ("vim", "j", "k"),
        ("arrows", "<Down>", "<Up>"),
    ] {
        let mut play = Play::new().with_keys(&format!("preset = \"{preset}\""));
        play.keys("1I own the page<Tab>Slow tests<PgDn>");
        play.keys(&format!(
            "Every step has an owner<Tab><Tab>{down}{down}{up}<Enter><C-s>"
        ));
        play.keys(&format!("{down}<Enter>Nobody called<C-s>"));
        play.keys("Laptops take four days<C-s>Writing<C-s>");
        play.keys(&format!("<Space>{down}{down}<Space><C-s>"));
        play.keys("A release checklist<C-s>Let Sam lead<C-s>Plans change<C-s>");
        play.shows("Every step has an owner");
        assert_eq!(
            play.answer("audit", "influence"),
            "I own the page",
            "{preset}"
        );
        assert_eq!(play.answer("mastery", "mark"), "competent", "{preset}");
        assert_eq!(
            play.answer("communication", "habits"),
            "clarify-first,report-progress",
            "{preset}"
        );
        assert_eq!(play.titles("systems"), ["A release checklist"], "{preset}");
        let commitments = play.commitments();
        assert_eq!(commitments[0].better, "Every step has an owner");
        // The check-in, from Home.
        let kept = if preset == "vim" { "K" } else { "k" };
        play.keys("<Esc>").at("2026-11-27T16:00:00+01:00");
        play.keys(&format!("c{kept}<C-s>"));
        assert!(!play.commitments()[0].is_open(), "{preset}:\n{play}");
    }
}

#[test]
fn vim_moves_by_letters_and_arrows_by_none() {
    let year = || Play::with(&entries("sample"), TUESDAY);
    let mut vim = year().with_keys("preset = \"vim\"");
    vim.shows("h l a week").keys("h").shows("Week 47");
    vim.keys("<Esc>L").shows("Lists").keys("jjk<Esc>");
    vim.keys("tgG").keys("<C-u>").keys("<C-d>");
    let mut arrows = year().with_keys("preset = \"arrows\"");
    arrows.keys("m");
    let before = arrows.screen();
    arrows.keys("jG");
    assert_eq!(arrows.screen(), before);
    arrows.keys("<Down>");
    assert_ne!(arrows.screen(), before);
}

#[test]
fn a_text_that_names_a_key_names_the_one_that_holds() {
    let mut play = Play::new().with_keys("[browsing]\nundo = \"f11\"\n");
    play.keys("iA thought<Enter>").shows("F11 to undo.");
    // Without a key, the palette has it.
    let mut play = Play::new().with_keys("[browsing]\nundo = []\n");
    play.keys("iA thought<Enter>").shows(": undo to undo.");
    play.keys("u").keys(":undo").shows("undo").keys("<Enter>");
    assert_eq!(play.titles("inbox"), [""; 0]);
}

#[test]
fn the_rows_of_places_and_an_empty_review_name_the_keys_that_hold() {
    let keys = "[place]\ntake_1 = \"f11\"\n[review]\nearlier = \"f12\"\n";
    let mut play = Play::new().with_keys(keys);
    play.keys("r<F12>").shows("F12 and ] show the others.");
    play.keys("<Esc>iA thought<Enter>Ia").shows("F11 ");
}
