//! The first page: what is on it, in which order, and what is behind it.

use std::num::NonZeroUsize;

use leadby::insight::{Audience, MOST_RESULTS, PageSubject, Shift, TalkPage};
use leadby::report::PageFormat;

use super::*;

fn titles(portfolio: &Portfolio) -> Vec<&str> {
    portfolio
        .first_pieces()
        .into_iter()
        .map(Piece::title)
        .collect()
}

/// Writes choices, each as a version of its own.
fn write(journal: &mut Journal, choices: Vec<PortfolioChoice>) {
    assert!(!choices.is_empty());
    for choice in choices {
        insert_choice(journal, choice);
    }
}

/// The first piece that `is_wanted`.
fn piece(portfolio: &Portfolio, is_wanted: impl Fn(&Piece) -> bool) -> Id {
    let mut pieces = portfolio.sections.iter().flat_map(|it| &it.pieces);
    pieces.find(|it| is_wanted(it)).expect("a piece").id.clone()
}

#[test]
fn without_choices_it_has_what_weighs_most() {
    let portfolio = year(&sample_year());
    let results: Vec<String> = portfolio
        .first_pieces()
        .into_iter()
        .map(|piece| {
            let outcome = piece.outcome();
            format!("{} | {} | {}", piece.title(), outcome.number, outcome.words)
        })
        .collect();
    insta::assert_snapshot!(results.join("\n"));
}

#[test]
fn a_choice_keeps_what_is_there_and_five_are_the_most() {
    let mut journal = sample_year();
    let usual = year(&journal);
    let before: Vec<String> = titles(&usual).into_iter().map(str::to_owned).collect();
    assert_eq!(before.len(), MOST_RESULTS);
    let id = piece(&usual, |it| {
        it.is_included && !usual.is_on_first_page(&it.id)
    });
    let choices = usual.first_page_choices(&id, &journal);
    write(&mut journal, choices);
    let full = year(&journal);
    assert!(full.is_on_first_page(&id));
    // One that was not chosen made room, and the others stay.
    let stay = before
        .iter()
        .filter(|title| titles(&full).contains(&title.as_str()));
    assert_eq!(stay.count(), MOST_RESULTS - 1);
    let other = piece(&full, |it| it.is_included && !full.is_on_first_page(&it.id));
    assert_eq!(full.first_page_choices(&other, &journal), []);
    let choices = full.first_page_choices(&id, &journal);
    write(&mut journal, choices);
    let after = year(&journal);
    assert!(!after.is_on_first_page(&id));
    assert_eq!(after.first_pieces().len(), MOST_RESULTS - 1);
    // Off the page, it is still in the portfolio.
    assert!(markdown(&after).contains(&format!(
        "{}\n",
        after
            .sections
            .iter()
            .flat_map(|it| &it.pieces)
            .find(|it| it.id == id)
            .map(Piece::title)
            .expect("it")
    )));
}

#[test]
fn what_was_chosen_in_part_is_filled_with_what_weighs_most() {
    let mut journal = sample_year();
    let id = piece(&year(&journal), |it| it.title() == "Each test runs once");
    choose(&mut journal, &id, Inclusion::First);
    let portfolio = year(&journal);
    assert_eq!(portfolio.first_pieces().len(), 3);
    assert!(portfolio.is_on_first_page(&id));
}

#[test]
fn a_piece_moves_in_its_group_and_stays_there() {
    let mut journal = sample_year();
    let ids = |journal: &Journal| -> Vec<Vec<Id>> {
        let portfolio = year(journal);
        let groups = portfolio.groups().into_iter();
        groups
            .map(|group| {
                let places = group.pieces.into_iter();
                places
                    .map(|place| portfolio.piece(place).id.clone())
                    .collect()
            })
            .collect()
    };
    for group in 0..ids(&journal).len() {
        let before = ids(&journal)[group].clone();
        if before.len() < 2 {
            continue;
        }
        let choices = year(&journal).move_choices(&before[1], Shift::Up, &journal);
        write(&mut journal, choices);
        let mut swapped = before.clone();
        swapped.swap(0, 1);
        assert_eq!(ids(&journal)[group], swapped);
        let choices = year(&journal).move_choices(&before[1], Shift::Down, &journal);
        write(&mut journal, choices);
        assert_eq!(ids(&journal)[group], before);
        assert_eq!(
            year(&journal).move_choices(&before[0], Shift::Up, &journal),
            []
        );
        let last = before.last().expect("a piece");
        assert_eq!(year(&journal).move_choices(last, Shift::Down, &journal), []);
    }
}

