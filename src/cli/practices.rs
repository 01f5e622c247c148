//! `leadby practices`: the practices in use, and help with your own.

use std::path::PathBuf;
use std::process::ExitCode;

use super::context::Context;
use super::environment;
use super::whereabouts::shown;
use crate::failure::{Failure, Kind};
use crate::practice::{self, Cadence, Origin, Place};
use crate::store::{self, Overwrite};
use crate::words::{count, fit, one_line, quoted, width};

const EXAMPLES: &str = "\
Examples:
  leadby practices                                the practices, and where each comes from
  leadby practices check                          every mistake in your files
  leadby practices starter > thanks.toml          a small practice to make your own
  leadby practices starter audit --write          a file that changes the audit, ready to edit

Your own practices are files in a folder: ~/.config/leadby/practices on Linux, unless
LEADBY_PRACTICES sets another. A file with a new id adds a practice; one with the id of a built-in
practice changes its texts, moves it, adds to it or hides it. A file with a mistake in it is not
used until it is fixed; check exits with 1 when it finds one.";

/// List the practices; check or start your own files
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List every mistake in your practice files
    Check {
        /// One file to check instead of your folder
        #[arg(value_name = "FILE", value_parser = environment::path(), value_hint = clap::ValueHint::FilePath)]
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
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        match self.command {
            None => list_practices(context),
            Some(What::Check { file }) => check_files(context, file),
            Some(What::Starter { id, write, force }) => {
                let text = starter(id.as_deref())?;
                if write {
                    save_starter(context, &text, force)
                } else {
                    context.output.text(&text.text)?;
                    Ok(ExitCode::SUCCESS)
                }
            }
            Some(What::Where) => whereabouts(context),
        }
    }
}

fn list_practices(context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
    for line in context.practices.lines() {
        super::say(&line);
    }
    let rows: Vec<[String; 4]> = context.practices.listed.iter().map(row).collect();
    let wide = |column: usize| {
        let cells = rows.iter().map(|row| width(&row[column]));
        cells.max().unwrap_or_default()
    };
    let (ids, names) = (wide(1), wide(2));
    for [place, id, name, origin] in &rows {
        let line = format!(
            "{}  {}  {}  {origin}",
            fit(place, 8),
            fit(id, ids),
            fit(name, names)
        );
        context.output.line(&line)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn row(place: &Place) -> [String; 4] {
    let practice = &place.practice;
    let stands = match practice.cadence {
        _ if place.hidden => "hidden".to_owned(),
        Cadence::Weekly => practice.order.to_string(),
        Cadence::Monthly => "monthly".to_owned(),
        Cadence::Standing => "standing".to_owned(),
    };
    let origin = match &place.origin {
        Origin::BuiltIn => "built in".to_owned(),
        Origin::Changed(path) if place.hidden => format!("hidden by {}", file_name(path)),
        Origin::Changed(path) => format!("changed by {}", file_name(path)),
        Origin::Own(path) => format!("yours, in {}", file_name(path)),
    };
    [stands, practice.id.clone(), practice.name.clone(), origin]
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn check_files(context: &mut Context<'_>, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let practices = &context.practices;
    let (mistakes, good) = match file {
        Some(path) => {
            let mistakes = match store::read_practice(&path) {
                Ok(file) => practice::gather(&[file]).mistakes,
                Err(unread) => vec![unread],
            };
            (mistakes, format!("{}: no mistakes", shown(&path)))
        }
        None => {
            let files = count(practices.files, "practice file");
            (practices.mistakes.clone(), format!("{files}, no mistakes"))
        }
    };
    for mistake in &mistakes {
        context.output.line(&one_line(&mistake.to_string()))?;
    }
    if mistakes.is_empty() {
        context.output.line(&good)?;
    }
    Ok(ExitCode::from(u8::from(!mistakes.is_empty())))
}

/// The file to start with, checked to be usable.
fn starter(id: Option<&str>) -> Result<practice::Starter, Failure> {
    let starter = practice::starter(id);
    let file = practice::PracticeFile {
        path: String::new(),
        text: starter.text.clone(),
    };
    let checked = practice::gather(&[file]);
    match checked.mistakes.first() {
        None => Ok(starter),
        Some(mistake) => {
            let message = format!(
                "no practice can be called that: {}",
                quoted(&mistake.reason)
            );
            Err(Failure::new(Kind::Usage, message))
        }
    }
}

fn save_starter(
    context: &mut Context<'_>,
    starter: &practice::Starter,
    force: bool,
) -> anyhow::Result<ExitCode> {
    let Some(folder) = &context.practices.folder else {
        let message = "no home folder to keep practices in";
        return Err(Failure::new(Kind::Usage, message)
            .hint("LEADBY_PRACTICES sets another folder")
            .into());
    };
    let overwrite = if force {
        Overwrite::Yes
    } else {
        Overwrite::Never
    };
    let name = format!("{}.toml", starter.id);
    let path = store::write_practice(folder, &name, &starter.text, overwrite)?;
    context.output.line(&format!("Written: {}", shown(&path)))?;
    Ok(ExitCode::SUCCESS)
}

fn whereabouts(context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
    let practices = &context.practices;
    let folder = match &practices.folder {
        Some(folder) => shown(folder),
        None => "nowhere: no home folder, and LEADBY_PRACTICES is not set".to_owned(),
    };
    let there = if practices.exists {
        count(practices.files, "file")
    } else {
        "not there yet; leadby practices starter --write creates it".to_owned()
    };
    let lines = [
        format!("practices  {folder}"),
        format!("           {there}"),
    ];
    for line in &lines {
        context.output.line(line)?;
    }
    Ok(ExitCode::SUCCESS)
}
