//! Grapheme clusters and words of a line (UAX #29), by characters, as the editing widget counts.
//!
//! The widget moves and deletes by character, which would cut an emoji of several or a letter and
//! its marks in two.

use unicode_segmentation::UnicodeSegmentation;

/// What a cluster is for the ends of words.
#[derive(Clone, Copy, Eq, PartialEq)]
enum ClusterKind {
    Space,
    Word,
    Sign,
}

/// A cluster: its first character in the line, how many it has, and its kind.
struct Cluster {
    start: usize,
    length: usize,
    kind: ClusterKind,
}

impl Cluster {
    fn end(&self) -> usize {
        self.start + self.length
    }
}

/// The beginning of the cluster that ends at a character, or that the character is in.
pub(super) fn start_before(line: &str, at: usize) -> usize {
    let before = clusters(line).into_iter().rfind(|it| it.start < at);
    before.map_or(0, |it| it.start)
}

/// The end of the cluster that begins at a character, or that the character is in.
pub(super) fn end_after(line: &str, at: usize) -> usize {
    let after = clusters(line).into_iter().find(|it| it.end() > at);
    after.map_or(at, |it| it.end())
}

/// The beginning of the cluster that a character is in; the character itself between two.
pub(super) fn boundary(line: &str, at: usize) -> usize {
    let around = clusters(line).into_iter();
    let mut around = around.filter(|it| it.start < at && at < it.end());
    around.next().map_or(at, |it| it.start)
}

/// The beginning of the word before a character.
pub(super) fn word_start(line: &str, at: usize) -> usize {
    let mut before = clusters(line);
    before.retain(|it| it.end() <= at);
    while before.pop_if(|it| it.kind == ClusterKind::Space).is_some() {}
    let Some(last) = before.pop() else { return 0 };
    let mut start = last.start;
    while let Some(more) = before.pop_if(|it| it.kind == last.kind) {
        start = more.start;
    }
    start
}

/// The same for a word that ends only at white space, as a shell's Ctrl+W does it.
pub(super) fn spaced_word_start(line: &str, at: usize) -> usize {
    let mut before = clusters(line);
    before.retain(|it| it.end() <= at);
    while before.pop_if(|it| it.kind == ClusterKind::Space).is_some() {}
    while before.pop_if(|it| it.kind != ClusterKind::Space).is_some() {}
    before.last().map_or(0, Cluster::end)
}

/// The end of the word after a character.
pub(super) fn word_end(line: &str, at: usize) -> usize {
    let all = clusters(line);
    let mut after = all.iter().filter(|it| it.start >= at).peekable();
    while after.next_if(|it| it.kind == ClusterKind::Space).is_some() {}
    let Some(first) = after.next() else {
        return all.last().map_or(at, Cluster::end);
    };
    let mut end = first.end();
    while let Some(more) = after.next_if(|it| it.kind == first.kind) {
        end = more.end();
    }
    end
}

/// The beginning of the next word after a character, or the end of the line.
pub(super) fn next_word(line: &str, at: usize) -> usize {
    let all = clusters(line);
    let mut after = all.iter().filter(|it| it.start >= at).peekable();
    let here = after.peek().map(|it| it.kind);
    while after
        .next_if(|it| Some(it.kind) == here && it.kind != ClusterKind::Space)
        .is_some()
    {}
    while after.next_if(|it| it.kind == ClusterKind::Space).is_some() {}
    match after.peek() {
        Some(next) => next.start,
        None => all.last().map_or(at, Cluster::end),
    }
}

fn clusters(line: &str) -> Vec<Cluster> {
    let mut start = 0;
    line.graphemes(true)
        .map(|cluster| {
            let length = cluster.chars().count();
            let first = cluster.chars().next().unwrap_or(' ');
            let kind = if first.is_whitespace() {
                ClusterKind::Space
            } else if first.is_alphanumeric() || first == '_' {
                ClusterKind::Word
            } else {
                ClusterKind::Sign
            };
            let found = Cluster {
                start,
                length,
                kind,
            };
            start += length;
            found
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line whose clusters are between `|`, and each of its characters with the ends around it.
    #[track_caller]
    fn check(marked: &str) {
        let parts: Vec<&str> = marked.split('|').collect();
        let line = parts.concat();
        let mut start = 0;
        for part in parts {
            let end = start + part.chars().count();
            assert_eq!(start_before(&line, end), start, "{marked}");
            assert_eq!(end_after(&line, start), end, "{marked}");
            for inside in start + 1..end {
                assert_eq!(boundary(&line, inside), start, "{marked}");
                assert_eq!(start_before(&line, inside), start, "{marked}");
                assert_eq!(end_after(&line, inside), end, "{marked}");
            }
            assert_eq!(boundary(&line, end), end, "{marked}");
            start = end;
        }
    }

    #[test]
    fn a_cluster_is_what_a_reader_takes_for_one_sign() {
        check("a|b|c");
        check("👩‍👩‍👧‍👦|x|👍🏽|🇨🇭|🇦🇹|❤️");
        check("e\u{301}|a\u{308}\u{323}|한");
        check("न|म|स्ते");
        check("क्षि");
    }

    #[test]
    fn words_end_between_clusters() {
        let line = "cafe\u{301} नमस्ते, a/b  👩‍👩‍👧 x";
        let length = line.chars().count();
        let mut seen = Vec::new();
        let mut at = length;
        while at > 0 {
            at = word_start(line, at);
            seen.push(line.chars().skip(at).collect::<String>());
        }
        let firsts: Vec<&str> = seen
            .iter()
            .map(|it| it.split(' ').next().unwrap_or(""))
            .collect();
        assert_eq!(
            firsts,
            ["x", "👩‍👩‍👧", "b", "/b", "a/b", ",", "नमस्ते,", "cafe\u{301}"]
        );
        assert_eq!(spaced_word_start("one a/b.c  ", 11), 4);
        assert_eq!(spaced_word_start("one", 3), 0);
        assert_eq!(word_end("  cafe\u{301} x", 0), 7);
        assert_eq!(word_end("x  ", 1), 3);
        assert_eq!(next_word("cafe\u{301} x", 0), 6);
        assert_eq!(next_word("x", 0), 1);
    }
}
