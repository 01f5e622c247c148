//! Undo and redo, line by line.

use super::super::{Answer, Item, Lineage, Value};
use super::*;

/// A journal written line by line.
#[derive(Default)]
struct TestJournal {
    lines: Vec<Entry>,
    added: AddedVersions,
    minute: u32,
    machine: &'static str,
}

impl TestJournal {
    fn write(&mut self, change: &Change) {
        let id = change.id.clone().expect("an id");
        let at = format!("2026-11-24T09:{:02}:00+01:00", self.minute % 60);
        let at: Timestamp = at.parse().expect("a time");
        let next = self.journal().next_version(&id, change, (&[], &[]), at);
        let mut next = next.expect("a revision");
        let name = format!("{}line {}", self.machine, self.lines.len());
        next.lineage.name = VersionName::new(&name);
        self.lines.push(next.into_entry(id, at));
    }

    fn save(&mut self, changes: &[Change]) {
        self.minute += 1;
        for change in changes {
            self.write(change);
        }
    }

    fn save_title(&mut self, id: &str, title: &str) {
        let item = Item::of_texts("problems", [("title", title)]);
        self.save(&[Change::of(Id::new(id), Body::Item(item))]);
    }

    fn of(machine: &'static str) -> Self {
        Self {
            machine,
            ..Self::default()
        }
    }

    fn import(&mut self, other: &Self) {
        let lines = other.lines.iter().filter(|it| !self.lines.contains(it));
        let lines: Vec<Entry> = lines.cloned().collect();
        let names = lines.iter().map(|entry| entry.lineage.name.clone());
        self.added.imports.push(names.collect());
        self.lines.extend(lines);
    }

    fn title(&self, id: &str) -> String {
        let journal = self.journal();
        let item = journal.item(&Id::new(id));
        item.map_or_else(|| "gone".to_owned(), |item| item.title().to_owned())
    }

    fn unsettled(&self, id: &str) -> usize {
        self.journal().unsettled(&Id::new(id)).len()
    }

    fn journal(&self) -> Journal {
        Journal::fold(self.lines.clone())
    }

    fn undo(&mut self) -> bool {
        let turns =
            UndoHistory::replay(&self.lines, self.added.clone()).undoable(&self.journal(), 1);
        self.apply(&turns)
    }

    fn redo(&mut self) -> bool {
        let turns =
            UndoHistory::replay(&self.lines, self.added.clone()).redoable(&self.journal(), 1);
        self.apply(&turns)
    }

    fn apply(&mut self, saves: &[Vec<UndoStep>]) -> bool {
        for save in saves {
            let changes = save.iter().map(|turn| turn.change.clone());
            self.save(&changes.collect::<Vec<_>>());
        }
        !saves.is_empty()
    }

    fn titles(&self) -> String {
        let journal = self.journal();
        let said = journal.entries().map(|entry| match &entry.body {
            Body::Item(item) => item.title().to_owned(),
            Body::Answer(answer) => answer.value.as_text().unwrap_or_default().to_owned(),
            _ => String::new(),
        });
        said.collect::<Vec<_>>().join(" ")
    }
}

fn answer(step: &str, text: &str) -> Change {
    let answer = Answer::new(Period::Standing, "audit", step, Value::from(text));
    answer.into_change()
}

#[test]
fn everything_can_be_undone_and_redone_in_turn() {
    let mut book = TestJournal::default();
    book.save_title("a", "a1");
    book.save_title("b", "b1");
    book.save_title("a", "a2");
    let mut states = vec![book.titles()];
    while book.undo() {
        states.push(book.titles());
    }
    assert_eq!(states, ["a2 b1", "a1 b1", "a1", ""]);
    let mut back = vec![book.titles()];
    while book.redo() {
        back.push(book.titles());
    }
    back.reverse();
    assert_eq!(states, back);
    assert!(book.undo() && book.undo() && book.redo());
    assert_eq!(book.titles(), "a1 b1");
}

