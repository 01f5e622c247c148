//! The quarter by line: `walk --plain`, and the commands for what is no question of it.

use std::fs;
use std::io::{Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use leadby::practice::{Ask, Catalog, builtin};
use tempfile::TempDir;

use super::{Day, Said, Scene, asked};
use crate::play::output;

pub(super) struct ByLine {
    home: TempDir,
    now: &'static str,
    catalog: Catalog,
}

/// What is typed when a question comes.
struct Reply {
    /// Words of the question.
    asked: String,
    typed: Typed,
}

enum Typed {
    Text(String),
    /// The number of the line that has these words, and what follows it.
    Number(String, &'static str),
}

impl ByLine {
    #[expect(clippy::disallowed_methods, reason = "the user writes this file")]
    pub(super) fn new(config: &str) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let folder = home.path().join("config/leadby");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("config.toml"), config).expect("a file");
        Self {
            home,
            now: "",
            catalog: builtin(),
        }
    }

    pub(super) fn lines(&self) -> String {
        fs::read_to_string(self.home.path().join("journal.jsonl")).unwrap_or_default()
    }

    pub(super) fn live(&mut self, scene: &Scene) {
        match scene {
            Scene::At(moment) => self.now = moment,
            Scene::Profile(said) => self.walk(&["profile"], said),
            Scene::Walk(said) => self.walk(&[], said),
            Scene::LastWeek(practice, said) => self.walk(&[practice, "--week", "last"], said),
            Scene::LastMonth(said) => self.walk(&["--month", "last"], said),
            Scene::Note(text) | Scene::NoteByShell(text) => {
                self.run(&["note", text]);
            }
            Scene::NoteByFile(text) => {
                let path = self.home.path().join("inbox.txt");
                let file = fs::File::options().create(true).append(true).open(path);
                let done = file.and_then(|mut file| writeln!(file, "{text}"));
                done.expect("a note");
            }
            Scene::WeekOff => {
                self.run(&["off", "this", "week"]);
            }
            Scene::Off(first, last, what) => {
                self.run(&["off", &format!("{first} to {last}"), "--note", what]);
            }
            Scene::Undo => {
                self.run(&["undo"]);
            }
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
        command.env_clear().args(arguments);
        command
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LEADBY_JOURNAL", self.home.path().join("journal.jsonl"))
            .env("LEADBY_NOW", self.now);
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        let done = output(&mut self.command(arguments));
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {complaint}");
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Walks, replying to the questions that are about what is said; an empty line to all others.
    fn walk(&self, arguments: &[&str], said: &[Said]) {
        let mut command = self.command(&["walk", "--plain"]);
        command.args(arguments);
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.expect("the program starts");
        let mut typed = child.stdin.take().expect("its input");
        let mut asked = child.stdout.take().expect("its output");
        let mut replies = said.iter().flat_map(|one| self.replies(one)).peekable();
        let mut conversation = String::new();
        while let Some(question) = listen(&mut asked) {
            conversation.push_str(&question);
            let reply = replies.next_if(|reply| question.contains(&reply.asked));
            let words = reply.map_or_else(String::new, |reply| reply.typed.words(&question));
            conversation.push_str(&format!("{words}\n"));
            say(&mut typed, &words);
        }
        drop(typed);
        assert!(child.wait().expect("an end").success(), "{conversation}");
        if let Some(left) = replies.next() {
            panic!("not asked: {}\n{conversation}", left.asked);
        }
    }

    /// What is typed for something that is said, and at which questions.
    fn replies(&self, said: &Said) -> Vec<Reply> {
        match said {
            Said::Went(how, words, day) => {
                let why = match *how {
                    "moved" => "Why does it move?",
                    "kept" => "One line of evidence?",
                    _ => "Why? Optional.",
                };
                let mut replies = vec![text("How did it go?", how), text(why, words)];
                match day {
                    Day::Offered => {}
                    Day::WhenDue => replies.push(text("On which day?", "1")),
                    Day::Again => replies.push(text("The same again?", "1")),
                    Day::To(day) => replies.push(text("Moved to when?", day)),
                }
                replies
            }
            Said::Placed(kind, place) => {
                let mut replies = vec![text("Where does it belong?", kind)];
                if !place.is_empty() {
                    replies.push(text("  1  ", place));
                }
                replies
            }
            Said::Promised(better, area, by) => {
                let mut replies = vec![text("One thing to lead better", better)];
                if !area.is_empty() {
                    replies.push(text("Which area is it about?", area));
                }
                if !by.is_empty() {
                    replies.push(text("By when?", by));
                }
                replies
            }
            Said::Words(step, words) => {
                let (_, step) = asked(step, &self.catalog);
                let mut lines = words.lines();
                let first = text(&step.prompt, lines.next().expect("a line"));
                let rest = lines.map(|line| text("> ", line));
                std::iter::once(first).chain(rest).collect()
            }
            Said::Marked(step, marks) => {
                let (_, step) = asked(step, &self.catalog);
                vec![text(&step.prompt, &marks.join(", "))]
            }
            Said::Found(step, words) => {
                let (_, step) = asked(step, &self.catalog);
                let found = self.run(&["evidence", "--text"]);
                let line = found.lines().find(|line| line.contains(words));
                vec![text(&step.prompt, line.expect("a line of evidence"))]
            }
            Said::Added(step, title, fields) => {
                let mut replies = vec![text(&self.list(step), title)];
                replies.extend(self.fields(step, fields));
                replies
            }
            Said::Further(step, title, fields) => {
                let mut replies = vec![number(&self.list(step), title, "")];
                replies.extend(self.fields(step, fields));
                replies
            }
            Said::Filled(step, title, field, words) => {
                let mut replies = self.about(step, title, field);
                replies.extend(self.fields(step, &[(field, words)]));
                replies
            }
            Said::LetGo(step, title) => self.about(step, title, "make it let go"),
            Said::TurnedInto(step, title) => self.about(step, title, "make it a system too"),
            Said::CommittedTo(step, title) => self.about(step, title, "commit to it"),
        }
    }

    /// The words of the question about a list.
    fn list(&self, step: &str) -> String {
        let (practice, step) = asked(step, &self.catalog);
        let Ask::Register(id) = &step.ask else {
            panic!("{} is not a list", step.id);
        };
        let register = practice.registers.iter().find(|one| one.id == *id);
        format!("a new {}, in a line", register.expect("its list").singular)
    }

    fn about(&self, step: &str, title: &str, what: &str) -> Vec<Reply> {
        vec![
            number(&self.list(step), title, "?"),
            text("a number or its words", what),
        ]
    }

    fn fields(&self, step: &str, fields: &[(&str, &str)]) -> Vec<Reply> {
        let (practice, _) = asked(step, &self.catalog);
        let all = practice
            .registers
            .iter()
            .flat_map(|register| &register.fields);
        let prompt = |label: &str| {
            let found = all.clone().find(|field| field.label == label);
            found.map(|field| field.prompt.clone())
        };
        fields
            .iter()
            .map(|(label, words)| text(&prompt(label).expect("a field"), words))
            .collect()
    }
}

impl Typed {
    fn words(&self, question: &str) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(words, after) => {
                let mut lines = question.lines().filter_map(|line| {
                    let (number, label) = line.trim_start_matches("> ").trim().split_once("  ")?;
                    number.parse::<usize>().ok()?;
                    label.contains(words.as_str()).then_some(number)
                });
                let number = lines.next();
                let number = number.unwrap_or_else(|| panic!("no {words} in:\n{question}"));
                format!("{number}{after}")
            }
        }
    }
}

fn text(asked: &str, typed: &str) -> Reply {
    Reply {
        asked: asked.to_owned(),
        typed: Typed::Text(typed.to_owned()),
    }
}

fn number(asked: &str, words: &str, after: &'static str) -> Reply {
    Reply {
        asked: asked.to_owned(),
        typed: Typed::Number(words.to_owned(), after),
    }
}

/// All up to the next prompt; `None` at the end.
fn listen(asked: &mut ChildStdout) -> Option<String> {
    let mut heard = Vec::new();
    let mut byte = [0];
    while asked.read(&mut byte).expect("its output") == 1 {
        heard.push(byte[0]);
        if heard == b"> " || heard.ends_with(b"\n> ") {
            return Some(String::from_utf8_lossy(&heard).into_owned());
        }
    }
    None
}

fn say(typed: &mut ChildStdin, words: &str) {
    writeln!(typed, "{words}").expect("it listens");
}
