//! Writes a ladder file, from a table that was read: commented, ready to edit.

use std::fmt::Write;

use super::{Ladder, Named};
use crate::user_file::toml_string;

/// The text of a file that says this.
pub fn to_toml(ladder: &Ladder) -> String {
    let mut text = format!(
        "# Your career ladder. `leadby ladder check` lists every mistake in this file.\n\
         name = {}\n\n\
         # The level you are on and the one you want to reach, by their ids below.\n",
        toml_string(&ladder.name)
    );
    let levels = [("now", &ladder.now, 0), ("next", &ladder.next, 1)];
    for (key, level, example) in levels {
        let example = ladder.levels.get(example).or(ladder.levels.last());
        let _ = match (level, example) {
            (Some(level), _) => writeln!(text, "{key} = {}", toml_string(level)),
            (None, Some(example)) => writeln!(text, "# {key} = {}", toml_string(&example.id)),
            (None, None) => Ok(()),
        };
    }
    for (key, all) in [("levels", &ladder.levels), ("areas", &ladder.areas)] {
        for Named { id, name } in all {
            let (id, name) = (toml_string(id), toml_string(name));
            let _ = write!(text, "\n[[{key}]]\nid = {id}\nname = {name}\n");
        }
    }
    text.push_str(
        "\n# What is expected. Ids may be changed now; once evidence is tied to them, they stay.\n\
         # `from` names the lists whose evidence is proposed: from = [\"problems\", \"commitments\"]\n",
    );
    for it in &ladder.expectations {
        let _ = write!(
            text,
            "\n[[expectations]]\nid = {}\nlevel = {}\narea = {}\ntext = {}\n",
            toml_string(&it.id),
            toml_string(&it.level),
            toml_string(&it.area),
            toml_string(&it.text)
        );
        if !it.from.is_empty() {
            let from: Vec<String> = it.from.iter().map(|id| toml_string(id)).collect();
            let _ = writeln!(text, "from = [{}]", from.join(", "));
        }
    }
    text
}
