//! Turns a system error about a file into a message with a hint.
//!
//! Knows nothing of what is in the file.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::disk::{NotAFile, TooLarge, is_no_file};
use crate::failure::{Brief, Failure, FailureKind};
use crate::text::{self, display_path};

/// "the journal /home/anna/journal.jsonl cannot be read: permission denied".
pub(super) fn io_failure(what: &str, path: &Path, verb: &str, error: io::Error) -> Failure {
    trouble_with(what, path, verb, error, path)
}

/// [`io_failure`] with a file that another one, `cause`, is to blame for; the hint is about that one.
pub(super) fn trouble_with(
    what: &str,
    path: &Path,
    verb: &str,
    error: io::Error,
    cause: &Path,
) -> Failure {
    let message = format!(
        "{what} {} cannot be {verb}: {}",
        display_path(path),
        describe_error(&error)
    );
    let hint = hint_for(cause, &error, is_save(what, verb));
    let brief = brief(what, path, verb, &error);
    let failure = Failure::new(FailureKind::Journal, message)
        .with_source(error)
        .with_brief(brief);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Whether it is about a save to the journal, which can be repeated.
fn is_save(what: &str, verb: &str) -> bool {
    matches!(
        (what, verb),
        ("nothing was saved: the journal", _) | ("the journal", "written" | "locked")
    )
}

/// The same for one row of a screen.
fn brief(what: &str, path: &Path, verb: &str, error: &io::Error) -> Brief {
    let is_saving = is_save(what, verb);
    let lead = match (what, verb) {
        _ if is_saving => "not saved".to_owned(),
        ("the draft", "written") => "draft not kept".to_owned(),
        ("this week's snapshot", "made") => "no snapshot this week".to_owned(),
        _ => format!("{what} cannot be {verb}"),
    };
    let again = if is_saving { ", then save again" } else { "" };
    let way = brief_way(error).map(|way| format!("{way}{again}"));
    Brief {
        lead,
        reason: brief_reason(error),
        hint: way,
        path: display_path(path),
    }
}

/// [`describe_error`], short enough for one row.
fn brief_reason(error: &io::Error) -> String {
    if error.get_ref().is_some() || is_loop(error) {
        return describe_error(error);
    }
    match error.kind() {
        ErrorKind::NotFound => "no such folder".to_owned(),
        ErrorKind::NotADirectory => "its folder is a file".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "read-only disk".to_owned(),
        ErrorKind::StorageFull => "disk full".to_owned(),
        ErrorKind::QuotaExceeded => "disk quota used up".to_owned(),
        ErrorKind::FileTooLarge => "file size limit".to_owned(),
        _ => describe_error(error),
    }
}

fn brief_way(error: &io::Error) -> Option<&'static str> {
    if error.get_ref().is_some() || is_loop(error) {
        return None;
    }
    Some(match error.kind() {
        ErrorKind::PermissionDenied => "allow it",
        ErrorKind::ReadOnlyFilesystem => "make it writable",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make some room",
        ErrorKind::FileTooLarge => "see `ulimit -f`",
        ErrorKind::NotFound | ErrorKind::NotADirectory => "put it back",
        _ => return None,
    })
}

/// Why a file the user named cannot be read: it is not the journal, so another journal would not
/// help.
pub(super) fn unreadable_input(so_far: &str, path: &Path, error: io::Error) -> Failure {
    let message = format!(
        "{so_far}{} cannot be read: {}",
        display_path(path),
        describe_error(&error)
    );
    let failure = Failure::new(FailureKind::Journal, message);
    let failure = match error.kind() {
        ErrorKind::PermissionDenied => failure.hint(may_see(path)),
        _ if is_no_file(&error) => failure.hint("`leadby import -` reads standard input"),
        _ => failure,
    };
    failure.with_source(error)
}

/// Why a file the user named cannot be written, or was left as it is; `way` is the hint for one row
/// of a screen.
pub(super) fn not_written(
    kind: FailureKind,
    path: &Path,
    error: io::Error,
    way: &str,
    hint: &str,
) -> Failure {
    let (path, why) = (display_path(path), describe_error(&error));
    if error.kind() == ErrorKind::AlreadyExists {
        let message = format!("{path} already exists, and was left as it is");
        return Failure::new(FailureKind::Usage, message).hint("--force overwrites it");
    }
    Failure::new(kind, format!("{path} cannot be written: {why}"))
        .hint(hint)
        .in_a_row("not written", &why, Some(way), &path)
        .with_source(error)
}

/// What went wrong, without the system's error number.
pub(super) fn describe_error(error: &io::Error) -> String {
    if is_loop(error) {
        return "its symbolic links form a loop".to_owned();
    }
    if let Some(inner) = error.get_ref() {
        return inner.to_string();
    }
    match error.kind() {
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotFound => "no such folder".to_owned(),
        ErrorKind::NotADirectory => "part of its path is not a folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "your disk quota is used up".to_owned(),
        ErrorKind::FileTooLarge => "the file cannot get any larger".to_owned(),
        ErrorKind::Unsupported => "the file system cannot do that".to_owned(),
        _ => {
            let text = error.to_string();
            let plain = text.split(" (os error").next().unwrap_or_default();
            plain.to_lowercase()
        }
    }
}

