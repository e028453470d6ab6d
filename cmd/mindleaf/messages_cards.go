package main

// chineseCards are the messages of import and export.
var chineseCards = map[string]string{
	"Nothing was changed.": "没有更改任何内容。",
	"import":               "导入",
	"basic":                "问答", "reversed": "双向", "cloze": "填空", "list": "列表", "choice": "选择", "typed": "输入",
	"indexing cards": "正在收录卡片",
	"reading %s":     "正在读取 %s",
	"%d cards added, %d changed, %d moved, %d removed": "新增 %d 张卡，改动 %d，移动 %d，移除 %d",
	"added:":                            "新增：",
	"changed:":                          "改动：",
	"moved:":                            "移动：",
	"removed, with their history kept:": "移除（历史保留）：",
	"left as you have them in the deck file:":                                             "保持卡组文件里你改过的样子：",
	"left as you have them, though the import has another text (--replace=all takes it):": "保持你改过的样子，尽管导入的文件内容不同（用 --replace=all 采用它）：",
	"and %d more":                            "还有 %d 项",
	"%d cards":                               "%d 张卡",
	"%s stays as it is: nothing has changed": "%s 保持不变：没有改动",
	"the file with your changes by hand is kept as %s":         "你手工改过的文件保存为 %s",
	"%d events of the log taken over":                          "带入了 %d 条复习等记录",
	"left out: %d events of cards that are not there any more": "%d 条记录所属的卡片已不存在，未带入",
	"%s comes with mindleaf already":                           "%s 本来就是 mindleaf 自带的",
	"wrote %s: %d cards":                                       "已写入 %s：%d 张卡",
	"would write %s":                                           "将写入 %s",
	"would change %s: %s":                                      "将更改 %s：%s",
	"Make these changes?":                                      "要做这些更改吗？",
	"%s: %s. Progress stays with its cards.":                   "%s：%s。学习进度跟着卡片走。",
}
