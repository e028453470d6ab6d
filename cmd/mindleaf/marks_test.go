package main

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("前", 60) + "注意力" + strings.Repeat("后", 60)
	for _, c := range []struct {
		text   string
		sought []string
		most   int
		want   string
	}{
		{"自注意力\n机制", []string{"注意力"}, 20, "自<注意力> 机制"},
		{"ADAM Ａｄａｍ adamw", []string{"adam"}, 30, "<ADAM> <Ａｄａｍ> <adam>w"},
		{"注意力机制", []string{"注意", "意力"}, 20, "<注意力>机制"},
		{"aaaa", []string{"aa"}, 20, "<aaaa>"},
		{"abc", nil, 2, "ab…"},
		{"abc", []string{""}, 9, "abc"},
		{long, []string{"注意力"}, 9, "…前前前<注意力>后后后…"},
		{"İstanbul", []string{"i"}, 20, "<İ>stanbul"},
	} {
		got := strings.NewReplacer(string(markOpen), "<", string(markClose), ">").Replace(excerpt(c.text, c.sought, c.most))
		if got != c.want {
			t.Errorf("%q, %q: got %q, want %q", c.text, c.sought, got, c.want)
		}
	}
}
