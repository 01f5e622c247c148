//! Reads a practice as the build prepares it: its file, as JSON.
//!
//! People write the files as TOML; reading them all took a status bar command more time than the
//! journal did. `src/build.rs` writes what is read here, and a test checks that the two agree.

use std::mem::take;

use super::register::check_register;
use super::{PracticeLists, assemble, check_id};
use crate::practice::Practice;

/// The prepared practice, or the mistakes in it; they have no line here.
pub(in crate::practice) fn parse_prepared(text: &str) -> Result<Practice, String> {
    let mut practice: Practice = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for register in &practice.registers {
        check_id(&register.id)?;
        check_register(register)?;
    }
    let lists = PracticeLists {
        steps: at_start(take(&mut practice.steps)),
        registers: at_start(take(&mut practice.registers)),
        charts: at_start(take(&mut practice.charts)),
    };
    assemble(practice, lists, 0).map_err(|mistakes| {
        let reasons = mistakes.into_iter().map(|mistake| mistake.reason);
        reasons.collect::<Vec<_>>().join("; ")
    })
}

fn at_start<Element>(list: Vec<Element>) -> Vec<(usize, Element)> {
    list.into_iter().map(|element| (0, element)).collect()
}
