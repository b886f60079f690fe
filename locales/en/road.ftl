# A candidate's road: /nguon, /hoso, and the dialogue that records a step.

# Where a case stands.
stage-introduced = introduced
stage-guided = guided by mentors
stage-source = in the source pool
stage-taught = sent to the awareness class
stage-dossier = dossier being made
stage-voted = considered by the branch, with the committee
stage-decided = admission decided
stage-probationary = probationary member
stage-considered = recognition considered by the branch
stage-official = official member
stage-dropped = stopped
stage-transferred = moved to another unit
stage-died = died

# What happens to it.
step-introduced = Introduced
step-mentored = Mentors assigned
step-sourced = Taken into the source pool
step-source_approved = Source list approved
step-awareness_class = Awareness class
step-dossier = Dossier begun
step-branch_vote = Admission considered by the branch
step-committee_decision = Admission decided by the committee
step-admitted = Admission ceremony
step-new_member_class = Class for new members
step-recognition_vote = Recognition considered by the branch
step-recognised = Recognised as official member
step-sent_back = Sent back one step
step-dropped = Stopped
step-returned = Taken up again
step-transferred = Moved to another unit
step-received = File moved to its new branch
step-died = Death noted

who-secretary = the branch's secretary or deputy
who-committee = the committee or its office
who-union = the union's contact
who-branch = the branch, by another vote
who-superior = the superior committee
who-time = the day has to come

status-non_member = non-member
status-probationary = probationary member
status-official = official member

# Papers, with the numbers of their forms.
paper-application = Application (form 1)
paper-cv = CV (form 2)
paper-verification = Verification of the CV
paper-introduction = Introduction by a member (form 3)
paper-youth_resolution = Introduction by the Youth Union (form 4)
paper-union_resolution = Introduction by the trade union (form 4A)
paper-opinions = Opinions of organisations and residence (form 5)
paper-education = Proof of education
paper-certificate = Certificate of the awareness class
paper-branch_resolution = Resolution of the branch (form 6)
paper-intermediate = Report of the intermediate committee (form 7)
paper-committee_resolution = Resolution of the committee (form 8)
paper-decision = Decision on the admission (form 9)
paper-member_cv = Member's CV
paper-new_member_certificate = Certificate of the class for new members
paper-self_review = Self-review (form 10)
paper-mentor_review = Mentor's review (form 11)
paper-later_opinions = Opinions of organisations and residence (form 12)
paper-recognition_resolution = Branch resolution on recognition (form 13)
paper-committee_recognition = Committee resolution on recognition (form 15)

place-branch = the branch
place-office = the committee's office

reason-papers = The dossier is incomplete or wrong
reason-votes = Too few votes in favour
reason-reconsider = The committee asks to reconsider
reason-wish = No wish any more
reason-standard = Standards or conditions not met
reason-left = Left the job

deadline-certificate = the certificate of the awareness class expires
deadline-ceremony = last day for the ceremony
deadline-member_cv = last day for the member's CV
deadline-probation = the probation ends
deadline-recognition = last day for the branch to consider recognition
deadline-transfer = last day for the transfer of activity

# What a question asks for.
asked-on = Date
asked-number = Number of the paper
asked-branch = Receiving branch
asked-mentors = Mentors
asked-introducers = Introducers
asked-branch_votes = Vote of the branch
asked-committee_votes = Vote of the committee
asked-received = Date of receipt
asked-reason = Reason
asked-consent = Consent of the superior committee

# What a step was told.
told-on = On { $on }
told-branch = file received at { $unit }
told-number = paper no. { $number }, kept at { $place }
told-mentors = mentors: { $people }
told-introducers = introducers: { $people }
told-votes = vote: { $favour } of { $members } in favour
told-votes-excused = vote: { $favour } of { $members } in favour, { $excused } excused
told-received = received on { $on }
told-reason = reason: { $reason }
told-consent = consent of the superior committee, no. { $number }
told-certificate = certificate { $number } of { $on }
told-no-certificate = no certificate yet

# The arithmetic of a vote.
road-tally =
    { $excused ->
        [0] { $favour } in favour of all { $members }; at least { $needed } are needed ({ $part }/{ $whole } of { $counted })
       *[other] { $favour } in favour of { $counted } who count ({ $members } less { $excused } excused); at least { $needed } are needed ({ $part }/{ $whole } of { $counted })
    }

