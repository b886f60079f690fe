# Keeping people true: what is done, said, and refused.
personnel-not-allowed = The committee and its office do this. Please turn to the office.
personnel-nobody = Nobody on the list is meant by this.
personnel-there = They are on the list already, as { $code }. If it is somebody else of that name, please give the birth date.
personnel-same = It stands so already; nothing has changed.
personnel-left = They are in no branch now. Please record their return first.
personnel-here = They are in a branch. To another they are moved.
personnel-on-road = They are on the road ({ $code }). Moving, stopping and death are recorded as steps: /hoso { $code }
personnel-moves-ahead = They are down for another branch from a later day. Please wait until then.
personnel-not-official = Secretary and deputy are official members.
personnel-no-office = They do not hold this office.
personnel-no-such-office = This unit has no such office.
personnel-no-unit = There is no such unit.
personnel-far = The day must not be after { $latest }.
personnel-ahead = This day has not come yet (today is { $today }).
personnel-after = The day must be after { $since }, when what stands began.
personnel-rename = { $who } is called { $to } from now on; the name of before is still found
personnel-born = The birth date of { $who } is { $born }
personnel-move = { $who } moves to { $unit } from { $since }
personnel-leave =
    { $to ->
        [""] { $who } leaves from { $since }: { $how }
       *[other] { $who } leaves from { $since }: { $how }, to { $to }
    }
personnel-return = { $who } is back in { $unit } from { $since }
personnel-become = { $who } is { $status } from { $since }
personnel-appoint = { $who } holds the office of { $office } of { $unit } from { $since }
personnel-release = { $who } no longer holds the office of { $office } of { $unit } from { $since }
personnel-ends-office = Ends: { $office }, { $unit }.
personnel-ends-guidance = No longer guided by them: { $codes }. The branch should assign somebody: /phancong
personnel-instead = { $name } no longer holds it.
personnel-waiting = Begun: { $drafts } draft reports, { $duties } tasks.
personnel-told = Dear comrade { $name }. { $what }.
departure-within = moved within the organisation
departure-outside = moved to another organisation
departure-died = died
departure-expelled = expelled
departure-struck_off = struck off
departure-withdrew = withdrew

# /nhansu: what is shown and asked.
personnel-about = Add, correct, move people, let them go, their offices
personnel-title = People
personnel-ask-who = Please type the name or the code of whom to see or change, such as NS-012. The button adds somebody.
personnel-button-add = Add somebody
personnel-several = Several bear this name. Please choose one.
personnel-unknown = Nobody on the list is meant by "{ $typed }". Please type the code or the full name.
personnel-elsewhere = Names are not typed here. Please do this on the organisation's own chat page.
personnel-somebody = { $who } ({ $code })
personnel-placed = In { $unit } since { $since }.
personnel-unplaced = In no branch now.
personnel-stands = Is { $status } since { $since }.
personnel-holds = { $office } of { $unit } since { $since }.
personnel-has-road = On the road: /hoso { $code }
personnel-button-move = Move
personnel-button-leave = Let go
personnel-button-return = Take back
personnel-button-rename = Correct the name
personnel-button-born = Correct the birth date
personnel-button-appoint = Give an office
personnel-button-become = Correct the membership
personnel-button-release = Release: { $office } of { $unit }
personnel-about-add = Add somebody
personnel-about-rename = The name of { $who }
personnel-about-born = The birth date of { $who }
personnel-about-move = Move { $who }
personnel-about-leave = { $who } leaves
personnel-about-return = { $who } comes back
personnel-about-become = The membership of { $who }
personnel-about-appoint = An office for { $who }
personnel-about-release = { $who } leaves an office
personnel-ask-unit = In which unit? Please choose, or type its name.
personnel-ask-status = Which membership? Please choose.
personnel-ask-how = Why do they leave? Please choose.
personnel-ask-office = Which office? Please choose.
personnel-ask-day = From which day? Please choose, or type it, such as 1/12.
personnel-add =
    { $born ->
        [0] Add { $name } to { $unit } from { $since }: { $status }
       *[other] Add { $name }, born on { $born }, to { $unit } from { $since }: { $status }
    }
personnel-done = Recorded: { $what }.
personnel-added = Added to the list as { $code }. Give them a code for the chat: diudat invite { $code }
