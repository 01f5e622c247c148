//! The program's own sentences in a portfolio, the same on every page and screen.
//!
//! In the first person, for other readers. Knows no markup.

use crate::calendar::long_date;
use crate::insight::{
    Audience, MonthFigures, Piece, PieceBody, Portfolio, PortfolioSection, PublicCommitment,
    PublicPage, PublicValue, ResultOutcome, ScaleByWeek,
};
use crate::journal::CommitmentOutcome;
use crate::report::days::{span_days, span_title};
use crate::report::{describe_due_shift, share_text};
use crate::text::{clip, counted_noun, one_line, whole_sentences, width};

/// What the page is.
const PORTFOLIO: &str = "Portfolio";

/// The text of an empty portfolio.
pub(super) const EMPTY: &str = "Nothing here yet. What is kept, solved, built and learned appears \
    here by itself, as it is written down.";

/// The heading of the figures.
pub const KEY_FIGURES: &str = "At a glance";

/// The heading of the results on the first page.
pub const RESULTS: &str = "Results";

/// The heading of commitments, whatever became of them.
pub(super) const COMMITMENTS: &str = "Commitments";

/// The heading of what is not finished.
pub const OPEN: &str = "What is open";

/// The label of what was chosen beyond the role.
const RESPONSIBILITIES: &str = "Responsibilities";

/// The heading of the sentences of the months.
pub(super) const MONTH_SENTENCES: &str = "The months, in a sentence each";

/// The longest texts of the first page, in columns: it has to fit on one sheet of paper. A name takes
/// two lines.
const MAX_NAME: usize = 80;
const MAX_ABOUT: usize = 72;
const MAX_RESPONSIBILITIES: usize = 150;
const MAX_SUMMARY: usize = 560;
const MAX_TITLE: usize = 66;
const MAX_OUTCOME: usize = 88;
const MAX_OPEN_TITLE: usize = 2 * MAX_TITLE;

/// Figures are told once one of them is this large.
const LEAST_FIGURE: usize = 3;

/// The most lines under what is open; more are counted.
const MAX_OPEN: usize = 5;

/// The heading of the months.
pub(super) const MONTHS: &str = "Month by month";

/// One figure of a month.
pub(super) type MonthFigure = fn(&MonthFigures) -> usize;

/// "October to December 2026", or the days if it has no name.
pub(super) fn title(portfolio: &Portfolio) -> String {
    span_title(portfolio.span, portfolio.until)
}

/// The name at the top of the page: that of the person, or what the page is.
pub fn page_heading(portfolio: &Portfolio) -> String {
    if portfolio.name.trim().is_empty() {
        return PORTFOLIO.to_owned();
    }
    clip_to_word(&one_line(&portfolio.name), MAX_NAME)
}

/// The span below the heading; what the page is, if the heading does not say it.
pub fn page_subtitle(portfolio: &Portfolio) -> String {
    let is_whole =
        (portfolio.first, portfolio.until) == (portfolio.span.first(), portfolio.span.last());
    let days = if is_whole {
        title(portfolio)
    } else {
        span_days(portfolio.first, portfolio.until)
    };
    if portfolio.name.trim().is_empty() {
        return days;
    }
    format!("{PORTFOLIO}, {days}")
}

/// Who it is about, by label, with the responsibilities on one line.
pub fn about_lines(portfolio: &Portfolio) -> Vec<(String, String)> {
    let whole = whole_about_lines(portfolio).into_iter();
    whole
        .map(|(label, said, room)| (label, clip_to_word(&said, room)))
        .collect()
}

/// The same, whole, each with the columns there are for it.
fn whole_about_lines(portfolio: &Portfolio) -> Vec<(String, String, usize)> {
    let lines = portfolio.about.iter();
    let lines = lines.map(|(label, said)| (label.clone(), one_line(said), MAX_ABOUT));
    let titles = portfolio.responsibilities.iter();
    let titles: Vec<String> = titles.map(|(_, title)| one_line(title)).collect();
    let label = RESPONSIBILITIES.to_owned();
    let all = (label, titles.join(" · "), MAX_RESPONSIBILITIES);
    let all = Some(all).filter(|_| !titles.is_empty());
    lines.chain(all).collect()
}

/// The summary, as long as there is room for it: up to the end of a sentence, if that leaves enough.
pub fn first_page_summary(portfolio: &Portfolio) -> String {
    let summary = portfolio.summary.trim();
    let whole = whole_sentences(summary, MAX_SUMMARY);
    if whole == summary || width(whole) * 2 >= MAX_SUMMARY {
        return whole.to_owned();
    }
    clip_to_word(summary, MAX_SUMMARY)
}

