//! `kill -9` at any time during a save: acknowledged lines are there, earlier lines are unchanged,
//! and the next save works.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use leadby::store::Store;

use super::{Home, LIMIT, Random, cases, input, kill, pass, say, start, titles, wait};

/// Kills per journal before a new one is started, to keep it short.
const A_JOURNAL: usize = 40;

/// How far the killed saves had come.
#[derive(Debug, Default)]
struct Figures {
    kills: usize,
    acknowledged: usize,
    whole: usize,
    torn: usize,
    nothing: usize,
}

#[test]
fn a_kill_at_any_instant_of_a_save_loses_nothing() {
    let mut random = Random::new();
    let mut figures = Figures::default();
    let typical = typical();
    let start = Instant::now();
    let kills = cases(25, 1_000);
    while figures.kills < kills {
        let home = Home::new();
        let mut known = Known::default();
        for _ in 0..A_JOURNAL.min(kills - figures.kills) {
            one_kill(&home, &mut known, &mut random, typical, &mut figures);
        }
        known.check_listed(&home);
    }
    let seconds = start.elapsed().as_secs();
    say(&format!(
        "kills: {figures:?}, 0 acknowledged lost, 0 old bytes changed, every next save worked; \
         {seconds} s, seed {}",
        random.seed
    ));
}

#[derive(Default)]
struct Known {
    titles: BTreeSet<String>,
    next: usize,
}

impl Known {
    fn title(&mut self) -> String {
        self.next += 1;
        format!("problem {}", self.next)
    }

    /// Checks that everything acknowledged is there, once.
    #[track_caller]
    fn check(&self, home: &Home) {
        let (_, loaded) = Store::open(home.journal()).expect("a journal");
        let found = titles(&loaded.entries);
        let once: BTreeSet<&str> = found.iter().copied().collect();
        assert_eq!(once.len(), found.len(), "an entry is there twice");
        for title in &self.titles {
            assert!(once.contains(title.as_str()), "{title} is lost");
        }
    }

    #[track_caller]
    fn check_listed(&self, home: &Home) {
        let listed = home.listed();
        for title in &self.titles {
            let is_it = |entry: &&serde_json::Value| entry["title"] == title.as_str();
            assert_eq!(listed.iter().filter(is_it).count(), 1, "{title}");
        }
    }
}

fn one_kill(
    home: &Home,
    known: &mut Known,
    random: &mut Random,
    typical: Duration,
    figures: &mut Figures,
) {
    let before = home.bytes();
    let title = known.title();
    let words = words(random);
    let mut child = start(&mut saving(home, &title, &words));
    if random.below(2) == 0 {
        let part = u32::try_from(random.below(1_300)).expect("it is small");
        pass(typical * part / 1_000);
    } else {
        // Once the file has grown, the save is between its write and its message.
        let length = before.len() as u64;
        let grown = || fs::metadata(home.journal()).is_ok_and(|file| file.len() > length);
        while !grown() && child.try_wait().expect("a child").is_none() {
            std::hint::spin_loop();
        }
        let after = Duration::from_micros(random.below(600) as u64);
        let start = Instant::now();
        while start.elapsed() < after {
            std::hint::spin_loop();
        }
    }
    kill(child.id());
    let done = wait(child, LIMIT).expect("a killed process ends");
    let acknowledged = done.stdout.ends_with(b")\n");
    figures.kills += 1;
    figures.acknowledged += usize::from(acknowledged);

    let after = home.bytes();
    assert!(after.starts_with(&before), "old lines were changed");
    match &after[before.len()..] {
        [] => figures.nothing += 1,
        [.., b'\n'] => figures.whole += 1,
        _ => figures.torn += 1,
    }
    if acknowledged {
        known.titles.insert(title);
    }
    known.check(home);

    let next = known.title();
    let saved = wait(start(&mut saving(home, &next, "x")), LIMIT);
    let saved = saved.expect("it ends");
    assert!(saved.status.success(), "{saved:?}");
    known.titles.insert(next);
    assert!(home.bytes().starts_with(&after), "old lines were changed");
    known.check(home);
}

/// 5 to 60,000 characters, short and long ones equally often.
fn words(random: &mut Random) -> String {
    let longest = 5_usize << random.below(14);
    let length = 5 + random.below(longest.min(59_996));
    let length = if random.below(20) == 0 {
        60_000
    } else {
        length
    };
    let some: Vec<char> = "words, é 日 🙂 \u{1} \\ \" and\nmore ".chars().collect();
    (0..length).map(|place| some[place % some.len()]).collect()
}

fn saving(home: &Home, title: &str, words: &str) -> Command {
    let mut command = home.command(&["add", "problem", title, "--set", "wrong=-"]);
    command.stdin(input(home, words)).stderr(Stdio::piped());
    command
}

/// How long a save takes on this machine.
fn typical() -> Duration {
    let home = Home::new();
    let longest = "x".repeat(30_000);
    let took = (0..3).map(|_| {
        let start = Instant::now();
        let child = super::start(&mut saving(&home, "x", &longest));
        assert!(wait(child, LIMIT).expect("it ends").status.success());
        start.elapsed()
    });
    took.min().expect("three of them")
}
