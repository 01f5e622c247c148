//! A year in a few figures, each a number and its label.

use super::share_text;
use crate::insight::{Figures, Share};
use crate::practice::Catalog;

/// The figures of a year that are not zero: "16 of 19", "commitments kept".
pub fn year_figures(figures: &Figures, catalog: &Catalog) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    rows.extend(kept_row(figures));
    rows.extend(first_dates_row(figures));
    rows.extend(figures.registers.iter().filter_map(|counted| {
        let register = catalog.register(&counted.register)?;
        let key = register.portfolio.as_ref().or(register.monthly.as_ref());
        let mut reached = counted.reached.iter();
        let (_, count) = reached.find(|(stage, _)| Some(stage) == key)?;
        (*count > 0).then(|| (count.to_string(), register.heading().to_owned()))
    }));
    rows.extend(helped_row(figures));
    rows
}

/// "16 of 19", "commitments kept".
pub(super) fn kept_row(figures: &Figures) -> Option<(String, String)> {
    share_row(figures.commitments.rate(), "commitments kept")
}

/// "14 of 19", "by the day first promised".
pub(super) fn first_dates_row(figures: &Figures) -> Option<(String, String)> {
    share_row(figures.first_date_rate(), "by the day first promised")
}

fn share_row(share: Share, label: &str) -> Option<(String, String)> {
    (share.whole > 0).then(|| (share_text(share), label.to_owned()))
}

/// "3", "people helped".
pub(super) fn helped_row(figures: &Figures) -> Option<(String, String)> {
    let helped = figures.people_helped();
    let label = if helped == 1 {
        "person helped"
    } else {
        "people helped"
    };
    (helped > 0).then(|| (helped.to_string(), label.to_owned()))
}
