package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPacked(t *testing.T) {
	tests := []struct {
		name  string
		parts string // one a comma
		width int
		want  string // one a bar
	}{
		{"side by side", "○ new,● mature", 20, "○ new  ● mature"},
		{"no part is broken", "○ new,● mature,× suspended", 18, "○ new  ● mature|  × suspended"},
		{"too long by itself", "a,moved or renamed,b", 9, "a|  moved|  or|  renamed|  b"},
		{"none", "", 9, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(packed(strings.Split(tt.parts, ","), tt.width, "  ", "  "), "|")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
