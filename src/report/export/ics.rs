//! Commitments for a calendar: iCalendar, RFC 5545.
//!
//! A commitment is an all-day event on the day it is due, or on the first day back if that is off, with a reminder at nine. It is not a
//! to-do, which would fit better: the calendars of Google and Outlook silently skip to-dos, and
//! Apple's shows them elsewhere, while all of them show an event. It blocks no time (`TRANSP`), and
//! is private in a shared calendar (`CLASS`).
//!
//! A commitment has the same `UID` in every export, and its version as `SEQUENCE`, so importing
//! again moves it instead of adding another. No clock is read: the same journal gives the same
//! bytes.

use std::iter::once;

use chrono::{Datelike, NaiveDate, Utc};

use super::ExportScope;
use crate::calendar::Timestamp;
use crate::journal::{Commitment, CommitmentOutcome, Entry, OffDays};
use crate::text::{capitalized, escape_controls, one_line};

/// Most octets in a line, without its newline.
const MAX_LINE: usize = 75;

/// The open commitments, or `all` of them, as a calendar.
pub fn ics_calendar(scope: ExportScope<'_>, all: bool) -> impl Iterator<Item = String> {
    let head = IcsLines::default()
        .property("BEGIN", "VCALENDAR")
        .property("VERSION", "2.0")
        .property(
            "PRODID",
            concat!("-//leadby//leadby ", env!("CARGO_PKG_VERSION"), "//EN"),
        )
        .property("CALSCALE", "GREGORIAN")
        .text_property("NAME", "leadby")
        .text_property("X-WR-CALNAME", "leadby");
    let entries = scope.entries().filter(move |entry| is_event(entry, all));
    let off = OffDays::of(scope.journal, scope.catalog);
    let events = entries
        .filter_map(|entry| Some((entry, entry.body.as_commitment()?)))
        .map(move |(entry, commitment)| {
            let versions = scope.journal.versions(&entry.id);
            let created = versions.iter().map(|entry| entry.at).min();
            let due = off.due_day(commitment);
            event(entry, (commitment, due), created.unwrap_or(entry.at))
        });
    let tail = IcsLines::default().property("END", "VCALENDAR");
    once(head.0).chain(events).chain(once(tail.0))
}

/// Whether an entry is in a calendar of what is open, or of `all` commitments.
pub(super) fn is_event(entry: &Entry, all: bool) -> bool {
    let commitment = entry.body.as_commitment();
    commitment.is_some_and(|commitment| all || commitment.is_open())
}

fn event(entry: &Entry, (commitment, due): (&Commitment, NaiveDate), created: Timestamp) -> String {
    // Newer versions have greater numbers; a number has 31 bits.
    let sequence = entry
        .rev
        .saturating_sub(1)
        .min(i32::MAX.unsigned_abs().into());
    let mut lines = IcsLines::default()
        .property("BEGIN", "VEVENT")
        .text_property("UID", entry.id.as_str())
        .property("DTSTAMP", &utc_time(entry.at))
        .property("CREATED", &utc_time(created))
        .property("LAST-MODIFIED", &utc_time(entry.at))
        .property("SEQUENCE", &sequence.to_string())
        .property("DTSTART;VALUE=DATE", &ics_date(due));
    let next = due.succ_opt().filter(|next| next.year() <= 9999);
    if let Some(next) = next {
        lines = lines.property("DTEND;VALUE=DATE", &ics_date(next));
    }
    let how = commitment.closing.as_ref().map(|closing| closing.how);
    let better = one_line(&commitment.better);
    let summary = match how {
        Some(how) => format!("{}: {better}", capitalized(how.name())),
        None => better.clone(),
    };
    lines = lines.text_property("SUMMARY", &summary);
    let description = description(commitment);
    if !description.is_empty() {
        lines = lines.text_property("DESCRIPTION", &description);
    }
    if !commitment.area.trim().is_empty() {
        lines = lines.text_property("CATEGORIES", &one_line(&commitment.area));
    }
    let status = match how {
        Some(CommitmentOutcome::LetGo) => "CANCELLED",
        Some(CommitmentOutcome::Kept | CommitmentOutcome::Missed) | None => "CONFIRMED",
    };
    lines = lines
        .property("STATUS", status)
        .property("TRANSP", "TRANSPARENT")
        .property("CLASS", "PRIVATE");
    if how.is_none() {
        lines = lines
            .property("BEGIN", "VALARM")
            .property("ACTION", "DISPLAY")
            .text_property("DESCRIPTION", &better)
            .property("TRIGGER", "PT9H")
            .property("END", "VALARM");
    }
    lines.property("END", "VEVENT").0
}

/// What the summary does not say.
fn description(commitment: &Commitment) -> String {
    let mut lines = Vec::new();
    if commitment.better.trim().contains(['\n', '\r']) {
        lines.push(commitment.better.trim().to_owned());
    }
    for moved in &commitment.moves {
        let why = after_colon(&moved.why);
        lines.push(format!("Moved from {} to {}{why}", moved.from, moved.to));
    }
    if let Some(closing) = &commitment.closing {
        let evidence = after_colon(&closing.evidence);
        let how = capitalized(closing.how.name());
        lines.push(format!("{how} on {}{evidence}", closing.on));
    }
    lines.join("\n")
}

