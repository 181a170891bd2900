//! The whole document of a page for anybody: what search engines and other sites are told in its head, the ways to the other
//! pages, and no script.

use domain::public_page::{Page, Place};
use leptos::prelude::*;
use serde_json::Value;

use super::html::escaped;
use super::ld::in_script;
use crate::french::nb;
use crate::french::public_pages::name;
use crate::organising::public_page::PRESENTATION;
use crate::visit::Assets;

/// Where members come in: the app, or the door before it. `/` alone leads whoever has no session to the front page.
pub const MEMBERS: &str = "/?app";
/// Where the brief for anybody is.
pub const PUBLIC_BRIEF: &str = "/breve/publique";
/// Where the news are, as programs read them.
pub const FEED: &str = "/actualites.atom";

/// What a page's head says.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its first heading, too.
    pub title: String,
    pub description: String,
    /// Its one address, from the root.
    pub path: String,
    /// What it says to machines, each a document of schema.org.
    pub data: Vec<Value>,
    /// Search engines may keep it.
    pub found: bool,
}

/// What every page knows of the site.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// Where the co-op is reached: `https://…`, without a path.
    pub origin: &'a str,
    pub assets: &'a Assets,
    pub place: &'a Place,
}

/// The whole document; `over` stands above everything.
pub fn site_document(head: Head, over: Option<AnyView>, inside: AnyView, site: Site<'_>) -> impl IntoView + use<> {
    let written = head_html(&head, site);
    let title = nb(&head.title);
    let ways = ways(&head.path);
    let foot = foot(site.place);
    view! {
        <!DOCTYPE html>
        <html lang="fr">
            <head inner_html=written></head>
            <body class="site">
                <a class="skip" href="#contenu">
                    "Aller au contenu"
                </a>
                {over}
                <header class="site__head">
                    <a class="site__brand" href=Page::Project.path()>
                        "alpar"
                    </a>
                    <a class="button button--soft site__members" href=MEMBERS>
                        "Espace membres"
                    </a>
                    <nav class="site__nav" aria-label="Les pages d’Alpar">
                        <ul class="site__ways">{ways}</ul>
                    </nav>
                </header>
                <main class="site__main" id="contenu">
                    <h1 class="site__title">{title}</h1>
                    {inside}
                </main>
                {foot}
            </body>
        </html>
    }
}

/// Written by hand: some of its attributes are not HTML's own.
fn head_html(head: &Head, site: Site<'_>) -> String {
    let title = nb(&head.title);
    let whole = if title.contains("Alpar") { title.clone() } else { format!("{} · Alpar", title.trim_end_matches('.')) };
    let (title, whole, about) = (escaped(&title), escaped(&whole), nb(&head.description));
    let about = escaped(&about);
    let address = format!("{}{}", site.origin, head.path);
    let (address, origin) = (escaped(&address), escaped(site.origin));
    let Assets { site: css, font, .. } = site.assets;
    let mut html = format!(
        "<meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
         <meta name=\"format-detection\" content=\"telephone=no\">\
         <link rel=\"preload\" href=\"{font}\" as=\"font\" type=\"font/woff2\" crossorigin=\"anonymous\">\
         <link rel=\"stylesheet\" href=\"{css}\">\
         <title>{whole}</title>\
         <meta name=\"description\" content=\"{about}\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         <link rel=\"apple-touch-icon\" href=\"/apple-touch-icon.png\">"
    );
    if !head.found {
        html.push_str("<meta name=\"robots\" content=\"noindex, nofollow\">");
        return html;
    }
    html.push_str(&format!(
        "<link rel=\"canonical\" href=\"{address}\">\
         <link rel=\"alternate\" type=\"application/atom+xml\" title=\"Les actualités d’Alpar\" href=\"{FEED}\">\
         <meta property=\"og:type\" content=\"website\">\
         <meta property=\"og:site_name\" content=\"Alpar\">\
         <meta property=\"og:locale\" content=\"fr_FR\">\
         <meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"{about}\">\
         <meta property=\"og:url\" content=\"{address}\">\
         <meta property=\"og:image\" content=\"{origin}/icons/icon-512.png\">\
         <meta property=\"og:image:width\" content=\"512\">\
         <meta property=\"og:image:height\" content=\"512\">\
         <meta property=\"og:image:alt\" content=\"Le signe d’Alpar\">\
         <meta name=\"twitter:card\" content=\"summary\">"
    ));
    for data in &head.data {
        html.push_str(&format!("<script type=\"application/ld+json\">{}</script>", in_script(data)));
    }
    html
}

/// The ways to the other pages; where one is, is marked.
fn ways(path: &str) -> Vec<AnyView> {
    let pages = Page::ALL.into_iter().map(|page| (page.path(), name(page)));
    let others = [(PRESENTATION, "Viens nous voir"), (PUBLIC_BRIEF, "La brève")];
    pages
        .chain(others)
        .map(|(href, name)| {
            let here = (path == href).then_some("page");
            view! {
                <li>
                    <a class="site__way" href=href aria-current=here>
                        {name}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect()
}

fn foot(place: &Place) -> AnyView {
    let lines: Vec<_> = place.lines().into_iter().map(|line| view! { <br/> {line} }).collect();
    view! {
        <footer class="site__foot">
            <address class="site__address">
                <strong>"Alpar"</strong>
                {lines}
            </address>
            <ul class="site__ways">
                <li>
                    <a class="site__way" href=Page::FindUs.path()>
                        "Horaires et plan"
                    </a>
                </li>
                <li>
                    <a class="site__way" href=FEED>
                        "Les actualités, en flux Atom"
                    </a>
                </li>
                <li>
                    <a class="site__way" href=MEMBERS>
                        "Espace membres"
                    </a>
                </li>
            </ul>
        </footer>
    }
    .into_any()
}
