//! Deliveries to come, who has the keys, what the day's lead reads of the alarm.

use domain::procedures::{ALARM_CAP, Coming, Expected as Draft, Fields, Mistake, Procedures, key_of};
use domain::time::plus_days;
use leptos::prelude::*;

use super::form::{Posted, wrong};
use super::lists::{from_day, signed_by};
use crate::french::dates::iso_day;
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::ui::{Field, Icon, TextField};

/// What comes this week is read at once. Days.
const SOON_D: u64 = 7;

#[component]
pub fn Expected(kept: Procedures, typed: Fields) -> impl IntoView {
    let today = domain::time::paris_day(kept.now);
    let back = (typed.one("geste") == "livraison").then_some(typed);
    let mistakes = back.as_ref().and_then(|back| Draft::parse(back, today).err()).unwrap_or_default();
    let value = |name: &'static str| back.as_ref().map(|back| back.one(name).to_owned()).unwrap_or_default();
    let soon = kept.deliveries.partition_point(|coming| coming.on <= plus_days(today, SOON_D));
    let rows = |some: &[Coming]| -> Vec<_> {
        some.iter()
            .map(|coming| {
                let id = coming.id.to_string();
                let when = capitalized(&from_day(coming.on, today));
                let soft = if coming.what.is_empty() { when.clone() } else { format!("{when} · {}", coming.what) };
                let label = format!("Ne plus attendre {}, {when}", coming.supplier);
                view! {
                    <li class="row">
                        <Icon name="truck"/>
                        <span class="row__body">
                            <span class="row__title">{nb(&coming.supplier)}</span>
                            <span class="row__soft">{nb(&soft)}</span>
                        </span>
                        <Posted act="livraison-fin" of=id.clone() with=vec![("livraison", id)]>
                            <button class="button button--quiet" type="submit" aria-label=label>
                                "Retirer"
                            </button>
                        </Posted>
                    </li>
                }
            })
            .collect()
    };
    let later = &kept.deliveries[soon..];
    let later = (!later.is_empty()).then(|| {
        view! {
            <details class="history">
                <summary class="history__head">
                    {format!("Plus tard : {}", counted(later.len(), "livraison", "livraisons"))}
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="list">{rows(later)}</ul>
            </details>
        }
    });
    let rows = rows(&kept.deliveries[..soon]);
    let (supplier, what, open) = (value("chez"), value("quoi"), back.is_some());
    let on = if open { value("le") } else { iso_day(today) };
    let bad_day = wrong(&mistakes, |mistake| matches!(mistake, Mistake::BadDay | Mistake::TooEarly { .. } | Mistake::TooFar));
    let bad_supplier = wrong(&mistakes, |mistake| matches!(mistake, Mistake::NameMissing | Mistake::NameTooLong));
    let bad_what = wrong(&mistakes, |mistake| matches!(mistake, Mistake::TextTooLong));
    view! {
        <section class="section section--apart" aria-labelledby="attendues">
            <h2 id="attendues">"Livraisons attendues"</h2>
            {if !rows.is_empty() {
                view! { <ul class="list">{rows}</ul> }.into_any()
            } else if later.is_none() {
                view! { <p class="soft">"Aucune livraison n’est attendue : ajoute la première."</p> }.into_any()
            } else {
                view! { <p class="soft">"Aucune livraison cette semaine."</p> }.into_any()
            }}
            {later}
            <details class="history" open=open>
                <summary class="history__head">
                    "Ajouter une livraison"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted act="livraison" of="" class="stack">
                    <TextField id="le" name="le" kind="date" label="Quel jour" value=on error=bad_day required=true/>
                    <TextField id="chez" name="chez" label="De qui" value=supplier error=bad_supplier maxlength=60 required=true/>
                    <TextField id="quoi" name="quoi" label="Quoi" value=what hint="« Légumes, 12 caisses ». Facultatif" error=bad_what maxlength=280/>
                    <button class="button button--fill" type="submit">
                        "Ajouter"
                    </button>
                </Posted>
            </details>
        </section>
    }
}

