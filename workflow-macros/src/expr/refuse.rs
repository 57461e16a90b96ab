//! What has no place among portable expressions: each on its own token, with what to write instead.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{BinOp, Expr as Syn, Path, Stmt};
use workflow_model::expr::Expr;

use super::{Reader, macros};

/// An expression that is no leaf, where only a leaf may stand.
pub(super) fn leaf(reader: &mut Reader<'_>, expr: &Syn) -> Option<Expr> {
    // What was meant may be the very edge that a state seems to lack.
    reader.errors.set_unread();
    match expr {
        Syn::Path(path) if path.path.get_ident().is_some() => {
            let name = super::tables::text(path);
            reader.refuse(
                path,
                format!("`{name}` alone leads to no state: a state is called with its input"),
                format!("write `{name}()`, or `{name}(payload)` if it takes an input"),
            )
        }
        Syn::Macro(call) if !macros::is_known(&call.mac.path) => macro_call(reader, &call.mac.path),
        other if is_value(other) => {
            reader.refuse(other, "this is a value, but here the next state is named", "write `state(payload)`")
        }
        other => expression(reader, other),
    }
}

impl Reader<'_> {
    /// A statement that is neither a `let` nor the last expression of its block.
    pub(super) fn statement(&mut self, stmt: &Stmt) -> Option<Expr> {
        match stmt {
            Stmt::Item(item) => {
                let first = item.to_token_stream().into_iter().next();
                self.refuse(
                    first.map(TokenStream::from).unwrap_or_default(),
                    "an item inside of the body cannot be exported",
                    "put it outside of the `impl` block",
                )
            }
            Stmt::Macro(call) => match call.semi_token {
                Some(semi) if macros::is_known(&call.mac.path) => self.dropped(semi),
                _ => macro_call(self, &call.mac.path),
            },
            Stmt::Expr(expr, Some(semi)) if is_value(expr) => self.dropped(*semi),
            Stmt::Expr(expr @ (Syn::If(_) | Syn::Match(_) | Syn::Block(_)), _) => {
                let first = expr.to_token_stream().into_iter().next();
                self.refuse(
                    first.map(TokenStream::from).unwrap_or_default(),
                    "the value of this statement is dropped, and nothing else comes of it here",
                    "let each of its branches end in a value, and put what follows into them",
                )
            }
            Stmt::Expr(expr, _) => expression(self, expr),
            // A `let` is read where it stands.
            Stmt::Local(_) => None,
        }
    }

    fn dropped(&mut self, semi: syn::Token![;]) -> Option<Expr> {
        self.refuse(
            semi,
            "`;` drops the value before it, and nothing else comes of it here",
            "remove the `;`, or bind the value: `let name = …;`",
        )
    }
}

/// Whether an expression is one that could be read where a value may stand.
fn is_value(expr: &Syn) -> bool {
    matches!(
        expr,
        Syn::Lit(_)
            | Syn::Path(_)
            | Syn::Field(_)
            | Syn::Index(_)
            | Syn::Struct(_)
            | Syn::Call(_)
            | Syn::MethodCall(_)
            | Syn::Tuple(_)
            | Syn::Array(_)
            | Syn::Cast(_)
            | Syn::Unary(_)
            | Syn::Macro(_)
    ) || matches!(expr, Syn::Binary(binary) if !is_assignment(&binary.op))
}

/// An expression of a kind that has no place here.
pub(super) fn expression(reader: &mut Reader<'_>, expr: &Syn) -> Option<Expr> {
    let (tokens, message, help) = described(expr);
    reader.refuse(tokens, message, help)
}

const LOOP: &str = "a loop cannot be exported: JSONata has none";
const LOOP_HELP: &str = "write `iter()` with `map`, `filter`, `sum`, `any` or `all`, or loop in a `#[task]`";
const ASSIGNMENT: &str = "an assignment cannot be exported: a name is bound once";
const ASSIGNMENT_HELP: &str = "bind another name, as in `let name = …;`";
const TASK_HELP: &str = "do it in a `#[task]`, whose body may be any Rust";

