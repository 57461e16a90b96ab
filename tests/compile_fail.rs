//! What the compiler says of a workflow that is not right: `tests/ui/<kind of mistake>/<mistake>.rs`, with the message next to it
//! in `<mistake>.stderr`. `TRYBUILD=overwrite cargo test --test compile_fail` writes the messages anew.

use std::fs;
use std::path::PathBuf;

use workflow_runtime::model::Code;

#[test]
fn messages() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}

/// What the compiler says of each file.
fn said() -> Vec<(PathBuf, String)> {
    let folders = fs::read_dir("tests/ui").expect("the tests are there");
    let files = folders.flat_map(|folder| {
        let folder = folder.expect("the folder can be listed").path();
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("the folder can be listed").path())
    });
    let said = files.filter(|path| path.extension().is_some_and(|extension| extension == "stderr"));
    said.map(|path| (path.clone(), fs::read_to_string(path).expect("the file is text"))).collect()
}

#[test]
fn each_finding_is_among_them() {
    let said = said();
    for code in Code::ALL {
        let name = code.as_str();
        assert!(said.iter().any(|(_, said)| said.contains(name)), "no file in `tests/ui` shows {name}");
    }
}

/// All that is wrong with a block comes at once, in the order in which it stands there.
#[test]
fn findings_come_in_source_order() {
    for (path, said) in said() {
        let errors = said.split("\n\n").filter(|error| error.starts_with("error: W"));
        let positions: Vec<(u32, u32)> = errors.map(position).collect();
        assert!(positions.is_sorted(), "{}: {positions:?}", path.display());
    }
}

/// The line and the column of an error.
fn position(error: &str) -> (u32, u32) {
    let place = error.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let mut parts = place.expect("each error has a place").rsplit(':');
    let mut number = || parts.next().and_then(|part| part.parse().ok()).expect("a place ends in two numbers");
    let column = number();
    (number(), column)
}

/// Without its mistake each of them compiles: see `compile_pass.rs`. What is half written has no other half, and several mistakes are
/// each a file's own.
#[test]
fn each_mistake_has_a_twin_without_it() {
    let folders = fs::read_dir("tests/ui").expect("the folders are there");
    for folder in folders {
        let folder = folder.expect("the folders can be listed").path();
        if folder.ends_with("half_written") {
            continue;
        }
        let twins = fs::read_to_string(folder.join("pass/mod.rs")).expect("each folder has its twins");
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            if path.extension().is_some_and(|extension| extension == "rs") && name != "several" {
                assert!(twins.contains(&format!("mod {name} {{")), "{} has no twin", path.display());
            }
        }
    }
}
