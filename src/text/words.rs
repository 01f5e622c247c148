//! How many words a text has.

use unicode_segmentation::UnicodeSegmentation;

/// How many words a text has (UAX #29): each sign of a script without blanks between words counts as
/// one, as word processors have it.
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// "word", or "character" if most words of a text are single signs: then it is Chinese, Japanese, Thai
/// or the like.
pub fn word_noun(text: &str) -> &'static str {
    // The scripts without blanks come after those of Europe, the Middle East and India.
    let is_sign = |word: &str| word >= "\u{e00}" && word.graphemes(true).nth(1).is_none();
    let signs = text.unicode_words().filter(|word| is_sign(word)).count();
    if signs * 2 > word_count(text) {
        "character"
    } else {
        "word"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_counted_where_no_blank_is_between_words() {
        for (text, count, noun) in [
            ("", 0, "word"),
            ("We can't ask – again.", 4, "word"),
            ("Я и ты", 3, "word"),
            ("أعمل على خطوات", 3, "word"),
            ("릴리스 노트", 2, "word"),
            ("我已经负责发布说明，谢谢。", 11, "character"),
            ("毎週の報告を書く", 8, "character"),
            ("ทำงาน", 5, "character"),
            ("Ana 林 and me", 4, "word"),
        ] {
            assert_eq!((word_count(text), word_noun(text)), (count, noun), "{text}");
        }
    }
}
