# /lop: the classes of the committee, who is sent, and who came back with a certificate.

class-about = Classes: who is sent, who is certified
class-kind-awareness = the awareness class
class-kind-new_member = the class for new members
class-short-awareness = Awareness class
class-short-new_member = New members' class
class-name = { $kind } from { $first } to { $last } at { $place } (document { $number })

# The list of a year.
class-list-title = Classes of { $year }
class-list-kind = Attending { $kind }:
class-list-none = None so far.
class-list-line = { $first } – { $last }, { $place } (no. { $number }): sent { $sent }, certified { $certified }, no result yet { $open }
class-list-cancelled = { $first } – { $last }, { $place } (no. { $number }): cancelled, because: { $reason }
class-ready = Could be sent to { $kind } now: { $count }.
class-ending = Certificates of the awareness class that end soon or have ended:
class-ending-line = { $candidate } ({ $unit }): valid until { $on } ({ $days } days left)
class-ending-over = { $candidate } ({ $unit }): ended on { $on } ({ $days } days ago)
class-look-button = { $kind } { $first }
class-year-button = Year { $year }
button-class-open = Open a class
button-class-again = Send again
button-class-list = All classes
button-class-previous = ◀ Before
button-class-next = After ▶

# One class.
class-title = Attending { $kind }
class-days = Days: { $first } to { $last }
class-place = Place: { $place }
class-number = Document { $number }
class-opened-by = Opened by { $by }
class-cancelled-by = Cancelled { $at } by { $by }. Reason: { $reason }
class-empty = Nobody was sent to this class so far.
class-counts = Sent: { $sent }; certified { $certified }, no result yet { $open }.
class-unit = { $unit }:
class-seat = { $candidate }: { $result }
class-person = { $candidate }
class-result-open = no result yet
class-result-certified = certificate { $number } of { $on }
class-result-withdrawn = taken back, does not count
class-outcome-certified = certified
class-outcome-absent = did not attend
class-outcome-failed = attended, did not pass
button-class-add = Send people
button-class-certify = Note certificates
button-class-cancel = Cancel the class

# Opening one.
class-ask-kind = Which class is to be opened?
class-ask-first = On which day does it begin? Please type the day, for example 10/12.
class-ask-last = It begins on { $first }. On which day does it end? Please choose, or type the day, for example 14/12.
class-ask-place = Where is it held?
class-ask-number = Number of the decision or the notice? For example 88-CV/ĐU.
class-day-button = { $on }
class-open-preview = Please check before the class is opened
class-open-kind = Attending { $kind }
class-open-alike = ⚠ There is a class of this kind that begins on the same day. Please make sure that it is not the same.
class-open-done = Opened: { $class }.
class-open-already = { $by } has just opened this class; it was not opened again.
class-day-far = { $on } is too far away. A class begins within a year before or after today; please type the day again.
class-day-backwards = The last day cannot be before the first ({ $first }). Please type the last day again.
class-too-long = A class is not longer than { $limit } days. Please type the last day again.
class-place-length = The place needs 2 to { $limit } characters. Please type it again.
class-number-wrong = The number of a document has a digit and not more than { $limit } characters, for example 88-CV/ĐU. Please type it again.
button-class-open-now = Open this class
button-class-anew = Change

