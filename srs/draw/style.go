package draw

import (
	"fmt"
	"strings"
)

// palette is the colours of a picture in one scheme.
type palette struct {
	paper, ink, faint, rule, alarm, mask string
	families                             [8]string
	// fill and edge are those of the marks.
	fill, edge [Marks]string
}

// The two schemes. Text on every fill has a contrast of at least 4.5 to 1.
var (
	light = palette{
		paper: "#ffffff", ink: "#1d2129", faint: "#646b77", rule: "#d5d9e0", alarm: "#d0202e", mask: "#d5d9e0",
		families: [8]string{"#1f77b4", "#c96a00", "#2c8f3f", "#c8323c", "#8257b5", "#8c564b", "#b8458f", "#5f6773"},
		fill:     [Marks]string{"#ffffff", "#fff0c9", "#d6ebf8", "#d3efd6", "#eceef1"},
		edge:     [Marks]string{"#a4abb6", "#c48a12", "#2f86b5", "#33873b", "#8b929c"},
	}
	dark = palette{
		paper: "#15181d", ink: "#e6e9ee", faint: "#9aa3af", rule: "#3a414b", alarm: "#ff6b75", mask: "#3a414b",
		families: [8]string{"#6db3f2", "#f2a650", "#6fcf83", "#f07f86", "#b79be8", "#c79a8d", "#ea94cf", "#a9b1bd"},
		fill:     [Marks]string{"#15181d", "#43360f", "#143a52", "#173d25", "#2a2e35"},
		edge:     [Marks]string{"#6c7582", "#d9ae4a", "#5ab1e0", "#62c27a", "#7b8491"},
	}
)

// fonts name what has Chinese on the systems people use.
const fonts = `"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","Hiragino Sans GB","WenQuanYi Micro Hei",sans-serif`

// rules writes the rules of style that a palette sets, each selector after
// scope.
func (p palette) rules(scope string) string {
	var b strings.Builder
	rule := func(selector, what string) { fmt.Fprintf(&b, "%s%s{%s}\n", scope, selector, what) }
	rule(".paper", "fill:"+p.paper)
	rule("text", "fill:"+p.ink)
	rule(".faint", "fill:"+p.faint)
	rule(".mask", "fill:"+p.mask)
	rule(".rest", "fill:"+p.rule)
	for i, c := range p.families {
		rule(fmt.Sprintf(".l.f%d", i), "stroke:"+c)
		rule(fmt.Sprintf(".f%d .knob", i), "stroke:"+c+";fill:"+p.paper)
		rule(fmt.Sprintf(".f%d.folded .knob", i), "fill:"+c)
		rule(fmt.Sprintf(".s%d", i), "fill:"+c)
		rule(fmt.Sprintf(".line%d", i), "stroke:"+c)
	}
	for m := range Mark(Marks) {
		rule(fmt.Sprintf(".m%d .box", m), "fill:"+p.fill[m]+";stroke:"+p.edge[m])
		rule(fmt.Sprintf(".m%d .pie", m), "fill:"+p.edge[m]+";stroke:"+p.edge[m])
		rule(fmt.Sprintf(".m%d .ring", m), "stroke:"+p.edge[m])
		rule(fmt.Sprintf(".k%d", m), "fill:"+p.edge[m])
	}
	rule(".grid", "stroke:"+p.rule)
	rule(".due .box", "stroke:"+p.alarm)
	rule(".alarm", "fill:"+p.alarm)
	return b.String()
}

// shapes are the rules that are the same in both schemes.
const shapes = `text{font-family:` + fonts + `;font-size:14px;white-space:pre}
.l{fill:none;stroke-width:1.5}
.box{stroke-width:1;rx:5px}
.due .box{stroke-width:2.5}
.ring{fill:none;stroke-width:1.5}
.knob{stroke-width:1.5}
.title{font-size:20px;font-weight:bold}
.small{font-size:11px}
.strong text{font-weight:600}
.grid{stroke-width:1;fill:none}
.hid{opacity:0}
.n:hover .hid,.n.show .hid,.n:focus .hid{opacity:1}
.n:hover .mask,.n.show .mask,.n:focus .mask{opacity:0}
`

// styleOf returns the style sheet of a picture: light, and dark where the reader
// prefers that.
func styleOf() string {
	return shapes + light.rules("") + "@media (prefers-color-scheme:dark){\n" + dark.rules("") + "}\n"
}

// styleOfPage returns the style sheet of a page, on which the reader can choose.
func styleOfPage() string {
	page := func(p palette) string {
		return "--paper:" + p.paper + ";--ink:" + p.ink + ";--faint:" + p.faint + ";--rule:" + p.rule + ";--alarm:" + p.alarm + ";--good:" + p.edge[Mature]
	}
	return shapes + light.rules("") + ":root{color-scheme:light;" + page(light) + "}\n" +
		"@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;" + page(dark) + "}\n" +
		dark.rules(":root:not([data-theme=light]) ") + "}\n" +
		":root[data-theme=dark]{color-scheme:dark;" + page(dark) + "}\n" + dark.rules(":root[data-theme=dark] ")
}
