//! A user's files, each with the practices they make, or with the mistake that is reported.

use super::super::builtin;
use super::*;

/// The smallest practice of a user.
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

fn files(texts: &[&str]) -> Vec<UserFile> {
    let file = |(number, text): (usize, &&str)| UserFile {
        path: format!("{number}.toml"),
        text: (*text).to_owned(),
    };
    texts.iter().enumerate().map(file).collect()
}

/// The practices made by files without mistakes.
#[track_caller]
fn merge_valid(texts: &[&str]) -> MergedCatalog {
    let own = merge_files(&files(texts), Vec::new());
    let mistakes: Vec<String> = own.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(mistakes, [""; 0]);
    own
}

/// The mistakes in files; those without mistakes are still used.
#[track_caller]
fn check(texts: &[&str], expected: &[&str]) -> MergedCatalog {
    let own = merge_files(&files(texts), Vec::new());
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

fn walk(own: &MergedCatalog) -> Vec<&str> {
    own.catalog
        .walk()
        .map(|practice| practice.id.as_str())
        .collect()
}

fn steps<'a>(own: &'a MergedCatalog, practice: &str) -> Vec<&'a str> {
    let practice = own.catalog.practice(practice).expect("a practice");
    practice.steps.iter().map(|step| step.id.as_str()).collect()
}

#[test]
fn no_files_are_the_built_in_practices() {
    let own = merge_files(&[], Vec::new());
    assert_eq!(own.catalog, builtin());
    assert!(
        own.practices
            .iter()
            .all(|place| place.origin == Origin::BuiltIn)
    );
}

#[test]
fn a_new_id_is_a_new_practice_at_its_position() {
    let own = merge_valid(&[READING]);
    assert_eq!(walk(&own)[..4], ["audit", "mastery", "reading", "problem"]);
    let orders: Vec<u32> = own.catalog.walk().map(|practice| practice.order).collect();
    assert_eq!(orders, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(own.practices[2].origin, Origin::User("0.toml".to_owned()));
    let last = READING.replace("order = 3", "order = 4000000000");
    assert_eq!(walk(&merge_valid(&[&last])).last(), Some(&"reading"));
}

#[test]
fn given_keys_replace_and_the_rest_stays() {
    let own = merge_valid(&["id = \"audit\"\nname = \"Round\"\n\
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
    assert_eq!(after.charts, before.charts);
    assert_eq!(
        own.practices[0].origin,
        Origin::Changed("0.toml".to_owned())
    );
}

#[test]
fn lists_are_matched_by_id_to_any_depth() {
    let own = merge_valid(&["id = \"next-level\"\n\
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
    let own = merge_valid(&["id = \"audit\"\n\
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
fn practices_are_reordered() {
    let own = merge_valid(&[
        "id = \"influence\"\norder = 1\n",
        "id = \"audit\"\norder = 8\n",
    ]);
    let walk = walk(&own);
    assert_eq!(
        (walk[0], walk[1], walk[7]),
        ("influence", "mastery", "audit")
    );
    let own = merge_valid(&["id = \"mirror\"\ncadence = \"weekly\"\norder = 2\n"]);
    assert_eq!(own.catalog.practices()[1].id, "mirror");
    assert!(own.catalog.practices()[1].charts.is_empty());
}

#[test]
fn what_is_hidden_is_removed_with_all_steps_and_charts_that_use_it() {
    let own = merge_valid(&[
        "id = \"influence\"\nhidden = true\n",
        "id = \"mastery\"\nsteps = [{ id = \"mark\", hidden = true }]\n",
        "id = \"systems\"\nregisters = [{ id = \"heroes\", hidden = true }]\n",
        "id = \"ground\"\nsteps = [{ id = \"core\", hidden = true }, { id = \"tracks\", hidden = true }]\n",
    ]);
    assert_eq!(own.catalog.practice("influence"), None);
    let last = own.practices.last().expect("places");
    assert!(last.hidden && last.id == "influence");
    assert_eq!(steps(&own, "mastery"), ["evidence", "bolts"]);
    let mastery = own.catalog.practice("mastery").expect("mastery");
    assert!(
        mastery
            .charts
            .iter()
            .all(|picture| picture.title != "How good the work was")
    );
    assert_eq!(steps(&own, "systems"), ["systems"]);
    assert_eq!(own.catalog.register("heroes"), None);
    let ground = own.catalog.practice("ground").expect("ground");
    assert_eq!(ground.pages(), 2, "no gap between pages");
    assert_eq!(ground.steps.last().map(|step| step.page), Some(2));
}

mod mistakes;

/// The practices that are private because of these files, beside those that always are.
fn private(files: &[UserFile], unread: Vec<FileError>) -> Vec<String> {
    let own = merge_files(files, unread);
    let always = |id: &str| builtin().practice(id).is_some_and(|it| it.private);
    let private = own.catalog.practices().iter().filter(|it| it.private);
    let private = private.map(|it| it.id.clone());
    private.filter(|id| !always(id)).collect()
}

#[test]
fn a_practice_is_private_while_a_file_that_may_say_so_has_a_mistake() {
    for text in [
        "id = \"influence\"\nprivate = true",
        "id = \"influence\"\nprivate = true\ntitel = \"x\"",
        "id = \"influence\"\nprivat = true",
        "id = influence # not quoted\nprivate = true",
        "  id='influence'\nprivate = true\n[[steps",
        "id = \"influence\"\nprivate = true\n[[registers]]\nid = \"problems\"",
    ] {
        assert_eq!(
            private(&files(&[text]), Vec::new()),
            ["influence"],
            "{text}"
        );
    }
    let two = [
        "id = \"influence\"\nname = \"Infl\"",
        "id = \"influence\"\nprivate = true",
    ];
    assert_eq!(private(&files(&two), Vec::new()), ["influence"]);
    let two = [READING, "id = \"reading\"\nprivate = true"];
    assert_eq!(private(&files(&two), Vec::new()), ["reading"]);
    let named = UserFile {
        path: "/p/influence.toml".to_owned(),
        text: "id = \"influense\"\nprivate = true".to_owned(),
    };
    assert_eq!(private(&[named], Vec::new()), ["influence"]);
    assert_eq!(
        private(&files(&["id = \"reading\"\nprivate = true"]), Vec::new()),
        [""; 0]
    );
}

#[test]
fn every_practice_is_private_while_a_file_without_an_id_may_say_so() {
    let unread = |file: &str| FileError {
        file: file.to_owned(),
        line: None,
        reason: "it is not UTF-8 text".to_owned(),
    };
    let shared = builtin()
        .practices()
        .iter()
        .filter(|it| !it.private)
        .count();
    assert_eq!(private(&[], vec![unread("/p/mine.toml")]).len(), shared);
    let text = "private = true\n[[steps]]\nid = \"x\"";
    assert_eq!(private(&files(&[text]), Vec::new()).len(), shared);
}

#[test]
fn what_is_hidden_is_still_known_with_its_privacy() {
    let known = |texts: &[&str], register: &str| {
        let own = merge_valid(texts);
        let keeper = own
            .catalog
            .with_hidden()
            .find(|it| it.register(register).is_some());
        keeper.map(|it| it.private)
    };
    let whole = "id = \"problem\"\nhidden = true";
    assert_eq!(known(&[whole], "problems"), Some(false));
    let part = "id = \"communication\"\nregisters = [{ id = \"loops\", hidden = true }]";
    assert_eq!(known(&[part], "loops"), Some(false));
    let private = format!("private = true\n{part}");
    assert_eq!(known(&[&private], "loops"), Some(true));
}
