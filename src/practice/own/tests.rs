//! Files of the user's, each with what becomes of the practices, or with the mistake it is said
//! to have.

use super::super::{Ask, builtin, builtin_in};
use super::*;

/// A practice of one's own, as small as they come.
const READING: &str = r#"
id = "reading"
order = 3
name = "Reading"
title = "Something read"
intro = "One chapter."
cadence = "weekly"

[[steps]]
id = "pages"
label = "Pages"
prompt = "What did you read?"
kind = "line"
"#;

fn files(texts: &[&str]) -> Vec<OwnFile> {
    let file = |(number, text): (usize, &&str)| OwnFile {
        path: format!("{number}.toml"),
        text: (*text).to_owned(),
    };
    texts.iter().enumerate().map(file).collect()
}

/// What comes of files that have no mistake.
#[track_caller]
fn laid(texts: &[&str]) -> Own {
    let own = gather(Language::English, &files(texts));
    let mistakes: Vec<String> = own.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(mistakes, [""; 0]);
    own
}

/// The mistakes of files; the practices are then the built-in ones, but for the files without.
#[track_caller]
fn check(texts: &[&str], expected: &[&str]) -> Own {
    let own = gather(Language::English, &files(texts));
    let mistakes: Vec<String> = own.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(mistakes, expected);
    own
}

/// A file with a mistake in it leaves the built-in practices as they are.
#[track_caller]
fn check_one(text: &str, expected: &[&str]) {
    let own = check(&[text], expected);
    let ids = |catalog: &Catalog| -> Vec<String> {
        catalog
            .practices()
            .iter()
            .map(|practice| practice.id.clone())
            .collect()
    };
    assert_eq!(ids(&own.catalog), ids(&builtin()));
    for practice in builtin().practices() {
        let used = own.catalog.practice(&practice.id).expect("it is there");
        assert_eq!(
            (&practice.steps, &practice.registers),
            (&used.steps, &used.registers)
        );
    }
}

fn walk(own: &Own) -> Vec<&str> {
    own.catalog
        .walk()
        .map(|practice| practice.id.as_str())
        .collect()
}

fn steps<'a>(own: &'a Own, practice: &str) -> Vec<&'a str> {
    let practice = own.catalog.practice(practice).expect("a practice");
    practice.steps.iter().map(|step| step.id.as_str()).collect()
}

#[test]
fn no_files_are_the_built_in_practices() {
    for language in [Language::English, Language::German] {
        let own = gather(language, &[]);
        assert_eq!(own.catalog, builtin_in(language));
        assert!(
            own.places
                .iter()
                .all(|place| place.origin == Origin::BuiltIn)
        );
    }
}

