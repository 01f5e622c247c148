//! What the model asks for, done: saving, drafts, the place to come back to.
//!
//! The only file that runs an [`Effect`]; what came of it goes back to the model as a [`Msg`].
//! Effects on the terminal itself are only noted here, for the loop that owns it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::app::{self, Effect, Model, Msg};
use crate::calendar::Now;
use crate::failure::{Failure, Kind};
use crate::journal::{Id, Value};
use crate::store::{self, Draft, DraftPlace, Drafts, Overwrite, Store};
use crate::words;

/// How long what is typed may be unwritten, with something to spare of the second promised: for the
/// disk, and for a machine that is busy.
const DRAFT_AFTER: Duration = Duration::from_millis(700);

/// What is said instead of the way out, before words are lost by leaving.
const LOSS: &str = "leave once more to go without it";

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
    /// Where what is being typed was last put down. A trouble with it is told once, and not with
    /// every key.
    kept: Kept,
    /// Whether the user was told that leaving costs what is being typed.
    warned: bool,
    reading_trouble: bool,
    place_trouble: bool,
}

/// Where what is being typed is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Kept {
    /// Beside the journal, or nothing is being typed.
    #[default]
    Beside,
    /// In the temporary folder.
    Temporary,
    /// On the screen alone.
    Nowhere,
    /// Saved, and what was put down of it cannot be removed.
    Left,
}

/// What came of putting down what is being typed.
enum Down {
    /// There is nothing.
    Nothing,
    /// It is where it belongs.
    Beside,
    /// It is in this file, for this reason.
    Temporary(PathBuf, Failure),
    /// It is on the screen alone.
    Nowhere(Failure),
    /// What was put down before cannot be removed.
    Left(Failure),
}

impl Down {
    fn kept(&self) -> Kept {
        match self {
            Self::Nothing | Self::Beside => Kept::Beside,
            Self::Temporary(..) => Kept::Temporary,
            Self::Nowhere(_) => Kept::Nowhere,
            Self::Left(_) => Kept::Left,
        }
    }
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
            kept: Kept::default(),
            warned: false,
            reading_trouble: false,
            place_trouble: false,
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
                Effect::PutBack(entries) => {
                    self.store.put_back(&entries).map(Msg::PutBack).map(Some)
                }
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
                    let noted = store::write_place(&self.journal, model.place().as_ref());
                    let told = std::mem::replace(&mut self.place_trouble, noted.is_err());
                    // Words are dearer than a place: what is said of them stays on the screen.
                    if told || model.notice().is_some_and(|notice| notice.wrong) {
                        Ok(None)
                    } else {
                        noted.map(|()| None)
                    }
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
                Effect::Quit => match self.loss(model, now) {
                    Some(loss) => Err(loss),
                    None => {
                        wishes.quit = true;
                        Ok(None)
                    }
                },
            };
            match done {
                Ok(Some(msg)) => self.follow(model, msg, now, wishes),
                Ok(None) => {}
                // What was to follow relied on it: a draft must outlive a failed save.
                Err(failure) if saving => {
                    let failure = self.unsaved(failure, model, now);
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
        let before = self.kept;
        let down = self.down(model, now);
        if self.kept == before {
            return None;
        }
        match down {
            Down::Nothing | Down::Beside => None,
            Down::Temporary(path, why) => Some(Msg::Failed(elsewhere(&path, why))),
            Down::Nowhere(failure) | Down::Left(failure) => Some(Msg::Failed(failure)),
        }
    }

    /// Puts down what is being typed.
    fn down(&mut self, model: &mut Model, now: Now) -> Down {
        self.draft_due = None;
        let down = match draft(model, now) {
            Some(draft) => match self.drafts.write(&draft) {
                Ok(DraftPlace::Beside) => Down::Beside,
                Ok(DraftPlace::Temporary(path, why)) => Down::Temporary(path, why),
                Err(failure) => Down::Nowhere(failure),
            },
            None => match self.drafts.clear() {
                Ok(()) => Down::Nothing,
                Err(failure) => Down::Left(failure),
            },
        };
        self.kept = down.kept();
        self.warned &= self.kept == Kept::Nowhere;
        down
    }

    /// Why a save failed, and what became of the words that were to be saved: they are put down
    /// before anything else is done.
    fn unsaved(&mut self, failure: Failure, model: &mut Model, now: Now) -> Failure {
        match self.down(model, now) {
            Down::Nothing | Down::Left(_) => failure,
            Down::Beside => failure
                .led_by("not saved, draft kept")
                .hint("what you typed is kept as a draft beside the journal"),
            Down::Temporary(path, _) => failure
                .led_by("not saved, draft kept")
                .hint(format!("what you typed is kept in {}", shown(&path))),
            Down::Nowhere(_) => {
                let failure = failure.led_by("neither saved nor kept");
                if model.leaves() {
                    self.warned = true;
                    failure.with_way(LOSS)
                } else {
                    failure.hint("what you typed is on the screen alone")
                }
            }
        }
    }

    /// What is said once before what is being typed is lost by leaving.
    fn loss(&mut self, model: &mut Model, now: Now) -> Option<Failure> {
        if self.kept != Kept::Nowhere || self.warned {
            return None;
        }
        let Down::Nowhere(failure) = self.down(model, now) else {
            return None;
        };
        self.warned = true;
        Some(failure.led_by("what you typed is not kept").with_way(LOSS))
    }

    /// Writes what is being typed, whatever the model thinks, because the program is about to
    /// stop; where it is, if not beside the journal. A draft that nobody has looked at yet stays
    /// where it is.
    ///
    /// # Errors
    /// When it cannot be written anywhere, with what it says.
    pub(super) fn put_down(
        &mut self,
        model: &mut Model,
        now: Now,
    ) -> Result<Option<PathBuf>, Failure> {
        self.draft_due = None;
        let Some(draft) = draft(model, now) else {
            return Ok(None);
        };
        match self.drafts.write(&draft) {
            Ok(DraftPlace::Beside) => Ok(None),
            Ok(DraftPlace::Temporary(path, _)) => Ok(Some(path)),
            Err(failure) => {
                // There is nothing left to be done about it: only the words themselves can be kept.
                let said = Failure::new(failure.kind(), failure.message());
                Err(said.hint(format!("here is what you typed:\n{}", words_of(&draft))))
            }
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

/// What is said once a draft is not beside the journal, but safe.
fn elsewhere(path: &Path, why: Failure) -> Failure {
    let path = shown(path);
    let mut brief = why.brief().cloned().unwrap_or_default();
    "draft kept in the temporary folder".clone_into(&mut brief.lead);
    brief.path.clone_from(&path);
    why.hint(format!(
        "what you type is kept in {path}, and offered from there"
    ))
    .in_brief(brief)
}

/// The words of a draft, for a person to copy.
fn words_of(draft: &Draft) -> String {
    let lines = draft.words.values().flat_map(|value| match value {
        Value::Text(text) => vec![text.clone()],
        Value::List(list) => list.clone(),
        Value::Log(log) => log.iter().map(|line| line.text.clone()).collect(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(path: &Path) -> String {
    words::one_line(&path.display().to_string())
}

fn written(place: &Path) -> Msg {
    Msg::Written(shown(place))
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

#[cfg(test)]
mod tests;
