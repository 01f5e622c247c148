//! `leadby practices`: the practices in use, and help with your own.

use std::path::PathBuf;

use super::context::CommandContext;
use super::environment;
use super::failures::usage;
use super::file_mistakes::{print_checked, require_file};
use super::listing::aligned_lines;
use crate::failure::Failure;
use crate::practice::{self, Cadence, ListedPractice, Origin};
use crate::store::{self, Overwrite};
use crate::text::{counted_noun, display_path, fit, quoted};
use crate::user_file::UserFile;

const EXAMPLES: &str = "\
Examples:
  leadby practices                         the practices and their files
  leadby practices check                   the mistakes in your files
  leadby practices starter > thanks.toml   a small practice to make your own
  leadby practices starter audit --write   a file that changes the audit

Your own practices are files in a folder: ~/.config/leadby/practices on Linux,
unless LEADBY_PRACTICES sets another. A file with a new id adds a practice; one
with the id of a built-in practice changes its texts, moves it, adds to it or
hides it. A file with a mistake in it is not used until it is fixed, and the
practice it changes is private until then; check exits with 1 on a mistake.";

const ANOTHER_FOLDER: &str = "LEADBY_PRACTICES sets another folder";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<PracticesCommand>,
}

#[derive(Debug, clap::Subcommand)]
enum PracticesCommand {
    /// List the mistakes in your practice files
    Check {
        /// One file to check instead of your folder
        #[arg(value_name = "FILE", value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Write a commented file to start with
    Starter {
        /// A built-in practice to change, or the id of a new one
        #[arg(value_name = "ID")]
        id: Option<String>,
        /// Save it in your folder instead of printing it
        #[arg(long)]
        write: bool,
        /// Overwrite an existing file
        #[arg(long, requires = "write")]
        force: bool,
    },
    /// Show where your practice files are
    Where,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        match self.command {
            None => list_practices(context),
            Some(PracticesCommand::Check { file }) => check_files(context, file),
            Some(PracticesCommand::Starter { id, write, force }) => {
                let text = checked_starter(id.as_deref())?;
                if write {
                    save_starter(context, &text, force)
                } else {
                    Ok(context.output.write_text(&text.text)?)
                }
            }
            Some(PracticesCommand::Where) => show_folder(context),
        }
    }
}

fn list_practices(context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    context.practices.mistakes.warn();
    let rows: Vec<[String; 4]> = context.practices.listed.iter().map(list_row).collect();
    Ok(context.print_lines(aligned_lines(&rows))?)
}

fn list_row(place: &ListedPractice) -> [String; 4] {
    let stands = match place.cadence {
        _ if place.hidden => "hidden".to_owned(),
        Cadence::Weekly => place.order.to_string(),
        Cadence::Monthly => "monthly".to_owned(),
        Cadence::Standing => "standing".to_owned(),
    };
    let origin = match &place.origin {
        Origin::BuiltIn => "built in".to_owned(),
        Origin::Changed(path) if place.hidden => format!("hidden by {}", file_name(path)),
        Origin::Changed(path) => format!("changed by {}", file_name(path)),
        Origin::User(path) => format!("yours, in {}", file_name(path)),
    };
    [
        fit(&stands, 8),
        place.id.clone(),
        place.name.clone(),
        origin,
    ]
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn check_files(context: &mut CommandContext<'_>, file: Option<PathBuf>) -> anyhow::Result<()> {
    let practices = &context.practices;
    file.as_deref().map_or(Ok(()), require_file)?;
    let (mistakes, good) = match file {
        Some(path) => {
            let mistakes = match store::read_user_file(&path) {
                Ok(file) => practice::merge_files(&[file], Vec::new()).mistakes,
                Err(unread) => vec![unread],
            };
            (mistakes, format!("{}: no mistakes", display_path(&path)))
        }
        None => {
            let files = counted_noun(practices.files, "practice file");
            (
                practices.mistakes.found.clone(),
                format!("{files}, no mistakes"),
            )
        }
    };
    context.exit_code = print_checked(&[(mistakes, good)], context.output)?;
    Ok(())
}

/// The file to start with, checked to be usable.
fn checked_starter(id: Option<&str>) -> Result<practice::Starter, Failure> {
    let starter = practice::starter(id);
    let file = UserFile {
        path: String::new(),
        text: starter.text.clone(),
    };
    let checked = practice::merge_files(&[file], Vec::new());
    match checked.mistakes.first() {
        None => Ok(starter),
        Some(mistake) => {
            let message = format!(
                "no practice can be called that: {}",
                quoted(&mistake.reason)
            );
            Err(usage(message))
        }
    }
}

fn save_starter(
    context: &mut CommandContext<'_>,
    starter: &practice::Starter,
    force: bool,
) -> anyhow::Result<()> {
    let folder = &context.practices.folder;
    let folder = folder.to_write("practices", ANOTHER_FOLDER)?;
    let path = folder.join(format!("{}.toml", starter.id));
    let overwrite = Overwrite::allowed(force);
    Ok(context.write_user_file(&path, &starter.text, overwrite, ANOTHER_FOLDER)?)
}

fn show_folder(context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    let practices = &context.practices;
    let folder = match &practices.folder.path {
        Some(folder) => display_path(folder),
        None => "nowhere: no home folder, and LEADBY_PRACTICES is not set".to_owned(),
    };
    let there = if practices.exists {
        counted_noun(practices.files, "file")
    } else {
        "not there yet; leadby practices starter --write creates it".to_owned()
    };
    let lines = [
        format!("practices  {folder}"),
        format!("           {there}"),
    ];
    Ok(context.print_lines(lines)?)
}
