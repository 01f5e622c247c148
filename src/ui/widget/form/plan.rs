//! How the rows of a form are shared: the field first, then a row for each other one, what was
//! answered before, help, growth, what the form is about, whole answers, and blank rows at last.

use ratatui::text::{Line, Span};

use crate::app::editor::Editor;
use crate::app::form::{Control, FormField};
use crate::calendar::{self, Now};
use crate::text;
use crate::ui::widget::{Panel, share_rows};
use crate::ui::{Canvas, Theme, cells, sign};

/// The least and the most rows of a text field.
const LEAST_ROWS: usize = 4;
pub(super) const MOST_ROWS: usize = 12;

/// The columns before the text of a new item, and of a choice in own words.
const LIST_LEAD: usize = "+ ".len();
const OWN_LEAD: usize = "+ others: ".len();

/// The rows of a panel below the field that come before its growth.
const UNDER_ROWS: u16 = 4;

/// What each part of a form would like to have.
#[derive(Default)]
pub(super) struct WantedRows<'a> {
    /// The field with the keys.
    pub(super) focused: Option<&'a FormField>,
    /// The rows of each of the others.
    pub(super) others: &'a [u16],
    /// The rows of the panels below the field.
    pub(super) under: u16,
    /// The rows of what the form is about.
    pub(super) about: u16,
}

/// What each part of a form gets.
#[derive(Default)]
pub(super) struct FormLayout {
    pub(super) prompt: Vec<String>,
    pub(super) help: Vec<String>,
    pub(super) about: u16,
    /// The rows of the control.
    pub(super) control: u16,
    pub(super) said: Vec<NoteLine>,
    /// The rows of the fields without the keys.
    pub(super) others: Vec<u16>,
    /// The rows of the panels below the field.
    pub(super) under: u16,
    /// Blank rows before and after the field with the keys, and between others.
    pub(super) around: u16,
    pub(super) between: u16,
}

/// A line below a field.
pub(super) struct NoteLine {
    text: String,
    is_error: bool,
    /// The note it is part of, if that can be opened.
    pub(super) note: Option<usize>,
}

impl NoteLine {
    /// With the sign at its start in the accent.
    pub(super) fn line(&self, theme: &Theme) -> Line<'static> {
        if self.is_error {
            return Line::styled(self.text.clone(), theme.wrong);
        }
        note_line(&self.text, theme)
    }
}

/// A note, with the sign at its start in the accent.
pub(in crate::ui) fn note_line(text: &str, theme: &Theme) -> Line<'static> {
    match text.strip_prefix(sign::BECAME) {
        Some(rest) => Line::from(vec![
            Span::styled(sign::BECAME, theme.accent),
            Span::styled(rest.to_owned(), theme.label),
        ]),
        None => Line::styled(text.to_owned(), theme.label),
    }
}

impl FormLayout {
    /// Shares `height` rows of `width` columns.
    pub(super) fn new(
        wanted: &WantedRows<'_>,
        now: Now,
        width: u16,
        height: u16,
        canvas: &Canvas,
    ) -> Self {
        let WantedRows {
            focused,
            others,
            under,
            about,
        } = *wanted;
        let mut plan = Self::default();
        let mut help = Vec::new();
        let mut wanted = 0;
        if let Some(field) = focused {
            plan.prompt = wrap_lines(&field.prompt, width);
            help = wrap_lines(&field.help, width);
            plan.said = lines_below(field, now, width);
            (plan.control, wanted) = control_rows(field, width);
        }
        let others_count = cells(others.len());
        let fixed = cells(plan.prompt.len() + plan.said.len());
        let frame = focused.map_or(0, |_| Panel::extra_rows(canvas));
        let least = fixed + frame + plan.control;
        if least > height {
            // The control matters more than what is around it, but it needs its question.
            let room = height.saturating_sub(frame + 1);
            plan.control = plan.control.min(room.max(1));
            let left = height.saturating_sub(frame + plan.control);
            plan.prompt.truncate(usize::from(left));
            plan.said
                .truncate(usize::from(left).saturating_sub(plan.prompt.len()));
        }
        let mut left = height.saturating_sub(least + others_count);
        let take = |left: &mut u16, wanted: u16| {
            let got = wanted.min(*left);
            *left -= got;
            got
        };
        let takes_all = |left: &mut u16, wanted| *left >= wanted && take(left, wanted) == wanted;
        let small = under.min(UNDER_ROWS);
        if under > 0 && takes_all(&mut left, small) {
            plan.under = small;
        }
        if takes_all(&mut left, cells(help.len())) {
            plan.help = help;
        }
        if focused.is_some() && others_count > 0 && takes_all(&mut left, 2) {
            plan.around = 1;
        }
        plan.control += take(&mut left, wanted.saturating_sub(plan.control));
        // With a blank row below; the first line alone says most.
        if about > 0 {
            plan.about = match left {
                left if left > about => about,
                2.. => 1,
                _ => 0,
            };
            left -= plan.about + u16::from(plan.about > 0);
        }
        let more: Vec<usize> = others.iter().map(|rows| usize::from(rows - 1)).collect();
        let shares = share_rows(&more, usize::from(left));
        plan.others = shares.iter().map(|more| 1 + cells(*more)).collect();
        left = left.saturating_sub(cells(shares.iter().sum()));
        if plan.under > 0 {
            plan.under += take(&mut left, under - plan.under);
        }
        plan.between = u16::from(left >= others_count && others.iter().any(|rows| *rows > 1));
        plan
    }

