# Somebody who comes from another organisation with their file.

arrive-button = Take in a file from elsewhere
arrive-not-allowed = Only the committee and its office take in somebody who comes with a file.
arrive-elsewhere = To keep them private I do not take names and birth dates of new people on this channel. Please open the organisation's chat page, type /hoso and choose “{ arrive-button }”.
arrive-gone = This branch is not one you watch over any more. Type /hoso to choose again.
arrive-listed = { $name }, born on that day, is on the list already: { $code }, { $unit }; nothing is recorded. If they had a dossier here and left, please open it with /hoso; if they have none, their branch introduces them with /gioithieu.
arrive-listed-left = { $name }, born on that day, is on the list already: { $code }, in no branch at present; nothing is recorded. If they left and have come back, please open their dossier with /hoso, press “{ step-received }” and choose the branch, which may be the one they left.
arrive-title = Taking in somebody who comes with their file
arrive-title-of = A file from elsewhere – { $name }
arrive-at = Where does this person stand? Please choose (/huy to leave it).
arrive-at-source = In the source pool
arrive-at-certified = Has the certificate of the awareness class
arrive-at-probationary = Probationary member

# What the file says.
arrive-sourced-on = On which day were they put into the source pool there? Type day, month and year, for example: 5/11/2018 (/huy to leave it).
arrive-sourced-number = The number of the paper by which they were? For example: 05-NQ/CB (only the number, nothing of what it says).
arrive-certified-on = On which day was the certificate of the awareness class issued? It is good from that day.
arrive-certified-number = The number of the certificate? For example: 12/2018.
arrive-decided-on = On which day was the admission decided? Type day, month and year, for example: 5/11/2018 (/huy to leave it).
arrive-decided-number = The number of the decision? For example: 03-QĐ/ĐU.
arrive-admitted-on = On which day was the ceremony held? The probation counts from then.
arrive-class-on = If they attended the class for new members, type the day of the certificate; if not, choose “{ arrive-not-yet-button }”.
arrive-class-number = The number of the certificate of the class for new members? For example: 40/2018.
arrive-not-yet-button = Not yet
arrive-received-on = On which day did the file and the transfer paper arrive here? Choose, or type a date.
arrive-received-number = The number of the transfer paper? For example: 45-CV/ĐU.
arrive-day-wrong = That is no date. Please type day, month and year, for example: 5/11/2018.
arrive-day-ahead = { $on } has not come yet. Please type the day that stands in the file.
arrive-day-before = { $on } lies before the step before it ({ $step }, { $last }). Please type it again; if that step was wrong, type /huy and begin anew.
arrive-day-too-young = { $on } cannot be right for somebody born on { $born }. Please type it again.
arrive-number-wrong = That is no number of a paper: it has a figure and at most 40 characters, for example: 05-NQ/CB. Please type it again.

arrive-preview = Before it is recorded: a file from elsewhere
arrive-hint = Once recorded it cannot be taken back. Please compare it with the file, then record it (/huy to leave it).
arrive-anew-button = Tell anew what the file says
arrive-done = { $candidate } was taken in at { $unit }. What happened elsewhere is on the page and does not count in the figures here.
arrive-done-papers = Please open the dossier and note the papers that came and where they are kept.
arrive-told = Dear comrade { $name }. The committee has taken in { $candidate }, who comes to { $unit } with their file. Please let the branch assign mentors. Thank you.
arrive-mentors-button = Assign mentors

# On the page.
arrive-step = A file from elsewhere was received
told-elsewhere = elsewhere
told-elsewhere-number = paper { $number }
back-arrived = That { $candidate } was taken in from elsewhere cannot be taken back: the person and the steps before came with it. If they do not come here, the branch records “{ step-transferred }”; if something was recorded wrongly, please tell the administrator.
