//! The public pages: how a text is laid out, what keeps it from being published, when a step was, when the shop is open.

use chrono::NaiveTime;
use domain::calendar::OpeningHours;
use domain::id::ClosureId;
use domain::procedures::Fields;
use domain::public_page::{
    Amount, DESCRIPTION_CAP, HEADING_CAP, Live, Mistake, Outline, PLACE_CAP, Page, Part, Place, Said, Section, TEXT_CAP,
    TITLE_CAP, Typed, anchor, coming, faults, outline, runs, week, when,
};
use domain::shifts::Closure;
use domain::time::{Days, paris_instant};
use domain::view::home::{OpenToday, open_at};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::day;

fn prose(text: &str) -> Part {
    Part::Prose(text.to_owned())
}

fn section(id: &str, heading: &str, parts: Vec<Part>) -> Section {
    Section { id: id.to_owned(), heading: heading.to_owned(), parts }
}

// — addresses —

#[test]
fn a_page_is_found_by_its_slug_alone() {
    for page in Page::ALL {
        assert_eq!(page.slug().parse(), Ok(page));
        assert_eq!(page.path(), format!("/{page}"));
        assert_eq!(serde_json::to_value(page).unwrap(), page.slug());
        assert_eq!(serde_json::from_value::<Page>(page.slug().into()).unwrap(), page);
    }
    for nothing in ["", "/le-projet", "Le-Projet", "le-projet/", "presentation"] {
        assert!(nothing.parse::<Page>().is_err(), "{nothing}");
    }
}

#[test]
fn an_anchor_has_small_plain_letters() {
    for (heading, wanted) in [
        ("Où nous trouver ?", "ou-nous-trouver"),
        ("L’œuf & l’été", "l-oeuf-l-ete"),
        ("  8 juin 2018 ", "8-juin-2018"),
        ("…", "partie"),
    ] {
        assert_eq!(anchor(heading), wanted);
    }
    assert!(anchor(&"mot ".repeat(60)).len() <= 60);
}

// — a text laid out —

#[test]
fn a_text_is_its_lead_and_its_parts() {
    let text = "Bonjour.\n\n# Les horaires\n\nAvant.\n\n[[horaires]]\n\nAprès.\n\n## Les jours fériés\n\nFermé.\n# **Venir** #\n";
    let wanted = Outline {
        lead: vec![prose("Bonjour.")],
        sections: vec![
            section(
                "les-horaires",
                "Les horaires",
                vec![prose("Avant."), Part::Live(Live::Hours), prose("Après.\n\n# Les jours fériés\n\nFermé.")],
            ),
            section("venir", "Venir", Vec::new()),
        ],
    };
    assert_eq!(outline(text), wanted);
    assert_eq!(outline(""), Outline::default());
}

#[test]
fn two_parts_of_one_name_have_two_anchors_and_none_is_the_pages_own() {
    let ids = |text: &str| outline(text).sections.into_iter().map(|section| section.id).collect::<Vec<_>>();
    assert_eq!(ids("# Venir\n# Venir\n# venir !"), ["venir", "venir-2", "venir-3"]);
    assert_eq!(ids("# Contenu"), ["contenu-2"]);
}

#[test]
fn what_stands_in_code_is_neither_a_part_nor_data() {
    let text = "# Une\n```\n# pas une\n[[horaires]]\n```\n~~~\n```\n# non plus\n~~~\nfin";
    let laid_out = outline(text);
    assert_eq!(laid_out.sections.len(), 1);
    assert_eq!(laid_out.sections[0].parts, [prose(text.strip_prefix("# Une\n").unwrap())]);
    assert!(faults(text).is_empty());
}

#[test]
fn data_are_named_whatever_the_capitals_and_accents() {
    for live in Live::ALL {
        assert_eq!(Live::named(live.name()), Some(live));
    }
    for name in ["presentation", "PRÉSENTATION", " présentation "] {
        assert_eq!(Live::named(name), Some(Live::Presentation), "{name}");
    }
    assert_eq!(Live::named("prix"), None);
    // What names nothing is shown as it was typed, where it was published all the same.
    assert_eq!(outline("[[prix]]").lead, [prose("[[prix]]")]);
    assert_eq!(outline("Voir [[horaires]] ici").lead, [prose("Voir [[horaires]] ici")]);
}

