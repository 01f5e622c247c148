//! The page about practice files is true.
//!
//! Its examples work as printed, and it describes every key.

use leadby::practice::{MergedCatalog, merge_files};
use leadby::user_file::UserFile;

const PAGE: &str = include_str!("../assets/practices.md");

fn use_file(text: &str) -> MergedCatalog {
    let file = UserFile {
        path: "mine.toml".to_owned(),
        text: text.to_owned(),
    };
    merge_files(&[file], Vec::new())
}

#[test]
fn the_example_changes_the_audit_as_described() {
    let mut examples = PAGE.split("```toml\n").skip(1);
    let example = examples.next().and_then(|rest| rest.split("```").next());
    let own = use_file(example.expect("an example"));
    assert_eq!(own.mistakes, []);
    let audit = own.catalog.practice("audit").expect("the audit");
    assert_eq!((audit.name.as_str(), audit.order), ("Round", 2));
    let steps: Vec<&str> = audit.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(steps, ["routines", "influence", "curiosity", "delight"]);
}

/// The keys or values allowed in place of `wrong`.
fn known(file: &str) -> Vec<String> {
    let own = use_file(file);
    let reasons = own.mistakes.iter().map(|mistake| mistake.reason.as_str());
    let lists = reasons.filter_map(|reason| reason.split_once("expected one of "));
    let names = lists.flat_map(|(_, list)| list.split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

#[test]
fn every_key_and_every_kind_is_on_the_page() {
    for file in [
        "id = \"mine\"\nwrong = 1",
        "id = \"mine\"\ncadence = \"wrong\"",
        "id = \"mine\"\n[[steps]]\nid = \"a\"\nwrong = 1",
        "id = \"mine\"\n[[steps]]\nid = \"a\"\nkind = \"wrong\"",
        "id = \"mine\"\n[[steps]]\nid = \"a\"\nprovides = \"wrong\"",
        "id = \"mine\"\n[[registers]]\nid = \"a\"\nwrong = 1",
        "id = \"mine\"\n[[registers]]\nid = \"a\"\nfields = [{ id = \"title\", wrong = 1 }]",
        "id = \"mine\"\n[[registers]]\nid = \"a\"\nstages = [{ id = \"a\", wrong = 1 }]",
        "id = \"mine\"\n[[registers]]\nid = \"a\"\npresets = [{ id = \"a\", wrong = 1 }]",
        "id = \"mine\"\n[[pictures]]\nwrong = 1",
        "id = \"mine\"\n[[pictures]]\ntitle = \"a\"\nkind = \"wrong\"",
    ] {
        let known = known(file);
        assert!(known.len() > 2, "{file}");
        for name in known {
            let named = [format!("`{name}`"), format!("`{name} = true`")];
            assert!(named.iter().any(|named| PAGE.contains(named)), "{name}");
        }
    }
}
