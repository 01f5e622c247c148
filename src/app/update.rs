//! Handles messages.

use crossterm::event::{KeyEvent, KeyEventKind};

use super::actions::{apply_outcome, navigate, run_action, update_form};
use super::editor::TextInput;
use super::evidence;
use super::expectations;
use super::keys::{Action, Key, KeyContext};
use super::model::{FilePresence, Model, Notice, Pending};
use super::mouse::{click, wheel};
use super::overlay::Overlay;
use super::overlay_actions::act_on_overlay;
use super::route::{Navigation, Outcome, Route};
use super::window::WindowSize;
use super::{Effect, Msg};
use crate::failure::Failure;
use crate::journal::{Entry, Id, Journal, UndoHistory};
use crate::store::{Appended, Loaded, Note};
use crate::text;

/// Changes the model as `msg` requires, and returns the effects.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = handle(model, msg);
    effects.extend(evidence::close_if_left(model));
    offer_names(model);
    effects
}

/// Offers the names of everyone where one can be typed.
fn offer_names(model: &mut Model) {
    let (screen, scene) = model.screen_and_scene();
    if let Some(form) = screen.form_mut().filter(|form| form.wants_names()) {
        form.offer_names(scene.search_cache.names(scene.journal, scene.catalog));
    }
}

fn handle(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(event) if event.kind == KeyEventKind::Release => Vec::new(),
        Msg::Paste(_) | Msg::Typed(_) | Msg::Click(_) | Msg::Wheel { .. }
            if model.window.is_too_small() =>
        {
            Vec::new()
        }
        Msg::Key(event) => press_key(model, event),
        Msg::Paste(text) => type_text(model, TextInput::Paste(&text)),
        Msg::Typed(text) => {
            model.notice = None;
            type_text(model, TextInput::Paste(&text))
        }
        Msg::Click(target) => click(model, target),
        Msg::Wheel { up } => wheel(model, if up { Action::Up } else { Action::Down }),
        Msg::Resized(columns, rows) => {
            model.window = WindowSize { columns, rows };
            let (screen, scene) = model.screen_and_scene();
            screen.resized(scene);
            Vec::new()
        }
        Msg::Scrolled(first) => {
            limit_scroll(model, first);
            Vec::new()
        }
        Msg::Clock(now) => {
            let other_day = now.today() != model.now.today();
            model.now = now;
            if other_day {
                model.refresh();
            }
            Vec::new()
        }
        Msg::Saved(appended) => after_save(model, appended),
        Msg::FileExists { path, text } => {
            model.overlay = Some(Overlay::ConfirmOverwrite { path, text });
            Vec::new()
        }
        Msg::JournalGone => {
            model.journal_file = FilePresence::Gone;
            model.notice = Some(gone_notice(model));
            Vec::new()
        }
        Msg::JournalBack => {
            model.journal_file = FilePresence::There;
            model.notify("The journal is back.".to_owned());
            Vec::new()
        }
        Msg::LinesRestored(merged) => {
            merge_outside(model, merged.new);
            model.refresh();
            let lines = text::counted_noun(merged.added, "line");
            model.notify(match merged.added {
                0 => "The journal is created again.".to_owned(),
                1 => format!("{lines} is back in the journal."),
                _ => format!("{lines} are back in the journal."),
            });
            Vec::new()
        }
        Msg::Notice(text) => {
            model.notify(text);
            Vec::new()
        }
        Msg::Written(path) => {
            let change = model.state().change_once_exported(model.scene());
            let effects = change.map_or_else(Vec::new, |change| {
                apply_outcome(model, Outcome::stay().saving(vec![change]))
            });
            let said = if effects.is_empty() {
                "Written to".to_owned()
            } else {
                let undo = undo_hint(model);
                format!("Remembered as your last page for a talk; {undo} Written to")
            };
            let path = Some(path);
            model.notice = Some(Notice {
                path,
                ..Notice::of(said)
            });
            effects
        }
        Msg::Failed(failure) => after_failure(model, &failure),
        Msg::TextEdited(text) => update_form(model, |form| form.replace_text(&text)),
        Msg::CommandEnded { number, output } => {
            evidence::receive(model, number, output);
            Vec::new()
        }
        Msg::JournalChanged(loaded) => {
            merge_outside(model, loaded);
            model.refresh();
            Vec::new()
        }
    }
}

