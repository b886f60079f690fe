# What is said when a tap or a text does not fit, whatever the feature.

# A button that is too old, or of a message that was answered long ago.
tap-stale = This button no longer works. Please start again, for example with /viec.
deed-needs-a-person = This is recorded with the name of who does it. Please do it in a chat, with that person’s account.
deed-administrator = This is left to the administrator of the server, at the command line.

# Said of what somebody did that changed nothing, above what stands.
deed-same = This stood so already; nothing was changed.

# What was to be confirmed is not what was shown: nothing was done, and what stands follows.
shown-changed = This has changed since it was shown, so nothing was done. Please look at it as it stands below, and confirm.
# The same of a message of before an update of the program.
shown-once-more = The program has been updated, so nothing was done. Please look at it below, and confirm once more.

# The second of two taps: it is done; what was answered then follows.
deed-done = This was done at { $at }.
deed-done-by = This was done at { $at }, by { $by }.

# Wherever a date is asked for.
typed-no-such-date = There is no date { $date }. The day comes first, then the month, for example: 3/12 or 3/12/2018. Please type it again.

# A paper that is named with its date.
paper-no-such-date = There is no date { $date }. Please type the number and the date of the paper again, for instance: 05-NQ/CB ngày 03/12/2018.
paper-without-number = Please give the paper's number as well, not its date alone, for example: 05-NQ/CB ngày 03/12/2018.
paper-ahead = The paper cannot be of { $on }: that day is still to come (today is { $today }). Please check, and type the number and the date of the paper again.
tap-not-yours = This button is for someone else.
# Somebody we do not know, in a group.
tap-stranger = This account is not confirmed yet. Please write to me in private: /start and your invitation code.

# A number, but nothing was asked.
typed-number-alone = No question is waiting for a number. Type /viec to see what you have to do.
# A number typed under a question that wants words, while another one waits.
typed-number-which = It is not clear which question this number answers, so it is not noted. Please answer the question below.
names-given = A given name alone may not be hidden in messages. To keep it private, please write the code (such as QC-014) next time.
typed-unclear = I did not understand this answer. Please choose an option of the question below, or send /huy to stop; what you entered is kept.
typed-number-unknown = There is no option with this number. Please choose one of the numbers shown.
typed-chosen = You have chosen: { $option }

# Buttons with commands follow.
unknown-command = There is no such command. Type /trogiup to see the commands, or choose below.
unknown-text = I did not understand this. You can type, for example: /viec (what you have to do), /lichhop (meetings), /trogiup (help), or choose below.

cancel-about = Stop what you are doing, keep the draft
cancel-nothing = There is nothing to stop.
cancel-done = Stopped. Drafts of reports and notices, if any, are kept.

# A picture, a document, a voice message.
upload-refused = I neither take nor keep papers, pictures or files sent by message. Dossiers are classified: please do not send them through messengers, withdraw what you have just sent if it belongs to a dossier, and hand the paper to your branch.

# The dialogue was kept by another version of the program.
dialogue-reset = Sorry, what you had begun cannot be opened again. Please start anew; your drafts are kept.

# Our mistake. The reader may be somebody we do not know.
fault = Sorry, something went wrong on our side with your last message (code { $code }). What was entered before is kept. Please try again; if it fails again, please give this code to the administrator.

# A text that could be the content of an answer or something else. $what names that.
doubt-ask = Is “{ $typed }” the answer to the open question, or do you mean something else? The question still waits.
doubt-content = It is the answer
    .word = ANSWER
doubt-instead = Something else: { $what }
    .word = ELSE
doubt-reply = “{ $typed }”

# Thanks, and assent that answers nothing.
courtesy-thanks = Glad to help. /viec shows what there is to do.
courtesy-assent = Very well. To choose a button above, please tap it or type what it says; /viec shows what there is to do.
