# Getting to know each other: /start and the invitation code. A reader who has not been confirmed
# learns nothing about the organisation but its name.

start-about = Confirm your account with a code

start-welcome = Dìu Dắt is the assistant for developing Party members at { $organisation }: it reminds of branch meetings, takes the monthly reports of mentors and gives figures.
start-stranger = To use it, please ask your branch secretary or the committee’s office for an invitation code, then send: /start and the code.

start-known = Hello, comrade { $name }.
start-known-guest = Hello { $name }.
start-known-hint = Type /viec to see what you have to do, /trogiup for help.

start-bound = Hello, comrade { $name }. Your account is confirmed.
start-bound-guest = Hello { $name }. Your account is confirmed.
start-bound-unit = Unit: { $unit }.

# Why a code was not taken, and what to do.
start-code-malformed = This is not an invitation code: a code has 8 characters, written like ABCD-EFGH. Please check it and send it again.
start-code-unknown = There is no such invitation code. Please check it and send it again; if it still fails, please ask for a new one.
start-code-used = This invitation code has been used; each code works once. Please ask for a new one.
start-code-expired = This invitation code has expired. Please ask for a new one.
# To somebody nobody has confirmed.
start-slow-down = You have sent too many messages within a minute. Please wait a minute and send again.
start-too-many = This account has sent too many wrong codes. Please try again in an hour.
start-paused = No account can be confirmed at the moment, because too many wrong codes were sent; this has been noted for the administrator. Please try again in an hour.
# Everybody in the group saw the code.
start-code-shown = A personal code that was shown in a group is void. Please ask for a new one and send it to me in private.
start-code-for-group = This code is for your branch’s group. Please send it there.
