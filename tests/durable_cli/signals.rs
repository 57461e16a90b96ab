//! Ctrl-C and SIGTERM.

use crate::place::{Place, Running, wait_until};

pub fn a_step_is_written_down_before_the_end() {
    for (signal, by, code) in [("-INT", "an interrupt", 130), ("-TERM", "SIGTERM", 143)] {
        let place = Place::new();
        let plan = place.plan(0, r#", "work_millis": 300"#);
        let running = place.start("one", &plan);
        wait_until("the task begins", || !place.witness().is_empty());
        let (output, error, exit) = running.signal(signal).end();
        assert_eq!((output.as_str(), exit), ("", Some(code)), "{error}");
        let said = error.lines().last().unwrap_or_default();
        assert!(said.starts_with(&format!("error: stopped by {by} where it was written down; `")), "{error}");
        assert!(said.ends_with(&format!(" resume --store {}` goes on from there", place.store())), "{error}");

        assert_eq!(place.run(&["resume"]), ("Errand:one SUCCEEDED\n".to_owned(), String::new(), Some(0)));
        assert_eq!(place.witness(), ["set out", "on the way", "arrived"], "{signal}");
    }
}

pub fn a_second_signal_ends_at_once() {
    let place = Place::new();
    let plan = place.plan(0, r#", "work_millis": 600000"#);
    let command = ["run", "Errand", "--grace", "10m", "--name", "one", "--input", &plan];
    let running = Running::new(place.command(&command));
    wait_until("the task begins", || !place.witness().is_empty());
    let running = running.signal("-TERM");
    // Before its grace is over, a second signal has to come for it to end.
    std::thread::sleep(std::time::Duration::from_millis(200));
    let (_, error, exit) = running.signal("-TERM").end();
    assert_eq!(exit, Some(143), "{error}");
    let (running, _, _) = place.run(&["executions", "--status", "RUNNING"]);
    assert!(running.contains("Errand:one"), "{running}");
}

pub fn resume_heeds_signals() {
    let place = Place::new();
    // So long a wait is in the store only.
    place.start("one", &place.plan(600_000, "")).until_state(&place, "one", "Rest").kill();
    let running = Running::new(place.command(&["resume"])).until_it_has_the_file(&place);
    let (output, error, exit) = running.signal("-TERM").end();
    assert_eq!((output.as_str(), exit), ("", Some(143)), "{error}");
    assert!(error.contains("stopped by SIGTERM"), "{error}");
}
