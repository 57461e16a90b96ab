use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h", name = "The shop on the corner")]
impl Shop {
    #[task(timeout = "30s", next = pack_the_parcel_and_weigh_it_and_stamp_it_and_label_it_and_load_it_onto_the_lorry_and_then_wave_at_the_driver)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait("1h", next = sent)]
    fn pack_the_parcel_and_weigh_it_and_stamp_it_and_label_it_and_load_it_onto_the_lorry_and_then_wave_at_the_driver(order: String);

    #[succeed(name = "")]
    fn sent(order: String);
}

fn main() {}