# What a step lacks, the rule, and who can mend it.
road-missing = + { $what } – by: { $mender }
road-missing-by-rule = + { $what } – rule: { $source } – by: { $mender }
lack-not-next = the case is not at this step any more
lack-unanswered = not told yet: { $ask }
lack-in-future = this day has not come yet
lack-before-last = the day must not lie before { $last }, the last recorded step
lack-odd-receipt = the receipt lies between the decision and today
lack-no-birthday = the date of birth is not in the list
lack-too-young = too young until { $until }
lack-too-old = too old after { $since }; the superior committee has to consent in writing
lack-no-mentor = no official member is assigned as mentor
lack-too-many-mentors = at most { $most } mentors
lack-not-official = { $who } was no official member of the branch on that day
lack-introducers-too-few = at least { $needed } official members have to introduce
lack-known-too-short = { $who } has worked with the candidate for { $months } months; { $needed } are needed
lack-not-approved = the source list (the branch's resolution of { $since }) is not approved by the committee
lack-no-certificate = no certificate of the awareness class
lack-certificate-expired = the certificate of the awareness class was good until { $on }; the class has to be attended again
lack-papers = papers not there: { $papers }
lack-odd-votes = the vote does not add up: somebody has to count, and those in favour and the excused cannot be more than there are
lack-other-members = by the list the branch had { $known } official members on that day; if the list is wrong, please correct it first
lack-too-few-votes = too few votes: { $tally }
lack-ceremony-late = later than the last day for the ceremony, { $limit }; the superior committee has to consent in writing
lack-probation-until = the probation lasts until { $ends }
lack-no-new-member-class = the class for new members was not attended
lack-readmission-from = may be considered again from { $on }
lack-other-reason = this step cannot have this reason

# /nguon.
pool-about = Candidates by stage and what each waits for
pool-no-branch = No branch where you are in charge is called “{ $typed }”. Type /nguon to choose from the list.
pool-not-allowed = Only secretaries, deputies, committee members and the committee's office see the candidates and dossiers they are in charge of.
pool-branches = Candidates by branch
pool-branch = { $unit }: { $count } on the road
pool-branch-button = { $unit }
pool-title = Candidates – { $unit }
pool-none = Nobody is on the road at present.
pool-stage = Stage “{ $stage }” ({ $count }):
pool-line = { $candidate }: { $waits }
pool-line-limit = { $line }; { $limit }
pool-ready = ready for “{ $step }”, to be recorded by { $who }
pool-lacking = not ready for “{ $step }”: { $lacks }
pool-nothing = no further step
pool-limit = { $kind }: { $on }

# /hoso.
page-about = One candidate's dossier, and its next step
page-list = Dossiers
page-list-unit = { $unit }:
page-list-line = { $candidate }: { $stage }
page-list-ended = Ended or stopped: { $codes }. Type /hoso and the code to look.
page-open-button = { $code }
page-no-code = This takes the code of a dossier, for example: /hoso QC-014. /hoso alone lists them.
page-not-yours = There is no dossier { $code } among those you are in charge of. Type /hoso for the list.
page-title = Dossier { $candidate } – { $unit }
page-stage = Stage: { $stage }
page-mentors = Mentors: { $people }
page-no-mentors = Nobody is assigned as mentor.
page-history = What happened:
page-step = { $on }: { $step }
page-step-told = { $line } ({ $told })
page-papers = Papers (only whether they are there, and where):
page-papers-kept = Kept at { $place }: { $papers }
page-papers-missing = Not there: { $papers }
page-limits = Deadlines:
page-limit = { $on } ({ $days } days left): { $kind } – { $source }
page-limit-over = { $on } ({ $days } days over): { $kind } – { $source }
page-reports = Latest reports:
page-report = { $month }, { $mentor }, recommendation: { $recommendation }
page-next = Next:
page-possible = { $step }: possible, recorded by { $who }
page-impossible = { $step } (recorded by { $who }): not possible yet
page-take-button = { $step }
page-papers-button = Papers
page-others-button = Other steps
page-others = Other steps of { $candidate }
page-others-hint = These lead back or off the road; what was recorded before is kept.
page-back-button = Open the dossier

# The checklist of papers.
papers-admission = Papers of the admission – { $candidate }
papers-recognition = Papers of the recognition – { $candidate }
papers-button-admission = Papers of the admission
papers-button-recognition = Papers of recognition
papers-count = { $have } of { $all } are there.
papers-hint = Choose one to note whether it is there and where it is kept. Do not send contents or pictures of papers here.
papers-there = ✓ { $paper }
papers-needed = ○ { $paper }
papers-other = – { $paper }
papers-which = { $paper } – { $candidate }
papers-kept-at = Noted at present: there, kept at { $place }.
papers-not-there = Noted at present: not there.
papers-at-button = There, kept at { $place }
papers-none-button = Not there
papers-back-button = List of papers
papers-noted = Noted: { $paper } – there, kept at { $place }.
papers-noted-none = Noted: { $paper } – not there.

# Recording a step.
take-title = { $step } – { $candidate }
take-not-next = The dossier { $candidate } is not where “{ $step }” begins. Type /hoso and its code for the steps that are possible.
take-not-yours = “{ $step }” of { $candidate } is recorded by { $who }.
take-impossible = “{ $step }” of { $candidate } cannot be recorded yet:
take-answer-wrong = This answer will not do:
take-preview = Before it is recorded: { $step } – { $candidate }
take-tally = Count: { $tally }. Rule: { $source }
take-few-votes = Please check: only { $counted } counted in the vote.
take-late = { $days } days late: { $kind } { $on } – { $source }. Please give the reason in the resolution.
take-after = After this step the stage is: { $stage }
take-standing = Counts as { $status } from { $from }
take-preview-hint = A recorded step is kept for ever; a mistake can be taken back only while no later step stands on it. Please check, then choose record (/huy to stop).
take-button = Record
take-edit-button = Change
take-edit = From which question on? Those after it are asked again.
take-done = Recorded: { $step } – { $candidate }, on { $on }. Stage now: { $stage }.
take-told-mentor = Dear comrade { $name }. You have been assigned to guide { $candidate } from { $on }. Type /baocao when a report is due. Thank you.
take-told = Dear comrade { $name }. { $unit }: “{ $step }” of { $candidate } has been recorded, on { $on }.
take-told-reason = Recorded by { $by }, reason: { $reason }.
take-told-next = Next: { $step }, recorded by { $who }.

# Its questions.
ask-on = On which day? Choose, or type a date, for example: 5/11/2018 (/huy to leave it).
ask-on-button = { $weekday }, { $on }
ask-received = When was the decision received? The time limit runs from that day.
ask-number = Number of the paper of “{ $step }”? For example: 05-NQ/CB (at most 40 characters, with a digit; the number only, not what it says).
ask-branch = To which branch does the file go? Choose, or type the branch's name or code, e.g. phòng 1.
ask-consent = This is possible only if the superior committee consents in writing. If it does, please type the number of that paper; if not, /huy.
ask-branch-votes = How many were in favour? The branch had { $members } official members on that day; the absent count. Type the number in favour, for example “{ $members }”, or “{ $members }, miễn 1” if one is excused.
ask-committee-votes = The vote of the committee? Type those in favour of all its members, for example: 7/7.
ask-votes-by-rule = { $question } At least { $needed } of { $members } are needed. Rule: { $source }
ask-votes-by-share = { $question } At least { $part }/{ $whole } of all are needed. Rule: { $source }
ask-reason = Why? Please choose.
ask-mentors = Who is assigned as mentor? Choose one after the other, or type names or codes with commas between them.
ask-introducers = Which members introduce? Choose one after the other, or type names or codes with commas between them.
ask-chosen = Chosen: { $people }
ask-person = { $name }
ask-person-chosen = ✓ { $name }
ask-named-button = Done
ask-person-not-eligible = That was no official member of the branch on that day.
ask-person-unknown = No official member of the branch was named “{ $typed }” on that day. Please choose from the list, or type a code, for example NS-012.
ask-person-many = “{ $typed }” may be: { $people }. Please type the whole name or the code.

# To the secretary, before limits end; an item for each.
# Shown once below limits.
limit-unlisted = The public holidays of { $years } are not listed yet: what is counted in working days leaves out weekends only, and may still move.
alert-head = Dear comrade { $name }. These limits of { $unit } end soon:
# Found later than the grace.
alert-head-lost = Dear comrade { $name }. Because the service was down, these limits of { $unit } could not be told in time; please look into them now:
# Some or all of them are over.
alert-head-over = Dear comrade { $name }. Limits of { $unit } have passed unmet; please look into them:
alert-line = { $candidate }: { $kind } on { $on } ({ $days } days left)
alert-over = { $candidate }: { $kind } on { $on } ({ $days } days over)
# The last day is another than the one told before, as when a list of holidays has come.
alert-moved = { $line }; told before as { $was }
# Why it comes, in the dry run.
alert-reason = limits: { $limits }
