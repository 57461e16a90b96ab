//! The parameter of a state, which is its input.

use syn::{FnArg, Signature, Type};

use super::Parser;
use super::callback::is_token;
use crate::workflow::source::Input;

impl Parser<'_> {
    /// Reads the parameters of a state: at most one, besides `self`, a task's context and a callback's token.
    pub(super) fn input(&mut self, signature: &Signature, callback: bool) -> Option<Input> {
        if !signature.generics.params.is_empty() {
            let help = "declare them on the `impl` block, where they are the whole workflow's";
            self.refuse(&signature.generics, "a state has no type parameters or lifetimes of its own", &[help]);
        }
        let typed = signature.inputs.iter().filter_map(|argument| match argument {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        let mut inputs = typed.filter(|typed| !(is_context(&typed.ty) || callback && is_token(&typed.ty)));
        let first = inputs.next()?;
        for further in inputs {
            if is_token(&further.ty) {
                let help = "write `callback` into the attribute, so that the task waits for the token, or remove the parameter";
                self.refuse(further, "a `TaskToken` is given to a callback, which this is not", &[help]);
                continue;
            }
            let help = "put both values into a struct, or a tuple";
            self.refuse(further, "a state takes one input", &[help]);
        }
        if let Type::Reference(reference) = &*first.ty {
            let help = "take it by value: nothing else holds it";
            self.refuse(reference, "a state owns its input, so it cannot be a reference", &[help]);
            return None;
        }
        Some(Input { pattern: (*first.pat).clone(), ty: (*first.ty).clone() })
    }
}

/// Whether a parameter is the context of a task, by its name.
pub(super) fn is_context(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == "TaskContext"),
        _ => false,
    }
}
