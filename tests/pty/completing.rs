//! Tab in real shells: it knows the journal, offers no file where none belongs, and no word of the
//! journal acts. If a shell is not installed, its test is skipped with a note.

use std::path::{Path, PathBuf};

use super::terminal::{BINARY, Home, Terminal};

/// Areas whose words would act in one of the shells.
const HOSTILE: [&str; 4] = [
    "one $(touch pwned) `touch pwned` ${HOME} (touch pwned)",
    r#"two 'quoted' "double" ; touch pwned; | & <x >y !! !1"#,
    r"three \$(touch pwned) \\ \w $((1+1)) %F{red} ~ * ? [a] {c,d}",
    "four: 日本 “ü” = é #x ^y @(z)",
];

const FOLDERS: [&str; 4] = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/// Where a program is; `None` with a note if it is not installed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn installed(name: &str) -> Option<PathBuf> {
    let mut paths = FOLDERS.iter().map(|folder| Path::new(folder).join(name));
    let program = paths.find(|path| path.is_file());
    if program.is_none() {
        eprintln!("skipped: {name} is not installed");
    }
    program
}

/// Starts a shell and has it load the completions and write `ready`; `None` with a note if it is not installed.
fn shell(name: &str, arguments: &[&str], load: &str) -> Option<(Home, Terminal)> {
    let program = installed(name)?;
    let built = Path::new(BINARY).parent().expect("a folder");
    let path = format!("{}:{}", built.display(), FOLDERS.join(":"));
    let home = Home::new().with("PATH", path.leak());
    for (at, area) in HOSTILE.iter().enumerate() {
        say(&home, &["commit", &format!("Owner {at}"), "--area", area]);
    }
    std::fs::File::create(home.path().join("a-file")).expect("a file");
    let program = program.display().to_string();
    let command: Vec<&str> = [program.as_str()]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    let mut terminal = Terminal::start_with(&home, &command);
    terminal.write(&format!("{load}\r"));
    terminal.wait_until_contains("ready");
    Some((home, terminal))
}

#[track_caller]
fn say(home: &Home, arguments: &[&str]) -> String {
    let output = home
        .command(arguments)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("it is text")
}

/// Types commands with Tab in them, and reads from the journal what was run.
fn tab_knows_the_journal(home: &Home, mut terminal: Terminal, list: &str) {
    terminal.write(&format!("leadby check-in {list}"));
    terminal.wait_until("the text beside an id", |screen| {
        let contents = screen.contents();
        contents.contains("Owner 0") && contents.contains("Owner 3")
    });
    terminal.write("\u{15}");
    terminal.write(&format!("clear; leadby note {list}"));
    terminal.wait_until("options and no file", |screen| {
        let contents = screen.contents();
        contents.contains("--journal") && !contents.contains("a-file")
    });
    terminal.write("\u{15}");
    for (at, area) in HOSTILE.iter().enumerate() {
        let begun = &area[..3];
        terminal.write(&format!(
            "clear; leadby commit --by eo\t --area {begun}\t -- done{at}\r"
        ));
        terminal.wait_until_contains(&format!("Committed: done{at}"));
        let listed = say(home, &["list", "commitments", "--json"]);
        let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
        let made = listed
            .as_array()
            .expect("a list")
            .last()
            .expect("one")
            .clone();
        assert_eq!(made["area"], *area);
        assert_eq!(made["due"], "2026-11-30");
    }
    assert!(
        !home.path().join("pwned").exists(),
        "a word of the journal acted"
    );
    terminal.write("exit\r");
    terminal.wait_until_over();
}

#[test]
fn in_bash() {
    let load = "source <(leadby completions bash); echo rea''dy";
    if let Some((home, terminal)) = shell("bash", &["--norc", "--noprofile"], load) {
        tab_knows_the_journal(&home, terminal, "\t\t");
    }
}

#[test]
fn in_zsh() {
    let load =
        "autoload -Uz compinit; compinit -u -D; source <(leadby completions zsh); echo rea''dy";
    if let Some((home, terminal)) = shell("zsh", &["-f"], load) {
        tab_knows_the_journal(&home, terminal, "\t\t");
    }
}

#[test]
fn in_zsh_from_its_folder() {
    let load = "mkdir f; leadby completions zsh >f/_leadby; fpath=($PWD/f $fpath); \
                autoload -Uz compinit; compinit -u -D; echo rea''dy";
    if let Some((home, terminal)) = shell("zsh", &["-f"], load) {
        tab_knows_the_journal(&home, terminal, "\t\t");
    }
}

#[test]
fn in_fish() {
    let load = "leadby completions fish | source; echo rea''dy";
    if let Some((home, terminal)) = shell("fish", &["--no-config"], load) {
        tab_knows_the_journal(&home, terminal, "\t");
    }
}

/// Inside tmux, as its prompt asks the terminal where the cursor is.
#[test]
fn in_nushell() {
    let start = "leadby completions nushell >l.nu; exec nu --config l.nu";
    let inside = ["-S", "tmux", "-f", "/dev/null", "new", "sh", "-c", start];
    if installed("nu").is_some()
        && let Some((home, terminal)) = shell("tmux", &inside, "'rea' + 'dy'")
    {
        tab_knows_the_journal(&home, terminal, "\t");
    }
}
