# What our own web page says around the chat; the chat itself is the assistant's.

web-app = Dìu Dắt
web-log = Conversation
web-stranger = Guest, not confirmed yet
web-input = Message
web-placeholder = Type a message…
web-send = Send
web-menu = Commands
web-older = Show older messages
web-newer = New message
web-skip = Skip to the message field

# An empty chat.
web-welcome-title = Welcome
web-welcome-text = Dìu Dắt reminds you of branch meetings, takes mentors’ reports and answers with the figures on developing members. Press “/” to see the commands, or write anything to begin.

# Beside a message on its way.
web-sending = Sending…
web-retrying = Not sent yet, trying again…
web-refused = This could not be sent.
web-too-long = The message is too long and was not sent. Please split it.
web-stale = This page is out of date. Please reload it and try again.
web-offline = Connection lost. Reconnecting…
web-online = Connected again.
web-reload = Reload
web-without-script = JavaScript is off: the page works, but does not update by itself.

# Somebody follows an invitation's link.
web-invited-title = Confirm your invitation
web-invited-text = The code works once, in this browser. Press the button to begin.
web-invited-button = Confirm
web-invited-wrong = The code in this link is not well-formed. Please open the link you received again, or send “/start” followed by the code.

# Shown for a moment to a visitor who comes from another site.
web-entering = Opening the conversation…
web-enter = Open the conversation

# Instead of a page that cannot be shown.
web-back = Back to the conversation
web-error-missing = There is no such page.
web-error-forbidden = This page is out of date or was opened from elsewhere. Please go back and try again.
web-error-too-long = This is too long and was not sent. Please split it.
web-error-request = This request is not valid.
web-error-busy = The system is busy. Please try again in a few minutes.

# Where the file of a notice is chosen, and what then stands in the chat. $limit: KiB.
web-attach-title = Put a file to the notice
web-attach-text = A notice takes one file: PDF, Word, Excel, or a PNG or JPEG picture, of { $limit } KB at most. A second one takes the place of the first. Please hand in no dossiers of people here.
web-attach-choose = Choose a file
web-attach-send = Put it to the notice
web-attach-sent = File: { $name }

# A day between messages: Monday, 03/12/2018.
web-day = { $weekday }, { $date }

# The demo's bar.
web-demo-name = Demo
web-demo-note = The people are fictional; the totals are those of an article of 2018.
web-demo-clock = The demo’s time
web-demo-next-event = Next event
web-demo-next-day = Next day
web-demo-to-meeting = To the meeting
web-demo-moving = Moving the clock…
web-demo-failed = The clock could not be moved. Please try again.
web-demo-happened = Just happened
web-demo-nothing = Nothing was due.
web-demo-people = See it as
web-demo-switch = Switch
web-demo-unread = new message
web-demo-close = Close
# In an empty chat: three things to try.
web-demo-step-ask = As the secretary, type /thongke to see the figures.
web-demo-step-wait = Press “{ web-demo-next-event }” to let time pass until reports are asked for.
web-demo-step-play = Become a mentor, send a report, and be the secretary again to receive it.
