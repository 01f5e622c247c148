//! The key table: which key does what, where. The only place that names a key.
//!
//! Dispatch, the footer, the help, the palette and `assets/keys.md` are all read from it. [`TABLE`] is
//! how it is without a keys file, a [`KeyTable`] how it is with the user's. What an action *does* is
//! decided elsewhere.

mod action;
mod context;
mod key;
mod own;

pub use action::Action;
pub use context::KeyContext;
pub use key::Key;

use std::borrow::Cow;

use crossterm::event::{KeyCode, KeyEvent};

use key::{BACK_TAB, ENTER, ESC, SPACE, TAB, alt, alt_key, ctrl, ctrl_key, key, plain};

#[derive(Clone, Debug)]
pub struct Binding {
    pub context: KeyContext,
    /// The keys, the one to show first.
    pub keys: Cow<'static, [Key]>,
    pub action: Action,
    /// What it does, in a word or two.
    pub label: &'static str,
    /// Its priority in the footer; 0 keeps it out.
    pub weight: u8,
}

macro_rules! table {
    ($($context:ident [$($key:expr),+] $action:expr, $label:literal, $weight:literal;)*) => {
        &[$(Binding {
            context: KeyContext::$context,
            keys: Cow::Borrowed(&[$($key),+]),
            action: $action,
            label: $label,
            weight: $weight,
        }),*]
    };
}

