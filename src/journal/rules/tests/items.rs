//! Items of a list: which stage they reach, and what they turn into.

use super::*;

#[test]
fn a_stage_is_not_reached_tomorrow() {
    let tomorrow = day("2026-11-25");
    let refused = Err(Refusal::StageInFuture {
        stage: "picked".to_owned(),
        name: "picked".to_owned(),
        on: tomorrow,
    });
    let values = [("picked".to_owned(), Value::Text(tomorrow.to_string()))];
    let id = x();
    let advance = Act::Advance(Advance {
        id: id.clone(),
        on: Some(tomorrow),
    });
    let edit = Act::Edit(ItemEdit {
        id,
        values: values.clone().into(),
    });
    let title = ("title".to_owned(), Value::Text("Leeks".to_owned()));
    let add = Act::Add(NewItem {
        register: "beds".to_owned(),
        values: values.into_iter().chain([title]).collect(),
    });
    for act in [advance, edit, add] {
        assert_eq!(on(bed(&[("dug", "2026-11-16")]), &act), refused);
    }
}

#[test]
fn a_day_in_the_future_that_is_saved_already_hides_no_other_change() {
    let edit = Act::Edit(ItemEdit {
        id: x(),
        values: [("wall".to_owned(), Value::Text("South".to_owned()))].into(),
    });
    let done = on(bed(&[("dug", "2027-11-16")]), &edit).expect("a change");
    assert_eq!(item(&done).text("wall"), "South");
}

#[test]
fn an_item_goes_from_stage_to_stage_and_back() {
    let advance = Act::Advance(Advance { id: x(), on: None });
    let done = on(bed(&[]), &advance).expect("a stage");
    assert_eq!(item(&done).day("dug"), Some(day("2026-11-24")));
    assert_eq!(done.result, ActResult::Reached("dug".to_owned()));
    let picked = bed(&[("dug", "2026-11-16"), ("picked", "2026-11-20")]);
    let refused = on(picked.clone(), &advance);
    assert_eq!(refused, Err(Refusal::NoNextStage("picked".to_owned())));
    let done = on(picked.clone(), &Act::StepBack(x())).expect("a stage");
    assert_eq!(item(&done).day("picked"), None);
    assert_eq!(
        on(bed(&[]), &Act::StepBack(x())),
        Err(Refusal::NoStageBefore)
    );
    let done = on(bed(&[]), &Act::LetGo(x())).expect("a stage");
    assert_eq!(done.result, ActResult::Reached("dropped".to_owned()));
    let refused = on(picked, &Act::LetGo(x()));
    assert_eq!(refused, Err(Refusal::NotLetGo("bed".to_owned())));
}

#[test]
fn a_list_takes_no_second_item_of_the_title_it_starts_with() {
    let add = |title: &str| {
        Act::Add(NewItem {
            register: "beds".to_owned(),
            values: [("title".to_owned(), Value::Text(title.to_owned()))].into(),
        })
    };
    let refused = on(bed(&[]), &add("BEANS"));
    let (id, title) = (Id::preset("beds", "beans"), "BEANS".to_owned());
    assert_eq!(refused, Err(Refusal::ListedAlready { id, title }));
    let done = on(bed(&[]), &add("Leeks")).expect("an item");
    assert_eq!(item(&done).day("dug"), Some(day("2026-11-24")));
    let refused = on(bed(&[]), &add(" "));
    assert_eq!(refused, Err(Refusal::Empty(Text::Title)));
}

#[test]
fn an_item_turns_into_one_of_another_list_once() {
    let act = Act::TurnInto(TurnInto {
        id: x(),
        unsaved: None,
    });
    let done = on(bed(&[]), &act).expect("a wall");
    assert_eq!(item(&done).register, "walls");
    assert_eq!((item(&done).title(), item(&done).text(FROM)), ("Peas", "x"));
    let mut wall = Item::new("walls");
    wall.set(FROM, Value::Text("x".to_owned()));
    let journal = Journal::fold([entry("x", bed(&[])), entry("y", Body::Item(wall))]);
    let catalog = catalog();
    let basis = Basis {
        journal: &journal,
        catalog: &catalog,
        today: day("2026-11-24"),
    };
    let refused = perform(&act, basis);
    assert_eq!(refused, Err(Refusal::TurnedAlready(Id::new("y"))));
}

#[test]
fn an_answer_of_several_lines_is_taken_up_whole() {
    let answer = Answer {
        period: Period::Week("2026-W47".parse().expect("a week")),
        practice: "garden".to_owned(),
        step: "weeds".to_owned(),
        value: Value::Text("Moss\non the steps".to_owned()),
    };
    let done = on(Body::Answer(answer), &Act::TakeUp(x())).expect("an item");
    assert_eq!(item(&done).title(), "Moss");
    assert_eq!(item(&done).text("notes"), "Moss\non the steps");
}
