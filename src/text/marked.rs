//! The Markdown that a person writes in a longer text, read line by line: emphasis, code, links and
//! the items of lists (`CommonMark`).
//!
//! A tag is text, and a line with anything else in it is text as it was typed, so nothing of it is
//! ever lost. Knows no output format.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::address::is_address;
use super::one_line;

/// One line of a text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MarkedLine {
    /// What it begins with, if it is an item of a list.
    pub item: Option<ItemMarker>,
    /// What it says, without line breaks; what controls a terminal is shown as signs.
    pub runs: Vec<MarkedRun>,
    /// The same as it was typed, to the last blank.
    pub typed: String,
    /// What makes it an item, as it was typed.
    pub marker: String,
    /// The rest of it, on one line: the text of the runs with its marks.
    pub rest: String,
    /// Where in the rest the marks are, and what they leave untouched: code and addresses.
    pub marks: Vec<Range<usize>>,
}

/// How an item of a list begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ItemMarker {
    Bullet,
    Number(u32),
}

/// A piece of a line with one look.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MarkedRun {
    pub text: String,
    pub is_strong: bool,
    pub is_emphasis: bool,
    pub is_code: bool,
    /// The address it leads to.
    pub link: Option<String>,
}

impl MarkedLine {
    fn read(line: &str) -> Self {
        let shown = one_line(line);
        let shown = shown.trim_start();
        let (item, rest) = split_marker(shown);
        let marked = marked_runs(rest);
        let (runs, marks) = marked.unwrap_or_else(|| (vec![MarkedRun::plain(rest)], Vec::new()));
        Self {
            item,
            runs,
            typed: line.to_owned(),
            marker: shown[..shown.len() - rest.len()].to_owned(),
            rest: rest.to_owned(),
            marks,
        }
    }

    /// Whether it is more than its text as it was typed.
    pub fn is_marked(&self) -> bool {
        self.item.is_some()
            || self
                .runs
                .iter()
                .any(|run| *run != MarkedRun::plain(&run.text))
    }
}

impl MarkedRun {
    fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let looks = |it: &Self| (it.is_strong, it.is_emphasis, it.is_code);
        looks(self) == looks(other) && self.link == other.link
    }
}

/// The lines of a text; blank ones have no text.
pub fn marked_lines(text: &str) -> impl Iterator<Item = MarkedLine> {
    text.split('\n').map(MarkedLine::read)
}

/// What a line begins with, and the rest of it.
fn split_marker(line: &str) -> (Option<ItemMarker>, &str) {
    if let Some(rest) = ["- ", "* ", "+ "]
        .iter()
        .find_map(|it| line.strip_prefix(it))
    {
        return (Some(ItemMarker::Bullet), rest.trim_start());
    }
    let digits = line.len()
        - line
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let (number, rest) = line.split_at(digits);
    let rest = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
    // A year or a day of the month begins a sentence, too; only short numbers count.
    match (number.parse(), rest) {
        (Ok(number), Some(rest)) if digits < 3 => {
            (Some(ItemMarker::Number(number)), rest.trim_start())
        }
        _ => (None, line),
    }
}

/// The pieces of a line, and where its marks are; `None` if it has anything but text, emphasis, code
/// and links to pages.
fn marked_runs(line: &str) -> Option<(Vec<MarkedRun>, Vec<Range<usize>>)> {
    // Most lines have no marks at all.
    if !line.contains(['*', '_', '`', '[', '<']) {
        return None;
    }
    let mut runs: Vec<MarkedRun> = Vec::new();
    let mut look = MarkedRun::default();
    let (mut marks, mut end, mut is_bare_link) = (Vec::new(), 0, false);
    let mut events = Parser::new(line).into_offset_iter();
    let is_text = events.next()?.0 == Event::Start(Tag::Paragraph);
    if !is_text {
        return None;
    }
    for (event, range) in events.by_ref() {
        if matches!(event, Event::Text(_) | Event::InlineHtml(_)) && !is_bare_link {
            // What the author escaped is text, too.
            let is_escaped = line[end..range.start].ends_with('\\');
            marks.push(end..range.start - usize::from(is_escaped));
            end = range.end;
        }
        match event {
            Event::Start(Tag::Strong) => look.is_strong = true,
            Event::End(TagEnd::Strong) => look.is_strong = false,
            Event::Start(Tag::Emphasis) => look.is_emphasis = true,
            Event::End(TagEnd::Emphasis) => look.is_emphasis = false,
            Event::Start(Tag::Link {
                dest_url,
                link_type,
                ..
            }) if is_address(&dest_url) => {
                look.link = Some(dest_url.into_string());
                is_bare_link = link_type == LinkType::Autolink;
            }
            Event::End(TagEnd::Link) => (look.link, is_bare_link) = (None, false),
            Event::Text(text) | Event::InlineHtml(text) => match runs.last_mut() {
                Some(last) if look.is_like(last) => last.text.push_str(&text),
                _ => runs.push(MarkedRun {
                    text: text.into_string(),
                    ..look.clone()
                }),
            },
            Event::Code(text) => runs.push(MarkedRun {
                text: text.into_string(),
                is_code: true,
                ..look.clone()
            }),
            Event::End(TagEnd::Paragraph) => break,
            _ => return None,
        }
    }
    marks.push(end..line.len());
    events.next().is_none().then_some((runs, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with its marks written out: `<b>`, `<i>`, `<c>`, `<a>`.
    fn seen(line: &str) -> String {
        let line = MarkedLine::read(line);
        let mut seen = match line.item {
            Some(ItemMarker::Bullet) => "• ".to_owned(),
            Some(ItemMarker::Number(number)) => format!("{number}: "),
            None => String::new(),
        };
        for run in &line.runs {
            let marks = [
                (run.is_strong, "b"),
                (run.is_emphasis, "i"),
                (run.is_code, "c"),
                (run.link.is_some(), "a"),
            ];
            let mut text = run.text.clone();
            for (is_on, name) in marks {
                if is_on {
                    text = format!("<{name}>{text}</{name}>");
                }
            }
            seen.push_str(&text);
        }
        seen
    }

    #[test]
    fn what_is_meant_is_read() {
        for (line, expected) in [
            ("a **b** c", "a <b>b</b> c"),
            ("_a_ and *b*", "<i>a</i> and <i>b</i>"),
            ("run `cargo test`", "run <c>cargo test</c>"),
            ("***a***", "<i><b>a</b></i>"),
            ("- one *two*", "• one <i>two</i>"),
            ("  * nested", "• nested"),
            ("2. second", "2: second"),
            ("see [the page](https://a.example/b)", "see <a>the page</a>"),
            ("<https://a.example>", "<a>https://a.example</a>"),
            ("a List<String>, **b**", "a List<String>, <b>b</b>"),
        ] {
            assert_eq!(seen(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_not_meant_stays_as_it_was_typed() {
        for line in [
            "2 * 3 * 4 = 24",
            "deploy_time_p95 and _",
            "# no heading",
            "> no quotation",
            "| no | table |",
            "2026. A year",
            "-5 degrees",
            "a <b>no tag</b>",
            "[x](javascript:alert) **y**",
            "[x]: https://a.example",
            "![x](https://a.example/b.png)",
            "    four spaces",
            "***",
            "**open",
            r"C:\dir",
            "",
        ] {
            let read = MarkedLine::read(line);
            assert_eq!(seen(line), one_line(line.trim_start()), "{line}");
            assert!(!read.is_marked(), "{line}");
        }
    }
}
