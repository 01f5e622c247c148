//! One entry with all its fields, for people.

use chrono::NaiveDate;

use super::describe;
use crate::calendar;
use crate::insight::improvement;
use crate::journal::rules::{Basis, evidence_with_notes};
use crate::journal::{Answer, Body, Commitment, Entry, Id, Item, Journal, OffDays};
use crate::practice::{Catalog, Field, ORIGIN_KEY, Register};
use crate::text::escape_controls;

/// One entry, its fields one below the other; every line ends in a newline.
pub fn entry_page(entry: &Entry, journal: &Journal, catalog: &Catalog, today: NaiveDate) -> String {
    let mut page = AlignedPage::default();
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => page.heading("Deleted", "entry"),
        Body::Choice(choice) => page.heading(choice.entry.as_str(), &choice.label()),
        Body::Answer(answer) => show_answer(&mut page, answer, entry, catalog, today),
        Body::Item(item) => show_item(&mut page, item, journal, catalog, today),
        Body::Commitment(commitment) => {
            show_commitment(&mut page, commitment, journal, catalog, today);
            let basis = Basis {
                journal,
                catalog,
                today,
            };
            if let Some(noted) = evidence_with_notes(&entry.id, "", basis) {
                page.field("noted", &noted);
            }
        }
    }
    let unsettled = journal.unsettled(&entry.id);
    if !unsettled.is_empty() || journal.has_newer(&entry.id) {
        page.blank_line();
    }
    for field in unsettled {
        let name = super::field_name(&entry.id, &field.field, journal, catalog);
        let texts = super::unsettled_texts(field, entry, catalog, today).into_iter();
        let texts: Vec<String> = (1..)
            .zip(texts)
            .map(|(at, text)| format!("{at} {text}"))
            .collect();
        page.field("≠ unsettled", &format!("{name}\n{}", texts.join("\n")));
    }
    if journal.has_newer(&entry.id) {
        page.field(
            "≠ newer",
            "a newer leadby wrote a version that is not shown here",
        );
    }
    page.blank_line();
    page.field("id", entry.id.as_str());
    if entry.rev > 0 {
        let written = super::written_at(entry, today);
        page.field("version", &format!("{}, written {written}", entry.rev));
    }
    page.into_text()
}

fn show_commitment(
    page: &mut AlignedPage,
    commitment: &Commitment,
    journal: &Journal,
    catalog: &Catalog,
    today: NaiveDate,
) {
    let off = OffDays::of(journal, catalog);
    let state = describe::urgency(commitment, &off, today);
    page.heading(&commitment.better, &format!("commitment · {state}"));
    page.field("area", &commitment.area);
    page.field(
        "due",
        &calendar::date_and_distance(off.due_day(commitment), today),
    );
    page.field("made", &calendar::date_and_distance(commitment.made, today));
    if let Some(moved) = super::due_history(commitment, &off, today) {
        let mut lines = vec![moved];
        let moves = commitment.moves.iter();
        lines.extend(moves.map(|moved| describe::move_text(moved, today)));
        page.field("dates", &lines.join("\n"));
    }
    if let Some(closing) = &commitment.closing {
        let day = calendar::date_and_distance(closing.on, today);
        page.field(closing.how.name(), &day);
        page.field("evidence", &closing.evidence);
    }
    if let Some(origin) = &commitment.origin {
        let text = describe::origin_text(origin, journal, catalog);
        page.field("came from", &text);
    }
}

fn show_answer(
    page: &mut AlignedPage,
    answer: &Answer,
    entry: &Entry,
    catalog: &Catalog,
    today: NaiveDate,
) {
    let practice = catalog.practice(&answer.practice);
    let step = practice.and_then(|practice| practice.step(&answer.step));
    let name = practice.map_or(&answer.practice, |practice| &practice.name);
    let prompt = step.map_or(&answer.step, |step| &step.prompt);
    let period = describe::state_name(entry, catalog, &OffDays::default(), today);
    page.heading(prompt, &format!("{name} · {period}"));
    page.blank_line();
    page.paragraph(&describe::answer_text(answer, catalog));
}

