//! User text in HTML: escaped, each in its own direction, never markup but links to pages.
//!
//! Knows nothing of what the text is about.

use crate::text::{self, ItemMarker, MarkedLine};

/// Text on one line, for content or a quoted attribute.
pub(super) fn escape_line(text: &str) -> String {
    escape_html(&text::one_line(text))
}

/// Text of any length as paragraphs and lists; lines stay lines, and blank lines separate paragraphs.
/// What its author marked (emphasis, code, links) is shown so; nothing else becomes markup.
pub(super) fn paragraphs(text: &str) -> String {
    let mut html = String::new();
    let mut open: Option<TextBlock> = None;
    for line in text::marked_lines(text) {
        let block = match line.item {
            _ if line.typed.trim().is_empty() => None,
            None => Some(TextBlock::Paragraph),
            Some(ItemMarker::Bullet) => Some(TextBlock::Bullets),
            Some(ItemMarker::Number(_)) => Some(TextBlock::Numbers),
        };
        if block != open {
            html.push_str(open.map_or("", TextBlock::end));
        }
        match block {
            Some(TextBlock::Paragraph) if open == block => html.push_str("<br>"),
            Some(begun) if open != block => html.push_str(begun.start()),
            _ => {}
        }
        match block {
            Some(TextBlock::Paragraph) => html.push_str(&marked_line(&line)),
            Some(_) => {
                let number = match line.item {
                    Some(ItemMarker::Number(number)) => format!(" value=\"{number}\""),
                    _ => String::new(),
                };
                let item = marked_line(&line);
                html.push_str(&format!("<li dir=\"auto\"{number}>{item}</li>"));
            }
            None => {}
        }
        open = block;
    }
    html + open.map_or("", TextBlock::end)
}

/// What lines are in.
#[derive(Clone, Copy, Eq, PartialEq)]
enum TextBlock {
    Paragraph,
    Bullets,
    Numbers,
}

impl TextBlock {
    fn start(self) -> &'static str {
        match self {
            Self::Paragraph => "<p dir=\"auto\">",
            Self::Numbers => "<ol>",
            Self::Bullets => "<ul class=\"points\">",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::Paragraph => "</p>",
            Self::Bullets => "</ul>",
            Self::Numbers => "</ol>",
        }
    }
}

/// A line as its author marked it.
fn marked_line(line: &MarkedLine) -> String {
    if !line.is_marked() {
        return linked_text(&text::one_line(&line.typed));
    }
    let runs = line.runs.iter().map(|run| {
        let mut shown = match &run.link {
            Some(address) => link(&encoded(address), &run.text),
            None if run.is_code => escape_html(&run.text),
            None => linked_text(&run.text),
        };
        for (is_on, name) in [
            (run.is_code, "code"),
            (run.is_emphasis, "em"),
            (run.is_strong, "strong"),
        ] {
            if is_on {
                shown = format!("<{name}>{shown}</{name}>");
            }
        }
        shown
    });
    runs.collect()
}

/// An address in which what browsers refuse is written in its bytes (RFC 3986, section 2.1).
fn encoded(address: &str) -> String {
    let encode = |character: char| match character {
        fine if is_address_character(fine) => fine.to_string(),
        other => {
            let bytes = other.to_string().into_bytes().into_iter();
            bytes.map(|byte| format!("%{byte:02X}")).collect()
        }
    };
    address.chars().map(encode).collect()
}

/// A text that leads to an address; the text alone if the address is none.
fn link(address: &str, text: &str) -> String {
    let shown = escape_html(text);
    if text::is_address(address) && address.chars().all(is_address_character) {
        let address = escape_html(address);
        format!("<a href=\"{address}\" rel=\"noreferrer\">{shown}</a>")
    } else {
        shown
    }
}

/// Text on one line, as its author marked it, in which the addresses of pages are links.
pub(super) fn linked_line(text: &str) -> String {
    let line = text::one_line(text);
    match text::marked_lines(&line).next() {
        Some(marked) if marked.item.is_none() => marked_line(&marked),
        _ => linked_text(&line),
    }
}

/// Text in which the addresses of pages are links, and nothing else is markup.
fn linked_text(line: &str) -> String {
    let (mut html, mut end) = (String::new(), 0);
    for address in text::page_addresses(line) {
        html.push_str(&escape_html(&line[end..address.start]));
        html.push_str(&link_or_text(&line[address.clone()]));
        end = address.end;
    }
    html + &escape_html(&line[end..])
}

/// A place: an address as a link, anything else as text.
pub(super) fn link_or_text(text: &str) -> String {
    let place = text::one_line(text);
    link(&place, &place)
}

