//! Runs what the model asks for: saving, drafts, the last position.
//!
//! The only file that runs an [`Effect`]; its result goes back to the model as a [`Msg`]. Effects
//! on the terminal are only collected here, for the event loop that owns it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::children::Children;
use super::clock::system_seconds;
use crate::app::{self, Effect, Model, Msg};
use crate::calendar::Now;
use crate::failure::{Failure, FailureKind};
use crate::journal::{Entry, Id, Value};
use crate::store::{self, Appended, Draft, DraftLocation, Drafts, Overwrite, Store};
use crate::text::display_path;

/// How long typed text may be unwritten. It leaves some of the promised second for a slow disk or a
/// busy machine.
const DRAFT_AFTER: Duration = Duration::from_millis(700);

/// How long the journal may be missing before it counts as gone: other programs replace a file by
/// removing it first.
const GONE_AFTER: Duration = Duration::from_millis(500);

/// Replaces the hint before leaving loses text.
const LOSS: &str = "leave again to discard it";

/// What the model asks of the terminal.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PendingEffects {
    pub quit: bool,
    /// Stop until SIGCONT.
    pub suspend: bool,
    pub repaint: bool,
    pub copy: Option<String>,
    /// Open this text in the user's editor.
    pub edit: Option<String>,
}

/// The world outside the model, except the terminal.
#[derive(Debug)]
pub struct Effects {
    store: Store,
    drafts: Drafts,
    journal: PathBuf,
    /// The folder that pages are written to; empty for the present one.
    folder: PathBuf,
    /// The user's config file; `None` without a home folder.
    config: Option<PathBuf>,
    /// The variable that sets the theme, if one does.
    theme_variable: Option<&'static str>,
    /// When the draft must be written; `None` if nothing is new.
    draft_due: Option<Instant>,
    /// Where the draft was last saved. A problem with it is reported once, not with every key.
    draft_status: DraftStatus,
    warned: Warned,
    reading_trouble: bool,
    position_unsaved: bool,
    inbox: InboxStatus,
    presence: Presence,
    pub(super) children: Children,
}

/// What the user was told that leaving loses.
#[derive(Clone, Copy, Debug, Default)]
struct Warned {
    of_text: bool,
    of_lines: bool,
}

/// Where unsaved text is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
enum DraftStatus {
    #[default]
    None,
    BesideJournal,
    /// In this temporary file.
    Temporary(PathBuf),
    OnScreenOnly,
    /// Saved, but its draft cannot be removed.
    NotRemoved,
}

/// Whether the journal's file is where it was.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Presence {
    #[default]
    There,
    MissingSince(Instant),
    /// Missing, and the model knows.
    Gone,
}

/// What became of the lines of `inbox.txt`. A problem with them is reported once.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum InboxStatus {
    /// Not looked at yet.
    #[default]
    Unread,
    /// All are in the journal.
    Taken,
    /// Some, or the file, are not notes; that changes only with the file.
    LeftAlone,
    /// They could not be written; the next key tries again.
    Unwritten,
}

impl Effects {
    /// Effects on the journal of `store`, and on our draft in `drafts`.
    pub fn new(store: Store, drafts: Drafts) -> Self {
        let journal = store.path().to_owned();
        Self {
            store,
            drafts,
            journal,
            folder: PathBuf::new(),
            config: None,
            theme_variable: None,
            draft_due: None,
            draft_status: DraftStatus::default(),
            warned: Warned::default(),
            reading_trouble: false,
            position_unsaved: false,
            inbox: InboxStatus::default(),
            presence: Presence::default(),
            children: Children::default(),
        }
    }

    /// The same, with another folder than the present one for the pages that are written.
    pub fn writing_to(mut self, folder: &Path) -> Self {
        folder.clone_into(&mut self.folder);
        self
    }

    /// The same, with the user's config file, in which a theme is kept, and the variable that goes
    /// before that theme.
    pub fn with_config(
        mut self,
        path: Option<PathBuf>,
        theme_variable: Option<&'static str>,
    ) -> Self {
        self.config = path;
        self.theme_variable = theme_variable;
        self
    }

    pub(super) fn journal(&self) -> &Path {
        &self.journal
    }

    /// Sends `msg` to the model and runs the effects that follow, including their results.
    pub fn dispatch(&mut self, model: &mut Model, msg: Msg, now: Now) -> PendingEffects {
        let mut pending = PendingEffects::default();
        self.run_effects(model, msg, now, &mut pending);
        pending
    }

