package main

import (
	"fmt"
	"sync"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
)

// t returns message in the language of the interface, with args filled in. The
// English text is its own key; a message that is not in the Chinese catalogue
// stays English.
func (a *app) t(message string, args ...any) string {
	zh, ok := "", false
	if a.chinese {
		zh, ok = inChinese(message)
	}
	switch {
	case ok:
		message = zh
	case len(args) > 0:
		message = agreeing(message, args)
	}
	if len(args) == 0 {
		return message
	}
	return fmt.Sprintf(message, args...)
}

// words are the texts that the terminal layer shows of its own accord.
func (a *app) words() term.Words {
	if a.chinese {
		return term.Chinese()
	}
	return term.English()
}

// chinese is the Chinese catalogue, by English message: one table for each part
// of the program. A message stands in one of them only.
var chinese = sync.OnceValue(func() []map[string]string {
	return []map[string]string{
		chineseMessages(), chineseSitting(), chineseSee(), chineseTrust(), chineseCards(), chineseQuiz(), chineseAnki(), chineseWrite(), chineseFind(),
	}
})

// inChinese looks message up in the catalogue.
func inChinese(message string) (zh string, ok bool) {
	for _, table := range chinese() {
		if zh, ok = table[message]; ok {
			return zh, true
		}
	}
	return "", false
}

