package main

// filterHelpChinese is filterHelp in Chinese.
const filterHelpChinese = `条件由词和筛选项组成：词要出现在卡片的正面、背面、备注或路径里；全部都要满足。可以用
or、前面加 - 和括号来组合，引号把几个词合在一起；符号也可以是中文的：

  deck:名称 section:名称 level:advanced tag:名称 kind:cloze id:开头
  is:due 到期 is:new 新 is:learning 学习中 is:young 初熟 is:mature 掌握
  is:leech 顽固 is:suspended 暂停 is:buried 搁置 is:flagged 已标旗
  is:drill 巩固 is:archived 归档 flag:2
  due<7 due=0（从今天算起的天数） interval>=21  ease<2  lapses>3

is:due 是日子到了的全部的卡；复习带来的可能少一些，见 mindleaf due --help。

  注意力 is:due -tag:易 (ease<2 or lapses>3)    章节：训练过程 是：顽固卡`

// chineseFindHelp is the help of the commands of card that find and change cards.
func chineseFindHelp() map[string]string {
	return map[string]string{
		"The commands of card take the names of cards, DECK/CARD, CARD alone or the\n" +
			"beginning of one of these, or a filter. They change several cards as one step:\n" +
			"all or none of them, and mindleaf undo takes it back whole.\n\n" + filterHelp: `card 的命令接受卡片的名字（卡组/卡片、只写卡片，或它们的开头），或者条件。改多张卡时
算作一步：要么全改，要么都不改；mindleaf undo 一次全部撤销。

` + filterHelpChinese,
		"Find cards by what they say and by how they are known": "按内容和掌握情况查找卡片",
		"search lists the cards that fit a filter: those with the words in the front\n" +
			"first, then in the back, the note and the path, whole words before parts of\n" +
			"longer ones. What was found stands between « and ».\n\n" + filterHelp: `search 列出符合条件的卡片：词在正面的在前，然后是背面、备注和路径；完整的词在词的一部
分之前。找到的文字放在 « 和 » 之间。

` + filterHelpChinese,
		"cards to show at most, 0 for all":           "最多显示几张卡，0 为全部",
		"Print what a card says and how it is known": "显示卡片的内容和掌握情况",
		"show prints cards with everything they have, and how well they are known. A card\n" +
			"is named DECK/CARD, CARD alone, or the beginning of one of these.": `show 显示卡片的全部内容，以及掌握得怎样。卡片的名字是 卡组/卡片、只写卡片，或它们的
开头。`,
		"Tell the life of a card: every review, and the curve of its recall": "显示卡片的历史：每次复习和记忆曲线",
		"history draws how likely a card was to be recalled, day by day, and lists every\n" +
			"review and what else was done to it; what was taken back is counted only.": `history 按天画出记得这张卡的可能性，并列出每次复习和对它做过的事；撤销了的只计次数。`,
		"Open a card in your editor, where it stands in its deck file": "在编辑器里打开卡片在卡组文件中的位置",
		"edit opens the deck file at the line of the card in $VISUAL or $EDITOR. What you\n" +
			"write is read at once; the card keeps its history when you reword it. A card that\n" +
			"comes with mindleaf is edited in a copy of your own, which is made when you agree.": `edit 用 $VISUAL 或 $EDITOR 打开卡组文件，停在这张卡的那一行。写完立即读入；改写的卡
保留历史。mindleaf 自带的卡在你自己的副本里编辑，副本经你同意后生成。`,
		"Hide cards until that is undone": "暂停卡片，直到取消",
		"suspend keeps cards out of every sitting until card unsuspend brings them back;\n" +
			"they keep their schedule meanwhile.": `suspend 让卡片不再出现，直到用 card unsuspend 恢复；复习安排保留。`,
		"Bring suspended cards back":                                             "恢复暂停的卡片",
		"unsuspend brings cards back that were suspended.":                       "unsuspend 恢复暂停的卡片。",
		"Hide cards until tomorrow":                                              "把卡片搁置到明天",
		"bury keeps cards out of the sittings of today; tomorrow they are back.": "bury 让卡片今天不再出现；明天恢复。",
		"Bring buried cards back today":                                          "今天就恢复搁置的卡片",
		"unbury brings cards back that were buried until tomorrow.":              "unbury 恢复搁置到明天的卡片。",
		"Make cards new again":                                                   "把卡片变回新卡",
		"reset makes cards new: their interval, ease and lapses are gone, and they come\n" +
			"again with the new cards of the path. What is lost is told before. The reviews\n" +
			"stay in the log and in the statistics; flags stay too.": `reset 把卡片变成新卡：间隔、易度和遗忘次数都清除，以后作为新卡按路径再来。会先说明失
去什么。复习记录留在日志和统计里；旗子也保留。`,
		"Mark cards with a flag": "给卡片标旗子",
		"flag marks cards with one of the flags 1 to 7, or with 0 takes the flag away.\n" +
			"Flags mean what you want; flag:2 in a filter finds them again.": `flag 给卡片标上 1 到 7 号旗子，0 取掉旗子。旗子的含义由你定；条件里写 flag:2 可以再找到
它们。`,
		"list the cards and change nothing":  "列出卡片，什么也不改",
		"do not ask, also for several cards": "不询问，改多张卡时也不问",
	}
}
