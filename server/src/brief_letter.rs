//! The brief as a mail: text and HTML that say the same, that read in the dark and without pictures, and that tell nobody
//! who has read them.

use std::collections::BTreeSet;

use app::french::brief::{anniversary, corrected, how_it_came, novelty, outing, places, source as source_words};
use app::french::dates::{date_long, day_and_hours};
use app::french::nb;
use app::organising::public_page::PRESENTATION;
use backend::brief::mail::{BriefCopy, Issue, Trial};
use backend::jobs::Mail;
use chrono::Duration;
use domain::brief::{Corrected, Link, Picture, Published, Shown, Sourced};
use domain::id::BlockId;

use crate::letters::{TWICE, escaped};
use crate::mail::{Letter, OfList};

mod plain;
mod size;

use plain::{absolute, plain};
use size::{size, whole_ones};

/// What reads in both lights: no ground of its own in the light, one of its own in the dark.
const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
body{margin:0;padding:16px;font:17px/1.5 sans-serif;color:#20281f}\
main{display:block;max-width:600px;margin:0 auto}\
h1{font-size:26px;line-height:1.2;margin:16px 0}\
h2{font-size:21px;line-height:1.25;margin:0 0 4px}\
section{margin:28px 0 0;padding:20px 0 0;border-top:1px solid #ece4d4}\
a{color:#1f5a3f}\
img{max-width:100%;height:auto;border-radius:10px}\
blockquote{margin:12px 0;padding:0 0 0 12px;border-left:3px solid #ece4d4}\
.soft{color:#4c5a4a;font-size:15px;margin:0 0 8px}\
.go{display:inline-block;padding:12px 20px;border:2px solid #1f5a3f;border-radius:10px;text-decoration:none}\
@media (prefers-color-scheme:dark){\
body{background:#131914;color:#eef2e6}\
a{color:#86cfa3}\
section,blockquote{border-color:#2d382f}\
.soft{color:#bfcab9}\
.go{border-color:#86cfa3}}";

/// A title in the text part, in bytes at the most.
const TITLED: usize = 9 * domain::brief::TITLE_CAP;

/// Where the brief's mails lead.
#[derive(Debug, Clone)]
pub struct BriefLetters {
    /// `https://alpar.example`
    pub origin: String,
}

/// A piece of the brief, whole, or its title alone.
struct Part {
    title: String,
    text: String,
    html: String,
}

/// What stands around the brief.
struct Around<'a> {
    hello: String,
    /// What was put right, where this mail is about that.
    corrects: Option<&'a Corrected>,
    maybe_twice: bool,
    /// The address that ends it; a trial has none.
    leaving: Option<&'a str>,
    is_public: bool,
}

impl BriefLetters {
    /// One reader's copy.
    pub fn copy(&self, copy: &BriefCopy) -> Letter {
        let leaving = format!("{}{}", self.origin, crate::brief_leaving::path(&copy.leaving));
        let around = Around {
            hello: hello(&copy.name),
            corrects: copy.corrects.as_ref(),
            maybe_twice: copy.maybe_twice,
            leaving: Some(&leaving),
            is_public: copy.is_public,
        };
        let (text, html) = self.written(&copy.issue, &around);
        let subject = subject(&copy.issue.brief);
        let subject = if copy.corrects.is_some() { format!("Corrigé : {subject}") } else { subject };
        Letter {
            to: copy.email.clone(),
            subject: nb(&subject),
            text,
            html: Some(html),
            calendar: None,
            id: None,
            list: Some(OfList { message_id: copy.message_id.clone(), leaving }),
        }
    }

    /// An editor's own, before it goes out or after.
    pub fn trial(&self, trial: &Trial) -> Mail {
        let hello = hello(&trial.first_name);
        let around = Around { hello, corrects: None, maybe_twice: false, leaving: None, is_public: false };
        let (text, html) = self.written(&trial.issue, &around);
        let subject = format!("[essai] {}", nb(&subject(&trial.issue.brief)));
        Mail { to: trial.email.clone(), subject, text, html: Some(html) }
    }

    /// As text and as HTML; where they are too long, the last pieces are their titles alone.
    fn written(&self, issue: &Issue, around: &Around<'_>) -> (String, String) {
        let here = self.page(&issue.brief, around.is_public);
        let of = |piece: &Shown| self.part(piece, &issue.public, around.is_public, &here);
        let whole: Vec<Part> = issue.brief.pieces.iter().map(of).collect();
        let short: Vec<Part> = issue.brief.pieces.iter().map(|piece| shortened(piece, &here)).collect();
        // What stands around them counts as if it stood alone.
        let (text, html) = self.around(&issue.brief, &[], around, &here);
        let sizes =
            |parts: &[Part]| parts.iter().map(|part| size(&part.text) + size(&part.html) + TITLED).collect::<Vec<usize>>();
        let how_many = whole_ones(size(&text) + size(&html), &sizes(&whole), &sizes(&short));
        let parts: Vec<&Part> = whole.iter().take(how_many).chain(short.iter().skip(how_many)).collect();
        self.around(&issue.brief, &parts, around, &here)
    }

    /// Where this brief is read.
    fn page(&self, brief: &Published, is_public: bool) -> String {
        let folder = if is_public { "/breve/publique" } else { "/breve" };
        format!("{}{folder}/{}", self.origin, brief.monday)
    }

    fn around(&self, brief: &Published, parts: &[&Part], around: &Around<'_>, here: &str) -> (String, String) {
        let title = format!("La brève du {}", date_long(brief.monday));
        let mut text = format!("{title}\n\n{}\n", around.hello);
        let mut html = format!("<h1>{}</h1><p>{}</p>", escaped(&title), escaped(&around.hello));
        for said in how_it_came(brief).into_iter().chain(corrections(brief, around.corrects)) {
            text += &format!("\n{said}\n");
            html += &format!("<p><strong>{}</strong></p>", escaped(&said));
        }
        for part in parts {
            text += &format!("\n\n{}\n{}", part.title, part.text);
            html += &part.html;
        }
        let mut feet = vec![("Lire la brève dans Alpar", here.to_owned())];
        if !around.is_public {
            feet.push(("Choisir ce qu’on te dit, et comment", format!("{}/moi/prevenir", self.origin)));
        }
        feet.extend(around.leaving.map(|leaving| ("Ne plus recevoir la brève par mail", leaving.to_owned())));
        text += "\n\n--\n";
        html += "<section>";
        if around.maybe_twice {
            text += &format!("{TWICE}\n");
            html += &format!("<p class=\"soft\">{TWICE}</p>");
        }
        for (words, href) in feet {
            text += &format!("{} {href}\n", nb(&format!("{words} :")));
            html += &format!("<p class=\"soft\"><a href=\"{}\">{words}</a></p>", escaped(&href));
        }
        html += "</section>";
        let html = format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">\
             <title>{}</title><style>{STYLE}</style></head><body><main>{html}</main></body></html>",
            escaped(&title)
        );
        (text, html)
    }

    /// `public`: the blocks that anybody may read; `is_public`: the whole copy is for somebody without an account.
    fn part(&self, piece: &Shown, public: &BTreeSet<BlockId>, is_public: bool, here: &str) -> Part {
        match piece {
            Shown::Block { id, group, title, html, picture, link } => {
                let (mut text, mut whole) = (format!("{group}\n"), format!("<p class=\"soft\">{}</p>", escaped(group)));
                if let Some(picture) = picture {
                    let (said, shown) = self.picture(picture, public.contains(id), here);
                    text += &format!("\n{said}\n");
                    whole += &shown;
                }
                text += &format!("\n{}\n", plain(html, &self.origin));
                whole += &absolute(html, &self.origin);
                if let Some(Link { href, label }) = link {
                    let href = self.whole(href);
                    text += &format!("\n{} {href}\n", nb(&format!("{label} :")));
                    whole += &format!("<p><a class=\"go\" href=\"{}\">{}</a></p>", escaped(&href), escaped(label));
                }
                section(title, text, &whole)
            }
            Shown::Live { source, intro, lines } => {
                let (mut text, mut html) = (String::new(), String::new());
                if !intro.trim().is_empty() {
                    text += &format!("{}\n", intro.trim());
                    html += &format!("<p>{}</p>", escaped(intro.trim()));
                }
                html += "<ul>";
                for line in lines {
                    let (said, href) = self.line(line, is_public);
                    let address = href.as_ref().map(|href| format!(" ({href})")).unwrap_or_default();
                    text += &format!("- {said}{address}\n");
                    let said = escaped(&said);
                    let said = href.map_or(said.clone(), |href| format!("<a href=\"{}\">{said}</a>", escaped(&href)));
                    html += &format!("<li>{said}</li>");
                }
                html += "</ul>";
                section(source_words(*source), text, &html)
            }
        }
    }

    /// By its plain address, where anybody may see it; for members it waits in the app. Its words say it either way.
    fn picture(&self, picture: &Picture, is_public: bool, here: &str) -> (String, String) {
        let Picture { id, alt, width, height } = picture;
        let said = nb(&format!("[Image : {alt}]"));
        let shown = if is_public {
            format!(
                "<p><img src=\"{}/pictures/{id}\" alt=\"{}\" width=\"{width}\" height=\"{height}\"></p>",
                self.origin,
                escaped(alt)
            )
        } else {
            format!("<p><a href=\"{}\">{}</a></p>", escaped(here), escaped(&nb(&format!("Voir l’image : {alt}"))))
        };
        (said, shown)
    }

    fn line(&self, line: &Sourced, is_public: bool) -> (String, Option<String>) {
        match line {
            Sourced::Shift { shift, when, seats } => {
                let said = nb(&format!("{} : {}", day_and_hours(when), places(seats.len())));
                (said, Some(format!("{}/vacation/{shift}", self.origin)))
            }
            Sourced::Event { event, title, starts_at, place, full, .. } => {
                let said = nb(&format!("{title} · {}", outing(*starts_at, place, *full)));
                let page = if is_public { format!("{PRESENTATION}#sortie-{event}") } else { format!("/sortie/{event}") };
                (said, Some(format!("{}{page}", self.origin)))
            }
            Sourced::Product { product, name, brand, price, sold_by } => {
                let said = nb(&format!("{name} · {}", novelty(brand, *price, *sold_by)));
                (said, Some(format!("{}/produit/{product}", self.origin)))
            }
            Sourced::Anniversary { name, years } => (anniversary(name, *years), None),
        }
    }

    /// A path of the app as a whole address.
    fn whole(&self, href: &str) -> String {
        if href.starts_with('/') { format!("{}{href}", self.origin) } else { href.to_owned() }
    }
}

fn section(title: &str, text: String, html: &str) -> Part {
    let html = format!("<section><h2>{}</h2>{html}</section>", escaped(title));
    Part { title: title.to_owned(), text, html }
}

/// Its title, and where the rest is.
fn shortened(piece: &Shown, here: &str) -> Part {
    let title = match piece {
        Shown::Block { title, .. } => title,
        Shown::Live { source, .. } => source_words(*source),
    };
    let text = format!("{} {here}\n", nb("Lire la suite :"));
    section(title, text, &format!("<p><a href=\"{}\">Lire la suite</a></p>", escaped(here)))
}

/// The first title is what the mail is about.
fn subject(brief: &Published) -> String {
    let first = brief.pieces.iter().find_map(|piece| match piece {
        Shown::Block { title, .. } => Some(title.as_str()),
        Shown::Live { .. } => None,
    });
    match first {
        Some(title) => format!("La brève : {title}"),
        None => format!("La brève du {}", date_long(brief.monday)),
    }
}

fn hello(name: &str) -> String {
    if name.is_empty() { "Bonjour,".to_owned() } else { format!("Bonjour {name},") }
}

/// What was put right, oldest first; at the end what this mail is about, whatever was written since.
fn corrections(brief: &Published, about: Option<&Corrected>) -> Vec<String> {
    let is_it = |known: &Corrected| about.is_some_and(|about| (about.at, &about.word) == (known.at, &known.word));
    let mut others: Vec<&Corrected> = brief.corrected.iter().filter(|known| !is_it(known)).collect();
    others.sort_by_key(|known| known.at);
    // With their dates: a mail is read whenever.
    let others = others.into_iter().map(|known| corrected(known, known.at + Duration::days(2)));
    let it = about.map(|about| nb(&format!("Nous corrigeons la brève de lundi : {}", about.word)));
    others.chain(it).collect()
}