/// Whether a character may appear in an address (RFC 3986), or is a letter that browsers encode.
fn is_address_character(character: char) -> bool {
    let ascii = character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(character);
    ascii || (!character.is_ascii() && character.is_alphanumeric())
}

/// Text as it is, for content or a quoted attribute.
pub(super) fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Not characters of HTML (section 13.5): they would be replaced or refused.
            '\u{fdd0}'..='\u{fdef}' => escaped.push('\u{fffd}'),
            other if u32::from(other) & 0xfffe == 0xfffe => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_words() {
        assert_eq!(
            escape_line("<b> & \"c\" 'd'"),
            "&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"
        );
        assert_eq!(escape_line("a\u{1b}[2J\u{202e}b"), "a␛[2J⟨RLO⟩b");
        assert_eq!(
            paragraphs("one\ntwo\n\n\nthree"),
            "<p dir=\"auto\">one<br>two</p><p dir=\"auto\">three</p>"
        );
    }

    #[test]
    fn what_its_author_marked_is_shown_so() {
        let written = paragraphs("Now **all** roll `back`:\n- *one*\n- two\n3. <b>\n\nEnd");
        let expected = "<p dir=\"auto\">Now <strong>all</strong> roll <code>back</code>:</p>\
            <ul class=\"points\"><li dir=\"auto\"><em>one</em></li><li dir=\"auto\">two</li></ul>\
            <ol><li dir=\"auto\" value=\"3\">&lt;b&gt;</li></ol><p dir=\"auto\">End</p>";
        assert_eq!(written, expected);
        // Beside what could act, nothing is marked.
        let text = "*a* and [x](javascript:y)";
        assert_eq!(linked_line(text), escape_line(text));
        let link = linked_line("see [the page](https://a.example/?b&c)");
        let address = "https://a.example/?b&amp;c";
        let expected = format!("see <a href=\"{address}\" rel=\"noreferrer\">the page</a>");
        assert_eq!(link, expected);
        let link = linked_line("a List<String>, [ok](https://a.example/?b=\"c\"), **d**");
        let address = "https://a.example/?b=%22c%22";
        let expected = format!(
            "a List&lt;String&gt;, <a href=\"{address}\" rel=\"noreferrer\">ok</a>, <strong>d</strong>"
        );
        assert_eq!(link, expected);
    }

    #[test]
    fn only_an_address_can_be_followed() {
        let followed = |text: &str| link_or_text(text).starts_with("<a href=\"");
        assert!(followed("https://wiki.example/a?b=1&c=%20#d"));
        assert!(followed("mailto:ana@example.org"));
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://a\" onclick=\"x",
            "https://a <script>",
            " the wiki",
        ] {
            assert!(!followed(text), "{text}");
        }
    }

    #[test]
    fn an_address_within_a_text_can_be_followed() {
        let link = |it: &str| format!("<a href=\"{it}\" rel=\"noreferrer\">{it}</a>");
        for (text, before, address, after) in [
            (
                "see https://a.example/b_(c), then",
                "see ",
                "https://a.example/b_(c)",
                ", then",
            ),
            (
                "(http://a.example/?x=1).",
                "(",
                "http://a.example/?x=1",
                ").",
            ),
            ("https://a.example", "", "https://a.example", ""),
        ] {
            assert_eq!(
                linked_line(text),
                format!("{before}{}{after}", link(address))
            );
        }
        for text in [
            "xhttps://a.example",
            "https://",
            "javascript:x",
            "https://a\"onclick=x",
        ] {
            assert_eq!(linked_line(text), escape_line(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_link_in_a_text_is_all_that_is_markup(text in "(https?://)?.{0,30}( |http://).{0,30}") {
            let mut written = linked_line(&text);
            for mark in ["strong", "em", "code"] {
                written = written.replace(&format!("<{mark}>"), "");
                written = written.replace(&format!("</{mark}>"), "");
            }
            let links = written.matches("<a href=\"").count();
            proptest::prop_assert_eq!(written.matches('<').count(), 2 * links);
            proptest::prop_assert_eq!(written.matches('"').count(), 4 * links);
        }

        #[test]
        fn nothing_survives_that_could_be_markup(text in ".{0,60}") {
            for written in [escape_line(&text), link_or_text(&text)] {
                let inside = written
                    .strip_prefix("<a href=\"")
                    .and_then(|rest| rest.strip_suffix("</a>"))
                    .map_or(written.clone(), |rest| rest.replacen("\" rel=\"noreferrer\">", "", 1));
                proptest::prop_assert!(!inside.contains(['<', '>', '"', '\'']), "{}", inside);
            }
        }
    }
}
