//! `leadby add LIST TITLE`: adds an item to a list, or a note to the inbox.

use super::context::CommandContext;
use super::entry_text::EntryText;
use super::failures::{unknown_name, usage};
use super::field_values::{self, Assignment};
use super::{acts, editor, note, write_stderr};
use crate::failure::Failure;
use crate::journal::rules::{Act, ActResult, NewItem, new_item};
use crate::journal::{Body, Id, Item};
use crate::practice::{Catalog, Register};
use crate::report::{Selection, find_register, same_name};
use crate::store::LineFilter;
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby add problem \"Nobody knows who may restart the build\"
  leadby add problem \"Laptops take four days\" --set measure=\"4 days → 1 hour\"
  leadby add decision \"We ship on Tuesdays\" --set why=-   < why.txt
  leadby add ask Ana about the release page      a note, as with `leadby note`

A stage takes the day it was reached; choices are separated by commas; a dated
list gets one more line.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The list: problem, skill, follow-up, decision, …, or four letters or more of its beginning,
    /// like hero; any other word begins a note for the inbox
    #[arg(value_name = "LIST")]
    register: String,
    /// The title; - reads it from standard input. Without one, your editor opens with all the fields
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    /// A field or stage with its value
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field_values::parse_assignment)]
    assignments: Vec<Assignment>,
}

impl Arguments {
    pub(super) fn run(mut self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let catalog = context.catalog.clone();
        self.join_name(&catalog);
        let register = find_register(&self.register, &catalog)
            .or_else(|| begun_register(&self.register, &catalog));
        // Only a list takes its title from standard input, or other fields.
        let is_note = self.assignments.is_empty() && self.title != ["-"];
        if register.is_none() && is_note && !is_other_command(&self.register) {
            return self.add_note(context);
        }
        // Piped text is read before anything can fail, so that it can be kept.
        let title = Some(self.title.join(" "))
            .filter(|_| !self.title.is_empty())
            .map(|title| context.text_or_input(title))
            .transpose()?;
        let mut assignments = field_values::read_input_values(self.assignments, context)?;
        let register = register.ok_or_else(|| unknown_list(&self.register, &catalog))?;
        let mut item = new_item(register, context.now.today());
        let asks = title.is_none();
        if let Some(title) = title {
            let title = Assignment {
                field: "title".to_owned(),
                value: CommandContext::require_text(title, "the title")?,
            };
            assignments.insert(0, title);
        }
        field_values::set_fields(&mut item, register, assignments, context)?;
        if !asks {
            return save_item(context, &item, register);
        }
        let sheet = EntryText::from_body(&Body::Item(item.clone()), &catalog);
        let instead = format!("run `leadby add {} TITLE`", self.register);
        let written = editor::edit(context, "new.txt", &sheet.render(), &instead)?;
        let done = sheet.parse_changes(&written.text).and_then(|changed| {
            if changed.is_empty() {
                return Ok(false);
            }
            field_values::set_fields(&mut item, register, changed, context)?;
            let title = item.title().to_owned();
            CommandContext::require_text(title, "the title").map(|_| true)
        });
        match done.map_err(anyhow::Error::from) {
            Ok(true) => save_item(context, &item, register)
                .map_err(|error| editor::keep_on_failure(written, error)),
            Ok(false) => Err(usage("nothing was written, so nothing was added").into()),
            Err(error) => Err(editor::keep_on_failure(written, error)),
        }
    }

    /// Makes one name of "hero" and "moment", the first words of a call without quotes.
    fn join_name(&mut self, catalog: &Catalog) {
        let Some(second) = self.title.first() else {
            return;
        };
        let name = format!("{} {second}", self.register);
        let is_word = second.chars().any(char::is_alphanumeric);
        let joined = find_register(&name, catalog).map(|it| &it.id);
        // "system S" is a system called S, though spaces make no difference to a name.
        let alone = find_register(&self.register, catalog).map(|it| &it.id);
        if is_word && joined.is_some() && joined != alone {
            self.register = name;
            self.title.remove(0);
        }
    }

    /// Adds a text that begins with no list's name to the inbox, and says so: the name may be
    /// mistyped.
    fn add_note(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let first = self.register.clone();
        let words = std::iter::once(self.register).chain(self.title);
        let text = words.collect::<Vec<String>>().join(" ");
        let is_piped = text == "-";
        let text = context.text_or_input(text)?;
        note::save_note(context, &text)?;
        if !is_piped {
            write_stderr(&format!(
                "leadby: saved as a note: no list is called “{}”; `{} undo` undoes it.\n  \
                 lists: {}\n",
                quoted(&first),
                context.invocation,
                list_names(&context.catalog).join(", ")
            ));
        }
        Ok(())
    }
}

/// The only list of whose name a word of some letters is the beginning; a shorter word begins a note.
fn begun_register<'a>(word: &str, catalog: &'a Catalog) -> Option<&'a Register> {
    let begun = Selection::from_beginning(word, catalog).ok();
    match begun.filter(|_| word.chars().count() >= 4)? {
        Selection::Register(register) => Some(register),
        _ => None,
    }
}

/// Whether a word is the name of something that another command adds.
fn is_other_command(name: &str) -> bool {
    same_name(name, "commitment") || same_name(name, "commitments")
}

/// Saves a new item, unless it is a preset of its list.
fn save_item(
    context: &mut CommandContext<'_>,
    item: &Item,
    register: &Register,
) -> anyhow::Result<()> {
    // The presets of the list may have been edited; nothing else matters to a new item.
    let presets = Id::preset(&register.id, "");
    let mut opened = context.open_filtered(LineFilter::IdPrefix(presets.as_str()))?;
    let before = new_item(register, context.now.today());
    let act = Act::Add(NewItem {
        register: register.id.clone(),
        values: acts::changed_values(&before, item),
    });
    let done = acts::perform(&act, context, &opened)?;
    let stage = match &done.result {
        ActResult::Added { stage, .. } => stage.clone(),
        _ => None,
    };
    let Some(change) = done.changes.into_iter().next() else {
        return acts::report_unchanged(context);
    };
    let (singular, title) = (&register.singular, quoted(item.title()));
    let said = match stage {
        Some(stage) => format!("Added {singular}: {title} · {stage}"),
        None => format!("Added {singular}: {title}"),
    };
    let entry = context.save(&mut opened, change)?;
    context.confirm_saved(&said, &entry)
}

fn unknown_list(name: &str, catalog: &Catalog) -> Failure {
    if same_name(name, "commitment") {
        return usage(format!("no list called “{}”", quoted(name)))
            .hint("`leadby commit TEXT` makes a commitment");
    }
    unknown_name("list", name, &list_names(catalog))
}

/// What the lists call one of their items.
fn list_names(catalog: &Catalog) -> Vec<&str> {
    let registers = catalog.registers();
    registers.map(|it| it.singular.as_str()).collect()
}
