//! A form is self-contained: what is typed and undone in it, and what happens when the entry
//! changes elsewhere.

use leadby::journal::{
    Answer, Body, Change, Commitment, CommitmentOutcome, Id, Item, Period, Value,
};

use crate::play::{Play, TUESDAY, commitment, item, moment};

/// A due commitment and its id.
fn due() -> (Play, Id) {
    let entry = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let id = entry.id.clone();
    (Play::with(&[entry], TUESDAY), id)
}

/// A list with one problem and its id.
fn problem() -> (Play, Id) {
    let mut play = Play::new();
    play.others_save(&[item("problems", "Release steps")]);
    let id = play.entries()[0].id.clone();
    (play, id)
}

fn answered(words: &str) -> Change {
    let answer = Answer {
        period: Period::Week(moment(TUESDAY).week()),
        practice: "audit".to_owned(),
        step: "influence".to_owned(),
        value: Value::Text(words.to_owned()),
    };
    answer.into_change()
}

#[test]
fn text_typed_while_a_choice_has_the_focus_runs_no_command() {
    // The third profile page, and a sentence with `u`, `P`, `:` and digits in it.
    let mut play = Play::new();
    play.keys("<Enter>Engineer<C-s>Reliable releases<C-s>");
    let before = play.entries();
    play.keys("Priya, Jonas; product: 1 of 3? u");
    play.shows("Priya, Jonas; product: 1 of 3? u");
    assert_eq!(play.entries(), before);

    for words in [
        "update the docs page",
        "write the runbook",
        "upgrade CI",
        "release owner",
        "help Ana with the demo",
    ] {
        let (mut play, _) = due();
        play.keys("n").keys(words).shows(words);
        assert_eq!(play.entries().len(), 1, "{words}");
        play.keys("<Esc>").shows("Every step has an owner");
    }
}

#[test]
fn pasted_text_goes_to_own_words_if_the_field_has_them() {
    let mut play = Play::new();
    play.keys("g<C-s><C-s>").paste("Priya, Jonas").keys("<C-s>");
    let areas = play.journal();
    let said = areas.answer(Period::Standing, "ground", "areas");
    let Some(Value::List(list)) = said else {
        panic!("{said:?}");
    };
    assert_eq!(list, &["Priya", "Jonas"]);
}

#[test]
fn a_row_action_is_undone_on_the_row() {
    let (mut play, _) = problem();
    // Spotted first, then solved; the cursor stays.
    play.keys("3<Up> ").shows("Now spotted.").shows("u undo");
    play.keys(" ").shows("Now solved.");
    let day = |play: &Play, stage: &str| play.items("problems")[0].day(stage).is_some();
    assert!(day(&play, "solved"));
    play.keys("u").shows("Undone: problem");
    assert!(day(&play, "spotted") && !day(&play, "solved"));
    play.keys("u");
    assert!(!day(&play, "spotted"));
    // This form did nothing else, so other changes are not undone here.
    let before = play.entries().len();
    play.keys("uuu").hides("u undo");
    assert_eq!(play.entries().len(), before);
    assert_eq!(play.titles("problems"), ["Release steps"]);
}

#[test]
fn a_form_undoes_only_its_own_actions() {
    let (mut play, id) = problem();
    play.keys("1One<C-s><Esc>3<Up>u").hides("Undone");
    assert_eq!(play.answer("audit", "influence"), "One");
    // Another program changed it: that is not undone either.
    play.keys(" ");
    let mut theirs = play.items("problems").remove(0);
    theirs.set("title", Value::Text("Release notes".to_owned()));
    play.others_save(&[Change::of(id, Body::Item(theirs))]);
    play.keys("u").shows("Changed since");
    assert_eq!(play.titles("problems"), ["Release notes"]);
}

#[test]
fn converting_a_row_is_undone_on_the_row() {
    let mut play = Play::new();
    play.others_save(&[item("heroes", "Saved the demo")]);
    play.keys("6<Tab><Up>t").shows("Also added as a system.");
    assert_eq!(play.titles("systems"), ["Saved the demo"]);
    play.keys("u");
    assert_eq!(play.titles("systems"), [] as [&str; 0]);
    assert_eq!(play.titles("heroes"), ["Saved the demo"]);
}

