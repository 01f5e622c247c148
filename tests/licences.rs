//! `leadby licences` prints the notice of every crate that is in the program.
//!
//! `LICENCES=update cargo test --test licences` writes them anew, from what the crates carry.

#![expect(clippy::panic, reason = "a test that cannot continue says why")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const NOTICES: &str = include_str!("../assets/licences.txt");

/// The licences, the one we choose first where a crate offers several.
const LICENCES: [&str; 6] = [
    "MIT",
    "BSD-3-Clause",
    "Zlib",
    "Apache-2.0",
    "Unicode-3.0",
    "MPL-2.0",
];

/// What cargo knows of the crates in the program on Linux, without those that only build or test it.
fn crates() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let metadata: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"));
    let nodes = metadata["resolve"]["nodes"].as_array().expect("the crates");
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (id(&node["id"]), node)).collect();
    let packages = metadata["packages"].as_array().expect("the crates");
    let builds_only = |there: &str| {
        let mut same = packages
            .iter()
            .filter(|package| id(&package["id"]) == there);
        same.any(|package| package["targets"][0]["kind"][0] == "proc-macro")
    };
    let mut found = BTreeSet::new();
    let mut open = vec![id(&metadata["resolve"]["root"])];
    while let Some(at) = open.pop() {
        for dependency in nodes[at]["deps"].as_array().into_iter().flatten() {
            let mut kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
            let there = id(&dependency["pkg"]);
            let is_in = kinds.any(|kind| kind["kind"].is_null()) && !builds_only(there);
            if is_in && found.insert(there) {
                open.push(there);
            }
        }
    }
    packages
        .iter()
        .filter(|package| found.contains(id(&package["id"])))
        .cloned()
        .collect()
}

fn id(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The lines of a crate's licence files that say whose it is.
fn copyrights(package: &Value) -> Vec<String> {
    let manifest = Path::new(id(&package["manifest_path"]));
    let folder = manifest.parent().expect("a folder");
    let files = std::fs::read_dir(folder).expect("the crate is there");
    let mut names: Vec<_> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = name.to_lowercase();
            name.starts_with("licen") || name.starts_with("copying")
        })
        .collect();
    names.sort();
    let texts = names
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        for line in text.lines().map(str::trim) {
            let says = line.to_lowercase().starts_with("copyright") && line.contains(['1', '2']);
            // The form that the Apache licence offers to fill in.
            if says && !line.contains("[yyyy]") && !lines.iter().any(|other| other == line) {
                lines.push(line.to_owned());
            }
        }
    }
    lines
}

/// The licences of a crate that we use it under.
fn chosen(package: &Value) -> Vec<&'static str> {
    let said = id(&package["license"]).replace('/', " OR ");
    let parts = said.split(" AND ");
    parts
        .map(|part| {
            let offered: Vec<&str> = part.trim_matches(['(', ')']).split(" OR ").collect();
            let one = LICENCES.iter().find(|licence| offered.contains(licence));
            *one.unwrap_or_else(|| panic!("{}: {said}", package["name"]))
        })
        .collect()
}

fn notices() -> String {
    let mut by_licence: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for package in crates() {
        for licence in chosen(&package) {
            let place = LICENCES.iter().position(|known| *known == licence);
            let mut lines = vec![format!(
                "{} {}",
                id(&package["name"]),
                id(&package["version"])
            )];
            let source = id(&package["repository"]);
            if !source.is_empty() {
                lines.push(source.to_owned());
            }
            lines.extend(copyrights(&package));
            let notice = lines.join("\n    ");
            by_licence
                .entry(place.unwrap_or_default())
                .or_default()
                .push(notice);
        }
    }
    let mut text = NOTICES
        .split_once("\n====")
        .map_or(NOTICES, |(head, _)| head)
        .to_owned();
    for (place, notices) in by_licence {
        let licence = LICENCES[place];
        let words = std::fs::read_to_string(format!(
            "{}/assets/licences/{licence}.txt",
            env!("CARGO_MANIFEST_DIR")
        ));
        let words = words.expect("the text of the licence");
        text.push_str(&format!(
            "\n==== {licence}\n\n{}\n\n{}\n",
            notices.join("\n"),
            words.trim()
        ));
    }
    text
}

#[test]
fn every_crate_in_the_program_has_its_notice() {
    let expected = notices();
    if NOTICES == expected {
        return;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch for the person who runs the test"
    )]
    let update = std::env::var("LICENCES").is_ok_and(|value| value == "update");
    assert!(update, "assets/licences.txt should be:\n\n{expected}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/licences.txt");
    #[expect(
        clippy::disallowed_methods,
        reason = "the file is under version control"
    )]
    std::fs::write(path, expected).expect("the notices can be written");
}