    fn run_effects(&mut self, model: &mut Model, msg: Msg, now: Now, pending: &mut PendingEffects) {
        for effect in app::update(model, msg) {
            let saving = matches!(effect, Effect::Save(_));
            let mut done = Ok(None);
            match effect {
                Effect::Save(changes) => {
                    let saved = self.store.append(&changes, model.journal(), now);
                    done = saved.map(|appended| Some(Msg::Saved(appended)));
                }
                Effect::RestoreLines(entries) => done = self.restore(&entries).map(Some),
                Effect::DraftSoon => {
                    self.draft_due
                        .get_or_insert_with(|| Instant::now() + DRAFT_AFTER);
                }
                Effect::DraftNow => done = Ok(self.write_draft(model, now)),
                Effect::SavePosition => {
                    let mut noted =
                        store::write_last_position(&self.journal, model.last_position().as_ref());
                    if let Some(pages) = model.take_walked_pages() {
                        let pages = store::write_walked_pages(&self.journal, pages);
                        noted = noted.and(pages);
                    }
                    let was_reported =
                        std::mem::replace(&mut self.position_unsaved, noted.is_err());
                    // Text matters more than a position: an error about it stays on the screen.
                    if !was_reported && !model.notice().is_some_and(|notice| notice.is_error) {
                        done = noted.map(|()| None);
                    }
                }
                Effect::Suspend => pending.suspend = true,
                Effect::Repaint => pending.repaint = true,
                Effect::Copy(words) => pending.copy = Some(words),
                Effect::WriteFile {
                    path,
                    text,
                    overwrite,
                } => done = self.write_out(path, text, overwrite).map(Some),
                Effect::KeepTheme(theme) => {
                    let (path, variable) = (self.config.as_deref(), self.theme_variable);
                    let kept = store::keep_theme(&self.journal, path, theme, variable);
                    done = kept.map(|said| Some(Msg::Notice(said)));
                }
                Effect::EditText(text) => pending.edit = Some(text),
                Effect::RunCommands(commands) => self.children.start(commands),
                Effect::StopCommands => self.children.stop(),
                Effect::Quit => match self.loss(model, now) {
                    Some(loss) => done = Err(loss),
                    None => pending.quit = true,
                },
            }
            match done {
                Ok(Some(msg)) => self.run_effects(model, msg, now, pending),
                Ok(None) => {}
                // The remaining effects rely on the save: a draft must outlive a failed one.
                Err(failure) if saving => {
                    let failure = self.unsaved(failure, model, now);
                    return self.run_effects(model, Msg::Failed(failure), now, pending);
                }
                // A position that cannot be noted does not stop the user from leaving.
                Err(failure) => self.run_effects(model, Msg::Failed(failure), now, pending),
            }
        }
    }

    fn restore(&mut self, entries: &[Entry]) -> Result<Msg, Failure> {
        let merged = self.store.restore(entries)?;
        // If it was gone, there is a new one.
        self.presence = Presence::There;
        self.warned.of_lines = false;
        Ok(Msg::LinesRestored(merged))
    }

    /// Writes a page where the user wants it; returns a message for the model.
    fn write_out(&self, path: String, text: String, overwrite: Overwrite) -> Result<Msg, Failure> {
        let file = self.folder.join(&path);
        match store::write_out(&self.journal, &file, text.as_bytes(), overwrite) {
            Ok(()) => {
                let file = std::path::absolute(&file).unwrap_or(file);
                Ok(Msg::Written(display_path(&file)))
            }
            // The file exists; on a screen, the user is asked instead of told about --force.
            Err(failure)
                if failure.kind() == FailureKind::Usage && overwrite == Overwrite::Never =>
            {
                Ok(Msg::FileExists { path, text })
            }
            Err(failure) => Err(failure),
        }
    }

    /// How long until the draft must be written.
    pub fn draft_due_in(&self) -> Option<Duration> {
        let due = self.draft_due?;
        Some(due.saturating_duration_since(Instant::now()))
    }

    /// Writes the draft if it is due; returns a message for the model.
    pub(super) fn write_draft_if_due(&mut self, model: &mut Model, now: Now) -> Option<Msg> {
        if self.draft_due_in()?.is_zero() {
            self.write_draft(model, now)
        } else {
            None
        }
    }

    /// Writes the draft, or removes it if there is no unsaved text; returns a message for the model
    /// if that changed where the text is.
    pub fn write_draft(&mut self, model: &mut Model, now: Now) -> Option<Msg> {
        let before = self.draft_status.clone();
        let trouble = self.save_draft(model, now);
        let is_new = self.draft_status != before;
        trouble.filter(|_| is_new).map(Msg::Failed)
    }

