//! A QR code as one path, drawn without any script.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// The modules of a code, as the `d` of an SVG path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Modules a side, without margin.
    pub side: i32,
    pub path: String,
}

/// Draws `text`; `None` when it is too long for any code (about 2,300 bytes).
pub fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let run = (x..side).take_while(|at| code.get_module(*at, y)).count();
            let Ok(run @ 1..) = i32::try_from(run) else {
                x += 1;
                continue;
            };
            path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            x += run;
        }
    }
    Some(Drawing { side, path })
}

/// A QR to show; `label` says what it is for. The style sheet gives it its white margin.
#[component]
pub fn Qr(#[prop(into)] text: String, #[prop(into)] label: String) -> impl IntoView {
    draw(&text).map(|Drawing { side, path }| {
        view! {
            <div class="qr" role="img" aria-label=label>
                <svg viewBox=format!("0 0 {side} {side}") fill="currentColor" aria-hidden="true">
                    <path d=path></path>
                </svg>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_draws_exactly_the_dark_modules() {
        let text = "https://alpar.example/invitation/k7Qm29xd";
        let drawing = draw(text).unwrap();
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let dark =
            (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y)).count();
        let drawn: usize =
            drawing.path.split('z').filter_map(|run| run.split_once('h')?.1.split_once('v')?.0.parse::<usize>().ok()).sum();
        assert_eq!(drawn, dark);
        assert!(drawing.path.starts_with("M0 0h7v1h-7z"));
    }

    #[test]
    fn what_no_code_can_hold_is_not_drawn() {
        assert_eq!(draw(&"é".repeat(2000)), None);
    }
}
