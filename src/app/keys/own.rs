//! The user's own keys, laid on the table.
//!
//! Names are those of the variants, so that `assets/keys.md`, which a test writes from the table,
//! lists them; what a file says is used whole or not at all.

use crossterm::event::KeyCode;

use super::key::key as named_key;
use super::{Action, Binding, Key, KeyContext, KeyTable};
use crate::config::{KeysFile, Placed};
use crate::user_file::{Mistake, toml_string};

/// The keys to begin with, by their names, as keys files.
const PRESETS: [(&str, &str); 3] = [
    ("default", ""),
    ("vim", include_str!("../../../assets/keys/vim.toml")),
    ("arrows", include_str!("../../../assets/keys/arrows.toml")),
];

/// How alike a name must be to be offered, from 0 to 1.
const ALIKE: f64 = 0.75;

impl KeyTable {
    /// The table with the keys of a file in the place of its own.
    ///
    /// # Errors
    /// Every mistake in the file.
    pub fn with_own(file: &KeysFile) -> Result<Self, Vec<Mistake>> {
        let base = match &file.preset {
            None => Self::default(),
            Some(name) => Self::preset(&name.text).ok_or_else(|| {
                let known = PRESETS.map(|(name, _)| name).join(", ");
                let reason = format!("no preset called “{}”; presets: {known}", name.text);
                vec![Mistake::at(name.at, reason)]
            })?,
        };
        OwnKeys::on(&base, file).into_table(&base)
    }

    pub fn preset(name: &str) -> Option<Self> {
        let (_, text) = PRESETS.iter().find(|(preset, _)| *preset == name)?;
        let file = KeysFile::parse(text).ok()?;
        let base = Self::default();
        OwnKeys::on(&base, &file).into_table(&base).ok()
    }

    /// All keys as a keys file.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let mut written: Vec<KeyContext> = Vec::new();
        for row in self.rows() {
            let context = row.context;
            if written.contains(&context) {
                continue;
            }
            written.push(context);
            if !text.is_empty() {
                text.push('\n');
            }
            text += &format!("# {}\n[{}]\n", context.help_heading(), context.name());
            for row in self.bindings(&[context]) {
                let keys = row.keys.iter().map(|key| toml_string(&key.word()));
                let keys = match &keys.collect::<Vec<String>>()[..] {
                    [only] => only.clone(),
                    keys => format!("[{}]", keys.join(", ")),
                };
                let line = format!("{} = {keys}", row.action.name());
                text += &format!("{line:<36}  # {}\n", row.label);
            }
        }
        text
    }
}

/// A table with the keys of a file, and where each row has its keys from.
struct OwnKeys {
    rows: Vec<Binding>,
    /// Of each row, the place in the file.
    places: Vec<Option<usize>>,
    /// Names of actions whose own keys are not known, because of a mistake.
    unsettled: Vec<String>,
    mistakes: Vec<Mistake>,
}

impl OwnKeys {
    fn on(base: &KeyTable, file: &KeysFile) -> Self {
        let mut own = Self {
            rows: base.rows().to_vec(),
            places: vec![None; base.rows().len()],
            unsettled: Vec::new(),
            mistakes: Vec::new(),
        };
        for table in &file.contexts {
            let mut contexts = own.rows.iter().map(|row| row.context);
            let Some(context) = contexts.find(|it| it.name() == table.name.text) else {
                let names = base.rows().iter().map(|row| row.context.name());
                own.unknown("table", &table.name, names.collect());
                let actions = table.actions.iter().map(|action| action.name.text.clone());
                own.unsettled.extend(actions);
                continue;
            };
            for action in &table.actions {
                own.set(context, &action.name, &action.keys);
            }
        }
        own
    }

    /// Gives an action of a context these keys.
    fn set(&mut self, context: KeyContext, name: &Placed, keys: &[Placed]) {
        let is_meant = |row: &Binding| row.context == context && row.action.name() == name.text;
        let Some(at) = self.rows.iter().position(is_meant) else {
            let here = self.rows.iter().filter(|row| row.context == context);
            let names = here.map(|row| row.action.name()).collect();
            let near = self.unknown("action", name, names);
            return self.unsettled.extend(near);
        };
        let mut set = Vec::new();
        for key in keys {
            match Key::parse(&key.text).and_then(|key| allowed(key, context)) {
                Ok(key) if set.contains(&key) => {}
                Ok(key) => set.push(key),
                Err(reason) => {
                    self.mistakes.push(Mistake::at(key.at, reason));
                    self.unsettled.push(name.text.clone());
                }
            }
        }
        self.rows[at].keys = set.into();
        self.places[at] = Some(name.at);
    }

