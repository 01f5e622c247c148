//! A query cut into its pieces: words, quoted words, filters.

/// The signs that begin words in quotes, and those that end them.
const QUOTES: ([char; 4], [char; 3]) = (['"', '“', '”', '„'], ['"', '“', '”']);

/// One piece of a query.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Piece<'a> {
    /// Where it begins, behind the `-` where it has one.
    pub(super) start: usize,
    /// Whether a `-` stands before it.
    pub(super) not: bool,
    /// What stands before its colon, as typed.
    pub(super) name: Option<&'a str>,
    /// The words, without quotes.
    pub(super) value: &'a str,
    /// Whether they are in quotes.
    pub(super) quoted: bool,
    /// Whether it is over, so that what is typed next is another piece.
    pub(super) over: bool,
}

/// The pieces of a query, in their order. Quotes that are not ended go on to the end.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|it: char| !it.is_whitespace()) {
        let (piece, end) = piece(text, at + start);
        found.push(piece);
        at = end;
    }
    found
}

/// The piece that begins at `start`, and where it ends.
fn piece(text: &str, mut start: usize) -> (Piece<'_>, usize) {
    let rest = &text[start..];
    let not = rest
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|it: char| !it.is_whitespace() && it != '-'));
    if not {
        start += 1;
    }
    let name = name(&text[start..]);
    let value_at = name.map_or(start, |name| start + name.len() + 1);
    let rest = &text[value_at..];
    let opening = rest.chars().next().filter(|it| QUOTES.0.contains(it));
    let (value, end, over) = match opening {
        Some(opening) => {
            let inside = value_at + opening.len_utf8();
            match text[inside..].find(QUOTES.1) {
                Some(length) => {
                    let end = inside + length;
                    let closing = text[end..].chars().next().map_or(0, char::len_utf8);
                    (&text[inside..end], end + closing, true)
                }
                None => (&text[inside..], text.len(), false),
            }
        }
        None => {
            let length = rest.find(char::is_whitespace);
            let end = length.map_or(text.len(), |length| value_at + length);
            (&text[value_at..end], end, length.is_some())
        }
    };
    let piece = Piece {
        start,
        not,
        name,
        value,
        quoted: opening.is_some(),
        over,
    };
    (piece, end)
}

/// What stands before a colon, where it can be the name of a filter: not in `10:30`, not in an
/// address.
fn name(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphabetic());
    (is_name && !rest.starts_with("//")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |piece: &Piece<'_>| {
            let not = if piece.not { "not " } else { "" };
            let name = piece.name.map_or(String::new(), |name| format!("{name}="));
            let quote = if piece.quoted { "'" } else { "" };
            let open = if piece.over { "" } else { "…" };
            format!("{not}{name}{quote}{}{quote}{open}", piece.value)
        };
        let found: Vec<String> = pieces(text).iter().map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_query_is_cut_into_words_quotes_and_filters() {
        check("", &[]);
        check("  ", &[]);
        check("one  owner", &["one", "owner…"]);
        check("one owner ", &["one", "owner"]);
        check("\"one owner\"", &["'one owner'"]);
        check("“one owner” „zwei“x", &["'one owner'", "'zwei'", "x…"]);
        check("\"one own", &["'one own'…"]);
        check("\"", &["''…"]);
        check(
            "-draft -\"a b\" -kind:audit",
            &["not draft", "not 'a b'", "not kind=audit…"],
        );
        check("- -- a-b", &["-", "--", "a-b…"]);
        check("kind:problem Week:48 ", &["kind=problem", "Week=48"]);
        check("kind:", &["kind=…"]);
        check("kind: x", &["kind=", "x…"]);
        check("person:\"Ana S", &["person='Ana S'…"]);
        check(
            "10:30 https://x.y :a ü:b",
            &["10:30", "https://x.y", ":a", "ü:b…"],
        );
        check("日本 🚀:x", &["日本", "🚀:x…"]);
    }
}
