//! What a deployment fills in: [`Placeholder`].

use std::fmt;

use serde::{Serialize, Serializer};

/// A text that is one thing natively and another in each deployment, as the name of a table is.
///
/// It is a constant, which portable expressions name as they name other constants. Natively it is the text that it was made
/// with; in an exported definition it is `${OrdersTableName}`, which the deployment replaces: a parameter of `templatefile` in
/// Terraform, an entry of `DefinitionSubstitutions` in CloudFormation.
///
/// ```
/// use serde_json::json;
/// use workflow_runtime::model::asl;
/// use workflow_runtime::prelude::*;
///
/// /// The table that orders are kept in.
/// const ORDERS_TABLE: Placeholder = Placeholder::new("OrdersTableName", "orders");
///
/// pub struct Shop;
///
/// #[workflow(start = store, timeout = "1h")]
/// impl Shop {
///     #[task(
///         resource = "arn:aws:states:::dynamodb:putItem",
///         arguments = |id| json!({ "TableName": ORDERS_TABLE, "Item": { "id": { "S": id } } }),
///         timeout = "10s",
///         end,
///     )]
///     async fn store(&self, id: String) {
///         println!("{id} goes into {ORDERS_TABLE}");
///     }
/// }
///
/// assert_eq!(ORDERS_TABLE.to_string(), "orders");
/// assert!(asl::write(&Shop::definition())?.contains(r#""TableName": "${OrdersTableName}""#));
/// # Ok::<(), asl::WriteError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Placeholder {
    name: &'static str,
    value: &'static str,
}

impl Placeholder {
    /// The placeholder `${name}`, which natively is `value`.
    ///
    /// # Panics
    ///
    /// When the name is not written in `PascalCase`, or does not say at its end what it is: `Arn`, `Id`, `Name` or `Url`. In a
    /// constant that is an error of the compiler's.
    #[track_caller]
    pub const fn new(name: &'static str, value: &'static str) -> Self {
        let bytes = name.as_bytes();
        assert!(
            is_pascal_case(bytes),
            "a placeholder's name is letters and digits in PascalCase, as in `OrdersTableName`"
        );
        assert!(
            ends_with(bytes, b"Arn")
                || ends_with(bytes, b"Id")
                || ends_with(bytes, b"Name")
                || ends_with(bytes, b"Url"),
            "a placeholder's name says at its end what it is: `Arn`, `Id`, `Name` or `Url`, as in `OrdersTableName`"
        );
        Placeholder { name, value }
    }

    /// The name in a definition, without the `${` and the `}`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it is natively.
    pub const fn value(self) -> &'static str {
        self.value
    }
}

/// Whether a name is letters and digits and begins with a capital.
const fn is_pascal_case(name: &[u8]) -> bool {
    let mut index = 0;
    while index < name.len() {
        if !name[index].is_ascii_alphanumeric() {
            return false;
        }
        index += 1;
    }
    !name.is_empty() && name[0].is_ascii_uppercase()
}

/// Whether a name has an ending, and something before it.
const fn ends_with(name: &[u8], ending: &[u8]) -> bool {
    if name.len() <= ending.len() {
        return false;
    }
    let start = name.len() - ending.len();
    let mut index = 0;
    while index < ending.len() {
        if name[start + index] != ending[index] {
            return false;
        }
        index += 1;
    }
    true
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.value)
    }
}

impl From<Placeholder> for String {
    fn from(placeholder: Placeholder) -> Self {
        placeholder.value.to_owned()
    }
}

impl AsRef<str> for Placeholder {
    fn as_ref(&self) -> &str {
        self.value
    }
}

/// As what it is natively.
impl Serialize for Placeholder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.value)
    }
}
