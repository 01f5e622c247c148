//! How long a search of 30,000 entries takes, beside a frame at sixty a second.
//!
//! `cargo bench --bench search` measures what a user waits for: the search being opened, for which all
//! entries are indexed but not their words; and each key, for which the query is read, all entries are
//! compared and put in order. The words are read in slices while no key waits, of which the longest is
//! measured too. At the end is the least of several times each: what else the machine does is not the
//! search's doing.

mod journal;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use leadby::journal::Journal;
use leadby::journal::search::{Query, SLICE, SearchIndex};
use leadby::practice::{Catalog, builtin};

use journal::Shape;

const ENTRIES: usize = 30_000;

/// How long it may take to open, and each key.
const MOST: (Duration, Duration) = (Duration::from_millis(16), Duration::from_millis(5));

/// What is typed: a letter that is in nearly every entry, words in all of them or in none, letters
/// missing, signs, filters, and many words at once.
const QUERIES: [&str; 10] = [
    "o",
    "owner",
    "rlease",
    "nothing like this",
    "\"one owner\"",
    "\"“why” the\"",
    "früh -asks",
    "kind:commitment since:3m",
    "week:40 release",
    "the release has one owner who asks",
];

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .measurement_time(Duration::from_secs(2));
    measure(&mut criterion, Shape::Years, ENTRIES);
    measure(&mut criterion, Shape::OneList, ENTRIES / 3);
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, shape: Shape, entries: usize) {
    let catalog = builtin();
    let journal = Journal::fold(journal::entries(&catalog, shape, entries));
    let open = || {
        let mut index = SearchIndex::new(&journal, &catalog);
        index.best(&Query::default(), &journal, &catalog)
    };
    criterion.bench_function(&format!("search/{shape:?}/opened"), |bencher| {
        bencher.iter(open);
    });
    let once = || {
        let mut index = SearchIndex::new(&journal, &catalog);
        index.best(&parsed("owner", &catalog), &journal, &catalog)
    };
    criterion.bench_function(&format!("search/{shape:?}/one query"), |bencher| {
        bencher.iter(once);
    });
    let mut index = SearchIndex::new(&journal, &catalog);
    let mut later = Vec::new();
    for query in QUERIES {
        let found = index
            .best(&parsed(query, &catalog), &journal, &catalog)
            .len();
        let name = format!("search/{shape:?}/{query}, {found} found");
        criterion.bench_function(&name, |bencher| {
            bencher.iter_custom(|times| {
                let times = 0..times;
                times
                    .map(|_| last_key(&mut index, query, &journal, &catalog))
                    .sum()
            });
        });
        let taken = (0..20).map(|_| last_key(&mut index, query, &journal, &catalog));
        later.push((taken.min().unwrap_or_default(), query));
    }
    let opened = least(20, || drop(black_box(open())));
    let once = least(20, || drop(black_box(once())));
    let slice = longest_slice(&journal, &catalog);
    let (later, query) = later.into_iter().max().unwrap_or_default();
    #[expect(clippy::print_stdout, reason = "it is what the benchmark says")]
    {
        println!(
            "\nsearch, {shape:?}, {entries} entries: opened in {opened:?}, at most {:?};",
            MOST.0
        );
        println!("the longest key {later:?}, at most {:?}: {query}", MOST.1);
        println!("the longest slice of words {slice:?}, at most {:?}", MOST.1);
        println!("one query from nothing {once:?}");
    }
}

/// How long the longest of the slices takes in which words are read.
fn longest_slice(journal: &Journal, catalog: &Catalog) -> Duration {
    let mut slices = Vec::new();
    for _ in 0..10 {
        let mut index = SearchIndex::new(journal, catalog);
        for at in 0.. {
            let start = Instant::now();
            let is_more = index.prepare(journal, catalog, SLICE);
            let taken = start.elapsed();
            match slices.get_mut(at) {
                Some(least) => *least = taken.min(*least),
                None => slices.push(taken),
            }
            if !is_more {
                break;
            }
        }
    }
    slices.into_iter().max().unwrap_or_default()
}

/// The least time that `work` takes.
fn least(times: usize, mut work: impl FnMut()) -> Duration {
    let taken = (0..times).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    taken.min().unwrap_or_default()
}

/// How long the last key of a query takes, all others being typed.
fn last_key(
    index: &mut SearchIndex,
    query: &str,
    journal: &Journal,
    catalog: &Catalog,
) -> Duration {
    let (last, _) = query.char_indices().next_back().unwrap_or_default();
    index.best(&parsed(&query[..last], catalog), journal, catalog);
    let start = Instant::now();
    let hits = index.best(&parsed(query, catalog), journal, catalog);
    let taken = start.elapsed();
    assert!(hits.len() <= index.count());
    taken
}

fn parsed(query: &str, catalog: &Catalog) -> Query {
    Query::parse(query, catalog, journal::now())
}
