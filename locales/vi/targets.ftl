# /chitieu: what is expected of the branches in a year, and how far they are.

target-about = Chỉ tiêu của các chi bộ và kết quả
target-kind-admissions = kết nạp
target-kind-source = đưa vào nguồn
target-amount = { $count }
target-no-amount = chưa có

# The table. $bar is drawn: ▮ done, ▯ missing.
target-title = Chỉ tiêu phát triển đảng năm { $year }
target-section = Chỉ tiêu { $kind }:
target-line-admissions = { $unit }: { $bar } đã kết nạp { $done }/{ $target }, đang trình { $coming }, còn thiếu { $missing }
target-line-source = { $unit }: { $bar } đã đưa vào nguồn { $done }/{ $target }, còn thiếu { $missing }
target-sum = Cộng { $branches } chi bộ có chỉ tiêu: { $bar } { $done }/{ $target } ({ $share }), còn thiếu { $missing }
target-without = Chưa có chỉ tiêu: { $units }
target-without-done = { $unit } (đã thực hiện { $done })
target-branch-title = Chỉ tiêu năm { $year } – { $unit }
target-none-yet = Chưa có chỉ tiêu { $kind }; đã thực hiện { $done }
target-hint = Đặt nhanh bằng một dòng, ví dụ: /chitieu phòng 1 2027 2 (kết nạp), /chitieu phòng 1 2027 nguồn 3, /chitieu phòng 1 2027 bỏ.
target-year-button = Năm { $year }
target-look-button = Xem chỉ tiêu
target-unit-button = { $unit }
button-target-set = Đặt chỉ tiêu
button-target-changes = Lịch sử thay đổi

# Who set what.
target-changes-title = Thay đổi chỉ tiêu năm { $year }
target-changes-none = Chưa có thay đổi nào.
target-change = { $at }: { $unit }, chỉ tiêu { $kind } năm { $year }: { $to }
target-change-by = { $change } (đồng chí { $by })

# Setting one.
target-ask-unit = Đặt chỉ tiêu năm { $year } cho chi bộ nào? Đề nghị đồng chí chọn, hoặc gõ tên chi bộ.
target-ask-amount = Chỉ tiêu { $kind } năm { $year } của { $unit } (hiện nay: { $was }) là bao nhiêu? Đề nghị đồng chí gõ một số, hoặc gõ “bỏ” để bỏ chỉ tiêu.
target-other-kind = Chỉ tiêu { $kind }
target-odd-title = Chỉ tiêu { $kind } năm { $year } của { $unit }: { $to }. Xin đồng chí lưu ý:
target-year-over = năm { $year } đã qua;
target-more-than-there-are = chi bộ hiện có { $count } quần chúng, trong năm đã thực hiện { $done }: chỉ tiêu lớn hơn số người có thể.
target-ask-anyway = Đồng chí vẫn đặt chỉ tiêu này?
button-target-anyway = Vẫn đặt
button-target-change = Gõ số khác
target-withdrawn = Đã bỏ chỉ tiêu { $kind } năm { $year } của { $unit } (trước đó: { $from }).
target-set = Đã đặt chỉ tiêu { $kind } năm { $year } của { $unit }: { $to } (trước đó: { $from }).
target-same-none = Chưa có chỉ tiêu { $kind } năm { $year } của { $unit }; không có gì thay đổi.
target-same = Chỉ tiêu { $kind } năm { $year } của { $unit } đã là { $to }; không có gì thay đổi.
target-changed-meanwhile = Trong lúc đó, đồng chí { $by } đã đặt chỉ tiêu { $kind } năm { $year } của { $unit } là { $to } lúc { $at }. Chưa ghi số của đồng chí; đề nghị xem lại.
target-told-withdrawn = Kính gửi đồng chí { $name }. Đảng ủy không giao chỉ tiêu { $kind } năm { $year } cho { $unit } nữa (trước đó: { $from }). Trân trọng.
target-told = Kính gửi đồng chí { $name }. Đảng ủy giao { $unit } chỉ tiêu { $kind } năm { $year }: { $to } (trước đó: { $from }). Trân trọng.

# Why not.
target-negative = Chỉ tiêu không thể là số âm. Đề nghị đồng chí gõ một số từ 0 trở lên.
target-too-many = Chỉ tiêu của một chi bộ không quá { $limit } một năm. Đề nghị đồng chí gõ lại.
target-odd = “{ $typed }” không phải là một số nguyên. Đề nghị đồng chí gõ lại, ví dụ: 2.
target-year-far = Không đặt hoặc xem được chỉ tiêu năm { $year }; chỉ từ năm { $first } đến năm { $last }.
target-which-unit = Đề nghị đồng chí ghi cả tên chi bộ, ví dụ: /chitieu phòng 1 2027 2
target-no-unit = Trong phạm vi đồng chí được xem không có chi bộ nào ứng với “{ $words }”. Đề nghị đồng chí gõ tên hoặc một phần tên chi bộ, ví dụ: /chitieu phòng 1 2027 2
target-several = Có nhiều chi bộ phù hợp: { $units }. Đề nghị đồng chí ghi rõ hơn.
target-not-yours = Chỉ tiêu do cấp ủy viên, Văn phòng Đảng ủy đặt; đồng chí xem được chỉ tiêu và kết quả của chi bộ mình bằng /chitieu.
target-not-allowed = Chỉ bí thư, phó bí thư, cấp ủy viên và Văn phòng Đảng ủy được xem chỉ tiêu.
