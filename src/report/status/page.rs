//! The status as a page for people.

use chrono::Datelike;

use super::{MonthlyStatus, Status};
use crate::calendar;
use crate::insight::{MonthBox, Progress};
use crate::journal::Commitment;
use crate::report::describe::due_sign;
use crate::report::{due_history, record_text};
use crate::text::{clip, counted_noun, fit, one_line};

impl Status<'_> {
    /// For people, a few lines; each ends in a newline.
    pub fn page(&self) -> String {
        let week = self.week.number();
        let today = calendar::short_date(self.today, self.today);
        let mut lines = vec![format!(
            "Week {week} · {today} · {}",
            self.due_day.countdown(self.today)
        )];
        lines.extend([String::new(), self.due_day.title()]);
        if self.open.is_empty() {
            let hint = "  Nothing open. leadby commit \"…\" adds one thing to lead better.";
            lines.push(hint.to_owned());
        }
        for (_, commitment) in &self.open {
            lines.extend(self.commitment_lines(commitment));
        }
        let is_off = self.off.is_week_off(self.week);
        let heading = if is_off {
            "This week is off"
        } else {
            "This week"
        };
        lines.extend(["", heading].map(str::to_owned));
        for row in self.practices.chunks(4) {
            let cells: Vec<String> = row
                .iter()
                .map(|(practice, progress)| {
                    let (sign, name) = (progress_sign(*progress), one_line(&practice.name));
                    fit(&format!("{sign} {} {name}", practice.order), 18)
                })
                .collect();
            lines.push(format!("  {}", cells.join(" ").trim_end()));
        }
        let done = self.count_with(Progress::Done);
        let done = format!("  {done} of {} done", self.practices.len());
        // In a week off nothing is asked.
        lines.push(match self.next_practice().filter(|_| !is_off) {
            Some(next) => format!("{done}, next: {} {}", next.order, one_line(&next.name)),
            None => done,
        });
        lines.extend(["", "Kept"].map(str::to_owned));
        let record = record_text(self.record);
        let record = record.unwrap_or_else(|| "No commitment has ended yet.".to_owned());
        lines.push(format!("  {record}"));
        if let Some(months) = &self.months {
            lines.extend(self.month_box_lines(months));
        }
        if let Some(month) = self.month_over {
            let month = month.name();
            let offer = format!("{month} is over: leadby walk --plain --month last");
            lines.extend([String::new(), offer]);
        }
        if self.notes > 0 {
            let wait = if self.notes == 1 { "waits" } else { "wait" };
            let notes = counted_noun(self.notes, "note");
            let said = format!("{notes} {wait} in the inbox: leadby list inbox");
            lines.extend([String::new(), said]);
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn commitment_lines(&self, commitment: &Commitment) -> [String; 2] {
        // Cut to the width of the other lines of this page.
        let better = clip(&one_line(&commitment.better), 76);
        let mut about = Vec::new();
        if !commitment.area.is_empty() {
            about.push(one_line(&commitment.area));
        }
        let due = calendar::date_and_distance(self.off.due_day(commitment), self.today);
        about.push(format!("due {due}"));
        about.extend(due_history(commitment, &self.off, self.today));
        [
            format!("  {} {better}", due_sign(commitment, &self.off, self.today)),
            format!("    {}", about.join(" · ")),
        ]
    }

    fn month_box_lines(&self, months: &MonthlyStatus<'_>) -> [String; 4] {
        let boxes = months.boxes.iter();
        let letters: Vec<&str> = boxes.clone().map(|(month, _)| &month.name()[..1]).collect();
        let signs: Vec<&str> = boxes.map(|(_, month)| month_box_sign(*month)).collect();
        [
            String::new(),
            format!("{} {}", one_line(months.name), self.today.year()),
            format!("  {}", letters.join(" ")),
            format!("  {}", signs.join(" ")),
        ]
    }
}

fn progress_sign(progress: Progress) -> &'static str {
    match progress {
        Progress::NotStarted => "□",
        Progress::Partial => "▪",
        Progress::Done => "■",
    }
}

fn month_box_sign(month: MonthBox) -> &'static str {
    match month {
        MonthBox::Solved(_) => "■",
        MonthBox::UnderWay => "▪",
        MonthBox::Open => "□",
        MonthBox::Off => "~",
        MonthBox::Empty | MonthBox::BeforeJournal | MonthBox::Future => "·",
    }
}
