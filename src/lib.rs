//! leadby: a terminal journal for people who want to lead before they are given the title.
//!
//! This page is the map of the program: what it is made of, what each part must not know, and
//! which files a change touches.
//!
//! # From above
//!
//! A journal is a file of lines, each one version of one entry, and is only ever appended to. At the
//! start all lines are read and folded into a [`journal::Journal`], which always has the answer to
//! "what counts now". Practices, and everything they ask, are data in `assets/practices/`, read
//! into a [`practice::Catalog`], with the user's own laid on them; no practice is named in code. Screens and commands look at the two
//! and ask for changes; the [`store::Store`] alone writes them, and says so once they are on the
//! disk.
//!
//! # The screen and its files
//!
//! ```text
//!  leadby · Week 48 · Tue 24 Nov                                 3 days to Friday  ◀ header(): ui/widget/frame.rs
//! ──────────────────────────────────────────────────────────────────────────────── ◀ rule()
//!
//!  This week                           Due: how did it go? c checks in             ◀ this_week(), by_friday():
//!  ● 1 Audit        ○ 5 Communication  ! No rule files a mail where I do not look    ui/view/home.rs
//!  ● 2 Mastery      ○ 6 Systems          inbox · overdue since Fri 20 Nov          ◀ what they show is gathered in
//!  ● 3 Problem      ○ 7 Multiplier       moved once, first due Fri 13 Nov            app/screen/home.rs, whenever
//!  ○ 4 Next level   ○ 8 Influence      ▸ One owner for every release step            the journal has changed
//!  ⏎ continue with 4 · Next level        process · due Fri 27 Nov · in 3 days
//!                                      Kept  ████████░░  17 of 21, five in a row   ◀ every figure: journal/figures.rs
//!
//!  Problems solved 2026                Practices, last 12 weeks                    ◀ problems(), weeks():
//!  J F M A M J J A S O N D             Audit          ▪ ◦ ▪ ▪ · ▪ ▪ ▪ ▪ ▪ ▪ ▪        ui/view/home/below.rs
//!  ■ ■ □ ■ ■ ■ □ ■ ■ ■ ◧ ·             Mastery        ▪ ▪ ▪ ▪ · ▪ ▪ ▪ ▪ ▪ ▪ ▪      ◀ the signs: ui/widget.rs
//!                                      Problem        · · ▪ · ▪ ▪ ▪ · ▪ · · ▪
//!  Nine so far.                        Next level     ▪ ▪ ▪ ▪ · ▪ · ▪ ▪ · ▪ ·
//!                                      Communication  ▪ ▪ ▪ ▪ · ▪ ▪ ▪ ▪ ▪ ▪ ·
//!                                      Systems        ▪ ▪ · · · ▪ · ▪ ▪ ▪ ▪ ·
//!                                      Multiplier     · ▪ ▪ ◦ · ▪ ▪ · ▪ ▪ ▪ ·
//!                                      Influence      · · ▪ · · ▪ ▪ · · ▪ ▪ ·
//!
//!
//! ──────────────────────────────────────────────────────────────────────────────── ◀ notice(): ui/widget/frame.rs
//!  ⏎ walk  c check in  n new commitment  p problems  r review  q quit  ? help      ◀ footer(): the rows of
//!                                                                                    app/keys.rs that hold here
//! ```
//!
//! Each screen is a small state in `app/screen/` and a picture of it in `ui/view/`, under the same
//! name or nearly so. What lies over a screen (help, commands, a question) is `app/overlay.rs` and
//! `ui/view/overlay.rs`.
//!
//! # The loop
//!
//! ```text
//!            key, paste, click, signal, midnight, another program's lines
//!                               │
//!  terminal/rounds.rs           ▼  Msg
//!                         app::update ──── keys::TABLE: Key in its Context → Action
//!                          │      ▲                     │
//!                          │      │                     ▼
//!                  Effects │      │ Msg        Screen::act → Outcome
//!                          ▼      │            (changes to write, and where to go then)
//!  terminal/effects.rs   Store, draft, place
//!                               │
//!  then, once                   ▼
//!                         ui::draw(&Model) → a frame, and the Regions that can be clicked
//! ```
//!
//! [`app::update`] is the only way a [`app::Model`] changes. A [`app::Effect`] is a wish as data;
//! what came of it is the next [`app::Msg`]. A screen that wants something saved names where to go
//! *then*, so that nothing on the screen claims to be saved before it is. The loop blocks in one
//! poll: no ticks, no threads of its own, no async.
//!
//! # The ranks
//!
//! A module imports only from rows above its own, never from a sibling in its row; within a module
//! no two files need each other, but a module and what lies within it; and a crate has the rooms it
//! may be used in, named here with what they are for. `tests/architecture.rs` reads the sources and
//! holds them to it.
//!
//! | rank | module | what it is | what it must not know |
//! |---|---|---|---|
//! | 0 | [`failure`] | an error as a person sees it: kind, sentence, ways out | where it happened |
//! | 0 | [`words`] | somebody's words as they may be shown | where they come from or go |
//! | 0 | [`calendar`] | weeks, months, spans, "by Friday", "4 Dec" as a day | the clock |
//! | 1 | [`practice`] | what a practice is; the TOML parsed, checked, the user's laid on it (toml; `serde_json` for what `src/build.rs` made of the built-in ones) | any practice by name; answers |
//! | 2 | [`journal`] | entries, the fold, the [rules](journal::rules) (what every act means, when it is refused, what it writes), every figure that follows from it, and the search (nucleo-matcher and unicode-normalization in `journal/search/matcher.rs`, indexmap and foldhash in `journal/search/index.rs`) | the clock, the disk, the format |
//! | 3 | [`store`] | bytes on disk: format, lock, append, draft, merge, the whole copy (`std::fs`, `serde_json`, memchr, uuid) | screens, commands, the clock |
//! | 3 | [`report`] | the journal as text: status, lists, JSON, tables, calendar (`serde_json`) | files, terminals, arguments, the clock |
//! | 3 | [`sample`] | a year of somebody's journal, for the demo and for tests | any practice by name; the disk |
//! | 4 | [`app`] | the model, the key table, the screens' states, what follows from a message (crossterm's key types; ratatui-textarea in `app/editor.rs`) | drawing, files, the clock |
//! | 5 | [`ui`] | the model as a picture (ratatui) | how to change anything |
//! | 6 | [`terminal`] | enter and leave, signals, the loop, effects, lending the terminal (crossterm, signal-hook) | what a key means, what a screen shows |
//! | 7 | [`cli`] | arguments, one file a command, exit codes, the environment (clap) | the format on disk, how a screen is drawn |
//! | 8 | `main` | a few lines | everything else |
//!
//! # What always holds
//!
//! - No line of the journal is ever changed or removed by a save. Deleting appends a version that
//!   says so; undo appends one that says what is there without the one it names. `store/rewrite.rs` alone writes a journal anew, for
//!   somebody who asked for it and agreed.
//! - Nothing is called saved before `sync_data` came back, and for a new file its folder's.
//! - The order of lines does not matter: a version names those it was made from, and the state of an
//!   entry is a function of the set of its versions (`journal/fold.rs`).
//! - A line that is not understood hides no other one and is kept.
//! - There is no clock below the edge: everybody is handed a [`calendar::Now`]. There is no
//!   `Local::now()` but in `terminal/clock.rs`, and no environment but in `cli/environment.rs`.
//! - There is no network, but what git does for `cli/sync.rs`; git carries bytes, and `store` alone
//!   writes the journal.
//! - A rule is written once: what an act means is asked of [`journal::rules`] by screens, commands and
//!   the plain walk alike, and `tests/tui/acts.rs` holds what they write equal.
//! - There is no drawing in [`app`], and no `&mut` [`app::Model`] in [`ui`].
//! - No screen knows the [`app::Model`] it lives in, so there is no circle: it answers with an
//!   [`app::route::Outcome`], defined below the screens.
//! - No key is matched outside [`app::keys::TABLE`]. Dispatch, footer, help, palette and the
//!   README's table are read from it. While typing, what writes a character writes it;
//!   in a form no key that prints one does anything outside it.
//! - No practice, step or register is named in code, but where a practice says of itself what it
//!   [provides](practice::Provides).
//! - What is private is one rule, [`journal::Journal::privacy`]: exports, the portfolio, the status line
//!   and the words worth reading again ask it.
//! - No stored control character reaches a terminal: everything shown passes through [`words`].
//! - There is no `unsafe`.
//!
//! # What a change touches
//!
//! | change | files |
//! |---|---|
//! | words, a step, a field, a register | its file in `assets/practices/`; ids once released never change (`tests/practices.rs`) |
//! | a new practice | a file in `assets/practices/`, and its row in `practice/builtin.rs`; a user's own is one file in their folder, see `assets/practices.md` |
//! | a new key of a practice file | `practice/parse/raw.rs`, and `assets/practices.md` |
//! | what stands in the portfolio | `portfolio` of a register and `told` of its fields and pictures, in `assets/practices/`; how it is written, `report/portfolio/` |
//! | another key for an action | its row in [`app::keys::TABLE`], and the README's table, which a test prints |
//! | a new action | a variant of [`app::keys::Action`], its row, and its arm where it is done: `app/update.rs` or the screen |
//! | a new act | a variant of [`journal::rules::Act`] and its rule there, its words in `report/acts.rs`, its key and its command, and its ways in `tests/tui/acts.rs` |
//! | a new screen | its state in `app/screen/`, its picture in `ui/view/`, a variant of [`app::screen::Screen`] and of [`app::route::Route`] and the arms the compiler asks for; a [`app::keys::Context`] if it has keys of its own |
//! | a new kind of field | a variant of [`practice::FieldKind`], and the arms the compiler asks for: `practice/parse.rs`, `app/form/control.rs`, `ui/widget/control.rs`, `cli/fields.rs` |
//! | a new figure | a variant of [`journal::Figure`] and its arms, what it counts in `journal/figures.rs`, its definition in `assets/figures.md` and its recount in `journal/figures/tests/recount.rs`; a line where it is shown |
//! | what is compared, or worth reading again | `journal/review.rs`, and what `assets/figures.md` says of it |
//! | another length to look back on | a variant of [`calendar::Length`] and of [`calendar::Span`] |
//! | a new filter of the search | its name, meaning and values in `journal/search/query.rs`, and what it accepts: `FilterSet` in `journal/search/index.rs` |
//! | a new command | its file in `cli/`, its variant and arm in `cli.rs` |
//! | a new format to export | its file in `report/export/`, its arm in `cli/export.rs` |
//! | a new effect | a variant of [`app::Effect`], its arm in `terminal/effects.rs` |
//! | a new version of the format | `store/wire.rs` to write it, `store/decode.rs` to read both, `assets/format.md`, a fixture of the old one in `tests/fixtures/` |
//!
//! # House words
//!
//! | word | meaning |
//! |---|---|
//! | [Practice](practice::Practice) | one of the eight pages of the week, or one beside them: a title, its steps, its registers |
//! | [Step](practice::Step) | one question of a practice: it asks for an answer, or for items of a register |
//! | [Field](practice::Field) | one thing an item says; its [kind](practice::FieldKind) says how it is edited |
//! | [Register](practice::Register) | a list that a practice keeps, with its fields and [stages](practice::Stage): problems, skills, decisions |
//! | [Item](journal::Item) | one thing in a register |
//! | Difference | what went and what came [from one answer to another](journal::difference()), by words or as sets |
//! | Looking back | the steps offered [once a month is over](journal::Journal::month_to_look_back_on) |
//! | Walk | the weekly pass through [the practices that are weekly](practice::Catalog::walk), in order |
//! | [Answer](journal::Answer) | what was said to a step, for a [period](journal::Period): a week, a month, or for good |
//! | [Person](journal::Person) | somebody named in a field for people, in whatever spelling, with every mention |
//! | [Commitment](journal::Commitment) | one thing to lead better by a day; kept, missed, moved or let go |
//! | [Entry](journal::Entry) | one version of an answer, item or commitment, as it stands in the journal |
//! | [Act](journal::rules::Act) | something a person does to the journal; the rules say what it writes, or why it is refused |
//! | Head | a version that no other was made from; an entry with several is joined field by field |
//! | [Unsettled](journal::Unsettled) | a field with several texts, of which none was written with the others in view |
//! | [SearchIndex](journal::search::SearchIndex) | every entry as numbers of its words, searched at every key |
//! | [Query](journal::search::Query) | what is searched for: words, exact phrases, filters |
//! | [Draft](store::Draft) | words that were typed and are not saved yet |
//! | [Journal](journal::Journal) | all entries, folded |
//! | [Span](calendar::Span) | days to look back on: a week, a month, a quarter, a year, or since some day |
//! | [Figures](journal::Figures) | what is counted over a span, as `assets/figures.md` defines it |
//! | [Review](journal::Review) | the figures of a span, what changed against the one before, and words worth reading again |
//! | [Finding](store::Finding) | what the reader noticed about one line |
//! | [Msg](app::Msg) | something that happened |
//! | [Effect](app::Effect) | something to be done outside the model |
//! | [Outcome](app::route::Outcome) | what a screen asks for: versions to write, and where to go then |
//! | [Route](app::route::Route) | a place one can be |
//! | [Failure](failure::Failure) | what went wrong, with the ways out |

pub mod app;
pub mod calendar;
pub mod cli;
pub mod failure;
pub mod journal;
pub mod practice;
pub mod report;
pub mod sample;
pub mod store;
pub mod terminal;
pub mod ui;
pub mod words;
