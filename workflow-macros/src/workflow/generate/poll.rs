//! `#[poll]`: the loop of states that it becomes, each with a variant of its own in the enum of states. The first is the state's; the
//! others stand behind those of all states.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Type, parse_quote};
use workflow_model::states::{Poll, PollState, StateKind};

use super::{Workflow, catch, edge, retry};
use crate::workflow::source::{CatchSource, EdgeSource, KindSource, NextSource, StateSource};
use crate::workflow::spanned;

/// A state of a loop that is not its first.
pub(super) struct Inner<'a> {
    pub(super) variant: Ident,
    /// What it takes.
    pub(super) input: Type,
    state: PollState,
    of: Loop<'a>,
}

/// A poll, as it was written and as it was understood.
#[derive(Clone, Copy)]
struct Loop<'a> {
    index: usize,
    source: &'a StateSource,
    poll: &'a Poll,
    returned: &'a Type,
    output: &'a Type,
    next: &'a NextSource,
    on_deadline: &'a EdgeSource,
    catch: &'a [CatchSource],
}

impl<'a> Loop<'a> {
    fn of(workflow: &'a Workflow, index: usize) -> Option<Self> {
        let source = &workflow.states[index];
        match (&source.kind, &workflow.machine.states[index].kind) {
            (
                KindSource::Poll { returned, output, next, on_deadline: Some(on_deadline), catch },
                StateKind::Poll(poll),
            ) => Some(Loop { index, source, poll, returned, output, next, on_deadline, catch }),
            _ => None,
        }
    }

    /// The variant of one of its states: `__3Attempt`.
    fn variant(&self, state: PollState) -> Ident {
        match state {
            PollState::Start => self.source.variant.clone(),
            other => format_ident!("__{}{other:?}", self.index, span = self.source.variant.span()),
        }
    }

