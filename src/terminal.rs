//! The program in a terminal: enter and leave it, wait for keys and signals, run effects.
//!
//! One thread, one blocking poll, no ticks. Whatever happens (a signal, a panic, a terminal that
//! hangs up), what is being typed is put down and the terminal is given back as it was. Knows
//! nothing of what a key means or what a screen shows, and reads no environment of its own.

mod clock;
mod effects;
mod environment;
mod keys;
mod lend;
mod midnight;
mod rounds;
mod screen;
mod sequences;
mod signals;
mod tty;
mod watch;

pub use clock::Clock;
pub use environment::Environment;
pub use lend::lend;
pub use rounds::Ending;
pub use signals::fail_writes_instead;

use std::any::Any;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::low_level;

use crate::app::{self, Model, Msg, Setup};
use crate::calendar::Now;
use crate::failure::{Brief, Failure, Kind};
use crate::journal::{Journal, Turns};
use crate::practice::Catalog;
use crate::store::{self, Drafts, Hurried, Store};
use crate::words;

use effects::Effects;
use rounds::Rounds;
use signals::Signals;
use tty::Tty;

/// What a session at the terminal starts from.
#[derive(Debug)]
pub struct Session {
    /// The journal file.
    pub journal: PathBuf,
    /// The practices.
    pub catalog: Catalog,
    /// Where the time comes from.
    pub clock: Clock,
    /// The screen to open first, by name; Home when none.
    pub open: Option<String>,
    /// What the user should know first, though nothing is lost by it.
    pub warning: Option<Failure>,
    /// What the environment says about the terminal.
    pub environment: Environment,
}

/// Opens the screens and returns when they are closed, with the terminal given back.
///
/// A signal that asked for the end is for the caller to [pass on](Ending::pass_on).
///
/// # Errors
/// When this is not a terminal, when the journal cannot be read, when what is being typed cannot
/// be put down at the end.
pub fn run(session: Session) -> Result<Ending, Failure> {
    if !tty::is_there() || !session.environment.shows_screens() {
        return Err(no_terminal());
    }
    let theme = session.environment.theme();
    let (clock, journal) = (session.clock, session.journal.clone());
    let now = clock.now();
    // Whoever is asked to end waits for nobody's lock any more.
    let ending = Arc::new(AtomicBool::new(false));
    let (store, drafts, model) = load(session, now, Arc::clone(&ending))?;
    let signals = Signals::listen(&ending).map_err(lost)?;
    let copy = signals.as_fd().try_clone_to_owned().map_err(lost)?;
    let tty = Arc::new(Tty::open(copy, ending).map_err(lost)?);
    let place = (Arc::clone(&tty), signals);
    let mut rounds = Rounds::new(
        model,
        Effects::new(store, drafts),
        place,
        (clock, now),
        theme,
    )
    .map_err(lost)?;
    give_back_before_panic_messages(&tty);
    let ended = panic::catch_unwind(AssertUnwindSafe(|| rounds.run()));
    // First the words, then the terminal: the words are dearer, and the terminal may be gone.
    let down = panic::catch_unwind(AssertUnwindSafe(|| rounds.put_down()));
    tty.leave();
    let ended = match ended {
        Ok(ended) => ended,
        Err(panic) => unwind(&journal, &down, panic),
    };
    if !matches!(ended, Ok(Ending::Quit)) {
        tty.forget_typed();
    }
    // Signals do again what they do by themselves.
    drop(rounds);
    let ended = ended.map_err(lost)?;
    match down.unwrap_or_else(|panic| panic::resume_unwind(panic)) {
        Ok(None) => {}
        Ok(Some(path)) => say(&format!(
            "leadby: what you typed is kept in {}, and offered when you come back.",
            path.display()
        )),
        Err(failure) if ended == Ending::Quit => return Err(failure),
        // The signal is passed on all the same.
        Err(failure) => {
            say(&format!("leadby: {failure}."));
            failure.hints().iter().for_each(|hint| say(hint));
        }
    }
    Ok(ended)
}

/// Says something once the screens are gone; whether anyone is there to read it or not.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{}", words::visible(text));
}

impl Ending {
    /// Ends the process by the signal that asked for it, so that whoever started it sees that and
    /// not an exit code. Returns when the user left.
    ///
    /// # Errors
    /// When the signal does not end it.
    pub fn pass_on(self) -> Result<(), Failure> {
        match self {
            Self::Quit => Ok(()),
            Self::Signal(number) => low_level::emulate_default_handler(number).map_err(lost),
        }
    }
}

