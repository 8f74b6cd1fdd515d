//! Papers: what was attached, and what the program prints.

use crate::Office;
use crate::error::{OfficeError, PaperProblem, Result};
use crate::letterhead::{day_in_words, moment};
use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{Term, local};
use motcua_model::dossier::{Dossier, Outcome, Paper, PaymentMethod, Refusal, ReturnWay};
use motcua_model::id::{AgencyCode, DossierId, FileHash};
use motcua_model::identifier::Phone;
use motcua_model::permission::Action;
use motcua_model::procedure::Lang;
use motcua_papers::paper::{FormSection, SlipPaper};
use motcua_papers::{ApologySlip, FilledForm, Item, MoneyReceipt, Papers, ReceiptSlip, RefusalSlip, ResultData, SupplementSlip};

/// The kinds of file that are taken, by their first bytes; the name says nothing.
pub(crate) fn media_type(bytes: &[u8]) -> std::result::Result<&'static str, PaperProblem> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok("image/png"),
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            if bytes.windows(8).any(|w| w == b"/Encrypt") {
                Err(PaperProblem::Encrypted)
            } else {
                Ok("application/pdf")
            }
        }
        _ => Err(PaperProblem::WrongType),
    }
}

/// An amount as it is printed: `135.000 đồng`.
pub(crate) fn money(vnd: u64) -> String {
    let digits = vnd.to_string();
    let mut text = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(c);
    }
    text + " đồng"
}

fn term(term: Term) -> String {
    match term {
        Term::WorkingHours(n) => format!("{n} giờ làm việc"),
        Term::WorkingDays(n) => format!("{n} ngày làm việc"),
        Term::CalendarDays(n) => format!("{n} ngày"),
        Term::Months(n) => format!("{n} tháng"),
        Term::SameDay { cutoff_hour } => format!("trong ngày; nhận sau {cutoff_hour} giờ thì ngày làm việc tiếp theo"),
    }
}

/// A post office that has filed sees no personal number any more: neither the form nor what was attached.
fn masked_for(actor: &Actor) -> Result<()> {
    if actor.role == Role::PostClerk {
        Err(Refusal::NotPermitted.into())
    } else {
        Ok(())
    }
}

/// The applicant's phone as people write it; empty where there is none.
fn phone(d: &Dossier) -> String {
    Phone::parse(&d.applicant.phone).map_or_else(|_| String::new(), |p| p.national())
}

/// Number of the paper that the last event of a kind issued; empty before papers were numbered.
fn number_of<'a>(d: &'a Dossier, kind: &str) -> &'a str {
    d.moments.iter().rfind(|m| m.kind == kind).map_or("", |m| &m.paper)
}

/// What an apology says besides the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apology {
    /// Its number; empty where none was drawn.
    pub number: String,
    /// When it was made.
    pub at: Timestamp,
    /// When the result was promised.
    pub old_due: Timestamp,
    /// When it is promised now.
    pub new_due: Timestamp,
    /// Why it is late.
    pub reason: String,
    /// Which agency made it late, when another.
    pub at_fault: Option<AgencyCode>,
    /// Who signs.
    pub by: String,
}

impl Office {
    /// Slip of receipt with appointment.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not view the dossier, as for every paper.
    pub async fn receipt_slip(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let dossier = self.load(actor, id, Action::View).await?.dossier;
        let data = self.slip_data(&dossier)?;
        self.print(move |papers| papers.receipt_slip(&data)).await
    }

