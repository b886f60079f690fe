# When a branch meets, and why on that day.

schedule-about = Branch meetings
schedule-title = Meetings – { $unit }
schedule-next = Next: { $time }, { $weekday } { $date }, { $place } – { $why }
schedule-later = { $time }, { $weekday } { $date }, { $place } – { $why }
schedule-no-rule = Your branch has no regular meeting day yet. Please tell its secretary.
schedule-no-branch = You are not placed in a branch, so there are no meetings to show. If this is wrong, please tell the committee’s office.

# Why: fragments, at the end of a line.
schedule-by-rule = by rule: { $rule }
schedule-moved = by rule: { $rule }; moved because { $nominal } is { $off }
schedule-by-hand = set by the branch
# The day is a Saturday or Sunday that is worked in exchange for another day.
schedule-make-up = { $why } (a make-up working day)

# Rules: fragments, after “by rule”.
rule-day-of-month =
    { $day ->
        [31] last day of the month
       *[other] day { $day } of the month
    }
rule-first-weekday = first { $weekday } of the month
rule-second-weekday = second { $weekday } of the month
rule-third-weekday = third { $weekday } of the month
rule-fourth-weekday = fourth { $weekday } of the month
rule-last-weekday = last { $weekday } of the month
rule-first-working-day = first working day of the month
rule-last-working-day = last working day of the month
# An expression of the scheduler, as an administrator typed it.
rule-cron = as set ({ $expression })

weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

# Why a date is no working day, after “is”; a weekday stands for itself.
day-off-holiday = a day off ({ $name })

# Time and place of a meeting, inside a sentence.
meeting-time = { $time } on { $weekday } { $date }, { $place }
# The same for who has not heard that it was moved; $why is schedule-changed or schedule-place-changed.
meeting-time-moved = { $when } ({ $why })
