//! Money of shares, of the association and of whoever helps: amounts, how it came, where from.

use chrono::{Datelike, NaiveDate};
use domain::catalogue::Cents;
use domain::share::{How, Kind, Refund, Share, ShareCertificate, Source};

use super::catalogue::money;
use super::dates::{date_with_year, month};
use super::nb;
use super::typography::NO_BREAK;

/// « 1 500 € », « 12,50 € »
pub fn euros(amount: Cents) -> String {
    money(amount).replacen(",00", "", 1)
}

pub const fn how(how: How) -> &'static str {
    match how {
        How::Cash => "en espèces",
        How::Cheque => "par chèque",
        How::Transfer => "par virement",
        How::Card => "par carte",
        How::Online => "en ligne",
        How::Other => "autrement",
    }
}

pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Subsidy => "Subventions publiques",
        Kind::Private => "Aides privées, dons",
        Kind::Loan => "Prêts",
    }
}

pub const fn source(source: Source) -> &'static str {
    match source {
        Source::Capital => "Parts des membres",
        Source::Other(of) => kind(of),
    }
}

/// How far a share is paid, or given back.
pub fn state(share: &Share) -> String {
    nb(&match share.refund {
        Refund::Paid { on, cents, how: paid } => {
            format!("Remboursée le {} : {}, {}.", date_with_year(on), euros(cents), how(paid))
        }
        Refund::Due { since } => {
            format!("À rembourser depuis le {} : {}.", date_with_year(since), euros(share.paid()))
        }
        Refund::NotDue if share.is_whole() => format!("Payée en entier : {}.", euros(share.cents)),
        Refund::NotDue => format!("{} payés sur {}, reste {}.", euros(share.paid()), euros(share.cents), euros(share.left())),
    })
}

/// « mars 2024 »
pub fn month_of(first: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", month(first.month()), first.year())
}

/// « Attestation de part sociale »: a title, and what stands under it, paragraph by paragraph.
pub fn certificate(certificate: &ShareCertificate) -> (String, Vec<String>) {
    let share = &certificate.share;
    let who = format!("{} {}", certificate.first_name, certificate.last_name);
    let lives = if certificate.address.is_empty() { String::new() } else { format!(", {}", certificate.address) };
    let mut paragraphs = vec![
        "L’épicerie coopérative Alpar atteste que".to_owned(),
        format!(
            "{who}, membre {} depuis le {}{lives},",
            super::register::number(certificate.number),
            date_with_year(certificate.joined_on)
        ),
        format!("a souscrit une part sociale de {}, le {}.", euros(share.cents), date_with_year(share.subscribed_on)),
        state(share),
    ];
    let paid = share.payments.iter().filter(|payment| !payment.cancelled);
    paragraphs.extend(
        paid.map(|payment| format!("Versé le {} : {}, {}.", date_with_year(payment.on), euros(payment.cents), how(payment.how))),
    );
    paragraphs.push("Chaque membre a une part, exactement, et une voix, quel que soit le montant versé.".to_owned());
    paragraphs.push(format!("Fait le {}.", date_with_year(certificate.today)));
    (nb("Attestation de part sociale"), paragraphs.iter().map(|text| nb(text)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_amounts_have_no_cents() {
        let plain = |amount: i64| euros(Cents(amount)).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!((plain(10_000), plain(1_250), plain(12_345_600)), ("100 €".into(), "12,50 €".into(), "123 456 €".into()));
    }
}
