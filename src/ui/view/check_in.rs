//! Checking in on a commitment: its life as a line of days, four answers with what each would mean,
//! and what it does to the record.

use chrono::NaiveDate;
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::form::{ChoicePicker, Control};
use crate::app::keys::{Action, KeyContext};
use crate::app::screen::CheckInForm;
use crate::app::{ClickTarget, Model};
use crate::calendar;
use crate::insight;
use crate::journal::{Commitment, OffDays, Record};
use crate::report::{in_a_row, spell_number, stuck_reason};
use crate::text;
use crate::ui::size::{LIST_COLUMNS, TEXT_COLUMNS};
use crate::ui::widget::{self, FormView, strong, text_columns};
use crate::ui::{Canvas, Theme, cells, sign};

/// Most rows for the moves of a commitment.
const MAX_MOVE_ROWS: u16 = 4;

/// Least columns and rows for answers side by side.
const MIN_BOXES: (u16, u16) = (76, 20);

/// Rows from which there is a blank one below the life of a commitment.
const TALL: u16 = 26;

/// The rows of an answer's box: its name, and three for what it means.
const BOX_ROWS: u16 = 6;

/// An answer, and what it would mean.
struct OutcomeChoice {
    sign: &'static str,
    style: Style,
    name: &'static str,
    action: Action,
    meaning: String,
}

pub(super) fn draw(screen: &CheckInForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = area.width.min(LIST_COLUMNS + 4);
    let area = Rect { width, ..area };
    let text_area = text_columns(area);
    let width = usize::from(text_area.width);
    let mut lines = head_lines(screen, model, canvas, width);
    if area.height >= TALL {
        lines.push(Line::default());
    }
    let has_boxes = text_area.width >= MIN_BOXES.0 && area.height >= MIN_BOXES.1;
    let answer_rows = if has_boxes { BOX_ROWS } else { 4 };
    let said = how_lines(screen, &theme, width);
    let blank = u16::from(area.height > 17);
    let [head, _, question, answers, below, _, rest] = Layout::vertical([
        Length(cells(lines.len())),
        Length(blank),
        Length(1),
        Length(answer_rows),
        Length(cells(said.len())),
        Length(blank),
        Fill(1),
    ])
    .areas(area);
    canvas.draw_lines(text_columns(head), lines);
    if screen.form.is_deleted {
        widget::draw_deleted_note(canvas, text_columns(question));
    } else {
        let asked = Line::styled("Did you keep it?", strong(&theme));
        canvas.draw_line(text_columns(question), asked);
    }
    draw_answers(screen, has_boxes, canvas, answers);
    canvas.draw_lines(text_columns(below), said);
    let mut view = FormView::new(&screen.form, model.now());
    view.skip = 1;
    let left = view.draw(canvas, rest);
    if left.height > 2 {
        let below = Rect {
            y: left.y + 1,
            height: left.height - 1,
            ..left
        };
        draw_record(screen, canvas, text_columns(below));
    }
}

/// What is wrong with the answer, and what else is to be known of it.
fn how_lines(screen: &CheckInForm, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let Some(how) = screen.form.fields.first() else {
        return Vec::new();
    };
    let line = |text: &str, style| Line::styled(text::clip(&text::one_line(text), width), style);
    let wrong = how.error.iter();
    let wrong = wrong.map(|wrong| line(&format!("✗ {wrong}"), theme.wrong));
    let notes = how.notes.iter().map(|note| line(&note.text, theme.due));
    wrong.chain(notes).collect()
}

/// What was promised, its life as a line, its moves, and where it came from.
fn head_lines(
    screen: &CheckInForm,
    model: &Model,
    canvas: &Canvas,
    width: usize,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let commitment = &screen.commitment;
    let today = model.now().today();
    let off = model.off_days();
    let mut lines = Vec::new();
    if model.asks_due_in_walk() {
        lines.push(Line::styled("First, what is due", theme.quiet));
    }
    let (sign, style) = widget::commitment_sign(commitment, today, &off, theme);
    let area = text::clip(&text::one_line(&commitment.area), 24);
    let room = width.saturating_sub(text::width(&area) + 4);
    let better = text::wrap(&text::one_line(&commitment.better), room, 2);
    for (at, better) in better.into_iter().enumerate() {
        let lead = if at == 0 { sign } else { " " };
        let area = if at == 0 { area.as_str() } else { "" };
        lines.push(Line::from(vec![
            Span::styled(format!("{lead} "), style),
            Span::styled(text::fit(&better, room), strong(theme)),
            Span::styled(format!("  {area}"), theme.quiet),
        ]));
    }
    let life = commitment
        .is_open()
        .then(|| widget::days_line(commitment, today, &off, width, theme))
        .flatten();
    lines.push(life.unwrap_or_else(|| {
        let state = widget::commitment_state(commitment, today, &off);
        Line::styled(text::clip(&state, width), theme.quiet)
    }));
    let moves = move_lines(commitment, today, width).into_iter();
    lines.extend(moves.map(|text| Line::styled(text, theme.quiet)));
    if let Some(origin) = &screen.origin {
        let origin = text::clip(&format!("from {}", text::one_line(origin)), width);
        lines.push(Line::styled(origin, theme.quiet));
    }
    lines.extend(way_out(commitment, &off, today, canvas));
    lines
}

