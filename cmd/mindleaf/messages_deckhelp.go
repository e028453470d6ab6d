package main

// chineseDeckHelp is the help of deck and export.
func chineseDeckHelp() map[string]string {
	return map[string]string{
		"List, check, format, edit, add and remove decks": "列出、检查、整理、编辑、添加和移除卡组",
		"Open the file of a deck in your editor":          "在编辑器里打开一个卡组的文件",
		`edit opens the file of a deck in your editor (VISUAL, EDITOR, or one that is
there): at its first mistake when it has one. Afterwards it says what is wrong with
the file, if anything. The deck that comes with mindleaf is copied into your decks
folder first, when you agree; your progress stays.`: `edit 在编辑器（VISUAL、EDITOR，或系统里有的一个）里打开一个卡组的文件；文件有错误时
停在第一处。编辑之后会指出文件里还有什么错误。mindleaf 自带的卡组会先复制到你的卡组
文件夹（经你同意）；进度不变。`,
		"Give deck files their usual form": "把卡组文件整理成通常的格式",
		`fmt gives deck files, all of your decks folder when none is named, the form in
which mindleaf writes them: an empty line before each table, equals signs in one
column, one way to indent. Keys, comments and cards keep their order, and every
text its wording. A file with a mistake is left as it is. With --check nothing is
written: the files that would change are listed, and the exit code is 1 when
there is one.`: `fmt 把卡组文件（没有指定时是卡组文件夹里的所有文件）整理成 mindleaf 自己书写的格式：
每个表之前空一行，等号对齐，缩进一致。键、注释和卡片的顺序不变，文字一字不改。有错误
的文件保持原样。加上 --check 就什么也不写：只列出会改动的文件，有这样的文件时退出码是 1。`,
		"list what would change, and write nothing": "只列出会改动的文件，什么也不写",
		`Decks are TOML files in your decks folder (mindleaf deck list names it); edit
them with any editor. What changed is read at the next start.`: `卡组是卡组文件夹里的 TOML 文件（mindleaf deck list 说出文件夹在哪里）；用任何编辑器
都可以修改。改动在下次启动时读入。`,
		"Copy a deck file into your decks folder":      "把一个卡组文件复制到卡组文件夹",
		"Check deck files and say what is wrong where": "检查卡组文件，指出哪里有错",
		`check reads deck files, those of your decks folder when none is named, and lists
every mistake with file, line and column. The exit code is 1 when there is one.
Cards that can be studied but are hard to learn are listed as warnings: the same
question twice or nearly so, an answer that stands in its question, long answers
and lists, choices that give the answer away, a missing source where most cards
have one, uneven brackets, half-width marks in Chinese text. Files with the same
deck id in two languages are compared: cards, levels, kinds and terms that only
one of them has. With --strict a warning is a mistake.`: `check 读取卡组文件（没有指定时是卡组文件夹里的所有文件），列出每一处错误所在的文件、
行和列。有错误时退出码是 1。能学但难学的卡列为提醒：问题重复或几乎重复、答案出现在
问题里、答案或列表太长、选项泄露了答案、多数卡有出处而它没有、括号不配对、中文里用了
半角标点。卡组标识相同而语言不同的文件会互相比较：只有其中一个才有的卡片、级别、类型
和术语。加上 --strict，提醒也算错误。`,
		"exit with 1 for warnings too": "有提醒时退出码也是 1",
		"List the decks":               "列出卡组",
		"Stop studying a deck; its file and its progress are kept": "不再学习一个卡组；文件和进度都保留",
		"Print the cards of a deck":                                "输出一个卡组的卡片",

		"Write a deck for another program, or everything as JSON": "把卡组写成其他程序的格式，或把一切写成 JSON",
		exportHelp: `export 把一个卡组、其中一节，或符合条件的卡（条件见 mindleaf card search --help）写成其他
程序的格式，或用于保存。格式有：

%s
不给 --format 时由输出文件的扩展名决定。csv、tsv、markdown、opml、mm、apkg 和 json
的内容，mindleaf import 都能读回：标识一并带着，所以还是同样的卡。导图格式有章节、
叶子和它们的备注，没有卡片，导入时重新出题。

Anki 在勾选“导入学习进度”时才会采用 .apkg 里的复习安排，而且只用于它还没有的卡，不会
改动它自己的安排。从 Anki 导入的笔记回到那里会成为新的笔记，与原来的并列。

json 是唯一包含一切的格式，不给名称时包含所有卡组：

  {"mindleaf": 1, "exported": TIME,
   "decks": [{"id", "title", "language", "about",
     "leaves": [{"path": [], "text", "level", "entries": [{"id", "kind", "front",
       "back", "note", "source", "choices": [{"text", "why"}], "accept": [],
       "tags": [], "media": []}]}],
     "cards": [{"id", "seed", "archived", "front", "back", "state": {"phase",
       "due", "interval_days", "ease", "reps", "lapses", "reviews", "last_day",
       "drill_day", "suspended", "buried_day", "flag"}}]}],
   "events": [{"device", "seq", "clock", "at", "day", "kind", "deck", "card",
     "grade", "took_ms", "scheduler", "target_device", "target_seq", "due",
     "level", "flag", "given", "batch", "text"}]}

没有值的键省略不写。天是日期，ease 以百分之一为单位，clock 以毫秒为单位。"state" 由
事件推算而来：导入时从事件重新得出。已归档的卡还有 "kind"、"path"、"leaf" 和 "level"。
文件不在或不能读取的卡组有 "no_file": true，只有已归档的卡和它们的历史：导入时不为它写卡组
文件，文件回来时卡片也就回来。`,
		"the cards as a table, with the headers that Anki reads": "卡片表格，带 Anki 能识别的表头",
		"the same with tabs":                                            "同上，用制表符分隔",
		"the cards as Q:, A: and C:":                                    "卡片，写成 Q:、A: 和 C:",
		"the map as a Markdown outline, without cards":                  "导图，写成 Markdown 大纲，没有卡片",
		"the map as OPML 2.0":                                           "导图，OPML 2.0",
		"the map for FreeMind and Freeplane":                            "导图，用于 FreeMind 和 Freeplane",
		"an Anki package with schedule and history":                     "Anki 的包，含排期和历史",
		"everything: cards, state and the log of all reviews":           "一切：卡片、状态和全部复习的日志",
		"replace the output file when it is there already":              "输出文件已存在时覆盖它",
		"format to write (default: from the ending of the output file)": "写成什么格式（默认由输出文件的扩展名决定）",
		"file to write (default: standard output)":                      "写到哪个文件（默认为标准输出）",
	}
}
