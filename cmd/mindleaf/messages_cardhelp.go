package main

// chineseCardHelp is the help of card add and deck new.
func chineseCardHelp() map[string]string {
	return map[string]string{
		"Work with single cards":   "处理单张卡片",
		"Add cards to a deck file": "把卡片加进卡组文件",
		`add puts a card at the end of a deck file; what stands in the file already stays
as it is. Without --front it asks for front, back and note, and Esc leaves without
writing. With - it reads cards from standard input, either lines of front, tab,
back and if wanted tab, note, or [[card]] tables as they stand in a deck file;
the other flags then hold for lines only. Either all of the cards are added or,
when one has a mistake, none. What deck check would say about the new cards, such as
that the question is there already, is said at once.`: `add 把一张卡加在卡组文件的末尾；文件里已有的内容不变。不给 --front 时会询问正面、背面
和备注，按 Esc 离开，什么也不写。给 - 时从标准输入读取卡片：每行是正面、制表符、背面，
需要时再加制表符和备注；或是卡组文件里那样的 [[card]] 表，这时其他选项只用于按行读取的
卡片。要么全部加入；只要有一张有错，就一张也不加。deck check 对新卡会给的警告，例如已有
同样的问题，当场就会给出。`,
		"another right answer; may be given several times": "另一个正确答案；可以给几次",
		"the question": "问题",
		"the answer":   "答案",
		"id or title of the deck (default: the only one)":           "卡组的标识或标题（默认为唯一的那个）",
		"tags, separated by commas":                                 "标签，用逗号分隔",
		"a wrong answer to choose from; may be given several times": "供选择的错误答案；可以给几次",
		"where it comes from":                                       "出处",
		"kind of the card, such as basic, cloze, choice or list":    "卡片类型，例如 basic、cloze、choice 或 list",
		"an explanation, shown with the answer":                     "解释，与答案一起显示",
		"beginner, intermediate or advanced":                        "beginner、intermediate 或 advanced",
		"section, such as 'A / B'":                                  "章节，例如 'A / B'",

		"Start a deck of your own": "新建自己的卡组",
		`new writes a deck file without cards into your decks folder. ID becomes the name
of the file and the identity of the deck, by which its progress is kept: lower-case
letters of any script, digits, - and _. A comment in the file shows what a card
can have. mindleaf card add puts cards into it.`: `new 在卡组文件夹里写一个没有卡片的卡组文件。ID 是文件名，也是保存进度所用的卡组标识：
可用各种文字的小写字母、数字、- 和 _。文件里的注释说明卡片可以有哪些内容。用
mindleaf card add 加入卡片。`,
		"language of the cards, such as zh or en": "卡片的语言，例如 zh 或 en",
		"deck title (default: the id)":            "卡组标题（默认为标识）",
	}
}

// chineseAddErrors are what card add and deck new say.
func chineseAddErrors() map[string]string {
	return map[string]string{
		"deck id %q is not usable":                                            "卡组标识 %q 不能用",
		"standard input":                                                      "标准输入",
		"mindleaf deck new ID starts a deck of your own":                      "mindleaf deck new 标识 新建自己的卡组",
		"choose another id, or add to it with mindleaf card add --deck %s":    "换一个标识，或用 mindleaf card add --deck %s 加进去",
		"--front and --back take the texts; - reads from standard input":      "--front 和 --back 给出文字；- 从标准输入读取",
		"try mindleaf deck new %s; --title takes any text":                    "试试 mindleaf deck new %s；--title 可以是任何文字",
		"reading standard input: %w":                                          "读取标准输入：%w",
		"%s comes with mindleaf and cannot be added to":                       "%s 是 mindleaf 自带的，不能加卡片",
		"%s comes with mindleaf and is no file of yours":                      "%s 是 mindleaf 自带的，不是你的文件",
		"%d of %d deck files are not formatted":                               "%[2]d 个卡组文件里有 %[1]d 个不是通常的格式",
		"editing needs a terminal":                                            "编辑需要终端",
		"the file is %s":                                                      "文件是 %s",
		"there you are offered a copy of the deck, which comes with mindleaf": "这是随 mindleaf 附带的卡组，在终端里会先问是否复制一份",
		"running the editor %s: %w":                                           "运行编辑器 %s：%w",
		"mindleaf deck edit opens the file again, at the first of them":       "mindleaf deck edit 会再次打开文件，停在第一处",
		"mindleaf deck fmt formats them":                                      "mindleaf deck fmt 会整理它们",
		"mindleaf deck check lists every mistake and what to do":              "mindleaf deck check 列出所有错误和改法",
		"formatting %s: %w":                                                   "整理 %s：%w",
		"the cards would change":                                              "卡片会改变",
		"standard input:%d: %d fields, not front, back and note":              "标准输入:%d：有 %d 个字段，应为正面、背面和备注",
		"put one tab between front and back, and one before the note":         "正面和背面之间、备注之前各用一个制表符",
		"nothing was written; add the card again":                             "什么也没有写；请重新添加",
		"%s was changed meanwhile":                                            "%s 在此期间有改动",
		"standard input has no cards":                                         "标准输入里没有卡片",
		"unexpected argument %q":                                              "多余的参数 %q",
	}
}
