//! Keys and the command line create the same item: every list, any values.

use std::process::Command;

use leadby::app::form::Control;
use leadby::app::route::Route;
use leadby::app::screen::{ListsSection, Screen};
use leadby::journal::{Item, Journal};
use leadby::practice::{FieldKind, Register, builtin};
use leadby::store::Store;
use proptest::prelude::*;

use crate::play::{Play, TUESDAY, output};

/// Input for one field: text, a day and some choices; the field kind decides which is used.
#[derive(Clone, Debug)]
struct Given {
    words: String,
    day: Option<&'static str>,
    choices: Vec<usize>,
}

/// Days in order.
const DAYS: [Option<&str>; 5] = [
    None,
    Some("19 Nov"),
    Some("2026-11-20"),
    Some("yesterday"),
    Some("today"),
];

fn given() -> impl Strategy<Value = Given> {
    let words = prop_oneof![
        Just(String::new()),
        "[a-zäß→日][a-z0-9, äß→日]{0,14}[a-z0-9]"
    ];
    let day = prop::sample::select(DAYS.to_vec());
    let choices = prop::collection::vec(0..8_usize, 0..4);
    (words, day, choices).prop_map(|(words, day, choices)| Given {
        words,
        day,
        choices,
    })
}

/// The positions that `given` chooses from these kinds, in order.
fn chosen(kind: &FieldKind, given: &Given) -> Vec<usize> {
    let count = kind.choices().len();
    let mut chosen: Vec<usize> = given.choices.iter().map(|at| at % count.max(1)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let one = matches!(kind, FieldKind::Choice(_) | FieldKind::Scale(_));
    chosen.truncate(if one { 1 } else { count });
    chosen
}

/// The saved item after filling in the form.
fn by_keys(register: &Register, title: &str, givens: &[Given]) -> Item {
    let mut play = Play::new();
    play.keys("l");
    let Screen::Lists(lists) = play.model.screen() else {
        panic!("{play}");
    };
    let wanted = |shelf: &ListsSection| matches!(&shelf.route, Route::List { register: id, .. } if *id == register.id);
    let place = lists.sections.shown().position(wanted).expect("a list");
    play.keys(&"<Down>".repeat(place))
        .keys("<Enter>a<F2>")
        .paste(title);
    let names: Vec<String> = {
        let form = play.model.state().form().expect("a form");
        form.fields.iter().map(|input| input.name.clone()).collect()
    };
    for name in names.iter().skip(1) {
        play.keys("<Tab>");
        let given = &givens[slot(register, name)];
        let input = play.model.state().form().and_then(|form| form.focused());
        let input = input.expect("a field").clone();
        assert_eq!(input.name, *name);
        match input.control {
            Control::Day(..) => {
                if let Some(day) = given.day {
                    play.keys(day);
                }
            }
            Control::Pick(_) => {
                let mut at = 0;
                for place in chosen(&input.kind, given) {
                    play.keys(&"<Down>".repeat(place - at)).keys("<Space>");
                    at = place;
                }
            }
            _ => {
                play.paste(&given.words);
            }
        }
    }
    play.keys("<C-s>");
    let mut items = play.items(&register.id);
    assert_eq!(items.len(), 1, "{play}");
    items.remove(0)
}

/// The saved item after running the command.
fn by_command(register: &Register, title: &str, givens: &[Given]) -> Item {
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("journal.jsonl");
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
    command.env_clear().env("HOME", home.path());
    command
        .env("LEADBY_JOURNAL", &path)
        .env("LEADBY_NOW", TUESDAY);
    command.args(["add", &register.id, title]);
    for field in register.fields.iter().skip(1) {
        let given = &givens[slot(register, &field.id)];
        let value = match &field.kind {
            FieldKind::Date | FieldKind::NearDate => given.day.unwrap_or("").to_owned(),
            kind if kind.choices().is_empty() => given.words.clone(),
            kind => {
                let choices = chosen(kind, given).into_iter();
                let ids: Vec<&str> = choices.map(|at| kind.choices()[at].id.as_str()).collect();
                ids.join(",")
            }
        };
        if !value.is_empty() {
            command.arg("--set").arg(format!("{}={value}", field.id));
        }
    }
    for stage in &register.stages {
        if let Some(day) = givens[slot(register, &stage.id)].day {
            command.arg("--set").arg(format!("{}={day}", stage.id));
        }
    }
    let done = output(&mut command);
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{complaint}");
    let (_, loaded) = Store::open(&path).expect("a reading");
    let journal = Journal::fold(loaded.entries);
    journal.items(&register.id)[0].1.clone()
}

/// The position of a field's or stage's input in `givens`.
fn slot(register: &Register, name: &str) -> usize {
    let fields = register.fields.iter().map(|field| &field.id);
    let mut all = fields.chain(register.stages.iter().map(|stage| &stage.id));
    all.position(|id| id == name).expect("a field or stage")
}

/// The same input, with the days of stages in the order in which they are reached, and those of
/// fields in theirs: days off have a first day and do not end before it.
fn in_order(register: &Register, mut givens: Vec<Given>) -> Vec<Given> {
    if let Some(off) = &register.off {
        let first = slot(register, &off.from);
        givens[first].day.get_or_insert("19 Nov");
    }
    let is_day = |kind: &FieldKind| matches!(kind, FieldKind::Date | FieldKind::NearDate);
    let fields = register.fields.iter().filter(|field| is_day(&field.kind));
    let stages = register.stages.iter().map(|stage| &stage.id);
    for names in [
        stages.collect::<Vec<_>>(),
        fields.map(|field| &field.id).collect(),
    ] {
        let slots = names.into_iter().map(|name| slot(register, name));
        let dated: Vec<usize> = slots.filter(|at| givens[*at].day.is_some()).collect();
        let mut days: Vec<Option<&str>> = dated.iter().map(|at| givens[*at].day).collect();
        days.sort_by_key(|day| DAYS.iter().position(|other| other == day));
        for (at, day) in dated.into_iter().zip(days) {
            givens[at].day = day;
        }
    }
    givens
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn keys_and_the_command_line_write_the_same_item(
        title in "[a-zäß→日][a-z0-9 äß→日]{0,20}[a-z0-9]",
        givens in prop::collection::vec(given(), 24),
    ) {
        for register in builtin().registers() {
            let givens = in_order(register, givens.clone());
            let keys = by_keys(register, &title, &givens);
            let command = by_command(register, &title, &givens);
            prop_assert_eq!(keys, command, "{}", register.id);
        }
    }
}
