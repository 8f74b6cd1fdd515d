//! Proves what the steps of a process ask others: the agency is there, somebody answers, the time lies within the step's.

use super::procedure::{Asked, Check};
use crate::agency::Agency;
use motcua_model::dossier::Silence;
use motcua_model::form::FieldKind;
use motcua_model::id::AgencyCode;
use motcua_model::procedure::{AgencyKind, Ask, ProcessStep};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const FILE: &str = "process.toml";

impl<'a> Check<'a> {
    /// What a step asks; `known` are the fields that stand before it, and get those that come with the answers.
    pub(super) fn asks(
        &mut self,
        step: &'a ProcessStep,
        agencies: &BTreeMap<AgencyCode, Arc<Agency>>,
        names: &mut BTreeSet<&'a str>,
        known: &mut Asked<'a>,
    ) {
        for ask in &step.asks {
            if !super::procedure::plain(&ask.id, b'-') || !names.insert(&ask.id) {
                let remedy = "đặt id riêng cho mỗi ý kiến của thủ tục: chữ thường không dấu, số, dấu gạch nối";
                self.add(FILE, &ask.id, "tên ý kiến trùng hoặc sai", remedy);
            }
            if ask.name.vi.trim().is_empty() {
                self.add(
                    FILE,
                    &ask.id,
                    "ý kiến chưa có tên",
                    "viết name = { vi = \"xin ý kiến về việc gì\" }",
                );
            }
            if !ask.role.is_officer() {
                let remedy = "viết role = receptionist, specialist hoặc leader";
                self.add_at(FILE, (&ask.id, "role"), "không rõ ai trả lời", remedy);
            }
            if ask.hours == 0 || ask.hours > step.hours {
                let remedy = "ghi hours từ 1 đến số giờ của bước";
                self.add_at(FILE, (&ask.id, "hours"), "thời gian trả lời vượt thời gian của bước", remedy);
            }
            self.condition(FILE, (&ask.id, "when"), ask.when.as_ref(), known);
            if ask.when.is_some() && ask.say.vi.trim().is_empty() {
                let remedy = "viết say = { vi = \"khi nào hỏi\" }";
                self.add(FILE, &ask.id, "chưa nói bằng lời khi nào hỏi", remedy);
            }
            self.partner(ask, agencies);
        }
        // Nothing that comes with one answer can decide whether another is asked: all are asked at once.
        for ask in &step.asks {
            self.fields(FILE, &ask.fields, known);
            self.payment(ask);
        }
        if let Some(n) = step.answers
            && (n == 0 || usize::try_from(n).unwrap_or(usize::MAX) > step.asks.len())
        {
            let remedy = "ghi answers từ 1 đến số ý kiến của bước, hoặc bỏ answers để chờ đủ";
            self.add_at(FILE, (&step.id, "answers"), "số ý kiến cần có không đúng", remedy);
        }
    }

    fn partner(&mut self, ask: &Ask, agencies: &BTreeMap<AgencyCode, Arc<Agency>>) {
        match (&ask.agency, ask.agency_kind) {
            (Some(_), Some(_)) => {
                let remedy = "chỉ ghi một: agency là mã của đúng một cơ quan, agency_kind là cơ quan loại ấy ở nơi có hồ sơ";
                self.add(FILE, &ask.id, "hỏi hai cơ quan trong một ý kiến", remedy);
            }
            (Some(code), None) if !agencies.contains_key(code) => {
                self.add_at(
                    FILE,
                    (&ask.id, "agency"),
                    "không có cơ quan này",
                    "dùng mã trong agencies.toml",
                );
            }
            (None, Some(AgencyKind::Department)) => {
                self.add(FILE, &ask.id, "không rõ sở nào", "ghi agency = mã trong agencies.toml");
            }
            (None, Some(kind)) if !agencies.values().any(|a| a.kind == kind) => {
                let remedy = "thêm cơ quan loại này vào agencies.toml, hoặc đổi agency_kind";
                self.add_at(FILE, (&ask.id, "agency_kind"), "không có cơ quan nào loại này", remedy);
            }
            (None, Some(_)) if self.procedure.form.applicant.address.is_empty() => {
                let what = "cần một ô địa chỉ để biết hỏi cơ quan ở đâu";
                let remedy = "thêm ô kind = \"address\" và ghi tên ô ở applicant.address";
                self.add(FILE, &ask.id, what, remedy);
            }
            _ => {}
        }
    }

    fn payment(&mut self, ask: &Ask) {
        if ask.payment.is_empty() {
            return;
        }
        let money = |f: &motcua_model::form::Field| f.id == ask.payment && matches!(f.kind, FieldKind::Money { .. });
        if !ask.fields.iter().any(money) {
            let remedy = "ghi tên một ô kind = money của chính ý kiến này";
            self.add_at(FILE, (&ask.id, "payment"), "không có ô số tiền này", remedy);
        }
        if ask.silence == Silence::Agrees {
            let remedy = "bỏ silence: không có thông báo thì không biết phải nộp bao nhiêu";
            self.add_at(
                FILE,
                (&ask.id, "silence"),
                "ý kiến có khoản phải nộp mà im lặng coi như đồng ý",
                remedy,
            );
        }
    }
}
