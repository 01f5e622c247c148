//! An error as a person sees it: its kind, one sentence, and hints what to do.
//!
//! Knows nothing of files, terminals or the command line; those use it to say what happened.

use std::error::Error;
use std::fmt;

/// What went wrong, as coarse as the exit codes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FailureKind {
    /// Nothing matches what was asked for.
    NotFound,
    /// An argument is invalid.
    Usage,
    /// The journal, or a file beside it, cannot be read or written.
    Journal,
    /// The journal is in use by another program.
    Busy,
    /// Output could not be written.
    Output,
    /// Sync failed; the local journal is intact.
    Sync,
}

impl FailureKind {
    /// The exit code of the process: 1 not found, 2 usage, 3 journal, 4 busy, 5 output lost,
    /// 6 not synced.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::NotFound => 1,
            Self::Usage => 2,
            Self::Journal => 3,
            Self::Busy => 4,
            Self::Output => 5,
            Self::Sync => 6,
        }
    }
}

/// One sentence that names what it is about, and hints what to do.
#[derive(Debug)]
pub struct Failure {
    kind: FailureKind,
    message: String,
    hints: Vec<String>,
    brief: Option<Box<Brief>>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// A failure for one row of a screen, in the order in which its parts count.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Brief {
    /// What it means for the person: "not saved".
    pub lead: String,
    /// Why: "disk full".
    pub reason: String,
    /// What to do, if there is something: "make some room, then save again".
    pub hint: Option<String>,
    /// The file it is about.
    pub path: String,
}

impl Failure {
    /// `message` is one sentence, without a full stop.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hints: Vec::new(),
            brief: None,
            source: None,
        }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a version for one row of a screen.
    pub fn with_brief(mut self, brief: Brief) -> Self {
        self.brief = Some(Box::new(brief));
        self
    }

    /// [`Failure::with_brief`] in one call.
    pub fn in_a_row(self, lead: &str, reason: &str, hint: Option<&str>, path: &str) -> Self {
        self.with_brief(Brief {
            lead: lead.to_owned(),
            reason: reason.to_owned(),
            hint: hint.map(str::to_owned),
            path: path.to_owned(),
        })
    }

    /// Replaces the lead of the brief version, if there is one.
    pub fn with_lead(mut self, lead: &str) -> Self {
        if let Some(brief) = &mut self.brief {
            lead.clone_into(&mut brief.lead);
        }
        self
    }

    /// Appends `, and …` to the sentence.
    pub fn with_addition(mut self, more: &str) -> Self {
        self.message.push_str(", and ");
        self.message.push_str(more);
        self
    }

    /// Puts a hint before all others.
    pub fn with_first_hint(mut self, way: &str) -> Self {
        if let Some(brief) = &mut self.brief {
            brief.hint = Some(way.to_owned());
        }
        self.hints.insert(0, way.to_owned());
        self
    }

    /// Changes the text of every hint.
    pub fn map_hints(mut self, change: impl FnMut(String) -> String) -> Self {
        self.hints = self.hints.into_iter().map(change).collect();
        self
    }

    /// Keeps the cause, for developers.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    /// The version for one row of a screen; `None` if the sentence is short enough.
    pub fn brief(&self) -> Option<&Brief> {
        self.brief.as_deref()
    }

    /// What to do, most useful first.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}
