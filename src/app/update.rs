//! Handles messages.

use crossterm::event::{KeyEvent, KeyEventKind};

use super::actions::{navigate, quit, run_action, update_form};
use super::editor::Editor;
use super::keys::{self, Action, KeyContext};
use super::model::{Model, Notice, Pending};
use super::mouse::{click, wheel};
use super::overlay::Overlay;
use super::screen::Screen;
use super::{Effect, Msg, undo};
use crate::journal::{Entry, Id, Journal, UndoHistory};
use crate::store::{Appended, Loaded, Overwrite};
use crate::text;

/// Changes the model as `msg` requires, and returns the effects.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(event) if event.kind == KeyEventKind::Release => Vec::new(),
        Msg::Key(event) => press_key(model, event),
        Msg::Paste(words) => paste(model, &words),
        Msg::Typed(words) => {
            model.notice = None;
            paste(model, &words)
        }
        Msg::Click(target) => click(model, target),
        Msg::Wheel { up } => wheel(model, if up { Action::Up } else { Action::Down }),
        Msg::Resized(..) => Vec::new(),
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
        Msg::LinesRestored(merged) => {
            merge_outside(model, merged.new);
            model.refresh();
            let are = if merged.added == 1 { "is" } else { "are" };
            let lines = text::counted_noun(merged.added, "line");
            model.notify(format!("{lines} {are} back in the journal."));
            Vec::new()
        }
        Msg::Notice(text) => {
            model.notify(text);
            Vec::new()
        }
        Msg::Written(path) => {
            let path = Some(path);
            model.notice = Some(Notice {
                path,
                ..Notice::of("Written to")
            });
            Vec::new()
        }
        Msg::Failed(failure) => {
            if model.pending.take().is_some() {
                model.save_failed = true;
            }
            model.notice = Some(Notice::of_failure(&failure));
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
    if model.overlay.is_some() {
        return press_key_on_overlay(model, event);
    }
    match keys::resolve(&model.contexts(), model.is_typing(), event) {
        Some(action) if model.is_enabled(action) => run_action(model, action),
        Some(_) => Vec::new(),
        None if type_into_filter(model, |screen| screen.type_filter(event)) => Vec::new(),
        None if type_into_search(model, |editor| editor.input(event)) => Vec::new(),
        None => update_form(model, |form| form.type_key(event)),
    }
}

fn paste(model: &mut Model, words: &str) -> Vec<Effect> {
    if model.overlay.is_none() && type_into_filter(model, |screen| screen.paste_filter(words)) {
        return Vec::new();
    }
    if model.overlay.is_none() && type_into_search(model, |editor| editor.paste(words)) {
        return Vec::new();
    }
    match &mut model.overlay {
        Some(Overlay::Palette(palette)) => {
            palette.editor.paste(words);
            palette.cursor = 0;
            Vec::new()
        }
        Some(Overlay::FileName(name)) => {
            name.paste(words);
            Vec::new()
        }
        Some(_) => Vec::new(),
        None => update_form(model, |form| form.paste(words)),
    }
}

/// Passes typed text to the search; returns whether it took it.
fn type_into_search(model: &mut Model, take: impl FnOnce(&mut Editor) -> bool) -> bool {
    let (screens, scene) = model.screens_and_scene();
    match screens.last_mut() {
        Some(Screen::Search(search)) => search.type_query(take, scene),
        _ => false,
    }
}

/// Passes typed text to the filter of a list; returns whether it took it.
fn type_into_filter(model: &mut Model, take: impl FnOnce(&mut Screen) -> bool) -> bool {
    model.screens.last_mut().is_some_and(take)
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
    } = pending;
    model.save_failed = false;
    model.update_kept_drafts();
    if let (Some(Screen::Page(page)), Some(row), Some(last)) =
        (model.screens.last_mut(), row, saved.last())
    {
        page.record_row_change(row, last);
    }
    if of_form && let Some(form) = model.screens.last_mut().and_then(Screen::form_mut) {
        form.mark_saved();
    }
    if of_form && let Some(new) = saved.first() {
        repoint_forms(model, &new.id);
    }
    match chosen_entries(model, &saved) {
        Some(entries) if are_ours_alone => {
            let (screens, scene) = model.screens_and_scene();
            if let Some(screen) = screens.last_mut() {
                screen.refresh_choices(&entries, scene);
            }
        }
        _ => model.refresh(),
    }
    let mut effects = navigate(model, then, &saved);
    if effects.is_empty() {
        effects.push(Effect::DraftNow);
    }
    if model.lost.len() > lost {
        model.notice = Some(removed_lines_notice(model));
    } else if let Some(note) = note {
        let brief = note.brief.as_ref().map(Notice::of_brief);
        let mut notice = brief.unwrap_or_else(|| Notice::of(note.text.clone()));
        notice.text = format!("saved, but {}", notice.text);
        notice.full_text = vec![format!("saved, but {}", note.text)];
        model.notice = Some(Notice {
            is_error: true,
            ..notice
        });
    }
    effects
}

