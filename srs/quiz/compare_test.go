package quiz

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestFold(t *testing.T) {
	tests := []struct{ a, b string }{
		{"ＢＥＲＴ", "bert"}, {"自 注意力。", "自注意力"}, {"ﬁne-tuning", "Fine Tuning"}, {"①", "1"}, {"ｶﾞｲﾄﾞ", "ガイド"},
		{"cafe\u0301", "café"}, {"１，０００", "1000"}, {"㎏", "kg"}, {"「残差」连接", "残差连接"}, {"Ⅳ", "iv"},
	}
	for _, tt := range tests {
		if Fold(tt.a) != Fold(tt.b) {
			t.Errorf("%q folds to %q, %q to %q", tt.a, Fold(tt.a), tt.b, Fold(tt.b))
		}
	}
}

func TestCheck(t *testing.T) {
	q := Question{Answers: []string{"自注意力机制", "self-attention"}}
	free := Question{Answers: []string{"词的顺序"}, Free: true}
	tests := []struct {
		name, given string
		q           Question
		want        Verdict
		nearest     string
	}{
		{"right", "自注意力机制。", q, Right, "自注意力机制"},
		{"accepted", "Self Attention", q, Right, "self-attention"},
		{"near", "自注意机制", q, Near, "自注意力机制"},
		{"near the accepted one", "self atention", q, Near, "self-attention"},
		{"wrong", "卷积", q, Wrong, "自注意力机制"},
		{"nothing", "", q, Wrong, "自注意力机制"},
		{"marks only", "。。", q, Wrong, "自注意力机制"},
		{"free wording", "先后", free, Near, "词的顺序"},
		{"another number", "15", Question{Answers: []string{"1.5"}}, Near, "1.5"},
		{"another language", "C", Question{Answers: []string{"C#"}}, Near, "C#"},
		{"free, nothing", " ", free, Wrong, "词的顺序"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, nearest := tt.q.Check(tt.given)
			if got != tt.want || nearest != tt.nearest {
				t.Errorf("got %v and %q, want %v and %q", got, nearest, tt.want, tt.nearest)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	tests := []struct{ given, right, want string }{
		{"自注意力", "自注意力", "自注意力"},
		{"自注机制", "自注意力机制", "自注{+意力+}机制"},
		{"多头注意力", "自注意力", "[-多头-]{+自+}注意力"},
		{"ＢＥＲＴ 模型", "bert模型。", "bert模型。"},
		{"", "残差", "{+残差+}"},
		{"残差", "", "[-残差-]"},
		{"👨‍👩‍👧好", "👨‍👩‍👦好", "[-👨‍👩‍👧-]{+👨‍👩‍👦+}好"},
		{"e\u0301a", "éb", "é[-a-]{+b+}"},
		{"15", "1.5", "1{+.+}5"},
		{"１，２００ 张", "1200 片", "1200 [-张-]{+片+}"},
	}
	for _, tt := range tests {
		if got := Marked(Compare(tt.given, tt.right)); got != tt.want {
			t.Errorf("%q and %q: got %q, want %q", tt.given, tt.right, got, tt.want)
		}
	}
}

// TestCompareLosesNothing finds both answers again in a comparison.
func TestCompareLosesNothing(t *testing.T) {
	character := rapid.SampledFrom([]string{"自", "注", "意", "力", "a", "b", "Ａ", "B", "，", " ", "e\u0301", "é", "①", "1", "👍", "👨‍👩‍👧"})
	text := rapid.Map(rapid.SliceOfN(character, 0, 30), func(c []string) string { return strings.Join(c, "") })
	property.Check(t, func(t *rapid.T) {
		given, right := text.Draw(t, "given"), text.Draw(t, "right")
		var g, r strings.Builder
		for _, run := range Compare(given, right) {
			if run.Change != Missing {
				g.WriteString(run.Text)
			}
			if run.Change != Extra {
				r.WriteString(run.Text)
			}
		}
		if r.String() != right {
			t.Fatalf("got %q for the right answer %q", r.String(), right)
		}
		if Fold(g.String()) != Fold(given) {
			t.Fatalf("got %q for the given answer %q", g.String(), given)
		}
	})
}

func TestCompareLong(t *testing.T) {
	long := strings.Repeat("长", maxCompared+1)
	if got := Compare("短", long); len(got) != 2 || got[0].Text != "短" || got[1].Text != long {
		t.Errorf("got %d runs", len(got))
	}
}
