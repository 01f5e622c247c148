//! The program in a terminal: enter and leave it, wait for keys and signals, run effects.
//!
//! One thread, one blocking poll, no ticks. Whatever happens (a signal, a panic, a terminal that
//! hangs up), what is being typed is put down and the terminal is given back as it was. Knows
//! nothing of what a key means or what a screen shows, and reads no environment of its own.

mod clipboard;
mod clock;
mod effects;
mod environment;
mod keys;
mod lend;
mod midnight;
mod rounds;
mod screen;
mod signals;
mod tty;
mod watch;

pub use clock::Clock;
pub use environment::Environment;
pub use lend::lend;
pub use rounds::Ending;

use std::any::Any;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use signal_hook::low_level;

use crate::app::{self, Model, Msg, Setup};
use crate::calendar::Now;
use crate::failure::{Failure, Kind};
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
    let hurry = Arc::new(OnceLock::new());
    let (store, drafts, model) = load(session, now, Arc::clone(&hurry))?;
    let (signals, ending) = Signals::listen().map_err(lost)?;
    let copy = ending.try_clone().map_err(lost)?;
    hurry.get_or_init(|| copy);
    let tty = Arc::new(Tty::open(ending).map_err(lost)?);
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
        Err(panic) => unwind(&journal, matches!(down, Ok(Ok(()))), panic),
    };
    if !matches!(ended, Ok(Ending::Quit)) {
        tty.forget_typed();
    }
    // Signals do again what they do by themselves.
    drop(rounds);
    let ended = ended.map_err(lost)?;
    match down.unwrap_or_else(|panic| panic::resume_unwind(panic)) {
        Err(failure) if ended != Ending::Quit => {
            // The signal is passed on all the same.
            let _ = writeln!(io::stderr(), "leadby: {failure}.");
            Ok(ended)
        }
        down => down.map(|()| ended),
    }
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

/// Reads what is there. `hurry` becomes readable when the program is asked to end.
fn load(
    session: Session,
    now: Now,
    hurry: Arc<OnceLock<UnixStream>>,
) -> Result<(Store, Drafts, Model), Failure> {
    let to_leave = move || hurry.get().is_some_and(tty::is_readable);
    let (store, loaded) = Store::open_on(&session.journal, Hurried(to_leave))?;
    let path = session.journal.display().to_string();
    if store.is_foreign() {
        let path = words::one_line(&path);
        let message = format!("{path} is no leadby journal, and is left as it is");
        return Err(Failure::new(Kind::Journal, message)
            .hint("name another file with --journal PATH or LEADBY_JOURNAL"));
    }
    let mut drafts = Drafts::new(&session.journal);
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
    let message = "a copy beside the journal holds words that are not in it";
    let failure = Failure::new(Kind::Journal, message);
    (!copies.is_empty()).then(|| failure.hint("leadby doctor says how to merge it"))
}

fn no_terminal() -> Failure {
    Failure::new(
        Kind::Usage,
        "the screens need a terminal, and this is none that can show them",
    )
    .hint("`leadby walk --plain`, `leadby status` and `leadby commit TEXT` work without one")
}

fn lost(error: io::Error) -> Failure {
    Failure::new(Kind::Output, format!("the terminal gave up: {error}")).because(error)
}

/// A message that is printed into the screens is gone with them.
fn give_back_before_panic_messages(tty: &Arc<Tty>) {
    let tty = Arc::clone(tty);
    let message = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        tty.leave();
        message(panic);
    }));
}

/// Goes on panicking, after a word about the words.
fn unwind(journal: &Path, down: bool, panic: Box<dyn Any + Send>) -> ! {
    let journal = words::one_line(&journal.display().to_string());
    let said = if down {
        format!("What you were typing lies beside {journal} and is offered when you come back.")
    } else {
        format!("What you were typing since the last save could not be put beside {journal}.")
    };
    let _ = writeln!(io::stderr(), "This is a defect in leadby. {said}");
    panic::resume_unwind(panic)
}
