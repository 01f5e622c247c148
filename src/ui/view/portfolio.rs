//! The portfolio: its figures, what it includes and what it could, and the page as others read it.

use chrono::Datelike;
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use super::preview::page_lines;
use crate::app::ClickTarget;
use crate::app::screen::PortfolioPage;
use crate::app::screen::portfolio::EMPTY;
use crate::calendar;
use crate::insight::{MOST_RESULTS, Piece, PieceBody, Portfolio, PortfolioSection, ResultOutcome};
use crate::report;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, Panel, Row, split_list};
use crate::ui::{Canvas, Theme, cells, sign};

/// The most rows of a text of the first page, which is cut to its room on paper already.
const MOST_ROWS: usize = 40;

/// The heading of the pieces on the first page.
const FIRST_PAGE: &str = "First page";

pub(super) fn draw(screen: &PortfolioPage, canvas: &mut Canvas, area: Rect) {
    if screen.pieces().next().is_none() {
        let (about, example) = EMPTY;
        widget::draw_empty(canvas, area.inner(Margin::new(2, 0)), about, example);
        return;
    }
    let rows = if canvas.size.has_frames() { 3 } else { 1 };
    let [figures, body] = Layout::vertical([Length(rows), Fill(1)]).areas(area);
    draw_figures(screen, canvas, figures.inner(Margin::new(2, 0)));
    let [left, page] = split_list(canvas, body, screen.sections.lines());
    // The list comes last: the cursor of the terminal stands there.
    draw_page(screen, canvas, page);
    draw_pieces(screen, canvas, left);
}

/// The figures side by side, each over its name where there are rows for that; how many do not fit.
fn draw_figures(screen: &PortfolioPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (strong, label) = (widget::strong(&theme), theme.quiet);
    let figures = report::key_figures(&screen.portfolio);
    let more = |left: usize| format!("and {left} more");
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let is_tall = area.height > 1;
    let mut room = usize::from(area.width);
    for (at, (number, what)) in figures.iter().enumerate() {
        let what = text::one_line(what);
        let width = if is_tall {
            text::width(number).max(text::width(&what)) + 2
        } else {
            text::width(number) + text::width(&what) + 3
        };
        let left = figures.len() - at;
        let reserved = if left > 1 { more(left).len() } else { 0 };
        if width + reserved > room {
            above.push(Span::styled(more(left), label));
            break;
        }
        room -= width;
        if is_tall {
            above.push(Span::styled(text::fit(number, width), strong));
            below.push(Span::styled(text::fit(&what, width), label));
        } else {
            above.push(Span::styled(format!("{what} "), label));
            above.push(Span::styled(format!("{number}  "), strong));
        }
    }
    for (spans, row) in [above, below].into_iter().zip(area.rows()) {
        canvas.draw_line(row, Line::from(spans));
    }
}

/// The pieces under the headings of their groups; their days have a year only if there are several.
fn draw_pieces(screen: &PortfolioPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let portfolio = &screen.portfolio;
    let has_years = portfolio.span.first().year() != portfolio.until.year();
    let place = format!("{} of {}", screen.cursor + 1, screen.pieces().count());
    let rows = Panel::new("What goes in", place).focus().draw(canvas, area);
    let heading = |section| {
        let mut groups = screen.groups.iter();
        let group = groups.find(|group| group.section == section);
        let pieces = group.map_or(&[][..], |group| &group.pieces);
        let (name, right) = match section {
            Some(at) => section_heading(portfolio, at, pieces),
            None => (
                FIRST_PAGE.to_owned(),
                format!("{} of {MOST_RESULTS}", pieces.len()),
            ),
        };
        (Span::styled(name, theme.heading), right)
    };
    let (sections, cursor) = (&screen.sections, screen.cursor);
    widget::draw_sections(canvas, rows, sections, cursor, heading, |at| {
        let (_, piece) = screen.pieces().nth(at)?;
        Some(piece_row(piece, has_years, &theme).mark(ClickTarget::Mark(at)))
    });
}

