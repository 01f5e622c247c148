//! `leadby completions SHELL`: what a shell needs to complete a command line, and the answers to
//! that shell while someone types.
//!
//! The shell runs `LEADBY_COMPLETE=SHELL leadby -- WORDS…` on each Tab. The words of a journal that
//! are answered are quoted for the shell they go to, so that none of them does anything there.

mod candidates;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap_complete::engine::{self, CompletionCandidate};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::context::CommandContext;
use super::environment::{self, COMPLETION_VARIABLE, CompletionRequest, ProcessEnvironment};
use super::failures::usage;
use super::output::Output;
use crate::text::{clip, one_line};
use candidates::{ENTRIES, Known, with_candidates};

const EXAMPLES: &str = "\
It goes into the file that the shell reads at its start:

  bash        ~/.bashrc
    source <(leadby completions bash)
  zsh         ~/.zshrc, after compinit
    source <(leadby completions zsh)
  fish        ~/.config/fish/config.fish
    leadby completions fish | source
  elvish      ~/.config/elvish/rc.elv
    eval (leadby completions elvish | slurp)
  PowerShell  $PROFILE
    leadby completions powershell | Out-String | Invoke-Expression
  nushell     once, into a folder that it reads at each start
    mkdir $nu.user-autoload-dirs.0
    leadby completions nushell | save -f $\"($nu.user-autoload-dirs.0)/leadby.nu\"

Tab then completes commands, options, ids with their text, lists, questions, areas, people and days.
The text of a private page is not shown.";

/// Collects the lines one by one: no word of them is split or taken for a pattern of file names.
const BASH: &str = r#"_leadby() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(LEADBY_COMPLETE=bash _CLAP_COMPLETE_INDEX="$COMP_CWORD" \
        _CLAP_COMPLETE_COMP_TYPE="$COMP_TYPE" leadby -- "${COMP_WORDS[@]}" 2>/dev/null)
    if [[ ${COMPREPLY-} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o nosort -F _leadby leadby 2>/dev/null || complete -F _leadby leadby
"#;

/// A script that zsh loads on the first Tab answers that one too.
const ZSH_LOADED: &str = "
if [ \"$funcstack[1]\" = _leadby ]; then
    _clap_dynamic_completer_leadby \"$@\"
fi
";

/// Asks the completer that was there before for every other program.
const NUSHELL: &str = r#"$env.config.completions.external.enable = true
$env.config.completions.external.completer = do {
    let before = $env.config.completions.external.completer?
    {|words|
        if $words.0 == "leadby" {
            let found = with-env {LEADBY_COMPLETE: nushell} { ^leadby -- ...$words | complete }
            $found.stdout | from json --objects
        } else if $before != null {
            do $before $words
        }
    }
}
"#;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell
    shell: ShellName,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum ShellName {
    Bash,
    Elvish,
    Fish,
    #[value(alias = "nu")]
    Nushell,
    #[value(alias = "pwsh")]
    Powershell,
    Zsh,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let mut script = Vec::new();
        self.shell.write_script(&mut script)?;
        Ok(context.output.for_export().write_bytes(&script)?)
    }
}

/// Answers a shell: what can be typed where it asks, one line each.
pub(super) fn answer(
    request: &CompletionRequest,
    environment: ProcessEnvironment,
    output: &mut Output,
) -> anyhow::Result<()> {
    let shell = <ShellName as clap::ValueEnum>::from_str(&request.shell, true)
        .map_err(|_| usage("no completions for this shell"))?;
    let arguments = environment.arguments.iter();
    let words: Vec<OsString> = arguments.skip(2).cloned().collect();
    let (words, quote) = shell.understand(words, request.place);
    let mut context = CommandContext::new(journal_option(&words), environment, output)?;
    let known = Arc::new(Known::new(&context));
    let mut command = with_candidates(super::command(), &known);
    let last = words.len().saturating_sub(1);
    let found = engine::complete(&mut command, words, last, Some(Path::new(".")))?;
    let described = request.lists && found.len() > 1;
    let found = found.iter();
    Ok(context.print_lines(found.filter_map(|it| shell.line(it, quote, described)))?)
}

/// The journal that the typed words name.
fn journal_option(words: &[OsString]) -> Option<PathBuf> {
    let mut words = words.iter();
    let path = loop {
        let word = words.next()?.to_str()?;
        if word == "--journal" {
            break PathBuf::from(words.next()?);
        }
        if let Some(path) = word.strip_prefix("--journal=") {
            break PathBuf::from(path);
        }
    };
    Some(environment::expand_tilde(path))
}

impl ShellName {
    fn write_script(self, script: &mut Vec<u8>) -> io::Result<()> {
        let completer: &dyn EnvCompleter = match self {
            Self::Bash => {
                script.extend(BASH.as_bytes());
                return Ok(());
            }
            Self::Nushell => {
                script.extend(NUSHELL.as_bytes());
                return Ok(());
            }
            Self::Elvish => &Elvish,
            Self::Fish => &Fish,
            Self::Powershell => &Powershell,
            Self::Zsh => &Zsh,
        };
        completer.write_registration(COMPLETION_VARIABLE, "leadby", "leadby", "leadby", script)?;
        if self == Self::Zsh {
            script.extend(ZSH_LOADED.as_bytes());
        }
        Ok(())
    }

    /// The words up to the one to complete, without the quotes they were typed in, and the quote
    /// that is still open there.
    fn understand(
        self,
        words: Vec<OsString>,
        place: Option<usize>,
    ) -> (Vec<OsString>, Option<char>) {
        let place = place.unwrap_or(words.len().saturating_sub(1));
        let mut typed: Vec<String> = words
            .into_iter()
            .take(place + 1)
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        if typed.len() <= place {
            typed.push(String::new());
        }
        if self == Self::Bash {
            split_assignments(&mut typed);
        }
        let last = typed.len() - 1;
        let is_raw = |at: usize| match self {
            Self::Bash | Self::Nushell | Self::Zsh => true,
            Self::Fish => at == last,
            Self::Elvish | Self::Powershell => false,
        };
        let mut quote = None;
        let words = typed.iter().enumerate().map(|(at, word)| {
            if !is_raw(at) {
                return OsString::from(word);
            }
            let (word, open) = unquote(word);
            quote = open;
            OsString::from(word)
        });
        (words.collect(), quote)
    }

    /// A candidate as the shell takes it; `None` if it could not be typed there.
    fn line(
        self,
        candidate: &CompletionCandidate,
        quote: Option<char>,
        described: bool,
    ) -> Option<String> {
        let value = candidate.get_value().to_str()?;
        if value.chars().any(char::is_control) {
            return None;
        }
        let help = candidate.get_help().map(ToString::to_string);
        let help = help.map(|help| one_line(help.lines().next().unwrap_or_default()));
        let is_entry = candidate
            .get_tag()
            .is_some_and(|tag| tag.to_string() == ENTRIES);
        Some(match (self, help) {
            (Self::Bash, Some(help)) if described && is_entry => {
                format!("{value}  {}", clip(&help, 60))
            }
            (Self::Bash, _) => quote_for_bash(value, quote)?,
            (Self::Elvish, _) | (Self::Fish, None) => value.to_owned(),
            (Self::Fish, Some(help)) => format!("{value}\t{help}"),
            (Self::Nushell, help) => {
                serde_json::json!({"value": quote_for_nushell(value), "description": help})
                    .to_string()
            }
            (Self::Powershell, Some(help)) => format!("{}\t{help}", quote_for_powershell(value)),
            (Self::Powershell, None) => quote_for_powershell(value),
            (Self::Zsh, Some(help)) => {
                format!("{}:{}", escape_for_zsh(value), help.replace('\\', "\\\\"))
            }
            (Self::Zsh, None) => escape_for_zsh(value),
        })
    }
}

/// Joins what bash takes apart at `=`: the value of an option becomes a word of its own.
fn split_assignments(words: &mut Vec<String>) {
    let last = words.len() - 1;
    if words[last] == "=" {
        words[last].clear();
    }
    let mut before = String::new();
    words.retain(|word| {
        let is_sign = word == "=" && before.starts_with("--");
        before.clone_from(word);
        !is_sign
    });
}

/// The text of a word as it was typed in a shell, and the quote that is still open at its end.
fn unquote(word: &str) -> (String, Option<char>) {
    let (mut text, mut quote) = (String::new(), None);
    let mut characters = word.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\\', None | Some('"')) => text.extend(characters.next()),
            ('\'' | '"', None) => quote = Some(character),
            (_, Some(open)) if character == open => quote = None,
            _ => text.push(character),
        }
    }
    (text, quote)
}

