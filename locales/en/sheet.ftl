# /hop: the meeting of a branch, from the eve to the closing.

sheet-about = Hold the branch's meeting and keep its sheet
sheet-title = Meeting sheet – { $unit }, { $what }, { $date }
sheet-ahead = { $unit } – towards the meeting at { $when }
sheet-which = Please choose the branch:
sheet-branch = { $unit }
sheet-back = Back
sheet-continue = Meeting sheet

# What stands on it.
sheet-roll = Roll: { $present }/{ $all } members present, { $voters } of them official; excused { $excused }, absent without reason { $unexcused }
sheet-roll-open =
    { $silent ->
        [0] The roll has not been called. By what was answered: { $present }/{ $all } members present, { $voters } of them official; excused { $excused }.
       *[other] The roll has not been called. Answered: coming { $coming }, excused { $excused }; no answer from { $silent }, taken to be present. That makes { $present }/{ $all } members present, { $voters } of them official.
    }
sheet-roll-noted = Roll call, not saved yet: { $present }/{ $all } members present, { $voters } of them official; excused { $excused }, absent without reason { $unexcused }
sheet-absent = { $person }: { $presence }
sheet-absent-reason = { $person }: { $presence } (“{ $reason }”)
sheet-chair = In the chair: { $person }
sheet-chair-open = In the chair: not chosen yet
sheet-taker = Taking the minutes: { $person }
sheet-taker-open = Taking the minutes: not chosen yet
sheet-conclusion = { $candidate } – conclusion: { $text }
sheet-proposed = { $candidate } – proposed: { $recommendation } (no vote yet)
sheet-voted-carried = { $candidate } – { $recommendation }: in favour { $in-favour }, against { $against }, other { $other }. Carried: more than { $percent }% of the branch's { $officials } official members are in favour (Party Charter, Article 9).
sheet-voted-lost = { $candidate } – { $recommendation }: in favour { $in-favour }, against { $against }, other { $other }. Not carried: more than { $percent }% of the branch's { $officials } official members must be in favour (Party Charter, Article 9).
sheet-duty = { $person }: { $what } – by { $due }
sheet-duty-overdue = { $person }: { $what } – overdue since { $due }
sheet-left-open = Still to be done from earlier meetings:
sheet-score = Own score: { $score }, { $band }
sheet-score-open = Own score: not given yet
sheet-paper = { $kind } no. { $number }
sheet-fetch = Fetch the { $kind } (Word)

presence-present = present
presence-excused = excused
presence-unexcused = absent without reason
band-tot = good
band-kha = fair
band-trung_binh = average
band-kem = poor
paper-minutes = Minutes
paper-resolution = Resolution

# Its buttons.
sheet-roll-button = Roll call
sheet-chair-button = Chair
sheet-taker-button = Minute-taker
sheet-case-button = Conclusion on { $candidate }
sheet-duties-button = Tasks
sheet-score-button = Own score
sheet-close-button = Close the meeting
sheet-ahead-button = The meeting ahead
sheet-last-button = The meeting before

# The roll call.
sheet-roll-hint = Tap a name to change it: present → excused → absent without reason. Then tap “Save the roll”.
sheet-all-present = All present
sheet-save-roll = Save the roll
sheet-mark = { $person } – { $presence }
sheet-person = { $person }
sheet-ask-chair = Who is in the chair?
sheet-ask-taker = Who takes the minutes?

