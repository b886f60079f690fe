# How dates and people are written. $day, $month and $year are digits; $number is the month or the
# ISO weekday (1 is Monday) as a number.

format-date = { $day }/{ $month }/{ $year }
format-datetime = { $time } ngày { $date }
format-month = tháng { $number }/{ $year }
format-weekday =
    { $number ->
        [1] thứ Hai
        [2] thứ Ba
        [3] thứ Tư
        [4] thứ Năm
        [5] thứ Sáu
        [6] thứ Bảy
       *[7] Chủ nhật
    }

# A candidate where names may not be shown, and where they may.
format-candidate-code = { $code }, { $initials }
format-namesake = { $name } ({ $by })
format-namesake-born = { $name } ({ $by }, sinh năm { $born })
format-candidate-name = { $name } ({ $code })

# Somebody a message names who is not known any more.
format-nobody = …
# In a group: for somebody who is not named there, and for what was typed if it names anybody.
format-somebody = một đồng chí
format-withheld = không nêu trong nhóm
# What somebody typed, alone.
format-typed = { $text }