    /// Returns the names that may be meant.
    fn unknown(&mut self, what: &str, name: &Placed, known: Vec<String>) -> Vec<String> {
        let mut near: Vec<(f64, String)> = known
            .into_iter()
            .map(|known| (strsim::jaro_winkler(&known, &name.text), known))
            .filter(|(alike, _)| *alike >= ALIKE)
            .collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0));
        near.dedup_by(|one, other| one.1 == other.1);
        let near: Vec<String> = near.into_iter().take(3).map(|(_, name)| name).collect();
        let hint = match &near[..] {
            [] => "`leadby config keys` lists them".to_owned(),
            near => format!("did you mean {}?", near.join(" or ")),
        };
        let reason = format!("no {what} called `{}`; {hint}", name.text);
        self.mistakes.push(Mistake::at(name.at, reason));
        near
    }

    /// The table, if it has no mistakes.
    fn into_table(mut self, base: &KeyTable) -> Result<KeyTable, Vec<Mistake>> {
        self.find_clashes(base);
        self.find_dead_ends(base);
        if self.mistakes.is_empty() {
            Ok(KeyTable {
                rows: self.rows.into(),
            })
        } else {
            Err(self.mistakes)
        }
    }

    /// Two actions on one key where both are valid. A narrower context may have a key of a wider
    /// one, but only where the table itself has it so.
    fn find_clashes(&mut self, base: &KeyTable) {
        let mut found = Vec::new();
        for stack in KeyContext::stacks() {
            let here = self.rows.iter().enumerate();
            let here = here.filter(|(_, row)| stack.contains(&row.context));
            let here: Vec<(usize, &Binding)> = here.collect();
            for (place, (one, row)) in here.iter().enumerate() {
                for (other, other_row) in &here[place + 1..] {
                    let at = self.places[*one].max(self.places[*other]);
                    let (Some(at), true) = (at, row.action != other_row.action) else {
                        continue;
                    };
                    if self.is_unsettled(*one) || self.is_unsettled(*other) {
                        continue;
                    }
                    let both = |key: &&Key| {
                        let is_meant = base.rows()[*one].keys.contains(key)
                            && base.rows()[*other].keys.contains(key);
                        other_row.keys.contains(key) && !is_meant
                    };
                    if let Some(key) = row.keys.iter().find(both) {
                        let reason = format!(
                            "{} is both {} and {}",
                            key.name(),
                            full_name(row),
                            full_name(other_row)
                        );
                        found.push(Mistake::at(at, reason));
                    }
                }
            }
        }
        self.add_once(found);
    }

    /// Actions without a key that nothing else does: the ways out, and what no palette offers.
    fn find_dead_ends(&mut self, base: &KeyTable) {
        let mut found = Vec::new();
        for stack in KeyContext::stacks() {
            let here = || {
                let rows = self.rows.iter().zip(&self.places);
                rows.filter(|(row, _)| stack.contains(&row.context))
            };
            let has_key = |action: Action| {
                here().any(|(row, _)| row.action == action && !row.keys.is_empty())
            };
            for (row, at) in here() {
                let (Some(at), true) = (at, row.keys.is_empty()) else {
                    continue;
                };
                if has_key(row.action) || self.unsettled.contains(&row.action.name()) {
                    continue;
                }
                if row.action.needs_a_key() || !has_palette(row.context, base) {
                    let reason = format!("{} needs a key: nothing else does it", full_name(row));
                    found.push(Mistake::at(*at, reason));
                }
            }
        }
        self.add_once(found);
    }

    /// Whether the keys of a row are those of the table, and a line with a mistake may mean others.
    fn is_unsettled(&self, at: usize) -> bool {
        self.places[at].is_none() && self.unsettled.contains(&self.rows[at].action.name())
    }

    fn add_once(&mut self, found: Vec<Mistake>) {
        for mistake in found {
            if !self.mistakes.contains(&mistake) {
                self.mistakes.push(mistake);
            }
        }
    }
}

/// Whether the palette can be opened where this context is valid; it offers what has no key.
fn has_palette(context: KeyContext, base: &KeyTable) -> bool {
    let mut stacks = KeyContext::stacks().filter(|stack| stack.contains(&context));
    stacks.any(|stack| {
        base.bindings(&stack)
            .any(|row| row.action == Action::Palette)
    })
}

/// "walk in [home]".
fn full_name(row: &Binding) -> String {
    format!("`{}` in [{}]", row.action.name(), row.context.name())
}

/// The key, unless a text field needs it.
fn allowed(key: Key, context: KeyContext) -> Result<Key, String> {
    if !context.takes_text() {
        return Ok(key);
    }
    let name = key.name();
    if key.is_printable() {
        return Err(format!("{name} types in a text field"));
    }
    let is_any = |codes: &[KeyCode]| codes.iter().any(|code| key == named_key(*code));
    let moves = is_any(&[KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End]);
    let deletes = is_any(&[KeyCode::Backspace, KeyCode::Delete]);
    let goes_by_lines = is_any(&[KeyCode::Up, KeyCode::Down, KeyCode::Enter]);
    if (moves && !context.completes()) || deletes || (goes_by_lines && context.takes_lines()) {
        return Err(format!("{name} is for writing in a text field"));
    }
    Ok(key)
}

#[cfg(test)]
mod tests;
