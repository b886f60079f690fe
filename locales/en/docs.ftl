# The words of the papers: minutes and resolutions of a branch meeting.

docs-party = COMMUNIST PARTY OF VIETNAM
docs-number = No. { $number }
docs-dated = { $locality }, { $date }
docs-time = { $hour }:{ $minute }
docs-day = { $day }/{ $month }/{ $year }
docs-open = ……………

docs-minutes-title = MINUTES
docs-minutes-about = Regular meeting of { $unit }, { $month }
docs-minutes-about-thematic = Thematic meeting on “{ $topic }” of { $unit }, { $month }
docs-minutes-held = At { $time } on { $date }, at { $place }, { $unit } held its meeting.
docs-minutes-present = I. Attendance
docs-members = Members: { $all } (official { $officials }, probationary { $probationary }).
docs-present = Present: { $count }, { $officials } of them official members.
docs-excused =
    { $count ->
        [0] Excused: none.
       *[other] Excused: { $count }: { $names }.
    }
docs-unexcused =
    { $count ->
        [0] Absent without reason: none.
       *[other] Absent without reason: { $count }: { $names }.
    }
docs-absent-reason = { $person } ({ $reason })
docs-chaired = In the chair: { $person }.
docs-taken = Taking the minutes: { $person }.
docs-minutes-content = II. Content
docs-minutes-discussion = Reports and discussion:
docs-minutes-conclusions = III. Conclusions and votes
docs-nothing-concluded = Nothing was concluded or voted on.
docs-minutes-duties = IV. Tasks
docs-minutes-end = The meeting ended at { $time } on the same day. The minutes are read out for approval.

docs-member = { $person }
docs-non-member = non-member { $person }
docs-conclusion = - On { $candidate }: { $text }
docs-voted-carried = - Vote on { $recommendation } { $candidate }: in favour { $in-favour }/{ $officials } official members of the branch, against { $against }, other { $other }. Carried.
docs-voted-lost = - Vote on { $recommendation } { $candidate }: in favour { $in-favour }/{ $officials } official members of the branch, against { $against }, other { $other }. Not carried.
docs-carried = - Agreed: { $recommendation } { $candidate } ({ $in-favour }/{ $officials } official members of the branch in favour).
docs-proposal-continue = continuing to guide
docs-proposal-source = listing as a source
docs-proposal-study = sending to the awareness class
docs-proposal-dossier = preparing the admission dossier of
docs-proposal-drop = removing from the list of sources
docs-proposal-official = proposing to recognise as an official member
docs-duty = - { $person }: { $what }; to be done by { $due }.
docs-no-duties = No tasks were given to single members.
docs-minutes-score = V. Own assessment of the meeting
docs-resolution-score = IV. Own assessment of the meeting
docs-score = The branch gives itself { $score }, { $band }.

docs-resolution-title = RESOLUTION
docs-resolution-about = Regular meeting of { $unit }, { $month }
docs-resolution-about-thematic = Thematic meeting on “{ $topic }” of { $unit }, { $month }
docs-resolved = On the ground of the discussion and the votes at the meeting of { $date }, { $unit } resolves:
docs-resolution-past = I. Assessment
docs-resolution-tasks = II. Tasks
docs-resolution-duties = III. Assignments

docs-taker = MINUTE-TAKER
docs-chair = CHAIR OF THE MEETING
docs-on-behalf = ON BEHALF OF THE BRANCH
docs-secretary = SECRETARY
docs-deputy = DEPUTY SECRETARY
docs-copies = Copies:
docs-copy-above = - The committee above (as a report),
docs-copy-kept = - Kept by the branch.
