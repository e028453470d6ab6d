package main

// chineseTrustHelp is the help of backup, restore and doctor.
func chineseTrustHelp() map[string]string {
	return map[string]string{
		"Make a backup of your progress, or list the backups": "备份学习进度，或列出备份",
		`backup copies the database with all progress, as it is at one moment, into the
backups folder or to FILE, checks the copy, and only then gives it its name. You
may go on reviewing in another terminal meanwhile. Deck files are not in it:
they are text files of your own.

Backups are made by themselves too: after a command that changed something, when
the last one is an hour old or older, and before a restore, a repair or a change
of the database's format. All of the last two days are kept, then one of each of
12 days, 10 weeks and 9 months. They lie on the same disk as the progress: copy
some elsewhere from time to time.`: `backup 把含有全部进度的数据库按某一时刻的样子复制到备份文件夹或 FILE，检查副本之后才
给它正式的名字。其间可以在另一个终端继续复习。备份里没有卡组文件：它们是你自己的文本
文件。

备份也会自动进行：改动了数据的命令之后，若上一个备份已有一小时；以及恢复、修复和升级
数据库格式之前。最近两天的备份全部保留，再往前 12 天、10 周和 9 个月各留一个。它们与
进度在同一块磁盘上：请不时复制一些到别处。`,
		"List the backups, the newest first": "列出备份，最新的在前",

		"Go back to a backup of your progress": "回到先前备份的进度",
		`restore puts a backup in the place of the present progress. Without FILE it offers
the backups there are. It first says what both hold and what would be lost, asks,
and makes a backup of the present progress, so that a restore can be taken back
by another one. A database that is damaged is not thrown away but set aside, and
what can still be read of the answers in it is added to the backup.`: `restore 用一个备份替换现在的进度。不给 FILE 时列出已有的备份供选择。它先说明两边各有
什么、会失去什么，然后询问，并备份现在的进度，所以恢复之后还可以再恢复回来。损坏的
数据库不会丢弃，而是放到一边，其中还能读出的回答会加进备份。`,

		"Check that progress, decks and backups are sound": "检查进度、卡组和备份是否完好",
		`doctor checks the database file itself (SQLite's checks of pages, indexes and
keys), folds the whole log again and compares the state of every card and all
counters with it, reads every deck file and compares it with the index, looks for
events that are gone from the log, that are of cards which are not there, and of
days that have not come or cannot be, and opens every backup. Each check says how
many things are wrong. The exit code is 1 when there are any.

--fix makes a backup. Then it makes anew, in one transaction, what follows from the
log, and reads deck files again that the index has wrong. The log itself, what you
answered and when, is never changed. A database that is damaged as a file is what
mindleaf restore is for.`: `doctor 检查数据库文件本身（SQLite 对页、索引和键的检查），从整个日志重新推算每张卡的
状态和所有计数并加以比较，读取每个卡组文件并与索引比较，查找日志中缺失的事件、没有
对应卡片的事件、未来日子或不可能的日子的事件，并打开每一个备份。每项检查都说明有几处
不对。有任何不对时退出码是 1。

--fix 先做备份，然后在一个事务里重建所有可从日志推算的内容，并重新读取索引有误的卡组
文件。日志本身，即你何时答了什么，绝不会改动。数据库文件损坏时，请用 mindleaf restore。`,
		"mend what can be mended, after a backup": "先备份，再修复能修复的",
	}
}
