//! Import cycles between files, direct or through others.
//!
//! A module and its submodules may import each other: it speaks for them, and they are part of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Source, Used};

/// Every shortest cycle, each reported once.
pub(crate) fn circles(sources: &[Source]) -> Vec<String> {
    let modules: BTreeMap<Vec<&str>, &str> = sources
        .iter()
        .map(|source| (source.module(), source.path.as_str()))
        .collect();
    let needed: BTreeMap<&str, BTreeSet<&str>> = sources
        .iter()
        .map(|source| (source.path.as_str(), needs(source, &modules)))
        .collect();
    let mut told = BTreeSet::new();
    let mut complaints = Vec::new();
    for source in sources {
        let Some(circle) = way_back(&source.path, &needed) else {
            continue;
        };
        if told.insert(circle.iter().copied().collect::<BTreeSet<_>>()) {
            complaints.push(format!("{} → {}", circle.join(" → "), source.path));
        }
    }
    complaints
}

/// The other files that a file imports from, except its parents and submodules.
fn needs<'a>(source: &Source, modules: &BTreeMap<Vec<&str>, &'a str>) -> BTreeSet<&'a str> {
    let own = source.module();
    let used = source.used().into_iter().filter(|used| !used.in_tests);
    let found = used.filter_map(|used| {
        let path = absolute(&used, &own)?;
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let mut longest = (1..=path.len()).rev();
        let (module, file) = longest.find_map(|length| modules.get_key_value(&path[..length]))?;
        let related = module.starts_with(&own) || own.starts_with(module);
        (!related).then_some(*file)
    });
    found.collect()
}

/// A path from the crate root, or `None` if it leads out of the crate.
fn absolute(used: &Used, own: &[&str]) -> Option<Vec<String>> {
    let climbs = used
        .segments
        .iter()
        .take_while(|segment| *segment == "super")
        .count();
    let (base, rest) = match used.segments[0].as_str() {
        "crate" | "leadby" => (0, 1),
        "super" => ((own.len() + used.inline).checked_sub(climbs)?, climbs),
        _ => return None,
    };
    // An inline module belongs to its file.
    let base = own.iter().take(base).copied();
    let rest = used.segments[rest..].iter().map(String::as_str);
    Some(base.chain(rest).map(str::to_owned).collect())
}

/// The files on the shortest import path from a file back to itself, starting with it.
fn way_back<'a>(
    start: &'a str,
    needed: &BTreeMap<&'a str, BTreeSet<&'a str>>,
) -> Option<Vec<&'a str>> {
    let mut before = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(file) = next.pop_front() {
        for other in &needed[file] {
            if *other == start {
                let mut way = vec![file];
                while let Some(file) = before.get(way[way.len() - 1]) {
                    way.push(*file);
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(other) {
                before.insert(*other, file);
                next.push_back(other);
            }
        }
    }
    None
}
