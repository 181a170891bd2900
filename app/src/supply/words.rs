//! What a file says that nobody understands yet: unknown words, products of the same name, and so few rows; and what was understood.

use domain::catalogue::import::{Diff, Proposal, Unmapped, key};
use leptos::prelude::*;

use super::FileInHand;
use super::form::POSTED_TO;
use crate::french::nb;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::ui::{Field, Icon, Tick};

/// How many words, and how many names, are asked for at once: a column that was taken for another has one on each line.
const ASKED_AT_ONCE: usize = 50;

/// How many that are known are shown.
const KNOWN_AT_ONCE: usize = 200;
/// How many choices the selects of a kind have together: each offers all that there are, and a shop may have a thousand suppliers.
const CHOICES_CAP: usize = 10_000;
/// What is chosen for a word that names nobody.
const NOBODY: &str = "personne";

/// So many words at once, of as many as a page could ask for.
fn at_once(most: usize, known: &[(String, String)]) -> usize {
    most.min(CHOICES_CAP / known.len().max(1)).max(1)
}

/// Said where there are more than are `shown`.
fn more(all: usize, shown: usize) -> Option<AnyView> {
    let left = all.saturating_sub(shown);
    let said =
        format!("Et {left} de plus, une fois ceux-là enregistrés. Si c’est trop, regarde si les colonnes sont les bonnes.");
    (left > 0).then(|| view! { <p class="soft">{nb(&said)}</p> }.into_any())
}

/// Each is said once, and known from then on.
pub fn words_to_say(file: &FileInHand, diff: &Diff) -> AnyView {
    if diff.unmapped_ranges.is_empty() && diff.unmapped_suppliers.is_empty() {
        return ().into_any();
    }
    let (ranges, suppliers) = choices(file);
    let asked = |word: &Unmapped| Word { said: word.said.clone(), rows: word.rows, chosen: String::new() };
    let (some_ranges, some_suppliers) = (at_once(ASKED_AT_ONCE, &ranges), at_once(ASKED_AT_ONCE, &suppliers));
    let words = diff.unmapped_ranges.iter().take(some_ranges).map(asked);
    let of_ranges: Vec<_> = (0..).zip(words).map(|(at, word)| select("rayon", &format!("rayon-{at}"), &word, &ranges)).collect();
    let words = diff.unmapped_suppliers.iter().take(some_suppliers).map(asked);
    let of_suppliers: Vec<_> =
        (0..).zip(words).map(|(at, word)| select("fournisseur", &format!("fournisseur-{at}"), &word, &suppliers)).collect();
    let more_ranges = more(diff.unmapped_ranges.len(), some_ranges);
    let more_suppliers = more(diff.unmapped_suppliers.len(), some_suppliers);
    let all = all_new(diff);
    let id = file.importing.id.to_string();
    let with = vec![("import", id.clone())];
    view! {
        <section class="section section--apart" aria-labelledby="mots">
            <h3 id="mots">{nb("Ces mots, qu’est-ce que c’est ?")}</h3>
            <p class="soft">{nb("Dis-le une fois : les prochains fichiers s’en souviendront.")}</p>
            <Posted to=POSTED_TO act="mots" of=id with=with class="stack">
                {of_ranges}
                {more_ranges}
                {of_suppliers}
                {more_suppliers}
                <button class="button button--fill" type="submit">
                    "Enregistrer ces mots"
                </button>
                {all}
            </Posted>
        </section>
    }
    .into_any()
}

/// One button for all of them: a first file has fifty words, and most are called so here, too.
fn all_new(diff: &Diff) -> Option<AnyView> {
    diff.all_new().ok()?;
    let ranges = diff.unmapped_ranges.len();
    let suppliers = diff.unmapped_suppliers.len();
    let mut missing = Vec::new();
    missing.extend((ranges > 0).then(|| counted(ranges, "rayon", "rayons")));
    missing.extend((suppliers > 0).then(|| counted(suppliers, "fournisseur", "fournisseurs")));
    let words = format!("Créer tous ceux qui manquent : {}", missing.join(" et "));
    let soft = "Ce que tu as choisi au-dessus reste choisi ; chaque autre mot devient un nouveau rayon, ou un nouveau fournisseur, du même nom.";
    let button = view! {
        <button class="button" type="submit" name="manquants" value="nouveaux">
            {nb(&words)}
        </button>
        <p class="soft">{nb(soft)}</p>
    };
    Some(button.into_any())
}