/// The four answers, in the order of the form's choices.
fn answers(screen: &CheckInForm, theme: &Theme) -> [OutcomeChoice; 4] {
    let streak = screen.record.streak;
    let counts = screen.commitment.is_open();
    let kept = match streak + 1 {
        next if counts && next > 1 => {
            let next = text::capitalized(&spell_number(next));
            format!("It is better now. {next} in a row.")
        }
        _ => "It is better now.".to_owned(),
    };
    let missed = match streak {
        streak if counts && streak > 1 => {
            format!(
                "It is not, and the streak ends at {}.",
                spell_number(streak)
            )
        }
        _ => "It is not. The next can be smaller.".to_owned(),
    };
    let answer = |sign, style, name, action, meaning| OutcomeChoice {
        sign,
        style,
        name,
        action,
        meaning,
    };
    let moved = "To another day, for a reason.".to_owned();
    let let_go = "It no longer matters; counts as neither.".to_owned();
    [
        answer(sign::KEPT, theme.good, "kept", Action::Kept, kept),
        answer(sign::MISSED, theme.wrong, "missed", Action::Missed, missed),
        answer(sign::MOVED, theme.due, "moved", Action::Moved, moved),
        answer(sign::LET_GO, theme.label, "let go", Action::LetGo, let_go),
    ]
}

fn draw_answers(screen: &CheckInForm, has_boxes: bool, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some(Control::Pick(pick)) = screen.form.fields.first().map(|how| &how.control) else {
        return;
    };
    let has_keys = screen.form.focus == 0;
    let all = answers(screen, &theme);
    if has_boxes {
        let columns = Layout::horizontal([Fill(1); 4]).spacing(1).areas::<4>(area);
        let width = usize::from(columns[0].width).saturating_sub(BOX_FRAME);
        let lines = all.iter().map(|answer| meaning_lines(answer, width).len());
        // The meanings begin in one row, below a blank one where the longest leaves it.
        let has_blank = lines.max().unwrap_or_default() < MEANING_ROWS;
        for (at, (answer, place)) in all.iter().zip(columns).enumerate() {
            let marks = (is_marked(pick, at), has_keys && at == pick.cursor);
            draw_box(answer, marks, has_blank, canvas, place);
            canvas.add_target(place, ClickTarget::Action(answer.action));
        }
        return;
    }
    for (at, (answer, row)) in all.iter().zip(text_columns(area).rows()).enumerate() {
        if has_keys && at == pick.cursor {
            canvas.draw_cursor(row);
        }
        let mut spans = name_spans(answer, is_marked(pick, at), canvas);
        let meaning = format!("  {}", answer.meaning);
        spans.push(Span::styled(meaning, theme.label));
        canvas.draw_line(row, Line::from(spans));
        canvas.add_target(row, ClickTarget::Action(answer.action));
    }
}

fn is_marked(pick: &ChoicePicker, at: usize) -> bool {
    let choice = pick.choices.get(at);
    choice.is_some_and(|choice| pick.on.contains(&choice.id))
}

/// The columns of an answer's name with its sign and key.
const NAME_COLUMNS: usize = 12;

/// "✓ kept     k", with a square if it is marked.
fn name_spans(answer: &OutcomeChoice, is_marked: bool, canvas: &Canvas) -> Vec<Span<'static>> {
    let theme = canvas.theme;
    let mark = if is_marked { sign::DONE } else { " " };
    vec![
        Span::styled(format!("{} ", answer.sign), answer.style),
        Span::styled(format!("{:<6} ", answer.name), strong(theme)),
        Span::styled(format!("{mark} "), theme.good),
        Span::styled(
            canvas.keys.key_name(KeyContext::CheckIn, answer.action),
            theme.accent,
        ),
    ]
}

