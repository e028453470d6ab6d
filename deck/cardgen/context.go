package cardgen

import (
	"slices"
	"strings"
)

// common lists the words that say nothing about a map's subject, so that a
// section named with them alone means nothing without the sections above it.
var common = []string{
	"定义", "背景", "概述", "简介", "概念", "基础", "基本", "知识", "发展", "历史", "核心", "特点", "特征", "工作", "原理",
	"主流", "常见", "常用", "关键", "主要", "重要", "框架", "工具", "开发", "流程", "过程", "步骤", "技术", "要点", "优化",
	"方法", "方式", "手段", "挑战", "问题", "未来", "方向", "趋势", "应用", "案例", "场景", "任务", "类型", "分类", "种类",
	"指标", "通用", "特定", "资源", "入门", "进阶", "学习", "路径", "社区", "书籍", "课程", "博客", "教程", "论文", "项目",
	"实践", "数据集", "初学者", "中级", "高级", "初级", "优势", "优点", "缺点", "局限", "作用", "意义", "组成", "结构",
	"功能", "示例", "例子", "其他", "总结", "训练", "数据", "模型", "与", "和", "及", "的", "、", "/",
}

var commonEnglish = []string{
	"introduction", "overview", "background", "definition", "definitions", "basics", "history", "features", "types",
	"kinds", "examples", "example", "applications", "uses", "use", "cases", "challenges", "problems", "tools", "tool",
	"resources", "books", "courses", "papers", "notes", "other", "others", "misc", "summary", "methods", "steps",
	"process", "key", "main", "common", "concepts", "terms", "parts", "structure", "advantages", "disadvantages",
	"pros", "cons", "and", "the", "of", "future", "general", "beginner", "intermediate", "advanced", "community",
}

// vague reports whether a section's name is made of common words alone.
func vague(name string) bool {
	if latin(name) {
		for _, word := range strings.Fields(strings.ToLower(name)) {
			if !slices.Contains(commonEnglish, strings.Trim(word, ",&")) {
				return false
			}
		}
		return true
	}
	for rest := name; rest != ""; {
		shorter := rest
		for _, word := range common {
			if after, found := strings.CutPrefix(rest, word); found {
				shorter = after
				break
			}
		}
		if shorter == rest {
			return false
		}
		rest = strings.TrimSpace(shorter)
	}
	return true
}

// context returns how a question refers to the section at the end of path: by
// its name, after that of the nearest section above it that says something if
// its own does not; by the deck's title when path is empty.
func (g *generator) context(path []string) string {
	last := len(path) - 1
	if last < 0 {
		return cut(g.title, maxTermRunes)
	}
	name := cut(path[last], maxTermRunes)
	if !vague(path[last]) {
		return name
	}
	for i := last - 1; i >= 0; i-- {
		if !vague(path[i]) {
			return cut(path[i], maxTermRunes) + " · " + name
		}
	}
	if last > 0 {
		return cut(path[last-1], maxTermRunes) + " · " + name
	}
	return cut(g.title, maxTermRunes) + " · " + name
}
