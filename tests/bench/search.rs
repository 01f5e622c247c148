//! How long a search of 30,000 entries takes, beside a frame at sixty a second.
//!
//! `cargo bench --bench search` measures what happens at a key, once what stands before it was looked
//! for: the query is read, all entries are looked through and put in order. At the end stands the
//! longest of them as a share of a frame.

mod journal;

use std::time::{Duration, Instant};

use criterion::Criterion;
use leadby::journal::Journal;
use leadby::journal::search::{Haystack, Query};
use leadby::practice::{Catalog, builtin};

/// How long a screen has at sixty a second.
const FRAME: Duration = Duration::from_micros(16_667);

/// What is typed: a letter that is in nearly every entry, words in all of them or in none, letters
/// missing, filters, and many words at once.
const QUERIES: [&str; 9] = [
    "o",
    "owner",
    "rlease",
    "nothing like this",
    "\"one owner\"",
    "früh -asks",
    "kind:commitment since:3m",
    "week:40 release",
    "the release has one owner who asks",
];

fn main() {
    let catalog = builtin();
    let journal = Journal::fold(journal::entries(&catalog, journal::Shape::Years, 30_000));
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .measurement_time(Duration::from_secs(2));
    criterion.bench_function("search/made ready", |bencher| {
        bencher.iter(|| Haystack::new(&journal, &catalog));
    });
    let mut haystack = Haystack::new(&journal, &catalog);
    let mut longest = Duration::ZERO;
    for query in QUERIES {
        let found = haystack.best(&parsed(query, &catalog)).len();
        criterion.bench_function(&format!("search/{query}, {found} found"), |bencher| {
            bencher.iter_custom(|times| {
                (0..times)
                    .map(|_| at_a_key(&mut haystack, query, &catalog))
                    .sum()
            });
        });
        // The least of several: what else the machine does is not the search's doing.
        let taken = (0..20).map(|_| at_a_key(&mut haystack, query, &catalog));
        longest = longest.max(taken.min().unwrap_or_default());
    }
    criterion.final_summary();
    let share = longest.as_secs_f64() / FRAME.as_secs_f64();
    #[expect(clippy::print_stdout, reason = "it is what the benchmark says")]
    {
        println!("\nsearch: the longest takes {longest:?}, {share:.2} of a frame; at most 1");
    }
}

/// How long the last key of a query takes, all others being typed.
fn at_a_key(haystack: &mut Haystack, query: &str, catalog: &Catalog) -> Duration {
    let (last, _) = query.char_indices().next_back().unwrap_or_default();
    haystack.best(&parsed(&query[..last], catalog));
    let start = Instant::now();
    let hits = haystack.best(&parsed(query, catalog));
    let taken = start.elapsed();
    assert!(hits.len() <= haystack.count());
    taken
}

fn parsed(query: &str, catalog: &Catalog) -> Query {
    Query::parse(query, catalog, journal::now())
}
