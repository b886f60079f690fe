# Units founded, renamed, moved, merged, dissolved.
structure-not-allowed = The committee and its office do this.
structure-ended = This unit has ended.
structure-name = A unit's name has 3 to { $most } characters.
structure-name-there = There is { $unit } below the same committee.
structure-code = A code has plain letters, digits and hyphens, begins with a letter and has at most 12 characters, such as CB-09.
structure-code-there = Another unit has this code.
structure-below-branch = A branch has no units below it. Please choose a committee.
structure-circle = It cannot stand below itself or below what stands below it.
structure-top = The topmost unit cannot be dissolved.
structure-has-below = There are units below it. Please move or dissolve these first.
structure-not-empty = There are { $people } people and { $cases } open cases in it. Please move them, or merge it into another branch.
structure-itself = Please choose two different branches.
structure-branches-alone = Only a branch is merged into a branch.
structure-not-closed = The meeting of { $starts } is not closed. Please close it first.
structure-called-off = the branch ends
structure-merged-told = Dear comrade { $name }. From { $since } on, { $unit } is merged into { $into }: { $people } people and { $cases } open cases go on in { $into }.
