use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
enum TrackError {
    #[error("there is no such parcel")]
    Unknown,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum WeighError {
    #[error("too heavy")]
    Heavy,
}

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
    #[retry(States::HeartbeatTimeout, max_attempts = 2)]
    async fn track(&self, parcel: String) -> Result<Poll<String>, TrackError> {
        if parcel.is_empty() { Err(TrackError::Unknown) } else { Ok(Poll::Ready(parcel)) }
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

struct Depot;

#[workflow(start = track, timeout = "1h")]
impl Depot {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
    #[catch(WeighError::Heavy => |_failure, parcel| lost(parcel))]
    async fn track(&self, parcel: String) -> Result<Poll<String>, TrackError> {
        if parcel.is_empty() { Err(TrackError::Unknown) } else { Ok(Poll::Ready(parcel)) }
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
