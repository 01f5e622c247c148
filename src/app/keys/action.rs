//! The actions of the key table.
//!
//! Knows no key, and not what an action does.

/// What a key can do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// Start or continue the weekly walk.
    Walk,
    /// Go to the practice with this number in the walk, from 1.
    Practice(usize),
    /// Check in on what is due.
    CheckIn,
    Kept,
    Missed,
    Moved,
    /// Write a new commitment.
    Commit,
    /// Open the twelve boxes.
    Problems,
    Suggestion,
    Review,
    /// Open the week summary: what was answered and skipped.
    Summary,
    /// Open the pages of the week shown.
    WeekPages,
    /// A longer span; after the longest the shortest.
    ZoomOut,
    /// A shorter span; after the shortest the longest.
    ZoomIn,
    Lists,
    /// Open everyone who is named anywhere.
    People,
    Portfolio,
    /// Put a piece on the first page of the portfolio, or take it off.
    FirstPage,
    MoveUp,
    MoveDown,
    Ladder,
    /// Choose what an entry stands for on the ladder.
    ChooseExpectation,
    /// Write a problem of this month that is to stand for an expectation.
    ProblemFor,
    /// Write a skill that is to stand for an expectation.
    SkillFor,
    CatchNote,
    /// Open the notes that wait.
    Inbox,
    /// Choose the answer that the note belongs to.
    PlaceInAnswer,
    /// Choose the list that the note belongs to.
    PlaceInList,
    /// Choose what the note is evidence of.
    PlaceAsEvidence,
    Search,
    /// Open every entry by time.
    Timeline,
    /// Make a commitment from what is focused.
    CommitFrom,
    /// Say which other name this person goes by.
    JoinNames,
    OpenLinked,
    Commitments,
    /// Open every version of what is focused.
    History,
    /// Open the fields with two texts from two machines.
    Settle,
    /// Settle a field with the text of this number, or choose the place of this number.
    Take(usize),
    /// Settle a field with all its texts.
    TakeBoth,
    Preview,
    /// Copy it to the clipboard.
    Copy,
    /// Write it to a file.
    Export,
    /// Shorten the names of people on a page, or write them out again.
    ShortenNames,
    /// Show the page for the next kind of reader.
    NextReader,
    /// Put the sentences of the months on a page, or leave them out.
    MonthSentences,
    /// Write the first page alone, or what is behind it too.
    FirstPageAlone,
    Trends,
    /// Open all answers to a question.
    Compare,
    WrapUpMonth,
    DismissMonth,
    /// Mark this week as off, or not off any more.
    WeekOff,
    /// Open role, responsibilities and areas.
    Profile,
    /// Open name, summary and what to say in a talk.
    Talk,
    /// Show what was done in the week of this form, or hide it.
    Evidence,
    /// So many lines on in the evidence; back if negative.
    MoveInEvidence(isize),
    /// Take a line of the evidence into the focused text field.
    TakeEvidence,
    /// Add a line of the evidence to a list of the page.
    AddEvidence,
    /// Keep a line of the evidence as a note in the inbox.
    NoteEvidence,
    CloseEvidence,
    ResumeDraft,
    DiscardDraft,
    About,
    /// Show the keys that work here.
    Help,
    /// Choose the colours of the screens.
    Themes,
    /// Find an action by its name.
    Palette,
    Undo,
    /// Restore lines that another program removed from the journal's file.
    RestoreLines,
    /// Redo the last change undone.
    Redo,
    /// Undo what was last done in this form to the chosen row of a list.
    UndoInForm,
    /// Open the focused text in the user's own editor.
    EditText,
    UndoTyping,
    RedoTyping,
    LineStart,
    LineEnd,
    /// To the start of the word, or of the previous one.
    WordLeft,
    WordRight,
    CutToStart,
    CutToEnd,
    /// Delete the word before the cursor.
    CutWord,
    /// Delete the word after the cursor.
    CutNextWord,
    /// Insert what was deleted last.
    PasteDeleted,
    Confirm,
    Quit,
    /// Save and quit from any screen.
    QuitNow,
    /// Suspend the program to the shell.
    Suspend,
    Repaint,
    Back,
    /// Do what the chosen row offers.
    Open,
    Up,
    Down,
    Left,
    Right,
    First,
    Last,
    /// The previous period, or page up.
    Earlier,
    /// The next period, or page down.
    Later,
    Add,
    Edit,
    Delete,
    /// To the next stage, today.
    Advance,
    /// Type a filter.
    Find,
    ApplyFilter,
    /// Show everything again.
    ClearFilter,
    ChangeSpan,
    Sort,
    PreviousStage,
    /// To the stage that lets it go, today.
    LetGo,
    /// Convert this item into what its practice says it can become.
    Convert,
    NextField,
    PreviousField,
    /// Mark or unmark it.
    Toggle,
    /// Go on to the next field, and save after the last one. In a choice, the row the cursor was
    /// moved to is marked first.
    Continue,
    Complete,
    /// Show the fields of later stages too.
    AllFields,
    CopyLast,
    /// Save and continue.
    Save,
    /// Save and go to the previous page.
    PreviousPage,
}

impl Action {
    /// Its name in `keys.toml`. It never changes: users have it in their files.
    pub fn name(self) -> String {
        match self {
            Self::Practice(number) => format!("practice_{number}"),
            Self::Take(number) => format!("take_{number}"),
            Self::MoveInEvidence(isize::MIN) => "first_line".to_owned(),
            Self::MoveInEvidence(isize::MAX) => "last_line".to_owned(),
            Self::MoveInEvidence(-1) => "previous_line".to_owned(),
            Self::MoveInEvidence(1) => "next_line".to_owned(),
            Self::MoveInEvidence(lines) if lines < 0 => "page_up".to_owned(),
            Self::MoveInEvidence(_) => "page_down".to_owned(),
            other => snake_case(&format!("{other:?}")),
        }
    }

    /// Whether it must have a key: it leads out of where it is, or to everything that has none.
    pub fn needs_a_key(self) -> bool {
        matches!(
            self,
            Self::Back
                | Self::Quit
                | Self::QuitNow
                | Self::ClearFilter
                | Self::CloseEvidence
                | Self::Palette
        )
    }

    /// Whether it edits or moves within a text field.
    pub fn is_text_editing(self) -> bool {
        matches!(
            self,
            Self::UndoTyping
                | Self::RedoTyping
                | Self::LineStart
                | Self::LineEnd
                | Self::WordLeft
                | Self::WordRight
                | Self::CutToStart
                | Self::CutToEnd
                | Self::CutWord
                | Self::CutNextWord
                | Self::PasteDeleted
        )
    }
}

/// `CheckIn` as `check_in`.
pub(super) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
