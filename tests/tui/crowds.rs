//! More items than a screen can show: hidden ones are counted or marked by an arrow, and cut text
//! ends with a sign.

use leadby::journal::{Body, Change};

use crate::play::{Play, TUESDAY, commitment, item};
use crate::screens::entries;

/// The sample year with thirty more commitments due tomorrow.
fn committed() -> Play {
    let mut all = entries("sample");
    all.extend((10..40).map(|number| {
        let better = format!("Commitment {number} of many");
        let mut entry = commitment(&better, "2026-11-23", "2026-11-25");
        if let Body::Commitment(commitment) = &mut entry.body {
            let area = "an area with a name of some length";
            area.clone_into(&mut commitment.area);
        }
        entry
    }));
    Play::with(&all, TUESDAY)
}

/// A journal of thirty items of one list, all at the same stage since today.
fn listed(register: &str, stage: &str) -> Play {
    let items = (10..40).map(|number| {
        let title = format!("Item {number} with a title that takes more than a row");
        let mut change = item(register, &title);
        if let Body::Item(item) = &mut change.body {
            item.set_reached(stage, "2026-11-24".parse().expect("a day"));
        }
        change
    });
    let items: Vec<Change> = items.collect();
    let mut play = Play::new();
    play.others_save(&items);
    play
}

/// How many rows that start with `lead` are shown, and how many more the screen counts.
fn shown_and_more(play: &Play, lead: &str) -> (usize, usize) {
    let screen = play.screen();
    let more = screen.rsplit_once("and ").and_then(|(_, rest)| {
        let (number, _) = rest.split_once(" more")?;
        number.parse().ok()
    });
    let more = more.unwrap_or_else(|| panic!("nothing is counted on:\n{play}"));
    (screen.matches(lead).count(), more)
}

/// Every row is shown or counted, and at least `least` are shown at each size.
#[track_caller]
fn check(play: &mut Play, lead: &str, all: usize, least: [usize; 2]) {
    for (size, least) in [(80, 24), (120, 40)].into_iter().zip(least) {
        play.size(size.0, size.1);
        let (shown, more) = shown_and_more(play, lead);
        assert_eq!(shown + more, all, "{play}");
        assert!(shown >= least, "only {shown}:\n{play}");
    }
}

#[test]
fn home_shows_what_is_due_and_how_much_is_open() {
    let mut play = committed();
    for (columns, rows) in [(60, 20), (80, 24), (100, 26), (120, 40), (200, 60)] {
        play.size(columns, rows)
            .shows("32 open, 1 of them due")
            .shows("! No rule files a mail where I do not look")
            .shows("1 Audit");
        let screen = play.screen();
        let more = screen
            .split_once("+ ")
            .and_then(|(_, rest)| rest.split_once(" more"));
        let more: usize = more.map_or(0, |(more, _)| more.parse().expect("a count"));
        let shown = screen.matches("▸ Commitment").count() + screen.matches("▸ One").count();
        assert_eq!(shown + more, 31, "{play}");
    }
}

#[test]
fn home_leaves_out_nothing_that_is_due_while_the_year_is_shown() {
    let due = |number: u32, day: &str| {
        let better = format!("Promise {number:02}");
        commitment(&better, "2026-11-01", day)
    };
    for (size, all) in [((60, 20), 7), ((80, 24), 14), ((120, 40), 19)] {
        let mut entries: Vec<_> = (1..=all).map(|it| due(it, "2026-11-13")).collect();
        if all < 19 {
            entries.extend((50..55).map(|it| due(it, "2026-12-04")));
        }
        let mut play = Play::with(&entries, TUESDAY);
        play.size(size.0, size.1)
            .shows(&format!("Promise {all:02}"));
        if size.0 == 120 {
            play.shows("2 Mastery").shows("The last 51 weeks");
        }
    }
    // Where all cannot be shown, the year leaves.
    let entries: Vec<_> = (1..=40).map(|it| due(it, "2026-11-13")).collect();
    let mut play = Play::with(&entries, TUESDAY);
    play.size(80, 24).shows("+ ").hides("weeks");
}

