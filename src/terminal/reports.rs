//! Takes out of what the terminal sends the reports that crossterm does not know.
//!
//! crossterm 0.29 takes `ESC [ ?` for the start of an answer that ends with a `c` or a `u`, and swallows
//! what is typed until one comes. So the report that the colours changed (`ESC [ ? 997 ; 1 n`, mode 2031)
//! never reaches it, nor do other reports of this kind, which may answer an earlier program.

const ESCAPE: u8 = 0x1b;

/// The longest report; what goes on for longer is none.
const LONGEST: usize = 32;

/// What the terminal sends, as it passes by.
#[derive(Debug, Default)]
pub(super) struct Reports {
    /// The start of what may become a report.
    held: Vec<u8>,
    /// Whether the colours changed since that was last taken.
    recolored: bool,
}

impl Reports {
    /// The bytes without the reports. `more` says that others are known to follow; without them, an
    /// Esc at the end is a key, and anything longer waits for its end, as it would in crossterm.
    pub(super) fn remove_from(&mut self, bytes: &[u8], more: bool) -> Vec<u8> {
        let mut others = Vec::with_capacity(bytes.len() + self.held.len());
        for &byte in bytes {
            match (self.held.as_slice(), byte) {
                ([ESCAPE, b'[', b'?', what @ ..], b'n' | b'y') => {
                    self.recolored |= byte == b'n' && what.starts_with(b"997;");
                    self.held.clear();
                }
                ([], ESCAPE) | ([ESCAPE], b'[') | ([ESCAPE, b'['], b'?') => self.held.push(byte),
                ([ESCAPE, b'[', b'?', ..], b' '..=b'?') if self.held.len() < LONGEST => {
                    self.held.push(byte);
                }
                _ => {
                    others.append(&mut self.held);
                    if byte == ESCAPE {
                        self.held.push(byte);
                    } else {
                        others.push(byte);
                    }
                }
            }
        }
        if !more {
            others.extend(self.give_up());
        }
        others
    }

    /// Nothing follows: an Esc that is held is a key.
    pub(super) fn give_up(&mut self) -> Option<u8> {
        (self.held == [ESCAPE]).then(|| {
            self.held.clear();
            ESCAPE
        })
    }

    /// Whether the terminal reported other colours since the last call.
    pub(super) fn take_recolored(&mut self) -> bool {
        std::mem::take(&mut self.recolored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of these reads, and whether the colours changed.
    fn left(reads: &[&str]) -> (String, bool) {
        let mut reports = Reports::default();
        let left: Vec<u8> = reads
            .iter()
            .flat_map(|read| reports.remove_from(read.as_bytes(), false))
            .collect();
        let left = String::from_utf8(left).expect("whole characters come in");
        (left, reports.take_recolored())
    }

    #[test]
    fn a_report_is_taken_out_however_it_is_cut() {
        for report in ["\x1b[?997;1n", "\x1b[?997;2n"] {
            assert_eq!(
                left(&[&format!("a{report}b")]),
                ("ab".to_owned(), true),
                "{report:?}"
            );
            // After an Esc alone, which is a key, `Sequences` knows the rest.
            for cut in 2..report.len() {
                let (before, after) = report.split_at(cut);
                let (before, after) = (format!("a{before}"), format!("{after}b"));
                let reads = [before.as_str(), after.as_str()];
                assert_eq!(left(&reads), ("ab".to_owned(), true), "{reads:?}");
            }
        }
        let others = "\x1b[?2026;1$y\x1b[?10n";
        assert_eq!(left(&[others]), (String::new(), false));
    }

    #[test]
    fn everything_else_passes_as_it_is() {
        for other in [
            "",
            "n",
            "\x1b",
            "\x1b\x1b[D",
            "\x1b[A",
            "\x1b[1;5C",
            "\x1bn",
            "\x1b[?62;22c",
            "\x1b[?1u",
            "\x1b[<0;3;4M",
            "\x1b[200~997;1n\x1b[201~",
            "\x1b]11;rgb:0/0/0\x1b\\",
            "日本\x1b",
        ] {
            assert_eq!(left(&[other]), (other.to_owned(), false), "{other:?}");
        }
        let endless = format!("\x1b[?{}", "9".repeat(LONGEST));
        assert_eq!(left(&[&endless]), (endless.clone(), false));
    }

    #[test]
    fn an_escape_before_more_bytes_is_no_key_yet() {
        let mut reports = Reports::default();
        assert_eq!(reports.remove_from(b"a\x1b", true), b"a");
        assert_eq!(reports.remove_from(b"[?997;1nb", false), b"b");
        assert!(reports.take_recolored());
        assert_eq!(reports.remove_from(b"\x1b", true), b"");
        assert_eq!(reports.give_up(), Some(ESCAPE));
        assert_eq!(reports.give_up(), None);
    }
}
