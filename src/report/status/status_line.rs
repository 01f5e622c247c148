//! The status as a line for a prompt or a status bar, and the part of a journal that it needs.
//!
//! It runs again and again, so it needs as little as possible; it agrees with the page.

use chrono::NaiveDate;

use crate::calendar::{self, Now, Week};
use crate::insight::{self, Progress};
use crate::journal::{Commitment, Entry, Id, Journal, OffDays, Privacy};
use crate::practice::Catalog;
use crate::report::describe::due_sign;
use crate::text::{clip, one_line};

/// The status in one line.
#[derive(Clone, Debug)]
pub struct StatusLine<'a> {
    today: NaiveDate,
    week: Week,
    done_count: usize,
    practice_count: usize,
    open: Vec<(&'a Entry, &'a Commitment)>,
    off: OffDays,
    /// Whether the first of these is private.
    privacy: Privacy,
    /// The origin of the first of these, if it was not read.
    unread_origin: Option<Id>,
}

/// The program that shows the line, and gives some of its characters another meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PromptProgram {
    /// A status bar of tmux, where `#` begins a format.
    Tmux,
    /// A prompt of zsh, where `%` begins a sequence, and with `PROMPT_SUBST` also `$` and a backtick.
    Zsh,
    /// `PS1` of bash, where `\`, `$` and a backtick begin a sequence.
    Bash,
    /// A prompt of fish, where all characters are text.
    Fish,
}

impl<'a> StatusLine<'a> {
    /// The status at `now`. Answers for other weeks do not matter to it, nor do items written in other
    /// weeks, unless they are about days off; so the journal may lack them.
    pub fn new(now: Now, journal: &'a Journal, catalog: &Catalog) -> Self {
        let done = catalog
            .walk()
            .filter(|practice| insight::progress(journal, practice, now.week()) == Progress::Done);
        let open = journal.open_commitments();
        let first = open.first().map(|(entry, _)| *entry);
        let missing = first.and_then(|entry| journal.missing_origin(entry));
        let privacy = first.map_or(Privacy::Open, |entry| journal.privacy(entry, catalog));
        Self {
            today: now.today(),
            week: now.week(),
            off: OffDays::of(journal, catalog),
            done_count: done.count(),
            practice_count: catalog.walk().count(),
            open,
            privacy,
            unread_origin: missing,
        }
    }

    /// How many commitments are due today or overdue.
    pub fn due_count(&self) -> usize {
        let due =
            |(_, commitment): &&(&Entry, &Commitment)| self.off.is_due(commitment, self.today);
        self.open.iter().filter(due).count()
    }

    /// The origin of the commitment on the line, if it was not read: only it can tell whether the
    /// line is private.
    pub fn unread_origin(&self) -> Option<&Id> {
        self.unread_origin.as_ref()
    }

    /// Whether the commitment on the line is private, or may be.
    pub fn is_private(&self) -> bool {
        self.privacy != Privacy::Open
    }

    /// `W48 3/8 · ▸ One owner for every release step (Fri 27 Nov)`, with `!` for what is due or
    /// overdue and `+1` for what else is open. No newline. What is known to be private appears
    /// [without its text](Self::without_user_text).
    pub fn text(&self) -> String {
        match self.open.first() {
            Some((_, first)) if self.privacy != Privacy::Private => {
                let better = clip(&one_line(&first.better), 48);
                let due = calendar::short_date(self.off.due_day(first), self.today);
                let sign = due_sign(first, &self.off, self.today);
                self.with_commitment(&format!("{sign} {better} ({due})"))
            }
            _ => self.without_user_text(),
        }
    }

    /// The same without any user text: `W48 3/8 · ▸ Fri 27 Nov +1`.
    pub fn without_user_text(&self) -> String {
        match self.open.first() {
            Some((_, first)) => {
                let due = calendar::short_date(self.off.due_day(first), self.today);
                self.with_commitment(&format!("{} {due}", due_sign(first, &self.off, self.today)))
            }
            None => self.week_progress(),
        }
    }

