//! The form of a new version, as data: every field with its words, its value as it was typed, and
//! what is wrong with it. Made on the server; the browser only shows it.

use chrono::NaiveDate;
use domain::ledger::Policy;
use domain::ledger::settings::{Fields, LIGHT_CAP, LIGHT_FIELDS, Mistake, Wrong, light_rows, slots, typed, write_settings};
use domain::rules::Rules;
use domain::shifts::ShiftTemplate;
use domain::time::plus_days;
use serde::Deserialize;

use super::clock::hours_of;
use super::dates::{iso_day, weekday};
use super::policy::from_day;
use super::policy_mistakes::of_field;
use super::{capitalized, nb};
use crate::api::rules::{ChangeView, Choice, FormField, Kind, Posted, Row, Section, Start, Step};

/// So many empty rows wait for what is added.
const SPARE: usize = 1;
/// Fields of the act, and none of the rules.
const OF_THE_ACT: [&str; 2] = ["faire", "id"];

/// A policy to start from.
#[derive(Debug, Deserialize)]
pub struct ReadyMade {
    pub slug: String,
    pub title: String,
    pub soft: String,
    pub policy: Policy,
}

/// The co-op may start from any of these; they are data, and nothing knows them by name.
pub fn ready_made() -> Vec<ReadyMade> {
    serde_json::from_str(include_str!("ready_made.json")).unwrap_or_default()
}

/// The form before anything was posted: as the rules are on `day`, or as a starting point has them.
pub fn change_form(rules: &Rules, templates: &[ShiftTemplate], today: NaiveDate, day: &str, start: &str) -> ChangeView {
    let tomorrow = plus_days(today, 1);
    let next_cycle = plus_days(rules.cycle.around(today).to, 1);
    let day = day.parse::<NaiveDate>().ok().filter(|day| *day >= tomorrow).unwrap_or(next_cycle);
    let start = ready_made().into_iter().find(|known| known.slug == start);
    let (policy, base) = match start {
        Some(start) => (start.policy, format!("Le formulaire part de l’exemple « {} ».", start.title)),
        None => {
            let on = from_day(day);
            let on = on.strip_prefix("À partir du ").unwrap_or(&on);
            (rules.policy_on(day).into_owned(), format!("Le formulaire part des règles en vigueur le {on}."))
        }
    };
    let mut fields = write_settings(&policy, templates);
    fields.push(("from".to_owned(), iso_day(day)));
    let form = Form { fields: &fields, wrong: &[], templates };
    form.view(base, iso_day(day), 0)
}

/// The form as it was posted, with what is wrong.
pub fn posted_form(posted: &Posted, wrong: &[Wrong], templates: &[ShiftTemplate]) -> ChangeView {
    // Who asks for one more row has not said that the rest is finished.
    let wrong = if posted.step == Step::Grow { &[] } else { wrong };
    let form = Form { fields: &posted.fields, wrong, templates };
    let day = typed(&posted.fields, "from").unwrap_or_default().to_owned();
    let mut view = form.view(String::new(), day, usize::from(posted.step == Step::Grow));
    if posted.step == Step::Reused {
        let said = "D’autres règles viennent d’être enregistrées depuis cette page. Regarde à nouveau ce que ça changerait.";
        view.wrong.push(("from".to_owned(), nb(said)));
    }
    view
}

/// What is saved is what was tried: the same fields again.
pub fn kept(fields: &[(String, String)]) -> Fields {
    fields.iter().filter(|(name, _)| !OF_THE_ACT.contains(&name.as_str())).cloned().collect()
}

/// As an `id` of the page.
fn id_of(field: &str) -> String {
    field.replace('.', "-")
}

struct Form<'a> {
    fields: &'a [(String, String)],
    wrong: &'a [Wrong],
    templates: &'a [ShiftTemplate],
}

