//! A page to print or to send: A4, our own letters embedded, its structure and its language said for whoever listens to it.
//!
//! Letters are Atkinson Hyperlegible Next (SIL Open Font License 1.1, `server/fonts/OFL.txt`), cut down to what names and French
//! need.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, StructRole, SystemInfo, UnicodeCmap};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use ttf_parser::{Face, GlyphId};

/// Points: A4, and what stays white around.
const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 72.0;
/// How high letters are, and lines, in points.
const TITLE: f32 = 20.0;
const TEXT: f32 = 11.5;
const LINE: f32 = 1.45;
/// Under a paragraph, in points.
const GAP: f32 = 8.0;
/// What stands for a letter that nobody of us has.
const UNKNOWN: char = '?';

/// One of the three cuts.
struct Font {
    face: Face<'static>,
    bytes: &'static [u8],
    /// As the page calls it, and as it is called.
    key: &'static [u8],
    name: &'static [u8],
    /// The glyphs that the page shows, and what they mean.
    used: BTreeMap<u16, char>,
}

impl Font {
    fn read(bytes: &'static [u8], key: &'static [u8], name: &'static [u8]) -> Option<Font> {
        Some(Font { face: Face::parse(bytes, 0).ok()?, bytes, key, name, used: BTreeMap::new() })
    }

    fn glyph(&self, letter: char) -> Option<u16> {
        // A narrow space is a space: these letters have no other.
        let letter = if letter == '\u{202f}' { '\u{a0}' } else { letter };
        self.face.glyph_index(letter).map(|GlyphId(glyph)| glyph)
    }

    /// In thousandths of the letters' height.
    fn width(&self, glyph: u16) -> f32 {
        let advance = self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        self.thousandths(f32::from(advance))
    }

    fn thousandths(&self, units: f32) -> f32 {
        units * 1000.0 / f32::from(self.face.units_per_em().max(1))
    }
}

/// A letter, in which font, as which glyph.
#[derive(Clone, Copy)]
struct Placed {
    font: usize,
    glyph: u16,
    letter: char,
}

struct Fonts([Font; 3]);

impl Fonts {
    fn read() -> Option<Fonts> {
        Some(Fonts([
            Font::read(include_bytes!("../fonts/body.ttf"), b"F0", b"AlparBody")?,
            Font::read(include_bytes!("../fonts/bold.ttf"), b"F1", b"AlparBold")?,
            Font::read(include_bytes!("../fonts/more.ttf"), b"F2", b"AlparMore")?,
        ]))
    }

    /// Of a first font, or of the one that has more letters.
    fn place(&self, first: usize, letter: char) -> Option<Placed> {
        let of = |font: usize| self.0[font].glyph(letter).map(|glyph| Placed { font, glyph, letter });
        of(first).or_else(|| of(2))
    }

    fn placed(&self, first: usize, text: &str) -> Vec<Placed> {
        text.chars().filter_map(|letter| self.place(first, letter).or_else(|| self.place(first, UNKNOWN))).collect()
    }

    fn wide(&self, placed: &[Placed], size: f32) -> f32 {
        placed.iter().map(|one| self.0[one.font].width(one.glyph)).sum::<f32>() * size / 1000.0
    }

    /// A text in lines that fit.
    fn lines(&self, first: usize, size: f32, text: &str) -> Vec<Vec<Placed>> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && self.wide(&self.placed(first, &longer), size) > PAGE.0 - 2.0 * MARGIN {
                lines.push(self.placed(first, &line));
                word.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        lines.push(self.placed(first, &line));
        lines
    }
}

/// Writes a line's letters, run by run of one font.
fn show(content: &mut Content, fonts: &mut Fonts, line: &[Placed], size: f32) {
    for run in line.chunk_by(|one, next| one.font == next.font) {
        let Some(first) = run.first() else { continue };
        let font = &mut fonts.0[first.font];
        let mut bytes = Vec::with_capacity(run.len() * 2);
        for one in run {
            font.used.insert(one.glyph, one.letter);
            bytes.extend(one.glyph.to_be_bytes());
        }
        content.set_font(Name(font.key), size).show(Str(&bytes));
    }
}

/// The whole file. Nothing where our own letters cannot be read.
pub fn paper(title: &str, paragraphs: &[String]) -> Option<Vec<u8>> {
    let mut fonts = Fonts::read()?;
    let mut content = Content::new();
    let mut y = PAGE.1 - MARGIN - TITLE;
    let texts = std::iter::once((1, TITLE, title)).chain(paragraphs.iter().map(|text| (0, TEXT, text.as_str())));
    let mut roles = Vec::new();
    for (at, (font, size, text)) in (0_i32..).zip(texts) {
        let (tag, role) = if at == 0 { (Name(b"H1"), StructRole::H1) } else { (Name(b"P"), StructRole::P) };
        content.begin_marked_content_with_properties(tag).properties().identify(at);
        for line in fonts.lines(font, size, text) {
            content.begin_text().set_text_matrix([1.0, 0.0, 0.0, 1.0, MARGIN, y]);
            show(&mut content, &mut fonts, &line, size);
            content.end_text();
            y -= size * LINE;
        }
        content.end_marked_content();
        y -= GAP;
        roles.push(role);
    }
    Some(whole(title, &fonts, &roles, &content.finish().into_vec()))
}