/// The tokens to change, what is wrong with them, and what to write instead.
fn described(expr: &Syn) -> (TokenStream, &'static str, &'static str) {
    match expr {
        Syn::ForLoop(inner) => (inner.for_token.to_token_stream(), LOOP, LOOP_HELP),
        Syn::While(inner) => (inner.while_token.to_token_stream(), LOOP, LOOP_HELP),
        Syn::Loop(inner) => (inner.loop_token.to_token_stream(), LOOP, LOOP_HELP),
        Syn::Break(inner) => (inner.break_token.to_token_stream(), LOOP, LOOP_HELP),
        Syn::Continue(inner) => (inner.continue_token.to_token_stream(), LOOP, LOOP_HELP),
        Syn::Assign(inner) => (inner.eq_token.to_token_stream(), ASSIGNMENT, ASSIGNMENT_HELP),
        Syn::Binary(inner) if is_assignment(&inner.op) => (inner.op.to_token_stream(), ASSIGNMENT, ASSIGNMENT_HELP),
        Syn::Await(inner) => (
            inner.await_token.to_token_stream(),
            "nothing may be awaited here: this body runs within Step Functions",
            "await it in a `#[task]`, and hand its result over the edge",
        ),
        Syn::Async(inner) => (inner.async_token.to_token_stream(), "nothing may be awaited here", TASK_HELP),
        Syn::Try(inner) => (
            inner.question_token.to_token_stream(),
            "`?` cannot be exported: this body has no error to return",
            "write a `match`, and go to a `#[fail]` state where there is no value",
        ),
        Syn::Unsafe(inner) => (inner.unsafe_token.to_token_stream(), "`unsafe` cannot be exported", TASK_HELP),
        Syn::Closure(inner) => (
            inner.inputs_begin.to_token_stream(),
            "a closure stands in the argument of a method only, as in `items.iter().map(|item| …)`",
            "write its value where it is needed",
        ),
        Syn::Reference(inner) => (
            inner.mutability.to_token_stream(),
            "`&mut` cannot be exported: values are not changed here",
            "build the new value, as with a struct literal",
        ),
        Syn::Range(inner) => (
            inner.limits.to_token_stream(),
            "a range cannot be exported as a value",
            "compare with both ends, as in `low <= value && value < high`, or do it in a `#[task]`",
        ),
        Syn::Repeat(inner) => (
            inner.semi_token.to_token_stream(),
            "`[value; length]` cannot be exported: its length is not known here",
            "list the elements, as in `[a, b]`",
        ),
        Syn::Let(inner) => (
            inner.let_token.to_token_stream(),
            "`let` is a condition of `if` only, and before `&&` there",
            "write `matches!(value, pattern)`",
        ),
        other => {
            (other.to_token_stream(), "this cannot be exported: JSONata has nothing that means the same", TASK_HELP)
        }
    }
}

/// An operator that has no place here.
pub(super) fn operator(reader: &mut Reader<'_>, op: &BinOp) {
    let (message, help) = match op {
        _ if is_assignment(op) => (ASSIGNMENT, ASSIGNMENT_HELP),
        BinOp::BitAnd(_) => ("`&` cannot be exported: JSONata knows no bits", "write `&&` for booleans"),
        BinOp::BitOr(_) => ("`|` cannot be exported: JSONata knows no bits", "write `||` for booleans"),
        BinOp::BitXor(_) => ("`^` cannot be exported: JSONata knows no bits", "write `!=` for booleans"),
        _ => ("bits cannot be shifted here: JSONata knows none", "multiply or divide, or do it in a `#[task]`"),
    };
    reader.refuse::<()>(op, message, help);
}

fn is_assignment(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// A macro that has no place here.
pub(super) fn macro_call(reader: &mut Reader<'_>, path: &Path) -> Option<Expr> {
    let name = macros::name(path);
    let help = match name.as_str() {
        "panic" | "unreachable" | "todo" | "unimplemented" | "bail" => {
            "go to a `#[fail]` state, or let a `#[task]` return the error"
        }
        "assert" | "assert_eq" | "assert_ne" | "debug_assert" | "ensure" => {
            "check it in a `#[choice]` that goes to a `#[fail]` state"
        }
        "println" | "print" | "eprintln" | "eprint" | "dbg" | "trace" | "debug" | "info" | "warn" | "error" => {
            "print it in a `#[task]`; each state's input and output are in the history anyway"
        }
        "write" | "writeln" | "concat" => "write `format!(…)`",
        _ => {
            "write what it expands to, or do it in a `#[task]`; `format!`, `json!`, `matches!` and `vec!` are known here"
        }
    };
    reader.refuse(path, format!("`{name}!` cannot be exported: JSONata has nothing that means the same"), help)
}
