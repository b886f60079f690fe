# The group chat of a branch. Nothing about a candidate is ever said in it.

group-about = Connect your branch’s group chat
group-code = Code for the group of { $unit }: { $code }. It works once, until { $until }.
group-code-hint = Please add me to the branch’s group, then send there: /start and this code.

group-hello = Hello. I am Dìu Dắt, the assistant for developing Party members. This group belongs to no branch yet: its secretary can write /nhom to me in private for a code, then send here: /start and the code.
group-bound = This group now belongs to { $unit }. Reminders of branch meetings will appear here; type /lichhop to see when they are. Nothing about those who are guided is sent to the group.
group-not-leader = Only the secretary or deputy secretary of a branch can connect its group.
group-stranger = This account is not confirmed yet. Please write to me in private first: /start and your own invitation code. Then send the group’s code here again.
group-taken = This group belongs to another branch. To change that, please remove me from the group, add me again and send the code again.
group-not-bound = This group belongs to no branch yet. Its secretary can write /nhom to me in private for a code.

# To the secretary, when the bot was removed or may not write any more.
group-lost = Dear comrade { $name }. I can no longer write to the group of { $unit }; from now on each member is reminded in private. To connect the group again, please add me to it and type /nhom.
