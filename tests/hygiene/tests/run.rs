//! The workflows of this crate run.

use workflow::Workflow;
use workflow_hygiene::{callback, generic, names, no_prelude, places, shadowed, variables};

#[tokio::test(start_paused = true)]
async fn states_may_be_called_as_the_generated_code_calls_its_own() {
    assert_eq!(names::Names.run(7).await, Ok(7));
    assert_eq!(<names::Names as Workflow>::definition().machine.states.len(), names::Names.state_count());
}

#[tokio::test(start_paused = true)]
async fn states_may_be_called_as_modules_and_functions_are() {
    use names::order::Order;

    assert_eq!(names::Shop.run(Order { count: 1 }).await, Ok(Order { count: 2 }));
}

#[tokio::test(start_paused = true)]
async fn nothing_but_full_paths_is_needed() {
    let shop = no_prelude::Shop { depot: no_prelude::Depot };
    let order = no_prelude::Order { name: "a box".to_owned(), looks: 0 };
    assert_eq!(Workflow::run(&shop, order).await, Ok(1));
}

#[tokio::test(start_paused = true)]
async fn shadowed_names_are_not_the_generated_code_s() {
    let definition = <shadowed::Shop as Workflow>::definition();
    assert_eq!(definition.machine.start.as_deref(), Some("pack"));
}

#[tokio::test(start_paused = true)]
async fn a_workflow_may_be_generic() {
    struct Lengths;

    impl generic::Client for Lengths {
        type Item = usize;

        async fn get(&self, name: String) -> usize {
            name.len()
        }
    }

    let shop = generic::Shop::<_, 3> { client: Lengths };
    assert_eq!(shop.run("four".to_owned()).await.map(|parcel| parcel.item), Ok(4));
    let echo: generic::Echo<Vec<u8>> = generic::Echo { marker: std::marker::PhantomData };
    assert_eq!(echo.run(vec![1, 2]).await, Ok(vec![1, 2]));
    let another: generic::Echo<Vec<u8>> = generic::Echo { marker: std::marker::PhantomData };
    let fork = generic::Fork { echo, shop: another };
    assert_eq!(fork.run(vec![1, 2]).await, Ok(vec![vec![1, 2], vec![1, 2]]));
}

#[tokio::test(start_paused = true)]
async fn a_workflow_may_stand_anywhere() {
    assert_eq!(places::in_a_function().map(|timeout| timeout.as_secs()), Some(60));
    assert_eq!(places::in_a_private_module().map(|timeout| timeout.as_secs()), Some(120));
    let counter = places::Counter { count: 1 };
    assert_eq!(counter.run(counter.clone()).await.map(|counter| counter.count), Ok(3));
}

#[tokio::test(start_paused = true)]
async fn callbacks_may_be_generic() {
    use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
    use workflow::{ActivityWorker, Engine, TaskToken};

    #[derive(Clone)]
    struct Outbox(UnboundedSender<(String, TaskToken<u32>)>);

    impl callback::Clerk for Outbox {
        type Answer = u32;

        async fn ask(&self, question: String, token: TaskToken<u32>) {
            let _ = self.0.send((question, token));
        }
    }

    let (outbox, mut inbox) = unbounded_channel();
    let office = callback::Office { desk: callback::Desk { clerk: Outbox(outbox) } };
    let engine = Engine::builder().workflow(office).start().await.expect("there is one workflow");
    tokio::spawn(ActivityWorker::new(&engine, "File").run(|answer: u32, _| async move { answer }));
    let execution = engine.start::<callback::Office<Outbox>>("how many?".to_owned()).await.expect("the engine has it");
    let (question, inner) = inbox.recv().await.expect("the desk asks");
    let outer = question.strip_prefix("how many? ").and_then(|rest| rest.strip_suffix(" of Delegate"));
    let outer: TaskToken<u32> = outer.expect("the question has the token").parse().expect("it is one");
    engine.complete(&inner, 7).await.expect("the desk waits");
    engine.complete(&outer, 8).await.expect("the office waits");
    assert_eq!(execution.output().await, Ok(8));
}

#[tokio::test(start_paused = true)]
async fn variables_need_no_more_than_full_paths() {
    let look = variables::Look(std::marker::PhantomData);
    assert_eq!(Workflow::run(&look, "a box".to_owned()).await, Ok((20, "a box".to_owned())));
}
