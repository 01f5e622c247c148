//! Makes user text safe to show: no character in it controls the terminal.
//!
//! What is stored stays byte for byte as it was typed; only what is shown passes through here.
//! Knows nothing of where text comes from or where it goes.

mod address;
mod invisible;
mod marked;
mod names;
mod shell;
mod words;

pub use address::{is_address, mail_addresses, page_addresses};
pub use marked::{ItemMarker, MarkedLine, MarkedRun, marked_lines};
pub use names::{normalized_name, same_name};
pub use shell::{shell_path, shell_quote};
pub use words::{word_count, word_noun};

use std::borrow::Cow;
use std::path::Path;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use invisible::InvisibleScanner;

/// The most marks on a letter that are shown; every language needs fewer (UAX #15, Stream-Safe Text
/// Format).
pub const MAX_MARKS: usize = 30;

/// Columns that `text` takes in a terminal.
pub fn width(text: &str) -> usize {
    let (mut columns, mut rest) = (0, text);
    loop {
        let ordinary = ordinary_prefix(rest);
        columns += rest[..ordinary].chars().count();
        if ordinary == rest.len() {
            return columns;
        }
        // What follows may shape the last one, as in a keycap.
        let last = rest[..ordinary].char_indices().next_back();
        let start = last.map_or(0, |(at, _)| at);
        let mut pairs = rest.as_bytes()[ordinary..].windows(2);
        let end = pairs.position(|pair| pair.iter().all(|byte| is_plain(*byte)));
        let end = end.map_or(rest.len(), |at| ordinary + at + 1);
        // As they are drawn: a terminal joins no letters of two clusters, as لا would be.
        let clusters = rest[start..end].graphemes(true);
        columns += clusters.map(UnicodeWidthStr::width).sum::<usize>();
        columns -= usize::from(last.is_some());
        rest = &rest[end..];
    }
}

/// The columns of the widest of some texts.
pub fn widest<Text: AsRef<str>>(texts: impl IntoIterator<Item = Text>) -> usize {
    let widths = texts.into_iter().map(|text| width(text.as_ref()));
    widths.max().unwrap_or(0)
}

/// How many bytes of ordinary characters a text begins with. Most of most texts is, and needs no table.
fn ordinary_prefix(text: &str) -> usize {
    let mut end = 0;
    loop {
        end += plain_prefix(&text[end..]);
        let next = text[end..].chars().next();
        let Some(ordinary) = next.filter(|character| is_ordinary(*character)) else {
            return end;
        };
        end += ordinary.len_utf8();
    }
}

