//! The names of the lines that the last import added, so that one undo removes them all.
//!
//! A file beside the journal, replaced as a whole; without it, each change is undone separately.

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::{Disk, RealDisk};
use super::io_error::io_failure;
use super::replace::{replace, with_suffix};
use super::wire::json;
use crate::failure::Failure;
use crate::journal::VersionName;

#[derive(Deserialize, Serialize)]
struct ImportNote {
    v: u64,
    names: Vec<String>,
}

/// Notes the versions that an import added to the journal.
///
/// # Errors
/// When they cannot be written; then the note of the previous import is still there.
pub fn note_import(journal: &Path, names: &[VersionName]) -> Result<(), Failure> {
    let path = with_suffix(journal, ".imported");
    let shape = ImportNote {
        v: 1,
        names: names.iter().map(VersionName::to_string).collect(),
    };
    replace(&RealDisk, &path, &json(&shape))
        .map(drop)
        .map_err(|error| io_failure("the note of the last import", &path, "written", error))
}

/// The versions that the last import added; empty if unknown.
#[must_use]
pub fn last_import(journal: &Path) -> HashSet<VersionName> {
    let path = with_suffix(journal, ".imported");
    let read = || {
        let file = RealDisk.open_to_read(&path).ok()??;
        let bytes = RealDisk.read_from(&file, 0).ok()?;
        serde_json::from_slice::<ImportNote>(&bytes).ok()
    };
    let shape = read().filter(|shape| shape.v == 1);
    let names = shape.map_or_else(Vec::new, |shape| shape.names);
    names.iter().map(|name| VersionName::new(name)).collect()
}
