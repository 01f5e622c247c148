//! Runs the program in a terminal: enters and leaves it, waits for keys and signals, runs effects.
//!
//! One thread, one blocking poll, no ticks. Whatever happens (a signal, a panic, a terminal that
//! hangs up), unsaved text is kept as a draft and the terminal is restored. Knows nothing of what a
//! key means or what a screen shows, and never reads the environment itself.

mod backend;
mod children;
mod clock;
mod colors;
mod effects;
mod environment;
mod event_loop;
mod external_editor;
mod keys;
mod midnight;
mod renderer;
mod reports;
mod sequences;
mod signals;
mod tty;
mod watch;

pub use children::run_commands;
pub use clock::{Clock, system_seconds};
pub use effects::{Effects, PendingEffects};
pub use environment::TerminalEnvironment;
pub use event_loop::ExitReason;
pub use external_editor::{EditedText, edit_text, keep_file, lend};
pub use signals::make_oversized_writes_fail;

use std::any::Any;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::low_level;

use crate::app::keys::KeyTable;
use crate::app::{self, Model, Msg, Setup};
use crate::calendar::Now;
use crate::config::EvidenceSource;
use crate::failure::{Failure, FailureKind};
use crate::journal::{Journal, UndoHistory};
use crate::ladder::UserLadder;
use crate::practice::Catalog;
use crate::store::{self, AbortableDisk, Drafts, Store};
use crate::text;

use colors::ScreenColors;
use event_loop::EventLoop;
use signals::Signals;
use tty::{Features, Tty};

/// What a session at the terminal starts from.
#[derive(Debug)]
pub struct Session {
    pub journal: PathBuf,
    pub catalog: Catalog,
    pub keys: KeyTable,
    /// The user's config file; `None` without a home folder.
    pub config: Option<PathBuf>,
    /// The variable that sets the theme, if one does.
    pub theme_variable: Option<&'static str>,
    /// Where evidence comes from; `None` while the config file is not used.
    pub evidence: Option<Vec<EvidenceSource>>,
    /// The user's career ladder, or the mistakes in its file.
    pub ladder: UserLadder,
    pub clock: Clock,
    pub editor: String,
    /// The name of the screen to open first; `None` for Home.
    pub open: Option<String>,
    /// What the user should know first, although nothing is lost.
    pub warning: Option<Failure>,
    /// What the environment says about the terminal.
    pub environment: TerminalEnvironment,
}

/// Opens the screens and returns when they are closed and the terminal is restored.
///
/// The caller must [pass on](ExitReason::reraise) a signal that asked for the end.
pub fn run(session: Session) -> Result<ExitReason, Failure> {
    if !tty::is_terminal() || !session.environment.shows_screens() {
        return Err(no_terminal());
    }
    let environment = &session.environment;
    let config = session.config.clone();
    let theme_variable = session.theme_variable;
    let colors = ScreenColors::new(environment.colors.clone(), environment.terminal_colors());
    let features = Features {
        mouse: environment.mouse,
        // The console of Linux has no colours to choose from.
        reports: !environment.terminal_colors().plain_signs,
    };
    let editor = session.editor.clone();
    let (clock, journal) = (session.clock, session.journal.clone());
    let now = clock.now();
    // Once asked to end, the program no longer waits for a lock.
    let ending = Arc::new(AtomicBool::new(false));
    let (store, drafts, model) = load(session, now, Arc::clone(&ending))?;
    let signals = Signals::listen(&ending).map_err(terminal_failure)?;
    let copy = signals
        .as_fd()
        .try_clone_to_owned()
        .map_err(terminal_failure)?;
    let tty = Arc::new(Tty::open(copy, ending, features).map_err(terminal_failure)?);
    let place = (Arc::clone(&tty), signals);
    let mut event_loop = EventLoop::new(
        model,
        Effects::new(store, drafts).with_config(config, theme_variable),
        place,
        (clock, now),
        (colors, editor),
    )
    .map_err(terminal_failure)?;
    restore_before_panic_message(&tty);
    let ended = panic::catch_unwind(AssertUnwindSafe(|| event_loop.run()));
    // The draft first, then the terminal: text matters more, and the terminal may be gone.
    let down = panic::catch_unwind(AssertUnwindSafe(|| event_loop.keep_draft()));
    tty.discard_answers();
    tty.leave();
    let ended = match ended {
        Ok(ended) => ended,
        Err(panic) => resume_panic(&journal, &down, panic),
    };
    if !matches!(ended, Ok(ExitReason::Quit)) {
        tty.discard_typeahead();
    }
    // From here on signals have their default effect again.
    drop(event_loop);
    let ended = ended.map_err(terminal_failure)?;
    match down.unwrap_or_else(|panic| panic::resume_unwind(panic)) {
        Ok(None) => {}
        Ok(Some(path)) => print_message(&format!(
            "leadby: your unsaved text is in {}; leadby offers it next time.",
            path.display()
        )),
        Err(failure) if ended == ExitReason::Quit => return Err(failure),
        // The signal is still passed on.
        Err(failure) => {
            print_message(&format!("leadby: {failure}."));
            failure.hints().iter().for_each(|hint| print_message(hint));
        }
    }
    Ok(ended)
}

