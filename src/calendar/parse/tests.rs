//! What people type for a day, a range of days or a span, on a Tuesday in week 48 of 2026.

use super::*;
use crate::calendar::period::MONTHS;
use crate::calendar::{DueDay, editable_date};

fn now() -> Now {
    at("2026-11-24T09:15:02+01:00")
}

fn at(text: &str) -> Now {
    Now::new(text.parse().expect("an instant"))
}

#[track_caller]
fn check(direction: Direction, text: &str, expected: &str) {
    let found = match parse_day(text, now(), direction) {
        Ok(date) => date.to_string(),
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn due(text: &str, expected: &str) {
    check(Direction::Future, text, expected);
}

#[track_caller]
fn done(text: &str, expected: &str) {
    check(Direction::Past, text, expected);
}

#[track_caller]
fn since(text: &str, expected: &str) {
    let found = match parse_range(text, now()) {
        Ok(days) if days.start() == days.end() => days.start().to_string(),
        Ok(days) => format!("{} to {}", days.start(), days.end()),
        Err(_) => "nothing".to_owned(),
    };
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn span(length: Length, text: &str, expected: &str) {
    let found = match parse_span(text, now(), length) {
        Ok(span) => span.to_string(),
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn due_days_are_read_as_people_write_them() {
    due("fri", "2026-11-27");
    due("by Friday", "2026-11-27");
    due("this fri", "2026-11-27");
    due("next mon", "2026-11-30");
    due("next-tue", "2026-12-01");
    due("5th", "2026-12-05");
    due("by the 24th", "2026-11-24");
    due("on the 31st", "2026-12-31");
    due("5th of December", "2026-12-05");
    due("day after tomorrow", "2026-11-26");
    due("2 weeks from today", "2026-12-08");
    due("end of the month", "2026-11-30");
    due("25/12", "2026-12-25");
    due("12/25/2026", "2026-12-25");
    due("4/4", "2027-04-04");
    due("2026/12/04", "2026-12-04");
    due("Fri 4 Dec · in 10 days", "2026-12-04");
    due("mon", "2026-11-30");
    due("tue", "2026-11-24");
    due("today", "2026-11-24");
    due(" Tomorrow ", "2026-11-25");
    due("+3d", "2026-11-27");
    due("3d", "2026-11-27");
    due("in 3 days", "2026-11-27");
    due("+2w", "2026-12-08");
    due("2w", "2026-12-08");
    due("in 2 weeks", "2026-12-08");
    due("in a week", "2026-12-01");
    due("2 weeks", "2026-12-08");
    due("in two weeks", "2026-12-08");
    due("Twelve days", "2026-12-06");
    due("+1m", "2026-12-24");
    due("in 1 month", "2026-12-24");
    due("1y", "2027-11-24");
    due("this week", "2026-11-27");
    due("next week", "2026-12-04");
    due("next month", "2026-12-31");
    due("end of month", "2026-11-30");
    due("end of next month", "2026-12-31");
    due("EOM", "2026-11-30");
    due("end of week", "2026-11-27");
    due("eoy", "2026-12-31");
    due("W50", "2026-12-11");
    due("2026-W50", "2026-12-11");
    due("week 2", "2027-01-15");
    due("2026-12", "2026-12-31");
    due("nov", "2026-11-30");
    due("march", "2027-03-31");
    due("2026-12-04", "2026-12-04");
    due("4 Dec", "2026-12-04");
    due("Dec 4th", "2026-12-04");
    due("Fri 27 Nov", "2026-11-27");
    due("4. December 2027", "2027-12-04");
    due("4.12.", "2026-12-04");
    due("4.12", "2026-12-04");
    due("Fri 4.12.", "2026-12-04");
    due("4.12.2027", "2027-12-04");
    due("4 jan", "2027-01-04");
    due("29 feb 2028", "2028-02-29");
}

#[test]
fn a_due_day_without_a_year_is_never_a_past_one() {
    due("1 june", "2027-06-01");
    due("20 nov", "2027-11-20");
    due("24 nov", "2026-11-24");
    due("1.6.", "2027-06-01");
    due("29 feb", "2028-02-29");
    due("W3", "2027-01-22");
    // With its year, or said to be past, it is taken as typed.
    due("1 june 2026", "2026-06-01");
    due("yesterday", "2026-11-23");
    due("3 days ago", "2026-11-21");
    for day in 0..2_000 {
        let date = now().today() - Days::new(day);
        let text = format!("{} {}", date.day(), MONTHS[date.month0() as usize]);
        let found = parse_day(&text, now(), Direction::Future).expect("a day");
        assert!(found >= now().today(), "{text}");
        assert_eq!((found.month(), found.day()), (date.month(), date.day()));
        let past = resolve_year(date.day(), date.month(), now().today(), Direction::Past);
        let past = past.expect("such a day");
        match parse_day(&text, now(), Direction::Past) {
            Ok(found) => assert_eq!(found, past, "{text}"),
            Err(_) => assert!(is_near(found, now().today()), "{text}"),
        }
    }
}

#[test]
fn a_past_day_is_the_last_one() {
    done("1 june", "2026-06-01");
    done("1 dec 2025", "2025-12-01");
    done("24 nov", "2026-11-24");
    done("1 may", "2026-05-01");
    done("29 feb", "2024-02-29");
    done("fri", "2026-11-20");
    done("tue", "2026-11-24");
    done("last tue", "2026-11-17");
    done("last fri", "2026-11-20");
    done("yesterday", "2026-11-23");
    done("3d", "2026-11-21");
    done("3 days ago", "2026-11-21");
    done("a week ago", "2026-11-17");
    done("three days ago", "2026-11-21");
    done("5th", "2026-11-05");
    done("25th", "2026-10-25");
    done("day before yesterday", "2026-11-22");
    done("eom", "2026-10-31");
    done("2.11.", "2026-11-02");
    // Only one day is valid here.
    done(
        "last week",
        "“last week” is not a day; try fri, yesterday, 3d, 4 Dec or 2026-12-04",
    );
    // A day that is clearly ahead is refused by the caller, who knows why.
    done("tomorrow", "2026-11-25");
    done("in 2 days", "2026-11-26");
}

#[test]
fn a_date_in_the_next_months_is_not_a_past_day_without_its_year() {
    done(
        "25 Nov",
        "“25 Nov” is tomorrow; give a day up to today, or write 25 Nov 2025",
    );
    done(
        "Tue 1 dec",
        "“Tue 1 dec” is in 7 days; give a day up to today, or write 1 Dec 2025",
    );
    done(
        "1.4.",
        "“1.4.” is in 4 months; give a day up to today, or write 1 Apr 2026",
    );
    done("25 nov 2026", "2026-11-25");
}

#[test]
fn the_day_something_is_due_means_itself_once_it_has_passed() {
    let another = |text: &str, due: &str, expected: &str| {
        let due = due.parse().expect("a day");
        check(Direction::Rescheduled(due), text, expected);
    };
    another("20 nov", "2026-11-20", "2026-11-20");
    another("Fri 20.11.", "2026-11-20", "2026-11-20");
    another("20 nov 2027", "2026-11-20", "2027-11-20");
    another("21 nov", "2026-11-20", "2027-11-21");
    another("24 nov", "2026-11-24", "2026-11-24");
    // If it is nearly a year overdue, or due far ahead, the next one is meant.
    another("20 dec", "2025-12-20", "2026-12-20");
    another("25 nov", "2027-11-25", "2026-11-25");
    another("fri", "2026-11-20", "2026-11-27");
}

#[test]
fn ranges_are_read_looking_back() {
    since("this week", "2026-11-23 to 2026-11-29");
    since("Last-Week", "2026-11-16 to 2026-11-22");
    since("last month", "2026-10-01 to 2026-10-31");
    since("last-quarter", "2026-07-01 to 2026-09-30");
    since("this year", "2026-01-01 to 2026-12-31");
    since("2026-W01", "2025-12-29 to 2026-01-04");
    since("W48", "2026-11-23 to 2026-11-29");
    since("w49", "2025-12-01 to 2025-12-07");
    since("W53", "2020-12-28 to 2021-01-03");
    since("2026-02", "2026-02-01 to 2026-02-28");
    since("2026-q3", "2026-07-01 to 2026-09-30");
    since("Q4", "2026-10-01 to 2026-12-31");
    since("2025", "2025-01-01 to 2025-12-31");
    since("2025 to 2026", "2025-01-01 to 2026-12-31");
    since("3 to 21 nov", "2026-11-03 to 2026-11-21");
    since("nov", "2026-11-01 to 2026-11-30");
    since("nov 2024", "2024-11-01 to 2024-11-30");
    since("December", "2025-12-01 to 2025-12-31");
    since("last 3 weeks", "2026-11-03 to 2026-11-24");
    since("past 30 days", "2026-10-25 to 2026-11-24");
    since("1 Sep to 3 Oct", "2026-09-01 to 2026-10-03");
    since("3 to 21 aug", "2026-08-03 to 2026-08-21");
    since("week 48 of 2025", "2025-11-24 to 2025-11-30");
    since("October to December", "2026-10-01 to 2026-12-31");
    since("3d", "2026-11-21");
    since("2w ago", "2026-11-10");
    since("6 weeks", "2026-10-13");
    since("3m", "2026-08-24");
    since("1y", "2025-11-24");
    since("fri", "2026-11-20");
    since("tuesday", "2026-11-24");
    since("1 Oct", "2026-10-01");
    since("1-dec", "2025-12-01");
    since("yesterday", "2026-11-23");
}

#[test]
fn a_span_is_named_by_a_number_or_by_a_day_in_it() {
    for text in [
        "48",
        "W48",
        "w48",
        "2026-W48",
        "this",
        "this week",
        "fri 27 nov 2026",
    ] {
        span(Length::Week, text, "2026-W48");
    }
    span(Length::Week, "last", "2026-W47");
    span(Length::Week, "49", "2025-W49");
    span(Length::Week, "5th", "2026-W45");
    span(Length::Month, "5th", "2026-11");
    span(Length::Week, "6w", "2026-W42");
    for text in [
        "last",
        "10",
        "oct",
        "2026-10",
        "last-month",
        "1 Oct",
        "2026-W42",
    ] {
        span(Length::Month, text, "2026-10");
    }
    for text in ["last", "3", "q3", "2026-Q3", "last quarter", "sep"] {
        span(Length::Quarter, text, "2026-Q3");
    }
    for text in ["last", "2025", "dec", "last-year"] {
        span(Length::Year, text, "2025");
    }
    span(Length::Week, "nov", "“nov” is longer than a week");
    span(
        Length::Week,
        "99",
        "“99” is not a week; try last, 48, W48, 2026-W48 or a day in it",
    );
    span(
        Length::Quarter,
        "5",
        "“5” is not a quarter; try last, Q3, 2026-Q3 or a day in it",
    );
}

#[test]
fn invalid_text_is_reported() {
    due("30 Feb", "no such day: 30 Feb");
    due("2026-13-01", "no such day: 2026-13-01");
    due("0 Dec", "no such day: 0 Dec");
    due("31.11.", "no such day: 31.11.");
    due(
        "fryday",
        "“fryday” is not a day; try fri, tomorrow, 2w, 4 Dec or 2026-12-04",
    );
    for text in [
        "",
        "+",
        "+99999999999d",
        "9999999999w",
        "4294967295y",
        "+3x",
        "4",
        "48",
        "dezember 4 4 4",
        "12/4",
        "4.",
        "🙂",
        "last",
        "last time",
        "0000-00",
        "2026-W60",
        "W99",
        "日",
        "-",
        "w",
        "a",
        "in",
        "ago",
        "end of",
        "in in 2 days",
    ] {
        assert!(parse_day(text, now(), Direction::Future).is_err(), "{text}");
        assert!(parse_range(text, now()).is_err(), "{text}");
    }
}

#[test]
fn what_can_be_two_days_is_refused_with_both() {
    due("4/12", "“4/12” can be 4 Dec or 12 Apr; write one of these");
    done(
        "4-12-2025",
        "“4-12-2025” can be 4 Dec 2025 or 12 Apr 2025; write one of these",
    );
    due(
        "next fri",
        "“next fri” can be Fri 27 Nov or Fri 4 Dec; write one of these",
    );
    done(
        "last mon",
        "“last mon” can be Mon 23 Nov or Mon 16 Nov; write one of these",
    );
    due(
        "Mon 4 Dec",
        "“Mon 4 Dec” is not that day: Friday 4 December 2026",
    );
    due(
        "Fri 20 Nov",
        "“Fri 20 Nov” is not that day: Saturday 20 November 2027",
    );
    let friday = at("2026-11-27T09:00:00+01:00");
    let next = parse_day("next fri", friday, Direction::Future).expect("only one is ahead");
    assert_eq!(next.to_string(), "2026-12-04");
}

#[test]
fn by_friday_turns_over_at_noon_and_this_friday_does_not() {
    let afternoon = at("2026-11-27T15:00:00+01:00");
    let day = |text| parse_day(text, afternoon, Direction::Future).map(|day| day.to_string());
    assert_eq!(day("fri").as_deref(), Ok("2026-12-04"));
    assert_eq!(day("this fri").as_deref(), Ok("2026-11-27"));
    assert_eq!(day("end of week").as_deref(), Ok("2026-11-27"));
    let saturday = at("2026-11-28T15:00:00+01:00");
    let day = |text| parse_day(text, saturday, Direction::Future).map(|day| day.to_string());
    assert_eq!(day("this week").as_deref(), Ok("2026-11-29"));
    assert_eq!(day("this fri").as_deref(), Ok("2026-12-04"));
}

#[test]
fn another_due_day_turns_over_as_friday_does() {
    let due_day = DueDay {
        weekday: Weekday::Wed,
        until_hour: 12,
    };
    let wednesday = at("2026-11-25T13:00:00+01:00").with_due_day(due_day);
    let day = |text| parse_day(text, wednesday, Direction::Future).map(|day| day.to_string());
    assert_eq!(day("wed").as_deref(), Ok("2026-12-02"));
    assert_eq!(day("this wed").as_deref(), Ok("2026-11-25"));
    assert_eq!(day("fri").as_deref(), Ok("2026-11-27"));
    assert_eq!(day("next week").as_deref(), Ok("2026-12-02"));
}

#[test]
fn a_day_in_a_field_is_read_back_as_itself() {
    let now = now();
    for days in 0..1_000 {
        for date in [now.today() + Days::new(days), now.today() - Days::new(days)] {
            let dues = [0, 4, 340, 800].map(|ago| now.today() - Days::new(ago));
            let another = dues.into_iter().chain([date]).map(Direction::Rescheduled);
            for direction in another.chain([Direction::Future, Direction::Past]) {
                let text = editable_date(date, now.today(), direction);
                assert_eq!(parse_day(&text, now, direction), Ok(date), "{text}");
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(
        text in "(in |next |last |end of |by |[+-])?[0-9]{0,11}[ .-]?(d|days|w|w9|week|months|y|q|nov|fri|ago|\\PC{0,4})([ .-]\\PC{0,6})?",
        day in "(0001|2026|9998)-(01-01|06-30|12-31)",
    ) {
        let now = self::at(&format!("{day}T09:15:02+01:00"));
        for direction in [Direction::Future, Direction::Past] {
            if let Ok(day) = parse_day(&text, now, direction) {
                proptest::prop_assert!((-1..=10_001).contains(&day.year()), "{}", day);
            }
        }
        let _ = parse_range(&text, now);
        for length in Length::ALL {
            if let Ok(span) = parse_span(&text, now, length) {
                proptest::prop_assert_eq!(span.length(), Some(length));
            }
        }
    }
}

#[track_caller]
fn days_off(text: &str, expected: &str) {
    let found = match parse_days(text, now()) {
        Ok(days) if days.start() == days.end() => days.start().to_string(),
        Ok(days) => format!("{} to {}", days.start(), days.end()),
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn days_off_are_near_and_in_order() {
    days_off("today", "2026-11-24");
    days_off("fri", "2026-11-27");
    days_off("this week", "2026-11-23 to 2026-11-29");
    days_off("next-week", "2026-11-30 to 2026-12-06");
    days_off("last week", "2026-11-16 to 2026-11-22");
    days_off("W53", "2026-12-28 to 2027-01-03");
    days_off("W47", "2026-11-16 to 2026-11-22");
    days_off("week 48", "2026-11-23 to 2026-11-29");
    days_off("w2", "2027-01-11 to 2027-01-17");
    days_off("august", "2026-08-01 to 2026-08-31");
    days_off("W46 to W47", "2026-11-09 to 2026-11-22");
    days_off("W52 to W1", "2026-12-21 to 2027-01-10");
    days_off("16 Nov", "2026-11-16");
    days_off("20th", "2026-11-20");
    days_off("5th", "2026-12-05");
    days_off("3 Aug to 21 Aug", "2026-08-03 to 2026-08-21");
    days_off("3 to 21 aug 2027", "2027-08-03 to 2027-08-21");
    days_off("21 Dec – 3 Jan", "2026-12-21 to 2027-01-03");
    days_off("20 oct until 2 nov", "2026-10-20 to 2026-11-02");
    days_off("thu to tue", "2026-11-26 to 2026-12-01");
    days_off("tomorrow to fri", "2026-11-25 to 2026-11-27");
    days_off("2026-12-24..2026-12-31", "2026-12-24 to 2026-12-31");
    days_off("2026-12-24 to 2026-12-31", "2026-12-24 to 2026-12-31");
    let refused =
        "is not days; try today, this week, fri to tue, 3 to 21 Aug or 2026-12-24 to 2026-12-31";
    for text in ["", "soon", "31 to 2 jan"] {
        let found = parse_days(text, now()).map_err(|error| error.to_string());
        let error = found.expect_err(text);
        assert!(error.ends_with(refused), "{text}: {error}");
    }
    days_off(
        "today to 2050-01-01",
        "“today to 2050-01-01” is longer than three years",
    );
    for text in [
        "today to yesterday",
        "fri to today",
        "in 3 days to tomorrow",
        "2026-12-31 to 2026-12-24",
        "4 dec to 1 dec",
        "24 nov - 3 aug",
    ] {
        days_off(text, &format!("“{text}” ends before it begins"));
    }
    days_off("31 Nov", "no such day: 31 Nov");
}

/// The ways in which a day is shown and written, those that tell the day from the month.
fn written(date: NaiveDate, today: NaiveDate) -> Vec<String> {
    let (day, month, year) = (date.day(), date.month(), date.year());
    vec![
        date.to_string(),
        full_date(date),
        short_date(date, today),
        short_date(date, NaiveDate::MIN),
        crate::calendar::date_and_distance(date, today),
        format!("{day} {} {year}", MONTHS[date.month0() as usize]),
        format!("{day}.{month}.{year}"),
        format!("{day}.{month}."),
        format!("{day}/{month}/{year}"),
        format!("{month}/{day}/{year}"),
        format!("{day}/{month}"),
        format!("{month}-{day}"),
        format!("{year}/{month}/{day}"),
    ]
}

proptest::proptest! {
    #[test]
    fn a_day_is_never_read_as_another(today in 0..4_000_u64, away in -800..800_i64) {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2020-01-01") + Days::new(today);
        let now = self::at(&format!("{today}T09:15:02+01:00"));
        let date = today + chrono::Duration::days(away);
        let directions = [Direction::Future, Direction::Near, Direction::Past];
        for (place, text) in written(date, today).iter().enumerate() {
            for direction in directions {
                match parse_day(text, now, direction) {
                    Ok(found) if text.contains(&date.year().to_string()) => {
                        proptest::prop_assert_eq!(found, date, "{}", text);
                    }
                    Ok(found) => {
                        let same = (found.day(), found.month()) == (date.day(), date.month());
                        proptest::prop_assert!(same, "{}", text);
                        let weekday = parse_weekday(&text[..2]);
                        proptest::prop_assert!(weekday.is_none_or(|it| it == found.weekday()), "{}", text);
                    }
                    // With its year, a day is read in any direction, but not from a slash.
                    Err(error) => {
                        let is_two = matches!(error, DayError::Ambiguous(..)) && place > 7;
                        let has_year = text.contains(&date.year().to_string());
                        proptest::prop_assert!(is_two || !has_year, "{}: {}", text, error);
                    }
                }
            }
            // What is shown for a day that is near is read where such a day is asked for.
            let shown = if away < 0 { Direction::Past } else { Direction::Future };
            if place < 5 && away.abs() < 150 {
                proptest::prop_assert_eq!(parse_day(text, now, shown), Ok(date), "{}", text);
            }
        }
        if away.abs() < 14 {
            let text = humanize(date, today);
            proptest::prop_assert_eq!(parse_day(&text, now, Direction::Near), Ok(date), "{}", text);
        }
    }

    #[test]
    fn the_name_of_a_span_is_read_as_that_span(today in 0..4_000_u64, back in 0..900_u64) {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2020-01-01") + Days::new(today);
        let now = self::at(&format!("{today}T09:15:02+01:00"));
        let before = today - Days::new(back);
        for length in Length::ALL {
            let span = Span::of(length, before);
            for text in [span.to_string(), span.label(today)] {
                let found = parse_range(&text, now);
                proptest::prop_assert_eq!(found, Ok(span.first()..=span.last()), "{}", text);
                let found = parse_span(&text, now, length);
                proptest::prop_assert_eq!(found, Ok(span), "{}", text);
            }
        }
        let span = Span::Days(before, today - Days::new(back / 2));
        let found = parse_range(&span.label(today), now);
        let days = if span.last() == today { before..=before } else { before..=span.last() };
        if back < 150 {
            proptest::prop_assert_eq!(found, Ok(days), "{}", span.label(today));
        }
    }
}
