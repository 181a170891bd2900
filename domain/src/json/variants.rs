//! Enums: a name, and what belongs to it, under it or beside it.

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, VariantAccess, Visitor};
use serde_json::Value;

use super::{Reader, Unreadable, misplaced, named};

/// What stands beside a variant's name.
pub(super) enum Content<'a> {
    None,
    /// Under it.
    Of(&'a Value),
    /// In the same object as the tag that names it.
    Beside(&'a Value),
}

pub(super) struct Variant<'a> {
    pub name: &'a str,
    pub content: Content<'a>,
}

impl Variant<'_> {
    fn content(&self) -> Result<Reader<'_>, Unreadable> {
        match self.content {
            Content::Of(value) | Content::Beside(value) => Ok(Reader(value)),
            Content::None => Err(misplaced()),
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unreadable> {
        Ok((seed.deserialize(named(self.name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        match self.content {
            Content::Of(value) if !value.is_null() => Err(misplaced()),
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.content()?.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unreadable> {
        self.content()?.deserialize_map(visitor)
    }
}

/// `{"kind": "x", …}`, read as an enum whose variant `x` has the object's fields.
pub struct Tagged<'a> {
    pub tag: &'static str,
    pub value: &'a Value,
}

impl<'de> Deserializer<'de> for Tagged<'_> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(misplaced())
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self.value.get(self.tag) {
            Some(Value::String(name)) => visitor.visit_enum(Variant { name, content: Content::Beside(self.value) }),
            Some(_) => Err(misplaced()),
            None => Err(de::Error::missing_field(self.tag)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
