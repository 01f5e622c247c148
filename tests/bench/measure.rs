//! What was measured, and the ratios that are said of it.

use std::time::Duration;

use criterion::Criterion;

/// Does something once, and answers how long what counts of it took.
pub(crate) type Once<'a> = dyn FnMut() -> Duration + 'a;

/// The measurements of this run, by name.
pub(crate) struct Bench {
    criterion: Criterion,
    taken: Vec<(String, Vec<Duration>)>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let criterion = Criterion::default()
            .sample_size(20)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(3))
            .configure_from_args();
        Self {
            criterion,
            taken: Vec::new(),
        }
    }

    /// Measures what `once` answers, as often as criterion wants; nothing when it was not asked for.
    pub(crate) fn measure(&mut self, name: &str, mut once: impl FnMut() -> Duration) {
        let mut taken = Vec::new();
        self.criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let before = taken.len();
                taken.extend((0..times).map(|_| once()));
                taken[before..].iter().sum()
            });
        });
        taken.sort_unstable();
        self.taken.push((name.to_owned(), taken));
    }

    /// Measures several in turn, so that what is compared meets the disk and the machine in the same
    /// mood. Criterion is told of the first one alone; the ratios know them all.
    pub(crate) fn measure_in_turn(&mut self, several: &mut [(&str, &mut Once<'_>)]) {
        let mut others: Vec<Vec<Duration>> = vec![Vec::new(); several.len()];
        let Some((name, _)) = several.first() else {
            return;
        };
        let name = (*name).to_owned();
        self.measure(&name, || {
            let times = several.iter_mut().map(|(_, once)| once());
            let times: Vec<Duration> = times.collect();
            for (taken, time) in others.iter_mut().zip(&times) {
                taken.push(*time);
            }
            times[0]
        });
        for ((name, _), mut taken) in several.iter().zip(others).skip(1) {
            taken.sort_unstable();
            self.taken.push(((*name).to_owned(), taken));
        }
    }

    /// Says how many times as long one takes as another, and how many times it may be at most.
    pub(crate) fn ratio(&self, (ours, theirs): (&str, &str), percentile: usize, most: f64) {
        let (Some(one), Some(other)) = (self.at(ours, percentile), self.at(theirs, percentile))
        else {
            return;
        };
        let ratio = one.as_secs_f64() / other.as_secs_f64();
        let of = if percentile == 50 { "median" } else { "p99" };
        let what = format!("{ours} to {theirs}: {of} {one:.1?} to {other:.1?}");
        say(ratio, most, &what);
    }

    /// Says how much of the time that a person waits for something it takes.
    pub(crate) fn share(&self, name: &str, most: Duration) {
        if let Some(taken) = self.at(name, 99) {
            let share = taken.as_secs_f64() / most.as_secs_f64();
            say(
                share,
                1.0,
                &format!("{name}: p99 {taken:.1?} of {most:.1?}"),
            );
        }
    }

    /// The time within which so many of a hundred were done.
    fn at(&self, name: &str, percentile: usize) -> Option<Duration> {
        let (_, taken) = self.taken.iter().find(|(taken, _)| taken == name)?;
        taken
            .get((taken.len() * percentile / 100).min(taken.len().checked_sub(1)?))
            .copied()
    }
}

/// One line of the table at the end.
#[expect(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]
pub(crate) fn say(ratio: f64, most: f64, what: &str) {
    println!("{ratio:<9.2}{most:<9.1}{what}");
}
