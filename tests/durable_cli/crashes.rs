//! What goes on after the process was killed.

use crate::place::{Place, Running, wait_until};

const HOME: &str = "\"home\"\n";

pub fn a_killed_execution_goes_on() {
    let place = Place::new();
    let plan = place.plan(1_500, "");
    place.start("one", &plan).until_state(&place, "one", "Rest").kill();
    assert_eq!(place.witness(), ["set out", "on the way"]);
    let (output, events, code) = place.start("one", &plan).end();
    assert_eq!((output.as_str(), code), (HOME, Some(0)), "{events}");
    // What was recorded is not run again, and there is one history.
    assert_eq!(place.witness(), ["set out", "on the way", "arrived"]);
    assert_eq!(events.matches("ExecutionStarted").count(), 1, "{events}");
    assert_eq!(events.matches("WaitStateExited").count(), 1, "{events}");

    // A task that was under way runs again.
    let place = Place::new();
    let plan = place.plan(0, r#", "work_millis": 50"#);
    let running = place.start("one", &plan);
    wait_until("the task begins", || !place.witness().is_empty());
    running.kill();
    assert_eq!(place.start("one", &plan).end().0, HOME);
    assert!(place.witness().ends_with(&["set out", "on the way", "arrived"].map(str::to_owned)));
}

pub fn a_name_stands_for_one_execution() {
    let place = Place::new();
    let plan = place.plan(0, "");
    for _ in 0..2 {
        let found = place.run(&["run", "Errand", "--name", "one", "--input", &plan]);
        assert_eq!(found, (HOME.to_owned(), String::new(), Some(0)));
    }
    assert_eq!(place.witness().len(), 3, "it ran once");
    let (output, error, code) = place.run(&["run", "Errand", "--name", "one", "--input", &place.plan(1, "")]);
    let expected =
        "error: `Errand` has an execution `one` already, which was started with another input; choose another name\n";
    assert_eq!((output.as_str(), error.as_str(), code), ("", expected, Some(1)));
    // Without a name it is another one.
    assert_eq!(place.run(&["run", "Errand", "--input", &plan]).0, HOME);
    assert_eq!(place.witness().len(), 6);
}

pub fn resume_goes_on_with_all() {
    let place = Place::new();
    let plan = place.plan(150, "");
    place.start("one", &plan).until_state(&place, "one", "Rest").kill();
    place.start("two", &plan).until_state(&place, "two", "Rest").kill();
    Running::new(place.command(&["run", "Day", "--verbose", "--name", "whole", "--input", &plan]))
        .until("WaitStateEntered")
        .kill();
    // A run leaves the others alone, and says that they are there.
    let (output, error, _) = place.run(&["run", "Errand", "--name", "three", "--input", &plan]);
    assert_eq!(output, HOME);
    assert!(error.contains("there are executions that have not ended; `"), "{error}");
    let (running, _, _) = place.run(&["executions", "--status", "running", "--workflow", "Errand"]);
    assert!(running.contains("Errand:one") && running.contains("Errand:two"), "{running}");

    let (output, error, code) = place.run(&["resume"]);
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let expected = ["Errand:one SUCCEEDED", "Errand:two SUCCEEDED", "Day:whole SUCCEEDED"];
    expected.iter().for_each(|line| assert!(output.lines().any(|found| found == *line), "{output}"));
    let arrived = place.witness().into_iter().filter(|line| line == "arrived").count();
    assert_eq!(arrived, 5);
    assert_eq!(place.run(&["resume"]), (String::new(), String::new(), Some(0)));
}

pub fn a_file_has_one_engine() {
    let place = Place::new();
    let plan = place.plan(600_000, "");
    let first = place.start("one", &plan).until("WaitStateEntered");
    for arguments in [&["run", "Errand", "--input", &plan][..], &["resume"]] {
        let (output, error, code) = place.run(arguments);
        assert_eq!((output.as_str(), code), ("", Some(1)));
        let expected = format!("is in use by process {}: only one can write to it\n", first.id());
        assert!(error.starts_with("error: ") && error.ends_with(&expected), "{error}");
    }
    first.kill();
    // Nothing that the dead one leaves behind is in the way.
    let (output, _, code) = place.run(&["run", "Errand", "--input", &place.plan(0, "")]);
    assert_eq!((output.as_str(), code), (HOME, Some(0)));
}
