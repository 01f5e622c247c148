//! What follows from a journal: figures, the review, charts, people, what to suggest.
//!
//! Functions of a journal: they change nothing and keep nothing. Knows no clock, no disk and no
//! screen, and no practice by name.

mod areas;
mod charts;
mod difference;
mod earlier_words;
mod evidence;
mod figures;
mod improvement;
mod known_names;
mod ladder;
mod latest;
mod marks;
mod month_wrap_up;
mod next_question;
mod note_places;
mod page_items;
mod people;
mod portfolio;
mod progress;
mod public_page;
mod question_year;
mod recurring;
mod review;
mod suggestion;
mod texts;
mod trends;
mod waiting;
mod year;

pub use areas::{Area, areas_led};
pub use charts::{ChartData, chart_data, scale_by_week};
pub use difference::{DiffRun, DiffSide, Difference, difference};
pub use earlier_words::{EarlierWords, earlier_words};
pub use figures::{
    AreaFigures, Figure, Figures, PracticeFigures, RegisterFigures, Share, Tally, first_week,
    practice_figures,
};
pub use improvement::{Improvement, improvement};
pub use known_names::{KnownNames, links_in};
pub use ladder::{Coverage, ExpectationStanding, LadderStanding, Proof, ProofState};
pub use latest::{BriefItem, latest_items, longest_waiting};
pub use marks::{MarkChange, MonthMark, month_marks};
pub use month_wrap_up::{
    can_wrap_up, month_answer, month_dismissal, month_question, month_to_wrap_up, monthly_practices,
};
pub use next_question::{MarkWeight, NextQuestion, month_words, next_question};
pub use note_places::{NotePlace, NotePlaceKind, note_places};
pub use page_items::page_items;
pub use people::{Mention, MentionSource, Person, people, person};
pub use portfolio::{
    Audience, ChoiceCounts, LeavingPiece, LineDay, MOST_RESULTS, MonthFigures, PageSubject,
    PeopleCounts, Piece, PieceBody, PieceGroup, PiecePlace, PieceProgress, PieceWeight, Portfolio,
    PortfolioSection, PublicCommitment, ResultOutcome, ScaleByWeek, Sheet, SheetLine, SheetPart,
    SheetSection, SheetSubject, Shift, TalkPage, agenda_answers, full_span, last_talk,
    portfolio_scale, responsibility_register,
};
pub use progress::{
    MonthBox, Progress, StagedItem, WeekChange, first_items, is_step_done, items_of_month,
    month_box, month_boxes, practice_heading, progress, standing_answer, week_changes,
};
pub use public_page::{PublicPage, PublicValue, ReachedStage, public_page};
pub use question_year::{QuestionYear, question_year};
pub use recurring::recurring;
pub use review::{
    CommitmentInSpan, Excerpt, ExcerptKind, FigureChange, PublicReview, Review, ReviewCharts,
    TitlesByStage,
};
pub use suggestion::{Suggestion, is_month_box_overdue, suggestion};
pub use trends::PracticeTrends;
pub use waiting::{Stuck, days_waiting, stuck, weeks_untouched};
pub use year::{PromiseState, WeekOfYear, year_of_weeks};
