//! `Duration::from_secs(seconds)` at an end of a wait's body: the one form of a `Duration` that JSON can say.

use syn::{BinOp, Expr as Syn, ExprCall, Path};
use workflow_model::expr::Expr;

use super::Reader;
use super::call::callee;
use super::place::Place;

impl Reader<'_> {
    /// A call of a function of `Duration`'s.
    pub(super) fn duration(&mut self, call: &ExprCall, path: &Path, place: Place) -> Option<Expr> {
        let args = self.list(&call.args, Place::FREE);
        let written = super::tables::text(path);
        if path.segments.last().is_none_or(|function| function.ident != "from_secs") {
            return self.refuse(
                path,
                format!("`{written}` cannot be exported: Step Functions waits for whole seconds"),
                "write `Duration::from_secs(…)`, and calculate with whole seconds inside of it",
            );
        }
        // Only the end of a body has a type that the state's signature decides and may be returned.
        if !(place.last && place.decided) {
            return self.refuse(
                path,
                "a `Duration` stands at the end of the body of a `#[wait]` only: JSON has no durations",
                "hand on the seconds, as a `u64`, and write `Duration::from_secs(…)` where the body ends",
            );
        }
        let seconds = args?.pop()?;
        Some(Expr::Seconds(Box::new(seconds)))
    }

    /// Refuses an operator between durations. Says whether it was one.
    pub(super) fn between_durations(&mut self, op: &BinOp, sides: [&Syn; 2]) -> bool {
        let found = sides.iter().any(|side| is_duration(side));
        if found {
            self.refuse::<()>(
                op,
                "a `Duration` cannot be calculated with here: JSON has no durations",
                "calculate with the seconds, as in `Duration::from_secs(60 + order.delay)`",
            );
        }
        found
    }
}

/// Whether a path names a function of `Duration`'s, however much of the path to that is written.
pub(super) fn is_function(path: &Path) -> bool {
    let mut segments = path.segments.iter().rev();
    segments.next().is_some() && segments.next().is_some_and(|owner| owner.ident == "Duration")
}

fn is_duration(expr: &Syn) -> bool {
    match expr {
        Syn::Paren(inner) => is_duration(&inner.expr),
        Syn::Group(inner) => is_duration(&inner.expr),
        Syn::Binary(inner) => is_duration(&inner.left) || is_duration(&inner.right),
        Syn::Call(call) => callee(call).is_some_and(is_function),
        _ => false,
    }
}