/// The name of a section, and how many of the pieces below it are in, open and out.
fn section_heading(
    portfolio: &Portfolio,
    section: usize,
    pieces: &[(usize, usize)],
) -> (String, String) {
    let count = |is_counted: fn(&Piece) -> bool, what: &str| {
        let pieces = pieces.iter().map(|place| portfolio.piece(*place));
        let number = pieces.filter(|piece| is_counted(piece)).count();
        (number > 0).then(|| format!("{number} {what}"))
    };
    let counts = [
        count(|piece| piece.is_included, "in"),
        count(Piece::is_open, "open"),
        count(|piece| !piece.is_told(), "out"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let name = text::one_line(&portfolio.sections[section].heading);
    (name, counts.join(", "))
}

fn piece_row(piece: &Piece, has_years: bool, theme: &Theme) -> Row {
    let (sign, style, words) = if piece.is_included {
        (sign::DONE, theme.good, theme.words)
    } else if piece.is_open() {
        (sign::BEGUN, theme.quiet, theme.words)
    } else {
        (sign::OPEN, theme.quiet, theme.quiet)
    };
    let (day, columns) = if has_years {
        (calendar::medium_date(piece.day), 11)
    } else {
        (calendar::day_and_month(piece.day), 6)
    };
    Row::new(sign, style)
        .words(piece.title(), words)
        .state(&piece.state, theme.quiet)
        .day(&day, columns, theme.quiet)
}

/// The page as others read it, with the chosen piece in sight and marked.
fn draw_page(screen: &PortfolioPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let title = "As others will read it";
    let chosen = screen.chosen().map(|(_, piece)| piece);
    let is_in = chosen.is_some_and(Piece::is_told);
    let right = if is_in { "" } else { "not in it" };
    let inner = Panel::new(title, right).draw(canvas, area);
    let width = usize::from(inner.width.min(TEXT_COLUMNS));
    let parts: Vec<PagePart> = page_parts(screen);
    let is_first = screen.is_chosen_first();
    let is_chosen = |part: &PagePart| match (part, chosen) {
        (PagePart::Result(piece), Some(chosen)) => is_first && piece.id == chosen.id,
        (PagePart::Piece(piece), Some(chosen)) => !is_first && piece.id == chosen.id,
        (PagePart::Open, Some(chosen)) => chosen.is_open(),
        _ => false,
    };
    let at = parts.iter().position(is_chosen).unwrap_or(0);
    let height = usize::from(inner.height);
    let lines_of = |part: &PagePart| part_lines(screen, part, width, &theme);
    // The first page is read from its top. Behind it, half of what is read is above the chosen piece,
    // as far as there is that much.
    let mut first = at;
    let mut above = 0;
    if at < FIRST_PAGE_PARTS {
        let from_top = parts[..=at].iter().map(|it| lines_of(it).len());
        if from_top.sum::<usize>() <= height {
            first = 0;
        }
    }
    while let Some(before) = first.checked_sub(1) {
        above += lines_of(&parts[before]).len();
        if above > height / 2 {
            break;
        }
        first = before;
    }
    let mut y = inner.y;
    for part in &parts[first..] {
        if y >= inner.bottom() {
            break;
        }
        let lines = lines_of(part);
        let rows = cells(lines.len());
        let place = Rect {
            y,
            height: rows.min(inner.bottom() - y),
            ..inner
        };
        if is_chosen(part) {
            // Its last line is blank.
            let row = Rect {
                width: place.width + 1,
                height: place.height.min(rows.saturating_sub(1)).max(1),
                ..place
            };
            canvas.draw_cursor(row);
            canvas.add_target(row, ClickTarget::Row(screen.cursor));
        }
        canvas.draw_lines(place, lines);
        y += place.height;
    }
    widget::draw_scroll_bar(
        canvas,
        inner.right() + 1,
        inner,
        first,
        parts.len().max(height + first),
    );
}

/// The most parts of the first page: its head, the results, the figures, what is open.
const FIRST_PAGE_PARTS: usize = MOST_RESULTS + 3;

/// A part of the page that others read.
enum PagePart<'a> {
    /// Its title, who it is about, and the summary.
    Head,
    Result(&'a Piece),
    /// The figures.
    Glance,
    Open,
    Section(&'a PortfolioSection),
    Piece(&'a Piece),
}

fn page_parts(screen: &PortfolioPage) -> Vec<PagePart<'_>> {
    let portfolio = &screen.portfolio;
    let mut parts = vec![PagePart::Head];
    parts.extend(portfolio.first_pieces().into_iter().map(PagePart::Result));
    parts.push(PagePart::Glance);
    if !portfolio.open_pieces().is_empty() {
        parts.push(PagePart::Open);
    }
    let sections = portfolio.sections.iter();
    let included = sections.filter(|section| section.included_count() > 0);
    parts.extend(included.flat_map(|section| {
        let pieces = section.included_pieces().map(PagePart::Piece);
        [PagePart::Section(section)].into_iter().chain(pieces)
    }));
    parts
}

/// The head of the first page, up to the heading of the results.
fn head_lines(screen: &PortfolioPage, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let portfolio = &screen.portfolio;
    let whole = (width, MOST_ROWS);
    let head = [
        (report::page_heading(portfolio), widget::strong(theme)),
        (report::page_subtitle(portfolio), theme.quiet),
    ];
    let about = report::about_lines(portfolio).into_iter();
    let about = about.map(|(_, said)| (said, theme.label));
    let texts = head.into_iter().chain(about);
    let lines = texts.flat_map(|(said, style)| widget::wrapped_lines(&said, whole, style));
    let mut lines: Vec<Line> = lines.collect();
    let summary = report::first_page_summary(portfolio);
    if !summary.is_empty() {
        lines.push(Line::default());
        lines.extend(widget::prose_lines(&summary, whole, theme.words));
    }
    if !portfolio.first_pieces().is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(report::RESULTS, theme.heading));
    }
    lines
}

/// A result in two lines, as on paper, or a few more where they are short.
fn result_lines(piece: &Piece, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let (title, ResultOutcome { number, words }) = report::result_words(piece);
    let whole = (width, MOST_ROWS);
    let title = widget::wrapped_lines(&title, whole, widget::strong(theme));
    let number = text::one_line(&number);
    let number = widget::wrapped_lines(&number, whole, theme.good);
    let words = widget::wrapped_lines(&words, whole, theme.words);
    let mut lines: Vec<Line> = title.chain(number).chain(words).collect();
    lines.push(Line::styled(report::piece_day(piece), theme.quiet));
    lines
}

fn glance_lines(screen: &PortfolioPage, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let figures = report::key_figures(&screen.portfolio).into_iter();
    let figures: Vec<String> = figures
        .map(|(number, what)| format!("{} {number}", text::one_line(&what)))
        .collect();
    if figures.is_empty() {
        return Vec::new();
    }
    let heading = Line::styled(report::KEY_FIGURES, theme.heading);
    let figures = widget::wrapped_lines(&figures.join(" · "), (width, MOST_ROWS), theme.words);
    [heading].into_iter().chain(figures).collect()
}

fn open_lines(screen: &PortfolioPage, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let (open, more) = report::open_facts(&screen.portfolio);
    let mut lines = vec![Line::styled(report::OPEN, theme.heading)];
    for (title, state) in open {
        let (said, size) = (format!("{title} · {state}"), (width, MOST_ROWS));
        lines.extend(widget::wrapped_lines(&said, size, theme.words));
    }
    lines.extend(more.map(|more| Line::styled(more, theme.quiet)));
    lines
}

fn part_lines(
    screen: &PortfolioPage,
    part: &PagePart<'_>,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut lines = match part {
        PagePart::Head => head_lines(screen, width, theme),
        PagePart::Result(piece) => result_lines(piece, width, theme),
        PagePart::Glance => glance_lines(screen, width, theme),
        PagePart::Open => open_lines(screen, width, theme),
        PagePart::Section(section) => {
            let heading = text::one_line(&section.heading);
            widget::wrapped_lines(&heading, (width, 3), theme.heading).collect()
        }
        PagePart::Piece(piece) => match &piece.body {
            PieceBody::Item(page) => page_lines(page, width, theme),
            PieceBody::Commitment(commitment) => {
                let strong = widget::strong(theme);
                let better = widget::wrapped_lines(&commitment.better, (width, 4), strong);
                let facts = report::commitment_facts(piece, commitment).join(" · ");
                let facts = text::one_line(&facts);
                let facts = widget::wrapped_lines(&facts, (width, 3), theme.quiet);
                let evidence = widget::prose_lines(&commitment.evidence, (width, 6), theme.words);
                better.chain(facts).chain(evidence).collect()
            }
        },
    };
    lines.push(Line::default());
    lines
}
