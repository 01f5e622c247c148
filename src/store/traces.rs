//! Finds an entry's text beside the journal: in copies and snapshots by their lines, in drafts and
//! everything else by words that are nowhere else in the journal.
//!
//! Only reads; `store::forget` decides what happens to the files.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use memchr::memmem;
use serde_json::Value as Json;

use super::atomic_write::with_suffix;
use super::backup::{SNAPSHOT, backup_folder};
use super::copy_names::candidates;
use super::decode::decode;
use super::disk::{Disk, FileStat, folder_of, is_no_file};
use super::inbox::inbox_paths;
use super::io_error::describe_error;
use super::lines::{self, split_at_openings, trim_line};
use super::rewrite::{LineAction, REWRITE};
use super::sync_folder::SyncFolder;
use super::temporary::kept_texts;
use super::{Damage, drafts, encode, read_all};
use crate::calendar::parse_iso_date;
use crate::journal::{Entry, Id};

/// A shorter text would be found everywhere.
const SHORTEST: usize = 6;

/// What an entry is recognised by in files.
#[derive(Debug)]
pub(super) struct EntryTraces {
    id: Id,
    /// The member of a line that has the id, without the quote at its end.
    member: String,
    /// Its texts, and single lines of them.
    texts: BTreeSet<String>,
    /// The words of its texts; a draft may have some of them.
    words: BTreeSet<String>,
}

/// What a file beside the journal is, when an entry must be removed from it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FileKind {
    /// Journal lines, of which some can be removed.
    Lines,
    /// Rebuilt when it is missing, or never needed again.
    Disposable,
    /// It may have text that is saved nowhere else.
    MayHaveText,
}

