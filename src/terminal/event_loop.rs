//! The event loop: waits for an event, updates the model, draws.
//!
//! It blocks in one poll and has no ticks: it wakes only for keys, signals, a due draft, midnight,
//! the output of commands, and changes to the journal by other programs. The model decides what a key means.

use std::io;
use std::path::PathBuf;
use std::process::{Child, ExitStatus};
use std::sync::Arc;

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags};
use rustix::process::{self, Pid, Signal as UnixSignal};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTSTP};
use signal_hook::low_level;

use super::clock::Clock;
use super::colors::{ANSWERS, ScreenColors};
use super::effects::{Effects, PendingEffects};
use super::external_editor::{EditedText, edit_text};
use super::keys::{InputReader, UserInput};
use super::midnight::Midnight;
use super::renderer::Renderer;
use super::signals::{Signal, Signals};
use super::tty::{self, Tty};
use super::watch::Watch;
use crate::app::{self, ClickTarget, Model, Msg};
use crate::calendar::Now;
use crate::failure::{Failure, FailureKind};
use crate::text;
use crate::ui::{self, Regions};

/// Why the screens are closed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use = "a signal must be passed on"]
pub enum ExitReason {
    Quit,
    /// A signal asked for it; a terminal that hung up counts as SIGHUP.
    Signal(i32),
}

pub(super) struct EventLoop {
    pub(super) model: Model,
    pub(super) effects: Effects,
    editor: String,
    tty: Arc<Tty>,
    renderer: Renderer,
    signals: Signals,
    clock: Clock,
    midnight: Midnight,
    watch: Watch,
    colors: ScreenColors,
    /// The time the model was last told.
    last_now: Now,
    keys: InputReader,
    /// Whether keys are left over from the last iteration.
    more_keys: bool,
    /// Whether the screen shows the current model.
    drawn: bool,
    /// What can be clicked on the screen.
    regions: Regions,
    /// Whether the regions may be outdated.
    regions_stale: bool,
    /// What the button of the mouse was pressed on.
    pressed: Option<ClickTarget>,
    /// Where the pointer of the mouse is; `None` once a key is used in its place.
    pointer: Option<(u16, u16)>,
}

impl EventLoop {
    pub(super) fn new(
        mut model: Model,
        effects: Effects,
        (tty, signals): (Arc<Tty>, Signals),
        (clock, now): (Clock, Now),
        (colors, editor): (ScreenColors, String),
    ) -> io::Result<Self> {
        let (columns, rows) = tty.size();
        // No effect follows.
        let _ = app::update(&mut model, Msg::Resized(columns, rows));
        Ok(Self {
            watch: Watch::new(effects.journal()),
            model,
            effects,
            editor,
            renderer: Renderer::new(Arc::clone(&tty))?,
            tty,
            signals,
            clock,
            midnight: Midnight::new(clock),
            colors,
            last_now: now,
            keys: InputReader::default(),
            more_keys: false,
            drawn: false,
            regions: Regions::default(),
            regions_stale: false,
            pressed: None,
            pointer: None,
        })
    }

    /// Runs until there is a reason to end.
    pub(super) fn run(&mut self) -> io::Result<ExitReason> {
        self.run_until_end().or_else(|error| {
            // On a closed terminal everything fails; that is an ending, not an error.
            if self.tty.is_gone() {
                Ok(ExitReason::Signal(SIGHUP))
            } else {
                self.asked_to_end().ok_or(error)
            }
        })
    }

    fn run_until_end(&mut self) -> io::Result<ExitReason> {
        self.tty.enter()?;
        self.draw()?;
        self.signals.listen_to_rare()?;
        loop {
            self.draw()?;
            self.ask()?;
            if let Some(ending) = self.wake()? {
                return Ok(ending);
            }
        }
    }

