//! The page `docs/performance.md`: its measured part is made anew between two marks, what is said
//! about the figures around it is written by people and kept. Beside it a picture of the ratios.

use std::fmt::Write as _;
use std::path::Path;

use super::figures::{Measured, Series, Target};

const BEGIN: &str = "<!-- measured: scripts/bench writes what follows -->";
const END: &str = "<!-- measured: end -->";

pub fn write(measured: &Path, into: &Path) {
    let text = std::fs::read_to_string(measured).expect("the figures can be read");
    let measured: Measured = serde_json::from_str(&text).expect("figures");
    assert!(!measured.quick, "figures of a quick run are not kept");
    let page = into.join("performance.md");
    let old = std::fs::read_to_string(&page).expect("docs/performance.md can be read");
    let (before, rest) = old.split_once(BEGIN).expect("the mark where the figures begin");
    let (_, after) = rest.split_once(END).expect("the mark where the figures end");
    let new = format!("{before}{BEGIN}\n\n{}\n{END}{after}", tables(&measured));
    std::fs::write(&page, new).expect("the page is written");
    let picture = into.join("images").join("performance.svg");
    std::fs::write(picture, chart(&measured)).expect("the picture is written");
}

fn tables(measured: &Measured) -> String {
    let mut text = format!(
        "Measured on {}, {}: the median, and in brackets the least and the most.\n\n",
        measured.machine,
        if measured.runs == 1 { "one run".to_owned() } else { format!("{} runs", measured.runs) }
    );
    text += "| | what | engine | target | median | spread | |\n|---|---|---|---|---|---|---|\n";
    for series in measured.series.iter().filter(|series| series.target.is_some()) {
        let target = series.target.expect("it was just looked for");
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            series.row,
            series.what,
            series.engine,
            promise(target),
            number(series.median()),
            spread(series),
            verdict(series, target),
        );
    }
    text += "\nThe values behind the ratios:\n\n";
    text += "| | what | engine | median | spread |\n|---|---|---|---|---|\n";
    for series in measured.series.iter().filter(|series| series.target.is_none()) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} {} | {} |",
            series.row,
            series.what,
            if series.engine.is_empty() { "–" } else { &series.engine },
            number(series.median()),
            series.unit,
            spread(series),
        );
    }
    text
}

fn promise(target: Target) -> String {
    let sign = if target.at_least { "≥" } else { "≤" };
    let aim = if target.aim { " (aim)" } else { "" };
    format!("{sign} {}{aim}", number(target.bound))
}

fn verdict(series: &Series, target: Target) -> &'static str {
    if target.is_met(series.median()) { "met" } else { "**missed**" }
}

fn spread(series: &Series) -> String {
    format!("({} – {})", number(series.least()), number(series.most()))
}

/// Three figures that count.
fn number(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 || v == v.trunc() => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Each ratio as a share of its target: right of the line it is met.
fn chart(measured: &Measured) -> String {
    const WIDTH: f64 = 760.0;
    const LEFT: f64 = 330.0;
    const LINE: f64 = 22.0;
    let judged: Vec<(&Series, Target)> = measured
        .series
        .iter()
        .filter_map(|series| Some((series, series.target.filter(|target| target.bound > 0.0)?)))
        .collect();
    let height = LINE * (judged.len() as f64 + 2.0);
    // How well a target is met: 1 is just met, 2 is twice as well.
    let share = |value: f64, target: Target| {
        let share = if target.at_least { value / target.bound } else { target.bound / value };
        share.clamp(0.0, 3.0)
    };
    let x = |share: f64| LEFT + share / 3.0 * (WIDTH - LEFT - 20.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (n, (series, target)) in judged.iter().enumerate() {
        let y = LINE * (n as f64 + 1.0);
        let median = share(series.median(), *target);
        let (low, high) = (share(series.least(), *target), share(series.most(), *target));
        let color = if target.is_met(series.median()) { "#2a7f4f" } else { "#b3372f" };
        let label = format!("{} {} {}", series.row, series.engine, series.what);
        let label = label.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{label}</text>\n<rect x=\"{LEFT}\" y=\"{:.0}\" width=\"{:.1}\" height=\"12\" fill=\"{color}\"/>\n<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{:.0}\" y2=\"{:.0}\" stroke=\"#222\" stroke-width=\"2\"/>",
            LEFT - 8.0,
            y + 11.0,
            y + 1.0,
            x(median) - LEFT,
            x(low),
            x(high),
            y + 7.0,
            y + 7.0,
        );
    }
    let (target, bottom) = (x(1.0), height - LINE);
    let _ = writeln!(
        svg,
        "<line x1=\"{target:.1}\" x2=\"{target:.1}\" y1=\"8\" y2=\"{bottom:.0}\" stroke=\"#222\" stroke-dasharray=\"4 3\"/>\n<text x=\"{target:.1}\" y=\"{:.0}\" text-anchor=\"middle\">target</text>\n</svg>",
        height - 6.0,
    );
    svg
}
