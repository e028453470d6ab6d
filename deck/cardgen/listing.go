package cardgen

import (
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// listItems returns the elements of s if it is a list, nil if it is prose.
func listItems(s string) (items []string, open bool) {
	switch {
	case anyOutside(s, "、"):
		if anyOutside(s, ",，;；") {
			return nil, false
		}
		items = splitOutside(s, "、")
	case anyOutside(s, "；;"):
		items = splitOutside(s, "；;")
	case !hasHan(s) && len(splitOutside(s, ",")) >= 3:
		items = splitOutside(s, ",")
	}
	if len(items) < 2 {
		return nil, false
	}
	if items, open = openEnd(items); len(items) < 2 {
		return nil, false
	}
	for i, item := range items {
		item = strings.TrimPrefix(strings.TrimPrefix(item, "and "), "or ")
		if length(item) > maxItemRunes+10 || len(strings.Fields(item)) > 4 || strings.Contains(item, "的") || item == "" {
			return nil, false
		}
		items[i] = item
	}
	if verbFirst(items[0]) && !verbFirst(items[1]) {
		return nil, false
	}
	return items, open
}

// openEnd takes 等 and "etc." off the last item.
func openEnd(items []string) ([]string, bool) {
	last := items[len(items)-1]
	switch last {
	case "等", "等等", "etc.", "etc", "…", "...", "……":
		return items[:len(items)-1], true
	}
	for _, mark := range []string{"等等", "等", " etc.", " etc", "……", "…", "..."} {
		if rest, found := strings.CutSuffix(last, mark); found && rest != "" && rest != "平" && rest != "相" {
			items[len(items)-1] = strings.TrimSpace(rest)
			return items, true
		}
	}
	return items, false
}

// pairItems returns the two halves of a definition such as "A与B", nil if that
// is not all it is.
func pairItems(s string) []string {
	left, right, ok := splitPair(s)
	if !ok || length(left) > 10 || length(right) > 10 || strings.Contains(s, "的") || verbFirst(left) || anyOutside(s, ",，") {
		return nil
	}
	return []string{left, right}
}

// verbs begin a phrase whose parts are not elements of a list, and a
// definition that says what something does.
var verbs = []string{
	"统一", "学习", "理解", "处理", "实践", "支持", "提升", "提高", "使用", "基于", "具备", "通过", "降低", "优化", "减少",
	"增加", "继承", "加速", "增强", "改善", "避免", "解决", "实现", "帮助", "用于", "针对", "研究", "参与", "阅读", "开发",
	"防止", "保证", "控制", "允许", "负责", "提供", "利用", "结合", "压缩", "缓解", "进行", "把", "吸收", "释放", "产生", "排出",
	"促进", "抑制", "引起", "导致", "维持", "调节", "传递", "输送", "运输", "消耗", "储存", "分泌", "供给", "抵抗",
}

// orders begin a thing to be done, which nothing is an example of. Some of
// them begin the names of things too, so that they do not count as verbs.
var orders = []string{
	"选择", "评估", "收集", "清洗", "准备", "构建", "明确", "确定", "部署", "监控", "集成", "跟踪", "更新", "设置",
	"探索", "掌握", "了解", "熟悉", "完成", "建立", "设计", "搭建",
}

func verbFirst(s string) bool { return beginsWith(s, verbs) }

func beginsWith(s string, words []string) bool {
	for _, word := range words {
		if strings.HasPrefix(s, word) {
			return true
		}
	}
	return false
}

// joined lists words in which 与, 和 and 及 do not join two things.
var joined = lazyregexp.New(`参与|给与|赋与|与否|饱和|总和|求和|和谐|和平|调和|中和|共和|温和|缓和|普及|涉及|危及|及时|及格|埃及|以及其`)

// splitPair splits "A与B" or "A and B" at its conjunction.
func splitPair(s string) (left, right string, ok bool) {
	masked := joined.ReplaceAllStringFunc(s, func(word string) string { return strings.Repeat("~", len(word)) })
	at, width := -1, 0
	outside(masked, func(i int, r rune) {
		switch {
		case at >= 0:
		case strings.HasPrefix(masked[i:], "以及"):
			at, width = i, len("以及")
		case r == '与' || r == '和' || r == '及':
			at, width = i, utf8.RuneLen(r)
		case strings.HasPrefix(masked[i:], " and "):
			at, width = i, len(" and ")
		}
	})
	if at < 0 {
		return "", "", false
	}
	left, right = strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+width:])
	return left, right, length(left) >= 2 && right != "" && !strings.HasPrefix(right, "其")
}