impl EntryTraces {
    /// The traces of the entry `id` by its lines in these files. Text that other lines of the first
    /// one, the journal, have as well is not a trace.
    pub(super) fn new(id: &Id, files: &[Vec<u8>]) -> Self {
        let mut texts = BTreeSet::new();
        let mut others: Vec<&[u8]> = Vec::new();
        for (number, bytes) in files.iter().enumerate() {
            for line in bytes.split(|byte| *byte == b'\n') {
                let read = lines::read_one(line, 0).entries;
                if read.iter().any(|entry| entry.id == *id) {
                    let own = read.iter().filter(|entry| entry.id == *id);
                    own.for_each(|entry| collect(&encode::encode(entry), &mut texts));
                    // What only a newer leadby understands is only in the raw line.
                    collect(&String::from_utf8_lossy(trim_line(line)), &mut texts);
                } else if number == 0 && !read.is_empty() {
                    others.push(line);
                }
            }
        }
        let is_own = |text: &String| {
            let written = encode::json(text);
            let text = written.trim_matches('"').as_bytes();
            !others.iter().any(|line| memmem::find(line, text).is_some())
        };
        texts.retain(|text| text.len() >= SHORTEST && is_own(text));
        let mut words: BTreeSet<String> = texts
            .iter()
            .flat_map(|text| text.split(|character: char| !character.is_alphanumeric()))
            .map(str::to_owned)
            .collect();
        words.retain(|word| word.len() >= SHORTEST && is_own(word));
        // A name like `let-go` may be left of any entry; a sentence is not.
        texts.retain(|text| !text.bytes().all(is_of_a_name));
        let lines: Vec<String> = texts
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| line.len() >= 2 * SHORTEST && is_own(&(*line).to_owned()))
            .map(str::to_owned)
            .collect();
        texts.extend(lines);
        let mut member = id_member(id);
        member.pop();
        Self {
            id: id.clone(),
            member,
            texts,
            words,
        }
    }

    /// What happens to a line that may be one of the entry's, or contain the remains of one.
    pub(super) fn line_action(&self, line: &[u8]) -> LineAction {
        // The line that says that it is forgotten stays.
        let is_of = |entry: &Entry| entry.id == self.id && !entry.is_forgotten_mark();
        let goes = |piece: &[u8]| match decode(trim_line(piece)) {
            Ok(read) => is_of(&read.entry),
            Err(Damage::Unreadable(_)) => self.is_remnant(trim_line(piece)),
            // A line of a newer leadby: its id is where it always was.
            Err(_) => id_of(trim_line(piece)).is_some_and(|id| id == self.id.as_str()),
        };
        if decode(trim_line(line)).is_ok() {
            return if goes(line) {
                LineAction::Remove(Vec::new())
            } else {
                LineAction::Keep
            };
        }
        // Lines that ran together are split, so that the others stay.
        let parts: Vec<&[u8]> = split_at_openings(trim_line(line)).collect();
        if !parts.iter().any(|piece| goes(piece)) {
            return LineAction::Keep;
        }
        let stay = parts.into_iter().filter(|piece| !goes(piece));
        LineAction::Remove(stay.map(<[u8]>::to_vec).collect())
    }

    /// Whether a torn line is the rest of one of the entry's.
    fn is_remnant(&self, piece: &[u8]) -> bool {
        let member = self.member.as_bytes();
        let names_it = memmem::find_iter(piece, member).any(|at| {
            let after = piece.get(at + member.len());
            after.is_none_or(|byte| *byte == b'"')
        });
        names_it || self.texts.iter().any(|text| contains_text(piece, text))
    }

    /// Whether a file of this sort has anything of the entry.
    pub(super) fn is_found_in(&self, bytes: &[u8], sort: FileKind) -> bool {
        if sort == FileKind::Lines {
            let goes =
                |line: &[u8]| self.line_action(line) != LineAction::Keep || self.may_hold(line);
            return bytes.split(|byte| *byte == b'\n').any(goes);
        }
        self.is_remnant(bytes) || self.words.iter().any(|word| contains_text(bytes, word))
    }

    /// Whether a line of a file that is not leadby's names the entry, and not as forgotten or as what
    /// another entry comes from.
    fn is_named_in(&self, bytes: &[u8]) -> bool {
        let id = self.id.as_str().as_bytes();
        let names_it = |line: &[u8]| {
            // An export has a comma after an entry.
            let line = trim_line(line);
            let read = decode(line.strip_suffix(b",").unwrap_or(line));
            read.map_or(true, |read| {
                read.entry.id == self.id && !read.entry.is_forgotten_mark()
            })
        };
        let mut lines = bytes.split(|byte| *byte == b'\n');
        lines.any(|line| memmem::find(line, id).is_some() && names_it(line))
    }

    /// Whether an unreadable line has one of the entry's words.
    fn may_hold(&self, line: &[u8]) -> bool {
        let unreadable = matches!(decode(trim_line(line)), Err(Damage::Unreadable(_)));
        unreadable && self.words.iter().any(|word| contains_text(line, word))
    }

    /// Whether a draft is about this entry only.
    pub(super) fn is_draft_of(&self, bytes: &[u8]) -> bool {
        drafts::decode(bytes).is_ok_and(|draft| {
            let mut about = draft.about.values();
            let fields = draft.values.keys();
            fields.clone().all(|field| draft.about.contains_key(field))
                && about.all(|about| about.id == self.id)
        })
    }
}

/// The member of a line that has an id.
pub fn id_member(id: &Id) -> String {
    format!("\"id\":{}", encode::json(&id.as_str()))
}

/// Whether a line is one of an entry, and more than the mark that it is forgotten.
pub fn has_text_of(line: &[u8], id: &Id) -> bool {
    let read = lines::read_one(line, 0).entries;
    let is_named = memmem::find(line, id_member(id).as_bytes()).is_some();
    is_named && !read.iter().any(Entry::is_forgotten_mark)
}

/// Whether some bytes contain a text, as it is or as in JSON.
fn contains_text(bytes: &[u8], text: &str) -> bool {
    let written = encode::json(&text);
    let written = written.trim_matches('"');
    memmem::find(bytes, text.as_bytes()).is_some()
        || memmem::find(bytes, written.as_bytes()).is_some()
}

