//! What each paper shows. Texts come ready: names, dates and amounts as they are to be printed.

use serde::Serialize;

/// A label with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// What is on top of every paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The agency or unit above the one that issues it; may be empty (a people's committee has none above its name).
    pub parent: String,
    /// The agency or unit that issues it.
    pub agency: String,
    /// Number and symbol of the paper, such as `12/TNHS`; empty where the law numbers none.
    pub number: String,
    /// Code of the dossier; of a list, what it is called in the foot of each page.
    pub code: String,
    /// Place and date: `Thái Nguyên, ngày 30 tháng 3 năm 2020`.
    pub place_and_date: String,
    /// What the agency's digital signature shows in the top right corner, line by line: the agency, and when it signs
    /// (Decree 30/2020, annex I, part II); empty on a paper that is not signed digitally.
    pub sign_mark: Vec<String>,
}

/// Paper 01 of Circular 01/2018: slip of receipt with appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptSlip {
    /// On top.
    pub head: Head,
    /// The person.
    pub person: String,
    /// Her address.
    pub address: String,
    /// Her phone.
    pub phone: String,
    /// Her mail address; may be empty.
    pub email: String,
    /// The service.
    pub service: String,
    /// The papers.
    pub papers: Vec<SlipPaper>,
    /// How many sets of papers: `1 bộ`.
    pub sets: String,
    /// Fee, or that nothing is due.
    pub fee: String,
    /// How long the law gives.
    pub term: String,
    /// When received.
    pub received: String,
    /// When due; before acceptance, when acceptance or refusal is due.
    pub due: String,
    /// How and where the result is given.
    pub collect: String,
    /// Whom to call.
    pub contact: String,
    /// Who received it; empty before acceptance.
    pub received_by: String,
    /// Address of the check page.
    pub check_url: String,
}

/// One kind of paper on the slip of receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlipPaper {
    /// Name.
    pub label: String,
    /// How many.
    pub count: String,
    /// In what form it came: `bản điện tử`, `bản chính`, `bản sao`.
    pub form: String,
}

/// Paper 02: request to supplement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupplementSlip {
    /// On top.
    pub head: Head,
    /// The person.
    pub person: String,
    /// Her address.
    pub address: String,
    /// Her phone.
    pub phone: String,
    /// The service.
    pub service: String,
    /// What lacks, and why.
    pub lacks: Vec<Item>,
    /// Who asks.
    pub by: String,
    /// Whom to call.
    pub contact: String,
    /// Address of the check page.
    pub check_url: String,
}

/// Paper 03: refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusalSlip {
    /// On top.
    pub head: Head,
    /// The person.
    pub person: String,
    /// Her address.
    pub address: String,
    /// Her phone.
    pub phone: String,
    /// The service.
    pub service: String,
    /// Why.
    pub reason: String,
    /// Articles of law that the procedure rests on.
    pub legal_basis: Vec<String>,
    /// Whether the leader decided it on the merits; else the one-stop did not accept it.
    pub decided: bool,
    /// Who refuses.
    pub by: String,
    /// Whom to call.
    pub contact: String,
    /// Address of the check page.
    pub check_url: String,
}

/// Paper 04: apology with a new date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApologySlip {
    /// On top.
    pub head: Head,
    /// The person.
    pub person: String,
    /// The service.
    pub service: String,
    /// The agency that settles it, as said in a sentence.
    pub agency: String,
    /// When it was received, as the beginning of a sentence: `Ngày 30 tháng 3 năm 2020`.
    pub received: String,
    /// When the result was promised.
    pub old_due: String,
    /// When it is promised now.
    pub new_due: String,
    /// Why it is late.
    pub reason: String,
    /// Which agency made it late; empty where it is the one that apologises.
    pub at_fault: String,
    /// Who signs.
    pub by: String,
    /// Whom to call.
    pub contact: String,
    /// Address of the check page.
    pub check_url: String,
}

/// Receipt of fees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoneyReceipt {
    /// On top.
    pub head: Head,
    /// Its number.
    pub number: String,
    /// Who paid.
    pub person: String,
    /// What for.
    pub service: String,
    /// Amount as printed: `15.000 đồng`.
    pub amount: String,
    /// Amount in words.
    pub amount_in_words: String,
    /// How: cash, VNPAY.
    pub method: String,
    /// When.
    pub paid_at: String,
    /// Address of the check page.
    pub check_url: String,
}

/// The filled-in form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilledForm {
    /// On top.
    pub head: Head,
    /// The service.
    pub service: String,
    /// The answers, section by section.
    pub sections: Vec<FormSection>,
    /// The papers.
    pub papers: Vec<Item>,
    /// The person.
    pub person: String,
    /// Address of the check page.
    pub check_url: String,
}

/// A section of the filled-in form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormSection {
    /// Heading.
    pub title: String,
    /// Answers.
    pub rows: Vec<Item>,
}

/// What a result's template gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultData {
    /// On top.
    pub head: Head,
    /// Name of the paper, as printed in capitals by the layout.
    pub title: String,
    /// The person.
    pub person: String,
    /// Identity number.
    pub person_id: String,
    /// Date of birth.
    pub birth_date: String,
    /// Address.
    pub address: String,
    /// What is certified, or why it is denied.
    pub text: String,
    /// The answers that matter, as label and value.
    pub rows: Vec<Item>,
    /// Who approved.
    pub signer: String,
    /// Address of the check page.
    pub check_url: String,
}

impl ResultData {
    /// A result of nobody's, to try a template with.
    #[must_use]
    pub fn sample() -> Self {
        let item = |label: &str, value: &str| Item {
            label: label.to_owned(),
            value: value.to_owned(),
        };
        Self {
            head: Head {
                parent: "Ủy ban nhân dân huyện Võ Nhai".to_owned(),
                agency: "Ủy ban nhân dân xã Sảng Mộc".to_owned(),
                number: "000.24.12.H55-200330-0001".to_owned(),
                code: "000.24.12.H55-200330-0001".to_owned(),
                place_and_date: "Sảng Mộc, ngày 30 tháng 3 năm 2020".to_owned(),
                sign_mark: Vec::new(),
            },
            title: "Giấy xác nhận".to_owned(),
            person: "Nông Thị Hoa".to_owned(),
            person_id: "019185001234".to_owned(),
            birth_date: "30/03/1985".to_owned(),
            address: "Xóm Khuổi Mèo, xã Sảng Mộc, huyện Võ Nhai".to_owned(),
            text: "Đủ điều kiện.".to_owned(),
            rows: vec![item("Dân tộc", "Nùng"), item("Mục đích", "Vay vốn")],
            signer: "Lý Văn Thắng".to_owned(),
            check_url: "http://127.0.0.1:8080/kiem-tra/000.24.12.H55-200330-0001".to_owned(),
        }
    }
}
