//! `stop`.

use crate::place::{Place, Running};

fn aborted(place: &Place, id: &str) {
    let (history, _, _) = place.run(&["history", id]);
    let last = history.lines().last().unwrap_or_default();
    assert!(last.ends_with(" ExecutionAborted Late: nobody waits"), "{history}");
    let numbers = history.lines().map(|line| line.split_whitespace().next().unwrap_or_default().to_owned());
    let expected = (1..=history.lines().count()).map(|number| number.to_string());
    assert!(numbers.eq(expected), "{history}");
}

fn stop(place: &Place, id: &str) -> (String, String, Option<i32>) {
    place.run(&["stop", id, "--error", "Late", "--cause", "nobody waits"])
}

pub fn what_nobody_runs() {
    let place = Place::new();
    let plan = place.plan(50, "");
    Running::new(place.command(&["run", "Day", "--verbose", "--name", "whole", "--input", &plan]))
        .until("TaskSubmitted")
        .until("WaitStateEntered")
        .kill();
    assert_eq!(stop(&place, "Day:whole"), ("Day:whole ABORTED\n".to_owned(), String::new(), Some(0)));
    aborted(&place, "whole");
    // With it went what it had started.
    let (running, _, _) = place.run(&["executions", "--status", "RUNNING", "--json"]);
    assert_eq!(running, "[]\n");
    let (output, error, code) = stop(&place, "whole");
    let expected = "error: `Day:whole` has ended already: it is ABORTED\n";
    assert_eq!((output.as_str(), error.as_str(), code), ("", expected, Some(1)));
    assert_eq!(place.run(&["resume"]), (String::new(), String::new(), Some(0)));
    let (_, error, code) = place.run(&["run", "Day", "--name", "whole", "--input", &plan]);
    assert_eq!((error.as_str(), code), ("error: the execution was cancelled with Late: nobody waits\n", Some(1)));
}

pub fn what_another_process_runs() {
    let place = Place::new();
    let running = place.start("one", &place.plan(30_000, "")).until("WaitStateEntered");
    assert_eq!(stop(&place, "one"), ("Errand:one ABORTED\n".to_owned(), String::new(), Some(0)));
    let (output, error, code) = running.end();
    assert_eq!((output.as_str(), code), ("", Some(1)));
    assert!(error.ends_with("error: the execution was cancelled with Late: nobody waits\n"), "{error}");
    aborted(&place, "one");
}

pub fn what_waits_in_the_store() {
    let place = Place::new();
    for name in ["one", "two"] {
        place.start(name, &place.plan(600_000, "")).until_state(&place, name, "Rest").kill();
    }
    let resumed = Running::new(place.command(&["resume"])).until_it_has_the_file(&place);
    assert_eq!(stop(&place, "one").0, "Errand:one ABORTED\n");
    assert_eq!(stop(&place, "two").0, "Errand:two ABORTED\n");
    let (output, error, code) = resumed.end();
    assert_eq!((output.as_str(), error.as_str(), code), ("Errand:one ABORTED\nErrand:two ABORTED\n", "", Some(0)));
    assert_eq!(place.witness().len(), 4);
}
