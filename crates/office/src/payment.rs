//! Paying online. The gateway's notification (IPN) books; the page that the person comes back to only shows.

use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use motcua_gateways::payment::vnpay::{IpnAnswer, Order, Question, VnpayError};
use motcua_model::actor::Actor;
use motcua_model::clock::TIME_ZONE;
use motcua_model::dossier::{Command, Event, Payment, PaymentMethod, Refusal};
use motcua_model::id::{DossierId, OrderId};
use motcua_model::permission::Action;
use motcua_model::procedure::Lang;
use motcua_store::order::PaymentOrder;
use motcua_store::{Effect, NewJob};

/// How long an order can be paid at the gateway.
const ORDER: SignedDuration = SignedDuration::from_mins(15);

/// How long after an order's end the gateway is asked what became of it, if it has not told.
const ASK_AFTER: SignedDuration = SignedDuration::from_mins(1);
/// Clocks differ: what was paid so little after an order's end counts as in time.
const GRACE: SignedDuration = SignedDuration::from_mins(1);
/// The job that asks.
pub(crate) const ASK_GATEWAY: &str = "ask_gateway";

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
        // A notification can be lost: then the gateway is asked.
        self.store()
            .enqueue(&NewJob {
                id: self.new_job_id(),
                kind: ASK_GATEWAY,
                body: serde_json::json!({ "order": order.txn_ref }).to_string(),
                run_at: order.expires_at + ASK_AFTER,
            })
            .await?;
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
            Err(error) => {
                tracing::warn!(%error, "a payment notification is refused");
                return Ok(match error {
                    VnpayError::BadSignature | VnpayError::Doubled(_) => IpnAnswer::WrongSignature,
                    VnpayError::Unreadable("vnp_Amount") => IpnAnswer::WrongAmount,
                    VnpayError::Unreadable("vnp_TxnRef") => IpnAnswer::OrderNotFound,
                    VnpayError::Unreadable(_) => IpnAnswer::Other,
                });
            }
        };
        let Some(order) = self.store().order_by_ref(&said.txn_ref).await? else {
            return Ok(IpnAnswer::OrderNotFound);
        };
        if said.amount_vnd != order.amount {
            return Ok(IpnAnswer::WrongAmount);
        }
        if !said.paid {
            if order.state != "open" {
                return Ok(IpnAnswer::AlreadyConfirmed);
            }
            self.store().fail_order(order.id, &said.transaction_no, self.now()).await?;
            return Ok(IpnAnswer::Confirmed);
        }
        let money = Money {
            method: PaymentMethod::Vnpay,
            amount: said.amount_vnd,
            reference: said.transaction_no,
            paid_at: read_time(&said.pay_date),
        };
        Ok(match self.receive(&order, &money).await? {
            Received::Booked => IpnAnswer::Confirmed,
            Received::Before => IpnAnswer::AlreadyConfirmed,
        })
    }

    /// Books money that came for an order, once: for the fee, or to be given back.
    pub(crate) async fn receive(&self, order: &PaymentOrder, money: &Money) -> Result<Received> {
        // Somebody else may change the dossier at the same moment: look again and decide again.
        for _ in 0..8 {
            match self.receive_once(order, money).await {
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                done => return done,
            }
        }
        Err(Refusal::Overtaken.into())
    }

    async fn receive_once(&self, order: &PaymentOrder, money: &Money) -> Result<Received> {
        let now = self.now();
        let system = Actor::system();
        let loaded = self.store().dossier(order.dossier).await?.ok_or(Refusal::NotFound)?;
        let command = Command::ReceiveMoney {
            payment: Payment {
                method: money.method,
                amount: money.amount,
                receipt: String::new(),
                order: Some(order.id),
                reference: money.reference.clone(),
                at: now,
            },
            ordered: order.amount,
            late: money.paid_at.is_some_and(|at| at > order.expires_at + GRACE),
        };
        let procedure = self.procedure(&loaded.dossier.procedure)?;
        let events = match self.decide(&system, Some(&loaded.dossier), command, &procedure) {
            Ok(events) => events,
            Err(OfficeError::Refused(Refusal::AlreadyPaid)) => return Ok(Received::Before),
            Err(e) => return Err(e),
        };
        let booked = matches!(events.first(), Some(Event::PaymentReceived { .. }));
        let settle = Effect::SettleOrder {
            order: order.id,
            state: if booked { "paid" } else { "surplus" },
            reference: money.reference.clone(),
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
        Ok(Received::Booked)
    }

    /// Asks the gateway what became of an order whose notification never came.
    ///
    /// # Errors
    /// The gateway, to be asked again later.
    pub(crate) async fn ask_gateway(&self, txn_ref: &str) -> std::result::Result<(), (String, bool)> {
        let failed = |e: OfficeError| (e.to_string(), true);
        let order = self.store().order_by_ref(txn_ref).await.map_err(|e| failed(e.into()))?;
        let (Some(order), Some(vnpay)) = (order.filter(|o| o.state == "open"), &self.inner.gateways.vnpay) else {
            return Ok(());
        };
        let said = vnpay
            .query(&Question {
                request_id: self.new_job_id().0.simple().to_string(),
                txn_ref: order.txn_ref.clone(),
                created: order.created_at,
                now: self.now(),
            })
            .await
            .map_err(|e| (e.what, e.temporary))?;
        if said.paid() && said.amount_vnd == order.amount {
            let money = Money {
                method: PaymentMethod::Vnpay,
                amount: said.amount_vnd,
                reference: said.transaction_no,
                paid_at: None,
            };
            self.receive(&order, &money).await.map_err(failed)?;
            return Ok(());
        }
        if said.pending() {
            return Err(("the gateway has not finished this payment".to_owned(), true));
        }
        self.fail_order(order.id, &said.transaction_no).await.map_err(failed)
    }

    async fn fail_order(&self, order: OrderId, reference: &str) -> Result<()> {
        Ok(self.store().fail_order(order, reference, self.now()).await?)
    }
}

/// Money that a gateway or a bank says came.
pub(crate) struct Money {
    pub(crate) method: PaymentMethod,
    /// VND.
    pub(crate) amount: u64,
    /// The gateway's or bank's own number.
    pub(crate) reference: String,
    /// When it was paid; none where that is not told.
    pub(crate) paid_at: Option<Timestamp>,
}

/// What became of money that was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// Booked now.
    Booked,
    /// Booked before.
    Before,
}

/// The protocol's time, `yyyyMMddHHmmss`, GMT+7.
fn read_time(text: &str) -> Option<Timestamp> {
    let at = DateTime::strptime("%Y%m%d%H%M%S", text).ok()?;
    TIME_ZONE.to_timestamp(at).ok()
}
