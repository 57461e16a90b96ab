//! Branches: what their states are called, and what is no name.

use workflow_model::asl::{WriteError, write};
use workflow_model::definition::Child;
use workflow_model::machine::{Mode, Next, TypeRef};
use workflow_model::scope::Scope;
use workflow_model::shape::{Shape, Shapes};
use workflow_model::states::{Branch, ChildRef, Parallel, StateKind, Succeed};
use workflow_model::{Definition, State, StateMachine};

fn state(name: &str, kind: StateKind) -> State {
    State {
        kind,
        ..serde_json::from_value(serde_json::json!({
            "name": name.to_lowercase(), "asl_name": name, "input": null, "kind": {"succeed": {}}
        }))
        .expect("a state reads back")
    }
}

fn done(name: &str) -> State {
    state(name, StateKind::Succeed(Succeed {}))
}

/// A workflow of these states, the first of which it starts in, with these branches.
pub(crate) fn workflow(name: &str, states: Vec<State>, branches: Vec<Definition>) -> Definition {
    let mut shapes = Shapes::new();
    struct Unit;
    let unit = shapes.define::<Unit>(|_| Shape::Unit);
    let start = states.first().map(|state| state.name.clone());
    let machine = StateMachine { name: name.to_owned(), start, states, ..StateMachine::default() };
    let child = |branch: Definition| Child {
        name: branch.machine.name.clone(),
        definition: Some(Box::new(branch)),
        ..Child::default()
    };
    Definition {
        machine,
        shapes,
        types: vec![unit],
        children: branches.into_iter().map(child).collect(),
        ..Definition::default()
    }
}

pub(crate) fn task(name: &str) -> State {
    let task = serde_json::json!({ "output": 0, "next": { "end": null } });
    state(name, StateKind::Task(serde_json::from_value(task).expect("a task reads back")))
}

pub(crate) fn map(name: &str, label: &str) -> State {
    let processor = serde_json::json!({ "child": 0, "label": label });
    let map = serde_json::json!({ "items_type": 0, "processor": processor, "output": 0, "next": { "end": null } });
    state(name, StateKind::Map(serde_json::from_value(map).expect("a map reads back")))
}

pub(crate) fn fork(name: &str, labels: &[&str]) -> State {
    let branch = |(index, label): (usize, &&str)| Branch {
        child: ChildRef(index),
        label: (*label).to_owned(),
        input: None,
        execution: None,
    };
    let parallel = Parallel {
        input: None,
        input_type: None,
        branches: labels.iter().enumerate().map(branch).collect(),
        output: TypeRef(0),
        retry: Vec::new(),
        catch: Vec::new(),
        next: Next::End(None),
    };
    state(name, StateKind::Parallel(parallel))
}

#[test]
fn only_names_that_are_taken_say_where_they_are() {
    let inner = workflow(
        "Inner",
        vec![fork("Both", &["Deep"]), done("Done")],
        vec![workflow("Deep", vec![done("Weigh"), done("Done")], vec![])],
    );
    let pack = workflow("Pack", vec![done("Weigh"), done("Own")], vec![]);
    let outer = workflow("Outer", vec![fork("Fulfil", &["Inner", "Pack"]), done("Done")], vec![inner, pack]);
    let names = [
        "Fulfil",
        "Both",
        "Fulfil.Inner.Both.Deep.Weigh",
        "Fulfil.Inner.Both.Deep.Done",
        "Fulfil.Inner.Done",
        "Fulfil.Pack.Weigh",
        "Own",
        "Done",
    ];
    assert_eq!(Scope::new(&outer).names(), names);
    let text = write(&outer).expect("it is exported");
    assert!(names.iter().all(|name| text.contains(&format!("\"{name}\": {{"))), "{text}");
}

/// The payload of each task, in the order of the document.
fn payloads(text: &str) -> Vec<serde_json::Value> {
    fn collect(value: &serde_json::Value, payloads: &mut Vec<serde_json::Value>) {
        let members = value.as_object().map(|object| object.values());
        let elements = value.as_array().map(|array| array.iter());
        payloads.extend(value.get("Payload").cloned());
        members.into_iter().flatten().chain(elements.into_iter().flatten()).for_each(|it| collect(it, payloads));
    }
    let mut payloads = Vec::new();
    collect(&serde_json::from_str(text).expect("a definition is JSON"), &mut payloads);
    payloads
}

#[test]
fn a_task_in_a_branch_is_called_by_the_way_to_it() {
    let inner = workflow("Inner", vec![fork("Both", &["Deep"])], vec![workflow("Deep", vec![task("Weigh")], vec![])]);
    let pack = workflow("Pack", vec![task("Wrap")], vec![]);
    let outer = workflow("Outer", vec![fork("Fulfil", &["Inner", "Pack"]), task("Ship")], vec![inner, pack]);
    let text = write(&outer).expect("it is exported");
    for task in ["fulfil.Inner.both.Deep.weigh", "fulfil.Pack.wrap", "ship"] {
        let found = payloads(&text).into_iter().find(|payload| payload["task"] == task);
        let found = found.unwrap_or_else(|| panic!("no {task} in {text}"));
        assert_eq!((&found["workflow"], &found["context"]["item"]), (&"Outer".into(), &serde_json::Value::Null));
    }
}

#[test]
fn a_task_of_an_item_is_told_which_item_it_is() {
    let deep = workflow("Deep", vec![task("Weigh")], vec![]);
    let inner = workflow("Inner", vec![task("Wrap"), fork("Both", &["Deep"])], vec![deep]);
    let text = write(&workflow("Outer", vec![map("PackAll", "Inner"), task("Ship")], vec![inner]));
    let payloads = payloads(&text.expect("it is exported"));
    let items = payloads.iter().map(|payload| (payload["task"].as_str(), payload["context"]["item"].as_str()));
    let index = Some("{% [$states.context.Map.Item.Index] %}");
    let expected = [("packall.Inner.wrap", index), ("packall.Inner.both.Deep.weigh", index), ("ship", None)];
    for (task, item) in expected {
        assert!(items.clone().any(|found| found == (Some(task), item)), "{task}: {payloads:?}");
    }
}

#[test]
fn name_that_grows_too_long() {
    let long = "L".repeat(80);
    let branch = || workflow("Branch", vec![done(&long)], vec![]);
    let alone = workflow("Alone", vec![fork("Fork", &["One"])], vec![branch()]);
    assert!(write(&alone).is_ok());
    let both = workflow("Both", vec![fork("Fork", &["One", "Two"])], vec![branch(), branch()]);
    let error = write(&both).expect_err("the name says where it is");
    assert!(matches!(&error, WriteError::LongName { characters: 89, .. }), "{error}");
    assert!(error.to_string().contains("give it a name of its own with `name = \"…\"`"), "{error}");
}

#[test]
fn name_that_is_taken_in_full() {
    let branch = workflow("Branch", vec![done("Done")], vec![]);
    let states = vec![fork("Fork", &["One"]), done("Done"), done("Fork.One.Done")];
    let error = write(&workflow("Outer", states, vec![branch])).expect_err("two states have the name");
    assert!(matches!(&error, WriteError::SameName { name, .. } if name == "Fork.One.Done"), "{error}");
}

#[test]
fn native_workflow_is_no_branch_on_aws() {
    let mut branch = workflow("Branch", vec![done("Done")], vec![]);
    branch.machine.mode = Mode::Native;
    let error = write(&workflow("Outer", vec![fork("Fork", &["One"])], vec![branch])).expect_err("it is native");
    assert!(matches!(&error, WriteError::Native { workflow } if workflow == "Branch"), "{error}");
}