#[test]
fn a_new_version_leaves_nothing_to_redo() {
    let mut book = TestJournal::default();
    book.save_title("a", "a1");
    book.save_title("a", "a2");
    assert!(book.undo());
    book.save_title("b", "b1");
    assert!(!book.redo());
    assert!(book.undo() && book.undo());
    assert_eq!(book.titles(), "");
    let journal = book.journal();
    let back: Vec<u64> = journal
        .traced_versions(&Id::new("a"))
        .into_iter()
        .filter(|version| version.is_undone)
        .map(|version| version.entry.rev)
        .collect();
    assert_eq!(back, [1, 2]);
    assert!(journal.is_untouched(&Id::new("a")));
}

#[test]
fn the_answers_of_a_page_go_together() {
    let mut book = TestJournal::default();
    book.save(&[answer("one", "1"), answer("two", "2")]);
    book.save(&[answer("one", "1!"), answer("two", "2!")]);
    assert!(book.undo());
    assert_eq!(book.titles(), "1 2");
    assert!(book.redo());
    assert_eq!(book.titles(), "1! 2!");
    assert!(book.undo() && book.undo() && !book.undo());
    assert_eq!(book.titles(), "");
}

#[test]
fn lines_without_version_names_are_undone_and_redone() {
    let mut book = TestJournal::default();
    book.save_title("a", "a1");
    book.save_title("a", "a2");
    // As in older lines: they give the revision, and say what was there before it.
    let by_revision = |book: &mut TestJournal, undone: u64, says: usize| {
        let mut entry = book.lines[says].clone();
        entry.rev = book.journal().revision(&entry.id) + 1;
        entry.lineage = Lineage {
            name: VersionName::new(&format!("line {}", book.lines.len())),
            undoes: Some(UndoTarget::Revision(undone).into()),
            ..Lineage::default()
        };
        book.lines.push(entry);
    };
    by_revision(&mut book, 2, 0);
    assert_eq!(book.titles(), "a1");
    by_revision(&mut book, 3, 1);
    assert_eq!(book.titles(), "a2");
    by_revision(&mut book, 4, 0);
    assert_eq!(book.titles(), "a1");
    assert!(book.redo());
    assert_eq!(book.titles(), "a2");
    // What came before those lines stays: the fold takes them for edits of it.
    assert!(book.undo() && !book.undo());
    assert_eq!(book.titles(), "a1");
}

#[test]
fn a_version_replaced_by_another_machine_is_skipped() {
    let mut book = TestJournal::default();
    book.save_title("a", "a1");
    book.save_title("b", "b1");
    book.save_title("a", "a2");
    // Made from a1 beside a2: each says another title, and the later one is shown.
    let mut late = book.lines[2].clone();
    late.body = Body::Item(Item::of_texts("problems", [("title", "late")]));
    late.lineage.name = VersionName::new("late");
    late.at = "2026-11-24T12:00:00+01:00".parse().expect("a time");
    book.lines.push(late);
    assert_eq!(book.titles(), "late b1");
    let undone = |book: &TestJournal| {
        let lineage = book.lines.last().map(|entry| entry.lineage.clone());
        lineage.and_then(|lineage| lineage.undone_name().map(VersionName::to_string))
    };
    assert!(book.undo());
    assert_eq!(undone(&book).as_deref(), Some("late"));
    assert_eq!(book.titles(), "a2 b1");
    assert!(book.undo());
    assert_eq!(undone(&book).as_deref(), Some("line 2"));
    assert_eq!(book.titles(), "a1 b1");
}

