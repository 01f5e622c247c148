//! A practice for the tests of this module: a garden, where problems are weeds and beds are dug.

use crate::practice::{Catalog, parse};

const PRACTICE: &str = r#"
id = "garden"
order = 1
name = "Garden"
title = "The garden"
intro = "What grows."
cadence = "weekly"

[[steps]]
id = "weeds"
label = "Weeds"
prompt = "What do you put up with?"
kind = "prose"
suggests = true

[[steps]]
id = "sky"
label = "Sky"
prompt = "What is the weather?"
kind = "prose"

[[steps]]
id = "beds"
label = "Beds"
prompt = "What grows?"
register = "beds"

[[registers]]
id = "beds"
name = "Beds"
singular = "bed"
about = "What grows."
example = "Beans"
unstaged = "planned"
monthly = "dug"
stale-weeks = 6
ages = true
becomes = { register = "walls", field = "wall" }
fields = [
    { id = "title", label = "Bed", kind = "line" },
    { id = "wall", label = "Wall", kind = "line" },
    { id = "notes", label = "Notes", kind = "prose" },
]
stages = [
    { id = "dug", name = "dug", starts = true },
    { id = "picked", name = "picked", closes = true },
    { id = "dropped", name = "dropped", closes = true },
]
presets = [{ id = "beans", title = "Beans" }]

[[registers]]
id = "walls"
name = "Walls"
singular = "wall"
about = "What stands."
example = "South"
fields = [{ id = "title", label = "Wall", kind = "line" }]
"#;

/// Only the garden.
pub(crate) fn catalog() -> Catalog {
    Catalog::new(vec![parse("garden.toml", PRACTICE).expect("a practice")])
}
