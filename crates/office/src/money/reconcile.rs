//! Matching the daily statements of gateways and banks with the ledger.
//!
//! A file is read whole first: one that is broken changes nothing. Then its lines are matched in steps of one
//! transaction each, by a job that goes on where it was cut off; at the end follows what the ledger has and the file lacks.

use crate::Office;
use crate::error::{OfficeError, Result};
use crate::payment::Money;
use motcua_gateways::payment::vietqr::find_reference;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Command, PaymentMethod, Refusal, parse_code};
use motcua_model::id::{DossierId, FileHash};
use motcua_model::ledger::{Layout, LineProblem, StatementLine, read_statement};
use motcua_store::NewJob;
use motcua_store::bank_statement::NewLine;
pub use motcua_store::bank_statement::{BankStatement, Difference};
use motcua_store::order::PaymentOrder;
use std::collections::{HashMap, HashSet};

/// The job that matches.
pub(crate) const MATCH: &str = "match_statement";
/// Lines matched in one transaction.
const STEP: usize = 1_000;
/// Lines matched before the job gives way to others.
const TURN: usize = 20_000;
/// Largest file in bytes.
pub const FILE_MAX: usize = 32 * 1024 * 1024;
/// Differences on a page.
pub const PAGE: u32 = 50;
/// Numbers of differences that stand on no line of the file begin here.
const BEYOND: i64 = 1_000_000_000;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Matching begins.
    Begun(FileHash),
    /// The very same file came before: nothing changes.
    Before(FileHash),
    /// It is broken; nothing of it was taken.
    Broken(Vec<LineProblem>),
}

/// What a person does about a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Only notes why it is right as it is.
    Note,
    /// Books the money at a dossier.
    Book {
        /// Code of the dossier.
        code: String,
    },
    /// Books that the bank took the payment back.
    ChargeBack,
}

