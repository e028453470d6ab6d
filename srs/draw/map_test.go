package draw

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

func state(p srs.Phase, interval int32, due srs.Day) srs.State {
	return srs.State{Phase: p, IntervalDays: interval, Due: due, Ease: srs.StartEase}
}

func TestMarkOf(t *testing.T) {
	suspended := state(srs.Review, 50, 10)
	suspended.Suspended = true
	buried := state(srs.Review, 5, 90)
	buried.BuriedDay = 100
	mature, young := state(srs.Review, 21, 150), state(srs.Review, 20, 150)
	tests := []struct {
		name  string
		cards []srs.State
		want  Mark
		due   bool
	}{
		{"no cards", nil, New, false},
		{"new", []srs.State{srs.NewState()}, New, false},
		{"the worst counts", []srs.State{mature, young}, Young, false},
		{"new is worst", []srs.State{mature, srs.NewState(), state(srs.Learning, 1, 150)}, New, false},
		{"a lapse", []srs.State{mature, state(srs.Relearning, 1, 101)}, Learning, false},
		{"due today", []srs.State{state(srs.Review, 30, 100)}, Mature, true},
		{"due and buried", []srs.State{buried}, Young, false},
		{"suspended cards do not count", []srs.State{mature, suspended}, Mature, false},
		{"all suspended", []srs.State{suspended, suspended}, Suspended, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, due := MarkOf(tt.cards, 100); got != tt.want || due != tt.due {
				t.Errorf("got %v, %v, want %v, %v", got, due, tt.want, tt.due)
			}
		})
	}
}

func TestSplitRecall(t *testing.T) {
	for _, tt := range []struct{ text, shown, hidden string }{
		{"预训练：大规模无标注文本", "预训练：", "大规模无标注文本"},
		{"GPT: generative: yes", "GPT:", "generative: yes"},
		{"主流优化器", "主流优化器", ""},
		{"空：", "空：", ""},
	} {
		if shown, hidden := SplitRecall(tt.text); shown != tt.shown || hidden != tt.hidden {
			t.Errorf("%q: got %q, %q", tt.text, shown, hidden)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"自注意力（self-attention）不区分词的先后，所以要加位置编码。", "自注意力\n（self-attention\n）不区分词的先后，\n所以要加位置编码。"},
		{"一二三四五六七八九。", "一二三四五六七八\n九。"},
		{"two short words and a verylongwordthatdoesnotfit", "two short words\nand a\nverylongwordthat\ndoesnotfit"},
		{"  ", ""},
	} {
		if got := strings.Join(wrap(tt.text, 10, 90), "\n"); got != tt.want {
			t.Errorf("%q: got\n%s\nwant\n%s", tt.text, got, tt.want)
		}
	}
}

// texts are what labels are drawn from: Chinese, English, marks, long words,
// and what XML and terminals do not allow.
var texts = []string{
	"预训练：大规模无标注文本（Common Crawl、Wikipedia）。", "GPT", "Transformer架构", "a<b & c>\"d\"", "控\x07制\x1b[31m字符\u202e",
	"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "", "🚀 多模态", "e\u0301te\u0301",
	"很长的一句话，要分成好几行才放得下，因为一行只有四百二十个像素，而这里的字比那多得多，没有人愿意一眼看到底。",
}

func drawNode(t *rapid.T, depth int) *Node {
	n := &Node{
		Text: rapid.SampledFrom(texts).Draw(t, "text"), Mark: Mark(rapid.IntRange(0, Marks-1).Draw(t, "mark")),
		Due: rapid.Bool().Draw(t, "due"), Note: rapid.SampledFrom(texts).Draw(t, "note"),
	}
	if depth > 0 {
		for range rapid.IntRange(0, 4).Draw(t, "children") {
			n.Children = append(n.Children, drawNode(t, depth-1))
		}
	}
	return n
}

