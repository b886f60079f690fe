# The demo's bar: who can be played, and what happened when the clock was moved.

demo-role-secretary = Secretary, { $unit }
demo-role-mentor = Mentor, { $unit }
demo-role-office = Committee’s office, { $unit }

demo-happened-reminders =
    { $count ->
        [one] { $count } message was sent.
       *[other] { $count } messages were sent.
    }
demo-happened-meeting = { $unit } begins its meeting.
demo-happened-nothing = Nothing is due in sight.
