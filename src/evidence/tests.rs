//! Output of each format with the lines that are shown.

use chrono::Datelike;

use super::*;
use crate::config::Config;
use crate::user_file::UserFile;

/// Tuesday of week 48, an hour ahead of UTC.
fn now() -> Now {
    Now::new("2026-11-24T09:15:00+01:00".parse().expect("a time"))
}

fn source(keys: &str) -> EvidenceSource {
    let file = UserFile {
        path: String::new(),
        text: format!("[[evidence]]\n{keys}\n"),
    };
    let config = Config::parse(&file).expect("a source");
    config.evidence.into_iter().next().expect("a source")
}

fn output(text: &str) -> CommandOutput {
    CommandOutput {
        bytes: text.as_bytes().to_vec(),
        ended: CommandEnd::Success,
    }
}

#[track_caller]
fn read(keys: &str, text: &str) -> Evidence {
    read_outputs(&source(keys), &[output(text)], now().week(), now())
}

/// Output, and the lines it is read as.
#[track_caller]
fn check(keys: &str, text: &str, expected: &[&str]) {
    let evidence = read(keys, text);
    let shown = |line: &EvidenceLine| {
        let day = line.day.map_or("-".to_owned(), |day| day.to_string());
        let link = line.link.as_deref().unwrap_or("-");
        format!("{day} | {} | {link}", line.text)
    };
    let lines: Vec<String> = evidence.lines.iter().map(shown).collect();
    assert_eq!(lines, expected, "{:?}", evidence.problems);
}

const LINES: &str = "name = \"a\"\nrun = [\"a\"]";

#[test]
fn a_line_is_a_text_or_columns() {
    check(
        LINES,
        "Wrote the page\n\n  two  words \n",
        &["- | Wrote the page | -", "- | two words | -"],
    );
    check(LINES, "2026-11-24\tOwners\n", &["2026-11-24 | Owners | -"]);
    check(
        LINES,
        "2026-11-24\tOwners\thttps://example.org/1\n",
        &["2026-11-24 | Owners | https://example.org/1"],
    );
    check(LINES, "Owners\t9f1c02aa\n", &["- | Owners | 9f1c02aa"]);
    check(LINES, "\tOwners\t9f1c02aa\n", &["- | Owners | 9f1c02aa"]);
    // A number is no day.
    check(LINES, "20261124\t9f1c02aa\n", &["- | 20261124 | 9f1c02aa"]);
    check(LINES, "", &[]);
}

#[test]
fn only_lines_of_the_week_are_shown_the_earliest_first() {
    check(
        LINES,
        "2026-11-30\tnext\n2026-11-29\tSunday\n2026-11-23\tMonday\n2026-11-22\tlast\nno day\n",
        &[
            "2026-11-23 | Monday | -",
            "2026-11-29 | Sunday | -",
            "- | no day | -",
        ],
    );
    // Sunday evening in UTC is Monday here.
    check(
        LINES,
        "2026-11-22T23:30:00Z\tlate\n",
        &["2026-11-23 | late | -"],
    );
    check(LINES, "2026-11-29T23:30:00Z\tlater\n", &[]);
    check(LINES, "2026-11-24 10:00\ta\n", &["2026-11-24 | a | -"]);
}

#[test]
fn a_link_is_made_from_the_columns() {
    check(
        &format!("{LINES}\nlink = \"https://example.org/{{3}}?on={{1}}\""),
        "2026-11-24\tOwners\t9f1c02aa\n",
        &["2026-11-24 | Owners | https://example.org/9f1c02aa?on=2026-11-24"],
    );
}

/// Without a day, the first column is the text; a link that needs a column which is not there is none.
#[test]
fn a_link_is_made_from_the_columns_that_are_there() {
    let link = |template: &str| format!("{LINES}\nlink = \"x://{template}\"");
    check(&link("{1}"), "T-12\tFix it\n", &["- | T-12 | x://T-12"]);
    check(
        &link("{2}/{3}"),
        "T-12\tFix it\n",
        &["- | T-12 | x://T-12/Fix it"],
    );
    check(&link("{1}{2}"), "\tFix it\n", &["- | Fix it | x://Fix it"]);
    check(
        &link("{3}"),
        "2026-11-24\tFix it\n",
        &["2026-11-24 | Fix it | -"],
    );
    check(&link("{x}{}{1}"), "{2}\n", &["- | {2} | x://{x}{}{2}"]);
}

