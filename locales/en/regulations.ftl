# /quydinh: the rules in force, with the documents they come from.

regulations-about = The rules in force
regulations-title = Rules in force on { $today }
regulations-unconfirmed =
    { $count ->
        [0] A Party office has confirmed all { $all } rules.
       *[other] { $count } of { $all } rules have not been confirmed by a Party office; please compare them with the documents before you rely on them.
    }
regulations-line = { $name }: { $value } – { $source }
regulations-before = Before: { $value } – { $source }
regulations-oldest = What held before { $from } is not listed; this version stands in for it.
regulations-doubt = To be compared: { $doubt }

# The document of a rule.
source-confirmed = { $cite }, since { $from }
source-unconfirmed = { $cite }, since { $from } (unconfirmed)

# What a rule says.
measure-years = { $count } years of age, counted in months
measure-months = { $count } months
measure-working-days = { $count } working days
measure-persons = { $count } persons
measure-share = { $part }/{ $whole }
measure-papers = { $papers }
approved-by-none = needs no approval
approved-by-committee = approved by the committee
counted-from-issue = the day of the decision
counted-from-receipt = the day the decision was received

# The rules by name.
regulation-age_from = Age when the branch considers the admission, at least
regulation-age_to = Age when the branch considers the admission, at most
regulation-youth_to = Age of the Youth Union for introductions, at most
regulation-mentors_at_most = Mentors of one candidate, at most
regulation-source_approval = The source list that a branch makes
regulation-certificate_valid = The certificate of the awareness class is valid for
regulation-introducers_youth = Members who introduce somebody of the Youth Union's age (with the Youth Union), at least
regulation-introducers = Members who introduce somebody older, at least
regulation-known_for = An introducer has worked together with the candidate for at least
regulation-papers_vote = Papers needed before the branch considers the admission
regulation-branch_vote = The branch's vote: in favour of all official members, at least
regulation-papers_committee = Papers needed before the committee considers the admission
regulation-committee_vote = The committee's vote: in favour of all its members, at least
regulation-ceremony_within = The ceremony is held within
regulation-ceremony_counted_from = The limit for the ceremony is counted from
regulation-cv_within = The member's CV is handed in after the ceremony within
regulation-probation = Probation, from the ceremony
regulation-papers_recognition = Papers needed before the branch considers the recognition
regulation-recognition_within = The branch considers the recognition after the probation within
regulation-readmission_after = Who had to leave the Party may be considered anew after at least
regulation-transfer_within = A transfer of activity is completed within
