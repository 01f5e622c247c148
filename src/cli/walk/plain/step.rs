//! One question of a practice: its answer, or its list.

use super::answer_input::{list_choices, print_present, read_answer, report_invalid};
use super::{Answered, PlainWalk, item};
use crate::calendar::Week;
use crate::cli::{acts, field_values};
use crate::journal::rules::Act;
use crate::journal::{Answer, Id, period_for};
use crate::practice::{Ask, FieldKind, Practice, Step};
use crate::report;
use crate::text::{clip, escape_controls, quoted};

/// Asks one step, until the answer is valid. An empty line keeps an answer that is there.
pub(super) fn ask_step(
    practice: &Practice,
    step: &Step,
    week: Week,
    walk: &mut PlainWalk<'_, '_>,
) -> Answered {
    let period = period_for(practice.cadence, week);
    walk.print_line(format!("\n{}", escape_controls(&step.prompt)))?;
    let kind = match &step.ask {
        Ask::Answer(kind) => kind,
        Ask::Register(id) => {
            let Some(register) = practice.register(id) else {
                return Ok(());
            };
            return item::ask_list(register, week, walk);
        }
    };
    let journal = &walk.opened.journal;
    let present = journal.answer(period, &practice.id, &step.id).cloned();
    let before = journal.answer_before(period, &practice.id, &step.id);
    match (&present, before) {
        (Some(value), _) if !value.is_empty() => {
            print_present(&report::field_text(value, kind), walk.context)?;
        }
        (_, Some((_, value))) => {
            let last = clip(&quoted(&report::field_text(value, kind)), 72);
            walk.print_line(format!("  last time: {last}"))?;
        }
        _ => {}
    }
    let id = Id::answer(period, &practice.id, &step.id);
    walk.print_texts_beside(&id, "value")?;
    list_choices(kind.choices(), walk.context)?;
    loop {
        let words = read_answer(walk.context, *kind == FieldKind::Prose)?;
        let words = field_values::numbers_to_ids(&words, kind);
        let value = field_values::parse_value(kind, present.as_ref(), &words, walk.context);
        let done = value.and_then(|value| {
            let answer = Answer::new(period, practice.id.clone(), step.id.clone(), value);
            acts::perform(&Act::Answer(answer), walk.context, &walk.opened)
        });
        match done {
            Ok(done) => {
                walk.save_or_keep(&done.changes, &words)?;
                return Ok(());
            }
            Err(failure) => report_invalid(walk.context, &failure, kind.choices())?,
        }
    }
}