#[test]
fn text_from_outside_controls_nothing() {
    check(
        LINES,
        "\u{1b}[31mred\u{1b}[0m\u{7}\u{1b}]0;title\tx\u{202e}y\n",
        &["- | red␇␛]0;title | x⟨RLO⟩y"],
    );
    let link = "\u{1b}]8;;https://example.org\u{1b}\\here\u{1b}]8;;\u{7} too";
    check(LINES, link, &["- | here too | -"]);
    let bytes = CommandOutput {
        bytes: b"\xff\xfeno\n".to_vec(),
        ended: CommandEnd::Success,
    };
    let evidence = read_outputs(&source(LINES), &[bytes], now().week(), now());
    assert_eq!(evidence.lines[0].text, "\u{fffd}\u{fffd}no");
}

#[test]
fn json_is_a_list_or_one_object_after_the_other() {
    let keys =
        "name = \"a\"\nrun = [\"a\"]\nformat = \"json\"\ncolumns = [\"at\", \"f.title\", \"url\"]";
    let one = r#"{"at":"2026-11-24T10:00:00Z","f":{"title":"One"},"url":"https://example.org/1"}"#;
    let two = r#"{"at":"20261125T100000Z","f":{"title":2},"url":null}"#;
    let lines = [
        "2026-11-24 | One | https://example.org/1",
        "2026-11-25 | 2 | -",
    ];
    check(keys, &format!("[{one},{two}]"), &lines);
    check(keys, &format!("{one}\n{two}\n"), &lines);
    check(keys, "[]", &[]);
    check(keys, "", &[]);
    check(
        keys,
        r#"[{"at":null,"f":{"title":"no day"}},{"other":1}]"#,
        &["- | no day | -"],
    );
    let left_out = read(
        keys,
        &format!(r#"[{one},{{"at":"2026-11-24","title":"x"}},{{"at":"2026-10-24"}}]"#),
    );
    assert_eq!(left_out.lines.len(), 1);
    assert_eq!(
        left_out.problems,
        ["1 object left out: no text in `f.title`"]
    );
    let wrong = read(keys, "no network");
    assert!(wrong.has_failed);
    let problems = ["a: its output is not JSON: expected ident at line 1 column 2"];
    assert_eq!(wrong.problems, problems);
}

const ICS: &str = "name = \"a\"\nfile = \"a.ics\"\nformat = \"ics\"";

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

#[test]
fn events_of_the_week_are_lines() {
    let text = calendar(
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=\"Europe/Zurich: home\":20261125T140000\r\n\
         DTEND;TZID=Europe/Zurich:20261125T150000\r\nSUMMARY:Talk\\, with a very lo\r\n ng title\r\n\
         URL:https://example.org/talk\r\nBEGIN:VALARM\r\nSUMMARY:Alarm\r\nDTSTART:20260101\r\n\
         END:VALARM\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\nDTSTART:20261122T233000Z\nSUMMARY:Early call\nEND:VEVENT\n\
         BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261121\r\nDTEND;VALUE=DATE:20261125\r\n\
         SUMMARY:Conference\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261120\r\nDTEND;VALUE=DATE:20261123\r\n\
         SUMMARY:Over by Monday\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nDTSTART:20261124\r\nSUMMARY:Called off\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
         BEGIN:VTODO\r\nDTSTART:20261124\r\nSUMMARY:A task\r\nEND:VTODO\r\n\
         BEGIN:VEVENT\r\nDTSTART:20261130\r\nSUMMARY:Next week\r\nEND:VEVENT\r\n",
    );
    let lines = [
        "2026-11-23 | Conference | -",
        "2026-11-23 | Early call | -",
        "2026-11-25 | Talk, with a very long title | https://example.org/talk",
    ];
    check(ICS, &text, &lines);
}

/// An event with these lines besides its name.
fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nSUMMARY:Standup\n{lines}\nEND:VEVENT\n")
}

