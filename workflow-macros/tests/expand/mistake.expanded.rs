::core::compile_error!(
    "W0101: `pack` leads to `wiegh`, but no state has that name\nhelp: a state with a similar name exists: `weigh`",
)
#[allow(unexpected_cfgs)]
impl Shop {
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    async fn pack(&self, order: Order) -> Order {
        self.boxes.pack(order).await
    }
    #[cfg(not(rust_analyzer))]
    #[allow(unused_variables)]
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn weigh(order: Order) -> Next<Self> {
        ::core::unreachable!()
    }
    #[cfg(rust_analyzer)]
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn weigh(order: Order) -> Next<Self> {
        {
            match order.weight {
                0 => <Self>::pack(order),
                _ => <Self>::sent(order.name),
            }
        }
    }
    #[cfg(not(rust_analyzer))]
    #[allow(unused_variables)]
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn sent(name: String) -> ::workflow_runtime::Next<Self> {
        ::core::unreachable!()
    }
    #[cfg(rust_analyzer)]
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn sent(name: String) -> ::workflow_runtime::Next<Self> {
        ::core::unreachable!()
    }
}
#[doc(hidden)]
#[allow(
    dead_code,
    unused_mut,
    unused_variables,
    clippy::all,
    clippy::pedantic,
    unused_qualifications
)]
const _: () = {
    impl ::workflow_runtime::__private::Workflow for Shop {
        type Input = <Order as ::workflow_runtime::__private::Crossing>::Payload;
        type Output = <String as ::workflow_runtime::__private::Crossing>::Payload;
        type State = ::workflow_runtime::__private::Unfinished;
        type Variables = ();
        const NAME: &'static str = "Shop";
        const TIMEOUT: ::core::option::Option<::core::time::Duration> = ::core::option::Option::Some(
            ::core::time::Duration::from_millis(3600000u64),
        );
        const BOUNDS: ::workflow_runtime::__private::Bounds = ::workflow_runtime::__private::Bounds {
            shortest: ::core::time::Duration::from_millis(0u64),
            longest: ::core::option::Option::Some(
                ::core::time::Duration::from_millis(30000u64),
            ),
            least_events: 2u64,
            most_events: ::core::option::Option::Some(5u64),
            least_transitions: 0u64,
            most_transitions: ::core::option::Option::Some(1u64),
        };
        const MODE: ::workflow_runtime::__private::model::machine::Mode = ::workflow_runtime::__private::model::machine::Mode::Standard;
        const FINGERPRINT: u64 = 4515115808975459849u64;
        const STATES: &'static [::workflow_runtime::__private::StateInfo] = &[
            ::workflow_runtime::__private::StateInfo {
                name: "Pack",
                kind: ::workflow_runtime::__private::StateType::Task,
                is_timed: false,
            },
            ::workflow_runtime::__private::StateInfo {
                name: "Weigh",
                kind: ::workflow_runtime::__private::StateType::Choice,
                is_timed: false,
            },
            ::workflow_runtime::__private::StateInfo {
                name: "Sent",
                kind: ::workflow_runtime::__private::StateType::Succeed,
                is_timed: false,
            },
        ];
        const NO_BRANCH_CONTAINS_ITSELF: &'static ::workflow_runtime::__private::Raises = &::workflow_runtime::__private::Raises::UNKNOWN;
        fn definition() -> ::workflow_runtime::__private::model::Definition {
            ::core::unreachable!()
        }
        fn start(
            input: <Order as ::workflow_runtime::__private::Crossing>::Payload,
        ) -> ::workflow_runtime::__private::Unfinished {
            ::core::unreachable!()
        }
        async fn drive<__R: ::workflow_runtime::__private::Record>(
            &self,
            mut state: Self::State,
            __variables: &mut (),
            run: &mut ::workflow_runtime::__private::Run<__R>,
        ) -> ::core::result::Result<
            ::workflow_runtime::__private::Driven<
                <String as ::workflow_runtime::__private::Crossing>::Payload,
                Self::State,
            >,
            ::workflow_runtime::__private::Failure,
        > {
            ::core::unreachable!()
        }
    }
    #[allow(unexpected_cfgs)]
    const _: () = {
        #[cfg(rust_analyzer)]
        impl Shop {
            fn __workflow_references() {
                let _ = Shop::wiegh;
            }
        }
    };
};
