//! Proves a process: every step is reached, every path ends with an approval, the longest fits into the term, and
//! branches look at fields that are there.

use super::procedure::{Asked, Check, legal_hours};
use crate::agency::Agency;
use motcua_model::actor::Role;
use motcua_model::id::AgencyCode;
use motcua_model::procedure::Procedure;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const FILE: &str = "process.toml";

impl<'a> Check<'a> {
    pub(super) fn process(&mut self, asked: &Asked<'a>, agencies: &BTreeMap<AgencyCode, Arc<Agency>>) {
        let procedure = self.procedure;
        let steps = &procedure.process;
        let mut known = asked.clone();
        let (mut seen, mut asks) = (BTreeSet::new(), BTreeSet::new());
        for step in steps {
            if !step.role.is_officer() {
                self.add(FILE, &step.id, "vai trò sai", "viết receptionist, specialist hoặc leader");
            }
            if !seen.insert(&step.id) {
                self.add(FILE, &step.id, "hai bước trùng tên", "đặt id khác nhau");
            }
            self.asks(step, agencies, &mut asks, &mut known);
            self.fields(FILE, &step.fields, &mut known);
            self.branches(step, &known);
        }
        if steps.is_empty() {
            return self.add(FILE, "step", "quy trình không có bước nào", "thêm [[step]]");
        }
        if !steps.iter().any(|s| s.proposes) {
            let remedy = "thêm proposes = true ở bước chuyên viên";
            self.add(FILE, "step", "không bước nào đề xuất kết quả", remedy);
        }
        let mut reached = BTreeSet::new();
        let longest = self.walk(procedure, 0, &mut Vec::new(), &mut reached);
        for (i, step) in steps.iter().enumerate() {
            if !reached.contains(&i) {
                let remedy = "thêm một nhánh next dẫn tới bước này, hoặc bỏ bước";
                self.add(FILE, &step.id, "không đường nào tới bước này", remedy);
            }
            if reached.contains(&i) && procedure.ways_on(i).is_empty() && step.role != Role::Leader {
                let remedy = "để bước kết thúc là role = \"leader\"";
                self.add(FILE, &step.id, "bước cuối phải do lãnh đạo duyệt", remedy);
            }
        }
        if longest > legal_hours(procedure.sheet.term) {
            self.add(
                FILE,
                "hours",
                "tổng thời gian các bước trên đường dài nhất vượt thời hạn của thủ tục",
                "giảm giờ của các bước",
            );
        }
    }

    fn branches(&mut self, step: &motcua_model::procedure::ProcessStep, known: &Asked<'_>) {
        for (i, branch) in step.branches.iter().enumerate() {
            let last = i + 1 == step.branches.len();
            if !self.procedure.process.iter().any(|s| s.id == branch.to) {
                self.add(FILE, &step.id, "nhánh dẫn tới bước không có", "viết to = id của một bước");
            }
            if last && branch.when.is_some() {
                let remedy = "bỏ when ở nhánh cuối: nó là đường cho mọi trường hợp còn lại";
                self.add(FILE, &step.id, "có trường hợp không nhánh nào nhận", remedy);
            }
            if !last && branch.when.is_none() {
                let remedy = "thêm when, hoặc để nhánh này cuối cùng";
                self.add(FILE, &step.id, "các nhánh sau nhánh không điều kiện không bao giờ đi", remedy);
            }
            if branch.when.is_some() && branch.say.vi.trim().is_empty() {
                let remedy = "viết say = { vi = \"khi nào đi đường này\" }";
                self.add(FILE, &step.id, "nhánh chưa nói điều kiện bằng lời", remedy);
            }
            self.condition(FILE, (&step.id, "next"), branch.when.as_ref(), known);
        }
        if step.ends && !step.branches.is_empty() {
            self.add(FILE, &step.id, "bước vừa kết thúc vừa rẽ nhánh", "bỏ ends hoặc bỏ next");
        }
    }

    /// Hours of the longest path from a step; a path that comes back to a step it passed never ends.
    fn walk(&mut self, procedure: &Procedure, step: usize, path: &mut Vec<usize>, reached: &mut BTreeSet<usize>) -> u64 {
        let own = &procedure.process[step];
        if path.contains(&step) {
            let remedy = "bỏ nhánh quay lại; trả lại bước trước là việc của lãnh đạo, không phải nhánh";
            self.add(FILE, &own.id, "quy trình đi vòng, có đường không kết thúc", remedy);
            return 0;
        }
        // A process that branches wildly would be walked for ever: what was proved once is not proved again.
        if path.len() > procedure.process.len() {
            return 0;
        }
        reached.insert(step);
        path.push(step);
        let onward = procedure.ways_on(step).into_iter().map(|(_, to)| to).collect::<BTreeSet<_>>();
        let longest = onward.into_iter().map(|to| self.walk(procedure, to, path, reached)).max();
        let proposes = path.iter().any(|s| procedure.process[*s].proposes);
        if longest.is_none() && !proposes && procedure.process.iter().any(|s| s.proposes) {
            let remedy = "thêm proposes = true ở một bước trên đường này";
            self.add(FILE, &own.id, "có đường kết thúc mà không bước nào đề xuất kết quả", remedy);
        }
        path.pop();
        u64::from(own.hours) + longest.unwrap_or(0)
    }
}
