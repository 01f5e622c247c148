//! What stands for the expectations of a career ladder: for a terminal, as a page, as JSON.
//!
//! # JSON
//! One object: `name`, `level` (its name, or null for all), `expectations`. Each has `id`, `level` and
//! `area` (ids), `text`, `standing` (`evidence`, `proposed` or `none`), and the entries `evidence`,
//! `under_way` and `proposed`, each with `id`, `register` (null for a commitment), `title`, `state` and
//! `day`.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::html::page_html;
use super::json::json_object;
use super::markdown::page_markdown;
use super::page::{Block, Page, PageRow, Run, Under};
use super::{PageFormat, sentence, short_ids};
use crate::calendar;
use crate::insight::{Coverage, ExpectationStanding, LadderStanding, Proof};
use crate::journal::Journal;
use crate::text::{self, counted_noun, one_line};

/// The text beside an expectation without evidence.
pub const NOTHING_YET: &str = "nothing yet";

/// The same on a page, where what is only proposed is not told.
const NOTHING_CHOSEN: &str = "nothing chosen yet";

/// How many proposals are listed of an expectation.
const PROPOSALS: usize = 3;

/// "3 of 7 expectations have evidence, 2 have something to add, 2 have nothing yet".
pub fn ladder_summary(standing: &LadderStanding) -> String {
    let count = |which: Coverage| {
        let all = standing.expectations.iter();
        all.filter(|it| it.coverage() == which).count()
    };
    let mut said = evidence_summary(standing);
    for (which, what) in [
        (Coverage::Proposed, "something to add"),
        (Coverage::None, NOTHING_YET),
    ] {
        let number = count(which);
        if number > 0 {
            said.push_str(&format!(", {number} {} {what}", have(number)));
        }
    }
    said
}

/// "3 of 7 expectations have evidence".
fn evidence_summary(standing: &LadderStanding) -> String {
    let evidence = standing.evidence_count();
    let all = standing.expectation_count();
    let have = have(if all == 1 { all } else { evidence });
    let expectations = counted_noun(all, "expectation");
    format!("{evidence} of {expectations} {have} evidence")
}

fn have(number: usize) -> &'static str {
    if number == 1 { "has" } else { "have" }
}

/// What a page says of an expectation that nothing was tied to.
fn without_evidence(one: &ExpectationStanding) -> &'static str {
    match one.coverage() {
        Coverage::None => NOTHING_YET,
        Coverage::Proposed | Coverage::Evidence => NOTHING_CHOSEN,
    }
}

/// What follows the title of evidence on a page: what came of it, its state and its age.
fn proof_facts(proof: &Proof, today: NaiveDate) -> Vec<String> {
    let outcome = one_line(&proof.outcome);
    let outcome = outcome.trim().trim_end_matches('.').to_owned();
    let facts = [outcome, proof_age(proof, today)].into_iter();
    facts.filter(|fact| !fact.is_empty()).collect()
}

/// "A ladder of scope · Lead", or the name alone.
pub fn ladder_title(standing: &LadderStanding) -> String {
    match &standing.level {
        Some(level) => format!("{} · {}", standing.name, level),
        None => standing.name.clone(),
    }
}

/// "learned 3 weeks ago": the state and the age of what stands for an expectation.
pub fn proof_age(proof: &Proof, today: NaiveDate) -> String {
    let ago = calendar::humanize(proof.day, today);
    one_line(&format!("{} {ago}", proof.state))
        .trim()
        .to_owned()
}

/// The parts of a ladder, each with its heading: the areas of the level, or of every level.
fn parts(standing: &LadderStanding) -> Vec<(String, Vec<&ExpectationStanding>)> {
    let mut parts: Vec<(String, Vec<&ExpectationStanding>)> = Vec::new();
    for one in &standing.expectations {
        let heading = match &standing.level {
            Some(_) => one.area.clone(),
            None => format!("{} · {}", one.level, one.area),
        };
        match parts.last_mut() {
            Some((last, ones)) if *last == heading => ones.push(one),
            _ => parts.push((heading, vec![one])),
        }
    }
    parts
}

