package mindmap

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

// canvas writes a canvas. Cards are "id x,y text"; arrows are "a>b".
func canvas(cards []string, arrows ...string) string {
	var nodes, edges []string
	for _, card := range cards {
		var id, text string
		var x, y int
		if _, err := fmt.Sscanf(card, "%s %d,%d %s", &id, &x, &y, &text); err != nil {
			panic(err)
		}
		nodes = append(nodes, fmt.Sprintf(`{"id":%q,"type":"text","text":%q,"x":%d,"y":%d,"width":10,"height":10}`, id, text, x, y))
	}
	for i, arrow := range arrows {
		from, to, _ := strings.Cut(arrow, ">")
		edges = append(edges, fmt.Sprintf(`{"id":"e%d","fromNode":%q,"fromSide":"bottom","toNode":%q,"toSide":"top"}`, i, from, to))
	}
	return "{\n\t\"nodes\":[\n\t\t" + strings.Join(nodes, ",\n\t\t") + "\n\t],\n\t\"edges\":[\n\t\t" + strings.Join(edges, ",\n\t\t") + "\n\t]\n}"
}

// card wraps one text in a canvas below a card called 根.
func card(text string) string {
	return fmt.Sprintf(`{"edges":[{"id":"e","fromNode":"r","toNode":"c"}],"nodes":[{"id":"r","type":"text","text":"根","x":0,"y":0,"width":9,"height":9},{"id":"c","type":"text","text":%q,"x":0,"y":50,"width":9,"height":9,"color":"1"}]}`, text)
}

func TestCanvas(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"order from top to bottom, then left to right", canvas([]string{"d 0,90 丁", "c 90,40 丙", "b 10,40 乙", "a 50,0 甲", "e 20,90 戊"}, "a>d", "a>c", "a>b", "d>e"), "甲\n 乙\n 丙\n 丁\n  戊\n"},
		{"several trees", canvas([]string{"a 0,0 甲", "b 0,40 乙", "c 90,0 丙"}, "a>b"), "图\n 甲\n  乙\n 丙\n"},
		{"the same arrow twice", canvas([]string{"a 0,0 甲", "b 0,40 乙"}, "a>b", "a>b"), "甲\n 乙\n"},
		{"an arrow to nowhere", canvas([]string{"a 0,0 甲", "b 0,40 乙"}, "a>b", "b>x", "x>a"), "甲\n 乙\n"},
		{"heading and text", card("# 光合作用\n\n把**光能**变成\n化学能"), "根\n 光合作用 | 把光能变成 / 化学能\n"},
		{"lines", card("光合作用\n把光能变成化学能"), "根\n 光合作用 | 把光能变成化学能\n"},
		{"list", card("要素：\n- 甲\n  - 乙\n- 丙"), "根\n 要素： | 甲 / 乙 / 丙\n"},
		{"list only", card("- 甲\n- 乙"), "根\n 甲 | 乙\n"},
		{"very deep quotes stay as they are", card(strings.Repeat("> ", 300) + "x"), "根\n " + strings.TrimSpace(strings.Repeat("> ", 300)+"x") + "\n"},
		{"empty cards", card(" "), "图\n 根\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "图", test.in)
			wantTree(t, m, test.want)
			wantFormat(t, m, Canvas)
		})
	}
}

