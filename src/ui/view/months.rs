//! Twelve boxes a year, each with its problems; one below the other where the window is narrow.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::screen::{BoxedProblem, MonthBoxes, MonthContent};
use crate::app::{ClickTarget, Model};
use crate::calendar::Month;
use crate::insight::MonthBox;
use crate::text;
use crate::ui::widget::{self, Panel, Row, draw_page};
use crate::ui::{Canvas, Theme, cells, sign};

/// The most rows of a problem's name in a box.
const NAME_ROWS: usize = 3;

/// The most rows of one of its texts.
const TEXT_ROWS: usize = 4;

pub(super) fn draw(months: &MonthBoxes, model: &Model, canvas: &mut Canvas, area: Rect) {
    // What belongs in the boxes, as long as nothing does.
    let hint = if months.is_empty() { 5 } else { 0 };
    let [area, below] = Layout::vertical([Fill(1), Length(hint)]).areas(area);
    if hint > 0 {
        let below = below.inner(Margin::new(2, 0));
        widget::draw_empty(canvas, below, &months.about, &months.example);
    }
    let this_month = model.now().month();
    let columns = canvas.size.month_columns();
    if columns == 1 {
        draw_list(months, this_month, canvas, area);
        return;
    }
    let rows = months.boxes.len() / columns;
    let even = |count| vec![Fill(1); count];
    let mut places = Vec::new();
    for row in Layout::vertical(even(rows)).split(area).iter() {
        let row = Layout::horizontal(even(columns)).spacing(1).split(*row);
        places.extend(row.iter().copied());
    }
    for (at, (content, place)) in months.boxes.iter().zip(places).enumerate() {
        draw_box(content, at == months.cursor, this_month, canvas, place);
        canvas.add_target(place, ClickTarget::Row(at));
    }
}

fn draw_box(
    content: &MonthContent,
    is_chosen: bool,
    this_month: Month,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let (frame, heading) = match (is_chosen, content.count) {
        (true, _) => (theme.accent, theme.accent),
        (false, 0) => (theme.rule, theme.quiet),
        (false, _) => (theme.rule, theme.heading),
    };
    let title = Line::styled(format!(" {} ", content.month.name()), heading);
    let block = widget::rounded_block(frame).title_top(title);
    canvas.frame.render_widget(block, area);
    let inner = area.inner(Margin::new(2, 1));
    let rows = usize::from(inner.height);
    let width = usize::from(inner.width);
    let mut lines = box_lines(content, is_chosen, (width, rows), &theme);
    if lines.is_empty() {
        lines.push(empty_line(content, this_month, &theme));
    }
    if is_chosen {
        let height = if content.count == 1 { lines.len() } else { 1 };
        let row = Rect {
            width: inner.width + 1,
            height: cells(height).min(inner.height),
            ..inner
        };
        canvas.draw_cursor(row);
    }
    canvas.draw_lines(inner, lines);
}

/// The problems of a box: whole if there is room for all of them, without their days if that helps,
/// else on one row each, and how many more there are.
fn box_lines(
    content: &MonthContent,
    is_chosen: bool,
    (width, rows): (usize, usize),
    theme: &Theme,
) -> Vec<Line<'static>> {
    let problems = &content.problems;
    let whole = |detail: MonthDetail| -> Vec<Line<'static>> {
        let lines = problems.iter();
        let lines = lines
            .flat_map(|problem| problem_lines(problem, is_chosen, detail, (width, rows), theme));
        lines.collect()
    };
    for detail in [MonthDetail::Texts, MonthDetail::Days, MonthDetail::Name] {
        let lines = whole(detail);
        if lines.len() <= rows {
            return lines;
        }
    }
    if problems.len() == 1 {
        return whole(MonthDetail::Name);
    }
    let fits = widget::shown_count(content.count, rows);
    let mut lines: Vec<Line> = problems
        .iter()
        .take(fits)
        .map(|problem| {
            let mut spans = widget::stage_squares(&problem.reached, theme);
            let room = width.saturating_sub(problem.reached.len() + 1);
            let name = text::clip(&text::one_line(&problem.title), room);
            spans.push(Span::styled(format!(" {name}"), theme.words));
            Line::from(spans)
        })
        .collect();
    lines.extend(widget::more_line(content.count - fits, theme));
    lines
}

