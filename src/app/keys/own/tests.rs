//! What a keys file does to the table, and what is wrong with one.

use crossterm::event::{KeyEvent, KeyModifiers};

use super::*;
use crate::app::keys::TABLE;
use crate::user_file::UserFile;

/// The table with the keys of a file.
fn laid(text: &str) -> Result<KeyTable, Vec<Mistake>> {
    KeyTable::with_own(&KeysFile::parse(text)?)
}

#[track_caller]
fn table(text: &str) -> KeyTable {
    laid(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"))
}

/// The one mistake of a file, with its line.
#[track_caller]
fn check(text: &str, expected: &str) {
    let mistakes = laid(text).expect_err(text);
    let file = UserFile {
        path: "keys.toml".to_owned(),
        text: text.to_owned(),
    };
    let mistakes: Vec<String> = file.errors(mistakes).map(|it| it.to_string()).collect();
    let said = mistakes.join("\n");
    assert_eq!(said, format!("keys.toml: {expected}"), "{text}");
}

fn f(number: u8) -> KeyEvent {
    KeyEvent::from(KeyCode::F(number))
}

#[test]
fn every_action_takes_another_key() {
    for row in TABLE {
        let (context, action) = (row.context, row.action);
        let own = table(&format!(
            "[{}]\n{} = \"f11\"",
            context.name(),
            action.name()
        ));
        assert_eq!(
            own.resolve(&[context], true, f(11)),
            Some(action),
            "{row:?}"
        );
        assert_eq!(own.key_name(context, action), "F11");
        for key in row.keys.iter().filter(|key| !key.is_printable()) {
            let here = [context];
            let mut rows = own.bindings(&here);
            assert!(!rows.any(|row| row.keys.contains(key)), "{row:?}");
        }
        let others = own.rows().iter().zip(TABLE);
        let changed = others.filter(|(own, row)| own.keys != row.keys);
        assert_eq!(changed.count(), 1, "{row:?}");
    }
}

#[test]
fn what_is_printed_can_be_read() {
    for name in ["default", "vim", "arrows"] {
        let preset = KeyTable::preset(name).expect(name);
        let again = table(&preset.to_toml());
        for (one, other) in preset.rows().iter().zip(again.rows()) {
            assert_eq!(one.keys, other.keys, "{one:?}");
        }
    }
}

#[test]
fn a_preset_holds_where_the_file_has_nothing_else() {
    let own = table("preset = \"vim\"\n[home]\nlists = \"f11\"");
    let home = |key| {
        let key = KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE);
        own.resolve(&[KeyContext::Home], false, key)
    };
    assert_eq!(home('h'), Some(Action::Left));
    assert_eq!(home('l'), Some(Action::Right));
    assert_eq!(home('L'), None);
    assert_eq!(own.key_name(KeyContext::Home, Action::Lists), "F11");
    let arrows = KeyTable::preset("arrows").expect("a preset");
    let moves = [Action::Up, Action::Down, Action::Left, Action::Right];
    let moving = arrows
        .rows()
        .iter()
        .filter(|row| moves.contains(&row.action));
    for row in moving {
        assert!(!row.keys.iter().any(|key| key.is_printable()), "{row:?}");
    }
}

#[test]
fn an_action_without_a_key_is_named_by_the_palette() {
    let own = table("[browsing]\nundo = []\n[form]\nhistory = []");
    let pressed = KeyEvent::from(KeyCode::Char('u'));
    assert_eq!(own.resolve(&[KeyContext::Browsing], false, pressed), None);
    assert_eq!(own.key_name(KeyContext::Browsing, Action::Undo), ": undo");
    assert_eq!(
        own.key_name(KeyContext::Form, Action::History),
        "F4 history"
    );
}

#[test]
fn names_that_do_not_exist() {
    check(
        "preset = \"emacs\"",
        "line 1: no preset called “emacs”; presets: default, vim, arrows",
    );
    check(
        "[hom]\nwalk = \"f11\"",
        "line 1: no table called `hom`; did you mean home?",
    );
    check(
        "[home]\n\nchek_in = \"f11\"",
        "line 3: no action called `chek_in`; did you mean check_in?",
    );
    check(
        "[home]\nxyz = \"f11\"",
        "line 2: no action called `xyz`; `leadby config keys` lists them",
    );
}

#[test]
fn a_key_means_one_thing_in_one_place() {
    check(
        "[home]\nwalk = \"c\"",
        "line 2: c is both `walk` in [home] and `check_in` in [home]",
    );
    // Home is outside forms.
    check(
        "[home]\nwalk = \"w\"",
        "line 2: w is both `walk` in [home] and `people` in [browsing]",
    );
    // The later line is the one to change.
    check(
        "[home]\nwalk = \"f11\"\n\n[anywhere]\nrepaint = \"f11\"",
        "line 5: F11 is both `walk` in [home] and `repaint` in [anywhere]",
    );
    // Swapped keys are fine, and so is what the table itself has twice.
    table("[home]\nproblems = \"c\"\ncheck_in = \"p\"");
    table("[list]\nfind = [\"/\", \"f11\"]");
    // A list is never on Home.
    table("[home]\nwalk = \"j\"");
}

#[test]
fn text_fields_keep_their_keys() {
    check("[form]\nsave = \"s\"", "line 2: s types in a text field");
    check(
        "[anywhere]\nrepaint = \"Z\"",
        "line 2: Z types in a text field",
    );
    check(
        "[form]\nsave = \"enter\"",
        "line 2: ⏎ is for writing in a text field",
    );
    check(
        "[search]\nsort = \"left\"",
        "line 2: ← is for writing in a text field",
    );
    table("[check_in]\nkept = \"y\"\nmissed = \"n\"");
}

#[test]
fn what_leads_out_keeps_a_key() {
    check(
        "[home]\nquit = []",
        "line 2: `quit` in [home] needs a key: nothing else does it",
    );
    check(
        "[form]\nback = []",
        "line 2: `back` in [form] needs a key: nothing else does it",
    );
    check(
        "[question]\nconfirm = []",
        "line 2: `confirm` in [question] needs a key: nothing else does it",
    );
    // Another row goes back from lists.
    table("[list]\nback = []");
    table("[home]\nwalk = []\n[anywhere]\nrepaint = []");
}

#[test]
fn every_mistake_is_named() {
    let text = "[home]\nwalk = [\"gg\", \"super+w\"]\n[hom]\n";
    assert_eq!(laid(text).expect_err("mistakes").len(), 3);
    let count = |text: &str| laid(text).expect_err(text).len();
    let lines =
        "[home]\nwalk = \"super+w\"\nquit = []\nlists = \"f11\"\n[anywhere]\nrepaint = \"f11\"\n";
    assert_eq!(count(lines), 3);
    assert_eq!(count(&format!("{lines}[hom]\nx = \"f12\"\n")), 4);
    // What is meant may free the key, or give one.
    assert_eq!(count("[home]\nwalk = \"c\"\n[hom]\ncheck_in = \"x\"\n"), 1);
    assert_eq!(count("[home]\nwalk = \"c\"\nchek_in = \"x\"\n"), 1);
    assert_eq!(count("[home]\nwalk = \"c\"\ncheck_in = \"super+x\"\n"), 1);
    assert_eq!(count("[home]\nquit = []\n[hom]\nquit = \"x\"\n"), 1);
}
