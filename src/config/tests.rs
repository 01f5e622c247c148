//! Each text of a config file with what it sets, or with the mistakes that are reported.

use super::*;

fn file(text: &str) -> UserFile {
    UserFile {
        path: "config.toml".to_owned(),
        text: text.to_owned(),
    }
}

#[track_caller]
fn config(text: &str) -> Config {
    Config::parse(&file(text)).expect("a config without mistakes")
}

/// A text, and the mistakes that are reported.
#[track_caller]
fn wrong(text: &str, expected: &[&str]) {
    let mistakes = Config::parse(&file(text)).expect_err("a mistake");
    let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected, "{text}");
}

fn program(words: &[&str]) -> EvidenceCommand {
    EvidenceCommand::Program(words.iter().map(|word| (*word).to_owned()).collect())
}

#[test]
fn everything_is_optional() {
    assert_eq!(config(""), Config::default());
    assert_eq!(config("# only a comment\n"), Config::default());
}

#[test]
fn values_have_their_lines() {
    let config = config("theme = \"light\"\n\nmouse = false\neditor = \"code --wait\"\n");
    let theme = config.theme.expect("a theme");
    assert_eq!((theme.value, theme.line), (ThemeName::Light, 1));
    let mouse = config.mouse.expect("a mouse");
    assert_eq!((mouse.value, mouse.line), (false, 3));
    let editor = config.editor.expect("an editor");
    assert_eq!((&*editor.value, editor.line), ("code --wait", 4));
}

#[test]
fn the_due_day_is_a_day_and_an_hour() {
    let read = |text: &str| {
        let config = config(text);
        let day = config.due_day.map(|day| (day.value, day.line));
        (day, config.due_hour.map(|hour| hour.value))
    };
    assert_eq!(
        read("\ndue_day = \"Thursday\""),
        (Some((Weekday::Thu, 2)), None)
    );
    let both = read("due_day = \"sun\"\ndue_hour = 24");
    assert_eq!(both, (Some((Weekday::Sun, 1)), Some(24)));
    wrong(
        "due_day = \"someday\"\ndue_hour = 25\nstatus_words = 1\n",
        &[
            "config.toml: line 1: `due_day`: “someday” is not a day of the week; try \"thursday\" or \"thu\"",
            "config.toml: line 2: `due_hour`: 25 is not an hour of a day; 0 to 24",
            "config.toml: line 3: `status_words`: expected true or false, not the number `1`",
        ],
    );
}

#[test]
fn every_mistake_is_reported_with_its_line() {
    wrong(
        "them = \"light\"\ntheme = \"blue\"\nmouse = \"yes\"\neditor = \" \"\n",
        &[
            "config.toml: line 1: unknown key `them`; keys here: theme, colors, mouse, editor, notify, due_day, due_hour, status_words, evidence",
            "config.toml: line 2: `theme`: unknown value `blue`, expected one of `terminal`, `dark`, `light`, `high-contrast`, `solarized`, `gruvbox`, `catppuccin`, `nord`, `mono`",
            "config.toml: line 3: `mouse`: expected true or false, not the text \"yes\"",
            "config.toml: line 4: `editor`: editor is empty; leave the line out instead",
        ],
    );
    wrong(
        "theme = \"light\n",
        &["config.toml: line 1: invalid basic string, expected `\"`"],
    );
}