/// The days of the week, from Monday the 23rd, on which events are.
#[track_caller]
fn check_days(events: &[&str], expected: &[u32]) {
    let events: Vec<String> = events.iter().map(|lines| event(lines)).collect();
    let evidence = read(ICS, &calendar(&events.concat()));
    let days = evidence.lines.iter().filter_map(|line| line.day);
    let days: Vec<u32> = days.map(|day| day.day()).collect();
    assert_eq!(days, expected, "{events:?}");
    assert_eq!(evidence.problems, [""; 0]);
}

#[test]
fn events_that_repeat_are_on_each_of_their_days() {
    let work = "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
    check_days(
        &[&format!("DTSTART:20260105T090000\n{work}")],
        &[23, 24, 25, 26, 27],
    );
    // It begins in the middle of the week, or ends there.
    check_days(
        &[&format!("DTSTART:20261125T090000\n{work}")],
        &[25, 26, 27],
    );
    check_days(&[&format!("DTSTART:20261130T090000\n{work}")], &[]);
    let until = |last: &str| format!("DTSTART:20260105T090000\n{work};UNTIL={last}");
    check_days(&[&until("20261124")], &[23, 24]);
    check_days(&[&until("20261124T090000")], &[23, 24]);
    check_days(&[&until("20261124T085959")], &[23]);
    // 08:00 in UTC is nine o'clock here, and 07:00 may have been in summer.
    check_days(&[&until("20261124T080000Z")], &[23, 24]);
    check_days(&[&until("20261124T065959Z")], &[23]);
    let twice = "DTSTART;VALUE=DATE:20261116\nRRULE:FREQ=DAILY;INTERVAL=4;COUNT=3";
    check_days(&[twice], &[24]);
    check_days(
        &["DTSTART;VALUE=DATE:20261121\nRDATE;VALUE=DATE:20261125,20261127"],
        &[25, 27],
    );
    // Late on Sunday in UTC is Monday here.
    check_days(&["DTSTART:20261101T233000Z\nRRULE:FREQ=WEEKLY"], &[23]);
    // Each time it takes three days: one began before the week.
    let conference = "DTSTART;VALUE=DATE:20261108\nDTEND;VALUE=DATE:20261111\nRRULE:FREQ=WEEKLY";
    check_days(&[conference], &[23, 29]);
}

#[test]
fn single_days_of_a_series_are_left_out_moved_and_cancelled() {
    let daily = "UID:1\nDTSTART;TZID=Europe/Zurich:20261101T090000\nRRULE:FREQ=DAILY";
    let without = format!(
        "{daily}\nEXDATE;TZID=Europe/Zurich:20261123T090000,20261125T090000\nEXDATE:20261126T080000Z"
    );
    check_days(&[&without], &[24, 27, 28, 29]);
    check_days(
        &[&format!("{daily}\nEXDATE;VALUE=DATE:20261124")],
        &[23, 25, 26, 27, 28, 29],
    );
    // One is moved within the week, one out of it, one into it, and one is cancelled.
    let moved = |day: &str, to: &str, more: &str| {
        format!("UID:1\nRECURRENCE-ID;TZID=Europe/Zurich:{day}T090000\nDTSTART:{to}T150000{more}")
    };
    let series = [
        moved("20261123", "20261125", ""),
        daily.to_owned(),
        moved("20261124", "20261204", ""),
        moved("20261110", "20261129", ""),
        moved("20261127", "20261127", "\nSTATUS:CANCELLED"),
    ];
    let series: Vec<&str> = series.iter().map(String::as_str).collect();
    check_days(&series, &[25, 25, 26, 28, 29, 29]);
    // Those of another series have no effect.
    let other = moved("20261123", "20261125", "").replace("UID:1", "UID:2");
    check_days(&[daily, &other], &[23, 24, 25, 25, 26, 27, 28, 29]);
    check_days(&[&format!("{daily}\nSTATUS:CANCELLED")], &[]);
}