fn show_item(
    page: &mut AlignedPage,
    item: &Item,
    journal: &Journal,
    catalog: &Catalog,
    today: NaiveDate,
) {
    let register = catalog.register(&item.register);
    let singular = register.map_or(&item.register, |register| &register.singular);
    let stage = describe::stage_name(item, catalog);
    let under = if stage.is_empty() {
        singular.clone()
    } else {
        format!("{singular} · {stage}")
    };
    page.heading(item.title(), &under);
    let known: &[Field] = register.map_or(&[], |register| &register.fields);
    for field in known.iter().filter(|field| field.id != "title") {
        if let Some(value) = item.values.get(&field.id) {
            page.field(&field.label, &describe::field_text(value, &field.kind));
        }
    }
    if let Some(improved) = register.and_then(|register| improvement(register, item)) {
        page.field("in numbers", &improved.describe());
    }
    for stage in register.map_or(&[][..], |register| &register.stages) {
        if let Some(day) = item.day(&stage.id) {
            page.field(&stage.name, &calendar::date_and_distance(day, today));
        }
    }
    let origin = Id::new(item.text(ORIGIN_KEY));
    if !origin.as_str().is_empty() {
        let text = describe::origin_text(&origin, journal, catalog);
        // A note does not come from a commitment: it was placed there.
        let is_note = register.is_some_and(|register| register.inbox.is_some());
        let label = if is_note { "evidence of" } else { "came from" };
        page.field(label, &text);
    }
    let unknown = item
        .values
        .iter()
        .filter(|(name, _)| !is_known_key(register, name));
    for (name, value) in unknown {
        page.field(name, &describe::value_text(value, None));
    }
}

fn is_known_key(register: Option<&Register>, name: &str) -> bool {
    name == "title"
        || name == ORIGIN_KEY
        || register.is_some_and(|register| {
            register.field(name).is_some() || register.stage(name).is_some()
        })
}

/// The lines of a page; the names of fields get one width at the end.
#[derive(Default)]
struct AlignedPage {
    lines: Vec<(String, String)>,
}

impl AlignedPage {
    fn heading(&mut self, title: &str, under: &str) {
        for line in title.lines() {
            self.lines.push((String::new(), escape_controls(line)));
        }
        self.lines
            .push((String::new(), format!("  {}", escape_controls(under))));
    }

    fn blank_line(&mut self) {
        self.lines.push((String::new(), String::new()));
    }

    fn paragraph(&mut self, text: &str) {
        for line in text.lines() {
            self.lines
                .push((String::new(), format!("  {}", escape_controls(line))));
        }
    }

    /// A field with its name before the first line; nothing if it is empty.
    fn field(&mut self, name: &str, text: &str) {
        for (number, line) in text.lines().enumerate() {
            let name = if number == 0 {
                escape_controls(name)
            } else {
                " ".to_owned()
            };
            self.lines.push((name, escape_controls(line)));
        }
    }

    fn into_text(self) -> String {
        let widths = self.lines.iter().map(|(name, _)| crate::text::width(name));
        let width = widths.max().unwrap_or(0);
        let mut text = String::new();
        for (name, line) in &self.lines {
            let line = if name.is_empty() {
                line.clone()
            } else {
                format!("  {}  {line}", crate::text::fit(name, width))
            };
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::journal::Id;

    fn shown(id: &str) -> String {
        let journal = samples::journal();
        let entry = journal.current(&Id::new(id)).expect("an entry");
        entry_page(entry, &journal, &samples::catalog(), samples::now().today())
    }

    #[test]
    fn a_moved_commitment_shows_every_date_it_had() {
        insta::assert_snapshot!(shown("0193c000-0000-7000-8000-00000001aaaa"), @r"
        Inbox rules
          commitment · overdue
          area     process
          due      Fri 20 Nov · 4 days ago
          made     Mon 2 Nov · 3 weeks ago
          dates    moved twice, first due Fri 6 Nov
                   Fri 6 Nov to Fri 13 Nov: waiting for Ana
                   Fri 13 Nov to Fri 20 Nov

          id       0193c000-0000-7000-8000-00000001aaaa
          version  1, written Tue 24 Nov at 09:15
        ");
    }

    #[test]
    fn a_kept_commitment_shows_its_evidence() {
        insta::assert_snapshot!(shown("0193c000-0000-7000-8000-00000000bbbb"), @r"
        Stand-up starts on time
          commitment · kept
          area      process
          due       Fri 30 Oct · 3 weeks ago
          made      Mon 2 Nov · 3 weeks ago
          kept      Fri 30 Oct · 3 weeks ago
          evidence  five days of five

          id        0193c000-0000-7000-8000-00000000bbbb
          version   1, written Tue 24 Nov at 09:15
        ");
    }

    #[test]
    fn an_item_shows_its_fields_by_their_labels() {
        insta::assert_snapshot!(shown("0193c000-0000-7000-8000-00000000cccc"), @r#"
        Nobody owned
        the runbook    日本
          problem · solved
          Where    Right here, in \ Łódź
          Notes    2026-11-03  found ␛[2J
          spotted  Tue 3 Nov · 3 weeks ago
          solved   Thu 19 Nov · 5 days ago

          id       0193c000-0000-7000-8000-00000000cccc
          version  1, written Tue 24 Nov at 09:15
        "#);
    }

    #[test]
    fn an_answer_shows_its_question() {
        insta::assert_snapshot!(shown("answer/2026-W48/audit/scale"), @r"
        How was it?
          Audit · week 48

          Good work

          id       answer/2026-W48/audit/scale
          version  1, written Tue 24 Nov at 09:15
        ");
    }
}
