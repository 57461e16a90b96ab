//! The command line over executions that are kept in a file, as processes that are killed, stopped and started again. It has no harness:
//! the test starts itself as the program.

#![allow(unreachable_pub, reason = "the modules are those of a program")]

mod crashes;
mod listing;
mod place;
mod program;
mod removing;
mod signals;
mod stopping;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    if std::env::var_os(place::PROGRAM).is_some() {
        return program::main();
    }
    let tests: [(&str, fn()); _] = [
        ("crashes::a_killed_execution_goes_on", crashes::a_killed_execution_goes_on),
        ("crashes::a_name_stands_for_one_execution", crashes::a_name_stands_for_one_execution),
        ("crashes::resume_goes_on_with_all", crashes::resume_goes_on_with_all),
        ("crashes::a_file_has_one_engine", crashes::a_file_has_one_engine),
        ("listing::executions_are_listed", listing::executions_are_listed),
        ("listing::a_history_is_followed", listing::a_history_is_followed),
        ("listing::a_closed_pipe_stops_nothing", listing::a_closed_pipe_stops_nothing),
        ("listing::mistakes_are_told", listing::mistakes_are_told),
        ("removing::what_has_ended", removing::what_has_ended),
        ("removing::beside_a_process_and_never_what_runs", removing::beside_a_process_and_never_what_runs),
        ("signals::a_step_is_written_down_before_the_end", signals::a_step_is_written_down_before_the_end),
        ("signals::a_second_signal_ends_at_once", signals::a_second_signal_ends_at_once),
        ("signals::resume_heeds_signals", signals::resume_heeds_signals),
        ("stopping::what_nobody_runs", stopping::what_nobody_runs),
        ("stopping::what_another_process_runs", stopping::what_another_process_runs),
        ("stopping::what_waits_in_the_store", stopping::what_waits_in_the_store),
    ];
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
        .with_ignored_flag(!cfg!(unix))
    };
    libtest_mimic::run(&Arguments::from_args(), tests.map(trial).into()).exit_code()
}
