package cardgen

import (
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

var (
	aspectWhat    = aspect{"在「<C>」中，「<T>」是什么？", "在「<C>」中，「<T>」包括哪几项？（<N> 项）", "在「<C>」中，哪一项是「<D>」？"}
	aspectMeasure = aspect{"在「<C>」中，「<T>」用来衡量什么？", "在「<C>」中，「<T>」衡量哪几项？（<N> 项）", "在「<C>」中，哪一项用来衡量「<D>」？"}
	aspectRole    = aspect{"在「<C>」中，「<T>」的作用是什么？", "在「<C>」中，「<T>」有哪几项作用？（<N> 项）", "在「<C>」中，哪一项的作用是「<D>」？"}
	aspectUse     = aspect{"在「<C>」中，「<T>」用来做什么？", "在「<C>」中，「<T>」用来做哪几件事？（<N> 项）", "在「<C>」中，哪一项用来做「<D>」？"}
	aspectFor     = aspect{"在「<C>」中，「<T>」用于什么？", "在「<C>」中，「<T>」用于哪几项？（<N> 项）", "在「<C>」中，哪一项用于「<D>」？"}
	aspectField   = aspect{"在「<C>」中，「<T>」方面的应用是什么？", "在「<C>」中，「<T>」方面有哪几项应用？（<N> 项）", "在「<C>」中，「<D>」是哪方面的应用？"}
	aspectContent = aspect{"在「<C>」中，「<T>」的内容是什么？", "在「<C>」中，「<T>」包括哪几项内容？（<N> 项）", "在「<C>」中，哪一项的内容是「<D>」？"}
	aspectExample = aspect{"在「<C>」中，「<T>」的代表是什么？", "在「<C>」中，「<T>」的代表有哪些？（<N> 项）", "在「<C>」中，「<D>」是哪一项的代表？"}
	aspectFeature = aspect{"在「<C>」中，「<T>」有什么特点？", "在「<C>」中，「<T>」有哪几个特点？（<N> 项）", "在「<C>」中，哪一项的特点是「<D>」？"}
	aspectPoint   = aspect{"在「<C>」中，「<T>」的要点是什么？", "在「<C>」中，「<T>」包括哪几项？（<N> 项）", "在「<C>」中，哪一项的要点是「<D>」？"}
)

// thingWords end a definition that says what kind of thing something is.
var thingWords = []string{
	"框架", "模型库", "库", "课程", "基准", "优化器", "硬件", "平台", "工具", "语言", "算法", "方法", "协议", "标准",
	"理论", "竞赛", "社区", "系统", "软件", "公司", "研究模型", "函数", "单位",
}

// deedWords end a definition that says what something is used for.
var deedWords = []string{"开发", "训练", "跟踪", "优化", "分析", "部署", "测试", "管理", "监控", "推理", "评估"}

// cues are words in the names of sections that tell what definitions there say.
var cues = []struct {
	words  []string
	aspect aspect
}{
	{[]string{"指标", "评估", "度量"}, aspectMeasure},
	{[]string{"领域", "场景", "行业", "应用"}, aspectField},
	{[]string{"书籍", "课程", "论文", "博客", "教程", "项目", "社区", "资源"}, aspectContent},
	{[]string{"模型", "特点", "特性", "特征"}, aspectFeature},
}

func chineseAspect(term, body string, sections []string) aspect {
	cue := cueOf(sections)
	if first := splitOutside(body, "，,；;"); len(first) > 1 && !verbFirst(body) && endsWith(first[0], append([]string{"引擎", "服务器", "模型"}, thingWords...)) {
		return aspectWhat
	}
	switch {
	case strings.ContainsAny(body, "$="): // a formula
		return aspectWhat
	case endsWith(body, thingWords) && !verbFirst(body):
		return aspectWhat
	case cue != nil && *cue == aspectMeasure && endsWith(body, []string{"评估", "评测", "任务"}):
		return aspectFor
	case cue != nil && *cue == aspectMeasure:
		return aspectMeasure
	case verbFirst(body) || strings.Contains(body, "提升") || strings.Contains(body, "降低"):
		return aspectRole
	case hasHan(term) && properName(body) && cue != nil && *cue == aspectContent:
		return aspectContent
	case strings.Contains(body, "《") || hasHan(term) && properName(body):
		return aspectExample
	case cue != nil && *cue == aspectField:
		return aspectField
	case endsWith(body, deedWords):
		return aspectUse
	case cue != nil:
		return *cue
	}
	return aspectPoint
}

// cueOf returns the aspect that the innermost section with a cue asks for; only
// the last two sections count, since the others are far from the leaf.
func cueOf(sections []string) *aspect {
	for i := len(sections) - 1; i >= 0 && i >= len(sections)-2; i-- {
		for j := range cues {
			for _, word := range cues[j].words {
				if strings.Contains(sections[i], word) {
					return &cues[j].aspect
				}
			}
		}
	}
	return nil
}

func endsWith(s string, words []string) bool {
	for _, word := range words {
		if strings.HasSuffix(s, word) {
			return true
		}
	}
	return false
}

// properName reports whether s looks like names of things: Latin words, some
// with a capital.
func properName(s string) bool {
	return latin(s) && strings.ContainsFunc(s, unicode.IsUpper) && length(s) <= maxTermRunes
}

func chineseQuestion(s string) bool {
	return strings.HasSuffix(s, "？") || strings.HasSuffix(s, "?") || chineseQuestions.MatchString(s)
}

var (
	chineseQuestions = lazyregexp.New(`^(什么|为什么|为何|如何|怎么|怎样|何谓|哪些|是否)|(是什么|有哪些)$`)
	englishQuestion  = lazyregexp.New(`(?i)^(what|why|how|which|when|where|who|whose|is|are|does|do|can)\b.* `)
	englishVerb      = lazyregexp.New(`^[a-z]+(s|es|ies) \S`)
)

func englishAspect(_, body string, _ []string) aspect {
	if englishVerb.MatchString(body) {
		return aspect{"In “<C>”, what does “<T>” do?", "In “<C>”, what does “<T>” do? (<N>)", "In “<C>”, which one does this: “<D>”?"}
	}
	return aspect{"In “<C>”, how is “<T>” described?", "In “<C>”, what is listed under “<T>”? (<N>)", "In “<C>”, which one is described as “<D>”?"}
}