fn press_key(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let notice = model.notice.take();
    if model.overlay.is_none() {
        model.previous_notice = notice;
    }
    match model.action_of(Key::from_event(event)) {
        Some(action) if model.overlay.is_some() => act_on_overlay(model, action),
        Some(action) if model.is_enabled(action) => run_action(model, action),
        Some(_) => Vec::new(),
        None if model.window.is_too_small() => Vec::new(),
        None => {
            let edit = model.keys.resolve(&[KeyContext::Text], true, event);
            type_text(model, edit.map_or(TextInput::Key(event), TextInput::Edit))
        }
    }
}

/// Types into what has the focus: a text field of what covers the screen, or one of the screen.
fn type_text(model: &mut Model, input: TextInput<'_>) -> Vec<Effect> {
    if let Some(overlay) = &mut model.overlay {
        let is_taken = overlay.input(input);
        if !is_taken && !matches!(input, TextInput::Paste(_)) {
            model.overlay = None;
        }
        return Vec::new();
    }
    let (screen, scene) = model.screen_and_scene();
    match (screen.input(input, scene), input) {
        (Some(outcome), _) => apply_outcome(model, outcome),
        (None, TextInput::Paste(_)) => {
            model.notify("Nothing here takes pasted text.");
            Vec::new()
        }
        (None, _) => Vec::new(),
    }
}

/// A page that cannot be saved is left at the second try: its text is a draft.
fn after_failure(model: &mut Model, failure: &Failure) -> Vec<Effect> {
    let again = model.save_failed && matches!(model.state().route(), Route::Page { .. });
    let pending = model.pending.take();
    model.save_failed |= pending.is_some();
    let leaves = pending.is_some_and(|it| again && matches!(it.then, Navigation::Back));
    let effects = if leaves {
        apply_outcome(model, Outcome::back())
    } else {
        Vec::new()
    };
    model.notice = Some(Notice::of_failure(failure));
    effects
}

fn after_save(model: &mut Model, appended: Appended) -> Vec<Effect> {
    let Appended {
        saved,
        others,
        note,
    } = appended;
    let are_ours_alone = !others.has_changes();
    let lost = model.lost.len();
    merge_outside(model, others);
    let names = saved.iter().map(|entry| entry.lineage.name.clone());
    model.own_versions.extend(names);
    add_versions(model, saved.iter().cloned());
    let pending = model.pending.take().unwrap_or_default();
    let Pending {
        then,
        saves_form: of_form,
        row,
        evidence,
        expectation,
    } = pending;
    model.evidence.taken.extend(evidence);
    model.save_failed = false;
    model.update_kept_drafts();
    let (screen, _) = model.screen_and_scene();
    if let (Some(row), Some(last)) = (row, saved.last()) {
        screen.record_row_change(row, last);
    }
    if of_form {
        settle_form(model, &saved);
    }
    match chosen_entries(model, &saved) {
        Some(entries) if are_ours_alone => {
            let (screen, scene) = model.screen_and_scene();
            screen.refresh_choices(&entries, scene);
        }
        _ => model.refresh(),
    }
    expectations::refresh(model);
    let leaves_form = of_form && then == Navigation::Back;
    let mut effects = navigate(model, then, &saved);
    if effects.is_empty() {
        effects.push(Effect::DraftNow);
    }
    let (screen, _) = model.screen_and_scene();
    // What was added, changed or came back is what the next key is about.
    for entry in &saved {
        if screen.choose_entry(&entry.id) {
            break;
        }
    }
    if leaves_form && !saved.is_empty() && model.notice.is_none() {
        model.notice = Some(Notice {
            offers_undo: true,
            ..Notice::of("Saved.")
        });
    }
    offer_undo(model);
    // Before all else: the program may be about to end.
    if let Some(tie) = expectations::tie_saved(model, expectation, &saved) {
        effects.insert(0, tie);
    }
    if model.lost.len() > lost {
        model.notice = Some(removed_lines_notice(model));
    } else if let Some(note) = note {
        model.notice = Some(saved_but(&note));
    }
    effects
}

/// The notice that something went wrong beside a save.
fn saved_but(note: &Note) -> Notice {
    let brief = note.brief.as_ref().map(Notice::of_brief);
    let notice = brief.unwrap_or_else(|| Notice::of(note.text.clone()));
    Notice {
        text: format!("saved, but {}", notice.text),
        full_text: vec![format!("saved, but {}", note.text)],
        is_error: true,
        ..notice
    }
}

/// Adds the key that undoes to a notice that offers it, unless it would be typed or does nothing.
fn offer_undo(model: &mut Model) {
    let mut undo = [Action::Undo, Action::UndoInForm].into_iter();
    let can_undo =
        !model.state().is_typing() && undo.any(|action| model.is_enabled_on_screen(action));
    let hint = undo_hint(model);
    if let Some(notice) = &mut model.notice
        && std::mem::take(&mut notice.offers_undo)
        && can_undo
    {
        notice.text = format!("{} {hint}", notice.text);
    }
}

