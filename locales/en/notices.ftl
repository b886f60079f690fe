# /thongbao: what the committee lets its branches know, and who has read it.

notice-about = Notices to the branches
notice-text = { $text }

# The last ones.
notice-list-title = Notices sent
notice-list-line = { $at }, { $sender }, branches: { $units }; read by { $read } of { $recipients }
notice-list-look = See { $at }
notice-list-draft = You have a draft that was not sent, last changed at { $at }.

# Writing one.
notice-ask-text = Please type the text of the notice (at most { $limit } characters), or /huy to leave.
notice-text-now = The text as it is now:
notice-text-length = The text must not be empty and not longer than { $limit } characters; this one has { $length }. Please write it again.
notice-ask-units = Which branches is it for? Choose one or several (choose again to take one back), then “{ button-continue }”.
notice-units-chosen = Chosen: { $count } of { $all } branches.
notice-unit = { $unit }
notice-unit-picked = ✓ { $unit }
notice-units-all = all { $count } branches
notice-units-many =
    { $count ->
        [one] { $count } branch
       *[other] { $count } branches
    }
notice-preview-title = The notice before it is sent
# $units: how many branches; those that are named follow as items.
notice-preview-to = Recipients: { $count } – { $units }
notice-preview-reminder = Working days after which whoever has not confirmed reading it is reminded, once: { $days }.
notice-unreachable-count = { $count } of them cannot be reached by message (no account yet, or the assistant is blocked); please tell them yourself.
notice-sent = The notice is on its way. Recipients: { $count } – { $units }
notice-discarded = The draft of the notice was thrown away.

# The file that goes with one.
notice-file-size = { $kib } KB
notice-file = File: { $name } ({ $size })
notice-file-attached = The file { $name } ({ $size }) goes with the notice.
notice-file-text-first = Please type the text of the notice first, then send the file. What you have just sent was not kept.
notice-file-kind = A notice takes PDF, Word (doc, docx), Excel (xls, xlsx), or a PNG or JPEG picture; the file “{ $name }” is none of these and was not kept. The draft stays as it is.
notice-file-content = The file “{ $name }” is empty, broken, or not what its name says, and was not kept. Please open it, save it as PDF, Word, Excel, PNG or JPEG, and send it again. The draft stays as it is.
notice-file-too-large = A file of a notice may have { $limit } KB; this one has { $size } and was not kept. Please make it smaller or split it, and send it again. The draft stays as it is.
notice-file-elsewhere = The file of a notice is taken on the organisation's own chat page only; here it is neither taken nor kept. Please open that page, type /thongbao, go on with the draft and choose “{ button-notice-file-attach }”. The draft stays as it is.

# As a member gets it, and once more if it was not read.
notice-letter-title = Notice – { $unit }
notice-letter-greeting = Dear comrade { $name }.
notice-letter-again = Dear comrade { $name }. You have not confirmed reading the notice of { $at }:
notice-letter-ask = When you have read it, please choose “{ button-notice-read }”.
notice-read-noted = Noted: you read this notice at { $at }. Thank you.

# How one fares.
notice-look-title = Notice of { $at } by { $sender }
notice-text-forgotten = (The text was erased when its time was over.)
notice-look-total = Reached { $arrived } of { $recipients }; read { $read }, not yet read { $unread }, cannot be reached { $unreachable }.
notice-look-unit = { $unit }: reached { $arrived } of { $recipients }; read { $read }, not yet read { $unread }, cannot be reached { $unreachable }
notice-look-unread = Not yet read: { $names }.
notice-look-unreachable = Cannot be reached, please tell them yourself: { $names }.
notice-look-name = { $name }
notice-look-others = and { $count } more
notice-reminder-planned = Whoever has not read it is reminded once at { $at }.
notice-reminder-fired = Whoever had not read it was reminded at { $at }.
notice-reminder-dropped = Because the service was down, the reminder could not be sent in time and was dropped.

# To the sender.
notice-reminder-lost = Dear comrade { $name }. Because the service was down, the reminder to those who have not read the notice of { $at } could not be sent in time and was dropped. Please type /thongbao to see who has not read it, and remind them yourself. Thank you.

# Why not.
notice-not-allowed = Only members of the committee and its office send and see notices to the branches.
notice-not-yours = This notice went to branches that are not yours to watch over.
notice-draft-first = You have a draft that was not sent; here it is. Please send it or throw it away, then write another notice.
notice-draft-gone = This draft was sent or thrown away. Type /thongbao to see the notices or to write another.
notice-units-several = Several branches fit: { $units }. Please be more precise.
notice-no-branch = No branch is chosen. Please choose at least one, then “{ button-continue }”.
notice-nobody = The chosen branches have no members now. Please choose others.

button-notice-compose = Write a notice
button-notice-resume = Go on with the draft
button-notice-all = All branches
button-notice-none = None of them
button-notice-next = Next page
button-notice-previous = Previous page
button-notice-send = Send the notice
button-notice-text = Change the text
button-notice-units = Change the branches
button-notice-file-attach = Put a file to it
button-notice-file-other = Another file
button-notice-file-drop = Without the file
button-notice-file = Download the file
button-notice-discard = Throw away
button-notice-details = Who has read it
button-notice-list = Other notices
button-notice-read = I have read it
    .word = READ

# "I have read it", typed.
notice-none-unread = There is no notice left that you have not confirmed.
notice-read-which = There are several notices that you have not confirmed. Which one have you read?
notice-read-one = Notice of { $at }

# In a dry run.
notice-reason = the notice of { $at } once more, to who has not read it
