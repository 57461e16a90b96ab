//! `#[poll]`: the loop of states that it becomes.
//!
//! The first of them has the variant of the state in the enum of states. Those in which time may pass, the attempt and the wait, have
//! variants of their own; the others have none, as what follows them follows at once. [`Workflow::STATES`] has those behind the
//! first one behind all states of the workflow.
//!
//! [`Workflow::STATES`]: ../../../../workflow_runtime/trait.Workflow.html

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Type, parse_quote};
use workflow_model::states::{Poll, PollState, StateKind};

use super::ambient::{After, Ambient};
use super::{Workflow, catch, edge, retry};
use crate::workflow::source::{CatchSource, EdgeSource, KindSource, NextSource, StateSource};
use crate::workflow::spanned;

/// A poll, as it was written and as it was understood.
#[derive(Clone, Copy)]
pub(super) struct Loop<'a> {
    workflow: &'a Workflow,
    /// The position of the poll.
    index: usize,
    /// The position of its states behind the first in the table of all states.
    behind: usize,
    source: &'a StateSource,
    poll: &'a Poll,
    returned: &'a Type,
    next: &'a NextSource,
    on_deadline: &'a EdgeSource,
    catch: &'a [CatchSource],
}

/// All polls, in order.
pub(super) fn loops(workflow: &Workflow) -> Vec<Loop<'_>> {
    let mut loops = Vec::new();
    for (index, (source, state)) in workflow.states.iter().zip(&workflow.machine.states).enumerate() {
        if let (KindSource::Poll { returned, next, on_deadline: Some(on_deadline), catch, .. }, StateKind::Poll(poll)) =
            (&source.kind, &state.kind)
        {
            let behind = workflow.machine.behind(index);
            loops.push(Loop { workflow, index, behind, source, poll, returned, next, on_deadline, catch });
        }
    }
    loops
}

/// `Step::Next(__State::__3Attempt(run.start_poll(__input)))`.
pub(super) fn arm(workflow: &Workflow, index: usize) -> TokenStream {
    let polls = loops(workflow);
    let poll = polls.iter().find(|poll| poll.index == index);
    let poll = poll.expect("a poll without `on_deadline` is an error, after which no step is generated");
    poll.step(PollState::Attempt, &quote!(run.start_poll(__input)))
}

/// What is known of the first state of a loop without its input.
pub(super) fn start_info(workflow: &Workflow, asl_name: &str) -> TokenStream {
    info(workflow, asl_name, PollState::Start)
}

