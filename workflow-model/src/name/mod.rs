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
