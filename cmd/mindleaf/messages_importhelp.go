package main

// chineseImportHelp is the help of import.
func chineseImportHelp() map[string]string {
	return map[string]string{
		"Make a deck of a mind map or of another program's cards": "用思维导图或其他程序的卡片制作卡组",
		importHelp: `import 把你已有的内容写成卡组文件，放进卡组文件夹，可以在那里修改。文件是什么格式由
内容判断；- 读取标准输入，内容看不出来时用 --format 说明：

  思维导图    %s
              XMind、FreeMind、Freeplane、KityMinder（百度脑图）、Obsidian 等程序的
              导图，markmap 画的图（SVG 和 HTML），单独的或 Markdown 里的 Mermaid
              mindmap，Org，以及用制表符或空格缩进的文本：每片叶子变成一张或几张卡，
              主题的备注成为它的答案
  表格        %s
              一行是一张卡：Anki 导出的文本（含所有 #表头）、任何程序的 CSV 和 TSV，
              以及 Quizlet 的导出。分隔符和标题行自动判断；列按名称识别
              （%s），
              否则依次为正面和背面；--columns 可以另选
  Markdown    %s
              Q: 和 A:，带 [填空] 的 C:，正面::背面 和 正面:::背面（双向），正面和背面
              的各行之间用 ? 或 ??，==填空==；标题成为章节。没有这类卡片的 Markdown
              当作思维导图

  Anki        %s
              各个版本 Anki 的包，含排期和历史：每个顶层牌组成为一个卡组，其下的牌组
              成为章节，到期日不变。同一收藏较新的包只带来新增的内容；改了名的牌组和移到
              别的牌组的卡保留历史

  导出文件    %s
              mindleaf export 写的文件，连同所有学习记录

文本可以是 UTF-8、UTF-16 或 GB18030（中文 Excel 存成的 CSV）。不能变成卡片的内容，会连同
位置在标准错误输出中说明。

再次导入同一个文件时，会与现有的卡组和上次导入的内容比较，列出新增、改动、移动和移除
的卡。卡片保持原来的身份，因而保持进度：按它在导图中的位置认出，位置变了就按文字。移除
的卡连同历史归档。你在卡组文件里手工做的修改不会被撤销：你添加的卡留下，你改过的卡保留
你的文字，你移除的卡不再出现，每一处都会列出，即使导入的文件也改了那里。在终端里，写入
之前会先询问；没有终端时用 --replace 表示同意。--replace=all 让导入的文件胜过你手工
改动和移除的内容。手工改过的卡组文件会保存到 "removed" 文件夹，与新文件放在一起。`,
		"table: the columns in order (front,back,,tags), or by name or number (front=2,back=Meaning)":             "表格：按顺序给出各列（front,back,,tags），或按名称或序号（front=2,back=Meaning）",
		"show what would be made and what would change, and change nothing":                                       "只显示会生成什么、会改动什么，不做更改",
		"format of the files: %s (default: told from the content)":                                                "文件的格式：%s（默认由内容判断）",
		"table: yes or no, whether the first row names the columns (default: guessed)":                            "表格：yes 或 no，第一行是否为列名（默认自动判断）",
		"deck id (default: from the file's name)":                                                                 "卡组标识（默认取自文件名）",
		"language of the cards, such as zh or en (default: guessed)":                                              "卡片的语言，例如 zh 或 en（默认自动判断）",
		"change the deck of an earlier import without asking: merge keeps what you changed by hand, all does not": "不询问就更改先前导入的卡组：merge 保留你手工改过的内容，all 不保留",
		"table: what stands between rows (default: the end of the line)":                                          "表格：行与行之间用什么分隔（默认为换行）",
		"table: what stands between fields, such as tab, comma, semicolon or a text of your own":                  "表格：字段之间用什么分隔，例如 tab、comma、semicolon 或自定的文字",
		"deck title (default: the root of the map, or the file's name)":                                           "卡组标题（默认为导图的根或文件名）",
	}
}
