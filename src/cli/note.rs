//! `leadby note TEXT`: catches a thought in the inbox, to be placed later.

use super::context::CommandContext;
use super::{acts, editor};
use crate::journal::Id;
use crate::journal::rules::{Act, new_note};
use crate::store::LineFilter;
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby note ask Ana about the release page
  leadby note \"What if the build told who broke it?\"
  git log -1 --format=%s | leadby note -

The next walk asks where each note belongs; `leadby place` does it from here.
`leadby list inbox` shows those that wait.

A file inbox.txt beside the journal does the same: leadby takes in every line
of it, once, and never changes the file. A phone can write there through any
sync tool, and so can a script:

  echo \"ask Ana about the release page\" >> ~/.local/share/leadby/inbox.txt";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The note, with or without quotes; - reads it from standard input. Without it, your editor
    /// opens
    text: Vec<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if self.text.is_empty() {
            let written = editor::require_text(context, "note", "run `leadby note TEXT`")?;
            let done = save_note(context, &written.text);
            return done.map_err(|error| editor::keep_on_failure(written, error));
        }
        let text = context.text_or_input(self.text.join(" "))?;
        save_note(context, &text)
    }
}

/// Saves a note and confirms it.
pub(super) fn save_note(context: &mut CommandContext<'_>, text: &str) -> anyhow::Result<()> {
    let new =
        new_note(text, &context.catalog).map_err(|why| acts::refusal_failure(&why, context))?;
    // Only the ids of the same moment matter to a new note.
    let presets = Id::preset(&new.register, "");
    let mut opened = context.open_filtered(LineFilter::IdPrefix(presets.as_str()))?;
    let done = acts::perform(&Act::Add(new), context, &opened)?;
    let first = text.trim().lines().next().unwrap_or_default();
    let said = format!("In the inbox: {}", quoted(first));
    acts::save_done(&done, &said, context, &mut opened)
}