/// Points every form of a deleted entry to `new`, as which the topmost saved it, so that it is not
/// saved as a new one twice.
fn repoint_forms(model: &mut Model, new: &Id) {
    let (screens, scene) = model.screens_and_scene();
    let top = screens.last().filter(|top| top.is_deleted());
    let Some(old) = top.and_then(|top| top.focused_entry(scene)) else {
        return;
    };
    for screen in screens.iter_mut() {
        if screen.focused_entry(scene).as_ref() == Some(&old) {
            screen.repoint_to(new);
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
    let lost = std::mem::take(&mut model.lost);
    let already = lost.len();
    let mut before = Journal::default();
    if loaded.is_complete {
        model.undo_history = UndoHistory::recent(&loaded.entries, model.undo_history.imported());
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

/// The notice that another program removed lines from the journal's file.
fn removed_lines_notice(model: &Model) -> Notice {
    let key = keys::key_name(KeyContext::Anywhere, Action::RestoreLines);
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
    }
}

/// Adds versions in the order they were written.
fn add_versions(model: &mut Model, entries: impl IntoIterator<Item = Entry>) {
    let (turns, finder) = (&mut model.undo_history, &mut model.search_cache);
    let entries = entries.into_iter().inspect(|entry| {
        turns.record(entry);
        finder.mark_stale(&entry.id);
    });
    model.journal.insert_all(entries);
}

/// Limits scrolling to the end of a view, so that the first key up moves it.
fn limit_scroll(model: &mut Model, first: usize) {
    match (&mut model.overlay, model.screens.last_mut()) {
        (Some(Overlay::Help(scroll)), _) => *scroll = u16::try_from(first).unwrap_or(u16::MAX),
        (None, Some(Screen::Preview(story))) => story.scroll = first,
        (None, Some(Screen::Compare(compare))) => compare.first = first,
        _ => {}
    }
}

/// Writes the portfolio shown to a file.
fn export_portfolio(model: &mut Model, path: String) -> Vec<Effect> {
    model.overlay = None;
    let Screen::Portfolio(portfolio) = model.screen() else {
        return Vec::new();
    };
    if path.is_empty() {
        return Vec::new();
    }
    let text = portfolio.render(&path);
    vec![Effect::WriteFile {
        path,
        text,
        overwrite: Overwrite::Never,
    }]
}

fn press_key_on_overlay(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let action = keys::resolve(&model.contexts(), model.is_typing(), event);
    let Some(overlay) = &mut model.overlay else {
        return Vec::new();
    };
    match (overlay, action) {
        (_, Some(Action::QuitNow)) => quit(model),
        (_, Some(action @ (Action::Suspend | Action::RestoreLines))) => run_action(model, action),
        (Overlay::Help(scroll), Some(Action::Down)) => {
            *scroll = scroll.saturating_add(1);
            Vec::new()
        }
        (Overlay::Help(scroll), Some(Action::Up)) => {
            *scroll = scroll.saturating_sub(1);
            Vec::new()
        }
        (Overlay::ConfirmDiscard, Some(Action::Confirm)) => {
            model.kept_drafts.clear();
            model.overlay = None;
            model.notify("Discarded.");
            vec![Effect::DraftNow]
        }
        (Overlay::ConfirmUndo(asked), Some(Action::Confirm)) => {
            let asked = (**asked).clone();
            model.overlay = None;
            undo::run_request(model, asked)
        }
        (Overlay::FileName(name), Some(Action::Open)) => {
            let path = name.text().trim().to_owned();
            export_portfolio(model, path)
        }
        (Overlay::FileName(name), None) => {
            name.input(event);
            Vec::new()
        }
        (Overlay::ConfirmOverwrite { path, text }, Some(Action::Confirm)) => {
            let (path, text) = (std::mem::take(path), std::mem::take(text));
            model.overlay = None;
            let overwrite = Overwrite::Yes;
            vec![Effect::WriteFile {
                path,
                text,
                overwrite,
            }]
        }
        (Overlay::Palette(palette), Some(Action::Open)) => {
            let chosen = palette.chosen();
            model.overlay = None;
            chosen.map_or_else(Vec::new, |action| run_action(model, action))
        }
        (Overlay::Palette(palette), Some(Action::Up)) => {
            palette.cursor = palette.cursor.saturating_sub(1);
            Vec::new()
        }
        (Overlay::Palette(palette), Some(Action::Down)) => {
            let last = palette.matching().len().saturating_sub(1);
            palette.cursor = (palette.cursor + 1).min(last);
            Vec::new()
        }
        (Overlay::Palette(palette), None) => {
            palette.editor.input(event);
            palette.cursor = 0;
            Vec::new()
        }
        // A key that means something elsewhere must not lose what is typed there.
        (Overlay::FileName(_), Some(action)) if action != Action::Back => Vec::new(),
        _ => {
            model.overlay = None;
            Vec::new()
        }
    }
}