// TestLayout checks on random maps that no two labels meet, that all lie within
// the picture, and that no line is wider than its label.
func TestLayout(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		root := drawNode(t, 4)
		p := lay(root, rapid.Bool().Draw(t, "recall"), headHeight)
		for i, a := range p.boxes {
			if a.x < margin || a.y < headHeight || a.x+a.w > p.width-margin || a.y+a.h > p.height {
				t.Fatalf("box %+v is outside %d x %d", a, p.width, p.height)
			}
			for _, l := range a.lines {
				if textWidth(l, fontSize) > a.w-2*padding {
					t.Fatalf("line %q is wider than its label of %d", l, a.w)
				}
			}
			for _, b := range p.boxes[:i] {
				if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
					t.Fatalf("%q and %q overlap: %+v, %+v", a.node.Text, b.node.Text, a, b)
				}
			}
		}
	})
}

// sample is a small map with everything on it.
func sample(recall bool) Map {
	leaf := func(text string, m Mark) *Node { return &Node{Text: text, Mark: m, Note: "问题？\n  复习 3 次"} }
	root := &Node{Text: "植物 <基础> & more", Children: []*Node{
		{Text: "光合作用", Children: []*Node{
			{Text: "光反应", Children: []*Node{leaf("类囊体：光反应发生的地方", Mature), leaf("产物：ATP 和 NADPH", Young), leaf("水的光解", Learning)}},
			{Text: "暗反应", Children: []*Node{leaf("叶绿体基质：暗反应发生的地方，二氧化碳在这里固定成糖，需要光反应的产物，自身并不需要光", New), leaf("卡尔文循环", Suspended)}},
		}},
		{Text: "Respiration", Children: []*Node{leaf("Mitochondrion: where cells turn sugar into ATP", Young), leaf("糖酵解：在细胞质里", Mature)}},
		leaf("单独的叶子", New),
	}}
	root.Children[0].Children[0].Children[1].Due = true
	return Map{
		Root: root, Title: root.Text, Date: "2026-01-05", Language: "zh-CN", Recall: recall,
		Words: MapWords{Marks: [Marks]string{"新", "学习中", "初熟", "掌握", "暂停"}, Due: "到期", Share: "会了的叶子", Search: "搜索", Fold: "折叠", Unfold: "展开", Theme: "深浅", Reveal: "显示", Keys: "方向键移动"},
	}
}

// outside finds what a browser might fetch.
var outside = regexp.MustCompile(`(?i)(https?:)?//[a-z]|url\(|@import|src=|<link`)

// checkSelfContained fails when a file refers to anything but itself.
func checkSelfContained(t *testing.T, name, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, `xmlns="http://www.w3.org/2000/svg"`, "")
	if at := outside.FindStringIndex(text); at != nil {
		t.Errorf("%s refers to something outside: …%s…", name, text[max(0, at[0]-40):min(len(text), at[1]+40)])
	}
}

// checkXML fails when text is not well-formed.
func checkXML(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// svgOf returns the first svg element of a page.
func svgOf(page string) string {
	return page[strings.Index(page, "<svg") : strings.Index(page, "</svg>")+len("</svg>")]
}

func TestMapFiles(t *testing.T) {
	for _, recall := range []bool{false, true} {
		var svg, page strings.Builder
		m := sample(recall)
		if err := errors.Join(m.WriteSVG(&svg), m.WriteHTML(&page)); err != nil {
			t.Fatal(err)
		}
		checkXML(t, "svg", svg.String())
		checkXML(t, "svg in page", svgOf(page.String()))
		checkSelfContained(t, "svg", svg.String())
		checkSelfContained(t, "page", page.String())
		for _, want := range []string{"植物 &lt;基础&gt; &amp; more", "新 2", "学习中 1", "初熟 2", "掌握 2", "暂停 1", "到期 1", "2026-01-05", ">4/7<", "<title>问题？\n  复习 3 次</title>"} {
			if !strings.Contains(svg.String(), want) {
				t.Errorf("recall %v: no %q in the picture", recall, want)
			}
		}
		if masked := strings.Contains(svg.String(), `class="mask"`); masked != recall {
			t.Errorf("recall %v: hidden is %v", recall, masked)
		}
	}
}

func TestAnyMapIsWellFormed(t *testing.T) {
	property.Check(t, func(rt *rapid.T) {
		m := sample(rapid.Bool().Draw(rt, "recall"))
		m.Root = drawNode(rt, 3)
		m.Title = rapid.String().Draw(rt, "title")
		var svg strings.Builder
		if err := m.WriteSVG(&svg); err != nil {
			rt.Fatal(err)
		}
		checkXML(t, "svg", svg.String())
	})
}