# Of one candidate.
sheet-case-title = Conclusion on { $candidate }
sheet-case-report = { $mentor }: { $ratings }; recommendation: { $recommendation }
sheet-case-no-report = { $mentor }: no report yet
sheet-conclude = Write the conclusion
sheet-propose = Propose: { $recommendation }
sheet-vote = Vote
sheet-ask-conclusion = Please type the branch's conclusion on { $candidate }:
sheet-ask-votes = Vote on { $candidate }: { $recommendation }. { $voters } official members are present. Please type how many are in favour, against, of another opinion, for example: 6 0 1, or: 6 in favour 1 other.
# What was noted of this vote before; another number takes its place.
sheet-votes-noted = Noted so far: { $in-favour } in favour, { $against } against, { $other } other. New numbers take their place.
sheet-unanimous = All { $voters } in favour
sheet-vote-sum = { $in-favour } in favour + { $against } against + { $other } other = { $sum }, but { $voters } official members are present. Only official members vote (Party Charter, Article 3). Please check and type it again.
sheet-vote-negative = A number of votes cannot be below 0. Please type those in favour, against and other again, for example: 6 0 1.
sheet-vote-no-roll = The roll has not been called, so nobody knows how many official members are present; only official members vote (Party Charter, Article 3). Please call the roll first.
sheet-no-such-proposal = This cannot be proposed here: for a probationary member only continuing or recognition as an official member, and never the latter for a non-member. Please choose another proposal.
sheet-vote-no-proposal = There is nothing to vote on yet. Please choose a proposal first.

# What members are given to do.
sheet-duties-title = Tasks
sheet-ask-whom = Who is given a task?
sheet-take-back = Remove: { $what }
sheet-ask-what = What is { $person } to do?
sheet-ask-until = { $person }: “{ $what }”. By which day? For example: 20/12, thứ 6, thứ 6 tuần sau.
sheet-date-past = { $due } is past (today is { $today }). Please type a day from today on.
sheet-text-length = The text must not be empty and not longer than { $limit } characters. Please write it again.
duty-done-button = Done: { $what }
duty-done = Noted as done: “{ $what }”. Thank you.
duty-others = My other tasks
duty-told = Dear comrade { $name }. The meeting of { $unit } gave you to do:
duty-told-how = When it is done, please type /viec and tap “Done”. Thank you.
duty-not-yours = This task is not yours, or not there any more. Type /viec to see yours.
duty-was-done = This task is already noted as done.

# The branch's own score.
sheet-ask-score = Which score does the branch give this meeting (0 to { $full })? From { $good }: good; from { $fair }: fair; from { $average }: average; below { $average }: poor.
sheet-score-range = The score is a whole number from 0 to { $full }. Please type it again.

# The closing.
sheet-ask-close = After the closing the sheet cannot be changed any more, and minutes and resolution get their numbers. Close the meeting?
sheet-number-button = Number: { $kind }
sheet-ask-number = { $kind }: which number does it get for this meeting? (In order: { $next }.) If the branch had issued papers in this term before it began to use the assistant, please type the next number, for example 5 or 05; later ones go on from there.
sheet-number-used = { $number } cannot be used: in this term the numbers of this kind ({ $kind }) were given up to { $last }, each only once. Please type { $next } or a higher one.
sheet-close-now = Confirm the closing
sheet-close-missing = The meeting cannot be closed yet. Still missing: { $missing }.
sheet-missing-roll = the roll call
sheet-missing-chair = who is in the chair
sheet-missing-taker = who takes the minutes
sheet-missing-votes = a new vote on { $candidate } ({ $sum } voices were noted, { $voters } official members are present now)
sheet-close-early = The meeting begins at { $at }, so it cannot be closed yet.
sheet-was-closed = The meeting of { $month } was closed by { $by } at { $at }; its sheet cannot be changed any more.
sheet-was-closed-before = The meeting of { $month } is closed; its sheet cannot be changed any more.

# Why not.
sheet-not-leader = The meeting's sheet is kept by the secretary or deputy of the branch. You can type /lichhop for the meetings and /viec for your own tasks.
sheet-too-early = The sheet opens on the day of the meeting (the branch meets at { $at }). Type /hop for the reports and the draft agenda.
sheet-no-meeting = { $unit } has no meeting ahead.
sheet-no-member = This person is not on the meeting's list. Type /hop to see the sheet again.
sheet-cannot-chair = Only an official member who is present can be in the chair. Please choose again, or correct the roll if they have come.
sheet-cannot-take = Only a member who is present can take the minutes. Please choose again, or correct the roll if they have come.
sheet-namesakes = Several members have this name: { $people }. Please type the full name or the code.
sheet-thematic-no-case = A thematic meeting concludes nothing on candidates; that is the regular meetings’ business. Type /hop to see the sheet again.
sheet-no-case = Nobody is guided under this code in the meeting's branch now. Type /hop to see the sheet again.