# Sending people.
class-ask-whom = Who is sent to { $class }? Tap a name (again to take it back), or type codes, names or a branch with commas between them; then choose “{ button-continue }”.
class-chosen = Chosen: { $count } of { $all } who may be sent.
class-pick = { $candidate } – { $unit }
class-picked = ✓ { $candidate } – { $unit }
class-not-yet = Cannot be sent yet:
class-not-yet-line = { $candidate } ({ $unit }): { $why }
class-not-yet-more = and { $count } more.
class-lacks = { $lacks }
class-first-step = “{ $step }” comes first
class-first-lacks = “{ $step }” comes first, and that lacks: { $lacks }
class-nobody = Nobody can be sent to { $class } now.
class-nobody-chosen = Nobody is chosen. Please choose at least one, then “{ button-continue }”.
class-several = Several people have this name: { $people }. Please type the code.
class-not-ready = { $candidate } cannot be sent yet: { $why }.
class-unknown = Among those who may be sent there is nobody, and no branch, called “{ $typed }”. Please tap a name, or type a code, for example QC-014.
class-branch-nobody = { $unit } has nobody who can be sent to this class now.
class-send-preview = Please check before they are sent
class-send-to = { $count } people are sent to { $class }:
class-send-hint = The step is recorded for each of them; the branch's secretary, the mentors and those who are sent are told.
class-some-stay = Can no longer be sent: { $people }. Somebody else may just have sent them, or their case has changed. Please check again.
class-sent = { $count } people are sent to { $class }.
class-again-none = No awareness class is coming up. Please type /lop and choose “{ button-class-open }” first, then send them again.
button-class-all = Choose everybody
button-class-none = Choose nobody
button-class-send = Send them

# Noting certificates.
class-settle-title = Results of { $class }
class-ask-marks = Who got a certificate? Tap whoever did NOT (each tap changes the result), or type: QC-014 vắng, QC-018 không đạt; then choose “{ button-continue }”.
class-marks-count = Certified: { $certified } of { $all }.
class-mark = { $candidate }: { $result }
class-ask-certified-on = Of which day are the certificates?
class-ask-certificate = Number of the certificates? Please type one number for all (of the decision), or one for each, for example: { $example } 84/2018
class-settle-preview = Please check before it is recorded:
class-settle-hint = Certificates are noted as kept by the committee's office, and their limit runs from their day. Who did not attend or did not pass does not keep the step and can be sent to a later class.
class-not-sent = Nobody who waits for a result of this class is called “{ $typed }”. Please type the code on the button.
class-numbers-left = Numbers are missing of: { $people }. Please type all of them in one message, or one number for everybody.
class-certified-when = The day lies between the first day of the class ({ $first }) and today ({ $today }). Please type it again.
class-nothing-marked = There is no result to record. Please choose again, or /huy to stop.
class-settled = Results of { $all } people are recorded; { $count } got a certificate.
class-settled-already = Somebody else has just recorded the results of this class, so nothing was written. Please look at them below.
class-all-settled = Nobody waits for a result of this class any more.
class-not-over = This class ends on { $last }; certificates are noted after that.
button-class-record = Record

# Cancelling one.
class-cancel-title = Cancelling { $class }
class-ask-reason = Why? Please type the reason; the branches are told. Type /huy to stop, and the class stays as it is.
class-cancel-reason = Reason: { $reason }
class-cancel-people = { $count } people who were sent are called back and told.
class-reason-wrong = A reason is written in words, with not more than { $limit } characters. Please type it again.
class-cancel-done = The class is cancelled; { $count } people are called back.
class-is-cancelled = This class was cancelled.
class-was-held = Somebody got a certificate of this class, so it cannot be cancelled any more.
button-class-cancel-now = Yes, cancel it

# To the branches, and to whoever was sent.
class-told-sent = Dear comrade { $name }, { $committee } sends the following to { $class }. Please let them know and help them to attend.
class-told-settled = Dear comrade { $name }, the results of { $class }:
class-told-cancelled = Dear comrade { $name }, { $committee } has cancelled { $class }. Reason: { $reason }. The following do not have to go, and will be sent to another:
class-self-sent = Dear { $whom }, { $committee } sends you to { $class }. Your branch's secretary knows more. With regards.
class-self-cancelled = Dear { $whom }, { $committee } has cancelled { $class }. Reason: { $reason }. With regards.
class-self-guest = { $name }
class-self-comrade = { $name }

# Why not.
class-not-allowed = Only members of the committee and its office see classes, open them and send people.
class-not-yours = This class is not within what you watch over.
class-which-year = Please type /lop for the classes of this year, or add a year, for example /lop 2018
