//! The journal as text: for the command line, for scripts, for a status bar.
//!
//! Pure: entries in, text out. Knows nothing of files, terminals, arguments or the clock. No
//! character in its text controls the terminal.

mod acts;
mod answers;
mod changes;
mod days;
mod describe;
mod export;
mod format;
mod highlight;
mod html;
mod json;
mod ladder;
mod list;
mod markdown;
mod marks;
mod page;
mod people;
mod portfolio;
mod presets;
mod public_page;
mod remind;
mod review;
mod show;
mod status;
mod trends;
mod unsettled;
mod version_graph;
mod year_figures;

pub use crate::journal::{Selection, find_practice, find_register, same_name};
pub use acts::{UNDONE_IMPORT, act_result, refusal, sentence};
pub use answers::{all_answers, answer_changes, change_amount};
pub use changes::{
    VersionSummary, day_undone, entry_name, field_changes, history, last_with_content,
    undo_effects, version_summaries, written_at,
};
pub use describe::{
    day_range, entry_text, entry_title, field_text, item_state, kind_id, stage_name, state_id,
};
pub use export::{ExportScope, ExportTable, Separator, ics_calendar, journal_markdown, tables};
pub use format::PageFormat;
pub use highlight::{HighlightedText, best_passage, excerpt};
pub use json::{entry as entry_json, escape as escape_json, versions as versions_json};
pub use ladder::{NOTHING_YET, ladder_lines, ladder_page, ladder_summary, ladder_title, proof_age};
pub use list::{
    EntryRow, ListedEntry, entry_row, entry_rows, entry_table, entry_table_with, plain_row,
    short_id, short_ids,
};
pub use marks::{mark_reason, year_of_marks};
pub use people::{people_json, people_plain, people_table};
pub use portfolio::{
    KEY_FIGURES, OPEN, PortfolioExtent, RESULTS, about_lines, commitment_facts, cut_note,
    first_page_summary, key_figures, leaving_list, leaving_pieces, leaving_source, leaving_summary,
    open_facts, page_heading, page_subtitle, piece_day, result_words, talk_page, talk_title,
};
pub use presets::preset_entries;
pub use public_page::{page_file_name, public_page};
pub use remind::{reminders, waiting};
pub use review::{
    NO_PRACTICE_DUE, describe_change, excerpt_sign, figure_amount, previous_label, public_review,
    review_json, review_page, review_plain,
};
pub use show::entry_page;
pub use status::{PromptProgram, Status, StatusLine};
pub use trends::{practice_trends, trends_json, year_json, year_page};
pub use unsettled::{
    describe_unsettled, field_name, quoted_with_id, text_in_a_line, texts_beside, unsettled_sign,
    unsettled_texts,
};
pub use version_graph::GraphRow;
pub use year_figures::year_figures;

use std::fmt::Display;

use chrono::NaiveDate;

use crate::calendar;
use crate::insight::{Share, Stuck};
use crate::journal::{Commitment, DueShift, OffDays, Record};
use crate::text::{counted_noun, escape_controls};

