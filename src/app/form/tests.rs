//! A form keeps what is typed: no key that prints a character acts outside it.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{ChoicePicker, Control, Form};
use crate::app::keys::{Action, KeyContext, KeyTable, TABLE};
use crate::app::model::{Model, Setup};
use crate::app::route::{CommitSource, Route};
use crate::app::{Effect, Msg, update};
use crate::calendar::Now;
use crate::journal::{Id, Journal, UndoHistory};
use crate::practice::builtin;
use crate::sample;

const TUESDAY: &str = "2026-11-24T09:15:00+01:00";

/// A model with the sample year, which has something in every list.
pub(in crate::app) fn model() -> Model {
    let now = Now::new(TUESDAY.parse().expect("a time"));
    let catalog = builtin();
    let entries = sample::entries(&catalog, now);
    Model::new(Setup {
        now,
        findings: 0,
        undo_history: UndoHistory::recent(&entries, Default::default()),
        journal: Journal::fold(entries),
        catalog,
        keys: KeyTable::default(),
        path: String::new(),
        draft: None,
        last_position: None,
        walked_pages: Default::default(),
        open: None,
    })
}

/// Every form: all pages of all practices, a new and an existing item of each list, commitments
/// from each source, and check-ins of an open and an ended one.
pub(in crate::app) fn forms(model: &Model) -> Vec<Route> {
    let week = model.now.week();
    let mut routes = Vec::new();
    for practice in model.catalog.practices() {
        routes.extend((1..=practice.pages()).map(|page| Route::page(&practice.id, week, page)));
        for register in &practice.registers {
            let register = register.id.clone();
            let items = model.journal.items(&register).into_iter();
            let one = items.last().map(|(entry, _)| entry.id.clone());
            routes.push(Route::new_item(&register));
            routes.extend(one.map(|id| Route::item(&register, &id)));
        }
    }
    let commitments = model.journal.commitments();
    for open in [true, false] {
        let mut found = commitments.iter().filter(|(_, it)| it.is_open() == open);
        let (entry, _) = found.next().expect("a commitment");
        routes.push(Route::CheckIn(entry.id.clone()));
    }
    let answer = model.journal.entries().find(|entry| {
        let id = entry.id.as_str();
        id.starts_with("answer/") && id.ends_with("/influence")
    });
    let answer: Id = answer.expect("an answer").id.clone();
    for source in [
        CommitSource::Blank,
        CommitSource::Walk("audit".to_owned(), week),
        CommitSource::Entry(answer),
    ] {
        routes.push(Route::Commit(source));
    }
    routes
}

/// How many rows the focused field has: those of a list or of choices; 1 for text.
fn rows(form: &Form) -> usize {
    match &form.focused().expect("a field").control {
        Control::Pick(pick) => pick.choices.len() + usize::from(pick.own.is_some()),
        Control::Panel(panel) => panel.rows.len() + 1,
        Control::Text(_) | Control::Day(..) | Control::Log(_) => 1,
    }
}

fn put_keys_at(form: &mut Form, field: usize, row: usize) {
    form.focus = field;
    match &mut form.fields[field].control {
        Control::Pick(pick) => pick.cursor = row,
        Control::Panel(panel) => panel.cursor = row,
        Control::Text(_) | Control::Day(..) | Control::Log(_) => {}
    }
}

/// The form of the screen shown.
fn form(model: &mut Model) -> &mut Form {
    let (screen, _) = model.screen_and_scene();
    screen.form_mut().expect("a form")
}

/// The choices with the focus.
fn choices(model: &mut Model) -> &ChoicePicker {
    match form(model).focused_control() {
        Some(Control::Pick(pick)) => pick,
        other => panic!("{other:?}"),
    }
}

/// A check-in on the first open commitment, with these keys pressed.
fn check_in(keys: &str) -> Model {
    let mut model = model();
    let open = model.journal.open_commitments();
    let id = open.first().expect("an open one").0.id.clone();
    model.open(&Route::CheckIn(id));
    for key in keys.chars() {
        press(&mut model, key);
    }
    model
}

/// The text of the focused text field.
fn text(model: &Model) -> Option<String> {
    let input = model.state().form().and_then(Form::focused)?;
    Some(input.control.editor()?.text())
}

fn press(model: &mut Model, character: char) -> Vec<Effect> {
    let key = KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE);
    update(model, Msg::Key(key))
}

