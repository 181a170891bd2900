//! What a dossier is about.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::MemberId;

/// Somebody outside of the co-op, or not in its register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        *self == Contact::default()
    }
}

/// With what belongs to its kind alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Something to be done.
    #[default]
    Task,
    /// « Partenaire »: of the social economy, of an event.
    Partner {
        #[serde(default, skip_serializing_if = "Contact::is_empty")]
        contact: Contact,
        /// What is done together.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        together: String,
    },
    /// « Jeune volontaire », whose hours are written down.
    Volunteer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tutor: Option<MemberId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<NaiveDate>,
        /// The last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<NaiveDate>,
    },
    /// « Subvention »: its day is the one on which it has to be asked for, or answered for.
    Grant {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        funder: String,
        /// Euros.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<u32>,
        #[serde(default, skip_serializing_if = "Contact::is_empty")]
        contact: Contact,
    },
    /// « Presse »
    Press {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        outlet: String,
        #[serde(default, skip_serializing_if = "Contact::is_empty")]
        contact: Contact,
    },
    /// « Piste de fournisseur »
    Lead {
        /// What they have.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        offers: String,
        #[serde(default, skip_serializing_if = "Contact::is_empty")]
        contact: Contact,
    },
    /// « Demande de matériel »: of somebody, or of a group.
    Material {
        quantity: u16,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        whom: String,
    },
    /// « Logiciel ou service » that the co-op has elsewhere: where it is, and whom to call.
    Software {
        /// An address of the web; empty where it has none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        href: String,
        #[serde(default, skip_serializing_if = "Contact::is_empty")]
        contact: Contact,
    },
}

/// What a dossier is about, without its particulars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Task,
    Partner,
    Volunteer,
    Grant,
    Press,
    Lead,
    Material,
    Software,
}

impl Kind {
    pub const ALL: [Kind; 8] =
        [Kind::Task, Kind::Partner, Kind::Volunteer, Kind::Grant, Kind::Press, Kind::Lead, Kind::Material, Kind::Software];

    /// Its name in addresses and forms, and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Task => "task",
            Kind::Partner => "partner",
            Kind::Volunteer => "volunteer",
            Kind::Grant => "grant",
            Kind::Press => "press",
            Kind::Lead => "lead",
            Kind::Material => "material",
            Kind::Software => "software",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Matter {
    pub fn kind(&self) -> Kind {
        match self {
            Matter::Task => Kind::Task,
            Matter::Partner { .. } => Kind::Partner,
            Matter::Volunteer { .. } => Kind::Volunteer,
            Matter::Grant { .. } => Kind::Grant,
            Matter::Press { .. } => Kind::Press,
            Matter::Lead { .. } => Kind::Lead,
            Matter::Material { .. } => Kind::Material,
            Matter::Software { .. } => Kind::Software,
        }
    }

    /// Whom to call about it.
    pub fn contact(&self) -> Option<&Contact> {
        let contact = match self {
            Matter::Partner { contact, .. }
            | Matter::Grant { contact, .. }
            | Matter::Press { contact, .. }
            | Matter::Lead { contact, .. }
            | Matter::Software { contact, .. } => contact,
            Matter::Task | Matter::Volunteer { .. } | Matter::Material { .. } => return None,
        };
        Some(contact).filter(|contact| !contact.is_empty())
    }

    /// Who accompanies a young volunteer.
    pub fn tutor(&self) -> Option<MemberId> {
        match self {
            Matter::Volunteer { tutor, .. } => *tutor,
            _ => None,
        }
    }
}
