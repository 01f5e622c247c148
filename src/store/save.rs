//! Saving: the only way anything gets into the journal file.
//!
//! A crash at any moment leaves every line that was saved before, and at most one unfinished line
//! at the end, which the next save ends with a newline. Knows lines only as bytes.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::time::Duration;

use super::Loaded;
use super::disk::{Disk, FileStat, Opened, folder_of};
use super::io_error::{describe_error, io_failure};
use super::journal_file::JournalFile;
use super::lines::{self, TailPolicy};
use crate::failure::{Failure, FailureKind};
use crate::text::display_path;

/// How long to wait for a busy journal: a hundred times this, two seconds.
const MOMENT: Duration = Duration::from_millis(20);
const PATIENCE: u32 = 100;

pub(super) struct LockedFile {
    pub(super) file: File,
    pub(super) created: bool,
    /// Its state once the lock was held.
    look: FileStat,
}

/// The outcome of one attempt to save.
enum SaveAttempt<T> {
    /// It is saved; with what others had written, and the result.
    Saved(Loaded, T),
    /// An editor or a sync tool replaced the journal file meanwhile, and these lines are in the old
    /// one, which no program will read.
    Replaced(Vec<String>, T),
}

impl JournalFile {
    /// Appends the lines that `compose` makes and returns once they are on the disk. `compose` gets
    /// what others appended meanwhile, the locked file and the disk.
    pub(super) fn append<T>(
        &mut self,
        mut compose: impl FnMut(&Loaded, &File, &dyn Disk) -> Result<(Vec<String>, T), Failure>,
    ) -> Result<(Loaded, T), Failure> {
        let mut adrift = None;
        for _ in 0..PATIENCE {
            let locked = self.lock()?;
            // What others wrote is only returned by a save that worked; after a failure, the next
            // read must find it again.
            let before = self.read_state.clone();
            match self.append_under_lock(&locked, &mut compose, adrift.take()) {
                Ok(SaveAttempt::Saved(others, result)) => return Ok((others, result)),
                Ok(SaveAttempt::Replaced(lines, result)) => {
                    self.read_state = before;
                    adrift = Some((lines, result));
                }
                Err(failure) => {
                    self.read_state = before;
                    return Err(failure);
                }
            }
        }
        Err(self.busy())
    }

    fn append_under_lock<T>(
        &mut self,
        locked: &LockedFile,
        compose: &mut impl FnMut(&Loaded, &File, &dyn Disk) -> Result<(Vec<String>, T), Failure>,
        adrift: Option<(Vec<String>, T)>,
    ) -> Result<SaveAttempt<T>, Failure> {
        let others = self
            .catch_up(&locked.file, locked.look, TailPolicy::Truncated, None)
            .map_err(|error| io_failure("the journal", &self.path, "read", error))?;
        if self.is_foreign() {
            return Err(self.not_a_journal());
        }
        let copied = match adrift {
            Some((lines, result)) if self.holds(&locked.file, &lines)? => Some((lines, result)),
            _ => None,
        };
        let (lines, result) = match copied {
            // The program that replaced the file had copied our lines, too; they only need a sync.
            Some(copied) => {
                let synced = self.sync(&locked.file);
                synced.map_err(|error| self.unconfirmed_save(&error))?;
                copied
            }
            None => {
                let (lines, result) = compose(&others, &locked.file, &*self.disk)?;
                if !lines.is_empty() {
                    self.write(locked, &lines)?;
                }
                (lines, result)
            }
        };
        if lines.is_empty() || self.still_there(locked.look)? {
            Ok(SaveAttempt::Saved(others, result))
        } else {
            Ok(SaveAttempt::Replaced(lines, result))
        }
    }

    /// Creates the file with these lines; it must not exist.
    pub(super) fn create(&mut self, lines: &[String]) -> Result<(), Failure> {
        let locked = self.lock()?;
        if !locked.created {
            let message = format!("{} already exists", display_path(&self.path));
            return Err(Failure::new(FailureKind::Journal, message).hint("choose another name"));
        }
        self.write(&locked, lines)
    }

