//! The contexts of the key table, and which of them are valid together.

use super::action::snake_case;

/// Where a binding is valid; see also [`KeyContext::help_heading`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyContext {
    /// On Home, while it offers to wrap up a month.
    WrapUpOffer,
    /// On Home, while another week of the year is chosen.
    ChosenWeek,
    Home,
    /// In a list of rows.
    List,
    /// In the filter of a list.
    FilterInput,
    /// While a search is typed.
    Search,
    /// While a search filter can be completed.
    QueryCompletion,
    /// In the results, while nothing is typed.
    Timeline,
    /// In a register's list or on the month boxes.
    Register,
    /// On screens with earlier and later periods.
    Periods,
    Months,
    /// On every form.
    Form,
    /// In the check-in, while it is asked how a commitment went.
    CheckIn,
    Choices,
    /// In a field of text.
    Text,
    /// In a field of one line of text.
    Line,
    /// While a name can be completed.
    NameCompletion,
    Help,
    Palette,
    Themes,
    Question,
    /// In a list within a form.
    Panel,
    /// Beside a form, while evidence is shown.
    Evidence,
    Page,
    Trends,
    Review,
    WrapUp,
    Versions,
    Inbox,
    /// On the places where a note may belong.
    Place,
    Note,
    Settle,
    Preview,
    Portfolio,
    Ladder,
    /// On what stands for an expectation of the ladder.
    Proofs,
    /// On the expectations that an entry can stand for.
    Expectations,
    LastLook,
    FileName,
    Compare,
    /// On screens that are only for reading.
    Reading,
    /// Outside forms and text fields.
    Browsing,
    /// On every screen without a form except Home.
    Closable,
    /// In a window in which no screen fits.
    TooSmall,
    Anywhere,
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

    /// Its heading in the help and `assets/keys.md`.
    pub fn help_heading(self) -> &'static str {
        match self {
            Self::WrapUpOffer => "Home, after a month ends",
            Self::ChosenWeek => "Home, with a week chosen",
            Self::Home => "On Home",
            Self::List => "In lists",
            Self::FilterInput => "The filter of a list",
            Self::Search => "Search",
            Self::QueryCompletion => "Completing a filter",
            Self::Timeline => "The timeline",
            Self::Register => "In a list",
            Self::Periods => "Months and weeks",
            Self::Months => "The twelve months",
            Self::Form => "In every form",
            Self::CheckIn => "Check-in",
            Self::Choices => "Choices",
            Self::Text => "Writing",
            Self::Line => "Writing one line",
            Self::NameCompletion => "Completing a name",
            Self::Help => "The help",
            Self::Palette => "Command palette",
            Self::Themes => "Themes",
            Self::Question => "Yes or no",
            Self::Panel => "A list in a form",
            Self::Evidence => "Evidence beside a form",
            Self::Page => "A page of the walk",
            Self::Versions => "The versions of an entry",
            Self::WrapUp => "Month wrap-up",
            Self::Inbox => "The inbox",
            Self::Place => "Placing a note",
            Self::Note => "Writing a note",
            Self::Settle => "Two texts",
            Self::Preview => "Preview",
            Self::Portfolio => "The portfolio",
            Self::Ladder => "The ladder",
            Self::Proofs => "What stands for an expectation",
            Self::Expectations => "Choosing an expectation",
            Self::LastLook => "A last look at a page",
            Self::FileName => "The name of a file",
            Self::Compare => "All answers to a question",
            Self::Review => "The review",
            Self::Trends => "Trends",
            Self::Reading => "Reading",
            Self::Browsing => "Outside forms",
            Self::Closable => "Any screen",
            Self::TooSmall => "A window that is too small",
            Self::Anywhere => "Everywhere",
        }
    }
}
