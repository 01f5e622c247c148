//! A home folder, a fixed clock, and the built program in them.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use leadby::journal::{
    Answer, Body, Commitment, CommitmentOutcome, Entry, Id, Item, Period, Value,
};
use leadby::store;

/// The program's clock: Tuesday of week 48.
pub(crate) const NOW: &str = "2026-11-24T09:15:02+01:00";

/// Where programs are looked for.
pub(crate) const FOLDERS: [&str; 4] = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin"];

pub(crate) struct TestEnvironment {
    home: tempfile::TempDir,
    now: String,
}

/// The output and exit code of a run.
#[derive(Debug)]
#[must_use = "snapshot the output, or check how it ended"]
pub(crate) struct Called {
    pub(crate) output: String,
    pub(crate) errors: String,
    pub(crate) code: Option<i32>,
}

impl TestEnvironment {
    pub(crate) fn new() -> Self {
        Self {
            home: tempfile::tempdir().expect("a temporary folder"),
            now: NOW.to_owned(),
        }
    }

    /// A home with [`entries`] in its journal.
    pub(crate) fn filled() -> Self {
        let environment = Self::new();
        let journal = environment.journal();
        let folder = journal.parent().expect("a folder");
        let mut private = std::fs::DirBuilder::new();
        private.recursive(true).mode(0o700);
        private.create(folder).expect("a folder");
        store::create_journal(&journal, &entries()).expect("a journal");
        environment
    }

    pub(crate) fn at(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The default path of the journal.
    pub(crate) fn journal(&self) -> PathBuf {
        self.home().join("data/leadby/journal.jsonl")
    }

    /// The id in the first line of the journal that contains a text.
    pub(crate) fn id_of(&self, text: &str) -> String {
        let journal = String::from_utf8(self.bytes()).expect("text");
        let line = journal.lines().find(|line| line.contains(text));
        let line: serde_json::Value = serde_json::from_str(line.expect("it")).expect("JSON");
        line["id"].as_str().expect("an id").to_owned()
    }

    /// The raw content of the journal file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.journal()).unwrap_or_default()
    }

    /// Appends bytes that leadby would not write.
    pub(crate) fn damage(&self, bytes: &[u8]) {
        let file = File::options().append(true).open(self.journal());
        file.and_then(|mut file| file.write_all(bytes))
            .expect("to append");
    }

    /// Replaces the whole journal with these bytes.
    pub(crate) fn journal_is(&self, bytes: &[u8]) {
        let file = File::create(self.journal());
        file.and_then(|mut file| file.write_all(bytes))
            .expect("to write");
    }

    pub(crate) fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .env("XDG_DATA_HOME", self.home().join("data"))
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("TMPDIR", self.home())
            .env("COLUMNS", "100")
            .env("LEADBY_NOW", &self.now)
            .current_dir(self.home())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Another program in the home, with the built leadby first on its path.
    pub(crate) fn program(&self, program: &Path) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_leadby"));
        let folder = built.parent().expect("a folder");
        let path = format!("{}:{}", folder.display(), FOLDERS.join(":"));
        let leadby = self.command(&[] as &[&str]);
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.home());
        for (name, value) in leadby.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command
            .env("PATH", path)
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm-256color")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Called {
        self.finish(self.command(arguments).spawn().expect("the program starts"))
    }

    /// Runs the program with `input` on its standard input.
    pub(crate) fn run_with(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Called {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("its standard input");
        match stdin.write_all(input) {
            // One that asks nothing may have ended.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
            done => done.expect("to write to it"),
        }
        drop(stdin);
        self.finish(child)
    }

    /// Runs the program and fails unless it succeeds.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[impl AsRef<OsStr>]) -> String {
        let called = self.run(arguments);
        assert_eq!(called.code, Some(0), "{}", called.errors);
        called.output
    }

    /// The entries from `list --json`.
    pub(crate) fn listed(&self, kind: &str) -> Vec<serde_json::Value> {
        serde_json::from_str(&self.ok(&["list", kind, "--json"])).expect("JSON")
    }

    /// Waits for the end, and shows the home as `$HOME` and generated ids by number.
    #[track_caller]
    pub(crate) fn finish(&self, child: Child) -> Called {
        let done = child.wait_with_output().expect("the program ends");
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("the program prints UTF-8");
            assert_harmless(&text);
            redact(&text.replace(&*self.home().to_string_lossy(), "$HOME"))
        };
        Called {
            output: text(done.stdout),
            errors: text(done.stderr),
            code: done.status.code(),
        }
    }
}

