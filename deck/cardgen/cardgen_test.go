package cardgen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

// tree reads an outline from lines indented by tabs; a note follows " | ".
func tree(text string) *outline.Node {
	root := &outline.Node{}
	open := []*outline.Node{root}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		line = strings.TrimRight(line, "\n")
		depth := len(line) - len(strings.TrimLeft(line, "\t"))
		n := &outline.Node{}
		n.Text, n.Note, _ = strings.Cut(line[depth:], " | ")
		open = open[:depth+1]
		open[depth].Children = append(open[depth].Children, n)
		open = append(open, n)
	}
	return root.Children[0]
}

// asked writes the entries of a leaf: rule-free, one a line.
func asked(l deck.Leaf) []string {
	var lines []string
	for _, e := range l.Entries {
		line := fmt.Sprintf("%s: %s", e.Kind, e.Front)
		if e.Back != "" {
			line += " = " + strings.ReplaceAll(e.Back, "\n", " / ")
		}
		for _, o := range e.Choices {
			line += " ≠ " + o.Text
		}
		if len(e.Accept) > 0 {
			line += " ~ " + strings.Join(e.Accept, " ~ ")
		}
		if e.Note != "" {
			line += " # " + e.Note
		}
		lines = append(lines, line)
	}
	return lines
}

