//! The names that are bound, in Rust and in JSONata.

use super::Subject;

/// What is in scope.
#[derive(Debug, Default)]
pub(crate) struct Scope<'a> {
    /// Rust's names, innermost last.
    locals: Vec<(String, Subject<'a>)>,
    /// JSONata's variables, without their `$`, innermost last.
    variables: Vec<String>,
}

/// A point to which a [`Scope`] can be reset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    locals: usize,
    variables: usize,
}

impl<'a> Scope<'a> {
    /// The scope of expressions of a workflow with variables of these names.
    pub(crate) fn with_variables(names: impl IntoIterator<Item = String>) -> Self {
        Scope { locals: Vec::new(), variables: names.into_iter().collect() }
    }

    pub(super) fn bind(&mut self, name: &str, subject: Subject<'a>) {
        self.locals.push((name.to_owned(), subject));
    }

    pub(super) fn get(&self, name: &str) -> Option<&Subject<'a>> {
        self.locals.iter().rev().find(|(local, _)| local == name).map(|(_, subject)| subject)
    }

    /// A variable that hides neither another one in scope nor a function of JSONata.
    pub(crate) fn fresh(&mut self, name: &str) -> String {
        let stem: String = name.chars().filter(|char| char.is_ascii_alphanumeric() || *char == '_').collect();
        let is_name = stem.starts_with(|first: char| !first.is_ascii_digit());
        let stem = if is_name { stem } else { "value".to_owned() };
        let taken = |name: &String| FUNCTIONS.contains(&name.as_str()) || self.variables.contains(name);
        let numbered = (2_u32..).map(|number| format!("{stem}_{number}"));
        let variable = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(stem.clone());
        self.variables.push(variable.clone());
        variable
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { locals: self.locals.len(), variables: self.variables.len() }
    }

    pub(crate) fn reset(&mut self, mark: Mark) {
        self.locals.truncate(mark.locals);
        self.variables.truncate(mark.variables);
    }
}

/// Whether a name is that of a function, or of the variable that Step Functions provides.
pub(crate) fn is_taken(name: &str) -> bool {
    FUNCTIONS.contains(&name)
}

/// The functions of JSONata, those that Step Functions adds, and the variable it provides.
const FUNCTIONS: &[&str] = &[
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "clone",
    "contains",
    "count",
    "decodeUrl",
    "decodeUrlComponent",
    "distinct",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "error",
    "eval",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "hash",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parse",
    "parseInteger",
    "partition",
    "power",
    "random",
    "range",
    "reduce",
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
    "states",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
    "uppercase",
    "uuid",
    "zip",
];
