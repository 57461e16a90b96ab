use syn::ExprClosure;
use workflow_model::machine::TypeRef;

use super::*;

/// The target and the payload of an edge that is given one value of the type `Given`, or the error.
fn edge(text: &str) -> Result<(String, String), Vec<(String, String)>> {
    let mut tables = Tables::default();
    let mut errors = Errors::new();
    let given: TypeRef = tables.type_ref(&syn::parse_quote!(Given));
    let closure: ExprClosure = syn::parse_str(text).expect("it is a closure");
    let edge = Reader::new(&mut tables, &mut errors).edge(&closure, &[Some(given)]);
    let errors = errors.into_texts();
    if errors.is_empty() {
        let target = edge.target.expect("without errors there is a target");
        let payload = edge.payload.expect("without errors there is a payload");
        return Ok((target.to_string(), Print(&tables).lambda(&payload)));
    }
    assert!(edge.payload.is_none(), "it was read in spite of errors");
    Err(errors)
}

#[track_caller]
fn refused(text: &str, place: &str, message: &str) {
    let errors = edge(text).expect_err("it is refused");
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].0, place);
    assert!(errors[0].1.contains(message), "{}", errors[0].1);
}

#[test]
fn an_edge_is_its_payload() {
    let read = |target: &str, payload: &str| Ok((target.to_owned(), payload.to_owned()));
    assert_eq!(edge("|t| wait(Pending { t, polls: 0 })"), read("wait", "|t: Given| Pending { t: t, polls: 0 }"));
    assert_eq!(edge("|_| done()"), read("done", "|_: Given| ()"));
    assert_eq!(edge("|(a, b)| { let c = a + b; done(c) }"), read("done", "|(a, b): Given| let c = (a Add b); c"));
    assert_eq!(edge("|x| match x { One { y } => done(y) }"), read("done", "|x: Given| match x { One { y: y } => y }"));
    assert_eq!(edge("move |x: Other| done(x)"), read("done", "|x: Given| x"));
}

#[test]
fn an_edge_leads_to_one_state() {
    refused("|x| if x { a(1) } else { b(2) }", "b", "an edge leads to one state");
    refused("|x| x", "x", "`x` alone leads to no state");
    refused("|x| Report { x }", "Report { x }", "this is a value, but here the next state is named");
    refused("|x| Self::done(x)", "Self::done", "a state is named by its method alone");
    refused("|x| done(x, 1)", "1", "a state takes one input, but this is a second one");
}

#[test]
fn a_closure_takes_what_it_is_given() {
    refused("|x, y| done(x)", "y", "this closure is given one value");
    refused("|| done(1)", "done(1)", "takes none");
}

#[test]
fn the_target_is_known_whatever_the_payload_is() {
    let mut tables = Tables::default();
    let mut errors = Errors::new();
    let closure: ExprClosure = syn::parse_quote!(|x| done(compute(x)));
    let edge = Reader::new(&mut tables, &mut errors).edge(&closure, &[None]);
    assert_eq!(errors.into_texts().len(), 1);
    assert!(edge.target.is_some_and(|target| target == "done"));
}

#[test]
fn a_closure_may_make_a_value() {
    let mut tables = Tables::default();
    let mut errors = Errors::new();
    let closure: ExprClosure = syn::parse_quote!(|x| Report { pages: x.pages });
    let lambda = Reader::new(&mut tables, &mut errors).closure(&closure, &[None]);
    assert!(errors.into_texts().is_empty());
    assert_eq!(Print(&tables).lambda(&lambda.expect("it is read")), "|x| Report { pages: x.pages }");
}
