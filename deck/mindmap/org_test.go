package mindmap

import (
	"strings"
	"testing"
)

func TestOrg(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"headlines", "#+title: 题\n* 甲\n** 乙\n* 丙\n", "题\n 甲\n  乙\n 丙\n"},
		{"single headline", "* 题\n** 甲\n", "题\n 甲\n"},
		{"title above a single headline", "#+TITLE: 题\n* 甲\n** 乙\n", "题\n 甲\n  乙\n"},
		{"title repeated", "#+title: 题\n* 题\n** 乙\n", "题\n 乙\n"},
		{"title over lines", "#+title: 题\n#+title: 目\n* 甲\n", "题 目\n 甲\n"},
		{"no title", "* 甲\n* 乙\n", "map\n 甲\n 乙\n"},
		{"skipped level", "* 题\n*** 甲\n** 乙\n", "题\n 甲\n 乙\n"},
		{"state, priority, tags, cookie", "* TODO [#A] 题 [1/2] :x:标签:\n** DONE 甲 [50%]\n** 乙：丙 :: 丁\n** TODOs\n", "题\n 甲\n 乙：丙 :: 丁\n TODOs\n"},
		{"states of the file", "#+TODO: 待办(t) | 完成(d!)\n* 题\n** 待办 甲\n** 完成 乙\n", "题\n 甲\n 乙\n"},
		{"planning", "* 题\nSCHEDULED: <2026-01-01 Thu>\n** 甲\n", "题\n 甲\n"},
		{"lists", "* 题\n- 甲\n  + 乙\n    1) 丙\n  2. 丁\n- [X] 戊\n- [ ] [1/2] 己\n1. [@5] 庚\n * 辛\n", "题\n 甲\n  乙\n   丙\n  丁\n 戊\n 己\n 庚\n  辛\n"},
		{"wrapped item", "* 题\n- 甲\n  乙 two\n  words\n- 丙\n", "题\n 甲乙 two words\n 丙\n"},
		{"second paragraph of an item", "* 题\n- 甲\n\n  多说一句\n- 乙\n段落\n", "题 | 段落\n 甲 | 多说一句\n 乙\n"},
		{"two empty lines end a list", "* 题\n- 甲\n\n\n  段落\n", "题 | 段落\n 甲\n"},
		{"list alone", "#+title: 题\n- 甲\n- 乙\n", "题\n 甲\n 乙\n"},
		{"definitions", "* 题\n- 甲 :: 第一\n- API :: an\n  interface\n- 乙 ::\n  第二\n- 丙 :: 第三\n  - 丁\n- x::y\n- =a= :: [[http://e.org][b]]\n",
			"题\n 甲：第一\n API: an interface\n 乙：第二\n 丙 | 第三\n  丁\n x::y\n a: b | http://e.org\n"},
		{"paragraphs and tables", "序\n* 题\n一\n二\n| a | b |\n|---+---|\n| 1 | 2 |\n#+TBLFM: x\n-----\n: 定宽\n** 甲\n", "题 | 序 / 一 / 二 / | a | b | / | 1 | 2 | / 定宽\n 甲\n"},
		{"blocks", "* 题\n- 甲\n  #+BEGIN_SRC org\n  ,* 不是标题\n  ,#+title: x\n    ,,y\n  #+END_SRC\n#+begin_quote\n引\n#+end_quote\n#+begin_comment\n藏\n#+end_comment\n** 乙\n#+begin_src\n** 丙\n",
			"题 | 引\n 甲 | * 不是标题 / #+title: x /   ,y\n 乙\n 丙\n"},
		{"drawers", "* 题\n:PROPERTIES:\n:ID: x\n:END:\n文\n:LOGBOOK:\n- 记\n:end:\n** 甲\n:NOTE:\n无尾\n** 乙\n", "题 | 文\n 甲 | :NOTE: / 无尾\n 乙\n"},
		{"comments and keywords", "# -*- mode: org -*-\n#+author: x\n#+options: toc:1\n* 题\n# 注\n#\n#不是注\n#+attr_html: x\n#+begin: clocktable\n** 甲\n", "题 | #不是注\n 甲\n"},
		{"markup", "* 题\n- *粗*、/斜/ _下_ =a*b*= ~c~ +删+ 是*粗*体\n- 他/她/它 2*3*4 /usr/bin a_b_c\n- [[http://e.org][链]] [[http://f.org]] [[*节]] [[file:a.org][档]] <<锚>> 注[fn:1]\\\\\n",
			"题\n 粗、斜 下 a*b* c 删 是粗体\n 他/她/它 2*3*4 /usr/bin a_b_c\n 链 http://f.org 节 档 锚 注 | http://e.org\n"},
		{"tabs", "* 题\n- 甲\n\t- 乙\n\t  - 丙\n", "题\n 甲\n  乙\n   丙\n"},
		{"empty items", "* 题\n-\n- 甲\n  -\n    - 乙\n", "题\n 甲\n  乙\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := ReadAs(Org, "dir/map.org", strings.NewReader(test.in))
			if err != nil {
				t.Fatal(err)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestOrgLeavesCommentsOut(t *testing.T) {
	m := mustRead(t, "a.org", "* 题\n** TODO COMMENT 甲\n*** 乙\n** COMMENTS 丙\n")
	wantTree(t, m, "题\n COMMENTS 丙\n")
	wantWarnings(t, m, "1 headline marked COMMENT left out, as Org does")
}

func TestOrgPositions(t *testing.T) {
	m := mustRead(t, "a.org", "* TODO [#A] 题\n- [ ] 甲\n\n  1. 乙 :: 丙\n")
	wantPlaces(t, m, "1:13 题", "2:7 甲", "4:6 乙：丙")
}

func TestOrgErrors(t *testing.T) {
	deep := ""
	for i := range 201 {
		deep += strings.Repeat("*", i+1) + " x\n"
	}
	for name, test := range map[string]struct{ in, want string }{
		"nothing": {"文\n", "a.org: no topics with a text"},
		"deep":    {deep, "a.org:200:202: nested more than 200 levels deep"},
		"gb18030": {"* \xd6\xd0\n", "a.org:1:3: not valid UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadAs(Org, "a.org", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}

func FuzzOrg(f *testing.F) {
	fuzzFormat(f, Org,
		"#+title: 题\n#+TODO: A | B\n* TODO [#A] 甲 [1/2] :x:\nSCHEDULED: <x>\n:PROPERTIES:\n:END:\n- [X] 乙 :: 丙\n  丁\n\n  戊\n  1. [@2] 己\n\n\nx\n",
		"* a\n#+begin_src x\n,* b\n#+end_src\n| a |\n|---|\n: c\n# d\n** COMMENT e\n*** f\n** [[http://e.org][g]] *h* /i/ =j= <<k>>\\\\\n",
		"- a ::\n\t- b\n *\n* \n:A:\n:END:\n#+begin_x\n")
}
