package main

// chineseWrite are the messages of making decks by hand.
func chineseWrite() map[string]string {
	return map[string]string{
		"started %s: %s":              "已新建「%s」：%s",
		"added card %s to %s":         "已添加卡片 %s：%s",
		"wrote %d manual pages to %s": "写了 %d 页手册：%s",
		"NAME":                        "名称",
		"SYNOPSIS":                    "用法",
		"DESCRIPTION":                 "说明",
		"OPTIONS":                     "选项",
		"COMMON OPTIONS":              "通用选项",
		"EXAMPLES":                    "例子",
		"SEE ALSO":                    "另见",
		"%s: %d cards, nothing wrong": "%s：%d 张卡，没有问题",
		"This deck comes with mindleaf. To edit it you need a copy of your own: %s. Your progress stays.": "这个卡组是 mindleaf 自带的。要编辑它，需要你自己的副本：%s。进度不变。",
		"formatted %s":                         "已整理 %s",
		"%d deck files, all formatted already": "%d 个卡组文件，都已是通常的格式",
		"it must not be empty":                 "不能为空",
		"Front":                                "正面",
		"Back":                                 "背面",
		"Note, may be empty":                   "说明，可留空",
		"%s has no cards yet: mindleaf card add --deck %s": "「%s」还没有卡片：mindleaf card add --deck %s",
	}
}
