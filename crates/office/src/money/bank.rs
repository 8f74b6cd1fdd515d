//! Paying by transfer: the QR code with its reference, and the bank's notice that books.

use crate::Office;
use crate::error::{OfficeError, Result};
use crate::payment::Money;
use jiff::SignedDuration;
use motcua_gateways::payment::vietqr::{NoticeError, find_reference, is_reference, reference};
use motcua_model::actor::Actor;
use motcua_model::dossier::{PaymentMethod, Refusal};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::ledger::{BookEvent, BookRecorded, PROVINCE};
use motcua_model::permission::Action;
use motcua_store::bank_notice::BankNotice;
use motcua_store::order::PaymentOrder;

/// How long a reference can be paid.
const ORDER: SignedDuration = SignedDuration::from_hours(24 * 10);
/// An order that ends sooner is not shown again: a new one is made.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// What a person needs to pay by transfer.
#[derive(Clone, Debug)]
pub struct TransferOrder {
    /// Name of the bank.
    pub bank: String,
    /// Number of the account.
    pub account: String,
    /// Holder of the account.
    pub holder: String,
    /// VND.
    pub amount: u64,
    /// What must stand in the transfer.
    pub reference: String,
    /// Until when.
    pub expires: jiff::Timestamp,
    /// The content of the QR code.
    pub payload: String,
    /// Address that opens a banking app; none where none is set up.
    pub app_link: Option<String>,
}

/// What the bank is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAnswer {
    /// Taken, now or before; also money of nobody known.
    Taken,
    /// Not signed rightly.
    WrongSignature,
    /// Cannot be read, or for another account.
    Unreadable,
    /// Try again.
    Busy,
}

impl Office {
    /// Whether people can pay by transfer.
    #[must_use]
    pub fn takes_transfers(&self) -> bool {
        self.inner.gateways.bank.is_some()
    }

    /// Whether people can pay through VNPAY.
    #[must_use]
    pub fn takes_vnpay(&self) -> bool {
        self.inner.gateways.vnpay.is_some()
    }

    /// The order to pay what is due by transfer: the same one as long as neither amount nor time changed.
    ///
    /// # Errors
    /// [`Refusal::NothingDue`]; [`OfficeError::NoOnlinePayment`] where no account is set up.
    pub async fn transfer_order(&self, actor: &Actor, id: DossierId) -> Result<TransferOrder> {
        let bank = self.inner.gateways.bank.as_ref().ok_or(OfficeError::NoOnlinePayment)?;
        let dossier = self.load(actor, id, Action::Pay).await?.dossier;
        let (due, now) = (dossier.fee_due(), self.now());
        if due == 0 {
            return Err(Refusal::NothingDue.into());
        }
        if dossier.status.is_final() {
            return Err(Refusal::WrongStatus {
                status: dossier.status.as_str(),
            }
            .into());
        }
        let usable =
            |o: &PaymentOrder| is_reference(&o.txn_ref) && o.state == "open" && o.amount == due && o.expires_at > now + FRESH;
        let order = match self.store().orders_of(id).await?.into_iter().find(usable) {
            Some(order) => order,
            None => {
                let order = PaymentOrder {
                    id: self.new_order_id(),
                    dossier: id,
                    txn_ref: reference(u64::from_be_bytes(crate::random::bytes())),
                    amount: due,
                    state: "open".to_owned(),
                    created_at: now,
                    expires_at: now + ORDER,
                };
                self.store().create_order(&order).await?;
                order
            }
        };
        let payload = bank
            .payload(due, &order.txn_ref)
            .map_err(|e| OfficeError::Internal(format!("VietQR: {e}")))?;
        Ok(TransferOrder {
            bank: bank.name.clone(),
            account: bank.account.clone(),
            holder: bank.holder.clone(),
            amount: due,
            app_link: bank.app_link(&payload, due, &order.txn_ref),
            reference: order.txn_ref,
            expires: order.expires_at,
            payload,
        })
    }

    /// Books what the bank tells, each of its numbers once, however often and in which order it comes.
    pub async fn bank_notified(&self, body: &[u8], signature: &str) -> NoticeAnswer {
        let Some(bank) = &self.inner.gateways.bank else {
            return NoticeAnswer::WrongSignature;
        };
        let notice = match bank.verify(body, signature) {
            Ok(notice) => notice,
            Err(error) => {
                tracing::warn!(%error, "a bank's notice is refused");
                return match error {
                    NoticeError::BadSignature => NoticeAnswer::WrongSignature,
                    NoticeError::Unreadable | NoticeError::OtherAccount => NoticeAnswer::Unreadable,
                };
            }
        };
        let kept = BankNotice {
            number: notice.transaction,
            amount: notice.amount,
            content: notice.content.chars().take(500).collect(),
            at: notice.at,
            received_at: self.now(),
            state: "unknown".to_owned(),
            dossier: None,
        };
        match self.book_notice(kept).await {
            Ok(()) => NoticeAnswer::Taken,
            Err(error) => {
                tracing::error!(%error, "a bank's notice could not be booked");
                NoticeAnswer::Busy
            }
        }
    }