/// "moved twice, first due Fri 20 Nov", "moved earlier, …" if it was brought forward, and `None`
/// if it still has its first day.
pub fn due_history(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> Option<String> {
    let first = calendar::short_date(off.first_due_day(commitment), today);
    Some(due_shift_from(commitment.due_shift()?, first))
}

/// "1 solved, 2 carried on": how many of `all` items of a month reached the stage that counts in it.
pub fn month_count(counting: usize, all: usize, stage: &str) -> String {
    match (counting, all - counting) {
        (0, 0) => "none this time".to_owned(),
        (counting, 0) => format!("{counting} {stage}"),
        (0, carried) => format!("none {stage}, {carried} carried on"),
        (counting, carried) => format!("{counting} {stage}, {carried} carried on"),
    }
}

/// "Fri 27 Nov · in 3 days", or "Fri 27 Nov, a day off, so Mon 30 Nov · in 6 days".
pub fn due_and_distance(due: NaiveDate, off: &OffDays, today: NaiveDate) -> String {
    due_text(due, off, today, calendar::date_and_distance)
}

/// "4 days late", "11 days after first date": how long after its first date a day is; `None` for a
/// day in time.
pub fn days_late(commitment: &Commitment, off: &OffDays, on: NaiveDate) -> Option<String> {
    let first = off.first_due_day(commitment);
    if on <= first {
        return None;
    }
    let days = usize::try_from((on - first).num_days()).ok()?;
    let after = if commitment.due == commitment.first_due() {
        "late"
    } else {
        "after first date"
    };
    Some(format!("{} {after}", counted_noun(days, "day")))
}

/// A day that something is due; if it is off, also the first day back, on which it is asked.
fn due_text(
    due: NaiveDate,
    off: &OffDays,
    today: NaiveDate,
    text: fn(NaiveDate, NaiveDate) -> String,
) -> String {
    match off.first_day_back(due) {
        back if back == due => text(due, today),
        back => {
            let due = calendar::short_date(due, today);
            format!("{due}, a day off, so {}", text(back, today))
        }
    }
}

/// "moved twice", "moved earlier".
pub fn describe_due_shift(moved: DueShift) -> String {
    match moved {
        DueShift::Earlier => "moved earlier".to_owned(),
        DueShift::Later(1) => "moved once".to_owned(),
        DueShift::Later(2) => "moved twice".to_owned(),
        DueShift::Later(times) => format!("moved {}", counted_noun(times, "time")),
    }
}

/// "moved twice, first due 6 November 2026".
fn due_shift_from(moved: DueShift, first: impl Display) -> String {
    format!("{}, first due {first}", describe_due_shift(moved))
}

/// "Moved twice", "7 weeks late": why a commitment is offered to be made smaller or let go.
pub fn stuck_reason(stuck: Stuck) -> String {
    match stuck {
        Stuck::Moved(2) => "Moved twice".to_owned(),
        Stuck::Moved(times) => format!("Moved {}", counted_noun(times, "time")),
        Stuck::Late(weeks) => format!("{} late", counted_noun(weeks, "week")),
    }
}

/// "five in a row", from two on.
pub fn in_a_row(streak: usize) -> Option<String> {
    (streak > 1).then(|| format!("{} in a row", spell_number(streak)))
}

/// "17 of 21 kept, five in a row"; `None` while none has ended.
pub fn record_text(record: Record) -> Option<String> {
    let ended = record.kept + record.missed;
    let kept = format!("{} of {ended} kept", record.kept);
    let streak = in_a_row(record.streak).map(|streak| format!(", {streak}"));
    (ended > 0).then(|| kept + &streak.unwrap_or_default())
}

/// "3 of 4".
fn share_text(share: Share) -> String {
    format!("{} of {}", share.part, share.whole)
}

/// "Ana (3)", "Priya".
fn counted_name(name: &str, times: usize) -> String {
    if times > 1 {
        format!("{name} ({times})")
    } else {
        name.to_owned()
    }
}

/// A line two columns to the right, without blanks at its end.
fn indented(line: &str) -> String {
    format!("  {line}").trim_end().to_owned()
}

/// A text of any length behind `lead`; its other lines are behind `indent`.
fn hanging_lines(lead: &str, text: &str, indent: &str) -> Vec<String> {
    let text = escape_controls(text);
    let mut lines = text.lines();
    let first = format!("{lead}{}", lines.next().unwrap_or_default());
    let others = lines.map(|line| format!("{indent}{line}").trim_end().to_owned());
    std::iter::once(first).chain(others).collect()
}

/// A small number as a word, a larger one in digits.
pub fn spell_number(value: usize) -> String {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(value)
        .map_or_else(|| value.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
pub(crate) mod samples {
    //! A small catalogue and journal for the tests of this module.

    pub(crate) use crate::journal::samples::{day, entry, now};
    use crate::journal::{
        Answer, Body, Commitment, CommitmentOutcome, DatedLine, Item, Journal, Period, Value,
    };
    use crate::practice::{Catalog, parse};

    const AUDIT: &str = r#"
        id = "audit"
        order = 1
        name = "Audit"
        title = "Audit"
        intro = "Look around."
        cadence = "weekly"
        [[steps]]
        id = "influence"
        label = "Influence"
        prompt = "What is under your influence?"
        kind = "prose"
        [[steps]]
        id = "scale"
        label = "Scale"
        prompt = "How was it?"
        kind = "scale"
        choices = [{ id = "average", label = "Average work" }, { id = "good", label = "Good work" }]
    "#;

    const PROBLEM: &str = r#"
        id = "problem"
        order = 2
        name = "Problem"
        title = "Problem"
        intro = "One a month."
        cadence = "weekly"
        [[steps]]
        id = "log"
        label = "Log"
        prompt = "Which one?"
        register = "problems"
        [[registers]]
        id = "problems"
        name = "Problems"
        singular = "problem"
        about = "What was wrong."
        example = "Nobody knew."
        monthly = "solved"
        fields = [
            { id = "title", label = "What was wrong", kind = "line" },
            { id = "where", label = "Where", kind = "choices", choices = [{ id = "here", label = "Right here" }], open = true },
            { id = "notes", label = "Notes", kind = "log" },
        ]
        stages = [{ id = "spotted", name = "spotted", starts = true }, { id = "solved", name = "solved" }]
        [[registers]]
        id = "skills"
        name = "Skills"
        singular = "skill"
        about = "What comes next."
        example = "Planning."
        unstaged = "not started"
        fields = [{ id = "title", label = "Skill", kind = "line" }]
        stages = [{ id = "learning", name = "learning" }]
        presets = [{ id = "systems-thinking", title = "Systems thinking" }]
    "#;

    pub(crate) fn catalog() -> Catalog {
        Catalog::new(vec![
            parse("audit", AUDIT).expect("a practice"),
            parse("problem", PROBLEM).expect("a practice"),
        ])
    }

    pub(crate) fn commitment(better: &str, due: &str) -> Commitment {
        Commitment {
            area: "process".to_owned(),
            ..Commitment::new(better, day("2026-11-02"), day(due))
        }
    }

    pub(crate) fn journal() -> Journal {
        let mut moved = commitment("Inbox rules", "2026-11-06");
        moved.move_to(day("2026-11-13"), day("2026-11-06"), "waiting for Ana");
        moved.move_to(day("2026-11-20"), day("2026-11-13"), "");
        let mut kept = commitment("Stand-up starts on time", "2026-10-30");
        kept.close(
            CommitmentOutcome::Kept,
            day("2026-10-30"),
            "five days of five",
        );
        let mut problem = Item::new("problems");
        problem.set("title", Value::from("Nobody owned\nthe runbook\t日本"));
        problem.set(
            "where",
            Value::List(vec!["here".to_owned(), "in \\ Łódź".to_owned()]),
        );
        problem.set(
            "notes",
            Value::Log(vec![DatedLine {
                on: day("2026-11-03"),
                text: "found \u{1b}[2J".to_owned(),
            }]),
        );
        problem.set_reached("spotted", day("2026-11-03"));
        problem.set_reached("solved", day("2026-11-19"));
        let answer = Answer::new(
            Period::Week(now().week()),
            "audit",
            "scale",
            Value::from("good"),
        );
        Journal::fold([
            entry(
                "0193c000-0000-7000-8000-00000000aaaa",
                Body::Commitment(commitment("One owner for every release step", "2026-11-27")),
            ),
            entry(
                "0193c000-0000-7000-8000-00000001aaaa",
                Body::Commitment(moved),
            ),
            entry(
                "0193c000-0000-7000-8000-00000000bbbb",
                Body::Commitment(kept),
            ),
            entry("0193c000-0000-7000-8000-00000000cccc", Body::Item(problem)),
            entry("answer/2026-W48/audit/scale", Body::Answer(answer)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{commitment, day};
    use super::*;

    #[test]
    fn a_moved_commitment_says_how_often_and_from_when() {
        let today = day("2026-11-24");
        let mut moving = commitment("x", "2026-11-06");
        assert_eq!(due_history(&moving, &OffDays::default(), today), None);
        moving.move_to(day("2026-11-13"), today, "");
        assert_eq!(
            due_history(&moving, &OffDays::default(), today).as_deref(),
            Some("moved once, first due Fri 6 Nov")
        );
        moving.move_to(day("2026-11-20"), today, "");
        moving.move_to(day("2026-11-27"), today, "");
        assert_eq!(
            due_history(&moving, &OffDays::default(), today).as_deref(),
            Some("moved 3 times, first due Fri 6 Nov")
        );
        moving.move_to(day("2026-11-05"), today, "");
        assert_eq!(
            due_history(&moving, &OffDays::default(), today).as_deref(),
            Some("moved earlier, first due Fri 6 Nov")
        );
    }
}
