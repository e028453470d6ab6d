package draw

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func sampleReport() Report {
	columns := Columns{Unit: " min", Series: []Series{{Name: "答对", Colour: Mature}, {Name: "重来", Alarm: true}}}
	var heat Heat
	heat.Weekdays = [7]string{"一", "", "三", "", "五", "", ""}
	heat.First, heat.Bounds, heat.Legend = 3, [3]int64{2, 4, 6}, "每天作答"
	for i := range 365 {
		month := ""
		if i%30 == 5 {
			month = fmt.Sprintf("%02d", i/30+1)
		}
		heat.Days = append(heat.Days, HeatDay{Name: fmt.Sprint("第", i, "天"), N: int64(i % 9), Month: month})
	}
	for i := range 30 {
		columns.Labels = append(columns.Labels, fmt.Sprintf("01-%02d", i+1))
		columns.Series[0].Values = append(columns.Series[0].Values, float64(i*i%37)/3)
		columns.Series[1].Values = append(columns.Series[1].Values, float64(i%5))
	}
	table := [][]string{{"", "复习", "保持率", "记得", "熟练", "增加", "到期"}}
	for range 5 {
		table = append(table, []string{"  LLM核心技术与算法 <一>", "123", "85.8% (1118)", "95%", "49%", "+5", "7"})
	}
	return Report{Title: "你会了多少 & what", Date: "2026-01-05", Language: "zh-CN", Theme: "深浅", Parts: []Part{
		{Title: "一览", Wide: true, Tiles: [][2]string{{"连续天数", "5"}, {"用时", "61分31秒"}}},
		{Title: "这一年", Wide: true, Chart: heat},
		{Title: "分钟", Chart: columns, Note: "按作答前卡片所处的阶段"},
		{Title: "章节", Wide: true, Table: table},
	}}
}

func TestReportFile(t *testing.T) {
	var b strings.Builder
	if err := sampleReport().WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	checkSelfContained(t, "report", page)
	for rest := page; strings.Contains(rest, "<svg"); rest = rest[strings.Index(rest, "</svg>")+6:] {
		checkXML(t, "chart", svgOf(rest))
	}
	for _, want := range []string{"你会了多少 &amp; what", "<td>\u2003LLM核心技术与算法 &lt;一&gt;</td>", "第364天: 4", "01-02, 重来: 1 min", "<dt>连续天数</dt><dd>5</dd>",
		">每天作答</span>", "≤2</span>", "≤6</span>", "&gt;6</span>"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in the report", want)
		}
	}
}

// TestColumnsTop draws shares in percent up to 100, and not to the next round number.
func TestColumnsTop(t *testing.T) {
	columns := Columns{Unit: "%", Top: 100, Labels: []string{"新"}, Series: []Series{
		{Name: "重来", Alarm: true, Values: []float64{100.0 / 3}}, {Name: "良好", Values: []float64{200.0 / 3}}}}
	var b strings.Builder
	columns.draw(&b)
	if got := b.String(); !strings.Contains(got, ">100</text>") || strings.Contains(got, ">120</text>") {
		t.Errorf("got axes of\n%s", got)
	}
}

// TestHeatLegend goes without shades of which there are no days.
func TestHeatLegend(t *testing.T) {
	for bounds, want := range map[[3]int64]string{{}: "0", {2, 4, 6}: "0 ≤2 ≤4 ≤6 >6", {5, 5, 5}: "0 ≤5 >5", {1, 3, 3}: "0 ≤1 ≤3 >3"} {
		var got []string
		for _, item := range (Heat{Bounds: bounds}).legend()[1:] {
			got = append(got, item.text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v: got %q, want %q", bounds, got, want)
		}
	}
}

func TestCeiling(t *testing.T) {
	for v, want := range map[float64]float64{0: 1, 1: 1, 7: 8, 11: 12, 37: 40, 99: 100, 100: 100, 150: 160, 0.3: 0.3, 0.05: 0.06} {
		if got := ceiling(v); got < want-1e-9 || got > want+1e-9 {
			t.Errorf("ceiling of %v: got %v, want %v", v, got, want)
		}
	}
	property.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(0, 1e9).Draw(t, "v")
		if got := ceiling(v); got < v || v > 1 && got > 2*v {
			t.Fatalf("ceiling of %v: got %v", v, got)
		}
	})
}

func TestBrowserDrawsTheReport(t *testing.T) {
	var page strings.Builder
	if err := sampleReport().WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	checkInBrowser(t, page.String(), 15, window{1280, true}, window{400, false})
}
