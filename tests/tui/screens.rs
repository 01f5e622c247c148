//! Every screen as text, for an empty journal, the sample year and hard-to-show text, at both
//! sizes.

mod journals;

pub(crate) use journals::entries;

use crate::play::{Play, TUESDAY};

/// The journals to show the screens with.
pub(crate) const JOURNALS: [&str; 3] = ["empty", "sample", "words"];

/// The screens, each with its keys from Home, after the name of a list if it needs one.
pub(crate) const SCREENS: [(&str, &str); 84] = [
    ("home", ""),
    ("home-kept-words", "nFewer questions twice<Esc>"),
    ("home-throw-away", "nFewer questions twice<Esc>x"),
    ("walk-1-audit", "1"),
    ("walk-2-mastery", "2"),
    ("walk-3-problem", "3"),
    ("walk-4-next-level", "4"),
    ("walk-5-communication", "5"),
    ("walk-5-communication-loops", "5<Tab>"),
    ("walk-6-systems", "6"),
    ("walk-7-multiplier", "7"),
    ("walk-8-influence", "8"),
    ("ground-1", "g"),
    ("ground-2", "g<C-s>"),
    ("ground-3", "g<C-s><C-s>"),
    ("mirror", "{Mirror: two short}"),
    ("guide", "p<Left>o"),
    ("month", "{One sentence for}"),
    ("compare-months", "{One sentence for}<F2>"),
    ("commit", "n"),
    ("check-in", "m<Enter>"),
    ("commitments", "m"),
    ("months", "p"),
    ("months-list", "p<Enter>"),
    ("item", "{Problems}<Enter>"),
    ("item-new", "pa"),
    ("list-bolts", "{Techniques}"),
    ("list-problems", "{Problems}"),
    ("list-skills", "{Skills of the next}"),
    ("list-loops", "{Follow-ups}"),
    ("list-decisions", "{Decisions}"),
    ("list-systems", "{Systems/Systems}"),
    ("list-heroes", "{Hero moments}"),
    ("list-acts", "{Assists}"),
    ("list-knowledge", "{Handovers}"),
    ("list-complaints", "{Complaints}"),
    ("list-responsibilities", "{Responsibilities}"),
    ("story", "{Problems}v"),
    ("list-filtered", "{Systems/Systems}/re"),
    ("lists", "l"),
    ("over-time-audit", "{Trends/Audit}"),
    ("over-time-mastery", "{Trends/Mastery}"),
    ("over-time-communication", "{Trends/Communication}"),
    ("over-time-audit-areas", "1<C-o><Down><Down>"),
    ("over-time-problem", "3<C-o>"),
    ("over-time-next-level", "4<C-o>"),
    ("over-time-systems", "6<C-o>"),
    ("over-time-systems-versus", "6<C-o><Down>"),
    ("over-time-influence", "8<C-o>"),
    ("over-time-mirror", "{Mirror: two short}<C-o>"),
    ("over-time-multiplier", "{Trends/Multiplier}"),
    ("compare-audit", "1<F2>"),
    ("compare-words", "1<F2><Down> <Up>"),
    ("compare-scale", "{Trends/Mastery}a"),
    ("compare-marks", "{Trends/Communication}a <Down><Down>"),
    ("people", "w"),
    ("person", "w<Enter>"),
    ("person-open-loop", "w/ruth<Enter><Enter>"),
    ("item-names", "{Follow-ups}aDates<Tab>Priya and a"),
    ("review-week", "r"),
    ("review-week-before", "r["),
    ("review-month", "r<Tab>"),
    ("review-quarter", "r<Tab><Tab>"),
    ("review-year", "r<S-Tab>"),
    ("review-year-before", "r<S-Tab>["),
    ("search", "/"),
    ("search-words", "/relese ownr"),
    ("search-completing", "/person:"),
    ("search-nothing", "/unicorn"),
    ("search-wrong", "/knd:x"),
    ("search-crowded", "/kind:problem kind:act the"),
    ("timeline", "t"),
    ("timeline-end", "tG"),
    ("summary", "rs"),
    ("portfolio", "P"),
    ("portfolio-down", "PG"),
    ("last-look", "Pe"),
    ("portfolio-naming", "Pee"),
    ("about", "A"),
    ("help-home", "?"),
    ("help-page", "1<F1>"),
    ("palette", ":"),
    ("palette-finding", ":com"),
    ("themes", "T"),
];

