//! Ready-made sources of evidence: `assets/recipes.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A ready-made source of evidence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Its id, which is also the name of a source that has none of its own.
    pub id: String,
    /// What it shows.
    pub about: String,
    /// The program and its arguments; empty if it reads a file.
    #[serde(default)]
    pub run: Vec<String>,
    /// The file it reads instead.
    pub file: Option<String>,
    #[serde(default)]
    pub format: OutputFormat,
    /// Of JSON, the members that are the day, the text and the link.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The keys that the user adds, and what each is.
    #[serde(default)]
    pub needs: BTreeMap<String, String>,
}

/// What the output looks like.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    /// Day, text and link with tabs between them, or only a text.
    #[default]
    Lines,
    /// Objects, one by one or in a list.
    Json,
    /// A calendar, by RFC 5545.
    Ics,
}

#[derive(Deserialize)]
struct RecipeFile {
    recipes: Vec<Recipe>,
}

static RECIPES: LazyLock<Vec<Recipe>> = LazyLock::new(|| {
    let text = include_str!("../../assets/recipes.toml");
    let file: RecipeFile = toml::from_str(text).expect("a test reads the recipes");
    file.recipes
});

/// All recipes, in the order they are shown.
pub fn recipes() -> &'static [Recipe] {
    &RECIPES
}
