//! Every kind of damage that disks, editors, tools and people do to a journal, and which lines must
//! stay readable.

use std::ops::Range;

use super::Random;

/// The journal that every version of leadby can read.
pub(crate) const FIXTURE: &[u8] = include_bytes!("../fixtures/format-1/journal.jsonl");

/// A damaged journal.
pub(crate) struct Mutant {
    /// How it was damaged.
    pub(crate) what: String,
    pub(crate) bytes: Vec<u8>,
    /// The fixture lines, from 0, that are intact in it.
    pub(crate) whole: Vec<usize>,
    /// Whether the reader must report damage.
    pub(crate) is_damaged: bool,
}

/// The fixture lines, each with its newline.
pub(crate) fn lines() -> Vec<&'static [u8]> {
    FIXTURE.split_inclusive(|byte| *byte == b'\n').collect()
}

fn range(line: usize) -> Range<usize> {
    let before: usize = lines()[..line].iter().map(|line| line.len()).sum();
    before..before + lines()[line].len()
}

fn but(line: usize) -> Vec<usize> {
    (0..lines().len()).filter(|other| *other != line).collect()
}

fn all() -> Vec<usize> {
    (0..lines().len()).collect()
}

/// Damage to one line only.
fn in_line(what: &str, line: usize, instead: &[u8]) -> Mutant {
    let Range { start, end } = range(line);
    Mutant {
        what: format!("{what} in line {}", line + 1),
        bytes: [&FIXTURE[..start], instead, &FIXTURE[end..]].concat(),
        whole: but(line),
        is_damaged: true,
    }
}

fn sound(what: &str, bytes: Vec<u8>) -> Mutant {
    Mutant {
        what: what.to_owned(),
        bytes,
        whole: all(),
        is_damaged: false,
    }
}

/// `count` mutants: some of each kind, the rest bit flips and cuts.
pub(crate) fn mutants(count: usize, random: &mut Random) -> Vec<Mutant> {
    let mut mutants = whole_files();
    mutants.extend(strange_lines());
    mutants.extend(members());
    let cuts = FIXTURE.len();
    let step = (cuts * 4 / count).max(1);
    let offset = random.below(step);
    mutants.extend((offset..cuts).step_by(step).map(cut));
    let mut number = 0;
    while mutants.len() < count {
        number += 1;
        mutants.push(match number % 8 {
            0 => glued(random),
            1 => shuffled(random),
            2 => doubled(random),
            3 => scribbled(random),
            _ => flipped(random),
        });
    }
    mutants
}

/// As after a crash, or an incomplete copy.
fn cut(length: usize) -> Mutant {
    let whole = (0..lines().len()).filter(|line| range(*line).end <= length + 1);
    let between = length == 0 || FIXTURE[length - 1] == b'\n';
    // A last line is intact if only its newline is missing.
    let whole: Vec<usize> = whole.collect();
    let lacks_an_end = whole
        .last()
        .is_some_and(|line| range(*line).end == length + 1);
    Mutant {
        what: format!("cut after byte {length}"),
        bytes: FIXTURE[..length].to_vec(),
        is_damaged: !between && !lacks_an_end,
        whole,
    }
}

fn flipped(random: &mut Random) -> Mutant {
    let line = random.below(lines().len());
    let mut bytes = lines()[line].to_vec();
    let place = random.below(bytes.len() - 1);
    let bit = random.below(8);
    bytes[place] ^= 1 << bit;
    in_line(&format!("bit {bit} of byte {place} flipped"), line, &bytes)
}

fn scribbled(random: &mut Random) -> Mutant {
    let line = random.below(lines().len());
    let mut bytes = lines()[line].to_vec();
    let start = random.below(bytes.len() - 1);
    let end = (start + 1 + random.below(16)).min(bytes.len() - 1);
    for byte in &mut bytes[start..end] {
        // Any byte except a newline or the original one.
        *byte = match random.next().to_le_bytes()[0] {
            b'\n' => 0,
            other if other == *byte => other ^ 0x80,
            other => other,
        };
    }
    in_line("some bytes written over", line, &bytes)
}

/// Joined as some tools join files: without the newline in between.
fn glued(random: &mut Random) -> Mutant {
    let mut bytes = Vec::new();
    let gone = random.below(lines().len() - 1);
    for (number, line) in lines().into_iter().enumerate() {
        let end = usize::from(number == gone || random.below(6) == 0);
        bytes.extend_from_slice(&line[..line.len() - end]);
    }
    sound("glued lines", bytes)
}

fn shuffled(random: &mut Random) -> Mutant {
    let mut lines = lines();
    for last in (1..lines.len()).rev() {
        lines.swap(last, random.below(last + 1));
    }
    sound("reordered lines", lines.concat())
}

fn doubled(random: &mut Random) -> Mutant {
    let mut lines = lines();
    for _ in 0..=random.below(20) {
        let line = lines[random.below(lines.len())];
        lines.insert(random.below(lines.len()), line);
    }
    sound("doubled lines", lines.concat())
}

