//! `kill -9` while the draft is saved: the previous draft is offered, and no files pile up.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use leadby::journal::Value;
use leadby::store::{Draft, Drafts};

use super::{Home, Random, block_starts, cases, env_var, helper, kill, moment, say, start};

fn draft(number: usize) -> Draft {
    let words = format!("{number} {}", "words ".repeat(number % 7 * 1_500));
    Draft {
        at: moment().timestamp(),
        screen: "walk/audit".to_owned(),
        field: "influence".to_owned(),
        cursor: (0, 0),
        values: BTreeMap::from([("influence".to_owned(), Value::Text(words))]),
        about: BTreeMap::new(),
    }
}

fn number(draft: &Draft) -> usize {
    let words = match &draft.values["influence"] {
        Value::Text(words) => words.as_str(),
        _ => "",
    };
    let number = words.split(' ').next().expect("a number");
    number.parse().expect("a number")
}

#[test]
#[ignore = "started and killed by the test below"]
fn saves_drafts_until_it_is_killed() {
    let journal = env_var("LEADBY_JOURNAL");
    let mut drafts = Drafts::new(Path::new(&journal));
    let first = drafts.read().expect("a draft").map_or(0, |it| number(&it));
    for next in first + 1.. {
        drafts.write(&draft(next)).expect("a draft");
        let _ = writeln!(io::stdout(), "down {next}");
    }
}

#[test]
fn a_kill_while_a_draft_is_saved_keeps_the_one_before() {
    let mut random = Random::new();
    let home = Home::new();
    let kills = cases(8, 300);
    let (mut last, mut unrenamed) = (0, 0);
    for _ in 0..kills {
        let mut command = helper("draft_kills::saves_drafts_until_it_is_killed");
        command.env("LEADBY_JOURNAL", home.journal());
        let mut child = start(&mut command);
        let id = child.id();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let mut left = 1 + random.below(6);
        for line in output.lines() {
            let line = line.expect("a line");
            let Some((_, number)) = line.rsplit_once("down ") else {
                continue;
            };
            last = number.parse().expect("a number");
            left = left.saturating_sub(1);
            if left == 0 {
                let spins = random.below(200_000);
                (0..spins).for_each(|_| std::hint::spin_loop());
                kill(id);
            }
        }
        child.wait().expect("it is over");
        let lies = fs::read_dir(home.path()).expect("the home").count();
        assert!(lies <= 2, "{lies} files pile up");
        unrenamed += lies - 1;
        let no_starts = block_starts();
        let found = Drafts::new(&home.journal()).read().expect("a draft");
        drop(no_starts);
        let found = number(&found.expect("a draft"));
        assert!((last..=last + 1).contains(&found), "{found} after {last}");
    }
    say(&format!(
        "drafts: {kills} kills, {unrenamed} of them before the renaming, 0 words put down lost, seed {}",
        random.seed
    ));
}
