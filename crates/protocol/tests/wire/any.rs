//! Arbitrary values of every type of the wire.

pub mod http;
pub mod live;
pub mod parts;

/// A strategy for a struct from strategies for its fields.
macro_rules! structs {
    ($($name:ident: $type:ident { $($field:ident: $strategy:expr),+ $(,)? })+) => {
        $(pub fn $name() -> proptest::strategy::BoxedStrategy<protocol::$type> {
            use proptest::strategy::Strategy as _;
            ($($strategy,)+)
                .prop_map(|($($field,)+)| protocol::$type { $($field),+ })
                .boxed()
        })+
    };
}
use structs;
