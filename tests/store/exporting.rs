//! The complete export, imported elsewhere: the same journal, whatever it contains and however the
//! file was reformatted in between.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use leadby::failure::FailureKind;
use leadby::journal::Journal;
use leadby::store::{Import, Store, encode_line};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value as Json;

use super::properties::{entry, lines, write};
use super::{home, now, open, read};

fn exported(path: &Path) -> String {
    let (store, _) = Store::open(path).expect("a journal");
    let mut document = Vec::new();
    let export = store.export(now()).expect("an export");
    export.write(&mut document).expect("memory");
    String::from_utf8(document).expect("JSON is UTF-8")
}

fn import(path: &Path, document: &str) -> usize {
    let (mut store, _) = open(path);
    let import = Import::read(document.as_bytes().to_vec()).expect("an export");
    let weighed = store
        .preview_import(&import, &mut |_| ())
        .expect("a journal");
    let merged = store.import(&import, &mut |_| ()).expect("a save");
    assert_eq!(
        (weighed.added, weighed.already_there),
        (merged.added, merged.already_there)
    );
    merged.added
}

#[track_caller]
fn check_refused(document: &[u8], expected: &str) {
    let failure = Import::read(document.to_vec()).expect_err("a refusal");
    assert_eq!(failure.kind(), FailureKind::Usage);
    let said = failure.to_string();
    let said = said.strip_prefix("nothing was imported: ");
    assert_eq!(said, Some(expected));
}

proptest! {
    #[test]
    fn an_export_imported_elsewhere_is_the_same_journal(
        (ours, theirs) in (vec(entry(), 0..12), vec(entry(), 0..12))
    ) {
        let (_home, one) = home();
        write(&one, &ours);
        let document = exported(&one);
        prop_assert!(!document.contains(|it: char| it.is_control() && it != '\n'));

        let (_home, empty) = home();
        import(&empty, &document);
        prop_assert_eq!(lines(&empty), lines(&one));
        let fold = |path: &Path| Journal::fold(read(path).entries);
        prop_assert_eq!(fold(&empty), fold(&one));
        prop_assert_eq!(import(&empty, &document), 0);

        // Into a journal with other entries: the union, as with a merge.
        let (_home, other) = home();
        write(&other, &theirs);
        import(&other, &document);
        let union = ours.iter().chain(&theirs).cloned();
        prop_assert_eq!(fold(&other), Journal::fold(union));
    }

    #[test]
    fn another_layout_gives_the_same_journal(entries in vec(entry(), 1..8)) {
        let (_home, one) = home();
        write(&one, &entries);
        let document: Json = serde_json::from_str(&exported(&one)).expect("JSON");
        // Other white space, another order of members, other escapes.
        for text in [document.to_string(), format!("{document:#}")] {
            let (_home, other) = home();
            import(&other, &text);
            prop_assert_eq!(lines(&other), lines(&one));
        }
    }
}

#[test]
fn lines_of_a_newer_leadby_come_along_byte_for_byte() {
    let newer = "{\"v\":2,\"id\":\"x\",\"text\":\"a \\\" \u{202e} b\",\"crc\":\"00000000\"}";
    let unknown =
        "{\"v\":1,\"id\":\"y\",\"rev\":1,\"kind\":\"poem\",\"at\":\"2026-11-24T09:15:02Z\"}";
    let (_home, one) = home();
    fs::write(&one, format!("{newer}\n{unknown}\ndamage\n")).expect("a journal");
    let (store, _) = Store::open(&one).expect("a journal");
    let mut document = Vec::new();
    let export = store.export(now()).expect("an export");
    let exported = export.write(&mut document).expect("memory");
    assert_eq!(exported.versions, 2);
    let left: Vec<usize> = exported
        .unreadable
        .iter()
        .map(|finding| finding.line)
        .collect();
    assert_eq!(left, [3]);

    let (_home, other) = home();
    import(&other, std::str::from_utf8(&document).expect("it is text"));
    let escaped = newer.replace('\u{202e}', "\\u202e");
    // Without a matching checksum the original spelling is unknown; the meaning is the same.
    assert_eq!(lines(&other), BTreeSet::from([escaped, unknown.to_owned()]));
}

#[test]
fn a_version_edited_by_hand_is_imported_as_edited() {
    let (_home, one) = home();
    let entry = super::properties::plain_entry("before");
    write(&one, std::slice::from_ref(&entry));
    let changed = exported(&one).replace("before", "after");
    let (_home, other) = home();
    assert_eq!(import(&other, &changed), 1);
    let loaded = read(&other);
    assert_eq!(loaded.entries.len(), 1);
    assert_ne!(encode_line(&loaded.entries[0]), encode_line(&entry));
    assert_eq!(loaded.findings.len(), 1, "its checksum shows the change");
}

#[test]
fn a_journal_can_be_imported_as_it_is() {
    let (_home, one) = home();
    let entry = super::properties::plain_entry("words");
    let journal = format!("damage\n{}\n", encode_line(&entry));
    assert_eq!(import(&one, &journal), 1);
    assert_eq!(lines(&one), BTreeSet::from([encode_line(&entry)]));
}

#[test]
fn a_failed_import_says_where_it_fails() {
    let (_home, one) = home();
    write(&one, &[super::properties::plain_entry("words")]);
    let whole = exported(&one);
    check_refused(b"", "it is empty");
    check_refused(b" \n", "it is empty");
    check_refused(
        &whole.as_bytes()[..40],
        "it is cut off at line 1, column 40",
    );
    // A complete version before that is imported; without one, nothing is.
    check_refused(
        whole.lines().next().expect("a line").as_bytes(),
        "it is cut off at line 1, column 77",
    );
    check_refused(b"hello", "what it is was not recognised");
    let version = whole.lines().nth(1).expect("a version");
    let column = version.find("\"kind\"").expect("its kind") + 1;
    check_refused(
        whole.replace("\"kind\"", "kind").as_bytes(),
        &format!("it is not JSON at line 2, column {column}"),
    );
    check_refused(b"a\nb\xff", "it is not UTF-8 text, from line 2 on");
    let other =
        "it is JSON, but not an export or a journal; output of list and show has no history";
    check_refused(b"[]", other);
    check_refused(b"{\"leadby\":\"journal\"}", other);
    check_refused(
        b"{\"leadby\":\"portfolio\",\"v\":1,\"versions\":[]}",
        "it is a leadby file, but not a journal export",
    );
    check_refused(
        b"{\"leadby\":\"journal\",\"v\":9,\"versions\":[]}",
        "it was exported by a newer leadby, in version 9 of the format",
    );
}

#[test]
fn other_lines_are_left_out_and_counted() {
    let (_home, one) = home();
    let document = "{\"leadby\":\"journal\",\"v\":1,\"versions\":[7,[],{\"id\":\"x\"}]}";
    let (store, _) = open(&one);
    let import = Import::read(document.as_bytes().to_vec()).expect("an export");
    let weighed = store
        .preview_import(&import, &mut |_| ())
        .expect("a journal");
    assert_eq!((weighed.added, weighed.unreadable.len()), (0, 3));
}