    pub(super) fn lock(&mut self) -> Result<LockedFile, Failure> {
        let not_opened = |error| io_failure("the journal", &self.path, "written", error);
        let mut created = false;
        let mut tries = 0;
        loop {
            let missing = self.disk.stat(&self.path).map_err(not_opened)?.is_none();
            if missing && self.read_state.is_some() {
                return Err(self.gone());
            }
            if missing {
                let made = self
                    .disk
                    .create_folders(folder_of(&self.path))
                    .map_err(not_opened)?;
                let around = made.iter().map(|folder| folder_of(folder).to_owned());
                self.unconfirmed.extend(around);
            }
            let opened = self.disk.open_to_append(&self.path);
            let Opened { file, created: new } = opened.map_err(not_opened)?;
            if new {
                // Through a link the file may be in another folder.
                let real = self.disk.real_path(&self.path).map_err(not_opened)?;
                self.unconfirmed.push(folder_of(&real).to_owned());
                created = true;
            }
            while !self.try_lock(&file)? {
                tries += 1;
                if tries >= PATIENCE {
                    return Err(self.busy());
                }
                self.disk.wait(MOMENT);
            }
            // While we waited for the lock, the file may have been replaced by another.
            let ours = self.disk.stat_open(&file).map_err(not_opened)?;
            let there = self.disk.stat(&self.path).map_err(not_opened)?;
            if there.is_some_and(|there| there.identity == ours.identity) {
                return Ok(LockedFile {
                    file,
                    created,
                    look: ours,
                });
            }
            tries += 1;
            if tries >= PATIENCE {
                return Err(self.busy());
            }
        }
    }

    fn try_lock(&self, file: &File) -> Result<bool, Failure> {
        self.disk.try_lock(file).map_err(|error| {
            io_failure(
                "nothing was saved: the journal",
                &self.path,
                "locked",
                error,
            )
            .hint("some network drives cannot lock; keep the journal on a local disk")
        })
    }