fn after_colon(words: &str) -> String {
    if words.trim().is_empty() {
        String::new()
    } else {
        format!(": {}", words.trim())
    }
}

fn ics_date(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

fn utc_time(at: Timestamp) -> String {
    at.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()
}

/// Content lines, each folded and ended as the format requires.
#[derive(Default)]
struct IcsLines(String);

impl IcsLines {
    /// A property that is not text and needs no escapes.
    fn property(mut self, name: &str, value: &str) -> Self {
        fold_line(&format!("{name}:{value}"), &mut self.0);
        self
    }

    /// A property that is text.
    fn text_property(self, name: &str, text: &str) -> Self {
        let text = escape_text(text);
        self.property(name, &text)
    }
}

/// A text as a value of type TEXT.
fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in escape_controls(&text.replace("\r\n", "\n")).chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Adds a line to `lines`, folded at the allowed length, never inside a character.
fn fold_line(line: &str, lines: &mut String) {
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > MAX_LINE {
            lines.push_str("\r\n ");
            octets = 1;
        }
        lines.push(character);
        octets += character.len_utf8();
    }
    lines.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::samples;
    use super::*;
    use crate::journal::{Body, Journal};

    fn exported(journal: &Journal, all: bool) -> String {
        let catalog = samples::catalog();
        let scope = ExportScope {
            journal,
            catalog: &catalog,
            span: None,
            include_private: false,
        };
        ics_calendar(scope, all).collect()
    }

    #[test]
    fn an_open_commitment_is_an_event_of_a_whole_day() {
        let mut moving = samples::commitment("One owner; for every \\ step", "2026-11-20");
        moving.move_to(
            samples::day("2026-11-27"),
            samples::day("2026-11-20"),
            "Ana, ill",
        );
        let id = "0193c000-0000-7000-8000-00000000aaaa";
        let journal = Journal::fold([samples::entry(id, Body::Commitment(moving))]);
        insta::assert_snapshot!(exported(&journal, false).replace("\r\n", "\n"), @r"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//leadby//leadby 0.1.0//EN
        CALSCALE:GREGORIAN
        NAME:leadby
        X-WR-CALNAME:leadby
        BEGIN:VEVENT
        UID:0193c000-0000-7000-8000-00000000aaaa
        DTSTAMP:20261124T081502Z
        CREATED:20261124T081502Z
        LAST-MODIFIED:20261124T081502Z
        SEQUENCE:0
        DTSTART;VALUE=DATE:20261127
        DTEND;VALUE=DATE:20261128
        SUMMARY:One owner\; for every \\ step
        DESCRIPTION:Moved from 2026-11-20 to 2026-11-27: Ana\, ill
        CATEGORIES:process
        STATUS:CONFIRMED
        TRANSP:TRANSPARENT
        CLASS:PRIVATE
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:One owner\; for every \\ step
        TRIGGER:PT9H
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        ");
    }

    #[test]
    fn what_ended_is_there_only_when_all_are_wanted() {
        let journal = samples::journal();
        assert!(!exported(&journal, false).contains("Stand-up"));
        let all = exported(&journal, true);
        assert!(
            all.contains("SUMMARY:Kept: Stand-up starts on time\r\n"),
            "{all}"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_written_another_reader_reads(
            better in "[,;:\\\\\"n]{0,6}.{0,90}\n?.{0,90}",
            area in "[,;\\\\ a]{0,5}.{0,9}",
            why in "(.|\n|\r|\t){0,90}",
        ) {
            use icalendar::{Calendar, Component};

            let mut written = samples::commitment(&better, "2026-11-20");
            written.area = area;
            written.move_to(samples::day("2026-11-27"), samples::day("2026-11-20"), why.clone());
            let journal = Journal::fold([samples::entry("c", Body::Commitment(written))]);
            let read: Calendar = exported(&journal, false).parse().expect("a calendar");
            let event = read.components[0].as_event().expect("an event");
            prop_assert_eq!(event.get_summary().unwrap_or_default(), one_line(&better));
            let description = event.get_description().unwrap_or_default();
            let why = escape_controls(&after_colon(&why).replace("\r\n", "\n"));
            let moved = format!("Moved from 2026-11-20 to 2026-11-27{why}");
            prop_assert!(description.ends_with(&moved), "{:?}", description);
        }

        #[test]
        fn no_line_is_too_long_and_unfolding_gives_the_words(text in ".{0,300}") {
            let mut lines = String::new();
            fold_line(&format!("SUMMARY:{}", escape_text(&text)), &mut lines);
            for line in lines.split("\r\n") {
                prop_assert!(line.len() <= MAX_LINE, "{line}");
                prop_assert!(!line.contains(|it: char| it.is_control()), "{line:?}");
            }
            let unfolded = lines.replace("\r\n ", "");
            prop_assert_eq!(unfolded, format!("SUMMARY:{}\r\n", escape_text(&text)));
        }
    }
}
