//! User text as Markdown: `CommonMark` shows it as it was typed.
//!
//! In a longer text, emphasis, code, links and lists are kept as they were written, and so are the
//! addresses of pages, which GitHub Flavored Markdown shows as links. What else would be markup is
//! escaped, sign by sign, so that no text makes a heading or a tag; nothing keeps a reader from making
//! a link of a mail address. Knows nothing of what the text is about.

use std::ops::Range;

use crate::text::{self, MarkedLine};

/// Text on one line.
pub(in crate::report) fn escape_line(text: &str) -> String {
    escape_markdown(&text::one_line(text), &[])
}

/// Text in a cell of a table, which a bar would end, escaped or not.
pub(super) fn escape_cell(text: &str) -> String {
    let line = escape_line(text);
    // At the beginning of a line a bar is escaped already.
    match line.strip_prefix("\\|") {
        Some(rest) => format!("&#124;{}", rest.replace('|', "&#124;")),
        None => line.replace('|', "&#124;"),
    }
}

/// Text of any length: lines stay lines with their leading blanks, blank lines separate paragraphs, and
/// what its author marked (emphasis, code, links, lists) stays as it was written.
pub(in crate::report) fn paragraphs(text: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = LineKind::Blank;
    for (typed, line) in text.lines().zip(text::marked_lines(text)) {
        let kind = match line.item {
            _ if line.typed.trim().is_empty() => LineKind::Blank,
            Some(_) => LineKind::Item,
            None => LineKind::Text,
        };
        let mut shown = marked_line(&line);
        if kind == LineKind::Text && !line.is_marked() {
            shown.insert_str(0, &blanks(typed));
        }
        match paragraphs.last_mut().filter(|_| kind == open) {
            _ if kind == LineKind::Blank => {}
            // Two blanks at its end keep a line from flowing into the next one (section 6.7).
            Some(last) if kind == LineKind::Text => last.push_str(&format!("  \n{shown}")),
            Some(last) => last.push_str(&format!("\n{shown}")),
            None => paragraphs.push(shown),
        }
        open = kind;
    }
    paragraphs.join("\n\n")
}

/// Text on one line, as its author marked it.
pub(super) fn own_line(text: &str) -> String {
    let line = text::one_line(text);
    match text::marked_lines(&line).next() {
        Some(marked) if marked.item.is_none() => marked_line(&marked),
        _ => escape_text(&line, Vec::new()),
    }
}

/// What a line of a text is in.
#[derive(Clone, Copy, Eq, PartialEq)]
enum LineKind {
    Blank,
    Text,
    Item,
}

/// A line as its author marked it; no other sign of it is markup.
fn marked_line(line: &MarkedLine) -> String {
    if !line.is_marked() {
        return escape_text(&text::one_line(&line.typed), Vec::new());
    }
    let rest = escape_text(&line.rest, line.marks.clone());
    format!("{}{}", line.marker, rest.trim_end())
}

/// Text on one line with its `marks`, in which the addresses of pages stay as they are.
fn escape_text(line: &str, mut marks: Vec<Range<usize>>) -> String {
    marks.extend(text::page_addresses(line).filter(|address| {
        let place = &line[address.clone()];
        let place = place.split_once("://").map_or(place, |(_, place)| place);
        let place = place.trim_start_matches("www.");
        escape_markdown(place, &[]) == place
    }));
    escape_markdown(line, &marks)
}

/// The blanks a line begins with, as Markdown keeps them; a tab is four.
fn blanks(line: &str) -> String {
    let blanks = line.chars().take_while(|it| it.is_whitespace());
    let columns = blanks.map(|it| if it == '\t' { 4 } else { 1 });
    "\u{a0}".repeat(columns.sum::<usize>().min(MAX_BLANKS))
}

/// Most blanks before a line.
const MAX_BLANKS: usize = 40;

/// A place: an address as a link, anything else as text.
pub(super) fn link_or_text(text: &str) -> String {
    let place = text::one_line(text);
    if text::is_address(&place) && !place.contains([' ', '<', '>']) {
        format!("<{place}>")
    } else {
        escape_markdown(&place, &[])
    }
}

