//! What is compared, and which texts are chosen.

use crate::calendar::{Length, Month, Span, Week};
use crate::insight::{ExcerptKind, Figure, PublicReview, Review};
use crate::journal::samples::{answered, day, entry, month};
use crate::journal::{
    Body, Commitment, CommitmentOutcome, Entry, Id, Item, Journal, Period, Value,
};
use crate::practice::{self, Catalog, FieldKind};

fn kept(id: &str, on: &str, evidence: &str, origin: Option<&str>) -> Entry {
    let mut commitment = Commitment {
        origin: origin.map(Id::new),
        ..Commitment::new(format!("better {id}"), day("2026-01-01"), day(on))
    };
    commitment.close(CommitmentOutcome::Kept, day(on), evidence);
    entry(id, Body::Commitment(commitment))
}

fn solved(id: &str, on: &str, fields: &[(&str, &str)]) -> Entry {
    let mut item = Item::new("problems");
    item.set("title", Value::Text(format!("problem {id}")));
    item.set_reached("solved", day(on));
    for (field, words) in fields {
        item.set(field, Value::from(*words));
    }
    entry(id, Body::Item(item))
}

fn week(number: u32) -> Period {
    Period::Week(format!("2026-W{number:02}").parse().expect("a week"))
}

fn review(entries: Vec<Entry>, span: &str, today: &str) -> Review {
    let span: Span = span.parse().expect("a span");
    let catalog = practice::builtin();
    Review::of(&Journal::fold(entries), &catalog, span, day(today))
}

#[track_caller]
fn check_excerpts(entries: Vec<Entry>, expected: &[(ExcerptKind, &str)]) {
    let mut backwards = entries.clone();
    backwards.reverse();
    let found = review(entries, "2026-11", "2026-11-24");
    let words: Vec<(ExcerptKind, &str)> = found
        .excerpts
        .iter()
        .map(|one| (one.kind, one.text.as_str()))
        .collect();
    assert_eq!(words, expected);
    let again = review(backwards, "2026-11", "2026-11-24").excerpts;
    assert_eq!(again, found.excerpts, "in any order");
}

#[test]
fn the_longest_text_of_each_kind_is_worth_reading_again() {
    check_excerpts(
        vec![
            kept("a", "2026-11-06", "short", None),
            kept("b", "2026-11-13", "rather longer", None),
            kept("c", "2026-10-30", "much longer, but of October", None),
            solved(
                "p",
                "2026-11-03",
                &[("wrong", "it"), ("did", " what I did ")],
            ),
            solved("q", "2026-11-04", &[("improved", "less")]),
            answered(week(46), "audit", "influence", "the answer"),
            answered(week(46), "audit", "curiosity", "an answer that is long"),
            answered(
                week(43),
                "audit",
                "curiosity",
                "an answer of a week of October",
            ),
        ],
        &[
            (ExcerptKind::Evidence, "rather longer"),
            (ExcerptKind::Story, "what I did"),
            (ExcerptKind::Answer, "an answer that is long"),
        ],
    );
}

#[test]
fn a_span_of_months_ends_with_the_sentence_of_each_month() {
    let entries = || {
        let said = |period, words| answered(period, "month", "sentence", words);
        vec![
            answered(week(46), "audit", "influence", "an answer"),
            said(month("2026-09"), "Before the quarter"),
            said(month("2026-10"), " Handed over more than I built. "),
            said(month("2026-11"), "Slept well."),
            said(month("2026-12"), "  "),
        ]
    };
    for (span, expected) in [
        ("2026-W46", &["an answer"][..]),
        ("2026-11", &["an answer", "Slept well."]),
        (
            "2026-Q4",
            &["an answer", "Slept well.", "Handed over more than I built."],
        ),
    ] {
        let found = review(entries(), span, "2026-12-24").excerpts;
        let words: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(words, expected, "{span}");
    }
    let year = review(entries(), "2026", "2026-12-24").excerpts;
    let months: Vec<&str> = year.iter().map(|one| one.about.as_str()).skip(1).collect();
    assert_eq!(months, ["November", "October", "September"]);
}

#[test]
fn if_a_kind_has_nothing_the_longest_of_the_others_takes_its_place() {
    check_excerpts(
        vec![
            kept("a", "2026-11-06", "one", None),
            kept("b", "2026-11-13", "a second", None),
            kept("c", "2026-11-13", "the third one", None),
            kept("d", "2026-11-13", "  ", None),
            answered(week(46), "audit", "influence", "an answer"),
        ],
        &[
            (ExcerptKind::Evidence, "the third one"),
            (ExcerptKind::Evidence, "a second"),
            (ExcerptKind::Answer, "an answer"),
        ],
    );
    check_excerpts(Vec::new(), &[]);
}

