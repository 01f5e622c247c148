//! Every line is read alike here and by the careful reader, or left to it.

use super::super::{decode, wire};
use super::*;
use crate::journal::{EntryHead, ItemHead};

const FIXTURES: [&[u8]; 3] = [
    include_bytes!("../../../tests/fixtures/format-1/journal.jsonl"),
    include_bytes!("../../../tests/fixtures/format-1/damaged.jsonl"),
    include_bytes!("../../../assets/format.md"),
];

/// Whether a line is read here; if so, the careful reader must agree.
#[track_caller]
fn is_quick(line: &[u8]) -> bool {
    let Some(quick) = entry(line) else {
        return false;
    };
    let careful = decode::decode_members(line).map_err(|damage| format!("{damage:?}"));
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
        .filter_map(|line| decode::decode_members(line).ok())
        // Lines with unknown members are left to the careful reader.
        .filter(|entry| entry.lineage.unknown.is_none())
        .map(|entry| wire::encode(&entry))
        .collect();
    assert!(written.len() > 20);
    for line in written {
        assert!(is_quick(line.as_bytes()), "{line}");
        let entry = entry(line.as_bytes()).expect("just read");
        let head = head(line.as_bytes()).expect("it begins as every line");
        let day = entry.at.date_naive().to_string();
        let item = match &entry.body {
            Body::Item(item) => Some(ItemHead {
                written: &day,
                register: &item.register,
            }),
            _ => None,
        };
        assert_eq!(
            (head.id(), head.item()),
            (entry.id.as_str().as_bytes(), item)
        );
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
