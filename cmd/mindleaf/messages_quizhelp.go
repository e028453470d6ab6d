package main

// chineseQuizHelp is the help of quiz and path in Chinese, by the English text.
func chineseQuizHelp() map[string]string {
	return map[string]string{
		"Find out where you stand, without changing the schedule": "看看自己学到了哪里，不改变复习计划",
		`quiz asks questions about cards and about the map itself: the answer among wrong
ones, the section something belongs to, what is not one of a section, what is
missing in a list, a typed answer, a blank to fill in. --kind mixed asks as many
of each sort as there are.

A typed answer is right whatever its case, width, punctuation and spaces. What
comes near is shown with its difference, {+missing+} and [-too much-], and you
say whether it counts.

--exam tells right from wrong only at the end. With --time the questions that
are not answered when the time is up count as not right; with --pass the result
says whether that share was reached. The exit code is 0 either way.

The result is kept and compared with the last ones of the same deck or section
and level. A quiz that is not finished is not kept. No quiz changes when a card
is due; what was missed can be put into today's drill at the end, where cards
that are new are left for the path. --seed asks the same questions again.

A filter, such as 'is:young lapses>2', asks about the cards that fit it; mindleaf
card search --help tells what it may say.`: `quiz 就卡片和导图本身出题：从几个选项里选答案，某一条属于哪一节，哪一条不属于
某一节，列表里缺了什么，键入答案，填空。--kind mixed 让每一类题目的数量相当。

键入的答案不计大小写、全角半角、标点和空格。接近的答案会显示差别，{+缺少的+} 和
[-多余的-]，算不算对由你决定。

--exam 到最后才公布对错。加上 --time，时间到了还没有答的题不算对；加上 --pass，结果
会说明是否达到这个比例。两种情况的退出码都是 0。

结果会保存，并和同一卡组或章节、同一级别的前几次比较。没有做完的测验不保存。测验不会
改变卡片的到期日；答错的卡可以在最后放进今天的巩固，其中的新卡留给路径。--seed 再出
同样的题。

给出条件，例如 'is:young lapses>2'，就只考符合的卡；mindleaf card search --help 说明条
件怎么写。`,
		"number of questions, 1 to 500":                                              "题目数量，1 到 500",
		"sort of questions: choice, typed, cloze or mixed":                           "题型：choice 选择，typed 键入，cloze 填空，mixed 混合",
		"only cards of this level: beginner, intermediate or advanced":               "只出这一级的卡：beginner 初学者、intermediate 中级或 advanced 高级",
		"say what was right only at the end":                                         "到最后才公布对错",
		"time limit of an exam, such as 20m (default: none)":                         "考试的时限，例如 20m（默认不限）",
		"share that must be right to pass an exam, 1 to 100 percent (default: none)": "考试通过所需的正确率，百分之 1 到 100（默认不设）",
		"ask the questions of the quiz with this number again":                       "再出这个编号的测验的题目",
		"ask the questions of the test with this number again":                       "再出这个编号的起点测试的题目",
		"ask line by line, for screen readers, pipes and dumb terminals":             "逐行提问，适合读屏软件、管道和简单终端",

		"Show the way from beginner to advanced": "显示从初学者到高级的路径",
		`path shows the three levels of every deck, what each still needs, the section
that new cards come from next, and how long it will take. New cards come from
open levels only; the next level opens when most of the present one is learned
(the setting path.gate_percent), or by hand with mindleaf path open. Due cards of
any level always come.

The days to go are the cards that are new, divided by the new cards begun a day
in the last 14 study days, and 7 more for the last ones to be recalled twice. Who
has begun none in these days goes at the setting review.new_per_day. Without new
cards they are the 7 alone.`: `path 显示每个卡组的三个级别、每一级还差多少、接下来的新卡来自哪一节，以及还要多久。
新卡只来自已开放的级别；现在这一级大部分学会之后（设置 path.gate_percent）下一级就会
开放，也可以用 mindleaf path open 手动开放。任何级别的到期卡都会出现。

还要的天数是新卡的数量除以最近 14 个学习日里每天开始的新卡，再加 7 天，让最后几张也能
回忆两次。这些天里没有开始过新卡的，按设置 review.new_per_day 计算。没有新卡时只
算那 7 天。`,
		"Open a level by hand":                            "手动开放一个级别",
		"the deck, when there are several":                "卡组，有几个时需要",
		"Find the level to start at with a few questions": "用几道题找到该从哪一级开始",
		`place asks at most 24 questions, fewer when the answers are clear, each of the
level whose answer tells most. It takes for granted that one answer in ten of
what you know is a slip and that you guess where you do not know, and stops when
one level is at least 97.5 % likely. Of simulated learners who know none, one,
two or all levels, at least 95 in 100 are placed right.

The new cards of the levels you know are marked as known and come again in 10 to
30 days, spread over these; the cards of a section of which you missed a question
of these levels are left out. The next level is opened. Cards you have studied are
not touched. What will be marked is shown first, and mindleaf undo takes it back
as one step.`: `place 最多问 24 道题，答案清楚时更少；每次问最能说明问题的那一级。它假定会的内容十次
里有一次失手，不会的就猜，直到某一级的可能性至少为 97.5 %。模拟的学习者（会零、一、
二或三级）100 个里至少有 95 个定位正确。

已会级别的新卡标为已会，分散在 10 到 30 天后再来；在这些级别答错了题的那一节不标记。
下一级会开放。学过的卡片不动。标记之前先列出要标记的内容，mindleaf undo 一步撤销。`,
		"Let new cards come from one section first": "让新卡先从某一节来",
		`focus makes the new cards of a deck come from one section first, as far as their
levels are open; then the path goes on as usual. --off ends it in every deck.`: `focus 让一个卡组的新卡先从某一节来（只限已开放的级别），之后路径照常继续。--off 在
所有卡组里取消专注。`,
		"let new cards come in the order of the path again": "让新卡重新按路径的顺序来",
		"Shut the levels opened by hand, and end the focus": "关闭手动开放的级别，取消专注",
		`reset makes the path what it would be without mindleaf path open, place and
focus: a level opens when the one before it is learned. Cards keep their state,
and a level of which a card was begun stays open. It asks first, and mindleaf
undo takes it back as one step.`: `reset 让路径恢复成没有用过 mindleaf path open、place 和 focus 的样子：学会前一级才
开放下一级。卡片的状态不变，已经开始学的级别仍然开放。执行前会询问，mindleaf undo
一步撤销。`,
	}
}