/// What was said of the file's words before, on an earlier file or this one: it may have been said wrong. What is called as the
/// till has it needs no word.
pub fn words_known(file: &FileInHand, diff: &Diff) -> AnyView {
    let (ranges, suppliers) = choices(file);
    let is_named =
        |said: &str, id: &str, of: &[(String, String)]| of.iter().any(|(known, name)| known == id && key(name) == key(said));
    let words =
        diff.mapped_ranges.iter().map(|word| Word { said: word.said.clone(), rows: word.rows, chosen: word.is.to_string() });
    let of_ranges: Vec<_> = (0..)
        .zip(words.filter(|word| !is_named(&word.said, &word.chosen, &ranges)).take(at_once(KNOWN_AT_ONCE, &ranges)))
        .map(|(at, word)| select("rayon", &format!("rayon-connu-{at}"), &word, &ranges))
        .collect();
    let words = diff.mapped_suppliers.iter().map(|word| {
        let chosen = word.is.map_or_else(|| NOBODY.to_owned(), |supplier| supplier.to_string());
        Word { said: word.said.clone(), rows: word.rows, chosen }
    });
    let of_suppliers: Vec<_> = (0..)
        .zip(words.filter(|word| !is_named(&word.said, &word.chosen, &suppliers)).take(at_once(KNOWN_AT_ONCE, &suppliers)))
        .map(|(at, word)| select("fournisseur", &format!("fournisseur-connu-{at}"), &word, &suppliers))
        .collect();
    if of_ranges.is_empty() && of_suppliers.is_empty() {
        return ().into_any();
    }
    let id = file.importing.id.to_string();
    let of = format!("{id} connus");
    let with = vec![("import", id)];
    view! {
        <details class="history section--apart" id="mots-connus">
            <summary class="history__head">
                "Ces mots sont connus"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Un mot est mal compris ? Corrige-le : ce fichier et les prochains suivront.")}</p>
            <Posted to=POSTED_TO act="mots" of=of with=with class="stack">
                {of_ranges}
                {of_suppliers}
                <button class="button" type="submit">
                    "Corriger ces mots"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// What a select offers: values, and the words for them.
type Choices = Vec<(String, String)>;

/// Ranges and suppliers: ids and names.
fn choices(file: &FileInHand) -> (Choices, Choices) {
    let ranges = file.ranges.iter().map(|range| (range.id.to_string(), range.name.clone())).collect();
    let suppliers = file.suppliers.iter().map(|supplier| (supplier.id.to_string(), supplier.name.clone())).collect();
    (ranges, suppliers)
}

/// A word of the till, and what it is taken for; nothing where nobody has said.
struct Word {
    said: String,
    rows: u32,
    chosen: String,
}

/// `kind`: « rayon » or « fournisseur ».
fn select(kind: &'static str, id: &str, word: &Word, known: &[(String, String)]) -> AnyView {
    let id = id.to_owned();
    let option = |(id, name): &(String, String)| {
        let selected = *id == word.chosen;
        view! {
            <option value=id.clone() selected=selected>
                {nb(name)}
            </option>
        }
    };
    let options: Vec<_> = known.iter().map(option).collect();
    let is_nobody = word.chosen == NOBODY;
    let asks = word.chosen.is_empty();
    let of_supplier = kind == "fournisseur";
    let (label, new) = if of_supplier {
        (format!("Le fournisseur « {} »", word.said), format!("Un nouveau fournisseur : {}", word.said))
    } else {
        (format!("Le rayon « {} »", word.said), format!("Un nouveau rayon : {}", word.said))
    };
    let (said, chosen) = if of_supplier { ("mot-fournisseur", "fournisseur") } else { ("mot-rayon", "rayon") };
    let rows = counted(usize::try_from(word.rows).unwrap_or(usize::MAX), "ligne", "lignes");
    let described = format!("{id}-aide");
    view! {
        <div>
            <input type="hidden" name=said value=word.said.clone()/>
            <Field id=id.clone() label=nb(&label) hint=rows>
                <select class="field__input" id=id name=chosen aria-describedby=described>
                    {asks.then(|| view! { <option value="">"Choisis"</option> })}
                    {options}
                    {of_supplier
                        .then(|| {
                            view! {
                                <option value=NOBODY selected=is_nobody>
                                    "Personne en particulier"
                                </option>
                            }
                        })}
                    <option value="nouveau">{nb(&new)}</option>
                </select>
            </Field>
        </div>
    }
    .into_any()
}

/// A row that nobody knows, and a product of its name.
pub fn names_to_say(file: &FileInHand, diff: &Diff) -> AnyView {
    if diff.proposals.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = diff.proposals.iter().take(ASKED_AT_ONCE).map(|proposal| same(file, proposal)).collect();
    let (more, all) = (more(diff.proposals.len(), ASKED_AT_ONCE), all_same(diff));
    let about = "Un nom connu sous un code nouveau, ou un code connu sous un autre nom ou une autre marque. Dans le doute, c’est un nouveau produit : ce qui est écrit de l’ancien, ses allergènes surtout, ne vaut pas pour lui.";
    let id = file.importing.id.to_string();
    let with = vec![("import", id.clone())];
    view! {
        <section class="section section--apart" aria-labelledby="noms">
            <h3 id="noms">{nb("Est-ce le même produit ?")}</h3>
            <p class="soft">{nb(about)}</p>
            <Posted to=POSTED_TO act="reponses" of=id with=with class="stack">
                {rows}
                {more}
                <button class="button button--fill" type="submit">
                    "Enregistrer ces réponses"
                </button>
                {all}
            </Posted>
        </section>
    }
    .into_any()
}

/// One button for all of whom nobody would say anything else.
fn all_same(diff: &Diff) -> Option<AnyView> {
    let same = diff.proposals.iter().filter(|proposal| proposal.same).count();
    if same < 2 {
        return None;
    }
    let words = format!("Oui, tous les mêmes : {}", counted(same, "produit", "produits"));
    let soft = "Ceux dont un seul produit porte le nom, sans que la marque ou un code-barres les distingue. Les autres restent à dire un par un.";
    let button = view! {
        <button class="button" type="submit" name="memes" value="oui">
            {nb(&words)}
        </button>
        <p class="soft">{nb(soft)}</p>
    };
    Some(button.into_any())
}

fn same(file: &FileInHand, proposal: &Proposal) -> AnyView {
    let option = |id: &domain::id::ProductId| {
        let words = format!("Oui : {}", file.name_of(*id));
        view! { <option value=id.to_string()>{nb(&words)}</option> }
    };
    let options: Vec<_> = proposal.candidates.iter().map(option).collect();
    let id = format!("ligne-{}", proposal.line);
    let label = format!("Ligne {}, « {} »", proposal.line, proposal.name);
    view! {
        <div>
            <input type="hidden" name="ligne" value=proposal.line.to_string()/>
            <Field id=id.clone() label=nb(&label)>
                <select class="field__input" id=id name="produit">
                    <option value="">"Choisis"</option>
                    {options}
                    <option value="nouveau">"Non, c’est un nouveau produit"</option>
                </select>
            </Field>
        </div>
    }
    .into_any()
}

/// So few rows that somebody says that they are all.
pub fn shorter_to_say(file: &FileInHand, diff: &Diff) -> AnyView {
    let Some(shrunk) = diff.shrunk.filter(|_| !file.importing.answers.shorter) else { return ().into_any() };
    let id = file.importing.id.to_string();
    let with = vec![("import", id.clone())];
    let of = format!("{id} complet");
    let (than, before) = if shrunk.first { ("le catalogue", "au catalogue") } else { ("le dernier", "la dernière fois") };
    let title = format!("Ce fichier est bien plus court que {than}");
    let soft = format!("{} lignes, contre {} {before} : ce qui manque sera archivé", shrunk.rows, shrunk.last);
    view! {
        <section class="section section--apart" aria-labelledby="court">
            <h3 id="court">{nb(&title)}</h3>
            <Posted to=POSTED_TO act="reponses" of=of with=with class="stack">
                <Tick name="complet" value="oui" title=nb("Oui, il est complet") soft=nb(&soft) required=true/>
                <button class="button button--fill" type="submit">
                    "Confirmer"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_there_is_to_choose_from_the_fewer_words_are_asked_for_at_once() {
        let known = |count: usize| vec![(String::new(), String::new()); count];
        assert_eq!([0, 1, 200, 201, 1_000, 20_000].map(|count| at_once(ASKED_AT_ONCE, &known(count))), [50, 50, 50, 49, 10, 1]);
    }
}
