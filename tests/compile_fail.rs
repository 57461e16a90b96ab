//! What the compiler says of a workflow that is not right: `tests/ui/<kind of mistake>/<mistake>.rs`, with the message next to it
//! in `<mistake>.stderr`. `TRYBUILD=overwrite cargo test --test compile_fail` writes the messages anew.

use std::fs;

#[test]
fn messages() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
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