#[test]
fn an_import_is_undone_at_once() {
    let mut book = TestJournal::default();
    book.save_title("a", "a1");
    book.save_title("b", "b1");
    book.save_title("a", "a2");
    book.save_title("c", "c1");
    let imported = book.lines[1..3].iter();
    book.added.imports = vec![imported.map(|entry| entry.lineage.name.clone()).collect()];
    assert!(book.undo());
    assert_eq!(book.titles(), "a2 b1");
    assert!(book.undo());
    assert_eq!(book.titles(), "a1");
    assert!(book.redo());
    assert_eq!(book.titles(), "a2 b1");
    assert!(book.undo() && book.undo() && !book.undo());
}

#[test]
fn what_is_said_once_more_in_the_same_save_is_undone_with_it() {
    let mut journal = TestJournal::default();
    let item = |id: &str, note: &str| {
        let item = Item::of_texts("off", [("title", "Summer"), ("first", note)]);
        Change::of(Id::new(id), Body::Item(item))
    };
    journal.save(&[item("a", "2026-08-03")]);
    journal.save(&[item("a", "2026-08-04"), item("b", "2026-08-10")]);
    assert_eq!(journal.titles(), "Summer Summer");
    assert!(journal.undo());
    assert_eq!(journal.titles(), "Summer");
    assert!(journal.redo());
    assert_eq!(journal.titles(), "Summer Summer");
    // One that is added later is another save.
    journal.save(&[item("a", "2026-08-05")]);
    journal.save(&[item("c", "2026-08-20")]);
    assert!(journal.undo());
    assert_eq!(journal.titles(), "Summer Summer");
}

#[test]
fn days_off_that_end_at_once_are_back_at_once() {
    let off = |from: &str, to: &str| {
        let texts = [("title", "Off"), ("from", from), ("to", to)];
        Body::Item(Item::of_texts("off", texts))
    };
    let [a, b, c, d] = ["a", "b", "c", "d"].map(Id::new);
    let mut journal = TestJournal::default();
    for (id, from, to) in [
        (&a, "2026-11-23", "2026-11-24"),
        (&b, "2026-11-25", "2026-12-04"),
        (&c, "2026-11-20", "2026-12-10"),
    ] {
        journal.save(&[Change::of(id.clone(), off(from, to))]);
    }
    let before = journal.journal();
    let shown = |journal: &Journal| -> Vec<Body> {
        let entries = journal.entries();
        entries.map(|entry| entry.body.clone()).collect()
    };
    // One is deleted, one shortened, one becomes two.
    journal.save(&[
        Change::of(a.clone(), Body::Deleted),
        Change::of(b, off("2026-11-30", "2026-12-04")),
        Change::of(c, off("2026-11-20", "2026-11-22")),
        Change::of(d, off("2026-11-30", "2026-12-10")),
    ]);
    let after = journal.journal();
    assert!(journal.undo());
    assert_eq!(shown(&journal.journal()), shown(&before));
    assert!(journal.redo());
    assert_eq!(shown(&journal.journal()), shown(&after));
    // Two problems that are deleted one after the other are two changes.
    journal.save_title("p", "one");
    journal.save_title("q", "two");
    journal.save(&[
        Change::of(Id::new("p"), Body::Deleted),
        Change::of(Id::new("q"), Body::Deleted),
    ]);
    assert!(journal.undo());
    assert_eq!(journal.journal().item(&Id::new("p")), None);
    assert!(journal.journal().item(&Id::new("q")).is_some());
}

#[test]
fn what_an_import_undid_of_its_own_is_no_change_of_it() {
    let mut there = TestJournal::of("there ");
    there.save_title("hello", "hello");
    there.undo();
    let mut here = TestJournal::of("here ");
    here.save_title("mine", "mine");
    here.import(&there);
    assert!(here.undo());
    assert_eq!(here.title("mine"), "gone");
}

#[test]
fn an_entry_that_an_import_left_as_it_was_is_not_undone() {
    let mut there = TestJournal::of("there ");
    there.save_title("a", "first");
    there.undo();
    there.redo();
    there.save_title("a", "the same");
    let mut here = TestJournal::of("here ");
    here.save_title("a", "the same");
    here.import(&there);
    // Nor is what was written here, as the other machine says the same.
    assert!(!here.undo());
    assert_eq!(
        (here.title("a").as_str(), here.unsettled("a")),
        ("the same", 0)
    );
}