    /// Waits, and handles everything that happened.
    fn wake(&mut self) -> io::Result<Option<ExitReason>> {
        // crossterm reads more bytes than it returns keys for, and poll only sees the bytes, so its
        // buffer must be empty before a wait. It is asked again here, after drawing, because it may
        // say "nothing" while the machine is busy.
        let mut batch = self.keys.read_before_wait(&self.tty)?;
        let mut recolored = false;
        let news = self.take_answers(batch.recolored);
        if news && batch.inputs.is_empty() && !batch.more {
            return Ok(None);
        }
        // There was no notice of what was written before this file was watched.
        let missed = (self.watch.watch_current_file() && self.effects.journal_has_changed())
            || self.effects.inbox_has_changed()
            || self.effects.presence_has_changed();
        let mut idle = batch.inputs.is_empty() && !self.more_keys && !missed;
        while idle && self.model.prepare() {
            batch = self.keys.read_pending(&self.tty)?;
            recolored |= batch.recolored;
            idle = batch.inputs.is_empty() && !batch.more;
        }
        if idle && self.wait()? {
            return Ok(Some(ExitReason::Signal(SIGHUP)));
        }
        for signal in self.signals.take_pending() {
            if let Some(ending) = self.handle_signal(signal)? {
                return Ok(Some(ending));
            }
        }
        if idle {
            batch = self.keys.read_pending(&self.tty)?;
        }
        self.take_answers(recolored || batch.recolored);
        self.more_keys = batch.more;
        let mut news: Vec<Msg> = self.time().into_iter().collect();
        if self.watch.take_touched() {
            news.extend(self.effects.check_access());
        }
        news.extend(self.effects.check_presence());
        news.extend(self.effects.read_changes());
        news.extend(self.effects.ended_commands());
        for msg in news {
            if let Some(ending) = self.dispatch(msg)? {
                return Ok(Some(ending));
            }
        }
        if let Some(msg) = self.effects.take_in_notes(&self.model, self.last_now)
            && let Some(ending) = self.dispatch(msg)?
        {
            return Ok(Some(ending));
        }
        let mut inputs = batch.inputs.into_iter();
        while let Some(input) = inputs.next() {
            // All characters waiting for one text field are typed at once.
            let waiting = std::iter::once(&input).chain(inputs.as_slice());
            let words = self
                .model
                .printable_prefix(waiting.map_while(UserInput::key));
            let input = match words.chars().count() {
                0 | 1 => input,
                more => {
                    inputs.nth(more - 2);
                    UserInput::Msg(Msg::Typed(words))
                }
            };
            if let Some(ending) = self.on_input(input)? {
                return Ok(Some(ending));
            }
        }
        match self
            .effects
            .write_draft_if_due(&mut self.model, self.last_now)
        {
            Some(trouble) => self.dispatch(trouble),
            None => Ok(None),
        }
    }