// chineseMessages are the messages of review, decks and today.
func chineseMessages() map[string]string {
	return map[string]string{
		"hint: %s": "提示：%s",
		"%s: %s":   "%s：%s", "  %s: %s": "  %s：%s", "- %s: %s": "- %s：%s", "    %s; %s": "    %s；%s", "%s, %s": "%s，%s", "%s (%s)": "%s（%s）", ", closed": "，未开放",

		"Again": "重来", "Hard": "困难", "Good": "良好", "Easy": "简单",
		"How well did you know it?": "这张卡记得怎样？",
		"Space %s":                  "按空格%s", "Enter %s": "按回车%s",
		"shows the answer":       "显示答案",
		"goes back to the card":  "回到卡片",
		"Your answer":            "你的答案",
		"You typed: %s":          "你的答案：%s",
		"Source: %s":             "出处：%s",
		"new card":               "新卡",
		"drill":                  "巩固",
		"new %d drill %d due %d": "新%d 固%d 复%d",
		"undo":                   "撤销", "skip": "跳过", "bury": "搁置", "suspend": "暂停",
		"edit": "编辑", "history": "历史", "help": "帮助", "quit": "退出",
		"skipped: comes again later": "已跳过，稍后再来",
		"buried until tomorrow":      "已搁置到明天",
		"suspended":                  "暂停", "suspended until that is undone": "已暂停，撤销前不再出现",
		"taken back": "已撤销",
		"editing needs a terminal; the card is in %s": "编辑需要终端；卡片在 %s",
		"the editor failed: %v":                       "编辑器出错：%v",
		"Make the copy?":                              "要复制吗？",
		"Help":                                        "帮助", "Keys": "按键", "History": "历史", "never reviewed": "从未复习", "reset": "重置",
		"Space  show the answer, then grade Good":             "空格  显示答案，再按一次评为良好",
		"Enter  show the answer, then grade Good":             "回车  显示答案，再按一次评为良好",
		"1 2 3 4  Again, Hard, Good, Easy":                    "1 2 3 4  重来、困难、良好、简单",
		"u  take the last answer back":                        "u  撤销上一个回答",
		"s  skip: the card comes again later in this sitting": "s  跳过：这张卡本次稍后再来",
		"b  bury: hide the card until tomorrow":               "b  搁置：到明天再出现",
		"x  suspend: hide the card until that is undone":      "x  暂停：不再出现，直到撤销",
		"e  edit the card in your editor":                     "e  用编辑器修改卡片",
		"i  history of the card":                              "i  这张卡的历史",
		"PgUp PgDn  scroll a long card":                       "PgUp PgDn  滚动长卡片",
		"q  stop; every answer is kept already":               "q  停止；每个回答都已保存",

		"Nothing answered this time.":         "这次没有作答。",
		"%d cards answered in %s":             "答了 %d 张卡，用时 %s",
		", %d drilled":                        "，巩固 %d 次",
		", retention %d%%":                    "，保持率 %d%%",
		"Tomorrow: %d due.":                   "明天到期：%d 张。",
		"Nothing is due now: done for today.": "现在没有到期的卡：今天完成了。",
		"Next: %d cards on %s.":               "接下来：%d 张卡，%s。",
		"today":                               "今天", "%dd": "%d天", "%.1fmo": "%.1f月", "%.1fy": "%.1f年",
		"%ds": "%d秒", "%dmin %ds": "%d分%d秒",
		"new": "新", "learning": "学习中", "young": "初熟", "mature": "掌握", "due": "到期",
		"open": "已开放", "closed": "未开放",
		"beginner": "初学者", "intermediate": "中级", "advanced": "高级",

		"Today, %s": "今天，%s",
		"  %d due, %d new, %d to drill; %d answered so far, %s": "  到期 %d，新卡 %d，待巩固 %d；已答 %d，用时 %s",
		"; %s": "；%s",
		"%d more cards wait until tomorrow: a card of their leaf is today's":                      "另有 %d 张等到明天：今天有同一片叶子的卡",
		"%d more cards wait until tomorrow: they are over the limit a day":                        "另有 %d 张等到明天：超出每天的上限",
		"%d more cards wait until tomorrow: %d for a card of their leaf, %d over the limit a day": "另有 %d 张等到明天：%d 张因为今天有同一片叶子的卡，%d 张超出每天的上限",
		"  streak: %d days":                        "  连续学习 %d 天",
		"  %s: %d due of %d cards":                 "  %s：到期 %d，共 %d 张卡",
		"  and %d more decks":                      "  还有 %d 个卡组",
		"Next: %s":                                 "下一步：%s",
		"%d due, %d new, %d to drill":              "到期 %d，新卡 %d，待巩固 %d",
		", %d more to learn before the next opens": "，再学会 %d 张开放下一级",
		"%d of %d learned":                         "学会 %d / %d",
		"%s: %s is open.":                          "%s：%s已开放。",
		"There are no decks. Bring one in with mindleaf import FILE.": "没有卡组。用 mindleaf import 文件 导入一个。",

		"warning: ":           "提醒：",
		"wrote %s":            "已写入 %s",
		"%d leaves, %d cards": "%d 个叶子，%d 张卡",
		"%d leaves could only be covered weakly; a card of your own would be better:": "%d 个叶子只能勉强出题，自己写一张会更好：",
		"%d cards, %d new, %d due":             "%d 张卡，新 %d，到期 %d",
		"comes with mindleaf":                  "mindleaf 自带",
		"Decks folder: %s":                     "卡组文件夹：%s",
		"%d deck files checked, nothing wrong": "检查了 %d 个卡组文件，没有问题",
		"added %s with %d cards: %s":           "已添加「%s」，%d 张卡：%s",
		"%s is no longer studied; mindleaf config set shipped_deck true brings it back.": "「%s」不再学习；mindleaf config set shipped_deck true 可恢复。",
		"%s is no longer studied; its file is now %s, and its progress is kept.":         "「%s」不再学习；文件移到 %s，进度保留。",
		"%d reworded or moved cards were recognised and keep their history":              "认出 %d 张改写或移动的卡，历史保留",
		"%d cards are no longer in the file; their history is kept":                      "%d 张卡已不在文件中，历史保留",
		"%d cards are back, with their history":                                          "%d 张卡回来了，历史仍在",
		"a card with history is gone and more than one new card could be it: %s":         "一张有历史的卡不见了，可能变成了几张新卡中的一张：%s",

		"mindleaf deck check lists every mistake and what to do; the cards of these decks stay as they were": "mindleaf deck check 列出所有错误和改法；这些卡组的卡片保持原样",
		"cards without a section": "没有章节的卡片", "back to the card": "回到卡片",
		"%s: %s is open already.":        "%s：%s已经开放。",
		"There is nothing to take back.": "没有可撤销的。",
		"Taken back: %s of %s":           "已撤销：%s（%s）",
		"the answer %s":                  "回答“%s”",
		"a level opened by hand":         "手动开放的级别",
		"the answer %s, given elsewhere": "在别处的回答“%s”",
		"an undo":                        "一次撤销",
		"a suspension":                   "一次暂停",
		"the end of a suspension":        "一次取消暂停",
		"a card buried until tomorrow":   "搁置到明天的卡",
		"a buried card brought back":     "一次取消搁置",
		"a card begun again":             "一次重置",
		"a card moved or renamed":        "一次移动或改名",
		"a quiz":                         "一次测验",
	}
}
