//! The size of the sources in figures, and the words that a reader has to read twice.
//!
//! `cargo test --test architecture figures -- --ignored --nocapture` prints them, for the note of a
//! large change. One of them is a rule: a type's name means one thing.

use std::collections::BTreeMap;

use super::{Source, sources};

/// Old-fashioned or indirect words and phrases, which the texts avoid.
const INDIRECT: [&str; 12] = [
    "somebody",
    "nobody",
    "whoever",
    "whom",
    "everybody",
    "taken back",
    "is no ",
    "none where",
    "stands",
    "laid",
    "so far",
    "by now",
];

const LONG: usize = 60;

/// The lines of a file that are built into the program: no test files, and nothing from the tests
/// inside a file on.
fn production(source: &Source) -> Vec<&str> {
    if source.module().contains(&"tests") || source.module().contains(&"samples") {
        return Vec::new();
    }
    source
        .text
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .collect()
}

/// The word after `keyword` in a line that declares something, if it does.
fn declared<'a>(line: &'a str, keyword: &str) -> Option<&'a str> {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        Some(rest) => rest.trim_start_matches(|letter| letter != ' ').trim_start(),
        None => line,
    };
    let line = line.strip_prefix("const ").unwrap_or(line);
    let name = line.strip_prefix(keyword)?.strip_prefix(' ')?;
    name.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .next()
}

/// The type that a line declares; no type of a trait.
fn declared_type(line: &str) -> Option<&str> {
    let is_member = |keyword: &&str| *keyword == "type" && line.starts_with(' ');
    let mut keywords = ["struct", "enum", "trait", "type"].into_iter();
    keywords.find_map(|keyword| declared(line, keyword).filter(|_| !is_member(&keyword)))
}

/// Each command has `Arguments` of its own.
#[test]
fn no_type_name_means_two_things() {
    let sources = sources();
    let lines = sources.iter().flat_map(production);
    let mut names: Vec<&str> = lines.filter_map(declared_type).collect();
    names.retain(|name| *name != "Arguments");
    names.sort_unstable();
    let twice: Vec<&[&str]> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
#[ignore = "prints figures and checks nothing"]
fn figures() {
    let sources = sources();
    let (mut files, mut lines, mut comments, mut public, mut long) = (0, 0, 0, 0, 0);
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    let mut functions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for source in &sources {
        let text = production(source);
        files += usize::from(!text.is_empty());
        lines += text.len();
        let mut start = None;
        for (at, line) in text.iter().enumerate() {
            comments += usize::from(line.trim_start().starts_with("//"));
            if let Some(name) = declared_type(line) {
                *types.entry(name).or_default() += 1;
            }
            let indent = line.len() - line.trim_start().len();
            if let Some(name) = declared(line, "fn") {
                *functions.entry(name).or_default() += 1;
                public += usize::from(line.trim_start().starts_with("pub fn"));
                start = Some((at, indent));
            }
            if let Some((first, outer)) = start
                && *line == format!("{}}}", " ".repeat(outer))
            {
                long += usize::from(at - first > LONG);
                start = None;
            }
        }
        let lower = text.join("\n").to_lowercase();
        for word in INDIRECT {
            *words.entry(word).or_default() += lower.matches(word).count();
        }
    }
    let often: Vec<_> = functions.iter().filter(|(_, count)| **count > 6).collect();
    println!("{files} files, {lines} lines, of which {comments} are comments");
    let defined: usize = types.values().sum();
    println!("{defined} types");
    let defined: usize = functions.values().sum();
    println!("{defined} functions, {public} public, {long} of more than {LONG} lines");
    println!("names that more than six functions have: {often:?}");
    println!("words: {words:?}");
}