fn info(workflow: &Workflow, asl_name: &str, state: PollState) -> TokenStream {
    let private = workflow.private();
    let name = state.asl_name(asl_name);
    let kind = match state {
        PollState::Start => quote!(Pass),
        PollState::Attempt => quote!(Task),
        PollState::Ready => quote!(Choice),
        PollState::Wait => quote!(Wait),
        PollState::Done => quote!(Succeed),
    };
    // Time is counted from the entry into the first state, and looked at in the choice; each other may be asked for its own.
    quote!(#private::StateInfo { name: #name, kind: #private::StateType::#kind, is_timed: true })
}

/// A state of a loop that has a variant of its own.
pub(super) struct Variant {
    pub(super) name: Ident,
    /// Its position in the table of all states.
    pub(super) position: usize,
    /// What happens in it.
    pub(super) arm: TokenStream,
}

impl Loop<'_> {
    /// What is known of its states behind the first without their inputs.
    pub(super) fn infos(&self) -> impl Iterator<Item = TokenStream> {
        let asl_name = &self.workflow.machine.states[self.index].asl_name;
        self.poll.states().iter().skip(1).map(|&state| info(self.workflow, asl_name, state))
    }

    /// The states that have variants of their own.
    pub(super) fn variants(&self) -> [Variant; 2] {
        let variant = |state, arm| Variant { name: self.variant(state), position: self.position(state), arm };
        [variant(PollState::Attempt, self.attempt()), variant(PollState::Wait, self.wait())]
    }

    /// What those variants hold: `Polling<Job>`.
    pub(super) fn input(&self) -> Type {
        let (private, input) = (self.workflow.private(), self.source.input_type());
        parse_quote!(#private::Polling<#input>)
    }

    /// What the input of the poll can do, as its first mention says.
    pub(super) fn crossing(&self, name: &str) -> Type {
        self.workflow.crossing(&self.source.input_type(), name)
    }

    fn variant(&self, state: PollState) -> Ident {
        format_ident!("__{}{state:?}", self.index, span = self.source.variant.span())
    }

    fn position(&self, state: PollState) -> usize {
        let behind = self.poll.states().iter().skip(1).position(|&other| other == state);
        self.behind + behind.expect("only the states that the poll becomes are asked for, and not the first")
    }

    /// `Step::Next(__State::__3Attempt(input))`.
    fn step(&self, state: PollState, input: &TokenStream) -> TokenStream {
        let (private, variant) = (self.workflow.private(), self.variant(state));
        quote!(#private::Step::Next(__State::#variant(#input)))
    }

    /// ```text
    /// {
    ///     const INFO: &PollInfo = &PollInfo { … };
    ///     let __result = run.poll(INFO, __input, copy, |input, _| Self::poll_result(self, input), PollReturn::RETURNED).await;
    ///     let __step = match __result { Ok(__result) => Ok(/* the choice */), Err(fault) => Err(fault) };
    ///     match __step { Ok(step) => step, Err(fault) => /* the catchers */ }
    /// }
    /// ```
    fn attempt(&self) -> TokenStream {
        let Loop { workflow, source, .. } = self;
        let private = workflow.private();
        let name = source.name();
        let info = self.info();
        let input = source.input.as_ref().map(|_| quote!(__input,));
        let context = self.poll.takes_context.then(|| quote!(__context.expect("the poll asked for its context")));
        let copy = catch::copy(workflow, source);
        let kept = catch::catchers_want_input(source, self.catch).then(|| quote!(let __kept = #copy(&__input.input);));
        let returned = of_returned(workflow, self.returned, "RETURNED");
        let call = quote!(|__input, __context| {
            let _ = (&__input, &__context);
            Self::#name(self, #input #context)
        });
        // On the method's name, where rustc is to say that its future cannot move between threads.
        let locals = spanned::locals(name.span(), name.span());
        let result = quote_spanned!(name.span()=> run.poll(__INFO, __input, #copy, #call, #returned).await);
        let run = quote! {
            const __INFO: &#private::PollInfo = &#info;
            #kept
            let __result = { #locals #result };
        };
        let step = self.ready();
        catch::after(workflow, &run, &quote!(::core::result::Result::Ok(#step)), &self.poll.catch, self.catch)
    }

    /// `PollInfo { … }`.
    fn info(&self) -> TokenStream {
        let private = self.workflow.private();
        let [every, deadline] =
            [self.poll.every, self.poll.deadline].map(|time| retry::duration(time.unwrap_or_default()));
        let timeout = retry::optional(self.poll.timeout);
        let retriers = retry::retriers(self.workflow, &self.poll.retry);
        let takes_context = self.poll.takes_context;
        let ready = self.position(PollState::Ready);
        quote! {
            #private::PollInfo {
                attempt: #private::TaskInfo {
                    resource: #private::Resource::LAMBDA_INVOKE,
                    timeout: #timeout,
                    heartbeat: ::core::option::Option::None,
                    takes_context: #takes_context,
                    retry: #retriers,
                },
                every: #every,
                deadline: #deadline,
                ready: #ready,
            }
        }
    }

    /// ```text
    /// {
    ///     let (__ready, __step) = run.polled::<Self, _, _>(INFO, __info, __result, |input| /* its JSON */, PollReturn::answer_to_json);
    ///     __info = __ready;
    ///     match __step {
    ///         PollStep::Ready(__result, __kept_for_next) => { let next = run.evaluate("Choices/0/Output", || …); run.go(next) }
    ///         PollStep::Again(__polling) => Step::Next(__State::__3Wait(__polling)),
    ///         PollStep::Late(__late) => { let next = run.evaluate("Choices/1/Output", || …); run.go(next) }
    ///     }
    /// }
    /// ```
    fn ready(&self) -> TokenStream {
        let Loop { workflow, source, .. } = self;
        let private = workflow.private();
        let (input_json, answer_json) =
            (self.crossing("to_json"), of_returned(workflow, self.returned, "answer_to_json"));
        let next = edge::next(workflow, source, self.next, &quote!(__result));
        let end = self.done();
        let again = self.step(PollState::Wait, &quote!(__polling));
        let late = edge::edge(workflow, self.on_deadline, &[&quote!(__late)]);
        let late = match &self.on_deadline.closure {
            Some(closure) => {
                let evaluated = quote!(run.evaluate("Choices/1/Output", move || #late));
                Ambient::of_closure(workflow, closure).bound(After::Entry, evaluated)
            }
            None => quote!(::core::result::Result::Ok(#late)),
        };
        let answered = quote!(run.evaluate("Choices/0/Output", move || { let _ = &__kept_for_next; #next }));
        let answered = match self.next.closure() {
            Some(closure) => Ambient::of_closure(workflow, closure).bound(After::Entry, answered),
            None => answered,
        };
        quote! {{
            let (__ready, __step) = run.polled::<Self, _, _>(__INFO, __info, __result, |__input| #input_json(__input), #answer_json);
            __info = __ready;
            match __step {
                #private::PollStep::Ready(__result, __kept_for_next) => {
                    let __next = #answered;
                    let __next = run.go(__next);
                    #end
                }
                #private::PollStep::Again(__polling) => #again,
                #private::PollStep::Late(__late) => {
                    let __next = #late;
                    run.go(__next)
                }
            }
        }}
    }

    /// What follows an answer: the next state as it is, and an end through the `Succeed` of the loop.
    fn done(&self) -> TokenStream {
        let NextSource::End(_) = self.next else { return quote!(__next) };
        let (private, done) = (self.workflow.private(), self.position(PollState::Done));
        quote! {
            match __next {
                #private::Step::Succeed(__output) => {
                    let (__done, __end) = run.succeed_in::<Self>(__info, #done, __output);
                    __info = __done;
                    __end
                }
                __failed => __failed,
            }
        }
    }

    /// ```text
    /// if run.waits(Duration::from_millis(10_000)) { Step::Park(__State::__3Wait(__input)) } else { Step::Next(__State::__3Attempt(__input)) }
    /// ```
    fn wait(&self) -> TokenStream {
        let every = retry::duration(self.poll.every.unwrap_or_default());
        let again = self.step(PollState::Attempt, &quote!(__input));
        let (private, variant) = (self.workflow.private(), self.variant(PollState::Wait));
        quote!(if run.waits(#every) { #private::Step::Park(__State::#variant(__input)) } else { #again })
    }
}

/// `<Result<Poll<Report>, ServiceError> as PollReturn>::item`.
pub(super) fn of_returned(workflow: &Workflow, returned: &Type, item: &str) -> Type {
    spanned::projection(returned, &workflow.krate, &["__private", "PollReturn"], item)
}
