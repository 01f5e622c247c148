//! The user's keys: `keys.toml`, beside the config file.
//!
//! Mistakes in it are collected to be reported; the default keys hold then.

use std::path::{Path, PathBuf};

use super::file_mistakes::FileMistakes;
use crate::app::keys::KeyTable;
use crate::config::KeysFile;
use crate::store;
use crate::user_file::FileError;

/// The name of the file.
const NAME: &str = "keys.toml";

/// The keys that hold, and where they come from.
pub(super) struct KeysSource {
    /// The file; `None` without a home folder.
    pub(super) path: Option<PathBuf>,
    pub(super) exists: bool,
    pub(super) mistakes: FileMistakes,
    pub(super) table: KeyTable,
}

impl KeysSource {
    /// Reads the file beside this config file.
    pub(super) fn load(config: Option<&Path>) -> Self {
        let path = config.map(|config| config.with_file_name(NAME));
        let present = path.as_deref().filter(|path| path.exists());
        let (table, mistakes) = match present.map(read_keys) {
            Some(Ok(table)) => (table, Vec::new()),
            Some(Err(mistakes)) => (KeyTable::default(), mistakes),
            None => (KeyTable::default(), Vec::new()),
        };
        Self {
            exists: present.is_some(),
            path,
            mistakes: FileMistakes {
                found: mistakes,
                heading: "your keys file is not used until it is fixed.",
                lead: "your keys file is not used",
                check: "leadby config check",
            },
            table,
        }
    }
}

/// Whether a file with this name has keys, and not settings.
pub(super) fn is_keys_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == NAME)
}

/// The keys of a file.
pub(super) fn read_keys(path: &Path) -> Result<KeyTable, Vec<FileError>> {
    let file = store::read_user_file(path).map_err(|unread| vec![unread])?;
    let table = KeysFile::parse(&file.text).and_then(|keys| KeyTable::with_own(&keys));
    table.map_err(|mistakes| file.errors(mistakes).collect())
}