#[test]
fn an_import_is_undone_after_a_later_change_of_what_it_brought() {
    let mut here = TestJournal::of("here ");
    here.save_title("x", "x");
    here.save_title("y", "y");
    let mut there = TestJournal::of("there ");
    there.import(&here);
    let saved = |journal: &mut TestJournal, id: &str, fields: &[(&str, &str)]| {
        let texts = [("title", id)].into_iter().chain(fields.iter().copied());
        let item = Item::of_texts("problems", texts);
        journal.save(&[Change::of(Id::new(id), Body::Item(item))]);
    };
    saved(&mut there, "x", &[("where", "there")]);
    saved(&mut there, "y", &[("where", "there")]);
    here.import(&there);
    // It repeats what came with the import.
    saved(&mut here, "x", &[("where", "there"), ("wrong", "much")]);
    let told = |journal: &TestJournal| {
        let journal = journal.journal();
        let text = |id: &str| {
            let item = journal.item(&Id::new(id));
            item.map_or("gone".to_owned(), |item| item.text("where").to_owned())
        };
        [text("x"), text("y")].join("|")
    };
    assert!(here.undo());
    assert_eq!(told(&here), "there|there");
    assert!(here.undo());
    assert_eq!(told(&here), "|", "all of the import at once");
    assert!(here.redo());
    assert_eq!(told(&here), "there|there");
    assert!(here.undo() && here.undo());
    assert_eq!(told(&here), "|gone");
    assert!(here.undo() && !here.undo());
}

#[test]
fn undoing_an_import_gives_the_state_before() {
    let mut there = TestJournal::of("there ");
    there.save_title("a", "words");
    let mut here = TestJournal::of("here ");
    here.import(&there);
    there.undo();
    there.redo();
    there.undo();
    here.undo();
    here.redo();
    here.import(&there);
    assert_eq!(
        (here.title("a").as_str(), here.unsettled("a")),
        ("words", 1)
    );
    here.undo();
    assert_eq!(
        (here.title("a").as_str(), here.unsettled("a")),
        ("words", 0)
    );
}

#[test]
fn a_deletion_that_was_open_is_open_again_after_two_undos_and_redos() {
    let mut here = TestJournal::of("here ");
    here.save_title("a", "words");
    let mut there = TestJournal::of("there ");
    there.import(&here);
    here.save(&[Change::of(Id::new("a"), Body::Deleted)]);
    there.save_title("a", "other words");
    here.import(&there);
    let told = |journal: &TestJournal| (journal.title("a"), journal.unsettled("a"));
    let before = told(&here);
    assert_eq!(before, ("other words".to_owned(), 1));
    for count in 1..=3 {
        for _ in 0..count {
            assert!(here.undo());
        }
        for _ in 0..count {
            assert!(here.redo());
        }
        assert_eq!(told(&here), before, "after {count}");
    }
}

#[test]
fn what_came_undone_is_not_redone_here() {
    let mut here = TestJournal::of("here ");
    here.save_title("x", "x");
    let mut there = TestJournal::of("there ");
    there.save_title("y", "y");
    there.undo();
    here.undo();
    here.import(&there);
    assert!(!here.redo());
}

#[test]
fn what_a_sync_brought_undone_is_not_redone_here() {
    let mut here = TestJournal::of("here ");
    here.save_title("x", "x");
    here.undo();
    let mut there = TestJournal::of("there ");
    there.save_title("y", "y");
    there.undo();
    let names = there.lines.iter().map(|entry| entry.lineage.name.clone());
    here.added.received = names.collect();
    here.lines.extend(there.lines);
    assert!(here.redo());
    assert_eq!(
        (here.title("x").as_str(), here.title("y").as_str()),
        ("x", "gone")
    );
}
