//! Where keys hold.

/// Where a binding holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Context {
    /// On Home, while a month is offered to be looked back on.
    Offered,
    /// On Home.
    Home,
    /// In a list of rows.
    List,
    /// In the filter of a list.
    Finding,
    /// In what is looked for.
    Search,
    /// Behind a filter that was begun.
    Begun,
    /// In what was found, while nothing is typed.
    Timeline,
    /// In a register's list or on the month boxes.
    Register,
    /// Where periods follow one another: months, weeks.
    Periods,
    /// In the twelve boxes.
    Months,
    /// On every form.
    Form,
    /// In a field of choices.
    Choices,
    /// In a field of text.
    Text,
    /// In a field of one line of text.
    Line,
    /// Behind a name that was begun and is known.
    Name,
    /// On the help.
    Help,
    /// On the palette.
    Palette,
    /// On a question.
    Question,
    /// In a list that stands in a form.
    Panel,
    /// On a page of the walk.
    Page,
    /// On a practice over time.
    OverTime,
    /// On a span looked back on.
    Review,
    /// On the steps of looking back on a month.
    Guide,
    /// On the versions of an entry.
    Versions,
    /// On the fields that two machines said differently.
    Settle,
    /// On an item as it is told to others.
    Story,
    /// On the portfolio.
    Portfolio,
    /// Where a file gets its name.
    Naming,
    /// On all answers to a question.
    Compare,
    /// Where there is only something to read.
    Reading,
    /// Outside forms and text fields.
    Browsing,
    /// On screens without a form, that can be left.
    Leaving,
    /// Everywhere.
    Anywhere,
}

impl Context {
    /// The place in words, for the help and the README.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Self::Offered => "Home, after a month ends",
            Self::Home => "On Home",
            Self::List => "In lists",
            Self::Finding => "The filter of a list",
            Self::Search => "Looking for words",
            Self::Begun => "Behind a filter you began",
            Self::Timeline => "The timeline",
            Self::Register => "In a list of your own",
            Self::Periods => "Months and weeks",
            Self::Months => "The twelve months",
            Self::Form => "In every form",
            Self::Choices => "Choices",
            Self::Text => "Writing",
            Self::Line => "Writing one line",
            Self::Name => "Behind a name you began",
            Self::Help => "The help",
            Self::Palette => "The commands",
            Self::Question => "A question",
            Self::Panel => "A list in a form",
            Self::Page => "A page of the walk",
            Self::Versions => "The versions of an entry",
            Self::Guide => "Looking back on a month",
            Self::Settle => "Two texts",
            Self::Story => "An item as a page",
            Self::Portfolio => "The portfolio",
            Self::Naming => "The name of a file",
            Self::Compare => "All answers to a question",
            Self::Review => "The review",
            Self::OverTime => "A practice over time",
            Self::Reading => "Something to read",
            Self::Browsing => "Outside forms",
            Self::Leaving => "Screens you can leave",
            Self::Anywhere => "Everywhere",
        }
    }
}
