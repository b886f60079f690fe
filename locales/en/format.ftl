# How dates and people are written. $day, $month and $year are digits; $number is the month or the
# ISO weekday (1 is Monday) as a number. Days come before months: the reader works with Vietnamese papers.

format-date = { $day }/{ $month }/{ $year }
format-datetime = { $time } on { $date }
format-month =
    { $number ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
format-weekday =
    { $number ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }

# A candidate where names may not be shown, and where they may.
format-candidate-code = { $code }, { $initials }
format-namesake = { $name } ({ $by })
format-namesake-born = { $name } ({ $by }, born { $born })
format-candidate-name = { $name } ({ $code })

# Somebody a message names who is not known any more.
format-nobody = …
# In a group: for somebody who is not named there, and for what was typed if it names anybody.
format-somebody = a comrade
format-withheld = not said in a group
# What somebody typed, alone.
format-typed = { $text }
