//! « 500 g », « 75 cl », « 1,5 litre »: one quantity, however it is written.

use crate::catalogue::{Measure, Net};

/// A number with a unit that we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    thousandths: u64,
    unit: &'static str,
    /// Grams or millilitres in one.
    each: u64,
    of: Measure,
}

impl Quantity {
    pub fn read(number: &str, unit: &str) -> Option<Quantity> {
        let (unit, each, of) = match unit {
            "g" | "gr" | "gramme" | "grammes" => ("g", 1, Measure::Gram),
            "kg" | "kilo" | "kilos" => ("kg", 1000, Measure::Gram),
            "ml" => ("ml", 1, Measure::Millilitre),
            "cl" => ("cl", 10, Measure::Millilitre),
            "l" | "litre" | "litres" => ("l", 1000, Measure::Millilitre),
            _ => return None,
        };
        Some(Quantity { thousandths: thousandths(number)?, unit, each, of })
    }

    /// As it is looked up.
    pub fn word(self) -> String {
        decimal(self.thousandths) + self.unit
    }

    /// In each unit in which somebody may look for it.
    pub fn spellings(self) -> Vec<String> {
        let least = self.thousandths * self.each;
        let units: &[(&str, u64)] = match self.of {
            Measure::Gram => &[("g", 1), ("kg", 1000)],
            Measure::Millilitre => &[("ml", 1), ("cl", 10), ("l", 1000)],
        };
        units.iter().filter(|(_, each)| least.is_multiple_of(*each)).map(|(unit, each)| decimal(least / each) + unit).collect()
    }

    /// How the unit is called in which it is one or more.
    pub fn large_unit(self) -> Option<&'static str> {
        let name = if self.of == Measure::Gram { "kilo" } else { "litre" };
        (self.thousandths * self.each >= 1_000_000).then_some(name)
    }
}

impl From<Net> for Quantity {
    fn from(net: Net) -> Quantity {
        let unit = if net.of == Measure::Gram { "g" } else { "ml" };
        Quantity { thousandths: u64::from(net.amount) * 1000, unit, each: 1, of: net.of }
    }
}

/// No more than three decimals, and no more than nobody would sell.
fn thousandths(number: &str) -> Option<u64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() > 6 || decimals.len() > 3 {
        return None;
    }
    format!("{whole}{decimals:0<3}").parse().ok()
}

fn decimal(thousandths: u64) -> String {
    let (whole, decimals) = (thousandths / 1000, format!("{:03}", thousandths % 1000));
    match decimals.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }
}
