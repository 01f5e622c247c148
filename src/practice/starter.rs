//! A commented file to start your own practice with.
//!
//! Pure text; the example is `assets/starter.toml`, and tests use it unchanged.

use super::builtin::builtin_file;

const EXAMPLE: &str = include_str!("../../assets/starter.toml");

/// The id of the example, and of its register.
const EXAMPLE_ID: &str = "thanks";

/// A file to start with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Starter {
    /// The id of its practice, and the name of the file.
    pub id: String,
    pub text: String,
}

/// A file that changes the built-in practice `id`, with everything commented out; or else an example
/// of a new practice with that id.
pub fn starter(id: Option<&str>) -> Starter {
    let id = id.unwrap_or(EXAMPLE_ID);
    let text = match builtin_file(id) {
        Some(text) => commented(id, text),
        None => EXAMPLE.replace(&format!("\"{EXAMPLE_ID}\""), &format!("{id:?}")),
    };
    Starter {
        id: id.to_owned(),
        text,
    }
}

fn commented(id: &str, text: &str) -> String {
    let head = format!(
        "\
# Your changes to the practice “{id}”.
#
# All of it is below, commented out. Remove the “# ” from a line to change it; in a step, a
# register, a field, a stage, a preset or a choice, uncomment its id as well, and the line in
# [[ ]] above it. What stays commented stays as it is. New ids are added at the end.
#
#   order = 2        beside the id of the practice or of a step, a field …: moves it there
#   hidden = true    beside the id of the practice, a step, a register or a preset: hides it
#
# `leadby practices check` lists every mistake.

id = \"{id}\"
"
    );
    // The first line of a built-in file is its id.
    let rest: String = text
        .lines()
        .skip(1)
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("# {line}\n")
            }
        })
        .collect();
    head + &rest
}

#[cfg(test)]
mod tests {
    use super::super::builtin::builtin;
    use super::super::user::{MergedCatalog, merge_files};
    use super::*;
    use crate::user_file::UserFile;

    #[track_caller]
    fn check(text: &str) -> MergedCatalog {
        let path = "starter.toml".to_owned();
        let text = text.to_owned();
        let own = merge_files(&[UserFile { path, text }], Vec::new());
        assert_eq!(own.mistakes, []);
        own
    }

    #[test]
    fn the_example_is_a_practice_that_works() {
        let own = check(&starter(None).text);
        let thanks = own.catalog.practice(EXAMPLE_ID).expect("the example");
        assert!(!thanks.registers.is_empty() && !thanks.charts.is_empty());
        assert_eq!(own.catalog.walk().count(), 9);
        let named = starter(Some("praise"));
        assert_eq!(named.id, "praise");
        let own = check(&named.text);
        assert!(own.catalog.register("praise").is_some());
    }

    #[test]
    fn a_built_in_practice_is_changed_by_what_is_uncommented() {
        for practice in builtin().practices() {
            let text = starter(Some(&practice.id)).text;
            let own = check(&text);
            assert_eq!(own.catalog.practice(&practice.id), Some(practice));
            let (_, below) = text.split_once("\nid = ").expect("an id");
            let whole = format!("id = {}", below.replace("\n# ", "\n"));
            let own = check(&whole);
            let after = own.catalog.practice(&practice.id).expect("it is there");
            assert_eq!(
                (&after.steps, &after.registers),
                (&practice.steps, &practice.registers)
            );
        }
    }
}