#[test]
fn a_saved_form_leaves_no_position_behind() {
    let mut play = Play::new();
    let first = |play: &mut Play| {
        play.keys("n");
        let place = play.model.state().form().expect("a form").focus;
        play.keys("<Esc>");
        place
    };
    assert_eq!(first(&mut play), 0);
    play.keys("nAnswer<Tab>Answer<Tab>fri<C-s>");
    assert_eq!(play.commitments().len(), 1);
    assert_eq!(first(&mut play), 0);
    // The same for a new item of a list, and after a restart.
    play.keys("paA problem<Tab>It was wrong<C-s>a");
    assert_eq!(play.model.state().form().expect("a form").focus, 0);
    let mut play = play.restart();
    assert_eq!(first(&mut play), 0);
}

#[test]
fn ctrl_u_deletes_to_the_start_of_the_line_in_every_text_field() {
    let mut play = Play::new();
    play.others_save(&[item("systems", "Release checklist")]);
    play.keys("1Own it<C-u>Mine<C-s><Esc>");
    assert_eq!(play.answer("audit", "influence"), "Mine");
    play.keys("/abc<C-u>").hides("abc").keys("<Esc>");
    play.keys(":abc<C-u>walk").shows("walk").keys("<Esc>");
    play.shelf("Systems/Systems");
    play.keys("/xyz<C-u>")
        .shows("Release checklist")
        .keys("<Esc><Esc><Esc>");
    play.keys("P*ee<C-u>page.md").shows(" page.md");
    play.size(120, 60)
        .keys("<Esc><Esc><Esc>1<F1>")
        .shows("delete to start of line")
        .shows("undo typing");
    // Undo in the text brings the deleted part back.
    play.keys("<Esc><C-e>, mine<C-u>").hides("mine");
    play.keys("<C-7>").shows("mine").keys("<C-r>").hides("mine");
    play.keys("<C-y>").shows("mine");
}

#[test]
fn home_shows_where_enter_goes() {
    let mut play = Play::new();
    play.keys("6Words<C-s><Esc>");
    play.shows("⏎ continue with 7 · Multiplier").keys("<Enter>");
    play.shows("7 of 8").keys("<C-s><C-s><Esc>");
    play.shows("⏎ continue with 1 · Audit").keys("<Enter>");
    play.shows("1 of 8").keys("A<C-s>").shows("By Friday");
    play.keys("<Esc>").shows("⏎ continue with By Friday");
    play.keys("<Enter>")
        .shows("One area, led better by Friday.");
    let mut play = Play::with(&[commitment("Owners", "2026-11-16", "2026-11-27")], TUESDAY);
    play.shows("⏎ start the week");
    // A draft outside the walk has its own key to resume it.
    play.keys("nFewer meetings<Esc>").shows("⏎ start the week");
    play.keys("<Enter>").shows("1 of 8");
}

#[test]
fn the_head_of_a_check_in_shows_the_current_commitment() {
    let (mut play, id) = due();
    play.keys("c<Tab>Half a line");
    let mut theirs = play.commitments().remove(0);
    theirs.better = "Every step has two owners".to_owned();
    theirs.move_to(
        "2026-12-04".parse().expect("a day"),
        moment(TUESDAY).today(),
        "Ana",
    );
    play.others_save(&[Change::of(id, Body::Commitment(theirs))]);
    play.shows("Every step has two owners")
        .shows("◎ Fri 4 Dec in 10 days")
        .shows("» moved on Tue 24 Nov: Fri 20 Nov → Fri 4 Dec")
        .shows("Half a line");
}

#[test]
fn a_check_in_of_a_commitment_deleted_elsewhere_saves_it_as_new() {
    let (mut play, id) = due();
    play.keys("ck <Tab>The page says who").others_delete(&id);
    play.shows("Deleted meanwhile by another program. Ctrl+S saves this as a new one.")
        .shows("Ctrl+S save as new");
    play.keys("<C-s>");
    let [kept]: [Commitment; 1] = play.commitments().try_into().expect("one commitment");
    assert_eq!(kept.better, "Every step has an owner");
    let closing = kept.closing.expect("an end");
    assert_eq!(
        (closing.how, closing.evidence.as_str()),
        (CommitmentOutcome::Kept, "The page says who")
    );
    assert!(play.journal().commitment(&id).is_none());
}