fn id_of(line: &[u8]) -> Option<String> {
    let line: Json = serde_json::from_slice(line).ok()?;
    Some(line.get("id")?.as_str()?.to_owned())
}

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

/// The texts in a line of the journal.
fn collect(line: &str, texts: &mut BTreeSet<String>) {
    fn walk(json: &Json, texts: &mut BTreeSet<String>) {
        match json {
            Json::String(text) if parse_iso_date(text).is_none() => {
                texts.insert(text.clone());
            }
            Json::Array(items) => items.iter().for_each(|item| walk(item, texts)),
            Json::Object(members) => members.values().for_each(|member| walk(member, texts)),
            _ => {}
        }
    }
    let Ok(Json::Object(members)) = serde_json::from_str(line) else {
        return;
    };
    let own = members
        .iter()
        .filter(|(name, _)| !OF_THE_LINE.contains(&name.as_str()));
    own.for_each(|(_, member)| walk(member, texts));
}

/// The members that do not contain the user's text.
const OF_THE_LINE: [&str; 19] = [
    "v",
    "id",
    "rev",
    "after",
    "undoes",
    "open",
    "at",
    "kind",
    "crc",
    "week",
    "month",
    "practice",
    "step",
    "register",
    "entry",
    "portfolio",
    "origin",
    "due",
    "made",
];

/// The paths of a journal: the given one, and its target if it is a link.
pub(super) fn paths(disk: &dyn Disk, journal: &Path) -> Vec<PathBuf> {
    let real = disk.real_path(journal).ok().filter(|real| real != journal);
    std::iter::once(journal.to_owned()).chain(real).collect()
}

/// The files beside a journal that may contain an entry of it. A folder that cannot be listed is
/// added to `unlisted`, with the reason.
pub(super) fn files(
    disk: &dyn Disk,
    journals: &[PathBuf],
    unlisted: &mut Vec<(PathBuf, String)>,
) -> Vec<PathBuf> {
    let mut files = kept_texts();
    for journal in journals {
        files.extend(beside_one(disk, journal, unlisted));
    }
    files.sort();
    files.dedup();
    files
}

fn beside_one(
    disk: &dyn Disk,
    journal: &Path,
    unlisted: &mut Vec<(PathBuf, String)>,
) -> Vec<PathBuf> {
    let name = journal.file_name().unwrap_or_default().as_encoded_bytes();
    let (folder, backups) = (folder_of(journal), backup_folder(journal));
    let mut names = |folder: &Path| {
        disk.list_folder(folder).unwrap_or_else(|error| {
            let why = match error.kind() {
                ErrorKind::NotADirectory => "it is not a folder".to_owned(),
                _ => describe_error(&error),
            };
            unlisted.push((folder.to_owned(), why));
            Vec::new()
        })
    };
    let is_near = |file: &Path| {
        let file = file.file_name().unwrap_or_default().as_encoded_bytes();
        memmem::find(file, name).is_some() || file.starts_with(REWRITE.as_bytes())
    };
    let mut files: Vec<PathBuf> = names(folder).iter().map(|it| folder.join(it)).collect();
    files.retain(|file| is_near(file) && file != journal);
    files.extend(names(&backups).iter().map(|it| backups.join(it)));
    files.extend(candidates(disk, journal).into_iter().map(|(path, _)| path));
    // Its lines may be notes that are in the journal.
    files.extend(inbox_paths(disk, journal));
    // A second name of the journal is not another file, and is reported elsewhere.
    let ours = disk.stat(journal).ok().flatten();
    files.retain(|file| match disk.stat(file) {
        Ok(Some(look)) => ours.is_none_or(|ours| ours.identity != look.identity),
        Ok(None) => false,
        Err(error) => !is_no_file(&error),
    });
    files
}

