//! Items of a list: which stage they reach, and what they turn into.

use std::collections::BTreeMap;

use super::*;

fn values(given: &[(&str, &str)]) -> BTreeMap<String, Value> {
    let given = given.iter();
    given
        .map(|(name, text)| ((*name).to_owned(), Value::from(*text)))
        .collect()
}

#[test]
fn a_stage_is_not_reached_tomorrow() {
    let tomorrow = day("2026-11-25");
    let refused = Err(Refusal::StageInFuture {
        stage: "picked".to_owned(),
        name: "picked".to_owned(),
        on: tomorrow,
    });
    let advance = Act::Advance(Advance {
        id: x(),
        on: Some(tomorrow),
    });
    let edit = Act::Edit(ItemEdit {
        id: x(),
        values: values(&[("picked", "2026-11-25")]),
    });
    let add = Act::Add(NewItem {
        register: "beds".to_owned(),
        values: values(&[("title", "Leeks"), ("picked", "2026-11-25")]),
    });
    for act in [advance, edit, add] {
        assert_eq!(perform_on(bed(&[("dug", "2026-11-16")]), &act), refused);
    }
}

#[test]
fn a_later_stage_is_not_reached_before_an_earlier_one() {
    let edit = |given: &[(&str, &str)]| {
        Act::Edit(ItemEdit {
            id: x(),
            values: values(given),
        })
    };
    let refused = |stage: &str, (dug, picked): (&str, &str)| {
        let reached = |stage: &str, on| StageDay {
            id: stage.to_owned(),
            name: stage.to_owned(),
            on: day(on),
        };
        Err(Refusal::StageOutOfOrder {
            stage: stage.to_owned(),
            days: Box::new([reached("dug", dug), reached("picked", picked)]),
        })
    };
    let advance = |on: &str| {
        Act::Advance(Advance {
            id: x(),
            on: Some(day(on)),
        })
    };
    let dug = bed(&[("dug", "2026-11-16")]);
    let picked = ("2026-11-16", "2026-11-15");
    assert_eq!(
        perform_on(dug.clone(), &advance("2026-11-15")),
        refused("picked", picked)
    );
    assert!(perform_on(dug.clone(), &advance("2026-11-16")).is_ok());
    let said = edit(&[("picked", "2026-11-15")]);
    assert_eq!(perform_on(dug.clone(), &said), refused("picked", picked));
    let both = edit(&[("dug", "2026-11-15"), ("picked", "2026-11-15")]);
    assert!(perform_on(dug, &both).is_ok());
    // The earlier one can be wrong too.
    let done = bed(&[("dug", "2026-11-16"), ("picked", "2026-11-20")]);
    let late = edit(&[("dug", "2026-11-21")]);
    let days = ("2026-11-21", "2026-11-20");
    assert_eq!(perform_on(done.clone(), &late), refused("dug", days));
    // Which of two ends came first says nothing.
    let dropped = edit(&[("dropped", "2026-11-18")]);
    assert!(perform_on(done, &dropped).is_ok());
    // What is saved already stays, and hides no other change.
    let wrong = bed(&[("dug", "2026-11-16"), ("picked", "2026-11-10")]);
    assert!(perform_on(wrong.clone(), &edit(&[("wall", "South")])).is_ok());
    assert!(perform_on(wrong, &edit(&[("picked", "2026-11-17")])).is_ok());
}

#[test]
fn a_stage_of_today_goes_after_one_that_a_traveller_reached_tomorrow() {
    let act = Act::Advance(Advance { id: x(), on: None });
    let dug = bed(&[("dug", "2026-11-25")]);
    assert!(perform_on(dug, &act).is_ok());
}

#[test]
fn what_was_picked_last_week_was_dug_by_then() {
    let add = |given: &[(&str, &str)]| {
        Act::Add(NewItem {
            register: "beds".to_owned(),
            values: values(given),
        })
    };
    let leeks = add(&[("title", "Leeks"), ("picked", "2026-11-16")]);
    let done = perform_on(bed(&[]), &leeks).expect("an item");
    assert_eq!(item(&done).day("dug"), Some(day("2026-11-16")));
    // A day that was given is not changed.
    let days = [("dug", "2026-11-20"), ("picked", "2026-11-16")];
    let leeks = add(&[("title", "Leeks"), days[0], days[1]]);
    let refused = perform_on(bed(&[]), &leeks);
    assert!(matches!(refused, Err(Refusal::StageOutOfOrder { .. })));
    let leeks = add(&[("title", "Leeks"), ("dug", ""), days[1]]);
    let done = perform_on(bed(&[]), &leeks).expect("an item");
    assert_eq!(item(&done).day("dug"), None);
}

#[test]
fn a_day_in_the_future_that_is_saved_already_hides_no_other_change() {
    let edit = Act::Edit(ItemEdit {
        id: x(),
        values: values(&[("wall", "South")]),
    });
    let done = perform_on(bed(&[("dug", "2027-11-16")]), &edit).expect("a change");
    assert_eq!(item(&done).text("wall"), "South");
}

