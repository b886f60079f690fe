# Setting when a branch meets, changing one meeting, and who comes.

# Buttons, at most 24 characters. `.word` as in buttons.ftl.
button-set-rule = Set the regular day
button-change-one = Move or cancel one
button-thematic = Add a thematic one
    .word = THEMATIC
button-roll = Who comes, who doesn’t
    .word = LIST
button-leave = Cancel
button-day-of-month = A day of the month
button-weekday = A day of the week
button-anyway = Meet on this day
button-another-day = Another day
button-edit-rule = Day
button-edit-time = Time
button-edit-place = Place
button-edit-policy = On a day off
button-edit-topic = Topic
button-edit-when = Date and time
button-edit-reason = Reason

# Setting the rule.
schedule-ask-rule = When does { $unit } hold its regular meeting? (Now: { $rule }, at { $time }, { $place }.)
schedule-ask-rule-words = Please type it, with the time if you like, for example: “ngày 3 hằng tháng 14h”, “first Monday”, “thứ Năm cuối cùng 8h30”, “first working day”; or choose below.
schedule-ask-day = Which day of the month? Where a month has no such day, its last day is taken.
schedule-day = Day { $day }
schedule-ask-weekday = Which day of the week?
schedule-ask-which = Which one of the month?
schedule-ask-time = At what time? (Now: { $time }.) Please choose, or type a time, for example: 14h, 8h30.
schedule-time = { $time }
schedule-ask-place = Where? (Now: { $place }.) Please type the place, or choose “{ schedule-same }”.
schedule-same = Leave as it is
schedule-ask-policy = What if the day is off?
schedule-policy-next = Move to the next working day
schedule-policy-previous = Move to the working day before
schedule-policy-keep = Meet on that day all the same

# What will come of it. The dates follow as items.
schedule-preview = The new meeting days of { $unit }
schedule-preview-habit = Regularly: { $rule }, at { $time }, { $place }. If the day is off: { $policy }.
schedule-preview-now = Now: { $rule }, at { $time }, { $place }. If the day is off: { $policy }.
schedule-preview-follow = Meetings that are planned already ({ $count } of them will follow). Whoever was reminded will be told.
# Of each of these: $before and $when are the sentence meeting-time, $why is schedule-changed or
# schedule-place-changed.
schedule-preview-moves = Meeting of { $month }: { $before } → { $when }
schedule-preview-kept = Meeting of { $month }: still { $at } ({ $why })
# Why a meeting is on its day, at the end of a line.
schedule-stays = keeps its day, because the new one has gone by
schedule-kept = keeps the day it was moved to ({ $why })
schedule-clash = This cannot be set yet: the meeting planned at { $at } would come after that of the next month. Please move that meeting first (/lichhop), or choose another day.
schedule-saved = The regular meeting of { $unit } is set: { $rule }, at { $time }. Type /lichhop to see the next ones.
schedule-unchanged = This is how the branch meets already, so nothing has changed.
schedule-void = What was noted for the old time is void: { $what }; please note it again at the meeting. Conclusions, proposals and tasks stay.
# Of the old time: what is or will be void.
schedule-preview-void = What was noted for the old time will be void: { $what }. Conclusions, proposals and tasks stay.
void-roll = the roll
void-votes = the votes
void-chair = the chair
void-taker = the minute-taker
void-score = the score
schedule-informed = Told of the change (members, groups): { $count }.

# What cannot be a rule.
rule-wrong-day = There is no day { $day }: a month has the days 1 to 31. Please choose again.
rule-wrong-fifth = Not every month has a fifth one. Please choose “{ $rule }”, or the first to fourth.
rule-wrong-fields = A schedule expression needs 6 fields: second, minute, hour, day, month, weekday; this one has { $count }. For example: cron 0 0 14 1-7 * Mon.
rule-wrong-syntax = This schedule expression cannot be read. A correct one: cron 0 0 14 1-7 * Mon (first Monday, 14:00).
rule-wrong-weekday = In a schedule expression weekdays are written by name: Mon, Tue, Wed, Thu, Fri, Sat, Sun. For example: cron 0 0 14 1-7 * Mon.
rule-wrong-end = This schedule expression ends in some year. A rule must go on for ever; please leave the year out.
rule-wrong-often = A schedule expression must give exactly one day in every month; in { $month } it gives { $count }. Please correct it.

# Changing one meeting, or adding one.
schedule-choose = Please choose the meeting to move or cancel:
schedule-move-regular = Move { $date }
schedule-move-thematic = Move thematic { $date }
schedule-cancel-regular = Cancel { $date }
schedule-cancel-thematic = Cancel thematic { $date }
schedule-none-ahead = The branch has no meeting ahead to move or cancel. Type /lichhop to see its meetings.
schedule-ask-when = The meeting is planned for { $when }. To which date and time? Please type, for example: 10/12, 10/12 15h, thứ Sáu 9h30; only the time if the day stays. To change only the place, choose “{ schedule-same }”.
schedule-ask-when-new = On which date, at what time? Please type, for example: 20/12 15h, thứ Sáu tuần sau 9h30. Without a time it is { $time } as usual.
schedule-ask-topic = What is the thematic meeting about? (Type /huy to leave it.)
schedule-ask-reason = For what reason? It is told to those who were reminded (at most { $limit } characters).
schedule-day-off = { $date } is { $off }. Do you mean this day all the same?
schedule-edit = What do you want to change?
schedule-preview-move = { $unit } moves { $what } from { $before } to { $when }.
schedule-preview-cancel = { $unit } does not hold { $what } planned for { $when }.
schedule-preview-add = { $unit } holds a thematic meeting on “{ $topic }” at { $when }.
schedule-preview-reason = Reason: { $reason }
schedule-moved-done = Moved { $what } to { $when }.
schedule-cancelled-done = Cancelled { $what } at { $when }.
schedule-added-done = Added the thematic meeting on “{ $topic }” at { $when }. Members are reminded as of regular meetings.
schedule-left = Left as it was. Nothing has changed.

