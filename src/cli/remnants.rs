//! The files beside the journal that still have something of a forgotten entry, as lines.

use std::path::Path;

use super::context::CommandContext;
use crate::journal::Id;
use crate::store::{self, Remnant, RemnantReason};
use crate::text::{counted_noun, display_path, shell_quote};

/// Those that still have something of an entry that another machine forgot, and how to remove it.
pub(super) fn after_forgetting(context: &CommandContext<'_>, id: &Id) -> Vec<String> {
    let files = store::remnants(&context.path, id);
    let opened = context.open();
    // To forget it again would delete what was written since.
    if opened.is_ok_and(|opened| opened.journal.current(id).is_some()) {
        return describe_files(&files);
    }
    describe(context, id, &files)
}

/// One line per file, one for all snapshots, and one that says how to remove it.
pub(super) fn describe(context: &CommandContext<'_>, id: &Id, files: &[Remnant]) -> Vec<String> {
    let mut lines = describe_files(files);
    if files.iter().any(|it| it.reason == RemnantReason::NotAsked) {
        let (call, id) = (&context.invocation, shell_quote(id.as_str()));
        lines.push(format!(
            "`{call} forget {id} --backups` removes it from these too."
        ));
    }
    lines
}

fn describe_files(files: &[Remnant]) -> Vec<String> {
    let is_snapshot = |it: &&Remnant| {
        let folder = it.path.parent().and_then(Path::extension);
        it.reason == RemnantReason::NotAsked && folder.is_some_and(|it| it == "backups")
    };
    let mut lines = Vec::new();
    let snapshots = files.iter().filter(is_snapshot).count();
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
