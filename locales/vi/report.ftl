# The mentor's monthly report. Those who are guided are candidates or, after their admission,
# probationary members, so no noun stands before $candidate.

report-about = Báo cáo theo dõi, giúp đỡ hằng tháng

# What is rated, and how; each is a button too.
aspect-politics = Chính trị tư tưởng
aspect-ethics = Đạo đức, lối sống
aspect-work = Kết quả công tác
aspect-discipline = Ý thức tổ chức kỷ luật
aspect-masses = Quan hệ quần chúng
rating-tot = Tốt
rating-kha = Khá
rating-trung_binh = Trung bình
rating-yeu = Yếu
recommendation-continue = Tiếp tục theo dõi
recommendation-source = Đưa vào nguồn
recommendation-study = Cử đi học
recommendation-dossier = Lập hồ sơ
recommendation-drop = Đưa ra khỏi nguồn
recommendation-official = Công nhận chính thức

# Which report; a button for each.
report-list = Đề nghị đồng chí chọn báo cáo:
report-choose = { $candidate } – { $state }
# The button of a prompt that asks for several.
report-about-one = Báo cáo { $candidate }
report-again-one = Như tháng trước: { $candidate }
report-state-owed = chưa báo cáo
report-state-draft = nháp
report-state-overdue = quá hạn
report-state-submitted = đã báo cáo
report-state-returned = trả lại
report-state-accepted = đã duyệt
report-nobody-guided = Hiện đồng chí không có báo cáo nào phải gửi: chưa được phân công theo dõi, giúp đỡ, hoặc chi bộ chưa có lịch họp sắp tới. Nếu chưa đúng, đề nghị đồng chí báo bí thư chi bộ.

# The questions. The month is that of the meeting the report is for.
report-head = { $candidate } – báo cáo phục vụ kỳ họp chi bộ { $month } (hạn { $due })
report-late = Đã quá hạn báo cáo. Báo cáo gửi bây giờ vẫn được nhận nhưng tính là gửi muộn, và sau khi gửi không sửa được nữa.
report-returned = Báo cáo được trả lại, cần bổ sung: “{ $reason }”
report-ask-rating = { $number }/5. { $aspect }: đồng chí đánh giá thế nào?
report-chosen = Đang chọn: { $choice }
report-ask-strengths = Ưu điểm (không bắt buộc): đề nghị đồng chí nhập nội dung, hoặc chọn “{ button-skip-text }”. Không ghi nội dung lý lịch, hồ sơ.
report-ask-weaknesses = Hạn chế (không bắt buộc): đề nghị đồng chí nhập nội dung, hoặc chọn “{ button-skip-text }”. Không ghi nội dung lý lịch, hồ sơ.
report-text-kept = Đang lưu: “{ $text }”. Nhập nội dung mới để thay, hoặc chọn “{ button-skip-text }” để giữ nguyên.
report-text-too-long = Nội dung dài { $length } ký tự, vượt mức tối đa { $limit } ký tự. Đề nghị đồng chí viết ngắn hơn và gửi lại.
report-ask-recommendation = Kiến nghị của đồng chí:
report-ask-edit = Đồng chí muốn sửa mục nào?

# The report as it will be sent, or as it was.
report-preview = Báo cáo theo dõi, giúp đỡ { $candidate } – kỳ họp chi bộ { $month }
report-line-rating = { $aspect }: { $rating }
report-line-strengths = Ưu điểm: { $text }
report-line-weaknesses = Hạn chế: { $text }
report-line-recommendation = Kiến nghị: { $recommendation }

report-saved = Đã lưu nháp báo cáo về { $candidate }, kỳ họp chi bộ { $month }. Báo cáo chưa được gửi; hạn gửi: { $due }.
report-sent = Đã gửi báo cáo về { $candidate }, kỳ họp chi bộ { $month }. Đồng chí có thể sửa đến { $due }, nếu báo cáo chưa được duyệt. Trân trọng cảm ơn đồng chí.
report-sent-late = Đã gửi báo cáo về { $candidate }, kỳ họp chi bộ { $month }, sau hạn { $due }. Trân trọng cảm ơn đồng chí.
report-sent-same = Báo cáo về { $candidate }, kỳ họp chi bộ { $month }, đã được gửi đúng như vậy từ trước nên không gửi lại. Trân trọng cảm ơn đồng chí.

# Under the thanks, before a button for each.
report-more = Đồng chí còn { $count } báo cáo chưa gửi:

# To the secretary; the report's lines stand between the two.
report-arrived = Kính gửi đồng chí { $name }. Đồng chí { $mentor } đã gửi báo cáo về { $candidate }, kỳ họp chi bộ { $month }:
report-arrived-again = Kính gửi đồng chí { $name }. Đồng chí { $mentor } đã sửa và gửi lại báo cáo về { $candidate }, kỳ họp chi bộ { $month }:
report-received = Chi bộ đã nhận { $received }/{ $all } báo cáo của kỳ họp này.

# Why not.
report-accepted = Báo cáo này đã được duyệt nên không sửa được nữa. Nếu cần bổ sung, đề nghị đồng chí báo bí thư chi bộ.
report-closed = Đã quá hạn nên báo cáo đã gửi không sửa được nữa. Nếu cần bổ sung, đề nghị đồng chí báo bí thư chi bộ.
report-incomplete = Báo cáo chưa đủ các mức đánh giá và kiến nghị. Đề nghị đồng chí bổ sung rồi gửi.
report-not-mentor = Đồng chí không còn được phân công theo dõi, giúp đỡ trường hợp này. Nếu chưa đúng, đề nghị đồng chí báo bí thư chi bộ.
report-meeting-over = Kỳ họp của báo cáo này đã diễn ra nên không báo cáo được nữa. Gõ /baocao để báo cáo cho kỳ họp tới.
report-no-last-month = Chưa có báo cáo tháng trước để dùng lại. Đề nghị đồng chí đánh giá từng mục.

# The report typed in one line.
report-line-help = Đề nghị đồng chí gõ /baocao, hoặc viết một dòng gồm mã, năm mức đánh giá và kiến nghị, ví dụ: /baocao qc-014 tốt khá tốt tốt tốt, đưa vào nguồn
report-no-such-proposal = Kiến nghị “{ $recommendation }” không phù hợp với { $candidate }, hiện là { $status }. Có thể kiến nghị: { $fitting }. Đề nghị đồng chí chọn hoặc gõ lại một trong các kiến nghị đó.
report-line-word = Chưa hiểu từ “{ $word }”. Mức đánh giá là tốt, khá, trung bình, yếu; kiến nghị là tiếp tục theo dõi, đưa vào nguồn, cử đi học, lập hồ sơ, đưa ra khỏi nguồn, công nhận chính thức. Đề nghị đồng chí viết lại.
report-line-too-many = Có nhiều hơn năm mức đánh giá. Đề nghị đồng chí viết lại đúng năm mức, ví dụ: qc-014 tốt khá tốt tốt tốt, đưa vào nguồn
report-code-not-yours = Đồng chí không có báo cáo nào phải gửi về { $code }. Gõ /baocao để xem các báo cáo của đồng chí.
