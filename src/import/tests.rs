//! What each format says, in the smallest file that shows it.

use super::*;
use crate::journal::{Inclusion, PortfolioChoice, Value};

fn now() -> Now {
    Now::new("2026-11-24T09:15:02+01:00".parse().expect("a time"))
}

#[track_caller]
fn check(format: Format, text: &str, expected: &[&str], left_out: &[usize]) {
    let reading = format.read(text, &crate::practice::builtin(), now());
    let shown: Vec<String> = reading.pieces.iter().map(shown).collect();
    assert_eq!(shown, expected, "{text}");
    let lines: Vec<usize> = reading.left_out.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, left_out, "{text}");
}

fn shown(piece: &ImportedEntry) -> String {
    let written = piece.written.as_ref().map_or("-", |written| &written.key);
    match &piece.what {
        Content::Note(text) => format!("{written} {text}"),
        Content::Task(task) => {
            let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |it| it.to_string());
            let (due, done) = (day(task.due), day(task.done));
            format!("{written} {} [{}] {due} {done}", task.text, task.area)
        }
        Content::Own(id, _) => id.to_string(),
        Content::Known(key, _) => format!("{written} {key}"),
    }
}

#[test]
fn jrnl_s_entries_begin_with_a_day_in_brackets() {
    let text = "x\n[2026-10-05 08:30] One *\nmore\n\n[2026-10-06 08:30:00 PM] Two\n[not] a day\n";
    let expected = [
        "2026-10-05 08:30:00 One\nmore",
        "2026-10-06 20:30:00 Two\n[not] a day",
    ];
    check(Format::Jrnl, text, &expected, &[1]);
}

#[test]
fn a_note_without_text_is_left_out_and_named() {
    let text = "[2026-10-05 08:30] \n\n[2026-10-06 08:30] Two\n[2026-10-07 08:30]\n";
    check(Format::Jrnl, text, &["2026-10-06 08:30:00 Two"], &[1, 4]);
    let text = r#"{"entries":[{"date":"2026-10-05","time":"08:30","title":" ","body":""}]}"#;
    check(Format::Jrnl, text, &[], &[1]);
    // Without an inbox, nothing is dropped without a word.
    let reading = Format::Jrnl.read("[2026-10-06] Two\n", &Catalog::default(), now());
    let refused = reading.changes(&Catalog::default(), now());
    assert_eq!(refused.map(|it| it.len()), Err(Refusal::NoInbox));
}

#[test]
fn todo_txt_has_days_where_its_rules_put_them() {
    let text = "x 2026-11-06 2026-11-01 One +p due:2026-11-07\n(B) Two @c\n2026-11-02 Three\nx\n";
    let expected = [
        "2026-11-01 One [p] 2026-11-07 2026-11-06",
        "- Two @c [] - -",
        "2026-11-02 Three [] - -",
        "- x [] - -",
    ];
    check(Format::TodoTxt, text, &expected, &[]);
    let text = "(A) 2026-11-01 One\nx 2026-11-06 2026-11-01 Two\nx without a day\n";
    assert_eq!(Format::recognize(text, "tasks"), Some(Format::TodoTxt));
}

#[test]
fn a_day_in_brackets_that_is_none_is_named() {
    let reading = Format::Jrnl.read(
        "[05.10.2026 08:30] One\n",
        &crate::practice::builtin(),
        now(),
    );
    let left = (1, "[05.10.2026 08:30] is not a day".to_owned());
    assert_eq!(reading.left_out, [left]);
}

#[test]
fn an_org_heading_that_only_groups_is_none() {
    let text = "* Group\n** TODO One :a:b:\n   DEADLINE: <2026-12-04 Fri>\n** Two\nwhy\n";
    check(
        Format::Org,
        text,
        &["- One #a #b [] 2026-12-04 -", "- Two\nwhy [] - -"],
        &[],
    );
    // One keyword a heading; those that are not a keyword for certain stay without a day.
    let text = "* TODO DONE is defined\n  DEADLINE: <2026-11-20 Fri>\n* TODO NEXT quarter plan\n\
        * NEXT level skills\n* WAITING for Ana\n  SCHEDULED: <2026-11-23 Mon>\n";
    let expected = [
        "- DONE is defined [] 2026-11-20 -",
        "- NEXT quarter plan [] - -",
        "- NEXT level skills [] - -",
        "- for Ana [] 2026-11-23 -",
    ];
    check(Format::Org, text, &expected, &[]);
    let text = "#+TODO: NEXT(n) WAITING | FIXED(f!) CANCELLED\n* NEXT One\n* FIXED Two\n\
        CLOSED: [2026-11-06 Fri]\n* CANCELLED Three\n";
    let expected = ["- One [] - -", "- Two [] - 2026-11-06"];
    check(Format::Org, text, &expected, &[5]);
    // The mark of a file in UTF-8 is no part of its first line.
    check(Format::Org, "\u{feff}* TODO One\n", &["- One [] - -"], &[]);
}

