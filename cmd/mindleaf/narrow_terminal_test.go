//go:build unix

package main

import (
	"strings"
	"testing"
)

// TestTerminalNarrow wants what belongs together in one row of a narrow terminal: a
// sign and its name, a number and its unit, the cells of a table.
func TestTerminalNarrow(t *testing.T) {
	home := t.TempDir()
	w := open(t, 80, 24, home, "review")
	w.shows("1/10")
	w.press(" 3")
	w.shows("2/10")
	w.press("q")
	w.ends()
	chinese := []string{"LANG=zh_CN.UTF-8"}
	tests := []struct {
		columns     int
		environment []string
		args        []string
		shows       []string
	}{
		{40, nil, []string{"map", "--depth", "1"}, []string{"● mature\n  × suspended  ! due"}},
		{20, chinese, []string{"map", "--depth", "1"}, []string{"\n  × 暂停  ! 到期", "\n  0/21"}},
		{20, chinese, []string{"card", "history", "is:learning"}, []string{"良好\n  新 → 1天  2.50"}},
		{20, nil, []string{"card", "search", "is:learning"}, []string{"\n  learning\n"}},
		{20, nil, []string{"stats"}, []string{"\n          Again\nnew          0%\nlearning      -\n"}},
		{40, nil, []string{"stats"}, []string{"\n          Again  Hard  Good  Easy\nnew          0%    0%  100%    0%  1\n"}},
		{20, []string{"TEST_NOW=2026-01-07T09:00:00+08:00"}, []string{"map", "--depth", "2"}, []string{"\n│ ├ 定义与背景 0/7\n│ │ !1\n"}},
	}
	for _, tt := range tests {
		w := openWith(t, tt.columns, 120, tt.environment, home, tt.args...)
		w.ends()
		<-w.drained
		for _, text := range tt.shows {
			if got := w.text(); !strings.Contains(got, text) {
				t.Errorf("%v in %d columns: %q is not in\n%s", tt.args, tt.columns, text, got)
			}
		}
	}
}
