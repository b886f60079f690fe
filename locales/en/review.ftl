# What a secretary or deputy says of a report.

review-title = { $mentor }'s report on { $candidate } – branch meeting of { $month }
review-accepted-mark = This report has been accepted.
review-returned-mark = This report has been returned and is expected again.

review-accepted = Accepted { $mentor }'s report on { $candidate } for the branch meeting of { $month }.
review-accepted-told = Dear comrade { $name }. Your report on { $candidate } for the branch meeting of { $month } has been accepted by the branch. Thank you.

# Returning: why, and until when.
review-ask-reason = Why is the report on { $candidate } returned? (Type what is missing, or /huy to leave it.)
review-reason-length = The reason must not be empty and not longer than { $limit } characters. Please write it again.
review-ask-until = Until when should it be sent again (the branch meets at { $start })? Please choose, or type a date, for example: mai, thứ 6, 3/12.
review-until = { $due }
review-until-range = The deadline { $due } must lie ahead and not after the meeting begins at { $start }. Please choose again.
review-meeting-over = The meeting of this report has begun, so it cannot be returned any more.
review-returned = Returned the report on { $candidate } for the branch meeting of { $month }. { $mentor } is asked to send it again before { $due }.
review-returned-told = Dear comrade { $name }. Your report on { $candidate } for the branch meeting of { $month } needs more: “{ $reason }”. Please change it and send it again before { $due }. Thank you.

# Why not.
review-not-leader = Only the secretary or deputy of the branch accepts or returns this report.
review-own = You do not review your own report. Please ask the deputy or the secretary.
review-gone = This report is not waiting for a verdict any more. Type /viec to see what is to be done.
review-was-accepted = This report has been accepted by { $by }.
review-was-returned = This report has been returned by { $by } and is expected again.
review-mentor-gone = Comrade { $mentor } no longer guides { $candidate }, so this report cannot be returned. It can still be accepted.

# The months before.
review-earlier-title = Earlier reports on { $candidate }
review-earlier-line = { $month }, { $mentor }: { $ratings }; recommendation: { $recommendation }
review-earlier-none = There are no reports from earlier meetings.
review-no-such-time = There is no { $time } on the clock. Please type the deadline again, for instance: 30/11 8h, mai 17h.