fn whole(title: &str, fonts: &Fonts, roles: &[StructRole], content: &[u8]) -> Vec<u8> {
    let mut next = 0;
    let mut id = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, page, text, info, document, parents, structure) = (id(), id(), id(), id(), id(), id(), id(), id());
    let font_ids: Vec<Ref> = fonts.0.iter().map(|_| id()).collect();
    let blocks: Vec<Ref> = roles.iter().map(|_| id()).collect();
    let mut pdf = Pdf::new();
    {
        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr("fr-FR"));
        root.mark_info().marked(true);
        root.viewer_preferences().display_doc_title(true);
        root.pair(Name(b"StructTreeRoot"), structure);
    }
    {
        let mut read: StructTreeRoot<'_> = pdf.indirect(structure).start();
        read.child(document);
        read.parent_tree().nums().insert(0, parents);
        read.parent_tree_next_key(1);
    }
    pdf.document_info(info).title(TextStr(title)).creator(TextStr("Alpar"));
    pdf.pages(tree).kids([page]).count(1);
    {
        let mut sheet = pdf.page(page);
        sheet.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(tree).contents(text).struct_parents(0);
        let mut resources = sheet.resources();
        let mut listed = resources.fonts();
        for (font, known) in fonts.0.iter().zip(&font_ids) {
            listed.pair(Name(font.key), *known);
        }
    }
    {
        let mut whole = pdf.struct_element(document);
        whole.kind(StructRole::Document).parent(structure);
        let mut children = whole.children();
        for block in &blocks {
            children.struct_element(*block);
        }
    }
    for (at, (block, role)) in (0_i32..).zip(blocks.iter().zip(roles)) {
        let mut element = pdf.struct_element(*block);
        element.kind(*role).parent(document).page(page);
        element.children().marked_content_id(at);
    }
    pdf.indirect(parents).array().items(blocks.iter().copied());
    let packed = packed(content);
    pdf.stream(text, &packed).filter(Filter::FlateDecode);
    for (font, known) in fonts.0.iter().zip(&font_ids) {
        embed(&mut pdf, font, *known, &mut id);
    }
    pdf.finish()
}

/// A font with the letters that are shown, and what each of them means.
fn embed(pdf: &mut Pdf, font: &Font, known: Ref, id: &mut impl FnMut() -> Ref) {
    let (descendant, descriptor, file, meaning) = (id(), id(), id(), id());
    let system = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    pdf.type0_font(known)
        .base_font(Name(font.name))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(meaning);
    {
        let mut cid = pdf.cid_font(descendant);
        cid.subtype(CidFontType::Type2).base_font(Name(font.name)).system_info(system).font_descriptor(descriptor);
        cid.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = cid.widths();
        for glyph in font.used.keys() {
            widths.consecutive(*glyph, [font.width(*glyph)]);
        }
    }
    let (face, of) = (&font.face, |units: i16| font.thousandths(f32::from(units)));
    let around = face.global_bounding_box();
    pdf.font_descriptor(descriptor)
        .name(Name(font.name))
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(of(around.x_min), of(around.y_min), of(around.x_max), of(around.y_max)))
        .italic_angle(0.0)
        .ascent(of(face.ascender()))
        .descent(of(face.descender()))
        .cap_height(of(face.capital_height().unwrap_or(face.ascender())))
        .stem_v(80.0)
        .font_file2(file);
    let mut map = UnicodeCmap::<u16>::new(Name(b"Alpar"), system);
    for (glyph, letter) in &font.used {
        map.pair(*glyph, *letter);
    }
    let map = packed(&map.finish().into_vec());
    pdf.stream(meaning, &map).filter(Filter::FlateDecode);
    let bytes = packed(font.bytes);
    let mut stream = pdf.stream(file, &bytes);
    stream.filter(Filter::FlateDecode);
    stream.pair(Name(b"Length1"), i32::try_from(font.bytes.len()).unwrap_or(i32::MAX));
    stream.finish();
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Into memory, which does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_whole_says_its_language_and_embeds_its_letters() {
        let text = "Zoé Łęcka-Dvořák, membre n°\u{a0}0042 : « 1\u{202f}500\u{a0}€ »";
        let file = paper("Attestation de part sociale", &[text.to_owned(), "long ".repeat(80)]).unwrap();
        assert!(file.starts_with(b"%PDF-") && file.ends_with(b"%%EOF"), "no PDF");
        let has = |wanted: &str| file.windows(wanted.len()).any(|bytes| bytes == wanted.as_bytes());
        for wanted in ["/StructTreeRoot", "/MarkInfo", "(fr-FR)", "/FontFile2", "/ToUnicode", "/Identity-H"] {
            assert!(has(wanted), "{wanted}");
        }
        assert!(file.len() < 120_000, "{} bytes", file.len());
    }

    #[test]
    fn letters_of_other_languages_are_shown_and_what_nobody_has_is_a_question_mark() {
        let fonts = Fonts::read().unwrap();
        let placed = fonts.placed(0, "é ł 字");
        assert_eq!(placed.iter().map(|one| one.font).collect::<Vec<_>>(), [0, 0, 2, 0, 0]);
        assert_eq!(placed.last().map(|one| one.letter), Some(UNKNOWN));
    }
}
