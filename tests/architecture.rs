//! The layers of the modules, where outside crates may be used, and the shape of each file.
//!
//! Reads the sources and reports each line that breaks a rule; the rules are the tables below.

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/figures.rs"]
mod figures;
#[path = "architecture/paths.rs"]
mod paths;

use std::path::Path;
use std::sync::LazyLock;

use circles::circles;
use paths::{Used, paths};

/// The modules and their ranks, as the table in `src/lib.rs` has them. A module imports only from
/// lower ranks, never from a sibling of its own.
static RANKS: LazyLock<Vec<(usize, String)>> = LazyLock::new(|| {
    let map = include_str!("../src/lib.rs").lines();
    let ranks: Vec<_> = map.filter_map(ranked).collect();
    assert!(ranks.len() > 10, "the table of ranks is not where it was");
    ranks
});

/// The rank and the module in a row of the table: `//! | 2 | [`journal`] | … |`.
fn ranked(line: &str) -> Option<(usize, String)> {
    let mut cells = line.strip_prefix("//! | ")?.split(" | ");
    let rank = cells.next()?.parse().ok()?;
    let module = cells.next()?.trim_matches(['[', ']', '`']);
    Some((rank, module.to_owned()))
}

/// Outside crates and APIs, and the only files or modules that may use them. Tests inside the
/// sources may use anything.
const ROOMS: [(&str, &[&str]); 22] = [
    ("ratatui", &["ui", "terminal"]),
    ("ratatui_textarea", &["src/app/editor.rs"]),
    ("crossterm", &["app", "terminal"]),
    ("signal_hook", &["terminal"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("nucleo_matcher", &["src/journal/search/matcher.rs"]),
    ("indexmap", &["src/journal/search/index.rs"]),
    ("foldhash", &["src/journal/search/index.rs"]),
    (
        "unicode_normalization",
        &["src/journal/search/matcher.rs", "src/journal/names.rs"],
    ),
    ("similar", &["src/insight/difference.rs"]),
    ("strsim", &["src/app/keys/own.rs"]),
    (
        "serde_json",
        &[
            "src/practice/parse/prepared.rs",
            "evidence",
            "import",
            "store",
            "report",
            "cli",
        ],
    ),
    ("csv", &["import"]),
    (
        "shell_words",
        &[
            "src/config.rs",
            "src/terminal/external_editor.rs",
            "src/cli/remind.rs",
        ],
    ),
    ("memchr", &["store"]),
    ("toml", &["user_file", "practice", "config", "sample"]),
    ("std::fs", &["store", "src/cli/demo.rs"]),
    // Only git uses the network.
    ("std::net", &[]),
    (
        "std::process::Command",
        &[
            "src/cli/editor.rs",
            "src/cli/remind.rs",
            "src/cli/sync/child.rs",
            "src/cli/sync/git.rs",
            "src/cli/sync/seal.rs",
            "src/terminal/children.rs",
            "src/terminal/external_editor.rs",
        ],
    ),
    ("chrono::Local", &["terminal", "cli"]),
];

const LONGEST: usize = 600;

/// A source file, with its path from the project root.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// Its module path from the crate root: `["app", "editor"]`.
    fn module(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/");
        let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').collect()
    }

    fn used(&self) -> Vec<Used> {
        paths(&self.text)
    }
}

fn rank(module: &str) -> Option<usize> {
    let (rank, _) = RANKS.iter().find(|(_, name)| name == module)?;
    Some(*rank)
}

/// Imports that go up, go sideways, or name a module that is not in the table.
fn bad_imports(source: &Source) -> Vec<String> {
    let module = source.module();
    // The crate root declares the modules and imports nothing.
    if module == ["lib"] {
        return Vec::new();
    }
    let Some(own) = rank(module[0]) else {
        return vec![format!("{}: not in the table of ranks", source.path)];
    };
    let mut complaints = Vec::new();
    for used in source.used() {
        let Some(target) = top_module(&used, module.len()) else {
            continue;
        };
        let allowed = target == module[0] || rank(target).is_some_and(|other| other < own);
        if !allowed {
            complaints.push(format!(
                "{}:{}: {} may not use {target}",
                source.path, used.line, module[0]
            ));
        }
    }
    complaints
}

/// The top-level module that a path leads into, or `None` if it stays inside its own module or
/// leaves the crate. `depth` is how deep the file's own module is.
fn top_module(used: &Used, depth: usize) -> Option<&str> {
    let mut segments = used.segments.iter().map(String::as_str);
    match used.segments[0].as_str() {
        "crate" | "leadby" => segments.nth(1),
        "super" => {
            let climbs = used
                .segments
                .iter()
                .take_while(|segment| *segment == "super");
            let climbs = climbs.count();
            (climbs >= depth + used.inline)
                .then(|| segments.nth(climbs))
                .flatten()
        }
        _ => None,
    }
}

/// Uses of outside crates in files that may not use them.
fn misplaced_crates(source: &Source) -> Vec<String> {
    let module = source.module();
    if module.last() == Some(&"tests") {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for used in source.used().iter().filter(|used| !used.in_tests) {
        let path = used.segments.join("::");
        for (outside, rooms) in ROOMS {
            let uses = path == outside || path.starts_with(&format!("{outside}::"));
            let allowed = rooms
                .iter()
                .any(|room| *room == module[0] || *room == source.path);
            if uses && !allowed {
                let room = match rooms {
                    [] => "nowhere".to_owned(),
                    rooms => format!("into {}", rooms.join(", ")),
                };
                complaints.push(format!(
                    "{}:{}: {path} belongs {room}",
                    source.path, used.line
                ));
            }
        }
    }
    complaints
}

/// Files without a `//!` head.
fn without_head(source: &Source) -> Vec<String> {
    if source.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![format!("{}: does not begin with `//! `", source.path)]
}

/// Files that are too long to read in one go.
fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines <= LONGEST {
        return Vec::new();
    }
    vec![format!(
        "{}: has {lines} lines, more than {LONGEST}",
        source.path
    )]
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    read(&root.join("src"), root, &mut sources);
    assert!(sources.len() > 10, "the sources have moved");
    sources
}

#[track_caller]
fn check(rule: fn(&Source) -> Vec<String>) {
    let complaints: Vec<String> = sources().iter().flat_map(rule).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

fn read(folder: &Path, root: &Path, sources: &mut Vec<Source>) {
    for file in std::fs::read_dir(folder).expect("the sources can be read") {
        let path = file.expect("the sources can be read").path();
        if path.is_dir() {
            read(&path, root, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let below = path.strip_prefix(root).expect("it was found below it");
            // The build script is a separate program that runs before the others are built.
            if below == Path::new("src/build.rs") {
                continue;
            }
            sources.push(Source {
                path: below.display().to_string(),
                text: std::fs::read_to_string(&path).expect("the sources can be read"),
            });
        }
    }
}

#[test]
fn no_import_climbs_or_crosses() {
    check(bad_imports);
}

#[test]
fn outside_crates_stay_in_their_files() {
    check(misplaced_crates);
}

#[test]
fn no_two_files_need_each_other() {
    let circles = circles(&sources());
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    check(without_head);
}

#[test]
fn no_file_is_too_long() {
    check(too_long);
}

mod the_rules_can_fail {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[track_caller]
    fn check(rule: fn(&Source) -> Vec<String>, path: &str, text: &str, expected: &[&str]) {
        let complaints = rule(&source(path, text));
        assert_eq!(complaints, expected, "{path}: {text}");
    }

    #[test]
    fn an_import_that_climbs_is_found() {
        let complaint = ["src/journal.rs:2: journal may not use store"];
        for text in [
            "//!\nuse crate::store::Store;",
            "//!\nuse crate::{calendar::{Now, Stamp}, store};",
            "//!\nfn open() -> crate::store::Store {}",
            "//!\nuse super::store::Store;",
            "//!\nmod tests { use super::super::store::Store; }",
        ] {
            check(bad_imports, "src/journal.rs", text, &complaint);
        }
        check(
            bad_imports,
            "src/journal/entry.rs",
            "use super::super::app;",
            &["src/journal/entry.rs:1: journal may not use app"],
        );
        check(
            bad_imports,
            "src/main.rs",
            "use leadby::{cli, lib};",
            &["src/main.rs:1: main may not use lib"],
        );
    }

    #[test]
    fn an_import_of_a_sibling_is_found() {
        check(
            bad_imports,
            "src/store/encode.rs",
            "use crate::report;",
            &["src/store/encode.rs:1: store may not use report"],
        );
    }

    #[test]
    fn the_table_says_the_rank_of_a_module() {
        let row = "//! | 2 | [`journal`] | entries | the clock |";
        assert_eq!(ranked(row), Some((2, "journal".to_owned())));
        assert_eq!(ranked("//! | rank | module |"), None);
        assert_eq!(ranked("//! journal"), None);
    }

    #[test]
    fn a_module_outside_the_table_is_found() {
        check(
            bad_imports,
            "src/misc.rs",
            "",
            &["src/misc.rs: not in the table of ranks"],
        );
        check(
            bad_imports,
            "src/app.rs",
            "use crate::misc::Thing;",
            &["src/app.rs:1: app may not use misc"],
        );
    }

    #[test]
    fn allowed_imports_are_accepted() {
        let text = "use crate::store::Draft; use super::msg; mod tests { use super::*; }
            // use crate::cli;
            const WORDS: &str = \"crate::cli\"; const RAW: &str = r#\"crate::\"cli\"#;
            /* crate::cli /* crate::cli */ */ const SIGN: char = '\"'; fn lives<'a>(_: &'a str) {}
            pub(super) fn inner() { self::inner(); crate::app::update() }";
        check(bad_imports, "src/app/editor.rs", text, &[]);
        check(bad_imports, "src/app.rs", "mod msg; pub use msg::Msg;", &[]);
    }

    #[test]
    fn a_cycle_is_reported_once() {
        let circle = [
            source("src/store.rs", "mod a; mod b; mod c;"),
            source("src/store/a.rs", "use super::b::{self, B};"),
            source("src/store/b.rs", "fn c() -> crate::store::c::C {}"),
            source("src/store/c.rs", "mod inner { use super::super::a; }"),
            source("src/store/d.rs", "use super::{a, Store};"),
        ];
        let expected = "src/store/a.rs → src/store/b.rs → src/store/c.rs → src/store/a.rs";
        assert_eq!(circles(&circle), [expected]);
    }

    #[test]
    fn a_module_and_its_submodules_are_not_a_cycle() {
        let within = [
            source("src/store.rs", "mod a; use a::A;"),
            source(
                "src/store/a.rs",
                "use super::Store; mod tests { use super::b; }",
            ),
            source("src/store/b.rs", "use crate::store::a::A;"),
        ];
        assert_eq!(circles(&within), [""; 0]);
    }

    #[test]
    fn a_crate_used_outside_its_files_is_found() {
        check(
            misplaced_crates,
            "src/app/keys.rs",
            "use ratatui_textarea::TextArea;\nuse std::{fmt, fs::{self, File}};\nuse ratatui as r;",
            &[
                "src/app/keys.rs:1: ratatui_textarea::TextArea belongs into src/app/editor.rs",
                "src/app/keys.rs:2: std::fs belongs into store, src/cli/demo.rs",
                "src/app/keys.rs:2: std::fs::File belongs into store, src/cli/demo.rs",
                "src/app/keys.rs:3: ratatui belongs into ui, terminal",
            ],
        );
    }

    #[test]
    fn a_crate_used_in_its_files_or_in_a_test_is_accepted() {
        check(
            misplaced_crates,
            "src/store/disk.rs",
            "use std::fs::File;",
            &[],
        );
        check(
            misplaced_crates,
            "src/cli/status.rs",
            "use std::net::TcpStream;\nuse std::process::{Command, ExitCode};",
            &[
                "src/cli/status.rs:1: std::net::TcpStream belongs nowhere",
                "src/cli/status.rs:2: std::process::Command belongs into src/cli/editor.rs, \
                 src/cli/remind.rs, src/cli/sync/child.rs, src/cli/sync/git.rs, src/cli/sync/seal.rs, \
                 src/terminal/children.rs, src/terminal/external_editor.rs",
            ],
        );
        let tests = "#[cfg(test)]\nmod tests { use std::fs; }";
        check(misplaced_crates, "src/report.rs", tests, &[]);
        check(misplaced_crates, "src/report/tests.rs", "use std::fs;", &[]);
        check(misplaced_crates, "src/words.rs", "use crate::toml::x;", &[]);
    }

    #[test]
    fn a_file_without_a_head_is_found() {
        check(without_head, "src/app.rs", "//! The model.\n", &[]);
        check(
            without_head,
            "src/main.rs",
            "fn main() {}",
            &["src/main.rs: does not begin with `//! `"],
        );
    }

    #[test]
    fn a_file_that_is_too_long_is_found() {
        check(too_long, "src/app.rs", &"\n".repeat(600), &[]);
        check(
            too_long,
            "src/app.rs",
            &"\n".repeat(601),
            &["src/app.rs: has 601 lines, more than 600"],
        );
    }
}
