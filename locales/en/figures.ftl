# /thongke: the figures of an organisation or a branch.

figures-about = Figures on the development of members
figures-title = Development of members – { $unit }
figures-period = Period from { $from }; figures as of { $date }.
figures-members = Members: { $members }/{ $staff } staff ({ $share })
figures-admitted = Admitted in { $year }: { $count }
figures-admitted-total = Admitted in total: { $count }, in { $with }/{ $branches } branches
figures-admitted-sum = Admitted in total: { $count }
figures-target = Admissions against the target of { $year } ({ $branches } branches): { $admitted } of { $target } ({ $share })
figures-new-member-class = Members sent to the class for new members: { $count }
figures-awareness-class = Non-members sent to the class on the Party: { $count }
figures-by-branch = Members among the staff of each branch:
figures-branch = { $unit }: { $members }/{ $staff } ({ $share })
figures-unit-button = { $unit }

figures-which-unit = Several units fit. Please choose:
figures-no-unit = Among the units you may see none fits “{ $words }”. Please type the name of a unit or part of it, for example: /thongke phòng 1
figures-not-allowed = Only secretaries, deputy secretaries, committee members and the committee’s office can see these figures.
figures-future = This period has not begun, so there are no figures yet.

period-backwards = The period runs backwards: from { $from } to { $to }. Please write the first year first, for example: /thongke { $to }-{ $from }
period-two = Only one period at a time can be shown. Please keep one, for example: /thongke 2015-2018
period-unknown = This is not a period. Please write it like this: /thongke 2018, /thongke 2015-2018, /thongke quý 3, /thongke 6 tháng
