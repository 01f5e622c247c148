//! The files beside the journal that still have something of a forgotten entry, as lines.

use std::collections::BTreeSet;
use std::path::Path;

use super::context::CommandContext;
use crate::journal::Id;
use crate::store::{self, Remnant, RemnantReason};
use crate::text::{counted_noun, display_path, shell_quote};

/// Those that still have something of entries that another machine forgot, and how to remove it; the
/// lines of each are in their order.
pub(super) fn after_forgetting(
    context: &CommandContext<'_>,
    ids: &BTreeSet<Id>,
) -> Vec<Vec<String>> {
    let opened = ids.first().and_then(|_| context.open().ok());
    let describe = |id: &Id| {
        let files = store::remnants(&context.path, id);
        // To forget it again would delete what was written since.
        match &opened {
            Some(opened) if opened.journal.current(id).is_some() => {
                describe_files(&files.iter().collect::<Vec<_>>())
            }
            _ => describe(context, id, &files),
        }
    };
    ids.iter().map(describe).collect()
}

/// One line per file, one for all snapshots, and one that says how to remove it, after those files
/// that it removes it from.
pub(super) fn describe(context: &CommandContext<'_>, id: &Id, files: &[Remnant]) -> Vec<String> {
    let is_removed = |it: &&Remnant| it.reason == RemnantReason::NotAsked;
    let (removed, others): (Vec<&Remnant>, Vec<&Remnant>) = files.iter().partition(is_removed);
    let mut lines = describe_files(&removed);
    if !removed.is_empty() {
        let (call, id) = (&context.invocation, shell_quote(id.as_str()));
        lines.push(format!(
            "`{call} forget {id} --backups` removes it from these too."
        ));
    }
    lines.extend(describe_files(&others));
    lines
}

fn describe_files(files: &[&Remnant]) -> Vec<String> {
    let is_snapshot = |it: &&Remnant| {
        let folder = it.path.parent().and_then(Path::extension);
        it.reason == RemnantReason::NotAsked && folder.is_some_and(|it| it == "backups")
    };
    let mut lines = Vec::new();
    let snapshots = files.iter().filter(|it| is_snapshot(it)).count();
    if snapshots > 0 {
        lines.push(format!("Still in {}.", counted_noun(snapshots, "snapshot")));
    }
    for Remnant { path, reason: why } in files.iter().filter(|it| !is_snapshot(it)) {
        let path = display_path(path);
        lines.push(match why {
            RemnantReason::NotAsked => format!("Still in {path}."),
            RemnantReason::MayHaveOtherText => format!(
                "Still in {path}, which may have text that is nowhere else: check it, then remove it."
            ),
            RemnantReason::Inaccessible(why) => format!("Perhaps still in {path}: {why}."),
        });
    }
    lines
}
