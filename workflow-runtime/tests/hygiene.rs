//! The derives name everything by its full path: they work without a prelude, with a renamed dependency, and where the
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
}
