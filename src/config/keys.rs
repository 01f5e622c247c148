//! `keys.toml`: which keys the user wants, as names and texts with their places.
//!
//! Knows no action and no key: what the names mean is resolved by the key table.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::user_file::Mistake;

/// What a keys file says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeysFile {
    /// The name of the keys it begins with.
    pub preset: Option<Placed>,
    pub contexts: Vec<KeysOfContext>,
}

/// A table of the file: the keys of one context.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeysOfContext {
    pub name: Placed,
    pub actions: Vec<KeysOfAction>,
}

/// The keys of one action; none takes them away.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeysOfAction {
    pub name: Placed,
    pub keys: Vec<Placed>,
}

/// A text of the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Placed {
    pub text: String,
    /// Its first byte in the file.
    pub at: usize,
}

impl KeysFile {
    /// Reads a file. The errors are all that is not a table of keys.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => return Err(vec![error.into()]),
        };
        let mut file = Self::default();
        let mut mistakes = Vec::new();
        for (name, value) in table {
            let name = placed(name);
            let at = value.span().start;
            match value.into_inner() {
                DeValue::String(text) if name.text == "preset" => {
                    let text = text.into_owned();
                    file.preset = Some(Placed { text, at });
                }
                _ if name.text == "preset" => {
                    mistakes.push(Mistake::at(at, "`preset` is a name, such as \"vim\""));
                }
                DeValue::Table(actions) => {
                    let actions = actions.into_iter().filter_map(|(action, keys)| {
                        read_keys(placed(action), keys)
                            .map_err(|mistake| mistakes.push(mistake))
                            .ok()
                    });
                    let actions = actions.collect();
                    file.contexts.push(KeysOfContext { name, actions });
                }
                _ => {
                    let reason = format!(
                        "`{}` is outside a table; `[home]` before it says where it counts",
                        name.text
                    );
                    mistakes.push(Mistake::at(name.at, reason));
                }
            }
        }
        if mistakes.is_empty() {
            Ok(file)
        } else {
            Err(mistakes)
        }
    }
}

/// One key, or a list of them.
fn read_keys(name: Placed, value: Spanned<DeValue<'_>>) -> Result<KeysOfAction, Mistake> {
    let at = value.span().start;
    let wrong = |at| {
        let reason = format!(
            "`{}`: expected a key, such as \"w\", or a list of keys in [ ]",
            name.text
        );
        Mistake::at(at, reason)
    };
    let values = match value.into_inner() {
        DeValue::String(text) => {
            let text = text.into_owned();
            let keys = vec![Placed { text, at }];
            return Ok(KeysOfAction { name, keys });
        }
        DeValue::Array(values) => values,
        _ => return Err(wrong(at)),
    };
    let keys = values.into_iter().map(|value| {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::String(text) => Ok(Placed {
                text: text.into_owned(),
                at,
            }),
            _ => Err(wrong(at)),
        }
    });
    let keys = keys.collect::<Result<_, _>>()?;
    Ok(KeysOfAction { name, keys })
}

fn placed(key: Spanned<std::borrow::Cow<'_, str>>) -> Placed {
    Placed {
        at: key.span().start,
        text: key.into_inner().into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_or_several_or_none() {
        let text =
            "preset = \"vim\"\n[home]\nwalk = \"w\"\nquit = [\"q\", \"f10\"]\ncheck_in = []\n";
        let file = KeysFile::parse(text).expect("no mistakes");
        assert_eq!(file.preset.expect("a preset").text, "vim");
        let [home] = &file.contexts[..] else {
            panic!("one table: {:?}", file.contexts);
        };
        let keys = home.actions.iter().map(|action| {
            let keys: Vec<&str> = action.keys.iter().map(|key| &*key.text).collect();
            (&*action.name.text, keys)
        });
        let mut keys: Vec<_> = keys.collect();
        keys.sort_unstable();
        let expected = [
            ("check_in", vec![]),
            ("quit", vec!["q", "f10"]),
            ("walk", vec!["w"]),
        ];
        assert_eq!(keys, expected);
    }

    #[test]
    fn what_is_not_a_table_of_keys_is_named_with_its_place() {
        let check = |text: &str, place: &str, said: &str| {
            let mistakes = KeysFile::parse(text).expect_err(text);
            let [mistake] = &mistakes[..] else {
                panic!("{text}: {mistakes:?}");
            };
            assert!(mistake.reason.contains(said), "{}", mistake.reason);
            assert_eq!(mistake.position(), text.find(place), "{text}");
        };
        check("preset = 3", "3", "a name");
        check("walk = \"w\"", "walk", "outside a table");
        check("[home]\nwalk = 3", "3", "expected a key");
        check("[home]\nwalk = [\"w\", 3]", "3]", "expected a key");
    }
}
