# The eve of a meeting, and the committee's monthly digest.

reminder-summary = Dear comrade { $name }. Here are the reports in summary and the draft agenda for the meeting of { $unit } at { $when }:
summary-reports = Mentors' reports – received { $received }/{ $all }:
summary-report = { $candidate } – { $mentor }: { $ratings }; recommendation: { $recommendation }
summary-owed = { $candidate } – { $mentor }: no report yet
summary-attendance = Answers to the invitation: coming { $coming }, excused { $excused }, not answered { $silent }.
summary-excused = Absent: { $person } (“{ $reason }”)
summary-excused-bare = Absent: { $person }
summary-agenda = Draft agenda:
summary-agenda-line = { $n }. { $item }

agenda-opening = Opening
agenda-taker = Choice of the minute-taker
agenda-roll = Roll call
agenda-dues = Dues
agenda-programme = Approval of the agenda
agenda-report = Report on last month and tasks of this one
agenda-development = Development of members
agenda-discussion = Discussion
agenda-conclusion = Conclusion
agenda-duties = Tasks
agenda-vote = Votes
agenda-score = Own score of the meeting
agenda-minutes = Approval of the minutes

# To the committee and its office.
digest-reason = digest of { $month }
digest-greeting = Dear comrade { $name }. The branch meetings of { $month } in { $unit }, as of { $now }:
digest-met = Have met ({ $count }/{ $all } branches):
digest-not-met = Have not met ({ $count }/{ $all } branches):
digest-branch-met = { $unit } – met at { $at }; reports received { $received } (late { $late }), owed { $owed }
digest-branch-ahead = { $unit } – will meet at { $at }; reports received { $received } (late { $late }), owed { $owed }
digest-branch-open = { $unit } – was to meet at { $at }, but its sheet is not closed; reports received { $received } (late { $late }), owed { $owed }
digest-no-meeting = { $unit } – no meeting this month
digest-overdue =
    { $count ->
        [0] Nothing is overdue.
       *[other] Overdue ({ $count }):
    }
digest-duty = { $unit } – { $person }: { $what } (by { $due })
