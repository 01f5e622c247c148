//! What follows from a journal: figures, the review, charts, people, what to suggest.
//!
//! Functions of a journal: they change nothing and keep nothing. Knows no clock, no disk and no
//! screen, and no practice by name.

mod areas;
mod charts;
mod difference;
mod figures;
mod improvement;
mod marks;
mod month_wrap_up;
mod people;
mod progress;
mod recurring;
mod review;
mod suggestion;
mod waiting;

pub use areas::Area;
pub use charts::ChartData;
pub use difference::{DiffRun, DiffSide, Difference, difference};
pub use figures::{AreaFigures, Figure, Figures, PracticeFigures, RegisterFigures, Share, Tally};
pub use improvement::{Improvement, improvement};
pub use marks::{MarkChange, MonthMark};
pub use month_wrap_up::{month_dismissal, month_question};
pub use people::{Mention, MentionSource, Person};
pub use progress::{MonthBox, Progress, WeekChange, WeekView};
pub use review::{Excerpt, ExcerptKind, FigureChange, Review};
pub use suggestion::Suggestion;
pub use waiting::days_waiting;