/// A line in which no sign is markup but those `kept`.
fn escape_markdown(line: &str, kept: &[Range<usize>]) -> String {
    let mut escaped = String::with_capacity(line.len());
    let digits = line.trim_start_matches(|it: char| it.is_ascii_digit());
    let numbered = line.len() - digits.len();
    let mut before = None;
    for (at, character) in line.char_indices() {
        let rest = &line[at + character.len_utf8()..];
        let marks = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '$' => true,
            // Within a word it means nothing.
            '_' => {
                let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
                !(letter(before) && letter(rest.chars().next()))
            }
            // What begins a heading, a list, a quotation, a table or a rule.
            '+' | '-' | '=' | '>' | '|' => at == 0,
            // And what some readers turn into a link.
            ':' => at == 0 || rest.starts_with("//"),
            // At the end of a heading it would be left out.
            '#' => at == 0 || rest.trim_start_matches('#').is_empty(),
            '.' if ends_with_www(&line[..at]) => true,
            '.' | ')' => at > 0 && at == numbered && !rest.starts_with(|it: char| it != ' '),
            '&' => is_entity(rest),
            _ => false,
        };
        if marks && !kept.iter().any(|kept| kept.contains(&at)) {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
    escaped
}

/// Whether a text ends with a `www` that is not part of a longer word.
fn ends_with_www(text: &str) -> bool {
    let before = text.trim_end_matches(['w', 'W']);
    text.len() - before.len() == 3 && !before.ends_with(char::is_alphanumeric)
}

/// Whether this, after an ampersand, would be read as one character: `amp;`, `#38;`.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || it == '#');
    name.len() < rest.len() && name.starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(paragraphs(typed), expected, "{typed:?}");
    }

    #[test]
    fn what_would_be_markup_is_escaped() {
        check("# No heading", r"\# No heading");
        check("2026. No list", r"2026\. No list");
        check("> no quotation", r"\> no quotation");
        check("a *b* __c__ `d` ~~e~~", r"a *b* __c__ `d` \~\~e\~\~");
        check("[x](javascript:y)", r"\[x\](javascript:y)");
        check("<script>", r"\<script>");
        check("&lt; &#60;", r"\&lt; \&#60;");
        check(r"C:\dir", r"C:\\dir");
        check("===", r"\===");
        check("a #", r"a \#");
        check("$x$ :y", r"\$x\$ :y");
        check(": no definition", r"\: no definition");
        check("| a | b |", r"\| a | b |");
        check(
            "www.a.example, WWW.b, ewww.c, http: //d ftp://e",
            r"www\.a.example, WWW\.b, ewww.c, http: //d ftp\://e",
        );
    }

    #[test]
    fn what_its_author_marked_stays_as_it_was_written() {
        for marked in [
            "- a list",
            "12) a list",
            "a *b* __c__ `d` [e](https://e.example)",
        ] {
            check(marked, marked);
        }
        check(
            "before\n- one\n- two\nafter",
            "before\n\n- one\n- two\n\nafter",
        );
        // Whatever else is in the line.
        check("*a* <b", r"*a* \<b");
        check("*a* [b] C:\\d \\*", r"*a* \[b\] C:\\d \\\*");
        check(": *a*", r"\: *a*");
        check(
            ":) R&D $ ~ | # > _ * **y**",
            r"\:) R&D \$ \~ | # > \_ \* **y**",
        );
        check(
            "Cut R&D from 5 to <2 h: **huge**, see [page](https://x.org/a_b)",
            r"Cut R&D from 5 to \<2 h: **huge**, see [page](https://x.org/a_b)",
        );
        check(
            "- a **b**\n- c <d> **e**\n* # f ~g~",
            "- a **b**\n- c \\<d> **e**\n* \\# f \\~g\\~",
        );
        check("`a\\*b` <https://a_b.c/_d>", "`a\\*b` <https://a_b.c/_d>");
    }

    #[test]
    fn the_address_of_a_page_stays_one() {
        for typed in ["see https://www.a.example/b_c?d=1&e#f, *now*", "http://d"] {
            check(typed, typed);
            assert_eq!(own_line(typed), typed);
        }
        check("https://a.example/~b *c*", r"https\://a.example/\~b *c*");
        assert_eq!(escape_line("https://a.example"), r"https\://a.example");
    }

    #[test]
    fn what_is_plain_stays_plain() {
        for plain in [
            "R&D, and so on",
            "deploy_time_p95",
            "a -> b, 2 - 1 = 1",
            "1.5 h",
            "日本語",
        ] {
            check(plain, plain);
        }
    }

    #[test]
    fn lines_stay_lines_and_paragraphs_paragraphs() {
        check("one\ntwo\n\n\n\nthree\r\n", "one  \ntwo\n\nthree");
        check(
            "a:\n  b\n\tc",
            "a:  \n\u{a0}\u{a0}b  \n\u{a0}\u{a0}\u{a0}\u{a0}c",
        );
        check("    no code", "\u{a0}\u{a0}\u{a0}\u{a0}no code");
        check("\n \n", "");
        check("a\u{1b}[2Jb", r"a␛\[2Jb");
        assert_eq!(escape_line("one\ntwo"), "one two");
    }

    #[test]
    fn a_bar_ends_no_cell() {
        assert_eq!(escape_cell("a|b"), "a&#124;b");
        assert_eq!(escape_cell("| a"), "&#124; a");
        assert_eq!(escape_cell(r"\| a"), r"\\&#124; a");
    }

    #[test]
    fn an_address_can_be_followed_and_nothing_else() {
        assert_eq!(
            link_or_text("https://a.example/b_c_"),
            "<https://a.example/b_c_>"
        );
        assert_eq!(link_or_text("the wiki, page *3*"), r"the wiki, page \*3\*");
        assert_eq!(link_or_text("https://a b<"), r"https\://a b\<");
        assert_eq!(link_or_text("javascript:x"), "javascript:x");
    }
}
