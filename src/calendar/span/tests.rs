//! Spans, their ends and neighbours, over years of days.

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn span(text: &str) -> Span {
    text.parse().expect("a span")
}

#[track_caller]
fn check(text: &str, first: &str, last: &str, earlier: &str, label: &str) {
    let span = span(text);
    assert_eq!(span.to_string(), text);
    assert_eq!((span.first(), span.last()), (date(first), date(last)));
    assert_eq!(span.previous().to_string(), earlier);
    assert_eq!(span.previous().next(), span);
    assert_eq!(span.label(date("2026-11-24")), label);
}

#[test]
fn a_span_knows_its_ends_its_neighbours_and_its_name() {
    check(
        "2026-W48",
        "2026-11-23",
        "2026-11-29",
        "2026-W47",
        "Week 48",
    );
    check(
        "2027-W01",
        "2027-01-04",
        "2027-01-10",
        "2026-W53",
        "Week 1 of 2027",
    );
    check("2026-11", "2026-11-01", "2026-11-30", "2026-10", "November");
    check(
        "2025-01",
        "2025-01-01",
        "2025-01-31",
        "2024-12",
        "January 2025",
    );
    check(
        "2026-Q4",
        "2026-10-01",
        "2026-12-31",
        "2026-Q3",
        "October to December",
    );
    check(
        "2026-Q1",
        "2026-01-01",
        "2026-03-31",
        "2025-Q4",
        "January to March",
    );
    check("2025", "2025-01-01", "2025-12-31", "2024", "2025");
    check(
        "2026-11-20/2026-11-24",
        "2026-11-20",
        "2026-11-24",
        "2026-11-15/2026-11-19",
        "Since Fri 20 Nov",
    );
}

#[test]
fn what_is_not_a_span_is_refused() {
    for text in [
        "", "2026-Q0", "2026-Q5", "26", "2026-W54", "2026-13", "20260", "2026/",
    ] {
        assert!(text.parse::<Span>().is_err(), "{text}");
    }
}

#[test]
fn spans_of_one_length_follow_each_other_and_share_no_week() {
    for length in Length::ALL {
        let mut span = Span::of(length, date("2019-12-31"));
        let mut weeks = span.weeks();
        while span.last() < date("2031-01-01") {
            let next = span.next();
            assert_eq!(span.last().succ_opt(), Some(next.first()), "{next}");
            assert_eq!(next.previous(), span);
            assert_eq!(Span::of(length, next.first()), next);
            assert_eq!(Span::of(length, next.last()), next);
            assert_eq!(next.length(), Some(length));
            weeks.extend(next.weeks());
            span = next;
        }
        assert!(weeks.windows(2).all(|pair| pair[0].next() == pair[1]));
    }
}

#[test]
fn an_unfinished_span_is_compared_with_as_much_of_the_other() {
    let check = |this: &str, day: &str, other: &str, expected: &str| {
        let day = span(this).same_day_in(span(other), date(day));
        assert_eq!(day, date(expected), "{this}");
    };
    check("2026-11", "2026-11-24", "2026-10", "2026-10-24");
    check("2026-11", "2026-11-30", "2026-10", "2026-10-31");
    check("2026-11", "2027-02-01", "2026-10", "2026-10-31");
    check("2026-03", "2026-03-30", "2026-02", "2026-02-28");
    check("2026-W48", "2026-11-24", "2026-W47", "2026-11-17");
    check("2026-Q3", "2026-08-31", "2026-Q2", "2026-05-31");
    check("2026-Q2", "2026-05-31", "2026-Q1", "2026-02-28");
    check("2028", "2028-11-24", "2027", "2027-11-24");
    check("2028", "2028-02-29", "2027", "2027-02-28");
    check("2027", "2027-11-24", "2026", "2026-11-24");
    check(
        "2026-06-01/2026-06-30",
        "2026-06-10",
        "2026-05-02/2026-05-31",
        "2026-05-11",
    );
}

#[test]
fn a_span_of_any_days_has_every_month_and_week_with_a_day_in_it() {
    let days = Span::since(date("2026-09-30"), date("2026-11-24"));
    let months: Vec<String> = days.months().iter().map(Month::to_string).collect();
    assert_eq!(months, ["2026-09", "2026-10", "2026-11"]);
    let weeks = days.weeks();
    assert_eq!(
        weeks.first().map(Week::to_string).as_deref(),
        Some("2026-W40")
    );
    assert_eq!(
        weeks.last().map(Week::to_string).as_deref(),
        Some("2026-W48")
    );
    let today = Span::since(date("2027-01-01"), date("2026-11-24"));
    assert_eq!(today.first(), today.last());
}

#[test]
fn the_ends_of_the_calendar_do_not_loop() {
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        for length in Length::ALL {
            let span = Span::of(length, end);
            let _ = (span.previous(), span.next(), span.months().len());
        }
    }
}

#[test]
fn a_week_around_new_year_is_in_the_year_of_its_thursday() {
    let week: Span = "2026-W53".parse().expect("a week");
    let label = |today: &str| week.label(today.parse().expect("a day"));
    assert_eq!(label("2027-01-01"), "Week 53");
    assert_eq!(label("2027-01-05"), "Week 53 of 2026");
}
