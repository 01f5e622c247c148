//! Acts as commands do them: what the rules answer, as changes to save or as a failure with its
//! hints. Holds no rule.

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::NaiveDate;

use super::context::{Context, Opened};
use super::{pick, say};
use crate::calendar;
use crate::failure::{Failure, Kind};
use crate::journal::rules::{self, Act, Basis, Done, Refusal};
use crate::journal::{Entry, Id, Item, Value};
use crate::report::{act_result, refusal, short_id, words};
use crate::words::quoted;

/// What follows from an act.
pub(super) fn perform(act: &Act, context: &Context<'_>, opened: &Opened) -> Result<Done, Failure> {
    let basis = Basis {
        journal: &opened.journal,
        catalog: &context.catalog,
        today: context.now.today(),
    };
    rules::perform(act, basis).map_err(|why| failure(&why, context))
}

/// Does an act, saves it and says so; `title` names what it is about.
pub(super) fn change(
    act: &Act,
    title: &str,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<ExitCode> {
    let done = perform(act, context, opened)?;
    if done.changes.is_empty() {
        return nothing(context);
    }
    let saved = context.save_all(opened, &done.changes)?;
    let result = act_result(&done.result, context.now.today());
    match saved.last() {
        Some(entry) => context.confirm(&format!("{result}: {}", quoted(title)), entry),
        None => nothing(context),
    }
}

/// Does an act on the entry that `id` names, saves it and says so.
pub(super) fn change_one(
    id: &str,
    context: &mut Context<'_>,
    act: impl FnOnce(Entry) -> Act,
) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let entry = pick::entry(id, &opened.journal, &context.catalog, context.now)?;
    let title = words(&entry, &context.catalog);
    change(&act(entry), &title, context, &mut opened)
}

/// Says that the day something is due from now on has passed, where it has.
pub(super) fn tell_past_due(
    past: Option<NaiveDate>,
    id: &Id,
    context: &Context<'_>,
    opened: &Opened,
) {
    if let Some(due) = past {
        let day = calendar::short(due, context.now.today());
        let id = short_id(id, &opened.journal);
        say(&format!(
            "leadby: {day} is in the past; it is saved all the same.\n  \
                 For another day: leadby check-in {id} --moved fri\n"
        ));
    }
}

/// Says that the journal says so already.
pub(super) fn nothing(context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
    let line = "It says so already; nothing was changed.";
    context.output.line(line)?;
    Ok(ExitCode::SUCCESS)
}

/// A refusal as a failure, with the ways out.
fn failure(why: &Refusal, context: &Context<'_>) -> Failure {
    let kind = match why {
        Refusal::NotThere | Refusal::NothingToUndo | Refusal::NothingToRedo => Kind::NotFound,
        _ => Kind::Usage,
    };
    let failure = Failure::new(kind, refusal(why, context.now.today()));
    match why {
        Refusal::HasEnded { .. } => failure.hint("`leadby commit TEXT` makes a new one"),
        Refusal::ListedAlready { id, .. } => {
            // What was opened to add an item may be a part of the journal.
            let opened = context.open();
            let id = opened.map_or_else(|_| id.to_string(), |opened| short_id(id, &opened.journal));
            failure.hint(format!("`leadby edit {id} --set FIELD=VALUE` changes it"))
        }
        Refusal::StageOutOfOrder { days, .. } => {
            let [earlier, later] = days.each_ref().map(|stage| &stage.id);
            failure.hint(format!(
                "`leadby edit ID --set {earlier}=DAY --set {later}=DAY` changes both"
            ))
        }
        Refusal::TurnedAlready(into) => failure.hint(format!("`leadby show {into}` shows it")),
        _ => failure,
    }
}

/// The fields in which an item differs from what it was; an empty value for one that is emptied.
pub(super) fn differing(before: &Item, now: &Item) -> BTreeMap<String, Value> {
    let names = before.values.keys().chain(now.values.keys());
    let changed = names.filter(|name| before.values.get(*name) != now.values.get(*name));
    let empty = || Value::Text(String::new());
    changed
        .map(|name| {
            let value = now.values.get(name).cloned();
            (name.clone(), value.unwrap_or_else(empty))
        })
        .collect()
}