#[test]
fn what_stands_open_is_told_until_it_is_left_out() {
    let mut journal = sample_year();
    let portfolio = year(&journal);
    let open: Vec<Id> = portfolio
        .open_pieces()
        .into_iter()
        .map(|it| it.id.clone())
        .collect();
    assert!(open.len() >= 2, "{open:?}");
    assert!(portfolio.open_pieces().iter().all(|it| !it.is_included));
    let page = markdown(&portfolio);
    assert!(page.contains("## What is open\n"));
    for id in &open {
        choose(&mut journal, id, Inclusion::Exclude);
    }
    assert!(!markdown(&year(&journal)).contains("What is open"));
    // Nothing stands open in a year that is over.
    let before = Span::of(Length::Year, day("2025-06-01"));
    let before = Portfolio::gather(&sample_year(), &catalog(), before, now().today());
    let commitments = before.sections.last().expect("commitments");
    assert!(commitments.pieces.iter().all(|it| !it.is_on_its_way()));
}

#[test]
fn what_was_missed_is_told_only_when_it_is_included() {
    let mut journal = sample_year();
    let page = markdown(&year(&journal)) + &html(&year(&journal));
    for word in ["missed", " of 19", "first promised"] {
        assert!(!page.contains(word), "{word}");
    }
    let id = piece(&year(&journal), |it| it.state == "missed");
    choose(&mut journal, &id, Inclusion::Include);
    let page = markdown(&year(&journal));
    assert!(page.contains("\n## Commitments\n"), "{page}");
    assert!(!page.contains("## Commitments kept"), "{page}");
    assert!(page.contains("| kept | missed | solved |"), "{page}");
    assert!(page.contains("Commitments kept: **16 of 19**"), "{page}");
}

#[test]
fn what_has_only_begun_is_not_counted_as_done() {
    let portfolio = year(&sample_year());
    let begun = piece(&portfolio, Piece::is_beginning);
    assert!(!portfolio.is_on_first_page(&begun));
    let figures = report::key_figures(&portfolio);
    let skills = figures.iter().find(|(_, what)| what.starts_with("Skills"));
    assert_eq!(
        skills,
        Some(&("5".to_owned(), "Skills practised, 2 more begun".to_owned()))
    );
}

#[test]
fn a_length_holds_more_with_more_pages() {
    let portfolio = year(&sample_year());
    let with = |pages: usize| {
        let extent = PortfolioExtent {
            pages: NonZeroUsize::new(pages),
            ..PortfolioExtent::default()
        };
        written(&portfolio, extent, PageFormat::Markdown)
    };
    assert!(!with(1).contains("\n---\n"));
    let mut shorter = with(1);
    for pages in 2..20 {
        let longer = with(pages);
        assert!(longer.len() >= shorter.len(), "{pages}");
        let rest = longer.split_once("\n---\n").map_or("", |(_, rest)| rest);
        assert!(rest.lines().count() <= 70 * pages, "{pages}");
        shorter = longer;
    }
    assert_eq!(shorter, markdown(&portfolio));
}

#[test]
fn no_user_text_makes_the_first_page_longer_than_a_sheet() {
    let portfolio = year(&pages::full_of(&"Zeit".repeat(2_500)));
    let page = markdown(&portfolio);
    let (first, _) = page.split_once("\n---\n").expect("a first page");
    assert!(first.len() < 3_000, "{} bytes", first.len());
    let columns = |line: &str| leadby::text::width(line);
    assert!(first.lines().all(|line| columns(line) < 700), "{first}");
}

#[test]
fn it_says_who_it_is_about_in_their_own_words() {
    let mut journal = sample_year();
    let portfolio = year(&journal);
    assert_eq!(portfolio.name, "Maren Aas");
    assert!(portfolio.summary.starts_with("I look after the releases"));
    let (id, owned) = portfolio.responsibilities.first().expect("one").clone();
    for page in [markdown(&portfolio), json(&portfolio)] {
        assert!(page.contains(&owned), "{page}");
    }
    assert!(
        markdown(&portfolio)
            .starts_with("# Maren Aas\n\n**Portfolio, 1 January to 24 November 2026**\n")
    );
    choose(&mut journal, &id, Inclusion::Exclude);
    assert!(!markdown(&year(&journal)).contains(&owned));
}

