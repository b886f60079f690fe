# Being reminded again, once.

snooze-ask = When would you like to be reminded again?
snooze-afternoon = This afternoon ({ $at })
snooze-tomorrow = Tomorrow ({ $at })
snooze-set-report = I will remind you again at { $at }, if you have not sent the report by then.
snooze-set-meeting = I will remind you again at { $at }, if you have not said by then whether you are coming.

# Why not.
snooze-nothing = There is nothing to remind you of. Type /viec to see what is to be done.
snooze-not-yours = I have not sent you any reminder of this. Type /viec to see what is to be done.
snooze-done = You have done this already; there is nothing to remind you of.
snooze-too-late = This is due { $deadline }, so it cannot be put off any more. Type /viec to do it now.
