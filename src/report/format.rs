//! The formats of a page that is made for a file.

use std::path::Path;

use crate::text::one_line;

/// The format of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PageFormat {
    Markdown,
    Html,
    Json,
}

impl PageFormat {
    /// The format that the end of a file's name stands for; `None` if it has none, or one that is
    /// only a number.
    ///
    /// # Errors
    /// A sentence, if it stands for a format that is not written.
    pub fn of_file(name: &str) -> Result<Option<Self>, String> {
        let extension = Path::new(name).extension().unwrap_or_default();
        let extension = extension.to_string_lossy().to_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "txt" => Ok(Some(Self::Markdown)),
            "html" | "htm" => Ok(Some(Self::Html)),
            "json" => Ok(Some(Self::Json)),
            other if other.contains(char::is_alphabetic) => Err(format!(
                "no page can be written as .{}; .html, .md and .json can",
                one_line(other)
            )),
            _ => Ok(None),
        }
    }
}