#[test]
fn your_own_words_are_cut_at_a_sentence_and_you_are_told() {
    let mut portfolio = year(&sample_year());
    assert_eq!(report::cut_note(&portfolio), None);
    "María del Carmen Rodríguez de la Fuente y Álvarez de Toledo".clone_into(&mut portfolio.name);
    assert!(markdown(&portfolio).starts_with(&format!("# {}\n", portfolio.name)));
    assert_eq!(report::cut_note(&portfolio), None);
    let sentences = (1..30).map(|at| format!("This is sentence {at} of my summary. "));
    portfolio.summary = sentences.collect();
    let summary = report::first_page_summary(&portfolio);
    assert!(summary.ends_with("of my summary."), "{summary}");
    assert!(summary.len() > 500, "{summary}");
    portfolio.responsibilities = (0..9)
        .map(|at| (Id::new(format!("r{at}")), "x".repeat(45)))
        .collect();
    assert_eq!(
        report::cut_note(&portfolio).as_deref(),
        Some("cut to fit the first page: Responsibilities, Summary")
    );
    // One endless sentence is cut at a word.
    portfolio.summary = "word ".repeat(200);
    assert!(report::first_page_summary(&portfolio).ends_with(" word…"));
}

#[test]
fn a_young_journal_makes_one_page_that_begins_with_it() {
    let mut assist = Item::of_texts("acts", [("title", "Her first on-call, with @Ana")]);
    assist.set_reached("done", day("2026-11-12"));
    let mut kept = commitment("Answer Lisbon before noon", "2026-11-06");
    kept.area = String::new();
    kept.close(
        CommitmentOutcome::Kept,
        day("2026-11-06"),
        "All eleven answered",
    );
    let journal = Journal::fold([
        entry("assist", Body::Item(assist)),
        entry("kept", Body::Commitment(kept)),
    ]);
    let today = now().today();
    let days = (Span::of(Length::Year, today), today);
    let subject = PageSubject::Audience(Audience::Promotion);
    let page = TalkPage::gather(&subject, &journal, &catalog(), days).expect("a page");
    let written = report::talk_page(&page, PortfolioExtent::default(), PageFormat::Markdown);
    for line in [
        "\n**6 to 24 November 2026**\n",
        "- **Her first on-call, with Ana**  \n",
        "  All eleven answered · kept 6 November 2026\n",
    ] {
        assert!(written.contains(line), "{line}{written}");
    }
    // Small figures say nothing that is not there already.
    assert!(!written.contains("---") && !written.contains("At a glance"));
    let TalkPage::Portfolio(portfolio) = page else {
        return;
    };
    assert_eq!(portfolio.people[0].names, [("Ana".to_owned(), 1)]);
}

#[test]
fn a_piece_says_what_it_was_on_its_day() {
    let mut problem = Item::of_texts("problems", [("title", "Two answers")]);
    problem.set_reached("solved", day("2026-11-03"));
    problem.set_reached("shared", day("2026-11-20"));
    let portfolio = year(&Journal::fold([entry("problem", Body::Item(problem))]));
    let pieces = portfolio.sections.iter().flat_map(|it| &it.pieces);
    let days: Vec<(&str, NaiveDate)> = pieces.map(|it| (it.state.as_str(), it.day)).collect();
    assert!(days.contains(&("solved", day("2026-11-03"))), "{days:?}");
}

#[test]
fn a_long_title_stands_whole_and_no_word_is_cut_in_two() {
    let long = "Let Sam lead the incident review and stayed close for questions, until he did not \
                need me";
    let item = Item::of_texts("acts", [("title", long), ("done", "2026-11-03")]);
    let page = markdown(&year(&Journal::fold([entry("a", Body::Item(item))])));
    assert!(
        page.contains(&format!("- **{long}**  \n  done 3 November 2026\n")),
        "{page}"
    );
    let longer = format!("{long}, and then {long}");
    let item = Item::of_texts("acts", [("title", longer.as_str()), ("done", "2026-11-03")]);
    let page = markdown(&year(&Journal::fold([entry("a", Body::Item(item))])));
    assert!(
        page.contains(", and then Let Sam lead the incident…**"),
        "{page}"
    );
}