    /// Receipt of the fee.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also when nothing was paid.
    pub async fn money_receipt(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        let payment = d.payments.last().ok_or(Refusal::NotFound)?;
        let data = MoneyReceipt {
            head: self.agency_head(&d.agency, d.code.as_str(), &payment.receipt, payment.at),
            number: payment.receipt.clone(),
            person: d.applicant.name.clone(),
            service: self.procedure(&d.procedure)?.sheet.name.vi.clone(),
            amount: money(payment.amount),
            amount_in_words: motcua_papers::amount::in_words(payment.amount),
            method: match payment.method {
                PaymentMethod::Cash => "Tiền mặt".to_owned(),
                PaymentMethod::Vietqr => format!("Chuyển khoản VietQR, giao dịch {}", payment.reference),
                PaymentMethod::Transfer => format!("Chuyển khoản, giao dịch {}", payment.reference),
                PaymentMethod::Vnpay => format!("Trực tuyến qua VNPAY, giao dịch {}", payment.reference),
            },
            paid_at: moment(payment.at),
            check_url: self.check_url(&d),
        };
        self.print(move |papers| papers.money_receipt(&data)).await
    }

    /// The filled-in form.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn filled_form(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        masked_for(actor)?;
        let procedure = self.procedure(&d.procedure)?;
        let sections = procedure
            .form_at(d.form_version)
            .display(&d.answers, self.catalogue().registers(), Lang::Vi);
        let row = |r: motcua_model::form::Row| Item {
            label: r.label,
            value: r.value,
        };
        let data = FilledForm {
            head: self.agency_head(&d.agency, d.code.as_str(), "", d.filed_at),
            service: procedure.sheet.name.vi.clone(),
            sections: sections
                .into_iter()
                .map(|s| FormSection {
                    title: s.title,
                    rows: s.rows.into_iter().filter(|r| !r.value.is_empty()).map(row).collect(),
                })
                .collect(),
            papers: self.paper_items(&d)?,
            person: d.applicant.name.clone(),
            check_url: self.check_url(&d),
        };
        self.print(move |papers| papers.filled_form(&data)).await
    }

    /// Request to supplement.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also when nothing was asked.
    pub async fn supplement_slip(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        let request = d.supplements.last().ok_or(Refusal::NotFound)?;
        let data = SupplementSlip {
            head: self.one_stop_head(&d.agency, d.code.as_str(), number_of(&d, "supplement_requested"), request.at),
            person: d.applicant.name.clone(),
            address: d.applicant.address.clone(),
            phone: phone(&d),
            service: self.procedure(&d.procedure)?.sheet.name.vi.clone(),
            lacks: request
                .lacks
                .iter()
                .map(|l| Item {
                    label: l.label.clone(),
                    value: l.reason.clone(),
                })
                .collect(),
            by: request.by.clone(),
            contact: self.contact(&d),
            check_url: self.check_url(&d),
        };
        self.print(move |papers| papers.supplement_slip(&data)).await
    }

    /// Refusal.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also when it was not refused.
    pub async fn refusal_slip(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        let refused = d.moments.iter().find(|m| m.kind == "refused").ok_or(Refusal::NotFound)?;
        let data = RefusalSlip {
            head: self.one_stop_head(&d.agency, d.code.as_str(), &refused.paper, refused.at),
            person: d.applicant.name.clone(),
            address: d.applicant.address.clone(),
            phone: phone(&d),
            service: self.procedure(&d.procedure)?.sheet.name.vi.clone(),
            reason: refused.note.clone(),
            legal_basis: self.procedure(&d.procedure)?.sheet.legal_basis.clone(),
            decided: false,
            by: refused.by.clone(),
            contact: self.contact(&d),
            check_url: self.check_url(&d),
        };
        self.print(move |papers| papers.refusal_slip(&data)).await
    }

    /// Apology with a new date (paper 04).
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not view the dossier.
    pub async fn apology_slip(&self, actor: &Actor, id: DossierId, apology: Apology) -> Result<Vec<u8>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        let received = day_in_words(local(d.accepted_at.unwrap_or(d.filed_at)).date());
        let data = ApologySlip {
            head: self.agency_head(&d.agency, d.code.as_str(), &apology.number, apology.at),
            person: d.applicant.name.clone(),
            service: self.procedure(&d.procedure)?.sheet.name.vi.clone(),
            agency: self.agency_name(&d.agency),
            received: received[..1].to_uppercase() + &received[1..],
            old_due: moment(apology.old_due),
            new_due: moment(apology.new_due),
            reason: apology.reason,
            at_fault: apology.at_fault.map_or_else(String::new, |a| self.agency_name(&a)),
            by: apology.by,
            contact: self.contact(&d),
            check_url: self.check_url(&d),
        };
        self.print(move |papers| papers.apology_slip(&data)).await
    }

    /// The result as it was approved and signed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] before it is approved; for the citizen [`Refusal::WrongStatus`] before it is given to her, and
    /// [`Refusal::SignaturePending`] while it waits for a signature.
    pub async fn result_file(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        let result = d.result.as_ref().ok_or(Refusal::NotFound)?;
        if !actor.role.is_officer() && d.returned.is_none() {
            return Err(Refusal::WrongStatus {
                status: d.status.as_str(),
            }
            .into());
        }
        if !actor.role.is_officer() && result.awaits_signature() {
            return Err(Refusal::SignaturePending.into());
        }
        Ok(self.store().files().read(result.hash).await?)
    }

    /// A paper of a dossier, or of a draft of the actor's own, to be streamed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn paper_file(&self, actor: &Actor, id: DossierId, hash: FileHash) -> Result<(Paper, tokio::fs::File)> {
        let papers = match self.store().draft(id).await? {
            Some(draft) if draft.owner == actor.account => draft.body.papers,
            Some(_) => return Err(Refusal::NotFound.into()),
            None => {
                let d = self.load(actor, id, Action::View).await?.dossier;
                masked_for(actor)?;
                let answered = d.opinions.into_iter().filter_map(|o| o.given?.paper);
                d.papers.into_iter().chain(answered).collect()
            }
        };
        let paper = papers.into_iter().find(|p| p.hash == hash).ok_or(Refusal::NotFound)?;
        Ok((paper, self.store().files().stream(hash).await?))
    }

    /// A picture by which a delivery of the dossier is proved, with its media type.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn proof_picture(&self, actor: &Actor, id: DossierId, hash: FileHash) -> Result<(&'static str, Vec<u8>)> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        masked_for(actor)?;
        let pictures = |p: &motcua_model::dossier::Parcel| p.proof().map(|x| [x.photo, x.signature]);
        if !d.parcels.iter().filter_map(pictures).flatten().any(|h| h == Some(hash)) {
            return Err(Refusal::NotFound.into());
        }
        let bytes = self.store().files().read(hash).await?;
        let png = bytes.starts_with(b"\x89PNG");
        Ok((if png { "image/png" } else { "image/jpeg" }, bytes))
    }

    /// Makes the result paper from the procedure's template.
    pub(crate) async fn result_paper(&self, d: &Dossier, leader: &Actor) -> Result<Vec<u8>> {
        let procedure = self.procedure(&d.procedure)?;
        let proposal = d.proposal.clone().ok_or(Refusal::ProposalMissing)?;
        let head = motcua_papers::paper::Head {
            sign_mark: self.sign_mark(&d.agency),
            ..self.agency_head(&d.agency, d.code.as_str(), d.code.as_str(), self.now())
        };
        if proposal.outcome == Outcome::Denied {
            let data = RefusalSlip {
                head,
                person: d.applicant.name.clone(),
                address: d.applicant.address.clone(),
                phone: phone(d),
                service: procedure.sheet.name.vi.clone(),
                reason: proposal.text,
                legal_basis: procedure.sheet.legal_basis.clone(),
                decided: true,
                by: leader.name.clone(),
                contact: self.contact(d),
                check_url: self.check_url(d),
            };
            return self.print(move |papers| papers.refusal_slip(&data)).await;
        }
        let own = &procedure.form_at(d.form_version).applicant;
        let personal = [&own.name, &own.person_id, &own.birth_date, &own.phone, &own.email];
        let sections = procedure
            .form_at(d.form_version)
            .display(&d.answers, self.catalogue().registers(), Lang::Vi);
        let data = ResultData {
            head,
            title: procedure.sheet.result.vi.clone(),
            person: d.applicant.name.clone(),
            person_id: d.applicant.person_id.clone(),
            birth_date: d.applicant.birth_date.clone(),
            address: d.applicant.address.clone(),
            text: proposal.text,
            rows: sections
                .into_iter()
                .flat_map(|s| s.rows)
                .filter(|r| !r.value.is_empty() && !personal.contains(&&r.field))
                .map(|r| Item {
                    label: r.label,
                    value: r.value,
                })
                .collect(),
            signer: leader.name.clone(),
            check_url: self.check_url(d),
        };
        let template = procedure.result_template.clone();
        self.print(move |papers| papers.result(&template, &data)).await
    }

    fn slip_data(&self, d: &Dossier) -> Result<ReceiptSlip> {
        let procedure = self.procedure(&d.procedure)?;
        Ok(ReceiptSlip {
            head: self.one_stop_head(
                &d.agency,
                d.code.as_str(),
                number_of(d, "accepted"),
                d.accepted_at.unwrap_or(d.filed_at),
            ),
            person: d.applicant.name.clone(),
            address: d.applicant.address.clone(),
            phone: phone(d),
            email: d.applicant.email.clone(),
            service: procedure.sheet.name.vi.clone(),
            papers: self
                .paper_items(d)?
                .into_iter()
                .map(|item| SlipPaper {
                    label: item.label,
                    count: item.value,
                    // Every paper is a file here, also one that was scanned at the counter.
                    form: "điện tử".to_owned(),
                })
                .collect(),
            sets: "1 bộ".to_owned(),
            fee: match (d.fee, d.fee_due()) {
                (0, _) => "không thu".to_owned(),
                (fee, 0) => format!("{}, đã nộp", money(fee)),
                (fee, _) => format!("{}, chưa nộp", money(fee)),
            },
            term: term(procedure.sheet.term),
            received: moment(d.accepted_at.unwrap_or(d.filed_at)),
            due: match d.due {
                Some(due) => format!("trả kết quả lúc {}", moment(due)),
                None => format!("trả lời tiếp nhận trước {}", moment(d.acknowledge_by)),
            },
            collect: match d.return_way {
                ReturnWay::Online => "tệp trong tài khoản của người nộp".to_owned(),
                ReturnWay::Counter => self
                    .catalogue()
                    .agency(&d.agency)
                    .map_or_else(String::new, |a| a.address.clone()),
                ReturnWay::Post => format!("qua bưu điện, đến {}", d.applicant.address),
            },
            contact: self.contact(d),
            received_by: d
                .moments
                .iter()
                .rfind(|m| m.kind == "accepted")
                .map_or_else(String::new, |m| m.by.clone()),
            check_url: self.check_url(d),
        })
    }

    fn paper_items(&self, d: &Dossier) -> Result<Vec<Item>> {
        let procedure = self.procedure(&d.procedure)?;
        let mut items: Vec<(String, usize)> = Vec::new();
        for paper in &d.papers {
            let label = procedure
                .form_at(d.form_version)
                .paper(&paper.kind)
                .map_or(paper.kind.as_str(), |rule| &rule.label.vi);
            match items.iter_mut().find(|(l, _)| l == label) {
                Some((_, n)) => *n += 1,
                None => items.push((label.to_owned(), 1)),
            }
        }
        Ok(items
            .into_iter()
            .map(|(label, n)| Item {
                label,
                value: n.to_string(),
            })
            .collect())
    }

    pub(crate) async fn print(
        &self,
        work: impl FnOnce(Papers) -> std::result::Result<Vec<u8>, motcua_papers::PaperError> + Send + 'static,
    ) -> Result<Vec<u8>> {
        let papers = self.inner.papers.clone();
        let made = tokio::task::spawn_blocking(move || work(papers)).await;
        Ok(made.map_err(|e| OfficeError::Internal(e.to_string()))??)
    }
}