    async fn book_notice(&self, mut notice: BankNotice) -> Result<()> {
        if self.store().bank_notice(&notice.number).await?.is_some() {
            return Ok(());
        }
        let order = match find_reference(&notice.content) {
            Some(reference) => self.store().order_by_ref(&reference).await?,
            None => None,
        };
        let Some(order) = order else {
            let book = self.unknown_came(PaymentMethod::Vietqr, notice.amount, &notice.number, &notice.content);
            self.store().note_bank_notice(&notice, Some(&book)).await?;
            tracing::warn!(number = notice.number, "money came with no reference of ours");
            return Ok(());
        };
        self.receive(
            &order,
            &Money {
                method: PaymentMethod::Vietqr,
                amount: notice.amount,
                reference: notice.number.clone(),
                paid_at: Some(notice.at),
            },
        )
        .await?;
        notice.state = "booked".to_owned();
        notice.dossier = Some(order.dossier);
        self.store().note_bank_notice(&notice, None).await?;
        Ok(())
    }

    fn unknown_came(&self, method: PaymentMethod, amount: u64, reference: &str, content: &str) -> BookRecorded {
        BookRecorded {
            at: self.now(),
            actor: Actor::system(),
            agency: AgencyCode::from(PROVINCE),
            event: BookEvent::UnknownCame {
                method,
                amount,
                reference: reference.to_owned(),
                content: content.to_owned(),
            },
        }
    }

    /// Money of nobody known, the oldest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody but the province's accountant, as for the functions below.
    pub async fn unknown_money(&self, actor: &Actor) -> Result<Vec<BankNotice>> {
        super::provincial(actor)?;
        Ok(self.store().unknown_money().await?)
    }

    /// Money of nobody known belongs to a dossier: it is booked there, for the fee or to go back.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is no such dossier or money; [`Refusal::ReasonMissing`].
    pub async fn assign_unknown(&self, actor: &Actor, number: &str, code: &str, reason: &str) -> Result<()> {
        super::provincial(actor)?;
        let code = motcua_model::dossier::parse_code(code).ok_or(Refusal::NotFound)?;
        let dossier = self.store().dossier_by_code(&code).await?.ok_or(Refusal::NotFound)?.dossier;
        let notice = self.open_unknown(number, reason).await?;
        // As an order of its own for exactly this money: what is less than due counts as a part.
        let order = PaymentOrder {
            id: self.new_order_id(),
            dossier: dossier.id,
            txn_ref: format!("bank-{number}"),
            amount: notice.amount,
            state: "open".to_owned(),
            created_at: notice.at,
            expires_at: self.now() + ORDER,
        };
        let money = Money {
            method: PaymentMethod::Vietqr,
            amount: notice.amount,
            reference: notice.number.clone(),
            paid_at: None,
        };
        self.receive(&order, &money).await?;
        self.clear(actor, &notice, "assigned", Some(dossier.id), reason).await
    }

    /// Money of nobody known was sent back to where it came from.
    ///
    /// # Errors
    /// As [`Office::assign_unknown`].
    pub async fn return_unknown(&self, actor: &Actor, number: &str, reason: &str) -> Result<()> {
        super::provincial(actor)?;
        let notice = self.open_unknown(number, reason).await?;
        self.clear(actor, &notice, "returned", None, reason).await
    }

    async fn open_unknown(&self, number: &str, reason: &str) -> Result<BankNotice> {
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let notice = self.store().bank_notice(number).await?.ok_or(Refusal::NotFound)?;
        if notice.state != "unknown" {
            return Err(Refusal::Overtaken.into());
        }
        Ok(notice)
    }

    async fn clear(
        &self,
        actor: &Actor,
        notice: &BankNotice,
        state: &str,
        dossier: Option<DossierId>,
        reason: &str,
    ) -> Result<()> {
        let book = BookRecorded {
            at: self.now(),
            actor: actor.clone(),
            agency: AgencyCode::from(PROVINCE),
            event: BookEvent::UnknownCleared {
                method: PaymentMethod::Vietqr,
                amount: notice.amount,
                reference: notice.number.clone(),
                reason: reason.trim().to_owned(),
            },
        };
        if self.store().clear_unknown(&notice.number, state, dossier, &book).await? {
            Ok(())
        } else {
            Err(Refusal::Overtaken.into())
        }
    }
}
