#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = wiegh)]
    async fn pack(&self, order: Order) -> Order {
        self.boxes.pack(order).await
    }

    #[choice]
    fn weigh(order: Order) -> Next<Self> {
        match order.weight {
            0 => pack(order),
            _ => sent(order.name),
        }
    }

    #[succeed]
    fn sent(name: String);
}
