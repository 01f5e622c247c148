//! Reads a practice as the build prepares it: its file, as JSON.
//!
//! People write the files as TOML; reading them all took a status bar command more time than the
//! journal did. `src/build.rs` writes what is read here, and a test checks that the two agree.

use super::raw::RawPrepared;
use super::{PracticeLists, assemble, build_chart, build_step, register};
use crate::practice::Practice;
use crate::user_file::Mistake;

/// The prepared practice, or the mistakes in it.
pub(in crate::practice) fn parse_prepared(text: &str) -> Result<Practice, String> {
    let raw: RawPrepared = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let lists = PracticeLists {
        steps: build_all(raw.steps, build_step)?,
        registers: build_all(raw.registers, |raw| {
            register::build_register(raw, |field| (0, field))
        })?,
        charts: build_all(raw.pictures, build_chart)?,
    };
    assemble(raw.practice, lists, 0).map_err(|mistakes| {
        mistakes
            .into_iter()
            .map(|mistake| mistake.reason)
            .collect::<Vec<_>>()
            .join("; ")
    })
}

/// The elements of a list, all at position 0: mistakes have no line here.
fn build_all<Raw, Element>(
    list: Vec<Raw>,
    element: fn(Raw) -> Result<Element, Mistake>,
) -> Result<Vec<(usize, Element)>, String> {
    list.into_iter()
        .map(|raw| element(raw).map(|element| (0, element)))
        .collect::<Result<_, Mistake>>()
        .map_err(|mistake| mistake.reason)
}