#[test]
fn a_point_takes_the_lines_below_it() {
    let text = "## 2026-10-05\n- One\n  more\n\nprose\n1. [x] Two (due 2026-11-06)\n";
    let expected = [
        "2026-10-05 One\nmore [] - -",
        "2026-10-05 Two [] 2026-11-06 2026-11-06",
    ];
    check(Format::Markdown, text, &expected, &[5]);
}

#[test]
fn a_table_says_what_its_columns_are() {
    let text = "Title,Created,Mood\n\"One, two\",2026-10-05 08:30,calm\n,2026-10-06,\n";
    check(
        Format::Csv,
        text,
        &["2026-10-05 08:30:00 One, two\nmood: calm [] - -"],
        &[3],
    );
}

#[track_caller]
fn check_unclear(format: Format, text: &str, expected: &[&str], unclear: &[(usize, &str)]) {
    check(format, text, expected, &[]);
    let reading = format.read(text, &crate::practice::builtin(), now());
    let named = reading.not_understood.iter();
    let named: Vec<(usize, &str)> = named.map(|(line, what)| (*line, what.as_str())).collect();
    assert_eq!(named, unclear, "{text}");
}

#[test]
fn a_day_that_is_not_certain_is_named_and_stays_in_the_text() {
    let text = "date,title,due\n31/10/2026,clear,\n2026-13-07,bad,2026-10-09\n\
        2026-10-07,bad due,9/10/2026\n5.10.2026 08:30,dots,5 Nov 2026\nfri,one,\n5.10.,two,tomorrow\n\
        2026-10-05 (about),three,\n10/31/2026 8:30 PM,four,\n";
    let expected = [
        "2026-10-31 clear [] - -",
        "- bad\ndate: 2026-13-07 [] 2026-10-09 -",
        "2026-10-07 bad due\ndue: 9/10/2026 [] - -",
        "2026-10-05 08:30:00 dots [] 2026-11-05 -",
        "- one\ndate: fri [] - -",
        "- two\ndate: 5.10.\ndue: tomorrow [] - -",
        "- three\ndate: 2026-10-05 (about) [] - -",
        "2026-10-31 20:30:00 four [] - -",
    ];
    let unclear = [
        (
            3,
            "date not understood, so it stays in the text: 2026-13-07",
        ),
        (4, "due not understood, so it stays in the text: 9/10/2026"),
        (6, "date not understood, so it stays in the text: fri"),
        (7, "date not understood, so it stays in the text: 5.10."),
        (7, "due not understood, so it stays in the text: tomorrow"),
        (
            8,
            "date not understood, so it stays in the text: 2026-10-05 (about)",
        ),
    ];
    check_unclear(Format::Csv, text, &expected, &unclear);
    check_unclear(
        Format::TodoTxt,
        "One due:31.10.2026\nTwo due:9/10/2026 due:\n",
        &["- One [] 2026-10-31 -", "- Two due:9/10/2026 due: [] - -"],
        &[(2, "due not understood, so it stays in the text: 9/10/2026")],
    );
    check_unclear(
        Format::Markdown,
        "# 5.10.2026\n- One (due 31.10.2026)\n- Two by 9/10/2026\n- Three by 2 people\n",
        &[
            "2026-10-05 One [] 2026-10-31 -",
            "2026-10-05 Two by 9/10/2026 [] - -",
            "2026-10-05 Three by 2 people [] - -",
        ],
        &[(3, "by not understood, so it stays in the text: 9/10/2026")],
    );
    check_unclear(
        Format::Org,
        "* TODO One\nDEADLINE: <soon>\n",
        &["- One\nDEADLINE: <soon> [] - -"],
        &[(
            2,
            "day not understood, so it stays in the text: DEADLINE: <soon>",
        )],
    );
}

