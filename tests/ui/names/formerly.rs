use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[formerly("weigh")]
    #[task(timeout = "30s", next = dry)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[formerly("rest", "let_it_dry")]
    #[formerly("let_it_dry")]
    #[wait("1m", next = weigh)]
    fn dry(order: String);

    #[formerly("Rest")]
    #[wait("1m", next = ask)]
    fn weigh(order: String);

    #[formerly(old_name)]
    #[formerly]
    #[formerly("")]
    #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
    async fn ask(&self, order: String) -> Poll<String> {
        Poll::Ready(order)
    }

    #[formerly("AskWait")]
    #[succeed]
    fn sent(order: String);

    #[fail(error = "Lost")]
    fn lost(order: String);
}

fn main() {}
