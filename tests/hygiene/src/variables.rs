//! Variables and the context object, where nothing is in scope that was not named, and the struct has a parameter.
#![no_implicit_prelude]

use ::workflow::Next;

/// What is known so far.
#[derive(::core::default::Default, ::serde::Serialize, ::serde::Deserialize, ::workflow::Data)]
#[data(crate = ::workflow)]
pub struct Progress<T> {
    /// How often it was looked at.
    pub looks: u32,
    /// What was seen last.
    pub r#type: T,
}

/// Looks twice.
pub struct Look<T>(pub ::core::marker::PhantomData<T>);

#[::workflow::workflow(start = rest, timeout = "1h", variables = Progress<T>, output = (u32, T), crate = ::workflow)]
impl<T: ::workflow::Payload + ::core::default::Default + ::core::clone::Clone + ::core::marker::Sync> Look<T> {
    #[wait("2s", next = look)]
    #[assign(looks = vars.looks + 1, r#type = seen.clone())]
    fn rest(seen: T);

    #[task(timeout = "1m", next = decide)]
    #[catch(States::All => |_, seen| decide(seen), assign(looks = vars.looks * 2))]
    #[assign(r#type = result.clone())]
    async fn look(&self, seen: T) -> T {
        seen
    }

    #[choice]
    fn decide(seen: T) -> Next<Self> {
        if vars.looks < 2 {
            rest(seen)
        } else {
            #[assign(looks = vars.looks * 10)]
            done(context.execution.start_time < context.state.entered_time)
        }
    }

    #[pass(end)]
    fn done(is_late: bool) -> (u32, T) {
        (if is_late { vars.looks } else { 0 }, vars.r#type.clone())
    }
}