#[test]
fn what_swallows_what_follows_is_named() {
    check_unclear(
        Format::Csv,
        "title,due\n\"two\nlines\",\n\"open,x\nrow 3,2026-12-04\n",
        &["- two\nlines [] - -", "- open,x\nrow 3,2026-12-04 [] - -"],
        &[(
            4,
            "a quotation mark is not closed, so the rest of the file is in this row",
        )],
    );
    check_unclear(
        Format::Jrnl,
        "[2026-11-20 09:00] A\n[1] a footnote\n[2026-11-21 25:99] B\n",
        &["2026-11-20 09:00:00 A\n[1] a footnote\n[2026-11-21 25:99] B"],
        &[(
            3,
            "[2026-11-21 25:99] is not a time, so it stays in the text before it",
        )],
    );
}

#[test]
fn a_note_keeps_the_area_of_its_task() {
    let catalog = crate::practice::builtin();
    let reading = Format::TodoTxt.read("Call +home +two\n", &catalog, now());
    let changes = reading.changes(&catalog, now()).expect("a note");
    let [(change, _)] = &changes[..] else {
        panic!("{changes:?}");
    };
    let note = change.body.as_item().expect("a note");
    let texts: Vec<&str> = note.values.values().filter_map(Value::as_text).collect();
    assert!(texts.contains(&"Call +two"), "{texts:?}");
    assert!(texts.contains(&"area: home"), "{texts:?}");
}

#[test]
fn a_day_that_is_not_certain_is_named_with_what_is_left_out() {
    let left = |format: Format, text: &str| {
        let reading = format.read(text, &crate::practice::builtin(), now());
        assert_eq!(reading.not_understood, [], "{text}");
        reading.left_out.into_iter().map(|(_, why)| why).collect()
    };
    let why = |what: &str| -> Vec<String> { vec![format!("done, but without a day; {what}")] };
    let cases = [
        (
            Format::TodoTxt,
            "x One due:9/10/2026\nTwo\n",
            "due not understood: 9/10/2026",
        ),
        (
            Format::Markdown,
            "- [x] One due 9/10/2026\n- Two\n",
            "due not understood: 9/10/2026",
        ),
        (
            Format::Csv,
            "title,done,due\nOne,yes,9/10/2026\nTwo,,\n",
            "due not understood: 9/10/2026",
        ),
        (
            Format::Org,
            "* DONE One\n  CLOSED: [06.11.2026]\n* Two\n",
            "day not understood: CLOSED: [06.11.2026]",
        ),
    ];
    for (format, text, what) in cases {
        let left: Vec<String> = left(format, text);
        assert_eq!(left, why(what), "{text}");
    }
}

#[test]
fn a_status_says_whether_a_row_is_done() {
    let text = "date,title,status,due,done\n2026-10-05,one,done,2026-10-09,\n\
        2026-10-05,two,Completed,,\n,three,closed,,\n2026-10-05,four,open,2026-10-09,\n\
        2026-10-05,five,dropped,2026-10-09,2026-10-08\n2026-10-05,six,,,yes\n2026-10-05,seven,,,no\n";
    let expected = [
        "2026-10-05 one [] 2026-10-09 2026-10-09",
        "2026-10-05 two [] - 2026-10-05",
        "2026-10-05 four\nstatus: open [] 2026-10-09 -",
        "2026-10-05 six [] - 2026-10-05",
        "2026-10-05 seven\ndone: no [] - -",
    ];
    check(Format::Csv, text, &expected, &[4, 6]);
    // Only what is open for certain goes before the day on which it was done.
    let text = "title,status,due,completed\nA,Resolved,2026-10-09,2026-10-08\n\
        B,erledigt,2026-10-09,2026-10-08\nC,In-Progress,2026-10-09,2026-10-08\n";
    let expected = [
        "- A\nstatus: Resolved [] 2026-10-09 2026-10-08",
        "- B\nstatus: erledigt [] 2026-10-09 2026-10-08",
        "- C\nstatus: In-Progress\ncompleted: 2026-10-08 [] 2026-10-09 -",
    ];
    check(Format::Csv, text, &expected, &[]);
}

