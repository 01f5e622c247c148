//! Mistakes in a practice file, each with the text that reports it.
//!
//! Knows the parser alone; the files that come with the program are tested in `tests/practices.rs`.

use super::*;
use crate::practice::DoneWhen;

/// A practice that parses; every test below puts one mistake into it.
const GOOD: &str = r#"
id = "garden"
order = 9
name = "Garden"
title = "The garden"
intro = "What grows."
cadence = "weekly"

[[steps]]
id = "weather"
label = "Weather"
prompt = "How was it?"
kind = "scale"
choices = [{ id = "rain", label = "rain" }, { id = "sun", label = "sun" }]

[[steps]]
id = "beds"
label = "Beds"
prompt = "What did you plant?"
register = "beds"

[[registers]]
id = "beds"
name = "Beds"
singular = "bed"
about = "What grows."
example = "Beans"
monthly = "sown"
fields = [
  { id = "title", label = "Bed", kind = "line" },
  { id = "yield", label = "Yield", kind = "line", stage = "sown" },
]
stages = [{ id = "sown", name = "sown", starts = true }]
presets = [{ id = "herbs", title = "Herbs", values = { yield = "mint" } }]
"#;

#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    assert!(GOOD.contains(from), "nothing to replace: {from}");
    let text = GOOD.replacen(from, to, 1);
    let error = parse("garden.toml", &text).expect_err("a mistake");
    assert_eq!(error.to_string(), format!("garden.toml: {expected}"));
}

#[test]
fn a_good_file_parses() {
    let practice = parse("garden.toml", GOOD).expect("no mistake");
    assert_eq!((practice.done, practice.pages()), (DoneWhen::All, 1));
    assert_eq!(practice.registers[0].monthly.as_deref(), Some("sown"));
}

#[test]
fn a_mistake_in_the_toml_is_reported_with_its_line() {
    check(
        "id = \"weather\"",
        "colour = \"red\"\nid = \"weather\"",
        "line 10: unknown key `colour`, expected one of `id`, `label`, `prompt`, `help`, \
         `page`, `beside`, `optional`, `suggests`, `provides`, `kind`, `register`, `choices`, `open`",
    );
    check(
        "title = \"The garden\"\n",
        "",
        "line 1: missing key `title`",
    );
    check(
        "\"weekly\"",
        "\"hourly\"",
        "line 7: unknown value `hourly`, expected one of `weekly`, `monthly`, `standing`",
    );
    check(
        "order = 9",
        "order = \"last\"",
        r#"line 3: expected a whole number from 0, not the text "last""#,
    );
    check(
        "id = \"garden\"",
        "id = ",
        "line 2: string values must be quoted, expected literal string",
    );
}

#[test]
fn a_step_asks_for_one_thing_that_exists() {
    check(
        "register = \"beds\"",
        "register = \"trees\"",
        "line 16: step “beds” names the register “trees”, which is not declared here",
    );
    check(
        "register = \"beds\"",
        "",
        "line 16: step “beds” needs either `kind` or `register`",
    );
    check(
        "register = \"beds\"",
        "register = \"beds\"\nkind = \"line\"",
        "line 16: step “beds” needs either `kind` or `register`",
    );
}

#[test]
fn no_id_is_declared_twice() {
    check(
        "id = \"beds\"",
        "id = \"weather\"",
        "line 16: the step “weather” is declared twice",
    );
    check(
        "id = \"sun\"",
        "id = \"rain\"",
        "line 9: step “weather”: the choice “rain” is declared twice",
    );
    check(
        "id = \"yield\"",
        "id = \"title\"",
        "line 22: register “beds”: the field or stage “title” is declared twice",
    );
    check(
        "id = \"yield\"",
        "id = \"sown\"",
        "line 22: register “beds”: the field or stage “sown” is declared twice",
    );
    let again = GOOD[GOOD.find("[[registers]]").expect("registers")..].to_owned();
    let error = parse("garden.toml", &format!("{GOOD}{again}")).expect_err("a mistake");
    assert_eq!(error.reason, "the register “beds” is declared twice");
}