impl Form<'_> {
    fn view(&self, base: String, day: String, more: usize) -> ChangeView {
        let starts = ready_made().into_iter().map(|known| Start { slug: known.slug, title: known.title, soft: nb(&known.soft) });
        let head = vec![
            self.field(
                "from",
                "À partir de quel jour",
                "Au plus tôt demain. Le lundi qui commence un cycle est le plus clair.",
                Kind::Day,
            ),
            self.field("why", "Pourquoi", "Tout le bureau le lira : « voté à l’AG du 28 novembre »", Kind::Text),
        ];
        let sections = self.sections(more);
        let mut fields: Vec<&FormField> = head.iter().collect();
        fields.extend(sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.fields));
        let said = |field: &&FormField| {
            let wrong = field.wrong.as_ref()?;
            Some((field.id.clone(), nb(&format!("{} : {wrong}", field.label))))
        };
        let mut wrong: Vec<(String, String)> = fields.iter().filter_map(said).collect();
        for section in &sections {
            wrong.extend(section.wrong.iter().map(|said| (section.id.clone(), nb(&format!("{} : {said}", section.title)))));
        }
        ChangeView { base: nb(&base), day, starts: starts.collect(), wrong, tried: None, head, sections }
    }

    fn wrong(&self, field: &str) -> Option<Mistake> {
        self.wrong.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.mistake)
    }

    fn field(&self, name: &str, label: &str, hint: &str, kind: Kind) -> FormField {
        let value = self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        self.valued(name, name, label, hint, kind, value.unwrap_or_default())
    }

    fn valued(&self, at: &str, name: &str, label: &str, hint: &str, kind: Kind, value: String) -> FormField {
        // A phone's keyboard of figures has no letters for « 9 h 30 ».
        let by_the_clock = typed(self.fields, "counting") == Some("minutes");
        let kind = if kind == Kind::Amount && by_the_clock { Kind::Text } else { kind };
        FormField {
            id: id_of(at),
            name: name.to_owned(),
            label: nb(label),
            hint: Some(hint).filter(|hint| !hint.is_empty()).map(nb),
            wrong: self.wrong(at).map(|mistake| of_field(at, mistake)),
            value,
            kind,
        }
    }

    fn section(&self, id: &str, title: &str, soft: &str, rows: Vec<Row>) -> Section {
        let own = self.wrong(id).map(|mistake| of_field(id, mistake));
        let open = own.is_some() || rows.iter().flat_map(|row| &row.fields).any(|field| field.wrong.is_some());
        Section { id: id.to_owned(), title: title.to_owned(), soft: nb(soft), open, wrong: own, rows, grows: false }
    }

    fn sections(&self, more: usize) -> Vec<Section> {
        let one = |fields: Vec<FormField>| vec![Row { legend: None, fields }];
        let light = self.light(more);
        let light_soft = "L’été, les fêtes : un cycle dont la moitié au moins tombe dedans demande moins. Vide tout d’une période \
             pour l’enlever.";
        let mut light = self.section("light", "Périodes allégées", light_soft, light);
        light.grows = true;
        light.open |= more > 0;
        vec![
            self.section(
                "cycle",
                "Chaque cycle",
                "Ce que chaque cycle de 4 semaines demande. À demi-engagement, c’est la moitié.",
                one(vec![
                    self.field("due", "Vacations par cycle", "1, ou par exemple 0,5", Kind::Amount),
                    self.field("leave_min_d", "Un congé efface le cycle à partir de", "En jours, de 1 à 28", Kind::Figures),
                ]),
            ),
            light,
            self.section(
                "compte",
                "Ce que compte une vacation",
                "Une vacation vaut une vacation, ou on compte le temps.",
                one(vec![
                    self.field(
                        "counting",
                        "On compte",
                        "",
                        Kind::Radios(vec![
                            choice("shift", "Des vacations", "Faite, elle compte pour 1, quelle que soit sa durée"),
                            choice(
                                "minutes",
                                "Des minutes",
                                "Les seuils plus bas s’écrivent alors aussi « 9 h 30 » ou « 45 min »",
                            ),
                        ]),
                    ),
                    self.field(
                        "a_shift",
                        "Minutes d’une vacation",
                        "Si on compte des minutes : 180 pour trois heures",
                        Kind::Figures,
                    ),
                ]),
            ),
            self.section(
                "types",
                "Vacations qui comptent autrement",
                "Le ménage du samedi soir compte double ? Laisse vide ce qui compte comme d’habitude.",
                self.credits(),
            ),
            self.absences(),
            self.alarms(),
            self.section(
                "avance",
                "Avance et plafond",
                "Ce qui devient de ce qui est fait en plus, et de ce qui manque.",
                one(vec![
                    self.field(
                        "ahead_cap",
                        "Au plus d’avance au cycle suivant",
                        "Vide : toute l’avance. 0 : aucune.",
                        Kind::Amount,
                    ),
                    self.field(
                        "saved",
                        "Mettre le reste de côté",
                        "Il comble un cycle sans absence où il manque quelque chose",
                        Kind::Tick,
                    ),
                    self.field("owed_cap", "Au plus à rattraper", "Vide : pas de plafond", Kind::Amount),
                ]),
            ),
            self.section(
                "pot",
                "Pot solidaire",
                "On y donne une vacation faite, et qui en a besoin en retire une.",
                one(vec![
                    self.field("pot_open", "Ouvert", "Sans cela, ni dons ni retraits", Kind::Tick),
                    self.field("draws_a_year", "Retraits par personne et par an", "De 0 à 52", Kind::Figures),
                    self.field("pot_floor", "Ce qu’un retrait y laisse au moins", "En vacations, 0 pour rien", Kind::Amount),
                ]),
            ),
        ]
    }

    fn absences(&self) -> Section {
        let fields = vec![
            self.field(
                "owed",
                "Une absence laisse à faire",
                "",
                Kind::Select(vec![
                    choice("0", "Rien : comme faite", ""),
                    choice("1", "La vacation manquée", ""),
                    choice("2", "2 vacations", ""),
                    choice("3", "3 vacations", ""),
                    choice("4", "4 vacations", ""),
                ]),
            ),
            self.field(
                "lead_may_reduce",
                "L’animateur·rice peut réduire",
                "À la seule vacation manquée, sur la feuille du jour",
                Kind::Tick,
            ),
            self.field(
                "excused_owed",
                "Une absence excusée",
                "",
                Kind::Radios(vec![choice("1", "Reste à faire", "Sans rien de plus"), choice("0", "Compte comme faite", "")]),
            ),
        ];
        let soft = "Ce que coûte une vacation manquée, et qui peut l’alléger.";
        self.section("absence", "Une absence", soft, vec![Row { legend: None, fields }])
    }

    fn alarms(&self) -> Section {
        let fields = vec![
            self.field(
                "alert_from",
                "« En alerte » à partir de",
                "Vide : dès qu’il manque quelque chose des cycles d’avant",
                Kind::Amount,
            ),
            self.field("delay_d", "Jours avant l’alerte", "0 : tout de suite", Kind::Figures),
            self.field(
                "alert_d",
                "Jours d’alerte avant « en retard »",
                "Vide : l’alerte dure jusqu’au rattrapage",
                Kind::Figures,
            ),
            self.field("late_from", "« En retard » d’emblée à partir de", "En vacations à rattraper", Kind::Amount),
            self.field("grace_d", "Jours de sursis que le bureau peut accorder", "0 : pas de sursis", Kind::Figures),
            self.field("out_from", "Le bureau en parle à partir de", "Vide : pas de seuil", Kind::Amount),
        ];
        let soft = "Quand on prévient quelqu’un qui doit des vacations des cycles d’avant.";
        self.section("alarme", "Alerte et retard", soft, vec![Row { legend: None, fields }])
    }

    /// One row for each time that was typed, and some to type in.
    fn light(&self, more: usize) -> Vec<Row> {
        let mut rows = light_rows(self.fields);
        let spare = rows.iter().rev().take_while(|row| row.iter().all(|typed| typed.is_empty())).count();
        let wanted = rows.len() - spare + SPARE + more;
        let full = rows.len().max(LIGHT_CAP);
        rows.resize(rows.len().max(wanted).min(full), [""; 5]);
        let labels = ["Du", "Au", "Vacations par cycle", "Une absence y coûte au plus", "Pourquoi"];
        rows.iter()
            .enumerate()
            .map(|(at, row)| {
                let field = |column: usize| {
                    let name = LIGHT_FIELDS[column];
                    let kind = match column {
                        0 | 1 => Kind::Day,
                        2 => Kind::Amount,
                        3 => Kind::Select(vec![
                            choice("", "Comme d’habitude", ""),
                            choice("0", "Rien", ""),
                            choice("1", "1 vacation", ""),
                            choice("2", "2 vacations", ""),
                            choice("3", "3 vacations", ""),
                            choice("4", "4 vacations", ""),
                        ]),
                        _ => Kind::Text,
                    };
                    let hint = if column == 4 { "« été », « fêtes »" } else { "" };
                    self.valued(&format!("{name}.{at}"), name, labels[column], hint, kind, row[column].to_owned())
                };
                let legend = Some(nb(&format!("Période {}", at + 1)));
                Row { legend, fields: (0..LIGHT_FIELDS.len()).map(field).collect() }
            })
            .collect()
    }

    /// A row for each weekday, a field for each of its hours.
    fn credits(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for slot in slots(self.templates) {
            let legend = Some(capitalized(weekday(slot.weekday)));
            let hours = hours_of(slot.from, slot.to);
            let apart = slot.weeks.keys().any(|week| self.fields.iter().any(|(name, _)| *name == slot.field_of(*week)));
            let fields: Vec<FormField> = if apart {
                let each = slot.weeks.keys();
                each.map(|week| {
                    self.field(&slot.field_of(*week), &format!("{hours}, semaine {}", week.letter()), "", Kind::Amount)
                })
                .collect()
            } else {
                vec![self.field(&slot.field(), &hours, "", Kind::Amount)]
            };
            match rows.last_mut().filter(|row| row.legend == legend) {
                Some(row) => row.fields.extend(fields),
                None => rows.push(Row { legend, fields }),
            }
        }
        rows
    }
}

fn choice(value: &str, title: &str, soft: &str) -> Choice {
    Choice { value: value.to_owned(), title: nb(title), soft: Some(soft).filter(|soft| !soft.is_empty()).map(nb) }
}

#[cfg(test)]
#[path = "policy_form_tests.rs"]
mod tests;
