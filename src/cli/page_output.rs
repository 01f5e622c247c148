//! The options that say in which format a page is written, and where: the same on every command
//! that makes one.

use std::path::PathBuf;

use super::context::CommandContext;
use super::environment;
use super::failures::usage;
use crate::failure::Failure;
use crate::report::PageFormat;
use crate::store::{self, Overwrite};
use crate::text::display_path;

const FORMATS: [(&str, PageFormat); 3] = [
    ("md", PageFormat::Markdown),
    ("html", PageFormat::Html),
    ("json", PageFormat::Json),
];

// The format and the file of a page.
#[derive(Debug, clap::Args)]
pub(super) struct PageOutput {
    /// The format; without it, by the extension of the file, or md
    #[arg(long, ignore_case = true, value_parser = environment::by_name(FORMATS))]
    format: Option<PageFormat>,
    /// The file to write, instead of standard output (-)
    #[arg(short, long, value_name = "FILE", value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long, requires = "output")]
    force: bool,
}

impl PageOutput {
    /// Whether a page is asked for.
    pub(super) fn is_asked_for(&self) -> bool {
        self.format.is_some() || self.output.is_some()
    }

    /// The format that is asked for, or that the file's name stands for.
    pub(super) fn format(&self) -> Result<PageFormat, Failure> {
        let found = match (self.format, self.file()) {
            (Some(format), _) => Some(format),
            (None, Some(path)) => {
                PageFormat::of_file(&path.to_string_lossy()).map_err(|error| {
                    usage(error).hint("`--format` sets the format, whatever the name")
                })?
            }
            (None, None) => None,
        };
        Ok(found.unwrap_or(PageFormat::Markdown))
    }

    /// The file that the page is written to; `None` for standard output.
    fn file(&self) -> Option<&PathBuf> {
        let file = self.output.as_ref();
        file.filter(|path| !environment::is_standard_output(path))
    }

    /// Whether the page is written to a file.
    pub(super) fn is_to_file(&self) -> bool {
        self.file().is_some()
    }

    /// Writes the page to its file and says where it is, with the page's `name` before it; without a
    /// file, to standard output.
    pub(super) fn write(
        &self,
        name: &str,
        page: &str,
        context: &mut CommandContext<'_>,
    ) -> anyhow::Result<()> {
        let Some(path) = self.file() else {
            context.output.for_export().write_text(page)?;
            return Ok(());
        };
        let overwrite = Overwrite::allowed(self.force);
        store::write_out(&context.path, path, page.as_bytes(), overwrite)?;
        context.print_line(format!("{name} is in {}.", display_path(path)))?;
        Ok(())
    }
}
