/// Packs what was ordered.
#[workflow(start = pack, timeout = "1h")]
impl Shop {
    /// Takes a while.
    #[task(timeout = "30s", next = weigh)]
    #[retry(PackError::NoBox, max_attempts = 2)]
    #[catch(States::All => |failure| unsent(failure.message()))]
    async fn pack(&self, order: Order) -> Result<Order, PackError> {
        self.boxes.pack(order).await
    }

    #[choice]
    fn weigh(order: Order) -> Next<Self> {
        match order.weight {
            0 => dry(order),
            _ => sent(order.name),
        }
    }

    #[wait("10s", next = pack)]
    fn dry(order: Order);

    #[succeed]
    fn sent(name: String);

    #[fail(error = "Unsent")]
    fn unsent(cause: String) -> String {
        cause
    }

    fn helper(&self) {}
}
