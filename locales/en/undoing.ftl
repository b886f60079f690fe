# [Ghi nhầm] on a candidate's page: the newest step is taken back.

back-ask-button = Recorded by mistake
back-committees = The committee or its office recorded “{ $step }” of { $candidate }, so only they can take it back. If it is a mistake, please talk to the office.
back-title = Take back a mistaken step – { $candidate }
back-recorded = Recorded by { $by } at { $at }
back-to = Without it the case is again at: { $stage }.
back-to-nothing = Without it nobody was introduced, and the case is closed.
back-hint = Only the newest step can be taken back. Both the step and its taking back are kept. Please confirm.
back-button = Take it back
back-done = Taken back: { $step } of { $on } – { $candidate }.
back-stage = The case is now at: { $stage }.
back-nothing-left = The case is closed; the person may be introduced anew by /gioithieu.
back-told = Dear comrade { $name }, the step “{ $step }” of { $on } for { $candidate } was recorded by mistake and taken back; please take it as not done.
back-told-mentor = You are not assigned by the step that was taken back.

# Why not.
back-not-yours = The step “{ $step }” of { $candidate } is taken back by who may record it, or by the committee.
back-not-newest = { $candidate } has changed: this is not the newest step any more, or it was taken back. Send /hoso with the code to look again.
back-guided-since = The step “{ $step }” of { $candidate } cannot be taken back yet: other mentors were assigned since. Please end that by /phancong first, then take it back.
back-unknown = The step “{ $step }” of { $candidate } cannot be taken back: it was recorded before the program noted what a step changes. Please tell the administrator.
