//! What was measured: series of one value a run, some with a target.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Measured {
    pub machine: String,
    pub runs: usize,
    /// Sizes were cut: the values mean nothing.
    pub quick: bool,
    pub series: Vec<Series>,
}

/// One value a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Series {
    /// The letter of the table.
    pub row: char,
    /// Empty where no database takes part.
    pub engine: String,
    pub what: String,
    pub unit: String,
    pub target: Option<Target>,
    pub values: Vec<f64>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Target {
    pub bound: f64,
    pub at_least: bool,
    /// Wished for and not promised.
    pub aim: bool,
}

pub fn at_least(bound: f64) -> Option<Target> {
    Some(Target { bound, at_least: true, aim: false })
}

pub fn at_most(bound: f64) -> Option<Target> {
    Some(Target { bound, at_least: false, aim: false })
}

/// The same as an aim.
pub fn aim(target: Option<Target>) -> Option<Target> {
    target.map(|target| Target { aim: true, ..target })
}

impl Target {
    pub fn is_met(self, value: f64) -> bool {
        if self.at_least { value >= self.bound } else { value <= self.bound }
    }
}

impl Series {
    pub fn median(&self) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let half = sorted.len() / 2;
        match sorted.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => sorted[half],
            _ => f64::midpoint(sorted[half - 1], sorted[half]),
        }
    }

    pub fn least(&self) -> f64 {
        self.values.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub fn most(&self) -> f64 {
        self.values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }
}

impl Measured {
    /// Adds the value of this run, and says it.
    pub fn note(&mut self, row: char, engine: &str, what: &str, unit: &str, value: f64) {
        self.add(row, engine, what, unit, None, value);
    }

    /// Adds the value of this run of something that has a target.
    pub fn judge(&mut self, row: char, engine: &str, what: &str, to: Option<Target>, value: f64) {
        self.add(row, engine, what, "", to, value);
    }

    fn add(
        &mut self,
        row: char,
        engine: &str,
        what: &str,
        unit: &str,
        target: Option<Target>,
        value: f64,
    ) {
        let met =
            target.map_or("", |target| if target.is_met(value) { "  ok" } else { "  MISSED" });
        println!("{row} {engine:10} {what}: {value:.3} {unit}{met}");
        let known = self
            .series
            .iter_mut()
            .find(|known| known.row == row && known.engine == engine && known.what == what);
        match known {
            Some(known) => known.values.push(value),
            None => self.series.push(Series {
                row,
                engine: engine.to_owned(),
                what: what.to_owned(),
                unit: unit.to_owned(),
                target,
                values: vec![value],
            }),
        }
    }
}