#[test]
fn of_equally_long_texts_the_newest_is_chosen() {
    check_excerpts(
        vec![
            kept("a", "2026-11-06", "aaaa", None),
            kept("b", "2026-11-13", "bbbb", None),
            kept("c", "2026-11-12", "cccc", None),
            kept("d", "2026-11-13", "dddd", None),
        ],
        &[
            (ExcerptKind::Evidence, "bbbb"),
            (ExcerptKind::Evidence, "dddd"),
            (ExcerptKind::Evidence, "cccc"),
        ],
    );
}

/// The built-in catalog with this practice made private.
fn with_private(id: &str) -> Catalog {
    let mut practices = practice::builtin().practices().to_vec();
    for practice in &mut practices {
        practice.private |= practice.id == id;
    }
    Catalog::new(practices)
}

#[test]
fn private_text_is_never_among_them() {
    let month = "2026-11".parse::<Month>().expect("a month");
    let mirror = practice::builtin();
    let mirror = mirror.practice("mirror").expect("it is there");
    assert!(mirror.private);
    let origin = Id::answer(Period::Month(month), "mirror", "signs");
    let entries = vec![
        answered(Period::Month(month), "mirror", "signs", "waiting"),
        kept(
            "a",
            "2026-11-06",
            "out of the mirror",
            Some(origin.as_str()),
        ),
        kept(
            "b",
            "2026-11-06",
            "shown",
            Some("answer/2026-W46/audit/influence"),
        ),
        answered(week(46), "audit", "influence", "the audit"),
        solved("p", "2026-11-03", &[("did", "the problem")]),
        kept("c", "2026-11-06", "of the problem", Some("p")),
    ];
    let found = |catalog: &Catalog| {
        let span = Span::of(Length::Month, day("2026-11-24"));
        let review = Review::of(
            &Journal::fold(entries.clone()),
            catalog,
            span,
            day("2026-11-24"),
        );
        let words = review.excerpts.into_iter().map(|one| one.text);
        words.collect::<Vec<String>>()
    };
    assert_eq!(
        found(&practice::builtin()),
        ["of the problem", "the problem", "the audit"]
    );
    assert_eq!(
        found(&with_private("audit")),
        ["of the problem", "the problem"]
    );
    assert_eq!(found(&with_private("problem")), ["shown", "the audit"]);
}

fn changes(review: &Review) -> Vec<(Figure, Option<usize>, Option<usize>)> {
    review
        .changes
        .iter()
        .map(|one| (one.figure, one.before, one.after))
        .collect()
}

#[test]
fn a_span_is_compared_with_as_much_of_the_one_before() {
    let entries = vec![
        kept("a", "2026-10-02", "", None),
        kept("b", "2026-10-30", "", None),
        kept("c", "2026-11-06", "", None),
        kept("d", "2026-11-13", "", None),
    ];
    let going_on = review(entries.clone(), "2026-11", "2026-11-24");
    assert_eq!(going_on.previous.until, day("2026-10-24"));
    assert_eq!(changes(&going_on), [(Figure::Kept, Some(1), Some(2))]);
    assert_eq!(going_on.changes[0].went_up(), Some(true));
    let over = review(entries, "2026-11", "2027-02-01");
    assert_eq!(over.previous.until, day("2026-10-31"));
    assert_eq!(changes(&over), []);
}

#[test]
fn fewer_practices_show_only_once_a_span_is_over() {
    let audit = practice::builtin();
    let audit = audit.practice("audit").expect("it is there");
    let of_week = |number| {
        audit
            .steps
            .iter()
            .map(move |step| answered(week(number), "audit", &step.id, "said"))
    };
    let entries: Vec<Entry> = of_week(45).chain(of_week(46)).chain(of_week(47)).collect();
    let going_on = review(entries.clone(), "2026-W48", "2026-11-24");
    assert_eq!(changes(&going_on), []);
    let last_day = review(entries.clone(), "2026-W48", "2026-11-29");
    assert_eq!(changes(&last_day), []);
    let over = review(entries.clone(), "2026-W48", "2026-11-30");
    assert_eq!(changes(&over), [(Figure::PracticesDone, Some(1), Some(0))]);
    let up = review(entries, "2026-11", "2026-11-24");
    assert!(up.lacks_previous(), "nothing was written in October");
    assert_eq!(changes(&up), []);
}