/// "u to undo."
fn undo_hint(model: &Model) -> String {
    let key = model.keys.key_name(KeyContext::Browsing, Action::Undo);
    format!("{key} to undo.")
}

/// Marks the form as saved, and points every form of a deleted entry to the one that the topmost saved
/// it as, so that it is not saved as a new one twice.
fn settle_form(model: &mut Model, saved: &[Entry]) {
    if let Some(form) = model.screen_and_scene().0.form_mut() {
        form.mark_saved();
    }
    let Some(new) = saved.first().map(|entry| &entry.id) else {
        return;
    };
    let (screens, scene) = model.screens_and_scene();
    let top = screens.last().filter(|top| top.state().is_deleted());
    let Some(old) = top.and_then(|top| top.state().focused_entry(scene)) else {
        return;
    };
    for screen in screens.iter_mut() {
        if screen.state().focused_entry(scene).as_ref() == Some(&old) {
            screen.state_mut().repoint_to(new);
        }
    }
}

/// The entries whose portfolio choice was saved, if nothing else was.
fn chosen_entries(model: &Model, saved: &[Entry]) -> Option<Vec<Id>> {
    saved
        .iter()
        .map(|entry| model.journal.choice_subject(&entry.id).cloned())
        .collect()
}

/// Merges what other programs wrote. If the journal's file was replaced, lines it lacks can be
/// restored, unless they were forgotten on purpose.
fn merge_outside(model: &mut Model, loaded: Loaded) {
    model.journal_file = FilePresence::There;
    let lost = std::mem::take(&mut model.lost);
    let already = lost.len();
    let mut before = Journal::default();
    if loaded.is_complete {
        model.undo_history =
            UndoHistory::recent(&loaded.entries, model.undo_history.added().clone());
        before = std::mem::replace(&mut model.journal, Journal::fold_list(loaded.entries));
        model.search_cache.clear_index();
    } else {
        add_versions(model, loaded.entries);
    }
    before.insert_all(lost);
    model.lost = before.missing_from(&model.journal);
    if model.lost.len() > already {
        model.notice = Some(removed_lines_notice(model));
    }
    model.update_kept_drafts();
}

/// The notice that the journal's file is gone.
fn gone_notice(model: &Model) -> Notice {
    let key = model
        .keys
        .key_name(KeyContext::Anywhere, Action::RestoreLines);
    let lines = match model.restorable().len() {
        0 => "creates it again".to_owned(),
        1 => "restores its line".to_owned(),
        lines => format!("restores its {}", text::counted_noun(lines, "line")),
    };
    Notice {
        text: format!("the journal is gone · {key} {lines}"),
        path: Some(model.path.clone()),
        full_text: vec![
            format!(
                "{} is gone: it or its folder was moved or deleted. Nothing can be saved until it is \
                 back.",
                model.path
            ),
            format!(
                "Put it back if you can. If not, {key} {lines} in a new file; a line that leadby \
                 cannot read is only in the old one."
            ),
        ],
        is_error: true,
        ..Notice::default()
    }
}

/// The notice that another program removed lines from the journal's file.
fn removed_lines_notice(model: &Model) -> Notice {
    let key = model
        .keys
        .key_name(KeyContext::Anywhere, Action::RestoreLines);
    let (are, them) = match model.lost.len() {
        1 => ("is", "it"),
        _ => ("are", "them"),
    };
    let lines = text::counted_noun(model.lost.len(), "line");
    Notice {
        text: format!("{lines} {are} gone from the journal · {key} restores {them}"),
        path: Some(model.path.clone()),
        full_text: vec![
            format!(
                "{lines} {are} gone from {}: another program truncated it or replaced it with an \
                 older copy.",
                model.path
            ),
            format!("{key} adds {them} to the file again. What was forgotten stays forgotten."),
        ],
        is_error: true,
        ..Notice::default()
    }
}

/// Adds versions in the order they were written.
fn add_versions(model: &mut Model, entries: impl IntoIterator<Item = Entry>) {
    let (history, cache) = (&mut model.undo_history, &mut model.search_cache);
    let entries = entries.into_iter().inspect(|entry| {
        history.record(entry);
        cache.mark_stale(&entry.id);
    });
    model.journal.insert_all(entries);
}

/// Limits scrolling to the end of a view, so that the first key up moves it.
fn limit_scroll(model: &mut Model, first: usize) {
    match &mut model.overlay {
        Some(Overlay::Help(scroll)) => *scroll = first,
        Some(_) => {}
        None => model.screen_and_scene().0.limit_scroll(first),
    }
}
