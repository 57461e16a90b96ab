//! Arithmetic in portable bodies: a check stands before each operator that would overflow in Rust as the profile says, and
//! not at all, or elsewhere, in JSONata.
//!
//! The operator itself stays as it was written, so that rustc infers its types and words its errors as ever.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprBinary, ExprCast, ExprMethodCall, ExprUnary, Macro, Pat, Type, UnOp};
use workflow_model::machine::Mode;

use super::Workflow;

/// A portable expression with its checks. What is never exported is any Rust, and stays as it is.
pub(super) fn checked(workflow: &Workflow, expression: &Expr) -> Expr {
    let mut expression = expression.clone();
    if workflow.machine.mode != Mode::Native {
        Checks::of(workflow).visit_expr_mut(&mut expression);
    }
    expression
}

/// The body of a portable state, as [`checked`].
pub(super) fn checked_body(workflow: &Workflow, body: &TokenStream) -> TokenStream {
    match syn::parse2::<Block>(body.clone()) {
        Ok(mut block) if workflow.machine.mode != Mode::Native => {
            Checks::of(workflow).visit_block_mut(&mut block);
            quote!(#block)
        }
        // A body that cannot be read has been refused.
        _ => body.clone(),
    }
}

/// Puts the checks into an expression.
struct Checks {
    /// The path to the code that the checks call.
    portable: TokenStream,
}

impl Checks {
    fn of(workflow: &Workflow) -> Self {
        let private = workflow.private();
        Checks { portable: quote!(#private::portable) }
    }

    /// ```text
    /// (match (a, b) { (lhs, rhs) => { check_binary(Operation::Add, &lhs, &rhs); lhs + rhs } })
    /// ```
    fn binary(&self, binary: &ExprBinary) -> Option<TokenStream> {
        let operation = match binary.op {
            BinOp::Add(_) => "Add",
            BinOp::Sub(_) => "Sub",
            BinOp::Mul(_) => "Mul",
            BinOp::Div(_) => "Div",
            BinOp::Rem(_) => "Rem",
            _ => return None,
        };
        let (operation, portable) = (format_ident!("{operation}"), &self.portable);
        let ExprBinary { left, op, right, .. } = binary;
        let (lhs, rhs) = (local("lhs", left.span()), local("rhs", right.span()));
        // The check stands on the operator: what it says of the operands' types is about what is done to them.
        let check = quote_spanned! {located(op.span())=>
            #portable::check_binary(#portable::Operation::#operation, &#lhs, &#rhs);
        };
        Some(bracketed(&quote!(match (#left, #right) { (#lhs, #rhs) => { #check #lhs #op #rhs } })))
    }

    fn unary(&self, unary: &ExprUnary) -> Option<TokenStream> {
        let UnOp::Neg(op) = unary.op else { return None };
        // `-` before a literal is a part of it.
        if is_literal(&unary.expr) {
            return None;
        }
        let (portable, operand) = (&self.portable, bare(&unary.expr));
        let value = local("value", operand.span());
        let check = quote_spanned! {located(op.span())=>
            #portable::check_unary(#portable::Operation::Neg, &#value);
        };
        Some(bracketed(&quote!(match #operand { #value => { #check #op #value } })))
    }

    fn method(&self, call: &ExprMethodCall) -> Option<TokenStream> {
        let ExprMethodCall { receiver, method, turbofish, args, .. } = call;
        let (portable, span) = (&self.portable, located(method.span()));
        let value = local("value", receiver.span());
        let check = match (method.to_string().as_str(), args.first()) {
            ("sum", None) => {
                let made = turbofish.as_ref().map_or_else(
                    || quote!(_),
                    |turbofish| {
                        let types = &turbofish.args;
                        quote!(#types)
                    },
                );
                return Some(quote_spanned!(span=> #portable::sum::<#made, _>(#receiver)));
            }
            // What an integer is, JSON does not say: `1.0` is one.
            ("as_i64" | "as_u64", None) => {
                return Some(quote_spanned!(span=> #portable::Document::#method(&#receiver)));
            }
            ("abs", None) => quote_spanned! {span=>
                #portable::check_unary(#portable::Operation::Abs, &#value);
            },
            ("saturating_sub", Some(_)) => quote_spanned! {span=>
                #portable::check_operand(#portable::Operation::Sub, &#value);
            },
            _ => return None,
        };
        let receiver = bare(receiver);
        Some(bracketed(&quote!(match #receiver { #value => { #check #value.#method(#args) } })))
    }

    /// A cast to 64 bits, as of a float beyond the exact integers, or of an `f32`; every other one that is exported means the
    /// same in JSONata.
    fn cast(&self, cast: &ExprCast) -> Option<TokenStream> {
        let ExprCast { expr, as_token, ty, .. } = cast;
        if is_literal(expr) || !is_wide(ty) {
            return None;
        }
        let portable = &self.portable;
        let value = local("value", expr.span());
        let check = quote_spanned!(located(as_token.span())=> #portable::check_cast::<#ty, _>(&#value););
        let expr = bare(expr);
        Some(bracketed(&quote!(match #expr { #value => { #check #value #as_token #ty } })))
    }
}

impl VisitMut for Checks {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        let checked = match &*expression {
            Expr::Binary(binary) => self.binary(binary),
            Expr::Unary(unary) => self.unary(unary),
            Expr::MethodCall(call) => self.method(call),
            Expr::Cast(cast) => self.cast(cast),
            _ => None,
        };
        if let Some(checked) = checked {
            *expression = Expr::Verbatim(checked);
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        crate::expr::visit_arguments(call, &mut |expression| self.visit_expr_mut(expression));
    }

    /// What a pattern is made of is no expression, but its guard is one.
    fn visit_pat_mut(&mut self, pattern: &mut Pat) {
        if let Pat::Guard(guarded) = pattern {
            self.visit_expr_mut(&mut guarded.guard);
        }
    }

    /// The length of an array in a type is rustc's to calculate.
    fn visit_type_mut(&mut self, _: &mut Type) {}
}

/// Without its parentheses, which rustc would find unnecessary where it is matched.
fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(inner) => bare(&inner.expr),
        other => other,
    }
}

fn is_literal(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(_) => true,
        Expr::Paren(inner) => is_literal(&inner.expr),
        Expr::Group(inner) => is_literal(&inner.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)) && is_literal(&unary.expr),
        _ => false,
    }
}

/// Whether a type has 64 bits.
fn is_wide(ty: &Type) -> bool {
    ["i64", "u64", "isize", "usize", "f64"]
        .iter()
        .any(|wide| matches!(ty, Type::Path(path) if path.path.is_ident(wide)))
}

/// A name that no name of the user's is, and that rustc shows as the tokens at `span`.
fn local(name: &str, span: Span) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, located(span))
}

fn located(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// Brackets, as a `match` at the start of a statement would be one of its own.
fn bracketed(tokens: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> (#tokens))
}
