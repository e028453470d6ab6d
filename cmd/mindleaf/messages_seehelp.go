package main

// chineseSeeHelp is the help of progress, map, stats and due.
func chineseSeeHelp() map[string]string {
	return map[string]string{
		"Show how well each section of the map is known": "显示导图的每一节掌握得怎样",
		progressLong: `progress 画出卡组和导图的章、节、组，每一行都包括它下面的全部内容：

  横条    各阶段卡片的比例：掌握 █、初熟 ▓、学习中 ▒、新 ░；暂停的不算
  百分比  熟练程度：掌握的卡算一张，初熟的算半张，学习中的算四分之一张；全部暂停的
          为 -
  新      从未复习，也没有被 mindleaf path place 标记为会了
  学习中  到连续两个复习日都记得为止；遗忘之后也是
  初熟    间隔不到 21 天
  掌握    间隔 21 天以上
  到期    日子到了且没有隐藏的卡，不含巩固；复习带来的可能少一些，见
          mindleaf due --help
  停      已暂停；不在其他列里计数
  记得    不是新卡也没有暂停的卡，今天还记得的概率的平均值。概率是
          (1 + f t/S)^-0.1542，即 FSRS-6 的遗忘曲线：t 是上次复习以来的天数，
          S 是间隔，f 使 t = S 时概率为 0.9
  7天 30天 最近 7 个和 30 个学习日（含今天）百分比增加了多少：现在的百分比，减去
          同样这些卡当时的百分比。今天暂停的卡两边都不算，当时暂停的不算在当时的百
          分比里；卡片全都不算的为 -，JSON 里是 null。--level 的增加无从得知

标记为会了的卡，当作那天复习过、得到 10 到 30 天的间隔：马上算初熟或掌握，但统计里
没有它的复习。

终端放不下的列会省去，最次要的先省；--json 有全部的列。不加 --depth 时显示两层章节；
多于五个卡组时只显示卡组。--sort name、percent、due 或 recall 按名称、百分比、到期
或记得的概率排列每一节下面的分支，最需要下功夫的在前；默认 map 是导图的顺序。
--weak 列出直接含有卡片的章节，现在会忘得最多的在前：“忘”一列是“记得”所算的卡数
乘以（1 减去记得的概率）。`,
		"how many levels of sections to show, 0 for all":                    "显示几层章节，0 为全部",
		"count cards of one level only: beginner, intermediate or advanced": "只计算一个级别的卡：beginner、intermediate 或 advanced",
		"order of the branches: map, name, percent, due or recall":          "分支的顺序：map、name、percent、due 或 recall",
		"list the sections that need work first":                            "列出最需要下功夫的章节",

		"Draw the mind map with how well each leaf is known": "画出思维导图，并标明每片叶子掌握得怎样",
		mapLong: `map 画出思维导图，每片叶子按它最差的一张卡标记：

  ○ 新      从未复习，也没有被 mindleaf path place 标记为会了
  ◔ 学习中  到连续两个复习日都记得为止，或遗忘之后
  ◑ 初熟    间隔不到 21 天
  ● 掌握    间隔 21 天以上
  × 暂停    所有的卡都暂停了；否则暂停的卡不算
  !         这片叶子有卡到期，与 mindleaf progress 相同

章节后面是会了的叶子（初熟或掌握）和叶子的总数；暂停的不算。不属于任何叶子的卡自己
算一片叶子。

--svg 和 --html 把同样的内容画成一个不依赖任何其他文件的图片或网页。网页可以离线
折叠、搜索和缩放，用鼠标或键盘。--recall 把每片叶子第一个冒号之后的文字遮住，让导图
本身成为练习：把指针停在叶子上，或选中它，就能看到。`,
		"how many levels to show, 0 for all":                 "显示几层，0 为全部",
		"show only what is due today":                        "只显示今天到期的",
		"hide what follows the colon of each leaf":           "遮住每片叶子冒号之后的文字",
		"write the map to this file as SVG, - for stdout":    "把导图写成 SVG 文件，- 为标准输出",
		"write the map to this file as a page, - for stdout": "把导图写成网页文件，- 为标准输出",

		"Show statistics of all that was reviewed": "显示全部复习的统计",
		statsLong: `stats 统计做了什么、卡片处在什么状态。“天”是学习日：在 review.rollover_hour 所设的
钟点换日，按学习者当时所在的时区。撤销了的不算。

  作答      复习和巩固；巩固是当天重做评为良好以下的卡
  连续      到今天或昨天为止，连续有作答的学习日
  这一年    最近 365 个学习日每天的作答
  预计到期  今后 30 天每天到期的卡，过期的算在今天；暂停的不算，也没有预计其间的作答
  保持率    作答前已在复习阶段的卡中，评为困难以上的比例：间隔不到 21 天的是初熟，
            21 天起是掌握。时段与 Anki 相同：今天、昨天、最近 7、30 和 365 个学习日，
            都含今天
  间隔      不是新卡也没有暂停的卡，按间隔天数
  易度      同样这些卡，按易度因子
  按键      复习次数，按作答前的阶段和所按的键
  时间      复习次数，按学习者钟表上的小时，以及答对的比例
  秒数      作答次数，按从看到问题到评分所用的时间
  到期      与 mindleaf progress 相同：日子到了的全部的卡
  卡组、章节、级别
            复习次数、保持率，以及与 mindleaf progress 相同的记得、熟练和增加；
            级别的增加无从得知，JSON 里是 null。卡组和级别的复习次数包括已不在文件中
            的卡，章节的不包括；卡片算在它现在所在的地方。最多五个卡组时才列出章节

--since 选择按键、时间、秒数和按卡组、章节、级别统计的天数，默认 30d。

--what-if 试算一项设置：从卡片现在的状态出发，用现在的设置和改变后的设置各模拟一年，
给出预计每天的复习次数和分钟数。new=20 改变 review.new_per_day，limit=100 改变
review.reviews_per_day，multiplier=120 改变 sm2.multiplier_percent；可以一起给。
排期用的就是 SM-2。模拟的回答是否正确，按学习者自己最近 365 天各阶段答对的比例抽取；
某一阶段不足 50 次复习时，按 mindleaf progress 的遗忘曲线；按键和秒数同样抽取，没有
自己的数据时为良好、每次 10 秒。结果是五次模拟的平均。它不知道休息日、级别的门槛和
巩固，并假定记忆力不变：请当作比较，而不是承诺。`,
		"how many study days to look back: 7d, 4w, 1y":                      "往回看多少个学习日：7d、4w、1y",
		"write a report to this file as a page, - for stdout":               "把报告写成网页文件，- 为标准输出",
		"print a digest as Markdown, for a mail or a note":                  "输出 Markdown 摘要，用于邮件或笔记",
		"simulate a year with other settings: new=N, limit=N, multiplier=N": "用别的设置模拟一年：new=N、limit=N、multiplier=N",

		"Say how many cards are due today": "说出今天有多少卡到期",
		dueLong: `due 输出一行，用于命令提示符或提醒：现在复习会带来的卡，即到期的、等待巩固的，以及
当天还剩的新卡。无论有没有到期，退出码都是 0。

在这里和 mindleaf 显示今天的地方，“到期”是复习会带来的卡：同一片叶子的卡一天只出
一张，也不超过 review.reviews_per_day 和卡组自己的上限。所以复习做完就是 0。因为同一
片叶子或上限而等到明天的卡另外说明；--json 里是 held_back。progress、stats、map、
deck list 和 card search 里的“到期”是排期的：日子到了的全部的卡。

--short 用于随时重画的命令提示符：只输出一个数字，即复习会带来的到期的卡和等待巩固的
卡数；没有就什么也不输出。它不读卡组文件：文件的改动在运行任何其他命令之后才会反映
出来。`,
		"print a bare number, or nothing when nothing is due": "只输出一个数字，没有到期的就什么也不输出",
	}
}