#[component]
pub fn Keys(kept: Procedures, typed: Fields) -> impl IntoView {
    let back = (typed.one("geste") == "cle").then_some(typed);
    let rows = kept
        .keys
        .iter()
        .map(|key| {
            let id = key.id.to_string();
            let since = signed_by(&key.signed, kept.now).map(|signed| format!("{} · noté par {signed}", key.label));
            let back = back.clone().filter(|back| back.one("laquelle") == id);
            let (removes, open) = (id.clone(), back.is_some());
            let form = key_form(&kept, &id, &key.label, &key.holder.to_string(), back);
            let (changing, taking) = (format!("Changer {}", key.label), format!("Retirer {}", key.label));
            let (name, soft) = (key.name.to_string(), since.unwrap_or_else(|| key.label.clone()));
            view! {
                <div class="stack">
                    <div class="row">
                        <Icon name="key-round"/>
                        <span class="row__body">
                            <span class="row__title">{nb(&name)}</span>
                            <span class="row__soft">{nb(&soft)}</span>
                        </span>
                    </div>
                    <details class="history" open=open>
                        <summary class="history__head" aria-label=changing>
                            "Changer"
                            <Icon name="chevron-down"/>
                        </summary>
                        {form}
                        <Posted act="cle-fin" of=removes.clone() with=vec![("laquelle", removes)]>
                            <button class="button button--quiet" type="submit" aria-label=taking>
                                "Cette clé n’existe plus"
                            </button>
                        </Posted>
                    </details>
                </div>
            }
        })
        .collect_view();
    let new = back.clone().filter(|back| back.one("laquelle").is_empty());
    let open = new.is_some();
    let form = key_form(&kept, "", "", "", new);
    view! {
        <section class="section section--apart" aria-labelledby="cles">
            <h2 id="cles">"Qui a les clés"</h2>
            {rows}
            <details class="history" open=open>
                <summary class="history__head">
                    "Nouvelle clé"
                    <Icon name="chevron-down"/>
                </summary>
                {form}
            </details>
        </section>
    }
}

fn key_form(kept: &Procedures, this: &str, label: &str, holder: &str, back: Option<Fields>) -> impl IntoView + use<> {
    let mistakes = back.as_ref().and_then(|back| key_of(back).err()).unwrap_or_default();
    let value = |name: &'static str, of: &str| back.as_ref().map_or_else(|| of.to_owned(), |back| back.one(name).to_owned());
    let (label, holder) = (value("cle", label), value("qui", holder));
    let bad_label = wrong(&mistakes, |mistake| matches!(mistake, Mistake::NameMissing | Mistake::NameTooLong));
    let bad_holder = wrong(&mistakes, |mistake| matches!(mistake, Mistake::NobodyChosen));
    let options = kept
        .openers
        .iter()
        .map(|(member, name)| {
            let member = member.to_string();
            let selected = member == holder;
            view! { <option value=member selected=selected>{name.to_string()}</option> }
        })
        .collect_view();
    let (of, with) = (this.to_owned(), vec![("laquelle", this.to_owned())]);
    let (label_id, holder_id) = (format!("cle-{this}"), format!("qui-{this}"));
    let described = crate::ui::field::described_by(&holder_id, true, bad_holder.is_some());
    view! {
        <Posted act="cle" of=of with=with class="stack">
            <TextField id=label_id name="cle" label="La clé" value=label hint="« Clé n° 3 »" error=bad_label maxlength=60 required=true/>
            <Field id=holder_id.clone() label="Qui l’a" hint="Celles et ceux qui animent, et la personne salariée" error=bad_holder>
                <select class="field__input" id=holder_id name="qui" required aria-describedby=described>
                    <option value="">"Choisis"</option>
                    {options}
                </select>
            </Field>
            <button class="button button--fill" type="submit">
                "Enregistrer"
            </button>
        </Posted>
    }
}

/// For the office alone, which writes it and does not read it again.
#[component]
pub fn Alarm(written: bool) -> impl IntoView {
    view! {
        <section class="section section--apart" aria-labelledby="alarme-titre">
            <h2 id="alarme-titre">"L’alarme"</h2>
            <p class="soft">
                {nb(
                    "Seule la personne qui anime ce jour-là lit ce texte, sur sa feuille, de 18 h la veille à minuit : ni l’équipe, ni \
                     Distribution, ni le bureau. Son téléphone l’oublie après.",
                )}
            </p>
            <p>{if written { "Un texte est enregistré." } else { "Rien n’est encore écrit." }}</p>
            <Posted act="alarme" of="" class="stack">
                <Field id="alarme" label="Comment la couper et la mettre" hint=format!("{ALARM_CAP} caractères. Ce que tu écris remplace le texte d’avant")>
                    <textarea
                        class="field__input"
                        id="alarme"
                        name="alarme"
                        rows="5"
                        maxlength=ALARM_CAP.to_string()
                        autocomplete="off"
                        required
                        aria-describedby="alarme-aide"
                    ></textarea>
                </Field>
                <button class="button button--fill" type="submit">
                    "Enregistrer l’alarme"
                </button>
            </Posted>
        </section>
    }
}
