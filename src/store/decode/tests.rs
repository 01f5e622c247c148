//! The shapes read every line as the reader of members does, or leave it to that; and what is wrong
//! with a line is said in words.

use super::super::encode;
use super::*;

const FIXTURES: [&[u8]; 3] = [
    include_bytes!("../../../tests/fixtures/format-1/journal.jsonl"),
    include_bytes!("../../../tests/fixtures/format-1/damaged.jsonl"),
    include_bytes!("../../../assets/format.md"),
];

/// Whether a line is read here; if so, the careful reader must agree.
#[track_caller]
fn is_quick(line: &[u8]) -> bool {
    let Some(quick) = read_shape(line) else {
        return false;
    };
    let careful = decode_members(line).map_err(|damage| format!("{damage:?}"));
    // As text, because times are equal whatever their offset is.
    let (quick, careful) = (
        format!("{quick:?}"),
        careful.map(|entry| format!("{entry:?}")),
    );
    assert_eq!(careful, Ok(quick), "{}", String::from_utf8_lossy(line));
    true
}

fn lines() -> impl Iterator<Item = &'static [u8]> {
    let lines = FIXTURES
        .iter()
        .flat_map(|text| text.split(|byte| *byte == b'\n'));
    lines.map(<[u8]>::trim_ascii)
}

#[test]
fn every_line_leadby_writes_is_read_quickly() {
    let written: Vec<String> = lines()
        .filter_map(|line| decode_members(line).ok())
        // Lines with unknown members are left to the careful reader.
        .filter(|entry| entry.lineage.unknown.is_none())
        .map(|entry| encode::encode(&entry))
        .collect();
    assert!(written.len() > 20);
    for line in written {
        assert!(is_quick(line.as_bytes()), "{line}");
    }
}

#[test]
fn a_line_is_read_alike_or_left_to_be_looked_at() {
    let changes = [
        ("\"rev\":1", "\"rev\":0"),
        ("\"rev\":1", "\"rev\":1.0"),
        ("\"v\":1", "\"v\":2"),
        ("\"v\":1", "\"v\":1,\"v\":1"),
        ("\"v\":1", "\"v\":1,\"mood\":1e999"),
        ("\"v\":1", "\"v\":1,\"mood\":\"\\ud800\""),
        ("\"v\":1", "\"v\":1,\"area\":null"),
        ("\"v\":1", "\"v\":1,\"closing\":null,\"moves\":null"),
        ("\"v\":1", "\"v\":1,\"month\":\"2026-13\""),
        ("\"v\":1", "\"v\":1,\"moves\":[{}]"),
        ("\"week\"", "\"month\""),
        ("\"value\":", "\"value\":null,\"other\":"),
        ("\"value\":", "\"value\":[],\"value\":"),
        ("\"value\":[", "\"value\":[1,"),
        ("\"value\":[", "\"value\":[\"x\","),
        ("\"title\":", "\"title\":\"x\",\"title\":"),
        ("\"text\":", "\"text\":\"x\",\"mood\":"),
        ("2026-11-2", "2026-11-3"),
        ("2026-", "+2026-"),
        ("\"kept\"", "\"lost\""),
        ("\"id\":\"", "\"id\":\"\",\"was\":\""),
    ];
    for line in lines() {
        is_quick(line);
        for (from, to) in changes {
            let line = String::from_utf8_lossy(line);
            is_quick(line.replace(from, to).as_bytes());
        }
    }
}

#[test]
fn a_line_with_one_other_byte_is_read_alike_or_left_to_be_looked_at() {
    for line in lines().filter(|line| line.starts_with(b"{")) {
        for at in 0..line.len() {
            for byte in [0, b' ', b'"', b'1', b'\\', b'x', b'}', 0xff] {
                let mut changed = line.to_vec();
                changed[at] = byte;
                is_quick(&changed);
            }
            is_quick(&line[..at]);
        }
    }
}

