package main

// chineseStudyHelp is the help of review, backlog and undo.
func chineseStudyHelp() map[string]string {
	return map[string]string{
		"Study what is due, and a few new cards along the path": "学习到期的卡，并沿着路径学几张新卡",
		`review shows the cards that are due, the most overdue first, with new cards in
the order of the path among them, and at the end drills what was graded below
Good. Every answer is on disk before the next card is shown: stop at any time.

A name of a deck or a section studies only that, a filter such as 'is:leech
section:训练过程' only the cards that fit it; mindleaf card search shows these, and
its --help tells what a filter may say. --cram asks all the cards until each was
known once, before an exam say, and leaves the schedule alone. In a pipe, or with
a screen reader, --plain asks line by line.

A card that lapses 8 times is a leech: you are asked whether to rewrite it, to
suspend it or to go on. Settings change that, the grades, and limits a day
(mindleaf config list).`: `review 显示到期的卡，过期最久的在前，其间按路径的顺序插入新卡，最后巩固评为良好以下
的卡。每个回答都先写入磁盘，再显示下一张卡：随时可以停下。

给出卡组或章节的名称，就只学那一部分；给出条件，例如 'is:leech section:训练过程'，就
只学符合的卡：mindleaf card search 列出这些卡，它的 --help 说明条件怎么写。--cram 把
其中所有的卡问到每张都答对一次为止，比如考试之前，并且不影响排期。在管道里或使用屏幕
阅读器时，--plain 逐行提问。

遗忘 8 次的卡是顽固卡：会问你是改写、暂停还是继续。次数、评分和每天的上限都可以设置
（mindleaf config list）。`,
		"also cards due within this many days":                                      "也包括这么多天之内到期的卡",
		"ask all cards until each was known once, and leave the schedule alone":     "把所有的卡问到每张都答对一次为止，不影响排期",
		"grades to choose from: 2, 4 or 6 (default: as set)":                        "可选的评分：2、4 或 6（默认按设置）",
		"cards in this sitting at most (default: no limit)":                         "这次最多学几张卡（默认不限）",
		"ask after so many minutes whether to go on, 0 for never (default: as set)": "多少分钟后询问是否继续，0 为从不（默认按设置）",
		"new cards in this sitting (default: what is left of the day's)":            "这次的新卡数（默认为当天剩余的）",

		"Take the last answer back": "撤销上一个回答",
		`undo takes back the newest thing you did: an answer, a bury, a suspension or a
level opened by hand. The card is as it was before. Repeat it to go further back.

--future takes back, after a question and a backup, what was answered on days that
have not come: the clock of this computer was ahead then, and would keep the cards
away until after those days. See that the clock is right now.`: `undo 撤销你最近做的一件事：一个回答、一次搁置、一次暂停或手动开放的级别。卡片恢复到
之前的样子。再次运行可以继续往前撤销。

--future 在询问并备份之后，撤回日期还没有到的回答：当时这台电脑的时钟超前，卡片要到那些
日子之后才会再出现。请先确认现在的时钟是对的。`,
		"take back what was answered on days that have not come": "撤回日期还没有到的回答",

		"Spread what is overdue over the coming days": "把积压的卡分散到以后几天",
		`backlog is for coming back after a break: it spreads the cards that are due now
over the coming days, so that none brings more than --per-day cards, those that
are due then anyway included. The cards likeliest to be forgotten, the most
overdue relative to their interval, come first. Intervals and ease stay as they
are: a card that is still known after the longer pause has earned its interval.
mindleaf undo takes all of it back as one step.`: `backlog 用于停学一段之后回来：把现在到期的卡分散到以后几天，使每天不超过 --per-day
张，那天本来就到期的也算在内。最可能忘记的卡，也就是相对于间隔过期最久的，排在前面。
间隔和易度不变：停了更久仍然记得的卡，理应得到它的间隔。mindleaf undo 一步就能全部
撤销。`,
		"show the plan and change nothing": "只显示计划，不做更改",
		"cards a day at most":              "每天最多几张卡",
		"do not ask":                       "不询问",
	}
}
