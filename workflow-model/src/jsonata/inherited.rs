//! Keys under which JSONata finds something in every object.

use super::refusal::Refusal;

/// What the objects of JavaScript inherit, in which the reference implementation is written.
const INHERITED: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Whether the key seems to be there in an object that does not have it.
pub(super) fn is_inherited(key: &str) -> bool {
    INHERITED.contains(&key)
}

/// Refuses to ask for a key that may be missing, where JSONata would find what is inherited.
pub(super) fn refuse_inherited(key: &str, owner: &str) -> Result<(), Refusal> {
    if !is_inherited(key) {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "the key `{key}` of `{owner}` may be missing, and then JSONata finds what every object of JavaScript has under \
         that name; give it another name in JSON, as with `#[serde(rename = \"{key}_\")]`"
    )))
}
