//! What a page for others shows, and what it leaves out.

use super::*;
use crate::insight;
use crate::journal::{Body, DatedLine, Entry, Id, Item, Journal, Value};
use crate::practice::{Catalog, parse};

const PRACTICE: &str = r#"
id = "garden"
order = 1
name = "Garden"
title = "The garden"
intro = "What grows."
cadence = "weekly"

[[steps]]
id = "beds"
label = "Beds"
prompt = "What grows?"
register = "beds"

[[registers]]
id = "beds"
name = "Beds"
singular = "bed"
about = "What grows."
example = "Beans"
improves = { before = "before", after = "after", unit = "unit" }
stages = [{ id = "sown", name = "sown" }, { id = "picked", name = "picked", closes = true }]
fields = [
  { id = "title", label = "Bed", kind = "line" },
  { id = "what", label = "What you did", told = "What I did", kind = "prose" },
  { id = "secret", label = "Secret", kind = "prose" },
  { id = "seen", label = "Seen", told = "Seen on", kind = "log" },
  { id = "soil", label = "Soil", told = "Soil", kind = "choices", choices = [{ id = "clay", label = "Clay" }, { id = "sand", label = "Sand" }] },
  { id = "by", label = "By", told = "With", kind = "person", stage = "picked" },
  { id = "page", label = "Page", told = "Seen at", kind = "link", stage = "picked" },
  { id = "before", label = "Before", kind = "line" },
  { id = "after", label = "After", kind = "line" },
  { id = "unit", label = "Unit", kind = "line" },
]

[[registers]]
id = "weeds"
name = "Weeds"
singular = "weed"
about = "What grows."
example = "Moss"
fields = [{ id = "title", label = "Weed", kind = "line" }]
"#;

fn catalog(practice: &str) -> Catalog {
    Catalog::new(vec![parse("garden.toml", practice).expect("a practice")])
}

fn journal(item: &Item) -> Journal {
    Journal::fold([Entry::new(
        Id::new("one"),
        1,
        "2026-10-01T09:00:00+02:00".parse().expect("an instant"),
        Body::Item(item.clone()),
    )])
}

fn bed() -> Item {
    let mut item = Item::new("beds");
    let text = |words: &str| Value::from(words);
    item.set("title", text("Beans\nby the # wall"));
    item.set("what", text("# Dug\n- and dug\n\nThen watered."));
    item.set("secret", text("Took the neighbour's compost"));
    item.set("by", text("Ana, Łukasz"));
    item.set("page", text("https://garden.example/beans"));
    item.set("before", text("4"));
    item.set("after", text("1"));
    item.set("unit", text("hours a week"));
    let soil = ["clay", "chalk"].map(str::to_owned);
    item.set("soil", Value::List(soil.to_vec()));
    let line = DatedLine {
        on: "2026-05-02".parse().expect("a day"),
        text: "the first *leaf*".to_owned(),
    };
    item.set("seen", Value::Log(vec![line]));
    item.set("sown", text("2026-03-12"));
    item.set("picked", text("2026-08-01"));
    item
}

fn page_of(item: &Item, practice: &str) -> Option<String> {
    let page = insight::public_page(&journal(item), &Id::new("one"), &catalog(practice))?;
    Some(public_page(&page, PageFormat::Markdown))
}

#[test]
fn a_story_says_what_its_register_names_and_nothing_else() {
    let page = page_of(&bed(), PRACTICE).expect("a story");
    insta::assert_snapshot!(page, @r"
    # Beans by the # wall

    **4 → 1 hours a week · 75 % less**

    ## What I did

    \# Dug

    - and dug

    Then watered.

    ## Seen on

    - 2 May 2026: the first *leaf*

    ## Soil

    Clay, chalk

    - sown, 12 March 2026
    - picked, 1 August 2026. With: Ana, Łukasz. Seen at: <https://garden.example/beans>
    ");
    assert!(!page.contains("compost"));
}

#[test]
fn a_story_of_a_title_is_a_title() {
    let item = Item::of_texts("beds", [("title", "Peas")]);
    assert_eq!(page_of(&item, PRACTICE).as_deref(), Some("# Peas\n"));
}

#[test]
fn nothing_private_is_told_and_nothing_that_is_not_meant_to_be() {
    let private = PRACTICE.replace("cadence", "private = true\ncadence");
    assert_eq!(page_of(&bed(), &private), None);
    let weed = Item::of_texts("weeds", [("title", "Moss")]);
    assert_eq!(page_of(&weed, PRACTICE), None);
    let nobody = insight::public_page(&journal(&bed()), &Id::new("two"), &catalog(PRACTICE));
    assert_eq!(nobody, None);
}

#[test]
fn a_file_is_called_after_the_title() {
    let check =
        |title: &str, expected: &str| assert_eq!(page_file_name(title), expected, "{title}");
    check(
        "New laptops took four days",
        "new-laptops-took-four-days.md",
    );
    check("../../etc/passwd", "etc-passwd.md");
    check("  日本語 / Über\n", "日本語-über.md");
    check("…", "page.md");
    check(
        &"word ".repeat(40),
        &format!("{}.md", ["word"; 9].join("-")),
    );
    check(&"w".repeat(300), "page.md");
}
