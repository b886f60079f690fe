# The mentor's monthly report. Those who are guided are candidates or, after their admission,
# probationary members, so no noun stands before $candidate.

report-about = Your monthly report as a mentor

# What is rated, and how; each is a button too.
aspect-politics = Political views
aspect-ethics = Ethics and way of life
aspect-work = Results at work
aspect-discipline = Sense of discipline
aspect-masses = Standing with the people
rating-tot = Good
rating-kha = Fair
rating-trung_binh = Average
rating-yeu = Weak
recommendation-continue = Continue guidance
recommendation-source = Add to the source pool
recommendation-study = Send to the class
recommendation-dossier = Prepare the dossier
recommendation-drop = Remove from the pool
recommendation-official = Recognise as official

# Which report; a button for each.
report-list = Please choose a report:
report-choose = { $candidate } – { $state }
# The button of a prompt that asks for several.
report-about-one = Report on { $candidate }
report-again-one = As last month: { $candidate }
report-state-owed = not reported
report-state-draft = draft
report-state-overdue = overdue
report-state-submitted = reported
report-state-returned = returned
report-state-accepted = accepted
report-nobody-guided = You have no report to send at the moment: you guide nobody, or the branch has no meeting ahead. If this is wrong, please tell the branch secretary.

# The questions. The month is that of the meeting the report is for.
report-head = { $candidate } – report for the branch meeting of { $month } (due { $due })
report-late = The report is overdue. It will still be taken, marked as late, and cannot be changed once sent.
report-returned = The report was returned and needs more: “{ $reason }”
report-ask-rating = { $number }/5. { $aspect }: how do you rate it?
report-chosen = Chosen: { $choice }
report-ask-strengths = Strengths (optional): please write them, or choose “{ button-skip-text }”. Nothing from the CV or the dossier, please.
report-ask-weaknesses = Weaknesses (optional): please write them, or choose “{ button-skip-text }”. Nothing from the CV or the dossier, please.
report-text-kept = Kept so far: “{ $text }”. Write anew to replace it, or choose “{ button-skip-text }” to keep it.
report-text-too-long = This has { $length } characters; at most { $limit } are allowed. Please shorten it and send it again.
report-ask-recommendation = Your recommendation:
report-ask-edit = What would you like to change?

# The report as it will be sent, or as it was.
report-preview = Report on { $candidate } – branch meeting of { $month }
report-line-rating = { $aspect }: { $rating }
report-line-strengths = Strengths: { $text }
report-line-weaknesses = Weaknesses: { $text }
report-line-recommendation = Recommendation: { $recommendation }

report-saved = Draft saved: report on { $candidate } for the branch meeting of { $month }. It has not been sent; it is due { $due }.
report-sent = Report on { $candidate } for the branch meeting of { $month } sent. You can change it until { $due }, as long as it has not been accepted. Thank you.
report-sent-late = Report on { $candidate } for the branch meeting of { $month } sent, after it was due ({ $due }). Thank you.
report-sent-same = The report on { $candidate } for the branch meeting of { $month } was sent just so already, and is not sent again. Thank you.

# Under the thanks, before a button for each.
report-more =
    { $count ->
        [one] You still owe { $count } report:
       *[other] You still owe { $count } reports:
    }

# To the secretary; the report's lines stand between the two.
report-arrived = Dear comrade { $name }. { $mentor } has sent the report on { $candidate } for the branch meeting of { $month }:
report-arrived-again = Dear comrade { $name }. { $mentor } has changed the report on { $candidate } for the branch meeting of { $month } and sent it again:
report-received =
    { $all ->
        [one] The branch has received { $received } of { $all } report for this meeting.
       *[other] The branch has received { $received } of { $all } reports for this meeting.
    }

# Why not.
report-accepted = This report has been accepted and cannot be changed any more. If something is to be added, please tell the branch secretary.
report-closed = The time for reports is over, so a report that was sent cannot be changed any more. If something is to be added, please tell the branch secretary.
report-incomplete = The report lacks ratings or the recommendation. Please complete it, then send it.
report-not-mentor = You are no longer this person’s mentor. If this is wrong, please tell the branch secretary.
report-meeting-over = The meeting of this report is over, so it cannot be sent any more. Type /baocao to report for the next meeting.
report-no-last-month = There is no report of last month to use again. Please rate each aspect.

# The report typed in one line.
report-line-help = Please type /baocao, or write one line with the code, five ratings and the recommendation, for example: /baocao qc-014 tốt khá tốt tốt tốt, đưa vào nguồn
report-no-such-proposal = “{ $recommendation }” cannot be recommended of { $candidate }, who is now: { $status }. Possible are: { $fitting }. Please choose or type one of these.
report-line-word = “{ $word }” is not understood. Ratings are tốt, khá, trung bình, yếu; recommendations are tiếp tục theo dõi, đưa vào nguồn, cử đi học, lập hồ sơ, đưa ra khỏi nguồn, công nhận chính thức. Please write the line again.
report-line-too-many = There are more than five ratings. Please write the line again with five, for example: qc-014 tốt khá tốt tốt tốt, đưa vào nguồn
report-code-not-yours = You have no report to send on { $code }. Type /baocao to see your reports.
