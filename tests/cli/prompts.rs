//! The line of `status --short` in real prompts and status bars: typed text is shown and never
//! runs. The configuration lines come from the help, so each of them works as printed there. If a
//! program is not installed, its test is skipped with a note.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::environment::{FOLDERS, TestEnvironment};

/// Titles to type, none longer than the line shows.
const HOSTILE: [&str; 9] = [
    "$(touch pwned) `touch pwned` x",
    r"\$(touch pwned) \`touch pwned\` \\$(touch pwned)",
    "${HOME} $HOME $USER $((1+1)) $[1+1] ${x:=1}",
    r"\w \u \h \$ \\ \[x\] \033[31m \t \! end\",
    "100% of it by %D %H:%M %F{red}red%f %{x%} %~ %n",
    "#(touch pwned) #S #D ## ### #{session_name} x",
    "#[fg=red]a#[default] ##[b ###[c] #[nolist fill=x",
    r#"'quoted' "double" ;touch pwned; | & <x >y !! !1"#,
    "日本 “ü” ~ * ? [a] (b) {c,d} %(!.x.y) $'\\x41'",
];

/// The path of a program; prints a note and returns `None` if it is not installed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn installed(program: &str) -> Option<PathBuf> {
    let found = FOLDERS.iter().map(|folder| Path::new(folder).join(program));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: {program} is not installed");
    }
    found
}

/// A home with one commitment, and the line that a bar must show.
fn home(typed: &str) -> (TestEnvironment, String) {
    let environment = TestEnvironment::new();
    environment.ok(&["commit", "--", typed]);
    let line = environment.ok(&["status", "--short"]);
    assert!(line.contains(typed), "{line}");
    (environment, line.trim_end().to_owned())
}

/// The configuration for `file` from the help of `status`.
fn recipe(environment: &TestEnvironment, file: &str) -> String {
    let help = environment.ok(&["status", "--help"]);
    let mut lines = help.lines().skip_while(|line| line.trim() != file);
    let line = lines.nth(1);
    line.expect("the help has it").trim().to_owned()
}

/// What a shell prints for `script`.
fn printed(shell: &Path, flags: &[&str], script: &str, typed: &str) -> (String, String) {
    let (environment, line) = home(typed);
    let mut command = environment.program(shell);
    let output = command.args(flags).args(["-c", script]).output();
    let output = output.expect("it starts");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty(), "{typed}: {errors}");
    let pwned = environment.home().join("pwned").exists();
    assert!(!pwned, "{script} ran what was typed: {typed}");
    (printed, line)
}

#[test]
fn typed_text_never_runs_in_bash() {
    let Some(bash) = installed("bash") else {
        return;
    };
    let recipe = recipe(&TestEnvironment::new(), "~/.bashrc");
    // The prompt as bash expands it, before the first command.
    let script = format!("{recipe}; eval \"$PROMPT_COMMAND\"; printf '%s' \"${{PS1@P}}\"");
    for typed in HOSTILE {
        let (prompt, line) = printed(&bash, &["--norc", "--noprofile"], &script, typed);
        let prompt = prompt.trim_end_matches(['$', '#', ' ']);
        assert_eq!(prompt, line.trim_end_matches(['$', '#', ' ']), "{typed}");
    }
    // Written in other ways, it may look different, but still does nothing.
    for other in [
        "PS1='$(leadby status --short --for bash) '",
        "PS1=\"$(leadby status --short --for bash) \"",
        "PS1='$(leadby status --short) '",
    ] {
        for typed in HOSTILE {
            let script = format!("{other}; printf '%s' \"${{PS1@P}}\"");
            printed(&bash, &["--norc", "--noprofile"], &script, typed);
        }
    }
}

