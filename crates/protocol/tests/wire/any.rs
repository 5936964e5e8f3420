//! Arbitrary values of every type of the wire.

pub mod http;
pub mod live;
pub mod parts;

/// Pairs within pairs: tuples that are strategies end at twelve.
macro_rules! pairs {
    () => { proptest::strategy::Just(()) };
    ($first:expr, $($rest:expr,)*) => { ($first, $crate::any::pairs!($($rest,)*)) };
}
macro_rules! pairs_of {
    () => { () };
    ($first:ident, $($rest:ident,)*) => { ($first, $crate::any::pairs_of!($($rest,)*)) };
}

/// A strategy for a struct from strategies for its fields.
macro_rules! structs {
    ($($name:ident: $type:ident { $($field:ident: $strategy:expr),+ $(,)? })+) => {
        $(pub fn $name() -> proptest::strategy::BoxedStrategy<protocol::$type> {
            use proptest::strategy::Strategy as _;
            $crate::any::pairs!($($strategy,)+)
                .prop_map(|$crate::any::pairs_of!($($field,)+)| protocol::$type { $($field),+ })
                .boxed()
        })+
    };
}
use {pairs, pairs_of, structs};
