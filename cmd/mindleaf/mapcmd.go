package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs/draw"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// mapFlags are what a learner may choose about the map.
type mapFlags struct {
	depth     int
	due       bool
	recall    bool
	svg, html string
}

// mapLong is the help of map.
const mapLong = `map draws the mind map, each leaf marked by its worst card:

  ○ new        never reviewed, nor marked as known by mindleaf path place
  ◔ learning   until recalled on two review days in a row, or after a lapse
  ◑ young      interval under 21 days
  ● mature     interval of 21 days or more
  × suspended  all its cards are suspended; otherwise suspended cards do not count
  !            a card of the leaf is due, as in mindleaf progress

A section shows how many of its leaves are known, which is young or mature, and
how many there are; suspended ones are left out. A card that stands alone is a
leaf of its own.

--svg and --html draw the same as a picture in one file that needs nothing else.
The page folds, searches and zooms, by mouse or keyboard, offline. --recall hides
what follows the first colon of each leaf, so that the map itself is the
exercise: rest the pointer on a leaf to see it, or choose it.`

func newMapCommand(a *app) *cobra.Command {
	var flags mapFlags
	c := &cobra.Command{
		Use:   "map [DECK|SECTION]",
		Short: "Draw the mind map with how well each leaf is known",
		Long:  mapLong,
		Example: `  mindleaf map
  mindleaf map 训练与优化 --due
  mindleaf map --html map.html --recall`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := ""
			if len(args) == 1 {
				name = args[0]
			}
			switch pictures := flags.svg != "" || flags.html != ""; {
			case flags.depth < 0:
				return usagef("--depth takes a number of levels, 0 for all")
			case pictures && (a.json || flags.depth > 0 || flags.due):
				return usagef("--svg and --html draw the whole map: leave --json, --depth and --due away")
			}
			return a.runMap(cmd.Context(), name, flags)
		},
		ValidArgsFunction: a.completeDecks,
	}
	c.Flags().IntVar(&flags.depth, "depth", 0, "how many levels to show, 0 for all")
	c.Flags().BoolVar(&flags.due, "due", false, "show only what is due today")
	c.Flags().BoolVar(&flags.recall, "recall", false, "hide what follows the colon of each leaf")
	c.Flags().StringVar(&flags.svg, "svg", "", "write the map to this file as SVG, - for stdout")
	c.Flags().StringVar(&flags.html, "html", "", "write the map to this file as a page, - for stdout")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (a *app) runMap(ctx context.Context, name string, flags mapFlags) error {
	return a.withLibrary(ctx, func(lib *library) error {
		filter, err := a.findFilter(ctx, lib, name)
		if err != nil {
			return err
		}
		decks, err := lib.Decks(ctx, lib.day)
		if err != nil {
			return err
		}
		decks = slices.DeleteFunc(decks, func(d store.Deck) bool { return filter.Deck != "" && filter.Deck != d.ID })
		pictures := flags.svg != "" || flags.html != ""
		if pictures && len(decks) > 1 {
			return withHint(usagef("there are %d decks, and a picture shows one map", len(decks)), "name one of them: mindleaf map DECK --svg FILE")
		}
		maps, err := a.mapsOf(ctx, lib, decks, filter.Section, flags)
		switch {
		case err != nil:
			return err
		case pictures && len(maps) == 0, len(maps) == 0 && !a.json:
			a.say("There are no decks. Bring one in with mindleaf import FILE.")
			return nil
		case pictures:
			return a.writePictures(lib, maps[0], flags)
		case a.json:
			nodes := make([]*draw.Node, len(maps))
			for i, m := range maps {
				nodes[i] = m.Node
			}
			return a.printJSON(mapsJSON(nodes))
		}
		for _, root := range maps {
			a.printMap(root.Node, flags)
		}
		a.printLegend()
		return nil
	})
}

// deckMap is the map of a deck, or of one section, and the language of its texts.
type deckMap struct {
	*draw.Node
	language string
}

// mapsOf returns the map of each of decks, or of one section. Notes are made only
// for pictures.
func (a *app) mapsOf(ctx context.Context, lib *library, decks []store.Deck, section int64, flags mapFlags) ([]deckMap, error) {
	var maps []deckMap
	for _, d := range decks {
		m := mapMaker{app: a, lib: lib, notes: flags.svg != "" || flags.html != "", recall: flags.recall}
		root, err := m.make(ctx, d, section)
		if err != nil {
			return nil, err
		}
		root.Sum()
		maps = append(maps, deckMap{root, d.Language})
	}
	return maps, nil
}

// writePictures writes the files asked for, wholly or not at all.
func (a *app) writePictures(lib *library, root deckMap, flags mapFlags) error {
	m := draw.Map{
		Root: root.Node, Title: root.Text, Date: lib.day.String(), Language: root.language, Recall: flags.recall,
		Words: draw.MapWords{
			Marks: [draw.Marks]string{a.t("new"), a.t("learning"), a.t("young"), a.t("mature"), a.t("suspended")},
			Due:   a.t("due"), Share: a.t("3/7: 3 of 7 leaves known"), Search: a.t("Search"), Fold: a.t("Fold all"), Unfold: a.t("Unfold all"),
			Theme: a.t("Light or dark"), Reveal: a.t("Show or hide all"),
			Keys: a.t("arrows move, Enter folds or shows, / searches, + - zoom, f u fold and unfold, t light or dark, r shows or hides"),
		},
	}
	if flags.svg != "" {
		if err := a.writeResult(flags.svg, m.WriteSVG); err != nil {
			return err
		}
	}
	if flags.html != "" {
		return a.writeResult(flags.html, m.WriteHTML)
	}
	return nil
}

