//! Results by the hash of their file: whose result a PDF is that somebody holds in her hand.

use crate::Store;
use crate::db::{Result, sql};
use crate::dossier::{Loaded, StateRow};
use crate::many::Many;
use crate::statement::statements;
use crate::value;
use motcua_model::dossier::Event;
use motcua_model::id::{DossierId, FileHash};
use sea_query::Value;

statements! {
    DOSSIER = "select d.state, d.hash from result_file r join dossier d on d.id = r.dossier where r.hash = $1 order by r.dossier limit 1";
}

pub(crate) static INSERT: Many = Many::rows(
    "insert into result_file (hash, dossier) values ",
    2,
    " on conflict (hash, dossier) do nothing",
);

/// The row of an event that makes a result.
pub(crate) fn row(dossier: DossierId, event: &Event) -> Option<[Value; 2]> {
    let hash = match event {
        Event::Approved { result } | Event::ResultReplaced { result, .. } => result.hash,
        Event::ResultSigned { hash, .. } => *hash,
        _ => return None,
    };
    Some([hash.0.to_vec().into(), value::id(dossier.0)])
}

impl Store {
    /// The dossier whose result is, or once was, the file with this hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossier_by_result(&self, hash: FileHash) -> Result<Option<Loaded>> {
        self.db()
            .one::<StateRow>(sql(DOSSIER, [hash.0.to_vec().into()]))
            .await?
            .map(StateRow::loaded)
            .transpose()
    }
}
