//! A note that waits, and the places where it may belong.

use super::answer_input::{index_of, list_lines, read_answer};
use super::commitment::ask_commitment_from;
use super::{Answered, Left, PlainWalk};
use crate::calendar::Week;
use crate::cli::context::CommandContext;
use crate::insight::{NotePlaceKind, note_places};
use crate::journal::Id;
use crate::journal::rules::{Act, Placement, note_text};
use crate::text::{escape_controls, quoted};

/// The answers to “Where does it belong?”
const KINDS: [(&str, PlaceKind); 5] = [
    (
        "an answer of this week or month",
        PlaceKind::Chosen(NotePlaceKind::Answer, "Which question does it answer?"),
    ),
    (
        "a list",
        PlaceKind::Chosen(NotePlaceKind::List, "Which list does it belong to?"),
    ),
    ("a commitment", PlaceKind::Commitment),
    (
        "evidence of something open",
        PlaceKind::Chosen(NotePlaceKind::Evidence, "What is it evidence of?"),
    ),
    ("let it go", PlaceKind::LetGo),
];

/// A kind of place.
#[derive(Clone, Copy)]
enum PlaceKind {
    /// One of several, which this question asks for.
    Chosen(NotePlaceKind, &'static str),
    Commitment,
    LetGo,
}

/// Asks where a note belongs; an empty line leaves it in the inbox.
pub(super) fn ask_place(id: &Id, week: Week, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let Some(note) = walk.opened.journal.item(id) else {
        return Ok(());
    };
    let text = note_text(note, &walk.context.catalog);
    walk.print_line(format!("\nIn the inbox: {}", escape_controls(&text)))?;
    loop {
        walk.print_line("Where does it belong?")?;
        let at = ask_index(&KINDS.map(|(name, _)| name), walk.context)?;
        let act = match KINDS[at].1 {
            PlaceKind::Commitment => return ask_commitment_from(id, walk),
            PlaceKind::LetGo => Act::LetGo(id.clone()),
            PlaceKind::Chosen(kind, question) => {
                let basis = walk.basis();
                let places = note_places(kind, week, basis);
                let names: Vec<String> = places
                    .iter()
                    .map(|place| format!("{} · {}", place.within, place.name))
                    .collect();
                if names.is_empty() {
                    walk.print_line("  Nothing open takes evidence.")?;
                    continue;
                }
                walk.print_line(question)?;
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let at = match ask_index(&names, walk.context) {
                    Err(Left::Skipped | Left::Back) => continue,
                    asked => asked?,
                };
                Act::Place(Placement {
                    id: id.clone(),
                    to: places[at].to.clone(),
                })
            }
        };
        if walk.perform_and_report(act, &text)? {
            return Ok(());
        }
    }
}

/// Asks for one of some lines; returns its index.
fn ask_index(names: &[&str], context: &mut CommandContext<'_>) -> Answered<usize> {
    list_lines(names.iter().copied(), context)?;
    loop {
        let typed = read_answer(context, false)?;
        if let Some(at) = index_of(&typed, names) {
            return Ok(at);
        }
        let (typed, count) = (quoted(&typed), names.len());
        context.print_line(format!(
            "  “{typed}” is not one of them: a number from 1 to {count}, or its words"
        ))?;
    }
}