/// What else is beside a journal.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    /// Files that are not leadby's and name the entry: copies under another name, exports. Or why one
    /// cannot be read.
    pub(super) files: Vec<(PathBuf, Option<String>)>,
    /// Folders that are not looked into.
    pub(super) folders: Vec<PathBuf>,
}

/// What else is beside a journal than [its own files](files).
pub(super) fn strangers(disk: &dyn Disk, journals: &[PathBuf], trace: &EntryTraces) -> Strangers {
    let own = files(disk, journals, &mut Vec::new());
    let mut found = Strangers::default();
    let is_own = |folder: &PathBuf| {
        let mut journals = journals.iter();
        journals.any(|it| *folder == backup_folder(it) || *folder == SyncFolder::of(it))
    };
    for journal in journals {
        let folder = folder_of(journal);
        let ours = disk.stat(journal).ok().flatten();
        let is_ours = |path: &Path| {
            let look = disk.stat(path).ok().flatten();
            let same = |look: FileStat| ours.is_some_and(|ours| ours.identity == look.identity);
            look.is_some_and(same)
        };
        for beside in disk.list_folder(folder).unwrap_or_default() {
            let path = folder.join(&beside);
            let kind = fs::metadata(&path).map(|it| it.file_type());
            match kind {
                Ok(kind) if kind.is_dir() => {
                    found.folders.extend(Some(path).filter(|it| !is_own(it)));
                }
                Ok(kind) if kind.is_file() && !own.contains(&path) && !is_ours(&path) => {
                    match is_in_file(disk, &path, trace) {
                        Ok(false) => {}
                        Ok(true) => found.files.push((path, None)),
                        Err(error) => found.files.push((path, Some(describe_error(&error)))),
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Whether a file, which may be large, names the entry.
fn is_in_file(disk: &dyn Disk, path: &Path, trace: &EntryTraces) -> io::Result<bool> {
    let id = trace.id.as_str().as_bytes();
    let Some(mut file) = disk.open_to_read(path)? else {
        return Ok(false);
    };
    let (mut part, mut length) = (vec![0; 1 << 20], 0);
    while let read @ 1.. = file.read(&mut part[length..])? {
        let end = length + read;
        if memmem::find(&part[..end], id).is_some() {
            return Ok(read_all(disk, path)?.is_some_and(|bytes| trace.is_named_in(&bytes)));
        }
        // The id may be half read.
        length = end.min(id.len());
        part.copy_within(end - length..end, 0);
    }
    Ok(false)
}

/// What a file is, by its name and its content.
pub(super) fn file_kind(journals: &[PathBuf], file: &Path, bytes: &[u8]) -> FileKind {
    let name = file.file_name().unwrap_or_default().as_encoded_bytes();
    let whole = file.as_os_str().as_encoded_bytes();
    let is_called = |ending: &str| {
        journals
            .iter()
            .map(|journal| with_suffix(journal, ending).into_os_string())
            .any(|called| whole.starts_with(called.as_encoded_bytes()))
    };
    if is_called(".draft") {
        return FileKind::MayHaveText;
    }
    let unfinished = name.starts_with(REWRITE.as_bytes()) || name.starts_with(SNAPSHOT.as_bytes());
    if unfinished || is_called(".place") || is_called(".pages") {
        return FileKind::Disposable;
    }
    let is_lines = is_called(".damaged-") || is_snapshot(journals, file);
    if is_lines || lines::begins_like_a_journal(bytes) {
        return FileKind::Lines;
    }
    FileKind::MayHaveText
}

/// Whether a file is one of the snapshots of a journal.
pub(super) fn is_snapshot(journals: &[PathBuf], file: &Path) -> bool {
    journals
        .iter()
        .any(|journal| file.parent() == Some(&backup_folder(journal)))
}

/// The bytes of a file, or why they cannot be read; `None` if it is gone.
pub(super) fn read(disk: &dyn Disk, file: &Path) -> Option<Result<Vec<u8>, String>> {
    read_all(disk, file)
        .map_err(|error| describe_error(&error))
        .transpose()
}
