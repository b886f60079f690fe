# /trogiup and /toi.

help-about = How to use this assistant
help-title = How to use this assistant
help-greeting = Hello, comrade { $name }. These are the commands you can use:
help-greeting-guest = Hello { $name }. These are the commands you can use:
help-command = /{ $command } – { $about }
help-one-line = A report fits in one line: the code, five ratings and the recommendation, for example “qc-014 tốt khá tốt tốt tốt, đưa vào nguồn”.
help-plain-words = Commands also work as plain Vietnamese words, with or without accents, for example “việc của tôi”, “lich hop”.

me-about = What the system knows about you
me-title = { $name } ({ $code })
me-title-guest = { $name } ({ $code })
me-unit = Unit: { $unit }
me-office = { $office } – { $unit }
me-mentor = Mentor

# An office, before its unit.
office-secretary = Secretary
office-deputy = Deputy secretary
office-committee = Committee member
office-office = Committee’s office
office-union = Unions’ contact
