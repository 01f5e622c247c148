//! A portfolio as one JSON object, whose shape is a promise.
//!
//! - `span` (`2026-Q4`, `2026`, or two days with a slash between), `first` and `until` (the days that
//!   count), `name` and `summary` (texts, which may be empty), `about` (a list of `label` and `text`),
//!   `responsibilities` (a list of texts);
//! - `results`: what the first page has, each with `id`, `title`, `number`, `words` and `day`; `open`:
//!   what it lists as open, each with `id`, `title`, `state` and `day`;
//! - `figures`: `kept`, `kept_by_first_date`, `problems_solved`, and `months`, a list of `month`, `kept`,
//!   `solved`, from the first month of the journal; if the user included something missed, also
//!   `missed`, `let_go` and `first_dates`, and `missed` of each month;
//! - `sections`: a list of `heading`, `register` (null for commitments), `spreads` (a list of
//!   `heading` and `rows`: `label`, `titles`) and `entries`: what the portfolio includes, each with
//!   `id`, `day`, `state`, `title`; of a commitment also `area`, `first_due`, `moves` (how
//!   often to a later day) and `evidence`; of an item `improved` (null, or `numbers` and `change`), `fields` (a list of
//!   `heading` and `text`) and `stages` (a list of `reached` and `fields`);
//! - `month_sentences`: a list of `month` and `text`, if asked for;
//! - `people`: a list of `heading` and `names` (`name`, `times`);
//! - `lines`: a list of `heading`, `degrees` and `weeks` (`week`, `degree`: a number from 0, or null).
//!
//! Texts are whole, also where the page cuts them to fit. Days are ISO 8601. What could control a terminal is written as `\uXXXX`.

use serde_json::{Value as Json, json};

use super::PortfolioExtent;
use super::length::Behind;
use super::sentences::{listed_open_pieces, section_heading, shows_missed};
use crate::insight::{
    Piece, PieceBody, Portfolio, PortfolioSection, PublicPage, PublicValue, ResultOutcome,
};
use crate::journal::DueShift;
use crate::report::json::{counted_names, json_object, labelled_texts};

/// A portfolio as one JSON object on one line, with a newline at its end.
pub(super) fn portfolio_json(portfolio: &Portfolio, extent: PortfolioExtent) -> String {
    let behind = Behind::of(portfolio, extent);
    let responsibilities = portfolio.responsibilities.iter();
    let responsibilities = responsibilities.map(|(_, title)| json!(title));
    let results = portfolio.first_pieces().into_iter().map(result_json);
    let open = listed_open_pieces(portfolio).into_iter().map(open_json);
    let written = behind.sections(portfolio);
    let sections = portfolio.sections.iter().map(|section| {
        let mut written = written.iter();
        let pieces = written.find(|(it, _)| it.register == section.register);
        section_json(section, pieces.map_or(&[], |(_, pieces)| pieces))
    });
    let months = portfolio
        .month_sentences
        .iter()
        .filter(|_| behind.has_sentences);
    let months = months.map(|(month, text)| json!({ "month": month.to_string(), "text": text }));
    let people =
        portfolio.people.iter().take(behind.people).map(
            |people| json!({ "heading": people.heading, "names": counted_names(&people.names) }),
        );
    let lines = portfolio.scales.iter().take(behind.scales).map(|scale| {
        let weeks: Json = scale
            .weeks
            .iter()
            .map(|(week, degree)| json!({ "week": week.to_string(), "degree": degree }))
            .collect();
        json!({
            "heading": scale.heading,
            "degrees": scale.degrees,
            "weeks": weeks,
        })
    });
    json_object(&[
        ("span", json!(portfolio.span.to_string())),
        ("first", json!(portfolio.first.to_string())),
        ("until", json!(portfolio.until.to_string())),
        ("name", json!(portfolio.name)),
        ("about", labelled_texts(&portfolio.about)),
        ("responsibilities", responsibilities.collect()),
        ("summary", json!(portfolio.summary)),
        ("results", results.collect()),
        ("open", open.collect()),
        ("figures", figures_json(portfolio)),
        ("sections", sections.collect()),
        ("month_sentences", months.collect()),
        ("people", people.collect()),
        ("lines", lines.collect()),
    ]) + "\n"
}

