# The answer to a meeting's reminder. What is noted in a group is a short notice that only the one
# who tapped sees.

attendance-coming = Noted: you are coming to the branch meeting at { $at }. If this changes, you can answer again before it begins.
attendance-coming-noted = Noted: you are coming.
attendance-excused = Noted: you will be absent with reason from the branch meeting at { $at }. If this changes, you can answer again before it begins.
attendance-excused-noted = Noted: you will be absent with reason. Please tell the branch secretary why.
attendance-ask-reason = Please write the reason, or choose “{ button-skip }”.
attendance-no-reason = Noted. You can tell the branch secretary the reason in person.
attendance-reason-length = A reason has at most { $limit } characters. Please shorten it and send it again.
attendance-not-member = Only Party members of the branch answer for this meeting.
attendance-too-late = The meeting has begun, so answers are no longer noted. Please tell the branch secretary in person.
# Whoever gives a reason, and has said since that they come.
attendance-comes = You have said that you come to the meeting { $when }, so the reason just given was not noted. If you will be absent, please choose again.
# Whoever answers for the time before.
attendance-moved = This meeting was moved to { $when }, so the answer just given was not noted. Please answer for the new time.
