# What the program says unasked when something falls due. $when is the sentence meeting-time.

reminder-meeting-person = Dear comrade { $name }. { $unit } meets at { $when }. Please say whether you are coming or will be absent with reason.
reminder-meeting-group = Dear members of { $unit }. The branch meets at { $when }. Please say whether you are coming or will be absent with reason.

# To a mentor; an item for each report still to be sent follows.
reminder-prompt = Dear comrade { $name }. Please report on the candidates and probationary members you guide, for the branch meeting of { $month }, before { $due }, so that the branch can prepare:
reminder-prompt-again = Dear comrade { $name }. The branch has not received your report for its meeting of { $month }. Please report before { $due } on:
reminder-prompt-last = Dear comrade { $name }. Time is running out for your report for the branch meeting of { $month } (before { $due }). The branch is still waiting for your report on:
reminder-prompt-item = { $candidate }

# Ends a message whose list stands before.
reminder-regards = Thank you.

# To the secretary at the deadline; an item for each report not sent follows.
reminder-owing = Dear comrade { $name }. Reports for the meeting of { $unit } in { $month } are now due. These have not been sent; please follow them up:
owing-line = { $mentor } – { $candidate }
# The mentor has no account the program can reach.
owing-line-unreachable = { $mentor } – { $candidate } (cannot be reached by message; please remind them in person)

# Above a reminder that waited while the service was down.
reminder-late = This message is late because the service was down. We apologise.

# To the secretary: $count rounds of reminders came too late to be of use.
reminder-dropped =
    { $count ->
        [one] Dear comrade { $name }. Because the service was down, { $count } round of reminders of { $unit } could not be sent in time and was dropped, so some members may not have been told. Please tell them yourself.
       *[other] Dear comrade { $name }. Because the service was down, { $count } rounds of reminders of { $unit } could not be sent in time and were dropped, so some members may not have been told. Please tell them yourself.
    }