/// Reads what is there. `ending` is set when the program is asked to end.
fn load(
    session: Session,
    now: Now,
    ending: Arc<AtomicBool>,
) -> Result<(Store, Drafts, Model), Failure> {
    let to_leave = move || ending.load(Ordering::SeqCst);
    let (store, loaded) = Store::open_on(&session.journal, Hurried(to_leave))?;
    let path = session.journal.display().to_string();
    if store.is_foreign() {
        let path = words::one_line(&path);
        let message = format!("{path} is no leadby journal, and is left as it is");
        return Err(Failure::new(Kind::Journal, message)
            .hint("name another file with --journal PATH or LEADBY_JOURNAL"));
    }
    let temporary = &session.environment.temporary;
    let mut drafts = Drafts::new(&session.journal);
    if !temporary.as_os_str().is_empty() {
        drafts = drafts.or_in(temporary);
    }
    let (draft, trouble) = match drafts.read() {
        Ok(draft) => (draft, None),
        Err(failure) => (None, Some(failure)),
    };
    let mut model = Model::new(Setup {
        now,
        catalog: session.catalog,
        findings: loaded.findings.len(),
        turns: Turns::recent(&loaded.entries, store::last_import(store.path())),
        journal: Journal::fold_list(loaded.entries),
        path,
        draft,
        place: store::read_place(&session.journal),
        open: session.open,
    });
    let warnings = copies(&session.journal).into_iter().chain(session.warning);
    for failure in warnings.chain(trouble) {
        // The draft stays where it is, and the journal can be used without it: nothing to be done
        // but to say so. There is room for one thing to be said, and the last is the gravest.
        let _ = app::update(&mut model, Msg::Failed(failure));
    }
    Ok((store, drafts, model))
}

/// Words from another machine that wait beside the journal.
fn copies(journal: &Path) -> Option<Failure> {
    let copies = store::conflict_copies(journal);
    let copy = copies.first()?;
    let message = "a copy beside the journal holds words that are not in it";
    let failure = Failure::new(Kind::Journal, message).hint("leadby doctor says how to merge it");
    Some(failure.in_brief(Brief {
        lead: "a copy beside the journal has more".to_owned(),
        reason: "leadby doctor says how to merge it".to_owned(),
        way: None,
        path: words::one_line(&copy.display().to_string()),
    }))
}

fn no_terminal() -> Failure {
    Failure::new(
        Kind::Usage,
        "the screens need a terminal, and this is none that can show them",
    )
    .hint("`leadby walk --plain`, `leadby status` and `leadby commit TEXT` work without one")
}

fn lost(error: io::Error) -> Failure {
    // crossterm does not say why it cannot read keys; nothing else keeps it from that.
    let no_keys = error.to_string() == "Failed to initialize input reader";
    let none_left = error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error());
    if no_keys || none_left {
        let message = "the screens cannot open as many files at once as they need";
        return Failure::new(Kind::Output, message)
            .hint("`ulimit -n` says how many there may be; `ulimit -n 64` is enough")
            .because(error);
    }
    Failure::new(Kind::Output, format!("the terminal gave up: {error}")).because(error)
}

/// What came of putting down what was being typed: where it is, if not beside the journal; why it is
/// nowhere; or a panic.
type Down = std::thread::Result<Result<Option<PathBuf>, Failure>>;

/// A message that is printed into the screens is gone with them.
fn give_back_before_panic_messages(tty: &Arc<Tty>) {
    let tty = Arc::clone(tty);
    let message = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        tty.leave();
        message(panic);
    }));
}

/// Goes on panicking, after a word about the words, which are down where `down` says.
fn unwind(journal: &Path, down: &Down, panic: Box<dyn Any + Send>) -> ! {
    let shown = |path: &Path| words::one_line(&path.display().to_string());
    let said = match down {
        Ok(Ok(None)) => format!(
            "What you were typing is kept beside {} and is offered when you come back.",
            shown(journal)
        ),
        Ok(Ok(Some(path))) => format!(
            "What you were typing is kept in {} and is offered when you come back.",
            shown(path)
        ),
        Ok(Err(_)) | Err(_) => format!(
            "What you were typing since the last save could not be kept beside {}.",
            shown(journal)
        ),
    };
    let _ = writeln!(io::stderr(), "This is a defect in leadby. {said}");
    panic::resume_unwind(panic)
}
