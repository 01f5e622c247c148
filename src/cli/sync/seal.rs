//! age, as a program that is called: it seals the journal for the remote, and opens it again.
//!
//! The format is age's own (age-encryption.org/v1); this file only knows how to count, in the head
//! of a sealed text, the keys that can open it.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{INTACT_HINT, child, not_synced};
use crate::failure::{Failure, FailureKind};
use crate::text;

/// The programs that seal, in the order in which they are looked for.
const PROGRAMS: [&str; 2] = ["age", "rage"];

/// What is opened.
const AT_REMOTE: &str = "the journal at the remote";
const A_TEST: &str = "a test";

/// What to do if the key of this machine, or the spare one, does not open it.
const OTHER_KEY_HINT: &str = "`leadby sync init URL --seal … --key FILE` sets another key";
const SPARE_HINT: &str = "`--spare FILE` is the private half of a --to that is not this machine's";

/// How every sealed text begins.
const HEADER: &[u8] = b"age-encryption.org/v1\n";

/// The keys the journal is sealed to, and the key that opens it here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Seal {
    /// The public keys of those who can open it: `age1…`, or ssh keys.
    pub(super) recipients: Vec<String>,
    /// The file of the key that opens it on this machine.
    pub(super) key: PathBuf,
}

impl Seal {
    /// Checks that sealed text can be opened with the key of this machine, and with the spare key, if
    /// there is one, where that of this machine does not open it.
    pub(super) fn check_keys(&self, spare: Option<&Path>) -> Result<(), Failure> {
        let check = |to: &[String], key: &Path, hint: &str| -> Result<(), Failure> {
            let opened = decrypt(&seal_to(to, b"leadby")?, key, (A_TEST, hint))?;
            if opened == b"leadby" {
                return Ok(());
            }
            let why = "it opened to something else";
            Err(open_failure((A_TEST, hint), key, why))
        };
        check(&self.recipients, &self.key, OTHER_KEY_HINT)?;
        let Some(spare) = spare else { return Ok(()) };
        let mut others = self.recipients.clone();
        others.retain(|to| check(std::slice::from_ref(to), &self.key, "").is_err());
        if others.is_empty() {
            let why =
                "the key of this machine opens what is sealed to any of them: none is a spare";
            return Err(not_synced(why).hint(SPARE_HINT));
        }
        check(&others, spare, SPARE_HINT)
    }

    pub(super) fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        seal_to(&self.recipients, bytes)
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, Failure> {
        let Some(keys) = count_keys(sealed) else {
            let failure = not_synced("the journal at the remote is not sealed by age");
            return Err(failure.hint(INTACT_HINT).hint(
                "remove that file there, or bring back an earlier one, then `leadby sync`: what is \
                 missing is sent again",
            ));
        };
        let bytes = decrypt(sealed, &self.key, (AT_REMOTE, OTHER_KEY_HINT))?;
        // Sealed again to fewer keys, another machine could no longer open it.
        if keys > self.recipients.len() {
            let here = self.recipients.len();
            let why = format!(
                "the remote's journal can be opened with {keys} keys, but sealed from here it could \
                 be with {here}"
            );
            let again = "`leadby sync init URL --seal` with one --to for every key";
            return Err(not_synced(&why).hint(again));
        }
        Ok(bytes)
    }

    /// Whether the remote's journal is sealed to as many keys as it will be from here.
    pub(super) fn is_up_to_date(&self, sealed: &[u8]) -> bool {
        count_keys(sealed) == Some(self.recipients.len())
    }
}

fn seal_to(recipients: &[String], bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut arguments = Vec::new();
    for recipient in recipients {
        arguments.extend(["-r", recipient]);
    }
    let output = run_age(&arguments, bytes)?;
    let is_sealed = output.stdout.starts_with(HEADER);
    if output.status.success() && is_sealed {
        return Ok(output.stdout);
    }
    let why = if output.status.success() {
        "what the program that seals wrote is not sealed".to_owned()
    } else {
        error_line(&output)
    };
    let message = format!("the journal could not be sealed: {why}");
    let failure = Failure::new(FailureKind::Sync, message);
    // What a killed program wrote until then is dropped.
    Err(match output.status.code() {
        None => failure,
        Some(0) => failure.hint("`age --version` shows whether it is age that is called"),
        Some(_) => failure.hint("check that each --to is a public key"),
    })
}

/// How many keys can open a sealed text; `None` if it is not sealed by age.
fn count_keys(sealed: &[u8]) -> Option<usize> {
    let head = sealed.strip_prefix(HEADER)?;
    let stanzas = head
        .split(|byte| *byte == b'\n')
        .take_while(|line| !line.starts_with(b"---"))
        .filter_map(|line| line.strip_prefix(b"-> "));
    // Some programs add one that no key opens, so that readers learn to skip it.
    let grease = |line: &&[u8]| {
        let kind = line.split(|byte| *byte == b' ').next().unwrap_or_default();
        !kind.ends_with(b"-grease")
    };
    Some(stanzas.filter(grease).count())
}

/// Opens a sealed text; a failure says what that was, and what to do.
fn decrypt(sealed: &[u8], key: &Path, told: (&str, &str)) -> Result<Vec<u8>, Failure> {
    let output = run_age(&["-d", "-i", &key.display().to_string()], sealed)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = error_line(&output);
    if output.status.signal().is_some() {
        let why = format!("{} was not opened: {why}", told.0);
        return Err(not_synced(&why).hint("run it again"));
    }
    Err(open_failure(told, key, &why))
}

fn open_failure((what, hint): (&str, &str), key: &Path, why: &str) -> Failure {
    let key = text::display_path(key);
    not_synced(&format!("{what} could not be opened with {key}: {why}")).hint(hint)
}

fn run_age(arguments: &[&str], input: &[u8]) -> Result<Output, Failure> {
    for program in PROGRAMS {
        match child::run_program(Command::new(program).args(arguments), input, None) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let why = format!("{program} cannot be started");
                return Err(not_synced(&why).with_source(error));
            }
            Ok(output) => return Ok(output),
        }
    }
    let failure = not_synced("sealing needs age (or rage), which was not found");
    Err(failure.hint("your journal is intact; install age, then `leadby sync`"))
}

fn error_line(output: &Output) -> String {
    if let Some(number) = output.status.signal() {
        return format!("the program that seals was ended by signal {number}");
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let mut lines = errors.lines().map(str::trim);
    // After the error, age says where to report it.
    let wrong = lines.clone().find(|line| line.contains("error:"));
    let words = wrong.or_else(|| lines.rfind(|line| !line.is_empty()));
    let words = words.unwrap_or("it does not say why");
    let words = words.split_once("error: ").map_or(words, |(_, why)| why);
    text::clip(&text::one_line(words.trim_end_matches('.')), 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_in_the_head_are_counted() {
        let head = "age-encryption.org/v1\n-> X25519 abc\nxyz\n-> ssh-ed25519 a b\nxyz\n";
        let sealed = format!("{head}-> %x-grease q\n\n--- mac\n-> not a key\n");
        assert_eq!(count_keys(sealed.as_bytes()), Some(2));
        assert_eq!(count_keys(b"{\"v\":1}"), None);
    }
}
