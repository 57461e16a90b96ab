//! What the compiler says of a workflow that is not right: `tests/ui/<kind of mistake>/<mistake>.rs`, with the message next to it
//! in `<mistake>.stderr`. `TRYBUILD=overwrite cargo test --test compile_fail` writes the messages anew.

#[test]
fn messages() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
