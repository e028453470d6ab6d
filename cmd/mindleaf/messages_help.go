package main

import (
	"strings"
	"sync"
)

// chineseHelps are the tables of help in Chinese, one for each part of the
// program.
var chineseHelps = sync.OnceValue(func() []map[string]string {
	return []map[string]string{
		chineseHelp(), chineseSeeHelp(), chineseQuizHelp(), chineseStudyHelp(), chineseDeckHelp(), chineseImportHelp(), chineseTrustHelp(),
		chineseSettings(), chineseCompletion(), chineseCardHelp(), chineseFindHelp(),
	}
})

// helpInChinese looks a text of the help up: as it is, or else by the format it
// was made with, whose values are names, which stay as they are, or lists of such.
func helpInChinese(text string) (zh string, ok bool) {
	if zh, ok = wholeHelp(text); ok {
		return zh, true
	}
	for _, table := range chineseHelps() {
		for english, chinese := range table {
			f := formatOf(english)
			if len(f.verbs) == 0 {
				continue
			}
			if values, fits := f.match(text); fits {
				return formatOf(chinese).fillValues(values, listInChinese), true
			}
		}
	}
	return "", false
}

// wholeHelp looks a text of the help up as it is.
func wholeHelp(text string) (zh string, ok bool) {
	for _, table := range chineseHelps() {
		if zh, ok = table[text]; ok {
			return zh, true
		}
	}
	return "", false
}

// listInChinese returns a list of names, each on a line with a text of the help, with
// the texts in Chinese, and anything else as it is.
func listInChinese(list string) string {
	lines := strings.Split(list, "\n")
	for i, line := range lines {
		name, text, _ := strings.Cut(strings.TrimLeft(line, " "), " ")
		text = strings.TrimLeft(text, " ")
		if zh, ok := wholeHelp(text); ok && name != "" {
			lines[i] = strings.TrimSuffix(line, text) + zh
		}
	}
	return strings.Join(lines, "\n")
}

// help returns a text of the help in the language of the interface.
func (a *app) help(text string) string {
	if a.chinese {
		if zh, ok := helpInChinese(text); ok {
			return zh
		}
	}
	return text
}

// chineseHelp is the help of commands and flags in Chinese, by the English text.
func chineseHelp() map[string]string {
	return map[string]string{
		"Turn the leaves of a mind map into flashcards, and remember them": "把思维导图的叶子变成闪卡，并记住它们",
		`mindleaf turns the leaves of a mind map into flashcards and brings each one
back on the day it is about to be forgotten. Without a command it shows today:
what is due, how long the streak is, and what to type next.`: `mindleaf 把思维导图的叶子变成闪卡，在快要忘记的那一天让每张卡再次出现。
不带命令时显示今天：有多少到期、连续学习了几天、下一步该输入什么。`,
		"print JSON": "输出 JSON",
		"folder that holds settings, progress and decks (or MINDLEAF_HOME)": "存放设置、进度和卡组的文件夹（或用 MINDLEAF_HOME）",
		"Print the version":   "输出版本",
		"print the version":   "输出版本",
		"Print a manual page": "输出手册页",
		`man prints the manual page of a command, of mindleaf itself when none is named,
for man to show. With --output it writes the pages of all commands into a folder.`: `man 输出一个命令的手册页（没有指定时是 mindleaf 自己的），供 man 显示。加上 --output
就把所有命令的手册页写进一个文件夹。`,
		"folder to write the pages of all commands into": "把所有命令的手册页写进这个文件夹",

		"Show and change settings": "查看和更改设置",
		"Settings are kept in a TOML file; mindleaf config path names it.": "设置存放在一个 TOML 文件里；mindleaf config path 说出它在哪里。",
		"Print one setting":                   "输出一项设置",
		"List the settings with their values": "列出各项设置和它们的值",
		"Print where the settings are kept":   "输出设置存放在哪里",
		"Change one setting":                  "更改一项设置",
	}
}

// chineseSettings says in Chinese what each setting is about.
func chineseSettings() map[string]string {
	return map[string]string{
		"interface language: en, zh, or empty to follow the locale":                                                       "界面语言：en、zh，留空则随系统",
		"language of decks that come in several; empty: that of the interface or the locale, Chinese where it names none": "有多种语言的卡组用哪一种；留空则随界面或系统，两者都没有指定时用中文",
		"whether the deck that comes with mindleaf is studied":                                                            "是否学习 mindleaf 自带的卡组",
		"new cards a study day, 0 to 9999":                                                                                "每个学习日的新卡数，0 到 9999",
		"due cards a study day, 0 for no limit":                                                                           "每个学习日的到期卡数，0 为不限",
		"hour at which the study day turns, 0 to 23":                                                                      "学习日在几点换日，0 到 23",
		"grades to choose from: 4 (Again, Hard, Good, Easy), 2 (Again, Good) or 6 (SuperMemo's 0 to 5)":                   "可选的评分：4（重来、困难、良好、简单）、2（重来、良好）或 6（SuperMemo 的 0 到 5）",
		"lapses that make a card a leech, and again every half of that; 0 for never, up to 99":                            "遗忘几次算顽固卡，之后每过一半次数再提醒；0 为从不，最多 99",
		"what happens to a leech: ask, suspend, or flag (the red one)":                                                    "遇到顽固卡怎么办：ask 询问，suspend 暂停，flag 标红旗",
		"whether a day with few cards due is preferred within the spread of an interval":                                  "间隔在分散范围内时，是否优先选到期卡少的那天",
		"days with less to do and their share in percent, such as \"sat=50 sun=0\"; with load_balance only":               "任务较轻的日子和所占的百分比，例如 \"sat=50 sun=0\"；需要打开 load_balance",
		"minutes after which a sitting asks whether to go on, 0 for never, up to 999":                                     "学习多少分钟后询问是否继续，0 为从不，最多 999",
		"program: SuperMemo 2 as its author's program does it; text: as the 1990 article says":                            "program：照作者的程序实现 SuperMemo 2；text：照 1990 年的文章",
		"intervals after the second are multiplied by this, 10 to 1000":                                                   "第二次之后的间隔乘以这个百分比，10 到 1000",
		"whether intervals of 3 days and more are spread a little":                                                        "3 天以上的间隔是否略微错开",
		"longest interval in days, 1 to 36500":                                                                            "最长的间隔，1 到 36500 天",
		"share of a level that must be learned before the next opens, 0 to 100":                                           "一个级别学会百分之多少才开放下一级，0 到 100",
		"columns of characters such as · and …: 1 or 2, as your terminal draws them":                                      "· 和 … 这类字符占几列：1 或 2，以终端的实际显示为准",
		"new cards of this deck a study day, 0 to 9999":                                                                   "这个卡组每个学习日的新卡数，0 到 9999",
		"due cards of this deck a study day, 0 to 99999":                                                                  "这个卡组每个学习日的到期卡数，0 到 99999",
	}
}
