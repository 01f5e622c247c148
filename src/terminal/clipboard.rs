//! Words for the clipboard of whatever terminal this is, near or far: OSC 52.
//!
//! The terminal does it or does not, and says nothing about it. Knows nothing of what the words
//! are; in base 64 there is none that a terminal would obey.

/// What makes a terminal take `text` into its clipboard: `ESC ] 52 ; c ; … BEL`, as xterm has it.
pub(super) fn sequence(text: &str) -> Vec<u8> {
    format!("\x1b]52;c;{}\x07", base64(text.as_bytes())).into_bytes()
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = usize::try_from(bits >> (18 - 6 * place) & 0x3f).unwrap_or(0);
            // Two letters say one byte, three say two.
            text.push(if place <= three.len() {
                char::from(LETTERS[letter])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_the_standard() {
        let of_rfc_4648 = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, expected) in of_rfc_4648 {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn nothing_in_the_words_ends_the_sequence() {
        let sequence = sequence("\u{1b}\\ \u{7} \u{9c} 日本");
        let inner = &sequence[7..sequence.len() - 1];
        assert!(inner.iter().all(u8::is_ascii_graphic), "{sequence:?}");
    }
}
