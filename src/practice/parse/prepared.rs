//! A practice as the build prepares it: what its file says, as JSON.
//!
//! People write the files as TOML; to read them all as that took a command for a status bar more
//! time than the journal did. `src/build.rs` writes what is read here, and a test holds the two alike.

use super::raw::RawPrepared;
use super::{Lists, picture, register, step, whole};
use crate::practice::Practice;
use crate::practice::mistake::Mistake;

/// The practice that was prepared, or the first mistake in it.
pub(in crate::practice) fn prepared(text: &str) -> Result<Practice, String> {
    let raw: RawPrepared = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let lists = Lists {
        steps: each(raw.steps, step)?,
        registers: each(raw.registers, |raw| {
            register::register(raw, |field| (0, field))
        })?,
        pictures: each(raw.pictures, picture)?,
    };
    whole(raw.practice, lists, 0).map_err(|mistakes| {
        let reasons = mistakes.into_iter().map(|mistake| mistake.reason);
        reasons.collect::<Vec<_>>().join("; ")
    })
}

/// The elements of a list, at no place: there is no line that a mistake could be on.
fn each<Raw, Element>(
    list: Vec<Raw>,
    element: fn(Raw) -> Result<Element, Mistake>,
) -> Result<Vec<(usize, Element)>, String> {
    let element = |raw| element(raw).map(|element| (0, element));
    let elements: Result<_, Mistake> = list.into_iter().map(element).collect();
    elements.map_err(|mistake| mistake.reason)
}
