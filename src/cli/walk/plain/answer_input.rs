//! Reads the answer to a question: one line, several, or a number instead of text.
//!
//! No byte ends the walk. Those that are no text are replaced or left out, and keys that a terminal
//! writes out instead of obeying are obeyed or left out.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal};

use super::{Answered, Left};
use crate::cli::context::CommandContext;
use crate::cli::editor;
use crate::cli::failures::usage;
use crate::cli::field_values;
use crate::failure::Failure;
use crate::journal::same_name;
use crate::practice::Choice;
use crate::store::TempFile;
use crate::text::{display_path, escape_controls};

/// A line of only this goes back one question.
const BACK: &str = "<";

/// A line of only this is the text [`BACK`].
const ESCAPED_BACK: &str = "\\<";

/// Reads a line, or lines up to an empty one.
pub(super) fn read_answer(context: &mut CommandContext<'_>, several: bool) -> Answered<String> {
    let mut words = String::new();
    // The answer before is saved, or was refused.
    context.unsaved_lines = None;
    loop {
        context.output.write_text("> ")?;
        context.output.flush()?;
        if context.output.reader_is_gone() && io::stdin().is_terminal() {
            // No one sees the questions; only piped answers would still come.
            return Err(Left::Ended);
        }
        let read = read_line(context);
        let read = read.map_err(|failure| match words.as_str() {
            "" => failure,
            words => editor::keep_text(words, context.unsaved_lines.take(), failure),
        })?;
        let Some(line) = read else {
            if words.is_empty() {
                return Err(Left::Ended);
            }
            break;
        };
        let line = match line.trim() {
            "" => break,
            BACK if words.is_empty() => return Err(Left::Back),
            ESCAPED_BACK if words.is_empty() => BACK,
            _ => &line,
        };
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(line);
        if !several {
            break;
        }
        keep_line(line, context);
    }
    if words.is_empty() {
        return Err(Left::Skipped);
    }
    Ok(words)
}

/// Keeps a line until the answer is saved. If that fails, it is still on the screen.
fn keep_line(line: &str, context: &mut CommandContext<'_>) {
    if context.unsaved_lines.is_none() {
        context.unsaved_lines = TempFile::new("answer.txt", "").ok();
    }
    if let Some(file) = &context.unsaved_lines {
        let _ = file.add_line(line);
    }
}

/// One line as text; `None` at the end of the input.
fn read_line(context: &mut CommandContext<'_>) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut bytes);
    let read = read.map_err(|error| {
        let failure = usage(format!("the answer cannot be read: {error}"));
        failure
            .hint("the answers before it are saved")
            .with_source(error)
    })?;
    if read == 0 {
        return Ok(None);
    }
    let decoded = String::from_utf8_lossy(&bytes);
    if matches!(decoded, Cow::Owned(_)) {
        let whole = TempFile::new("line.txt", &bytes).map(TempFile::into_kept);
        let whole = whole.map_or_else(
            |_| String::new(),
            |path| format!("; the line as it came is in {}", display_path(&path)),
        );
        context.print_line(format!(
            "  Part of that line is not UTF-8 text: it is saved as \u{fffd}{whole}."
        ))?;
    }
    Ok(Some(typed_text(&decoded)))
}

/// What was typed as a line: without its end, a byte order mark, and keys that are no text. Where
/// no one else has, Backspace deletes the character before it.
fn typed_text(line: &str) -> String {
    let line = line.trim_end_matches(['\n', '\r']);
    // Piped answers may begin with a byte order mark.
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let mut text = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        match character {
            '\u{8}' | '\u{7f}' => {
                text.pop();
            }
            '\u{1b}' => rest = without_key(rest),
            '\t' => text.push('\t'),
            character if character.is_control() => {}
            character => text.push(character),
        }
    }
    text
}