#[test]
fn an_item_goes_from_stage_to_stage_and_back() {
    let advance = Act::Advance(Advance { id: x(), on: None });
    let done = perform_on(bed(&[]), &advance).expect("a stage");
    assert_eq!(item(&done).day("dug"), Some(day("2026-11-24")));
    assert_eq!(done.result, ActResult::Reached("dug".to_owned()));
    let picked = bed(&[("dug", "2026-11-16"), ("picked", "2026-11-20")]);
    let refused = perform_on(picked.clone(), &advance);
    assert_eq!(refused, Err(Refusal::NoNextStage("picked".to_owned())));
    let done = perform_on(picked.clone(), &Act::StepBack(x())).expect("a stage");
    assert_eq!(item(&done).day("picked"), None);
    assert_eq!(
        perform_on(bed(&[]), &Act::StepBack(x())),
        Err(Refusal::NoStageReached)
    );
    let done = perform_on(bed(&[]), &Act::LetGo(x())).expect("a stage");
    assert_eq!(done.result, ActResult::Reached("dropped".to_owned()));
    let refused = perform_on(picked, &Act::LetGo(x()));
    assert_eq!(refused, Err(Refusal::NoNextStage("picked".to_owned())));
}

#[test]
fn a_list_takes_no_second_item_of_the_title_it_starts_with() {
    let add = |title: &str| {
        Act::Add(NewItem {
            register: "beds".to_owned(),
            values: values(&[("title", title)]),
        })
    };
    let refused = perform_on(bed(&[]), &add("BEANS"));
    let (id, title) = (Id::preset("beds", "beans"), "BEANS".to_owned());
    assert_eq!(refused, Err(Refusal::AlreadyListed { id, title }));
    let done = perform_on(bed(&[]), &add("Leeks")).expect("an item");
    assert_eq!(item(&done).day("dug"), Some(day("2026-11-24")));
    let refused = perform_on(bed(&[]), &add(" "));
    assert_eq!(refused, Err(Refusal::Empty(RequiredText::Title)));
}

#[test]
fn an_item_turns_into_one_of_another_list_once() {
    let act = Act::TurnInto(TurnInto {
        id: x(),
        unsaved: None,
    });
    let done = perform_on(bed(&[]), &act).expect("a wall");
    assert_eq!(item(&done).register, "walls");
    assert_eq!(
        (item(&done).title(), item(&done).text(ORIGIN_KEY)),
        ("Peas", "x")
    );
    let wall = Item::of_texts("walls", [(ORIGIN_KEY, "x")]);
    let journal = Journal::fold([entry("x", bed(&[])), entry("y", Body::Item(wall))]);
    let catalog = catalog();
    let basis = Basis {
        journal: &journal,
        catalog: &catalog,
        today: day("2026-11-24"),
    };
    let refused = perform(&act, basis);
    assert_eq!(refused, Err(Refusal::AlreadyTurned(Id::new("y"))));
}

#[test]
fn an_answer_of_several_lines_is_taken_up_whole() {
    let answer = Answer::new(
        Period::Week("2026-W47".parse().expect("a week")),
        "garden",
        "weeds",
        Value::from("Moss\non the steps"),
    );
    let done = perform_on(Body::Answer(answer), &Act::TakeUp(x())).expect("an item");
    assert_eq!(item(&done).title(), "Moss");
    assert_eq!(item(&done).text("notes"), "Moss\non the steps");
}

#[test]
fn a_title_has_no_spaces_around_it() {
    let add = Act::Add(NewItem {
        register: "beds".to_owned(),
        values: values(&[("title", "  Two  rows ")]),
    });
    let edit = |said: &str| {
        Act::Edit(ItemEdit {
            id: x(),
            values: values(&[("title", said)]),
        })
    };
    let bed = || bed(&[("dug", "2026-11-16")]);
    let added = perform_on(bed(), &add).expect("it is fine");
    assert_eq!(item(&added).title(), "Two  rows");
    let edited = perform_on(bed(), &edit(" Leeks ")).expect("it is fine");
    assert_eq!(item(&edited).title(), "Leeks");
    assert_eq!(
        perform_on(bed(), &edit("  ")),
        Err(Refusal::Empty(RequiredText::Title))
    );
}

#[test]
fn days_off_do_not_end_before_they_begin() {
    let catalog = crate::practice::builtin();
    let journal = Journal::default();
    let basis = Basis {
        journal: &journal,
        catalog: &catalog,
        today: day("2026-11-24"),
    };
    let (register, fields) = catalog.off().expect("days off");
    let away = |from: &str, to: &str| {
        let values = values(&[("title", "Away"), (&*fields.from, from), (&*fields.to, to)]);
        let register = register.id.clone();
        perform(&Act::Add(NewItem { register, values }), basis)
    };
    assert!(away("2026-12-01", "2026-12-01").is_ok());
    let refused = Refusal::EndsBeforeItBegins {
        field: fields.to.clone(),
        first: day("2026-12-04"),
        last: day("2026-12-01"),
    };
    assert_eq!(away("2026-12-04", "2026-12-01"), Err(refused));
    let refused = Err(Refusal::NoFirstDay(fields.from.clone()));
    assert_eq!(away("", "2026-12-01"), refused);

    let whole = away("2026-12-01", "2026-12-01").expect("days off");
    let journal = Journal::fold([entry("x", only_body(&whole).clone())]);
    let basis = Basis {
        journal: &journal,
        ..basis
    };
    let without = Act::Edit(ItemEdit {
        id: x(),
        values: values(&[(&*fields.from, "")]),
    });
    assert_eq!(perform(&without, basis), refused);
}