impl Called {
    /// The output as a person sees it, with the exit code if it is not 0.
    pub(crate) fn seen(&self) -> String {
        let mut seen = self.output.clone();
        if !self.errors.is_empty() {
            seen.push_str("-- standard error --\n");
            seen.push_str(&self.errors);
        }
        match self.code {
            Some(0) => seen,
            Some(code) => format!("{seen}-- exit code {code} --\n"),
            None => format!("{seen}-- ended by a signal --\n"),
        }
    }
}

/// Checks that no character in `text` controls the terminal.
#[track_caller]
fn assert_harmless(text: &str) {
    // Tables and calendars end their lines with CRLF.
    let text = text.replace("\r\n", "\n");
    let acting = text.chars().find(|character| {
        let control = character.is_control() && !matches!(character, '\n' | '\t');
        control || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(acting, None, "{text:?}");
}

/// `text` with generated ids as `<id>`; those of [`entries`] stay.
fn redact(text: &str) -> String {
    let mut redacted = String::new();
    let mut rest = text;
    while let Some(place) = rest.find("-7") {
        let start = place.saturating_sub(13);
        let id = rest.get(start..start + 36).filter(|id| is_generated(id));
        let end = if id.is_some() {
            redacted.push_str(&rest[..start]);
            redacted.push_str("<id>");
            start + 36
        } else {
            redacted.push_str(&rest[..place + 2]);
            place + 2
        };
        rest = &rest[end..];
    }
    redacted.push_str(rest);
    redacted
}

fn is_generated(text: &str) -> bool {
    let shape = text.char_indices().all(|(place, character)| match place {
        8 | 13 | 18 | 23 => character == '-',
        _ => character.is_ascii_hexdigit(),
    });
    shape && !text.starts_with("0193c0de")
}

/// A journal with every kind of entry: kept, missed, moved, overdue; control characters; scripts of
/// several directions and widths.
pub(crate) fn entries() -> Vec<Entry> {
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    let commitment = |better: &str, area: &str, due: &str| Commitment {
        area: area.to_owned(),
        ..Commitment::new(better, day("2026-11-02"), day(due))
    };
    let mut moved = commitment("Inbox rules", "inbox", "2026-11-06");
    moved.move_to(day("2026-11-13"), day("2026-11-06"), "waiting for Ana");
    moved.move_to(day("2026-11-20"), day("2026-11-13"), "");
    let mut kept = commitment("Stand-up starts on time", "small team", "2026-11-06");
    kept.close(
        CommitmentOutcome::Kept,
        day("2026-11-06"),
        "five days of five",
    );
    let mut missed = commitment("Tidy the wiki", "tools", "2026-11-13");
    missed.close(CommitmentOutcome::Missed, day("2026-11-14"), "");
    let mut problem = Item::new("problems");
    let text = |text: &str| Value::from(text);
    problem.set("title", text("Nobody knows who may restart the build"));
    problem.set(
        "wrong",
        text("Two hours lost,\n\tevery week \u{1b}[2J\u{9b}31m \u{202e}oops"),
    );
    problem.set("improved", text("Łódź と 東京 know; back\\slash"));
    problem.set_reached("spotted", day("2026-10-12"));
    problem.set_reached("solved", day("2026-11-19"));
    let week = leadby::calendar::Week::of(day("2026-11-24"));
    let influence = Answer::new(
        Period::Week(week),
        "audit",
        "influence",
        text("The release checklist.\nNobody owns it."),
    );
    let id = Id::answer(influence.period, "audit", "influence");
    let bodies = [
        (
            "0193c0de-0000-7000-8000-00000000aa01".to_owned(),
            Body::Commitment(kept),
        ),
        (
            "0193c0de-0000-7000-8000-00000000aa02".to_owned(),
            Body::Commitment(missed),
        ),
        (
            "0193c0de-0000-7000-8000-00000000bb03".to_owned(),
            Body::Commitment(moved),
        ),
        (
            "0193c0de-0000-7000-8000-00000000bb04".to_owned(),
            Body::Commitment(commitment(
                "One owner for every release step",
                "process",
                "2026-11-27",
            )),
        ),
        (
            "0193c0de-0000-7000-8000-00000000cc05".to_owned(),
            Body::Item(problem),
        ),
        (id.to_string(), Body::Answer(influence)),
    ];
    let at = NOW.parse().expect("an instant");
    bodies
        .into_iter()
        .map(|(id, body)| Entry::new(Id::new(id), 1, at, body))
        .collect()
}
