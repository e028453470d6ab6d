package deck

import "testing"

func TestLikeness(t *testing.T) {
	tests := []struct {
		name, a, b string
		least      float64
		want       bool
	}{
		{"same but for case and marks", "Why is the sky blue?", "why is the sky, blue", 1, true},
		{"reworded", "法国的首都是哪里？", "法国的首都是什么？", 0.6, true},
		{"reworded too much", "法国的首都是哪里？", "法国的首都是什么？", 0.8, false},
		{"another question", "法国的首都是哪里？", "光合作用需要什么？", 0.1, false},
		{"much longer", "法国的首都", "法国的首都在塞纳河边，它的名字从一个高卢部落来，那是什么城市？", 0.6, false},
		{"a single letter has no pairs", "a", "a", 0.1, false},
		{"nothing", "", "", 0.1, false},
		{"repeats count", "aaaa", "aa", 0.6, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
				if got := LikenessOf(pair[0]).Reaches(LikenessOf(pair[1]), tt.least); got != tt.want {
					t.Errorf("%q and %q reach %v: got %v, want %v", pair[0], pair[1], tt.least, got, tt.want)
				}
			}
		})
	}
}