fn result_json(piece: &Piece) -> Json {
    let ResultOutcome { number, words } = piece.outcome();
    json!({
        "id": piece.id.as_str(),
        "title": piece.title(),
        "number": number,
        "words": words,
        "day": piece.day.to_string(),
    })
}

fn open_json(piece: &Piece) -> Json {
    json!({
        "id": piece.id.as_str(),
        "title": piece.title(),
        "state": piece.state,
        "day": piece.day.to_string(),
    })
}

fn figures_json(portfolio: &Portfolio) -> Json {
    let (figures, shows_missed) = (&portfolio.figures, shows_missed(portfolio));
    let months = portfolio.months.iter().map(|month| {
        let mut said = json!({
            "month": month.month.to_string(),
            "kept": month.kept,
            "solved": month.solved,
        });
        if shows_missed {
            said["missed"] = json!(month.missed);
        }
        said
    });
    let mut said = json!({
        "kept": figures.commitments.kept,
        "kept_by_first_date": figures.kept_by_first_date,
        "problems_solved": figures.problems_solved,
        "months": months.collect::<Json>(),
    });
    if shows_missed {
        said["missed"] = json!(figures.commitments.missed);
        said["let_go"] = json!(figures.commitments.let_go);
        said["first_dates"] = json!(figures.first_dates);
    }
    said
}

fn section_json(section: &PortfolioSection, pieces: &[&Piece]) -> Json {
    // A section that is not written has none of its titles here either.
    let spreads = section.spreads.iter().filter(|_| !pieces.is_empty());
    let spreads = spreads.map(|spread| {
        let rows: Json = spread
            .rows
            .iter()
            .map(|(label, titles)| json!({ "label": label, "titles": titles }))
            .collect();
        json!({ "heading": spread.heading, "rows": rows })
    });
    json!({
        "heading": section_heading(section),
        "register": section.register,
        "spreads": spreads.collect::<Json>(),
        "entries": pieces.iter().map(|piece| piece_json(piece)).collect::<Json>(),
    })
}

fn piece_json(piece: &Piece) -> Json {
    let mut entry = match &piece.body {
        PieceBody::Commitment(pledge) => json!({
            "area": pledge.area,
            "first_due": pledge.first_due.to_string(),
            "moves": pledge.moved.map_or(0, DueShift::times_later),
            "evidence": pledge.evidence,
        }),
        PieceBody::Item(story) => item_json(story),
    };
    entry["id"] = json!(piece.id.as_str());
    entry["day"] = json!(piece.day.to_string());
    entry["state"] = json!(piece.state);
    entry["title"] = json!(piece.title());
    entry
}

/// One item as a page of its own: its `title`, and what a portfolio has of it.
pub(in crate::report) fn page_json(story: &PublicPage) -> String {
    let page = item_json(story);
    let member = |name| (name, page[name].clone());
    json_object(&[
        ("title", json!(story.title)),
        member("improved"),
        member("fields"),
        member("stages"),
    ]) + "\n"
}

fn item_json(story: &PublicPage) -> Json {
    let stages: Json = story
        .stages
        .iter()
        .map(|stage| json!({ "reached": stage.label, "fields": fields_json(&stage.fields) }))
        .collect();
    let improved = story.improved.as_ref();
    let improved = improved.map(|it| json!({ "numbers": it.numbers, "change": it.change }));
    json!({
        "improved": improved,
        "fields": fields_json(&story.sections),
        "stages": stages,
    })
}

fn fields_json(fields: &[(String, PublicValue)]) -> Json {
    let said = |said: &PublicValue| match said {
        PublicValue::Prose(text) | PublicValue::Line(text) | PublicValue::Location(text) => {
            text.clone()
        }
        PublicValue::Lines(lines) => lines.join("\n"),
    };
    fields
        .iter()
        .map(|(heading, text)| json!({ "heading": heading, "text": said(text) }))
        .collect()
}
