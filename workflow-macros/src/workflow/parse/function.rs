//! `function = "resize"`, `function = RESIZE` and `function = own("large")` of a `#[task]`.

use syn::{Expr, ExprCall, ExprLit, Lit};
use workflow_model::finding::StatePart;
use workflow_model::states::{Function, FunctionName};

use super::Parser;
use super::options::{Options, is_unread};
use super::state::Draft;

impl Parser<'_> {
    /// Takes `function`. Whether there may be a function of that name is for the checks.
    pub(super) fn function(&mut self, draft: &Draft<'_>, options: &mut Options) -> Option<Function> {
        let value = options.value("function", "\"resize\"", self.errors)?;
        if is_unread(&value) {
            return None;
        }
        let (own, named) = match &value {
            Expr::Call(call) => (true, own(call)),
            other => (false, Some(other)),
        };
        let name = named.and_then(|named| self.function_name(draft, named));
        if name.is_none() {
            let help = "write `function = \"resize\"`, a constant, or `own(\"resize-large\")` for this program, deployed once more";
            self.refuse(&value, "`function` takes the name or the ARN of a Lambda function", &[help]);
        }
        let function = Function { name: name?, own };
        self.function_alone(draft, options, &value, &function);
        Some(function)
    }

    fn function_name(&mut self, draft: &Draft<'_>, named: &Expr) -> Option<FunctionName> {
        self.places.set(draft.place(StatePart::Option("function")), named);
        match named {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(FunctionName::Text(text.value())),
            Expr::Path(path) => Some(FunctionName::Constant(self.tables.constant(path))),
            _ => None,
        }
    }

    /// Refuses what does not go together with a function.
    fn function_alone(&mut self, draft: &Draft<'_>, options: &Options, value: &Expr, function: &Function) {
        let name = &draft.signature.ident;
        if options.has("activity") {
            let help = "keep `activity`, whose workers run the task, or `function`, which Step Functions invokes";
            self.refuse(value, "a task is an activity's or a function's, not both", &[help]);
        }
        if options.has("resource") {
            let help = "keep `function`, or `resource` with `arguments` that name the function";
            self.refuse(value, "a task is a service's or a function's, not both", &[help]);
        }
        if options.has("callback") && !function.own {
            let message = format!(
                "`{name}` ends when somebody sends its token, and another's function, which is invoked with the input, would never have it"
            );
            let help = "write `resource = \"arn:aws:states:::lambda:invoke.waitForTaskToken\"` instead, with `arguments` that hand the \
                        token on, or `function = own(…)` if the function is this program";
            self.refuse(value, message, &[help]);
        }
    }
}

/// What is between the brackets of `own(…)`.
fn own(call: &ExprCall) -> Option<&Expr> {
    let is_own = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("own"));
    call.args.first().filter(|_| is_own && call.args.len() == 1)
}
