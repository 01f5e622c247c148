//! Prepares the built-in practices: people write them as TOML, and the program reads them as JSON,
//! which takes a fraction of the time.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo sets in the environment where to write, and a build can be repeated"
)]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    if env::var_os("CARGO_CFG_UNIX").is_none() {
        println!(
            "cargo::error=leadby runs on Linux, macOS and other Unix systems, and not on Windows"
        );
        return Ok(());
    }
    println!("cargo::rerun-if-changed=assets/practices");
    let out = env::var("OUT_DIR")?;
    for file in fs::read_dir("assets/practices")? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let prepared = practice_json(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.with_extension("json");
            let to = Path::new(&out).join(name.file_name().unwrap_or_default());
            fs::write(to, prepared)?;
        }
    }
    Ok(())
}

/// A practice file as JSON.
fn practice_json(text: &str) -> Result<String, Box<dyn Error>> {
    let practice: Value = toml::from_str(text)?;
    Ok(serde_json::to_string(&practice)?)
}
