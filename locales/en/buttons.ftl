# Labels of buttons, at most 24 characters. `.word` is what is typed instead, with the code of the
# reminder, on a channel without buttons: “COMING 47”.

button-back = Back
button-save-draft = Save draft
button-send-report = Send report
button-edit = Edit
button-confirm = Confirm
button-skip = Skip
button-skip-text = Skip comments
button-as-last-month = Same as last month
button-continue = Continue
button-edit-text = Strengths, weaknesses
button-edit-recommendation = Recommendation

# Under reminders.
button-report = This month’s report
    .word = REPORT
button-report-again = Same as last month
    .word = SAME
button-coming = Coming
    .word = COMING
button-excused = Absent with reason
    .word = ABSENT
button-snooze = Remind me later
    .word = LATER
button-accept = Accept
    .word = ACCEPT
button-return = Return
    .word = RETURN
button-mend-report = Change the report
    .word = CHANGE

# Under a report that is judged.
button-earlier = Earlier reports
button-back-to-report = Back to the report

# Under the notice of a new office.
button-tasks = Open duties
    .word = DUTIES
