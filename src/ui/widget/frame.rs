//! What frames every screen: header, notice and footer.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Notice;
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::screen::Screen;
use crate::app::{ClickTarget, Model};
use crate::calendar;
use crate::text;
use crate::ui::{Canvas, cells};

/// Least columns for a path that is still useful.
const MIN_PATH: usize = 12;

/// The week, the name of the screen, and on the right the days to the due day.
pub(in crate::ui) fn draw_header(model: &Model, canvas: &mut Canvas, area: Rect) {
    let now = model.now();
    let today = now.today();
    let right = now.due_day().countdown(today);
    let mut left = vec![Span::styled("leadby", canvas.theme.accent)];
    let week = format!(" · Week {}", now.week().number());
    match model.state().title() {
        None => left.push(Span::styled(
            format!("{week} · {}", calendar::short_date(today, today)),
            canvas.theme.label,
        )),
        Some(place) => {
            let place = text::capitalized(&text::one_line(&place));
            let other = match model.screen() {
                Screen::Page(page) => page.other_week(model.scene()),
                _ => None,
            };
            let other = other.map(|week| format!(" · {week}"));
            let taken = other.as_deref().map_or(0, text::width);
            let room = usize::from(area.width).saturating_sub(text::width(&right) + 11 + taken);
            left.push(Span::styled(" · ", canvas.theme.quiet));
            left.push(Span::styled(
                text::clip_name(&place, room),
                canvas.theme.heading,
            ));
            let says_week = matches!(model.screen(), Screen::Summary(_) | Screen::Review(_));
            if let Some(other) = other {
                left.push(Span::styled(other, canvas.theme.due));
            } else if !says_week && room > text::width(&place) + text::width(&week) {
                left.push(Span::styled(week, canvas.theme.quiet));
            }
        }
    }
    let [start, end] =
        Layout::horizontal([Fill(1), Length(cells(text::width(&right)))]).areas(area);
    canvas.draw_line(start, Line::from(left));
    let style = if now.due_day().in_week(now.week()) == today {
        canvas.theme.due
    } else {
        canvas.theme.label
    };
    canvas.draw_line(end, Line::styled(right, style));
}

/// Something to tell the user, in the row over the footer.
pub(in crate::ui) fn draw_notice(model: &Model, canvas: &mut Canvas, area: Rect) {
    let Some(notice) = model.notice() else {
        return;
    };
    let (sign, style) = if notice.is_error {
        ("✗", canvas.theme.wrong)
    } else {
        ("·", canvas.theme.accent)
    };
    let room = usize::from(area.width).saturating_sub(2);
    let help = canvas.keys.key_name(KeyContext::Anywhere, Action::Help);
    let text = notice_text(notice, &help, room);
    canvas.draw_line(area, Line::styled(format!("{sign} {text}"), style));
}

/// A notice in one row, the path last and shortened first; if more is cut off than that, the key
/// of the help, which shows all of it.
fn notice_text(notice: &Notice, help: &str, room: usize) -> String {
    let text = text::one_line(&notice.text);
    let Some(left) = room.checked_sub(text::width(&text)) else {
        let more = if notice.full_text.is_empty() {
            String::new()
        } else {
            format!(" {help}")
        };
        return text::clip(&text, room.saturating_sub(text::width(&more))) + &more;
    };
    let path = notice.path.as_deref().map(text::one_line);
    match path {
        Some(path) if left >= MIN_PATH => {
            let between = if notice.is_error { " · " } else { " " };
            let left = left - text::width(between);
            format!("{text}{between}{}", text::clip_start(&path, left))
        }
        _ => text,
    }
}

/// The keys that work now: those of most weight that fit, in the table's order. Of two that do the
/// same here, only the first; of those that scroll, only what has somewhere to go.
pub(in crate::ui) fn draw_footer(model: &Model, canvas: &mut Canvas, area: Rect) {
    let typing = model.is_typing();
    let mut hints: Vec<(&Binding, String, String)> = Vec::new();
    let [above, below] = canvas.regions.goes_on.unwrap_or([true; 2]);
    let is_idle = |action| match action {
        Action::Up | Action::Earlier => !above,
        Action::Down | Action::Later => !below,
        _ => false,
    };
    for binding in model.bindings() {
        if is_idle(binding.action) {
            continue;
        }
        let label = model.label(binding);
        let is_new = hints.iter().all(|(_, _, other)| *other != label);
        if let (Some(key), true) = (binding.key_to_show(typing), is_new && binding.weight > 0) {
            hints.push((binding, key.name(), label));
        }
    }
    let width =
        |(_, key, label): &(&Binding, String, String)| text::width(key) + text::width(label) + 3;
    let mut by_weight: Vec<usize> = (0..hints.len()).collect();
    by_weight.sort_by_key(|at| std::cmp::Reverse(hints[*at].0.weight));
    // The last one has nothing behind it.
    let mut room = usize::from(area.width) + 2;
    let mut fitting = vec![false; hints.len()];
    for at in by_weight {
        if let Some(left) = room.checked_sub(width(&hints[at])) {
            room = left;
            fitting[at] = true;
        }
    }
    let mut x = area.x;
    let fitting = hints.into_iter().zip(fitting).filter(|(_, fits)| *fits);
    for ((binding, key, label), _) in fitting {
        let taken = cells(text::width(&key) + text::width(&label) + 1);
        let place = Rect::new(x, area.y, taken.min(area.right().saturating_sub(x)), 1);
        let line = Line::from(vec![
            Span::styled(key, canvas.theme.accent),
            Span::styled(format!(" {label}"), canvas.theme.label),
        ]);
        canvas.draw_line(place, line);
        canvas.add_target(place, ClickTarget::Action(binding.action));
        x += taken + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, room: usize, expected: &str) {
        let notice = Notice {
            text: text.to_owned(),
            path: Some("/home/anna/.local/share/leadby/journal.jsonl".to_owned()),
            full_text: vec!["all of it".to_owned()],
            is_error: true,
            ..Notice::default()
        };
        let said = notice_text(&notice, "F1", room);
        assert_eq!(said, expected);
        assert!(text::width(&said) <= room);
    }

    #[test]
    fn the_path_of_a_notice_is_shortened_first() {
        let text = "not saved: disk full · make some room";
        let path = "/home/anna/.local/share/leadby/journal.jsonl";
        check(text, 120, &format!("{text} · {path}"));
        check(
            text,
            76,
            &format!("{text} · …/.local/share/leadby/journal.jsonl"),
        );
        check(text, 56, &format!("{text} · …/journal.jsonl"));
        check(text, 40, text);
        check(text, 36, "not saved: disk full · make some… F1");
    }
}
