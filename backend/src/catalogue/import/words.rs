//! What the till's words mean: said once, and remembered.

use domain::catalogue::import::{Said, SaidRange, SaidSupplier, key};
use domain::catalogue::{Mistake, WrittenSupplier, range_name};
use domain::id::{ImportId, MemberId, RangeId, SupplierId};

use super::{Compared, Known, compared, find, remember, remembered};
use crate::Backend;
use crate::catalogue::together::{Keeping, Kept};
use crate::catalogue::{ranges, row, suppliers};
use crate::error::Error;

/// Ranges and suppliers that are new come into being, at the end of their list.
pub async fn say_words(backend: &Backend, asking: MemberId, id: ImportId, said: &Said) -> Result<Kept<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known = find(&mut keeping.tx, id).await?;
    if let Err(mistakes) = say(backend, &mut keeping, said).await? {
        return Ok(Err(mistakes));
    }
    if said.others_new {
        let others = match others(&mut keeping, &known).await? {
            Ok(others) => others,
            Err(mistakes) => return Ok(Err(mistakes)),
        };
        if let Err(mistakes) = say(backend, &mut keeping, &others).await? {
            return Ok(Err(mistakes));
        }
    }
    keeping.end().await?;
    Ok(Ok(()))
}

/// What the file says that nobody knows by now, each a new one of that name.
async fn others(keeping: &mut Keeping, known: &Known) -> Result<Kept<Said>, Error> {
    // It is applied by now, and says no more.
    if known.approved_at.is_some() {
        return Ok(Ok(Said::default()));
    }
    let taken = known.table()?;
    Ok(match compared(&mut keeping.tx, known, &taken).await? {
        Compared::Diff { diff, .. } => diff.all_new().map_err(|words| vec![Mistake::TooManyNew { words }]),
        // It says no words that can be read.
        Compared::Columns(_) | Compared::Faults(_) => Ok(Said::default()),
    })
}

async fn say(backend: &Backend, keeping: &mut Keeping, said: &Said) -> Result<Kept<()>, Error> {
    let mut kept = remembered(&mut keeping.tx).await?;
    let mut all = row::ranges(&mut keeping.tx).await?;
    for (word, said) in &said.ranges {
        let same = all.iter().find(|range| key(&range.name) == key(word)).map(|range| range.id);
        let range = match (said, same) {
            (SaidRange::Is(range), _) if all.iter().any(|known| known.id == *range) => *range,
            (SaidRange::Is(_), _) => return Ok(Err(vec![Mistake::UnknownRange])),
            (SaidRange::New, Some(same)) => same,
            (SaidRange::New, None) => {
                let name = match range_name(word) {
                    Ok(name) => name,
                    Err(mistake) => return Ok(Err(vec![mistake])),
                };
                let new = ranges::insert(&mut keeping.tx, &all, RangeId(backend.ids.uuid()), &name).await?;
                let id = new.id;
                all.push(new);
                id
            }
        };
        kept.words.ranges.insert(key(word), range);
    }
    let mut known: Vec<(SupplierId, String)> =
        row::suppliers(&mut keeping.tx).await?.into_iter().map(|row| (row.id, key(&row.written.name))).collect();
    for (word, said) in &said.suppliers {
        let same = known.iter().find(|(_, name)| *name == key(word)).map(|(id, _)| *id);
        let supplier = match (said, same) {
            (SaidSupplier::Nobody, _) => None,
            (SaidSupplier::Is(supplier), _) if known.iter().any(|(id, _)| id == supplier) => Some(*supplier),
            (SaidSupplier::Is(_), _) => return Ok(Err(vec![Mistake::UnknownSupplier])),
            (SaidSupplier::New, Some(same)) => Some(same),
            (SaidSupplier::New, None) => {
                let written = match (WrittenSupplier { name: word.clone(), ..WrittenSupplier::default() }).checked() {
                    Ok(written) => written,
                    Err(mistakes) => return Ok(Err(mistakes)),
                };
                let id = SupplierId(backend.ids.uuid());
                suppliers::insert(&mut keeping.tx, id, &written).await?;
                known.push((id, key(word)));
                Some(id)
            }
        };
        kept.words.suppliers.insert(key(word), supplier);
    }
    remember(&mut keeping.tx, &kept).await?;
    Ok(Ok(()))
}
