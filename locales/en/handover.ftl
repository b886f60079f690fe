# /phancong and /bangiao: who guides a candidate, who holds an office of a branch.

handover-mentors-about = Assign or change who guides a candidate
handover-offices-about = Hand over the office of secretary or deputy

# The candidates of the branch; $mentors counts who guides one.
handover-candidates-title = Who guides whom
handover-type-candidate = Please choose one, or type the code or the name, or a part of it, for instance QC-014.
handover-candidates-none = The branch has nobody on the road to membership now.
handover-candidates-line =
    { $mentors ->
        [0] { $candidate }: no mentor yet
        [one] { $candidate }: { $mentors } mentor
       *[other] { $candidate }: { $mentors } mentors
    }
handover-candidate-button = { $candidate }
handover-candidate-title = Mentors of { $candidate }
handover-no-mentor = Nobody is assigned yet.
handover-mentor = { $name }
handover-assign = Assign
handover-replace = Replace { $name }
handover-release = Release { $name }

# The offices.
handover-offices-title = Handing over
handover-which-branch = Please choose the branch, or type its name, for instance: phòng 1.
handover-which-office = Please choose, or type the office or the name of who holds it.
handover-branch-button = { $unit }
handover-office-line = { $office } of { $unit }: { $name }
handover-office-vacant = { $office } of { $unit }: vacant
handover-office-button = { $office }: { $name }
handover-office-fill = Fill: { $office }

# Above each question.
handover-about-assign = A mentor for { $candidate }
handover-about-replace = Another mentor for { $candidate } in place of { $from }
handover-about-release = { $from } no longer guides { $candidate }
handover-about-office = { $office } of { $unit }, held by { $from }
handover-about-vacancy = { $office } of { $unit }, vacant

handover-ask-who = Who takes it over? Choose an official member of the branch, or type a name or code.
handover-who = { $name }
handover-ask-paper = Under which resolution or decision? Type its number and date, for instance: 05-NQ/CB of 03/12/2018. /huy stops.
handover-ask-since = From which day on? Choose, or type a date, for instance: tomorrow, 3/12.
handover-since-today = Today, { $date }

handover-confirm-who = Taken over by { $name }.
handover-confirm-also = { $name } gives up the office of { $office } in the branch on the same day.
handover-confirm-paper = Under: { $paper }.
handover-confirm-since = From { $since } on.

handover-mentor-done = { $name } guides { $candidate } from { $since } on, under { $paper }.
handover-release-done = Noted: the guidance of { $candidate } ends on { $since }, under { $paper }.
handover-office-done = Noted: { $name } is { $office } of { $unit } from { $since } on, under { $paper }.

# To the two whom it concerns.
handover-mentor-told = Dear comrade { $name }. Under { $paper } you guide { $candidate } from { $since } on. Please report every month before the branch's meeting. With respect.
handover-mentor-ended-told = Dear comrade { $name }. Under { $paper } you no longer guide { $candidate } from { $since } on. Thank you.
handover-office-told = Dear comrade { $name }. Under { $paper } you are { $office } of { $unit } from { $since } on. What waits for this office comes to you from that day. With respect.
handover-office-ended-told = Dear comrade { $name }. Under { $paper } you are no longer { $office } of { $unit } from { $since } on. Thank you.

# Why not.
handover-not-leader = Only the secretary or a deputy of a branch assigns mentors in it.
handover-no-office = There is no office for you to hand over. A secretary hands over their own office and the deputy's, a deputy their own; the committee and its office record it for the branches below.
handover-which-candidate = Nobody on the list is “{ $typed }”. Please type the code or the name, for instance /phancong QC-014, or /phancong to choose.
handover-no-such-office = There is no branch, office or holder of one called “{ $typed }” that you may hand over. /bangiao shows the list.
handover-no-candidate = The branch has no { $code } on its road. /phancong shows the list.
handover-mentors-full = Nobody has more than { $limit } mentors (source: { $source }). Please choose to replace one.
handover-nobody-eligible = The branch has no other official member who could take it over.
handover-several = Several have this name: { $people }. Please type the code.
handover-namesake = { $name } ({ $code })
handover-unknown = Nobody in the branch is called “{ $typed }”. Please tap a button, or type a name or code (for instance NS-012).
handover-probationary = { $name } is a probationary member. Only official members guide candidates or hold this office. Please choose somebody else.
handover-not-member = Only official members of the branch guide candidates or hold this office. Please choose somebody else.
handover-guides-already = { $name } guides this person already. Please choose somebody else.
handover-holds-already = { $name } holds this office already. Please choose somebody else.
handover-paper-unclear = Please give the number of the resolution or decision, in at most { $limit } characters, for instance: 05-NQ/CB of 03/12/2018.
handover-since-range = { $since } is too far away. Please choose a day from { $earliest } to { $latest }.
handover-ends-before = { $name } has had it since { $began }, so it cannot end on { $since }. Please choose a day after { $began }.
handover-planned-already = It is given to somebody else from { $from } on already.
handover-changed = This has just been changed elsewhere. /phancong or /bangiao shows how it stands.
handover-nobody-left = Note: nobody guides { $candidate } now. Send /phancong to assign somebody.
