//! Who a page of the portfolio is for.

/// Who a page is for, which decides what is on it and in which order.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Audience {
    /// The people who decide on a promotion: the results on one page, then the rest.
    #[default]
    Promotion,
    /// The user's manager: the agenda of their next talk.
    Manager,
    /// People who read a résumé: results, a line each.
    Cv,
}

impl Audience {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Promotion, Self::Manager, Self::Cv];

    /// Its name for a command.
    pub fn id(self) -> &'static str {
        match self {
            Self::Promotion => "promotion",
            Self::Manager => "manager",
            Self::Cv => "cv",
        }
    }
}