/// bash writes a candidate to the command line as it is, behind the quote that is open there.
fn quote_for_bash(value: &str, quote: Option<char>) -> Option<String> {
    let escaped = |acts: fn(char) -> bool| {
        let mut text = String::new();
        for character in value.chars() {
            if acts(character) {
                text.push('\\');
            }
            text.push(character);
        }
        text
    };
    match quote {
        Some('\'') => Some(value.replace('\'', r"'\''")),
        // Nothing keeps bash from looking for an earlier command there.
        Some(_) if value.contains('!') => None,
        Some(_) => Some(escaped(|it| "\\\"$`".contains(it))),
        None => Some(escaped(|it| {
            !it.is_alphanumeric() && !"-_./,+@%".contains(it)
        })),
    }
}

/// Only a backslash acts between its double quotes, and before that, anywhere, an exclamation mark:
/// it looks for an earlier command.
fn quote_for_nushell(value: &str) -> String {
    if is_plain_word(value) {
        return value.to_owned();
    }
    if !value.contains(['\'', '!']) {
        return format!("'{value}'");
    }
    let mut text = String::from('"');
    for character in value.chars() {
        match character {
            '!' => text.push_str(r"\u{21}"),
            '"' | '\\' => text.extend(['\\', character]),
            _ => text.push(character),
        }
    }
    text + "\""
}

/// Whether a word needs no quotes in nushell and PowerShell.
fn is_plain_word(value: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
    value.chars().all(is_plain)
}

fn quote_for_powershell(value: &str) -> String {
    if is_plain_word(value) {
        return value.to_owned();
    }
    // It takes typographic quotes for straight ones.
    let mut text = String::from("'");
    for character in value.chars() {
        if matches!(character, '\'' | '\u{2018}'..='\u{201b}') {
            text.push(character);
        }
        text.push(character);
    }
    text + "'"
}

/// A colon ends the value there.
fn escape_for_zsh(value: &str) -> String {
    value.replace('\\', "\\\\").replace(':', "\\:")
}
