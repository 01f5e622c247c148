//! Odd clocks: no entry is hidden, no panic, and this week and by Friday are right.

use leadby::calendar::{Now, Timestamp, Week, next_due_day};

use super::{Home, finish};

/// Checks the week, and the day that by Friday means, at this time.
#[track_caller]
fn check(now: &str, week: &str, friday: &str) {
    let home = Home::in_memory().at(Some(now));
    home.ok(&["commit", "x"]);
    let status: serde_json::Value =
        serde_json::from_str(&home.ok(&["status", "--json"])).expect("JSON");
    assert_eq!(status["week"], week, "{now}");
    assert_eq!(home.listed()[0]["due"], friday, "{now}");
    for call in [
        &["status"][..],
        &["list"],
        &["status", "--short"],
        &["doctor"],
    ] {
        assert!(matches!(home.run(call).code, Some(0 | 1)), "{now} {call:?}");
    }
}

#[test]
fn this_week_and_by_friday_are_right_on_odd_days() {
    check("1970-01-01T00:00:00Z", "1970-W01", "1970-01-02");
    check("1969-12-31T23:59:59-00:01", "1970-W01", "1970-01-02");
    check("2038-01-19T03:14:08Z", "2038-W03", "2038-01-22");
    check("2100-02-28T23:59:59Z", "2100-W08", "2100-03-05");
    // The 53rd week belongs to the year of its Thursday.
    check("2026-12-28T00:00:00+01:00", "2026-W53", "2027-01-01");
    check("2027-01-01T11:59:59+01:00", "2026-W53", "2027-01-01");
    check("2027-01-01T12:00:00+01:00", "2026-W53", "2027-01-08");
    check("2027-01-03T23:59:59+01:00", "2026-W53", "2027-01-08");
    check("2027-01-04T00:00:00+01:00", "2027-W01", "2027-01-08");
    // One time, three dates: the user's time zone decides.
    check("2026-11-27T23:30:00+14:00", "2026-W48", "2026-12-04");
    check("2026-11-27T15:15:00+05:45", "2026-W48", "2026-12-04");
    check("2026-11-27T09:30:00Z", "2026-W48", "2026-11-27");
    check("2026-11-29T22:30:00-11:00", "2026-W48", "2026-12-04");
    // The skipped hour, and the repeated one.
    check("2026-03-29T01:59:59+01:00", "2026-W13", "2026-04-03");
    check("2026-03-29T03:00:00+02:00", "2026-W13", "2026-04-03");
    check("2026-10-25T02:30:00+02:00", "2026-W43", "2026-10-30");
    check("2026-10-25T02:30:00+01:00", "2026-W43", "2026-10-30");
    check("2000-02-29T12:00:00Z", "2000-W09", "2000-03-03");
}

#[test]
fn the_ends_of_the_calendar_stop_no_command() {
    for now in [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "9999-12-24T23:59:59+23:59",
    ] {
        let home = Home::in_memory().at(Some(now));
        for call in [
            &["commit", "x"][..],
            &["commit", "x", "--by", "tomorrow"],
            &["commit", "x", "--by", "next fri"],
            &["commit", "x", "--by", "+9m"],
            &["commit", "x", "--by", "yesterday"],
            &["commit", "x", "--by", "1 jan"],
            &["add", "problem", "x"],
            &["status"],
            &["status", "--json"],
            &["list"],
            &["doctor"],
        ] {
            // Any result is fine; `run` fails on a panic.
            let called = home.run(call);
            assert!(
                matches!(called.code, Some(0..=3)),
                "{now} {call:?} {called:?}"
            );
        }
    }
}

#[test]
fn future_entries_and_a_clock_set_back_hide_no_entry() {
    let later = "2100-01-01T09:00:00Z";
    let home = Home::in_memory().at(Some(later));
    home.ok(&["commit", "from the future", "--by", "2100-01-08"]);
    let id = home.listed()[0]["id"].as_str().expect("an id").to_owned();
    home.ok(&["add", "problem", "another"]);
    for now in ["2026-11-24T09:15:02+01:00", "1970-01-01T00:00:00Z"] {
        let home = Home::with(&home.bytes()).at(Some(now));
        assert_eq!(home.listed().len(), 2);
        // The clock goes back; the later version still counts.
        home.ok(&["edit", &id, "--set", "better=changed"]);
        home.ok(&["check-in", &id, "--kept"]);
        let listed = home.listed();
        let entry = listed.iter().find(|entry| entry["id"] == *id).expect("it");
        assert_eq!(entry["better"], "changed");
        assert_eq!(entry["state"], "kept");
        assert_eq!(entry["rev"], 3);
        for call in [&["status"][..], &["list"], &["show", &id]] {
            assert_eq!(home.run(call).code, Some(0), "{now} {call:?}");
        }
        assert_eq!(home.run(&["doctor"]).output.matches("entr").count(), 1);
    }
}

/// The offset saved in this time zone, with the machine's clock.
#[track_caller]
fn offset_in(zone: &str) -> i32 {
    let home = Home::in_memory().at(None);
    let called = finish(home.command(&["commit", "x"]).env("TZ", zone));
    assert_eq!(called.code, Some(0), "{zone} {called:?}");
    let entry = &home.listed()[0];
    let at: Timestamp = entry["at"]
        .as_str()
        .expect("it")
        .parse()
        .expect("an instant");
    // The due date matches the time saved with it.
    let due = next_due_day(Now::new(at)).to_string();
    assert_eq!(entry["due"], due, "{zone}");
    let status = finish(home.command(&["status", "--json"]).env("TZ", zone));
    let status: serde_json::Value = serde_json::from_str(&status.output).expect("JSON");
    let week = Week::of(at.date_naive());
    let next = week.next();
    let said = status["week"].as_str().expect("a week");
    assert!(
        said == week.to_string() || said == next.to_string(),
        "{zone} {said}"
    );
    at.offset().local_minus_utc()
}

#[test]
fn the_machines_time_zone_counts_and_a_bad_one_stops_no_command() {
    assert_eq!(offset_in("UTC"), 0);
    assert_eq!(offset_in("NPT-5:45"), 5 * 3_600 + 45 * 60);
    assert_eq!(offset_in("<+14>-14"), 14 * 3_600);
    if std::path::Path::new("/usr/share/zoneinfo/Asia/Kathmandu").exists() {
        assert_eq!(offset_in("Asia/Kathmandu"), 5 * 3_600 + 45 * 60);
        assert_eq!(offset_in("Pacific/Kiritimati"), 14 * 3_600);
    }
    for nonsense in [
        "nonsense",
        "",
        ":",
        "Mars/Olympus",
        "../../etc/passwd",
        "\u{1b}[2J",
        "UTC+99:99:99",
    ] {
        offset_in(nonsense);
    }
}
