//! What starts the reminders: a systemd timer, lines of the crontab, or a launchd agent.
//!
//! Texts only. Nothing in them comes from the journal: a path is quoted for where it appears.

use std::path::{Path, PathBuf};

use chrono::Weekday;
use clap::ValueEnum;

/// At the end of each line in the crontab that is ours.
const CRON_MARK: &str = "# leadby remind";

/// The name of the systemd units, and of the launchd agent.
const UNIT: &str = "leadby-remind";

/// A program that starts others at a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum Scheduler {
    Systemd,
    Cron,
    Launchd,
}

impl Scheduler {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Cron => "cron",
            Self::Launchd => "launchd",
        }
    }

    /// The files it reads, with their text; none for cron, which has one table. `folder` is the
    /// user's configuration folder, or on a Mac the home folder.
    pub(super) fn files(
        self,
        folder: &Path,
        command: &[String],
        due: Weekday,
    ) -> Vec<(PathBuf, String)> {
        match self {
            Self::Systemd => {
                let unit = |ending: &str| folder.join(format!("systemd/user/{UNIT}.{ending}"));
                vec![
                    (unit("service"), service(command)),
                    (unit("timer"), timer(due)),
                ]
            }
            Self::Launchd => {
                let path = folder.join(format!("Library/LaunchAgents/{UNIT}.plist"));
                vec![(path, agent(command, due))]
            }
            Self::Cron => Vec::new(),
        }
    }

    /// The commands that start it (`true`) or end it, in order.
    pub(super) fn commands(self, files: &[(PathBuf, String)], starts: bool) -> Vec<Vec<String>> {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<String>>();
        match (self, starts) {
            (Self::Systemd, true) => vec![
                words("systemctl --user daemon-reload"),
                words(&format!("systemctl --user enable --now {UNIT}.timer")),
            ],
            (Self::Systemd, false) => {
                vec![words(&format!(
                    "systemctl --user disable --now {UNIT}.timer"
                ))]
            }
            (Self::Launchd, _) => {
                let verb = if starts { "load" } else { "unload" };
                let path = files.first().map(|(path, _)| path.display().to_string());
                let mut command = words(&format!("launchctl {verb} -w"));
                command.extend(path);
                vec![command]
            }
            (Self::Cron, _) => Vec::new(),
        }
    }
}

/// The days of the week, all at nine: Monday for the walk, the due day for what is due. The 21st is for
/// the month's box.
fn days(due: Weekday) -> Vec<Weekday> {
    let mut days = vec![Weekday::Mon, due];
    days.dedup();
    days
}

fn timer(due: Weekday) -> String {
    let days: Vec<String> = days(due).iter().map(Weekday::to_string).collect();
    format!(
        "[Unit]\nDescription=What leadby has to remind of\n\n[Timer]\nOnCalendar={} *-*-* 09:00\n\
         OnCalendar=*-*-21 09:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
        days.join(",")
    )
}

fn service(command: &[String]) -> String {
    // In a unit, % and $ begin names of values, and a backslash an escape.
    let quoted = |word: &String| {
        let word = word.replace('\\', r"\\").replace('"', "\\\"");
        format!("\"{}\"", word.replace('%', "%%").replace('$', "$$"))
    };
    let words: Vec<String> = command.iter().map(quoted).collect();
    format!(
        "[Unit]\nDescription=What leadby has to remind of\n\n[Service]\nType=oneshot\nExecStart={}\n",
        words.join(" ")
    )
}

fn agent(command: &[String], due: Weekday) -> String {
    let escaped = |word: &String| {
        let word = word
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!("        <string>{word}</string>\n")
    };
    let words: String = command.iter().map(escaped).collect();
    let time = |key: &str, value: u32| {
        format!(
            "        <dict><key>{key}</key><integer>{value}</integer>\
             <key>Hour</key><integer>9</integer><key>Minute</key><integer>0</integer></dict>\n"
        )
    };
    let days = days(due)
        .into_iter()
        .map(|day| time("Weekday", day.num_days_from_sunday()));
    let times: String = days.chain([time("Day", 21)]).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n    <key>Label</key><string>{UNIT}</string>\n    \
         <key>ProgramArguments</key>\n    <array>\n{words}    </array>\n    \
         <key>StartCalendarInterval</key>\n    <array>\n{times}    </array>\n</dict>\n</plist>\n"
    )
}

/// The lines for a crontab, where % begins the input of the command.
pub(super) fn cron_lines(command: &[String], due: Weekday) -> String {
    let words: Vec<String> = command.iter().map(crate::text::shell_quote).collect();
    let command = words.join(" ").replace('%', r"\%");
    let line = |time: &str| format!("{time}  {command}  {CRON_MARK}\n");
    let days = days(due)
        .into_iter()
        .map(|day| day.num_days_from_sunday().to_string());
    let days = days.collect::<Vec<String>>().join(",");
    [line(&format!("0 9 * * {days}")), line("0 9 21 * *")].concat()
}

/// A crontab without our lines.
pub(super) fn without_ours(crontab: &str) -> String {
    let others = crontab.lines().filter(|line| !line.ends_with(CRON_MARK));
    others.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_for_where_it_is() {
        let command = ["/a b/leadby", "--journal", "/x/50% $HOME \"q\" 'p' <&>"];
        let command = command.map(str::to_owned);
        let start = r#"ExecStart="/a b/leadby" "--journal" "/x/50%% $$HOME \"q\" 'p' <&>""#;
        assert!(
            service(&command).ends_with(&format!("{start}\n")),
            "{}",
            service(&command)
        );
        assert!(
            agent(&command, Weekday::Fri)
                .contains("<string>/x/50% $HOME \"q\" 'p' &lt;&amp;&gt;</string>")
        );
        let lines = cron_lines(&command, Weekday::Fri);
        assert!(
            lines.starts_with("0 9 * * 1,5  '/a b/leadby' --journal '/x/50\\% $HOME"),
            "{lines}"
        );
        assert_eq!(
            without_ours(&format!("# mine\n{lines}1 2 3 4 5 x\n")),
            "# mine\n1 2 3 4 5 x\n"
        );
    }
}
