# The demo's bar: who can be played, and what happened when the clock was moved.

demo-role-secretary = Secretary, { $unit }
demo-role-mentor = Mentor, { $unit }
demo-role-office = Committee’s office

# How many messages, to whomever; then who of those above got some.
demo-happened-sent =
    { $count ->
        [one] { $count } message was sent.
       *[other] { $count } messages were sent.
    }
demo-happened-news = New messages: { $people }.
demo-happened-meeting = { $unit } meets at { $at }.
