/// Packs what was ordered.
impl Shop {
    /// Takes a while.
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    async fn pack(&self, order: Order) -> Result<Order, PackError> {
        self.boxes.pack(order).await
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    #[allow(clippy::redundant_closure_call)]
    fn weigh(order: Order) -> Next<Self> {
        {
            match order.weight {
                0 => {
                    ::workflow_runtime::Next::<
                        Self,
                    >::__to(<<Self as ::workflow_runtime::Workflow>::State>::dry(order))
                }
                _ => {
                    ::workflow_runtime::Next::<
                        Self,
                    >::__to(
                        <<Self as ::workflow_runtime::Workflow>::State>::sent(order.name),
                    )
                }
            }
        }
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn dry(order: Order) -> ::workflow_runtime::Next<Self> {
        ::workflow_runtime::Next::<
            Self,
        >::__to(<<Self as ::workflow_runtime::Workflow>::State>::dry(order))
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn sent(name: String) -> ::workflow_runtime::Next<Self> {
        ::workflow_runtime::Next::<
            Self,
        >::__to(<<Self as ::workflow_runtime::Workflow>::State>::sent(name))
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::self_named_constructors,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn unsent(cause: String) -> String {
        cause
    }
    fn helper(&self) {}
}
#[doc(hidden)]
#[allow(non_snake_case, clippy::all, clippy::pedantic, unused_qualifications)]
const _: () = {
    #[allow(unreachable_pub, private_interfaces, private_bounds)]
    pub enum __State {
        Pack(Order),
        Weigh(Order),
        Dry(Order),
        Sent(String),
        Unsent(String),
    }
    #[allow(dead_code, unreachable_pub)]
    impl __State {
        pub fn pack(input: Order) -> Self {
            __State::Pack(input)
        }
        pub fn weigh(input: Order) -> Self {
            __State::Weigh(input)
        }
        pub fn dry(input: Order) -> Self {
            __State::Dry(input)
        }
        pub fn sent(input: String) -> Self {
            __State::Sent(input)
        }
        pub fn unsent(input: String) -> Self {
            __State::Unsent(input)
        }
    }
    impl ::workflow_runtime::__private::StateValue for __State {
        const LOSSY: bool = false
            || <Order as ::workflow_runtime::__private::Crossing>::IS_LOSSY
            || <Order as ::workflow_runtime::__private::Crossing>::IS_LOSSY
            || <Order as ::workflow_runtime::__private::Crossing>::IS_LOSSY
            || <String as ::workflow_runtime::__private::Crossing>::IS_LOSSY
            || <String as ::workflow_runtime::__private::Crossing>::IS_LOSSY;
        fn index(&self) -> usize {
            match self {
                __State::Pack(_) => 0usize,
                __State::Weigh(_) => 1usize,
                __State::Dry(_) => 2usize,
                __State::Sent(_) => 3usize,
                __State::Unsent(_) => 4usize,
            }
        }
        fn input(
            &self,
        ) -> ::core::result::Result<
            ::std::string::String,
            ::workflow_runtime::__private::serde_json::Error,
        > {
            match self {
                __State::Pack(input) => {
                    <Order as ::workflow_runtime::__private::Crossing>::to_json(input)
                }
                __State::Weigh(input) => {
                    <Order as ::workflow_runtime::__private::Crossing>::to_json(input)
                }
                __State::Dry(input) => {
                    <Order as ::workflow_runtime::__private::Crossing>::to_json(input)
                }
                __State::Sent(input) => {
                    <String as ::workflow_runtime::__private::Crossing>::to_json(input)
                }
                __State::Unsent(input) => {
                    <String as ::workflow_runtime::__private::Crossing>::to_json(input)
                }
            }
        }
        fn read(
            position: usize,
            input: &str,
        ) -> ::core::result::Result<
            Self,
            ::workflow_runtime::__private::serde_json::Error,
        > {
            ::core::result::Result::Ok(
                match position {
                    0usize => {
                        __State::Pack(
                            <Order as ::workflow_runtime::__private::Crossing>::from_json(
                                input,
                            )?,
                        )
                    }
                    1usize => {
                        __State::Weigh(
                            <Order as ::workflow_runtime::__private::Crossing>::from_json(
                                input,
                            )?,
                        )
                    }
                    2usize => {
                        __State::Dry(
                            <Order as ::workflow_runtime::__private::Crossing>::from_json(
                                input,
                            )?,
                        )
                    }
                    3usize => {
                        __State::Sent(
                            <String as ::workflow_runtime::__private::Crossing>::from_json(
                                input,
                            )?,
                        )
                    }
                    4usize => {
                        __State::Unsent(
                            <String as ::workflow_runtime::__private::Crossing>::from_json(
                                input,
                            )?,
                        )
                    }
                    _ => {
                        return ::core::result::Result::Err(
                            ::workflow_runtime::__private::no_state(),
                        );
                    }
                },
            )
        }
        fn cross(
            self,
        ) -> ::core::result::Result<Self, ::workflow_runtime::__private::Failure> {
            ::core::result::Result::Ok(
                match self {
                    __State::Pack(input) => {
                        __State::Pack(
                            <Order as ::workflow_runtime::__private::Crossing>::cross(
                                input,
                            )?,
                        )
                    }
                    __State::Weigh(input) => {
                        __State::Weigh(
                            <Order as ::workflow_runtime::__private::Crossing>::cross(
                                input,
                            )?,
                        )
                    }
                    __State::Dry(input) => {
                        __State::Dry(
                            <Order as ::workflow_runtime::__private::Crossing>::cross(
                                input,
                            )?,
                        )
                    }
                    __State::Sent(input) => {
                        __State::Sent(
                            <String as ::workflow_runtime::__private::Crossing>::cross(
                                input,
                            )?,
                        )
                    }
                    __State::Unsent(input) => {
                        __State::Unsent(
                            <String as ::workflow_runtime::__private::Crossing>::cross(
                                input,
                            )?,
                        )
                    }
                },
            )
        }
    }
    impl ::workflow_runtime::__private::Workflow for Shop {
        type Input = <Order as ::workflow_runtime::__private::Crossing>::Payload;
        type Output = <String as ::workflow_runtime::__private::Crossing>::Payload;
        type State = __State;
        type Variables = ();
        const NAME: &'static str = "Shop";
        const TIMEOUT: ::core::option::Option<::core::time::Duration> = ::core::option::Option::Some(
            ::core::time::Duration::from_millis(3600000u64),
        );
        const BOUNDS: ::workflow_runtime::__private::Bounds = ::workflow_runtime::__private::Bounds {
            shortest: ::core::time::Duration::from_millis(0u64),
            longest: ::core::option::Option::Some(
                ::core::time::Duration::from_millis(3600000u64),
            ),
            least_events: 11u64,
            most_events: ::core::option::Option::Some(4167u64),
            least_transitions: 3u64,
            most_transitions: ::core::option::Option::Some(1388u64),
        };
        const MODE: ::workflow_runtime::__private::model::machine::Mode = ::workflow_runtime::__private::model::machine::Mode::Standard;
        const FINGERPRINT: u64 = 17575241160152283476u64;
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
                name: "Dry",
                kind: ::workflow_runtime::__private::StateType::Wait,
                is_timed: false,
            },
            ::workflow_runtime::__private::StateInfo {
                name: "Sent",
                kind: ::workflow_runtime::__private::StateType::Succeed,
                is_timed: false,
            },
            ::workflow_runtime::__private::StateInfo {
                name: "Unsent",
                kind: ::workflow_runtime::__private::StateType::Fail,
                is_timed: false,
            },
        ];
        const NO_BRANCH_CONTAINS_ITSELF: &'static ::workflow_runtime::__private::Raises = {
            &::workflow_runtime::__private::Raises {
                states: &[
                    ::workflow_runtime::__private::StateRaises {
                        raised: &[
                            ::workflow_runtime::__private::Source::Method({
                                let _ = <<Result<
                                    Order,
                                    PackError,
                                > as ::workflow_runtime::TaskReturn>::Output as ::workflow_runtime::__private::Crossing>::IS_LOSSY;
                                <Result<
                                    Order,
                                    PackError,
                                > as ::workflow_runtime::TaskReturn>::RAISES
                            }),
                            ::workflow_runtime::__private::Source::Named(
                                "States.Timeout",
                            ),
                        ],
                        caught: &[
                            ::workflow_runtime::__private::ErrorMatch::States(
                                ::workflow_runtime::__private::StatesError::All,
                            ),
                        ],
                    },
                    ::workflow_runtime::__private::StateRaises {
                        raised: &[
                            ::workflow_runtime::__private::Source::Named("Unsent"),
                        ],
                        caught: &[],
                    },
                ],
            }
        };
        fn definition() -> ::workflow_runtime::__private::model::Definition {
            let mut definition = {
                let mut shapes = ::workflow_runtime::__private::model::shape::Shapes::new();
                let types = ::std::vec![
                    <<Result<
                        Order,
                        PackError,
                    > as ::workflow_runtime::TaskReturn>::Output as ::workflow_runtime::__private::Crossing>::shape_of(
                        &mut shapes,
                    ),
                    <Order as ::workflow_runtime::__private::Crossing>::shape_of(
                        &mut shapes,
                    ),
                    <::workflow_runtime::Failure as ::workflow_runtime::__private::Crossing>::shape_of(
                        &mut shapes,
                    ),
                    <String as ::workflow_runtime::__private::Crossing>::shape_of(
                        &mut shapes,
                    ),
                ];
                let constants = ::std::vec![];
                ::workflow_runtime::__private::definition(
                    "{\"name\":\"Shop\",\"comment\":\"Packs what was ordered.\",\"start\":\"pack\",\"timeout\":{\"secs\":3600,\"nanos\":0},\"mode\":\"standard\",\"output\":3,\"states\":[{\"name\":\"pack\",\"asl_name\":\"Pack\",\"comment\":\"Takes a while.\",\"input\":1,\"kind\":{\"task\":{\"timeout\":{\"secs\":30,\"nanos\":0},\"takes_context\":false,\"output\":0,\"retry\":[{\"errors\":[{\"custom\":0}],\"backoff\":{\"interval\":{\"secs\":1,\"nanos\":0},\"max_attempts\":2,\"backoff_rate\":2.0,\"jitter\":\"none\"}}],\"catch\":[{\"errors\":[{\"states\":\"All\"}],\"transition\":{\"target\":\"unsent\",\"payload\":{\"params\":[{\"pattern\":{\"bind\":{\"name\":\"failure\"}},\"type_ref\":2}],\"body\":{\"method\":{\"receiver\":{\"local\":\"failure\"},\"method\":\"message\",\"args\":[]}}}}}],\"next\":{\"to\":{\"target\":\"weigh\"}}}}},{\"name\":\"weigh\",\"asl_name\":\"Weigh\",\"input\":1,\"kind\":{\"choice\":{\"body\":{\"params\":[{\"pattern\":{\"bind\":{\"name\":\"order\"}},\"type_ref\":1}],\"body\":{\"match\":{\"scrutinee\":{\"field\":{\"base\":{\"local\":\"order\"},\"field\":\"weight\"}},\"arms\":[{\"pattern\":{\"literal\":{\"int\":0}},\"body\":{\"goto\":{\"target\":\"dry\",\"payload\":{\"local\":\"order\"}}}},{\"pattern\":\"wildcard\",\"body\":{\"goto\":{\"target\":\"sent\",\"payload\":{\"field\":{\"base\":{\"local\":\"order\"},\"field\":\"name\"}}}}}]}}},\"transitions\":[{\"target\":\"dry\"},{\"target\":\"sent\"}]}}},{\"name\":\"dry\",\"asl_name\":\"Dry\",\"input\":1,\"kind\":{\"wait\":{\"time\":{\"fixed\":{\"secs\":10,\"nanos\":0}},\"next\":{\"to\":{\"target\":\"pack\"}}}}},{\"name\":\"sent\",\"asl_name\":\"Sent\",\"input\":3,\"kind\":{\"succeed\":{}}},{\"name\":\"unsent\",\"asl_name\":\"Unsent\",\"input\":3,\"kind\":{\"fail\":{\"error\":\"Unsent\",\"cause\":{\"params\":[{\"pattern\":{\"bind\":{\"name\":\"cause\"}},\"type_ref\":3}],\"body\":{\"local\":\"cause\"}}}}}],\"types\":[\"<Result<Order, PackError> as::workflow_runtime::TaskReturn>::Output\",\"Order\",\"::workflow_runtime::Failure\",\"String\"],\"errors\":[\"PackError::NoBox\"]}",
                    shapes,
                    types,
                    ::std::vec![
                        ::workflow_runtime::__private::error_name(
                            <PackError as ::workflow_runtime::__private::TaskError>::NAMES,
                            "NoBox",
                        ),
                    ],
                    ::std::vec![],
                    constants,
                )
            };
            ::workflow_runtime::__private::raises(
                &mut definition,
                &[
                    (
                        0usize,
                        <Result<
                            Order,
                            PackError,
                        > as ::workflow_runtime::TaskReturn>::RAISES,
                    ),
                ],
            );
            definition
        }
        fn start(
            input: <Order as ::workflow_runtime::__private::Crossing>::Payload,
        ) -> __State {
            {
                let _ = &input;
                __State::pack(input)
            }
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
            loop {
                run.turn().await;
                let __info = run.enter::<Self>(&state);
                let __step: ::workflow_runtime::__private::Step<Self> = match state {
                    __State::Pack(__input) => {
                        let __result = {
                            let run = &mut *run;
                            let __input = __input;
                            run.task(
                                    const {
                                        &::workflow_runtime::__private::TaskInfo {
                                            resource: ::workflow_runtime::__private::Resource::LAMBDA_INVOKE,
                                            timeout: ::core::option::Option::Some(
                                                ::core::time::Duration::from_millis(30000u64),
                                            ),
                                            heartbeat: ::core::option::Option::None,
                                            takes_context: false,
                                            retry: &[
                                                ::workflow_runtime::__private::RetryInfo {
                                                    errors: &[
                                                        ::workflow_runtime::__private::ErrorMatch::Named(
                                                            ::workflow_runtime::__private::error_name(
                                                                <PackError as ::workflow_runtime::__private::TaskError>::NAMES,
                                                                "NoBox",
                                                            ),
                                                        ),
                                                    ],
                                                    backoff: ::workflow_runtime::__private::Backoff {
                                                        interval: ::core::time::Duration::from_millis(1000u64),
                                                        max_attempts: 2u32,
                                                        backoff_rate: 2f64,
                                                        max_delay: ::core::option::Option::None,
                                                        jitter: ::workflow_runtime::__private::Jitter::None,
                                                    },
                                                },
                                            ],
                                        }
                                    },
                                    __input,
                                    |__input| ::core::option::Option::Some(
                                        <::workflow_runtime::__private::Copies as ::workflow_runtime::__private::CopyOf<
                                            Order,
                                        >>::copy(__input),
                                    ),
                                    |__input, __context| {
                                        let _ = (&__input, &__context);
                                        Self::pack(self, __input)
                                    },
                                    <Result<
                                        Order,
                                        PackError,
                                    > as ::workflow_runtime::TaskReturn>::RETURNED,
                                )
                                .await
                        };
                        let __step: ::core::result::Result<
                            _,
                            ::workflow_runtime::__private::Fault,
                        > = match __result {
                            ::core::result::Result::Ok(__result) => {
                                ::core::result::Result::Ok(
                                    ::workflow_runtime::__private::Step::Next(
                                        ::workflow_runtime::__private::Given(__result)
                                            .enter::<__takers::weigh>(),
                                    ),
                                )
                            }
                            ::core::result::Result::Err(__fault) => {
                                ::core::result::Result::Err(__fault)
                            }
                        };
                        match __step {
                            ::core::result::Result::Ok(__step) => __step,
                            ::core::result::Result::Err(__fault) => {
                                match ::workflow_runtime::__private::caught(
                                    const {
                                        &[
                                            &[
                                                ::workflow_runtime::__private::ErrorMatch::States(
                                                    ::workflow_runtime::__private::StatesError::All,
                                                ),
                                            ],
                                        ]
                                    },
                                    &__fault,
                                ) {
                                    ::core::option::Option::Some(0usize) => {
                                        let __next = run
                                            .evaluate(
                                                "Catch/0/Output",
                                                move || ::workflow_runtime::__private::Step::Next({
                                                    let failure = __fault.failure;
                                                    <__State>::unsent(failure.message())
                                                }),
                                            );
                                        run.go(__next)
                                    }
                                    _ => {
                                        ::workflow_runtime::__private::Step::Fail(__fault.failure)
                                    }
                                }
                            }
                        }
                    }
                    __State::Weigh(__input) => {
                        let _ = &__input;
                        let __next = run.choose(move || Self::weigh(__input));
                        run.chosen(__next, __variables)
                    }
                    __State::Dry(__input) => {
                        if run.waits(::core::time::Duration::from_millis(10000u64)) {
                            ::workflow_runtime::__private::Step::Park(
                                __State::Dry(__input),
                            )
                        } else {
                            let __next = ::core::result::Result::Ok(
                                ::workflow_runtime::__private::Step::Next(
                                    ::workflow_runtime::__private::Given(__input)
                                        .enter::<__takers::pack>(),
                                ),
                            );
                            run.go(__next)
                        }
                    }
                    __State::Sent(__input) => {
                        run.succeed({
                            let __end = __input;
                            ::workflow_runtime::__private::Given(__end).end::<String>()
                        })
                    }
                    __State::Unsent(__input) => {
                        let _ = &__input;
                        run.fail("Unsent", move || Self::unsent(__input))
                    }
                };
                match __step {
                    ::workflow_runtime::__private::Step::Next(__next) => {
                        state = if <__State as ::workflow_runtime::__private::StateValue>::LOSSY {
                            ::workflow_runtime::__private::StateValue::cross(__next)?
                        } else {
                            __next
                        };
                        run.exit::<Self>(__info, &state)?;
                    }
                    ::workflow_runtime::__private::Step::Park(__state) => {
                        return ::core::result::Result::Ok(
                            ::workflow_runtime::__private::Driven::Parked(__state),
                        );
                    }
                    ::workflow_runtime::__private::Step::Succeed(__output) => {
                        return run.end(__info, __output);
                    }
                    ::workflow_runtime::__private::Step::Fail(__failure) => {
                        return ::core::result::Result::Err(__failure);
                    }
                }
            }
        }
        ::workflow_runtime::__private::on_lambda! {
            async fn invoke(& self, __invocation :
            ::workflow_runtime::__private::Invocation) ->
            ::workflow_runtime::__private::Invoked { match __invocation.task() { "pack"
            => __invocation
            .run(::core::option::Option::Some(::core::time::Duration::from_millis(30000u64)),
            < Order as ::workflow_runtime::__private::Crossing > ::ANSWERED, | __input,
            __context | { let _ = (& __input, & __context); Self::pack(self, __input,) },
            < Result < Order, PackError > as ::workflow_runtime::TaskReturn > ::RETURNED)
            . await, _ => __invocation.unknown(& ["pack"]), } }
        }
    }
    #[allow(non_camel_case_types, dead_code, unreachable_pub)]
    mod __takers {
        pub struct pack;
        pub struct weigh;
        pub struct dry;
        pub struct sent;
        pub struct unsent;
    }
    impl ::workflow_runtime::__private::Takes<Order> for __takers::pack {
        type State = __State;
        fn take(input: Order) -> Self::State {
            __State::Pack(input)
        }
    }
    impl ::workflow_runtime::__private::Takes<Order> for __takers::weigh {
        type State = __State;
        fn take(input: Order) -> Self::State {
            __State::Weigh(input)
        }
    }
    impl ::workflow_runtime::__private::Takes<Order> for __takers::dry {
        type State = __State;
        fn take(input: Order) -> Self::State {
            __State::Dry(input)
        }
    }
    impl ::workflow_runtime::__private::Takes<String> for __takers::sent {
        type State = __State;
        fn take(input: String) -> Self::State {
            __State::Sent(input)
        }
    }
    impl ::workflow_runtime::__private::Takes<String> for __takers::unsent {
        type State = __State;
        fn take(input: String) -> Self::State {
            __State::Unsent(input)
        }
    }
    #[allow(
        dead_code,
        unreachable_patterns,
        unused_variables,
        clippy::all,
        clippy::pedantic
    )]
    impl Shop {
        fn __workflow_references() {
            let _ = Shop::weigh;
            let _ = Shop::unsent;
            let _ = Shop::pack;
        }
        fn __workflow_state_0() {
            let _ = <PackError as ::workflow_runtime::__private::RaisedBy<
                <Result<Order, PackError> as ::workflow_runtime::TaskReturn>::Error,
            >>::CHECKED;
            let _ = |error: &PackError| match error {
                PackError::NoBox { .. } => {}
                _ => {}
            };
        }
    }
};
