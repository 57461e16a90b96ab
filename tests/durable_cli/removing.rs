//! `remove`.

use crate::place::{Place, Running};

fn told(output: &str) -> (String, String, Option<i32>) {
    (output.to_owned(), String::new(), Some(0))
}

fn refused(error: &str) -> (String, String, Option<i32>) {
    (String::new(), format!("error: {error}\n"), Some(1))
}

fn left(place: &Place) -> String {
    let (table, _, _) = place.run(&["executions"]);
    let names = table.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    names.collect::<Vec<_>>().join(" ")
}

pub fn what_has_ended() {
    let place = Place::new();
    for name in ["one", "two", "three"] {
        place.run(&["run", "Errand", "--name", name, "--input", &place.plan(0, "")]);
    }
    place.run(&["run", "Day", "--name", "whole", "--input", &place.plan(0, "")]);
    let (none, error, code) = place.run(&["remove", "--ended-before", "90d"]);
    assert!(error.starts_with("no execution had ended before 20"), "{error}");
    assert_eq!((none.as_str(), code), ("", Some(0)));
    assert_eq!(place.run(&["remove", "two"]), told("Errand:two SUCCEEDED\n"));
    let (_, error, code) = place.run(&["history", "two"]);
    assert!(error.contains("there is no execution `two`"), "{error}");
    assert_eq!(code, Some(1));
    let whole = place.run(&["remove", "--ended-before", "0s", "--workflow", "Day"]);
    assert_eq!(whole, told("Day:whole SUCCEEDED\n"));
    assert_eq!(left(&place), "Errand:three Errand:one");
    assert_eq!(place.run(&["remove", "--ended-before", "0s"]), told("Errand:one SUCCEEDED\nErrand:three SUCCEEDED\n"));
    assert_eq!(left(&place), "");
    // What it was called can be called so again.
    let (output, _, _) = place.run(&["run", "Errand", "--name", "two", "--input", &place.plan(0, "")]);
    assert_eq!(output, "\"home\"\n");
    let (_, error, code) = place.run(&["remove"]);
    assert!(error.contains("--ended-before") && code == Some(2), "{error}");
}

pub fn beside_a_process_and_never_what_runs() {
    let place = Place::new();
    let plan = place.plan(600_000, "");
    place.run(&["run", "Errand", "--name", "done", "--input", &place.plan(0, "")]);
    let running = Running::new(place.command(&["run", "Day", "--verbose", "--name", "whole", "--input", &plan]))
        .until("TaskSubmitted")
        .until("WaitStateEntered");
    let file = place.store();
    let runs = format!("`Day:whole` runs, and only what has ended is removed; `stop Day:whole --store {file}` ends it");
    assert_eq!(place.run(&["remove", "whole"]), refused(&runs));
    assert_eq!(place.run(&["remove", "--ended-before", "0s"]), told("Errand:done SUCCEEDED\n"));
    let there = left(&place);
    assert!(there.contains("Day:whole") && !there.contains("done"), "{there}");
    running.kill();
}