    /// Saves unsaved text as a draft; returns why it is not beside the journal, or not removed.
    fn save_draft(&mut self, model: &mut Model, now: Now) -> Option<Failure> {
        self.draft_due = None;
        let (status, trouble) = match current_draft(model, now) {
            Some(draft) => match self.drafts.write(&draft) {
                Ok(DraftLocation::BesideJournal) => (DraftStatus::BesideJournal, None),
                Ok(DraftLocation::TemporaryFolder(path, why)) => {
                    let trouble = elsewhere(&path, why);
                    (DraftStatus::Temporary(path), Some(trouble))
                }
                Err(failure) => (DraftStatus::OnScreenOnly, Some(failure)),
            },
            None => match self.clear_draft(model) {
                Ok(status) => (status, None),
                Err(failure) => (DraftStatus::NotRemoved, Some(failure)),
            },
        };
        self.draft_status = status;
        self.warned.of_text &= self.draft_status == DraftStatus::OnScreenOnly;
        trouble
    }

    /// Removes our draft, and offers the next one that a crash left, if there are several.
    fn clear_draft(&mut self, model: &mut Model) -> Result<DraftStatus, Failure> {
        while self.drafts.has_own() {
            self.drafts.clear()?;
            let Ok(Some(next)) = self.drafts.read() else {
                break;
            };
            if model.offer_draft(&next) {
                return Ok(DraftStatus::BesideJournal);
            }
        }
        Ok(DraftStatus::None)
    }

    /// Why a save failed, and where the text is now: it is kept as a draft before anything else is
    /// done.
    fn unsaved(&mut self, failure: Failure, model: &mut Model, now: Now) -> Failure {
        self.save_draft(model, now);
        match &self.draft_status {
            DraftStatus::None | DraftStatus::NotRemoved => failure,
            DraftStatus::BesideJournal => failure
                .with_lead("not saved, draft kept")
                .hint("what you typed is kept as a draft beside the journal"),
            DraftStatus::Temporary(path) => failure
                .with_lead("not saved, draft kept")
                .hint(format!("what you typed is kept in {}", display_path(path))),
            DraftStatus::OnScreenOnly => {
                let failure = failure.with_lead("neither saved nor kept");
                if model.quits_after_save() {
                    self.warned.of_text = true;
                    failure.with_first_hint(LOSS)
                } else {
                    failure.hint("what you typed is only on the screen")
                }
            }
        }
    }

    /// The warning, given once, that leaving loses text, or lines that are only on the screens.
    fn loss(&mut self, model: &mut Model, now: Now) -> Option<Failure> {
        let is_gone = self.store.is_gone() || self.store.is_replaced();
        if (is_gone || model.lost_count() > 0) && !self.warned.of_lines {
            self.warned.of_lines = true;
            return Some(self.lines_loss(is_gone));
        }
        if self.draft_status != DraftStatus::OnScreenOnly || self.warned.of_text {
            return None;
        }
        let trouble = self.save_draft(model, now);
        let failure = trouble.filter(|_| self.draft_status == DraftStatus::OnScreenOnly)?;
        self.warned.of_text = true;
        let failure = failure.with_lead("what you typed is not kept");
        Some(failure.with_first_hint(LOSS))
    }

    fn lines_loss(&self, is_gone: bool) -> Failure {
        let path = display_path(&self.journal);
        let (lead, which) = if is_gone {
            ("the journal is gone", "its lines")
        } else {
            ("lines of the journal are gone", "they")
        };
        let message = format!("{lead}: {path}; {which} are only on the screens");
        Failure::new(FailureKind::Journal, message)
            .hint("restore the lines, or leave again to discard them")
            .in_a_row(lead, "leave again to discard them", None, &path)
    }

    /// Saves unsaved text, whatever the model thinks, because the program is about to stop; returns
    /// where it is, if not beside the journal. A draft that was offered but not opened yet stays
    /// where it is. If it cannot be written anywhere, the failure has the text itself.
    pub fn keep_draft(&mut self, model: &mut Model, now: Now) -> Result<Option<PathBuf>, Failure> {
        self.draft_due = None;
        let Some(draft) = current_draft(model, now) else {
            return Ok(None);
        };
        match self.drafts.write(&draft) {
            Ok(DraftLocation::BesideJournal) => Ok(None),
            Ok(DraftLocation::TemporaryFolder(path, _)) => Ok(Some(path)),
            Err(failure) => {
                // Nothing else can be done: only the text itself can be shown.
                let said = Failure::new(failure.kind(), failure.message());
                Err(said.hint(format!("here is what you typed:\n{}", draft_text(&draft))))
            }
        }
    }

    /// Whether the journal changed since we read it; also true if that is unknown.
    pub(super) fn journal_has_changed(&self) -> bool {
        self.store.has_changed().unwrap_or(true)
    }

    /// Whether `inbox.txt` may have new lines.
    pub(super) fn inbox_has_changed(&self) -> bool {
        self.store.inbox_has_changed(system_seconds())
    }

