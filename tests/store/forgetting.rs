//! Forgetting: every file beside the journal that may contain the text is checked.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use leadby::journal::{Entry, Id, Journal};
use leadby::store::{
    self, Disk, ExtendedAttributes, FileAttributes, Forgotten, RealDisk, RemnantReason,
    backup_folder, forget, forget_on, repair, snapshots,
};
use rustix::io::Errno;

use super::{home, item, now, open, read, save};

const WORDS: &str = "FORGETME the boss";

/// A journal with one entry to forget and one to keep; returns the first.
fn filled(path: &Path) -> Entry {
    let (mut store, _) = open(path);
    let mut journal = Journal::default();
    let saved = save(&mut store, &mut journal, &[item(WORDS), item("kept words")]);
    saved[0].clone()
}

/// The files below a folder that contain the secret.
fn holding(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).expect("a folder") {
        let path = file.expect("it").path();
        if path.is_dir() {
            found.extend(holding(&path));
        } else {
            let bytes = fs::read(&path).expect("it");
            let text = String::from_utf8_lossy(&bytes);
            if text.contains("FORGETME") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_beside_the_journal_with_the_text_is_cleaned_or_named() {
    let (home, path) = home();
    let entry = filled(&path);
    let id = entry.id.as_str();
    let put = |ending: &str, text: &str| {
        let mut name = path.clone().into_os_string();
        name.push(ending);
        fs::write(&name, text).expect("a file");
        PathBuf::from(name)
    };
    let copy = home.path().join("journal (conflicted copy).jsonl");
    fs::copy(&path, &copy).expect("a copy");
    // Fragments of versions, found by id or by text, and one of another entry.
    let torn = format!("{{\"v\":1,\"id\":\"{id}\",\"rev\":2,\"broken FORGETME\n");
    let tail = format!("\0\0{WORDS}\"}},\"crc\":\"00000000\"}}\n");
    let other = "{\"v\":1,\"id\":\"other\",\"rev\":1,\"of something else\n";
    let journal = fs::read_to_string(&path).expect("text");
    fs::write(&path, format!("{journal}{torn}{tail}{other}")).expect("a journal");
    repair(&path, now()).expect("a repair");
    fs::write(&path, format!("{journal}{torn}{tail}{other}")).expect("a journal");
    // A draft about another entry that quotes some of it, a draft about it, and their remains.
    let draft = |words: &str, id: &str| {
        format!(
            "{{\"v\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\"screen\":\"item\",\"field\":\"title\",\
             \"cursor\":[0,0],\"words\":{{\"title\":\"{words}\"}},\
             \"about\":{{\"title\":{{\"id\":\"{id}\",\"rev\":1}}}}}}\n"
        )
    };
    let elsewhere = put(".draft", &draft("FORGETME", "other"));
    let own = put(".draft.2", &draft("FORGETME again", id));
    let place = put(".place", &draft("FORGETME", id));
    let damaged = put(".draft.damaged-1", "FORGETME, and who knows what");
    let editors = put("~", &journal);
    let swap = home.path().join(".journal.jsonl.swp");
    fs::write(&swap, "\0vim FORGETME\0").expect("a file");
    let unfinished = home.path().join(".leadby-rewrite-journal.jsonl");
    fs::write(&unfinished, &journal).expect("a file");

    let before = holding(home.path());
    assert_eq!(before.len(), 11, "{before:?}");
    let only_here = forget(&path, &entry.id, false, now()).expect("it");
    let after = holding(home.path());
    assert_eq!(only_here.lines, 3);
    let named = |forgotten: &Forgotten| {
        let still = forgotten.remnants.iter();
        still.map(|still| still.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(named(&only_here), after);
    let left = fs::read_to_string(&path).expect("text");
    assert!(
        left.contains(other) && left.contains("kept words"),
        "{left}"
    );

    // Forgetting also works afterwards.
    let all = forget(&path, &entry.id, true, now()).expect("it");
    let after = holding(home.path());
    assert_eq!(named(&all), after);
    let mut kept = vec![damaged, elsewhere, swap];
    kept.sort();
    assert_eq!(after, kept);
    assert!(
        all.remnants
            .iter()
            .all(|still| still.reason == RemnantReason::MayHaveOtherText)
    );
    let gone = [own, place, unfinished];
    assert!(gone.iter().all(|path| !path.exists()), "{gone:?}");
    assert_eq!(all.snapshots.len(), 1);
    assert!(all.others.contains(&copy) && all.others.contains(&editors));
    // The other entry loses nothing, in torn or in complete lines.
    let copied = fs::read_to_string(&copy).expect("text");
    let snapshot = &snapshots(&path).expect("one")[0].path;
    let snapshot = fs::read_to_string(snapshot).expect("text");
    assert!(copied.contains("kept words") && snapshot.contains("kept words"));
    assert!(snapshot.contains(other));
}

#[test]
fn files_that_are_not_leadbys_are_named_if_they_have_the_entry() {
    let (home, path) = home();
    let entry = filled(&path);
    let at = |name: &str| home.path().join(name);
    fs::copy(&path, at("old.jsonl")).expect("a copy");
    let id = entry.id.as_str();
    fs::write(at("ex.json"), format!("{{\"leadby\":1,\n\"id\":\"{id}\"}}")).expect("a file");
    let mut large = vec![b'x'; (1 << 20) - 7];
    large.extend(id.as_bytes());
    fs::write(at("large.bin"), large).expect("a file");
    fs::write(at("shopping.txt"), "FORGETME not").expect("a file");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::copy(&path, elsewhere.path().join("far.jsonl")).expect("a copy");
    symlink(elsewhere.path().join("far.jsonl"), at("far.jsonl")).expect("a link");
    let folders = [".stversions", "journal.jsonl copies", "journal.jsonl.old"];
    for folder in folders {
        fs::create_dir(at(folder)).expect("a folder");
    }
    symlink(elsewhere.path(), at("linked")).expect("a link");
    // leadby's own.
    fs::create_dir(at("journal.jsonl.sync")).expect("a folder");
    let forgotten = forget(&path, &entry.id, true, now()).expect("it");
    let mut named: Vec<PathBuf> = forgotten.remnants.into_iter().map(|it| it.path).collect();
    named.sort();
    let with_it = ["ex.json", "far.jsonl", "large.bin", "old.jsonl"].map(at);
    assert_eq!(named, with_it);
    let mut unseen = forgotten.unseen;
    unseen.sort();
    let folders = folders.iter().chain(&["linked"]).map(|it| at(it));
    assert_eq!(unseen, folders.collect::<Vec<_>>());

    // A copy that has forgotten it too is not named.
    for name in ["ex.json", "far.jsonl", "large.bin"] {
        fs::remove_file(at(name)).expect("to remove it");
    }
    fs::copy(&path, at("old.jsonl")).expect("a copy");
    assert_eq!(store::remnants(&path, &entry.id), []);
}

#[test]
fn text_that_other_entries_share_does_not_mark_a_file() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let mut journal = Journal::default();
    let both = [item("release owner"), item("release owners meet")];
    let saved = save(&mut store, &mut journal, &both);
    let mut draft = path.clone().into_os_string();
    draft.push(".draft");
    fs::write(&draft, "release owners").expect("a draft");
    let forgotten = forget(&path, &saved[0].id, true, now()).expect("it");
    assert_eq!(forgotten.remnants, []);
    assert_eq!(read(&path).findings, []);
}

#[test]
fn a_line_of_a_newer_leadby_about_the_entry_goes_and_one_that_names_it_stays() {
    let (_home, path) = home();
    let entry = filled(&path);
    let id = entry.id.as_str();
    let own = format!("{{\"v\":2,\"id\":\"{id}\",\"rev\":5,\"text\":\"FORGETME\"}}\n");
    let other = format!("{{\"v\":2,\"id\":\"x\",\"rev\":1,\"origin\":\"{id}\"}}\n");
    let journal = fs::read_to_string(&path).expect("text");
    fs::write(&path, format!("{journal}{own}{other}")).expect("a journal");
    let forgotten = forget(&path, &entry.id, false, now()).expect("it");
    let left = fs::read_to_string(&path).expect("text");
    assert_eq!(forgotten.lines, 2);
    assert!(
        left.contains(&other) && !left.contains("FORGETME"),
        "{left}"
    );
}

#[test]
fn a_file_with_two_names_is_refused_before_anything_is_changed() {
    let (home, path) = home();
    let entry = filled(&path);
    fs::create_dir(backup_folder(&path)).expect("a folder");
    let snapshot = backup_folder(&path).join("2026-W47.jsonl");
    fs::copy(&path, &snapshot).expect("a snapshot");
    let second = home.path().join("second name");
    fs::hard_link(&path, &second).expect("a link");
    let before = fs::read(&path).expect("it");
    let link = home.path().join("link.jsonl");
    symlink(&path, &link).expect("a link");
    for name in [&path, &link] {
        let failure = forget(name, &entry.id, true, now()).expect_err("a refusal");
        let said = failure.message();
        assert!(
            said.starts_with("nothing was changed: the journal "),
            "{said}"
        );
        assert!(said.contains("has 2 names (hard links)"), "{said}");
        assert_eq!(failure.hints().len(), 2);
    }
    assert_eq!(fs::read(&snapshot).expect("it"), before);
    assert_eq!(fs::read(&path).expect("it"), before);
    fs::write(&path, [&before[..], b"junk\n"].concat()).expect("a journal");
    let failure = repair(&path, now()).expect_err("a refusal");
    assert!(failure.message().contains("has 2 names"), "{failure}");
    fs::remove_file(second).expect("it goes");
    forget(&path, &entry.id, true, now()).expect("it");
    assert_eq!(holding(home.path()), Vec::<PathBuf>::new());
}

/// A disk that reports another owner or mode for the journal, or a mount.
#[derive(Clone, Debug)]
struct Tied {
    is_mounted: bool,
    owner: (u32, u32),
    mode: u32,
    refusal: Errno,
}

impl Disk for Tied {
    fn attributes(&self, file: &File) -> io::Result<FileAttributes> {
        let length = file.metadata()?.len();
        Ok(FileAttributes {
            hard_links: 1,
            // A file that is being written is ours.
            owner: if length > 0 { self.owner } else { (0, 0) },
            is_mounted: self.is_mounted,
        })
    }

    fn set_owner(&self, _: &File, _: (u32, u32)) -> io::Result<()> {
        Err(self.refusal.into())
    }

    fn mode(&self, file: &File) -> io::Result<u32> {
        let mode = file.metadata()?.permissions().mode() & 0o777;
        Ok(if mode == 0o600 { mode } else { self.mode })
    }

    fn set_mode(&self, _: &File, _: u32) -> io::Result<()> {
        Err(self.refusal.into())
    }
}

#[test]
fn a_journal_that_cannot_keep_its_mode_or_owner_is_refused_with_a_hint() {
    let plain = Tied {
        is_mounted: false,
        owner: (0, 0),
        mode: 0o600,
        refusal: Errno::PERM,
    };
    let mounted = Tied {
        is_mounted: true,
        ..plain.clone()
    };
    let open_to_all = Tied {
        mode: 0o640,
        ..plain.clone()
    };
    for (disk, said, hint) in [
        (
            mounted,
            "is mounted as a single file",
            "mount the folder it is in",
        ),
        (
            open_to_all,
            "would lose its permissions: ",
            "move the journal to another disk",
        ),
    ] {
        let (home, path) = home();
        let entry = filled(&path);
        let mode = fs::Permissions::from_mode(disk.mode);
        fs::set_permissions(&path, mode).expect("a mode");
        let before = fs::read(&path).expect("it");
        let failure = forget_on(&disk, &path, &entry.id, true, now());
        let failure = failure.expect_err("a refusal");
        let message = failure.message();
        assert!(
            message.starts_with("nothing was changed: the journal "),
            "{message}"
        );
        assert!(message.contains(said), "{message}");
        assert!(failure.hints()[0].contains(hint), "{failure:?}");
        assert_eq!(fs::read(&path).expect("it"), before);
        let files = fs::read_dir(home.path()).expect("a folder").count();
        assert_eq!(files, 1, "no file is left beside it");
    }
}

#[test]
fn the_journal_keeps_its_owner() {
    let (_home, path) = home();
    let entry = filled(&path);
    // Only root can give a file away.
    let is_given = std::os::unix::fs::chown(&path, Some(54_321), Some(54_321)).is_ok();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let before = fs::metadata(&path).expect("it");
    forget(&path, &entry.id, false, now()).expect("it");
    let after = fs::metadata(&path).expect("it");
    assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
    assert_eq!(after.mode() & 0o777, 0o640);
    assert!(!is_given || after.uid() == 54_321);
}

/// Read and write for the owner, read for the user 1, nothing for others: an access list as the
/// system stores it (acl(5)).
const ACCESS_LIST: [u8; 44] = [
    2, 0, 0, 0, // The version.
    1, 0, 6, 0, 255, 255, 255, 255, // The owner.
    2, 0, 4, 0, 1, 0, 0, 0, // A user by number.
    4, 0, 0, 0, 255, 255, 255, 255, // The group.
    16, 0, 4, 0, 255, 255, 255, 255, // The mask.
    32, 0, 0, 0, 255, 255, 255, 255, // All others.
];

/// Extended attributes by name; those that this file system cannot have are left out, and said.
#[expect(clippy::print_stdout, reason = "what is not tested is said")]
fn attributes() -> ExtendedAttributes {
    let all = [
        ("user.xdg.tags", b"leadership".as_slice()),
        ("system.posix_acl_access", ACCESS_LIST.as_slice()),
    ];
    let probe = tempfile::NamedTempFile::new().expect("a file");
    let mut possible = ExtendedAttributes::new();
    for (name, value) in all {
        let one = ExtendedAttributes::from([(name.into(), value.to_vec())]);
        match RealDisk.set_extended_attributes(probe.as_file(), &one) {
            Ok(()) => possible.extend(one),
            Err(error) => println!("No {name} here ({error}), so it is not tested."),
        }
    }
    possible
}

/// Gives the file at `path` these attributes.
fn give(path: &Path, attributes: &ExtendedAttributes) {
    let file = File::open(path).expect("it");
    let given = RealDisk.set_extended_attributes(&file, attributes);
    given.expect("this file system has them");
}

fn attributes_of(path: &Path) -> ExtendedAttributes {
    let file = File::open(path).expect("it");
    RealDisk.extended_attributes(&file).expect("a reading")
}

#[test]
#[cfg(target_os = "linux")]
fn the_journal_keeps_its_access_list_and_extended_attributes() {
    let kept = attributes();
    let (_home, path) = home();
    let entry = filled(&path);
    give(&path, &kept);
    let mode = fs::metadata(&path).expect("it").mode();
    forget(&path, &entry.id, false, now()).expect("it");
    assert_eq!(attributes_of(&path), kept);
    assert_eq!(fs::metadata(&path).expect("it").mode(), mode);
    let whole = fs::read(&path).expect("it");
    fs::write(&path, [&whole[..], b"junk\n"].concat()).expect("a journal");
    assert_eq!(repair(&path, now()).expect("it").lines, 1);
    assert_eq!(attributes_of(&path), kept);
    // Of a file that has none, none is made.
    give(&path, &ExtendedAttributes::new());
    fs::write(&path, [&whole[..], b"junk\n"].concat()).expect("a journal");
    repair(&path, now()).expect("it");
    assert_eq!(attributes_of(&path), ExtendedAttributes::new());
}

/// A disk on which a new file gets no access list.
#[derive(Clone, Debug)]
struct WithoutLists;

impl Disk for WithoutLists {
    fn extended_attributes(&self, file: &File) -> io::Result<ExtendedAttributes> {
        let is_old = file.metadata()?.permissions().mode() & 0o777 == 0o640;
        let list = ("system.posix_acl_access".into(), ACCESS_LIST.to_vec());
        Ok(is_old.then_some(list).into_iter().collect())
    }

    fn set_extended_attributes(&self, _: &File, _: &ExtendedAttributes) -> io::Result<()> {
        Err(Errno::NOTSUP.into())
    }
}

#[test]
fn a_journal_that_cannot_keep_its_access_list_is_refused() {
    let (home, path) = home();
    let entry = filled(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let before = fs::read(&path).expect("it");
    let failure = forget_on(&WithoutLists, &path, &entry.id, true, now());
    let failure = failure.expect_err("a refusal");
    let message = failure.message();
    assert!(
        message.contains("would lose its access list or extended attributes: "),
        "{message}"
    );
    assert!(failure.hints()[0].contains("getfacl"), "{failure:?}");
    assert_eq!(fs::read(&path).expect("it"), before);
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
}

#[test]
fn an_id_that_starts_another_id_removes_only_its_own_torn_lines() {
    let (_home, path) = home();
    filled(&path);
    let journal = fs::read_to_string(&path).expect("text");
    let longer = "{\"v\":1,\"id\":\"answer/2026-W48/audit/influence\",\"rev\":1,\"at\n";
    let own = "{\"v\":1,\"id\":\"answer/2026-W48/audit/in\",\"rev\":1,\"at\n";
    fs::write(&path, format!("{journal}{longer}{own}")).expect("a journal");
    let id = Id::new("answer/2026-W48/audit/in");
    let forgotten = forget(&path, &id, false, now()).expect("it");
    assert_eq!(forgotten.lines, 1);
    assert!(fs::read_to_string(&path).expect("text").contains(longer));
}