    /// What one of its states takes: `Polling<Job>`.
    fn input(&self, workflow: &Workflow, state: PollState) -> Type {
        let private = workflow.private();
        let input = workflow.crossing(&self.source.input_type(), "Payload");
        match state {
            PollState::Start => input,
            PollState::Attempt | PollState::Wait => parse_quote!(#private::Polling<#input>),
            PollState::Ready => {
                let output = self.output;
                parse_quote!(#private::Polled<#input, #output>)
            }
            PollState::Done => workflow.output(),
        }
    }
}

/// The states of all loops that are not their first, in order.
pub(super) fn inner(workflow: &Workflow) -> Vec<Inner<'_>> {
    let loops = (0..workflow.states.len()).filter_map(|index| Loop::of(workflow, index));
    let states = loops.flat_map(|of| {
        of.poll.states().iter().skip(1).map(move |&state| {
            let (variant, input) = (of.variant(state), of.input(workflow, state));
            Inner { variant, input, state, of }
        })
    });
    states.collect()
}

/// What is known of the states of a loop without their inputs: the first, or another one.
pub(super) fn info(workflow: &Workflow, asl_name: &str, state: PollState) -> TokenStream {
    let private = workflow.private();
    let name = state.asl_name(asl_name);
    let kind = match state {
        PollState::Start => quote!(Pass),
        PollState::Attempt => quote!(Task),
        PollState::Ready => quote!(Choice),
        PollState::Wait => quote!(Wait),
        PollState::Done => quote!(Succeed),
    };
    quote!(#private::StateInfo { name: #name, kind: #private::StateType::#kind })
}

impl Inner<'_> {
    /// See [`info`].
    pub(super) fn info(&self, workflow: &Workflow) -> TokenStream {
        info(workflow, &workflow.machine.states[self.of.index].asl_name, self.state)
    }

    /// What happens in it.
    pub(super) fn arm(&self, workflow: &Workflow) -> TokenStream {
        match self.state {
            PollState::Attempt => self.of.attempt(workflow),
            PollState::Ready => self.of.ready(workflow),
            PollState::Wait => self.of.wait(workflow),
            PollState::Start | PollState::Done => quote!(run.succeed(__input)),
        }
    }
}

/// `Step::Next(__State::__3Attempt(run.start_poll(__input)))`.
pub(super) fn arm(workflow: &Workflow, index: usize) -> TokenStream {
    let of =
        Loop::of(workflow, index).expect("a poll without `on_deadline` is an error, after which no step is generated");
    of.step(workflow, PollState::Attempt, &quote!(run.start_poll(__input)))
}

impl Loop<'_> {
    fn step(&self, workflow: &Workflow, state: PollState, input: &TokenStream) -> TokenStream {
        let (private, variant) = (workflow.private(), self.variant(state));
        quote!(#private::Step::Next(__State::#variant(#input)))
    }

    /// ```text
    /// {
    ///     let __result = run.poll(const { &TaskInfo { … } }, __input, copy, |input, _| Self::poll_result(self, input),
    ///         PollReturn::RETURNED).await;
    ///     let __step = match __result { Ok(__result) => Ok(Step::Next(__State::__3Ready(__result))), Err(fault) => Err(fault) };
    ///     match __step { Ok(step) => step, Err(fault) => /* the catchers */ }
    /// }
    /// ```
    fn attempt(&self, workflow: &Workflow) -> TokenStream {
        let private = workflow.private();
        let name = self.source.name();
        let timeout = retry::optional(self.poll.timeout);
        let retriers = retry::retriers(workflow, &self.poll.retry);
        let takes_context = self.poll.takes_context;
        let info = quote! {
            const {
                &#private::TaskInfo {
                    timeout: #timeout,
                    heartbeat: ::core::option::Option::None,
                    takes_context: #takes_context,
                    retry: #retriers,
                }
            }
        };
        let input = self.source.input.as_ref().map(|_| quote!(__input,));
        let context = takes_context.then(|| quote!(__context.expect("the poll asked for its context")));
        let copy = catch::copy(workflow, self.source);
        let kept = catch::catchers_want_input(self.catch).then(|| quote!(let __kept = #copy(&__input.input);));
        let returned = of_returned(workflow, self.returned, "RETURNED");
        let call = quote!(|__input, __context| {
            let _ = (&__input, &__context);
            Self::#name(self, #input #context)
        });
        // On the method's name, where rustc is to say that its future cannot move between threads.
        let locals = spanned::locals(name.span(), name.span());
        let result = quote_spanned!(name.span()=> run.poll(#info, __input, #copy, #call, #returned).await);
        let run = quote!(#kept let __result = { #locals #result };);
        let step = self.step(workflow, PollState::Ready, &quote!(__result));
        catch::after(workflow, &run, &quote!(::core::result::Result::Ok(#step)), &self.poll.catch, self.catch)
    }

    /// ```text
    /// match run.polled(__input, every, deadline) {
    ///     PollStep::Ready(__result, __kept_for_next) => { let next = run.evaluate("Choices/0/Output", || …); run.go(next) }
    ///     PollStep::Again(__polling) => Step::Next(__State::__3Wait(__polling)),
    ///     PollStep::Late(__late) => { let next = run.evaluate("Choices/1/Output", || …); run.go(next) }
    /// }
    /// ```
    fn ready(&self, workflow: &Workflow) -> TokenStream {
        let private = workflow.private();
        let [every, deadline] =
            [self.poll.every, self.poll.deadline].map(|time| retry::duration(time.unwrap_or_default()));
        let answered = edge::next(workflow, self.source, self.next, &quote!(__result));
        let answered = match self.next {
            NextSource::End(_) => {
                let end = self.step(workflow, PollState::Done, &quote!(__output));
                quote!(match #answered { #private::Step::Succeed(__output) => #end, __step => __step })
            }
            NextSource::To(_) | NextSource::Missing => answered,
        };
        let again = self.step(workflow, PollState::Wait, &quote!(__polling));
        let late = edge::evaluated_edge(workflow, self.on_deadline, "Choices/1/Output", &[&quote!(__late)]);
        quote! {
            match run.polled(__input, #every, #deadline) {
                #private::PollStep::Ready(__result, __kept_for_next) => {
                    let __next = run.evaluate("Choices/0/Output", move || { let _ = &__kept_for_next; #answered });
                    run.go(__next)
                }
                #private::PollStep::Again(__polling) => #again,
                #private::PollStep::Late(__late) => {
                    let __next = #late;
                    run.go(__next)
                }
            }
        }
    }

    /// `{ run.wait(Duration::from_millis(10_000)).await; Step::Next(__State::__3Attempt(__input)) }`.
    fn wait(&self, workflow: &Workflow) -> TokenStream {
        let every = retry::duration(self.poll.every.unwrap_or_default());
        let again = self.step(workflow, PollState::Attempt, &quote!(__input));
        quote!({ run.wait(#every).await; #again })
    }
}

/// `<Result<Poll<Report>, ServiceError> as PollReturn>::item`.
pub(super) fn of_returned(workflow: &Workflow, returned: &Type, item: &str) -> Type {
    spanned::projection(returned, &workflow.krate, &["__private", "PollReturn"], item)
}