#[test]
fn a_theme_is_changed_and_every_other_line_stays() {
    for (before, after) in [
        ("", "theme = \"nord\"\n"),
        (
            "# mine\ntheme = 'dark' # at night\nmouse = false\n",
            "# mine\ntheme = \"nord\" # at night\nmouse = false\n",
        ),
        (
            "# The colours.\n# theme = \"terminal\"\n\n[[evidence]]\nrecipe = \"github\"\n",
            "# The colours.\ntheme = \"nord\"\n\n[[evidence]]\nrecipe = \"github\"\n",
        ),
        (
            "  [colors]\nwords = \"#ffffff\"\n# theme = \"dark\"\n",
            "theme = \"nord\"\n  [colors]\nwords = \"#ffffff\"\n# theme = \"dark\"\n",
        ),
        (
            "[colors]\nwords = \"#ffffff\"\n# theme = \"dark\"\n",
            "theme = \"nord\"\n[colors]\nwords = \"#ffffff\"\n# theme = \"dark\"\n",
        ),
    ] {
        let text = Config::with_theme(&file(before), ThemeName::Nord).expect("no mistakes");
        assert_eq!(text, after);
        let theme = config(&text).theme.map(|theme| theme.value);
        assert_eq!(theme, Some(ThemeName::Nord), "{text}");
    }
    let text = Config::with_theme(&file(STARTER), ThemeName::Nord).expect("no mistakes");
    assert_eq!(text.lines().count(), STARTER.lines().count());
    assert!(Config::with_theme(&file("mouse = 1"), ThemeName::Nord).is_err());
}

#[test]
fn roles_have_colours_of_their_own() {
    let config = config("[colors]\naccent = \"#5ec4b6\"\nwords = \"#FFFFFF\"\n");
    let at_line = |line, value| Setting { value, line };
    let expected = [
        (Role::Words, at_line(3, Rgb(255, 255, 255))),
        (Role::Accent, at_line(2, Rgb(0x5e, 0xc4, 0xb6))),
    ];
    assert_eq!(config.colors, expected);
    for (text, expected) in [
        (
            "[colors]\naccent = \"blue\"",
            "config.toml: line 2: `colors`: `accent`: `blue` is not a colour; one is written like \"#5ec4b6\"",
        ),
        (
            "[colors]\nground = \"#000000\"",
            "config.toml: line 2: unknown key `ground`; keys here: words, label, quiet, rule, accent, good, begun, due, wrong, cursor",
        ),
        (
            "colors = 1",
            "config.toml: line 1: `colors`: this is not a table",
        ),
    ] {
        wrong(text, &[expected]);
    }
}

#[test]
fn one_mistake_does_not_hide_another() {
    wrong(
        "[colors]\nacent = \"#123456\"\ngood = \"#12345\"\ndew = 1\n",
        &[
            "config.toml: line 2: unknown key `acent`; keys here: words, label, quiet, rule, accent, good, begun, due, wrong, cursor",
            "config.toml: line 3: `colors`: `good`: `#12345` is not a colour; one is written like \"#5ec4b6\"",
            "config.toml: line 4: unknown key `dew`; keys here: words, label, quiet, rule, accent, good, begun, due, wrong, cursor",
        ],
    );
    wrong(
        "[[evidence]]\nrecipe = \"git\"\ntimeout = \"5\"\n",
        &[
            "config.toml: line 1: recipe “git” needs `author`: your name or e-mail address, as in your commits",
            "config.toml: line 1: recipe “git” needs `folders`: your repositories, such as [\"~/work/site\"]",
            "config.toml: line 3: `timeout`: expected a whole number, not the text \"5\"",
        ],
    );
    wrong(
        "[[evidence]]\nrun = 1\nshell = \"a\"\nformat = \"xml\"\ntimeout = 200\nkind = 1\n",
        &[
            "config.toml: line 1: it needs a `name`",
            "config.toml: line 2: `run`: expected a list in [ ], not the number `1`; a list does without a shell, and `shell` takes a text",
            "config.toml: line 4: `format`: unknown value `xml`, expected one of `lines`, `json`, `ics`",
            "config.toml: line 5: `timeout` is 1 to 120 seconds",
            "config.toml: line 6: unknown key `kind`; keys here: name, recipe, run, shell, file, format, columns, link, timeout",
        ],
    );
}

#[test]
fn a_command_has_its_quotes_closed() {
    wrong(
        "editor = \"vim 'unclosed\"\nnotify = \"notify-send \\\"a\"\n",
        &[
            "config.toml: line 1: `editor`: a quote is not closed",
            "config.toml: line 2: `notify`: a quote is not closed",
        ],
    );
    assert!(
        config("editor = \"f() { code \\\"$1\\\"; }; f\"\n")
            .editor
            .is_some()
    );
}