func TestRules(t *testing.T) {
	tests := []struct {
		name, leaf string
		want       []string
	}{
		{"definition", "Positional Encoding:处理序列顺序。", []string{
			"basic: 在「注意力」中，「Positional Encoding」的作用是什么？ = 处理序列顺序",
			"basic: 在「注意力」中，哪一项的作用是「处理序列顺序」？ = Positional Encoding"}},
		{"definition that is a list", "Tokenization：WordPiece、BPE。", []string{
			"list: 在「注意力」中，「Tokenization」包括哪几项？（2 项） = WordPiece / BPE"}},
		{"open list", "规模化模型:GPT系列、BERT、T5等。", []string{
			"list: 在「注意力」中，「规模化模型」包括哪几项？（3 项） = GPT系列 / BERT / T5 # 列表并不完整，这里只列出代表。"}},
		{"open list of one", "规模化模型:BERT、等。", []string{
			"basic: 在「注意力」中，「规模化模型」的要点是什么？ = BERT、等",
			"basic: 在「注意力」中，哪一项的要点是「BERT、等」？ = 规模化模型"}},
		{"open list of one that begins with a verb", "规模化模型:提升、等。", []string{
			"basic: 在「注意力」中，「规模化模型」的作用是什么？ = 提升、等",
			"basic: 在「注意力」中，哪一项的作用是「提升、等」？ = 规模化模型"}},
		{"two joined", "Learning Rate Schedule:Warm-up与衰减。", []string{
			"list: 在「注意力」中，「Learning Rate Schedule」包括哪几项？（2 项） = Warm-up / 衰减"}},
		{"list inside a sentence is no list", "LLM:具备生成、理解和处理文本能力,很大。", []string{
			"basic: 在「注意力」中，「LLM」的作用是什么？ = 具备生成、理解和处理文本能力，很大",
			"basic: 在「注意力」中，哪一项的作用是「具备生成、理解和处理文本能力，很大」？ = LLM"}},
		{"term of two", "BLEU/ROUGE:测试分数。", []string{
			"basic: 在「注意力」中，「BLEU/ROUGE」的要点是什么？ = 测试分数",
			"basic: 在「注意力」中，哪一项的要点是「测试分数」？ = BLEU/ROUGE ~ BLEU ~ ROUGE"}},
		{"term that is a question", "什么是LLM:一种模型。", []string{"basic: 什么是LLM？ = 一种模型"}},
		{"generic definition has no way back", "Adam/AdamW:主流优化器。", []string{
			"basic: 在「注意力」中，「Adam/AdamW」是什么？ = 主流优化器"}},
		{"term in its definition has no way back", "Kaggle竞赛:Kaggle上的任务。", []string{
			"basic: 在「注意力」中，「Kaggle竞赛」的要点是什么？ = Kaggle上的任务"}},
		{"examples", "本地部署(ONNX、Triton)。", []string{
			"list: 在「注意力」中，「本地部署」举了哪些例子？（2 项） = ONNX / Triton",
			"basic: 在「注意力」中，「Triton」属于哪一项？ = 本地部署"}},
		{"English name", "剪枝(Pruning):减少冗余参数。", []string{
			"basic: 在「注意力」中，「剪枝（Pruning）」的作用是什么？ = 减少冗余参数",
			"basic: 在「注意力」中，哪一项的作用是「减少冗余参数」？ = 剪枝（Pruning） ~ 剪枝 ~ Pruning",
			"basic: 「剪枝」（注意力）的英文是什么？ = Pruning",
			"basic: 「Pruning」（注意力）的中文是什么？ = 剪枝"}},
		{"number of several levels", "1.3.2. 命名实体识别(NER)", []string{
			"basic: 「命名实体识别」（注意力）的英文缩写是什么？ = NER",
			"basic: 「NER」（注意力）是什么的缩写？ = 命名实体识别"}},
		{"abbreviation", "命名实体识别(NER)。", []string{
			"basic: 「命名实体识别」（注意力）的英文缩写是什么？ = NER",
			"basic: 「NER」（注意力）是什么的缩写？ = 命名实体识别"}},
		{"abbreviation first", "NER(命名实体识别)", []string{
			"basic: 「命名实体识别」（注意力）的英文缩写是什么？ = NER",
			"basic: 「NER」（注意力）是什么的缩写？ = 命名实体识别"}},
		{"author", "《Deep Learning》(Goodfellow et al.)。", []string{
			"basic: 《Deep Learning》的作者或出处是什么？ = Goodfellow et al."}},
		{"origin", "ZeRO(DeepSpeed)", []string{"basic: 在「注意力」中，「ZeRO」出自哪里？ = DeepSpeed"}},
		{"year", "那时:2017年《Attention is All You Need》。", []string{
			"basic: 在「注意力」中，「那时」的代表是什么？ = 2017年《Attention is All You Need》",
			"basic: 在「注意力」中，「2017年《Attention is All You Need》」是哪一项的代表？ = 那时",
			"cloze: 「注意力」：那时：{{2017::年份}}年《Attention is All You Need》"}},
		{"a formula", "并集：$A \\cup B$", []string{"basic: 在「注意力」中，「并集」是什么？ = $A \\cup B$", "basic: 在「注意力」中，哪一项是「$A \\cup B$」？ = 并集"}},
		{"year in a bracket", "五四运动（1919年）", []string{"cloze: 「注意力」：五四运动（{{1919::年份}}年）"}},
		{"what something does to two things", "根：吸收水分和无机盐", []string{
			"basic: 在「注意力」中，「根」的作用是什么？ = 吸收水分和无机盐",
			"basic: 在「注意力」中，哪一项的作用是「吸收水分和无机盐」？ = 根"}},
		{"versus", "数据并行 vs 模型并行。", []string{"basic: 在「注意力」中，与「数据并行」相对的是什么？ = 模型并行"}},
		{"versus in a bracket", "结构(BERT vs GPT)。", []string{
			"list: 在「注意力」中，「结构」下对比的是哪两项？ = BERT / GPT"}},
		{"the only leaf is a list", "流畅性、相关性。", []string{
			"list: 「注意力」包括哪几项？（2 项） = 流畅性 / 相关性"}},
		{"half", "偏见与公平性。", []string{"cloze: 「注意力」：偏见与{{公平性}}"}},
		{"half of a phrase", "训练与推理的高昂需求", []string{"cloze: 「注意力」：训练与{{推理}}的高昂需求"}},
		{"half in Latin", "学习Python与PyTorch基础", []string{"cloze: 「注意力」：学习Python与{{PyTorch}}基础"}},
		{"parts", "更小、更快、更省的模型。", []string{"cloze: 「注意力」：{{更小}}、{{更快}}、{{更省}}的模型"}},
		{"thing with a purpose", "vLLM: 高性能推理引擎，支持分布式。", []string{
			"basic: 在「注意力」中，「vLLM」是什么？ = 高性能推理引擎，支持分布式",
			"basic: 在「注意力」中，哪一项是「高性能推理引擎，支持分布式」？ = vLLM"}},
		{"parts of a clause", "明确场景，如对话、代码补全等。", []string{"cloze: 「注意力」：明确场景，如{{对话}}、{{代码补全}}等"}},
		{"parts in a bracket", "清洗数据，保证质量（去噪、统一）。", []string{"cloze: 「注意力」：清洗数据，保证质量（{{去噪}}、{{统一}}）"}},
		{"nothing is an example of a thing to do", "收集数据集（如医疗、法律等）", []string{
			"list: 在「注意力」中，「收集数据集」举了哪些例子？（2 项） = 医疗 / 法律 # 列表并不完整，这里只列出代表。"}},
		{"number of a heading", "四、总结 | 到此为止。", []string{"basic: 在「注意力」中，「总结」说的是什么？ = 到此为止。"}},
		{"not a pair", "参与竞赛", []string{"basic: 「注意力」的第 1 项是什么？ = 参与竞赛"}},
		{"note", "缩放 | 除以维度的平方根。", []string{"basic: 在「注意力」中，「缩放」说的是什么？ = 除以维度的平方根。"}},
		{"note beside a definition", "缩放:除法 | 除以维度的平方根。", []string{
			"basic: 在「注意力」中，「缩放」的要点是什么？ = 除法 # 除以维度的平方根。"}},
		{"answer in the question", "注意:注意力", []string{"basic: 「注意力」的第 1 项是什么？ = 注意:注意力"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := Deck(tree("根\n\t1.1 注意力\n\t\t"+test.leaf), Options{Language: "zh"})
			if diff := cmp.Diff(test.want, asked(d.Leaves[0])); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSections(t *testing.T) {
	d, report := Deck(tree(`
图
	1. 语言模型
		1.1 核心特点
			大
			快
			省
		1.2 挑战 | 难处所在。
			隐私保护
	2. 多模态
		方法
			融合`), Options{ID: "x"})
	want := [][]string{
		{"choice: 在「图」中，「大」属于哪一部分？ = 语言模型 › 核心特点 ≠ 语言模型 › 挑战 ≠ 多模态 › 方法",
			"list: 「语言模型 · 核心特点」包括哪几项？（3 项） = 大 / 快 / 省",
			"list: 「图」包括哪几项？（2 项） = 语言模型 / 多模态"},
		{"choice: 在「图」中，「快」属于哪一部分？ = 语言模型 › 核心特点 ≠ 语言模型 › 挑战 ≠ 多模态 › 方法"},
		{"choice: 在「图」中，「省」属于哪一部分？ = 语言模型 › 核心特点 ≠ 语言模型 › 挑战 ≠ 多模态 › 方法"},
		{"choice: 在「图」中，「隐私保护」属于哪一部分？ = 语言模型 › 挑战 ≠ 语言模型 › 核心特点 ≠ 多模态 › 方法",
			"basic: 「语言模型 · 挑战」讲的是什么？ = 难处所在。"},
		{"choice: 在「图」中，「融合」属于哪一部分？ = 多模态 › 方法 ≠ 语言模型 › 核心特点 ≠ 语言模型 › 挑战"},
	}
	var got [][]string
	for _, l := range d.Leaves {
		got = append(got, asked(l))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"语言模型", "核心特点"}, d.Leaves[0].Path); diff != "" {
		t.Errorf("path (-want +got):\n%s", diff)
	}
	if len(report.Weak) != 4 || report.Entries != 8 || report.Cards != 8 || report.Rules[Member] != 5 {
		t.Errorf("got report %+v", report)
	}
}

func TestEnglish(t *testing.T) {
	d, _ := Deck(tree("Cells\n\tOrganelles\n\t\tRibosome: builds proteins\n\t\tVacuole - a bag of water\n\t\tPassive (diffusion, osmosis)"), Options{})
	if d.Language != "en" || d.Title != "Cells" {
		t.Errorf("got language %q, title %q", d.Language, d.Title)
	}
	want := []string{
		"basic: In “Organelles”, what does “Ribosome” do? = builds proteins",
		"basic: In “Organelles”, which one does this: “builds proteins”? = Ribosome",
		"list: What belongs to “Organelles”? (3) = Ribosome / Vacuole / Passive",
	}
	if diff := cmp.Diff(want, asked(d.Leaves[0])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLevels(t *testing.T) {
	root := tree("图\n\t路径\n\t\t初学者\n\t\t\t甲\n\t\t中级\n\t\t\t乙\n\t\tAdvanced\n\t\t\t丙\n\t其他\n\t\t丁")
	levels := func(o Options) (all []deck.Level) {
		d, _ := Deck(root, o)
		for _, l := range d.Leaves {
			all = append(all, l.Level)
		}
		return all
	}
	b, i, a := deck.Beginner, deck.Intermediate, deck.Advanced
	tests := []struct {
		name string
		o    Options
		want []deck.Level
	}{
		{"by section", Options{}, []deck.Level{b, i, a, b}},
		{"with a default", Options{Level: i}, []deck.Level{b, i, a, i}},
		{"by text", Options{LevelOf: func(_ []string, text string) deck.Level {
			return map[string]deck.Level{"丁": a}[text]
		}}, []deck.Level{b, b, b, a}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, levels(test.o)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestGuessLanguage(t *testing.T) {
	for text, want := range map[string]string{"中文": "zh", "GPT模型与BERT模型": "zh", "words": "en", "слова": "", "これは日本語": "", "": ""} {
		if got := guessLanguage(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTypeset(t *testing.T) {
	for in, want := range map[string]string{"生成式,自回归": "生成式，自回归", "剪枝(Pruning)": "剪枝（Pruning）", "ZeRO(DeepSpeed)": "ZeRO(DeepSpeed)",
		"A(部分)": "A（部分）", "Grok、 B": "Grok、B", "1,2": "1,2", ")(": ")("} {
		if got := typeset(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestManyLeavesTakeTimeInProportion(t *testing.T) {
	property.OneAtATime(t)
	const n = 20_000
	root := &outline.Node{Text: "多"}
	for i := range n {
		root.Children = append(root.Children, &outline.Node{Text: fmt.Sprint("叶", i)},
			&outline.Node{Text: fmt.Sprint("枝", i), Children: []*outline.Node{{Text: fmt.Sprint("甲", i, ":乙丙", i)}}})
	}
	property.InTime(t, func() {
		if d, _ := Deck(root, Options{}); len(d.Leaves) != 2*n {
			t.Errorf("got %d leaves, want %d", len(d.Leaves), 2*n)
		}
	})
}

func TestProgress(t *testing.T) {
	root := &outline.Node{Text: "图"}
	for i := range 2*progressEvery + 3 {
		root.Children = append(root.Children, &outline.Node{Text: fmt.Sprint("名词", i, "：解释", i)})
	}
	var told []int64
	d, _ := Deck(root, Options{OnProgress: func(done, total int64) {
		if total != int64(len(root.Children)) {
			t.Errorf("%d leaves in all, want %d", total, len(root.Children))
		}
		told = append(told, done)
	}})
	if want := []int64{progressEvery, 2 * progressEvery, int64(len(d.Leaves))}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