/// How many bytes of printable ASCII a text begins with.
fn plain_prefix(text: &str) -> usize {
    let end = text.bytes().position(|byte| !is_plain(byte));
    end.unwrap_or(text.len())
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether a character beyond ASCII takes one column and is shown as it is wherever it stands: a Latin
/// letter, or common punctuation.
fn is_ordinary(character: char) -> bool {
    matches!(
        character,
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
    )
}

/// Columns that `text` takes when it is drawn by clusters, with tab stops `tab` columns apart and
/// without control characters.
pub fn drawn_width(text: &str, tab: usize) -> usize {
    text.graphemes(true).fold(0, |column, cluster| {
        let wide = match cluster {
            "\t" => tab.max(1) - column % tab.max(1),
            _ if cluster.contains(char::is_control) => 0,
            _ => width(cluster),
        };
        column + wide
    })
}

/// `text` with every character that could control a terminal replaced by a visible sign.
///
/// C0 controls and DEL become their control pictures (U+2400 block), C1 controls become `␦`, and
/// the bidirectional controls of UAX #9 become `⟨RLO⟩` and the like, and so do invisible characters
/// that are not part of an emoji or a letter. Beyond thirty marks on one letter, the rest is
/// counted. A newline stays; a tab becomes spaces, as its width depends on its column.
pub fn escape_controls(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut unseen = InvisibleScanner::default();
    let mut left_out = 0;
    let mut rest = text;
    loop {
        let ordinary;
        (ordinary, rest) = rest.split_at(ordinary_prefix(rest));
        if !ordinary.is_empty() {
            push_mark_count(std::mem::take(&mut left_out), &mut shown);
            shown.push_str(ordinary);
            unseen.pass_ordinary(ordinary);
        }
        let Some(character) = rest.chars().next() else {
            break;
        };
        rest = &rest[character.len_utf8()..];
        let name = match bidi_control_name(character) {
            None => unseen.invisible_name(character, rest),
            Some(name) => Some(name.to_owned()),
        };
        let as_it_is = name.is_none() && !character.is_control();
        match unseen.excess_marks(Some(character).filter(|_| as_it_is)) {
            0 => push_mark_count(std::mem::take(&mut left_out), &mut shown),
            more => {
                left_out = more;
                continue;
            }
        }
        match character {
            '\n' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            '\u{0}'..='\u{1f}' => {
                let picture = char::from_u32(0x2400 + u32::from(character));
                shown.push(picture.unwrap_or('␦'));
            }
            '\u{7f}' => shown.push('␡'),
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => shown.push('␦'),
            _ => match name {
                Some(name) => shown.extend(["⟨", &name, "⟩"]),
                None => shown.push(character),
            },
        }
    }
    push_mark_count(left_out, &mut shown);
    shown
}

/// Adds how many marks of a letter are not shown.
fn push_mark_count(left_out: usize, shown: &mut String) {
    if left_out > 0 {
        shown.push_str(&format!("⟨+{left_out} marks⟩"));
    }
}

/// [`escape_controls`], on one line: every run of white space is one space.
pub fn one_line(text: &str) -> String {
    if is_plain_line(text) {
        return text.to_owned();
    }
    escape_controls(&with_single_spaces(text))
}

/// A text on one line: every run of white space is one space, and none begins or ends it.
pub fn with_single_spaces(text: &str) -> Cow<'_, str> {
    if has_single_spaces(text) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}

