package outline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func tree() *Node {
	return &Node{Text: "root", Children: []*Node{
		{Text: "a", Children: []*Node{{Text: "a1"}, {Text: "a2"}}},
		{Text: "b"},
	}}
}

func TestPosString(t *testing.T) {
	for want, p := range map[string]Pos{"3:7": {3, 7}, "3": {3, 0}, "0": {}} {
		if got := p.String(); got != want {
			t.Errorf("%#v: got %q, want %q", p, got, want)
		}
	}
}

func TestWalk(t *testing.T) {
	tests := []struct {
		name string
		skip string
		want []string
	}{
		{"all", "", []string{"root", "root/a", "root/a/a1", "root/a/a2", "root/b"}},
		{"below a node passed over", "a", []string{"root", "root/a", "root/b"}},
		{"the root passed over", "root", []string{"root"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			tree().Walk(func(path []*Node, n *Node) bool {
				var names []string
				for _, p := range path {
					names = append(names, p.Text)
				}
				got = append(got, strings.Join(append(names, n.Text), "/"))
				return n.Text != test.skip
			})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCount(t *testing.T) {
	if nodes, leaves := tree().Count(); nodes != 5 || leaves != 3 {
		t.Errorf("got %d nodes and %d leaves, want 5 and 3", nodes, leaves)
	}
	if nodes, leaves := (&Node{}).Count(); nodes != 1 || leaves != 1 {
		t.Errorf("a lone node: got %d nodes and %d leaves, want 1 and 1", nodes, leaves)
	}
}

func TestWalkDeep(t *testing.T) {
	const levels = 1_000_000
	root := &Node{}
	for n, i := root, 1; i < levels; i++ {
		n.Children = []*Node{{}}
		n = n.Children[0]
	}
	if nodes, leaves := root.Count(); nodes != levels || leaves != 1 {
		t.Errorf("got %d nodes and %d leaves, want %d and 1", nodes, leaves, levels)
	}
}