    fn write(&mut self, locked: &LockedFile, lines: &[String]) -> Result<(), Failure> {
        let not_written = |error| io_failure("the journal", &self.path, "written", error);
        let file = &locked.file;
        let before = self.disk.stat_open(file).map_err(not_written)?.length;
        let mut bytes = Vec::new();
        if self.ends_in_the_middle(file, before).map_err(not_written)? {
            bytes.push(b'\n');
        }
        for line in lines {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        if let Err(error) = self.disk.append(file, &bytes) {
            return Err(self.undo_write(file, before, &bytes, error));
        }
        let after = self
            .disk
            .stat_open(file)
            .map_err(|error| self.unconfirmed_save(&error))?;
        if after.length != before + bytes.len() as u64 {
            // Another program ignored the lock and wrote too; check that our lines are there.
            let there = self
                .disk
                .read_from(file, before.min(after.length))
                .map_err(|error| self.unconfirmed_save(&error))?;
            if !there.windows(bytes.len()).any(|window| window == bytes) {
                return Err(self.overwritten());
            }
        }
        let synced = self.sync(file);
        synced.map_err(|error| self.unconfirmed_save(&error))?;
        // If anything else was written since we read to the end, the next read finds it, and our
        // lines with it; reading them twice changes nothing.
        let read_to = self.read_state.as_ref().map(|seen| seen.stat.length);
        if read_to == Some(before) && after.length == before + bytes.len() as u64 {
            self.record_append(after, &bytes, lines.len());
        }
        Ok(())
    }

    /// Whether all these lines are in the file.
    fn holds(&self, file: &File, lines: &[String]) -> Result<bool, Failure> {
        let not_read = |error| io_failure("the journal", &self.path, "read", error);
        let bytes = self.disk.read_from(file, 0).map_err(not_read)?;
        let there: HashSet<&[u8]> = bytes
            .split(|byte| *byte == b'\n')
            .map(lines::trim_line)
            .collect();
        Ok(lines.iter().all(|line| there.contains(line.as_bytes())))
    }

    /// Whether the name still leads to the file that was written to.
    fn still_there(&self, ours: FileStat) -> Result<bool, Failure> {
        let there = self
            .disk
            .stat(&self.path)
            .map_err(|error| self.unconfirmed_save(&error))?;
        Ok(there.is_some_and(|there| there.identity == ours.identity))
    }

    /// Whether there is an unfinished line at the end. If the file has the length that was read
    /// under this lock, that is known.
    fn ends_in_the_middle(&self, file: &File, length: u64) -> io::Result<bool> {
        if let Some(unfinished) = self.unfinished_at(length) {
            return Ok(unfinished);
        }
        let Some(last) = length.checked_sub(1) else {
            return Ok(false);
        };
        Ok(self.disk.read_from(file, last)? != b"\n")
    }

    fn sync(&mut self, file: &File) -> io::Result<()> {
        // Cleared before the result is known: a failed sync is reported and never retried.
        let folders = std::mem::take(&mut self.unconfirmed);
        self.disk.sync_data(file)?;
        folders
            .iter()
            .try_for_each(|folder| self.disk.sync_folder(folder))
    }

    /// Undoes a failed write, unless another program wrote after it.
    fn undo_write(&self, file: &File, before: u64, bytes: &[u8], error: io::Error) -> Failure {
        let part = self.disk.read_from(file, before);
        let undone = part.and_then(|part| {
            if bytes.starts_with(&part) {
                self.disk.truncate(file, before)
            } else {
                Err(io::Error::other("others wrote after it"))
            }
        });
        if undone.is_ok() {
            let failure = io_failure(
                "nothing was saved: the journal",
                &self.path,
                "written",
                error,
            );
            return failure;
        }
        self.unconfirmed_save(&error)
    }

    fn unconfirmed_save(&self, error: &io::Error) -> Failure {
        let (path, reason) = (display_path(&self.path), describe_error(error));
        let message =
            format!("the disk did not confirm the save ({reason}); it may or may not be in {path}");
        let way = "check the disk";
        Failure::new(FailureKind::Journal, message)
            .hint("copy your text somewhere safe, then check the disk")
            .hint("`leadby doctor` shows what is in the journal")
            .in_a_row("perhaps not saved", &reason, Some(way), &path)
    }

    fn overwritten(&self) -> Failure {
        let path = display_path(&self.path);
        let message = format!(
            "the save is not at the end of {path}: the file system does not append, or another \
             program overwrote it"
        );
        let way = "see `leadby doctor`";
        Failure::new(FailureKind::Journal, message)
            .hint("keep the journal on a local disk: --journal PATH or LEADBY_JOURNAL")
            .hint("`leadby doctor` shows what is in the journal")
            .in_a_row("not saved", "overwritten there", Some(way), &path)
    }

    fn busy(&self) -> Failure {
        let path = display_path(&self.path);
        let message = format!("nothing was saved: the journal {path} is in use");
        let way = "wait, then save again";
        Failure::new(FailureKind::Busy, message)
            .hint("close the other program or wait, then save again")
            .in_a_row("not saved", "the journal is in use", Some(way), &path)
    }

    fn gone(&self) -> Failure {
        let path = display_path(&self.path);
        let message = format!("nothing was saved: the journal {path} has disappeared");
        let way = "put it back, save again";
        Failure::new(FailureKind::Journal, message)
            .hint("put it back where it was, then save again")
            .in_a_row("not saved", "the file is gone", Some(way), &path)
    }

    fn not_a_journal(&self) -> Failure {
        let path = display_path(&self.path);
        let message = format!("{path} is not a leadby journal, so nothing was written to it");
        let way = "put yours back";
        Failure::new(FailureKind::Journal, message)
            .hint("choose another file with --journal PATH or LEADBY_JOURNAL")
            .in_a_row("not saved", "not a leadby journal", Some(way), &path)
    }
}