#[test]
fn a_task_that_is_closed_says_what_became_of_it() {
    let outcomes = |format: Format, text: &str| -> Vec<(String, CommitmentOutcome)> {
        let reading = format.read(text, &crate::practice::builtin(), now());
        let given_up = |(_, why): &(usize, String)| why == "given up there";
        assert!(reading.left_out.iter().all(given_up), "{reading:?}");
        let changes = reading
            .changes(&crate::practice::builtin(), now())
            .expect("an inbox");
        let closed = |(change, _): DatedChange| {
            let Body::Commitment(commitment) = change.body else {
                panic!("no commitment: {change:?}");
            };
            let closing = commitment.closing.expect("a closed one");
            assert_eq!(closing.on.to_string(), "2026-11-06");
            (commitment.better, closing.how)
        };
        changes.into_iter().map(closed).collect()
    };
    let words = [
        "FIXED",
        "MISSED",
        "LET-GO",
        "KILL",
        "WONTFIX",
        "ABORTED",
        "CANCELLED",
    ];
    let mut org = format!("#+TODO: TODO | DONE {}\n", words.join(" "));
    let mut csv = "title,status,done\n".to_owned();
    for word in words {
        org.push_str(&format!("* {word} it {word}\n  CLOSED: [2026-11-06 Fri]\n"));
        csv.push_str(&format!("it {word},{word},2026-11-06\n"));
    }
    let org = outcomes(Format::Org, &org);
    let named: Vec<(&str, CommitmentOutcome)> = org
        .iter()
        .map(|(text, outcome)| (text.as_str(), *outcome))
        .collect();
    let expected = [
        ("it FIXED", CommitmentOutcome::Kept),
        ("it MISSED", CommitmentOutcome::Missed),
        ("it LET-GO", CommitmentOutcome::LetGo),
    ];
    assert_eq!(named, expected);
    let csv = outcomes(Format::Csv, &csv);
    let same = csv
        .iter()
        .map(|(_, outcome)| outcome)
        .eq(org.iter().map(|(_, outcome)| outcome));
    assert!(same, "{csv:?}");
}

#[test]
fn nothing_was_done_on_a_day_ahead() {
    let text = "date,title,due,done\n,one,2026-12-09,yes\n2026-10-05,two,2026-12-09,yes\n";
    let expected = [
        "- one [] 2026-12-09 2026-11-24",
        "2026-10-05 two [] 2026-12-09 2026-10-05",
    ];
    check(Format::Csv, text, &expected, &[]);
    let expected = ["- three [] 2026-12-31 2026-11-24"];
    check(Format::TodoTxt, "x three due:2026-12-31\n", &expected, &[]);
}

#[test]
fn nothing_is_recognised_that_is_only_similar() {
    for text in [
        "",
        "One line of text",
        "{\"v\":1,\"id\":\"x\"}",
        "{\"entries\":[]}",
        "[1,2]",
        "a, b",
        "x marks the spot",
    ] {
        assert_eq!(Format::recognize(text, "notes.txt"), None, "{text}");
    }
}

#[test]
fn our_markdown_names_what_it_is_about() {
    let text = "# Leadership journal\n\n## Week 48 · 23 November 2026 to 29 November 2026\n\n\
        ### Commitments\n\n#### One \\*owner\\*\n\n- Made: 23 November 2026\n\
        - Due: 27 November 2026\n- State: open\n- Came from: something\n\n#### No day\n\n\
        - State: open\n\n### Systems\n\nprose\n\n#### Notes\n\n- Kind: system\n- built: soon\n\n\
        ## Some day\n\n### Own\n\n**own/step**\n\n> words\n";
    let expected = [
        "2026-11-23 2026-11-23 One *owner*",
        "2026-11-24 systems Notes",
    ];
    check(
        Format::OwnMarkdown,
        text,
        &expected,
        &[12, 14, 20, 25, 27, 31],
    );
}

#[test]
fn our_choices_stay_choices() {
    let text = "id,entry,portfolio,place,ladder,refused,written\n\
                choice/x/portfolio,x,out,3,\"a, b\",c,2026-11-24\nchoice/y,,in,,,,2026-11-24\n";
    check(Format::Csv, text, &["choice/x/portfolio"], &[3]);
    let reading = Format::Csv.read(text, &crate::practice::builtin(), now());
    let Content::Own(_, Body::Choice(choice)) = &reading.pieces[0].what else {
        panic!("no choice: {reading:?}");
    };
    let mut expected = PortfolioChoice::about(&Id::new("x"));
    expected.portfolio = Some(Inclusion::Exclude);
    expected.place = Some(3);
    expected.ladder = vec!["a".to_owned(), "b".to_owned()];
    expected.refused = vec!["c".to_owned()];
    assert_eq!(*choice, expected);
    let other = "id,register,name,value,written\nx,rumours,title,T,2026-11-24\n";
    check(Format::Csv, other, &[], &[2]);
}

#[test]
fn org_s_cancelled_tasks_are_given_up_without_a_setting() {
    let text =
        "* CANCELLED Move the server\n* CANCELED Two\n* DONE Three\nCLOSED: [2026-11-20 Fri]\n";
    check(Format::Org, text, &["- Three [] - 2026-11-20"], &[1, 2]);
}
