# /viec: what I owe, and who owes me.

tasks-about = What you have to do
tasks-title = To do
tasks-none = You have nothing to do at the moment.
tasks-report = Report on { $candidate } – due { $due }
tasks-answer = Say whether you are coming to the branch meeting at { $at }

# To who leads a branch; the lines of who owes (owing-line) follow.
tasks-owed-to-me = { $unit }: reports the branch is still waiting for (due { $due }):

# To the committee, a line for each branch; $all counts the reports due for the next meeting.
tasks-branch =
    { $all ->
        [0] { $unit }: meets on { $date }, no reports due
        [one] { $unit }: meets on { $date }, { $received } of { $all } report received
       *[other] { $unit }: meets on { $date }, { $received } of { $all } reports received
    }
# A report the branch's secretary has not judged yet, and its button.
tasks-review = Waiting for your verdict: { $mentor } – { $candidate }
tasks-review-button = Look at { $candidate }
# A report that came back, and its button.
tasks-returned = Mend and send again the report on { $candidate } – due { $due }
tasks-mend-button = Mend { $candidate }
# To the committee: the deadline of some of a branch's reports has passed.
tasks-overdue =
    { $count ->
        [one] { $unit }: { $count } overdue report (due { $due })
       *[other] { $unit }: { $count } overdue reports (due { $due })
    }
# What a meeting gave the reader to do.
tasks-duty = { $what } – by { $due }
tasks-duty-overdue = { $what } – overdue since { $due }
# A meeting that has begun and whose sheet is not closed.
tasks-sheet = { $unit }: the sheet of the meeting of { $at } is not closed
tasks-sheet-button = Sheet of { $at }

# The next steps of candidates, and the source lists.
tasks-lists = Source lists waiting for the committee: { $count } of { $branches } branches
tasks-lists-button = What is waiting
tasks-step = { $step }: { $candidate } is ready
tasks-step-lacking = { $step }: { $candidate } still lacks something
tasks-step-late = { $line } ({ $kind }: { $on }, { $days } days over)
tasks-step-by = { $line } ({ $kind }: { $on })
tasks-step-button = Record { $candidate }
tasks-more-steps = And { $count } more are ready for their next step
tasks-pool-button = See the pool
