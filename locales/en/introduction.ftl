# /gioithieu: introducing somebody.

introduce-about = Introduce an outstanding person
introduce-not-allowed = Only unions' contacts, secretaries and deputies introduce somebody.
introduce-nobody = Everybody listed where you are in charge has a dossier already. Somebody new has to be added to the list by the administrator first.
introduce-gone = This person has just been introduced, or is not where you are in charge any more. Type /gioithieu to choose again.
introduce-title = Introducing an outstanding person
introduce-who = Whom do you introduce? Please choose, or type a name or code (/huy to leave it).
introduce-person = { $person }
introduce-unknown = Nobody without a dossier has the name or code “{ $typed }” where you are in charge. Type /gioithieu for the list.
introduce-many = Several have this name: { $people }. Please type the code.
introduce-when = On which day were they introduced? Choose, or type a date, for example: 5/11/2018.
introduce-not-then = This day cannot be recorded: { $lack }. Please type another.
introduce-preview = Before it is recorded: introducing an outstanding person
introduce-unit = { $unit }
introduce-hint = Once recorded, the dossier gets a code of its own and the branch is told (/huy to leave it).
introduce-done = Recorded the introduction of { $candidate } to { $unit }.
introduce-told = Dear { $name }. { $by } introduces { $candidate }. Please let the branch consider it and assign mentors. Thank you.