#[test]
fn a_duration_is_as_good_as_an_end() {
    for (start, duration, days) in [
        ("DTSTART:20261120T080000", "P5D", &[23][..]),
        ("DTSTART;VALUE=DATE:20261120", "P3D", &[]),
        ("DTSTART;VALUE=DATE:20261120", "P4D", &[23]),
        ("DTSTART;VALUE=DATE:20261116", "+P1W", &[]),
        ("DTSTART:20261122T200000", "PT4H", &[]),
        ("DTSTART:20261122T200000", "PT4H0M1S", &[23]),
        ("DTSTART:20261122T200000", "P0DT3H61M", &[23]),
        ("DTSTART:20261122T200000Z", "PT3H", &[]),
        ("DTSTART:20261122T200000Z", "PT4H", &[23]),
        ("DTSTART:20261120T080000", "-P5D", &[]),
        ("DTSTART:20261120T080000", "P99999999999999999999D", &[]),
        ("DTSTART:20261120T080000", "P9999999999D", &[]),
        ("DTSTART:20261120T080000", "5D", &[]),
        ("DTSTART:20261120T080000\nDTEND:20261120T090000", "P5D", &[]),
        (
            "DTSTART:20261108T080000\nRRULE:FREQ=WEEKLY",
            "P3D",
            &[23, 29],
        ),
    ] {
        check_days(&[&format!("{start}\nDURATION:{duration}")], days);
    }
}

/// The zone of Los Angeles as calendars bring it along, with the name the events here have for it.
const LOS_ANGELES: &str = "BEGIN:VTIMEZONE\nTZID:America/Los_Angeles\nBEGIN:DAYLIGHT\n\
    TZOFFSETFROM:-0800\nTZOFFSETTO:-0700\nDTSTART:20070311T020000\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\nEND:DAYLIGHT\nBEGIN:STANDARD\nTZOFFSETFROM:-0700\n\
    TZOFFSETTO:-0800\nDTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\n\
    END:STANDARD\nEND:VTIMEZONE\n";

/// A moment in UTC is one of the zone of the series: by the zone in the file, or else by the time of
/// day of the series.
#[test]
fn moments_in_utc_are_read_in_the_zone_of_the_series() {
    let morning = "DTSTART;TZID=America/Los_Angeles:20261116T070000\nRRULE:FREQ=DAILY";
    let evening = "UID:1\nDTSTART;TZID=America/Los_Angeles:20261116T200000\nRRULE:FREQ=WEEKLY";
    let daily = evening.replace("WEEKLY", "DAILY");
    let moved = "UID:1\nRECURRENCE-ID:20261124T040000Z\nDTSTART:20261125T200000";
    for (events, days) in [
        (vec![format!("{morning};UNTIL=20261124T075959Z")], &[23][..]),
        (vec![format!("{morning};UNTIL=20261124T150000Z")], &[23, 24]),
        (vec![format!("{evening}\nEXDATE:20261124T040000Z")], &[]),
        (
            vec![format!("{daily}\nEXDATE:20261124T040000Z,20261127T040000Z")],
            &[24, 25, 27, 28, 29],
        ),
        (vec![evening.to_owned(), moved.to_owned()], &[25]),
        (
            vec![moved.to_owned(), daily.clone()],
            &[24, 25, 25, 26, 27, 28, 29],
        ),
        (
            vec![format!("{evening}\nRDATE:20261128T040000Z")],
            &[23, 27],
        ),
    ] {
        let shown: Vec<&str> = events.iter().map(String::as_str).collect();
        check_days(&shown, days);
        let events: String = events.iter().map(|it| event(it)).collect();
        let evidence = read(ICS, &calendar(&(events + LOS_ANGELES)));
        let seen = evidence.lines.iter().filter_map(|line| line.day);
        assert_eq!(seen.map(|day| day.day()).collect::<Vec<u32>>(), days);
    }
    // Only the zone in the file tells that the last one is on the 23rd, five hours before this.
    let unusual = event(&format!("{morning};UNTIL=20261124T110000Z"));
    let evidence = read(ICS, &calendar(&(unusual + LOS_ANGELES)));
    assert_eq!(evidence.lines.len(), 1);
    // In Auckland it is 13 hours later in summer, which no offset tells from 11 hours earlier.
    let auckland = "BEGIN:VTIMEZONE\nTZID:NZ\nBEGIN:DAYLIGHT\nTZOFFSETFROM:+1200\nTZOFFSETTO:+1300\n\
                    DTSTART:20260927T020000\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    let series = event("DTSTART;TZID=NZ:20261101T090000\nRRULE:FREQ=DAILY;UNTIL=20261123T200000Z");
    assert_eq!(read(ICS, &calendar(&(series + auckland))).lines.len(), 2);
}