/// The system's own error, without the name of a temporary file that the user does not know.
pub(super) fn plain(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => error.kind().into(),
    }
}

/// The hint on how to see the permissions of a file.
fn may_see(path: &Path) -> String {
    // -d is for folders that cannot be listed.
    let path = text::shell_quote(refusing(path));
    format!("see who may read and write it with `ls -ld {path}`")
}

fn hint_for(path: &Path, error: &io::Error, is_save: bool) -> Option<String> {
    let other = "choose another place with --journal PATH or LEADBY_JOURNAL";
    if is_loop(error) {
        return Some("see where the links lead with `ls -l`, and point one at a file".to_owned());
    }
    if let Some(inner) = error.get_ref() {
        return match inner.downcast_ref::<NotAFile>() {
            Some(NotAFile("a folder")) => {
                let inside = text::shell_quote(path.join("journal.jsonl"));
                Some(format!("for a file in it, use --journal {inside}"))
            }
            Some(_) => Some(other.to_owned()),
            None if inner.is::<TooLarge>() => Some(other.to_owned()),
            None => None,
        };
    }
    Some(match error.kind() {
        ErrorKind::PermissionDenied => may_see(path),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            let again = if is_save { ", then save again" } else { "" };
            format!("make some room on the disk{again}")
        }
        ErrorKind::FileTooLarge => {
            "`ulimit -f` shows how large a file may get; `ulimit -f unlimited` lifts that"
                .to_owned()
        }
        ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::IsADirectory
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::Unsupported => other.to_owned(),
        _ => return None,
    })
}

/// The part of a path that exists: if the rest is missing, the deepest folder is the one that
/// refused.
fn refusing(path: &Path) -> &Path {
    let mut there = path.ancestors();
    let found = there.find(|path| fs::symlink_metadata(path).is_ok());
    found
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(path)
}

fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, error: io::Error, expected: &str) {
        let failure = io_failure("the journal", Path::new(path), "read", error);
        let hint = failure.hints().first().cloned().unwrap_or_default();
        assert_eq!(format!("{failure} | {hint}"), expected);
    }

    #[test]
    fn the_reason_and_the_way_out_fit_a_row_of_80_columns() {
        use rustix::io::Errno;
        let path = Path::new("/home/anna/.local/share/leadby/journal.jsonl");
        let saving = ["not saved, draft kept", "neither saved nor kept"];
        let draft = ["draft not kept", "draft kept in the temporary folder"];
        for errno in [
            Errno::NOSPC,
            Errno::DQUOT,
            Errno::ROFS,
            Errno::ACCESS,
            Errno::IO,
            Errno::FBIG,
            Errno::NOENT,
            Errno::NOTDIR,
            Errno::ISDIR,
            Errno::OPNOTSUPP,
            Errno::MFILE,
            Errno::LOOP,
        ] {
            for (what, verb, leads) in [
                ("nothing was saved: the journal", "written", &saving[..]),
                ("the draft", "written", &draft[..]),
                (
                    "this week's snapshot",
                    "made",
                    &["saved, but no snapshot this week"],
                ),
                ("the journal", "read", &["the journal cannot be read"]),
            ] {
                for lead in leads {
                    let failure = io_failure(what, path, verb, errno.into()).with_lead(lead);
                    let brief = failure.brief().expect("it has one");
                    let way = brief.hint.iter().map(|way| format!(" · {way}"));
                    let row: String = [format!("{lead}: {}", brief.reason)]
                        .into_iter()
                        .chain(way)
                        .collect();
                    assert!(text::width(&row) <= 76, "{row}");
                    assert_eq!(brief.path, path.display().to_string());
                }
            }
        }
    }

    #[test]
    fn the_system_is_put_into_words() {
        let system = |errno: rustix::io::Errno| io::Error::from(errno);
        check(
            "/j",
            system(rustix::io::Errno::NOSPC),
            "the journal /j cannot be read: the disk is full \
             | make some room on the disk",
        );
        check(
            "/j\u{1b}[2J\n",
            system(rustix::io::Errno::IO),
            "the journal /j␛[2J␊ cannot be read: input/output error | ",
        );
        check(
            "/j",
            io::Error::new(ErrorKind::InvalidInput, NotAFile("a folder")),
            "the journal /j cannot be read: it is a folder \
             | for a file in it, use --journal /j/journal.jsonl",
        );
        check(
            "/j",
            system(rustix::io::Errno::LOOP),
            "the journal /j cannot be read: its symbolic links form a loop \
             | see where the links lead with `ls -l`, and point one at a file",
        );
    }
}