#[test]
fn practices_are_not_compared_with_a_time_before_the_first_week() {
    let catalog = practice::builtin();
    let audit = catalog.practice("audit").expect("it is there");
    let of_week = |number: u32| {
        audit
            .steps
            .iter()
            .map(move |step| answered(week(number), "audit", &step.id, "said"))
    };
    // It was kept in October, and only written down in November.
    let mut entries = vec![kept("a", "2026-10-02", "", None)];
    entries.extend(of_week(47));
    let found = review(entries.clone(), "2026-11", "2026-11-30");
    assert!(!found.lacks_previous());
    let practices = |found: &Review| {
        changes(found)
            .into_iter()
            .find(|(figure, ..)| *figure == Figure::PracticesDone)
    };
    assert_eq!(practices(&found), None);
    let share = found.figures.practices_done();
    assert_eq!((share.part, share.whole), (1, 16));
    entries.extend(of_week(44).take(1));
    let found = review(entries, "2026-11", "2026-11-30");
    let done = (Figure::PracticesDone, Some(0), Some(1));
    assert_eq!(practices(&found), Some(done));
}

#[test]
fn a_span_is_empty_only_when_nothing_happened_in_it() {
    assert!(review(Vec::new(), "2026", "2026-11-24").is_empty());
    let one = vec![answered(week(20), "audit", "influence", "a word")];
    assert!(!review(one.clone(), "2026-W20", "2026-11-24").is_empty());
    assert!(review(one, "2026-W21", "2026-11-24").is_empty());
    let open = vec![kept("a", "2026-11-06", "", None)];
    assert!(
        !review(open.clone(), "2026-03", "2026-11-24").is_empty(),
        "it was open then"
    );
    assert!(review(open, "2026-12", "2026-12-24").is_empty());
}

#[test]
fn a_span_in_which_something_only_stayed_open_is_not_compared_with() {
    let open = Commitment::new("better", day("2026-10-30"), day("2026-11-27"));
    let mut kept = Commitment::new("better", day("2026-11-16"), day("2026-11-20"));
    kept.close(CommitmentOutcome::Kept, day("2026-11-20"), "");
    let entries = [("open", open), ("kept", kept)];
    let entries = entries.map(|(id, one)| entry(id, Body::Commitment(one)));
    let found = review(entries.into(), "2026-W47", "2026-11-24");
    assert!(found.lacks_previous());
    assert_eq!(changes(&found), []);
}

#[test]
fn an_item_that_went_through_two_stages_is_under_both() {
    let entries = vec![
        solved("p", "2026-11-03", &[("documented", "2026-11-05")]),
        solved("q", "2026-10-03", &[("documented", "2026-11-05")]),
    ];
    let span: Span = "2026-11".parse().expect("a span");
    let catalog = practice::builtin();
    let found = PublicReview::of(&Journal::fold(entries), &catalog, span, day("2026-11-24"));
    let stages = found.stages.expect("stages").rows;
    let row = |name: &str, titles: &[&str]| {
        let titles = titles.iter().map(ToString::to_string);
        (name.to_owned(), titles.collect::<Vec<_>>())
    };
    assert_eq!(
        stages,
        [
            row("solved", &["problem p"]),
            row("documented", &["problem p", "problem q"]),
        ]
    );
}

#[test]
fn months_to_come_have_no_bar() {
    let entries = vec![answered(week(40), "audit", "influence", "said")];
    let span: Span = "2026".parse().expect("a span");
    let catalog = practice::builtin();
    let found = PublicReview::of(&Journal::fold(entries), &catalog, span, day("2026-11-24"));
    let months = found.charts.done.iter().map(|(span, _)| span.to_string());
    assert_eq!(months.collect::<Vec<_>>(), ["2026-10", "2026-11"]);
}

#[test]
fn every_field_of_prose_of_the_problems_can_tell_a_story() {
    let catalog = practice::builtin();
    let (register, _) = catalog.monthly().expect("there is one");
    let prose = register
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Prose);
    for field in prose {
        let entries = vec![solved("p", "2026-11-03", &[(&field.id, "a story")])];
        let found = review(entries, "2026-11", "2026-11-24");
        assert_eq!(found.excerpts[0].about, "problem p", "{}", field.id);
        assert_eq!(Week::of(found.excerpts[0].day).number(), 45);
    }
}
