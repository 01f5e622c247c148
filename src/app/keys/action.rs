//! What keys can ask for.
//!
//! Knows no key; what an action does is known where it is done.

/// Something a key can ask for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// Start or continue the weekly walk.
    Walk,
    /// Open the practice with this number in the walk, from 1.
    Practice(usize),
    /// Check in on what is due.
    CheckIn,
    /// Write a new commitment.
    Commit,
    /// Open the twelve boxes.
    Problems,
    /// Take up what is suggested for this month.
    Suggestion,
    /// Look back on this week, and from there on longer spans.
    Review,
    /// Open what was answered in the week and what was not.
    Summary,
    /// Open the pages of the week looked at.
    Pages,
    /// A longer span; after the longest the shortest.
    Longer,
    /// A shorter span; after the shortest the longest.
    Shorter,
    /// Open everything that is kept.
    Lists,
    /// Open everybody who is named anywhere.
    People,
    /// Open what stands before whoever decides.
    Portfolio,
    /// Look for words in everything.
    Search,
    /// Open everything as time went.
    Timeline,
    /// Make a commitment of what has the keys.
    CommitFrom,
    /// Open the place a commitment came from.
    Origin,
    /// Open all commitments.
    Commitments,
    /// Open every version of what has the keys.
    History,
    /// Open the fields that two machines said differently.
    Settle,
    /// Settle a field for the text with this number.
    Take(usize),
    /// Settle a field for all its texts.
    TakeBoth,
    /// Open what has the keys as it is told to others.
    Story,
    /// Give it to the clipboard.
    Copy,
    /// Put it into a file.
    Export,
    /// Open the practice over time.
    OverTime,
    /// Open all answers to a question.
    Compare,
    /// Look back on a month.
    LookBack,
    /// Let a month go that is offered to be looked back on.
    PassOver,
    /// Open role, responsibilities and areas.
    Ground,
    /// Go on with words that are not saved.
    PickUp,
    /// Throw away words that are not saved.
    ThrowAway,
    /// Say what this is.
    About,
    /// Show the keys that work here.
    Help,
    /// Find an action by its name.
    Palette,
    /// Take back the last change.
    Undo,
    /// Put lines back into the journal's file that another program took out of it.
    PutBack,
    /// Put back what was taken back.
    Redo,
    /// Take back what was last done to the chosen row of a list in a form, in that form.
    UndoHere,
    /// Take back what was typed last.
    UndoTyping,
    /// Put back what was typed last.
    RedoTyping,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of the word, or of the one before.
    WordLeft,
    /// To the start of the next word.
    WordRight,
    /// Delete to the start of the line.
    CutToStart,
    /// Delete to the end of the line.
    CutToEnd,
    /// Delete the word before the cursor.
    CutWord,
    /// Delete the word behind the cursor.
    CutNextWord,
    /// Put in what was deleted last.
    PutIn,
    /// Yes.
    Confirm,
    /// Leave the program.
    Quit,
    /// Leave the program from wherever.
    QuitNow,
    /// Stop, as the shell's job control does.
    Suspend,
    /// Draw the screen anew.
    Repaint,
    /// Leave this screen.
    Back,
    /// Do what the chosen row offers.
    Open,
    /// One up.
    Up,
    /// One down.
    Down,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// The period before.
    Earlier,
    /// The period after.
    Later,
    /// A new one.
    Add,
    /// Change what it says.
    Edit,
    /// Take this one out.
    Delete,
    /// To the next stage, today.
    Advance,
    /// Show only what has certain words.
    Find,
    /// Leave the filter as it is.
    KeepFilter,
    /// Show everything again.
    ClearFilter,
    /// A longer or shorter stretch of time.
    Length,
    /// Another order.
    Sort,
    /// To the stage before.
    StepBack,
    /// To the last stage, today.
    LetGo,
    /// Turn this one into what the practice says it can become.
    Become,
    /// The next field.
    NextField,
    /// The field before.
    PreviousField,
    /// On or off.
    Toggle,
    /// This one, and on to the next field.
    Choose,
    /// Take the name that was begun.
    Complete,
    /// Take last time's words.
    CopyLast,
    /// Save and go on.
    Save,
    /// The page before, everything saved.
    PreviousPage,
}

impl Action {
    /// Whether it is something a text field does with its text.
    #[must_use]
    pub fn is_writing(self) -> bool {
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
                | Self::PutIn
        )
    }
}