#[test]
fn typed_text_never_runs_in_zsh() {
    let Some(zsh) = installed("zsh") else {
        return;
    };
    let recipe = recipe(&TestEnvironment::new(), "~/.zshrc");
    let shown = "print -rn -- \"${(%%)PROMPT}\"";
    let inside = "PROMPT='$(leadby status --short --for zsh) %# '";
    for script in [
        format!("{recipe}; precmd; {shown}"),
        format!("setopt PROMPT_SUBST; {recipe}; precmd; {shown}"),
        format!("setopt PROMPT_SUBST; {inside}; {shown}"),
    ] {
        for typed in HOSTILE {
            let (prompt, line) = printed(&zsh, &["-f"], &script, typed);
            let prompt = prompt.trim_end_matches(['%', '#', ' ']);
            // Prompt expansion turns a backslash into another one or drops it.
            let is_expanded = script.contains("SUBST") && typed.contains('\\');
            if !is_expanded {
                let line = line.replace('`', "ˋ");
                assert_eq!(prompt.replace("%{%}", ""), line, "{script}");
            }
        }
    }
}

#[test]
fn typed_text_never_runs_in_fish() {
    let Some(fish) = installed("fish") else {
        return;
    };
    let help = TestEnvironment::new().ok(&["status", "--help"]);
    let recipe = help
        .lines()
        .find_map(|line| line.find("function fish").map(|at| &line[at..]));
    let script = format!("{}; fish_right_prompt", recipe.expect("the help has it"));
    for typed in HOSTILE {
        let (prompt, line) = printed(&fish, &["--no-config"], &script, typed);
        assert_eq!(prompt.trim_end(), line);
    }
}

#[test]
fn typed_text_never_runs_in_tmux() {
    let Some(tmux) = installed("tmux") else {
        return;
    };
    std::thread::scope(|scope| {
        for typed in HOSTILE {
            let tmux = &tmux;
            scope.spawn(move || in_tmux(tmux, typed));
        }
    });
}

/// The drawn status bar of a tmux, read through the pane of another one.
fn in_tmux(tmux: &Path, typed: &str) {
    let (environment, line) = home(typed);
    let recipe = recipe(&environment, "~/.tmux.conf");
    let length = "set -g status-right-length 100";
    assert!(environment.ok(&["status", "--help"]).contains(length));
    let conf = format!("{recipe}\n{length}\nset -g status-left ''\nset -g status-interval 1\n");
    let mut file = File::create(environment.home().join("inner.conf")).expect("a file");
    file.write_all(conf.as_bytes()).expect("to write");
    let tell = |arguments: &[&str]| {
        let mut command = environment.program(tmux);
        command
            .env("TMUX_TMPDIR", environment.home())
            .args(arguments);
        let output = command.output().expect("tmux starts");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let inner = format!(
        "env -u TMUX {} -L inner -f inner.conf new-session",
        tmux.display()
    );
    let outer = ["-L", "outer", "-f", "/dev/null"];
    tell(
        &[
            &outer[..],
            &["new-session", "-d", "-x", "150", "-y", "6", &inner],
        ]
        .concat(),
    );
    let begun = Instant::now();
    let mut bar = String::new();
    while begun.elapsed() < Duration::from_secs(20) && !bar.contains(&line) {
        std::thread::sleep(Duration::from_millis(50));
        bar = tell(&[&outer[..], &["capture-pane", "-p"]].concat());
    }
    tell(&["-L", "inner", "kill-server"]);
    tell(&["-L", "outer", "kill-server"]);
    assert!(bar.contains(&line), "{line}\nis not shown in:\n{bar}");
    let pwned = environment.home().join("pwned").exists();
    assert!(!pwned, "tmux ran what was typed: {typed}");
}

#[test]
fn the_guide_repeats_the_help() {
    let guide = include_str!("../../assets/guide.md");
    let environment = TestEnvironment::new();
    for file in ["~/.tmux.conf", "~/.bashrc", "~/.zshrc"] {
        let recipe = recipe(&environment, file);
        assert!(guide.contains(&recipe), "{recipe}");
    }
}