#[test]
fn a_new_id_is_a_new_practice_at_its_place() {
    let own = laid(&[READING]);
    assert_eq!(walk(&own)[..4], ["audit", "mastery", "reading", "problem"]);
    let orders: Vec<u32> = own.catalog.walk().map(|practice| practice.order).collect();
    assert_eq!(orders, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(own.places[2].origin, Origin::Own("0.toml".to_owned()));
    let last = READING.replace("order = 3", "order = 4000000000");
    assert_eq!(walk(&laid(&[&last])).last(), Some(&"reading"));
}

#[test]
fn given_keys_replace_and_the_rest_stays() {
    let own = laid(&["id = \"audit\"\nname = \"Round\"\n\
         [[steps]]\nid = \"curiosity\"\nprompt = \"What made you\n  wonder?\"\n"
        .replace(
            "\"What made you\n  wonder?\"",
            "\"\"\"What made you\n  wonder?\"\"\"",
        )
        .as_str()]);
    let (before, after) = (builtin(), own.catalog);
    let (before, after) = (before.practice("audit"), after.practice("audit"));
    let (before, after) = (before.expect("it is there"), after.expect("it is there"));
    assert_eq!(
        (after.name.as_str(), &after.title),
        ("Round", &before.title)
    );
    assert_eq!(after.steps[2].prompt, "What made you wonder?");
    assert_eq!(after.steps[2].help, before.steps[2].help);
    assert_eq!(after.steps[3], before.steps[3]);
    assert_eq!(after.pictures, before.pictures);
    assert_eq!(own.places[0].origin, Origin::Changed("0.toml".to_owned()));
}

#[test]
fn lists_are_matched_by_id_to_any_depth() {
    let own = laid(&["id = \"next-level\"\n\
         [[registers]]\nid = \"skills\"\n\
         fields = [{ id = \"track\", choices = [\
             { id = \"craft\", label = \"Craft\", order = 1 },\
             { id = \"manager\", label = \"Lead\" }] }]\n\
         presets = [{ id = \"impact-and-risk\", hidden = true }]\n"]);
    let skills = own.catalog.register("skills").expect("skills");
    let track = skills.field("track").expect("a track");
    let labels: Vec<&str> = track
        .kind
        .choices()
        .iter()
        .map(|choice| choice.label.as_str())
        .collect();
    let expected = [
        "Craft",
        "Lead",
        "Architecture or strategy",
        "Executive influence",
    ];
    assert_eq!(labels, expected);
    assert_eq!(skills.presets.len(), 10);
    assert_eq!(skills.stages.len(), 3);
}

#[test]
fn steps_are_added_and_moved() {
    let own = laid(&["id = \"audit\"\n\
         [[steps]]\nid = \"routines\"\norder = 1\n\
         [[steps]]\nid = \"joy\"\nlabel = \"Joy\"\nprompt = \"What was good?\"\nkind = \"prose\"\n\
         [[steps]]\nid = \"calm\"\norder = 3\nlabel = \"Calm\"\nprompt = \"Where?\"\nkind = \"line\"\n"]);
    let expected = [
        "routines",
        "influence",
        "calm",
        "tolerating",
        "curiosity",
        "joy",
    ];
    assert_eq!(steps(&own, "audit"), expected);
}

#[test]
fn practices_change_places() {
    let own = laid(&[
        "id = \"influence\"\norder = 1\n",
        "id = \"audit\"\norder = 8\n",
    ]);
    let walk = walk(&own);
    assert_eq!(
        (walk[0], walk[1], walk[7]),
        ("influence", "mastery", "audit")
    );
    let own = laid(&["id = \"mirror\"\ncadence = \"weekly\"\norder = 2\n"]);
    assert_eq!(own.catalog.practices()[1].id, "mirror");
}

#[test]
fn what_is_hidden_is_gone_with_all_that_asks_for_it_or_draws_it() {
    let own = laid(&[
        "id = \"influence\"\nhidden = true\n",
        "id = \"mastery\"\nsteps = [{ id = \"mark\", hidden = true }]\n",
        "id = \"systems\"\nregisters = [{ id = \"heroes\", hidden = true }]\n",
        "id = \"ground\"\nsteps = [{ id = \"core\", hidden = true }, { id = \"tracks\", hidden = true }]\n",
    ]);
    assert_eq!(own.catalog.practice("influence"), None);
    let last = own.places.last().expect("places");
    assert!(last.hidden && last.practice.id == "influence");
    assert_eq!(steps(&own, "mastery"), ["evidence", "bolts"]);
    let mastery = own.catalog.practice("mastery").expect("mastery");
    assert!(
        mastery
            .pictures
            .iter()
            .all(|picture| picture.title != "Where the work stood")
    );
    assert_eq!(steps(&own, "systems"), ["systems"]);
    assert_eq!(own.catalog.register("heroes"), None);
    let ground = own.catalog.practice("ground").expect("ground");
    assert_eq!(ground.pages(), 2, "pages close ranks");
    assert_eq!(ground.steps.last().map(|step| step.page), Some(2));
}

#[test]
fn a_file_changes_the_practice_in_every_language() {
    let own = gather(Language::German, &files(&["id = \"audit\"\norder = 2\n"]));
    let audit = own.catalog.practice("audit").expect("audit");
    assert_eq!((audit.name.as_str(), audit.order), ("Umschau", 2));
}

#[test]
fn every_mistake_is_named_with_its_line_and_the_built_in_practice_is_used() {
    check_one(
        "id = \"audit\"\nnome = \"x\"\n\n[[steps]]\nid = \"curiosity\"\nprompd = \"?\"\n\n\
         [[steps]]\nid = \"joy\"\nlabel = \"Joy\"\n",
        &[
            "0.toml: line 2: unknown key `nome`, expected one of `id`, `order`, `name`, `title`, \
             `intro`, `cadence`, `done`, `private`, `questions`, `leads-to-commitment`, `steps`, \
             `registers`, `pictures`",
            "0.toml: line 6: unknown key `prompd`, expected one of `id`, `label`, `prompt`, \
             `help`, `page`, `beside`, `optional`, `provides`, `kind`, `register`, `choices`, `open`",
            "0.toml: line 8: missing key `prompt`",
        ],
    );
    check_one(
        "",
        &["0.toml: line 1: `id` is missing: that of the practice to change, or a new one"],
    );
    check_one(
        "id = 3",
        &["0.toml: line 1: `id` is missing: that of the practice to change, or a new one"],
    );
    check_one(
        "id = \"audit\"\nname = ",
        &["0.toml: line 2: string values must be quoted, expected literal string"],
    );
    check_one(
        "id = \"audit\"\norder = \"first\"",
        &["0.toml: line 2: invalid type: string \"first\", expected a whole number"],
    );
    check_one(
        "id = \"audit\"\nhidden = 1",
        &["0.toml: line 2: `hidden` is true or false"],
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
        &["0.toml: line 1: “Audit” is no id: use lower-case letters, digits and hyphens"],
    );
    check_one(
        &READING[..READING.find("[[steps]]").expect("steps")],
        &["0.toml: line 1: it asks nothing; a practice needs at least one of `[[steps]]`"],
    );
}

#[test]
fn what_journals_rely_on_cannot_be_changed() {
    let audit = |rest: &str| format!("id = \"audit\"\n[[steps]]\nid = \"curiosity\"\n{rest}");
    check_one(
        &audit("kind = \"line\""),
        &["0.toml: line 4: `kind` stays “prose”; for another, use a new id"],
    );
    laid(&[&audit("kind = \"prose\"")]);
    check_one(
        "id = \"mirror\"\n[[steps]]\nid = \"signs\"\nchoices = [{ id = \"unlock\", hidden = true }]",
        &["0.toml: line 4: a choice cannot be hidden; give it other words"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nid = \"curious\"\nhidden = true",
        &["0.toml: line 2: there is no step “curious” to hide"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nid = \"curiosity\"\n[[steps]]\nid = \"curiosity\"\n",
        &["0.toml: line 4: the step “curiosity” is declared twice"],
    );
    check_one(
        &audit("order = 0"),
        &["0.toml: line 4: `order` is a place, counted from 1"],
    );
}

#[test]
fn words_can_be_shown_and_say_something() {
    check_one(
        "id = \"audit\"\nname = \" \"",
        &["0.toml: line 2: `name` says nothing"],
    );
    check_one(
        "id = \"audit\"\n[[steps]]\nid = \"curiosity\"\nprompt = \"\\u001b[2J\"",
        &["0.toml: line 4: `prompt` holds a character that cannot be shown"],
    );
    check_one(
        "id = \"ground\"\nquestions = [\"one\",\n\"\\u202Eowt\"]",
        &["0.toml: line 3: `questions` holds a character that cannot be shown"],
    );
}

#[test]
fn two_files_do_not_change_the_same_practice() {
    let own = check(
        &[
            "id = \"audit\"\nname = \"One\"",
            "\nid = \"audit\"\nname = \"Two\"",
        ],
        &["1.toml: line 2: “audit” is in 0.toml already"],
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
        laid(&[&register("books")])
            .catalog
            .register("books")
            .is_some()
    );
    let taken = "0.toml: line 22: the register “acts” is one of “multiplier” already";
    check_one(&register("acts"), &[taken]);
    check(
        &[&register("acts"), "id = \"multiplier\"\nhidden = true"],
        &[taken],
    );
    check_one(
        &register("answers"),
        &["0.toml: line 22: “answers” means something else already; choose another id"],
    );
    check_one(
        &READING.replace("\"reading\"", "\"all\""),
        &["0.toml: line 2: “all” means something else already; choose another id"],
    );
}

#[test]
fn one_step_provides_the_role() {
    let role = format!("{READING}provides = \"role\"\n");
    check_one(
        &role,
        &["0.toml: line 2: step “pages” provides what “ground” provides already"],
    );
    let own = laid(&[
        &role,
        "id = \"ground\"\nsteps = [{ id = \"role\", hidden = true }]",
    ]);
    let provider = own.catalog.provider(super::super::Provides::Role);
    assert_eq!(
        provider.map(|(practice, _)| practice.id.as_str()),
        Some("reading")
    );
}

#[test]
fn the_walk_has_one_practice_at_least_and_nine_at_most() {
    let another = READING.replace("\"reading\"", "\"writing\"");
    let own = check(
        &[READING, &another],
        &["1.toml: line 2: the walk has nine practices at most; hide one, or ask monthly"],
    );
    assert_eq!(own.catalog.walk().count(), 9);
    laid(&[READING, &another, "id = \"audit\"\nhidden = true"]);
    laid(&[READING, &another.replace("weekly", "monthly")]);

    let all: Vec<String> = builtin()
        .walk()
        .map(|practice| format!("id = \"{}\"\nhidden = true\n", practice.id))
        .collect();
    let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
    let own = gather(Language::English, &files(&all));
    assert_eq!(own.mistakes.len(), 1, "{:?}", own.mistakes);
    assert_eq!(
        own.mistakes[0].reason,
        "without this practice the walk would be empty"
    );
    assert_eq!(own.catalog.walk().count(), 1);
    all.push(READING);
    assert_eq!(walk(&laid(&all)), ["reading"]);
}

#[test]
fn a_register_that_is_changed_still_makes_sense() {
    let problems =
        |rest: &str| format!("id = \"problem\"\n[[registers]]\nid = \"problems\"\n{rest}");
    check_one(
        &problems("monthly = \"done\""),
        &["0.toml: line 2: register “problems”: there is no stage “done”"],
    );
    check_one(
        &problems("commits = \"what\""),
        &["0.toml: line 2: register “problems”: `commits`: there is no field “what”"],
    );
    check_one(
        &problems("fields = [{ id = \"did\", order = 1 }]"),
        &["0.toml: line 2: register “problems”: the first field must be `title`, of kind `line`"],
    );
    check_one(
        &problems("stages = [{ id = \"seen\", name = \"seen\", order = 1 }]"),
        &[
            "0.toml: line 2: register “problems”: a new item `starts` in the first stage or in none, \
           and “spotted” is not the first",
        ],
    );
    let own = laid(&[&problems(
        "stages = [{ id = \"seen\", name = \"seen\", order = 2 }]",
    )]);
    let problems = own.catalog.register("problems").expect("problems");
    assert_eq!(problems.stages[1].id, "seen");
    let asked = own.catalog.practice("problem").expect("problem");
    assert_eq!(asked.steps[0].ask, Ask::Register("problems".to_owned()));
}
