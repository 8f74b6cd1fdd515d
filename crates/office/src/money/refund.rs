//! Money that goes back: proposed by one, decided by another, paid the way it came, told to the person.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_gateways::payment::vietqr::Payout;
use motcua_gateways::payment::vnpay::RefundRequest;
use motcua_model::actor::Actor;
use motcua_model::dossier::{
    Command, Dossier, Event, FeeKind, FeeShare, PaymentMethod, Refund, RefundState, RefundWay, Refusal, parse_code, take,
};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::permission::Action;
use motcua_store::NewJob;
use motcua_store::refund::{RefundLine, Waiting};

/// The job that gives money back through a gateway or a bank.
pub(crate) const PAY_BACK: &str = "pay_back";
/// Refunds on a page.
pub const PAGE: u32 = 50;

impl Office {
    /// Refunds of an agency that wait, or that are done, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who keeps no books.
    pub async fn refunds(
        &self,
        actor: &Actor,
        agency: &AgencyCode,
        open: bool,
        before: Option<(i64, DossierId, u32)>,
    ) -> Result<Vec<RefundLine>> {
        super::books_of(actor, Some(agency))?;
        let before = before.unwrap_or(motcua_store::refund::NEWEST);
        Ok(self.store().refunds(agency, open, before, PAGE).await?)
    }