    /// The rows of the field with the keys, from its question to what is said below it.
    pub(super) fn question_rows(&self, canvas: &Canvas) -> u16 {
        let lines = self.prompt.len() + self.help.len() + self.said.len();
        let frame = Panel::extra_rows(canvas);
        cells(lines) + frame + self.control
    }
}

/// The least rows of a control, and those it would like to have.
fn control_rows(field: &FormField, width: u16) -> (u16, u16) {
    let columns = usize::from(width);
    let (least, wanted) = match &field.control {
        Control::Text(editor) if editor.is_multiline() => {
            // A row more than it has, for the next word.
            let rows = text::wrap(&editor.text(), columns, MOST_ROWS).len() + 1;
            (LEAST_ROWS, rows)
        }
        Control::Text(editor) => (1, 1 + more_rows(editor, columns)),
        Control::Day(..) => (1, 1),
        Control::Pick(pick) => {
            let rows = pick.choices.len() + usize::from(pick.own.is_some());
            let months = usize::from(field.past.year.is_some() && pick.many);
            let own = pick
                .own
                .as_ref()
                .filter(|_| pick.cursor >= pick.choices.len());
            let more = own.map_or(0, |own| more_rows(own, columns.saturating_sub(OWN_LEAD)));
            (rows.min(LEAST_ROWS), rows + months + more)
        }
        Control::Log(log) => (3, log.lines.len() + 3),
        Control::Panel(panel) => {
            let rows = panel.rows.len() + 1;
            let own = Some(&panel.editor).filter(|_| panel.cursor >= panel.rows.len());
            let more = own.map_or(0, |own| more_rows(own, columns.saturating_sub(LIST_LEAD)));
            (rows.min(LEAST_ROWS), rows + more)
        }
    };
    let most = match &field.control {
        Control::Text(_) => wanted.min(MOST_ROWS),
        _ => wanted,
    };
    (cells(least), cells(most.max(least)))
}

/// How many rows after the first one a text of one line takes.
fn more_rows(editor: &Editor, columns: usize) -> usize {
    let rows = text::width(&editor.text()) / columns.max(1);
    rows.min(MOST_ROWS - 1)
}

/// The lines below a field: what is wrong with it, the day that it means, how many more its list
/// has, what became of it.
fn lines_below(field: &FormField, now: Now, width: u16) -> Vec<NoteLine> {
    let columns = usize::from(width);
    let plain = |text: String, is_error| NoteLine {
        text,
        is_error,
        note: None,
    };
    let said = match (&field.error, &field.control) {
        (Some(wrong), _) => {
            let lines = wrap_lines(&format!("✗ {}", text::one_line(wrong)), width);
            return lines.into_iter().map(|line| plain(line, true)).collect();
        }
        (None, Control::Day(editor, direction)) if !editor.is_blank() => {
            let day = calendar::parse_day(&editor.text(), now, *direction);
            day.map(|day| format!("= {}", calendar::date_and_distance(day, now.today())))
                .ok()
        }
        (None, Control::Panel(panel)) if panel.hidden_count > 0 => {
            Some(format!("and {} more in the list", panel.hidden_count))
        }
        _ => None,
    };
    let lines = said.map_or_else(Vec::new, |said| wrap_lines(&said, width));
    let lines = lines.into_iter().map(|line| plain(line, false));
    let notes = field.notes.iter().enumerate().flat_map(|(at, note)| {
        let lines = text::wrap(&text::one_line(&note.text), columns, 2);
        lines.into_iter().map(move |text| NoteLine {
            text,
            is_error: false,
            note: note.opens.as_ref().map(|_| at),
        })
    });
    lines.chain(notes).collect()
}

/// `text` in lines of at most `width` columns; none if it is empty.
fn wrap_lines(text: &str, width: u16) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    textwrap::wrap(text, usize::from(width.max(1)))
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}