/// Prints a message after the screens are closed; it is fine if no one can read it.
fn print_message(text: &str) {
    let _ = writeln!(io::stderr(), "{}", text::escape_controls(text));
}

impl ExitReason {
    /// Ends the process by the signal that asked for it, so that its parent sees the signal and not
    /// an exit code. Returns the exit code if the user left, and where it cannot end by the signal: then
    /// the one that a shell shows for it.
    pub fn reraise(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Quit => Ok(ExitCode::SUCCESS),
            Self::Signal(number) => {
                if let Some(code) = signals::exit_code(number) {
                    return Ok(ExitCode::from(code));
                }
                low_level::emulate_default_handler(number).map_err(terminal_failure)?;
                // Not reached: it has ended.
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

/// Reads the journal and the drafts. `ending` is set when the program is asked to end.
fn load(
    session: Session,
    now: Now,
    ending: Arc<AtomicBool>,
) -> Result<(Store, Drafts, Model), Failure> {
    let to_leave = move || ending.load(Ordering::SeqCst);
    let (mut store, loaded) = Store::open_on(&session.journal, AbortableDisk(to_leave))?;
    let path = session.journal.display().to_string();
    if store.is_foreign() {
        let path = text::one_line(&path);
        let message = format!("{path} is not a leadby journal, and was left as it is");
        return Err(Failure::new(FailureKind::Journal, message)
            .hint("choose another file with --journal PATH or LEADBY_JOURNAL"));
    }
    let temporary = &session.environment.temporary;
    let mut drafts = Drafts::new(&session.journal);
    if !temporary.as_os_str().is_empty() {
        drafts = drafts.with_fallback_folder(temporary);
    }
    let (draft, trouble) = match drafts.read() {
        Ok(draft) => (draft, None),
        Err(failure) => (None, Some(failure)),
    };
    let undo_history = UndoHistory::recent(&loaded.entries, store::read_added(store.path()));
    let mut journal = Journal::fold_list(loaded.entries);
    let unread = take_in_notes(&mut store, &mut journal, &session.catalog, now);
    let mut model = Model::new(Setup {
        now,
        catalog: session.catalog,
        keys: session.keys,
        findings: loaded.findings.len(),
        undo_history,
        journal,
        path,
        draft,
        last_position: store::read_last_position(&session.journal),
        walked_pages: store::read_walked_pages(&session.journal),
        open: session.open,
    })
    .with_evidence_sources(session.evidence)
    .with_ladder(session.ladder)
    .with_theme(session.environment.colors.theme);
    let warnings = unsaved_text().into_iter().chain(copies(&session.journal));
    let warnings = warnings.chain(session.warning);
    for failure in warnings.chain(unread).chain(trouble) {
        // The draft stays where it is, and the journal works without it, so a message is enough.
        // There is room for one, and the last is the most serious.
        let _ = app::update(&mut model, Msg::Failed(failure));
    }
    Ok((store, drafts, model))
}

/// Takes in what waits in `inbox.txt`, so that the first screen counts it; why it waits on, if it
/// must.
fn take_in_notes(
    store: &mut Store,
    journal: &mut Journal,
    catalog: &Catalog,
    now: Now,
) -> Option<Failure> {
    let read = store.read_inbox(system_seconds());
    match store.take_in(&read.new_notes(journal, catalog), now) {
        Ok(appended) => {
            let others = appended.others.entries.into_iter();
            journal.insert_all(others.chain(appended.saved));
            read.left_alone.into_iter().next()
        }
        Err(failure) => Some(failure),
    }
}

/// A warning about lines from another machine that wait beside the journal.
fn copies(journal: &Path) -> Option<Failure> {
    let copies = store::conflict_copies(journal);
    let copy = copies.first()?;
    let message = "a copy beside the journal has lines that are not in it";
    let failure =
        Failure::new(FailureKind::Journal, message).hint("`leadby doctor` says how to merge it");
    let lead = "a copy beside the journal has more";
    let reason = "leadby doctor says how to merge it";
    Some(failure.in_a_row(lead, reason, None, &text::display_path(copy)))
}

/// A warning about text that was in an editor, or typed, when leadby ended.
fn unsaved_text() -> Option<Failure> {
    let path = text::display_path(store::unsaved_texts().first()?);
    let message = format!("text that was not saved is in {path}");
    let hint = "remove the file once you have it";
    let failure = Failure::new(FailureKind::Journal, message).hint(hint);
    let (lead, hint) = ("unsaved text is kept", "leadby doctor shows where");
    Some(failure.in_a_row(lead, hint, None, &path))
}

fn no_terminal() -> Failure {
    Failure::new(
        FailureKind::Usage,
        "the screens need a terminal that can show them",
    )
    .hint("`leadby walk --plain`, `leadby status` and `leadby commit TEXT` work without one")
}

fn terminal_failure(error: io::Error) -> Failure {
    // crossterm does not say why it cannot read keys; this is the only reason.
    let no_keys = error.to_string() == "Failed to initialize input reader";
    let none_left = error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error());
    if no_keys || none_left {
        let message = "the screens need more open files than allowed";
        return Failure::new(FailureKind::Output, message)
            .hint("`ulimit -n` shows the limit; `ulimit -n 64` is enough")
            .with_source(error);
    }
    Failure::new(FailureKind::Output, format!("the terminal failed: {error}")).with_source(error)
}

/// The outcome of keeping the draft: where it is, if not beside the journal; an error; or a panic.
type DraftResult = std::thread::Result<Result<Option<PathBuf>, Failure>>;

/// A panic message printed while the screens are open would vanish with them.
fn restore_before_panic_message(tty: &Arc<Tty>) {
    let tty = Arc::clone(tty);
    let message = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        tty.leave();
        message(panic);
    }));
}

/// Resumes the panic after a message on where the draft is, as `down` says.
fn resume_panic(journal: &Path, down: &DraftResult, panic: Box<dyn Any + Send>) -> ! {
    let shown = text::display_path;
    let said = match down {
        Ok(Ok(None)) => format!(
            "Your unsaved text is beside {}; leadby offers it next time.",
            shown(journal)
        ),
        Ok(Ok(Some(path))) => format!(
            "Your unsaved text is in {}; leadby offers it next time.",
            shown(path)
        ),
        Ok(Err(_)) | Err(_) => format!(
            "Text typed since the last save could not be kept beside {}.",
            shown(journal)
        ),
    };
    let _ = writeln!(io::stderr(), "This is a bug in leadby. {said}");
    panic::resume_unwind(panic)
}
