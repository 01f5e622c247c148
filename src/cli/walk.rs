//! `leadby` and `leadby walk`: the screens.

mod plain;

use super::context::CommandContext;
use super::file_mistakes::FileMistakes;
use super::periods::{self, AskedWhen};
use super::user_keys::KeysSource;
use super::user_ladder::read_ladder;
use crate::failure::Failure;
use crate::terminal::{self, ExitReason, Session};

const EXAMPLES: &str = "\
Examples:
  leadby walk
  leadby walk --plain
  leadby walk --plain profile         who you are and what is in your hands
  leadby walk --plain --month last    last month, private pages included
  leadby walk --plain --week last     what last week has no answer to
  leadby walk --plain audit mastery   these again, answered or not

With --plain each question that this week has no answer to is a line, and so is
the answer: for a screen reader, or a terminal without screens. An empty line
skips a question, and ends a text of several lines. Choices go by number or by
word, several of them with commas.

A line of only < goes back one question; \\< is that text. In a list, a number
takes an item to its next stage, the number with a question mark (1?) asks all
about it, and any other text is a new item; + and a space in front make a number
a text too. No word is a command. Each answer is saved at once.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Ask one question after the other in plain lines, without the screens
    #[arg(long)]
    plain: bool,
    /// With --plain: the practices to ask, answered or not; without one, what the week has no answer to
    #[arg(value_name = "PRACTICE", requires = "plain")]
    practices: Vec<String>,
    /// With --plain: another week: last, 48, 2026-W48 or a day in it
    #[arg(
        long,
        value_name = "WHEN",
        requires = "plain",
        conflicts_with = "month"
    )]
    week: Option<String>,
    /// With --plain: what is asked monthly, for a month: last, nov, 2026-11; without one, this month
    #[arg(long, value_name = "WHEN", requires = "plain", num_args = 0..=1, default_missing_value = "")]
    month: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if self.plain {
            context.output.flush_or_fail()?;
            return plain::run_plain_walk(self.scope(context)?, context);
        }
        run_screens(context, Some("walk"))
    }

    fn scope(&self, context: &CommandContext<'_>) -> Result<plain::Scope, Failure> {
        let when = match (&self.week, &self.month) {
            (Some(week), _) => AskedWhen::Week(week),
            (None, Some(month)) => AskedWhen::Month(month),
            (None, None) => AskedWhen::Now,
        };
        let mut scope = plain::Scope::default();
        for name in &self.practices {
            let practice = periods::named_practice(name, &context.catalog)?;
            periods::asked_period(practice, when, context)?;
            scope.practices.push(practice.id.clone());
        }
        match when {
            AskedWhen::Week(text) => scope.week = Some(periods::begun_week(text, context)?),
            AskedWhen::Month(text) => scope.month = Some(periods::begun_month(text, context)?),
            AskedWhen::Now | AskedWhen::Either(_) => {}
        }
        Ok(scope)
    }
}

/// Runs the screens to the end, starting at the one called `screen`; passes on a signal.
pub(super) fn run_screens(
    context: &mut CommandContext<'_>,
    screen: Option<&str>,
) -> anyhow::Result<()> {
    context.exit_code = open_screens(context, screen)?.reraise()?;
    Ok(())
}

/// Runs the screens, starting at the one called `screen`.
pub(super) fn open_screens(
    context: &CommandContext<'_>,
    screen: Option<&str>,
) -> Result<ExitReason, Failure> {
    let config = &context.config;
    let keys = KeysSource::load(config.file.path.as_deref());
    let mistakes = [
        &context.practices.mistakes,
        &config.mistakes,
        &keys.mistakes,
    ];
    let warning = mistakes.into_iter().find_map(FileMistakes::brief_warning);
    terminal::run(Session {
        journal: context.path.clone(),
        catalog: context.catalog.clone(),
        keys: keys.table,
        config: config.file.path.clone(),
        theme_variable: config.theme_variable(),
        evidence: (config.mistakes.found.is_empty()).then(|| config.evidence().to_vec()),
        ladder: read_ladder(&context.ladder, &context.catalog),
        clock: context.clock,
        editor: context.editor.clone(),
        open: screen.map(str::to_owned),
        warning,
        environment: context.terminal.clone(),
    })
}