/// Home at the least and at a large size, where its frames begin, and with nothing due.
const HOMES: [(&str, &str, (u16, u16)); 5] = [
    ("empty", "", (60, 20)),
    ("sample", "", (60, 20)),
    ("sample", "", (100, 26)),
    ("sample", "ck<C-s>", (120, 34)),
    ("sample", "", (200, 60)),
];

/// A page, a checklist and the check-in at the least size, where frames begin, and at a large size.
const FORMS: [(&str, &str); 3] = [
    ("walk-1-audit", "1"),
    ("walk-5-communication", "5"),
    ("check-in", "c"),
];

/// Whether a screen is a page of a practice: with words that are not the sample's, one size is enough.
fn is_page(screen: &str) -> bool {
    screen.starts_with("walk-") || screen.starts_with("ground-")
}

/// A journal with one of the screens open, or `None` if the journal lacks what it needs.
pub(crate) fn open(journal: &str, screen: &str, keys: &str) -> Option<Play> {
    if journal == "empty"
        && [
            "check-in",
            "guide",
            "item",
            "months-list",
            "person",
            "person-open-loop",
            "item-names",
            "story",
        ]
        .contains(&screen)
    {
        return None;
    }
    let mut play = Play::with(&entries(journal), TUESDAY);
    go(&mut play, keys);
    Some(play)
}

/// Presses the keys of a screen on Home.
pub(crate) fn go(play: &mut Play, keys: &str) {
    match keys.strip_prefix('{').and_then(|keys| keys.split_once('}')) {
        Some((shelf, keys)) => play.shelf(shelf).keys(keys),
        None => play.keys(keys),
    };
}

/// The sizes a screen is looked at in. What is drawn alike needs one: with the page beside a list for
/// the sample year, and without for text that is hard to show.
fn sizes(journal: &str, screen: &str) -> Vec<(u16, u16)> {
    /// One of each kind, on both sides of every breakpoint.
    const EVERY_SIZE: [&str; 4] = ["commitments", "months", "review-quarter", "portfolio"];
    const ALIKE: [&str; 13] = [
        "last-look",
        "commitments",
        "compare-",
        "list",
        "months",
        "over-time-",
        "people",
        "person",
        "portfolio",
        "review-",
        "search",
        "story",
        "timeline",
    ];
    match journal {
        "sample" if EVERY_SIZE.contains(&screen) => {
            vec![(60, 20), (80, 24), (120, 40), (200, 60)]
        }
        _ if !ALIKE.iter().any(|start| screen.starts_with(start)) => vec![(80, 24), (120, 40)],
        "sample" => vec![(120, 40)],
        _ => vec![(80, 24)],
    }
}

#[test]
fn every_screen_matches_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for journal in JOURNALS {
            for (screen, keys) in SCREENS {
                let Some(mut play) = open(journal, screen, keys) else {
                    continue;
                };
                for (columns, rows) in sizes(journal, screen) {
                    if is_page(screen) && journal != "sample" && columns > 80 {
                        continue;
                    }
                    play.size(columns, rows);
                    let name = format!("{screen}@{journal}@{columns}x{rows}");
                    // A release must not change the snapshots.
                    let shown = play.screen().replace(env!("CARGO_PKG_VERSION"), "0.0.0");
                    insta::assert_snapshot!(name, shown);
                }
            }
        }
        for (journal, keys, (columns, rows)) in HOMES {
            let mut play = Play::with(&entries(journal), TUESDAY);
            let size = format!("{columns}x{rows}");
            play.size(columns, rows).keys(keys);
            insta::assert_snapshot!(format!("home@{journal}@{size}"), play.screen());
        }
        for (screen, keys) in FORMS {
            for (columns, rows) in [(60, 20), (100, 26), (200, 60)] {
                let mut play = Play::with(&entries("sample"), TUESDAY);
                play.size(columns, rows).keys(keys);
                let name = format!("{screen}@sample@{columns}x{rows}");
                insta::assert_snapshot!(name, play.screen());
            }
        }
        let mut play = Play::new();
        play.size(50, 10);
        insta::assert_snapshot!("too-small@empty@50x10", play.screen());
    });
}
