# /nhatky: what was done, by whom, when, where, before and after.

audit-about = The audit: who did what, and when
audit-title = The audit – { $unit }
audit-filter-code = Only what was done by or to: { $about }
audit-filter-day = Only on { $day }.
audit-filter-days = Only from { $from } to { $to }.
audit-filter-kind = Only: { $kind }.
audit-none = Nothing was written down here.

# A row; the parts that follow are put behind it one after the other.
audit-line = { $weekday }, { $at } – { $who } – { $deed }
audit-on = { $line } (by { $channel })
audit-to = { $line }: { $about }
audit-at = { $line }, { $meeting }
audit-how = { $line } – { $changes }
audit-and = { $told }; { $next }
audit-erased = { $line } – the details were erased to protect personal data
audit-person = { $name } ({ $code })
audit-administrator = the administrator
audit-platform = the messenger
audit-notice = the notice sent { $at }
audit-changed = { $field }: { $was } → { $became }
audit-set = { $field }: { $became }
audit-ended = { $field }: { $was } → none

audit-older = Older
audit-newer = Newer
audit-kinds-button = Choose a kind
audit-all-kinds = Every kind
audit-unit-button = Audit of { $unit }
audit-which-kind = Which kind of deed do you want to see?
audit-which-unit = Several units fit. Please choose:

audit-not-allowed = Only the committee and its office may read the audit.
audit-other-unit = You may read the audit of your unit and those below it; this one is not among them.
audit-no-code = Nobody has the code { $code }. Please check it, for example: /nhatky QC-014 or /nhatky NS-013
audit-unclear = I do not understand “{ $typed }”. Please give a code, a unit, a day or a month, for example: /nhatky QC-014, /nhatky phòng 1 tháng 12, /nhatky hôm qua

# Kinds of deed, as labels of buttons.
audit-kind-reports = Reports
audit-kind-meetings = Meetings
audit-kind-cases = Dossiers
audit-kind-charges = Mentors and offices
audit-kind-accounts = Accounts, settings
audit-kind-notices = Notices
audit-kind-readings = Reading of details

# Deeds.
audit-act-report-send = sent a report
audit-act-report-accept = accepted a report
audit-act-report-return = returned a report
audit-act-report-nudge = reminded of reports
audit-act-sheet-roll = called the roll
audit-act-sheet-vote = wrote down a vote
audit-act-meeting-close = closed a meeting
audit-act-meeting-rule = set when the branch meets
audit-act-meeting-move = moved a meeting
audit-act-meeting-cancel = cancelled a meeting
audit-act-meeting-thematic = added a thematic meeting
audit-act-duty-done = said that a duty is done
audit-act-meeting-number = set the number of papers
audit-act-case-step = recorded a step
audit-act-case-paper = noted a paper
audit-act-mentor-change = changed a mentor
audit-act-office-handover = handed an office over
audit-act-account-invite = issued an invitation
audit-act-account-bind = bound an account
audit-act-console-open = opened a chat at the command line
audit-act-group-code = took a code for a group
audit-act-group-bind = bound a group chat
audit-act-group-unbind = lost a group chat
audit-act-settings-language = chose a language
audit-act-settings-rest = chose quiet hours
audit-act-settings-account = chose where to be written to
audit-act-notice-send = sent a notice
audit-act-person-add = put somebody on the staff list
audit-act-person-erase = erased personal data under Law 91/2025/QH15
audit-act-read-dossier = read a dossier
audit-act-read-person = looked at somebody to introduce
audit-act-read-report = read reports
audit-act-read-paper = fetched a meeting's paper
audit-act-read-file = fetched a notice's file
audit-act-read-people = read the list of people
audit-act-read-audit = read the audit

# Circumstances.
audit-field-state = state
audit-field-paper = paper
audit-field-kept = kept at
audit-field-step = step
audit-field-stage = stage
audit-field-on = on
audit-field-ratings = ratings
audit-field-recommendation = recommendation
audit-field-mentor = mentor
audit-field-office = office
audit-field-holder = held by
audit-field-since = since
audit-field-due = due again
audit-field-starts = begins
audit-field-rule = meets
audit-field-time = at
audit-field-day_off = on a day off
audit-field-present = present
audit-field-excused = excused
audit-field-unexcused = absent
audit-field-in_favour = in favour
audit-field-against = against
audit-field-otherwise = otherwise
audit-field-channel = channel
audit-field-language = language
audit-field-quiet = quiet hours
audit-field-branches = branches
audit-field-recipients = recipients
audit-field-file_bytes = file
audit-field-document = paper
audit-field-number = number
audit-field-blanked = texts blanked

audit-state-submitted = sent
audit-state-returned = returned
audit-state-accepted = accepted
audit-state-planned = planned
audit-state-closed = closed
audit-state-cancelled = cancelled
audit-quiet-usual = the usual ones
audit-quiet-none = none
