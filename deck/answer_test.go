package deck

import "testing"

func TestFoldAnswer(t *testing.T) {
	tests := []struct{ name, given, want string }{
		{"case, width and marks", "「ＢＥＲＴ」 模型。", "bert模型"},
		{"a hyphen in a name", "GPT-2, T5", "gpt2t5"},
		{"a hyphen in a word", "Self-Attention", "selfattention"},
		{"underscore", "weight_decay", "weightdecay"},
		{"the end of a sentence", "In 2017.", "in2017"},
		{"a decimal", "１．５", "1.5"},
		{"a leading point", ".67", ".67"},
		{"a point after a word", "See.5", "see5"},
		{"thousands", "1,200,000", "1200000"},
		{"thousands by spaces", "1 200", "1200"},
		{"two years", "2020、2021", "2020,2021"},
		{"two years by a space", "2020 2021", "2020,2021"},
		{"a list", "1, 2", "1,2"},
		{"a decimal comma", "1,5", "1,5"},
		{"a sign", "−5", "-5"},
		{"a minus before a letter", "−y / ŷ", "−yŷ"},
		{"a sign after a word", "about -5", "about-5"},
		{"a range", "3 – 5", "3-5"},
		{"a fraction", "2/3", "2/3"},
		{"a ratio", "3：2", "3:2"},
		{"per cent", "５％", "5%"},
		{"per cent after a space", "5 %.", "5%"},
		{"per cent of", "5% of 10", "5%of10"},
		{"a range of per cent", "5%-10%", "5%10%"},
		{"C sharp", "C#", "c#"},
		{"C sharp in a sentence", "In C#, not C.", "inc#notc"},
		{"a number sign", "issue #5", "issue5"},
		{"signs that are no punctuation", "C++ > C", "c++>c"},
		{"marks only", "。、", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FoldAnswer(tt.given); got != tt.want {
				t.Errorf("%q folds to %q, want %q", tt.given, got, tt.want)
			}
		})
	}
}
