//! Finds files beside the journal that are named like copies of it: by sync tools when two machines
//! wrote at once, and by people. Knows leadby's own files by their names, which no export replaces.
//!
//! Knows names, and nothing of what is in the files.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk, folder_of, resolved_path};

/// What the name of a file beside the journal says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum NameMatch {
    /// A sync tool made it.
    Conflict,
    /// It may be a copy or anything else.
    Alike,
}

/// The files that may be copies by their names; never the journal itself.
pub(super) fn candidates(disk: &dyn Disk, journal: &Path) -> Vec<(PathBuf, NameMatch)> {
    let mut found = named_like(disk, journal);
    // Copies are beside the file that is synced, which may be the target of a link.
    if let Ok(real) = disk.real_path(journal) {
        found.extend(named_like(disk, &real));
    }
    let identity = |path: &Path| Some(disk.stat(path).ok()??.identity);
    let ours = identity(journal);
    // A second name of the journal is not a copy.
    found.retain(|(path, _)| ours.is_none() || identity(path) != ours);
    let mut seen = HashSet::new();
    found.retain(|(path, _)| {
        let real = disk.real_path(path);
        seen.insert(real.unwrap_or_else(|_| path.clone()))
    });
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn named_like(disk: &dyn Disk, journal: &Path) -> Vec<(PathBuf, NameMatch)> {
    let folder = folder_of(journal);
    let names = disk.list_folder(folder).unwrap_or_default().into_iter();
    let found = names.filter_map(|name| {
        let named = match_name(journal.file_name()?, &name)?;
        Some((folder.join(name), named))
    });
    found.collect()
}

/// What the name of a file says, beside a journal of that name; `None` if it is unrelated or one of
/// leadby's own files.
fn match_name(journal: &OsStr, name: &OsStr) -> Option<NameMatch> {
    let (journal, name) = (journal.to_string_lossy(), name.to_string_lossy());
    let (stem, ending) = match journal.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (&*journal, String::new()),
    };
    if name == journal {
        return None;
    }
    if is_own(&journal, &name) {
        return None;
    }
    if let Some(rest) = name.strip_prefix(&*journal) {
        // rclone uses such names, and others do if a name has no extension.
        if says_conflict(rest) || rest.starts_with("..path") {
            return Some(NameMatch::Conflict);
        }
    }
    let body = name.strip_suffix(&ending)?;
    if let Some(rest) = body.strip_prefix(stem) {
        let is_conflict = says_conflict(rest) || is_numbered(rest);
        return Some(if is_conflict {
            NameMatch::Conflict
        } else {
            NameMatch::Alike
        });
    }
    // `Copy of journal.jsonl`, in whatever language.
    let is_of = body.strip_suffix(stem)?.ends_with(' ');
    is_of.then_some(NameMatch::Alike)
}

/// What leadby's own files add to the journal's name.
const OURS: [&str; 6] = [
    ".draft",
    ".place",
    ".pages",
    ".imported",
    ".damaged-",
    ".backups",
];

/// Whether a file of this name beside the journal is one of leadby's own.
fn is_own(journal: &str, name: &str) -> bool {
    let rest = name.strip_prefix(journal);
    rest.is_some_and(|rest| OURS.iter().any(|ours| rest.starts_with(ours)))
}

/// Refuses to write a file of the user where the journal is, or one of leadby's own files beside
/// it, whatever name or link leads there.
pub(super) fn refuse_own_file(journal: &Path, path: &Path) -> io::Result<()> {
    let identity = |path: &Path| Some(RealDisk.stat(path).ok()??.identity);
    let (place, name) = (resolved_path(path), journal.file_name().unwrap_or_default());
    // leadby's own files are beside a link to the journal; copies, beside the file it leads to.
    let mut journals = [
        resolved_path(journal),
        resolved_path(folder_of(journal)).join(name),
    ]
    .into_iter();
    let is_of = |journal: &PathBuf, at: &Path| {
        let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
        let names = name(journal).zip(name(at));
        at.parent() == journal.parent() && names.is_some_and(|(journal, at)| is_own(&journal, &at))
    };
    let is_theirs = identity(path).is_some_and(|it| Some(it) == identity(journal))
        || journals.any(|it| place == it || place.ancestors().any(|at| is_of(&it, at)));
    if is_theirs {
        return Err(io::Error::other("it belongs to the journal"));
    }
    Ok(())
}

/// ` 2`, ` (1)`: as iCloud and Google Drive name the second of two.
fn is_numbered(rest: &str) -> bool {
    let number = rest.trim_matches([' ', '(', ')']);
    rest.starts_with([' ', '('])
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text after a file's name mentions a conflict, in the languages of the sync tools.
fn says_conflict(rest: &str) -> bool {
    let rest = rest.to_lowercase();
    let words = [
        "conflict",
        "konflik",
        "conflit",
        "конфликт",
        "конфлікт",
        "競合",
        "冲突",
        "衝突",
        "충돌",
        "çakış",
        "ristirii",
        "ütköz",
        "bercanggah",
        "ขัดแย้ง",
        "modstridende",
        "motstridende",
        "متعارض",
        "xung đột",
    ];
    words.iter().any(|word| rest.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<NameMatch>) {
        let said = match_name(OsStr::new("journal.jsonl"), OsStr::new(name));
        assert_eq!(said, expected, "{name}");
    }

    #[test]
    fn the_names_of_conflict_copies_are_known() {
        for rest in [
            ".sync-conflict-20261124-091502-ABCDEF7",
            " (Anna's conflicted copy 2026-11-24)",
            " (conflicted copy 2026-11-24 091502)",
            "_conflict-20261124-091502",
            "_NAS_Nov-24-091502-2026_Conflict",
            " [conflicted]",
            " [Conflict]",
            ".Conflict",
            ".conflict1",
            " (Case Conflict)",
            " (# Conflict copy from 2026-11-24)",
            " (In Konflikt stehende Kopie von Anna 2026-11-24)",
            " (Annas modstridende kopi 2026-11-24)",
            " (copia en conflicto de Ana 2026-11-24)",
            " (Copie en conflit de Anne 2026-11-24)",
            " (copia in conflitto di Anna 2026-11-24)",
            " (cópia em conflito de Ana 2026-11-24)",
            " (Salinan Berkonflik dari Anna 2026-11-24)",
            " (salinan bercanggah Anna 2026-11-24)",
            " (สำเนาที่ขัดแย้งของ Anna 2026-11-24)",
            " (kopia powodująca konflikt, Anna 2026-11-24)",
            " (Annaの競合コピー 2026-11-24)",
            "(来自Anna的冲突)",
            " (SFConflict anna@example.org 2026-11-24-09-15-02)",
            " 2",
            " (1)",
            "(1)",
        ] {
            check(&format!("journal{rest}.jsonl"), Some(NameMatch::Conflict));
        }
        check("journal.jsonl.conflict1", Some(NameMatch::Conflict));
        check("journal.jsonl..path2", Some(NameMatch::Conflict));
        check("journal.jsonl (conflicted copy)", Some(NameMatch::Conflict));
        for name in [
            "journal-LAPTOP",
            "journal copy",
            "journal2",
            "Copy of journal",
        ] {
            check(&format!("{name}.jsonl"), Some(NameMatch::Alike));
        }
        for name in [
            "journal.jsonl",
            "journal.json",
            "my.jsonl",
            "journal.jsonl.draft",
            "journal.jsonl.damaged-2026-11-24.jsonl",
            "journal.jsonl.backups",
            "journal.jsonl~",
        ] {
            check(name, None);
        }
    }
}
