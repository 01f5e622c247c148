//! The status as a page for people.

use chrono::Datelike;

use super::{Months, Status};
use crate::calendar;
use crate::journal::{Commitment, MonthBox, Progress};
use crate::report::describe::mark;
use crate::report::{moved, number};
use crate::words::{clip, count, fit, one_line};

impl Status<'_> {
    /// For people, a few lines; each ends in a newline.
    #[must_use]
    pub fn in_words(&self) -> String {
        let week = self.week.number();
        let today = calendar::short(self.today, self.today);
        let mut lines = vec![format!("Week {week} · {today} · {}", self.friday_countdown())];
        lines.extend(["", "By Friday"].map(str::to_owned));
        if self.open.is_empty() {
            let hint = "  Nothing open. leadby commit \"…\" adds one thing to lead better.";
            lines.push(hint.to_owned());
        }
        for (_, commitment) in &self.open {
            lines.extend(self.commitment(commitment));
        }
        lines.extend(["", "This week"].map(str::to_owned));
        for row in self.practices.chunks(4) {
            let cells: Vec<String> = row
                .iter()
                .map(|(practice, progress)| {
                    let name = one_line(&practice.name);
                    fit(
                        &format!("{} {} {name}", progress_sign(*progress), practice.order),
                        18,
                    )
                })
                .collect();
            lines.push(format!("  {}", cells.join(" ").trim_end()));
        }
        let done = self.count(Progress::Done);
        let done = format!("  {done} of {} done", self.practices.len());
        lines.push(match self.next() {
            Some(next) => format!("{done}, next: {}", one_line(&next.title)),
            None => done,
        });
        lines.extend(["", "Kept"].map(str::to_owned));
        lines.push(format!("  {}", self.kept()));
        if let Some(months) = &self.months {
            lines.extend(self.year(months));
        }
        if let Some(month) = self.month_over {
            let month = month.name();
            let offer = format!("{month} is over. leadby offers to wrap it up.");
            lines.extend([String::new(), offer]);
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn commitment(&self, commitment: &Commitment) -> [String; 2] {
        // Cut to the width of the other lines of this page.
        let better = clip(&one_line(&commitment.better), 76);
        let mut about = Vec::new();
        if !commitment.area.is_empty() {
            about.push(one_line(&commitment.area));
        }
        about.push(format!(
            "due {}",
            calendar::in_words(commitment.due, self.today)
        ));
        about.extend(moved(commitment, self.today));
        [
            format!("  {} {better}", mark(commitment, self.today)),
            format!("    {}", about.join(" · ")),
        ]
    }

    fn year(&self, months: &Months<'_>) -> [String; 4] {
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

    fn kept(&self) -> String {
        let ended = self.record.kept + self.record.missed;
        match (ended, self.record.streak) {
            (0, _) => "No commitment has ended yet.".to_owned(),
            (_, 0 | 1) => format!("{} of {ended} kept", self.record.kept),
            (_, streak) => format!(
                "{} of {ended} kept, {} in a row",
                self.record.kept,
                number(streak)
            ),
        }
    }

    pub(super) fn friday_countdown(&self) -> String {
        match usize::try_from(self.days_to_friday()) {
            Ok(0) => "it is Friday".to_owned(),
            Ok(days) => format!("{} to Friday", count(days, "day")),
            Err(_) => String::new(),
        }
    }
}

fn progress_sign(progress: Progress) -> &'static str {
    match progress {
        Progress::NotYet => "○",
        Progress::Half => "◐",
        Progress::Done => "●",
    }
}

fn month_box_sign(month: MonthBox) -> &'static str {
    match month {
        MonthBox::Solved(_) => "■",
        MonthBox::UnderWay => "◧",
        MonthBox::Empty => "□",
        MonthBox::Before | MonthBox::Ahead => "·",
    }
}
