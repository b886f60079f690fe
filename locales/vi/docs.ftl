# The words of the papers: minutes and resolutions of a branch meeting.

docs-party = ĐẢNG CỘNG SẢN VIỆT NAM
docs-number = Số { $number }
docs-dated = { $locality }, { $date }
docs-time = { $hour } giờ { $minute } phút
docs-day = ngày { $day } tháng { $month } năm { $year }
docs-open = ……………

docs-minutes-title = BIÊN BẢN
docs-minutes-about = Sinh hoạt thường kỳ { $unit } { $month }
docs-minutes-about-thematic = Sinh hoạt chuyên đề “{ $topic }” { $unit } { $month }
docs-minutes-held = Hồi { $time }, { $date }, tại { $place }, { $unit } tổ chức sinh hoạt.
docs-minutes-present = I. Thành phần
docs-members = Tổng số đảng viên: { $all } đồng chí (chính thức { $officials }, dự bị { $probationary }).
docs-present = Có mặt: { $count } đồng chí, trong đó { $officials } đảng viên chính thức.
docs-excused =
    { $count ->
        [0] Vắng có lý do: không.
       *[other] Vắng có lý do: { $count } đồng chí: { $names }.
    }
docs-unexcused =
    { $count ->
        [0] Vắng không có lý do: không.
       *[other] Vắng không có lý do: { $count } đồng chí: { $names }.
    }
docs-absent-reason = { $person } ({ $reason })
docs-chaired = Chủ trì: đồng chí { $person }.
docs-taken = Người ghi biên bản: đồng chí { $person }.
docs-minutes-content = II. Nội dung
docs-minutes-discussion = Báo cáo, thảo luận:
docs-minutes-conclusions = III. Kết luận, biểu quyết
docs-nothing-concluded = Không có.
docs-minutes-duties = IV. Phân công nhiệm vụ
docs-minutes-end = Hội nghị kết thúc hồi { $time } cùng ngày. Biên bản được đọc lại để hội nghị thông qua.

docs-member = đồng chí { $person }
docs-non-member = quần chúng { $person }
docs-conclusion = - Về { $candidate }: { $text }
docs-voted-carried = - Biểu quyết { $recommendation } { $candidate }: tán thành { $in-favour }/{ $officials } đảng viên chính thức của chi bộ, không tán thành { $against }, ý kiến khác { $other }. Chi bộ thông qua.
docs-voted-lost = - Biểu quyết { $recommendation } { $candidate }: tán thành { $in-favour }/{ $officials } đảng viên chính thức của chi bộ, không tán thành { $against }, ý kiến khác { $other }. Không được thông qua.
docs-carried = - Thống nhất { $recommendation } { $candidate } ({ $in-favour }/{ $officials } đảng viên chính thức của chi bộ tán thành).
docs-proposal-continue = việc tiếp tục theo dõi, giúp đỡ
docs-proposal-source = việc đưa vào nguồn phát triển đảng đối với
docs-proposal-study = việc cử đi học lớp bồi dưỡng nhận thức về Đảng đối với
docs-proposal-dossier = việc lập hồ sơ kết nạp đối với
docs-proposal-drop = việc đưa ra khỏi nguồn phát triển đảng đối với
docs-proposal-official = việc đề nghị công nhận đảng viên chính thức đối với
docs-duty = - Đồng chí { $person }: { $what }; hoàn thành trước hết ngày { $due }.
docs-no-duties = Không có nhiệm vụ phân công riêng.
docs-minutes-score = V. Tự đánh giá chất lượng sinh hoạt
docs-resolution-score = IV. Tự đánh giá chất lượng sinh hoạt
docs-score = Chi bộ tự chấm { $score } điểm, xếp loại { $band }.

docs-resolution-title = NGHỊ QUYẾT
docs-resolution-about = Sinh hoạt thường kỳ { $unit } { $month }
docs-resolution-about-thematic = Sinh hoạt chuyên đề “{ $topic }” { $unit } { $month }
docs-resolved = Căn cứ kết quả thảo luận, biểu quyết tại kỳ sinh hoạt { $date }, { $unit } quyết nghị:
docs-resolution-past = I. Đánh giá tình hình
docs-resolution-tasks = II. Nhiệm vụ
docs-resolution-duties = III. Phân công thực hiện

docs-taker = NGƯỜI GHI BIÊN BẢN
docs-chair = CHỦ TRÌ HỘI NGHỊ
docs-on-behalf = T/M CHI BỘ
docs-secretary = BÍ THƯ
docs-deputy = PHÓ BÍ THƯ
docs-copies = Nơi nhận:
docs-copy-above = - Đảng ủy cấp trên (để báo cáo),
docs-copy-kept = - Lưu chi bộ.