// writeResult writes a file that a flag asked for; - is stdout. An existing file
// is replaced only when the new one is whole.
func (a *app) writeResult(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(a.stdout)
	}
	if err := replaceable(name); err != nil {
		return err
	}
	if err := replaceFile(name, 0o644, write); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	a.say("wrote %s", name)
	return nil
}

// markInks are the colours of the marks.
var markInks = [draw.Marks]term.Ink{term.FaintInk, term.LearningInk, term.YoungInk, term.MatureInk, term.SuspendedInk}

// printMap draws one map as a tree.
func (a *app) printMap(root *draw.Node, flags mapFlags) {
	t := treePrinter{app: a, flags: flags, width: a.room()}
	t.node(root, "", "", 0)
}

// treePrinter writes a map to the terminal, long texts in several lines.
type treePrinter struct {
	*app
	flags mapFlags
	width int
}

// node writes n after the mark of its branch; rest stands before its further
// lines and what is below it.
func (t *treePrinter) node(n *draw.Node, mark, rest string, depth int) {
	if len(n.Children) == 0 {
		t.leaf(n, mark, rest)
		return
	}
	t.name(n, mark, rest)
	if t.flags.depth > 0 && depth == t.flags.depth {
		return
	}
	var shown []*draw.Node
	for _, c := range n.Children {
		if !t.flags.due || c.DueLeaves > 0 {
			shown = append(shown, c)
		}
	}
	for i, c := range shown {
		if i == len(shown)-1 {
			t.node(c, rest+"└ ", rest+"  ", depth+1)
		} else {
			t.node(c, rest+"├ ", rest+"│ ", depth+1)
		}
	}
}

// name writes the name of a section and, after it or below, how many of its leaves
// are known and how many are due.
func (t *treePrinter) name(n *draw.Node, mark, rest string) {
	numbers := []string{fmt.Sprintf("%d/%d", n.Known(), n.Total())}
	if n.DueLeaves > 0 {
		numbers = append(numbers, fmt.Sprintf("!%d", n.DueLeaves))
	}
	width := max(t.width-term.Width(mark), 8)
	names := term.Wrap(printable(n.Text), width, 0)
	last := names[len(names)-1]
	lines := packed(append([]string{last}, numbers...), width, " ", "")
	for _, name := range names[:len(names)-1] {
		t.line(mark, term.Paint(name, term.HeadingInk, t.color()))
		mark = rest
	}
	for i, l := range lines {
		name := ""
		if i == 0 {
			name = last
		}
		t.line(mark, term.Paint(name, term.HeadingInk, t.color())+term.Paint(strings.TrimPrefix(l, name), term.FaintInk, t.color()))
		mark = rest
	}
}

// leaf writes a leaf after its mark, and a sign where it is due.
func (t *treePrinter) leaf(n *draw.Node, mark, rest string) {
	text := printable(n.Text)
	if t.flags.recall {
		var hidden string
		if text, hidden = draw.SplitRecall(text); hidden != "" {
			text += " …"
		}
	}
	due := ""
	if n.Due {
		due = "! "
	}
	sign := n.Mark.Symbol() + " "
	for i, l := range term.Wrap(text, max(t.width-term.Width(mark+sign+due), 8), 0) {
		if i == 0 {
			t.line(mark, term.Paint(sign, markInks[n.Mark], t.color())+term.Paint(due, term.AlarmInk, t.color())+l)
			continue
		}
		t.line(rest, strings.Repeat(" ", term.Width(sign+due))+l)
	}
}

func (t *treePrinter) line(before, text string) {
	fmt.Fprintln(t.stdout, term.Paint(before, term.FaintInk, t.color())+text)
}

func (a *app) printLegend() {
	names := [draw.Marks]string{a.t("new"), a.t("learning"), a.t("young"), a.t("mature"), a.t("suspended")}
	var parts []string
	for m := range draw.Mark(draw.Marks) {
		parts = append(parts, m.Symbol()+" "+names[m])
	}
	parts = append(parts, "! "+a.t("due"))
	for _, line := range packed(parts, a.room(), "  ", "  ") {
		fmt.Fprintln(a.stdout, line)
	}
}

// mapNode is a node of the map as JSON.
type mapNode struct {
	Text     string         `json:"text"`
	State    string         `json:"state,omitempty"`
	Due      bool           `json:"due,omitempty"`
	Leaves   map[string]int `json:"leaves,omitempty"`
	Children []mapNode      `json:"children,omitempty"`
}

func mapsJSON(maps []*draw.Node) []mapNode {
	out := make([]mapNode, 0, len(maps))
	for _, n := range maps {
		m := mapNode{Text: n.Text}
		if len(n.Children) == 0 {
			m.State, m.Due = n.Mark.Word(), n.Due
		} else {
			m.Leaves = make(map[string]int)
			for i, leaves := range n.Leaves {
				m.Leaves[draw.Mark(i).Word()] = leaves
			}
			m.Children = mapsJSON(n.Children)
		}
		out = append(out, m)
	}
	return out
}