/// Its first day is shown, or what another event says of it, and the others cannot be.
#[test]
fn a_rule_that_is_not_understood_is_said_also_in_its_first_week() {
    let rule = |rule: &str| {
        event(&format!(
            "UID:1\nDTSTART:20261124T090000\nRRULE:FREQ={rule}"
        ))
    };
    let said = "1 repeating event only on its first day: a rule that is unknown or takes too long";
    for rule in [
        rule("DAILY;BYHOUR=9,12"),
        rule("HOURLY"),
        rule("SECONDLY"),
        rule("YEARLY;BYWEEKNO=48"),
        rule("DAILY\nEXRULE:FREQ=WEEKLY"),
        rule("DAILY\nRRULE:FREQ=WEEKLY"),
    ] {
        let evidence = read(ICS, &calendar(&rule));
        assert_eq!(
            (evidence.lines.len(), &*evidence.problems),
            (1, &[said.to_owned()][..]),
            "{rule}"
        );
    }
    let from_now_on = |day: &str| {
        let moved =
            format!("UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:{day}T090000\nDTSTART:{day}T150000");
        let series = event("UID:1\nDTSTART:20261101T090000\nRRULE:FREQ=DAILY") + &event(&moved);
        let evidence = read(ICS, &calendar(&series));
        let days = evidence.lines.iter().filter_map(|line| line.day);
        (
            days.map(|day| day.day()).collect::<Vec<u32>>(),
            evidence.problems,
        )
    };
    assert_eq!(
        from_now_on("20261125"),
        (vec![23, 24, 25], vec![said.to_owned()])
    );
    let left_out = "1 repeating event left out: rules that are unknown or take too long";
    assert_eq!(from_now_on("20261110"), (vec![], vec![left_out.to_owned()]));
    assert_eq!(from_now_on("20261204").1, [""; 0]);
}

#[test]
fn what_is_not_a_calendar_is_said() {
    for text in [
        "<!doctype html>\n<title>Log in</title>\n",
        "\u{1}\u{2}\u{fffd}",
    ] {
        let evidence = read(ICS, text);
        assert!(evidence.has_failed);
        let problem = "a.ics: it is not a calendar: no line BEGIN:VCALENDAR";
        assert_eq!(evidence.problems, [problem]);
    }
    assert_eq!(read(ICS, &calendar("")), Evidence::default());
    assert_eq!(read(ICS, "\n"), Evidence::default());
}

#[test]
fn events_whose_rule_is_not_understood_are_counted() {
    let hourly = |start: &str| event(&format!("DTSTART:{start}T090000\nRRULE:FREQ=HOURLY"));
    let ended = event("DTSTART:20260105T090000\nRRULE:FREQ=HOURLY;UNTIL=20260201T000000Z");
    let events = [
        hourly("20261124"),
        hourly("20260105"),
        hourly("20270105"),
        ended,
    ];
    let evidence = read(ICS, &calendar(&events.concat()));
    assert_eq!(evidence.lines.len(), 1);
    let problems = [
        "1 repeating event left out: rules that are unknown or take too long",
        "1 repeating event only on its first day: a rule that is unknown or takes too long",
    ];
    assert_eq!(evidence.problems, problems);
    assert!(!evidence.has_failed);
}

