//! What follows from a message.

use crossterm::event::{KeyEvent, KeyEventKind};

use super::form::Step;
use super::keys::{self, Action};
use super::model::{Model, Notice, Pending, Why};
use super::mouse::{click, wheel};
use super::overlay::{Overlay, Palette};
use super::route::{Outcome, Route, Then};
use super::screen::Screen;
use super::{Effect, Msg};
use crate::journal::{Body, Change, Entry, Id};

/// How many changes can be taken back.
const UNDO_DEPTH: usize = 100;

/// What follows from `msg`: the changed model, and things to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(event) if event.kind == KeyEventKind::Release => Vec::new(),
        Msg::Key(event) => key(model, event),
        Msg::Paste(words) => paste(model, &words),
        Msg::Click(target) => click(model, target),
        Msg::Wheel { up } => wheel(model, if up { Action::Up } else { Action::Down }),
        Msg::Resized(..) => Vec::new(),
        Msg::Clock(now) => {
            let other_day = now.today() != model.now.today();
            model.now = now;
            if other_day {
                model.refresh();
            }
            Vec::new()
        }
        Msg::Saved { saved, others } => saved_now(model, &saved, others),
        Msg::Failed(failure) => {
            let mut text = failure.message().to_owned();
            for hint in failure.hints() {
                text.push_str(" · ");
                text.push_str(hint);
            }
            if model.pending.take().is_some() {
                model.save_failed = true;
            }
            model.notice = Some(Notice { text, wrong: true });
            Vec::new()
        }
        Msg::Outside(entries) => {
            absorb(model, entries);
            Vec::new()
        }
    }
}

fn key(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    model.notice = None;
    if model.overlay.is_some() {
        return key_on_overlay(model, event);
    }
    match keys::resolve(&model.contexts(), model.is_typing(), event) {
        Some(action) if model.offers(action) => act(model, action),
        Some(_) => Vec::new(),
        None => on_form(model, |form| form.key(event)),
    }
}

fn paste(model: &mut Model, words: &str) -> Vec<Effect> {
    match &mut model.overlay {
        Some(Overlay::Palette(palette)) => {
            palette.editor.paste(words);
            palette.cursor = 0;
            Vec::new()
        }
        Some(_) => Vec::new(),
        None => on_form(model, |form| form.paste(words)),
    }
}

pub(super) fn on_form(
    model: &mut Model,
    take: impl FnOnce(&mut super::form::Form) -> Step,
) -> Vec<Effect> {
    let outcome = {
        let (screens, scene) = model.parts();
        let Some(screen) = screens.last_mut() else {
            return Vec::new();
        };
        let step = screen.form_mut().map_or(Step::Quiet, take);
        screen.stepped(step, scene)
    };
    follow(model, outcome)
}

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Help => model.overlay = Some(Overlay::Help(0)),
        Action::Palette => {
            let named = |binding| (model.label(binding), binding);
            let all = model.bindings().into_iter().map(named).collect();
            model.overlay = Some(Overlay::Palette(Box::new(Palette::new(all))));
        }
        Action::ThrowAway => model.overlay = Some(Overlay::ThrowAway),
        Action::Repaint => return vec![Effect::Repaint],
        Action::Suspend => return vec![Effect::DraftNow, Effect::Suspend],
        Action::QuitNow => return quit(model),
        Action::Undo => return turn_back(model, Why::Undo),
        Action::Redo => return turn_back(model, Why::Redo),
        Action::Walk => {
            let route = model.walk_route();
            model.begin(&route);
            return vec![Effect::DraftNow, Effect::Place];
        }
        Action::PickUp => pick_up(model),
        Action::Commit => model.open(&Route::Commit { after: None }),
        Action::Problems => model.open(&Route::Months),
        Action::Summary => model.open(&Route::Summary(model.now.week())),
        Action::Lists => model.open(&Route::Lists),
        Action::Commitments => model.open(&Route::Commitments),
        Action::About => model.open(&Route::About),
        Action::Ground => {
            if let Some(route) = model.ground_route() {
                model.open(&route);
            }
        }
        Action::Practice(number) if model.screen().form().is_none() => {
            let practice = model.catalog.walk().nth(number.saturating_sub(1));
            if let Some(practice) = practice {
                let route = Route::Page {
                    practice: practice.id.clone(),
                    week: model.now.week(),
                    page: 1,
                };
                model.open(&route);
            }
        }
        other => {
            let outcome = {
                let (screens, scene) = model.parts();
                match screens.last_mut() {
                    Some(screen) => screen.act(other, scene),
                    None => Outcome::stay(),
                }
            };
            return follow(model, outcome);
        }
    }
    Vec::new()
}

/// Does what a screen asks for: writes first, and goes on only once that is done.
fn follow(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    if let Some(notice) = outcome.notice {
        model.tell(notice);
    }
    if !outcome.changes.is_empty() {
        model.pending = Some(Pending::change(outcome.then));
        return vec![Effect::Save(outcome.changes)];
    }
    let mut effects = Vec::new();
    if outcome.typed {
        effects.push(Effect::DraftSoon);
    }
    if outcome.moved {
        effects.push(Effect::DraftNow);
    }
    effects.extend(go(model, outcome.then, &[]));
    effects
}

