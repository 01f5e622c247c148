//! Days off: marking them, what is not asked then, and what is not counted.

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn days_off_are_marked_listed_and_taken_back() {
    let empty = TestEnvironment::new();
    let call = |words: &str| {
        let mut call = vec!["off"];
        call.extend(words.split_whitespace());
        let seen = empty.run(&call).seen();
        // Ids differ each time.
        let lines = seen
            .lines()
            .map(|line| line.split("  (").next().unwrap_or(""));
        lines.collect::<Vec<_>>().join("\n")
    };
    let said: Vec<String> = [
        "",
        "21 dec to 3 jan",
        "this week --note Moving",
        "tomorrow",
        "16 nov to 18 nov",
        "3 to 7 aug 2027",
        "",
        "--back 24 dec to 26 dec",
        "--back today",
        "--back today",
        "",
        "soon",
        "tue to 2050-01-01",
        "--back",
        "--note x",
    ]
    .into_iter()
    .map(call)
    .collect();
    assert_snapshot!(said.join("\n---\n"), @"
    -- standard error --
    leadby: the journal is empty.
      `leadby` opens the screens; `leadby commit TEXT` makes a first commitment
    -- exit code 1 --
    ---
    Off: Mon 21 Dec to Sun 3 Jan 2027
    ---
    Off: Mon 23 Nov to Sun 29 Nov
    ---
    Nothing changed: it is so already.
    ---
    Off: Mon 16 Nov to Wed 18 Nov
    ---
    Off: Tue 3 Aug 2027 to Sat 7 Aug 2027
    ---
    Mon 16 Nov to Wed 18 Nov
    Mon 23 Nov to Sun 29 Nov · Moving
    Mon 21 Dec to Sun 3 Jan 2027
    Tue 3 Aug 2027 to Sat 7 Aug 2027
    ---
    Not off any more: Thu 24 Dec to Sat 26 Dec
    ---
    Not off any more: Tue 24 Nov
    ---
    Nothing changed: it is so already.
    ---
    Mon 16 Nov to Wed 18 Nov
    Mon 23 Nov · Moving
    Wed 25 Nov to Sun 29 Nov · Moving
    Mon 21 Dec to Wed 23 Dec
    Sun 27 Dec to Sun 3 Jan 2027
    Tue 3 Aug 2027 to Sat 7 Aug 2027
    ---
    -- standard error --
    leadby: “soon” is not days; try today, this week, fri to tue, 3 to 21 Aug or 2026-12-24 to 2026-12-31.
    -- exit code 2 --
    ---
    -- standard error --
    leadby: “tue to 2050-01-01” is longer than three years.
    -- exit code 2 --
    ---
    -- standard error --
    leadby: `leadby off` needs DAYS.
      `leadby off --help` shows what it takes
    -- exit code 2 --
    ---
    -- standard error --
    leadby: --note needs the days that are off.
    -- exit code 2 --
    ");
    // What came out of the middle of a week is put back: the part behind it, then the part before.
    empty.ok(&["undo"]);
    empty.ok(&["undo"]);
    let listed = call("");
    assert!(listed.contains("Mon 23 Nov to Sun 29 Nov"), "{listed}");
}

#[test]
fn what_is_due_on_a_day_off_is_everywhere_due_on_the_first_day_back() {
    let home = TestEnvironment::new().at("2026-07-20T09:15:00+02:00");
    home.ok(&["commit", "Answer @Ana faster", "--by", "7 aug"]);
    home.ok(&["off", "3 aug to 21 aug"]);
    let home = home.at("2026-08-05T09:15:00+02:00");
    for call in [
        &["status"][..],
        &["portfolio", "--for", "manager"],
        &["portfolio", "--person", "Ana"],
    ] {
        let said = home.ok(call);
        let days = ["due Mon 24 Aug · in 2 weeks", "due 24 August 2026"];
        let is_said = days.iter().any(|day| said.contains(day));
        assert!(is_said, "{call:?}: {said}");
    }
    home.ok(&["list", "--due", "24 aug"]);
    let home = home.at("2026-08-24T09:15:00+02:00");
    let listed = home.ok(&["list"]);
    assert!(listed.contains("due today"), "{listed}");
    for call in [["status"], ["remind"]] {
        let said = home.run(&call).output;
        assert!(said.contains("due Mon 24 Aug · today"), "{call:?}: {said}");
    }
    let home = home.at("2026-08-25T09:15:00+02:00");
    let said = home.run(&["remind"]).output;
    assert!(said.contains("due Mon 24 Aug · yesterday"), "{said}");
}

#[test]
fn a_weekend_comes_back_with_its_friday() {
    let empty = TestEnvironment::new();
    empty.ok(&["off", "21 dec to 27 dec"]);
    let refused = empty.run(&["off", "--back", "26 dec"]);
    assert_snapshot!(refused.seen(), @"
    -- standard error --
    leadby: a weekend is off with its Friday, and Fri 25 Dec is off.
    -- exit code 2 --
    ");
    empty.ok(&["off", "--back", "25 dec to 26 dec"]);
    let listed = empty.ok(&["off"]);
    assert!(
        listed.contains("Thu 24 Dec") && listed.contains("Sun 27 Dec"),
        "{listed}"
    );
}

#[test]
fn on_a_day_off_nothing_is_due_and_the_walk_asks_nothing() {
    let filled = TestEnvironment::filled();
    assert_eq!(filled.run(&["remind"]).code, Some(1));
    filled.ok(&["off", "this week"]);
    let remind = filled.run(&["remind"]);
    assert_eq!((remind.code, remind.output.as_str()), (Some(0), ""));
    assert_snapshot!(filled.run(&["status", "--short"]).seen(), @"W48 1/8 · ▸ Inbox rules (Fri 20 Nov) +1");
    assert_snapshot!(filled.run(&["status"]).seen(), @"
    Week 48 · Tue 24 Nov · 3 days to Friday

    By Friday
      ▸ Inbox rules
        inbox · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov
      ▸ One owner for every release step
        process · due Mon 30 Nov · in 6 days

    This week is off
      ▪ 1 Audit          □ 2 Mastery        ■ 3 Problem        □ 4 Next level
      □ 5 Communication  □ 6 Systems        □ 7 Multiplier     □ 8 Influence
      1 of 8 done

    Kept
      1 of 2 kept

    Problems solved 2026
      J F M A M J J A S O N D
      · · · · · · · · · · ■ ·
    ");
    let status: serde_json::Value =
        serde_json::from_str(&filled.run(&["status", "--json"]).output).expect("JSON");
    assert_eq!(status["off"], true);
    assert_eq!(status["due"], 0);
    let listed = filled.run(&["list", "commitments"]);
    assert!(!listed.output.contains("overdue"), "{listed:?}");
    assert_snapshot!(filled.run_with(&["walk", "--plain"], b"").seen(), @r"
    Week 48 · Tue 24 Nov
    An empty line skips a question, and ends a text of several lines.
    A line of only < goes back one question; \< is that text.
    Ctrl-D leaves the walk; each answer is saved at once.

    This week is off. leadby walk --plain --week 2026-W48 asks anyway.

    W48 1/8 · ▸ Inbox rules (Fri 20 Nov) +1
    ");
    let asked = filled.run_with(&["walk", "--plain", "--week", "W48"], b"");
    assert!(asked.output.contains("putting up with"), "{asked:?}");
    // Back on Monday: due then.
    let monday = filled.at("2026-11-30T09:00:00+01:00");
    assert_eq!(monday.run(&["remind"]).code, Some(1));
    let review = monday.run(&["review", "--week", "2026-W48"]);
    assert!(review.output.contains("No practice was due"), "{review:?}");
}

#[test]
fn what_is_kept_on_the_first_day_back_is_kept_by_its_day() {
    let empty = TestEnvironment::new();
    empty.ok(&["commit", "One owner", "--by", "27 nov"]);
    empty.ok(&["off", "26 nov to 4 dec"]);
    let back = empty.at("2026-12-07T09:00:00+01:00");
    let remind = back.run(&["remind"]).output;
    let said = remind.split("  (").next();
    assert_eq!(said, Some("! One owner · due Mon 7 Dec · today"));
    back.ok(&["check-in", "--kept"]);
    let review = back.run(&["review", "--quarter", "--json"]).output;
    let review: serde_json::Value = serde_json::from_str(&review).expect("JSON");
    assert_eq!(review["figures"]["kept_by_first_date"], 1, "{review}");
    assert_eq!(review["figures"]["weeks_off"], 1, "{review}");
}

#[test]
fn what_is_due_on_a_day_off_is_in_the_areas_of_the_time_after_it() {
    let home = TestEnvironment::new().at("2026-12-01T09:00:00+01:00");
    home.ok(&[
        "commit",
        "Hand over",
        "--area",
        "process",
        "--by",
        "2026-12-23",
    ]);
    home.ok(&["off", "21 dec to 8 jan"]);
    let home = home.at("2027-01-12T09:00:00+01:00");
    let areas = |span: &[&str]| {
        let review = home.ok(&[&["review", "--json"], span].concat());
        let review: serde_json::Value = serde_json::from_str(&review).expect("JSON");
        review["areas"].clone()
    };
    let month = areas(&["--month"]);
    assert_eq!(month[0]["area"], "process", "{month}");
    assert_eq!(month[0]["open"], 1, "{month}");
    let week = areas(&["--week", "2027-W02"]);
    assert_eq!(week[0]["open"], 1, "{week}");
    let later = areas(&["--since", "2027-01-12"]);
    assert_eq!(later, serde_json::json!([]));
}

#[test]
fn what_is_due_in_a_week_off_is_in_the_week_after_it() {
    let home = TestEnvironment::new();
    home.ok(&["commit", "Hand over", "--by", "27 nov"]);
    home.ok(&["off", "23 nov to 29 nov"]);
    let back = home.at("2026-11-30T09:00:00+01:00");
    assert_snapshot!(back.ok(&["trends"]), @"
    The last 2 weeks

    2026-W49  0 of 8 done; commitment due
    2026-W48  off
    ");
}

#[test]
fn practices_are_not_compared_in_a_week_off_or_with_one() {
    let home = TestEnvironment::new().at("2026-11-18T09:00:00+01:00");
    home.ok(&["commit", "Hand over", "--by", "11 dec"]);
    for step in ["influence", "tolerating", "curiosity", "routines"] {
        home.ok(&["answer", &format!("audit/{step}"), "Said"]);
    }
    home.ok(&["off", "23 nov to 29 nov"]);
    let home = home.at("2026-12-08T09:00:00+01:00");
    for week in ["2026-W48", "2026-W49"] {
        let review = home.ok(&["review", "--week", week]);
        assert!(!review.contains("Practices done"), "{review}");
    }
}

#[test]
fn a_week_off_has_the_same_sign_on_every_page_of_a_review() {
    let home = TestEnvironment::new().at("2026-11-10T09:00:00+01:00");
    home.ok(&["add", "problem", "One"]);
    let home = home.at("2026-11-17T09:00:00+01:00");
    home.ok(&["add", "problem", "Another"]);
    let home = home.at("2026-11-24T09:00:00+01:00");
    home.ok(&["off", "16 nov to 20 nov"]);
    for span in ["--week", "--month", "--quarter", "--year"] {
        let page = home.ok(&["review", span, "--format", "md"]);
        assert!(page.contains("| Problem | ■\\~· | 1 |"), "{span}: {page}");
        let page = home.ok(&["review", span, "--format", "html"]);
        assert!(page.contains("Problem: 1 of 2 weeks"), "{span}: {page}");
        assert!(page.contains(">~</text>"), "{span}: {page}");
    }
}

#[test]
fn what_is_due_on_a_day_off_is_due_everywhere_on_the_first_day_back() {
    let home = TestEnvironment::new();
    home.ok(&["commit", "Hand over", "--by", "2026-12-24"]);
    home.ok(&["off", "24 dec to 3 jan"]);
    let calendar = home.ok(&["export", "ics"]);
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20270104"),
        "{calendar}"
    );
    assert!(calendar.contains("DTEND;VALUE=DATE:20270105"), "{calendar}");
    let back = home.at("2027-01-04T09:00:00+01:00");
    assert!(back.ok(&["status", "--json"]).contains("\"due\":1"));
    assert!(
        back.ok(&["list", "--due", "today"])
            .contains("2027-01-04  Hand over")
    );
    assert!(back.ok(&["search", "due:today"]).contains("Hand over"));
    assert_eq!(back.run(&["list", "--due", "2026-12-24"]).code, Some(1));
}

#[test]
fn a_week_off_is_in_no_chart_and_lacks_no_answer() {
    let home = TestEnvironment::new().at("2026-11-03T09:00:00+01:00");
    home.ok(&["answer", "mastery/mark", "competent"]);
    let home = home.at("2026-11-10T09:00:00+01:00");
    home.ok(&["answer", "mastery/mark", "exceptional"]);
    let home = home.at("2026-11-24T09:00:00+01:00");
    home.ok(&["answer", "mastery/mark", "competent"]);
    home.ok(&["off", "9 nov to 20 nov"]);
    let trends = home.ok(&["trends", "mastery"]);
    assert!(
        trends.contains("2026-W45") && !trends.contains("2026-W46"),
        "{trends}"
    );
    let answers = home.ok(&["answers", "mastery/mark"]);
    assert!(!answers.contains("without an answer"), "{answers}");
}

#[test]
fn a_note_for_days_that_are_off_already_is_taken() {
    let empty = TestEnvironment::new();
    let off = |words: &str, note: &str| {
        let mut call = vec!["off"];
        call.extend(words.split_whitespace());
        call.extend(
            ["--note", note]
                .iter()
                .take(if note.is_empty() { 0 } else { 2 }),
        );
        empty.ok(&call);
        let listed = empty.listed("off");
        let mut lines: Vec<String> = listed
            .iter()
            .map(|it| {
                let value = |field: &str| it["values"][field].as_str().unwrap_or("").to_owned();
                format!("{} {} {}", value("first"), value("last"), value("title"))
            })
            .collect();
        lines.sort();
        lines.join("\n")
    };
    off("today", "");
    assert_eq!(off("today", "sick"), "2026-11-24 2026-11-24 sick");
    assert_eq!(off("today", "sicker"), "2026-11-24 2026-11-24 sicker");
    assert_eq!(off("today", "sicker"), "2026-11-24 2026-11-24 sicker");
    off("tomorrow", "");
    assert_eq!(off("today to tomorrow", "ill"), "2026-11-24 2026-11-25 ill");
    assert_eq!(off("today", "ill"), "2026-11-24 2026-11-25 ill");
    assert_eq!(
        off("tomorrow", "Moving"),
        "2026-11-24 2026-11-24 ill\n2026-11-25 2026-11-25 Moving"
    );
    empty.ok(&["undo", "--yes"]);
    assert_eq!(off("today", ""), "2026-11-24 2026-11-25 ill");
}

#[test]
fn what_is_due_on_a_day_off_has_one_due_day_everywhere() {
    let empty = TestEnvironment::new();
    empty.ok(&["off", "fri"]);
    let said = empty.ok(&["commit", "ship"]);
    let due = "due Fri 27 Nov, a day off, so Mon 30 Nov · in 6 days";
    assert!(said.contains(due), "{said}");
    let listed = empty.ok(&["list", "commitments"]);
    assert!(listed.contains("2026-11-30"), "{listed}");
    // Files and scripts have the day as it was given.
    let plain = empty.ok(&["list", "commitments", "--plain"]);
    assert!(plain.contains("2026-11-27"), "{plain}");
    let said = empty.ok(&["check-in", "--moved", "sun", "--note", "Ana is ill"]);
    let due = "due Sun 29 Nov, a day off, so Mon 30 Nov · in 6 days";
    assert!(said.contains(due), "{said}");
    empty.ok(&["delete", &empty.id_of("ship")]);
    let called = empty.run_with(&["walk", "--plain", "audit"], b"\n\n\n\nwalk\n\n\n");
    let due = "Committed, due Fri 27 Nov, a day off, so Mon 30 Nov";
    assert!(called.output.contains(due), "{called:?}");
}

#[test]
fn what_is_kept_on_the_first_day_back_was_never_due_before_on_a_page() {
    let home = TestEnvironment::new().at("2026-12-21T09:00:00+01:00");
    home.ok(&["off", "24 dec to 25 dec"]);
    home.ok(&["commit", "Backups are checked"]);
    let moved = home.ok(&["check-in", "--moved", "30 dec", "--note", "Ana is ill"]);
    assert!(moved.contains("first due Mon 28 Dec"), "{moved}");
    home.ok(&["undo", "--yes"]);
    let back = home.at("2026-12-28T09:00:00+01:00");
    back.ok(&["check-in", "--kept"]);
    let page = back.ok(&["portfolio"]);
    assert!(page.contains("kept 28 December 2026"), "{page}");
    assert!(!page.contains("first due"), "{page}");
}

#[test]
fn how_late_it_is_counts_from_the_first_day_back() {
    let home = TestEnvironment::new().at("2026-11-02T09:00:00+01:00");
    home.ok(&["off", "5 nov to 8 nov"]);
    home.ok(&["commit", "Aa", "--by", "6 nov"]);
    let back = home.at("2026-11-09T09:00:00+01:00");
    let asked = back.run_with(&["walk", "--plain"], b"k\nDone\n");
    assert!(!asked.output.contains("the day it was due"), "{asked:?}");
    let later = back.at("2026-11-10T09:00:00+01:00");
    let said = later.ok(&["check-in", &later.id_of("Aa"), "--kept", "--on", "today"]);
    assert!(said.contains("1 day late"), "{said}");
}

#[test]
fn days_off_are_listed_on_their_first_day_with_all_of_them() {
    let home = TestEnvironment::new().at("2026-12-18T09:00:00+01:00");
    home.ok(&["off", "24 dec to 25 dec"]);
    for call in [["list", "off"], ["search", "off"]] {
        let listed = home.ok(&call);
        let days = "day off · Thu 24 Dec to Fri 25 Dec  2026-12-24";
        assert!(listed.contains(days), "{listed}");
    }
    let page = home.ok(&["export", "md"]);
    assert!(page.contains("## Week 52 "), "{page}");
    assert!(page.contains("First day: 24 December 2026"), "{page}");
    // It is read back as it was.
    home.ok(&["export", "md", "-o", "journal.md"]);
    let file = home.home().join("journal.md");
    let other = TestEnvironment::new();
    other.ok(&["import", &file.display().to_string(), "--yes"]);
    assert!(other.ok(&["off"]).contains("Thu 24 Dec to Fri 25 Dec"));
}

#[test]
fn the_days_off_that_are_named_are_those_asked_for() {
    let empty = TestEnvironment::new();
    empty.ok(&["off", "today to 27 Nov"]);
    empty.ok(&["off", "tomorrow", "--note", "Moving"]);
    // The id in the confirmation is that of the first line; those before and after the day follow.
    let written = String::from_utf8(empty.bytes()).expect("UTF-8");
    let titled: Vec<bool> = written.lines().map(|it| it.contains("Moving")).collect();
    assert_eq!(titled, [false, true, false, false], "{written}");
    // One undo brings back what was off before.
    empty.ok(&["undo"]);
    let listed = empty.listed("off");
    let days = listed.iter().map(|it| it["values"].to_string());
    let days: Vec<String> = days.collect();
    assert!(
        days.len() == 1 && days[0].contains("2026-11-27"),
        "{days:?}"
    );
}

#[test]
fn a_day_off_without_its_first_day_is_not_added() {
    let empty = TestEnvironment::new();
    let refused = empty.run(&["add", "off", "Summer"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.errors.contains("days off need their first day"),
        "{refused:?}"
    );
    assert!(refused.errors.contains("`leadby off DAYS`"), "{refused:?}");
    empty.ok(&["add", "off", "Summer", "--set", "first=1 dec"]);
}
