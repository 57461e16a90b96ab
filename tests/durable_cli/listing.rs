//! `executions` and `history`.

use std::process::Stdio;

use serde_json::Value;

use crate::place::{Place, Running};

pub fn executions_are_listed() {
    let place = Place::new();
    place.run(&["run", "Errand", "--name", "one", "--input", &place.plan(0, "")]);
    let running = place.start("two", &place.plan(600_000, "")).until_state(&place, "two", "Rest");
    let (table, error, code) = place.run(&["executions"]);
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["EXECUTION", "STATUS", "STARTED", "TOOK", "STATE", "OR", "ERROR"]);
    assert_eq!((&lines[1][..2], lines[1].last()), (&["Errand:two", "RUNNING"][..], Some(&"Rest")));
    assert_eq!((&lines[2][..2], lines.len()), (&["Errand:one", "SUCCEEDED"][..], 3));

    let json = |arguments: &[&str]| {
        let (json, error, _) = place.run(&[&["executions", "--json"], arguments].concat());
        let found: Vec<Value> = serde_json::from_str(&json).expect("it is JSON");
        (found, error)
    };
    let (all, error) = json(&[]);
    assert_eq!((all.len(), error.as_str()), (2, ""));
    let input: Value = serde_json::from_str(&place.plan(0, "")).expect("it is JSON");
    assert_eq!((&all[1]["id"], &all[1]["output"]), (&"Errand:one".into(), &"home".into()));
    assert_eq!((&all[1]["status"], &all[1]["input"]["wait_millis"]), (&"SUCCEEDED".into(), &input["wait_millis"]));
    assert_eq!((&all[0]["state"], all[0].get("stopped")), (&"Rest".into(), None));
    let (newest, error) = json(&["--limit", "1"]);
    assert_eq!((newest.len(), &newest[0]["name"]), (1, &"two".into()));
    assert_eq!(error, "these are the newest 1; `--limit` shows more\n");
    assert_eq!(json(&["--status", "succeeded"]).0[0]["name"], "one");
    assert_eq!(json(&["--workflow", "Day"]).0, [Value::Null; 0]);
    running.kill();
}

pub fn a_history_is_followed() {
    let place = Place::new();
    let running = place.start("one", &place.plan(700, "")).until("WaitStateEntered");
    let followed = Running::new(place.command(&["history", "one", "--follow"]));
    let (output, errors, code) = followed.end();
    assert_eq!((errors.as_str(), code), ("", Some(0)));
    let expected = [
        "ExecutionStarted",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSucceeded",
        "TaskStateExited",
        "WaitStateEntered",
        "WaitStateExited",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSucceeded",
        "TaskStateExited",
        "ExecutionSucceeded",
    ];
    let types: Vec<_> = output.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert_eq!(types, expected);
    assert_eq!(running.end().0, "\"home\"\n");

    let (json, _, _) = place.run(&["history", "Errand:one", "--json"]);
    let answer: Value = serde_json::from_str(&json).expect("it is JSON");
    let events = answer["events"].as_array().expect("it has events");
    assert!(events.iter().map(|event| &event["type"]).eq(expected), "{events:?}");
    let (lines, _, _) = place.run(&["history", "Errand:one", "--json", "--follow"]);
    let events_of_lines: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(&events_of_lines, events);
}

pub fn mistakes_are_told() {
    let place = Place::new();
    let store = place.store();
    for arguments in [&["executions"][..], &["history", "one"], &["stop", "one"], &["resume"]] {
        let (output, error, code) = place.run(arguments);
        let expected = format!("error: there is no file {store}; `run NAME --store {store}` makes it\n");
        assert_eq!((output.as_str(), error, code), ("", expected, Some(1)));
    }
    let plan = place.plan(0, "");
    for workflow in ["Errand", "Day"] {
        place.run(&["run", workflow, "--name", "same", "--input", &plan]);
    }
    for arguments in [["history", "nobody"], ["stop", "nobody"], ["history", "Nothing:same"]] {
        let id = arguments[1];
        let expected = format!(
            "error: there is no execution `{id}` in {store}; `executions --store {store}` lists what is there\n"
        );
        assert_eq!(place.run(&arguments).1, expected);
    }
    let (_, error, _) = place.run(&["history", "same"]);
    assert_eq!(error, "error: which execution? There are Errand:same, Day:same\n");
    let (_, error, code) = place.run(&["executions", "--status", "asleep"]);
    assert!(error.contains("[possible values: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED]"), "{error}");
    assert_eq!(code, Some(2));
    let (_, error, code) = place.run(&["run", "Errand", "--grace", "5"]);
    assert!(error.contains("seconds are \"5s\""), "{error}");
    assert_eq!(code, Some(2));
}

/// As in `… --verbose 2>&1 | head -1`.
pub fn a_closed_pipe_stops_nothing() {
    let place = Place::new();
    let mut command = place.command(&["run", "Errand", "--verbose", "--name", "one", "--input", &place.plan(200, "")]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be run");
    drop(child.stderr.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((String::from_utf8_lossy(&ended.stdout).as_ref(), ended.status.code()), ("\"home\"\n", Some(0)));
    let mut command = place.command(&["history", "one", "--follow"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be run");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((String::from_utf8_lossy(&ended.stderr).as_ref(), ended.status.code()), ("", Some(0)));
}