// chineseQuizErrors are the errors of quiz and path in Chinese, by format.
func chineseQuizErrors() map[string]string {
	return map[string]string{
		"%s needs a terminal to ask its questions in":                         "%s 需要在终端里提问",
		"use --plain to be asked line by line":                                "用 --plain 逐行提问",
		"--count takes a number of questions, 1 to 500":                       "--count 后面是题目数量，1 到 500",
		"--time and --pass are for an exam: add --exam":                       "--time 和 --pass 只用于考试：请加上 --exam",
		"--time takes a time such as 20m, 24h at most":                        "--time 后面是时间，例如 20m，最多 24h",
		"--pass takes a percentage, 1 to 100":                                 "--pass 后面是百分比，1 到 100",
		"unknown kind %q: use choice, typed, cloze or mixed":                  "没有 %q 这种题型：请用 choice、typed、cloze 或 mixed",
		"no question of this kind can be made here":                           "这里出不了这样的题",
		"try --kind mixed, or a larger section":                               "试试 --kind mixed，或者更大的章节",
		"mindleaf path open opens a level by hand":                            "mindleaf path open 可以手动开放级别",
		"path focus takes a section, or --off":                                "path focus 后面是章节，或者 --off",
		"%q is a deck, not a section":                                         "%q 是卡组，不是章节",
		"mindleaf progress lists the sections":                                "mindleaf progress 列出各章节",
		"the name of the section has more than one line: give it one without": "章节名超过一行：请改成一行",
	}
}
