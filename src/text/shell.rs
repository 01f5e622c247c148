//! Quotes any text for a shell.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::escape_controls;

/// Quotes `word` for a shell: unchanged, in `'…'`, or, if part of it cannot be shown or typed, in the
/// `$'…'` of bash, zsh, ksh and POSIX 2024.
pub fn shell_quote(word: impl AsRef<OsStr>) -> String {
    let bytes = word.as_ref().as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./,:@%+=".contains(byte);
    let text = std::str::from_utf8(bytes).ok();
    match text {
        Some(text) if !text.is_empty() && bytes.iter().all(is_plain) => text.to_owned(),
        Some(text) if escape_controls(text) == text && !text.contains('\n') => {
            format!("'{}'", text.replace('\'', "'\\''"))
        }
        _ => ansi_c_quote(bytes),
    }
}

/// Quotes a path for a shell, so that it is never read as an option.
pub fn shell_path(path: &Path) -> String {
    if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
        return shell_quote(Path::new(".").join(path));
    }
    shell_quote(path)
}

fn ansi_c_quote(bytes: &[u8]) -> String {
    let mut quoted = "$'".to_owned();
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let mut buffer = [0; 4];
            let text: &str = character.encode_utf8(&mut buffer);
            match character {
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                '\'' | '\\' => quoted.extend(['\\', character]),
                _ if escape_controls(text) == text => quoted.push(character),
                _ => push_bytes(&mut quoted, text.as_bytes()),
            }
        }
        push_bytes(&mut quoted, chunk.invalid());
    }
    quoted.push('\'');
    quoted
}

/// Three digits each, so that a digit that follows is not part of them.
fn push_bytes(quoted: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(quoted, "\\{byte:03o}");
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[track_caller]
    fn check(word: &[u8], expected: &str) {
        let quoted = shell_quote(OsStr::from_bytes(word));
        assert_eq!(quoted, expected);
        assert_eq!(escape_controls(&quoted), quoted, "shown unchanged");
        let Ok(echoed) = Command::new("bash")
            .args(["-c", &format!("printf %s {quoted}")])
            .output()
        else {
            return;
        };
        assert_eq!(echoed.stdout, word, "{quoted}");
    }

    #[test]
    fn a_shell_reads_exactly_that_word() {
        check(b"/home/anna/journal.jsonl", "/home/anna/journal.jsonl");
        check(b"", "''");
        check(b"a  b", "'a  b'");
        check(b"~/x", "'~/x'");
        check("Anna's $(é)".as_bytes(), "'Anna'\\''s $(é)'");
        check(b"a\tb\nc", "$'a\\tb\\nc'");
        check(b"a\x1b[2J\\'1", "$'a\\033[2J\\\\\\'1'");
        check("x\u{202e}1".as_bytes(), "$'x\\342\\200\\2561'");
        check(b"\xff7", "$'\\3777'");
    }
}