#[test]
fn amounts_are_read_from_the_table_below() {
    let text = "# Argent\n[[montants]]\n\n| Source | Montant |\n|---|---:|\n| Parts | 43 000 € |\n| Dons | 1\u{a0}234,5 |\nFin.";
    let amount = |label: &str, cents| Amount { label: label.to_owned(), cents };
    let drawn = Part::Amounts(vec![amount("Parts", 4_300_000), amount("Dons", 123_450)]);
    assert_eq!(outline(text).sections[0].parts, [drawn, prose("Fin.")]);
    assert!(faults(text).is_empty());
    for (table, mistake) in [
        ("", Mistake::AmountsMissing { line: 1 }),
        ("| Source | Montant |\n|---|---|", Mistake::AmountsMissing { line: 1 }),
        ("| a | b |\n|---|---|\n| Dons | beaucoup |", Mistake::AmountUnreadable { line: 4 }),
        ("| a | b |\n|---|---|\n| Dons | -3 |", Mistake::AmountUnreadable { line: 4 }),
        ("\n| a | b |\n|---|---|\n| | 3 |", Mistake::AmountUnreadable { line: 5 }),
        ("| a |\n|---|\n| 3 |", Mistake::AmountUnreadable { line: 4 }),
        ("| a | b |\n|---|---|\n| x | 99999999999 |", Mistake::AmountUnreadable { line: 4 }),
    ] {
        assert_eq!(faults(&format!("[[montants]]\n{table}")), [mistake], "{table}");
    }
}

#[test]
fn a_rendered_outline_has_the_same_parts() {
    let text = "un\n# A\ndeux\n[[adresse]]";
    let rendered = outline(text).rendered(|prose| format!("<p>{prose}</p>"));
    assert_eq!(rendered.lead, [prose("<p>un</p>")]);
    assert_eq!(rendered.sections[0].parts, [prose("<p>deux</p>"), Part::Live(Live::Address)]);
}

