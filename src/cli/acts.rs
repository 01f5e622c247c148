//! How commands perform acts: what the rules answer becomes changes to save, or a failure with
//! hints. Contains no rule.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::context::{CommandContext, OpenedJournal};
use super::{resolve, write_stderr};
use crate::calendar;
use crate::failure::{Failure, FailureKind};
use crate::journal::rules::{self, Act, ActResult, Performed, Refusal};
use crate::journal::{Entry, Id, Item, Privacy, Value};
use crate::report::{act_result, entry_text, refusal, short_id};
use crate::text::quoted;

/// What an act would change; saves nothing.
pub(super) fn perform(
    act: &Act,
    context: &CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<Performed, Failure> {
    let basis = context.basis(&opened.journal);
    rules::perform(act, basis).map_err(|why| refusal_failure(&why, context))
}

/// Performs an act, saves and confirms it; `title` names what it is about.
pub(super) fn perform_and_save(
    act: &Act,
    title: &str,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<()> {
    let done = perform(act, context, opened)?;
    if done.changes.is_empty() {
        return report_unchanged(context);
    }
    let saved = context.save_all(opened, &done.changes)?;
    let result = act_result(&done.result, context.basis(&opened.journal));
    let Some(entry) = saved.last() else {
        return report_unchanged(context);
    };
    let title = match done.result {
        ActResult::AlsoAdded(_) => &entry_text(entry, &context.catalog),
        _ => title,
    };
    context.confirm_saved(&format!("{result}: {}", quoted(title)), entry)
}

/// Performs an act on the entry that `id` names, saves and confirms it.
pub(super) fn perform_on_entry(
    id: &str,
    context: &mut CommandContext<'_>,
    act: impl FnOnce(Entry) -> Act,
) -> anyhow::Result<()> {
    let mut opened = context.open()?;
    let entry = resolve::entry_by_id(id, &opened.journal, context)?;
    let title = entry_text(&entry, &context.catalog);
    perform_and_save(&act(entry), &title, context, &mut opened)
}

/// Saves what an act did, and confirms it by what is `said`.
pub(super) fn save_done(
    done: &Performed,
    said: &str,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<()> {
    let past = done.past_due(context.now.today());
    let saved = context.save_all(opened, &done.changes)?;
    let Some(entry) = saved.first() else {
        return report_unchanged(context);
    };
    warn_past_due(past, &entry.id, context, opened);
    context.confirm_saved(said, entry)
}

/// Warns if the new due date is in the past.
pub(super) fn warn_past_due(
    past: Option<NaiveDate>,
    id: &Id,
    context: &CommandContext<'_>,
    opened: &OpenedJournal,
) {
    if let Some(due) = past {
        let day = calendar::short_date(due, context.now.today());
        let id = short_id(id, &opened.journal);
        write_stderr(&format!(
            "leadby: saved, but {day} is in the past.\n  \
                 `{} check-in {id} --moved fri` sets another day\n",
            context.invocation
        ));
    }
}

/// Says that there is nothing to change.
pub(super) fn report_unchanged(context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    Ok(context.print_line("Nothing changed: it is so already.")?)
}

/// "is private", or why that is not certain; `None` for what others may see.
pub(super) fn private_words(privacy: Privacy) -> Option<&'static str> {
    match privacy {
        Privacy::Open => None,
        Privacy::Private => Some("is private"),
        Privacy::Unknown => Some("may be private, as its practice or origin is missing here"),
    }
}

/// A refusal as a failure, with hints.
pub(super) fn refusal_failure(why: &Refusal, context: &CommandContext<'_>) -> Failure {
    let kind = match why {
        Refusal::NoSuchEntry | Refusal::NothingToUndo | Refusal::NothingToRedo => {
            FailureKind::NotFound
        }
        _ => FailureKind::Usage,
    };
    let failure = Failure::new(kind, refusal(why, context.now.today()));
    match why {
        Refusal::HasEnded { .. } => failure.hint("`leadby commit TEXT` makes a new one"),
        Refusal::AlreadyListed { id, .. } => {
            // The journal opened to add an item may be only a part of it.
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
        Refusal::NoFirstDay(_) => failure.hint("`leadby off DAYS` marks days as off"),
        Refusal::AlreadyTurned(into) => failure.hint(format!("`leadby show {into}` shows it")),
        _ => failure,
    }
}

/// The fields that changed between two versions of an item; an emptied one has an empty value.
pub(super) fn changed_values(before: &Item, now: &Item) -> BTreeMap<String, Value> {
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