/// Every key, unless the user has others. If several rows match, the first one that is available
/// counts.
pub const TABLE: &[Binding] = table! {
    WrapUpOffer  [plain('o')]                   Action::WrapUpMonth, "wrap up", 8;
    WrapUpOffer  [plain('X')]                   Action::DismissMonth, "dismiss", 3;
    ChosenWeek [ENTER]                      Action::Open, "open week", 9;
    ChosenWeek [ESC]                        Action::Last, "this week", 8;
    Home     [ENTER]                        Action::Walk, "walk", 9;
    Home     [plain('d')]                   Action::ResumeDraft, "resume draft", 9;
    Home     [plain('x')]                   Action::DiscardDraft, "discard draft", 2;
    Home     [plain('c')]                   Action::CheckIn, "check in", 8;
    Home     [plain('n')]                   Action::Commit, "new commitment", 5;
    Home     [plain('m')]                   Action::Commitments, "all commitments", 1;
    Home     [plain('p')]                   Action::Problems, "problems", 7;
    Home     [plain('s')]                   Action::Suggestion, "use it", 7;
    Home     [plain('=')]                   Action::Settle, "settle two texts", 2;
    Home     [plain('r')]                   Action::Review, "review", 6;
    Home     [plain('l')]                   Action::Lists, "lists", 4;
    Home     [plain('t')]                   Action::Timeline, "timeline", 3;
    Home     [plain('g')]                   Action::Profile, "profile", 3;
    Home     [plain('y')]                   Action::Talk, "name & summary", 0;
    Home     [plain('0')]                   Action::WeekOff, "week off", 1;
    Home     [plain('P')]                   Action::Portfolio, "portfolio", 3;
    Home     [key(KeyCode::Left)]           Action::Left, "earlier week", 0;
    Home     [key(KeyCode::Right)]          Action::Right, "later week", 0;
    Home     [plain('q')]                   Action::Quit, "quit", 8;

    Help     [key(KeyCode::Up), plain('k')] Action::Up, "up", 2;
    Help     [key(KeyCode::Down), plain('j')] Action::Down, "down", 3;
    Help     [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    Help     [key(KeyCode::PageDown), plain(' ')] Action::Later, "page down", 0;
    Help     [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    Help     [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    Help     [ESC, plain('q'), ENTER]       Action::Back, "close", 9;
    Palette  [ENTER]                        Action::Open, "run", 9;
    Palette  [key(KeyCode::Up)]             Action::Up, "up", 2;
    Palette  [key(KeyCode::Down)]           Action::Down, "down", 3;
    Palette  [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    Palette  [key(KeyCode::PageDown)]       Action::Later, "page down", 0;
    Palette  [ESC]                          Action::Back, "close", 8;
    Themes   [ENTER]                        Action::Open, "keep", 9;
    Themes   [key(KeyCode::Up), plain('k')] Action::Up, "up", 2;
    Themes   [key(KeyCode::Down), plain('j')] Action::Down, "down", 3;
    Themes   [ESC, plain('q')]              Action::Back, "as before", 8;
    Question [plain('y')]                   Action::Confirm, "yes", 9;
    Question [ESC, plain('n')]              Action::Back, "no", 9;

    NameCompletion     [key(KeyCode::Right), ctrl('e')] Action::Complete, "accept", 9;
    Line     [ENTER]                        Action::Continue, "next field, or save", 7;
    Line     [key(KeyCode::Down)]           Action::NextField, "next field", 0;
    Line     [key(KeyCode::Up)]             Action::PreviousField, "previous field", 0;
    CheckIn  [plain('k')]                   Action::Kept, "kept", 0;
    CheckIn  [plain('m')]                   Action::Missed, "missed", 0;
    CheckIn  [plain('v')]                   Action::Moved, "moved", 0;
    CheckIn  [plain('l')]                   Action::LetGo, "let go", 0;
    Choices  [SPACE]                        Action::Toggle, "mark", 8;
    Choices  [ENTER]                        Action::Continue, "choose, or next field", 7;
    Choices  [key(KeyCode::Up)]             Action::Up, "up", 0;
    Choices  [key(KeyCode::Down)]           Action::Down, "down", 0;
    Choices  [key(KeyCode::Left)]           Action::Left, "lower", 0;
    Choices  [key(KeyCode::Right)]          Action::Right, "higher", 0;
    Panel    [ENTER]                        Action::Open, "add or open", 9;
    Panel    [SPACE]                        Action::Advance, "next stage", 8;
    Panel    [plain('u')]                   Action::UndoInForm, "undo", 8;
    Panel    [plain('L')]                   Action::LetGo, "let go", 7;
    Panel    [plain('t')]                   Action::Convert, "convert", 7;
    Panel    [key(KeyCode::Up)]             Action::Up, "up", 0;
    Panel    [key(KeyCode::Down)]           Action::Down, "down", 0;
    Text     [ctrl('a')]                    Action::LineStart, "start of line", 0;
    Text     [ctrl('e')]                    Action::LineEnd, "end of line", 0;
    Text     [alt_key(KeyCode::Left), ctrl_key(KeyCode::Left)] Action::WordLeft, "word left", 0;
    Text     [alt_key(KeyCode::Right), ctrl_key(KeyCode::Right)] Action::WordRight, "word right", 0;
    Text     [ctrl('w')]                    Action::CutWord, "delete word before", 0;
    Text     [alt('d')]                     Action::CutNextWord, "delete word after", 0;
    Text     [ctrl('u')]                    Action::CutToStart, "delete to start of line", 0;
    Text     [ctrl('k')]                    Action::CutToEnd, "delete to end of line", 0;
    Text     [ctrl('y')]                    Action::PasteDeleted, "paste what was deleted", 0;
    Text     [ctrl('_')]                    Action::UndoTyping, "undo typing", 0;
    Text     [ctrl('r')]                    Action::RedoTyping, "redo typing", 0;
    Evidence [ENTER]                        Action::TakeEvidence, "take", 9;
    Evidence [alt('i')]                     Action::AddEvidence, "add as item", 8;
    Evidence [alt('n')]                     Action::NoteEvidence, "to the inbox", 6;
    Evidence [key(KeyCode::Up)]             Action::MoveInEvidence(-1), "previous line", 0;
    Evidence [key(KeyCode::Down)]           Action::MoveInEvidence(1), "next line", 7;
    Evidence [key(KeyCode::PageUp)]         Action::MoveInEvidence(-10), "page up", 0;
    Evidence [key(KeyCode::PageDown)]       Action::MoveInEvidence(10), "page down", 0;
    Evidence [ctrl_key(KeyCode::Home)]      Action::MoveInEvidence(isize::MIN), "first line", 0;
    Evidence [ctrl_key(KeyCode::End)]       Action::MoveInEvidence(isize::MAX), "last line", 0;
    Evidence [ESC, key(KeyCode::F(10))]     Action::CloseEvidence, "close", 9;
    Form     [TAB]                          Action::NextField, "next field", 7;
    Form     [BACK_TAB]                     Action::PreviousField, "previous field", 2;
    Form     [ctrl('l')]                    Action::CopyLast, "copy last", 6;
    Form     [ctrl('s')]                    Action::Save, "save", 9;
    Page     [ctrl('s'), ctrl('n'), key(KeyCode::PageDown)] Action::Save, "save & next", 9;
    Page     [ctrl('o')]                    Action::Trends, "trends", 2;
    Page     [key(KeyCode::F(2))]           Action::Compare, "all answers", 2;
    Page     [ctrl('p'), key(KeyCode::PageUp)] Action::PreviousPage, "previous page", 3;
    Form     [key(KeyCode::F(2))]           Action::AllFields, "all fields", 6;
    Form     [key(KeyCode::F(6))]           Action::Edit, "edit", 3;
    Form     [key(KeyCode::F(7))]           Action::Settle, "settle two texts", 6;
    Form     [ctrl('t')]                    Action::History, "history", 1;
    Form     [key(KeyCode::F(8))]           Action::CheckIn, "check in", 9;
    Form     [ctrl('f')]                    Action::CommitFrom, "by Friday", 5;
    Form     [ctrl('g')]                    Action::Convert, "convert", 6;
    Form     [ctrl('o')]                    Action::OpenLinked, "open linked", 4;
    Form     [key(KeyCode::F(3))]           Action::Preview, "preview", 3;
    Form     [key(KeyCode::F(12)), alt('v')] Action::EditText, "your editor", 1;
    Form     [key(KeyCode::F(10)), alt('e')] Action::Evidence, "evidence", 1;
    Form     [alt('l')]                     Action::ChooseExpectation, "for the ladder", 1;
    Form     [key(KeyCode::F(4))]           Action::Palette, "commands", 4;
    Form     [ESC]                          Action::Back, "back", 10;

    List     [ENTER, key(KeyCode::Right), plain('l')] Action::Open, "open", 9;
    List     [key(KeyCode::Up), plain('k')] Action::Up, "up", 0;
    List     [key(KeyCode::Down), plain('j')] Action::Down, "down", 0;
    List     [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    List     [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    List     [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    List     [key(KeyCode::PageDown)]       Action::Later, "page down", 0;
    List     [key(KeyCode::Left), plain('h')] Action::Back, "back", 0;
    List     [plain('/')]                   Action::Find, "filter", 4;
    FilterInput  [ENTER]                        Action::ApplyFilter, "apply", 9;
    FilterInput  [key(KeyCode::F(2))]           Action::CatchNote, "note", 0;
    FilterInput  [ESC]                          Action::ClearFilter, "clear filter", 8;
    FilterInput  [key(KeyCode::Up)]             Action::Up, "up", 1;
    FilterInput  [key(KeyCode::Down)]           Action::Down, "down", 1;
    QueryCompletion    [key(KeyCode::Right), TAB, ctrl('e')] Action::Complete, "accept", 8;
    Search   [ENTER]                        Action::Open, "open", 9;
    Search   [key(KeyCode::Up)]             Action::Up, "up", 1;
    Search   [key(KeyCode::Down)]           Action::Down, "down", 2;
    Search   [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    Search   [key(KeyCode::PageDown)]       Action::Later, "page down", 0;
    Search   [ctrl('o')]                    Action::Sort, "sort", 4;
    Search   [key(KeyCode::F(4))]           Action::Palette, "commands", 1;
    Search   [key(KeyCode::F(2))]           Action::CatchNote, "note", 0;
    Search   [ESC]                          Action::Back, "back", 8;
    Timeline [plain('/')]                   Action::Find, "search", 7;
    Timeline [plain('s')]                   Action::Sort, "sort", 3;
    Timeline [plain('H')]                   Action::History, "history", 2;
    Timeline [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    Timeline [key(KeyCode::PageDown)]       Action::Later, "page down", 0;
    Register [plain('a'), plain('n')]       Action::Add, "add", 8;
    Register [plain('e')]                   Action::Edit, "edit", 5;
    Register [SPACE]                        Action::Advance, "next stage", 7;
    Register [key(KeyCode::Backspace)]      Action::PreviousStage, "previous stage", 2;
    Register [plain('x'), key(KeyCode::Delete)] Action::Delete, "delete", 3;
    Register [plain('s')]                   Action::Sort, "sort", 3;
    Register [plain('=')]                   Action::Settle, "settle two texts", 6;
    Register [plain('H')]                   Action::History, "history", 2;
    Register [plain('f')]                   Action::CommitFrom, "by Friday", 4;
    Register [plain('o')]                   Action::OpenLinked, "open linked", 4;
    Register [plain('L')]                   Action::LetGo, "let go", 6;
    Register [plain('t')]                   Action::Convert, "convert", 6;
    Register [plain('v')]                   Action::Preview, "preview", 3;
    Register [plain('J')]                   Action::JoinNames, "join names", 3;
    Months   [ENTER]                        Action::Open, "open month", 9;
    Months   [plain('o')]                   Action::WrapUpMonth, "wrap up", 6;
    Months   [plain('a'), plain('n')]       Action::Add, "add a problem", 8;
    Months   [key(KeyCode::Left), plain('h')] Action::Left, "previous month", 0;
    Months   [key(KeyCode::Right), plain('l')] Action::Right, "next month", 0;
    Months   [key(KeyCode::Home), plain('g')] Action::First, "first month", 0;
    Months   [key(KeyCode::End), plain('G')] Action::Last, "last month", 0;
    Months   [key(KeyCode::Up), plain('k')] Action::Up, "row up", 0;
    Months   [key(KeyCode::Down), plain('j')] Action::Down, "row down", 0;
    WrapUp    [ENTER, key(KeyCode::Right), plain('l')] Action::Open, "open", 9;
    WrapUp    [key(KeyCode::Up), plain('k')] Action::Up, "previous step", 2;
    WrapUp    [key(KeyCode::Down), plain('j')] Action::Down, "next step", 3;
    WrapUp    [key(KeyCode::Home), plain('g')] Action::First, "first step", 0;
    WrapUp    [key(KeyCode::End), plain('G')] Action::Last, "last step", 0;
    WrapUp    [key(KeyCode::Left), plain('h')] Action::Back, "back", 0;
    Versions [plain('=')]                   Action::Settle, "settle two texts", 7;
    Inbox    [plain('a')]                   Action::PlaceInAnswer, "answer", 9;
    Inbox    [plain('l')]                   Action::PlaceInList, "list", 9;
    Inbox    [plain('c')]                   Action::CommitFrom, "commitment", 9;
    Inbox    [plain('e')]                   Action::PlaceAsEvidence, "evidence", 9;
    Inbox    [plain('L'), plain('x')]       Action::LetGo, "let go", 9;
    Inbox    [ENTER]                        Action::Open, "edit", 5;
    Inbox    [key(KeyCode::Up), plain('k')] Action::Up, "previous note", 0;
    Inbox    [key(KeyCode::Down), plain('j')] Action::Down, "next note", 0;
    Inbox    [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    Inbox    [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    Place    [ENTER]                        Action::Open, "place it here", 9;
    Place    [key(KeyCode::Up), plain('k')] Action::Up, "up", 0;
    Place    [key(KeyCode::Down), plain('j')] Action::Down, "down", 0;
    Place    [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    Place    [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    Place    [plain('1')]                   Action::Take(1), "place 1", 0;
    Place    [plain('2')]                   Action::Take(2), "place 2", 0;
    Place    [plain('3')]                   Action::Take(3), "place 3", 0;
    Place    [plain('4')]                   Action::Take(4), "place 4", 0;
    Place    [plain('5')]                   Action::Take(5), "place 5", 0;
    Place    [plain('6')]                   Action::Take(6), "place 6", 0;
    Place    [plain('7')]                   Action::Take(7), "place 7", 0;
    Place    [plain('8')]                   Action::Take(8), "place 8", 0;
    Place    [plain('9')]                   Action::Take(9), "place 9", 0;
    Note     [ENTER, ctrl('s')]             Action::Save, "save", 9;
    Note     [ESC]                          Action::Back, "keep for later", 8;
    Settle   [plain('1')]                   Action::Take(1), "first text", 9;
    Settle   [plain('2')]                   Action::Take(2), "second text", 9;
    Settle   [plain('3')]                   Action::Take(3), "third text", 5;
    Settle   [plain('4')]                   Action::Take(4), "fourth text", 5;
    Settle   [plain('b')]                   Action::TakeBoth, "both", 9;
    Settle   [key(KeyCode::PageUp)]         Action::Earlier, "page up", 6;
    Settle   [key(KeyCode::PageDown)]       Action::Later, "page down", 5;
    Preview    [plain('y')]                   Action::Copy, "copy", 9;
    Preview    [plain('e')]                   Action::Export, "export", 8;
    Preview    [key(KeyCode::Up), plain('k')] Action::Up, "up", 2;
    Preview    [key(KeyCode::Down), plain('j')] Action::Down, "down", 3;
    Preview    [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    Preview    [key(KeyCode::PageDown), SPACE] Action::Later, "page down", 0;
    Portfolio [SPACE]                       Action::Toggle, "include or leave out", 9;
    Portfolio [plain('*')]                  Action::FirstPage, "first page", 8;
    Portfolio [plain('K'), alt_key(KeyCode::Up)] Action::MoveUp, "move up", 3;
    Portfolio [plain('J'), alt_key(KeyCode::Down)] Action::MoveDown, "move down", 3;
    Portfolio [plain('e')]                  Action::Export, "export", 7;
    Portfolio [ENTER]                       Action::Open, "open", 7;
    Portfolio [plain('y')]                  Action::Talk, "name & summary", 4;
    Portfolio [plain('s')]                  Action::ChangeSpan, "change span", 6;
    Portfolio [key(KeyCode::Up), plain('k')] Action::Up, "up", 0;
    Portfolio [key(KeyCode::Down), plain('j')] Action::Down, "down", 0;
    Portfolio [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    Portfolio [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    Ladder    [ENTER, SPACE, key(KeyCode::Right), plain('l')] Action::Open, "evidence", 9;
    Ladder    [plain('p')]                  Action::ProblemFor, "as a problem", 8;
    Ladder    [plain('s')]                  Action::SkillFor, "as a skill", 7;
    Ladder    [plain('f')]                  Action::CommitFrom, "by Friday", 7;
    Ladder    [plain('e')]                  Action::Export, "export", 6;
    Ladder    [key(KeyCode::Up), plain('k')] Action::Up, "up", 0;
    Ladder    [key(KeyCode::Down), plain('j')] Action::Down, "down", 0;
    Ladder    [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    Ladder    [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    Proofs    [SPACE]                       Action::Toggle, "tie or untie", 9;
    Proofs    [ENTER]                       Action::Open, "open", 8;
    Proofs    [key(KeyCode::Up), plain('k')] Action::Up, "up", 0;
    Proofs    [key(KeyCode::Down), plain('j')] Action::Down, "down", 0;
    Proofs    [key(KeyCode::Left), plain('h')] Action::Back, "expectations", 0;
    Proofs    [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    Proofs    [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    Expectations [SPACE, ENTER]             Action::Toggle, "tie or untie", 9;
    Expectations [key(KeyCode::Up), plain('k')] Action::Up, "up", 2;
    Expectations [key(KeyCode::Down), plain('j')] Action::Down, "down", 3;
    Expectations [ESC, plain('q')]          Action::Back, "close", 8;
    LastLook [SPACE]                        Action::Toggle, "leave out or include", 9;
    LastLook [plain('e'), ENTER]            Action::Export, "write the page", 9;
    LastLook [plain('n')]                   Action::ShortenNames, "initials", 7;
    LastLook [TAB]                          Action::NextReader, "for another reader", 6;
    LastLook [plain('p')]                   Action::FirstPageAlone, "first page alone", 5;
    LastLook [plain('m')]                   Action::MonthSentences, "with the months", 4;
    LastLook [key(KeyCode::Up), plain('k')] Action::Up, "up", 0;
    LastLook [key(KeyCode::Down), plain('j')] Action::Down, "down", 0;
    LastLook [key(KeyCode::Home), plain('g')] Action::First, "first", 0;
    LastLook [key(KeyCode::End), plain('G')] Action::Last, "last", 0;
    FileName   [ENTER]                        Action::Open, "save", 9;
    FileName   [ESC]                          Action::Back, "cancel", 8;
    Versions [key(KeyCode::Up), plain('k')] Action::Up, "newer", 2;
    Versions [key(KeyCode::Down), plain('j')] Action::Down, "older", 3;
    Versions [key(KeyCode::Home), plain('g')] Action::First, "newest", 0;
    Versions [key(KeyCode::End), plain('G')] Action::Last, "first", 0;
    Versions [plain('a')]                   Action::Compare, "all answers", 6;
    Compare  [SPACE]                        Action::Toggle, "mark", 9;
    Compare  [ENTER]                        Action::Open, "edit", 8;
    Compare  [key(KeyCode::Up), plain('k')] Action::Up, "newer", 0;
    Compare  [key(KeyCode::Down), plain('j')] Action::Down, "older", 0;
    Compare  [key(KeyCode::Home), plain('g')] Action::First, "newest", 0;
    Compare  [key(KeyCode::End), plain('G')] Action::Last, "first", 0;
    Compare  [key(KeyCode::Left), plain('h')] Action::Left, "previous question", 0;
    Compare  [key(KeyCode::Right), plain('l')] Action::Right, "next question", 6;
    Compare  [key(KeyCode::PageUp)]         Action::Earlier, "page up", 0;
    Compare  [key(KeyCode::PageDown)]       Action::Later, "page down", 7;
    Trends [plain('a')]                   Action::Compare, "all answers", 7;
    Trends [ENTER]                        Action::Open, "open week", 8;
    Trends [key(KeyCode::Up), plain('k')] Action::Up, "previous charts", 0;
    Trends [key(KeyCode::Down), plain('j')] Action::Down, "next charts", 4;
    Trends [key(KeyCode::Left), plain('h')] Action::Left, "previous week", 0;
    Trends [key(KeyCode::Right), plain('l')] Action::Right, "next week", 0;
    Review   [TAB]                          Action::ZoomOut, "zoom out", 8;
    Review   [BACK_TAB]                     Action::ZoomIn, "zoom in", 2;
    Review   [plain('['), key(KeyCode::PageUp), key(KeyCode::Left), plain('h')] Action::Earlier, "earlier", 7;
    Review   [plain(']'), key(KeyCode::PageDown), key(KeyCode::Right), plain('l')] Action::Later, "later", 6;
    Review   [plain('t'), key(KeyCode::End)] Action::Last, "today", 5;
    Review   [key(KeyCode::Up), plain('k')] Action::Up, "previous entry", 0;
    Review   [key(KeyCode::Down), plain('j')] Action::Down, "next entry", 0;
    Review   [ENTER]                        Action::Open, "open", 9;
    Review   [plain('o')]                   Action::WeekPages, "open week", 5;
    Review   [plain('s')]                   Action::Summary, "week summary", 3;
    Review   [plain('e')]                   Action::Export, "export", 4;
    Periods  [plain('['), key(KeyCode::PageUp)] Action::Earlier, "earlier", 7;
    Periods  [plain(']'), key(KeyCode::PageDown)] Action::Later, "later", 6;
    Reading  [ENTER]                        Action::Back, "back", 9;
    Closable  [ESC, plain('q')]              Action::Back, "back", 10;

    Browsing [plain('1')]                   Action::Practice(1), "practice 1", 0;
    Browsing [plain('2')]                   Action::Practice(2), "practice 2", 0;
    Browsing [plain('3')]                   Action::Practice(3), "practice 3", 0;
    Browsing [plain('4')]                   Action::Practice(4), "practice 4", 0;
    Browsing [plain('5')]                   Action::Practice(5), "practice 5", 0;
    Browsing [plain('6')]                   Action::Practice(6), "practice 6", 0;
    Browsing [plain('7')]                   Action::Practice(7), "practice 7", 0;
    Browsing [plain('8')]                   Action::Practice(8), "practice 8", 0;
    Browsing [plain('9')]                   Action::Practice(9), "practice 9", 0;
    Browsing [plain('u')]                   Action::Undo, "undo", 3;
    Browsing [ctrl('r')]                    Action::Redo, "redo", 1;
    Browsing [plain('i')]                   Action::CatchNote, "note", 2;
    Browsing [plain('I')]                   Action::Inbox, "inbox", 0;
    Browsing [plain('w')]                   Action::People, "people", 1;
    Browsing [plain('P')]                   Action::Portfolio, "portfolio", 1;
    Browsing [plain('E')]                   Action::Ladder, "ladder", 0;
    Browsing [plain('+'), alt('l')]         Action::ChooseExpectation, "for the ladder", 0;
    Browsing [plain('T')]                   Action::Themes, "theme", 0;
    Browsing [plain('A')]                   Action::About, "about", 0;
    Browsing [plain('/')]                   Action::Search, "search", 4;
    Browsing [plain(':'), key(KeyCode::F(4))] Action::Palette, "commands", 4;
    Browsing [plain('?')]                   Action::Help, "help", 8;
    TooSmall [ctrl('c')]                   Action::QuitNow, "save and quit", 0;
    Anywhere [key(KeyCode::F(1))]           Action::Help, "help", 7;
    Anywhere [key(KeyCode::F(9))]           Action::RestoreLines, "restore lines", 9;
    Anywhere [ctrl('c')]                    Action::QuitNow, "save and quit", 0;
    Anywhere [ctrl('z')]                    Action::Suspend, "suspend", 0;
    Anywhere [key(KeyCode::F(5))]           Action::Repaint, "redraw", 0;
};

/// The keys as they hold: those of [`TABLE`], or the user's own in their place.
#[derive(Clone, Debug)]
pub struct KeyTable {
    rows: Cow<'static, [Binding]>,
}

impl Default for KeyTable {
    fn default() -> Self {
        Self {
            rows: Cow::Borrowed(TABLE),
        }
    }
}

impl KeyTable {
    /// All rows, in the order of [`TABLE`].
    pub fn rows(&self) -> &[Binding] {
        &self.rows
    }

    /// The action of a key in `contexts`, the narrowest first, whatever is available there.
    pub fn resolve(
        &self,
        contexts: &[KeyContext],
        typing: bool,
        pressed: KeyEvent,
    ) -> Option<Action> {
        self.actions(contexts, typing, Key::from_event(pressed))
            .next()
    }

    /// The actions of a key in `contexts`, the narrowest first. The first one that is available counts.
    ///
    /// While typing, a key that prints a character is never an action.
    pub fn actions(
        &self,
        contexts: &[KeyContext],
        typing: bool,
        pressed: Key,
    ) -> impl Iterator<Item = Action> {
        let types = typing && pressed.is_printable();
        self.bindings(contexts)
            .filter(move |binding| !types && binding.keys.contains(&pressed))
            .map(|binding| binding.action)
    }

    /// The rows for `contexts`, in the order of the contexts, then of the table.
    pub fn bindings(&self, contexts: &[KeyContext]) -> impl Iterator<Item = &Binding> {
        contexts.iter().flat_map(|context| {
            self.rows
                .iter()
                .filter(move |binding| binding.context == *context)
        })
    }

    /// The name of the key for `action` in `context`, or an empty string.
    pub fn key_name(&self, context: KeyContext, action: Action) -> String {
        self.bindings(&[context])
            .find(|binding| binding.action == action)
            .map_or_else(String::new, |binding| self.first_key_name(binding))
    }

    /// The name of the first key of a row; of a row without one, what finds it in the palette:
    /// ": undo".
    fn first_key_name(&self, binding: &Binding) -> String {
        if let Some(key) = binding.keys.first() {
            return key.name();
        }
        let elsewhere = if binding.context.takes_text() {
            KeyContext::Form
        } else {
            KeyContext::Browsing
        };
        let palette = self
            .bindings(&[binding.context, elsewhere])
            .find(|row| row.action == Action::Palette)
            .and_then(|row| row.keys.first());
        let palette = palette.map_or_else(String::new, |key| key.name());
        format!("{palette} {}", binding.label)
    }

    /// The names of all keys of a row, as the help lists them.
    pub fn key_names(&self, binding: &Binding) -> Vec<String> {
        if binding.keys.is_empty() {
            return vec![self.first_key_name(binding)];
        }
        binding.keys.iter().map(|key| key.name()).collect()
    }
}

impl Binding {
    /// The key to show: while typing, the first that prints no character.
    pub fn key_to_show(&self, typing: bool) -> Option<Key> {
        self.keys
            .iter()
            .copied()
            .find(|key| !(typing && key.is_printable()))
    }
}

#[cfg(test)]
mod tests;
