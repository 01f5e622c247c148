//! The pages of the walk and the check-in: what can be clicked, how fields grow, and what is beside
//! them.

use leadby::app::keys::Action;
use leadby::app::route::{CommitSource, Route};
use leadby::app::{ClickTarget, Msg};
use leadby::ui::ColorDepth;

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 60)];

/// The sample year at a size, with keys pressed.
fn sample((columns, rows): (u16, u16), keys: &str) -> Play {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(columns, rows).keys(keys);
    play
}

/// Everything on the screen that can be clicked, each once; of a text, its first place.
fn targets(play: &Play, (columns, rows): (u16, u16)) -> Vec<ClickTarget> {
    let regions = play.picture_of((columns, rows), ColorDepth::None).regions;
    let mut found = Vec::new();
    for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        let target = regions.target_at(column, row);
        let again = |other: &ClickTarget| match (other, &target) {
            (ClickTarget::Text { .. }, Some(ClickTarget::Text { .. })) => true,
            (other, target) => Some(other) == target.as_ref(),
        };
        if !found.iter().any(again) {
            found.extend(target);
        }
    }
    found
}

#[test]
fn every_click_on_a_form_does_something() {
    for size in [(80, 24), (120, 40)] {
        for keys in ["1", "5<Tab>", "g", "n", "c", "c<Tab>"] {
            for target in targets(&sample(size, keys), size) {
                let mut play = sample(size, keys);
                let before = (play.screen(), play.lines());
                play.tell(Msg::Click(target.clone()));
                let here = match target {
                    // The page that is open already.
                    ClickTarget::Action(Action::Practice(number)) => {
                        keys.starts_with(&number.to_string())
                    }
                    // The cursor may be there already; the editor is not on this screen.
                    ClickTarget::Action(Action::CopyLast | Action::EditText)
                    | ClickTarget::Text { .. } => true,
                    _ => false,
                };
                let after = (play.screen(), play.lines());
                assert!(
                    here || before != after,
                    "{target:?} after {keys} at {size:?}"
                );
            }
        }
    }
}

#[test]
fn a_click_goes_where_it_points() {
    let page = |play: &Play| match play.model.state().route() {
        Route::Page { practice, .. } => practice,
        other => format!("{other:?}"),
    };
    for size in SIZES {
        let mut play = sample(size, "1");
        // Into the text: what is typed goes before it.
        play.click("eleven steps").keys("about ");
        play.shows("The release steps: about");
        play.click("Curiosity").keys("Why? ");
        play.click("■ Influence").click("→ One owner");
        assert!(matches!(play.model.state().route(), Route::CheckIn(_)));
        play.keys("<Esc>");
        assert!(play.answer("audit", "curiosity").ends_with("Why? "));
        play.click("□ 6");
        assert_eq!(page(&play), "systems");
        play.click("■ 2");
        assert_eq!(page(&play), "mastery");
    }
}

#[test]
fn an_answer_of_the_check_in_is_clicked_from_any_field() {
    for size in SIZES {
        for (answer, sentence) in [
            ("✓ kept", "Kept. 18 of 22"),
            ("✗ missed", "Noted. The next one can be smaller."),
            ("– let go", "Let go"),
        ] {
            let mut play = sample(size, "c<Tab>seen");
            play.click(answer).keys("<C-s>").shows(sentence);
        }
        let mut play = sample(size, "c<Tab>");
        play.click("» moved   ")
            .keys("<Tab><Tab>")
            .shows("Moved to when?");
    }
}

#[test]
fn what_an_answer_would_mean_is_said_before_it_is_chosen() {
    for size in SIZES {
        let mut play = sample(size, "c");
        let said = play.screen().replace(['│', '\n'], " ");
        let words: Vec<&str> = said.split_whitespace().collect();
        for word in ["Six", "ends", "neither."] {
            assert!(words.contains(&word), "{word} at {size:?}:\n{play}");
        }
        play.shows("Fri 13 »").shows("Two rules left");
    }
}

/// The rows between the upper line of the focused field and what is below it.
fn rows_of_field(play: &Play, size: (u16, u16)) -> u16 {
    let regions = play.picture_of(size, ColorDepth::None).regions;
    let is_text = |row: &u16| {
        let mut columns = (0..size.0).map(|column| regions.target_at(column, *row));
        columns.any(|target| matches!(target, Some(ClickTarget::Text { .. })))
    };
    u16::try_from((0..size.1).filter(is_text).count()).unwrap_or(u16::MAX)
}

#[test]
fn a_text_field_has_four_rows_and_grows_to_twelve() {
    for size in SIZES {
        let mut play = sample(size, "1<Tab><Tab>");
        assert_eq!(rows_of_field(&play, size), 4, "{size:?}");
        play.keys(&"Why is it like this? ".repeat(80));
        let most = if size.1 >= 40 { 12 } else { 4 };
        let rows = rows_of_field(&play, size);
        assert!((most..=12).contains(&rows), "{rows} at {size:?}");
    }
}

#[test]
fn past_answers_are_beside_a_field_or_below_it() {
    for size in SIZES {
        let mut play = sample(size, "1");
        play.shows("Last week").shows("The confidence of a release");
        if size.0 >= 100 {
            play.shows("Words per week").shows("Week 40 · 8 weeks ago");
            play.shows("→ The status round is a page");
        }
    }
}

#[test]
fn a_checklist_is_its_own_chart() {
    let size = (80, 24);
    let mut play = sample(size, "5");
    let row = |play: &Play| {
        let screen = play.screen();
        let row = screen.lines().find(|line| line.contains("Asked better"));
        row.unwrap_or_default().trim_end().to_owned()
    };
    assert!(row(&play).ends_with("· □"), "{}", row(&play));
    play.click("Asked better questions");
    assert!(row(&play).ends_with("· ■"), "{}", row(&play));
    assert!(row(&play).contains("■ Asked"), "{}", row(&play));
}

#[test]
fn f2_on_a_list_opens_the_whole_list() {
    let mut play = sample((80, 24), "5<Tab>");
    play.keys("<F2>").shows("Follow-ups");
    assert!(matches!(
        play.model.state().route(),
        Route::List { month: None, .. }
    ));
    play.keys("<Esc>").shows("Who is waiting to hear from you");
}

#[test]
fn notes_wait_beside_the_page_of_this_week() {
    let mut play = sample((120, 40), "iAsk about the rota<Enter>");
    play.keys("1")
        .shows("Waits in the inbox")
        .shows("Ask about the rota");
    play.click("Waits in the inbox");
    assert_eq!(play.model.state().route(), Route::Inbox);
}

#[test]
fn no_line_of_a_form_is_longer_than_a_measure() {
    let long = "so that one can read it ".repeat(12);
    for keys in ["1", "n", "g<C-s>", "pa", "c<Tab>"] {
        let mut play = sample((200, 60), keys);
        play.keys(&long);
        let screen = play.screen();
        for line in screen.lines().filter(|line| line.contains("one can read")) {
            let text = line.trim_start_matches(['│', ' ']);
            let text = text.split('│').next().unwrap_or_default().trim_end();
            assert!(text.chars().count() <= 76, "{keys}: {text}");
        }
        assert!(!matches!(
            play.model.state().route(),
            Route::Commit(CommitSource::Existing(_))
        ));
    }
}
