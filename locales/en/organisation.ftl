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
