//! Files with a mistake: each is reported with its line, and the built-in practice is used.

use super::super::super::{Ask, Provides};
use super::*;

#[test]
fn every_mistake_has_its_line_and_the_built_in_practice_is_used() {
    check_one(
        "id = \"audit\"\nnome = \"x\"\n\n[[steps]]\nid = \"curiosity\"\nprompd = \"?\"\n\n\
         [[steps]]\nid = \"joy\"\nlabel = \"Joy\"\n",
        &[
            "0.toml: line 2: unknown key `nome`, expected one of `id`, `order`, `name`, `title`, \
             `intro`, `cadence`, `done`, `private`, `hidden`, `questions`, `leads-to-commitment`, `recalls`, `steps`, \
             `registers`, `pictures`",
            "0.toml: line 6: unknown key `prompd`, expected one of `id`, `label`, `prompt`, \
             `help`, `page`, `beside`, `optional`, `suggests`, `provides`, `kind`, `register`, `choices`, `open`",
            "0.toml: line 8: missing key `prompt`",
        ],
    );
    check_one(
        "",
        &["0.toml: line 1: `id` is missing: that of the practice to change, or a new one"],
    );
    check_one(
        "id = \"audit\"\nname = ",
        &["0.toml: line 2: string values must be quoted, expected literal string"],
    );
    check_one(
        "id = \"audit\"\norder = \"first\"",
        &["0.toml: line 2: expected a whole number from 0, not the text \"first\""],
    );
    check_one(
        "id = \"audit\"\nhidden = 1",
        &["0.toml: line 2: expected true or false, not the number `1`"],
    );
    check_one(
        "id = \"audit\"\nsteps = 1",
        &["0.toml: line 2: `steps` is a list: `[[steps]]`"],
    );
    check_one(
        "id = \"audit\"\nsteps = [\n1]",
        &["0.toml: line 3: a step is a table: `[[steps]]`"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nlabel = \"x\"",
        &["0.toml: line 2: this step has no `id`"],
    );
}

#[test]
fn a_new_practice_says_that_it_is_one() {
    check_one(
        "id = \"audid\"\nname = \"Audit\"\norder = 1",
        &[
            "0.toml: line 1: missing key `title` (no built-in practice is called “audid”, so this \
           one is new)",
        ],
    );
    check_one(
        "id = \"Audit\"\nname = \"A\"\norder = 1\ntitle = \"A\"\nintro = \"\"\ncadence = \"weekly\"",
        &["0.toml: line 1: “Audit” is not an id: use lower-case letters, digits and hyphens"],
    );
    check_one(
        &READING[..READING.find("[[steps]]").expect("steps")],
        &["0.toml: line 1: it has no steps; a practice needs at least one `[[steps]]`"],
    );
}

#[test]
fn what_journals_rely_on_cannot_be_changed() {
    let audit = |rest: &str| format!("id = \"audit\"\n[[steps]]\nid = \"curiosity\"\n{rest}");
    check_one(
        &audit("kind = \"line\""),
        &["0.toml: line 4: `kind` cannot change from “prose”; use a new id"],
    );
    merge_valid(&[&audit("kind = \"prose\"")]);
    check_one(
        "id = \"mirror\"\n[[steps]]\nid = \"signs\"\nchoices = [{ id = \"unlock\", hidden = true }]",
        &["0.toml: line 4: a choice cannot be hidden; change its text"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nid = \"curious\"\nhidden = true",
        &["0.toml: line 2: no step called “curious” to hide"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nid = \"curiosity\"\n[[steps]]\nid = \"curiosity\"\n",
        &["0.toml: line 4: the step “curiosity” is declared twice"],
    );
    check_one(
        &audit("order = 0"),
        &["0.toml: line 4: `order` is a position from 1"],
    );
}

#[test]
fn texts_can_be_shown_and_are_not_empty() {
    check_one(
        "id = \"audit\"\nname = \" \"",
        &["0.toml: line 2: `name` is empty"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nid = \"curiosity\"\nprompt = \"\\u001b[2J\"",
        &["0.toml: line 4: `prompt` has a character that cannot be shown"],
    );
    check_one(
        "id = \"ground\"\nquestions = [\"one\",\n\"\\u202Eowt\"]",
        &["0.toml: line 3: `questions` has a character that cannot be shown"],
    );
}

#[test]
fn two_files_do_not_change_the_same_practice() {
    let own = check(
        &[
            "id = \"audit\"\nname = \"One\"",
            "\nid = \"audit\"\nname = \"Two\"",
        ],
        &["1.toml: line 2: “audit” is already in 0.toml"],
    );
    assert_eq!(
        own.catalog.practice("audit").map(|it| it.name.as_str()),
        Some("One")
    );
}

#[test]
fn a_register_has_its_id_to_itself() {
    let register = |id: &str| {
        format!(
            "{READING}\n[[steps]]\nid = \"books\"\nlabel = \"Books\"\nprompt = \"Which?\"\n\
             register = \"{id}\"\n\n[[registers]]\nid = \"{id}\"\nname = \"Books\"\n\
             singular = \"book\"\nabout = \"What you read.\"\nexample = \"Emma\"\n\
             fields = [{{ id = \"title\", label = \"Title\", kind = \"line\" }}]\n"
        )
    };
    assert!(
        merge_valid(&[&register("books")])
            .catalog
            .register("books")
            .is_some()
    );
    let taken = "0.toml: line 22: the register “acts” already belongs to “multiplier”";
    check_one(&register("acts"), &[taken]);
    check(
        &[&register("acts"), "id = \"multiplier\"\nhidden = true"],
        &[taken],
    );
    check_one(
        &register("answers"),
        &["0.toml: line 22: “answers” already means something else; choose another id"],
    );
    check_one(
        &READING.replace("\"reading\"", "\"all\""),
        &["0.toml: line 2: “all” already means something else; choose another id"],
    );
}

#[test]
fn one_step_provides_the_role() {
    let role = format!("{READING}provides = \"role\"\n");
    check_one(
        &role,
        &["0.toml: line 2: step “pages” provides what “ground” already provides"],
    );
    let own = merge_valid(&[
        &role,
        "id = \"ground\"\nsteps = [{ id = \"role\", hidden = true }]",
    ]);
    let provider = own.catalog.provider(Provides::Role);
    assert_eq!(
        provider.map(|(practice, _)| practice.id.as_str()),
        Some("reading")
    );
}

#[test]
fn the_walk_has_at_least_one_practice_and_at_most_nine() {
    let another = READING.replace("\"reading\"", "\"writing\"");
    let own = check(
        &[READING, &another],
        &["1.toml: line 2: the walk has at most 9 practices; hide one, or ask monthly"],
    );
    assert_eq!(own.catalog.walk().count(), 9);
    merge_valid(&[READING, &another, "id = \"audit\"\nhidden = true"]);
    merge_valid(&[READING, &another.replace("weekly", "monthly")]);

    let all: Vec<String> = builtin()
        .walk()
        .map(|practice| format!("id = \"{}\"\nhidden = true\n", practice.id))
        .collect();
    let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
    let own = merge_files(&files(&all), Vec::new());
    assert_eq!(own.mistakes.len(), 1, "{:?}", own.mistakes);
    assert_eq!(
        own.mistakes[0].reason,
        "without this practice the walk would be empty"
    );
    assert_eq!(own.catalog.walk().count(), 1);
    all.push(READING);
    assert_eq!(walk(&merge_valid(&all)), ["reading"]);
}

#[test]
fn a_register_that_is_changed_is_still_valid() {
    let problems =
        |rest: &str| format!("id = \"problem\"\n[[registers]]\nid = \"problems\"\n{rest}");
    check_one(
        &problems("monthly = \"done\""),
        &["0.toml: line 2: register “problems”: no stage called “done”"],
    );
    check_one(
        &problems("commits = \"what\""),
        &["0.toml: line 2: register “problems”: `commits`: “what” is not a field"],
    );
    check_one(
        &problems("fields = [{ id = \"did\", order = 1 }]"),
        &["0.toml: line 2: register “problems”: the first field must be `title`, of kind `line`"],
    );
    check_one(
        &problems("stages = [{ id = \"seen\", name = \"seen\", order = 1 }]"),
        &[
            "0.toml: line 2: register “problems”: only the first stage can have `starts`, \
           and “spotted” is not the first",
        ],
    );
    let own = merge_valid(&[&problems(
        "stages = [{ id = \"seen\", name = \"seen\", order = 2 }]",
    )]);
    let problems = own.catalog.register("problems").expect("problems");
    assert_eq!(problems.stages[1].id, "seen");
    let asked = own.catalog.practice("problem").expect("problem");
    assert_eq!(asked.steps[0].ask, Ask::Register("problems".to_owned()));
}

#[test]
fn a_practice_is_meant_by_its_id_and_has_its_name_to_itself() {
    let reason = "0.toml: line 1: the practice “profile” has the id “ground”";
    for text in [
        "id = \"profile\"\nhidden = true",
        "id = \"profile\"\nprivate = true",
    ] {
        let own = check(&[text], &[reason]);
        assert!(own.catalog.practice("ground").is_some_and(|it| it.private));
    }
    let named = READING.replace("name = \"Reading\"", "name = \"profile\"");
    check_one(
        &named,
        &["0.toml: line 2: “profile” is the name of “ground”; choose another name"],
    );
}

#[test]
fn keys_of_a_practice_have_the_values_they_can_have() {
    for (text, expected) in [
        ("id = 3", "line 1: `id` is a text in quotes"),
        (
            "id = \"audit\"\ncadence = 3",
            "line 2: expected a text in quotes",
        ),
        (
            "id = \"audit\"\norder = 0",
            "line 2: `order` is a position from 1",
        ),
        (
            "id = \"audit\"\norder = -1",
            "line 2: invalid value: whole number `-1`, expected a whole number from 0",
        ),
        (
            "id = \"mirror\"\ncadence = \"weekly\"\n\
             pictures = [{ title = \"Marked\", kind = \"marks\" }]",
            "line 3: chart “Marked”: marks need a monthly practice",
        ),
        (
            "id = \"next-level\"\nregisters = [{ id = \"skills\", fields = [{ id = \"day\", label = \
             \"Day\", kind = \"date\" }], presets = [{ id = \"x\", title = \"X\", values = { day = \
             \"not a day\" } }] }]",
            "line 2: register “skills”: preset “x”: “not a day” is not a value of “day”",
        ),
    ] {
        check(&[text], &[&format!("0.toml: {expected}")]);
    }
}
