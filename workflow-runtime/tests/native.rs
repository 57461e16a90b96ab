//! A native workflow: any Rust in every body, and waits below a second.

use std::collections::HashMap;
use std::time::Duration;

use workflow_runtime::prelude::*;

struct Native;

#[workflow(start = count, timeout = "1m", native)]
impl Native {
    #[pass(next = rest)]
    fn count(text: String) -> Vec<(String, u64)> {
        let mut words: HashMap<&str, u64> = HashMap::new();
        for word in text.split_whitespace() {
            *words.entry(word).or_default() += 1;
        }
        let mut words: Vec<_> = words.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
        words.sort();
        words
    }

    #[wait("250ms", next = |words| decide(words.into_iter().max_by_key(|(_, count)| *count)))]
    fn rest(words: Vec<(String, u64)>);

    #[choice]
    fn decide(most: Option<(String, u64)>) -> Next<Self> {
        let Some((word, count)) = most else { return nothing() };
        let mut left = count;
        while left > 0 {
            if left > 100 {
                return nothing();
            }
            left -= 1;
        }
        done(word)
    }

    #[succeed]
    fn done(word: String);

    #[fail(error = "Nothing")]
    fn nothing() -> String {
        std::env::args().take(0).collect::<String>() + "there is nothing to count"
    }
}

#[tokio::test(start_paused = true)]
async fn runs_any_rust() {
    let begun = tokio::time::Instant::now();
    assert_eq!(Native.run("a b b".to_owned()).await, Ok("b".to_owned()));
    assert_eq!(begun.elapsed(), Duration::from_millis(250));
    let failure = Failure::new("Nothing", "there is nothing to count");
    assert_eq!(Native.run(String::new()).await, Err(ExecutionError::Failed(failure)));
}

#[test]
fn is_never_exported() {
    let error =
        workflow_runtime::model::asl::write(&Native::definition()).expect_err("a native workflow has no export");
    assert!(error.to_string().starts_with("`Native` is a `#[workflow(native)]`"), "{error}");
}
