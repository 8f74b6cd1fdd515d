//! What officers write beside a dossier: notes among colleagues, and marks on a page of a paper. The paper itself is never
//! touched, and a remark is never changed or removed.

use crate::db::{Result, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{AccountId, DossierId, RemarkId};

statements! {
    ADD = "insert into remark (id, dossier, author, by_name, text, paper, page, place, created_at) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OF_DOSSIER = "select id, author, by_name, text, paper, page, place, created_at from remark where dossier = $1 \
                  order by id limit 300";
}

/// A note, or a mark on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Identifier.
    pub id: RemarkId,
    /// About which dossier.
    pub dossier: DossierId,
    /// Who wrote it.
    pub author: AccountId,
    /// Her name at the time.
    pub by_name: String,
    /// What.
    pub text: String,
    /// Hash of the paper that it marks; empty for a note.
    pub paper: String,
    /// Page of the paper, from 1; 0 for a note.
    pub page: i64,
    /// Where on the page: `top-left` to `bottom-right`; empty for a note.
    pub place: String,
    /// When.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: Vec<u8>,
        author: Vec<u8>,
        by_name: String,
        text: String,
        paper: String,
        page: i64,
        place: String,
        created_at: i64,
    }
}

impl Store {
    /// Keeps a remark.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_remark(&self, r: &Remark) -> Result<()> {
        let values = [
            value::id(r.id.0),
            value::id(r.dossier.0),
            value::id(r.author.0),
            r.by_name.clone().into(),
            r.text.clone().into(),
            r.paper.clone().into(),
            r.page.into(),
            r.place.clone().into(),
            value::micros(r.created_at).into(),
        ];
        self.db().run(sql(ADD, values)).await.map(drop)
    }

    /// The remarks on a dossier, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remarks(&self, dossier: DossierId) -> Result<Vec<Remark>> {
        let rows: Vec<Row> = self.db().all(sql(OF_DOSSIER, [value::id(dossier.0)])).await?;
        rows.into_iter()
            .map(|r| {
                Ok(Remark {
                    id: RemarkId(value::uuid(&r.id)?),
                    dossier,
                    author: AccountId(value::uuid(&r.author)?),
                    by_name: r.by_name,
                    text: r.text,
                    paper: r.paper,
                    page: r.page,
                    place: r.place,
                    created_at: value::time(r.created_at)?,
                })
            })
            .collect()
    }
}