#[test]
fn the_week_and_a_new_commitment_count_the_hidden_ones() {
    let mut play = committed();
    play.keys("rs")
        .shows("Since last week")
        .shows("Kept 17 of 21");
    // One of the 32 is overdue: it comes first, with its own sign.
    check(&mut play, "▸ ", 31, [3, 11]);
    play.shows("Since last week").size(80, 24);
    // Overdue ones come first, with their own sign.
    play.keys("<Esc><Esc>n").shows("Already yours");
    let (shown, more) = shown_and_more(&play, "▸ Commitment");
    assert_eq!(shown + more, 31, "{play}");
    assert!(shown >= 5, "only {shown}:\n{play}");
    // Beside the form there is a row for each.
    play.size(120, 40);
    assert_eq!(play.screen().matches("▸ ").count(), 31, "{play}");
}

#[test]
fn trends_count_what_was_written_in_the_week() {
    let mut play = listed("systems", "planned");
    play.keys("6<C-o>");
    check(&mut play, "System  ", 30, [4, 5]);
    // A month with many items: its signs are cut, and the rest is counted.
    let mut play = listed("complaints", "raised");
    play.keys("8<C-o>").shows("+21  0 of 30");
    play.size(120, 40).shows("+11  0 of 30");
}

#[test]
fn a_list_that_continues_above_has_an_arrow() {
    let mut play = listed("skills", "learning");
    play.keys("4").shows("Item 39").shows("↑").hides("Item 10");
    play.keys(&"<Up>".repeat(40)).shows("↓").hides("↑");
}

#[test]
fn text_beside_a_page_is_below_its_sign() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(120, 40).shelf("Mirror: two short");
    play.shows("· I expect the organization");
    let screen = play.screen();
    let line = |words: &str| {
        let line = screen.lines().find(|line| line.contains(words));
        line.unwrap_or_else(|| panic!("no “{words}” on:\n{screen}"))
    };
    let at = |line: &str, words: &str| line.rfind(words).map(|at| line[..at].chars().count());
    let first = line("· I expect the organization");
    let second = line("│   the next step");
    assert_eq!(at(first, "I expect"), at(second, "the next"), "{screen}");
}

#[test]
fn a_page_counts_the_hidden_rows_of_its_list() {
    let mut play = listed("problems", "spotted");
    play.keys("3").shows("Item 39").shows("Item 34");
    play.hides("Item 33").shows("and 24 more in the list");
    let mut play = listed("loops", "open");
    play.keys("5<Tab>")
        .shows("Item 10")
        .shows("and 24 more in the list");
    let mut few = Play::new();
    few.others_save(&[item("problems", "Six alerts")]);
    few.keys("3").shows("Six alerts").hides("more in the list");
}

#[test]
fn home_never_shows_an_earlier_question_without_its_answer() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    for rows in 30..60 {
        play.size(120, rows);
        let screen = play.screen();
        // A rule and the keys are below the last row.
        let last = screen.lines().rev().nth(2).unwrap_or_default();
        assert!(!last.contains("weeks ago"), "{play}");
        assert!(rows < 40 || screen.contains("8 weeks ago"), "{play}");
    }
}

#[test]
fn an_answer_cut_at_the_edge_ends_with_a_sign() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    let ending = |play: &Play, words: &str| {
        let screen = play.screen();
        let line = screen.lines().find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("no “{words}” on:\n{screen}"));
        line.contains('…')
    };
    // All answers one below the other, and the weeks side by side.
    play.keys("1<F2>").size(80, 23);
    assert!(ending(&play, "The status round. I chair it"), "{play}");
    play.keys("<Esc><Esc>1<C-o>").size(120, 40);
    assert!(!ending(&play, "What the director is asked about"), "{play}");
    assert!(ending(&play, "Being paged for things only"), "{play}");
    play.shows("1 to 4 of 5");
}

#[test]
fn an_overlay_hides_the_cursor_of_a_field() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("1").shows("█").keys("<F1>").hides("█");
    play.keys("<Esc>").shows("█");
    play.keys("<Esc>n<Enter>Fewer<Esc>x").hides("█");
}

#[test]
fn a_scroll_bar_beside_a_list_touches_no_text() {
    let mut play = listed("problems", "spotted");
    for keys in ["p<Enter>", "P"] {
        play.keys(keys).size(80, 24).shows(" ┃");
        play.keys("<Esc><Esc>");
    }
}