/// The most rows of what an answer would mean.
const MEANING_ROWS: usize = 3;
/// The columns of the box around it.
const BOX_FRAME: usize = 4;

fn meaning_lines(answer: &OutcomeChoice, width: usize) -> Vec<String> {
    text::wrap(&answer.meaning, width, MEANING_ROWS)
}

fn draw_box(
    answer: &OutcomeChoice,
    (is_marked, here): (bool, bool),
    has_blank: bool,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let frame = if here || is_marked {
        theme.accent
    } else {
        theme.rule
    };
    canvas
        .frame
        .render_widget(widget::rounded_block(frame), area);
    let inner = area.inner(Margin::new(2, 1));
    if here {
        canvas.draw_cursor(inner);
    }
    let mut name = name_spans(answer, is_marked, canvas);
    let gap = usize::from(inner.width).saturating_sub(NAME_COLUMNS);
    name.insert(2, Span::raw(" ".repeat(gap)));
    canvas.draw_line(inner, Line::from(name));
    let lines = meaning_lines(answer, usize::from(inner.width));
    let first = 1 + usize::from(has_blank);
    for (line, row) in lines.into_iter().zip(inner.rows().skip(first)) {
        canvas.draw_line(row, Line::styled(line, theme.label));
    }
}

/// How the ended ones went, and what keeping this one makes of it.
fn draw_record(screen: &CheckInForm, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Record {
        kept,
        missed,
        streak,
        ..
    } = screen.record;
    let all = kept + missed;
    if all == 0 {
        return;
    }
    let row = |streak| {
        let streak = in_a_row(streak);
        streak.map_or_else(String::new, |streak| format!(", {streak}"))
    };
    let mut spans = vec![
        Span::styled(format!("{} ", sign::KEPT), theme.good),
        Span::styled(kept.to_string(), strong(&theme)),
        Span::styled(format!(" of {all} kept"), theme.label),
        Span::styled(row(streak), theme.good),
    ];
    let next = format!("{} of {}{}", kept + 1, all + 1, row(streak + 1));
    let makes = [
        Span::styled("   kept makes it ", theme.quiet),
        Span::styled(next, theme.label),
    ];
    let width: usize = spans.iter().chain(&makes).map(Span::width).sum();
    let may_be_kept = matches!(screen.form.text("how").as_str(), "" | "kept");
    if screen.commitment.is_open() && may_be_kept && width <= usize::from(area.width) {
        spans.extend(makes);
    }
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        canvas.draw_line(row, Line::from(spans));
    }
    if let Some(row) = rows.next() {
        let columns = usize::from(row.width.min(TEXT_COLUMNS));
        let bar = widget::bar(kept, all, columns, &theme);
        canvas.draw_line(row, Line::from(bar.to_vec()));
    }
}

/// The offer for a commitment that was moved twice or is weeks overdue: a smaller one, or none.
fn way_out(
    commitment: &Commitment,
    off: &OffDays,
    today: NaiveDate,
    canvas: &Canvas,
) -> Option<Line<'static>> {
    let theme = canvas.theme;
    let reason = stuck_reason(insight::stuck(commitment, off, today)?);
    let key = |context, action| Span::styled(canvas.keys.key_name(context, action), theme.accent);
    Some(Line::from(vec![
        Span::styled(format!("{reason}: "), theme.label),
        key(KeyContext::Form, Action::Edit),
        Span::styled(" make it smaller, or ", theme.label),
        key(KeyContext::CheckIn, Action::LetGo),
        Span::styled(" let it go", theme.label),
    ]))
}

/// Each move with its reason, newest first, as many as fit.
fn move_lines(commitment: &Commitment, today: NaiveDate, width: usize) -> Vec<String> {
    commitment
        .moves
        .iter()
        .rev()
        .flat_map(|step| {
            let day = |day| calendar::short_date(day, today);
            let (on, from, to) = (day(step.on), day(step.from), day(step.to));
            // Most are moved on the day they were due.
            let moved_on = if step.on == step.from {
                String::new()
            } else {
                format!("on {on}: ")
            };
            let way = if step.is_later() {
                "moved"
            } else {
                "moved earlier"
            };
            let mut text = format!("{} {way} {moved_on}{from} → {to}", sign::MOVED);
            if !step.why.is_empty() {
                text.push_str(&format!(" · {}", text::one_line(&step.why)));
            }
            text::wrap(&text, width, 2)
        })
        .take(usize::from(MAX_MOVE_ROWS))
        .collect()
}
