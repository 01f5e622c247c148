//! Odd files in the journal's place, and who may read the files that leadby creates.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use leadby::failure::Failure;
use leadby::journal::{Body, Journal};
use leadby::store::{Damage, Disk, DraftState, LineFilter, Store, diagnose, diagnose_on};
use rustix::io::Errno;

use super::{answer, home, item, now, open, read, save};

fn mode(path: &Path) -> u32 {
    let metadata = fs::metadata(path).expect("a file");
    metadata.permissions().mode() & 0o777
}

fn refusal(path: &Path) -> Failure {
    let opened = Store::open(path);
    let saved =
        opened.and_then(|(mut store, _)| store.append(&[answer("x")], &Journal::default(), now()));
    saved.expect_err("a refusal")
}

#[track_caller]
fn check(path: &Path, expected: &str) {
    let failure = refusal(path);
    let message = failure.message();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    assert!(message.contains(&*name), "{message} names the file");
    assert!(message.ends_with(expected), "{message}");
    assert!(!failure.hints().is_empty(), "{message} has a hint");
}

#[test]
fn folders_and_files_are_private() {
    let (home, _) = home();
    let path = home.path().join("data/leadby/journal.jsonl");
    let (mut store, _) = open(&path);
    assert!(!home.path().join("data").exists());
    save(&mut store, &mut Journal::default(), &[answer("x")]);
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&home.path().join("data/leadby")), 0o700);
    assert_eq!(mode(&home.path().join("data")), 0o700);
}

#[test]
fn a_photo_is_refused_and_left_unchanged() {
    let (_home, path) = home();
    let photo = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\n{ \"v\": 1 }\n";
    fs::write(&path, photo).expect("a photo");
    let failure = refusal(&path);
    assert!(
        failure.message().contains("is not a leadby journal"),
        "{failure}"
    );
    assert!(diagnose(&path, now()).expect("a reading").foreign);
    assert_eq!(fs::read(&path).expect("the photo"), photo);
}

#[test]
fn a_symlinked_journal_is_written_through() {
    let (home, path) = home();
    let target = home.path().join("synced.jsonl");
    symlink("synced.jsonl", &path).expect("a link that leads nowhere yet");
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("x")]);
    assert!(fs::symlink_metadata(&path).expect("the link").is_symlink());
    assert_eq!(read(&target).entries.len(), 1);
    assert_eq!(mode(&target), 0o600);
}

#[test]
fn a_path_that_is_not_a_file_is_named_without_waiting() {
    let (home, path) = home();
    check(home.path(), "it is a folder");
    let _socket = UnixListener::bind(&path).expect("a socket");
    check(&path, "it is a socket");
    check(Path::new("/dev/full"), "it is a device");

    let link = home.path().join("circle.jsonl");
    symlink(&link, &link).expect("a link to itself");
    check(&link, "its symbolic links form a loop");

    let file = home.path().join("file");
    fs::write(&file, "").expect("a file");
    check(
        &file.join("journal.jsonl"),
        "part of its path is not a folder",
    );

    let astray = home.path().join("astray.jsonl");
    symlink("not/mounted/journal.jsonl", &astray).expect("a link");
    check(&astray, "no such folder");
    assert!(!home.path().join("not").exists());
}

#[test]
fn a_path_need_not_be_utf_8() {
    let (home, _) = home();
    let path = home.path().join(OsStr::from_bytes(b"j\xff\n.jsonl"));
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("x")]);
    assert_eq!(read(&path).entries.len(), 1);
}

#[test]
fn files_without_entries_are_not_refused() {
    for content in ["", "\n\n", "\0\0\0\0", "{", "{\"v\":1,\"id", "\u{feff}"] {
        let (_home, path) = home();
        fs::write(&path, content).expect("a file");
        let (mut store, _) = open(&path);
        assert!(!store.is_foreign(), "{content:?}");
        save(&mut store, &mut Journal::default(), &[answer("x")]);
        assert_eq!(read(&path).entries.len(), 1, "{content:?}");
    }
}

#[test]
fn utf_16_is_named_and_left_unchanged() {
    let (_home, path) = home();
    let text: Vec<u8> = "\u{feff}{\"v\":1}\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(&path, &text).expect("a file");
    let findings = read(&path).findings;
    assert_eq!(findings.len(), 1);
    assert!(
        matches!(&findings[0].damage, Damage::Unreadable(reason) if reason.contains("UTF-16")),
        "{findings:?}"
    );
    refusal(&path);
    assert_eq!(fs::read(&path).expect("the file"), text);
}

#[test]
fn reading_alters_nothing() {
    let (home, path) = home();
    let (mut store, _) =
        Store::open(home.path().join("no/such/folder/journal.jsonl")).expect("none");
    store.refresh().expect("none");
    diagnose(&home.path().join("no/journal.jsonl"), now()).expect("none");
    assert_eq!(fs::read_dir(home.path()).expect("the folder").count(), 0);

    fs::write(&path, "{\"v\":1,\"id").expect("a torn journal");
    let before = fs::metadata(&path).expect("it").modified().expect("a time");
    let (mut store, _) = open(&path);
    store.refresh().expect("it");
    diagnose(&path, now()).expect("it");
    assert_eq!(fs::read(&path).expect("it"), b"{\"v\":1,\"id");
    assert_eq!(
        fs::metadata(&path).expect("it").modified().expect("a time"),
        before
    );
}

