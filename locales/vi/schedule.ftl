# When a branch meets, and why on that day.

schedule-about = Lịch sinh hoạt chi bộ
schedule-title = Lịch sinh hoạt – { $unit }
schedule-next = Kỳ tới: { $time }, { $weekday } ngày { $date }, tại { $place } – { $why }
schedule-later = { $time }, { $weekday } ngày { $date }, tại { $place } – { $why }
schedule-no-rule = Chi bộ chưa có lịch sinh hoạt định kỳ. Đề nghị đồng chí báo bí thư chi bộ.
schedule-no-branch = Đồng chí chưa có tên trong chi bộ nào nên chưa có lịch sinh hoạt. Nếu chưa đúng, đề nghị báo Văn phòng Đảng ủy.

# Why: fragments, at the end of a line.
schedule-by-rule = theo lệ { $rule }
schedule-moved = theo lệ { $rule }; ngày { $nominal } là { $off } nên chuyển ngày
schedule-by-hand = chi bộ ấn định riêng
# The day is a Saturday or Sunday that is worked in exchange for another day.
schedule-make-up = { $why } (ngày làm bù)

# Rules: fragments, after “theo lệ”.
rule-day-of-month =
    { $day ->
        [31] ngày cuối tháng
       *[other] ngày { $day } hằng tháng
    }
rule-first-weekday = { $weekday } đầu tiên của tháng
rule-second-weekday = { $weekday } lần thứ hai trong tháng
rule-third-weekday = { $weekday } lần thứ ba trong tháng
rule-fourth-weekday = { $weekday } lần thứ tư trong tháng
rule-last-weekday = { $weekday } cuối cùng của tháng
rule-first-working-day = ngày làm việc đầu tiên của tháng
rule-last-working-day = ngày làm việc cuối cùng của tháng
# An expression of the scheduler, as an administrator typed it.
rule-cron = đặt sẵn ({ $expression })

weekday-mon = thứ Hai
weekday-tue = thứ Ba
weekday-wed = thứ Tư
weekday-thu = thứ Năm
weekday-fri = thứ Sáu
weekday-sat = thứ Bảy
weekday-sun = Chủ nhật

# Why a date is no working day, after “là”; a weekday stands for itself.
day-off-holiday = ngày nghỉ ({ $name })

# Time and place of a meeting, inside a sentence.
meeting-time = { $time }, { $weekday } ngày { $date }, tại { $place }
# The same for who has not heard that it was moved; $why is schedule-changed or schedule-place-changed.
meeting-time-moved = { $when } ({ $why })
