package cardgen

import "strings"

// aspect is what a definition says about its term, with the question for it
// and the question back. In ask, C stands for the context and T for the term;
// in back, D stands for the definition.
type aspect struct {
	ask, askList, back string
}

// phrases holds what a language needs to ask questions. C, T, D, X and N stand
// for context, term, definition, another text and a number.
type phrases struct {
	untitled string
	typeset  func(string) string
	// aspectOf says what kind of thing a definition is.
	aspectOf func(term, body string, sections []string) aspect
	// question reports whether a term is a question by itself.
	question func(string) bool

	note, examples, exampleOf, english, native, shortFor, acronym, author, origin string
	opposite, compared, group, member, rest, nth, about, blank, openList, year    string
	mark, comma                                                                   string
}

// phrasesOf returns the phrases in which a deck of a language is asked.
func phrasesOf(language string) *phrases {
	if strings.HasPrefix(language, "zh") {
		return &chinese
	}
	return &english
}

// fill replaces the placeholders of a template: pairs of a capital letter in
// braces and what stands for it.
func fill(template string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(template)
}

var chinese = phrases{
	untitled:  "未命名",
	typeset:   typeset,
	aspectOf:  chineseAspect,
	question:  chineseQuestion,
	note:      "在「<C>」中，「<T>」说的是什么？",
	examples:  "在「<C>」中，「<T>」举了哪些例子？（<N> 项）",
	exampleOf: "在「<C>」中，「<X>」属于哪一项？",
	english:   "「<T>」（<C>）的英文是什么？",
	native:    "「<X>」（<C>）的中文是什么？",
	shortFor:  "「<T>」（<C>）的英文缩写是什么？",
	acronym:   "「<X>」（<C>）是什么的缩写？",
	author:    "<T>的作者或出处是什么？",
	origin:    "在「<C>」中，「<T>」出自哪里？",
	opposite:  "在「<C>」中，与「<T>」相对的是什么？",
	compared:  "在「<C>」中，「<T>」下对比的是哪两项？",
	group:     "「<C>」包括哪几项？（<N> 项）",
	member:    "在「<C>」中，「<T>」属于哪一部分？",
	rest:      "在「<C>」中，除了<X>，还有哪一项？",
	nth:       "「<C>」的第 <N> 项是什么？",
	about:     "「<C>」讲的是什么？",
	blank:     "「<C>」：<T>",
	openList:  "列表并不完整，这里只列出代表。",
	year:      "年份",
	mark:      "「<T>」",
	comma:     "、",
}

var english = phrases{
	untitled:  "untitled",
	typeset:   func(s string) string { return s },
	aspectOf:  englishAspect,
	question:  func(s string) bool { return strings.HasSuffix(s, "?") || englishQuestion.MatchString(s) },
	note:      "In “<C>”, what is said about “<T>”?",
	examples:  "In “<C>”, which examples of “<T>” are given? (<N>)",
	exampleOf: "In “<C>”, what is “<X>” an example of?",
	english:   "What is “<T>” (<C>) called in English?",
	native:    "What does “<X>” (<C>) stand for?",
	shortFor:  "What is the abbreviation of “<T>” (<C>)?",
	acronym:   "What does “<X>” (<C>) stand for?",
	author:    "Who wrote or published <T>?",
	origin:    "In “<C>”, what does “<T>” belong to?",
	opposite:  "In “<C>”, what is “<T>” contrasted with?",
	compared:  "In “<C>”, which two are compared under “<T>”?",
	group:     "What belongs to “<C>”? (<N>)",
	member:    "In “<C>”, where does “<T>” belong?",
	rest:      "In “<C>”, what is there besides <X>?",
	nth:       "What is item <N> of “<C>”?",
	about:     "What is “<C>” about?",
	blank:     "<C>: <T>",
	openList:  "The list is not complete.",
	year:      "year",
	mark:      "“<T>”",
	comma:     ", ",
}
