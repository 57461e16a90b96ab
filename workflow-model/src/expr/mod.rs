//! Portable expressions: the Rust that means the same in JSONata, as a tree.
//!
//! The macro builds the tree from the user's tokens and refuses what has no place in it; rustc type-checks the tokens
//! themselves. The tree has names as Rust has them: what they are called in JSON is decided when it is lowered to
//! JSONata, from the [shapes](crate::shape) of the types.

mod arithmetic;
mod context;
mod display;
mod format;
mod json;
mod pattern;
mod seconds;

use serde::{Deserialize, Serialize};

pub use arithmetic::{Limits, MAX_EXACT, Operation};
pub use context::ContextPart;
pub use format::{FormatPiece, FormatSpec};
pub use json::JsonPiece;
pub use pattern::{FieldPattern, Pattern, VariantPattern};

use crate::machine::TypeRef;

/// A function from patterns to a value: the body of a state, or a closure on an edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lambda {
    /// The parameters, with their types where the macro knows them.
    pub params: Vec<Param>,
    /// What it evaluates to.
    pub body: Expr,
}

/// A parameter of a [`Lambda`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Param {
    /// What it binds.
    pub pattern: Pattern,
    /// Its type. `None` where the context alone decides it, as in `items.iter().map(|item| …)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_ref: Option<TypeRef>,
}

/// A portable expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A name bound by a parameter, a `let` or a pattern. The innermost binding of that name is meant.
    Local(String),
    /// A constant of the user's, evaluated at export: an index into
    /// [`StateMachine::constants`](crate::StateMachine::constants).
    Constant(usize),
    /// `context.execution.id` and its like.
    Context(ContextPart),
    /// `vars.polls`: a variable of the workflow's, by its Rust name.
    Variable(String),
    /// A literal.
    Literal(Literal),
    /// `base.field`, or `base.0`.
    Field {
        /// What the field is of.
        base: Box<Expr>,
        /// Its Rust name, or its position in a tuple.
        field: String,
    },
    /// `base[index]`.
    Index {
        /// What is indexed.
        base: Box<Expr>,
        /// The position or the key.
        index: Box<Expr>,
    },
    /// A struct, a tuple struct, a unit struct or an enum's variant.
    Construct(Construct),
    /// `(a, b)`; `()` when empty.
    Tuple(Vec<Expr>),
    /// `[a, b]` or `vec![a, b]`.
    Array(Vec<Expr>),
    /// `Some(a)`.
    Some(Box<Expr>),
    /// `None`.
    None,
    /// `!a` or `-a`.
    Unary(UnaryOp, Box<Expr>),
    /// `a + b` and its like.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Its left side.
        lhs: Box<Expr>,
        /// Its right side.
        rhs: Box<Expr>,
    },
    /// `if condition { then } else { otherwise }`.
    If {
        /// A boolean.
        condition: Box<Expr>,
        /// Where it holds.
        then: Box<Expr>,
        /// Where it does not.
        otherwise: Box<Expr>,
    },
    /// `match scrutinee { … }`; also `if let`, `let … else` and `matches!`, which are matches of two arms.
    Match {
        /// What is looked at.
        scrutinee: Box<Expr>,
        /// The arms, tried in order. Rustc has checked that one of them always applies.
        arms: Vec<Arm>,
    },
    /// `let pattern = value; body`.
    Let {
        /// What is bound. It always matches.
        pattern: Pattern,
        /// The type written behind the pattern.
        type_ref: Option<TypeRef>,
        /// To what it is bound.
        value: Box<Expr>,
        /// Where the binding holds.
        body: Box<Expr>,
    },
    /// `receiver.method(args)`, as in `name.starts_with("a")`.
    Method {
        /// What the method is called on.
        receiver: Box<Expr>,
        /// The method's Rust name, one of [`METHODS`].
        method: String,
        /// What it is given.
        args: Vec<Expr>,
    },
    /// A closure in the argument of a method.
    Closure(Box<Lambda>),
    /// `format!(…)`.
    Format(Vec<FormatPiece>),
    /// `json!(…)`, which makes a `serde_json::Value`.
    Json(Box<JsonPiece>),
    /// `value as type`, with the type's tokens, as in `u64`.
    Cast {
        /// What is cast.
        value: Box<Expr>,
        /// The primitive type it becomes.
        to: String,
    },
    /// `Duration::from_secs(seconds)` at the end of the body of a wait, and nowhere else.
    Seconds(Box<Expr>),
    /// `target(payload)` at a leaf of a choice.
    Goto {
        /// The Rust name of the successor.
        target: String,
        /// What it is given. `None`: nothing, as it takes no input.
        payload: Option<Box<Expr>>,
        /// The variables that are assigned on the way.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        assign: Vec<(String, Expr)>,
    },
}

