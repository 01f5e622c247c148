//! Results in a line each, for a résumé or a list of what one did: the problem, the act, the number,
//! the day.
//!
//! What is missing is left out. Knows of practices only what they declare, and no output format.

use std::cmp::Reverse;

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;

use super::sheet::{LineDay, Sheet, SheetLine, SheetPart, SheetSubject};
use super::{Piece, PieceBody, Portfolio, PortfolioSection};
use crate::insight::improvement::improvement;
use crate::insight::public_page::attributed;
use crate::journal::{Item, Journal};
use crate::practice::{Catalog, Register, TITLE};

/// The page of results: what a portfolio includes that is a result by itself, or chosen and evidence.
/// Those with a number come first, then the newest.
pub(super) fn bullets(portfolio: &Portfolio, journal: &Journal, catalog: &Catalog) -> Sheet {
    let mut sheet = Sheet {
        subject: SheetSubject::Bullets,
        name: portfolio.name.clone(),
        about: portfolio.about.clone(),
        first: portfolio.first,
        until: portfolio.until,
        sections: Vec::new(),
    };
    let mut lines: Vec<(NaiveDate, SheetLine)> = portfolio
        .included_pieces()
        .filter(|(_, piece)| piece.can_be_result())
        .filter(|(section, piece)| piece.choice.is_some() || is_result(section, piece, catalog))
        .map(|(section, piece)| (piece.day, result_line(section, piece, journal, catalog)))
        .collect();
    lines.sort_by_key(|(day, line)| (line.number.is_empty(), Reverse(*day)));
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    sheet.push(SheetPart::Results, lines);
    sheet
}

/// Whether a piece is a result without being chosen: an item of a list that makes such lines, or a
/// commitment with a number in its evidence.
fn is_result(section: &PortfolioSection, piece: &Piece, catalog: &Catalog) -> bool {
    let register = section.register.as_deref();
    match &piece.body {
        PieceBody::Commitment(commitment) => numbered_sentence(&commitment.evidence).is_some(),
        PieceBody::Item(_) => register
            .and_then(|id| catalog.register(id))
            .is_some_and(|register| register.bullet.is_some()),
    }
}

/// A piece in one line.
pub(super) fn result_line(
    section: &PortfolioSection,
    piece: &Piece,
    journal: &Journal,
    catalog: &Catalog,
) -> SheetLine {
    let register = section.register.as_deref();
    let register = register.and_then(|id| catalog.register(id));
    let kept = register.zip(journal.item(&piece.id));
    let (text, number) = match (&piece.body, kept) {
        (PieceBody::Commitment(commitment), _) => {
            (evidence_sentence(&commitment.evidence), String::new())
        }
        (PieceBody::Item(_), Some((register, item))) => item_result(register, item),
        (PieceBody::Item(_), None) => (String::new(), String::new()),
    };
    let said_by = kept.and_then(|(register, item)| {
        let by = register.field(TITLE)?.said_by.as_deref()?;
        Some((item.title().to_owned(), item.text(by).to_owned()))
    });
    let (title, said_by) = said_by.unzip();
    SheetLine {
        id: piece.id.clone(),
        list: section.register.is_some().then(|| section.heading.clone()),
        title: title.unwrap_or_else(|| piece.title().to_owned()),
        text,
        number,
        state: piece.state.clone(),
        day: LineDay::Done(piece.day),
        due_before: Vec::new(),
        said_by,
    }
}

/// What was done with an item, in a sentence, and what changed, in numbers; each may be empty.
pub(in crate::insight) fn item_result(register: &Register, item: &Item) -> (String, String) {
    let bullet = register.bullet.as_ref();
    let says = bullet.into_iter().flat_map(|bullet| &bullet.says);
    let attributed = |text: &str, field: &str| {
        let field = register.field(field);
        field.map_or_else(|| text.to_owned(), |field| attributed(text, field, item))
    };
    let mut said = says.filter_map(|field| {
        let sentence = sentences(item.text(field)).next()?;
        Some(attributed(sentence, field))
    });
    let text = said.next().unwrap_or_default();
    let number = improvement(register, item).map(|improved| improved.describe());
    let number = number.unwrap_or_else(|| {
        let field = bullet.and_then(|bullet| bullet.number.as_deref());
        field.map_or("", |field| item.text(field).trim()).to_owned()
    });
    (text, number)
}

/// The sentence of some evidence that has a number, or else the first.
pub(in crate::insight) fn evidence_sentence(evidence: &str) -> String {
    let sentence = numbered_sentence(evidence).or_else(|| sentences(evidence).next());
    sentence.unwrap_or_default().to_owned()
}

fn numbered_sentence(text: &str) -> Option<&str> {
    sentences(text).find(|sentence| sentence.chars().any(char::is_numeric))
}

/// The sentences of a text (UAX #29).
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let sentences = text.unicode_sentences().map(str::trim);
    sentences.filter(|sentence| !sentence.is_empty())
}
