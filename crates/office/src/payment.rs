//! Paying online. The gateway's notification (IPN) books; the page that the person comes back to only shows.

use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::SignedDuration;
use motcua_gateways::payment::vnpay::{IpnAnswer, Notification, Order, VnpayError};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Command, Dossier, Payment, PaymentMethod, Refusal};
use motcua_model::id::DossierId;
use motcua_model::permission::Action;
use motcua_model::procedure::Lang;
use motcua_store::Effect;
use motcua_store::order::PaymentOrder;

/// How long an order can be paid at the gateway.
const ORDER: SignedDuration = SignedDuration::from_mins(15);

/// What the return page shows.
#[derive(Clone, Debug)]
pub struct PaymentReturn {
    /// The dossier.
    pub dossier: DossierId,
    /// What the gateway says; the dossier itself says whether it is booked.
    pub paid_says_gateway: bool,
    /// The gateway's code when it was not paid, such as `24` (cancelled).
    pub response_code: String,
}

impl Office {
    /// Opens a payment order for what is due and answers the gateway's address to send the browser to.
    ///
    /// # Errors
    /// [`Refusal::NothingDue`]; [`OfficeError::NoOnlinePayment`].
    pub async fn begin_payment(&self, actor: &Actor, id: DossierId, ip: &str, language: Lang) -> Result<String> {
        let vnpay = self.inner.gateways.vnpay.as_ref().ok_or(OfficeError::NoOnlinePayment)?;
        let dossier = self.load(actor, id, Action::Pay).await?.dossier;
        let due = dossier.fee_due();
        if due == 0 {
            return Err(Refusal::NothingDue.into());
        }
        if dossier.status.is_final() {
            return Err(Refusal::WrongStatus {
                status: dossier.status.as_str(),
            }
            .into());
        }
        let now = self.now();
        let order = self.new_order_id();
        let order = PaymentOrder {
            id: order,
            dossier: id,
            txn_ref: order.0.simple().to_string(),
            amount: due,
            state: "open".to_owned(),
            created_at: now,
            expires_at: now + ORDER,
        };
        self.store().create_order(&order).await?;
        Ok(vnpay.pay_url(&Order {
            txn_ref: order.txn_ref,
            amount_vnd: due,
            info: format!("Le phi ho so {}", dossier.code),
            ip: ip.to_owned(),
            created: now,
            expires: order.expires_at,
            locale: language.as_str().to_owned(),
            bank_code: None,
        }))
    }

    /// Books what the gateway notifies, once, whatever comes how often and in which order. Answers the gateway's JSON.
    pub async fn payment_notified(&self, query: &str) -> String {
        let answer = match self.book(query).await {
            Ok(answer) => answer,
            Err(error) => {
                // The gateway tries again on anything but a confirmation.
                tracing::error!(%error, "a payment notification could not be booked");
                IpnAnswer::Other
            }
        };
        answer.to_json()
    }

    /// Reads what the browser brings back from the gateway.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the signature is wrong or the order unknown.
    pub async fn payment_returned(&self, query: &str) -> Result<PaymentReturn> {
        let vnpay = self.inner.gateways.vnpay.as_ref().ok_or(OfficeError::NoOnlinePayment)?;
        let said = vnpay.verify(query).map_err(|_| Refusal::NotFound)?;
        let order = self.store().order_by_ref(&said.txn_ref).await?.ok_or(Refusal::NotFound)?;
        Ok(PaymentReturn {
            dossier: order.dossier,
            paid_says_gateway: said.paid,
            response_code: said.response_code,
        })
    }

    async fn book(&self, query: &str) -> Result<IpnAnswer> {
        let vnpay = self.inner.gateways.vnpay.as_ref().ok_or(OfficeError::NoOnlinePayment)?;
        let said = match vnpay.verify(query) {
            Ok(said) => said,
            Err(VnpayError::BadSignature) => return Ok(IpnAnswer::WrongSignature),
            Err(error) => {
                tracing::warn!(%error, "a payment notification could not be read");
                return Ok(IpnAnswer::WrongSignature);
            }
        };
        let Some(order) = self.store().order_by_ref(&said.txn_ref).await? else {
            return Ok(IpnAnswer::OrderNotFound);
        };
        if said.amount_vnd != order.amount {
            return Ok(IpnAnswer::WrongAmount);
        }
        if !said.paid {
            if order.state == "paid" {
                return Ok(IpnAnswer::AlreadyConfirmed);
            }
            self.store().fail_order(order.id, &said.transaction_no, self.now()).await?;
            return Ok(IpnAnswer::Confirmed);
        }
        // Somebody else may change the dossier at the same moment: look again and decide again, three times.
        for _ in 0..3 {
            match self.book_once(&order, &said).await {
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                done => return done,
            }
        }
        Ok(IpnAnswer::Other)
    }

    async fn book_once(&self, order: &PaymentOrder, said: &Notification) -> Result<IpnAnswer> {
        let now = self.now();
        let system = Actor::system();
        let loaded = self.store().dossier(order.dossier).await?.ok_or(Refusal::NotFound)?;
        if booked(&loaded.dossier, order) {
            return Ok(IpnAnswer::AlreadyConfirmed);
        }
        let payment = Payment {
            method: PaymentMethod::Vnpay,
            amount: said.amount_vnd,
            receipt: String::new(),
            order: Some(order.id),
            reference: said.transaction_no.clone(),
            at: now,
        };
        let procedure = self.procedure(&loaded.dossier.procedure)?;
        match self.decide(&system, Some(&loaded.dossier), Command::RecordPayment(payment), &procedure) {
            Ok(events) => {
                let settle = Effect::SettleOrder {
                    order: order.id,
                    reference: said.transaction_no.clone(),
                    at: now,
                };
                self.commit(
                    &system,
                    order.dossier,
                    Some((loaded.dossier, loaded.hash)),
                    events,
                    vec![settle],
                )
                .await?;
                Ok(IpnAnswer::Confirmed)
            }
            // The money is there but nothing is due any more: paid twice, or after the dossier ended. Kept to be given back.
            Err(OfficeError::Refused(Refusal::NothingDue | Refusal::WrongAmount { .. } | Refusal::WrongStatus { .. })) => {
                let first = self.store().surplus_order(order.id, &said.transaction_no, now).await?;
                Ok(if first {
                    IpnAnswer::Confirmed
                } else {
                    IpnAnswer::AlreadyConfirmed
                })
            }
            Err(e) => Err(e),
        }
    }
}

fn booked(d: &Dossier, order: &PaymentOrder) -> bool {
    d.payments.iter().any(|p| p.order == Some(order.id))
}
