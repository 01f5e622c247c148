//! The practices that come with the program.
//!
//! Their words live in `assets/practices/`; a test parses them all, so the program itself may rely
//! on them.

use super::{Catalog, parse};

const FILES: [(&str, &str); 10] = [
    (
        "audit.toml",
        include_str!("../../assets/practices/audit.toml"),
    ),
    (
        "mastery.toml",
        include_str!("../../assets/practices/mastery.toml"),
    ),
    (
        "problem.toml",
        include_str!("../../assets/practices/problem.toml"),
    ),
    (
        "next-level.toml",
        include_str!("../../assets/practices/next-level.toml"),
    ),
    (
        "communication.toml",
        include_str!("../../assets/practices/communication.toml"),
    ),
    (
        "systems.toml",
        include_str!("../../assets/practices/systems.toml"),
    ),
    (
        "multiplier.toml",
        include_str!("../../assets/practices/multiplier.toml"),
    ),
    (
        "influence.toml",
        include_str!("../../assets/practices/influence.toml"),
    ),
    (
        "ground.toml",
        include_str!("../../assets/practices/ground.toml"),
    ),
    (
        "mirror.toml",
        include_str!("../../assets/practices/mirror.toml"),
    ),
];

/// The catalogue that comes with the program.
///
/// # Panics
/// When a built-in file does not parse, which the test below rules out.
#[must_use]
pub fn builtin() -> Catalog {
    let practices = FILES.iter().map(|(name, text)| {
        parse(name, text).expect("the built-in practices are parsed by a test")
    });
    Catalog::new(practices.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_practice_parses() {
        for (name, text) in FILES {
            if let Err(error) = parse(name, text) {
                panic!("{error}");
            }
        }
        assert_eq!(builtin().walk().count(), 8);
    }
}