/// The lines for a terminal of so many columns; without them, lines are not wrapped.
pub fn ladder_lines(
    standing: &LadderStanding,
    journal: &Journal,
    today: NaiveDate,
    columns: Option<usize>,
) -> Vec<String> {
    let short = short_ids(journal.entries());
    let mut lines = vec![
        one_line(&ladder_title(standing)),
        format!("{}.", ladder_summary(standing)),
    ];
    let proof_line = |lead: &str, proof: &Proof| {
        let short = short.get(&proof.id).copied();
        let id = one_line(short.unwrap_or(proof.id.as_str()));
        let (title, age) = (one_line(&proof.title), proof_age(proof, today));
        format!("    {lead}  {title} · {age}  ({id})")
    };
    for (heading, ones) in parts(standing) {
        lines.extend([String::new(), one_line(&heading)]);
        for one in ones {
            let expectation = &one.expectation;
            let (text, id) = (one_line(&expectation.text), one_line(&expectation.id));
            let said = format!("{text}  ({id})");
            let wrapped = match columns {
                Some(columns) => text::wrap(&said, columns.saturating_sub(2), said.len()),
                None => vec![said],
            };
            lines.extend(wrapped.iter().map(|line| format!("  {line}")));
            lines.extend(one.evidence().map(|it| proof_line("evidence", it)));
            lines.extend(one.under_way().map(|it| proof_line("on its way", it)));
            let proposed = one.proposed.iter().take(PROPOSALS);
            lines.extend(proposed.map(|it| proof_line("proposed", it)));
            if one.proposed.len() > PROPOSALS {
                let more = one.proposed.len() - PROPOSALS;
                lines.push(format!("    and {more} more proposed"));
            }
            if one.coverage() == Coverage::None {
                lines.push(format!("    {NOTHING_YET}"));
            }
        }
    }
    lines
}

/// A ladder as a page for others.
pub fn ladder_page(standing: &LadderStanding, format: PageFormat, today: NaiveDate) -> String {
    let standing = standing.clone().for_others();
    match format {
        PageFormat::Markdown => page_markdown(&page(&standing, today)),
        PageFormat::Html => page_html(&page(&standing, today)),
        PageFormat::Json => ladder_json(&standing),
    }
}

/// What a page of a ladder says. What is only proposed is not on it.
fn page(standing: &LadderStanding, today: NaiveDate) -> Page {
    let title = ladder_title(standing);
    let sections = (1..).zip(parts(standing)).map(|(number, (heading, ones))| {
        let ones = ones.into_iter().map(|one| expectation(one, today));
        Block::Section(format!("area-{number}"), heading, ones.collect())
    });
    Page {
        heading: Run::Text(title.clone()),
        title,
        under: vec![Under::Summary(sentence(&evidence_summary(standing)))],
        about: Vec::new(),
        blocks: sections.collect(),
        as_of: Some(today),
    }
}

/// An expectation with what was tied to it: evidence, then what is on its way.
fn expectation(one: &ExpectationStanding, today: NaiveDate) -> Block {
    let row = |lead: &str, proof: &Proof| {
        let runs = vec![Run::Own(lead.to_owned()), Run::Text(proof.title.clone())];
        PageRow::Line(runs, proof_facts(proof, today))
    };
    let evidence = one.evidence().map(|proof| row("", proof));
    let under_way = one.under_way().map(|proof| row("On its way: ", proof));
    let tied = if one.tied.is_empty() {
        Block::Text("quiet", sentence(without_evidence(one)))
    } else {
        Block::List("", evidence.chain(under_way).collect())
    };
    Block::Statement(one.expectation.text.clone(), vec![tied])
}

/// A ladder as one object; it ends in a newline.
fn ladder_json(standing: &LadderStanding) -> String {
    json_object(&[
        ("name", json!(standing.name)),
        ("level", json!(standing.level)),
        (
            "expectations",
            standing.expectations.iter().map(expectation_json).collect(),
        ),
    ]) + "\n"
}

fn expectation_json(one: &ExpectationStanding) -> Json {
    let expectation = &one.expectation;
    json!({
        "id": expectation.id,
        "level": expectation.level,
        "area": expectation.area,
        "text": expectation.text,
        "standing": match one.coverage() {
            Coverage::Evidence => "evidence",
            Coverage::Proposed => "proposed",
            Coverage::None => "none",
        },
        "evidence": one.evidence().map(proof_json).collect::<Json>(),
        "under_way": one.under_way().map(proof_json).collect::<Json>(),
        "proposed": one.proposed.iter().map(proof_json).collect::<Json>(),
    })
}

fn proof_json(proof: &Proof) -> Json {
    json!({
        "id": proof.id.as_str(),
        "register": proof.register,
        "title": proof.title,
        "state": proof.state,
        "day": proof.day.to_string(),
    })
}
