//! What a screen offers is what it does.

use crate::app::form::Form;
use crate::app::form::tests::{forms, model};
use crate::app::keys::{Action, KeyContext, TABLE};
use crate::app::model::Model;
use crate::app::route::{Outcome, Route};
use crate::calendar::{Length, Span};
use crate::insight;
use crate::journal::Body;

/// Every screen but the forms, each with something on it where the sample year has it.
fn screens(model: &Model) -> Vec<Route> {
    let (today, week) = (model.now.today(), model.now.week());
    let person = insight::people(&model.journal, &model.catalog)
        .into_iter()
        .next();
    let mut routes = vec![
        Route::Home,
        Route::Commitments,
        Route::Months,
        Route::Summary(week),
        Route::MonthWrapUp(model.now.month().previous()),
        Route::Settle(None),
        Route::Lists,
        Route::People,
        Route::Portfolio,
        Route::Person(person.expect("someone").name),
        Route::Search,
        Route::Timeline,
        Route::About,
    ];
    let spans = Length::ALL.iter().map(|length| Span::of(*length, today));
    routes.extend(spans.map(Route::Review));
    for practice in model.catalog.practices() {
        routes.push(Route::Trends(practice.id.clone()));
        routes.extend(practice.steps.iter().map(|step| Route::Compare {
            practice: practice.id.clone(),
            step: step.id.clone(),
        }));
        routes.extend(practice.registers.iter().map(|register| Route::List {
            register: register.id.clone(),
            month: None,
        }));
    }
    let entries: Vec<_> = model.journal.entries().collect();
    let answer = entries
        .iter()
        .find(|entry| matches!(entry.body, Body::Answer(_)));
    routes.extend(answer.map(|entry| Route::History(entry.id.clone())));
    let items = entries
        .iter()
        .filter(|entry| matches!(entry.body, Body::Item(_)));
    routes.extend(items.map(|entry| Route::Preview(entry.id.clone())));
    routes
}

/// Whether an action may do nothing: at the end of what it moves through.
fn moves(action: Action) -> bool {
    matches!(
        action,
        Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::First
            | Action::Last
            | Action::Earlier
            | Action::Later
            // What is at the top or the bottom already stays there.
            | Action::MoveUp
            | Action::MoveDown
    )
}

#[test]
fn a_screen_offers_only_what_it_does() {
    let mut model = model();
    let home = model.screens.clone();
    let mut tried = 0;
    for route in screens(&model).into_iter().chain(forms(&model)) {
        model.screens.clone_from(&home);
        model.open(&route);
        if model.state().route() != route {
            continue;
        }
        let opened = model.screens.clone();
        let before = format!("{:?}", model.screen());
        for action in TABLE.iter().map(|binding| binding.action) {
            let state = model.state();
            let is_of_form = state.form().is_some_and(|form| form.is_enabled(action));
            let is_asked_for = action == Action::Export && state.export_name().is_some();
            if moves(action) || is_of_form || is_asked_for || !state.is_enabled(action) {
                continue;
            }
            let (screen, scene) = model.screen_and_scene();
            let outcome = screen.act(action, scene);
            let is_done = outcome != Outcome::stay() || format!("{:?}", model.screen()) != before;
            assert!(is_done, "{action:?} on {route:?}");
            model.screens.clone_from(&opened);
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

/// Checks that each key that is shown for an action does it now.
fn check_shown_keys(model: &Model, route: &Route) {
    let typing = model.is_typing();
    for binding in model.bindings() {
        if let Some(key) = binding.key_to_show(typing) {
            let done = model.action_of(key);
            assert_eq!(done, Some(binding.action), "{} on {route:?}", key.name());
        }
    }
}

#[test]
fn each_key_that_is_shown_does_what_it_is_shown_for() {
    let mut model = model();
    let home = model.screens.clone();
    for route in screens(&model).into_iter().chain(forms(&model)) {
        model.screens.clone_from(&home);
        model.open(&route);
        check_shown_keys(&model, &route);
        for at in 0..model.state().form().map_or(0, |form| form.fields.len()) {
            let (screen, _) = model.screen_and_scene();
            screen.form_mut().expect("a form").focus = at;
            check_shown_keys(&model, &route);
        }
    }
}

#[test]
fn contexts_that_are_valid_together_are_checked_together() {
    let mut model = model();
    let home = model.screens.clone();
    let stacks: Vec<_> = KeyContext::stacks().collect();
    let check = |contexts: &[KeyContext], route: &Route| {
        let is_checked = |stack: &Vec<KeyContext>| contexts.iter().all(|it| stack.contains(it));
        assert!(stacks.iter().any(is_checked), "{contexts:?} on {route:?}");
    };
    for route in screens(&model).into_iter().chain(forms(&model)) {
        model.screens.clone_from(&home);
        model.open(&route);
        check(&model.contexts(), &route);
        let fields = model.state().form().map_or(0, |form| form.fields.len());
        for at in 0..fields {
            let (screen, _) = model.screen_and_scene();
            if let Some(form) = screen.form_mut() {
                form.focus = at;
            }
            let mut contexts = model.contexts();
            contexts.push(KeyContext::Evidence);
            if model.state().form().and_then(Form::focused_text).is_some() {
                contexts.push(KeyContext::Text);
            }
            check(&contexts, &route);
        }
    }
}