/// "cut to fit the first page: Name, Summary": which of the user's own words about themselves are
/// longer than their room, and whole only in JSON; `None` if all are whole.
pub fn cut_note(portfolio: &Portfolio) -> Option<String> {
    let name = ("Name".to_owned(), one_line(&portfolio.name), MAX_NAME);
    let lines = std::iter::once(name).chain(whole_about_lines(portfolio));
    let cut = lines.filter(|(_, said, room)| width(said) > *room);
    let summary = first_page_summary(portfolio) != portfolio.summary.trim();
    let cut = cut.map(|(label, ..)| label);
    let cut: Vec<String> = cut.chain(summary.then(|| "Summary".to_owned())).collect();
    (!cut.is_empty()).then(|| format!("cut to fit the first page: {}", one_line(&cut.join(", "))))
}

/// A result on the first page: its title, and below it what it changed, in a number and in words. A
/// title that is longer than its line takes the place of the words.
pub fn result_words(piece: &Piece) -> (String, ResultOutcome) {
    let title = one_line(piece.title());
    let ResultOutcome { number, words } = piece.outcome();
    let number = clip_to_word(&number, MAX_OUTCOME);
    if width(&title) > MAX_TITLE {
        let title = clip_to_word(&title, 2 * MAX_TITLE);
        let words = String::new();
        return (title, ResultOutcome { number, words });
    }
    let room = MAX_OUTCOME.saturating_sub(width(&number));
    // A few words would say less than none.
    let words = if room < 24 {
        String::new()
    } else {
        clip_to_clause(&words, room)
    };
    (title, ResultOutcome { number, words })
}

/// A text cut to at most `columns`: at the end of a clause, if that leaves enough of it.
fn clip_to_clause(text: &str, columns: usize) -> String {
    let clipped = clip_to_word(text, columns);
    if clipped == text {
        return clipped;
    }
    let kept = clipped.trim_end_matches('…');
    let clause = kept.rfind([',', ';', ':', '–', '—', '、', '，', '；']);
    let clause = clause.map(|end| kept[..end].trim_end());
    match clause.filter(|clause| width(clause) * 3 >= columns) {
        Some(clause) => format!("{clause}…"),
        None => clipped,
    }
}

/// A text cut to at most `columns`, with no word cut in two unless it is most of what is left.
fn clip_to_word(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    if clipped == text {
        return clipped;
    }
    let kept = clipped.trim_end_matches('…');
    let rest = text.strip_prefix(kept);
    let is_whole = rest.is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let end = kept.rfind(char::is_whitespace).filter(|_| !is_whole);
    let words = end.map(|end| kept[..end].trim_end_matches([' ', ',', ';', ':', '·']));
    match words.filter(|words| width(words) * 2 >= columns) {
        Some(words) => format!("{words}…"),
        None => clipped,
    }
}

/// What a piece was on its day: "solved 13 May 2026".
pub fn piece_day(piece: &Piece) -> String {
    let day = format!("{} {}", one_line(&piece.state), long_date(piece.day));
    day.trim_start().to_owned()
}

/// What is listed under what is open, the same in every format.
pub(super) fn listed_open_pieces(portfolio: &Portfolio) -> Vec<&Piece> {
    let mut open = portfolio.open_pieces();
    open.truncate(MAX_OPEN);
    open
}

/// What is open: each title with its state and day. What is beyond a few lines is counted.
pub fn open_facts(portfolio: &Portfolio) -> (Vec<(String, String)>, Option<String>) {
    let open = listed_open_pieces(portfolio);
    let more = portfolio.open_pieces().len() - open.len();
    let lines = open.into_iter().map(|piece| {
        let title = clip_to_word(&one_line(piece.title()), MAX_OPEN_TITLE);
        let pledge = match &piece.body {
            PieceBody::Commitment(pledge) => Some(pledge),
            PieceBody::Item(_) => None,
        };
        let state = if pledge.is_some() && piece.day < portfolio.until {
            "was due"
        } else {
            &piece.state
        };
        let first = pledge.map(|it| it.first_due).filter(|it| *it != piece.day);
        let first = first.map_or_else(String::new, |first| {
            format!(", first due {}", long_date(first))
        });
        (title, format!("{state} {}{first}", long_date(piece.day)))
    });
    (
        lines.collect(),
        (more > 0).then(|| format!("and {more} more")),
    )
}

/// Whether what was missed is told: only if the user included some of it.
pub(super) fn shows_missed(portfolio: &Portfolio) -> bool {
    let mut ended = portfolio.sections.iter().flat_map(outcomes).flatten();
    ended.any(|how| how != CommitmentOutcome::Kept)
}

/// The heading of a section: that of the commitments says that they were kept only if all were.
pub(super) fn section_heading(section: &PortfolioSection) -> &str {
    if outcomes(section).all(|how| how == Some(CommitmentOutcome::Kept)) {
        &section.heading
    } else {
        COMMITMENTS
    }
}

