//! Names: how they are written in Amazon States Language, and which one was meant.

mod near;

pub(crate) use near::Names;
pub use near::nearest;

/// The name of a state in Amazon States Language, from its name in Rust.
///
/// ```
/// assert_eq!(workflow_model::name::pascal_case("call_service"), "CallService");
/// assert_eq!(workflow_model::name::pascal_case("r#loop"), "Loop");
/// ```
pub fn pascal_case(rust: &str) -> String {
    let rust = rust.strip_prefix("r#").unwrap_or(rust);
    let mut name = String::with_capacity(rust.len());
    for word in rust.split('_') {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}

/// A type's name as a file is called, from its name in Rust.
///
/// ```
/// assert_eq!(workflow_model::name::snake_case("PollService"), "poll_service");
/// ```
pub fn snake_case(rust: &str) -> String {
    let mut name = String::with_capacity(rust.len());
    for letter in rust.chars() {
        if letter.is_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// Several things of which one is to be chosen: `a`, `a or b`, `a, b or c`.
///
/// ```
/// assert_eq!(workflow_model::name::one_of(&["sync", "callback", "end"]), "sync, callback or end");
/// ```
pub fn one_of(items: &[impl AsRef<str>]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => items.concat(),
    }
}
