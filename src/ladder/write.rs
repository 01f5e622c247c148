//! Writes a ladder file, from a table that was read: commented, ready to edit.

use std::fmt::Write;

use super::Ladder;

/// The text of a file that says this.
#[must_use]
pub fn to_toml(ladder: &Ladder) -> String {
    let mut text = format!(
        "# Your career ladder. `leadby ladder check` lists every mistake in this file.\n\
         name = {}\n\n\
         # The level you are on and the one you want to reach, by their ids below.\n",
        quoted(&ladder.name)
    );
    let levels = [("now", &ladder.now, 0), ("next", &ladder.next, 1)];
    for (key, level, example) in levels {
        let example = ladder.levels.get(example).or(ladder.levels.last());
        let _ = match (level, example) {
            (Some(level), _) => writeln!(text, "{key} = {}", quoted(level)),
            (None, Some(example)) => writeln!(text, "# {key} = {}", quoted(&example.id)),
            (None, None) => Ok(()),
        };
    }
    for level in &ladder.levels {
        write_named("levels", &level.id, &level.name, &mut text);
    }
    for area in &ladder.areas {
        write_named("areas", &area.id, &area.name, &mut text);
    }
    text.push_str(
        "\n# What is expected. Ids may be changed now; once evidence is tied to them, they stay.\n\
         # `from` names the lists whose evidence is proposed: from = [\"problems\", \"commitments\"]\n",
    );
    for it in &ladder.expectations {
        let _ = write!(
            text,
            "\n[[expectations]]\nid = {}\nlevel = {}\narea = {}\ntext = {}\n",
            quoted(&it.id),
            quoted(&it.level),
            quoted(&it.area),
            quoted(&it.text)
        );
        if !it.from.is_empty() {
            let from: Vec<String> = it.from.iter().map(|id| quoted(id)).collect();
            let _ = writeln!(text, "from = [{}]", from.join(", "));
        }
    }
    text
}

fn write_named(key: &str, id: &str, name: &str, text: &mut String) {
    let _ = write!(
        text,
        "\n[[{key}]]\nid = {}\nname = {}\n",
        quoted(id),
        quoted(name)
    );
}

/// A basic string of TOML (1.0, section String).
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
