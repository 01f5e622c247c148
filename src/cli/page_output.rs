//! The options that say in which format a page is written, and where: the same on every command
//! that makes one.

use std::path::{Path, PathBuf};

use super::context::CommandContext;
use super::environment;
use super::location::display_path;
use crate::store::{self, Overwrite};

/// The format and the file of a page.
#[derive(Debug, clap::Args)]
pub(super) struct PageOutput {
    /// The format; without it, by the extension of the file, or md
    #[arg(long, value_enum)]
    format: Option<PageFormat>,
    /// The file to write, instead of standard output
    #[arg(short, long, value_name = "FILE", value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum PageFormat {
    Md,
    Html,
    Json,
}

impl PageOutput {
    pub(super) fn format(&self) -> PageFormat {
        let ending = self
            .output
            .as_deref()
            .and_then(Path::extension)
            .map(|ending| ending.to_string_lossy().to_lowercase());
        self.format.unwrap_or(match ending.as_deref() {
            Some("html" | "htm") => PageFormat::Html,
            Some("json") => PageFormat::Json,
            _ => PageFormat::Md,
        })
    }

    /// Writes the page to its file and says where it is, as "The portfolio is in"; without a file,
    /// to standard output.
    pub(super) fn write(
        &self,
        name: &str,
        page: &str,
        context: &mut CommandContext<'_>,
    ) -> anyhow::Result<()> {
        let Some(path) = &self.output else {
            context.output.write_text(page)?;
            return Ok(());
        };
        let overwrite = if self.force {
            Overwrite::Yes
        } else {
            Overwrite::Never
        };
        store::write_out(path, page.as_bytes(), overwrite)?;
        let line = format!("{name} is in {}.", display_path(path));
        context.output.write_line(&line)?;
        Ok(())
    }
}
