//! Lucide's drawings, inlined: decorative always, the words stand beside them.

use leptos::prelude::*;

macro_rules! drawings {
    ($($name:literal),* $(,)?) => {
        /// The file of an icon, as `cargo xtask icons` wrote it.
        fn file(name: &str) -> &'static str {
            match name {
                $($name => include_str!(concat!("../../icons/", $name, ".svg")),)*
                _ => "",
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];
    };
}

drawings![
    "arrow-left-right",
    "arrow-right",
    "bell",
    "calculator",
    "calendar-arrow-up",
    "calendar-days",
    "calendar-plus",
    "calendar-x",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-alert",
    "circle-check",
    "circle-dot",
    "circle-minus",
    "circle-x",
    "clock",
    "clock-alert",
    "cloud-alert",
    "cloud-off",
    "copy",
    "download",
    "ellipsis-vertical",
    "hand-heart",
    "handshake",
    "hourglass",
    "house",
    "id-card",
    "info",
    "key-round",
    "list-checks",
    "log-out",
    "mail",
    "megaphone",
    "monitor",
    "newspaper",
    "party-popper",
    "printer",
    "qr-code",
    "refresh-cw",
    "scale",
    "send",
    "share",
    "share-2",
    "signpost",
    "smartphone",
    "snowflake",
    "square-plus",
    "store",
    "timer",
    "truck",
    "users",
    "wheat",
    "x",
];

/// What is inside the drawing's `<svg>`.
fn drawing(name: &str) -> &'static str {
    let inside = |file: &'static str| {
        let (_, rest) = file.split_once("<svg")?;
        let (_, rest) = rest.split_once('>')?;
        Some(rest.rsplit_once("</svg>")?.0)
    };
    inside(file(name)).unwrap_or("")
}

/// An icon by its Lucide name; one that `app/icons/list.txt` lacks shows nothing.
#[component]
pub fn Icon(
    #[prop(into)] name: Oco<'static, str>,
    /// 18 px instead of 24, beside small text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let class = if small { "icon icon--small" } else { "icon" };
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" inner_html=drawing(&name)></svg> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_its_drawing() {
        for name in NAMES {
            assert!(drawing(name).starts_with('<'), "{name}");
        }
    }

    #[test]
    fn the_list_of_icons_is_the_one_that_is_copied() {
        let list = include_str!("../../icons/list.txt");
        let listed: Vec<&str> = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert_eq!(listed, NAMES);
    }
}
