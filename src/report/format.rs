//! The formats of a page that is made for a file.

/// The format of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PageFormat {
    Markdown,
    Html,
    Json,
}

impl PageFormat {
    /// The format that the end of a file's name stands for; `None` if it stands for no format.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_lowercase().as_str() {
            "md" | "markdown" | "txt" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}
