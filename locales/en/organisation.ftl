# Founding an organisation, its people.

init-usual-name = Party organisation
init-there = This database holds an organisation already: { $unit }. Please use a new one.
init-name = The organisation's name has 3 to { $most } characters, for example: Đảng bộ Công ty A.
init-officer-name = This is no full name of the officer. Please write all parts of it, for example: Lê Thị Hồng Nhung.
init-officer-there = The committee's office has an officer already ({ $code }).

# Taking in lists.

import-not-allowed = Only the committee and its office take in lists.
import-nowhere = There is no organisation yet. Please begin one first (diudat init).
import-mistakes = The lists have { $many } mistakes. Please correct them and take them in again; nothing was changed.
import-nothing = The lists hold nothing that is not known already.
import-changed-since = Something has changed since the preview. Please look at it again; nothing was changed.
deed-in-nobodys-name = Nobody has this code, or they are here no more.
import-unknown = There is no import { $import }.
import-undone = Import { $import } was taken back already.
import-used-since = Import { $import } cannot be taken back any more: somebody went on from what it brought. Nothing was changed.

# The first page of all, on a database without an organisation.
setup-title = Begin a Party organisation
setup-text = The database has no organisation yet. Enter the code that the server's terminal showed when the program started, and fill in what follows. Branches, members and candidates are brought in afterwards, from the lists in use.
setup-code = Code from the server's terminal
setup-name = Name of the organisation
setup-officer = Full name of the first officer of the committee's office
setup-place = Place named on papers
setup-term = First day of the term
setup-zone = Time zone
setup-language = Language
setup-begin = Begin
setup-wrong-code = That is not the code. It has eight characters and was shown in the server's terminal when the program started.
setup-too-many = Too many tries. Please try again in a few minutes.
setup-zone-wrong = That is no time zone. For example: Asia/Ho_Chi_Minh.
setup-term-wrong = The first day of the term cannot be read. Please write year-month-day, for example 2025-06-20.
setup-begun = It begins. The invitation below is for the officer of the committee's office; it is used once, on this page or in a messenger.
setup-officer-code = The officer's code: { $code }
setup-enter = Enter in this browser now
setup-next = Next: open Staff (/nhansu) and choose “Take in lists” to bring in branches and people from the lists in use.
