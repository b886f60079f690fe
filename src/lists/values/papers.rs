//! The papers of a dossier, as lists name them.

use super::{holds, words};
use crate::domain::road::Paper;

/// Words that name a paper, folded; of two that stand in one text the first in this table counts.
const NAMED: [(&[&str], Paper); 20] = [
    (&["mau 4a", "nghi quyet cong doan", "cong doan gioi thieu"], Paper::UnionResolution),
    (
        &["mau 4", "nghi quyet doan", "doan thanh nien", "gioi thieu cua doan"],
        Paper::YouthResolution,
    ),
    (&["mau 12"], Paper::LaterOpinions),
    (&["mau 13"], Paper::RecognitionResolution),
    (&["mau 15"], Paper::CommitteeRecognition),
    (&["mau 11", "nhan xet cua dang vien giup do"], Paper::MentorReview),
    (&["mau 10", "tu kiem diem"], Paper::SelfReview),
    (&["mau 1", "don", "don xin vao dang"], Paper::Application),
    (&["tham tra", "ket luan tham tra"], Paper::Verification),
    (&["ly lich dang vien"], Paper::MemberCv),
    (&["mau 2", "ly lich"], Paper::Cv),
    (&["dang vien moi"], Paper::NewMemberCertificate),
    (&["chung nhan", "nhan thuc ve dang", "cam tinh dang"], Paper::Certificate),
    (&["mau 3", "giay gioi thieu"], Paper::Introduction),
    (&["mau 5", "y kien", "noi cu tru", "tong hop y kien"], Paper::Opinions),
    (&["hoc van", "trinh do", "van bang", "bang tot nghiep"], Paper::Education),
    (&["mau 6", "nghi quyet chi bo", "nghi quyet cua chi bo"], Paper::BranchResolution),
    (&["mau 7", "bao cao"], Paper::Intermediate),
    (&["mau 8", "nghi quyet dang uy", "nghi quyet cua dang uy"], Paper::CommitteeResolution),
    (&["mau 9", "quyet dinh ket nap"], Paper::Decision),
];

/// The papers that a text names, parted by commas, semicolons or lines; what names none is left out.
pub fn papers(text: &str) -> Vec<Paper> {
    let mut out = Vec::new();
    for piece in text.split([',', ';', '\n', '+']) {
        let piece = words(piece);
        let named = NAMED.iter().find(|(any, _)| any.iter().any(|of| holds(&piece, of)));
        if let Some((_, paper)) = named
            && !out.contains(paper)
        {
            out.push(*paper);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_known_by_number_and_name() {
        let named = [
            ("Đơn xin vào Đảng (Mẫu 1); Lý lịch", &[Paper::Application, Paper::Cv][..]),
            ("mẫu 4A, mẫu 4", &[Paper::UnionResolution, Paper::YouthResolution]),
            ("Giấy chứng nhận lớp nhận thức về Đảng", &[Paper::Certificate]),
            ("Nghị quyết chi bộ\nQuyết định kết nạp", &[Paper::BranchResolution, Paper::Decision]),
            ("đã đủ", &[]),
        ];
        for (text, expected) in named {
            assert_eq!(papers(text), expected, "{text}");
        }
    }
}
