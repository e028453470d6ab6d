package path

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

func TestLevels(t *testing.T) {
	type row struct {
		Open, ByHand bool
		Needed       int64
	}
	fresh := srs.Counts{New: 10}
	tests := []struct {
		name   string
		counts [4]srs.Counts
		opened [4]bool
		want   [3]row
	}{
		{"nothing at all", [4]srs.Counts{}, [4]bool{}, [3]row{{Open: true}, {Open: true}, {Open: true}}},
		{"fresh", [4]srs.Counts{{}, fresh, fresh, fresh}, [4]bool{},
			[3]row{{Open: true, Needed: 8}, {Needed: 8}, {}}},
		{"cards of no level are beginner's", [4]srs.Counts{fresh, fresh, fresh, fresh}, [4]bool{},
			[3]row{{Open: true, Needed: 16}, {Needed: 8}, {}}},
		{"one short", [4]srs.Counts{{}, {New: 2, Learning: 1, Young: 7}, fresh, fresh}, [4]bool{},
			[3]row{{Open: true, Needed: 1}, {Needed: 8}, {}}},
		{"gate reached", [4]srs.Counts{{}, {New: 2, Young: 4, Mature: 4}, fresh, fresh}, [4]bool{},
			[3]row{{Open: true}, {Open: true, Needed: 8}, {}}},
		{"rounded up", [4]srs.Counts{{}, {New: 3, Young: 8}, fresh, fresh}, [4]bool{},
			[3]row{{Open: true, Needed: 1}, {Needed: 8}, {}}},
		{"suspended cards do not count", [4]srs.Counts{{}, {Suspended: 90, Young: 8, New: 2}, fresh, fresh}, [4]bool{},
			[3]row{{Open: true}, {Open: true, Needed: 8}, {}}},
		{"empty level lets pass", [4]srs.Counts{{}, {}, {Suspended: 3}, fresh}, [4]bool{},
			[3]row{{Open: true}, {Open: true}, {Open: true}}},
		{"empty level behind a shut gate", [4]srs.Counts{{}, fresh, {}, fresh}, [4]bool{},
			[3]row{{Open: true, Needed: 8}, {}, {}}},
		{"begun stays open", [4]srs.Counts{{}, fresh, {New: 9, Learning: 1}, fresh}, [4]bool{},
			[3]row{{Open: true}, {Open: true, Needed: 8}, {}}},
		{"one level only", [4]srs.Counts{{New: 20}, fresh, {}, {}}, [4]bool{}, [3]row{{Open: true}, {}, {}}},
		{"the others are suspended", [4]srs.Counts{{}, fresh, {}, {Suspended: 9}}, [4]bool{}, [3]row{{Open: true}, {}, {}}},
		{"two levels", [4]srs.Counts{{}, fresh, {}, fresh}, [4]bool{}, [3]row{{Open: true, Needed: 8}, {}, {}}},
		{"by hand", [4]srs.Counts{{}, fresh, fresh, fresh}, [4]bool{2: true},
			[3]row{{Open: true}, {Open: true, ByHand: true, Needed: 8}, {}}},
		{"last by hand", [4]srs.Counts{{}, fresh, fresh, fresh}, [4]bool{3: true},
			[3]row{{Open: true, Needed: 8}, {}, {Open: true, ByHand: true}}},
		{"by hand and by the gate", [4]srs.Counts{{}, {Mature: 9}, fresh, fresh}, [4]bool{1: true, 2: true},
			[3]row{{Open: true}, {Open: true, Needed: 8}, {}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got [3]row
			for i, st := range Levels(tt.counts, tt.opened, Default()) {
				got[i] = row{st.Open, st.ByHand, st.Needed}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestNeededOpens learns as many cards as are said to be needed: not one fewer
// opens the next level.
func TestNeededOpens(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := Settings{GatePercent: rapid.IntRange(0, 100).Draw(t, "gate")}
		n := rapid.Int64Range(0, 500)
		counts := [4]srs.Counts{{}, {New: n.Draw(t, "new"), Young: n.Draw(t, "young"), Suspended: n.Draw(t, "suspended")}, {New: 5}, {}}
		needed := Levels(counts, [4]bool{}, s)[0].Needed
		if needed > counts[1].New {
			t.Fatalf("got %d needed of %d new cards", needed, counts[1].New)
		}
		if Levels(counts, [4]bool{}, s)[1].Open != (needed == 0) {
			t.Fatalf("%d needed, yet the next level disagrees", needed)
		}
		for learn := max(needed-1, 0); learn <= needed; learn++ {
			c := counts
			c[1].New -= learn
			c[1].Mature += learn
			if got, want := Levels(c, [4]bool{}, s)[1].Open, learn == needed; got != want {
				t.Fatalf("open after %d of %d: got %v, want %v", learn, needed, got, want)
			}
		}
	})
}

func TestPresent(t *testing.T) {
	fresh, young := srs.Counts{New: 10}, srs.Counts{Young: 10}
	for _, tt := range []struct {
		name   string
		counts [4]srs.Counts
		opened [4]bool
		want   string
	}{
		{"fresh", [4]srs.Counts{{}, fresh, fresh, fresh}, [4]bool{}, "beginner"},
		{"the last of a level come before the next", [4]srs.Counts{{}, {New: 2, Young: 8}, fresh, fresh}, [4]bool{}, "beginner"},
		{"placed, but for a section", [4]srs.Counts{{}, {New: 4, Young: 6}, fresh, fresh}, [4]bool{2: true}, "beginner"},
		{"placed", [4]srs.Counts{{}, young, fresh, fresh}, [4]bool{2: true}, "intermediate"},
		{"begun, and the next opened by hand", [4]srs.Counts{{}, {Learning: 10}, fresh, fresh}, [4]bool{3: true}, "advanced"},
		{"begun, and nothing else is open", [4]srs.Counts{{}, {Learning: 10}, fresh, fresh}, [4]bool{}, "beginner"},
		{"all learned", [4]srs.Counts{{}, young, young, young}, [4]bool{}, "advanced"},
		{"all learned of one level", [4]srs.Counts{young, {}, {}, {}}, [4]bool{}, "beginner"},
		{"all learned of two levels", [4]srs.Counts{{}, young, young, {}}, [4]bool{}, "intermediate"},
		{"nothing at all", [4]srs.Counts{}, [4]bool{}, "beginner"},
	} {
		if got := Present(Levels(tt.counts, tt.opened, Default())).Level.String(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSeveral(t *testing.T) {
	one := Levels([4]srs.Counts{{New: 1}, {Young: 1}, {}, {}}, [4]bool{}, Default())
	two := Levels([4]srs.Counts{{New: 1}, {}, {}, {Suspended: 1}}, [4]bool{}, Default())
	if Several(one) || !Several(two) {
		t.Errorf("got %v and %v, want one level and several", Several(one), Several(two))
	}
}

func TestOpen(t *testing.T) {
	levels := Levels([4]srs.Counts{{}, {Young: 9}, {New: 3}, {New: 1}}, [4]bool{}, Default())
	open := Open(levels)
	var got []bool
	for _, level := range []int8{-1, 0, 1, 2, 3, 9} {
		got = append(got, open(level))
	}
	if diff := cmp.Diff([]bool{true, true, true, true, false, false}, got); diff != "" {
		t.Errorf("open (-want +got):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	for percent, want := range map[int]bool{-1: false, 0: true, 80: true, 100: true, 101: false} {
		if err := (Settings{GatePercent: percent}).Check(); (err == nil) != want {
			t.Errorf("gate %d: got error %v", percent, err)
		}
	}
}

func TestRotate(t *testing.T) {
	decks := []string{"a", "b", "c"}
	for day, want := range map[srs.Day]string{0: "abc", 1: "bca", 2: "cab", 3: "abc", -1: "cab", 20000: "cab"} {
		got := ""
		for _, d := range Rotate(decks, day) {
			got += d
		}
		if got != want {
			t.Errorf("day %d: got %s, want %s", int32(day), got, want)
		}
	}
	if got := Rotate([]string(nil), 5); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}