# Why not.
schedule-not-leader = Only the secretary or deputy of the branch sets its meetings and sees who answered. Please ask the branch secretary.
schedule-no-such-time = There is no time { $time }. Hours are 0 to 23, minutes 0 to 59, for example: 14h, 8h30.
schedule-past = { $at } has gone by. Please choose a time that lies ahead.
schedule-same-time = The meeting is planned for exactly { $at }. Please type another date or time; to change only the place, choose “{ schedule-same }”.
schedule-out-of-range = It cannot be moved to { $at }: this meeting must lie between the one before and the one after, from { $from } to { $to }. Please choose another day.
schedule-too-far = A thematic meeting can be set until { $to }. Please choose a nearer day.
schedule-taken = The branch has another meeting at { $at }. Please choose another day or time.
schedule-nothing-new = Date, time and place are as they were, so nothing would change.
schedule-text-length = The text must not be empty and not longer than { $limit } characters. Please write it again.
schedule-overtaken = Somebody else has just changed this meeting; it is now at { $when }. Please look again with /lichhop.
schedule-rule-overtaken = Somebody else has just set when { $unit } meets; it is now: { $rule }, at { $time }, { $place }; if the day is off: { $policy }. What you confirmed was not set. Please look again with /lichhop.
schedule-was-cancelled = The meeting at { $at } was cancelled. Type /lichhop to see the others.
schedule-is-over = The meeting at { $at } has begun, so it cannot be changed any more.

# Why a meeting is on its day, at the end of a line of /lichhop.
schedule-thematic = thematic meeting on “{ $topic }”
schedule-changed = moved from { $was }: { $reason }
schedule-place-changed = another place: { $reason }

# Which meeting, inside a sentence.
meeting-regular = the branch meeting of { $month }
meeting-thematic = the thematic meeting on “{ $topic }”

# To those who had been told. $when and $before are the sentence meeting-time.
change-moved-person = Dear comrade { $name }. { $unit } moves { $what } from { $before } to { $when }. Reason: { $why }.
change-moved-group = Dear members of { $unit }. The branch moves { $what } from { $before } to { $when }. Reason: { $why }. Please say whether you are coming or will be absent with reason.
change-answer = Please say whether you are coming or will be absent with reason.
change-report-due = Reports on candidates for this meeting are due { $due }.
change-cancelled-person = Dear comrade { $name }. { $unit } does not hold { $what } planned for { $when }. Reason: { $why }.
change-cancelled-group = Dear members of { $unit }. The branch does not hold { $what } planned for { $when }. Reason: { $why }.
change-report-next = You will be asked to report on candidates for the next meeting.
# Instead of a reason.
change-by-rule = the branch has set a new regular day

# Reminders of thematic meetings.
reminder-thematic-person = Dear comrade { $name }. { $unit } holds a thematic meeting on “{ $topic }” at { $when }. Please say whether you are coming or will be absent with reason.
reminder-thematic-group = Dear members of { $unit }. The branch holds a thematic meeting on “{ $topic }” at { $when }. Please say whether you are coming or will be absent with reason.
# To the secretary, once in the last month of a quarter.
reminder-quarter = Dear comrade { $name }. In quarter { $quarter }/{ $year } { $unit } has no thematic meeting yet; at least one is asked for in every quarter (Hướng dẫn 42-HD/BTCTW, 28/10/2025). Please set one.

# Who comes. $names are joined with commas.
roll-title = Answers – { $unit }, { $at }
roll-members = Members: { $count }
roll-coming = Coming ({ $count }): { $names }
roll-excused = Absent with reason ({ $count }):
roll-excused-line = { $name }: { $reason }
roll-excused-bare = { $name } (no reason given)
roll-seen = Seen, not answered ({ $count }): { $names }
roll-open = Not answered ({ $count }): { $names }
roll-lost = Not reached by message, please tell them in person ({ $count }): { $names }

# Answers.
attendance-excused-why = Noted: you will be absent with reason from the branch meeting at { $at }, because: { $reason }. If this changes, you can answer again before it begins.
attendance-none-ahead = Your branch has no meeting ahead. Type /lichhop to see its meetings.
attendance-cancelled = This meeting was cancelled, so no answer is needed. Type /lichhop to see the next ones.
# To the secretary.
attendance-in-row = Dear comrade { $name }. { $member } is absent with reason from { $count } meetings of { $unit } in a row, the latest at { $at }. Please ask how you can help.
