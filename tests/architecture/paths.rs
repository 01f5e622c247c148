//! The paths in a Rust source, with groups expanded: `std::{fmt, fs::File}` is two of them.
//!
//! Knows only words, quotes and comments, no other Rust syntax.

/// A path in the source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Used {
    /// Its segments: `["crate", "store", "Draft"]`, without a `self` that ends a group.
    pub(crate) segments: Vec<String>,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// How many inline modules of the file surround it.
    pub(crate) inline: usize,
    /// Whether one of those modules is for tests only.
    pub(crate) in_tests: bool,
}

/// Every path in `text`, in order.
pub(crate) fn paths(text: &str) -> Vec<Used> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    // For every open brace: whether it opens a module, and whether that module is for tests.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens[at].word.as_str();
        let before = |distance: usize| at.checked_sub(distance).map(|at| tokens[at].word.as_str());
        match word {
            "{" => {
                let module = before(2) == Some("mod");
                open.push((module, module && is_for_tests(&tokens[..at])));
            }
            "}" => {
                open.pop();
            }
            _ if is_word(word) && before(1) != Some("::") => {
                let line = tokens[at].line;
                let (segments, end) = path(&tokens, at);
                found.extend(segments.into_iter().map(|segments| Used {
                    segments,
                    line,
                    inline: open.iter().filter(|(module, _)| *module).count(),
                    in_tests: open.iter().any(|(_, tests)| *tests),
                }));
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether `tokens`, which end in `mod name`, have `#[cfg(test)]` before that.
fn is_for_tests(tokens: &[Token]) -> bool {
    let words = tokens.iter().rev().skip(2).map(|token| token.word.as_str());
    // `pub` and similar words may come between.
    let words: Vec<&str> = words.skip_while(|word| *word == "pub").take(7).collect();
    words == ["]", ")", "test", "(", "cfg", "[", "#"]
}

/// The paths that start at `at`, and where the text continues.
fn path(tokens: &[Token], mut at: usize) -> (Vec<Vec<String>>, usize) {
    let mut segments = Vec::new();
    loop {
        let word = tokens.get(at).map_or("", |token| token.word.as_str());
        if is_word(word) {
            segments.push(word.to_owned());
            at += 1;
        } else if word == "{" {
            let (tails, end) = group(tokens, at + 1);
            let joined = tails.into_iter().map(|tail| {
                let tail = tail.into_iter().filter(|segment| segment != "self");
                segments.iter().cloned().chain(tail).collect()
            });
            return (joined.collect(), end);
        } else {
            return (vec![segments], at);
        }
        if tokens.get(at).is_none_or(|token| token.word != "::") {
            return (vec![segments], at);
        }
        at += 1;
    }
}

/// The paths of a group, from just after its brace.
fn group(tokens: &[Token], mut at: usize) -> (Vec<Vec<String>>, usize) {
    let mut found = Vec::new();
    while let Some(token) = tokens.get(at) {
        if token.word == "}" {
            return (found, at + 1);
        }
        if is_word(&token.word) {
            let (paths, end) = path(tokens, at);
            found.extend(paths);
            at = end;
        } else {
            at += 1;
        }
    }
    (found, at)
}

#[derive(Debug)]
struct Token {
    word: String,
    line: usize,
}

fn is_word(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Words and punctuation, without comments, quoted text and lifetimes.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => quoted(rest, '"'),
            '\'' => char_or_lifetime(rest),
            'r' | 'b' | 'c' if raw(rest).is_some() => raw(rest).unwrap_or(1),
            _ => {
                let end = if first.is_alphanumeric() || first == '_' {
                    let inside = |other: char| other.is_alphanumeric() || other == '_';
                    rest.find(|other| !inside(other)).unwrap_or(rest.len())
                } else if rest.starts_with("::") {
                    2
                } else {
                    first.len_utf8()
                };
                if !first.is_whitespace() {
                    let word = rest[..end].to_owned();
                    tokens.push(Token { word, line });
                }
                end
            }
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a quoted text, quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `'x'` is a character, `'x` a lifetime.
fn char_or_lifetime(text: &str) -> usize {
    let mut characters = text.chars().skip(1);
    let first = characters.next();
    if first == Some('\\') || characters.next() == Some('\'') {
        return quoted(text, '\'');
    }
    let name = |other: char| other.is_alphanumeric() || other == '_';
    1 + text[1..]
        .find(|other| !name(other))
        .unwrap_or(text.len() - 1)
}

/// The length of a raw string such as `r#"…"#`, or `None` if this is not one.
fn raw(text: &str) -> Option<usize> {
    let start = text.find('r').filter(|at| *at <= 1)? + 1;
    let hashes = text[start..]
        .chars()
        .take_while(|sign| *sign == '#')
        .count();
    let inside = text[start + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = inside.find(&end)? + end.len();
    Some(start + hashes + 1 + length)
}