#[test]
fn no_key_that_prints_does_anything_outside_a_form() {
    let mut model = model();
    let home = model.screens.clone();
    let (mut tried, mut kinds) = (0, BTreeSet::new());
    let keys: Vec<char> = (' '..='~').chain(['é', 'ж', '中']).collect();
    for route in forms(&model) {
        model.screens.clone_from(&home);
        model.open(&route);
        let opened = model.screens.clone();
        let fields = model.state().form().expect("a form").fields.len();
        for field in 0..fields {
            let form = form(&mut model);
            put_keys_at(form, field, 0);
            kinds.insert(format!("{:?}", form.contexts()[0]));
            for row in 0..rows(form) {
                for key in &keys {
                    model.screens.clone_from(&opened);
                    put_keys_at(self::form(&mut model), field, row);
                    let in_list =
                        !model.is_typing() && model.contexts().first() == Some(&KeyContext::Panel);
                    let typed = model.is_typing();
                    let before = text(&model);
                    let effects = press(&mut model, *key);
                    let at = format!("{key:?} in field {field}, row {row} of {route:?}");
                    // The own keys of a list row may save.
                    let own = in_list && [' ', 'L', 't'].contains(key);
                    for effect in &effects {
                        let is_own = matches!(effect, Effect::Save(_)) && own;
                        let draft = matches!(effect, Effect::DraftSoon | Effect::DraftNow);
                        assert!(draft || is_own, "{effect:?} after {at}");
                    }
                    assert_eq!(model.screens.len(), opened.len(), "{at}");
                    assert_eq!(model.state().route(), route, "{at}");
                    assert!(
                        model.overlay.is_none() && model.notice.is_none() || own,
                        "{at}"
                    );
                    // What is no answer of a check-in is typed into the line below.
                    let goes_on = matches!(route, Route::CheckIn(_)) && field == 0;
                    assert!(
                        typed || goes_on || model.state().form().expect("it").focus == field,
                        "{at}"
                    );
                    let after = text(&model);
                    assert!(!typed || before != after, "nothing was typed by {at}");
                    model.pending = None;
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 20_000, "{tried}");
    let all = ["Choices", "Line", "Panel", "Text"].map(str::to_owned);
    assert!(all.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
}

#[test]
fn the_table_has_no_printing_key_where_forms_are_but_their_own() {
    let own = |context: KeyContext, key: &str| match context {
        KeyContext::Choices => key == "Space",
        KeyContext::CheckIn => ["k", "m", "v", "l"].contains(&key),
        KeyContext::Panel => ["Space", "L", "t", "u"].contains(&key),
        _ => false,
    };
    let everywhere = [
        KeyContext::Choices,
        KeyContext::CheckIn,
        KeyContext::Panel,
        KeyContext::NameCompletion,
        KeyContext::Line,
        KeyContext::Text,
        KeyContext::Form,
        KeyContext::Page,
        KeyContext::Anywhere,
    ];
    for binding in TABLE.iter().filter(|it| everywhere.contains(&it.context)) {
        for key in binding.keys.iter().filter(|key| key.is_printable()) {
            assert!(
                own(binding.context, &key.name()),
                "{} in {:?}",
                key.name(),
                binding.context
            );
        }
    }
}

/// Presses keys among the areas of a new commitment, then checks the row they end on and the
/// value.
#[track_caller]
fn check(keys: &str, row: &str, said: &str) {
    let mut model = model();
    model.open(&Route::Commit(CommitSource::Blank));
    let areas = form(&mut model);
    let field = areas.fields.iter().position(|input| input.name == "area");
    put_keys_at(areas, field.expect("areas"), 0);
    for key in keys.chars() {
        press(&mut model, key);
    }
    let pick = choices(&mut model);
    let here = pick
        .choices
        .get(pick.cursor)
        .map_or("other", |choice| &choice.label);
    assert_eq!(here, row, "after {keys:?}");
    assert_eq!(form(&mut model).text("area"), said, "after {keys:?}");
}

#[test]
fn letters_among_choices_go_to_one_or_begin_own_words() {
    let model = model();
    let areas = model.journal.areas(&model.catalog);
    assert!(areas.contains(&"process".to_owned()), "{areas:?}");
    check("p", "process", "");
    check("PRO", "process", "");
    check("pro ", "process", "process");
    // A whole name is that choice, though nothing marks it before the field is left.
    check("process", "process", "process");
    check("prócess", "process", "process");
    check("processes", "other", "processes");
    // The first five once undid a change or left the form.
    for words in [
        "update the docs page",
        "write the runbook",
        "upgrade CI",
        "release owner",
        "help Ana with the demo",
        "product, and more",
        "process owner",
    ] {
        check(words, "other", words);
    }
}

#[test]
fn a_choice_typed_by_its_whole_name_is_marked_when_the_field_is_left() {
    let mut model = model();
    model.open(&Route::Commit(CommitSource::Blank));
    let areas = form(&mut model);
    let field = areas.fields.iter().position(|input| input.name == "area");
    put_keys_at(areas, field.expect("areas"), 0);
    for key in "tools".chars() {
        press(&mut model, key);
    }
    form(&mut model).act(Action::NextField);
    put_keys_at(form(&mut model), field.expect("areas"), 0);
    assert_eq!(choices(&mut model).on, ["tools"]);
}

#[test]
fn a_letter_marks_how_a_commitment_went() {
    let mut model = check_in("");
    let mut seen = Vec::new();
    for key in "mvkml".chars() {
        press(&mut model, key);
        let pick = choices(&mut model);
        assert_eq!(pick.on, [&*pick.choices[pick.cursor].id]);
        seen.push(pick.choices[pick.cursor].id.clone());
    }
    assert_eq!(seen.join(" "), "missed moved kept missed let-go");
}

#[test]
fn what_is_typed_behind_the_letter_is_the_line_about_it() {
    for (keys, how, line) in [
        ("kAll six", "kept", "All six"),
        ("mIt slipped", "missed", "It slipped"),
        ("mit slipped", "missed", "it slipped"),
        ("kmerged the request", "kept", "merged the request"),
        ("kevery step", "kept", "every step"),
        ("kKept it all", "kept", "Kept it all"),
        ("k let me see", "kept", "let me see"),
        ("kept all six", "kept", "all six"),
        ("moved waiting", "moved", "waiting"),
        ("let go no longer", "let-go", "no longer"),
        ("mi am late", "missed", "i am late"),
        ("mobody", "missed", "obody"),
        ("vwaiting for Ana", "moved", "waiting for Ana"),
        ("mkAll", "kept", "All"),
        ("xyz", "", ""),
    ] {
        let model = check_in(keys);
        let form = model.state().form().expect("a form");
        assert_eq!(form.text("how"), how, "{keys}");
        let place = match how {
            "moved" => "why",
            "missed" | "let-go" => "reason",
            _ => "note",
        };
        assert_eq!(form.text(place), line, "{keys}");
    }
}

#[test]
fn a_word_typed_in_full_marks_what_it_says() {
    for (word, expected) in [
        ("kept", "kept"),
        ("missed", "missed"),
        ("moved", "moved"),
        ("let go", "let-go"),
    ] {
        let model = check_in(word);
        let form = model.state().form().expect("a form");
        assert_eq!(form.focus, 0, "{word}");
        assert_eq!(form.text("how"), expected, "{word}");
    }
}

#[test]
fn everything_else_is_reached_from_a_form_by_its_name() {
    let mut model = model();
    for route in forms(&model) {
        model.open(&route);
        update(&mut model, Msg::Key(KeyEvent::from(KeyCode::F(4))));
        let commands = match model.overlay.take() {
            Some(crate::app::Overlay::Palette(palette)) => palette.all,
            other => panic!("{other:?} on {route:?}"),
        };
        for action in [
            Action::Help,
            Action::Practice(3),
            Action::People,
            Action::Portfolio,
            Action::Search,
            Action::About,
        ] {
            let found = commands.iter().find(|command| command.action == action);
            let found = found.unwrap_or_else(|| panic!("{action:?} on {route:?}"));
            assert_eq!(found.key.is_empty(), action != Action::Help, "{found:?}");
        }
        // What was done outside the form is not undone from within it.
        let undo = |command: &crate::app::PaletteCommand| {
            matches!(command.action, Action::Undo | Action::Redo)
        };
        assert!(!commands.iter().any(undo), "{route:?}");
        for action in [Action::Undo, Action::Redo] {
            assert!(!model.is_enabled(action));
        }
    }
}
