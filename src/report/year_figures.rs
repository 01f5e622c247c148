//! A year in a few figures, each a number and its label.

use crate::insight::Figures;
use crate::practice::Catalog;

/// The figures of a year that are not zero: "16 of 19", "commitments kept".
#[must_use]
pub fn year_figures(figures: &Figures, catalog: &Catalog) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let shares = [
        (figures.commitments.rate(), "commitments kept"),
        (figures.first_date_rate(), "by the day first promised"),
    ];
    for (share, label) in shares {
        if share.whole > 0 {
            let said = format!("{} of {}", share.part, share.whole);
            rows.push((said, label.to_owned()));
        }
    }
    for (register, counted) in figures.registers.iter().filter_map(|counted| {
        let register = catalog.register(&counted.register)?;
        Some((register, counted))
    }) {
        let key = register.portfolio.as_ref().or(register.monthly.as_ref());
        let reached = counted.reached.iter().find(|(stage, _)| Some(stage) == key);
        if let Some((_, count)) = reached.filter(|(_, count)| *count > 0) {
            rows.push((count.to_string(), register.name.clone()));
        }
    }
    if figures.people_helped() > 0 {
        let people = if figures.people_helped() == 1 {
            "person"
        } else {
            "people"
        };
        rows.push((
            figures.people_helped().to_string(),
            format!("{people} helped"),
        ));
    }
    rows
}
