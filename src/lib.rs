//! leadby: a terminal journal for people who want to lead before they are given the title.
//!
//! This page is the map of the program: its parts, what each part must not know, and which files a
//! change touches.
//!
//! # Overview
//!
//! A journal is a file of lines. Each line is one version of one entry, and lines are only appended.
//! At start all lines are read and folded into a [`journal::Journal`], which answers "what counts
//! now". Practices and their questions are data: the files in `assets/practices/` and the user's own
//! are merged into one [`practice::Catalog`], and no practice is named in code. Screens and commands
//! read these two and ask for changes; only the [`store::Store`] writes them, and it reports success
//! once they are on the disk.
//!
//! # The screen and its files
//!
//! ```text
//!   leadby · Week 48 · Tue 24 Nov                               3 days to Friday   ◀ header(): ui/widget/frame.rs
//! ─ By Friday ───────────── 2 open, 1 of them due · 17 of 21 kept, five in a row ─ ◀ draw_panel(): ui/widget/panel.rs
//!   ! No rule files a mail where I do not look                             inbox   ◀ ui/view/home/by_friday.rs; its content is
//!     Mon 9 ●━━━━━━━ Fri 13 »━━━━━━━━━━━━━ Fri 20 ◎━━━━━━━◆ today, 4 days over       gathered in app/screen/home.rs, whenever the
//!     c how did it go?                                                               journal has changed; a line of days:
//!   ▸ One owner for every release step                                   process     ui/widget/days.rs
//!     Mon 23 ●━━◆╌╌╌╌╌╌◎ Fri 27 in 3 days
//! ─ This week ────────────────────── ⏎ what is due, then 4 · Next level   3 of 8 ─ ◀ ui/view/home/this_week.rs
//!   ■ 1 Audit          ■ 3 Problem        □ 5 Communication  □ 7 Multiplier
//!   ■ 2 Mastery       ▌□ 4 Next level     □ 6 Systems        □ 8 Influence
//! ─ The last 51 weeks ─────────────────────────────────────────────── ← → a week ─ ◀ ui/view/home/year.rs, of insight/year.rs
//!                 Dec Jan   Feb  Mar  Apr   May  Jun  Jul   Aug  Sep  Oct   Nov
//!   Audit         ■▪■ ■·■■▪ ■■■■ ··■■ ■■■▪■ ·■■■ ■■■■ ■■·■■ ■■■▪ ■■▪■ ■~■■■ ■■■■   ◀ the signs: ui/sign.rs
//!   Mastery       ■■■ ■·■■■ ■■■■ ··■■ ■■■■■ ·■■■ ■■■■ ■■·■■ ■■■■ ■■■■ ■~■■■ ■■■■
//!   Problem       ■·■ ·■·■· ■·■■ ···· ·■·■■ ■■■■ ·■■■ ····· ·■■■ ■··■ ·■■■· ■··■
//!   Next level    ■·· ■··■· ··■· ···■ ■···· ·■·■ ·■■· ···■· ■··· ■■■■ ■~■·■ ■·■□
//!   Communication ■■■ ■·■■■ ■■■■ ··■■ ■■■■■ ·■■■ ■■■■ ■■·■■ ■■■■ ■■■■ ■~■■■ ■■■□
//!   Systems       ·■■ ··■·· ··■■ ···· ··■■· ···· ■··· ■··■· ···■ ·■■· ·~■·■ ■■■□
//!   Multiplier    ··■ ··■·▪ ■··· ···■ ·▪··■ ···■ ···· ■■··▪ ■··· ■·■■ ▪~■■· ■■■□
//!   Influence     ··· ■···· ·■·· ··■· ····· ··■· ■··· ·■··· ··■· ···■ ·~■■· ·■■□
//!   By Friday     ✓✗  ✓ »✓✓  ✗ –   ✓  ✓ » »  ✓✗  ✓  » ✓✓  ✓   ✓✗ ✓✓   ✓ ✓ » ✓»!▸
//!   Solved        ■   ■     ■    ·    ■     ■■   ■    ·     ■    ■    ■     ▪      ◀ ui/view/home/months.rs
//!                                                                                  ◀ draw_notice(): ui/widget/frame.rs
//!   ⏎ walk  c check in  n new commitment  p problems  r review  q quit  ? help     ◀ draw_footer(): the rows of app/keys.rs
//! ```
//!
//! A screen's state is in `app/screen/`, its drawing in `ui/view/`, under the same name or nearly so.
//! Panels over a screen (help, commands, a question) are in `app/overlay.rs` and `ui/view/overlay.rs`.
//!
//! # The loop
//!
//! ```text
//!            key, paste, click, signal, midnight, lines of another program
//!                               │
//!  terminal/event_loop.rs       ▼  Msg
//!                         app::update ──── keys::KeyTable: Key in its KeyContext → Action
//!                          │      ▲                     │
//!                          │      │                     ▼
//!                  Effects │      │ Msg        Screen::act → Outcome
//!                          ▼      │            (changes to write, and where to go then)
//!  terminal/effects.rs   Store, draft, last position
//!                               │
//!  then, once                   ▼
//!                         ui::draw(&Model) → a frame, and the Regions that can be clicked
//! ```
//!
//! Only [`app::update`] changes a [`app::Model`]. An [`app::Effect`] is a request as data; its result
//! is the next [`app::Msg`]. A screen that saves says where to go *then*, so the screen never claims
//! that something is saved before it is. The loop blocks in one poll: no ticks, no threads, no async.
//!
//! # The ranks
//!
//! A module imports only from lower ranks, never from a module of its own rank. Within a module, no
//! two files need each other, except a module and its children. An outside crate is used only in the
//! modules named here. `tests/architecture.rs` reads this table and checks the sources against it.
//!
//! | rank | module | what it is | what it must not know |
//! |---|---|---|---|
//! | 0 | [`failure`] | an error as the user sees it: kind, message, hints | where it happened |
//! | 0 | [`text`] | makes user text safe to show | where it comes from or goes |
//! | 0 | [`calendar`] | weeks, months, spans, "by Friday", "4 Dec" as a day | the clock |
//! | 0 | [`user_file`] | a TOML file that the user writes: its mistakes by line (toml) | what is in it; the disk |
//! | 1 | [`practice`] | what a practice is; the TOML parsed and checked, the user's files merged in (toml; `serde_json` for the built-in ones, prepared by `src/build.rs`) | any practice by name; answers |
//! | 1 | [`config`] | the user's settings: `config.toml` parsed and checked, the recipes for evidence; `keys.toml` parsed (toml) | the environment, the disk; what a setting does |
//! | 2 | [`journal`] | entries, the fold, the [rules](journal::rules) (what every act means, when it is refused, what it writes), undo, and the search (nucleo-matcher and unicode-normalization in `journal/search/matcher.rs`, indexmap and foldhash in `journal/search/index.rs`, litemap in `journal/entry.rs`) | the clock, the disk, the format |
//! | 2 | [`ladder`] | a career ladder: `ladder.toml` parsed and checked, the examples | any ladder or practice by name; the journal, the disk |
//! | 2 | [`evidence`] | what commands and calendar files say about a week, read as lines (`serde_json`) | the journal, the disk, processes |
//! | 3 | [`insight`] | what follows from a journal: figures, the review, charts, people, differences (similar), suggestions, what a portfolio takes; functions of a journal | the clock, the disk, the wording of an output |
//! | 3 | [`import`] | files of other programs, read into entries, and tables read into a ladder; one file per format (`serde_json`, csv, uuid) | the disk, which entries are known already |
//! | 4 | [`store`] | bytes on disk: format, lock, append, draft, merge, backup, the inbox file (`std::fs`, `serde_json`, memchr, uuid) | screens, commands, the clock |
//! | 4 | [`report`] | the journal as text: status, lists, JSON, tables, calendar (`serde_json`) | files, terminals, arguments, the clock |
//! | 4 | [`sample`] | a year of a sample journal, for the demo and for tests | any practice by name; the disk |
//! | 5 | [`app`] | the model, the key table, the screens' states, what follows from a message (crossterm's key types; ratatui-textarea in `app/editor.rs`, strsim in `app/keys/own.rs`) | drawing, files, the clock |
//! | 6 | [`ui`] | draws the model (ratatui) | how to change anything |
//! | 7 | [`terminal`] | enter and leave, signals, the event loop, effects, running a child process (crossterm, signal-hook) | what a key means, what a screen shows |
//! | 8 | [`cli`] | arguments, one file per command, exit codes, the environment (clap) | the format on disk, how a screen is drawn |
//! | 9 | `main` | a few lines | everything else |
//!
//! # Invariants
//!
//! - A save never changes or removes a line of the journal. Deleting appends a version that says so;
//!   undo appends the entry without the version it names. Only `store/rewrite.rs` writes a journal
//!   anew, after the user confirmed it.
//! - Nothing is called saved before `sync_data` returned; for a new file, also its folder's.
//! - The order of lines does not matter: a version names those it was made from, and the state of an
//!   entry is a function of the set of its versions (`journal/fold.rs`).
//! - A line that is not understood is kept and hides no other line.
//! - Only the edge reads the clock: everything else is passed a [`calendar::Now`]. `Local::now()` is
//!   only in `terminal/clock.rs`, environment variables only in `cli/environment.rs`.
//! - Nothing but a [placement](journal::rules::Placement), a commitment made from it or the user's own
//!   edit takes a note out of the inbox. `inbox.txt` is only read, see `store/inbox.rs`.
//! - The user's commands run only when asked for, beside the loop, in a process group of their own
//!   that is ended with the form or the program (`terminal/children.rs`).
//! - The only network is git's, for `cli/sync.rs` and `forget --everywhere`. Git carries bytes; only `store` writes the journal.
//! - A rule is written once: screens, commands and the plain walk ask [`journal::rules`] what an act
//!   means, and `tests/tui/acts.rs` checks that they write the same.
//! - [`app`] draws nothing, and [`ui`] never has a `&mut` [`app::Model`].
//! - Everything about a screen is in its own file; only the views ask which screen it is. What takes
//!   typed text is decided only in `app/update.rs`, in `type_text`.
//! - No screen knows the [`app::Model`] it is in: it answers with an [`app::route::Outcome`], defined
//!   below the screens, so there is no import cycle.
//! - Keys are matched only in the [`app::keys::KeyTable`] of the model: [`app::keys::TABLE`], with the
//!   user's `keys.toml` laid on it. Dispatch, footer, help, palette, texts that name a key and
//!   `assets/keys.md` are read from it. While typing, a printable key types; in a form it does nothing else.
//! - No practice, step or register is named in code; a practice declares what it
//!   [provides](practice::Provides).
//! - Privacy is one rule, [`journal::Journal::privacy`], which exports, the portfolio, the status line
//!   and the excerpts of a review ask.
//! - No stored control character reaches a terminal: everything shown passes through [`text`].
//! - There is no `unsafe`.
//!
//! # What a change touches
//!
//! | change | files |
//! |---|---|
//! | a text, a step, a field, a register | its file in `assets/practices/`; released ids never change (`tests/practices.rs`) |
//! | a new practice | a file in `assets/practices/` and its row in `practice/builtin.rs`; a user's own is one file in their folder, see `assets/practices.md` |
//! | a new setting | its key in `config.rs`, its value and origin in `cli/user_config.rs`, its row in `cli/config.rs`, `assets/config.toml` and `assets/config.md` |
//! | a new theme | a variant of [`config::ThemeName`], its palette in `ui/theme.rs`, its row in `assets/config.md` |
//! | a new sign | its constant and its plain form in `ui/sign.rs` |
//! | another ladder to start from | its file in `assets/ladders/` and its row in `ladder/example.rs` |
//! | a new key in the ladder file | `ladder/parse.rs`, `ladder/write.rs` and `assets/config.md` |
//! | a new recipe for evidence | `assets/recipes.toml` and `assets/config.md`; `tests/cli/evidence.rs` with what its program prints |
//! | a new format of evidence | a variant of [`config::OutputFormat`], its reader in `evidence/`, and `assets/config.md` |
//! | a new key in practice files | its type in `practice.rs` (of a step or a field also `practice/parse/raw.rs`, of a chart `practice/chart.rs`) and `assets/practices.md` |
//! | what the portfolio includes | `portfolio` and `weight` of a register and `told` of its fields and charts, in `assets/practices/`; what makes something evidence, here and on the ladder: `insight/evidence.rs`; what is on its first page: `insight/portfolio/first_page.rs`; what its page says: `report/portfolio/page.rs` and its sentences in `report/portfolio/sentences.rs` |
//! | a page for other readers | a variant of [`insight::Audience`] and its arms, its file in `insight/portfolio/`, its words in `report/portfolio/sheet.rs` and its part of `assets/schema/portfolio-page.json` |
//! | another key for an action | its row in [`app::keys::TABLE`], and `assets/keys.md`, which a test prints |
//! | another preset of keys | its file in `assets/keys/` and its row in `app/keys/own.rs` |
//! | a new action | a variant of [`app::keys::Action`], its row, its arm in `app/actions.rs` or the screen, which also says when it is enabled, and how to do it by line in `tests/tui/by_line.rs` |
//! | a new act | a variant of [`journal::rules::Act`] and its rule, its texts in `report/acts.rs`, its key and its command, and its ways in `tests/tui/acts.rs` |
//! | a new screen | its state in `app/screen/`, which is an [`app::screen::ScreenState`], its drawing in `ui/view/`, and a variant of [`app::screen::Screen`] and of [`app::route::Route`]; a [`app::keys::KeyContext`] if it has keys of its own |
//! | a new kind of field | a variant of [`practice::FieldKind`] and the arms the compiler asks for: `practice/parse.rs`, `practice/parse/raw.rs`, `app/form/control.rs`, `ui/widget/control.rs`, `cli/field_values.rs` |
//! | a new figure | its row in `insight/figures/figure.rs`, the count in `insight/figures.rs`, its definition in `assets/figures.md` and its recount in `insight/figures/tests/recount.rs`; a line where it is shown |
//! | another kind of place for a note | a variant of [`journal::rules::Destination`] and its arm in `journal/rules/place.rs`, one of [`insight::NotePlaceKind`], its key and its option of `leadby place` |
//! | what is compared, or worth reading again | `insight/review.rs` and `assets/figures.md` |
//! | another question to the journal | a function of a journal, in a file of `insight/` |
//! | what a page of a review holds | `insight/review/public.rs`; what it says: `report/review/page.rs` |
//! | how any page for others looks | a variant of a block or a row in `report/page.rs`, and its arms in `report/html.rs` (style: `report/html/style.rs`) and `report/markdown.rs` |
//! | another length of a review | a variant of [`calendar::Length`] and of [`calendar::Span`] |
//! | a new filter of the search | its name, meaning and values in `journal/search/query.rs`, and what it accepts: `journal/search/index/filter_set.rs` |
//! | a new command | its file in `cli/`, its variant and arm in `cli.rs` |
//! | a new export format | its file in `report/export/`, its arm in `cli/export.rs` |
//! | another program that reminds | a variant of `Scheduler` in `cli/remind/schedule.rs` and its arms |
//! | another program to import from | its file in `import/`, a variant of [`import::Format`] and its arms, a file that the program wrote in `tests/fixtures/import/` |
//! | a new effect | a variant of [`app::Effect`], its arm in `terminal/effects.rs` |
//! | a new version of the format | `store/shape.rs` to write it and read both, `store/members.rs` for what is unknown in one, `assets/format.md`, a fixture of the old one in `tests/fixtures/` |
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | [Practice](practice::Practice) | one of the eight pages of the week, or one beside them: a title, its steps, its registers |
//! | [Step](practice::Step) | one question of a practice: it asks for an answer, or for items of a register |
//! | [Field](practice::Field) | one value of an item; its [kind](practice::FieldKind) says how it is edited |
//! | [Register](practice::Register) | a list that a practice keeps, with its fields and [stages](practice::Stage): problems, skills, decisions. Users see "list" |
//! | [Item](journal::Item) | one entry of a register |
//! | Note | an item of the inbox: a thought that waits until it is [placed](journal::rules::Placement) |
//! | Walk | the weekly pass through [the weekly practices](practice::Catalog::walk), in order |
//! | [Answer](journal::Answer) | the answer to a step for a [period](journal::Period): a week, a month, or for good |
//! | [Person](insight::Person) | someone named in a field for people, in any spelling, with every mention |
//! | [Commitment](journal::Commitment) | one thing to lead better by a day; kept, missed, moved or let go |
//! | [Entry](journal::Entry) | one version of an answer, item or commitment |
//! | [Act](journal::rules::Act) | something a user does to the journal; the rules say what it writes, or why it is refused |
//! | [Evidence](evidence::Evidence) | what the user's commands and calendar files say about a week, as lines with a day and a link |
//! | [Ladder](ladder::Ladder) | the user's career ladder: levels, areas, and the expectations that evidence stands for |
//! | Head | a version that no other was made from; an entry with several is joined field by field |
//! | [Unsettled](journal::Unsettled) | a field that two machines changed, until the user chooses a text |
//! | [Off day](journal::OffDays) | A day on which nothing is asked; a week is off if its working days are |
//! | [Draft](store::Draft) | text that was typed and is not saved yet |
//! | [Journal](journal::Journal) | all entries, folded |
//! | [Span](calendar::Span) | the days of a review: a week, a month, a quarter, a year, or since some day |
//! | [Figures](insight::Figures) | the numbers of a span, as `assets/figures.md` defines them |
//! | [Review](insight::Review) | the figures of a span, what changed since the span before, and excerpts worth reading again |
//! | [Finding](store::Finding) | what `leadby doctor` reports about one line |
//! | [Msg](app::Msg) | something that happened |
//! | [Effect](app::Effect) | something to do outside the model |
//! | [Outcome](app::route::Outcome) | what a screen asks for: versions to write, and where to go then |
//! | [Route](app::route::Route) | how to reach a screen |
//! | [Failure](failure::Failure) | what went wrong, with hints |

pub mod app;
pub mod calendar;
pub mod cli;
pub mod config;
pub mod evidence;
pub mod failure;
pub mod import;
pub mod insight;
pub mod journal;
pub mod ladder;
pub mod practice;
pub mod report;
pub mod sample;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod user_file;
