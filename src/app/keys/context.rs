//! The contexts of the key table, and which of them are valid together.

use super::action::snake_case;

macro_rules! contexts {
    ($($(#[$note:meta])? $context:ident $heading:literal;)*) => {
        /// Where a binding is valid; see also [`KeyContext::help_heading`].
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum KeyContext {
            $($(#[$note])? $context,)*
        }

        impl KeyContext {
            /// Its heading in the help and `assets/keys.md`.
            pub fn help_heading(self) -> &'static str {
                match self {
                    $(Self::$context => $heading,)*
                }
            }
        }
    };
}

contexts! {
    WrapUpOffer "Home, after a month ends";
    ChosenWeek "Home, with a week chosen";
    Home "On Home";
    List "In lists";
    FilterInput "The filter of a list";
    Search "Search";
    QueryCompletion "Completing a filter";
    /// The results of a search, while nothing is typed.
    Timeline "The timeline";
    /// The list of a register, or its months.
    Register "In a list";
    /// Screens with earlier and later periods.
    Periods "Months and weeks";
    Months "The twelve months";
    Form "In every form";
    CheckIn "Check-in";
    Choices "Choices";
    /// Every field of text, of one line or several.
    Text "Writing";
    Line "Writing one line";
    NameCompletion "Completing a name";
    Help "The help";
    Palette "Command palette";
    Themes "Themes";
    Question "Yes or no";
    Panel "A list in a form";
    Evidence "Evidence beside a form";
    Page "A page of the walk";
    Trends "Trends";
    Review "The review";
    WrapUp "Month wrap-up";
    Versions "The versions of an entry";
    Inbox "The inbox";
    /// The places where a note may belong.
    Place "Placing a note";
    Note "Writing a note";
    Settle "Two texts";
    Preview "Preview";
    Portfolio "The portfolio";
    Ladder "The ladder";
    Proofs "Evidence for an expectation";
    /// The expectations that an entry can stand for.
    Expectations "Choosing an expectation";
    LastLook "A last look at a page";
    FileName "The name of a file";
    Compare "All answers to a question";
    /// Screens that are only for reading.
    Reading "Reading";
    /// In no form and no text field.
    Browsing "Outside forms";
    /// Every screen without a form except Home.
    Closable "Any screen";
    /// No screen fits.
    TooSmall "A window that is too small";
    Anywhere "Everywhere";
}

/// The contexts of screens that are not forms, by screen.
const BROWSED: [&[KeyContext]; 18] = {
    use KeyContext::{
        ChosenWeek, Closable, Compare, Home, Inbox, Ladder, LastLook, List, Months, Periods, Place,
        Portfolio, Preview, Proofs, Reading, Register, Review, Settle, Timeline, Trends, Versions,
        WrapUp, WrapUpOffer,
    };
    [
        &[ChosenWeek, WrapUpOffer, Home],
        &[List, Register, Closable],
        &[Settle, List, Closable],
        &[Timeline, List, Closable],
        &[Review, Periods, Closable],
        &[Trends, Periods, Closable],
        &[Months, Periods, Closable],
        &[Portfolio, Periods, Closable],
        &[Ladder, Periods, Closable],
        &[Proofs, Closable],
        &[LastLook, Closable],
        &[Periods, Reading, Closable],
        &[Inbox, Closable],
        &[Place, Closable],
        &[Preview, Closable],
        &[Compare, Closable],
        &[WrapUp, Closable],
        &[Versions, Closable],
    ]
};

/// The contexts of the fields of forms.
const FIELDS: [&[KeyContext]; 4] = {
    use KeyContext::{CheckIn, Choices, Line, NameCompletion, Page, Panel, Text};
    [
        &[NameCompletion, Line, Text, CheckIn, Page],
        &[Choices, CheckIn],
        &[Choices, Page],
        &[Panel, Text, Page],
    ]
};

/// The contexts of what covers a screen, or takes what is typed there.
const COVERING: [&[KeyContext]; 9] = {
    use KeyContext::{
        Expectations, FileName, FilterInput, Help, Note, Palette, QueryCompletion, Question,
        Search, Text, Themes,
    };
    [
        &[Help],
        &[Palette, Text],
        &[Themes],
        &[Question],
        &[Expectations],
        &[FileName, Text],
        &[FilterInput, Text],
        &[QueryCompletion, Search, Text],
        &[Note, Text],
    ]
};

impl KeyContext {
    /// Its name in `keys.toml`. It never changes: users have it in their files.
    pub fn name(self) -> String {
        snake_case(&format!("{self:?}"))
    }

    /// The contexts that are valid together; some of each may be missing.
    pub(in crate::app) fn stacks() -> impl Iterator<Item = Vec<Self>> {
        let browsed = BROWSED.map(|own| [own, &[Self::Browsing, Self::Anywhere]].concat());
        let forms =
            FIELDS.map(|own| [&[Self::Evidence], own, &[Self::Form, Self::Anywhere]].concat());
        let covering = COVERING.map(|own| [own, &[Self::Anywhere]].concat());
        let all = browsed.into_iter().chain(forms).chain(covering);
        all.chain([vec![Self::TooSmall]])
    }

    /// Whether a text field may have the focus in it.
    pub(super) fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Line
                | Self::NameCompletion
                | Self::Form
                | Self::Page
                | Self::Evidence
                | Self::Search
                | Self::QueryCompletion
                | Self::FilterInput
                | Self::Palette
                | Self::Note
                | Self::FileName
                | Self::Anywhere
        )
    }

    /// Whether the text may have several lines.
    pub(super) fn takes_lines(self) -> bool {
        matches!(self, Self::Text | Self::Form | Self::Page | Self::Anywhere)
    }

    /// Whether something is offered behind what is typed.
    pub(super) fn completes(self) -> bool {
        matches!(self, Self::NameCompletion | Self::QueryCompletion)
    }
}