    /// How many refunds wait at which agency; the actor's own only where she has one.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub async fn refunds_waiting(&self, actor: &Actor) -> Result<Vec<Waiting>> {
        let own = super::books_of(actor, None)?;
        let mut waiting = self.store().refunds_waiting().await?;
        waiting.retain(|w| own.as_ref().is_none_or(|a| a.as_str() == w.agency));
        Ok(waiting)
    }

    /// A dossier's money, by its identifier.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not see it.
    pub async fn money_of(&self, actor: &Actor, id: DossierId) -> Result<Dossier> {
        let loaded = self.load(actor, id, Action::ViewMoney).await.map_err(|e| match e {
            OfficeError::Refused(Refusal::NotPermitted) => Refusal::NotFound.into(),
            e => e,
        })?;
        Ok(loaded.dossier)
    }

    /// A dossier's money, by the code on its slip.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn money_by_code(&self, actor: &Actor, code: &str) -> Result<Dossier> {
        let code = parse_code(code).ok_or(Refusal::NotFound)?;
        let found = self.store().dossier_by_code(&code).await?.ok_or(Refusal::NotFound)?;
        self.money_of(actor, found.dossier.id).await
    }

    /// Proposes that money goes back.
    ///
    /// # Errors
    /// A refusal with its reason, as for the functions below.
    pub async fn propose_refund(
        &self,
        actor: &Actor,
        id: DossierId,
        reference: String,
        amount: u64,
        note: String,
    ) -> Result<Dossier> {
        self.act(actor, id, None, Command::ProposeRefund { reference, amount, note })
            .await
    }

    /// Approves a refund that somebody else proposed; it is paid the way the money came, where there is one.
    ///
    /// # Errors
    /// [`Refusal::SamePerson`], [`Refusal::OverLimit`].
    pub async fn approve_refund(&self, actor: &Actor, id: DossierId, refund: u32) -> Result<Dossier> {
        self.act(actor, id, None, Command::ApproveRefund { refund }).await
    }

    /// Says no to a refund.
    ///
    /// # Errors
    /// As [`Office::approve_refund`]; [`Refusal::ReasonMissing`].
    pub async fn reject_refund(&self, actor: &Actor, id: DossierId, refund: u32, reason: String) -> Result<Dossier> {
        self.act(actor, id, None, Command::RejectRefund { refund, reason }).await
    }

    /// Notes that a refund was paid in cash or by a transfer that a person ordered.
    ///
    /// # Errors
    /// [`Refusal::TakerMissing`]; [`Refusal::Overtaken`] when the gateway is paying it, or it is paid.
    pub async fn pay_refund(
        &self,
        actor: &Actor,
        id: DossierId,
        refund: u32,
        way: RefundWay,
        reference: String,
    ) -> Result<Dossier> {
        let d = self.money_of(actor, id).await?;
        let known = d.refund(refund).ok_or(Refusal::NotFound)?;
        // What the program pays by itself is not paid by hand as well.
        if way == RefundWay::Same || known.state == RefundState::Approved && self.pays_itself(known) {
            return Err(Refusal::Overtaken.into());
        }
        self.act(actor, id, Some(d.version), Command::PayRefund { refund, way, reference })
            .await
    }

    /// Tries a failed refund again the way the money came.
    ///
    /// # Errors
    /// [`Refusal::Overtaken`] when it did not fail.
    pub async fn retry_refund(&self, actor: &Actor, id: DossierId, refund: u32) -> Result<Dossier> {
        self.act(actor, id, None, Command::RetryRefund { refund }).await
    }

    /// Lowers or raises what a dossier costs.
    ///
    /// # Errors
    /// [`Refusal::WrongAmount`] when it costs that already; [`Refusal::ReasonMissing`].
    pub async fn change_fee(&self, actor: &Actor, id: DossierId, total: u64, reason: String) -> Result<Dossier> {
        let d = self.money_of(actor, id).await?;
        let mut shares = take(&d.shares(), total);
        let rest = total.saturating_sub(d.fee);
        if rest > 0 {
            match shares.first_mut() {
                Some(first) => first.amount += rest,
                None => shares.push(FeeShare {
                    kind: FeeKind::Charge,
                    budget: String::new(),
                    amount: total,
                }),
            }
        }
        self.act(actor, id, Some(d.version), Command::ChangeFee { shares, reason })
            .await
    }

    /// Whether the program gives this money back by itself.
    #[must_use]
    pub fn pays_itself(&self, refund: &Refund) -> bool {
        let gateways = &self.inner.gateways;
        match refund.method {
            PaymentMethod::Vnpay => gateways.vnpay.is_some() && refund.order.is_some(),
            PaymentMethod::Vietqr => gateways.bank.as_ref().is_some_and(|b| !b.payout_url.is_empty()),
            PaymentMethod::Transfer | PaymentMethod::Cash => false,
        }
    }

    /// The jobs that follow from refunds that were approved.
    pub(crate) fn refund_jobs<'a>(
        &'a self,
        before: Option<&'a Dossier>,
        events: &'a [Event],
    ) -> impl Iterator<Item = NewJob> + 'a {
        events.iter().filter_map(move |event| {
            let Event::RefundApproved { refund } = event else {
                return None;
            };
            let d = before?;
            self.pays_itself(d.refund(*refund)?).then(|| NewJob {
                id: self.new_job_id(),
                kind: PAY_BACK,
                body: serde_json::json!({ "dossier": d.id, "refund": refund }).to_string(),
                run_at: self.now(),
            })
        })
    }

    /// Gives money back through the gateway or the bank. Each asks with a number of its own, so that a job that runs
    /// twice pays once. When `last`, a gateway that cannot be reached counts as one that refuses: people decide then.
    pub(crate) async fn pay_back(&self, id: DossierId, number: u32, last: bool) -> std::result::Result<(), (String, bool)> {
        let failed = |e: OfficeError| (e.to_string(), true);
        let loaded = self.store().dossier(id).await.map_err(|e| failed(e.into()))?;
        let Some(d) = loaded.map(|l| l.dossier) else {
            return Ok(());
        };
        let Some(refund) = d.refund(number).filter(|r| r.state == RefundState::Approved) else {
            return Ok(());
        };
        let done = match self.order_back(&d, refund).await {
            Ok(done) => done,
            Err((why, true)) if !last => return Err((why, true)),
            Err((why, _)) => Err(why),
        };
        let refund = number;
        let command = match done {
            Ok(reference) => Command::PayRefund {
                refund,
                way: RefundWay::Same,
                reference,
            },
            Err(why) => Command::FailRefund { refund, why },
        };
        let system = Actor::system();
        for _ in 0..8 {
            match self.act(&system, id, None, command.clone()).await {
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                Ok(_) => return Ok(()),
                Err(e) => return Err(failed(e)),
            }
        }
        Err(("the dossier changes too fast".to_owned(), true))
    }

    /// Orders the money back; answers the gateway's number, or why it refused.
    async fn order_back(
        &self,
        d: &Dossier,
        r: &Refund,
    ) -> std::result::Result<std::result::Result<String, String>, (String, bool)> {
        let gateways = &self.inner.gateways;
        // Unique for each try, the same when a job runs twice.
        let id = d.id.0.simple().to_string();
        let request = format!("{}{:04}{:02}", &id[6..], r.number, r.failures);
        let info = format!("Hoan tien ho so {}", d.code);
        match r.method {
            PaymentMethod::Vnpay => {
                let (Some(vnpay), Some(order)) = (&gateways.vnpay, r.order) else {
                    return Ok(Err("no gateway".to_owned()));
                };
                let orders = self.store().orders_of(d.id).await.map_err(|e| (e.to_string(), true))?;
                let Some(order) = orders.into_iter().find(|o| o.id == order) else {
                    return Ok(Err("the order is not known".to_owned()));
                };
                let said = vnpay
                    .refund(&RefundRequest {
                        request_id: request,
                        txn_ref: order.txn_ref,
                        transaction_no: r.reference.clone(),
                        amount_vnd: r.amount,
                        whole: r.amount == order.amount,
                        created: order.created_at,
                        by: r.decided_by.clone(),
                        info,
                        now: self.now(),
                    })
                    .await
                    .map_err(|e| (e.what, e.temporary))?;
                // 94: this very request came before, when the answer was lost.
                Ok(match said.response_code.as_str() {
                    "00" | "94" => Ok(said.transaction_no),
                    code => Err(format!("{code} {}", said.message)),
                })
            }
            PaymentMethod::Vietqr => {
                let Some(bank) = &gateways.bank else {
                    return Ok(Err("no bank".to_owned()));
                };
                let payout = Payout {
                    request,
                    transaction: r.reference.clone(),
                    amount: r.amount,
                    content: info,
                };
                let said = bank.pay_out(&payout).await.map_err(|e| (e.what, e.temporary))?;
                Ok(if said.code == "ok" {
                    Ok(said.transaction)
                } else {
                    Err(said.code)
                })
            }
            PaymentMethod::Transfer | PaymentMethod::Cash => Ok(Err("no way back by itself".to_owned())),
        }
    }
}
