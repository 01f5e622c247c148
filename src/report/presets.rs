//! The presets of a register, as entries that are not written yet.

use crate::calendar::Now;
use crate::journal::{Body, Entry, Id, Journal, Lineage};
use crate::practice::Register;

/// The presets of `register` that were never written to, as entries of revision 0.
pub fn preset_entries(register: &Register, journal: &Journal, now: Now) -> Vec<Entry> {
    let untouched = register.presets.iter().filter_map(|preset| {
        let id = Id::preset(&register.id, &preset.id);
        if !journal.is_untouched(&id) {
            return None;
        }
        Some(Entry {
            body: Body::Item(journal.item_or_preset(register, &id)?),
            id,
            rev: 0,
            at: now.timestamp(),
            lineage: Lineage::default(),
        })
    });
    untouched.collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::journal::Selection;
    use crate::practice;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let catalog = practice::builtin();
        let found = match Selection::from_name(text, &catalog) {
            None => "nothing".to_owned(),
            Some(Selection::Register(register)) => format!("register {}", register.id),
            Some(Selection::Practice(practice)) => format!("practice {}", practice.id),
            Some(other) => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn kinds_are_named_in_the_singular_and_plural_in_any_case() {
        check("all", "All");
        check("Commitment", "Commitments");
        check("answers", "Answers");
        check("problem", "register problems");
        check("PROBLEMS", "register problems");
        check("skill", "register skills");
        check("audit", "practice audit");
        check("Next level", "practice next-level");
        check("probs", "nothing");
        check("", "nothing");
    }

    #[test]
    fn renamed_lists_keep_their_former_names() {
        for name in [
            "technique",
            "techniques",
            "bolt",
            "bolts",
            "Bolts of the craft",
        ] {
            check(name, "register bolts");
        }
        for name in [
            "follow-up",
            "follow-ups",
            "loop",
            "loops",
            "open loop",
            "Open loops",
        ] {
            check(name, "register loops");
        }
        for name in ["assist", "assists", "act", "acts"] {
            check(name, "register acts");
        }
        for name in ["handover", "handovers", "knowledge", "piece of knowledge"] {
            check(name, "register knowledge");
        }
        for name in ["profile", "ground"] {
            check(name, "practice ground");
        }
    }

    #[test]
    fn names_to_type_are_those_on_the_screens_if_they_are_one_word() {
        let catalog = practice::builtin();
        let names = Selection::names(&catalog);
        for name in [
            "techniques",
            "follow-ups",
            "assists",
            "handovers",
            "profile",
            "heroes",
        ] {
            assert!(names.iter().any(|listed| listed == name), "{name}");
        }
    }

    #[test]
    fn a_preset_is_there_until_it_is_written_to() {
        let catalog = samples::catalog();
        let skills = catalog.register("skills").expect("a register");
        let mut journal = samples::journal();
        let presets = preset_entries(skills, &journal, samples::now());
        assert_eq!(presets.len(), 1);
        assert_eq!(presets[0].id.as_str(), "item/skills/systems-thinking");
        let mut written = presets[0].clone();
        written.rev = 1;
        journal.insert(written);
        assert!(preset_entries(skills, &journal, samples::now()).is_empty());
    }
}