/// How much of a problem is shown below its name and what got better.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum MonthDetail {
    Name,
    Days,
    /// Its texts too.
    Texts,
}

/// The stages of a problem, its name, what got better, its days and its texts.
fn problem_lines(
    problem: &BoxedProblem,
    is_chosen: bool,
    detail: MonthDetail,
    (width, rows): (usize, usize),
    theme: &Theme,
) -> Vec<Line<'static>> {
    let words = if is_chosen {
        widget::strong(theme)
    } else {
        theme.words
    };
    let mut spans = widget::stage_squares(&problem.reached, theme);
    let room = width.saturating_sub(problem.reached.len() + 1);
    let stage = text::clip(&text::one_line(&problem.stage), room);
    spans.push(Span::styled(format!(" {stage}"), theme.label));
    let mut lines = vec![Line::from(spans)];
    let name = text::one_line(&problem.title);
    let name_rows = NAME_ROWS.min(rows.saturating_sub(1));
    lines.extend(widget::wrapped_lines(&name, (width, name_rows), words));
    if let Some(improved) = &problem.improved {
        let improved = text::one_line(improved);
        lines.extend(widget::wrapped_lines(&improved, (width, 2), theme.label));
    }
    if detail >= MonthDetail::Days && !problem.days.is_empty() {
        let days = text::clip(&problem.days, width);
        lines.push(Line::styled(days, theme.quiet));
    }
    for (label, said) in problem
        .texts
        .iter()
        .filter(|_| detail == MonthDetail::Texts)
    {
        lines.push(Line::default());
        lines.push(Line::styled(text::one_line(label), theme.label));
        lines.extend(widget::prose_lines(said, (width, TEXT_ROWS), theme.words));
    }
    lines
}

/// What an empty box says: that it can still be filled, that its time is over or not yet here.
fn empty_line(content: &MonthContent, this_month: Month, theme: &Theme) -> Line<'static> {
    let (sign, said, style): (_, _, Style) = match content.state {
        MonthBox::Future => (sign::NOTHING, "to come", theme.quiet),
        MonthBox::Off => (sign::OFF, "off", theme.quiet),
        MonthBox::BeforeJournal => (sign::NOTHING, "before you began", theme.quiet),
        _ if content.month == this_month => (sign::OPEN, "still open", theme.label),
        _ => (sign::NOTHING, "nothing solved", theme.quiet),
    };
    Line::styled(format!("{sign} {said}"), style)
}

/// The months one below the other, each with its first problem, and the chosen one with all.
fn draw_list(months: &MonthBoxes, this_month: Month, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    // All months, and what is left for the problems of the chosen one.
    let list = cells(months.boxes.len() + 1);
    let [left, page] =
        Layout::vertical([Length(list.min(area.height.saturating_sub(4))), Fill(1)]).areas(area);
    let year = months.year.to_string();
    let list = Panel::new(&year, "").focus().draw(canvas, left);
    widget::draw_rows(
        canvas,
        list,
        &months.boxes,
        Some(months.cursor),
        |content| {
            let name = text::fit(content.month.name(), 10);
            let row = Row::new(" ", theme.quiet).spans([Span::styled(name, theme.label)]);
            let Some(problem) = content.problems.first() else {
                return row.spans(
                    empty_line(content, this_month, &theme)
                        .spans
                        .into_iter()
                        .map(|span| Span::styled(span.content, theme.quiet)),
                );
            };
            let row = row.spans(widget::stage_squares(&problem.reached, &theme));
            let row = row.words("", theme.words).spans([Span::raw(" ")]);
            let more = match content.count {
                0 | 1 => String::new(),
                count => format!("and {} more", count - 1),
            };
            row.words(&problem.title, theme.words)
                .state(&more, theme.quiet)
        },
    );
    let Some(content) = months.boxes.get(months.cursor) else {
        return;
    };
    let name = content.month.name();
    draw_page(canvas, page, name, "", |canvas, width| {
        let problems = content.problems.iter();
        let room = (width, usize::from(area.height));
        let lines = problems.flat_map(|problem| {
            problem_lines(problem, true, MonthDetail::Days, room, canvas.theme)
        });
        lines.collect()
    });
}
