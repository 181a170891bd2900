//! Fridges: their limits, what to do beyond them, and until when.

use domain::procedures::{Fields, FridgeDraft, Limits, Mistake, Procedures};
use leptos::prelude::*;

use super::form::{Posted, wrong};
use super::lists::{from_day, signed_by};
use crate::french::degrees::degrees;
use crate::french::nb;
use crate::ui::{Field, Icon, TextField, in_textarea};

#[component]
pub fn Fridges(kept: Procedures, typed: Fields) -> impl IntoView {
    let today = domain::time::paris_day(kept.now);
    let came_back = typed.one("geste") == "frigo";
    let (ours, past): (Vec<Limits>, Vec<Limits>) = kept.fridges.iter().cloned().partition(|fridge| fridge.until.is_none());
    let rows = ours
        .into_iter()
        .map(|fridge| {
            let this = fridge.id.to_string();
            let back = (came_back && typed.one("frigo") == this).then(|| typed.clone());
            let limits = format!("De {} à {}. {}", degrees(fridge.low), degrees(fridge.high), fridge.advice);
            let coming = fridge.from.filter(|from| *from > today).map(|from| format!("À partir du {}", from_day(from, today)));
            let signed = signed_by(&fridge.signed, kept.now);
            let retires = this.clone();
            let open = back.is_some();
            view! {
                <div class="stack">
                    <div class="row">
                        <Icon name="snowflake"/>
                        <span class="row__body">
                            <span class="row__title">{nb(&fridge.name)}</span>
                            <span class="row__soft">{nb(&limits)}</span>
                            {coming.map(|coming| view! { <span class="row__soft">{nb(&coming)}</span> })}
                            {signed.map(|signed| view! { <span class="row__soft">{signed}</span> })}
                        </span>
                    </div>
                    <details class="history" open=open>
                        <summary class="history__head" aria-label=format!("Changer {}", fridge.name)>
                            "Changer"
                            <Icon name="chevron-down"/>
                        </summary>
                        {form(&this, Some(&fridge), back)}
                        <Posted act="frigo-fin" of=retires.clone() with=vec![("frigo", retires)]>
                            <button class="button button--quiet" type="submit" aria-label=format!("Ne plus relever {}", fridge.name)>
                                "Ne plus le relever"
                            </button>
                        </Posted>
                    </details>
                </div>
            }
        })
        .collect_view();
    let past: Vec<_> = past
        .into_iter()
        .map(|fridge| {
            let until = fridge.until.map(|until| from_day(until, today)).unwrap_or_default();
            let said = format!("{}, de {} à {}, jusqu’au {until} exclu", fridge.name, degrees(fridge.low), degrees(fridge.high));
            view! { <li class="row row--off"><span class="row__body">{nb(&said)}</span></li> }
        })
        .collect();
    let new = (came_back && typed.one("frigo").is_empty()).then(|| typed.clone());
    let open = new.is_some();
    view! {
        <section class="section section--apart" aria-labelledby="frigos">
            <h2 id="frigos">"Les frigos"</h2>
            <p class="soft">
                {nb("Un changement vaut pour les feuilles à venir : les relevés d’avant gardent les limites d’alors.")}
            </p>
            {rows}
            {(!past.is_empty()).then(|| view! {
                <details class="history">
                    <summary class="history__head">
                        "Les limites d’avant"
                        <Icon name="chevron-down"/>
                    </summary>
                    <ul class="list">{past}</ul>
                </details>
            })}
            <details class="history" open=open>
                <summary class="history__head">
                    "Nouveau frigo"
                    <Icon name="chevron-down"/>
                </summary>
                {form("", None, new)}
            </details>
        </section>
    }
}

fn form(this: &str, fridge: Option<&Limits>, back: Option<Fields>) -> impl IntoView + use<> {
    let mistakes = back.as_ref().and_then(|back| FridgeDraft::parse(back).err()).unwrap_or_default();
    let plain = |tenths: i16| {
        let sign = if tenths < 0 { "-" } else { "" };
        format!("{sign}{},{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
    };
    let value = |name: &'static str, of: &dyn Fn(&Limits) -> String| match &back {
        Some(back) => back.one(name).to_owned(),
        None => fridge.map(of).unwrap_or_default(),
    };
    let id = |part: &str| if this.is_empty() { format!("frigo-{part}") } else { format!("frigo-{this}-{part}") };
    let name = value("nom", &|fridge| fridge.name.clone());
    let low = value("min", &|fridge| plain(fridge.low));
    let high = value("max", &|fridge| plain(fridge.high));
    let advice = value("conseil", &|fridge| fridge.advice.clone());
    let bad_name = wrong(&mistakes, |mistake| matches!(mistake, Mistake::NameMissing | Mistake::NameTooLong));
    let bad_limits = wrong(&mistakes, |mistake| matches!(mistake, Mistake::BadDegrees | Mistake::LimitsCrossed));
    let bad_advice = wrong(&mistakes, |mistake| matches!(mistake, Mistake::AdviceMissing | Mistake::TextTooLong));
    let (name_id, low_id, high_id, advice_id) = (id("nom"), id("min"), id("max"), id("conseil"));
    let (of, with) = (this.to_owned(), vec![("frigo", this.to_owned())]);
    let described = crate::ui::field::described_by(&advice_id, true, bad_advice.is_some());
    view! {
        <Posted act="frigo" of=of with=with class="stack">
            <TextField id=name_id name="nom" label="Son nom" value=name error=bad_name maxlength=60 required=true/>
            <div class="fields">
                <TextField id=low_id name="min" label="Au moins, en °C" value=low error=bad_limits maxlength=6 required=true/>
                <TextField id=high_id name="max" label="Au plus, en °C" value=high maxlength=6 required=true/>
            </div>
            <Field id=advice_id.clone() label="Quoi faire au-delà" hint="280 caractères. La feuille le montre aussitôt" error=bad_advice>
                <textarea class="field__input" id=advice_id name="conseil" rows="3" required maxlength="280" aria-describedby=described>
                    {in_textarea(&advice)}
                </textarea>
            </Field>
            <button class="button button--fill" type="submit">
                "Enregistrer"
            </button>
        </Posted>
    }
}
