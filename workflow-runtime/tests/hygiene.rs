//! The macros name everything by its full path: they work without a prelude, with a renamed dependency, and where the
//! user's names shadow the standard library's.
#![no_implicit_prelude]
#![allow(dead_code, reason = "the types are here to be compiled")]

extern crate workflow_runtime as renamed;

mod shadowed {
    struct Result;
    struct Option;
    struct String;
    struct Vec;
    struct Some;
    struct Box;
    mod core {}
    mod std {}
    mod workflow_runtime {}

    #[derive(::renamed::Data)]
    #[data(crate = ::renamed)]
    struct Job<T> {
        name: ::std::string::String,
        parts: ::std::vec::Vec<T>,
    }

    #[derive(::renamed::Data)]
    #[data(crate = ::renamed)]
    enum Answer {
        Nothing,
        Wrapped(Job<u8>),
        Named { reason: ::core::option::Option<bool> },
    }

    #[derive(::renamed::Data)]
    #[data(crate = ::renamed)]
    enum Never {}

    #[derive(::core::fmt::Debug, ::renamed::TaskError)]
    #[task_error(crate = ::renamed)]
    enum Failure {
        Broken,
        Wrapped(u8),
    }

    impl ::core::fmt::Display for Failure {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(f, ::renamed::TaskError::name(self))
        }
    }

    impl ::core::error::Error for Failure {}

    #[derive(::core::clone::Clone, ::core::fmt::Debug, ::serde::Serialize, ::serde::Deserialize, ::renamed::Data)]
    #[data(crate = ::renamed)]
    struct Input {
        count: u32,
    }

    struct Machine;

    #[::renamed::workflow(start = work, timeout = "1h", crate = ::renamed)]
    impl Machine {
        #[task(timeout = "1m", next = |count| decide(Input { count }))]
        #[retry(Failure::Broken, max_attempts = 2)]
        #[catch(Failure::Wrapped => |failure| broken(failure.message()))]
        async fn work(&self, input: Input) -> ::core::result::Result<u32, Failure> {
            ::core::result::Result::Ok(input.count)
        }

        #[choice]
        fn decide(input: Input) -> ::renamed::Next<Self> {
            if input.count > 1 { pause(input) } else { done(input) }
        }

        #[wait("1s", next = enough)]
        fn pause(input: Input);

        #[pass(next = done)]
        fn enough(input: Input) -> Input {
            Input { count: input.count - 1 }
        }

        #[succeed]
        fn done(output: Input);

        #[fail(error = "Broken")]
        fn broken(cause: ::std::string::String) -> ::std::string::String {
            cause
        }
    }
}
