# /caidat: what a person chooses for themselves.

settings-about = Settings: language, quiet hours, channel
settings-title = Your settings
settings-language = Language: { $language }
settings-rest = Quiet hours: { $hours }
settings-account = First written to on: { $account }

# Each language is named in itself.
settings-vietnamese = Tiếng Việt
settings-english = English
settings-speak = Change to { $language }
settings-change-hours = Change the quiet hours
settings-change-account = Change the channel

# Quiet hours: nothing but answers is sent from $from to $to.
settings-hours-usual = { $from } to { $to } (the organisation's)
settings-hours-own = { $from } to { $to }
settings-hours-none = none, messages come at any hour
settings-ask-hours = In quiet hours reminders are held and sent when they end; answers to you still come at once. Now: { $hours }. Please choose, or type when they begin and end, for example: 22h-6h.
settings-as-usual = As the organisation: { $hours }
settings-no-hours = No quiet hours

# What is wrong with hours that were typed.
settings-hours-unclear = I do not understand “{ $typed }”. Please type when they begin and end on a 24-hour clock, for example: 22h-6h or 21:30-06:00; type “none” to get messages at any hour.
settings-hours-one = That is only when they begin, { $from }; when they end is missing. Please type both, for example: 22h-6h.
settings-hours-no-time = There is no time “{ $typed }”. Hours go from 0 to 24, minutes from 0 to 59. Please type it again, for example: 22h-6h.
settings-hours-same = They begin and end at { $time }. Please type two different times, for example: 22h-6h.

# Which account is written to first.
settings-ask-account = Where should reminders go first? What cannot be delivered there goes to another channel of yours.
settings-account-button = { $account }
settings-account-gone = This channel cannot reach you any more. Type /caidat to choose another.
# The second account in the same place.
settings-at-number = { $place } ({ $number })
settings-hours-too-long = Quiet hours from { $from } to { $to } are longer than { $limit } hours: reminders of meetings and reports could not reach you in time. Please type fewer, for instance: 21h-6h30.
