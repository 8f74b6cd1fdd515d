//! The letter to a head: what is asked, what the figures say, what to move first.

use super::Progress;
use crate::Office;
use crate::adoption::Cut;
use crate::error::Result;
use crate::letterhead::day_in_words;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::directive::{Directive, Goal, Standing};
use motcua_model::dossier::Refusal;
use motcua_model::id::{AgencyCode, DirectiveId};
use motcua_papers::Letter;
use motcua_papers::letter::LetterRow;
use motcua_papers::paper::Head;

/// Services to move first that a letter names.
const TO_MOVE: usize = 15;

fn percent(tenths: i64) -> String {
    format!("{},{} %", tenths / 10, tenths % 10)
}

fn month(month: i64) -> String {
    format!("{}/{}", month % 100, month / 100)
}

fn asked(d: &Directive) -> String {
    let of = if d.field.is_empty() {
        String::new()
    } else {
        format!(" (lĩnh vực {})", d.field)
    };
    match d.goal {
        Goal::OnlineShare => format!("ít nhất {} hồ sơ nộp trực tuyến{of}", percent(d.target)),
        Goal::LevelFourShare => format!("ít nhất {} hồ sơ nộp trực tuyến mức độ 4{of}", percent(d.target)),
        Goal::OnTimeShare => format!("ít nhất {} hồ sơ giải quyết đúng hạn{of}", percent(d.target)),
        Goal::Unused => format!("không quá {} dịch vụ mở trực tuyến mà chưa ai dùng{of}", d.target),
    }
}

fn reached(d: &Directive, p: &Progress) -> String {
    let Some(value) = p.value else {
        return "chưa có hồ sơ nào trong kỳ".to_owned();
    };
    match d.goal {
        Goal::OnlineShare => format!("{} ({} trong {} hồ sơ nộp trực tuyến)", percent(value), p.part, p.whole),
        Goal::LevelFourShare => format!("{} ({} trong {} hồ sơ)", percent(value), p.part, p.whole),
        Goal::OnTimeShare => format!("{} ({} trong {} hồ sơ đã giải quyết)", percent(value), p.part, p.whole),
        Goal::Unused => format!("{value} trong {} dịch vụ chưa ai dùng", p.whole),
    }
}

fn standing(of: Standing) -> &'static str {
    match of {
        Standing::Reached => "đạt chỉ tiêu",
        Standing::Near => "gần đạt",
        Standing::Far => "còn xa chỉ tiêu",
        Standing::NoFigures => "chưa có số liệu",
    }
}

impl Office {
    /// The letter about a directive to the head of an agency, from the figures of this moment.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an agency that is not charged, or that the reader may not see.
    pub async fn directive_letter(&self, actor: &Actor, id: DirectiveId, agency: &AgencyCode) -> Result<Vec<u8>> {
        if actor.role == Role::Leader && actor.agency.as_ref() != Some(agency) {
            return Err(Refusal::NotFound.into());
        }
        let followed = self.directive(actor, id).await?;
        let charged = followed.agencies.iter().find(|c| c.answer.agency == *agency);
        let charged = charged.ok_or(Refusal::NotFound)?;
        let (d, p) = (&followed.issued.directive, &charged.progress);
        let cut = Cut {
            from: Some(d.from),
            to: Some(d.to),
            agency: Some(agency.clone()),
            field: Some(d.field.clone()).filter(|f| !f.is_empty()),
            ..Cut::default()
        };
        let seen = self.adoption(actor, &cut).await?;
        let rows = seen.unused.iter().take(TO_MOVE).map(|u| LetterRow {
            service: self
                .catalogue()
                .service(&u.procedure)
                .map_or_else(|| u.procedure.0.clone(), |s| s.sheet.name.vi.clone()),
            counter: u.counter.to_string(),
        });
        let letter = Letter {
            head: Head {
                parent: String::new(),
                agency: "Ủy ban nhân dân tỉnh Thái Nguyên".to_owned(),
                number: String::new(),
                code: format!("Về thực hiện {}", d.number),
                place_and_date: format!("Thái Nguyên, {}", day_in_words(local(self.now()).date())),
                sign_mark: Vec::new(),
            },
            to: format!("Người đứng đầu {}", self.agency_name(agency)),
            subject: d.title.clone(),
            decision: d.number.clone(),
            period: format!("từ tháng {} đến tháng {}", month(d.from), month(d.to)),
            asked: asked(d),
            reached: reached(d, p),
            standing: standing(p.standing).to_owned(),
            answer_by: d.answer_by.strftime("%-d/%-m/%Y").to_string(),
            answered: charged.answer.plan.is_some(),
            rows: rows.collect(),
            check_url: format!("{}/bang/chi-dao/{id}", self.settings().public_url),
        };
        self.print(move |papers| papers.letter(&letter)).await
    }
}