fn go(model: &mut Model, then: Then, saved: &[Entry]) -> Vec<Effect> {
    match then {
        Then::Stay => return Vec::new(),
        Then::Open(route) => model.open(&route),
        Then::Replace(route) => {
            model.close();
            match route {
                Route::Summary(_) => model.place = None,
                Route::Home if model.onward => {
                    model.onward = false;
                    if let Some(first) = model.first_page() {
                        model.open(&first);
                    }
                }
                _ => {}
            }
            if !matches!(route, Route::Home) {
                model.open(&route);
            }
        }
        Then::OpenSaved => {
            let item = saved.iter().rev().find_map(|entry| match &entry.body {
                Body::Item(item) => Some((item.register.clone(), entry.id.clone())),
                _ => None,
            });
            if let Some((register, id)) = item {
                model.open(&Route::Item {
                    register,
                    id: Some(id),
                });
            }
        }
        Then::Back => model.close(),
        Then::Quit => return vec![Effect::DraftNow, Effect::Place, Effect::Quit],
    }
    vec![Effect::DraftNow, Effect::Place]
}

fn saved_now(model: &mut Model, saved: &[Entry], others: Vec<Entry>) -> Vec<Effect> {
    for entry in others {
        model.journal.absorb(entry);
    }
    let Pending { then, why } = model.pending.take().unwrap_or_default();
    remember(model, saved, why);
    for entry in saved {
        model.journal.absorb(entry.clone());
    }
    model.save_failed = false;
    if why == Why::Change
        && let Some(form) = model.screens.last_mut().and_then(Screen::form_mut)
    {
        form.settle();
    }
    model.refresh();
    let mut effects = go(model, then, saved);
    if effects.is_empty() {
        effects.push(Effect::DraftNow);
    }
    effects
}

/// Notes what `saved` replaces, before it does.
fn remember(model: &mut Model, saved: &[Entry], why: Why) {
    let replaced: Vec<(Id, Body)> = saved
        .iter()
        .map(|entry| {
            let before = model.journal.current(&entry.id);
            let body = before.map_or(Body::Deleted, |entry| entry.body.clone());
            (entry.id.clone(), body)
        })
        .collect();
    let stack = match why {
        Why::Undo => &mut model.redo,
        Why::Change | Why::Redo => &mut model.undo,
    };
    stack.push(replaced);
    if stack.len() > UNDO_DEPTH {
        stack.remove(0);
    }
    if why == Why::Change {
        model.redo.clear();
    }
}

fn absorb(model: &mut Model, entries: Vec<Entry>) {
    for entry in entries {
        model.journal.absorb(entry);
    }
    model.refresh();
}

/// Leaves from wherever: everything that makes sense is saved, everything else kept as a draft.
fn quit(model: &mut Model) -> Vec<Effect> {
    let leave = vec![Effect::DraftNow, Effect::Place, Effect::Quit];
    if model.save_failed {
        return leave;
    }
    let changes = {
        let (screens, scene) = model.parts();
        match screens.last_mut() {
            Some(screen @ (Screen::Page(_) | Screen::Item(_))) => screen.save(scene),
            _ => None,
        }
    };
    match changes {
        Some(changes) if !changes.is_empty() => {
            model.pending = Some(Pending::change(Then::Quit));
            vec![Effect::Save(changes)]
        }
        _ => leave,
    }
}

/// Takes back the last change, or puts back the last one taken back: both write one more version.
fn turn_back(model: &mut Model, why: Why) -> Vec<Effect> {
    let (stack, said) = match why {
        Why::Redo => (&mut model.redo, "Put back."),
        Why::Undo | Why::Change => (&mut model.undo, "Taken back."),
    };
    let Some(replaced) = stack.pop() else {
        return Vec::new();
    };
    model.tell(said);
    model.pending = Some(Pending {
        then: Then::Stay,
        why,
    });
    let changes = replaced
        .into_iter()
        .map(|(id, body)| Change { id: Some(id), body });
    vec![Effect::Save(changes.collect())]
}

fn pick_up(model: &mut Model) {
    let named = model
        .place
        .as_ref()
        .map(|place| place.screen.clone())
        .filter(|screen| model.kept.keys().any(|(at, _)| at == screen));
    let first = model.kept.keys().next().map(|(screen, _)| screen.clone());
    let Some(route) = named.or(first).and_then(|name| Route::named(&name)) else {
        return;
    };
    model.open(&route);
}

fn key_on_overlay(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let action = keys::resolve(&model.contexts(), model.is_typing(), event);
    let Some(overlay) = &mut model.overlay else {
        return Vec::new();
    };
    match (overlay, action) {
        (_, Some(Action::QuitNow)) => quit(model),
        (_, Some(Action::Suspend)) => act(model, Action::Suspend),
        (Overlay::Help(scroll), Some(Action::Down)) => {
            *scroll = scroll.saturating_add(1);
            Vec::new()
        }
        (Overlay::Help(scroll), Some(Action::Up)) => {
            *scroll = scroll.saturating_sub(1);
            Vec::new()
        }
        (Overlay::ThrowAway, Some(Action::Confirm)) => {
            model.kept.clear();
            model.overlay = None;
            model.tell("Gone.");
            vec![Effect::DraftNow]
        }
        (Overlay::Palette(palette), Some(Action::Open)) => {
            let chosen = palette.chosen();
            model.overlay = None;
            chosen.map_or_else(Vec::new, |action| act(model, action))
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
        _ => {
            model.overlay = None;
            Vec::new()
        }
    }
}