    /// Waits until there is something to do; true if the terminal is gone. After that, crossterm
    /// must not be called: it would read the end of the file again and again.
    fn wait(&mut self) -> io::Result<bool> {
        loop {
            let mut fds = vec![
                PollFd::new(&self.tty, PollFlags::IN),
                PollFd::new(&self.signals, PollFlags::IN),
                PollFd::from_borrowed_fd(self.tty.passed_on(), PollFlags::IN),
            ];
            let midnight = self.midnight.set();
            if let Some(alarm) = self.midnight.alarm() {
                fds.push(PollFd::from_borrowed_fd(alarm, PollFlags::IN));
            }
            fds.extend(self.effects.children.fds());
            let others = fds.len();
            if let Some(notes) = self.watch.notes() {
                fds.push(PollFd::from_borrowed_fd(notes, PollFlags::IN));
            }
            let draft = self.effects.draft_due_in();
            let children = self.effects.children.due_in();
            let gone = self.effects.gone_in();
            let due = draft
                .into_iter()
                .chain(midnight)
                .chain(children)
                .chain(gone);
            let came = tty::wait_until_ready(&mut fds, due.min())?;
            let gone = tty::hung_up(fds[0].revents());
            let said = |fds: &[PollFd<'_>]| fds.iter().any(|fd| !fd.revents().is_empty());
            let (only_notes, notes) = (!said(&fds[..others]), said(&fds[others..]));
            // Changes beside the journal, or our own, are no reason to wake up.
            let news = notes
                && self.watch.drain_events()
                && (self.effects.journal_has_changed()
                    || self.effects.inbox_has_changed()
                    || self.effects.presence_has_changed()
                    || self.watch.is_touched());
            if !came || !notes || !only_notes || news {
                return Ok(gone);
            }
        }
    }

    /// Takes what the terminal said of its colours; returns whether it must be drawn or asked again.
    fn take_answers(&mut self, recolored: bool) -> bool {
        if recolored {
            self.colors.ask_again();
        }
        let (answers, all) = self.keys.take_answers();
        if all {
            self.tty.expect_answer(None);
        }
        let mut changed = false;
        for answer in answers {
            changed |= self.colors.take_answer(&answer);
        }
        self.drawn &= !changed;
        changed || recolored
    }

    fn on_input(&mut self, input: UserInput) -> io::Result<Option<ExitReason>> {
        match input {
            UserInput::Msg(msg) => {
                // While keys are used the mark would only distract.
                if matches!(msg, Msg::Key(_) | Msg::Typed(_) | Msg::Paste(_)) {
                    self.pointer = None;
                }
                self.dispatch(msg)
            }
            UserInput::Move(column, row) => {
                self.point_at(Some((column, row)));
                Ok(None)
            }
            UserInput::Away => {
                self.point_at(None);
                Ok(None)
            }
            // A key before the click may have moved something else under it; the user did not see
            // that, so the click is ignored.
            UserInput::Press(..) | UserInput::Release(..) if self.regions_stale => {
                self.pressed = None;
                Ok(None)
            }
            UserInput::Press(column, row) => {
                self.pressed = self.regions.target_at(column, row);
                Ok(None)
            }
            // Released elsewhere, it is not a click: the hand drew over the screen or thought again.
            UserInput::Release(column, row) => {
                let released = self.regions.target_at(column, row);
                match self
                    .pressed
                    .take()
                    .filter(|pressed| released.as_ref() == Some(pressed))
                {
                    Some(target) => self.dispatch(Msg::Click(target)),
                    None => Ok(None),
                }
            }
        }
    }

    /// The pointer moved; only another area under it is drawn.
    fn point_at(&mut self, place: Option<(u16, u16)>) {
        let before = self.hovered();
        self.pointer = place;
        self.drawn &= self.hovered() == before;
    }

    /// The area under the pointer that can be clicked.
    fn hovered(&self) -> Option<Rect> {
        let (column, row) = self.pointer?;
        self.regions.area_at(column, row)
    }

    /// Sends a message to the model, and does what it asks of the terminal.
    fn dispatch(&mut self, msg: Msg) -> io::Result<Option<ExitReason>> {
        self.drawn = false;
        self.regions_stale |= !matches!(msg, Msg::Clock(_));
        let PendingEffects {
            quit,
            suspend,
            repaint,
            copy,
            edit,
        } = self.effects.dispatch(&mut self.model, msg, self.last_now);
        if quit {
            return Ok(Some(ExitReason::Quit));
        }
        if let Some(words) = copy {
            let mut sequence = Vec::new();
            queue!(sequence, CopyToClipboard::to_clipboard_from(words))?;
            self.tty.write(&sequence)?;
        }
        if repaint {
            self.renderer.invalidate()?;
        }
        if suspend {
            return self.stop(StopScope::Job);
        }
        match edit {
            Some(text) => self.edit(&text),
            None => Ok(None),
        }
    }

    /// Lends the terminal to the user's editor, and takes over what it wrote.
    fn edit(&mut self, text: &str) -> io::Result<Option<ExitReason>> {
        // A draft that cannot be written was reported before, and will be again.
        let _ = self.keep_draft();
        self.tty.discard_answers();
        self.tty.leave();
        let mut ending = None;
        let signals = &mut self.signals;
        let edited = edit_text(&self.editor, "text.txt", text, |command| {
            let status = wait_for_editor(command.spawn()?, signals, &mut ending)?;
            Ok(status)
        });
        if ending.is_some() {
            // What was written is kept for the next time, as a draft of it.
            if let Ok(edited) = edited {
                let _ = self.effects.dispatch(
                    &mut self.model,
                    Msg::TextEdited(trimmed(text, &edited)),
                    self.last_now,
                );
            }
            return Ok(ending);
        }
        self.tty.forget_end();
        if let Some(ending) = self.resume()? {
            return Ok(Some(ending));
        }
        let msg = match edited {
            Err(failure) => Msg::Failed(failure),
            Ok(edited) if edited.ended_at_once => Msg::Failed(ended_at_once(&edited)),
            Ok(edited) => match trimmed(text, &edited) {
                after if after == text => Msg::Notice("Nothing was changed.".to_owned()),
                after if after.trim().is_empty() => {
                    Msg::Notice("The editor left no text, so yours stays as it was.".to_owned())
                }
                after => Msg::TextEdited(after),
            },
        };
        self.dispatch(msg)
    }

    /// The time, if it changed.
    fn time(&mut self) -> Option<Msg> {
        let now = self.clock.now();
        // Stamps are equal at the same time, whatever the offset; the day may differ.
        let news =
            now.timestamp() != self.last_now.timestamp() || now.today() != self.last_now.today();
        self.last_now = now;
        news.then_some(Msg::Clock(now))
    }

    fn handle_signal(&mut self, signal: Signal) -> io::Result<Option<ExitReason>> {
        match signal {
            Signal::End(number) => Ok(Some(ExitReason::Signal(number))),
            Signal::Stop => self.stop(StopScope::Program),
            // The program was stopped by a signal that cannot be caught; another program may have
            // changed the terminal meanwhile.
            Signal::Continue => {
                self.tty.leave();
                self.resume()
            }
            Signal::Resize => self.resize(),
        }
    }

    /// Whether a signal asks for the end; other signals are dropped.
    fn asked_to_end(&mut self) -> Option<ExitReason> {
        self.signals
            .take_pending()
            .into_iter()
            .find_map(|signal| match signal {
                Signal::End(number) => Some(ExitReason::Signal(number)),
                Signal::Stop | Signal::Continue | Signal::Resize => None,
            })
    }

    fn resize(&mut self) -> io::Result<Option<ExitReason>> {
        self.drawn = false;
        match self.renderer.update_size()? {
            Some((columns, rows)) => self.dispatch(Msg::Resized(columns, rows)),
            None => Ok(None),
        }
    }

    /// Stops until SIGCONT, with the terminal restored and the draft saved.
    fn stop(&mut self, what: StopScope) -> io::Result<Option<ExitReason>> {
        if !tty::can_stop() {
            return Ok(None);
        }
        // A draft that cannot be written was reported before, and will be again.
        let _ = self.keep_draft();
        self.tty.discard_answers();
        self.tty.leave();
        if what == StopScope::Job {
            // As the terminal itself would do: a wrapper waiting for this program must stop as
            // well, or the shell never notices.
            process::kill_current_process_group(UnixSignal::TSTP)?;
        }
        low_level::emulate_default_handler(SIGTSTP)?;
        if let Some(ending) = self.asked_to_end() {
            return Ok(Some(ending));
        }
        self.resume()
    }

    /// Takes over the terminal again. In the background this stops the program, as it should.
    fn resume(&mut self) -> io::Result<Option<ExitReason>> {
        self.tty.enter()?;
        self.colors.ask_again();
        self.resize()
    }

    /// Saves the draft before the program stops; returns where, if not beside the journal.
    pub(super) fn keep_draft(&mut self) -> Result<Option<PathBuf>, Failure> {
        self.effects.keep_draft(&mut self.model, self.last_now)
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.drawn {
            return Ok(());
        }
        self.drawn = true;
        self.regions_stale = false;
        self.colors.choose(self.model.theme());
        let Self {
            renderer: screen,
            model,
            colors,
            regions,
            pointer,
            ..
        } = self;
        screen.draw(|frame| {
            *regions = ui::draw(model, colors.theme(), frame);
            if let Some(pointer) = *pointer {
                ui::draw_hover(regions, pointer, frame.buffer_mut());
            }
            regions.cursor()
        })?;
        if let Some(first) = regions.scroll_offset() {
            // No effect follows, and the frame shows it already.
            let _ = app::update(model, Msg::Scrolled(first));
        }
        Ok(())
    }

    /// Asks the terminal for its colours, once a frame is drawn and when they may have changed.
    fn ask(&mut self) -> io::Result<()> {
        if let Some(question) = self.colors.question() {
            let due = self.keys.expect_answers(ANSWERS);
            self.tty.expect_answer(Some(due));
            self.tty.write(question)?;
        }
        Ok(())
    }
}

/// Waits until the editor has ended. A signal that asks for the end ends the editor, too; a key
/// that interrupts the editor does not end the program under it.
fn wait_for_editor(
    mut editor: Child,
    signals: &mut Signals,
    ending: &mut Option<ExitReason>,
) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = editor.try_wait()? {
            // What came with the last key is about the editor as well.
            signals.take_pending();
            return Ok(status);
        }
        tty::wait_until_ready(&mut [PollFd::new(&*signals, PollFlags::IN)], None)?;
        for signal in signals.take_pending() {
            match signal {
                Signal::End(SIGINT | SIGQUIT) | Signal::Continue | Signal::Resize => {}
                Signal::End(number) => {
                    *ending = Some(ExitReason::Signal(number));
                    if let Some(editor) = Pid::from_raw(editor.id().cast_signed()) {
                        let _ = process::kill_process(editor, UnixSignal::TERM);
                    }
                }
                Signal::Stop => low_level::emulate_default_handler(SIGTSTP)?,
            }
        }
    }
}

/// The text without the line break that editors add at the end.
fn trimmed(before: &str, edited: &EditedText) -> String {
    let after = &edited.text;
    match after.strip_suffix('\n') {
        Some(rest) if !before.ends_with('\n') => rest.to_owned(),
        _ => after.clone(),
    }
}

fn ended_at_once(edited: &EditedText) -> Failure {
    let message = "the editor closed at once with nothing written";
    Failure::new(FailureKind::Output, message)
        .hint("if it has its own window, it has to wait: editor = \"code --wait\" in config.toml")
        .hint(format!(
            "what you save there goes to {}",
            text::display_path(edited.file.path())
        ))
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum StopScope {
    /// Only this program, as only it was sent a signal.
    Program,
    /// The whole job of the shell, as a key was pressed.
    Job,
}
