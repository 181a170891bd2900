//! What many of the demo's products and some of its suppliers look like: drawn for it, each with the small one of it.

use chrono::Duration;
use domain::brief::Picture;
use domain::id::PictureId;
use domain::time::Instant;
use serde_json::{Value, json};

use crate::demo::cast::{PAUL, id_of};

/// Of every drawing, in pixels.
const WIDTH: u16 = 640;
const HEIGHT: u16 = 480;

struct Drawing {
    name: &'static str,
    /// What it shows.
    alt: &'static str,
    /// Products' names without their variants, or suppliers'.
    of: &'static [&'static str],
    photo: &'static [u8],
    small: &'static [u8],
}

macro_rules! drawings {
    ($($name:literal, $alt:literal: $($of:literal),+;)*) => {
        &[$(Drawing {
            name: $name,
            alt: $alt,
            of: &[$($of),+],
            photo: include_bytes!(concat!("pictures/", $name, ".webp")),
            small: include_bytes!(concat!("pictures/", $name, "-petite.webp")),
        }),*]
    };
}

static DRAWINGS: &[Drawing] = drawings! {
    "pommes", "Trois pommes": "Pommes";
    "carottes", "Trois carottes avec leurs fanes": "Carottes";
    "tomates", "Trois tomates": "Tomates";
    "salade", "Une salade bien verte": "Salade", "Chou";
    "yaourt", "Deux pots": "Yaourt de brebis", "Yaourt de vache", "Yaourt de chèvre", "Dessert au lait";
    "lait", "Une bouteille et un verre de lait": "Lait";
    "oeufs", "Quatre œufs dans leur boîte": "Œufs de plein air";
    "fromage", "Un fromage entamé": "Reblochon", "Beaufort", "Abondance", "Tome", "Comté", "Raclette", "Emmental", "Vacherin";
    "pain", "Un pain à la croûte entaillée": "Pain de campagne", "Pain complet", "Pain de seigle", "Pain d’épeautre";
    "pates", "Une poignée de pâtes longues": "Spaghetti", "Tagliatelles";
    "miel", "Un pot de miel": "Miel";
    "confiture", "Deux pots de confiture": "Confiture";
    "chocolat", "Une tablette de chocolat entamée": "Chocolat noir", "Chocolat au lait";
    "legumes-secs", "Un bocal de légumes secs": "Lentilles", "Pois", "Haricots secs";
    "cereales", "Un bocal de céréales": "Flocons", "Riz", "Semoule", "Quinoa";
    "noix", "Un bocal de fruits à coque": "Noix et graines", "Graines";
    "jus", "Une bouteille et un verre de jus de pomme": "Jus de pomme", "Cidre";
    "biere", "Deux bouteilles de bière": "Bière blonde", "Bière";
    "savon", "Un savon, et des bulles": "Savon", "Shampoing solide";
    "ferme", "La ferme au pied des montagnes, avec deux brebis": "Ferme des Hirondelles", "Chèvrerie du Mont";
    "ruches", "Trois ruches dans un pré": "Rucher des Glières";
    "jardin", "Des rangs de légumes": "Jardins de la Filière";
};

fn id(drawing: &Drawing) -> PictureId {
    PictureId(id_of(&format!("drawing/{}", drawing.name)))
}

/// That of a product, by its name without its variant, or of a supplier.
pub fn of(name: &str) -> Option<Picture> {
    let drawing = DRAWINGS.iter().find(|drawing| drawing.of.contains(&name))?;
    Some(Picture { id: id(drawing), alt: drawing.alt.to_owned(), width: WIDTH, height: HEIGHT })
}

pub fn rows(now: Instant) -> impl Iterator<Item = Value> {
    let bytes = |bytes: &[u8]| format!("\\x{}", hex::encode(bytes));
    DRAWINGS.iter().map(move |drawing| {
        json!({
            "product_picture_id": id(drawing), "by_member": PAUL.id(), "at": now - Duration::days(60), "mime": "image/webp",
            "width": WIDTH, "height": HEIGHT, "bytes": bytes(drawing.photo), "thumbnail": bytes(drawing.small),
            "thumbnail_mime": "image/webp",
        })
    })
}