    /// The week, the first commitment as it is `said`, and how many more there are.
    fn with_commitment(&self, said: &str) -> String {
        let line = format!("{} · {said}", self.week_progress());
        match self.open.len() - 1 {
            0 => line,
            more => format!("{line} +{more}"),
        }
    }

    fn week_progress(&self) -> String {
        let (week, done) = (self.week.number(), self.done_count);
        if done == 0 && self.off.is_week_off(self.week) {
            return format!("W{week:02} off");
        }
        format!("W{week:02} {done}/{}", self.practice_count)
    }
}

impl PromptProgram {
    /// Escapes a line so that this program shows it as it is, and runs nothing in it.
    pub fn escape(self, line: &str) -> String {
        if self == Self::Tmux {
            return escape_for_tmux(line);
        }
        let mut escaped = String::with_capacity(line.len());
        for character in line.chars() {
            match (self, character) {
                (Self::Zsh, '%') => escaped.push_str("%%"),
                // What is added takes no room. It separates the sign from what it would expand,
                // whether or not zsh expands the prompt, and is never shown.
                (Self::Zsh, '$') => escaped.push_str("$%{%}"),
                // Nothing can separate two of them, so use a letter that looks the same.
                (Self::Zsh, '`') => escaped.push('\u{2cb}'),
                // Read twice: as a prompt, then as text between double quotes.
                (Self::Bash, '\\') => escaped.push_str(r"\\\\"),
                (Self::Bash, '$' | '`') => {
                    escaped.push_str(r"\\");
                    escaped.push(character);
                }
                _ => escaped.push(character),
            }
        }
        escaped
    }
}

/// tmux turns two `#` into one when it expands a format, and again when it draws several. Before a
/// bracket it halves them only once.
fn escape_for_tmux(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('#') {
        escaped.push_str(&rest[..at]);
        let run = &rest[at..];
        rest = run.trim_start_matches('#');
        let signs = run.len() - rest.len();
        let times = if signs == 1 || rest.starts_with('[') {
            2
        } else {
            4
        };
        escaped.extend(std::iter::repeat_n('#', signs * times));
    }
    escaped.push_str(rest);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn a_status_bar_reads_a_line() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let short = StatusLine::new(samples::now(), &journal, &catalog);
        insta::assert_snapshot!(short.text(), @"W48 1/2 · ! Inbox rules (Fri 20 Nov) +1");
        assert_eq!(short.due_count(), 1);
        let empty = Journal::default();
        let short = StatusLine::new(samples::now(), &empty, &catalog);
        assert_eq!((short.text().as_str(), short.due_count()), ("W48 0/2", 0));
        assert_eq!(short.without_user_text(), "W48 0/2");
    }

    #[test]
    fn the_line_without_words_says_all_else() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let short = StatusLine::new(samples::now(), &journal, &catalog);
        assert_eq!(short.without_user_text(), "W48 1/2 · ! Fri 20 Nov +1");
    }

    #[test]
    fn each_reader_has_its_own_signs_escaped() {
        let typed = r"#S 5% $(x) `y` \w !";
        let escaped = |reader: PromptProgram| reader.escape(typed);
        assert_eq!(escaped(PromptProgram::Tmux), r"##S 5% $(x) `y` \w !");
        assert_eq!(
            PromptProgram::Tmux.escape("## ###[ #"),
            "######## ######[ ##"
        );
        assert_eq!(escaped(PromptProgram::Zsh), r"#S 5%% $%{%}(x) ˋyˋ \w !");
        assert_eq!(
            escaped(PromptProgram::Bash),
            r"#S 5% \\$(x) \\`y\\` \\\\w !"
        );
        assert_eq!(escaped(PromptProgram::Fish), typed);
    }
}