/// An arm of a [`Expr::Match`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// What the scrutinee must look like.
    pub pattern: Pattern,
    /// What must hold besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<Expr>,
    /// What the match is then.
    pub body: Expr,
}

/// A value built from its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Construct {
    /// The type. `None` where the place decides it: the payload of an edge is the target's input, and a field's
    /// value is of the field's type. So a generic type needs no arguments there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_ref: Option<TypeRef>,
    /// The name that was written before the fields, without its path: `Pending`, or the variant `Running`.
    pub name: String,
    /// Whether the path says that `name` is a variant, as in `Answer::Running`.
    pub is_variant: bool,
    /// The fields.
    pub fields: ConstructFields,
}

/// The fields of a [`Construct`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstructFields {
    /// `Idle`.
    Unit,
    /// `Running(pending)`.
    Tuple(Vec<Expr>),
    /// `Pending { ticket, polls: 0 }`, by Rust name, in source order.
    Named(Vec<(String, Expr)>),
}

/// A literal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// `true`.
    Bool(bool),
    /// `100`, `100_u32`.
    Int(i128),
    /// `1.5`.
    Float(f64),
    /// `"text"`.
    Str(String),
    /// `'c'`.
    Char(char),
}

/// An operator before one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnaryOp {
    /// `!a`, on booleans.
    Not,
    /// `-a`.
    Neg,
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BinaryOp {
    /// `a + b`, on numbers and strings.
    Add,
    /// `a - b`.
    Sub,
    /// `a * b`.
    Mul,
    /// `a / b`, truncated towards zero on integers.
    Div,
    /// `a % b`, with the sign of `a`.
    Rem,
    /// `a == b`.
    Eq,
    /// `a != b`.
    Ne,
    /// `a < b`.
    Lt,
    /// `a <= b`.
    Le,
    /// `a > b`.
    Gt,
    /// `a >= b`.
    Ge,
    /// `a && b`.
    And,
    /// `a || b`.
    Or,
}

/// The methods that a portable expression may call, by the names Rust has for them.
///
/// What each means on each type is decided when the tree is lowered.
pub const METHODS: &[&str] = &[
    "abs",
    "all",
    "and_then",
    "any",
    "as_array",
    "as_bool",
    "as_deref",
    "as_f64",
    "as_i64",
    "as_ref",
    "as_slice",
    "as_str",
    "as_u64",
    "clone",
    "cloned",
    "collect",
    "contains",
    "contains_key",
    "copied",
    "count",
    "ends_with",
    "enumerate",
    "filter",
    "filter_map",
    "find",
    "first",
    "flat_map",
    "flatten",
    "get",
    "into",
    "into_iter",
    "is_array",
    "is_boolean",
    "is_empty",
    "is_none",
    "is_none_or",
    "is_null",
    "is_number",
    "is_object",
    "is_some",
    "is_some_and",
    "is_string",
    "iter",
    "join",
    "last",
    "len",
    "map",
    "map_or",
    "map_or_else",
    "max",
    "message",
    "min",
    "nested",
    "nth",
    "or",
    "or_else",
    "replace",
    "rev",
    "saturating_sub",
    "skip",
    "split",
    "starts_with",
    "sum",
    "take",
    "to_lowercase",
    "to_owned",
    "to_string",
    "to_uppercase",
    "trim",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
];
