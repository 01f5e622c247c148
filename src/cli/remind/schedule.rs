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

/// What is run at its times.
#[derive(Debug)]
pub(super) struct Reminder {
    /// What its environment needs, for the files it reads.
    pub(super) variables: Vec<(&'static str, String)>,
    pub(super) command: Vec<String>,
    pub(super) due: Weekday,
}

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

    /// The files it reads; none for cron, which has one table. `folder` is the user's configuration
    /// folder, or on a Mac the home folder.
    pub(super) fn paths(self, folder: &Path) -> Vec<PathBuf> {
        let names: &[&str] = match self {
            Self::Systemd => &["systemd/user/UNIT.service", "systemd/user/UNIT.timer"],
            Self::Launchd => &["Library/LaunchAgents/UNIT.plist"],
            Self::Cron => &[],
        };
        let names = names.iter().map(|name| name.replace("UNIT", UNIT));
        names.map(|name| folder.join(name)).collect()
    }

    /// The texts of these files, and for cron of its line; the first one has the command.
    pub(super) fn texts(self, reminder: &Reminder) -> Vec<String> {
        match self {
            Self::Systemd => vec![reminder.service(), reminder.timer()],
            Self::Launchd => vec![reminder.agent()],
            Self::Cron => vec![reminder.cron_line()],
        }
    }

    /// The commands that start it (`true`) or end it, in order.
    pub(super) fn commands(self, files: &[PathBuf], starts: bool) -> Vec<Vec<String>> {
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
                let path = files.first().map(|path| path.display().to_string());
                let mut command = words(&format!("launchctl {verb} -w"));
                command.extend(path);
                vec![command]
            }
            (Self::Cron, _) => Vec::new(),
        }
    }
}

impl Reminder {
    /// The days of the week, all at nine: Monday for the walk, the due day for what is due. The 21st is
    /// for the month's box.
    fn days(&self) -> Vec<Weekday> {
        let mut days = vec![Weekday::Mon, self.due];
        days.dedup();
        days
    }

    fn timer(&self) -> String {
        let days: Vec<String> = self.days().iter().map(Weekday::to_string).collect();
        format!(
            "[Unit]\nDescription=What leadby has to remind of\n\n[Timer]\nOnCalendar={} *-*-* 09:00\n\
             OnCalendar=*-*-21 09:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
            days.join(",")
        )
    }

    fn service(&self) -> String {
        // In a unit, % begins the name of a value, and a backslash an escape; in a command, so does $.
        let quoted = |word: &str| {
            let word = word.replace('\\', r"\\").replace('"', "\\\"");
            format!("\"{}\"", word.replace('%', "%%"))
        };
        let variables = self.variables.iter();
        let variables = variables.map(|(name, value)| quoted(&format!("{name}={value}")));
        let variables: String = variables.map(|it| format!("Environment={it}\n")).collect();
        let words = self
            .command
            .iter()
            .map(|word| quoted(word).replace('$', "$$"));
        format!(
            "[Unit]\nDescription=What leadby has to remind of\n\n[Service]\nType=oneshot\n\
             {variables}ExecStart={}\n",
            words.collect::<Vec<String>>().join(" ")
        )
    }

    fn agent(&self) -> String {
        let string = |word: &str| {
            let word = word.replace('&', "&amp;").replace('<', "&lt;");
            format!("<string>{}</string>\n", word.replace('>', "&gt;"))
        };
        let words = self.command.iter();
        let words: String = words
            .map(|word| format!("        {}", string(word)))
            .collect();
        let variables = self.variables.iter();
        let variables: String = variables
            .map(|(name, value)| format!("        <key>{name}</key>{}", string(value)))
            .collect();
        let variables = match &*variables {
            "" => variables,
            set => format!("    <key>EnvironmentVariables</key>\n    <dict>\n{set}    </dict>\n"),
        };
        let time = |key: &str, value: u32| {
            format!(
                "        <dict><key>{key}</key><integer>{value}</integer>\
                 <key>Hour</key><integer>9</integer><key>Minute</key><integer>0</integer></dict>\n"
            )
        };
        let days = self.days().into_iter();
        let days = days.map(|day| time("Weekday", day.num_days_from_sunday()));
        let times: String = days.chain([time("Day", 21)]).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
             <plist version=\"1.0\">\n<dict>\n    <key>Label</key><string>{UNIT}</string>\n\
             {variables}    <key>ProgramArguments</key>\n    <array>\n{words}    </array>\n    \
             <key>StartCalendarInterval</key>\n    <array>\n{times}    </array>\n</dict>\n</plist>\n"
        )
    }

    /// The line for a crontab, where % begins the input of the command. It is run on a day that is the
    /// 21st, or one of those of the week, and once on a day that is both (POSIX, crontab).
    fn cron_line(&self) -> String {
        let quote = |word: &str| crate::text::shell_quote(word);
        let variables = self.variables.iter();
        let variables = variables.map(|(name, value)| format!("{name}={}", quote(value)));
        let words = variables.chain(self.command.iter().map(|word| quote(word)));
        let command = words.collect::<Vec<String>>().join(" ").replace('%', r"\%");
        let days = self.days().into_iter();
        let days = days.map(|day| day.num_days_from_sunday().to_string());
        let days = days.collect::<Vec<String>>().join(",");
        format!("0 9 21 * {days}  {command}  {CRON_MARK}\n")
    }
}

/// Whether a line of a crontab is one that `install` wrote.
pub(super) fn is_ours(line: &str) -> bool {
    line.ends_with(CRON_MARK)
}

/// What names the journal in a text that `install` wrote; empty for the default one.
pub(super) fn journal_of(text: &str) -> &str {
    let command = text.split("--notify").next().unwrap_or_default();
    command
        .split_once("--journal")
        .map_or("", |(_, journal)| journal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_for_where_it_is() {
        let command = ["/a b/leadby", "--journal", "/x/50% $HOME \"q\" 'p' <&>"];
        let reminder = Reminder {
            variables: vec![("LEADBY_CONFIG", "/c d/50% $X <&>".to_owned())],
            command: command.map(str::to_owned).to_vec(),
            due: Weekday::Fri,
        };
        let service = reminder.service();
        let start = r#"Environment="LEADBY_CONFIG=/c d/50%% $X <&>"
ExecStart="/a b/leadby" "--journal" "/x/50%% $$HOME \"q\" 'p' <&>""#;
        assert!(service.ends_with(&format!("{start}\n")), "{service}");
        let agent = reminder.agent();
        for part in [
            "<string>/x/50% $HOME \"q\" 'p' &lt;&amp;&gt;</string>",
            "<key>LEADBY_CONFIG</key><string>/c d/50% $X &lt;&amp;&gt;</string>",
        ] {
            assert!(agent.contains(part), "{agent}");
        }
        let line = reminder.cron_line();
        let start = "0 9 21 * 1,5  LEADBY_CONFIG='/c d/50\\% $X <&>' '/a b/leadby' --journal '/x/50\\% $HOME";
        assert!(line.starts_with(start), "{line}");
        assert!(line.lines().all(is_ours) && !is_ours("1 2 3 4 5 x"));
    }
}
