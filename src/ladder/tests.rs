//! Each text of a ladder file with what it says, or with the mistakes that are reported.

use super::*;
use crate::practice::builtin;
use crate::user_file::UserFile;

const HEAD: &str = "[[levels]]\nid = \"l4\"\n[[levels]]\nid = \"l5\"\n[[areas]]\nid = \"craft\"\n";

fn file(text: &str) -> UserFile {
    UserFile {
        path: "ladder.toml".to_owned(),
        text: text.to_owned(),
    }
}

#[track_caller]
fn ladder(text: &str) -> Ladder {
    parse(&file(text), &builtin()).expect("a ladder without mistakes")
}

/// A text, and the mistakes that are reported.
#[track_caller]
fn wrong(text: &str, expected: &[&str]) {
    let mistakes = parse(&file(text), &builtin()).expect_err("a mistake");
    let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected, "{text}");
}

/// An expectation with other values than `text` has.
fn expecting(lines: &str) -> String {
    format!("{HEAD}[[expectations]]\n{lines}\n")
}

#[test]
fn every_example_is_a_ladder_and_is_written_as_it_was_read() {
    for example in EXAMPLES {
        let read = ladder(example.text);
        assert!(
            read.now.is_some() && read.next.is_some(),
            "{}",
            example.name
        );
        let target = read.target().expect("a level").id.clone();
        let expected = read.expectations.iter().filter(|it| it.level == target);
        assert!(expected.count() > 4, "{}", example.name);
        assert_eq!(ladder(&to_toml(&read)), read);
    }
}

#[test]
fn what_is_written_survives_any_text() {
    let mut read = ladder(EXAMPLES[0].text);
    read.name = "\"a\\b\" #é日".to_owned();
    read.now = None;
    assert_eq!(ladder(&to_toml(&read)), read);
}

#[test]
fn the_level_that_counts_is_the_next_one() {
    let expectation = "id = \"a\"\nlevel = \"l4\"\narea = \"craft\"\ntext = \"A\"";
    let target = |head: &str| {
        let ladder = ladder(&(head.to_owned() + &expecting(expectation)));
        ladder.target().map(|level| level.id.clone())
    };
    assert_eq!(target("").as_deref(), Some("l4"));
    assert_eq!(target("now = \"l4\"\n").as_deref(), Some("l5"));
    assert_eq!(target("now = \"l5\"\n").as_deref(), Some("l5"));
    assert_eq!(
        target("now = \"l5\"\nnext = \"l4\"\n").as_deref(),
        Some("l4")
    );
}

#[test]
fn a_list_goes_before_the_practice_that_has_its_id() {
    let catalog = builtin();
    let takes = |from: &str, register: &str| {
        let lines = format!(
            "id = \"a\"\nlevel = \"l4\"\narea = \"craft\"\ntext = \"A\"\nfrom = [\"{from}\"]"
        );
        let ladder = ladder(&expecting(&lines));
        let practice = catalog.practice_of_register(register).expect("a practice");
        let register = catalog.register(register).expect("a list");
        ladder.expectations[0].takes_register(register, practice, &catalog)
    };
    assert!(takes("systems", "systems"));
    assert!(!takes("systems", "heroes"), "only the list of that name");
    assert!(takes("multiplier", "acts") && takes("multiplier", "knowledge"));
    assert!(!takes(COMMITMENTS, "acts"));
}

#[test]
fn every_mistake_is_reported_with_its_line() {
    wrong(
        "nam = \"x\"\nnow = \"l6\"\n[[levels]]\nid = \"l4\"\n[[levels]]\nid = \"l4\"\n\
         [[areas]]\nname = \"Craft\"\nnam = 1\n",
        &[
            "ladder.toml: line 1: unknown key `nam`; keys here: name, now, next, levels, areas, expectations",
            "ladder.toml: line 2: no level with the id `l6`; levels: l4",
            "ladder.toml: line 5: there are two levels with the id `l4`",
            "ladder.toml: line 7: it needs `id`",
            "ladder.toml: line 9: unknown key `nam`; keys here: id, name",
        ],
    );
    wrong(
        HEAD,
        &["ladder.toml: it has no expectations: write [[expectations]] above each"],
    );
    wrong(
        "levels = 1\nareas = []\n",
        &[
            "ladder.toml: it has no areas: write [[areas]] above each",
            "ladder.toml: line 1: `levels` is a list: write [[levels]] above each of them",
        ],
    );
    wrong(
        "name = \"x\n",
        &["ladder.toml: line 1: invalid basic string, expected `\"`"],
    );
}

#[test]
fn mistakes_in_expectations_are_reported_one_by_one() {
    let good = "id = \"a\"\nlevel = \"l4\"\narea = \"craft\"\ntext = \"A\"\n";
    let lists = "lists: commitments, techniques, problems, skills, follow-ups, decisions, systems, \
                 heroes, assists, handovers, complaints, responsibilities, said, talks";
    for (lines, expected) in [
        (&*good.replace("id = \"a\"\n", ""), "line 7: it needs `id`"),
        (&*good.replace("\"a\"", "\" \""), "line 8: `id` is empty"),
        (
            &*good.replace("\"a\"", "1"),
            "line 8: `id`: expected a text in quotes, not the number `1`",
        ),
        (
            &*good.replace("l4", "l6"),
            "line 9: no level with the id `l6`; levels: l4, l5",
        ),
        (
            &*good.replace("craft", "crafts"),
            "line 10: no area with the id `crafts`; areas: craft",
        ),
        (
            &*(good.to_owned() + "from = [\"problem-solving\"]"),
            &*format!("line 12: `from`: no list called `problem-solving`; {lists}"),
        ),
        (
            &*(good.to_owned() + "from = [\"inbox\"]"),
            "line 12: `from`: `inbox` is private, and never evidence for others",
        ),
        (
            &*(good.to_owned() + "from = [\"audit\"]"),
            &*format!("line 12: `from`: practice `audit` has no list; {lists}"),
        ),
        (
            &*(good.to_owned() + "form = []"),
            "line 12: unknown key `form`; keys here: id, level, area, text, from",
        ),
        (
            &*format!("{good}[[expectations]]\n{good}"),
            "line 12: there are two expectations with the id `a`",
        ),
    ] {
        wrong(&expecting(lines), &[&format!("ladder.toml: {expected}")]);
    }
    let all = "id = \"a\"\nlevel = \"l6\"\narea = \"crafts\"\nfrom = [\"inbox\", \"x\"]\n";
    wrong(
        &expecting(&format!("{good}[[expectations]]\n{all}form = 1\n")),
        &[
            "ladder.toml: line 12: there are two expectations with the id `a`",
            "ladder.toml: line 12: it needs `text`",
            "ladder.toml: line 14: no level with the id `l6`; levels: l4, l5",
            "ladder.toml: line 15: no area with the id `crafts`; areas: craft",
            "ladder.toml: line 16: `from`: `inbox` is private, and never evidence for others",
            &format!("ladder.toml: line 16: `from`: no list called `x`; {lists}"),
            "ladder.toml: line 17: unknown key `form`; keys here: id, level, area, text, from",
        ],
    );
}