#[test]
fn an_edited_commitment_deleted_elsewhere_is_saved_as_new() {
    let (mut play, id) = due();
    play.keys("me").shows("Every step has an owner");
    play.keys("<End>, and a date").others_delete(&id);
    play.shows("Deleted meanwhile by another program")
        .shows("Ctrl+S save as new");
    play.keys("<C-s>");
    let [saved]: [Commitment; 1] = play.commitments().try_into().expect("one commitment");
    assert_eq!(saved.better, "Every step has an owner, and a date");
    assert_eq!(saved.due.to_string(), "2026-11-20");
    assert!(play.journal().commitment(&id).is_none());
}

#[test]
fn the_check_in_behind_a_commitment_saved_as_new_is_about_the_new_one() {
    let (mut play, id) = due();
    play.keys("ck <Tab>The page says who<F6>")
        .shows("Commitment");
    play.keys("<End>, and a date").others_delete(&id);
    play.keys("<C-s>")
        .shows("Check in")
        .shows("Every step has an owner, and a date")
        .shows("The page says who")
        .hides("Deleted meanwhile");
    play.keys("<C-s>");
    let [kept]: [Commitment; 1] = play.commitments().try_into().expect("one commitment");
    assert_eq!(kept.better, "Every step has an owner, and a date");
    assert_eq!(kept.closing.expect("an end").evidence, "The page says who");
}

#[test]
fn an_item_that_was_deleted_elsewhere_says_so_and_is_saved_as_new() {
    let (mut play, id) = problem();
    play.keys("p<Enter><Enter>");
    let mut play = if play.model.state().form().is_some() {
        play
    } else {
        let mut play = Play::with(&play.entries(), TUESDAY);
        play.keys("3<Up><Enter>");
        play
    };
    play.keys("<Tab>").others_delete(&id);
    play.shows("Deleted meanwhile by another program");
    // Leaving does not restore the entry; saving does.
    let before = play.entries().len();
    play.keys("<Esc>");
    assert_eq!(play.entries().len(), before);

    let (mut play, id) = problem();
    play.keys("3<Up><Enter>Everyone waited").others_delete(&id);
    play.keys("!<C-s>");
    let [saved]: [Item; 1] = play.items("problems").try_into().expect("one item");
    assert_eq!(saved.title(), "Release steps");
    let said: Vec<&Value> = saved.values.values().collect();
    let words = Value::Text("Everyone waited!".to_owned());
    assert!(said.contains(&&words), "{said:?}");
    assert!(play.journal().item(&id).is_none());
}

#[test]
fn a_draft_about_a_deleted_item_is_saved_once_after_a_kill() {
    let (mut play, id) = problem();
    play.keys("3<Up><Enter>Everyone waited")
        .others_delete(&id)
        .keys("!");
    play.pause();
    let mut play = play.kill();
    play.shows("Everyone waited!")
        .keys("d")
        .shows("It was deleted. Saving adds this as a new one.")
        .shows("Everyone waited!");
    // It is as it was, with what was typed.
    play.keys("<C-s>");
    let [saved]: [Item; 1] = play.items("problems").try_into().expect("one item");
    assert_eq!(saved.title(), "Release steps");
    let mut play = play.restart();
    play.hides("✎");
}

