//! Taking back and putting back, line by line.

use super::super::{Answer, Item, Value};
use super::*;

/// A journal written line by line.
#[derive(Default)]
struct Book {
    lines: Vec<Entry>,
    minute: u32,
}

impl Book {
    fn write(&mut self, change: &Change) {
        let id = change.id.clone().expect("an id");
        let rev = self.journal().revision(&id) + 1;
        let at = format!("2026-11-24T09:{:02}:00+01:00", self.minute % 60);
        self.lines.push(Entry {
            id,
            rev,
            undoes: change.undoes,
            at: at.parse().expect("an instant"),
            body: change.body.clone(),
        });
    }

    fn save(&mut self, changes: &[Change]) {
        self.minute += 1;
        for change in changes {
            self.write(change);
        }
    }

    fn say(&mut self, id: &str, title: &str) {
        let mut item = Item::new("problems");
        item.set("title", Value::Text(title.to_owned()));
        self.save(&[Change {
            id: Some(Id::new(id)),
            undoes: None,
            body: Body::Item(item),
        }]);
    }

    fn journal(&self) -> Journal {
        Journal::fold(self.lines.clone())
    }

    fn undo(&mut self) -> bool {
        let turns = Turns::replay(&self.lines).to_undo(&self.journal(), 1);
        self.turn(&turns)
    }

    fn redo(&mut self) -> bool {
        let turns = Turns::replay(&self.lines).to_redo(&self.journal(), 1);
        self.turn(&turns)
    }

    fn turn(&mut self, saves: &[Vec<Turn>]) -> bool {
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
            Body::Answer(answer) => answer.value.text().unwrap_or_default().to_owned(),
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Commitment(_) | Body::Choice(_) => String::new(),
        });
        said.collect::<Vec<_>>().join(" ")
    }
}

fn answer(step: &str, text: &str) -> Change {
    let answer = Answer {
        period: Period::Standing,
        practice: "audit".to_owned(),
        step: step.to_owned(),
        value: Value::Text(text.to_owned()),
    };
    answer.change()
}

#[test]
fn everything_can_be_taken_back_and_put_back_in_turn() {
    let mut book = Book::default();
    book.say("a", "a1");
    book.say("b", "b1");
    book.say("a", "a2");
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
fn what_is_new_leaves_nothing_to_put_back() {
    let mut book = Book::default();
    book.say("a", "a1");
    book.say("a", "a2");
    assert!(book.undo());
    book.say("b", "b1");
    assert!(!book.redo());
    assert!(book.undo() && book.undo());
    assert_eq!(book.titles(), "");
    let versions = book.lines.iter().filter(|entry| entry.id == Id::new("a"));
    let versions: Vec<Entry> = versions.cloned().collect();
    assert_eq!(taken_back(&versions), BTreeSet::from([1, 2]));
    assert_eq!(said_by(&versions), None);
}

#[test]
fn the_answers_of_a_page_go_together() {
    let mut book = Book::default();
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
fn a_redo_that_names_the_undo_before_it_counts_the_same() {
    let mut book = Book::default();
    book.say("a", "a1");
    book.say("a", "a2");
    assert!(book.undo());
    assert!(book.redo());
    // As a session of the screens takes back the last version it wrote.
    let mut first = book.lines[0].clone();
    first.undoes = Some(4);
    book.save(&[Change {
        id: Some(first.id),
        undoes: first.undoes,
        body: first.body,
    }]);
    assert_eq!(book.titles(), "a1");
    assert!(book.redo());
    assert_eq!(book.titles(), "a2");
    assert!(book.undo() && book.undo() && !book.undo());
}

#[test]
fn a_version_that_another_machine_overtook_is_passed_over() {
    let mut book = Book::default();
    book.say("a", "a1");
    book.say("b", "b1");
    let mut late = book.lines[0].clone();
    book.say("a", "a2");
    book.say("a", "a3");
    late.rev = 2;
    late.at = "2026-11-24T12:00:00+01:00".parse().expect("an instant");
    book.lines.push(late);
    assert!(book.undo());
    assert_eq!(book.lines.last().map(|entry| entry.undoes), Some(Some(3)));
}