#[test]
fn every_theme_is_known_by_its_name() {
    for theme in ThemeName::ALL {
        assert_eq!(ThemeName::from_name(theme.name()), Some(theme));
        let upper = theme.name().to_uppercase();
        assert_eq!(ThemeName::from_name(&upper), Some(theme));
        let text = format!("theme = \"{}\"", theme.name());
        assert_eq!(config(&text).theme.map(|theme| theme.value), Some(theme));
    }
}

#[test]
fn a_source_is_a_command_a_script_or_a_file() {
    let config = config(
        r#"
[[evidence]]
name = "log"
run = ["git", "log", "--since={from}"]
timeout = 30
link = "https://example.org/{3}"

[[evidence]]
name = "words"
shell = "cat ~/*.txt | sort"

[[evidence]]
name = "events"
file = "~/calendar.ics"
format = "ics"

[[evidence]]
name = "tickets"
run = ["tickets"]
format = "json"
columns = ["closed", "fields.summary"]
"#,
    );
    let [log, words, events, tickets] = config.evidence.as_slice() else {
        panic!("{config:?}");
    };
    assert_eq!(log.commands, [program(&["git", "log", "--since={from}"])]);
    assert_eq!((log.timeout.as_secs(), log.line), (30, 2));
    assert_eq!(log.link.as_deref(), Some("https://example.org/{3}"));
    let script = EvidenceCommand::Shell("cat ~/*.txt | sort".to_owned());
    assert_eq!(
        (&words.commands, words.timeout.as_secs()),
        (&vec![script], 10)
    );
    let file = EvidenceCommand::File("~/calendar.ics".to_owned());
    assert_eq!(
        (&events.commands, events.format),
        (&vec![file], OutputFormat::Ics)
    );
    assert_eq!(tickets.columns, ["closed", "fields.summary"]);
}

#[test]
fn mistakes_in_sources_are_reported_one_by_one() {
    let all = "keys here: name, recipe, run, shell, file, format, columns, link, timeout";
    for (text, expected) in [
        ("run = [\"a\"]", "line 1: it needs a `name`"),
        (
            "name = \"a\"",
            "line 1: it needs one of `recipe`, `run`, `shell` and `file`",
        ),
        (
            "name = \"a\"\nrun = [\"a\"]\nshell = \"a\"",
            "line 1: it needs one of `recipe`, `run`, `shell` and `file`, and has several",
        ),
        ("name = \"a\"\nrun = []", "line 3: `run` is empty"),
        (
            "name = \"a\"\nrun = \"git log\"",
            "line 3: `run`: expected a list in [ ], not the text \"git log\"; a list does \
             without a shell, and `shell` takes a text",
        ),
        (
            "name = \"a\"\nfile = \"https://example.org/a.ics\"",
            "line 3: `file` is a file on this machine; fetch others with a command",
        ),
        (
            "name = \"a\"\nrun = [\"a\"]\ntimeout = 600",
            "line 4: `timeout` is 1 to 120 seconds",
        ),
        (
            "name = \"a\"\nrun = [\"a\"]\nformat = \"xml\"",
            "line 4: `format`: unknown value `xml`, expected one of `lines`, `json`, `ics`",
        ),
        (
            "name = \"a\"\nrun = [\"a\"]\nformat = \"json\"",
            "line 1: JSON needs `columns`: the members for day, text and link, such as \
             [\"closedAt\", \"title\", \"url\"]",
        ),
        (
            "name = \"a\"\nrun = [\"a\"]\ncolumns = [\"a\", \"b\"]",
            "line 4: `columns` is only for `format = \"json\"`",
        ),
        (
            "name = \"a\"\nrum = [\"a\"]\nrun = [\"a\"]",
            &*format!("line 3: unknown key `rum`; {all}"),
        ),
        (
            "recipe = \"svn\"",
            "line 2: no recipe called “svn”; recipes: git, github, github-issues, gitlab, \
             gitlab-issues, taskwarrior, ics",
        ),
        (
            "recipe = \"git\"\nfolders = \"~/a\"",
            "line 1: recipe “git” needs `author`: your name or e-mail address, as in your commits",
        ),
        (
            "recipe = \"git\"\nauthor = \"Ada\"\nfolders = [1]",
            "line 4: recipe “git” needs `folders`: your repositories, such as [\"~/work/site\"]",
        ),
        (
            "recipe = \"github\"\nrun = [\"a\"]",
            "line 3: recipe “github” sets `run` already",
        ),
        (
            "recipe = \"ics\"\nfile = \"a.ics\"\nfolder = \"b\"",
            "line 4: unknown key `folder`; keys here: name, recipe, link, timeout, file",
        ),
    ] {
        let expected = format!("config.toml: {expected}");
        wrong(&format!("[[evidence]]\n{text}\n"), &[&expected]);
    }
    wrong(
        "[[evidence]]\n[[evidence]]\nrecipe = \"github\"\n[[evidence]]\nrecipe = \"github\"\n",
        &[
            "config.toml: line 1: it needs a `name`",
            "config.toml: line 1: it needs one of `recipe`, `run`, `shell` and `file`",
            "config.toml: line 4: there are two sources called “github”",
        ],
    );
    wrong(
        "[evidence]\nname = \"a\"\n",
        &["config.toml: line 1: `evidence` is a list: write [[evidence]] above each source"],
    );
}

