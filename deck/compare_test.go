package deck

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompare(t *testing.T) {
	zh := Entry{ID: "lora", Front: "LoRA 训练什么？", Back: "两个低秩矩阵", Pos: Pos{Line: 5}}
	en := Entry{ID: "lora", Front: "What does LoRA train?", Back: "Two low-rank matrices"}
	tests := []struct {
		name string
		zh   Leaf
		en   Leaf
		want []string
	}{
		{"agree", Leaf{Entries: []Entry{zh}}, Leaf{Entries: []Entry{en}}, nil},
		{"missing", Leaf{Entries: []Entry{zh}}, Leaf{}, []string{`card lora is missing in the deck's language "en"`}},
		{"no id", Leaf{Entries: []Entry{{Front: "QLoRA？", Back: "b"}}}, Leaf{}, nil},
		{"level", Leaf{Level: Beginner, Entries: []Entry{zh}}, Leaf{Level: Advanced, Entries: []Entry{en}},
			[]string{`card lora is "beginner" here and "advanced" in the language "en"`}},
		{"kind", Leaf{Entries: []Entry{{ID: "lora", Kind: Typed, Front: "f", Back: "b"}}}, Leaf{Entries: []Entry{en}},
			[]string{`card lora is typed here and basic in the language "en"`}},
		{"term", Leaf{Entries: []Entry{{ID: "lora", Front: "LoRA 与 QLoRA、GPT3 有何不同？", Back: "b"}}}, Leaf{Entries: []Entry{en}},
			[]string{`card lora names GPT3, QLoRA, which its language "en" does not`}},
		{"term in a choice there", Leaf{Entries: []Entry{{ID: "lora", Front: "LoRA 与 QLoRA？", Back: "b"}}},
			Leaf{Entries: []Entry{{ID: "lora", Front: "LoRA and what?", Back: "b", Choices: []Option{{Text: "QLoRA"}}}}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := &Deck{Language: "zh", Leaves: []Leaf{tt.zh}}, &Deck{Language: "en", Leaves: []Leaf{tt.en}}
			var got []string
			for _, p := range a.Compare(b) {
				got = append(got, p.Message)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTerms(t *testing.T) {
	got := slices.Sorted(maps.Keys(terms("用 LoRA、QLoRA、bf16 和 GPT-4 训练 LLM 与 LLMs；BERTs 与 GPU 不是 Paris，A100 是，2017 不是，vLLM 是。")))
	if diff := cmp.Diff([]string{"A100", "BERT", "LoRA", "QLoRA", "bf16", "vLLM"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