/// What follows a key like ← or F1 that begins with Escape (ECMA-48: CSI, parameters and a final
/// character; or SS3 and one character).
fn without_key(after_escape: std::str::Chars<'_>) -> std::str::Chars<'_> {
    let mut rest = after_escape.clone();
    match rest.next() {
        Some('[') => {
            let is_final = |character: &char| ('@'..='~').contains(character);
            let is_key = rest.by_ref().take(16).any(|next| is_final(&next));
            if is_key { rest } else { after_escape }
        }
        Some('O') => {
            rest.next();
            rest
        }
        _ => after_escape,
    }
}

/// Says what is there already, which an empty line keeps.
pub(super) fn print_present(text: &str, context: &mut CommandContext<'_>) -> Result<(), Failure> {
    let text = escape_controls(text).replace('\n', "\n       ");
    context.print_line(format!("  now: {text}\n  An empty line keeps it."))
}

/// Lists choices, each with its number.
pub(super) fn list_choices(
    choices: &[Choice],
    context: &mut CommandContext<'_>,
) -> Result<(), Failure> {
    list_lines(choices.iter().map(|choice| choice.label.as_str()), context)
}

/// Lists lines, each with its number.
pub(super) fn list_lines<'a>(
    lines: impl Iterator<Item = &'a str>,
    context: &mut CommandContext<'_>,
) -> Result<(), Failure> {
    for (number, line) in (1..).zip(lines) {
        context.print_line(format!("  {number}  {}", escape_controls(line)))?;
    }
    Ok(())
}

/// Says why an answer is invalid; the question is asked again. Choices are listed by number, as the
/// question lists them.
pub(super) fn report_invalid(
    context: &mut CommandContext<'_>,
    failure: &Failure,
    choices: &[Choice],
) -> Result<(), Failure> {
    context.print_line(format!("  {}", escape_controls(failure.message())))?;
    if !choices.is_empty() {
        let choices = field_values::numbered_choices(choices);
        return context.print_line(format!("  {}", escape_controls(&choices)));
    }
    for hint in failure.hints() {
        context.print_line(format!("  {}", escape_controls(hint)))?;
    }
    Ok(())
}

/// The index in a list for a number from 1.
pub(super) fn index_from_number(text: &str, count: usize) -> Option<usize> {
    let number: usize = text.trim().parse().ok()?;
    (1..=count).contains(&number).then(|| number - 1)
}

/// The index in a list for a number from 1, for a name, or for words that only one of the names has.
pub(super) fn index_of(typed: &str, names: &[&str]) -> Option<usize> {
    let is_named = |name: &&str| {
        let label = name.split_once(": ").map_or(*name, |(label, _)| label);
        same_name(name, typed) || same_name(label, typed)
    };
    let named = || names.iter().position(is_named);
    let typed_words = words(typed);
    let matching = || {
        let has_all = |name: &str| {
            let own = words(name);
            !typed_words.is_empty() && typed_words.iter().all(|word| own.contains(word))
        };
        let mut matching = (0..names.len()).filter(|at| has_all(names[*at]));
        matching.next().filter(|_| matching.next().is_none())
    };
    index_from_number(typed, names.len())
        .or_else(named)
        .or_else(matching)
}

fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a text is a number, of a list or not.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(typed_text(typed), expected, "{typed:?}");
    }

    #[test]
    fn a_line_of_a_list_goes_by_number_or_by_words() {
        let names = [
            "an answer of this week or month",
            "let it go",
            "Systems · system",
            "Systems · hero moment",
            "solved: Tue 24 Nov",
            "no longer solved",
        ];
        for (typed, expected) in [
            ("2", Some(1)),
            ("7", None),
            ("Answer", Some(0)),
            ("let go", Some(1)),
            ("system", Some(2)),
            ("systems", None),
            ("hero moment", Some(3)),
            ("solved", Some(4)),
            ("no longer solved", Some(5)),
            ("kept", None),
            (" · ", None),
        ] {
            assert_eq!(index_of(typed, &names), expected, "{typed}");
        }
    }

    #[test]
    fn keys_that_are_no_text_are_left_out() {
        check("one owner\r\n", "one owner");
        check("\u{feff}one\n", "one");
        check("onw\u{7f}e owner", "one owner");
        check("\u{8}\u{8}one", "one");
        check("Łódź\u{7f}ź", "Łódź");
        check("one\u{1b}[D\u{1b}[1;5C\u{1b}OP two", "one two");
        check("one\u{1b} two\u{0}\u{7}", "one two");
        check("one\u{1b}[", "one[");
        check("a\tb", "a\tb");
    }
}