#[test]
fn a_recipe_runs_once_for_each_value_of_a_list() {
    let config =
        config("[[evidence]]\nrecipe = \"git\"\nauthor = \"Ada\"\nfolders = [\"~/a\", \"b c\"]\n");
    let [source] = config.evidence.as_slice() else {
        panic!("{config:?}");
    };
    assert_eq!(source.name, "git");
    let folders: Vec<&str> = source
        .commands
        .iter()
        .map(|command| match command {
            EvidenceCommand::Program(words) => words[2].as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(folders, ["~/a", "b c"]);
}

#[test]
fn a_leading_tilde_is_the_home_folder() {
    let before = program(&["git", "-C", "~/work", "~", "a~/b", "~ada"]);
    let after = program(&["git", "-C", "/home/ada/work", "/home/ada", "a~/b", "~ada"]);
    assert_eq!(before.expand_home("/home/ada"), after);
    let script = EvidenceCommand::Shell("ls ~".to_owned());
    assert_eq!(script.clone().expand_home("/home/ada"), script);
}

/// What is commented out in the starter is right as well.
#[test]
fn the_starter_has_no_mistake() {
    assert_eq!(config(STARTER), Config::default());
    let uncommented = STARTER.lines().map(|line| {
        let rest = line.strip_prefix("# ").unwrap_or(line);
        let is_setting = rest.starts_with('[')
            || rest
                .split_once(" = ")
                .is_some_and(|(key, _)| key.chars().all(|letter| letter.is_ascii_lowercase()));
        if is_setting {
            format!("{rest}\n")
        } else {
            "\n".to_owned()
        }
    });
    let config = config(&uncommented.collect::<String>());
    assert!(config.theme.is_some() && config.mouse.is_some() && config.editor.is_some());
    assert_eq!(config.evidence.len(), 5);
}

#[test]
fn every_recipe_is_complete() {
    for recipe in recipes() {
        assert!(recipe.file.is_some() == recipe.run.is_empty(), "{recipe:?}");
        let is_json = recipe.format == OutputFormat::Json;
        assert_eq!(is_json, !recipe.columns.is_empty(), "{recipe:?}");
        let all = format!("{:?}{:?}", recipe.run, recipe.file);
        for key in recipe.needs.keys() {
            assert!(all.contains(&format!("{{{key}}}")), "{key} in {recipe:?}");
        }
    }
}