    /// Takes in what waits in `inbox.txt`, if it changed.
    pub fn take_in_notes(&mut self, model: &Model, now: Now) -> Option<Msg> {
        let before = self.inbox;
        let is_due = matches!(before, InboxStatus::Unread | InboxStatus::Unwritten);
        if !is_due && !self.inbox_has_changed() {
            return None;
        }
        let read = self.store.read_inbox(system_seconds());
        let notes = read.new_notes(model.journal(), model.catalog());
        let (status, trouble) = match self.store.take_in(&notes, now) {
            Ok(Appended { saved, others, .. }) => {
                let mut loaded = others;
                loaded.entries.extend(saved);
                if loaded.has_changes() {
                    self.inbox = InboxStatus::Unread;
                    return Some(Msg::JournalChanged(loaded));
                }
                match read.left_alone.into_iter().next() {
                    Some(failure) => (InboxStatus::LeftAlone, Some(failure)),
                    None => (InboxStatus::Taken, None),
                }
            }
            Err(failure) => (InboxStatus::Unwritten, Some(failure)),
        };
        self.inbox = status;
        trouble.filter(|_| status != before).map(Msg::Failed)
    }

    pub(super) fn ended_commands(&mut self) -> impl Iterator<Item = Msg> {
        let ended = self.children.take_ended().into_iter();
        ended.map(|(number, output)| Msg::CommandEnded { number, output })
    }

    /// Waits until a command has ended, if one still runs.
    pub fn wait_for_command(&mut self) -> Vec<Msg> {
        let ended = self.children.wait_for_one().into_iter();
        ended
            .map(|(number, output)| Msg::CommandEnded { number, output })
            .collect()
    }

    /// Whether the journal's file has come or gone since [`Effects::check_presence`].
    pub(super) fn presence_has_changed(&self) -> bool {
        self.store.is_gone() == (self.presence == Presence::There)
    }

    /// How long until a missing journal counts as gone.
    pub(super) fn gone_in(&self) -> Option<Duration> {
        match self.presence {
            Presence::MissingSince(when) => Some(GONE_AFTER.saturating_sub(when.elapsed())),
            Presence::There | Presence::Gone => None,
        }
    }

    /// Looks whether the journal's file is there; returns a message if the model must know.
    pub(super) fn check_presence(&mut self) -> Option<Msg> {
        let is_gone = self.store.is_gone();
        match self.presence {
            Presence::There if is_gone => {
                self.presence = Presence::MissingSince(Instant::now());
                None
            }
            Presence::MissingSince(when) if is_gone && when.elapsed() >= GONE_AFTER => {
                self.presence = Presence::Gone;
                Some(Msg::JournalGone)
            }
            _ if is_gone => None,
            before => {
                self.presence = Presence::There;
                self.warned.of_lines = false;
                (before == Presence::Gone).then_some(Msg::JournalBack)
            }
        }
    }

    /// Checks that the journal can still be read and written to, after its permissions changed.
    pub(super) fn check_access(&mut self) -> Option<Msg> {
        let failure = self.store.check_access().err()?;
        // Only a read that works ends the trouble: a folder in place of the file can be accessed, too.
        self.report_once(failure)
    }

    /// What other programs wrote, if the file changed.
    pub fn read_changes(&mut self) -> Option<Msg> {
        match self.store.refresh() {
            Ok(loaded) => {
                self.reading_trouble = false;
                loaded.has_changes().then_some(Msg::JournalChanged(loaded))
            }
            Err(failure) => {
                // Tried again with the next key.
                self.report_once(failure)
            }
        }
    }

    /// Reports that the journal cannot be read, unless that was the last report about it.
    fn report_once(&mut self, failure: Failure) -> Option<Msg> {
        let was_reported = std::mem::replace(&mut self.reading_trouble, true);
        (!was_reported).then_some(Msg::Failed(failure))
    }
}

/// The unsaved text as a draft; a new entry in it has the id that a save will use.
fn current_draft(model: &mut Model, now: Now) -> Option<Draft> {
    let reach = Store::recent_ids(now);
    let known: Vec<Id> = model.journal().ids(reach).cloned().collect();
    model.draft_with_ids(|others| Store::new_id(&known, others, now))
}

/// The message when a draft is not beside the journal, but safe.
fn elsewhere(path: &Path, why: Failure) -> Failure {
    let path = display_path(path);
    let mut brief = why.brief().cloned().unwrap_or_default();
    "draft kept in the temporary folder".clone_into(&mut brief.lead);
    brief.path.clone_from(&path);
    why.hint(format!(
        "what you type is kept in {path}, and offered from there"
    ))
    .with_brief(brief)
}

/// The text of a draft, for the user to copy.
fn draft_text(draft: &Draft) -> String {
    let lines: Vec<&str> = draft.values.values().flat_map(Value::texts).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests;
