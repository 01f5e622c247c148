//! The practices that come with the program.
//!
//! Their texts are in `assets/practices/`, and `src/build.rs` prepares them for faster reading; a test
//! reads all of them both ways, so the program can rely on them.

use super::parse::parse_prepared;
use super::{Catalog, Practice};

/// One practice: its id, which is the name of its file, and its text, as written and as prepared.
struct File {
    id: &'static str,
    written: &'static str,
    prepared: &'static str,
}

macro_rules! files {
    ($($id:literal)*) => {
        [$(File {
            id: $id,
            written: include_str!(concat!("../../assets/practices/", $id, ".toml")),
            prepared: include_str!(concat!(env!("OUT_DIR"), "/", $id, ".json")),
        }),*]
    };
}

static FILES: [File; 15] = files!(
    "audit" "mastery" "problem" "next-level" "communication" "systems" "multiplier" "influence"
    "ground" "mirror" "month" "inbox" "away" "names" "talk"
);

impl File {
    fn practice(&self) -> Practice {
        let prepared = parse_prepared(self.prepared);
        prepared.expect("the built-in practices are read by a test")
    }
}

/// The catalog that comes with the program.
///
/// # Panics
/// If a built-in file does not parse, which the test below rules out.
pub fn builtin() -> Catalog {
    Catalog::new(builtin_practices())
}

/// The file of a built-in practice, as it comes with the program.
pub fn builtin_file(id: &str) -> Option<&'static str> {
    let file = FILES.iter().find(|file| file.id == id)?;
    Some(file.written)
}

/// The built-in practices in no order.
pub(super) fn builtin_practices() -> Vec<Practice> {
    FILES.iter().map(File::practice).collect()
}

pub(super) fn builtin_practice(id: &str) -> Option<Practice> {
    let file = FILES.iter().find(|file| file.id == id)?;
    Some(file.practice())
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn every_built_in_practice_is_read_as_it_is_written_and_named_like_its_file() {
        for file in &FILES {
            let practice = parse(file.id, file.written).expect("a practice");
            assert_eq!(practice.id, file.id);
            assert_eq!(parse_prepared(file.prepared), Ok(practice));
        }
        assert_eq!(builtin().walk().count(), 8);
    }
}
