# /nhac: the proof of a meeting's reminders, reminding by hand, and the ladder.

nudge-about = Follow up: who was reminded, who has not reported
nudge-overview = Following up reports – the branches
nudge-unit-button = Follow up { $unit }
nudge-title = Following up – { $unit }, meeting of { $month }

# Of the reports, and of the mentors reminded of them; a line for each follows.
nudge-reports = Reports: { $received } of { $all } received (due { $due }).
nudge-mentors =
    { $all ->
        [0] Reminders of reports: nobody owes one for this meeting.
       *[other] Reminders of reports to { $all }: { $counts }.
    }
nudge-meeting = Branch meeting at { $at }.
nudge-members =
    { $all ->
        [0] Nobody has been reminded of the meeting yet.
       *[other] Reminders of the meeting to { $all }: { $counts }.
    }
# Those above who were told what is owed.
nudge-above = Told to { $all } who follow up: { $counts }.
nudge-line = { $name }: { $state }
nudge-line-group = The branch's group: { $state }

# What became of a reminder.
proof-done = has sent all reports
proof-acknowledged = responded at { $at }
proof-sent = sent at { $at }, no response
proof-waiting = waits to be sent at { $at }
proof-not-yet = not reminded yet
proof-unsent = not sent, because it was too late or not wanted any more
proof-instead = could not be reached; { $person } was told instead at { $at }
proof-unreachable = could not be reached; please tell them in person
proof-unreachable-told = could not be reached; { $person } was told

# How many came to what, in a list.
proof-count-unreachable = { $count } could not be reached
proof-count-unsent = { $count } not sent
proof-count-instead = { $count } went to somebody else
proof-count-waiting = { $count } waiting
proof-count-sent = { $count } sent, no response
proof-count-acknowledged = { $count } responded
proof-count-done = { $count } with all reports sent

# Reminding by hand; a line for each mentor.
nudge-owing-button = Remind those who owe reports
    .word = NUDGE
nudge-sent = { $name }: reminded
nudge-held = { $name }: in quiet hours, the message goes at { $at }
nudge-was-today = { $name }: was reminded today at { $at }; once a day is the limit
nudge-unreachable = { $name }: cannot be reached; please remind them in person
nudge-none-owed = All reports for this meeting have been sent; nobody needs to be reminded.

# To the mentor; an item for each report still to be sent follows.
nudge-request = Dear comrade { $name }. { $by } asks you to send your report for the branch meeting of { $month }, before { $due }, on:
nudge-request-overdue = Dear comrade { $name }. { $by } asks you to send at once your report for the branch meeting of { $month } (it was due { $due }) on:

# Why not.
nudge-not-allowed = Only the secretary and deputy of the branch, committee members and the committee's office may see and do this.
nudge-no-unit = Among the branches you watch none is “{ $words }”. Type /nhac to see the branches.
nudge-no-meeting = { $unit } has no meeting to follow up.
nudge-meeting-over = The meeting of these reports has begun, so nobody can be reminded any more.
nudge-own = Only your own report is missing. Type /baocao to send it.

# The ladder: to those above the mentors; an item for each report not sent follows.
ladder-owed = Dear comrade { $name }. { $unit } still has reports for the meeting of { $month } that are overdue ({ $due }) and have not been sent; please follow them up:
ladder-owed-after = Dear comrade { $name }. The meeting of { $unit } in { $month } has been held, and these reports (due { $due }) were not sent; please take note and give directions:

# In a dry run: it falls due at $due.
plan-snoozed = again, as was asked; before at { $due }
plan-held = due { $due }, in quiet hours, so it goes when they end

# To the secretary: quiet hours would end only after the meeting began.
reminder-too-late = Dear comrade { $name }. The reminder of { $unit } could not be sent in time to: { $people }, because their quiet hours end only after the meeting has begun. Please tell them yourself.

# Those whom the program reminded a short while ago.
nudge-lately = At { $at } today the program reminded of the report: { $people }. Do you want to remind once more?
nudge-anyway-button = Remind all the same
