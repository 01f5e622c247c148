//! The practices that come with the program, in every language they come in.
//!
//! Their words live in `assets/practices/`, and `src/build.rs` prepares them to be read faster; a test
//! reads them all, both ways, so the program itself may rely on them. The ids and the shape are the same in every language: a journal is written in none.

use super::parse::prepared;
use super::{Catalog, Practice};

/// A language the practices come in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

/// One practice: its id, which is the name of its files, and what they say.
struct File {
    id: &'static str,
    english: Text,
    german: Text,
}

/// What a file says, as it was written and as it was prepared.
struct Text {
    written: &'static str,
    prepared: &'static str,
}

macro_rules! text {
    ($folder:literal, $id:literal) => {
        Text {
            written: include_str!(concat!("../../assets/", $folder, "/", $id, ".toml")),
            prepared: include_str!(concat!(env!("OUT_DIR"), "/", $folder, "/", $id, ".json")),
        }
    };
}

macro_rules! files {
    ($($id:literal)*) => {
        [$(File {
            id: $id,
            english: text!("practices", $id),
            german: text!("practices/de", $id),
        }),*]
    };
}

static FILES: [File; 11] = files!(
    "audit" "mastery" "problem" "next-level" "communication" "systems" "multiplier" "influence"
    "ground" "mirror" "month"
);

impl Language {
    /// The language of a locale: `de`, `de_AT.UTF-8`; English for `C`. None when the practices do
    /// not come in it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '-', '.', '@']).next()?;
        match language.to_ascii_lowercase().as_str() {
            "en" | "c" | "posix" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }
}

impl File {
    fn text(&self, language: Language) -> &Text {
        match language {
            Language::English => &self.english,
            Language::German => &self.german,
        }
    }

    fn practice(&self, language: Language) -> Practice {
        let prepared = prepared(self.text(language).prepared);
        prepared.expect("the built-in practices are read by a test")
    }
}

/// The catalogue that comes with the program, in English.
///
/// # Panics
/// When a built-in file does not parse, which the test below rules out.
#[must_use]
pub fn builtin() -> Catalog {
    builtin_in(Language::English)
}

/// The catalogue that comes with the program, in a language.
#[must_use]
pub fn builtin_in(language: Language) -> Catalog {
    Catalog::new(practices(language))
}

/// The file of a built-in practice, as it comes with the program.
#[must_use]
pub fn builtin_file(id: &str, language: Language) -> Option<&'static str> {
    let file = FILES.iter().find(|file| file.id == id)?;
    Some(file.text(language).written)
}

/// The built-in practices in no order.
pub(super) fn practices(language: Language) -> Vec<Practice> {
    FILES.iter().map(|file| file.practice(language)).collect()
}

/// The built-in practice with this id.
pub(super) fn practice(id: &str, language: Language) -> Option<Practice> {
    let file = FILES.iter().find(|file| file.id == id)?;
    Some(file.practice(language))
}

#[cfg(test)]
mod tests {
    use super::super::{Ask, FieldKind, parse};
    use super::*;

    const LANGUAGES: [Language; 2] = [Language::English, Language::German];

    #[test]
    fn every_built_in_practice_is_read_as_it_is_written_and_named_like_its_file() {
        for language in LANGUAGES {
            for file in &FILES {
                let text = file.text(language);
                match parse(file.id, text.written) {
                    Ok(practice) => {
                        assert_eq!(practice.id, file.id);
                        assert_eq!(prepared(text.prepared), Ok(practice), "{language:?}");
                    }
                    Err(error) => panic!("{language:?}: {error}"),
                }
            }
            assert_eq!(builtin_in(language).walk().count(), 8);
        }
    }

    #[test]
    fn a_language_changes_words_and_nothing_else() {
        let mut english = practices(Language::English);
        let mut german = practices(Language::German);
        for (english, german) in english.iter_mut().zip(&mut german) {
            assert_eq!(words(english).len(), words(german).len(), "{}", english.id);
            for (one, other) in words(english).into_iter().zip(words(german)) {
                assert_eq!(one.is_empty(), other.is_empty(), "{one:?} {other:?}");
                one.clear();
                other.clear();
            }
            assert_eq!(english, german);
        }
    }

    #[test]
    fn german_is_written_with_its_letters() {
        for file in &FILES {
            let german = file.german.written;
            assert!(german.contains(['ä', 'ö', 'ü', 'ß']), "{}", file.id);
            for wrong in [" fuer ", " ueber ", "Ueber", " koenn", " moech", "\"Sie "] {
                assert!(!german.contains(wrong), "{}: {wrong}", file.id);
            }
        }
    }

    /// Everything a person reads.
    fn words(practice: &mut Practice) -> Vec<&mut String> {
        let mut words = vec![&mut practice.name, &mut practice.title, &mut practice.intro];
        words.extend(&mut practice.questions);
        for step in &mut practice.steps {
            words.extend([&mut step.label, &mut step.prompt, &mut step.help]);
            if let Ask::Answer(kind) = &mut step.ask {
                words.extend(labels(kind));
            }
        }
        for register in &mut practice.registers {
            words.extend([&mut register.name, &mut register.singular]);
            words.extend([&mut register.about, &mut register.example]);
            words.push(&mut register.unstaged);
            for field in &mut register.fields {
                words.extend([&mut field.label, &mut field.prompt]);
                words.extend(&mut field.told);
                words.extend(labels(&mut field.kind));
            }
            words.extend(register.stages.iter_mut().map(|stage| &mut stage.name));
            words.extend(register.presets.iter_mut().map(|preset| &mut preset.title));
        }
        for picture in &mut practice.pictures {
            words.push(&mut picture.title);
            words.extend(&mut picture.told);
        }
        words
    }

    fn labels(kind: &mut FieldKind) -> impl Iterator<Item = &mut String> {
        let choices = match kind {
            FieldKind::Scale(choices) | FieldKind::Checklist(choices) => choices.as_mut_slice(),
            FieldKind::Choice(options) | FieldKind::Choices(options) => &mut options.choices,
            _ => &mut [],
        };
        choices.iter_mut().map(|choice| &mut choice.label)
    }

    #[track_caller]
    fn check(locale: &str, expected: Option<Language>) {
        assert_eq!(Language::of_locale(locale), expected, "{locale}");
    }

    #[test]
    fn a_locale_names_its_language_first() {
        for german in ["de", "DE", "de_DE.UTF-8", "de_AT@euro", "de-CH"] {
            check(german, Some(Language::German));
        }
        for english in ["en", "en_GB.UTF-8", "C", "C.UTF-8", "POSIX"] {
            check(english, Some(Language::English));
        }
        for other in ["", "den", "fr_FR", "deutsch", "english"] {
            check(other, None);
        }
    }
}
