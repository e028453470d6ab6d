package main

// chineseCards are the messages of import and export.
func chineseCards() map[string]string {
	return map[string]string{
		"Nothing was changed.": "没有更改任何内容。",
		"import":               "导入",
		"basic":                "问答", "reversed": "双向", "cloze": "填空", "list": "列表", "choice": "选择", "typed": "输入",
		"indexing cards": "正在收录卡片",
		"making cards":   "正在出题",
		"reading %s":     "正在读取 %s",
		"%d cards added, %d changed, %d moved, %d removed": "新增 %d 张卡，改动 %d，移动 %d，移除 %d",
		"added:":                            "新增：",
		"%s; of the deck itself %s":         "%s；卡组本身：%s",
		"of the deck itself:":               "卡组本身：",
		"changed:":                          "改动：",
		"moved:":                            "移动：",
		"removed, with their history kept:": "移除（历史保留）：",
		"left as you have them in the deck file:":                                             "保持卡组文件里你改过的样子：",
		"left as you have them, though the import has another text (--replace=all takes it):": "保持你改过的样子，尽管导入的文件内容不同（用 --replace=all 采用它）：",
		"and %d more":                            "还有 %d 项",
		"%d cards":                               "%d 张卡",
		"%s stays as it is: nothing has changed": "%s 保持不变：没有改动",
		"the file with your changes by hand is kept as %s":                                         "你手工改过的文件保存为 %s",
		"%d entries of the history taken over":                                                     "带入了 %d 条复习等记录",
		"left out: %d events of cards that are not there any more":                                 "%d 条记录所属的卡片已不存在，未带入",
		"%s comes with mindleaf already":                                                           "%s 本来就是 mindleaf 自带的",
		`in Anki, File, Import, and tick "Import any learning progress"`:                           "在 Anki 里选“文件 > 导入”，并勾选“导入学习进度”",
		"%s cannot be read; of its cards and their history the export has what the database holds": "%s 不能读取；它的卡片和学习记录按数据库里的内容导出",
		"left out: %d events with impossible values":                                               "略去 %d 个事件：它们的数值不可能成立",
		"%s: its cards are in no deck file; their history is kept for when they are":               "%s：它的卡片不在任何卡组文件里；学习记录保留，等它们回来",
		"wrote %s: %d cards":                     "已写入 %s：%d 张卡",
		"would write %s":                         "将写入 %s",
		"would change %s: %s":                    "将更改 %s：%s",
		"Make these changes?":                    "要做这些更改吗？",
		"%s: %s. Progress stays with its cards.": "%s：%s。学习进度跟着卡片走。",
	}
}