/// Whether it is on one line already, and nothing in it needs a closer look: most texts are so.
fn is_plain_line(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !is_plain(byte) || (byte, before) == (b' ', b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Whether a text has no white space but one space between words.
fn has_single_spaces(text: &str) -> bool {
    let mut before = ' ';
    let is_one_line = text.chars().all(|character| {
        let is_single = character == ' ' && before != ' ';
        before = character;
        is_single || !character.is_whitespace()
    });
    is_one_line && before != ' '
}

/// User text to quote in a sentence: on one line, and at most 72 columns.
pub fn quoted(text: &str) -> String {
    clip(&one_line(text), 72)
}

/// The first sentence of a text (UAX #29), on one line.
pub fn first_sentence(text: &str) -> String {
    let first = text.lines().map(one_line).find(|line| !line.is_empty());
    let first = first.unwrap_or_default();
    // Without anything that ends one it is one; the tables of Unicode are slow.
    if first.chars().all(never_ends_a_sentence) {
        return first;
    }
    let sentence = first.unicode_sentences().next().unwrap_or(&first);
    sentence.trim_end().to_owned()
}

fn never_ends_a_sentence(character: char) -> bool {
    character.is_alphanumeric() || " ,;:-–—'’\"“”()/".contains(character)
}

/// The sentences (UAX #29) that `text` begins with, as many as fit in `columns`.
pub fn whole_sentences(text: &str, columns: usize) -> &str {
    let sentences = text.split_sentence_bound_indices();
    let ends = sentences.map(|(start, sentence)| text[..start + sentence.len()].trim_end());
    let fitting = ends.take_while(|kept| width(kept) <= columns);
    fitting.last().unwrap_or_default()
}

/// `text` cut to at most `columns`, with `…` if something is missing.
///
/// Cuts between grapheme clusters (UAX #29), never inside one.
pub fn clip(text: &str, columns: usize) -> String {
    // No character takes more columns than bytes.
    if text.len() <= columns || width(text) <= columns {
        return text.to_owned();
    }
    let (mut used, mut end) = (0, 0);
    loop {
        // What follows may belong to the last one.
        let plain = plain_prefix(&text[end..]).saturating_sub(1);
        let plain = plain.min(columns.saturating_sub(used + 1));
        (used, end) = (used + plain, end + plain);
        let grapheme = text[end..].graphemes(true).next().unwrap_or_default();
        let wide = width(grapheme);
        if grapheme.is_empty() || used + wide + 1 > columns {
            break;
        }
        (used, end) = (used + wide, end + grapheme.len());
    }
    let more = if columns > 0 { "…" } else { "" };
    format!("{}{more}", &text[..end])
}

/// [`clip`], for parts with ` · ` between them: the last ones are left out whole, for `…`, as half a part
/// says little.
pub fn clip_parts(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let parts = text.rmatch_indices(" · ").map(|(at, _)| &text[..at]);
    let mut shorter = parts.map(|kept| format!("{kept} …"));
    shorter
        .find(|kept| width(kept) <= columns)
        .unwrap_or_else(|| {
            let first = text.split(" · ").next().unwrap_or(text);
            let more = if width(first) < columns { "…" } else { "" };
            clip_words(first, columns) + more
        })
}

/// [`clip`], for words with a day or a count at the end, of which the words are cut.
fn clip_words(text: &str, columns: usize) -> String {
    let mut blanks = text.match_indices(' ');
    let number = blanks.find(|(at, _)| text[at + 1..].starts_with(|it: char| it.is_ascii_digit()));
    match number {
        Some((at, _)) => clip_before(&text[..at], &text[at..], columns),
        None => clip(text, columns),
    }
}

/// A text and what follows it in at most `columns`: of the text, a beginning; `end` as it is, if some
/// of the text stays before it.
fn clip_before(text: &str, end: &str, columns: usize) -> String {
    const LEAST: usize = 4;
    match columns.checked_sub(width(end)) {
        Some(room) if room >= LEAST => clip(text, room) + end,
        _ => clip(&format!("{text}{end}"), columns),
    }
}

/// [`clip`], for the name of a screen with ` · ` and what it shows behind it, often a day: the name is
/// cut.
pub fn clip_name(text: &str, columns: usize) -> String {
    match text.find(" · ") {
        Some(at) => clip_before(&text[..at], &text[at..], columns),
        None => clip(text, columns),
    }
}

/// The end of a path in at most `columns`, with a `…` if something is missing.
pub fn clip_start(path: &str, columns: usize) -> String {
    if width(path) <= columns {
        return path.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut used = 1;
    for grapheme in path.graphemes(true).rev() {
        used += width(grapheme);
        if used > columns {
            break;
        }
        kept.push(grapheme);
    }
    let end: String = kept.into_iter().rev().collect();
    // Only whole names, if there is one.
    let names = end.find('/').map_or(&*end, |at| &end[at..]);
    if columns > 0 {
        format!("…{names}")
    } else {
        String::new()
    }
}

/// `text` clipped and filled with spaces to exactly `columns`.
pub fn fit(text: &str, columns: usize) -> String {
    let mut fitted = clip(text, columns);
    let missing = columns.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// The bullet of a list item.
const ITEM: &str = "· ";

/// [`escape_controls`], on at most `rows` lines of `columns`; the last one ends with `…` if something is
/// missing.
pub fn wrap(text: &str, columns: usize, rows: usize) -> Vec<String> {
    if columns == 0 || rows == 0 {
        return Vec::new();
    }
    // A long text is cut first, to wrap only what can be seen.
    let enough = columns.saturating_mul(rows).saturating_mul(4).max(400);
    let cut = text.char_indices().nth(enough).map(|(at, _)| at);
    let seen = escape_controls(cut.map_or(text, |at| &text[..at]));
    let mut lines: Vec<String> = seen
        .lines()
        .flat_map(|line| match line.strip_prefix(ITEM) {
            // Further lines of a list item are indented below its text.
            Some(item) if columns > 2 * ITEM.len() => {
                let indented = textwrap::Options::new(columns);
                textwrap::wrap(item, indented.initial_indent(ITEM).subsequent_indent("  "))
            }
            _ => textwrap::wrap(line, columns),
        })
        .map(std::borrow::Cow::into_owned)
        .take(rows.saturating_add(1))
        .collect();
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            *last = clip(&format!("{last} …"), columns);
        }
    }
    lines
}

/// A text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// "a system", "an assist": a noun with its indefinite article.
pub fn with_article(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let sounds_like_you = ["uni", "use", "usu", "eu"]
        .iter()
        .any(|start| lower.starts_with(start));
    if lower.starts_with(['a', 'e', 'i', 'o', 'u']) && !sounds_like_you {
        format!("an {noun}")
    } else {
        format!("a {noun}")
    }
}

/// "1 day", "3 days", "2 entries": a count with its noun, whose plural is regular.
pub fn counted_noun(number: usize, noun: &str) -> String {
    let stem = noun.strip_suffix('y');
    match stem.filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        _ if number == 1 => format!("1 {noun}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}

/// A length in words: "12.3 kB".
pub fn format_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted_noun(usize::try_from(bytes).unwrap_or_default(), "byte"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// A path that is safe to show, on one line, with each of its blanks.
pub fn display_path(path: &Path) -> String {
    escape_controls(&path.display().to_string()).replace('\n', "␊")
}

fn bidi_control_name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_a_font_would_join_are_counted_one_by_one() {
        assert_eq!(width("abc لا def"), 10);
        assert_eq!(clip("abc لا def", 10), "abc لا def");
        assert_eq!(clip("abc لا def", 9), "abc لا d…");
    }

    #[test]
    fn an_escape_sequence_is_shown_and_not_sent() {
        assert_eq!(escape_controls("a\u{1b}[2Jb\u{9b}c"), "a␛[2Jb␦c");
    }

    #[test]
    fn a_bidirectional_override_is_named() {
        assert_eq!(escape_controls("x\u{202e}y"), "x⟨RLO⟩y");
    }

    #[test]
    fn further_lines_of_a_list_item_are_indented() {
        let text = "· One that is long\n· Two\nno item";
        let wrapped = wrap(text, 12, 9);
        assert_eq!(wrapped, ["· One that", "  is long", "· Two", "no item"]);
        assert_eq!(
            wrap("· Unabbreviated", 8, 9),
            ["· Unabbr", "  eviate", "  d"]
        );
        assert_eq!(wrap("· Unabbreviated", 8, 1), ["· Unabb…"]);
        assert_eq!(wrap("· a", 2, 9), ["·", "a"]);
    }

    #[test]
    fn clipping_never_splits_a_grapheme() {
        assert_eq!(clip("日本語", 5), "日本…");
        assert_eq!(clip("日本語", 4), "日…");
        assert_eq!(clip("👩‍👩‍👧 family", 4), "👩‍👩‍👧 …");
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("abc", 0), "");
        assert_eq!(clip("abcd", 3), "ab…");
        assert_eq!(clip("abe\u{301}d", 3), "ab…");
        assert_eq!(clip("ae\u{301}cd", 3), "ae\u{301}…");
    }

    #[test]
    fn no_line_begins_with_a_closing_sign_of_japanese_or_ends_with_an_opening_one() {
        let text = "手順の責任者を一人に決める。毎週、「金曜日」に報告（短く）を書く！";
        for columns in 4..40 {
            for line in wrap(text, columns, 40) {
                assert!(!line.starts_with(['。', '、', '」', '）', '！']), "{line}");
                assert!(!line.ends_with(['「', '（']), "{line}");
            }
        }
    }

    #[test]
    fn of_several_parts_whole_ones_are_left_out() {
        let state = "constraint acknowledged 16 Nov · untouched";
        assert_eq!(clip_parts(state, 34), "constraint acknowledged 16 Nov …");
        assert_eq!(clip_parts(state, 28), "constraint acknowled… 16 Nov");
        assert_eq!(clip_parts(state, 8), "constra…");
        let title = "Problems solved · November 2026";
        assert_eq!(clip_name(title, 30), "Problems solv… · November 2026");
        assert_eq!(clip_name(title, 16), "Problems solved…");
        let text = "practised 16 Sep · untouched for 9 weeks";
        for (columns, expected) in [
            (40, text),
            (39, "practised 16 Sep …"),
            (18, "practised 16 Sep …"),
            (17, "practised 16 Sep…"),
            (9, "practise…"),
        ] {
            assert_eq!(clip_parts(text, columns), expected, "{columns}");
        }
        assert_eq!(clip_parts("a · b · c", 7), "a · b …");
        assert_eq!(clip_parts("a · b · c", 5), "a …");
    }

    #[test]
    fn no_character_takes_more_columns_than_bytes_or_others_beside_ascii() {
        for character in '\0'..=char::MAX {
            let alone = character.to_string();
            let shaped = format!("{alone}\u{fe0f}");
            let between = format!("a1{alone}2b");
            for text in [alone, shaped, between] {
                assert!(width(&text) <= text.len(), "{text:?}");
                assert_eq!(width(&text), UnicodeWidthStr::width(&*text), "{text:?}");
            }
        }
        for text in ["1\u{fe0f}\u{20e3}ab", "ab1\u{fe0f}\u{20e3}", "a\r\nb"] {
            assert_eq!(width(text), UnicodeWidthStr::width(text), "{text:?}");
        }
    }

    #[test]
    fn a_path_keeps_the_names_at_its_end() {
        let path = "/home/anna/.local/share/leadby/journal.jsonl";
        assert_eq!(clip_start(path, 44), path);
        assert_eq!(
            clip_start(path, 43),
            "…/anna/.local/share/leadby/journal.jsonl"
        );
        assert_eq!(clip_start(path, 20), "…/journal.jsonl");
        assert_eq!(clip_start(path, 9), "…al.jsonl");
        assert_eq!(clip_start("日本語", 4), "…語");
        assert_eq!(clip_start("abc", 0), "");
    }

    #[test]
    fn a_fitted_text_has_exactly_its_columns() {
        for columns in 0..12 {
            assert_eq!(width(&fit("日本語 and é", columns)), columns);
        }
    }

    #[test]
    fn a_path_keeps_each_of_its_blanks() {
        assert_eq!(
            display_path(Path::new("/a/my  notes/b\nc")),
            "/a/my  notes/b␊c"
        );
    }

    #[test]
    fn a_noun_is_counted_in_its_plural() {
        assert_eq!(counted_noun(1, "entry"), "1 entry");
        assert_eq!(counted_noun(2, "entry"), "2 entries");
        assert_eq!(counted_noun(0, "day"), "0 days");
        assert_eq!(counted_noun(2, "more line"), "2 more lines");
    }

    #[test]
    fn lines_become_one() {
        assert_eq!(one_line(" a\n\tb  c\r\n"), "a b c");
        for (text, expected) in [
            ("", ""),
            (" ", ""),
            ("a b", "a b"),
            (" a", "a"),
            ("a ", "a"),
        ] {
            assert_eq!(one_line(text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn a_sentence_is_cut_as_unicode_says(text in "[a-zA-Zé責 .!?。“”’,;:0-9()-]{0,30}|.{0,20}") {
            let line = text.lines().map(one_line).find(|line| !line.is_empty());
            let line = line.unwrap_or_default();
            let sentence = line.unicode_sentences().next().unwrap_or(&line);
            proptest::prop_assert_eq!(first_sentence(&text), sentence.trim_end());
        }
    }
}
