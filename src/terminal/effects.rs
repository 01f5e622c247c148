//! What the model asks for, done: saving, drafts, the place to come back to.
//!
//! The only file that runs an [`Effect`]; what came of it goes back to the model as a [`Msg`].
//! Effects on the terminal itself are only noted here, for the loop that owns it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::app::{self, Effect, Model, Msg};
use crate::calendar::Now;
use crate::failure::{Failure, Kind};
use crate::journal::Id;
use crate::store::{self, Draft, Drafts, Overwrite, Store};
use crate::words;

/// How long what is typed may be unwritten, with something to spare of the second promised: for the
/// disk, and for a machine that is busy.
const DRAFT_AFTER: Duration = Duration::from_millis(700);

/// What the model wants of the terminal.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Wishes {
    /// To leave.
    pub(super) quit: bool,
    /// To stop until further notice.
    pub(super) suspend: bool,
    /// To draw everything anew.
    pub(super) repaint: bool,
    /// To take these words into its clipboard.
    pub(super) copy: Option<String>,
}

/// The world outside the model, apart from the terminal.
pub(super) struct Effects {
    store: Store,
    drafts: Drafts,
    journal: PathBuf,
    /// When the draft must be written; none when there is nothing new to write.
    draft_due: Option<Instant>,
    /// Troubles the user has been told of, so that each is told once and not with every key.
    draft_trouble: bool,
    reading_trouble: bool,
}

impl Effects {
    /// Effects on the journal of `store`, and on our draft among the `drafts` beside it.
    pub(super) fn new(store: Store, drafts: Drafts) -> Self {
        let journal = store.path().to_owned();
        Self {
            store,
            drafts,
            journal,
            draft_due: None,
            draft_trouble: false,
            reading_trouble: false,
        }
    }

    /// The journal file.
    pub(super) fn journal(&self) -> &Path {
        &self.journal
    }

    /// Tells the model `msg` and does what follows, results of effects included.
    pub(super) fn tell(&mut self, model: &mut Model, msg: Msg, now: Now) -> Wishes {
        let mut wishes = Wishes::default();
        self.follow(model, msg, now, &mut wishes);
        wishes
    }

    fn follow(&mut self, model: &mut Model, msg: Msg, now: Now, wishes: &mut Wishes) {
        for effect in app::update(model, msg) {
            let saving = matches!(effect, Effect::Save(_));
            let done = match effect {
                Effect::Save(changes) => self
                    .store
                    .append(&changes, model.journal(), now)
                    .map(|appended| Some(Msg::Saved(appended))),
                Effect::DraftSoon => {
                    self.draft_due
                        .get_or_insert_with(|| Instant::now() + DRAFT_AFTER);
                    Ok(None)
                }
                Effect::DraftNow => {
                    if let Some(msg) = self.write_draft(model, now) {
                        self.follow(model, msg, now, wishes);
                    }
                    Ok(None)
                }
                Effect::Place => {
                    store::write_place(&self.journal, model.place().as_ref()).map(|()| None)
                }
                Effect::Suspend => {
                    wishes.suspend = true;
                    Ok(None)
                }
                Effect::Repaint => {
                    wishes.repaint = true;
                    Ok(None)
                }
                Effect::Copy(words) => {
                    wishes.copy = Some(words);
                    Ok(None)
                }
                Effect::Export { name, text } => {
                    store::write_page(Path::new("."), &name, &text).map(|path| Some(written(&path)))
                }
                Effect::WriteOut {
                    path,
                    text,
                    overwrite,
                } => write_out(path, text, overwrite).map(Some),
                Effect::Quit => {
                    wishes.quit = true;
                    Ok(None)
                }
            };
            match done {
                Ok(Some(msg)) => self.follow(model, msg, now, wishes),
                Ok(None) => {}
                // What was to follow relied on it: a draft must outlive a failed save.
                Err(failure) if saving => {
                    return self.follow(model, Msg::Failed(failure), now, wishes);
                }
                // Nobody is kept from leaving because a place cannot be noted.
                Err(failure) => self.follow(model, Msg::Failed(failure), now, wishes),
            }
        }
    }

    /// How long until the draft must be written.
    pub(super) fn draft_due_in(&self) -> Option<Duration> {
        let due = self.draft_due?;
        Some(due.saturating_duration_since(Instant::now()))
    }

    /// Writes the draft if it is time; what the model is to be told.
    pub(super) fn write_draft_if_due(&mut self, model: &mut Model, now: Now) -> Option<Msg> {
        if self.draft_due_in()?.is_zero() {
            self.write_draft(model, now)
        } else {
            None
        }
    }

    fn write_draft(&mut self, model: &mut Model, now: Now) -> Option<Msg> {
        self.draft_due = None;
        let written = match draft(model, now) {
            Some(draft) => self.drafts.write(&draft),
            None => self.drafts.clear(),
        };
        let told = std::mem::replace(&mut self.draft_trouble, written.is_err());
        written.err().filter(|_| !told).map(Msg::Failed)
    }

    /// Writes what is being typed, whatever the model thinks, because the program is about to
    /// stop. A draft that nobody has looked at yet stays where it is.
    pub(super) fn put_down(&mut self, model: &mut Model, now: Now) -> Result<(), Failure> {
        self.draft_due = None;
        match draft(model, now) {
            Some(draft) => self.drafts.write(&draft),
            None => Ok(()),
        }
    }

    /// Whether the journal is not as we know it. Where that cannot be said, it may be.
    pub(super) fn is_behind(&self) -> bool {
        self.store.is_behind().unwrap_or(true)
    }

    /// What other programs wrote, when the file says that there is something.
    pub(super) fn outside(&mut self) -> Option<Msg> {
        match self.store.refresh() {
            Ok(loaded) => {
                self.reading_trouble = false;
                loaded.is_news().then_some(Msg::Outside(loaded))
            }
            Err(failure) => {
                // Looked at again with the next key; said only once.
                let told = std::mem::replace(&mut self.reading_trouble, true);
                (!told).then_some(Msg::Failed(failure))
            }
        }
    }
}

/// What is being typed; what begins a new entry has the id in it that a save will use.
fn draft(model: &mut Model, now: Now) -> Option<Draft> {
    let reach = Store::reach(now);
    let known: Vec<Id> = model.journal().ids(reach).cloned().collect();
    model.put_down(|others| Store::fresh_id(&known, others, now))
}

fn written(place: &Path) -> Msg {
    let place = words::one_line(&place.display().to_string());
    Msg::Told(format!("Written to {place}"))
}

/// Puts a page where somebody wants it; what the model is to be told.
fn write_out(path: String, text: String, overwrite: Overwrite) -> Result<Msg, Failure> {
    match store::write_out(Path::new(&path), text.as_bytes(), overwrite) {
        Ok(()) => {
            let place = std::path::absolute(&path).unwrap_or_else(|_| PathBuf::from(&path));
            Ok(written(&place))
        }
        // There is a file, and what is typed at a screen is no call to be repeated otherwise.
        Err(failure) if failure.kind() == Kind::Usage && overwrite == Overwrite::Never => {
            Ok(Msg::Occupied { path, text })
        }
        Err(failure) => Err(failure),
    }
}
