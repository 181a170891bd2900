//! A figure with its budget, and the page they are printed on.

use std::fmt;
use std::process::ExitCode;

/// How far a measured time may be beyond its budget before the budget counts as broken: this much is the
/// difference between two runs on a busy machine. Counts and bytes have no noise.
pub const NOISE: f64 = 0.15;

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds of CPU.
    CpuMs,
    /// Milliseconds on the clock.
    Ms,
    /// 1000 bytes.
    Kb,
    /// 1024 bytes.
    Kib,
    /// 1024 × 1024 bytes.
    Mib,
    /// So many of something.
    Count,
    /// One figure over another of the same run.
    Ratio,
    /// Lighthouse's points, of 100.
    Points,
}

impl Unit {
    fn is_noisy(self) -> bool {
        matches!(self, Unit::CpuMs | Unit::Ms | Unit::Ratio)
    }

    fn write(self, value: f64) -> String {
        match self {
            Unit::CpuMs => format!("{value:.3} ms CPU"),
            Unit::Ms => format!("{value:.1} ms"),
            Unit::Kb => format!("{value:.2} kB"),
            Unit::Kib => format!("{value:.1} KiB"),
            Unit::Mib => format!("{value:.1} MiB"),
            Unit::Count | Unit::Points => format!("{}", (value * 10.0).round() / 10.0),
            Unit::Ratio => format!("{value:.2} ×"),
        }
    }
}

/// What a figure is held to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    AtMost(f64),
    AtLeast(f64),
    /// Printed beside the others, held to nothing.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ok,
    /// Over, and not by more than noise: said, not failed.
    Near,
    Over,
    Shown,
}

#[derive(Clone, Debug)]
pub struct Figure {
    what: String,
    value: f64,
    unit: Unit,
    budget: Budget,
    beside: String,
    gentle: bool,
}

impl Figure {
    pub fn new(what: impl Into<String>, value: f64, unit: Unit, budget: Budget) -> Figure {
        Figure { what: what.into(), value, unit, budget, beside: String::new(), gentle: false }
    }

    /// What stands beside the figure: the parts of it, or times.
    pub fn beside(self, beside: impl Into<String>) -> Figure {
        Figure { beside: beside.into(), ..self }
    }

    /// Over is said and does not fail the run: the budget is for a quiet machine, and this one is not known to be.
    pub fn gentle(self) -> Figure {
        Figure { gentle: true, ..self }
    }

    fn verdict(&self) -> Verdict {
        let noise = if self.unit.is_noisy() { NOISE } else { 0.0 };
        let (ok, near) = match self.budget {
            Budget::None => return Verdict::Shown,
            Budget::AtMost(most) => (self.value <= most, self.value <= most * (1.0 + noise)),
            Budget::AtLeast(least) => (self.value >= least, self.value >= least * (1.0 - noise)),
        };
        match (ok, near || self.gentle) {
            (true, _) => Verdict::Ok,
            (false, true) => Verdict::Near,
            (false, false) => Verdict::Over,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, bound) = match self.budget {
            Budget::AtMost(most) => ("≤ ", Some(most)),
            Budget::AtLeast(least) => ("≥ ", Some(least)),
            Budget::None => ("", None),
        };
        let bound = bound.map(|bound| format!("{sign}{}", short(bound))).unwrap_or_default();
        let verdict = match self.verdict() {
            Verdict::Ok => "ok",
            Verdict::Near if self.gentle => "over, not counted",
            Verdict::Near => "over, within noise",
            Verdict::Over => "over",
            Verdict::Shown => "",
        };
        let line = format!("  {:<62} {:>15}  {bound:<9} {verdict}", self.what, self.unit.write(self.value));
        let line = line.trim_end();
        if self.beside.is_empty() { f.write_str(line) } else { write!(f, "{line}   ({})", self.beside) }
    }
}

fn short(bound: f64) -> String {
    if bound >= 1000.0 { format!("{bound:.0}") } else { format!("{bound}") }
}

/// The figures of one run, printed as they come.
#[derive(Debug, Default)]
pub struct Page {
    ok: usize,
    near: usize,
    over: Vec<String>,
    missing: usize,
}

impl Page {
    pub fn heading(&mut self, heading: &str) {
        println!("\n{heading}");
    }

    pub fn figure(&mut self, figure: Figure) {
        match figure.verdict() {
            Verdict::Ok => self.ok += 1,
            Verdict::Near => self.near += 1,
            Verdict::Over => self.over.push(figure.to_string()),
            Verdict::Shown => {}
        }
        println!("{figure}");
    }

    /// Something that must be so, and is or is not.
    pub fn must(&mut self, what: &str, is_so: bool, beside: &str) {
        let (word, beside) =
            (if is_so { "ok" } else { "over" }, if beside.is_empty() { String::new() } else { format!("   ({beside})") });
        let line = format!("  {what:<62} {:>15}  {:<9} {word}{beside}", if is_so { "yes" } else { "no" }, "yes");
        println!("{line}");
        if is_so { self.ok += 1 } else { self.over.push(line) }
    }

    /// What this machine cannot measure, and why.
    pub fn missing(&mut self, what: &str, why: &str) {
        self.missing += 1;
        println!("  {what:<62} not measured: {why}");
    }

    pub fn note(&self, text: &str) {
        println!("  {text}");
    }

    /// The last lines, and how the process ends.
    pub fn close(self) -> ExitCode {
        println!(
            "\n{} within budget, {} over and not counted (noise of {:.0} %, or a budget for quiet machines), {} over, {} not measured",
            self.ok,
            self.near,
            NOISE * 100.0,
            self.over.len(),
            self.missing
        );
        for line in &self.over {
            println!("{line}");
        }
        if self.over.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_over_by_noise_and_a_count_may_not() {
        let at = |value, unit| Figure::new("x", value, unit, Budget::AtMost(10.0)).verdict();
        assert_eq!(at(10.0, Unit::CpuMs), Verdict::Ok);
        assert_eq!(at(11.0, Unit::CpuMs), Verdict::Near);
        assert_eq!(at(12.0, Unit::CpuMs), Verdict::Over);
        assert_eq!(at(11.0, Unit::Count), Verdict::Over);
        assert_eq!(Figure::new("x", 0.45, Unit::Ratio, Budget::AtLeast(0.5)).verdict(), Verdict::Near);
        assert_eq!(Figure::new("x", 94.0, Unit::Points, Budget::AtLeast(95.0)).gentle().verdict(), Verdict::Near);
    }
}
