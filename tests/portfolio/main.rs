//! What a portfolio contains and how it is written: for the sample year and for empty, crowded and
//! private journals.

mod first_page;
mod pages;
mod private;
mod review;
mod sheets;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leadby::calendar::{Length, Now, Span};
use leadby::insight::{Piece, Portfolio, TalkPage, full_span};
use leadby::journal::{
    Body, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Inclusion, Item, Journal,
    PortfolioChoice, Value,
};
use leadby::practice::{Catalog, builtin, parse};
use leadby::report::{self, PageFormat, PortfolioExtent};
use leadby::sample;

fn written(portfolio: &Portfolio, extent: PortfolioExtent, format: PageFormat) -> String {
    let page = TalkPage::Portfolio(Box::new(portfolio.clone()));
    report::talk_page(&page, extent, format)
}

fn markdown(portfolio: &Portfolio) -> String {
    written(portfolio, PortfolioExtent::default(), PageFormat::Markdown)
}

fn html(portfolio: &Portfolio) -> String {
    written(portfolio, PortfolioExtent::default(), PageFormat::Html)
}

fn json(portfolio: &Portfolio) -> String {
    written(portfolio, PortfolioExtent::default(), PageFormat::Json)
}

fn catalog() -> Catalog {
    builtin()
}

fn now() -> Now {
    Now::new("2026-11-24T09:15:00+01:00".parse().expect("an instant"))
}

fn sample_year() -> Journal {
    Journal::fold(sample::entries(&catalog(), now()))
}

fn year(journal: &Journal) -> Portfolio {
    let span = Span::of(Length::Year, now().today());
    Portfolio::gather(journal, &catalog(), span, now().today())
}

