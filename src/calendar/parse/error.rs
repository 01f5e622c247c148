//! Why a text is not read as a day.

/// Why a text is not a day, or a range of days.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum DayError {
    /// It reads like a day that no calendar has.
    #[error("no such day: {0}")]
    NoSuchDay(String),
    /// It does not read like what was asked for; with examples.
    #[error("“{0}” is not {1}")]
    NotADay(String, &'static str),
    /// Without a year it is a day in the future, where a past one was asked for.
    #[error("“{text}” is {when}; give a day up to today, or write {last}")]
    NotYet {
        text: String,
        /// How far away it is: "in 3 days".
        when: String,
        /// The last such day, with its year.
        last: String,
    },
    /// Its last day comes before its first one.
    #[error("“{0}” ends before it begins")]
    Reversed(String),
    /// It is longer than the span that was asked for.
    #[error("“{0}” is longer than {1}")]
    TooLong(String, String),
    /// It has two readings, each written so that it has only one.
    #[error("“{0}” can be {1} or {2}; write one of these")]
    Ambiguous(String, String, String),
    /// The weekday in front of a date is not the one of that day.
    #[error("“{0}” is not that day: {1}")]
    AnotherWeekday(String, String),
}

impl DayError {
    /// The same for an option, which takes a day as one word: what it suggests is in quotes.
    pub fn for_option(&self) -> String {
        let quoted = |text: &str| format!("\"{text}\"");
        match self {
            Self::NotADay(text, wanted) => {
                let wanted = wanted.replace("4 Dec or", "\"4 Dec\" or");
                format!("“{text}” is not {wanted}")
            }
            Self::Ambiguous(text, one, other) => {
                Self::Ambiguous(text.clone(), quoted(one), quoted(other)).to_string()
            }
            Self::NotYet { text, when, last } => Self::NotYet {
                text: text.clone(),
                when: when.clone(),
                last: quoted(last),
            }
            .to_string(),
            other => other.to_string(),
        }
    }
}