/// Changes to a whole file by editors and other programs.
fn whole_files() -> Vec<Mutant> {
    let text = std::str::from_utf8(FIXTURE).expect("it is text");
    let utf_16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        let text = text.encode_utf16().flat_map(bytes).collect();
        Mutant {
            what: "UTF-16".to_owned(),
            bytes: [mark.to_vec(), text].concat(),
            whole: Vec::new(),
            is_damaged: true,
        }
    };
    let tail = |what: &str, tail: &[u8], is_damaged: bool| Mutant {
        is_damaged,
        ..sound(what, [FIXTURE, tail].concat())
    };
    let (ours, theirs) = FIXTURE.split_at(range(9).start);
    let conflict = [
        b"<<<<<<< HEAD\n".as_slice(),
        ours,
        b"||||||| 1f2e3d4\n=======\n",
        theirs,
        b">>>>>>> theirs (a commit)\n",
    ];
    vec![
        sound("nothing", FIXTURE.to_vec()),
        sound("a byte order mark", [b"\xef\xbb\xbf", FIXTURE].concat()),
        sound("CRLF", text.replace('\n', "\r\n").into_bytes()),
        sound("blank lines", text.replace('\n', "\n\n \t\n").into_bytes()),
        utf_16(b"\xff\xfe", u16::to_le_bytes),
        utf_16(b"\xfe\xff", u16::to_be_bytes),
        tail("a tail of zero bytes", &[0; 4096], true),
        tail("a line of zero bytes", b"\0\0\0\0\n", true),
        tail("half a line", b"{\"v\":1,\"id\":\"x", true),
        Mutant {
            is_damaged: true,
            ..sound("git's conflict markers", conflict.concat())
        },
        Mutant {
            what: "another file altogether".to_owned(),
            bytes: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            whole: Vec::new(),
            is_damaged: true,
        },
    ]
}

/// Lines that leadby never writes, between intact ones.
fn strange_lines() -> Vec<Mutant> {
    let nested = |open: &str, depth: usize| open.repeat(depth).into_bytes();
    let digits = "7".repeat(5_000);
    let mut lines: Vec<(&str, Vec<u8>)> = vec![
        ("brackets nested 100,000 deep", nested("[", 100_000)),
        ("objects nested 100,000 deep", nested("{\"v\":", 100_000)),
        ("a number of 5,000 digits", digits.clone().into_bytes()),
        (
            "a version of 5,000 digits",
            format!("{{\"v\":{digits},\"id\":\"x\"}}").into_bytes(),
        ),
        (
            "a revision of 5,000 digits",
            format!("{{\"v\":1,\"id\":\"x\",\"rev\":{digits}e{digits}}}").into_bytes(),
        ),
        ("a surrogate alone", b"{\"v\":1,\"id\":\"\\ud800\"}".to_vec()),
        ("two wrong surrogates", b"{\"v\":1,\"id\":\"\\udc00\\ud800\"}".to_vec()),
        ("no UTF-8", b"{\"v\":1,\"id\":\"\xed\xa0\x80\xff\"}".to_vec()),
        ("an escape sequence", b"\x1b[2J\x1b]0;title\x07".to_vec()),
        ("a null", b"null".to_vec()),
        ("an empty object", b"{}".to_vec()),
        ("a newer version", b"{\"v\":2,\"anything\":[]}".to_vec()),
        (
            "an unknown kind",
            b"{\"v\":1,\"id\":\"x\",\"rev\":1,\"at\":\"2026-11-24T09:15:02Z\",\"kind\":\"\\u001b[2J\"}"
                .to_vec(),
        ),
    ];
    for (_, line) in &mut lines {
        line.push(b'\n');
    }
    let into = |(what, line): (&str, Vec<u8>)| in_line(what, 4, &line);
    lines.into_iter().map(into).collect()
}

/// Every member of every kind of line: with every wrong type, and missing.
fn members() -> Vec<Mutant> {
    let wrong = [
        "null",
        "true",
        "-1",
        "1e400",
        "\"\"",
        "[[]]",
        "{\"on\":3}",
        "\"\\u001b\"",
    ];
    let mut mutants = Vec::new();
    for (number, line) in lines().into_iter().enumerate().step_by(3) {
        let line: serde_json::Value = serde_json::from_slice(line).expect("the fixture is sound");
        let object = line.as_object().expect("an object");
        for name in object.keys() {
            for value in wrong {
                let text = object
                    .iter()
                    .map(|(other, old)| {
                        let old = old.to_string();
                        let value = if other == name { value } else { &old };
                        format!("\"{other}\":{value}")
                    })
                    .collect::<Vec<String>>()
                    .join(",");
                let line = format!("{{{text}}}\n");
                mutants.push(in_line(
                    &format!("{name}: {value}"),
                    number,
                    line.as_bytes(),
                ));
            }
        }
    }
    mutants
}

/// A line of this many bytes between intact ones.
pub(crate) fn long_line(length: usize) -> Mutant {
    let words = "x".repeat(length);
    let line = format!("{{\"v\":1,\"id\":\"x\",\"rev\":1,\"kind\":\"{words}\"}}\n");
    in_line(&format!("{length} bytes"), 4, line.as_bytes())
}
