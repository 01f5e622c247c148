//! The career ladder: expectations by area, and the chosen one as a page with what stands for it.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::screen::LadderPage;
use crate::app::screen::ladder::{EMPTY, FIRST_COMMANDS};
use crate::app::{ClickTarget, Model};
use crate::calendar;
use crate::insight::{Coverage, ExpectationStanding, ProofState};
use crate::report;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, ListLine, Panel, Row, split_list};
use crate::ui::{Canvas, Theme, cells, sign};

/// What a gap is offered as.
const OFFERS: [(Action, &str); 3] = [
    (Action::ProblemFor, "make it this month's problem"),
    (Action::SkillFor, "make it the next skill"),
    (Action::CommitFrom, "one step of it by Friday"),
];

pub(super) fn draw(screen: &LadderPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let Some(standing) = &screen.standing else {
        draw_without(screen, canvas, area.inner(Margin::new(2, 0)));
        return;
    };
    let [left, page] = split_list(canvas, area, screen.sections.lines());
    draw_expectation(screen, model, canvas, page);
    let theme = *canvas.theme;
    let (number, all) = (standing.evidence_count(), standing.expectation_count());
    let title = standing.level.as_deref().unwrap_or(&standing.name);
    let panel = Panel::new(title, format!("{number} of {all} have evidence"));
    let has_keys = screen.proof.is_none();
    let rows = panel.focus_if(has_keys).draw(canvas, left);
    let area_name = |name: String| {
        let name = Span::styled(text::one_line(&name), theme.heading);
        (name, String::new())
    };
    let (sections, cursor) = (&screen.sections, screen.cursor);
    let has_focus = canvas.has_focus;
    canvas.has_focus &= has_keys;
    widget::draw_sections(canvas, rows, sections, cursor, area_name, |at| {
        let one = screen.expectations().get(at)?;
        Some(expectation_row(one, model, &theme))
    });
    canvas.has_focus = has_focus;
}

fn draw_without(screen: &LadderPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    match &screen.mistake {
        None => {
            let below = widget::draw_about(canvas, area, EMPTY);
            let columns = text::widest(FIRST_COMMANDS.map(|(command, _)| command)) + 2;
            let commands = FIRST_COMMANDS.map(|(command, does)| {
                Line::from(vec![
                    Span::styled(text::fit(command, columns), theme.accent),
                    Span::styled(does, theme.quiet),
                ])
            });
            canvas.draw_lines(below, commands);
        }
        Some(mistake) => {
            let said = "Your ladder file is not used until it is fixed; leadby ladder check lists \
                        every mistake.";
            let below = widget::draw_about(canvas, area, said);
            canvas.draw_text(below, mistake, theme.wrong);
        }
    }
}

fn expectation_row(one: &ExpectationStanding, model: &Model, theme: &Theme) -> Row {
    let today = model.now().today();
    let (sign, style, state) = match one.coverage() {
        Coverage::Evidence => {
            let newest = one.evidence().map(|proof| proof.day).max();
            let age = newest.map(|day| calendar::humanize(day, today));
            (sign::DONE, theme.good, age.unwrap_or_default())
        }
        Coverage::Proposed if one.tied.is_empty() => {
            let state = format!("{} proposed", one.proposed.len());
            (sign::BEGUN, theme.begun, state)
        }
        Coverage::Proposed => (sign::BEGUN, theme.begun, "on its way".to_owned()),
        Coverage::None => (sign::OPEN, theme.quiet, report::NOTHING_YET.to_owned()),
    };
    Row::new(sign, style)
        .words(&one.expectation.text, theme.words)
        .state(&state, theme.quiet)
}

/// The chosen expectation: its text, what stands for it, and what a gap is offered as.
fn draw_expectation(screen: &LadderPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let Some(one) = screen.chosen() else {
        return;
    };
    let theme = *canvas.theme;
    let count = one.proofs().count();
    let place = screen.proof.map(|at| format!("{} of {count}", at + 1));
    let panel = Panel::new("Evidence", place.unwrap_or_default());
    let has_keys = screen.proof.is_some();
    let inner = panel.focus_if(has_keys).draw(canvas, area);
    let width = inner.width.min(TEXT_COLUMNS);
    let size = (usize::from(width), 4);
    let said = widget::wrapped_lines(&one.expectation.text, size, widget::strong(&theme));
    let said: Vec<Line> = said.collect();
    let rows = cells(said.len());
    let gap = u16::from(canvas.size.has_frames());
    let offers = cells(OFFERS.len());
    let [words, _, list, _, below] = Layout::vertical([
        Length(rows),
        Length(gap),
        Fill(1),
        Length(gap),
        Length(offers),
    ])
    .areas(inner);
    canvas.draw_lines(words, said);
    if count == 0 {
        let nothing = report::sentence(report::NOTHING_YET);
        canvas.draw_line(list, Line::styled(nothing, theme.quiet));
    }
    draw_proofs(screen, one, model, canvas, list);
    widget::draw_offers(&OFFERS, KeyContext::Ladder, "", canvas, below.rows());
}

/// The columns from which on a proposal says its state, too.
const ROOM_FOR_STATE: u16 = 56;

fn draw_proofs(
    screen: &LadderPage,
    one: &ExpectationStanding,
    model: &Model,
    canvas: &mut Canvas,
    area: Rect,
) {
    let (theme, today) = (*canvas.theme, model.now().today());
    let proofs: Vec<_> = one.proofs().collect();
    widget::draw_list_lines(canvas, area, proofs.len(), screen.proof, |at| {
        let (state, proof) = proofs.get(at)?;
        let age = report::proof_age(proof, today);
        let (sign, style, words, lead) = match state {
            ProofState::Tied if proof.is_evidence => (sign::DONE, theme.good, theme.words, ""),
            ProofState::Tied => (sign::BEGUN, theme.begun, theme.words, "on its way"),
            ProofState::Proposed => (sign::OPEN, theme.label, theme.words, "proposed"),
            ProofState::Refused => (sign::NOTHING, theme.quiet, theme.quiet, "left out"),
        };
        let state = match lead {
            "" => age,
            _ if area.width >= ROOM_FOR_STATE => format!("{lead}, {age}"),
            // Its sign says the same.
            "proposed" => calendar::humanize(proof.day, today),
            _ => lead.to_owned(),
        };
        let row = Row::new(sign, style)
            .words(&proof.title, words)
            .state(&state, theme.quiet);
        Some(ListLine::Row(ClickTarget::Note(at), row))
    });
}
