package mindmap

import (
	"strings"
	"unicode/utf8"
)

const (
	// maxLabelRunes is how long the name of a group may be.
	maxLabelRunes = 30
	// maxBulletLabelRunes is the same for a name that stands after a bullet.
	maxBulletLabelRunes = 12
)

// mapEnds lists the headings that stand after the map. An article that has its
// summary as a numbered chapter keeps it: only lines without a number count.
var mapEnds = []string{
	"结束语", "结语", "总结", "小结", "写在最后", "最后", "后记", "尾声", "附录", "参考", "参考资料", "参考文献",
	"参考链接", "相关阅读", "延伸阅读", "推荐阅读", "原文链接", "阅读原文", "发表评论", "声明", "关于作者",
	"conclusion", "conclusions", "summary", "closing words", "references", "further reading", "about the author",
	"leave a comment", "comments",
}

const sentenceStops = "。.!！?？;；…"

// endsMap reports whether a line is a heading of what comes after the map.
func endsMap(text string) bool {
	text = strings.ToLower(strings.TrimRight(text, ":："))
	for _, end := range mapEnds {
		if text == end {
			return true
		}
	}
	return false
}

// isLabel reports whether text may be the name of a group.
func isLabel(text string) bool {
	return utf8.RuneCountInString(text) <= maxLabelRunes && !stops(text) && !strings.Contains(text, "://")
}

// stops reports whether text ends as a sentence does.
func stops(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(sentenceStops, last)
}

// bulletsStop reports whether it is the habit of these lines to end a bullet
// with a full stop, so that a bullet without one means something.
func bulletsStop(lines []articleLine) bool {
	bullets, stopped := 0, 0
	for _, line := range lines {
		if line.kind == bulletLine {
			bullets++
			if stops(line.text) {
				stopped++
			}
		}
	}
	return bullets >= 5 && stopped*10 >= bullets*9
}

// namesGroup reports whether a bullet reads as a name: short, and neither a
// sentence nor a list nor a term with its definition.
func namesGroup(line articleLine) bool {
	return !stops(line.text) && utf8.RuneCountInString(line.text) <= maxBulletLabelRunes &&
		!strings.ContainsAny(line.text, ":：,，、")
}

// asks reports whether line ends with a colon.
func asks(line articleLine) bool {
	return strings.HasSuffix(line.text, ":") || strings.HasSuffix(line.text, "：")
}

// beforeBullet reports whether the next line after i that is not empty is a
// bullet.
func beforeBullet(lines []articleLine, i int) bool {
	for i++; i < len(lines); i++ {
		if lines[i].kind != blankLine {
			return lines[i].kind == bulletLine
		}
	}
	return false
}
