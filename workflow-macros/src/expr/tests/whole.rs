use std::path::{Path, PathBuf};

use syn::visit::Visit;

use super::*;

/// Every block of this crate's own source is read, or refused with an error, but neither neither nor both.
#[test]
fn any_rust_is_read_or_refused() {
    let mut blocks = Blocks { seen: 0 };
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = std::fs::read_to_string(&file).expect("the source can be read");
        blocks.visit_file(&syn::parse_file(&source).expect("the source is Rust"));
    }
    assert!(blocks.seen > 100, "only {} blocks were found", blocks.seen);
}

struct Blocks {
    seen: usize,
}

impl<'ast> Visit<'ast> for Blocks {
    fn visit_block(&mut self, block: &'ast Block) {
        self.seen += 1;
        for is_choice in [false, true] {
            let mut tables = Tables::default();
            let mut errors = Errors::new();
            let mut reader = Reader::new(&mut tables, &mut errors);
            let read = if is_choice { reader.choice(&[], block).body } else { reader.body(&[], block) };
            let errors = errors.into_texts();
            assert_eq!(read.is_some(), errors.is_empty(), "{}: {errors:?}", super::super::tables::text(block));
        }
        syn::visit::visit_block(self, block);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let nested = paths.map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    nested.flatten().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