#[test]
fn an_answer_saved_meanwhile_is_beside_the_one_being_typed() {
    let mut play = Play::new();
    play.keys("1Mine, half wri")
        .others_save(&[answered("Theirs")]);
    play.shows("Saved meanwhile elsewhere")
        .shows("Theirs")
        .shows("Mine, half wri")
        .shows("Ctrl+S saves yours in its");
    play.keys("<C-s>")
        .shows("Influence: the text it replaced is in the history");
    assert_eq!(play.answer("audit", "influence"), "Mine, half wri");

    // One key takes both.
    let mut play = Play::new();
    play.keys("1Mine").others_save(&[answered("Theirs")]);
    play.keys("<C-l><C-s>");
    assert_eq!(play.answer("audit", "influence"), "Mine\nTheirs");

    // An untouched field shows what was saved.
    let mut play = Play::new();
    play.keys("1<Tab>Slow tests")
        .others_save(&[answered("Theirs")]);
    play.shows("Theirs").hides("Saved meanwhile");
    play.keys("<C-s>");
    assert_eq!(play.answer("audit", "influence"), "Theirs");
    assert_eq!(play.answer("audit", "tolerating"), "Slow tests");
}

#[test]
fn an_answer_deleted_meanwhile_is_not_shown_as_saved() {
    let mut play = Play::new();
    let theirs = answered("Theirs");
    let id = theirs.id.clone().expect("an id");
    play.others_save(&[theirs]);
    play.keys("1<S-Tab> plus").others_delete(&id);
    play.shows("Removed meanwhile elsewhere")
        .shows("Ctrl+S saves yours.")
        .hides("copy the other");
    play.keys("<C-s>").hides("the text it replaced");
    assert_eq!(play.answer("audit", "influence"), "Theirs plus");
}

#[test]
fn saves_of_other_programs_do_not_move_the_focus() {
    // In own words among choices, in a list row, and in what undo offers.
    let mut play = Play::new();
    play.keys("g<C-s><C-s>on-c")
        .others_save(&[item("problems", "One")]);
    play.keys("all<C-s>");
    let journal = play.journal();
    let said = journal.answer(Period::Standing, "ground", "areas");
    assert_eq!(said, Some(&Value::List(vec!["on-call".to_owned()])));

    let (mut play, _) = problem();
    play.keys("3<Up>")
        .others_save(&[item("problems", "Another")]);
    play.keys(" ");
    let spotted = |item: &Item| item.day("spotted").is_some();
    let done: Vec<bool> = play.items("problems").iter().map(spotted).collect();
    assert_eq!(done, [true, false]);

    let mut play = Play::new();
    play.keys("1Own it<C-u>")
        .others_save(&[item("problems", "One")]);
    play.keys("<C-7>").shows("Own it");
}

#[test]
fn another_practice_opened_by_name_makes_no_commitment() {
    let mut play = Play::new();
    play.keys("nFewer meetings<Tab>Fewer meetings<F4>problem<Enter>");
    play.shows("3 of 8");
    assert_eq!(play.commitments(), []);
    play.keys("<Esc>").shows("Fewer meetings");
}

#[test]
fn a_draft_about_an_item_of_which_nothing_is_left_is_saved_as_a_new_one() {
    for is_forgotten in [true, false] {
        let (mut play, _) = problem();
        play.keys("3<Up><Enter>Everyone waited").pause();
        let mut play = play.kill();
        if is_forgotten {
            play.others_forget("Release steps");
        } else {
            play.others_replace("");
        }
        let mut play = play.kill();
        play.shows("✎ Draft").keys("d");
        play.shows("It was deleted. Saving adds this as a new one.")
            .shows("Everyone waited");
        play.keys("<S-Tab>Steps<C-s>");
        assert_eq!(play.titles("problems"), ["Steps"]);
        let mut play = play.restart();
        play.hides("✎");
    }
}

#[test]
fn a_check_in_of_a_commitment_that_is_gone_keeps_its_words() {
    let entry = commitment("Owners of steps", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("ck<Tab>Ana did").pause();
    let mut play = play.kill();
    play.others_replace("");
    let mut play = play.kill();
    play.shows("✎ Draft").keys("d");
    play.shows("It was deleted. Saving adds this as a new one.")
        .shows("Ana did");
    play.keys("<C-s>");
    let [saved] = &*play.commitments() else {
        panic!("one commitment")
    };
    assert_eq!(saved.better, "a commitment that is gone");
    let closing = saved.closing.as_ref().expect("an end");
    assert_eq!(closing.evidence, "Ana did");
}