#[test]
fn a_checkup_reports_what_exists() {
    let (home, _) = home();
    let home = home.path().join("data");
    let path = home.join("journal.jsonl");
    let found = diagnose(&path, now()).expect("no journal");
    assert!(!found.exists);
    assert_eq!(found.drafts, []);

    let (mut store, _) = open(&path);
    save(
        &mut store,
        &mut Journal::default(),
        &[answer("x"), item("y")],
    );
    let found = diagnose(&path, now()).expect("a journal");
    assert_eq!((found.lines, found.unfinished), (2, false));
    assert_eq!(found.open_to_others, []);

    let text = fs::read_to_string(&path).expect("the journal");
    fs::write(&path, format!("{text}\n{{\"v\":1,")).expect("a torn journal");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("a mode");
    fs::write(home.join("journal.jsonl.draft"), "{").expect("half a draft");
    let link = home.join("link.jsonl");
    symlink("journal.jsonl", &link).expect("a link");
    let found = diagnose(&path, now()).expect("a torn journal");
    assert_eq!((found.lines, found.unfinished), (4, true));
    assert_eq!(found.findings[0].line, 4);
    assert!(found.open_to_others.contains(&(path.clone(), 0o644)));
    assert!(
        matches!(&*found.drafts, [DraftState::Unreadable(..)]),
        "{:?}",
        found.drafts
    );
    assert_eq!(
        diagnose(&link, now()).expect("it").link,
        Some("journal.jsonl".into())
    );
}

#[test]
fn a_save_after_a_partial_read_builds_on_every_version() {
    let (_home, path) = home();
    let titles: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    for title in &titles {
        let (mut store, loaded) =
            Store::open_filtered(&path, now(), LineFilter::IdPrefix("no id")).expect("a reading");
        save(
            &mut store,
            &mut Journal::fold(loaded.entries),
            &[item(title)],
        );
    }
    let journal = Journal::fold(read(&path).entries);
    let entries = journal.entries().map(|entry| &entry.body);
    let found = entries.map(|body| match body {
        Body::Item(item) => item.title().to_owned(),
        _ => panic!("an item"),
    });
    assert_eq!(found.collect::<Vec<_>>(), titles);
}

#[test]
fn a_decision_on_the_whole_journal_is_written_only_if_it_is_unchanged() {
    let (_home, path) = home();
    let (mut one, _) = open(&path);
    let mut known = Journal::default();
    save(&mut one, &mut known, &[answer("one")]);
    let (mut other, _) = open(&path);
    save(&mut other, &mut known.clone(), &[item("theirs")]);
    let appended = one.append_if_unchanged(&[answer("two")], &known, now());
    let appended = appended.expect("no trouble");
    assert_eq!(appended.saved, []);
    assert_eq!(appended.others.entries.len(), 1);
    assert_eq!(read(&path).entries.len(), 2, "nothing was written");
    // Their lines are known now, so the decision can be repeated.
    let appended = one.append_if_unchanged(&[answer("two")], &known, now());
    assert_eq!(appended.expect("a save").saved.len(), 1);
    assert_eq!(read(&path).entries.len(), 3);
}

/// A disk that is read-only from this folder on.
#[derive(Debug)]
struct ReadOnly;

impl Disk for ReadOnly {
    fn may_write(&self, _: &Path) -> io::Result<()> {
        Err(Errno::ROFS.into())
    }
}

#[test]
fn a_read_only_disk_is_named_by_the_existing_part_of_the_path() {
    let (home, path) = home();
    let found = |path: &Path| diagnose_on(&ReadOnly, path, now()).expect("it");
    let reason = "the disk is read-only".to_owned();
    let missing = home.path().join("no/such/journal.jsonl");
    let there = (home.path().to_owned(), reason.clone());
    assert_eq!(found(&missing).unwritable, Some(there));
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("x")]);
    assert_eq!(found(&path).unwritable, Some((path.clone(), reason)));
    assert_eq!(diagnose(&path, now()).expect("it").unwritable, None);
}

#[test]
fn a_commitment_with_an_answers_id_is_read_for_the_status_line_too() {
    let (_home, path) = home();
    let line = "{\"v\":1,\"id\":\"answer/2020-W01/audit/influence\",\"rev\":1,\"after\":[],\
                \"at\":\"2026-11-24T09:15:02+01:00\",\"kind\":\"commitment\",\"better\":\"one\",\
                \"area\":\"\",\"due\":\"2026-11-27\",\"made\":\"2026-11-24\",\"moves\":[]";
    let line = format!("{line}}}\n");
    fs::write(&path, line).expect("a journal");
    let entry = read(&path).entries[0].clone();
    // As leadby writes it, with checksum, so a fast reader could skip it.
    fs::write(&path, format!("{}\n", leadby::store::encode_line(&entry))).expect("a journal");
    let wanted = LineFilter::EntriesOf(now().week(), &[], "off");
    let (_, loaded) = Store::open_filtered(&path, now(), wanted).expect("a reading");
    assert_eq!(loaded.entries, [entry]);
}