// TestCanvasGroups reads groups in a group, one without a name, one around a
// part of a tree, and one that a card in it leads to.
func TestCanvasGroups(t *testing.T) {
	in := `{"nodes":[
{"id":"g1","type":"group","label":"外","x":0,"y":0,"width":1000,"height":1000},
{"id":"g2","type":"group","label":"内","x":10,"y":10,"width":300,"height":300},
{"id":"g3","type":"group","x":15,"y":15,"width":100,"height":100},
{"id":"g4","type":"group","label":"半","x":500,"y":580,"width":100,"height":100},
{"id":"g5","type":"group","label":"回","x":0,"y":2000,"width":500,"height":500},
{"id":"a","type":"text","text":"甲","x":20,"y":20,"width":10,"height":10},
{"id":"b","type":"text","text":"乙","x":20,"y":200,"width":10,"height":10},
{"id":"c","type":"text","text":"丙","x":500,"y":500,"width":10,"height":10},
{"id":"d","type":"text","text":"丁","x":520,"y":600,"width":10,"height":10},
{"id":"e","type":"text","text":"戊","x":20,"y":2100,"width":10,"height":10},
{"id":"f","type":"text","text":"己","x":20,"y":2200,"width":10,"height":10}
],"edges":[{"id":"1","fromNode":"c","toNode":"d"},{"id":"2","fromNode":"e","toNode":"g5"}]}`
	m := mustRead(t, "图.canvas", in)
	wantTree(t, m, "图\n 外\n  内\n   甲\n   乙\n  丙\n   丁\n 戊\n  回\n   己\n")
}

func TestCanvasFilesAndLinks(t *testing.T) {
	in := `{"nodes":[
{"id":"a","type":"file","file":"笔记/光合作用.md","subpath":"#x","x":0,"y":0},
{"id":"b","type":"link","url":"https://e.org/x","x":0,"y":20},
{"id":"c","type":"file","file":"图/叶.PNG","x":0,"y":30},
{"id":"d","type":"text","text":"上","x":0,"y":40},
{"id":"e","type":"new","x":0,"y":50}
],"edges":[{"fromNode":"b","toNode":"a","fromEnd":"arrow","toEnd":"none","label":"导致"},{"fromNode":"d","toNode":"a"}]}`
	m := mustRead(t, "a.canvas", in)
	wantTree(t, m, "上\n 光合作用\n  https://e.org/x\n")
	want := []string{
		"1 file shown on the canvas kept by name only",
		"1 text of arrows left out",
		"1 topic with nothing but a picture left out",
	}
	wantWarnings(t, m, want...)
}

func TestCanvasErrors(t *testing.T) {
	property.OneAtATime(t)
	var many, chain, arrows []string
	for i := range maxCards + 1 {
		many = append(many, fmt.Sprintf("c%d 0,0 x", i))
	}
	for i := range 202 {
		chain = append(chain, fmt.Sprintf("c%d 0,%d x", i, i))
		arrows = append(arrows, fmt.Sprintf("c%d>c%d", i, i+1))
	}
	tests := []struct{ name, in, want string }{
		{"two parents", canvas([]string{"a 0,0 甲", "b 0,40 乙", "c 0,80 丙"}, "a>c", "b>c"), `a.canvas:9:3: not a tree: arrows lead to "丙" from both "甲" and "乙"`},
		{"circle", canvas([]string{"a 0,0 甲", "b 0,40 乙", "c 0,80 丙", "d 9,0 丁"}, "a>b", "b>c", "c>a", "c>d"), `a.canvas:3:3: not a tree: the arrows lead from "甲" round to it again`},
		{"itself", canvas([]string{"a 0,0 一张非常非常长的卡片上的文字要在错误消息里缩短到能够读的长度为止", "b 0,40 乙"}, "a>a"), `a.canvas:7:3: not a tree: an arrow leads from "一张非常非常长的卡片上的文字要在错误消息里缩短到能够读的长度…" to itself`},
		{"no cards", `{"nodes":[],"edges":[]}`, "a.canvas: no topics with a text"},
		{"nothing", `{}`, "a.canvas: no topics with a text"},
		{"cut off", `{"nodes":[{"id":"甲`, "a.canvas:1:19: broken JSON: ends in the middle"},
		{"many", canvas(many), "a.canvas:10003:3: more than 10000 cards"},
		{"deep", canvas(chain, arrows...), "a.canvas:203:3: nested more than 200 levels deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("a.canvas", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}
