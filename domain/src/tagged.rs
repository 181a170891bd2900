//! Enums on the wire as `{"kind": "take_seat", "seat": …}`: the tag beside the fields.
//!
//! What `#[serde(tag = "kind")]` writes and reads, without its detour: serde's own reads through a
//! buffer of its own, for which every type below is compiled a second time. A type says
//! `#[serde(remote = "Self")]`, which leaves its derived code as functions of its own (for the
//! variant's name around the fields), and is listed here with its tag.
//!
//! `Command::deserialize(…)` by that name is then the derived function, and not the wire's: read with
//! [`crate::json::read`], or through a bound `T: Deserialize`.

use serde::ser::{Impossible, SerializeStruct, SerializeStructVariant};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::Tagged;

macro_rules! tagged {
    ($($type:ty: $tag:literal,)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$type>::serialize(self, Beside { tag: $tag, to: serializer })
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = Value::deserialize(deserializer)?;
                <$type>::deserialize(Tagged { tag: $tag, value: &value }).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

tagged! {
    crate::command::Command: "kind",
    crate::notice::Notice: "kind",
    crate::outbox::EntryState: "is",
    crate::outcome::Outcome: "status",
    crate::reason::Reason: "code",
    crate::requests::RequestState: "is",
    crate::shifts::ShiftState: "is",
    crate::swaps::Audience: "to",
    crate::swaps::LoopState: "is",
    crate::swaps::OfferKind: "kind",
    crate::swaps::OfferState: "is",
    crate::swaps::ProposalState: "is",
}

/// Writes a variant as one struct, its name under the tag.
struct Beside<S> {
    tag: &'static str,
    to: S,
}

/// The fields of such a variant.
struct Rest<S>(S);

impl<S: SerializeStruct> SerializeStructVariant for Rest<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), S::Error> {
        self.0.serialize_field(key, value)
    }

    fn skip_field(&mut self, key: &'static str) -> Result<(), S::Error> {
        self.0.skip_field(key)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

fn untaggable<T, E: serde::ser::Error>() -> Result<T, E> {
    Err(E::custom("only a variant without fields, or with named ones, can carry its tag beside them"))
}

macro_rules! untaggable {
    ($($method:ident($($type:ty),*) -> $made:ty,)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<$made, S::Error> {
            untaggable()
        }
    )*};
}

impl<S: Serializer> Serializer for Beside<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Impossible<S::Ok, S::Error>;
    type SerializeStructVariant = Rest<S::SerializeStruct>;

    fn serialize_unit_variant(self, name: &'static str, _: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        let mut only = self.to.serialize_struct(name, 1)?;
        only.serialize_field(self.tag, variant)?;
        only.end()
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Rest<S::SerializeStruct>, S::Error> {
        let mut fields = self.to.serialize_struct(name, len + 1)?;
        fields.serialize_field(self.tag, variant)?;
        Ok(Rest(fields))
    }

    untaggable! {
        serialize_bool(bool) -> S::Ok,
        serialize_i8(i8) -> S::Ok,
        serialize_i16(i16) -> S::Ok,
        serialize_i32(i32) -> S::Ok,
        serialize_i64(i64) -> S::Ok,
        serialize_u8(u8) -> S::Ok,
        serialize_u16(u16) -> S::Ok,
        serialize_u32(u32) -> S::Ok,
        serialize_u64(u64) -> S::Ok,
        serialize_f32(f32) -> S::Ok,
        serialize_f64(f64) -> S::Ok,
        serialize_char(char) -> S::Ok,
        serialize_str(&str) -> S::Ok,
        serialize_bytes(&[u8]) -> S::Ok,
        serialize_none() -> S::Ok,
        serialize_unit() -> S::Ok,
        serialize_unit_struct(&'static str) -> S::Ok,
        serialize_seq(Option<usize>) -> Impossible<S::Ok, S::Error>,
        serialize_tuple(usize) -> Impossible<S::Ok, S::Error>,
        serialize_tuple_struct(&'static str, usize) -> Impossible<S::Ok, S::Error>,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Impossible<S::Ok, S::Error>,
        serialize_map(Option<usize>) -> Impossible<S::Ok, S::Error>,
        serialize_struct(&'static str, usize) -> Impossible<S::Ok, S::Error>,
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<S::Ok, S::Error> {
        untaggable()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<S::Ok, S::Error> {
        untaggable()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        untaggable()
    }
}