#[test]
fn an_id_is_lower_case_letters_digits_and_hyphens() {
    check(
        "id = \"garden\"",
        "id = \"Garden\"",
        "line 1: “Garden” is not an id: use lower-case letters, digits and hyphens",
    );
    check(
        "id = \"weather\"",
        "id = \"wet weather\"",
        "line 9: “wet weather” is not an id: use lower-case letters, digits and hyphens",
    );
    check(
        "id = \"rain\"",
        "id = \"\"",
        "line 9: step “weather”: “” is not an id: use lower-case letters, digits and hyphens",
    );
    check(
        "id = \"yield\"",
        "id = \"täglich\"",
        "line 31: register “beds”: “täglich” is not an id: use lower-case letters, digits and hyphens",
    );
    check(
        "id = \"herbs\"",
        "id = \"herbs/mint\"",
        "line 22: register “beds”: “herbs/mint” is not an id: use lower-case letters, digits and hyphens",
    );
}

#[test]
fn a_kind_has_what_it_needs_and_nothing_else() {
    check(
        "choices = [{ id = \"rain\", label = \"rain\" }, { id = \"sun\", label = \"sun\" }]",
        "",
        "line 9: step “weather”: this kind needs `choices`",
    );
    check(
        "choices = [{ id = \"rain\", label = \"rain\" }, { id = \"sun\", label = \"sun\" }]",
        "open = true",
        "line 9: step “weather”: only `choice` and `choices` can be `open`",
    );
    check(
        "{ id = \"sun\", label = \"sun\" }",
        "{ id = \"sun\", label = \"sun\", asks = \"Why?\" }",
        "line 9: step “weather”: only choices of a `checklist` or a `choice` have `asks`",
    );
    check(
        "kind = \"scale\"",
        "kind = \"prose\"",
        "line 9: step “weather”: this kind takes no `choices`",
    );
    check(
        "kind = \"scale\"",
        "kind = \"mood\"",
        "line 13: unknown value `mood`, expected one of `line`, `prose`, `scale`, `checklist`, `choice`, `choices`, `date`, `near-date`, `person`, `link`, `log`",
    );
}

#[test]
fn a_register_begins_with_a_title_and_refers_only_to_what_it_has() {
    check(
        "{ id = \"title\", label = \"Bed\", kind = \"line\" }",
        "{ id = \"title\", label = \"Bed\", kind = \"prose\" }",
        "line 22: register “beds”: the first field must be `title`, of kind `line`",
    );
    check(
        "stage = \"sown\"",
        "stage = \"grown\"",
        "line 22: register “beds”: no stage called “grown”",
    );
    check(
        "monthly = \"sown\"",
        "monthly = \"grown\"",
        "line 22: register “beds”: no stage called “grown”",
    );
    check(
        "values = { yield",
        "values = { taste",
        "line 22: register “beds”: preset “herbs”: no field called “taste”",
    );
    check(
        "monthly = \"sown\"",
        "becomes = { register = \"trees\", field = \"yield\" }",
        "line 22: register “beds”: `becomes` names the register “trees”, which is not declared here",
    );
    check(
        "monthly = \"sown\"",
        "becomes = { register = \"beds\", field = \"taste\" }",
        "line 22: register “beds”: `becomes`: “taste” is not a field",
    );
    check(
        "id = \"yield\"",
        "id = \"from\"",
        "line 22: register “beds”: “from” is reserved: it names what an item came from",
    );
    check(
        "monthly = \"sown\"",
        "improves = { before = \"yield\", after = \"taste\", unit = \"yield\" }",
        "line 22: register “beds”: `improves`: “taste” is not a field of kind `line`",
    );
    check(
        "monthly = \"sown\"",
        "portfolio = \"yield\"",
        "line 22: register “beds”: `portfolio`: “yield” is neither a stage nor a field of kind `log` or `date`",
    );
    check(
        "monthly = \"sown\"",
        "helps = \"yield\"",
        "line 22: register “beds”: `helps`: “yield” is not a field of kind `person`",
    );
    check(
        "monthly = \"sown\"",
        "begins-with = \"seed\"",
        "line 22: register “beds”: `begins-with`: “seed” is not a field of a list with stages",
    );
}
