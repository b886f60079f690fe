# /chitieu: what is expected of the branches in a year, and how far they are.

target-about = What is expected of branches, and done
target-kind-admissions = admissions
target-kind-source = names in the source
target-amount = { $count }
target-no-amount = none

# The table. $bar is drawn: ▮ done, ▯ missing.
target-title = Targets of { $year }
target-section = Target for { $kind }:
target-line-admissions = { $unit }: { $bar } admitted { $done } of { $target }, on the way { $coming }, missing { $missing }
target-line-source = { $unit }: { $bar } in the source { $done } of { $target }, missing { $missing }
target-sum = All { $branches } branches with a target: { $bar } { $done } of { $target } ({ $share }), missing { $missing }
target-without = Without a target: { $units }
target-without-done = { $unit } (done: { $done })
target-branch-title = Targets of { $year } – { $unit }
target-none-yet = No target for { $kind }; done: { $done }
target-hint = In one line: /chitieu phòng 1 2027 2 (admissions), /chitieu phòng 1 2027 nguồn 3 (source), /chitieu phòng 1 2027 bỏ (none).
target-year-button = Year { $year }
target-look-button = See the targets
target-unit-button = { $unit }
button-target-set = Set a target
button-target-changes = Who changed what

# Who set what.
target-changes-title = Changes of the targets of { $year }
target-changes-none = None so far.
target-change = { $at }: { $unit }, { $kind } in { $year }: { $to }
target-change-by = { $change } ({ $by })

# Setting one.
target-ask-unit = For which branch is the target of { $year }? Please choose, or type its name.
target-ask-amount = What is the target for { $kind } in { $year } of { $unit } (now: { $was })? Please type a number, or “bỏ” for none.
target-other-kind = Target for { $kind }
target-odd-title = Target for { $kind } in { $year } of { $unit }: { $to }. Please note:
target-year-over = { $year } is over;
target-more-than-there-are = the branch has { $count } non-members now, and { $done } done this year: the target is more than there are people for.
target-ask-anyway = Is it to be set all the same?
button-target-anyway = Set it anyway
button-target-change = Another number
target-withdrawn = The { $kind } target of { $unit } for { $year } is withdrawn (before: { $from }).
target-set = The target for { $kind } in { $year } of { $unit } is { $to } now (before: { $from }).
target-same-none = There is no { $kind } target of { $unit } for { $year }; nothing has changed.
target-same = The target for { $kind } in { $year } of { $unit } is { $to } already; nothing has changed.
target-changed-meanwhile = Meanwhile { $by } has set the target for { $kind } in { $year } of { $unit } to { $to } ({ $at }). Your number was not written; please look again.
target-told-withdrawn = Dear comrade { $name }. The committee has withdrawn the { $kind } target of { $unit } for { $year } (before: { $from }).
target-told = Dear comrade { $name }, the committee expects of { $unit } for { $kind } in { $year }: { $to } (before: { $from }). With regards.

# Why not.
target-negative = A target cannot be negative. Please type a number from 0 on.
target-too-many = A branch's target is at most { $limit } a year. Please type it again.
target-odd = “{ $typed }” is no whole number. Please type it again, for example 2.
target-year-far = Targets of { $year } can be neither set nor seen; only from { $first } to { $last }.
target-which-unit = Please name the branch as well, for example /chitieu phòng 1 2027 2
target-no-unit = Among the branches you may see none is called “{ $words }”. Please type its name or a part of it, for example /chitieu phòng 1 2027 2
target-several = Several branches fit: { $units }. Please be more precise.
target-not-yours = Targets are set by members of the committee and its office; you see those of your branch by /chitieu.
target-not-allowed = Only secretaries, deputies, members of the committee and its office see targets.