#[test]
fn members_fit_in_any_order_and_a_list_is_no_object() {
    let at = r#""at":"2026-11-24T09:15:02+01:00""#;
    let line = |rest: &str| format!(r#"{{"v":1,"id":"a","rev":1,{at},{rest},"crc":"375710e1"}}"#);
    assert!(is_quick(line(r#""kind":"deleted""#).as_bytes()));
    assert!(is_quick(
        line(r#""step":"s", "value":[],"kind":"answer","practice":"p""#).as_bytes()
    ));
    let better = r#""kind":"commitment","better":"x","due":"2026-11-27","made":"2026-11-24""#;
    assert!(is_quick(line(better).as_bytes()));
    for rest in [
        r#""kind":{"deleted":null}"#,
        r#""kind":"deleted","week":null"#,
        r#""kind":"deleted","open":null"#,
        r#""kind":"deleted","better":"x""#,
        r#""kind":"deleted","rev":1"#,
        r#""kind":"answer","practice":"p","step":"s","value":[["2026-11-24","x"]]"#,
        r#""kind":"answer","practice":"p","step":"s","value":["x",{"on":"2026-11-24","text":"x"}]"#,
        &format!(r#"{better},"moves":[["2026-11-20","2026-11-20","2026-11-27","x"]]"#),
        &format!(r#"{better},"closing":["kept","2026-11-27","x"]"#),
        &format!(r#"{better},"closing":{{"how":{{"kept":null}},"on":"2026-11-27"}}"#),
    ] {
        assert!(!is_quick(line(rest).as_bytes()), "{rest}");
    }
    let list = r#"[1,"a",1,[],"375710e1",[],"2026-11-24T09:15:02+01:00","deleted"]"#;
    assert!(!is_quick(list.as_bytes()));
}

const GOOD: &str = r#"{"v":1,"id":"a","rev":1,"at":"2026-11-24T09:15:02+01:00","kind":"deleted"}"#;

#[track_caller]
fn check(line: &str, expected: &str) {
    let found = match decode(line.as_bytes()) {
        Ok(read) => format!("read, sound: {}", read.is_sound()),
        Err(Damage::Unreadable(reason)) => reason,
        Err(other) => format!("{other:?}"),
    };
    assert_eq!(found, expected, "{line}");
}

#[test]
fn what_a_line_lacks_is_said_in_words() {
    check(GOOD, "read, sound: false");
    check(&GOOD.replace("\"v\":1", "\"v\":2"), "NewerVersion(2)");
    check(
        &GOOD.replace("\"v\":1", "\"v\":0"),
        "its format version is invalid",
    );
    check(&GOOD.replace("\"v\":1,", ""), "it has no format version");
    check(&GOOD.replace("deleted", "poem"), "UnknownKind(\"poem\")");
    check(
        &GOOD.replace("deleted", "a\\u001b[2J"),
        "UnknownKind(\"a␛[2J\")",
    );
    check(
        &GOOD.replace("\"rev\":1", "\"rev\":0"),
        "its “rev” is not a whole number from 1 on",
    );
    check(
        &GOOD.replace("\"rev\":1", "\"rev\":1.5"),
        "its “rev” is not a whole number from 1 on",
    );
    check(
        &GOOD.replace("\"rev\":1", "\"rev\":9007199254740993"),
        "its “rev” is above 2^53",
    );
    check(
        &GOOD.replace("\"rev\":1", "\"rev\":2,\"undoes\":[1]"),
        "its “undoes” is not a version",
    );
    check(
        &GOOD.replace("\"rev\":1", "\"rev\":2,\"after\":[1]"),
        "its “after” is not a list of texts",
    );
    check(&GOOD.replace("\"a\"", "\"\""), "its id is empty");
    check(&GOOD.replace("\"a\"", "7"), "its “id” is not text");
    check(
        &GOOD.replace("11-24T", "11-31T"),
        "“2026-11-31T09:15:02+01:00” is not a time",
    );
    let choice = GOOD.replace("deleted\"", "choice\",\"entry\":\"a\",\"portfolio\":\"in\"");
    check(&choice, "read, sound: false");
    check(&choice.replace("\"in\"", "\"x\""), "“x” is not a choice");
    check("<<<<<<< HEAD", "a git conflict marker");
    check("=======", "a git conflict marker");
    check(">>>>>>> theirs", "a git conflict marker");
    check("\0\0\0", "only zero bytes, as after a crash");
    check("[1]", "it is not a JSON object");
    check("hello", "it is not JSON, from byte 1 on");
    check(&GOOD[..40], "cut off in the middle");
    check(&"[".repeat(100_000), "it is nested too deeply");
    check(
        r#"{"v":1,"id":"\ud800"}"#,
        "it is not JSON, from byte 20 on",
    );
}

#[test]
fn an_answer_names_what_is_wrong_with_it() {
    let answer = |rest: &str| GOOD.replace("\"deleted\"", &format!("\"answer\",{rest}"));
    let good = r#""practice":"p","step":"s","value":"x""#;
    check(&answer(good), "read, sound: false");
    check(
        &answer(&format!("{good},\"mood\":{{\"x\":[1]}}")),
        "read, sound: false",
    );
    check(
        &answer(&format!("{good},\"week\":\"2026-W54\"")),
        "“2026-W54” is not a week",
    );
    check(
        &answer(&format!("{good},\"month\":\"2026-13\"")),
        "“2026-13” is not a month",
    );
    check(
        &answer(&format!(
            "{good},\"week\":\"2026-W48\",\"month\":\"2026-11\""
        )),
        "it has both a week and a month",
    );
    let strange = "it has a value that is not text or a list of texts";
    check(&answer(&good.replace("\"x\"", "7")), strange);
    check(&answer(&good.replace("\"x\"", "[7]")), strange);
    check(
        &answer(&good.replace("\"x\"", r#"[{"on":"2026-2-3","text":"t"}]"#)),
        "“2026-2-3” is not a day",
    );
    check(&answer(r#""practice":"p","step":"s""#), "it has no “value”");
}