fn entry(id: &str, body: Body) -> Entry {
    Entry::new(Id::new(id), 1, now().timestamp(), body)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn choose(journal: &mut Journal, id: &Id, portfolio: Inclusion) {
    let choice = PortfolioChoice {
        portfolio: Some(portfolio),
        ..journal.choice_to_change(id)
    };
    insert_choice(journal, choice);
}

fn insert_choice(journal: &mut Journal, choice: PortfolioChoice) {
    let change = choice.into_change();
    let id = change.id.expect("an id");
    let rev = journal.revision(&id) + 1;
    let at = now().timestamp();
    journal.insert(Entry::new(id, rev, at, change.body));
}

/// What is included, by section.
fn included(portfolio: &Portfolio) -> Vec<BTreeSet<Id>> {
    let sections = portfolio.sections.iter();
    sections
        .map(|section| section.included_pieces().map(|it| it.id.clone()).collect())
        .collect()
}

#[test]
fn a_choice_changes_only_what_follows_from_it() {
    let mut journal = sample_year();
    let mut told = year(&journal);
    let pieces: Vec<(Id, bool)> = told
        .sections
        .iter()
        .flat_map(|section| &section.pieces)
        .map(|piece| (piece.id.clone(), piece.is_included))
        .collect();
    assert!(pieces.iter().any(|(_, is_in)| !is_in));
    for (id, is_in) in &pieces {
        let standing = if *is_in {
            Inclusion::Exclude
        } else {
            Inclusion::Include
        };
        choose(&mut journal, id, standing);
        told.apply_choices(&journal, &catalog(), std::slice::from_ref(id));
        assert_eq!(told, year(&journal), "{id}");
    }
    // Several at once; parts that do not change are not rebuilt.
    let ids: Vec<Id> = pieces.iter().map(|(id, _)| id.clone()).collect();
    for (id, is_in) in &pieces {
        let standing = if *is_in {
            Inclusion::Include
        } else {
            Inclusion::Exclude
        };
        choose(&mut journal, id, standing);
    }
    told.months.clear();
    told.scales.clear();
    told.apply_choices(&journal, &catalog(), &ids);
    assert!(told.months.is_empty() && told.scales.is_empty());
    let whole = year(&journal);
    assert_eq!(told.sections, whole.sections);
    assert_eq!(told.people, whole.people);
    assert_eq!(included(&told), included(&year(&sample_year())));
}

#[test]
fn the_sample_year_as_markdown() {
    insta::assert_snapshot!(markdown(&year(&sample_year())));
}

#[test]
fn the_sample_year_as_a_page() {
    insta::assert_snapshot!(html(&year(&sample_year())));
}

#[test]
fn the_sample_year_as_json() {
    let page: serde_json::Value = serde_json::from_str(&json(&year(&sample_year()))).expect("JSON");
    insta::assert_snapshot!(serde_json::to_string_pretty(&page).expect("JSON"));
}

#[test]
fn an_empty_journal_says_what_belongs_there() {
    let empty = year(&Journal::default());
    assert!(empty.is_empty());
    insta::assert_snapshot!(markdown(&empty), @"
    # Portfolio

    **1 January to 24 November 2026**

    Nothing here yet. What is kept, solved, built and learned appears here by itself, as it is written down.
    ");
    assert!(html(&empty).contains("<main>\n<p>Nothing here yet."));
    insta::assert_snapshot!(json(&empty));
}

#[test]
fn without_choices_the_portfolio_agrees_with_the_figures() {
    let journal = sample_year();
    for length in Length::ALL {
        let mut span = Span::of(length, now().today());
        for _ in 0..5 {
            let portfolio = Portfolio::gather(&journal, &catalog(), span, now().today());
            let figures = &portfolio.figures;
            let (commitments, sections) = portfolio.sections.split_last().expect("sections");
            assert_eq!(
                commitments.included_count(),
                figures.commitments.kept,
                "{span}"
            );
            for section in sections {
                let id = section.register.as_deref().expect("a register");
                let catalog = catalog();
                let register = catalog.register(id).expect("a register");
                let key = register.portfolio.as_deref().expect("evidence");
                let reached = figures
                    .registers
                    .iter()
                    .find(|it| it.register == id)
                    .and_then(|it| it.reached.iter().find(|(stage, _)| stage == key));
                if let Some((_, reached)) = reached {
                    assert_eq!(section.included_count(), *reached, "{span} {id}");
                }
            }
            let people: usize = portfolio.people.iter().map(|it| it.names.len()).sum();
            assert_eq!(people, figures.people_helped(), "{span}");
            let months = portfolio.months.iter();
            let (kept, solved) = months.fold((0, 0), |(kept, solved), it| {
                (kept + it.kept, solved + it.solved)
            });
            assert_eq!(
                (kept, solved),
                (figures.commitments.kept, figures.problems_solved)
            );
            span = span.previous();
        }
    }
}

#[test]
fn the_whole_span_starts_with_the_first_piece() {
    let journal = sample_year();
    let whole_span = full_span(&journal, &catalog(), now().today());
    let portfolio = Portfolio::gather(&journal, &catalog(), whole_span, now().today());
    let pieces = portfolio
        .sections
        .iter()
        .flat_map(|section| &section.pieces);
    let first = pieces.map(|piece| piece.day).min().expect("a piece");
    assert!(whole_span.first() <= first, "{whole_span} {first}");
    let all = Span::since(day("1900-01-01"), now().today());
    let all = Portfolio::gather(&journal, &catalog(), all, now().today());
    assert_eq!(portfolio.sections, all.sections);
    assert_eq!(
        full_span(&Journal::default(), &catalog(), day("2026-01-02")).first(),
        day("2026-01-02")
    );
}

#[test]
fn pieces_left_out_are_on_no_page_and_can_return() {
    let mut journal = sample_year();
    let before = year(&journal);
    let acts = before.sections.iter().find(|it| it.heading == "Assists");
    let piece = acts
        .and_then(|it| it.pieces.first())
        .expect("an act")
        .clone();
    choose(&mut journal, &piece.id, Inclusion::Exclude);
    let after = year(&journal);
    for page in [markdown(&after), json(&after)] {
        assert!(!page.contains(piece.title()), "{}", piece.title());
    }
    assert!(!html(&after).contains(piece.title()));
    assert!(markdown(&after).contains("A selection: "));
    assert!(after.people[0].names.len() <= before.people[0].names.len());
    let listed = after.sections.iter().flat_map(|it| &it.pieces);
    assert!(
        listed
            .filter(|it| it.id == piece.id)
            .all(|it| !it.is_included && it.is_evidence)
    );
    choose(&mut journal, &piece.id, Inclusion::Include);
    assert_eq!(included(&year(&journal)), included(&before));
}

#[test]
fn other_entries_appear_only_when_chosen() {
    let mut missed = commitment("Start on time", "2026-11-06");
    missed.close(CommitmentOutcome::Missed, day("2026-11-06"), "twice late");
    let mut spotted = Item::new("problems");
    spotted.set("title", Value::from("Nobody owns the wiki"));
    spotted.set_reached("spotted", day("2026-11-03"));
    let mut journal = Journal::fold([
        entry("m", Body::Commitment(missed)),
        entry(
            "open",
            Body::Commitment(commitment("Not yet", "2026-11-27")),
        ),
        entry("s", Body::Item(spotted)),
    ]);
    let before = year(&journal);
    assert!(before.is_empty());
    let offered: Vec<&str> = before
        .sections
        .iter()
        .flat_map(|it| &it.pieces)
        .map(Piece::title)
        .collect();
    assert_eq!(
        offered,
        ["Nobody owns the wiki", "Not yet", "Start on time"]
    );
    choose(&mut journal, &Id::new("m"), Inclusion::Include);
    choose(&mut journal, &Id::new("s"), Inclusion::Include);
    insta::assert_snapshot!(markdown(&year(&journal)));
}

fn commitment(better: &str, due: &str) -> Commitment {
    Commitment {
        area: "process".to_owned(),
        ..Commitment::new(better, day("2026-10-02"), day(due))
    }
}

const PRIVATE: &str = r#"
id = "diary"
order = 1
name = "Diary"
title = "Diary"
intro = "Mine."
cadence = "weekly"
private = true
steps = [{ id = "a", label = "A", prompt = "A?", register = "secrets" }, { id = "b", label = "B", prompt = "B?", kind = "scale", choices = [{ id = "low", label = "low" }] }]
[[registers]]
id = "secrets"
portfolio = "told"
name = "Secrets"
singular = "secret"
about = "Mine."
example = "None."
fields = [{ id = "title", label = "Secret", told = "Secret", kind = "line" }, { id = "who", label = "Who", kind = "person" }]
stages = [{ id = "told", name = "told", starts = true }]
[[pictures]]
title = "Line"
told = "Line"
kind = "line"
step = "b"
[[pictures]]
title = "Who"
told = "Who"
kind = "people"
register = "secrets"
field = "who"
"#;

/// A private item and a commitment that came from it.
fn private_journal() -> Journal {
    let mut secret = Item::new("secrets");
    secret.set("title", Value::from("MINE"));
    secret.set("who", Value::from("Nobody Else"));
    secret.set_reached("told", day("2026-11-03"));
    let mut kept = commitment("FROM MINE", "2026-11-06");
    kept.origin = Some(Id::new("secret"));
    kept.close(CommitmentOutcome::Kept, day("2026-11-06"), "yes");
    Journal::fold([
        entry("secret", Body::Item(secret)),
        entry("kept", Body::Commitment(kept)),
    ])
}

#[test]
fn private_entries_never_appear_even_when_chosen() {
    let catalog = Catalog::new(vec![parse("diary.toml", PRIVATE).expect("a practice")]);
    let mut journal = private_journal();
    choose(&mut journal, &Id::new("secret"), Inclusion::Include);
    choose(&mut journal, &Id::new("kept"), Inclusion::Include);
    let span = Span::of(Length::Year, now().today());
    let portfolio = Portfolio::gather(&journal, &catalog, span, now().today());
    assert!(
        portfolio
            .sections
            .iter()
            .all(|section| section.pieces.is_empty())
    );
    for page in [markdown(&portfolio), html(&portfolio), json(&portfolio)] {
        for word in ["MINE", "Nobody Else", "Secrets", "Who"] {
            assert!(!page.contains(word), "{word}");
        }
    }
}

#[test]
fn entries_of_a_removed_practice_wait_to_be_chosen() {
    let mut journal = private_journal();
    assert!(year(&journal).is_empty());
    choose(&mut journal, &Id::new("kept"), Inclusion::Include);
    assert!(markdown(&year(&journal)).contains("FROM MINE"));
}

#[test]
fn evidence_from_other_days_is_not_included() {
    let mut skill = Item::new("skills");
    skill.set("title", Value::from("Planning"));
    let line = |on: &str, text: &str| DatedLine {
        on: day(on),
        text: text.to_owned(),
    };
    let log = vec![
        line("2025-12-30", "old line"),
        line("2026-02-01", "new line"),
    ];
    skill.set("evidence", Value::Log(log));
    let journal = Journal::fold([entry("skill", Body::Item(skill))]);
    let page = markdown(&year(&journal));
    assert!(
        page.contains("new line") && !page.contains("old line"),
        "{page}"
    );
    let before = Span::of(Length::Year, day("2025-06-01"));
    let before = markdown(&Portfolio::gather(
        &journal,
        &catalog(),
        before,
        now().today(),
    ));
    assert!(
        before.contains("old line") && !before.contains("new line"),
        "{before}"
    );
}