/// How the commitments that a section includes ended.
fn outcomes(section: &PortfolioSection) -> impl Iterator<Item = Option<CommitmentOutcome>> {
    section
        .included_pieces()
        .filter_map(|piece| match &piece.body {
            PieceBody::Commitment(commitment) => Some(commitment.how),
            PieceBody::Item(_) => None,
        })
}

/// What the day of a page is remembered under; `None` for a page that no talk is about.
pub fn talk_title(audience: Audience) -> Option<&'static str> {
    match audience {
        Audience::Promotion => Some("Portfolio for a promotion"),
        Audience::Manager => Some("Agenda for my manager"),
        Audience::Cv => None,
    }
}

/// The figures, each a number and its label: "17 of 21", "Commitments kept". None while all are small:
/// what they count is on the page itself.
pub fn key_figures(portfolio: &Portfolio) -> Vec<(String, String)> {
    let figures = &portfolio.figures;
    let (rate, first) = (figures.commitments.rate(), figures.first_date_rate());
    let shows_missed = shows_missed(portfolio);
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut push = |number: String, what: &str| lines.push((number, what.to_owned()));
    if shows_missed {
        push(share_text(rate), "Commitments kept");
    } else if rate.part > 0 {
        push(rate.part.to_string(), "Commitments kept");
    }
    for section in portfolio.sections.iter().filter(|it| it.register.is_some()) {
        let begun = section
            .included_pieces()
            .filter(|it| it.is_beginning())
            .count();
        match (section.included_count() - begun, begun) {
            (0, _) => {}
            (done, 0) => push(done.to_string(), &section.counted),
            (done, begun) => {
                let what = format!("{}, {begun} more begun", section.counted);
                push(done.to_string(), &what);
            }
        }
    }
    for people in &portfolio.people {
        push(people.names.len().to_string(), &people.heading);
    }
    // That some were late is told with what was missed.
    if first.part > 0 && (shows_missed || first.part == first.whole) {
        push(share_text(first), "By the day first promised");
    }
    let sections = portfolio.sections.iter();
    let most = sections.map(PortfolioSection::included_count).max();
    if most < Some(LEAST_FIGURE) {
        lines.clear();
    }
    lines
}

/// "A selection: 15 of 17."; `None` if all evidence is included.
pub(super) fn selection_note(section: &PortfolioSection) -> Option<String> {
    let pieces = section.pieces.iter();
    let left_out = pieces
        .filter(|it| it.is_evidence && !it.is_included)
        .count();
    let of = section.evidence_count();
    (left_out > 0).then(|| format!("A selection: {} of {of}.", of - left_out))
}

/// The facts beside a commitment: "process", "kept 6 November 2026", "first due 30 October
/// 2026", "moved once".
pub fn commitment_facts(piece: &Piece, pledge: &PublicCommitment) -> Vec<String> {
    let mut facts = Vec::new();
    if !pledge.area.trim().is_empty() {
        facts.push(pledge.area.clone());
    }
    facts.push(piece_day(piece));
    if pledge.first_due != piece.day {
        facts.push(format!("first due {}", long_date(pledge.first_due)));
    }
    facts.extend(pledge.moved.map(describe_due_shift));
    facts
}

/// The figures of the months by name: those that are anything but zero, and what was missed only if
/// that is told.
pub(super) fn month_columns(portfolio: &Portfolio) -> Vec<(&'static str, MonthFigure)> {
    let all: [(&str, MonthFigure); 3] = [
        ("kept", |it| it.kept),
        ("missed", |it| it.missed),
        ("solved", |it| it.solved),
    ];
    let shows_missed = shows_missed(portfolio);
    let is_told = |(name, of): &(&str, MonthFigure)| {
        (*name != "missed" || shows_missed) && portfolio.months.iter().any(|it| of(it) > 0)
    };
    all.into_iter().filter(is_told).collect()
}

/// "done 20 November 2026", and the other facts of an item, by their headings.
pub(super) fn item_facts(piece: &Piece, story: &PublicPage) -> Vec<(Option<String>, PublicValue)> {
    let mut facts: Vec<(Option<String>, PublicValue)> = Vec::new();
    for (heading, said) in &story.sections {
        facts.push((Some(heading.clone()), said.clone()));
    }
    facts.push((None, PublicValue::Line(piece_day(piece))));
    for stage in &story.stages {
        let with = stage.fields.iter();
        facts.extend(with.map(|(heading, said)| (Some(heading.clone()), said.clone())));
    }
    facts
}

/// "exceptional: 9 weeks", highest first.
pub(super) fn degree_counts(scale: &ScaleByWeek) -> Vec<(&str, String)> {
    let degrees = scale.degrees.iter().enumerate().rev();
    let counted = degrees.map(|(at, name)| {
        let weeks = scale.weeks.iter().filter(|(_, degree)| *degree == Some(at));
        (name.as_str(), counted_noun(weeks.count(), "week"))
    });
    counted.collect()
}
