package mindmap

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// mustRead reads a map that must be readable.
func mustRead(t *testing.T, name, text string) *Map {
	t.Helper()
	m, err := Read(name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// draw writes each node on a line, indented by its depth, with its note.
func draw(root *outline.Node) string {
	var b strings.Builder
	root.Walk(func(path []*outline.Node, n *outline.Node) bool {
		b.WriteString(strings.Repeat(" ", len(path)) + n.Text)
		if n.Note != "" {
			b.WriteString(" | " + strings.ReplaceAll(n.Note, "\n", " / "))
		}
		b.WriteString("\n")
		return true
	})
	return b.String()
}

func wantTree(t *testing.T, m *Map, want string) {
	t.Helper()
	if diff := cmp.Diff(want, draw(m.Root)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
}

// wantPlaces compares where each node stands in the file, and its text.
func wantPlaces(t *testing.T, m *Map, want ...string) {
	t.Helper()
	var got []string
	m.Root.Walk(func(_ []*outline.Node, n *outline.Node) bool {
		got = append(got, n.Pos.String()+" "+n.Text)
		return true
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func wantWarnings(t *testing.T, m *Map, want ...string) {
	t.Helper()
	if !slices.Equal(want, m.Warnings) {
		t.Errorf("warnings (-want +got):\n%s", cmp.Diff(want, m.Warnings))
	}
}

// wantFormat wants a map read as f and nothing to warn of.
func wantFormat(t *testing.T, m *Map, f Format) {
	t.Helper()
	if m.Format != f || len(m.Warnings) > 0 {
		t.Errorf("got format %q and warnings %q, want %q without", m.Format, m.Warnings, f)
	}
}

// wantRefused wants an *Error that reads want and says what to do.
func wantRefused(t *testing.T, err error, want string) {
	t.Helper()
	var refused *Error
	if !errors.As(err, &refused) || err.Error() != want || refused.Hint == "" {
		t.Errorf("got %#v, want %s with a hint", err, want)
	}
}
