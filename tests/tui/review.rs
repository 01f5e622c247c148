//! The review: moving by keys, the same figures as the command line, and opening the entry behind a
//! text.

use std::collections::BTreeMap;
use std::process::Command;

use leadby::app::route::Route;
use leadby::calendar::Length;
use leadby::journal::{Body, Closing, CommitmentOutcome, Id, Item, Value};
use leadby::store;

use crate::play::{Play, TUESDAY, commitment, output};
use crate::screens::entries;

fn sample() -> Play {
    Play::with(&entries("sample"), TUESDAY)
}

fn span(play: &Play) -> String {
    match play.model.state().route() {
        Route::Review(span) => span.to_string(),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(play: &mut Play, keys: &str, expected: &str) {
    play.keys(keys);
    assert_eq!(span(play), expected, "{keys}\n{play}");
}

#[test]
fn tab_changes_the_length_and_keeps_the_time() {
    let mut play = sample();
    check(&mut play, "r", "2026-W48");
    check(&mut play, "<Tab>", "2026-11");
    check(&mut play, "<Tab>", "2026-Q4");
    check(&mut play, "<Tab>", "2026");
    check(&mut play, "<Tab>", "2026-W48");
    check(&mut play, "<S-Tab>", "2026");
    check(&mut play, "<S-Tab><S-Tab>", "2026-11");
    // Zooming in keeps the last day of the span.
    check(&mut play, "[", "2026-10");
    check(&mut play, "<S-Tab>", "2026-W44");
    check(&mut play, "<Tab><Tab>", "2026-Q4");
}

#[test]
fn later_stops_at_today() {
    let mut play = sample();
    check(&mut play, "r]", "2026-W48");
    check(&mut play, "[<Left>h<PgUp>", "2026-W44");
    check(&mut play, "]<Right>l", "2026-W47");
    check(&mut play, "<PgDn>]]", "2026-W48");
    check(&mut play, "[[[[[[[[t", "2026-W48");
    check(&mut play, "<Tab><Tab><Tab>[[", "2024");
    check(&mut play, "<End>", "2026");
    play.keys("<Esc>");
    assert_eq!(play.model.state().route(), Route::Home);
}

#[test]
fn a_key_without_a_target_is_not_offered() {
    let mut play = sample();
    play.size(120, 40).keys("r");
    assert!(!play.screen().contains("] later"), "{play}");
    assert!(play.screen().contains("o open week"), "{play}");
    play.keys("[");
    assert!(play.screen().contains("] later"), "{play}");
    play.keys("<Tab>");
    assert!(!play.screen().contains("o open week"), "{play}");
    let before = play.screen();
    play.keys("os");
    assert_eq!(play.screen(), before, "a month has no pages");
    let mut empty = Play::new();
    empty.keys("r");
    assert!(!empty.screen().contains("⏎ open"), "{empty}");
    check(&mut empty, "<Enter><Down>", "2026-W48");
}

#[test]
fn enter_opens_the_entry_of_a_text_and_esc_returns() {
    let mut play = sample();
    check(&mut play, "r<S-Tab>", "2026");
    play.keys("<Enter>");
    let route = play.model.state().route();
    assert!(matches!(route, Route::CheckIn(_)), "{play}");
    play.keys("<Esc><Down><Enter>");
    let route = play.model.state().route();
    assert!(
        matches!(&route, Route::Item { register, .. } if register == "problems"),
        "{play}"
    );
    play.keys("<Esc>j<Enter>");
    let route = play.model.state().route();
    assert!(
        matches!(&route, Route::Page { practice, .. } if practice == "audit"),
        "{play}"
    );
    // After these come the sentences of the months.
    play.keys("<Esc>j").shows("· October").keys("<Enter>");
    play.shows("Month · October 2026").keys("<Esc>k");
    check(&mut play, "kk", "2026");
    // With the mouse: one click selects, a second one opens.
    play.size(120, 40)
        .click("■ A rollback")
        .click("■ A rollback");
    assert!(
        matches!(play.model.state().route(), Route::Item { .. }),
        "{play}"
    );
}

#[test]
fn a_week_leads_to_its_pages_and_skipped_questions() {
    let mut play = sample();
    play.keys("r[[o");
    let week = "2026-W46".parse().expect("a week");
    let Route::Page {
        practice,
        week: of,
        page,
    } = play.model.state().route()
    else {
        panic!("{play}");
    };
    assert_eq!((practice.as_str(), of, page), ("audit", week, 1));
    play.keys("<Esc>s");
    assert_eq!(play.model.state().route(), Route::Summary(week));
    check(&mut play, "<Esc>", "2026-W46");
}

#[test]
fn a_save_elsewhere_shows_at_once() {
    let mut play = Play::new();
    play.keys("r");
    assert!(
        play.screen().contains("Nothing written this week yet."),
        "{play}"
    );
    let mut kept = commitment("One owner", "2026-11-23", "2026-11-27");
    close(
        &mut kept.body,
        CommitmentOutcome::Kept,
        "2026-11-24",
        "six names on the page",
    );
    let change = leadby::journal::Change::new(kept.body);
    play.others_save(&[change]);
    let screen = play.screen();
    assert!(screen.contains("Kept 1 of 1, 100 %"), "{play}");
    assert!(screen.contains("✓ One owner"), "{play}");
    assert!(screen.contains("six names on the page"), "{play}");
    // At midnight the week is over, and there is a later one.
    play.at("2026-11-30T00:00:00+01:00");
    assert!(play.screen().contains("] later"), "{play}");
}

fn close(body: &mut Body, how: CommitmentOutcome, on: &str, evidence: &str) {
    let Body::Commitment(commitment) = body else {
        unreachable!("it was made as a commitment");
    };
    commitment.closing = Some(Closing {
        how,
        on: on.parse().expect("a day"),
        evidence: evidence.to_owned(),
    });
}

/// The figures that the command line prints for a span, by name.
fn on_the_command_line(length: &str, when: &str) -> BTreeMap<String, String> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let journal = home.path().join("journal.jsonl");
    store::create_journal(&journal, &entries("sample")).expect("a journal");
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
    command
        .args(["review", length, when, "--plain"])
        .env_clear()
        .env("HOME", home.path())
        .env("LEADBY_JOURNAL", &journal)
        .env("LEADBY_NOW", TUESDAY);
    let output = output(&mut command);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("text");
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    lines
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The number after a name on the screen.
#[track_caller]
fn behind(screen: &str, name: &str) -> String {
    let line = screen.lines().find(|line| line.contains(name)).expect(name);
    let (_, rest) = line.split_once(name).expect(name);
    rest.split_whitespace().next().expect("a number").to_owned()
}

#[test]
fn the_screen_and_the_command_line_show_the_same_figures() {
    let mut play = sample();
    play.size(120, 40).keys("r");
    for length in Length::ALL {
        for _ in 0..3 {
            let screen = play.screen();
            let when = span(&play);
            let said = on_the_command_line(&format!("--{}", length.name()), &when);
            let said = |name: &str| said[name].clone();
            for (sign, name) in [
                ("✓ kept", "kept"),
                ("✗ missed", "missed"),
                ("» moved", "moved"),
                ("– let go", "let_go"),
                ("▸ open", "open"),
            ] {
                assert_eq!(
                    behind(&screen, sign),
                    said(name),
                    "{when}: {name}\n{screen}"
                );
            }
            let ended = said("kept").parse::<usize>().expect("a number")
                + said("missed").parse::<usize>().expect("a number");
            if ended > 0 {
                let rate = format!("Kept {} of {ended}, {} %", said("kept"), said("kept_rate"));
                assert!(screen.contains(&rate), "{when}: {rate}\n{screen}");
            }
            if said("first_dates") != "0" {
                let first = format!(
                    "By first date {} of {}, {} %",
                    said("kept_by_first_date"),
                    said("first_dates"),
                    said("first_date_rate")
                );
                assert!(screen.contains(&first), "{when}: {first}\n{screen}");
            }
            let (done, asked) = (said("practices_done"), said("practices_asked"));
            let done = format!("─ {done} of {asked} ");
            assert!(
                asked == "0" || screen.contains(&done),
                "{when}: {done}\n{screen}"
            );
            let solved = said("problems_solved");
            let plural = if solved == "1" { "problem" } else { "problems" };
            let solved = format!("{solved} {plural} solved, {} p", said("people_helped"));
            assert!(screen.contains(&solved), "{when}: {solved}\n{screen}");
            // The sample starts in 2025, so that year has no earlier one to compare with.
            if when == "2025" {
                break;
            }
            play.keys("[");
        }
        play.keys("t<Tab>");
    }
}

/// More of everything than fits on a screen.
fn crowded() -> Play {
    let mut entries = entries("words");
    for number in 0..60_u64 {
        let made = format!("2026-{:02}-{:02}", number % 11 + 1, number % 27 + 1);
        let mut entry = commitment(&format!("thing {number}"), &made, &made);
        if let Body::Commitment(commitment) = &mut entry.body {
            commitment.area = format!("area {} with a long name of its own", number % 17);
            let how = [
                CommitmentOutcome::Kept,
                CommitmentOutcome::Missed,
                CommitmentOutcome::LetGo,
            ][usize::try_from(number % 3).expect("few")];
            close(&mut entry.body, how, &made, &"words and words ".repeat(40));
        }
        entries.push(entry.clone());
        let mut act = Item::new("acts");
        act.set("title", Value::Text(format!("act {number}")));
        act.set(
            "with",
            Value::Text(format!("Person {number}, Other {number}")),
        );
        act.set_reached("done", made.parse().expect("a day"));
        entry.id = Id::new(format!("act-{number}"));
        entry.body = Body::Item(act);
        entries.push(entry);
    }
    Play::with(&entries, TUESDAY)
}

#[test]
fn a_crowded_review_counts_what_is_hidden() {
    let mut play = crowded();
    play.keys("r<S-Tab>");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("review_crowded_80x24", play.screen());
        play.size(120, 40);
        insta::assert_snapshot!("review_crowded_120x40", play.screen());
    });
}

#[test]
fn every_length_of_a_crowded_journal_fits_every_size() {
    let mut play = crowded();
    play.keys("r");
    for _ in Length::ALL {
        for size in [
            (60, 20),
            (61, 21),
            (79, 23),
            (81, 25),
            (100, 31),
            (100, 32),
            (121, 41),
        ] {
            let screen = play.size(size.0, size.1).screen();
            assert!(screen.contains("in review"), "{size:?}\n{screen}");
        }
        play.keys("<Tab>");
    }
}

#[test]
fn it_exports_the_span_it_shows_as_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.html");
    let mut play = sample();
    play.size(120, 40)
        .keys("r<Tab>e")
        .shows("Export to which file?")
        .shows("leadby-review-2026-11.html")
        .keys("<C-a><C-k>")
        .paste(&file.display().to_string())
        .keys("<Enter>")
        .shows("Written to");
    let written = std::fs::read_to_string(file).expect("a page");
    assert!(written.contains("<p class=\"span\">November 2026</p>"));
}
