//! A page on a finding, taken apart.

use std::fs;
use std::path::{Path, PathBuf};

use workflow_runtime::model::Code;

/// `workflow-model/docs/findings/<code>.md`.
pub(crate) struct Page {
    pub(crate) code: Code,
    /// What gives the finding.
    pub(crate) examples: Vec<Example>,
    /// The same, mended.
    pub(crate) remedies: Vec<Example>,
}

/// A program on a page.
pub(crate) struct Example {
    pub(crate) code: Code,
    /// Whether it gives the finding.
    pub(crate) is_wrong: bool,
    pub(crate) source: String,
    /// What the page says that the compiler says of it.
    pub(crate) message: String,
    /// Its position among the page's programs.
    position: usize,
}

impl Example {
    /// A module's name for it.
    pub(crate) fn module(&self) -> String {
        format!("{}_{}", self.code.as_str().to_lowercase(), self.position)
    }
}

const SECTIONS: [&str; 3] = ["Why it matters", "Example", "Remedy"];

impl Page {
    fn path(code: Code) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("workflow-model/docs/findings/{code}.md"))
    }

    /// Reads the page on a finding.
    pub(crate) fn read(code: Code) -> Self {
        let path = Self::path(code);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{} is missing: {error}", path.display()));
        let sections: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, SECTIONS, "the sections of {}", path.display());
        let (before, remedy) = text.split_once("## Remedy\n").expect("the sections were just seen");
        let (_, example) = before.split_once("## Example\n").expect("the sections were just seen");
        let mut position = 0;
        let mut programs = |part: &str, is_wrong| -> Vec<Example> {
            let blocks = blocks(part);
            let programs = blocks.iter().enumerate().filter(|(_, (language, _))| *language == "rust");
            let programs = programs.map(|(index, (_, source))| {
                position += 1;
                let message = blocks.get(index + 1).filter(|(language, _)| *language == "text");
                let message = message.map(|(_, message)| message.clone()).unwrap_or_default();
                Example { code, is_wrong, source: source.clone(), message, position }
            });
            programs.collect()
        };
        let page = Page { code, examples: programs(example, true), remedies: programs(remedy, false) };
        assert!(!page.examples.is_empty() && !page.remedies.is_empty(), "a program is missing in {}", path.display());
        page
    }

    /// Writes what the compiler says of an example behind it.
    pub(crate) fn bless(&self, example: &Example, message: &str) {
        let path = Self::path(self.code);
        let text = fs::read_to_string(&path).expect("the page was just read");
        let program = format!("```rust\n{}```\n", example.source);
        let known = format!("\n```text\n{}```\n", example.message);
        let (before, behind) = text.split_once(&program).expect("the program was read there");
        let behind = behind.strip_prefix(&known).unwrap_or(behind);
        fs::write(path, format!("{before}{program}\n```text\n{message}```\n{behind}"))
            .expect("the page can be written");
    }
}

/// The fenced blocks of a text: what stands behind the fence, and the lines.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(language) if !is_open => blocks.push((language, String::new())),
            Some(_) => {}
            None => {
                if let Some((_, block)) = blocks.last_mut().filter(|_| is_open) {
                    block.push_str(line);
                    block.push('\n');
                }
                continue;
            }
        }
        is_open = !is_open;
    }
    blocks
}