proptest! {
    #[test]
    fn whatever_is_typed_is_laid_out_with_anchors_of_its_own(lines in proptest::collection::vec("(# |## |```|\\[\\[horaires\\]\\]|\\[\\[montants\\]\\]|\\| a \\| 3 \\||)[a-zé* ]{0,8}", 0..30)) {
        let text = lines.join("\n");
        let _ = faults(&text);
        let laid_out = outline(&text);
        let mut ids: Vec<&str> = laid_out.sections.iter().map(|section| section.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        // No word of it is lost.
        let said = |part: &Part| match part {
            Part::Prose(prose) => prose.clone(),
            Part::Live(_) | Part::Amounts(_) => String::new(),
        };
        let of_sections = laid_out.sections.iter().flat_map(|section| &section.parts);
        let mut whole: String = laid_out.lead.iter().chain(of_sections).map(said).collect();
        whole.extend(laid_out.sections.iter().map(|section| section.heading.clone()));
        prop_assert_eq!(whole.matches('é').count(), text.matches('é').count());
    }
}

// — what is wrong with it —

#[test]
fn every_mistake_is_said_with_its_line() {
    let long = "é".repeat(HEADING_CAP + 1);
    let text = format!("## Trop bas\n# \n[[horraires]]\n[[horaires]]\n#### Plus bas\n[[Horaires]]\n# {long}");
    assert_eq!(
        faults(&text),
        [
            Mistake::HeadingSkips { line: 1 },
            Mistake::HeadingWithoutWords { line: 2 },
            Mistake::PieceUnknown { line: 3, name: "horraires".to_owned() },
            Mistake::HeadingSkips { line: 5 },
            Mistake::PieceTwice { line: 6, name: "horaires".to_owned() },
            Mistake::HeadingTooLong { line: 7, cap: HEADING_CAP },
        ]
    );
    assert_eq!(faults("[[adresse]]"), [Mistake::PieceAlone { line: 1, name: "adresse".to_owned() }]);
}

#[test]
fn a_page_needs_a_title_a_description_and_a_text() {
    let whole = Typed { title: " Le  projet\n", description: "Ce que nous faisons.", text: "# A\r\n\r\nb " };
    let said = Said::read(whole).unwrap();
    assert_eq!((said.title.as_str(), said.text.as_str()), ("Le projet", "# A\n\nb"));
    assert_eq!(
        Said::read(Typed::default()).unwrap_err(),
        [Mistake::TitleMissing, Mistake::DescriptionMissing, Mistake::NothingSaid]
    );
    let (title, description, text) = ("é".repeat(TITLE_CAP + 1), "é".repeat(DESCRIPTION_CAP + 1), "é".repeat(TEXT_CAP + 1));
    assert_eq!(
        Said::read(Typed { title: &title, description: &description, text: &text }).unwrap_err(),
        [
            Mistake::TitleTooLong { cap: TITLE_CAP },
            Mistake::DescriptionTooLong { cap: DESCRIPTION_CAP },
            Mistake::TextTooLong { cap: TEXT_CAP, long: TEXT_CAP + 1 },
        ]
    );
    let odd = Typed { title: "!!!", description: "—", text: "x" };
    assert_eq!(Said::read(odd).unwrap_err(), [Mistake::TitleMissing, Mistake::DescriptionMissing]);
}

// — the history —

#[test]
fn a_step_says_when_it_was() {
    for (heading, wanted) in [
        ("2016", Some("2016")),
        ("Octobre 2017 – août 2018", Some("2017-10")),
        ("D’octobre 2017 à août 2018", Some("2017-10")),
        ("8 juin 2018", Some("2018-06-08")),
        ("Le 1er février 2020", Some("2020-02-01")),
        ("31 février 2020", Some("2020-02")),
        ("Décembre 2026 : dix ans", Some("2026-12")),
        ("Aujourd’hui", None),
        ("632 commandes", None),
    ] {
        assert_eq!(when(heading).as_deref(), wanted, "{heading}");
    }
}

// — the shop —

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn hours(all: &[(u8, u32, u32)]) -> Vec<OpeningHours> {
    all.iter().map(|(weekday, from, to)| OpeningHours { weekday: *weekday, from: clock(*from), to: clock(*to) }).collect()
}

fn closed(from: chrono::NaiveDate, to: chrono::NaiveDate) -> Closure {
    Closure { id: ClosureId(Uuid::nil()), days: Days { from, to }, why: "Neige".to_owned() }
}

#[test]
fn days_with_equal_hours_are_told_together() {
    // Typed in any order; a day may have two.
    let opening = hours(&[(3, 10, 20), (2, 10, 20), (5, 15, 18), (5, 9, 12), (9, 1, 2)]);
    let told: Vec<(u8, u8, usize)> = runs(&opening).iter().map(|run| (run.from, run.to, run.hours.len())).collect();
    assert_eq!(told, [(0, 1, 0), (2, 3, 1), (4, 4, 0), (5, 5, 2), (6, 6, 0)]);
    assert_eq!(week(&opening)[5], [(clock(9), clock(12)), (clock(15), clock(18))]);
    assert_eq!(runs(&[]).len(), 1);
}

#[test]
fn closures_are_told_while_they_are_and_eight_weeks_before() {
    let today = day(2026, 12, 1);
    let all = [
        closed(day(2027, 1, 26), day(2027, 1, 26)),
        closed(day(2027, 1, 27), day(2027, 1, 27)),
        closed(day(2026, 11, 20), day(2026, 12, 1)),
        closed(day(2026, 11, 20), day(2026, 11, 30)),
    ];
    let told: Vec<_> = coming(&all, today).iter().map(|closure| closure.days.from).collect();
    assert_eq!(told, [day(2026, 11, 20), day(2027, 1, 26)]);
}

#[test]
fn the_shop_is_open_by_its_hours_unless_it_is_closed() {
    // 1 December 2026 is a Tuesday.
    let opening = hours(&[(1, 10, 13), (1, 15, 20)]);
    let at = |hour| paris_instant(day(2026, 12, 1), clock(hour));
    for (hour, wanted) in [
        (8, OpenToday::Opens { from: clock(10), until: clock(13) }),
        (10, OpenToday::Open { until: clock(13) }),
        (13, OpenToday::Opens { from: clock(15), until: clock(20) }),
        (20, OpenToday::Closed { why: None }),
    ] {
        assert_eq!(open_at(&opening, &[], at(hour)), wanted, "{hour}");
    }
    let snow = [closed(day(2026, 12, 1), day(2026, 12, 1))];
    assert_eq!(open_at(&opening, &snow, at(11)), OpenToday::Closed { why: Some("Neige".to_owned()) });
}

// — the place —

fn typed(more: &[(&str, &str)]) -> Fields {
    let known = [("rue", " 7, rue du Vieux Moulin "), ("commune", "Meythet")];
    let kept = known.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    Fields(kept.chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn a_place_is_a_street_and_a_town_and_what_helps_to_find_it() {
    let place =
        Place::read(&typed(&[("quartier", "Zone Actigone"), ("code", "74960"), ("telephone", "+33 4 50 00 00 00")])).unwrap();
    assert_eq!(place.lines(), ["7, rue du Vieux Moulin", "Zone Actigone", "74960 Meythet"]);
    assert_eq!(place.calls().as_deref(), Some("+33450000000"));
    assert_eq!(place.map_link(), "https://www.openstreetmap.org/search?query=7%2C%20rue%20du%20Vieux%20Moulin%2C%20Meythet");
    let mapped = Place::read(&typed(&[("carte", "https://carte.example/alpar")])).unwrap();
    assert_eq!((mapped.map_link().as_str(), mapped.lines().len()), ("https://carte.example/alpar", 2));
    let long = "é".repeat(PLACE_CAP + 1);
    for (name, value, mistake) in [
        ("rue", "", Mistake::StreetMissing),
        ("commune", " – ", Mistake::TownMissing),
        ("quartier", long.as_str(), Mistake::LineTooLong { cap: PLACE_CAP }),
        ("code", "7496", Mistake::PostalCodeUnreadable),
        ("carte", "javascript:alert(1)", Mistake::MapNotALink),
        ("carte", "/coop", Mistake::MapNotALink),
        ("mail", "alpar", Mistake::EmailUnreadable),
        ("mail", "a@b.fr?subject=x", Mistake::EmailUnreadable),
        ("telephone", "appelle-moi", Mistake::PhoneUnreadable),
        ("telephone", "12", Mistake::PhoneUnreadable),
    ] {
        assert_eq!(Place::read(&typed(&[(name, value)])).unwrap_err(), [mistake], "{name}: {value}");
    }
}