impl Office {
    /// The layouts of statements.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        self.catalogue().layouts()
    }

    /// The latest statements.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody but the province's accountant, as for all functions here: gateway and bank
    /// have one account for the whole province.
    pub async fn statements(&self, actor: &Actor) -> Result<Vec<BankStatement>> {
        super::provincial(actor)?;
        Ok(self.store().bank_statements().await?)
    }

    /// One statement.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn statement(&self, actor: &Actor, id: FileHash) -> Result<BankStatement> {
        super::provincial(actor)?;
        Ok(self.store().bank_statement(id).await?.ok_or(Refusal::NotFound)?)
    }

    /// Takes a file.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is no such layout.
    pub async fn take_statement(&self, actor: &Actor, layout: &str, name: &str, bytes: &[u8]) -> Result<Taken> {
        super::provincial(actor)?;
        let layout = self.layouts().iter().find(|l| l.id == layout).ok_or(Refusal::NotFound)?;
        let lines = match read_statement(layout, bytes) {
            Ok(lines) => lines,
            Err(problems) => return Ok(Taken::Broken(problems)),
        };
        let (id, _) = self.store().files().put(bytes).await.map_err(OfficeError::from)?;
        let times = lines.iter().map(|l| l.at);
        let statement = BankStatement {
            id,
            name: name.chars().take(200).collect(),
            layout: layout.id.clone(),
            method: layout.method.as_str().to_owned(),
            uploaded_by: actor.name.clone(),
            uploaded_at: self.now(),
            done: false,
            lines: lines.len() as u64,
            looked: 0,
            matched: 0,
            differences: 0,
            first_at: times.clone().min().unwrap_or(self.now()),
            last_at: times.max().unwrap_or(self.now()),
        };
        if !self.store().begin_statement(&statement).await? {
            return Ok(Taken::Before(id));
        }
        self.match_later(id).await?;
        Ok(Taken::Begun(id))
    }

    async fn match_later(&self, id: FileHash) -> Result<()> {
        let job = NewJob {
            id: self.new_job_id(),
            kind: MATCH,
            body: serde_json::json!({ "statement": id }).to_string(),
            run_at: self.now(),
        };
        self.store().enqueue(&job).await?;
        self.inner.bell.notify_one();
        Ok(())
    }

    /// Matches the next lines of a statement; enqueues itself again while lines are left.
    pub(crate) async fn match_statement(&self, id: FileHash) -> Result<()> {
        let Some(statement) = self.store().bank_statement(id).await?.filter(|s| !s.done) else {
            return Ok(());
        };
        let layout = self
            .layouts()
            .iter()
            .find(|l| l.id == statement.layout)
            .ok_or_else(|| OfficeError::Internal(format!("no layout {}", statement.layout)))?;
        let bytes = self.store().files().read(id).await.map_err(OfficeError::from)?;
        let lines = read_statement(layout, &bytes)
            .map_err(|p| OfficeError::Internal(format!("the statement cannot be read again: {} problems", p.len())))?;
        let begun = usize::try_from(statement.looked).unwrap_or(usize::MAX).min(lines.len());
        let end = (begun + TURN).min(lines.len());
        let mut done = begun;
        for step in lines[begun..end].chunks(STEP) {
            let (rows, differences) = self.compare(&statement, layout.method, step).await?;
            if !self
                .store()
                .advance_statement(&statement, done as u64, &rows, &differences)
                .await?
            {
                // Another run of the same job is further on.
                return Ok(());
            }
            done += step.len();
        }
        if done < lines.len() {
            return self.match_later(id).await;
        }
        let lacks = self.lacks(&statement).await?;
        Ok(self.store().end_statement(id, &lacks).await?)
    }

    /// Compares lines with the ledger.
    async fn compare(
        &self,
        statement: &BankStatement,
        method: PaymentMethod,
        lines: &[StatementLine],
    ) -> Result<(Vec<NewLine>, Vec<Difference>)> {
        let references: Vec<String> = lines.iter().map(|l| l.reference.clone()).collect();
        let mut here: HashMap<(String, bool), (i64, Option<DossierId>)> = HashMap::new();
        for moved in self.store().moved_by_references(&references).await? {
            // What was found on a statement counts as the same account's as what the bank told.
            let same = moved.method == statement.method
                || method == PaymentMethod::Vietqr && moved.method == PaymentMethod::Transfer.as_str();
            if same && moved.moved != 0 && moved.kind != "unknown_cleared" {
                let dossier = uuid::Uuid::from_slice(&moved.source).ok().map(DossierId);
                let sum = here.entry((moved.reference, moved.moved > 0)).or_default();
                *sum = (sum.0 + moved.moved, sum.1.or(dossier));
            }
        }
        let seen = self.store().references_on_statements(&references).await?;
        let mut seen: HashSet<(String, bool)> = seen.into_iter().flat_map(|r| [(r.clone(), true), (r, false)]).collect();
        let (mut rows, mut differences) = (Vec::with_capacity(lines.len()), Vec::new());
        for line in lines {
            let key = (line.reference.clone(), line.amount > 0);
            let known = here.get(&key).copied();
            let kind = if !seen.insert(key) {
                Some("duplicate")
            } else {
                match known {
                    None => Some("not_here"),
                    Some((sum, _)) if sum != line.amount => Some("amount"),
                    Some(_) => None,
                }
            };
            rows.push(NewLine {
                number: line.number,
                reference: line.reference.clone(),
                amount: line.amount,
                at: line.at,
                content: line.content.clone(),
                matched: kind.is_none(),
            });
            if let Some(kind) = kind {
                let dossier = match known.and_then(|k| k.1) {
                    Some(dossier) => Some(dossier),
                    None => self.dossier_of(&line.content).await?,
                };
                differences.push(Difference {
                    statement: statement.id,
                    number: i64::from(line.number),
                    kind: kind.to_owned(),
                    method: statement.method.clone(),
                    reference: line.reference.clone(),
                    here: known.map_or(0, |k| k.0),
                    there: line.amount,
                    at: line.at,
                    content: line.content.clone(),
                    dossier,
                    closed: false,
                    closed_by: String::new(),
                    reason: String::new(),
                });
            }
        }
        Ok((rows, differences))
    }

    /// The dossier that a transfer's text or a merchant's reference names.
    async fn dossier_of(&self, content: &str) -> Result<Option<DossierId>> {
        let named = find_reference(content).unwrap_or_else(|| content.trim().to_owned());
        if named.is_empty() {
            return Ok(None);
        }
        Ok(self.store().order_by_ref(&named).await?.map(|o| o.dossier))
    }

    /// What the ledger has in the statement's time and no statement shows.
    async fn lacks(&self, statement: &BankStatement) -> Result<Vec<Difference>> {
        let rows = self
            .store()
            .not_on_statements(&statement.method, statement.first_at, statement.last_at)
            .await?;
        rows.into_iter()
            .zip(BEYOND..)
            .map(|(row, number)| {
                Ok(Difference {
                    statement: statement.id,
                    number,
                    kind: "not_there".to_owned(),
                    method: row.method.clone(),
                    reference: row.reference.clone(),
                    here: row.moved,
                    there: 0,
                    at: row.when()?,
                    content: String::new(),
                    dossier: row.dossier(),
                    closed: false,
                    closed_by: String::new(),
                    reason: String::new(),
                })
            })
            .collect()
    }

    /// Differences that are open, or closed, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub async fn differences(
        &self,
        actor: &Actor,
        closed: bool,
        before: Option<(i64, FileHash, i64)>,
    ) -> Result<Vec<Difference>> {
        super::provincial(actor)?;
        let before = before.unwrap_or(motcua_store::bank_statement::NEWEST);
        Ok(self.store().differences(closed, before, PAGE).await?)
    }

    /// How many differences are open.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub async fn open_differences(&self, actor: &Actor) -> Result<u64> {
        super::provincial(actor)?;
        Ok(self.store().open_differences().await?)
    }

    /// Closes a difference with what a person does about it, and why.
    ///
    /// # Errors
    /// [`Refusal::ReasonMissing`]; [`Refusal::NotFound`] when there is no such difference or dossier;
    /// [`Refusal::Overtaken`] when it is closed.
    pub async fn close_difference(
        &self,
        actor: &Actor,
        statement: FileHash,
        number: i64,
        remedy: &Remedy,
        reason: &str,
    ) -> Result<()> {
        super::provincial(actor)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let difference = self.store().difference(statement, number).await?.ok_or(Refusal::NotFound)?;
        if difference.closed {
            return Err(Refusal::Overtaken.into());
        }
        match remedy {
            Remedy::Note => {}
            Remedy::Book { code } => self.book_found(&difference, code).await?,
            Remedy::ChargeBack => self.book_charge_back(&difference).await?,
        }
        let reason: String = reason.chars().take(1_000).collect();
        let closed = self
            .store()
            .close_difference(&difference, &actor.name, self.now(), &reason)
            .await?;
        if closed { Ok(()) } else { Err(Refusal::Overtaken.into()) }
    }

    /// Money that the statement shows and nobody told: booked at its dossier, once by its number.
    async fn book_found(&self, d: &Difference, code: &str) -> Result<()> {
        let code = parse_code(code).ok_or(Refusal::NotFound)?;
        let dossier = self.store().dossier_by_code(&code).await?.ok_or(Refusal::NotFound)?.dossier;
        let missing = u64::try_from(d.there - d.here).map_err(|_| Refusal::NothingDue)?;
        let method = match PaymentMethod::parse(&d.method) {
            Some(PaymentMethod::Vnpay) => PaymentMethod::Vnpay,
            _ => PaymentMethod::Transfer,
        };
        let known = self.store().order_by_ref(d.content.trim()).await?;
        let order = match known.filter(|o| o.dossier == dossier.id) {
            Some(order) => order,
            None => PaymentOrder {
                id: self.new_order_id(),
                dossier: dossier.id,
                txn_ref: format!("statement-{}", d.reference),
                amount: missing,
                state: "open".to_owned(),
                created_at: d.at,
                expires_at: self.now(),
            },
        };
        let money = Money {
            method,
            amount: missing,
            reference: d.reference.clone(),
            paid_at: None,
        };
        self.receive(&order, &money).await.map(drop)
    }

    async fn book_charge_back(&self, d: &Difference) -> Result<()> {
        let dossier = d.dossier.ok_or(Refusal::NotFound)?;
        let entries = self.store().ledger_by_reference(&d.reference).await?;
        let paid = entries.iter().any(|e| e.moved > 0 && e.dossier() == Some(dossier));
        if !paid || d.there >= 0 {
            return Err(Refusal::NotFound.into());
        }
        let reference = d.reference.clone();
        for _ in 0..8 {
            let command = Command::ChargeBack {
                reference: reference.clone(),
            };
            match self.act(&Actor::system(), dossier, None, command).await {
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                Ok(_) | Err(OfficeError::Refused(Refusal::AlreadyPaid)) => return Ok(()),
                Err(e) => return Err(e),
            }
        }
        Err(Refusal::Overtaken.into())
    }
}