#[test]
fn a_calendar_of_endless_rules_takes_no_longer() {
    for (rule, most) in [
        ("DAILY;COUNT=4000000000", 7 * 100),
        ("YEARLY;COUNT=9999", 10),
    ] {
        let rules = format!("DTSTART:00010101T090000\nRRULE:FREQ={rule}");
        let evidence = read(ICS, &calendar(&event(&rules).repeat(2_000)));
        assert!(evidence.lines.len() < most, "{}", evidence.lines.len());
        assert_eq!(evidence.problems.len(), 1, "{rule}");
    }
    let except = ",20261124T090000".repeat(20_000);
    let long = "DTSTART:19000101T090000\nDTEND:29000101T090000\nRRULE:FREQ=DAILY";
    let evidence = read(ICS, &calendar(&event(&format!("{long}\nEXDATE:{except}"))));
    // Its first day is shown.
    assert_eq!((evidence.lines.len(), evidence.problems.len()), (1, 1));
}

#[test]
fn a_year_of_more_than_four_digits_is_no_day() {
    let far = event("DTSTART:+262142 12 31T235959Z");
    check(ICS, &calendar(&far), &[]);
}

/// It is winter now, and the last one is at nine in summer time.
#[test]
fn the_last_of_a_series_may_be_in_summer_time() {
    let rule = "RRULE:FREQ=DAILY;UNTIL=20260702T070000Z";
    let series = event(&format!(
        "DTSTART;TZID=Europe/Zurich:20260601T090000\n{rule}"
    ));
    let week = Week::of("2026-07-02".parse().expect("a day"));
    let output = output(&calendar(&series));
    let evidence = read_outputs(&source(ICS), &[output], week, now());
    assert_eq!(evidence.lines.len(), 4, "{:?}", evidence.lines);
}

#[test]
fn broken_calendars_are_read_as_far_as_possible() {
    for text in [
        "",
        "BEGIN:VEVENT",
        "END:VEVENT\nEND:X\n",
        "\n \n:\n;:\n",
        "BEGIN:VEVENT\nDTSTART:99\nEND:VEVENT",
    ] {
        check(ICS, text, &[]);
    }
}

/// How a command ended, and what is said of it.
#[track_caller]
fn problem(ended: CommandEnd, expected: &str) {
    let output = CommandOutput {
        bytes: b"still shown\n".to_vec(),
        ended,
    };
    let evidence = read_outputs(&source(LINES), &[output], now().week(), now());
    assert_eq!(evidence.problems, [expected]);
    assert!(evidence.has_failed && evidence.lines.len() == 1);
}

#[test]
fn failures_say_which_command_and_why() {
    problem(
        CommandEnd::ExitCode(1, "\n".to_owned()),
        "a failed with exit code 1",
    );
    problem(
        CommandEnd::ExitCode(128, "fatal: \u{1b}[31mno\u{1b}[0m\u{7}".to_owned()),
        "a failed with exit code 128: fatal: no␇",
    );
    problem(CommandEnd::Signal(9), "a was ended by signal 9");
    let limit = CommandEnd::TimedOut(Duration::from_secs(10));
    problem(limit, "a was ended: it took longer than 10 seconds");
    problem(CommandEnd::TooLong, "a was ended: it wrote more than 1 MB");
    problem(
        CommandEnd::NotStarted("no such program".to_owned()),
        "a: no such program",
    );
}

#[test]
fn too_many_lines_are_left_out_and_counted() {
    let evidence = read(LINES, &"line\n".repeat(MOST_LINES + 3));
    assert_eq!(evidence.lines.len(), MOST_LINES);
    assert_eq!(evidence.problems, ["3 more lines left out"]);
}

#[test]
fn the_days_of_the_week_are_filled_in() {
    let keys = "name = \"a\"\nshell = \"x {from} {to} {before} {after} {week} {other} {print}\"";
    let script = "x 2026-11-23 2026-11-29 2026-11-22 2026-11-30 2026-W48 {other} {print}";
    let expected = [EvidenceCommand::Shell(script.to_owned())];
    assert_eq!(commands(&source(keys), now().week()), expected);
}

#[test]
fn a_line_is_taken_with_its_link() {
    let line = |link: Option<&str>| EvidenceLine {
        day: None,
        text: "Owners".to_owned(),
        link: link.map(str::to_owned),
    };
    assert_eq!(line(None).as_text(), "Owners");
    assert_eq!(line(Some("9f1c02aa")).as_text(), "Owners (9f1c02aa)");
    let link = "https://example.org/1";
    assert_eq!(line(Some(link)).as_text(), "Owners https://example.org/1");
}
