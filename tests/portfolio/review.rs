//! The review as a page for others.

use leadby::insight::PublicReview;
use leadby::journal::{Answer, Period};
use leadby::report::{PageFormat, public_review};

use super::pages::{assert_well_formed, full_of, tag_names};
use super::*;

const FORMATS: [PageFormat; 3] = [PageFormat::Markdown, PageFormat::Html, PageFormat::Json];

/// The review of the days of this length up to now.
fn review(journal: &Journal, catalog: &Catalog, length: Length) -> PublicReview {
    let today = now().today();
    PublicReview::of(journal, catalog, Span::of(length, today), today)
}

fn sample_review(length: Length, format: PageFormat) -> String {
    public_review(&review(&sample_year(), &catalog(), length), format)
}

#[test]
fn the_sample_month_as_markdown() {
    insta::assert_snapshot!(sample_review(Length::Month, PageFormat::Markdown));
}

#[test]
fn the_sample_week_as_a_page() {
    insta::assert_snapshot!(sample_review(Length::Week, PageFormat::Html));
}

#[test]
fn what_has_no_figure_is_left_out() {
    for length in Length::ALL {
        for format in [PageFormat::Markdown, PageFormat::Html] {
            let empty = public_review(&review(&Journal::default(), &catalog(), length), format);
            assert!(empty.contains("Nothing was written in these days."));
            assert!(!empty.contains("At a glance"), "{empty}");
        }
    }
    // One kept commitment, and nothing else.
    let mut kept = commitment("Rules", "2026-11-20");
    kept.close(CommitmentOutcome::Kept, day("2026-11-20"), "");
    let journal = Journal::fold([entry("kept", Body::Commitment(kept))]);
    let page = review(&journal, &catalog(), Length::Month);
    let page = public_review(&page, PageFormat::Markdown);
    assert!(page.contains("- **1 of 1** commitments kept"), "{page}");
    let figures = page.split("##").nth(1).expect("the figures");
    assert!(!figures.contains("**0"), "{figures}");
    for heading in ["Practices", "Problem log", "People helped", "reading again"] {
        assert!(!page.contains(heading), "{heading}: {page}");
    }
}

#[test]
fn what_is_due_on_a_day_off_is_due_on_the_first_day_back() {
    let mut off = Item::new("off");
    off.set("first", Value::from("2026-11-27"));
    off.set("last", Value::from("2026-11-27"));
    let open = Body::Commitment(commitment("Rules", "2026-11-27"));
    let journal = Journal::fold([entry("off", Body::Item(off)), entry("open", open)]);
    let page = review(&journal, &catalog(), Length::Month);
    assert_eq!(page.commitments[0].day, day("2026-11-30"));
}

#[test]
fn without_private_entries_the_figures_are_those_of_the_screen() {
    let journal = sample_year();
    for length in Length::ALL {
        let span = Span::of(length, now().today());
        let all = leadby::insight::Review::of(&journal, &catalog(), span, now().today());
        let public = review(&journal, &catalog(), length);
        assert_eq!(public.review.figures.commitments, all.figures.commitments);
        assert_eq!(public.review.figures.practices, all.figures.practices);
        assert_eq!(public.review.figures.helped, all.figures.helped);
        assert_eq!(public.review.excerpts, all.excerpts);
        let ended = public.commitments.iter().filter(|it| it.outcome.is_some());
        let tally = all.figures.commitments;
        assert_eq!(ended.count(), tally.kept + tally.missed + tally.let_go);
    }
}

const DIARY: &str = r#"
id = "diary"
order = 9
name = "MINE"
title = "MINE"
intro = "MINE"
cadence = "weekly"
private = true
steps = [{ id = "a", label = "MINE", prompt = "MINE", register = "mine" }, { id = "b", label = "MINE", prompt = "MINE", kind = "prose" }]
[[registers]]
id = "mine"
name = "MINE"
singular = "MINE"
about = "MINE"
example = "MINE"
helps = "who"
fields = [{ id = "title", label = "MINE", kind = "line" }, { id = "who", label = "MINE", kind = "person" }]
stages = [{ id = "told", name = "MINE", starts = true }]
"#;

#[test]
fn nothing_private_is_in_a_page_or_counted_in_it() {
    let mut practices = catalog().practices().to_vec();
    practices.push(parse("diary", DIARY).expect("a practice"));
    let catalog = Catalog::new(practices);
    let item = |register: &str| {
        let mut item = Item::new(register);
        item.set("title", Value::from("MINE"));
        item.set("who", Value::from("MINE"));
        item
    };
    let mut secret = item("mine");
    secret.set_reached("told", day("2026-11-03"));
    // What came of it, of a list that is not private.
    let mut problem = item("problems");
    problem.set("did", Value::from("MINE"));
    problem.set("from", Value::from("secret"));
    problem.set_reached("solved", day("2026-11-04"));
    let mut kept = commitment("MINE", "2026-11-06");
    kept.area = "MINE".to_owned();
    kept.origin = Some(Id::new("problem"));
    kept.close(CommitmentOutcome::Kept, day("2026-11-06"), "MINE");
    let period = Period::Week(now().week());
    let answer = Answer::new(period, "diary", "b", Value::from("MINE"));
    let private = [
        entry("secret", Body::Item(secret)),
        entry("problem", Body::Item(problem)),
        entry("kept", Body::Commitment(kept)),
        entry(
            Id::answer(period, "diary", "b").as_str(),
            Body::Answer(answer),
        ),
    ];
    let year = sample_year();
    let mut both = year.clone();
    both.insert_all(private.clone());
    let alone = Journal::fold(private);
    for length in Length::ALL {
        for format in FORMATS {
            let page = public_review(&review(&both, &catalog, length), format);
            assert!(!page.contains("MINE"), "{page}");
            let alone = public_review(&review(&alone, &catalog, length), format);
            assert!(!alone.contains("MINE"), "{alone}");
        }
        assert_eq!(
            review(&both, &catalog, length),
            review(&year, &catalog, length)
        );
        assert!(review(&alone, &catalog, length).review.is_empty());
    }
}

#[test]
fn what_a_note_was_placed_as_stays_though_the_note_is_private() {
    let mut note = Item::new("inbox");
    note.set("title", Value::from("NOTE"));
    let mut placed = Item::new("problems");
    placed.set("title", Value::from("No owner"));
    placed.set("from", Value::from("note"));
    placed.set_reached("spotted", day("2026-11-04"));
    let journal = Journal::fold([
        entry("note", Body::Item(note)),
        entry("placed", Body::Item(placed)),
    ]);
    let page = review(&journal, &catalog(), Length::Month);
    let page = public_review(&page, PageFormat::Markdown);
    assert!(
        page.contains("No owner") && !page.contains("NOTE"),
        "{page}"
    );
}

#[test]
fn the_page_is_well_formed_and_no_text_becomes_markup() {
    let html = |words: &str| {
        let page = review(&full_of(words), &catalog(), Length::Month);
        public_review(&page, PageFormat::Html)
    };
    // Without what separates names, so that there are as many people.
    let words = "a < b > \"d\" <script>alert('1')</script>";
    assert_well_formed(&html(words));
    assert_eq!(tag_names(&html(words)), tag_names(&html("x")));
    for length in Length::ALL {
        assert_well_formed(&sample_review(length, PageFormat::Html));
    }
}
