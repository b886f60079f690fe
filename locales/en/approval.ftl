# /duyet: what waits for the committee.

approve-about = What waits for the committee
approve-not-allowed = Only the committee's members and its office may decide on the branches below them.
approve-title = Waiting for the committee
approve-none = Nothing is waiting.
approve-lists = Source lists, by branch (rule: { $source }):
approve-list = { $unit }: { $count } ({ $candidates }), waiting since { $since } ({ $days } days)
approve-list-button = List of { $unit }
approve-submissions = Considered by the branch, for admission:
approve-recognitions = Considered by the branch, for recognition:
approve-case = { $candidate } – { $unit }, waiting since { $since } ({ $days } days)
approve-limit = Limit: { $kind } on { $on } – { $source }
approve-case-button = Decide { $code }
approve-look-button = Look at { $code }
approve-back-button = Return { $code }
approve-more = And { $count } more; decide some of these, then send /duyet again.

# One branch's list.
approve-list-title = Source list waiting – { $unit }
approve-list-line = { $candidate }: the branch's resolution { $number } of { $since }
approve-list-hint = Approve or return the whole list; or choose some of it first (/huy to stop).
approve-list-empty = Nobody on the source list of { $unit } is waiting any more. Send /duyet for what is left.
approve-all-button = Approve the whole list
approve-some-button = Approve the { $count } chosen
approve-return-all = Return the whole list
approve-return-some = Return the { $count } chosen
approve-choose = ○ { $candidate }
approve-chosen = ✓ { $candidate }
approve-asked = { $step } – { $unit } ({ $count })
approve-nobody = This answer fits nobody on the list:
approve-lacking = { $candidate }:

# Everything once more, and what became of it.
approve-preview = Check before it is recorded: { $step } – { $unit } ({ $count })
approve-for = Recorded for: { $candidates }
approve-not-for = Not possible for:
approve-hint = Please check, then choose record (/huy to stop).
approve-anew-button = Choose again
approve-done = Recorded: { $step } – { $count } ({ $candidates }).
approve-gone = { $candidate }: was dealt with before – { $step } of { $on }, recorded by { $by }.
approve-again-button = What is waiting
approve-told = Dear comrade { $name }, the committee has approved the source list of { $unit }, { $count }: { $candidates }.
approve-returned-told = Dear comrade { $name }, the committee returns the source list of { $unit }, { $count }: { $candidates }. The branch is asked to consider it again.
approve-pool-button = See the pool
